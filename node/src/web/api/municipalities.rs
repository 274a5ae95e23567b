//! The members, with how much each shares and uses.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use serde::Serialize;
use utoipa::ToSchema;

use super::filled::Filled;
use super::json;
use super::query::{Parameter, Part, Query};
use super::search::with_next;
use crate::municipalities::by_org;
use crate::reading::{Catalogue, Party, members};
use crate::web::asked::Asked;
use crate::web::failure::Failure;
use crate::web::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/api/v1/municipalities", get(list))
}

pub(super) fn parameters() -> Vec<Parameter> {
    Part::parameters().into()
}

/// A part of the members.
#[derive(Serialize, ToSchema)]
struct Municipalities {
    /// How many there are in all.
    total: usize,
    /// Those of this part, by name.
    items: Vec<MunicipalityItem>,
    /// The address of the next part, if there is one.
    next: Option<String>,
}

/// A member in a list.
#[derive(Serialize, ToSchema)]
struct MunicipalityItem {
    /// Its organisation number.
    org: String,
    /// Its name.
    name: String,
    /// Its county; null where it is no municipality.
    county: Option<String>,
    /// How many cases it shared.
    shared: usize,
    /// How many cases of others it declares to have in use.
    uses: usize,
    /// How many others declare to have something of it in use.
    used_by: usize,
}

/// The members of the federation, by name.
#[utoipa::path(get, path = "/api/v1/municipalities", operation_id = "listMunicipalities", responses((status = 200, description = "A part of the members.", body = Municipalities)))]
pub(super) async fn list(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.answer(asked, |site, asked| site.catalogue(|catalogue| answer(site, asked, catalogue))).await
}

fn answer(site: &Site, asked: &Asked, catalogue: &Catalogue) -> Result<Response, Failure> {
    let query = Query::read(asked, &parameters())?;
    let part = Part::of(&query);
    let members = members(site.library());
    let item = |party: &Party| {
        let tally = catalogue.tally(party.org);
        Ok(Some(MunicipalityItem {
            org: party.org.to_string(),
            name: party.name.clone(),
            county: by_org(party.org).map(|m| m.county.to_owned()),
            shared: tally.shared,
            uses: tally.uses,
            used_by: tally.used_by,
        }))
    };
    let Filled { items, told } = Filled::with(members.iter().skip(part.offset).take(part.limit), item)?;
    let next = part.next(&query, told, members.len());
    let all = Municipalities { total: members.len(), items, next };
    Ok(with_next(json(&all)?, all.next.as_deref()))
}
