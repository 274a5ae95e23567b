//! Collections: the list, and each with its cases in their order and a word about each.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use idenett_protocol::body;
use idenett_protocol::kind::Kind;
use serde::Serialize;
use utoipa::ToSchema;

use super::gatherings::{self, Around, GatheredCase, Gatherings};
use super::json;
use super::parts::{code, codes};
use super::said::{Comment, Interest};
use super::standing::Standing;
use crate::reading::Said;
use crate::web::asked::Asked;
use crate::web::failure::Failure;
use crate::web::name::Name;
use crate::web::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/api/v1/collections", get(list)).route("/api/v1/collections/{id}", get(show))
}

/// Collections, the newest first.
#[utoipa::path(get, path = "/api/v1/collections", operation_id = "listCollections", responses((status = 200, description = "A part of the collections.", body = Gatherings)))]
pub(super) async fn list(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.answer(asked, |site, asked| gatherings::list(site, asked, Kind::Collection)).await
}

/// A collection with everything that is known about it.
#[derive(Serialize, ToSchema)]
struct Collection {
    /// The collection: the id of its first version.
    id: String,
    /// The address of its page.
    page: String,
    /// Whether it stands, whose it is, who signed it, and its versions.
    standing: Standing,
    /// Its facts.
    facts: CollectionFacts,
    /// What was written; what it says about each case stands with the case.
    text: CollectionText,
    /// The cases in their order, then those that name it themselves; at most 60, and no more than fit. What was withdrawn or is
    /// not here is left out.
    cases: Vec<GatheredCase>,
    /// Whether there are more than 60.
    more: bool,
    /// Questions and answers, the oldest first, each with its replies; at most 500, and no more than fit.
    comments: Vec<Comment>,
    /// Who is interested, the oldest first; at most 500, and no more than fit.
    interests: Vec<Interest>,
}

/// The facts of a collection. Codes are `not_stated` where nothing is stated.
#[derive(Serialize, ToSchema)]
struct CollectionFacts {
    /// The language of the text.
    lang: String,
    /// What it is about.
    themes: Vec<String>,
}

/// What people wrote about a collection, as they wrote it. What is empty was not written, or is not here.
#[derive(Serialize, ToSchema)]
struct CollectionText {
    /// Its name.
    title: String,
    /// What it gathers and for whom.
    summary: String,
}

/// One collection with everything that its page shows. One that was withdrawn is shown with the reason.
#[utoipa::path(get, path = "/api/v1/collections/{id}", operation_id = "showCollection", responses((status = 200, description = "The collection.", body = Collection)))]
pub(super) async fn show(State(site): State<Arc<Site>>, asked: Asked, name: Name) -> Response {
    site.answer(asked, move |site, asked| {
        let (said, around) = gatherings::view(site, asked, &name)?;
        let Said::Collection { facts, text } = said else { return Err(Failure::NotFound) };
        // Nobody can be named who is asked about a collection.
        let Around { id, page, standing, cases, more, comments, interests, contact: _ } = around;
        let (facts, text) = ((*facts).into(), text.into());
        json(&Collection { id, page, standing, facts, text, cases, more, comments, interests })
    })
    .await
}

impl From<body::CollectionFacts> for CollectionFacts {
    fn from(facts: body::CollectionFacts) -> Self {
        Self { lang: code(&facts.lang), themes: codes(&facts.themes) }
    }
}

impl From<body::CollectionText> for CollectionText {
    fn from(text: body::CollectionText) -> Self {
        Self { title: text.title, summary: text.summary }
    }
}
