//! The read API for programs: the same records as the pages show, as JSON, described by OpenAPI from the code itself.
//! Only read, never localised: codes are those of the protocol. The guard of the pages marks each answer with an ETag.

mod problem;
mod query;
mod cases;
mod records;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use serde::Serialize;
use utoipa::openapi::OpenApi as Document;
use utoipa::{OpenApi, ToSchema};

use super::answer::data;
use super::asked::Asked;
use super::failure::Failure;
use super::site::Site;
pub(super) use problem::{answer as problem, is_asked};

/// All addresses of the API.
pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/api/v1", get(index))
        .route("/api/v1/openapi.json", get(openapi))
        .merge(cases::routes())
        .merge(records::routes())
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Idenett read API",
        description = "What the municipalities of a federation share, read from one node."
    ),
    paths(index, openapi, cases::list, records::show),
    components(schemas(problem::ProblemDocument))
)]
struct Described;

/// The description of the API.
pub(super) fn document() -> Document {
    let mut document = Described::openapi();
    let list = document.paths.paths.get_mut("/api/v1/cases").and_then(|item| item.get.as_mut());
    if let Some(list) = list {
        list.parameters.get_or_insert_default().extend(cases::filters());
    }
    document
}

/// The node and its copy of the federation's records.
#[derive(Serialize, ToSchema)]
struct Index {
    /// The version of the program.
    version: String,
    /// The federation: the hash of its first charter.
    federation: String,
    /// The name of the federation, as far as it is known here.
    federation_name: Option<String>,
    /// The digest of the frontier; equal on nodes that hold the same entries.
    frontier: String,
    /// How many entries this node holds.
    entries: usize,
    /// Where to go on.
    links: Links,
}

/// Where to go on from the index.
#[derive(Serialize, ToSchema)]
struct Links {
    /// The description of the API.
    openapi: String,
    /// The cases.
    cases: String,
}

/// The node, its federation, and where to go on.
#[utoipa::path(
    get,
    path = "/api/v1",
    responses((status = 200, body = Index), (status = 400, body = problem::ProblemDocument, content_type = "application/problem+json"))
)]
async fn index(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.answer(asked, |site, asked| {
        query::only(asked, &[])?;
        let index = site.library().ledger(|l| Index {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            federation: l.federation().to_string(),
            federation_name: l.charters().current().map(|c| c.terms().name.clone()),
            frontier: l.frontier().digest().to_string(),
            entries: l.logs().entries(),
            links: Links { openapi: "/api/v1/openapi.json".to_owned(), cases: "/api/v1/cases".to_owned() },
        });
        json(&index)
    })
    .await
}

/// This description.
#[utoipa::path(
    get,
    path = "/api/v1/openapi.json",
    responses((status = 200, body = Object), (status = 400, body = problem::ProblemDocument, content_type = "application/problem+json"))
)]
async fn openapi(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.answer(asked, |_, asked| {
        query::only(asked, &[])?;
        json(&document())
    })
    .await
}

fn json(body: &impl Serialize) -> Result<Response, Failure> {
    let body = serde_json::to_string(body).map_err(|e| Failure::Fault(e.to_string()))?;
    Ok(data(StatusCode::OK, "application/json", body))
}
