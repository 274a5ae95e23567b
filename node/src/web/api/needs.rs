//! Needs that are searched for, or all of them.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use idenett_protocol::codes::{Code, NeedStatus};
use idenett_protocol::kind::Kind;
use serde::Serialize;
use utoipa::ToSchema;

use super::filled::Filled;
use super::items::NeedItem;
use super::json;
use super::query::{Parameter, Part, Query, Takes};
use super::search::{self, Facets};
use crate::search::Facet;
use crate::web::asked::Asked;
use crate::web::failure::Failure;
use crate::web::site::Site;

/// What the page of needs shows where nobody asks for all.
const OPEN: [NeedStatus; 2] = [NeedStatus::Open, NeedStatus::InDialogue];

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/api/v1/needs", get(list))
}

pub(super) fn parameters() -> Vec<Parameter> {
    let mut all = search::parameters(Kind::Need);
    all.push(Parameter {
        name: "open",
        says: "`true`: only those that look for a solution, as the page of needs shows them at first.",
        takes: Takes::Flag,
    });
    all
}

/// A part of the needs that were found.
#[derive(Serialize, ToSchema)]
struct Needs {
    /// How many there are in all.
    total: usize,
    /// Those of this part.
    items: Vec<NeedItem>,
    /// The address of the next part, if there is one.
    next: Option<String>,
    /// For each filter its values, with how many needs each would leave; only with `facets=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    facets: Option<Facets>,
}

/// Needs, searched for and narrowed.
#[utoipa::path(get, path = "/api/v1/needs", operation_id = "listNeeds", responses((status = 200, description = "A part of the needs that were found.", body = Needs)))]
pub(super) async fn list(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.answer(asked, answer).await
}

fn answer(site: &Site, asked: &Asked) -> Result<Response, Failure> {
    let query = Query::read(asked, &parameters())?;
    let mut question = search::question(site, &query, Kind::Need);
    if query.flag("open") {
        let open = OPEN.map(|status| Code::Known(status).id().to_owned());
        let chosen = question.filters.entry(Facet::Status).or_insert_with(|| open.clone().into());
        chosen.retain(|status| open.contains(status));
    }
    let found = site.desk().search(&question)?;
    let total = found.total;
    let Filled { items, told } = search::items(site, &found)?;
    let next = Part::of(&query).next(&query, told, total);
    let facets = search::facets(&query, Kind::Need, found);
    let needs = Needs { total, items, next, facets };
    Ok(search::with_next(json(&needs)?, needs.next.as_deref()))
}
