//! The read API for programs: the same records as the pages show, as JSON, described by OpenAPI from the code itself.
//! Only read, never localised: codes are those of the protocol. The guard of the pages marks each answer with an ETag.

mod problem;
mod query;
mod parts;
mod filled;
mod search;
mod standing;
mod said;
mod items;
mod gatherings;
mod cases;
mod case;
mod needs;
mod need;
mod plans;
mod programmes;
mod collections;
mod awards;
mod municipalities;
mod municipality;
mod maps;
mod network;
mod themes;
mod statistics;
mod things;
mod records;
mod document;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use serde::Serialize;
use utoipa::ToSchema;

use super::answer::data;
use super::asked::Asked;
use super::failure::Failure;
use super::site::Site;
pub(super) use document::document;
pub(super) use problem::{answer as problem, is_asked};
use query::Query;

/// All addresses of the API.
pub(super) fn routes() -> Router<Arc<Site>> {
    let own = Router::new().route("/api/v1", get(index)).route("/api/v1/openapi.json", get(openapi));
    let all = [
        cases::routes(),
        case::routes(),
        needs::routes(),
        need::routes(),
        plans::routes(),
        programmes::routes(),
        collections::routes(),
        awards::routes(),
        municipalities::routes(),
        municipality::routes(),
        maps::routes(),
        network::routes(),
        themes::routes(),
        statistics::routes(),
        things::routes(),
        records::routes(),
    ];
    all.into_iter().fold(own, Router::merge)
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
    /// The needs.
    needs: String,
    /// The plans.
    plans: String,
    /// The programmes, networks and arenas.
    programmes: String,
    /// The collections.
    collections: String,
    /// The awards.
    awards: String,
    /// The municipalities.
    municipalities: String,
    /// The members on a map.
    map: String,
    /// What cases are about.
    themes: String,
    /// The figures of the reuse barometer.
    barometer: String,
    /// The published sets of figures.
    releases: String,
    /// The network.
    network: String,
    /// All things in an order that never changes.
    records: String,
}

/// The node, its federation, and where to go on.
#[utoipa::path(get, path = "/api/v1", operation_id = "showIndex", responses((status = 200, description = "The node.", body = Index)))]
async fn index(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.answer(asked, |site, asked| {
        Query::read(asked, &[])?;
        let index = site.library().ledger(|l| Index {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            federation: l.federation().to_string(),
            federation_name: l.charters().current().map(|c| c.terms().name.clone()),
            frontier: l.frontier().digest().to_string(),
            entries: l.logs().entries(),
            links: Links::new(),
        });
        json(&index)
    })
    .await
}

/// This description.
#[utoipa::path(get, path = "/api/v1/openapi.json", operation_id = "describe", responses((status = 200, description = "An OpenAPI document.", body = Object)))]
async fn openapi(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.answer(asked, |_, asked| {
        Query::read(asked, &[])?;
        json(document())
    })
    .await
}

impl Links {
    fn new() -> Self {
        Self {
            openapi: "/api/v1/openapi.json".to_owned(),
            cases: "/api/v1/cases".to_owned(),
            needs: "/api/v1/needs".to_owned(),
            plans: "/api/v1/plans".to_owned(),
            programmes: "/api/v1/programmes".to_owned(),
            collections: "/api/v1/collections".to_owned(),
            awards: "/api/v1/awards".to_owned(),
            municipalities: "/api/v1/municipalities".to_owned(),
            map: "/api/v1/map".to_owned(),
            themes: "/api/v1/themes".to_owned(),
            barometer: "/api/v1/barometer".to_owned(),
            releases: "/api/v1/releases".to_owned(),
            network: "/api/v1/network".to_owned(),
            records: "/api/v1/records".to_owned(),
        }
    }
}

fn json(body: &impl Serialize) -> Result<Response, Failure> {
    let body = serde_json::to_string(body).map_err(|e| Failure::Fault(e.to_string()))?;
    Ok(data(StatusCode::OK, "application/json", body))
}
