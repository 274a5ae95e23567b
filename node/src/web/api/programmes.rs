//! Programmes, networks and arenas: the list, and each with the cases that are shown there.

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
use super::parts::{Days, Organisation, code, codes};
use super::said::{Comment, Contact, Interest};
use super::standing::Standing;
use crate::reading::{Said, party};
use crate::web::asked::Asked;
use crate::web::failure::Failure;
use crate::web::name::Name;
use crate::web::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/api/v1/programmes", get(list)).route("/api/v1/programmes/{id}", get(show))
}

/// Programmes, networks and arenas, the newest first.
#[utoipa::path(get, path = "/api/v1/programmes", operation_id = "listProgrammes", responses((status = 200, description = "A part of the programmes.", body = Gatherings)))]
pub(super) async fn list(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.answer(asked, |site, asked| gatherings::list(site, asked, Kind::Programme)).await
}

/// A programme, network or arena with everything that is known about it.
#[derive(Serialize, ToSchema)]
struct Programme {
    /// The programme: the id of its first version.
    id: String,
    /// The address of its page.
    page: String,
    /// Whether it stands, whose it is, who signed it, and its versions.
    standing: Standing,
    /// Its facts.
    facts: ProgrammeFacts,
    /// What was written.
    text: ProgrammeText,
    /// Cases that are shown there, in its order, then those that name it themselves, by their titles; at most 60, and no more
    /// than fit.
    cases: Vec<GatheredCase>,
    /// Whether there are more than 60.
    more: bool,
    /// Questions and answers, the oldest first, each with its replies; at most 500, and no more than fit.
    comments: Vec<Comment>,
    /// Who is interested, the oldest first; at most 500, and no more than fit.
    interests: Vec<Interest>,
    /// Who can be asked.
    contact: Option<Contact>,
}

/// The facts of a programme. Codes are `not_stated` where nothing is stated.
#[derive(Serialize, ToSchema)]
struct ProgrammeFacts {
    /// The language of the text.
    lang: String,
    /// What it is.
    kind: String,
    /// Who leads it.
    lead: Option<Organisation>,
    /// Who takes part.
    members: Vec<Organisation>,
    /// From when until when it runs.
    period: Option<Days>,
    /// Who pays.
    funding: Vec<String>,
    /// What it is about.
    themes: Vec<String>,
}

/// What people wrote about a programme, as they wrote it. What is empty was not written, or is not here.
#[derive(Serialize, ToSchema)]
struct ProgrammeText {
    /// Its name.
    title: String,
    /// What it is for.
    summary: String,
    /// More about it.
    description: String,
    /// Where more can be read. The node never opened it.
    url: String,
}

/// One programme with everything that its page shows. One that was withdrawn is shown with the reason.
#[utoipa::path(get, path = "/api/v1/programmes/{id}", operation_id = "showProgramme", responses((status = 200, description = "The programme.", body = Programme)))]
pub(super) async fn show(State(site): State<Arc<Site>>, asked: Asked, name: Name) -> Response {
    site.answer(asked, move |site, asked| {
        let (said, around) = gatherings::view(site, asked, &name)?;
        let Said::Programme { facts, text } = said else { return Err(Failure::NotFound) };
        let Around { id, page, standing, cases, more, comments, interests, contact } = around;
        let (facts, text) = (ProgrammeFacts::of(site, &facts), text.into());
        json(&Programme { id, page, standing, facts, text, cases, more, comments, interests, contact })
    })
    .await
}

impl ProgrammeFacts {
    fn of(site: &Site, facts: &body::ProgrammeFacts) -> Self {
        let organisation = |org| Organisation::from(site.library().ledger(|l| party(l, org)));
        Self {
            lang: code(&facts.lang),
            kind: code(&facts.kind),
            lead: facts.lead.map(organisation),
            members: facts.members.iter().copied().map(organisation).collect(),
            period: facts.period.map(Days::from),
            funding: codes(&facts.funding),
            themes: codes(&facts.themes),
        }
    }
}

impl From<body::ProgrammeText> for ProgrammeText {
    fn from(text: body::ProgrammeText) -> Self {
        Self { title: text.title, summary: text.summary, description: text.description, url: text.url }
    }
}
