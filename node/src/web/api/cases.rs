//! Cases that are searched for, or all of them.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use idenett_protocol::kind::Kind;
use serde::Serialize;
use utoipa::ToSchema;

use super::filled::Filled;
use super::items::CaseItem;
use super::json;
use super::query::{Parameter, Part, Query};
use super::search::{self, Facets};
use crate::web::asked::Asked;
use crate::web::failure::Failure;
use crate::web::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/api/v1/cases", get(list))
}

pub(super) fn parameters() -> Vec<Parameter> {
    search::parameters(Kind::Case)
}

/// A part of the cases that were found.
#[derive(Serialize, ToSchema)]
struct Cases {
    /// How many there are in all.
    total: usize,
    /// Those of this part.
    items: Vec<CaseItem>,
    /// The address of the next part, if there is one.
    next: Option<String>,
    /// For each filter its values, with how many cases each would leave; only with `facets=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    facets: Option<Facets>,
}

/// Cases, searched for and narrowed as on the page of results.
#[utoipa::path(get, path = "/api/v1/cases", operation_id = "listCases", responses((status = 200, description = "A part of the cases that were found.", body = Cases)))]
pub(super) async fn list(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.answer(asked, answer).await
}

fn answer(site: &Site, asked: &Asked) -> Result<Response, Failure> {
    let query = Query::read(asked, &parameters())?;
    let found = site.desk().search(&search::question(site, &query, Kind::Case))?;
    let total = found.total;
    let Filled { items, told } = search::items(site, &found)?;
    let next = Part::of(&query).next(&query, told, total);
    let facets = search::facets(&query, Kind::Case, found);
    let cases = Cases { total, items, next, facets };
    Ok(search::with_next(json(&cases)?, cases.next.as_deref()))
}
