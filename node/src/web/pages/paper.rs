//! A case as the beginning of a paper for the council: what a case officer would otherwise write off by hand.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use crate::clock;
use crate::language::Tongue;
use crate::reading::{CaseView, Declaration, case_view};
use crate::web::asked::Asked;
use crate::web::cards;
use crate::web::failure::Failure;
use crate::web::name::Name;
use crate::web::nested::use_of;
use crate::web::shell::{Place, Shell};
use crate::web::site::Site;
use crate::web::text::{self, Prose};
use crate::web::wording::{self, Fact};

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/case/{id}/paper", get(paper))
}

#[derive(Template)]
#[template(path = "paper.html")]
struct Page {
    t: Tongue,
    shell: Shell,
    href: String,
    origin: String,
    member: String,
    title: String,
    lang: String,
    owner: String,
    date: String,
    licence: String,
    summary: String,
    parts: Vec<(String, Prose)>,
    values: Vec<String>,
    evidence: String,
    effort: Vec<Fact>,
    others: Vec<String>,
}

async fn paper(State(site): State<Arc<Site>>, asked: Asked, name: Name) -> Response {
    site.page(asked, move |site, asked| {
        let view = case_view(site.library(), &name.parse()?, clock::now().day())?.ok_or(Failure::NotFound)?;
        if view.shown.is_withdrawn() {
            return Err(Failure::Withdrawn(view.shown.id));
        }
        Ok(page(site, asked, &view))
    })
    .await
}

fn page(site: &Site, asked: &Asked, view: &CaseView) -> Page {
    let t = asked.t;
    let said = &view.text;
    let parts = [
        (t.say("paper-background"), &said.problem),
        (t.say("paper-solution"), &said.solution),
        (t.say("case-core"), &said.core),
        (t.say("case-adaptable"), &said.adaptable),
        (t.say("case-prerequisites"), &said.prerequisites),
        (t.say("case-how-to"), &said.how_to),
        (t.say("case-lessons"), &said.lessons),
    ];
    let parts = parts.into_iter().filter(|(_, said)| !said.is_empty());
    Page {
        t,
        shell: Shell::new(site, asked, Place::Cases),
        href: wording::case(&view.shown.id),
        origin: text::plain(&asked.origin),
        member: text::plain(&site.desk().config().name),
        title: wording::title(t, &said.title, view.shown.text_state),
        lang: cards::lang(view.facts.lang.id()),
        owner: text::plain(&view.shown.owner.name),
        date: t.day_of(view.shown.provenance.time),
        licence: wording::label(t, &view.facts.licence).unwrap_or_default(),
        summary: text::plain(&said.summary),
        parts: parts.map(|(name, said)| (name.into_owned(), text::prose(said))).collect(),
        values: values(t, view),
        evidence: t.with("paper-evidence", "level", &cards::evidence(t, view.evidence.level)).into_owned(),
        effort: view.facts.effort.as_ref().map(|e| wording::effort(t, e)).unwrap_or_default(),
        others: view.reuses.iter().filter(|d| d.reuse.counts).map(|d| other(t, d)).collect(),
    }
}

fn values(t: Tongue, view: &CaseView) -> Vec<String> {
    let says = |at: usize| view.text.values.get(at).filter(|s| !s.is_empty()).map(|s| text::plain(s));
    let one = |(at, v): (usize, &idenett_protocol::body::ValueClaim)| {
        let observed = if v.observed { t.say("value-observed") } else { t.say("value-expected") };
        let said = says(at).map(|s| format!(": {s}")).unwrap_or_default();
        format!("{} ({}){said}", t.label(&v.kind), observed.to_lowercase())
    };
    view.facts.values.iter().enumerate().map(one).collect()
}

fn other(t: Tongue, d: &Declaration) -> String {
    let since = d.facts.since.map(|day| format!(", {} {}", t.say("since"), t.date(day))).unwrap_or_default();
    format!("{}: {}{since}", text::plain(&d.reuse.name), use_of(t, &d.facts.status, d.reuse.standing))
}
