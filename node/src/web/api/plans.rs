//! Plans: the list, and each with its goals and the cases that serve them.

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
use super::parts::{Days, code, codes, day};
use super::said::{Comment, Contact, Interest};
use super::standing::Standing;
use crate::reading::Said;
use crate::web::asked::Asked;
use crate::web::failure::Failure;
use crate::web::name::Name;
use crate::web::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/api/v1/plans", get(list)).route("/api/v1/plans/{id}", get(show))
}

/// Plans, the newest first.
#[utoipa::path(get, path = "/api/v1/plans", operation_id = "listPlans", responses((status = 200, description = "A part of the plans.", body = Gatherings)))]
pub(super) async fn list(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.answer(asked, |site, asked| gatherings::list(site, asked, Kind::Plan)).await
}

/// A plan with everything that is known about it.
#[derive(Serialize, ToSchema)]
struct Plan {
    /// The plan: the id of its first version.
    id: String,
    /// The address of its page.
    page: String,
    /// Whether it stands, whose it is, who signed it, and its versions.
    standing: Standing,
    /// Its facts.
    facts: PlanFacts,
    /// What was written.
    text: PlanText,
    /// Cases that serve it, by their titles; at most 60, and no more than fit.
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

/// The facts of a plan. Codes are `not_stated` where nothing is stated.
#[derive(Serialize, ToSchema)]
struct PlanFacts {
    /// The language of the text.
    lang: String,
    /// What it is.
    kind: String,
    /// The day on which it was adopted.
    #[schema(format = Date)]
    adopted: Option<String>,
    /// From when until when it holds.
    period: Option<Days>,
    /// Its goals, as short ids; what they say is at the same place in the text.
    goals: Vec<String>,
    /// What it is about.
    themes: Vec<String>,
    /// Problems without a final solution at which it aims.
    wicked_problems: Vec<String>,
}

/// What people wrote about a plan, as they wrote it. What is empty was not written, or is not here.
#[derive(Serialize, ToSchema)]
struct PlanText {
    /// Its name.
    title: String,
    /// What it wants.
    summary: String,
    /// More about it.
    description: String,
    /// Of each goal in the facts, in the same order, what it says.
    goals: Vec<String>,
    /// Where it can be read. The node never opened it.
    url: String,
}

/// One plan with everything that its page shows. One that was withdrawn is shown with the reason.
#[utoipa::path(get, path = "/api/v1/plans/{id}", operation_id = "showPlan", responses((status = 200, description = "The plan.", body = Plan)))]
pub(super) async fn show(State(site): State<Arc<Site>>, asked: Asked, name: Name) -> Response {
    site.answer(asked, move |site, asked| {
        let (said, around) = gatherings::view(site, asked, &name)?;
        let Said::Plan { facts, text } = said else { return Err(Failure::NotFound) };
        let Around { id, page, standing, cases, more, comments, interests, contact } = around;
        let (facts, text) = ((*facts).into(), text.into());
        json(&Plan { id, page, standing, facts, text, cases, more, comments, interests, contact })
    })
    .await
}

impl From<body::PlanFacts> for PlanFacts {
    fn from(facts: body::PlanFacts) -> Self {
        Self {
            lang: code(&facts.lang),
            kind: code(&facts.kind),
            adopted: day(facts.adopted),
            period: facts.period.map(Days::from),
            goals: facts.goals,
            themes: codes(&facts.themes),
            wicked_problems: codes(&facts.wicked_problem),
        }
    }
}

impl From<body::PlanText> for PlanText {
    fn from(text: body::PlanText) -> Self {
        Self {
            title: text.title,
            summary: text.summary,
            description: text.description,
            goals: text.goals,
            url: text.url,
        }
    }
}
