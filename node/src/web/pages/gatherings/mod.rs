//! What gathers cases: the list of plans, programmes and arenas, collections and awards, and each with its cases; as data.

mod facts;

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;

use super::case::{Ask, Note, ask, history};
use crate::clock;
use crate::language::Tongue;
use crate::reading::{Catalogue, GATHERINGS, GatheringView, Row, Said, gathering, gathering_view};
use crate::web::answer::data;
use crate::web::asked::{Asked, address};
use crate::web::cards::{CardRow, GatheringRow, lang};
use crate::web::failure::Failure;
use crate::web::limits::ROWS;
use crate::web::name::Name;
use crate::web::nested::Talk;
use crate::web::shell::{Place, Shell};
use crate::web::site::Site;
use crate::web::text::{self, Prose};
use crate::web::turning::Turning;
use crate::web::wording::{self, Fact, Named};

/// The list of all of them.
const LIST: &str = "/gatherings";
/// Which kind of them is shown.
const SHOW: &str = "show";

pub(super) fn routes() -> Router<Arc<Site>> {
    GATHERINGS.into_iter().fold(Router::new().route(LIST, get(list)), |all, kind| {
        let page = format!("/{}/{{id}}", kind.name());
        let data = format!("{page}/json");
        all.route(&page, get(move |site, asked, id| show(kind, site, asked, id)))
            .route(&data, get(move |site, asked, id| json(kind, site, asked, id)))
    })
}

#[derive(Template)]
#[template(path = "gatherings.html")]
struct List {
    t: Tongue,
    shell: Shell,
    shown: Vec<(Named, bool)>,
    groups: Vec<Group>,
    turning: Turning,
}

/// Things of one kind.
struct Group {
    kind: Kind,
    name: String,
    rows: Vec<GatheringRow>,
}

async fn list(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.page(asked, |site, asked| site.catalogue(|catalogue| list_page(site, asked, catalogue))).await
}

fn list_page(site: &Site, asked: &Asked, catalogue: &Catalogue) -> Result<List, Failure> {
    let t = asked.t;
    let named = |name| GATHERINGS.into_iter().find(|kind| kind.name() == name).ok_or(Failure::Bad);
    let wanted = asked.value(SHOW).map(named).transpose()?;
    let kinds = GATHERINGS.into_iter().filter(|kind| wanted.is_none_or(|wanted| wanted == *kind));
    let all: Vec<&Row> = kinds.flat_map(|kind| catalogue.newest(kind)).collect();
    let turning = Turning::new(asked, all.len());
    let mut groups: Vec<Group> = Vec::new();
    for row in all.into_iter().skip(turning.before()).take(ROWS) {
        let Some(found) = gathering(site.library(), &row.id)? else { continue };
        let row = GatheringRow::of(t, &found);
        match groups.last_mut().filter(|group| group.kind == found.kind) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group { kind: found.kind, name: wording::gatherings(t, found.kind), rows: vec![row] }),
        }
    }
    Ok(List {
        t,
        shell: Shell::new(site, asked, Place::Gatherings),
        shown: ways(t, catalogue, wanted),
        groups,
        turning,
    })
}

/// The ways to all of them and to those of one kind, where there are any.
fn ways(t: Tongue, catalogue: &Catalogue, wanted: Option<Kind>) -> Vec<(Named, bool)> {
    let all = (Named::link(t.say("gatherings-all"), LIST), wanted.is_none());
    let told = GATHERINGS.into_iter().filter(|kind| catalogue.newest(*kind).next().is_some());
    let of_kind = told.map(|kind| {
        let way = address(LIST, [(SHOW, kind.name())]);
        (Named::link(wording::gatherings(t, kind).to_lowercase(), way), wanted == Some(kind))
    });
    std::iter::once(all).chain(of_kind).collect()
}

#[derive(Template)]
#[template(path = "gathering.html")]
struct Page {
    t: Tongue,
    shell: Shell,
    href: String,
    title: String,
    summary: String,
    lang: String,
    sort: String,
    withdrawn: bool,
    owner: Named,
    date: String,
    notes: Vec<Note>,
    told: bool,
    description: Prose,
    goals: Vec<Goal>,
    cases: Vec<(CardRow, String)>,
    cut: bool,
    talk: Vec<Talk>,
    contact: Option<Ask>,
    facts: Vec<Fact>,
    history: history::History,
}

/// A goal of a plan with the cases that serve it.
struct Goal {
    says: String,
    cases: Vec<Named>,
}

async fn show(kind: Kind, State(site): State<Arc<Site>>, asked: Asked, name: Name) -> Response {
    site.page(asked, move |site, asked| Ok(page(site, asked, &view(site, kind, &name)?))).await
}

async fn json(kind: Kind, State(site): State<Arc<Site>>, asked: Asked, name: Name) -> Response {
    site.answer(asked, move |site, _| {
        let view = view(site, kind, &name)?;
        let json = serde_json::to_string_pretty(&view).map_err(|e| Failure::Fault(e.to_string()))?;
        Ok(data(StatusCode::OK, "application/json", json))
    })
    .await
}

fn view(site: &Site, kind: Kind, name: &Name) -> Result<GatheringView, Failure> {
    let id: EntryId = name.parse()?;
    let view = gathering_view(site.library(), &id, clock::now().day())?;
    view.filter(|view| view.told.kind == kind).ok_or(Failure::NotFound)
}

fn page(site: &Site, asked: &Asked, view: &GatheringView) -> Page {
    let t = asked.t;
    let row = GatheringRow::of(t, &view.told);
    let description = match &view.said {
        Said::Plan { text, .. } => &text.description,
        Said::Programme { text, .. } => &text.description,
        Said::Award { text, .. } => &text.reason,
        Said::Collection { .. } => "",
    };
    // Why an award was given is all that it says; it stands once.
    let summary = if matches!(view.said, Said::Award { .. }) { String::new() } else { row.summary };
    Page {
        t,
        shell: Shell::new(site, asked, Place::Gatherings),
        href: row.href,
        title: row.title,
        summary,
        lang: lang(view.told.lang.id()),
        sort: row.sort,
        withdrawn: view.shown.is_withdrawn(),
        owner: row.owner,
        date: row.date,
        notes: history::notes(t, &view.shown),
        told: !description.is_empty(),
        description: text::prose(description),
        goals: goals(t, view),
        cases: view.cases.iter().map(|g| (CardRow::of(t, &g.card), text::plain(&g.comment))).collect(),
        cut: view.cut,
        talk: Talk::all(t, &view.shown.comments),
        contact: view.shown.contact.as_ref().map(|c| ask(t, c)),
        facts: facts::of(site, t, view),
        history: history::of(t, &view.shown),
    }
}

/// What a plan wants; where its text is not here, what serves each of its goals still is.
fn goals(t: Tongue, view: &GatheringView) -> Vec<Goal> {
    let Said::Plan { facts, text } = &view.said else { return Vec::new() };
    let serving = |id: &String| {
        let cases = view.cases.iter().filter(|gathered| gathered.goals.contains(id));
        cases.map(|gathered| CardRow::of(t, &gathered.card)).map(|row| Named::link(row.title, row.href)).collect()
    };
    let goal = |(at, id): (usize, &String)| {
        let says = text.goals.get(at).filter(|says| !says.is_empty()).unwrap_or(id);
        Goal { says: text::plain(says), cases: serving(id) }
    };
    facts.goals.iter().enumerate().map(goal).collect()
}
