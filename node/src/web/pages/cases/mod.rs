//! Cases that were searched for, or all of them: narrowed, put in order, explained.

mod compare;
mod facets;
mod feed;
mod hits;

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use idenett_protocol::kind::Kind;

use crate::language::Tongue;
use crate::search::{Asked as Question, Found, MAX_DEPTH, MAX_QUERY_CHARS, Note, Sort};
use crate::web::asked::{Asked, address};
use crate::web::failure::Failure;
use crate::web::filters;
use crate::web::limits::{MAX_LINE_CHARS, ROWS};
use crate::web::shell::{Place, Shell};
use crate::web::site::Site;
use crate::web::text;
use crate::web::turning::Turning;
use crate::web::wording::Named;
use facets::FacetRow;
use hits::HitRow;

/// Asks for municipalities like the reader's.
const LIKE: &str = "like";

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/cases", get(list)).merge(compare::routes()).merge(feed::routes())
}

#[derive(Template)]
#[template(path = "cases.html")]
struct Page {
    t: Tongue,
    shell: Shell,
    q: String,
    /// The same for a file.
    q_toml: String,
    found: String,
    notes: Vec<String>,
    chosen: Vec<Named>,
    sorts: Vec<(Named, bool)>,
    sort: Option<String>,
    like: bool,
    like_shown: bool,
    facets: Vec<FacetRow>,
    rows: Vec<HitRow>,
    turning: Turning,
    atom: String,
    json: String,
}

async fn list(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.page(asked, page).await
}

fn page(site: &Site, asked: &Asked) -> Result<Page, Failure> {
    let t = asked.t;
    let question = question(site, asked)?;
    let found = site.desk().search(&question)?;
    let turning = Turning::new(asked, found.total.min(MAX_DEPTH));
    // A page behind the last one was asked for.
    let found = if found.hits.is_empty() && found.total > 0 {
        site.desk().search(&Question { offset: turning.before(), ..question.clone() })?
    } else {
        found
    };
    let query = || asked.query.iter().filter(|(n, _)| n != "page").map(|(n, v)| (n.as_str(), v.as_str()));
    Ok(Page {
        t,
        shell: Shell::new(site, asked, Place::Cases),
        q: text::plain(&question.text),
        q_toml: text::toml(&question.text),
        found: t.count("cases-count", found.total).into_owned(),
        notes: notes(t, &found),
        chosen: facets::chosen(site, asked, &question),
        sorts: sorts(asked, question.sort),
        sort: asked.value("sort").map(text::plain),
        like: question.like.is_some(),
        like_shown: crate::municipalities::by_org(site.desk().org()).is_some(),
        facets: facets::rows(site, t, &question, &found),
        rows: hits::rows(site, t, &found)?,
        turning,
        atom: address("/cases/atom", query()),
        json: address("/cases/feed.json", query()),
    })
}

/// What the address asks for.
fn question(site: &Site, asked: &Asked) -> Result<Question, Failure> {
    let words: String =
        asked.value("q").unwrap_or_default().chars().take(MAX_QUERY_CHARS.min(MAX_LINE_CHARS)).collect();
    let usual = if words.is_empty() { Sort::Newest } else { Sort::Relevance };
    let sort = asked.value("sort").map(|id| Sort::named(id).ok_or(Failure::Bad)).transpose()?.unwrap_or(usual);
    let mut question = Question { kind: Kind::Case, sort, limit: ROWS, ..Question::words(&words) };
    for (name, value) in &asked.query {
        if let Some(facet) = filters::named(name)
            && !value.is_empty()
        {
            if !filters::is_value(facet, Kind::Case, value) {
                return Err(Failure::Bad);
            }
            question.filters.entry(facet).or_default().insert(value.clone());
        }
    }
    question.viewer = Some(site.desk().org());
    question.like = asked.value(LIKE).map(|_| site.desk().org());
    question.offset = (asked.page() - 1).saturating_mul(ROWS).min(MAX_DEPTH);
    Ok(question)
}

/// What was understood beside the words.
fn notes(t: Tongue, found: &Found) -> Vec<String> {
    let say = |note: &Note| match note {
        Note::Spelling { typed, taken } => {
            t.fill("note-spelling", &[("typed", &text::plain(typed)), ("taken", &text::plain(taken))])
        }
        Note::LikeUs => t.say("note-like-us"),
        Note::LikeWhom => t.say("note-like-whom"),
        Note::Failures => t.say("note-failures"),
    };
    found.notes.iter().map(|note| say(note).into_owned()).collect()
}

fn sorts(asked: &Asked, now: Sort) -> Vec<(Named, bool)> {
    let t = asked.t;
    let offered = Sort::ALL.into_iter().filter(|sort| *sort != Sort::Relevance || asked.value("q").is_some());
    let way = |sort: Sort| {
        let label = match sort {
            Sort::Relevance => t.say("sort-relevance"),
            Sort::Newest => t.say("sort-newest"),
            Sort::MostReused => t.say("sort-most-reused"),
            Sort::Title => t.say("sort-title"),
        };
        (Named::link(label, asked.address("sort", Some(sort.id()))), sort == now)
    };
    offered.map(way).collect()
}
