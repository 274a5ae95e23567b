//! Needs: the list, and one with the cases that may answer it.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use idenett_protocol::codes::NeedStatus;
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;

use super::case::{Ask, Note, ask, history};
use crate::clock;
use crate::language::Tongue;
use crate::reading::{Catalogue, NeedView, Order, Row, card, cards, need_view};
use crate::web::answer::data;
use crate::web::asked::Asked;
use crate::web::cards::{CardRow, answers, lang};
use crate::web::failure::Failure;
use crate::web::limits::ROWS;
use crate::web::matching;
use crate::web::name::Name;
use crate::web::nested::Talk;
use crate::web::shell::{Place, Shell};
use crate::web::site::Site;
use crate::web::text::{self, Prose};
use crate::web::turning::Turning;
use crate::web::wording::{self, Fact, Named};

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/needs", get(list)).route("/need/{id}", get(show)).route("/need/{id}/json", get(json))
}

#[derive(Template)]
#[template(path = "needs.html")]
struct List {
    t: Tongue,
    shell: Shell,
    found: String,
    shown: Vec<(Named, bool)>,
    rows: Vec<CardRow>,
    turning: Turning,
}

async fn list(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.page(asked, |site, asked| site.catalogue(|catalogue| list_page(site, asked, catalogue))).await
}

fn list_page(site: &Site, asked: &Asked, catalogue: &Catalogue) -> Result<List, Failure> {
    let t = asked.t;
    let all_wanted = asked.value("show") == Some("all");
    let fits = |row: &Row| all_wanted || matches!(row.need, Some(NeedStatus::Open | NeedStatus::InDialogue));
    let all = catalogue.list(Kind::Need, Order::Newest, fits);
    let turning = Turning::new(asked, all.len());
    let ids: Vec<EntryId> = all.iter().skip(turning.before()).take(ROWS).map(|row| row.id).collect();
    Ok(List {
        t,
        shell: Shell::new(site, asked, Place::Needs),
        found: t.count("needs-count", all.len()).into_owned(),
        shown: vec![
            (Named::link(t.say("needs-open"), asked.address("show", None)), !all_wanted),
            (Named::link(t.say("needs-all"), asked.address("show", Some("all"))), all_wanted),
        ],
        rows: CardRow::all(t, &cards(site.library(), &ids, clock::now().day())?),
        turning,
    })
}

#[derive(Template)]
#[template(path = "need.html")]
struct Page {
    t: Tongue,
    shell: Shell,
    href: String,
    title: String,
    lang: String,
    status: String,
    partners: bool,
    owner: Named,
    date: String,
    notes: Vec<Note>,
    met_by: Option<CardRow>,
    parts: Vec<(String, Prose)>,
    cases: Vec<CardRow>,
    answers: Option<String>,
    talk: Vec<Talk>,
    interested: Vec<Named>,
    contact: Option<Ask>,
    facts: Vec<Fact>,
    history: history::History,
}

async fn show(State(site): State<Arc<Site>>, asked: Asked, name: Name) -> Response {
    site.page(asked, move |site, asked| {
        let view = need_view(site.library(), &name.parse()?, clock::now().day())?.ok_or(Failure::NotFound)?;
        page(site, asked, &view)
    })
    .await
}

async fn json(State(site): State<Arc<Site>>, asked: Asked, name: Name) -> Response {
    site.answer(asked, move |site, _| {
        let view = need_view(site.library(), &name.parse()?, clock::now().day())?.ok_or(Failure::NotFound)?;
        let json = serde_json::to_string_pretty(&view).map_err(|e| Failure::Fault(e.to_string()))?;
        Ok(data(StatusCode::OK, "application/json", json))
    })
    .await
}

fn page(site: &Site, asked: &Asked, view: &NeedView) -> Result<Page, Failure> {
    let t = asked.t;
    let (said, shown) = (&view.text, &view.shown);
    let day = clock::now().day();
    let found = site.catalogue(|catalogue| Ok(matching::cases_for(catalogue, &view.facts)))?;
    let met_by = view.met_by.map(|by| card(site.library(), &by, day)).transpose()?.flatten();
    let parts = [
        (t.say("need-situation"), &said.situation),
        (t.say("need-affected"), &said.affected),
        (t.say("need-constraints"), &said.constraints),
        (t.say("need-tried"), &said.tried_before),
    ];
    let parts = parts.into_iter().filter(|(_, said)| !said.is_empty());
    Ok(Page {
        t,
        shell: Shell::new(site, asked, Place::Needs),
        href: wording::need(&shown.id),
        title: wording::title(t, &said.title, shown.text_state),
        lang: lang(view.facts.lang.id()),
        status: wording::label(t, &view.facts.status).unwrap_or_default(),
        partners: view.facts.wants_partners == Some(true),
        owner: Named::party(&shown.owner),
        date: t.day_of(shown.provenance.time),
        notes: history::notes(t, shown),
        met_by: met_by.map(|card| CardRow::of(t, &card)),
        parts: parts.map(|(name, said)| (name.into_owned(), text::prose(said))).collect(),
        cases: CardRow::all(t, &cards(site.library(), &found, day)?),
        answers: answers(&said.title),
        talk: Talk::all(t, &shown.comments),
        interested: shown.interests.iter().map(|i| Named::signer(t, &i.signer)).collect(),
        contact: shown.contact.as_ref().map(|c| ask(t, c)),
        facts: facts(t, view),
        history: history::of(t, shown),
    })
}

fn facts(t: Tongue, view: &NeedView) -> Vec<Fact> {
    let facts = &view.facts;
    let lines = [
        Fact::code(t, "field-urgency", &facts.urgency),
        Fact::code(t, "field-sector", &facts.sector),
        Fact::codes(t, "field-themes", &facts.themes),
        Fact::codes(t, "field-wicked-problem", &facts.wicked_problem),
        Fact::codes(t, "field-beneficiaries", &facts.beneficiaries),
        Fact::one(t, "field-valid-until", view.shown.valid_until.map(|day| Named::plain(t.date(day)))),
    ];
    lines.into_iter().flatten().collect()
}
