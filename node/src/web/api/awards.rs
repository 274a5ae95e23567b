//! Awards: the list, and each with the case that it was given for.

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
use super::parts::{Organisation, code};
use super::said::{Comment, Interest};
use super::standing::Standing;
use crate::reading::{Said, party};
use crate::web::asked::Asked;
use crate::web::failure::Failure;
use crate::web::name::Name;
use crate::web::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/api/v1/awards", get(list)).route("/api/v1/awards/{id}", get(show))
}

/// Awards, the newest first.
#[utoipa::path(get, path = "/api/v1/awards", operation_id = "listAwards", responses((status = 200, description = "A part of the awards.", body = Gatherings)))]
pub(super) async fn list(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.answer(asked, |site, asked| gatherings::list(site, asked, Kind::Award)).await
}

/// An award with everything that is known about it.
#[derive(Serialize, ToSchema)]
struct Award {
    /// The award: the id of its first version.
    id: String,
    /// The address of its page.
    page: String,
    /// Whether it stands, whose it is, who signed it, and its versions.
    standing: Standing,
    /// Its facts.
    facts: AwardFacts,
    /// What was written.
    text: AwardText,
    /// The case that it was given for, if that is here, then those that name it themselves; at most 60, and no more than fit.
    cases: Vec<GatheredCase>,
    /// Whether there are more than 60.
    more: bool,
    /// Questions and answers, the oldest first, each with its replies; at most 500, and no more than fit.
    comments: Vec<Comment>,
    /// Who is interested, the oldest first; at most 500, and no more than fit.
    interests: Vec<Interest>,
}

/// The facts of an award. Codes are `not_stated` where nothing is stated.
#[derive(Serialize, ToSchema)]
struct AwardFacts {
    /// The language of the text.
    lang: String,
    /// The year for which it was given.
    year: Option<u16>,
    /// How far around the prize was open.
    level: String,
    /// What was won.
    placement: String,
    /// The organisation that was given it.
    recipient: Option<Organisation>,
    /// The organisation that gave it, if it has a number; in words in the text.
    giver: Option<Organisation>,
}

/// What people wrote about an award, as they wrote it. What is empty was not written, or is not here.
#[derive(Serialize, ToSchema)]
struct AwardText {
    /// The name of the prize.
    prize: String,
    /// Who gave it.
    given_by: String,
    /// Why it was given.
    reason: String,
    /// Where that can be read. The node never opened it.
    url: String,
}

/// One award with everything that its page shows. One that was withdrawn is shown with the reason.
#[utoipa::path(get, path = "/api/v1/awards/{id}", operation_id = "showAward", responses((status = 200, description = "The award.", body = Award)))]
pub(super) async fn show(State(site): State<Arc<Site>>, asked: Asked, name: Name) -> Response {
    site.answer(asked, move |site, asked| {
        let (said, around) = gatherings::view(site, asked, &name)?;
        let Said::Award { facts, text } = said else { return Err(Failure::NotFound) };
        // Nobody can be named who is asked about an award.
        let Around { id, page, standing, cases, more, comments, interests, contact: _ } = around;
        let (facts, text) = (AwardFacts::of(site, &facts), text.into());
        json(&Award { id, page, standing, facts, text, cases, more, comments, interests })
    })
    .await
}

impl AwardFacts {
    fn of(site: &Site, facts: &body::AwardFacts) -> Self {
        let organisation = |org| Organisation::from(site.library().ledger(|l| party(l, org)));
        Self {
            lang: code(&facts.lang),
            year: facts.year,
            level: code(&facts.level),
            placement: code(&facts.placement),
            recipient: facts.recipient.map(organisation),
            giver: facts.giver.map(organisation),
        }
    }
}

impl From<body::AwardText> for AwardText {
    fn from(text: body::AwardText) -> Self {
        Self { prize: text.prize, given_by: text.given_by, reason: text.reason, url: text.url }
    }
}
