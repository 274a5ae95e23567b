//! The maps of the pages as data: where municipalities lie, what their marks stand for, and from whom to whom something
//! has spread.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use idenett_protocol::organisation::OrgNumber;
use serde::Serialize;
use utoipa::ToSchema;

use super::json;
use super::query::Query;
use crate::clock;
use crate::municipalities::by_org;
use crate::reading::{Diffusion, case_view, members, municipality_view};
use crate::web::asked::Asked;
use crate::web::failure::Failure;
use crate::web::name::Name;
use crate::web::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/api/v1/map", get(of_members))
        .route("/api/v1/cases/{id}/map", get(of_case))
        .route("/api/v1/municipalities/{org}/map", get(of_municipality))
}

/// A map. What is no municipality has no place on it.
#[derive(Serialize, ToSchema)]
struct Map {
    /// The marks, by organisation number; where arcs begin at one, that one first.
    marks: Vec<Mark>,
    /// From who shared something to who uses it.
    arcs: Vec<Bow>,
}

/// A municipality on a map.
#[derive(Serialize, ToSchema)]
struct Mark {
    /// Its organisation number.
    org: String,
    /// Its name.
    name: String,
    /// Its number of 2024.
    number: String,
    /// A point within it, degrees north.
    latitude: f64,
    /// A point within it, degrees east.
    longitude: f64,
    /// How many cases the mark stands for: on the map of the members those that it shared, where arcs lead to it those that
    /// it uses. Null where they begin.
    cases: Option<usize>,
}

/// An arc of a map.
#[derive(Serialize, ToSchema)]
struct Bow {
    /// Who shared, by organisation number.
    from: String,
    /// Who uses, by organisation number.
    to: String,
    /// How many cases.
    cases: usize,
}

/// The members where they lie, with how much each shared.
#[utoipa::path(get, path = "/api/v1/map", operation_id = "showMap", responses((status = 200, description = "The map of the members.", body = Map)))]
pub(super) async fn of_members(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.answer(asked, |site, asked| {
        Query::read(asked, &[])?;
        let members = members(site.library()).into_iter().map(|member| member.org);
        let marks = site.catalogue(|catalogue| {
            let shared = |org| Mark::of(org, Some(catalogue.tally(org).shared));
            let mut marks: Vec<Mark> = members.filter_map(shared).collect();
            marks.sort_by(|a, b| a.org.cmp(&b.org));
            Ok(marks)
        })?;
        json(&Map { marks, arcs: Vec::new() })
    })
    .await
}

/// To whom a case has spread, whether that counts as reuse or not.
#[utoipa::path(get, path = "/api/v1/cases/{id}/map", operation_id = "showCaseMap", responses((status = 200, description = "The map of the case.", body = Map)))]
pub(super) async fn of_case(State(site): State<Arc<Site>>, asked: Asked, name: Name) -> Response {
    site.answer(asked, move |site, asked| {
        Query::read(asked, &[])?;
        let view = case_view(site.library(), &name.parse()?, clock::now().day())?;
        json(&Map::from(view.ok_or(Failure::NotFound)?.diffusion()))
    })
    .await
}

/// To whom what a municipality shared has spread.
#[utoipa::path(get, path = "/api/v1/municipalities/{org}/map", operation_id = "showMunicipalityMap", responses((status = 200, description = "The map of the municipality.", body = Map)))]
pub(super) async fn of_municipality(State(site): State<Arc<Site>>, asked: Asked, name: Name) -> Response {
    site.answer(asked, move |site, asked| {
        Query::read(asked, &[])?;
        let (org, day) = (name.parse()?, clock::now().day());
        let view = site.catalogue(|catalogue| Ok(municipality_view(site.library(), catalogue, org, day)?))?;
        json(&Map::from(view.ok_or(Failure::NotFound)?.diffusion()))
    })
    .await
}

impl Mark {
    /// The mark of an organisation, if it is a municipality.
    fn of(org: OrgNumber, cases: Option<usize>) -> Option<Self> {
        let m = by_org(org)?;
        let (name, number) = (m.name.to_owned(), m.number.to_string());
        Some(Self { org: org.to_string(), name, number, latitude: m.lat, longitude: m.lon, cases })
    }
}

impl From<Diffusion> for Map {
    fn from(Diffusion { from, to }: Diffusion) -> Self {
        let begins = Mark::of(from, None);
        let bow =
            |(org, cases): (&OrgNumber, &usize)| Bow { from: from.to_string(), to: org.to_string(), cases: *cases };
        let drawn = |(org, _): &(&OrgNumber, &usize)| begins.is_some() && by_org(**org).is_some();
        let arcs = to.iter().filter(drawn).map(bow).collect();
        let ends = to.iter().filter_map(|(org, cases)| Mark::of(*org, Some(*cases)));
        Self { arcs, marks: begins.into_iter().chain(ends).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn org(number: &str) -> OrgNumber {
        number.parse().expect("a number")
    }

    #[test]
    fn arcs_lead_from_who_shared_to_municipalities_that_use_it() {
        let (gran, baerum, ks) = (org("961381541"), org("935478715"), org("971032146"));
        let map = |from, to: &[(OrgNumber, usize)]| Map::from(Diffusion { from, to: to.iter().copied().collect() });
        let drawn = map(gran, &[(baerum, 3), (ks, 1)]);
        let marks: Vec<_> = drawn.marks.iter().map(|mark| (mark.name.as_str(), mark.cases)).collect();
        assert_eq!(marks, [("Gran", None), ("Bærum", Some(3))]);
        let arcs: Vec<_> = drawn.arcs.iter().map(|bow| (bow.from.as_str(), bow.to.as_str(), bow.cases)).collect();
        assert_eq!(arcs, [("961381541", "935478715", 3)]);
        let near = |mark: &Mark| (59.0..61.0).contains(&mark.latitude) && (10.0..11.0).contains(&mark.longitude);
        assert!(drawn.marks.iter().all(near));
        // Who shared has no place: those who use it still have theirs.
        let drawn = map(ks, &[(gran, 1)]);
        assert_eq!((drawn.marks.len(), drawn.arcs.len()), (1, 0));
        assert_eq!(map(gran, &[]).marks.len(), 1);
    }
}
