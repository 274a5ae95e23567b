//! Every case, need, reuse, plan, programme, collection and award in an order that never changes, so that a program can take all of a large federation and
//! later ask only for what is new.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use idenett_protocol::kind::Kind;
use serde::Serialize;
use utoipa::ToSchema;

use super::filled::Filled;
use super::json;
use super::parts::{Organisation, at};
use super::query::{Parameter, Query, Takes};
use super::search::with_next;
use crate::reading::{Catalogue, Row, party};
use crate::web::asked::Asked;
use crate::web::failure::Failure;
use crate::web::site::Site;

/// Things of a part where nobody says how many, and at most: they cost no reading of the disk.
const USUAL: usize = 100;
const MOST: usize = 1000;
/// The kinds that are listed.
const KINDS: [Kind; 7] =
    [Kind::Case, Kind::Need, Kind::Reuse, Kind::Plan, Kind::Programme, Kind::Collection, Kind::Award];

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/api/v1/records", get(list))
}

pub(super) fn parameters() -> Vec<Parameter> {
    vec![
        Parameter {
            name: "kind",
            says: "Only things of this kind.",
            takes: Takes::OneOf(KINDS.iter().map(|kind| kind.name()).collect()),
        },
        Parameter {
            name: "after",
            says: "Only what comes after this id, which need not be known here.",
            takes: Takes::Entry,
        },
        Parameter { name: "limit", says: "How many; usually 100.", takes: Takes::Number(1, MOST) },
    ]
}

/// A part of all things that stand.
#[derive(Serialize, ToSchema)]
struct Things {
    /// Those of this part, in the order of their ids.
    items: Vec<ThingItem>,
    /// The address of the next part; null at the end.
    next: Option<String>,
}

/// A thing that was not withdrawn.
#[derive(Serialize, ToSchema)]
struct ThingItem {
    /// The thing: the id of its first version. All but a reuse have an address of their own, as `/api/v1/cases/{id}`.
    id: String,
    /// Its kind, as a code of the protocol.
    kind: String,
    /// The entry of the version that is shown: another one means that it was revised. `/api/v1/records/{id}` shows it.
    version: String,
    /// Who owns it, or declares it.
    owner: Organisation,
    /// When that version was signed.
    #[schema(format = DateTime)]
    signed: String,
    /// The case of a reuse.
    case: Option<String>,
}

/// All cases, needs, reuses, plans, programmes, collections and awards that stand, in the order of their ids.
#[utoipa::path(get, path = "/api/v1/records", operation_id = "listRecords", responses((status = 200, description = "A part of all things that stand.", body = Things)))]
pub(super) async fn list(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.answer(asked, |site, asked| site.catalogue(|catalogue| answer(site, asked, catalogue))).await
}

fn answer(site: &Site, asked: &Asked, catalogue: &Catalogue) -> Result<Response, Failure> {
    let query = Query::read(asked, &parameters())?;
    let kind = query.value("kind").and_then(Kind::named);
    let after = query.value("after").and_then(|id| id.parse().ok());
    let limit = query.number("limit").unwrap_or(USUAL);
    let mut rows = catalogue.after(after).filter(|row| kind.is_none_or(|kind| row.kind == kind));
    let Filled { items, .. } = Filled::with(rows.by_ref().take(limit), |row| Ok(Some(item(site, row))))?;
    let more = rows.next().is_some();
    let next = items.last().filter(|_| more).map(|last: &ThingItem| query.next("after", &last.id));
    let things = Things { items, next };
    Ok(with_next(json(&things)?, things.next.as_deref()))
}

fn item(site: &Site, row: &Row) -> ThingItem {
    ThingItem {
        id: row.id.to_string(),
        kind: row.kind.to_string(),
        version: row.version.to_string(),
        owner: site.library().ledger(|l| party(l, row.owner)).into(),
        signed: at(row.time),
        case: row.reuse.map(|(case, _)| case.to_string()),
    }
}
