//! One case with everything that is known about it; as data; as a story.

mod effect;
mod facts;
pub(super) mod history;
mod reuse;

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use idenett_protocol::time::Day;

use crate::clock;
use crate::language::Tongue;
use crate::reading::{Card, CaseView, card, case_view};
use crate::web::answer::data;
use crate::web::asked::Asked;
use crate::web::cards::{CardRow, lang};
use crate::web::failure::Failure;
use crate::web::matching;
use crate::web::name::Name;
use crate::web::nested::Talk;
use crate::web::shell::{Place, Shell};
use crate::web::site::Site;
use crate::web::text::{self, Prose};
use crate::web::wording::{self, Fact, Named};
use effect::Effect;
use history::History;
use reuse::Reuse;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/case/{id}", get(show))
        .route("/case/{id}/json", get(json))
        .route("/case/{id}/story", get(story))
}

#[derive(Template)]
#[template(path = "case.html")]
struct Page {
    t: Tongue,
    shell: Shell,
    head: Head,
    gates: Vec<Gate>,
    problem: Prose,
    beneficiaries: Prose,
    solution: Prose,
    effect: Effect,
    parts: Vec<(String, Prose)>,
    how_to: Prose,
    effort: Vec<Fact>,
    lessons: Prose,
    forces: Vec<(String, Vec<(String, String)>)>,
    next_needs: Prose,
    facts: Vec<Fact>,
    more: Vec<Fact>,
    contact: Option<Ask>,
    missing: Vec<String>,
    ready: bool,
    reuse: Reuse,
    talk: Vec<Talk>,
    interested: Vec<Named>,
    needs: Vec<CardRow>,
    history: History,
    told: Told,
}

/// Which parts of a case have anything to say.
struct Told {
    problem: bool,
    solution: bool,
    how_to: bool,
    lessons: bool,
    next_needs: bool,
    beneficiaries: bool,
    story: bool,
}

/// What stands above a case.
struct Head {
    id: String,
    /// The code of the sector as TOML, for a declaration that is copied.
    sector: String,
    href: String,
    title: String,
    summary: String,
    lang: String,
    stage: String,
    color: &'static str,
    owner: Named,
    co_owners: Vec<(Named, bool)>,
    about: Option<Named>,
    date: String,
    withdrawn: bool,
    notes: Vec<Note>,
}

/// Something that must be known before reading on.
pub(in crate::web) struct Note {
    pub(in crate::web) color: &'static str,
    pub(in crate::web) title: String,
    pub(in crate::web) text: String,
    pub(in crate::web) way: Option<Named>,
}

/// One of the three gates.
struct Gate {
    name: String,
    open: bool,
    says: String,
}

/// Who can be asked.
pub(in crate::web) struct Ask {
    pub(in crate::web) function: String,
    pub(in crate::web) owner: Named,
    pub(in crate::web) facts: Vec<Fact>,
}

async fn show(State(site): State<Arc<Site>>, asked: Asked, name: Name) -> Response {
    site.page(asked, move |site, asked| {
        let day = clock::now().day();
        let view = case_view(site.library(), &name.parse()?, day)?.ok_or(Failure::NotFound)?;
        page(site, asked, &view, day)
    })
    .await
}

async fn json(State(site): State<Arc<Site>>, asked: Asked, name: Name) -> Response {
    site.answer(asked, move |site, _| {
        let view = case_view(site.library(), &name.parse()?, clock::now().day())?.ok_or(Failure::NotFound)?;
        let json = serde_json::to_string_pretty(&view).map_err(|e| Failure::Fault(e.to_string()))?;
        Ok(data(StatusCode::OK, "application/json", json))
    })
    .await
}

#[derive(Template)]
#[template(path = "story.html")]
struct Story {
    t: Tongue,
    shell: Shell,
    head: Head,
    story: Prose,
    parts: Vec<(String, Prose)>,
}

async fn story(State(site): State<Arc<Site>>, asked: Asked, name: Name) -> Response {
    site.page(asked, move |site, asked| {
        let t = asked.t;
        let view = case_view(site.library(), &name.parse()?, clock::now().day())?.ok_or(Failure::NotFound)?;
        let parts = [
            (t.say("case-problem"), &view.text.problem),
            (t.say("case-solution"), &view.text.solution),
            (t.say("case-lessons"), &view.text.lessons),
            (t.say("case-next"), &view.text.next_needs),
        ];
        let parts = parts.into_iter().filter(|(_, said)| !said.is_empty());
        Ok(Story {
            t,
            shell: Shell::new(site, asked, Place::Cases),
            head: head(t, &view),
            story: text::prose(&view.text.story),
            parts: parts.map(|(name, said)| (name.into_owned(), text::prose(said))).collect(),
        })
    })
    .await
}

fn page(site: &Site, asked: &Asked, view: &CaseView, day: Day) -> Result<Page, Failure> {
    let t = asked.t;
    let said = &view.text;
    let parts = [
        (t.say("case-core"), &said.core),
        (t.say("case-adaptable"), &said.adaptable),
        (t.say("case-prerequisites"), &said.prerequisites),
    ];
    let needs: Vec<Card> = site
        .catalogue(|c| Ok(matching::needs_for(c, &view.facts)))?
        .iter()
        .filter_map(|id| card(site.library(), id, day).transpose())
        .collect::<Result<_, _>>()?;
    Ok(Page {
        t,
        shell: Shell::new(site, asked, Place::Cases),
        head: head(t, view),
        gates: gates(t, view),
        problem: text::prose(&said.problem),
        beneficiaries: text::prose(&said.beneficiaries),
        solution: text::prose(&said.solution),
        effect: effect::of(t, view),
        parts: parts
            .into_iter()
            .filter(|(_, s)| !s.is_empty())
            .map(|(n, s)| (n.into_owned(), text::prose(s)))
            .collect(),
        how_to: text::prose(&said.how_to),
        effort: view.facts.effort.as_ref().map(|e| wording::effort(t, e)).unwrap_or_default(),
        lessons: text::prose(&said.lessons),
        forces: facts::forces(t, &view.facts),
        next_needs: text::prose(&said.next_needs),
        facts: facts::main(t, view),
        more: facts::more(t, view),
        contact: view.shown.contact.as_ref().map(|c| ask(t, c)),
        missing: view.readiness.required.iter().chain(&view.readiness.for_reuse).map(|f| field(t, f)).collect(),
        ready: view.readiness.is_ready(),
        reuse: reuse::of(site, t, view),
        talk: Talk::all(t, &view.shown.comments),
        interested: view.shown.interests.iter().map(|i| Named::signer(t, &i.signer)).collect(),
        needs: CardRow::all(t, &needs),
        history: history::of(t, &view.shown),
        told: told(view),
    })
}

fn told(view: &CaseView) -> Told {
    let said = &view.text;
    Told {
        problem: !said.problem.is_empty(),
        solution: !said.solution.is_empty(),
        how_to: !said.how_to.is_empty(),
        lessons: !said.lessons.is_empty(),
        next_needs: !said.next_needs.is_empty(),
        beneficiaries: !said.beneficiaries.is_empty() || !view.facts.beneficiaries.is_empty(),
        story: !said.story.is_empty(),
    }
}

fn head(t: Tongue, view: &CaseView) -> Head {
    let shown = &view.shown;
    Head {
        id: shown.id.to_string(),
        sector: text::toml(view.facts.sector.id()),
        href: wording::case(&shown.id),
        title: wording::title(t, &view.text.title, shown.text_state),
        summary: text::plain(&view.text.summary),
        lang: lang(view.facts.lang.id()),
        stage: wording::stage(t, &view.facts.status),
        color: wording::status_color(&view.facts.status),
        owner: Named::party(&shown.owner),
        co_owners: view.co_owners.iter().map(|c| (Named::party(&c.party), c.confirmed)).collect(),
        about: view.about.as_ref().map(Named::party),
        date: t.day_of(shown.provenance.time),
        withdrawn: shown.is_withdrawn(),
        notes: history::notes(t, shown),
    }
}

fn gates(t: Tongue, view: &CaseView) -> Vec<Gate> {
    let gates = view.gates;
    let new = gates
        .new
        .map(|n| t.with("gate-new-for", "whom", &wording::label(t, &n.into()).unwrap_or_default().to_lowercase()));
    let since = gates.since.map(|day| t.with("gate-utilised-since", "day", &t.date(day)));
    let says = |open: bool, yes: &str, no: &str| if open { t.say(yes) } else { t.say(no) }.into_owned();
    vec![
        Gate {
            name: t.say("gate-new").into_owned(),
            open: gates.new.is_some(),
            says: new.map_or_else(|| t.say("gate-new-no").into_owned(), |n| n.into_owned()),
        },
        Gate {
            name: t.say("gate-useful").into_owned(),
            open: gates.useful,
            says: says(gates.useful, "gate-useful-yes", "gate-useful-no"),
        },
        Gate {
            name: t.say("gate-utilised").into_owned(),
            open: gates.utilised,
            says: match since.filter(|_| gates.utilised) {
                Some(since) => since.into_owned(),
                None => says(gates.utilised, "gate-utilised-yes", "gate-utilised-no"),
            },
        },
    ]
}

/// Who can be asked, and how.
pub(super) fn ask(t: Tongue, contact: &crate::reading::Contact) -> Ask {
    Ask {
        function: wording::title(t, &contact.text.function, contact.text_state),
        owner: Named::party(&contact.owner),
        facts: wording::contact(t, contact),
    }
}

/// The name of a field, as people know it.
pub(super) fn field(t: Tongue, name: &str) -> String {
    let key = format!("field-{}", name.replace('_', "-"));
    if t.has(&key) { t.say(&key).into_owned() } else { text::plain(name) }
}
