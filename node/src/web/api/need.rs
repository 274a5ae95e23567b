//! One need with everything that its page shows, and the cases that may answer it.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use idenett_protocol::body;
use serde::Serialize;
use utoipa::ToSchema;

use super::items::CaseItem;
use super::json;
use super::parts::{code, codes, fitting};
use super::query::Query;
use super::said::{Comment, Contact, Interest};
use super::standing::Standing;
use crate::clock;
use crate::reading::{NeedView, cards, need_view};
use crate::web::asked::Asked;
use crate::web::failure::Failure;
use crate::web::matching;
use crate::web::name::Name;
use crate::web::site::Site;
use crate::web::wording;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/api/v1/needs/{id}", get(show))
}

/// A need with everything that is known about it.
#[derive(Serialize, ToSchema)]
struct Need {
    /// The need: the id of its first version.
    id: String,
    /// The address of its page.
    page: String,
    /// Whether it stands, whose it is, who signed it, and its versions.
    standing: Standing,
    /// Its facts.
    facts: NeedFacts,
    /// What was written.
    text: NeedText,
    /// The case that met it, also where a reuse of it is named.
    met_by: Option<String>,
    /// Cases that may answer it, the best first; no more than fit.
    answered_by: Vec<CaseItem>,
    /// Questions and answers, the oldest first, each with its replies; at most 500, and no more than fit.
    comments: Vec<Comment>,
    /// Who is interested, the oldest first; at most 500, and no more than fit.
    interests: Vec<Interest>,
    /// Who can be asked.
    contact: Option<Contact>,
}

/// The facts of a need. Codes are `not_stated` where nothing is stated.
#[derive(Serialize, ToSchema)]
struct NeedFacts {
    /// The language of the text.
    lang: String,
    /// Where it stands.
    status: String,
    /// The part of the municipality.
    sector: String,
    /// What it is about.
    themes: Vec<String>,
    /// Problems without a final solution that it is part of.
    wicked_problems: Vec<String>,
    /// Who is affected, by groups.
    beneficiaries: Vec<String>,
    /// How soon it wants a solution.
    urgency: String,
    /// Whether others are asked to join.
    wants_partners: Option<bool>,
    /// The publisher's own id for it in the system it was imported from.
    external_id: Option<String>,
}

/// What people wrote about a need, as they wrote it. What is empty was not written, or is not here.
#[derive(Serialize, ToSchema)]
struct NeedText {
    /// Its name.
    title: String,
    /// How things are.
    situation: String,
    /// Who is affected.
    affected: String,
    /// What a solution must respect.
    constraints: String,
    /// What was tried before.
    tried_before: String,
}

/// One need with everything that its page shows. One that was withdrawn is shown with the reason.
#[utoipa::path(get, path = "/api/v1/needs/{id}", operation_id = "showNeed", responses((status = 200, description = "The need.", body = Need)))]
pub(super) async fn show(State(site): State<Arc<Site>>, asked: Asked, name: Name) -> Response {
    site.answer(asked, move |site, asked| {
        Query::read(asked, &[])?;
        let day = clock::now().day();
        let view = need_view(site.library(), &name.parse()?, day)?.ok_or(Failure::NotFound)?;
        let cases = site.catalogue(|catalogue| Ok(matching::cases_for(catalogue, &view.facts)))?;
        let cases = cards(site.library(), &cases, day)?;
        json(&need(view, fitting(cases.into_iter().map(CaseItem::from))))
    })
    .await
}

fn need(mut view: NeedView, answered_by: Vec<CaseItem>) -> Need {
    let shown = &mut view.shown;
    let (comments, interests) = (std::mem::take(&mut shown.comments), std::mem::take(&mut shown.interests));
    let contact = shown.contact.take().map(Contact::from);
    Need {
        id: view.shown.id.to_string(),
        page: wording::need(&view.shown.id),
        standing: view.shown.into(),
        facts: view.facts.into(),
        text: view.text.into(),
        met_by: view.met_by.map(|id| id.to_string()),
        answered_by,
        comments: Comment::all(comments),
        interests: Interest::all(interests),
        contact,
    }
}

impl From<body::NeedFacts> for NeedFacts {
    fn from(facts: body::NeedFacts) -> Self {
        Self {
            lang: code(&facts.lang),
            status: code(&facts.status),
            sector: code(&facts.sector),
            themes: codes(&facts.themes),
            wicked_problems: codes(&facts.wicked_problem),
            beneficiaries: codes(&facts.beneficiaries),
            urgency: code(&facts.urgency),
            wants_partners: facts.wants_partners,
            external_id: facts.external_id,
        }
    }
}

impl From<body::NeedText> for NeedText {
    fn from(text: body::NeedText) -> Self {
        Self {
            title: text.title,
            situation: text.situation,
            affected: text.affected,
            constraints: text.constraints,
            tried_before: text.tried_before,
        }
    }
}
