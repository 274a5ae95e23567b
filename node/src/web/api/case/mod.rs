//! One case with everything that its page shows.

mod facts;
mod reuse;
mod text;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use serde::Serialize;
use utoipa::ToSchema;

use super::gatherings::Appearance;
use super::items::NeedItem;
use super::json;
use super::parts::{Organisation, day, fitting};
use super::query::Query;
use super::said::{Comment, Contact, Interest, Measurement};
use super::standing::Standing;
use crate::clock;
use crate::likeness::likeness;
use crate::reading::{self, CaseView, cards, case_view};
use crate::web::asked::Asked;
use crate::web::failure::Failure;
use crate::web::matching;
use crate::web::name::Name;
use crate::web::site::Site;
use facts::CaseFacts;
use reuse::{Family, Reuse};
use text::CaseText;

/// Declarations of reuse that are told; how many there are is told beside them.
const MAX_REUSES: usize = 500;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/api/v1/cases/{id}", get(show))
}

/// A case with everything that is known about it.
#[derive(Serialize, ToSchema)]
struct Case {
    /// The case: the id of its first version.
    id: String,
    /// The address of its page.
    page: String,
    /// Whether it stands, whose it is, who signed it, and its versions.
    standing: Standing,
    /// Owners beside the first.
    co_owners: Vec<CoOwner>,
    /// About whom it is retold, while that one has not taken it over.
    about: Option<Organisation>,
    /// Its facts.
    facts: CaseFacts,
    /// What was written.
    text: CaseText,
    /// New, useful, utilised.
    gates: Gates,
    /// How well it is founded.
    evidence: Evidence,
    /// What was measured, the oldest first; at most 500, and no more than fit.
    measurements: Vec<Measurement>,
    /// What it lacks to be reused.
    readiness: Readiness,
    /// How many others use it now, each counted once.
    reusers_total: usize,
    /// Who uses it, would, or did, whether it counts or not; at most 500, and no more than fit.
    reuses: Vec<Reuse>,
    /// How many declarations of reuse there are.
    reuses_total: usize,
    /// Where it comes from and what came of it.
    family: Family,
    /// Plans that it serves, programmes, collections and awards, in this order; no more than fit.
    appears_in: Vec<Appearance>,
    /// Questions, experience, improvements and thanks, the oldest first, each with its replies; at most 500, and no more than
    /// fit.
    comments: Vec<Comment>,
    /// Who is interested, the oldest first; at most 500, and no more than fit.
    interests: Vec<Interest>,
    /// Who can be asked.
    contact: Option<Contact>,
    /// Open needs that it may answer, the best first; no more than fit.
    may_answer: Vec<NeedItem>,
}

/// An owner beside the first.
#[derive(Serialize, ToSchema)]
struct CoOwner {
    /// Who.
    organisation: Organisation,
    /// Whether it said so itself.
    confirmed: bool,
}

/// KS's three gates.
#[derive(Serialize, ToSchema)]
struct Gates {
    /// For whom it is new, as a code; null where that is not stated.
    new_for: Option<String>,
    /// Whether a need is described, and a value expected or observed.
    useful: bool,
    /// Whether it is utilised and a value was observed or measured.
    utilised: bool,
    /// Since when it is in use, as far as that is said.
    #[schema(format = Date)]
    since: Option<String>,
}

/// How well a case is founded, computed by the node.
#[derive(Serialize, ToSchema)]
struct Evidence {
    /// 0 asserted, 1 own evaluation, 2 measured before and after, 3 external evaluation, 4 worked for at least one
    /// other, 5 worked for three or more in two or more KOSTRA groups.
    level: u8,
    /// Measurements by owners and reusers.
    measurements: usize,
    /// Others for whom it worked as expected or better.
    worked_for: usize,
}

/// What a case lacks to be reused.
#[derive(Serialize, ToSchema)]
struct Readiness {
    /// Whether it lacks nothing.
    ready: bool,
    /// Fields that are missing and without which nobody can tell what it is.
    required: Vec<String>,
    /// Fields that are missing and without which nobody can repeat it.
    for_reuse: Vec<String>,
    /// Whether its time has run out.
    expired: bool,
}

/// One case with everything that its page shows. One that was withdrawn is shown with the reason.
#[utoipa::path(get, path = "/api/v1/cases/{id}", operation_id = "showCase", responses((status = 200, description = "The case.", body = Case)))]
pub(super) async fn show(State(site): State<Arc<Site>>, asked: Asked, name: Name) -> Response {
    site.answer(asked, move |site, asked| {
        Query::read(asked, &[])?;
        let day = clock::now().day();
        let view = case_view(site.library(), &name.parse()?, day)?.ok_or(Failure::NotFound)?;
        let needs = site.catalogue(|catalogue| Ok(matching::needs_for(catalogue, &view.facts)))?;
        let needs = cards(site.library(), &needs, day)?;
        json(&case(site, view, fitting(needs.into_iter().map(NeedItem::from))))
    })
    .await
}

fn case(site: &Site, mut view: CaseView, may_answer: Vec<NeedItem>) -> Case {
    let own = site.desk().org();
    let shown = &mut view.shown;
    let (comments, interests) = (std::mem::take(&mut shown.comments), std::mem::take(&mut shown.interests));
    let contact = shown.contact.take().map(Contact::from);
    let (reusers_total, reuses_total) = (view.reusers().len(), view.reuses.len());
    let reuse = |d: reading::Declaration| {
        let like_us = likeness(own, d.reuse.org).is_some_and(|l| l.is_alike());
        Reuse::of(d, like_us)
    };
    Case {
        id: view.shown.id.to_string(),
        page: crate::web::wording::case(&view.shown.id),
        standing: view.shown.into(),
        co_owners: view.co_owners.into_iter().map(CoOwner::from).collect(),
        about: view.about.map(Organisation::from),
        facts: view.facts.into(),
        text: view.text.into(),
        gates: view.gates.into(),
        evidence: view.evidence.into(),
        measurements: Measurement::all(view.measurements),
        readiness: view.readiness.into(),
        reusers_total,
        reuses: fitting(view.reuses.into_iter().take(MAX_REUSES).map(reuse)),
        reuses_total,
        family: view.family.into(),
        appears_in: fitting(view.appears_in.into_iter().map(Appearance::from)),
        comments: Comment::all(comments),
        interests: Interest::all(interests),
        contact,
        may_answer,
    }
}

impl From<reading::CoOwner> for CoOwner {
    fn from(owner: reading::CoOwner) -> Self {
        Self { organisation: owner.party.into(), confirmed: owner.confirmed }
    }
}

impl From<reading::Gates> for Gates {
    fn from(gates: reading::Gates) -> Self {
        Self {
            new_for: gates.new.map(|whom| whom.to_string()),
            useful: gates.useful,
            utilised: gates.utilised,
            since: day(gates.since),
        }
    }
}

impl From<reading::Evidence> for Evidence {
    fn from(evidence: reading::Evidence) -> Self {
        let reading::Evidence { level, measurements, worked_for } = evidence;
        Self { level, measurements, worked_for }
    }
}

impl From<reading::Readiness> for Readiness {
    fn from(readiness: reading::Readiness) -> Self {
        let named = |fields: &[&str]| fields.iter().map(|field| (*field).to_owned()).collect();
        Self {
            ready: readiness.is_ready(),
            required: named(&readiness.required),
            for_reuse: named(&readiness.for_reuse),
            expired: readiness.expired,
        }
    }
}
