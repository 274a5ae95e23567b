//! The newest of what a search finds, as Atom and as JSON Feed.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use serde_json::json;

use super::question;
use crate::clock;
use crate::reading::{Card, card, moment};
use crate::search::{Asked as Question, Sort};
use crate::web::answer::data;
use crate::web::asked::{Asked, address};
use crate::web::cards::lang;
use crate::web::failure::Failure;
use crate::web::site::Site;
use crate::web::text;
use crate::web::wording;

/// Entries of a feed.
const ENTRIES: usize = 30;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/cases/atom", get(atom)).route("/cases/feed.json", get(json_feed))
}

#[derive(Template)]
#[template(path = "atom.xml")]
struct Atom {
    lang: &'static str,
    title: String,
    id: String,
    link: String,
    own: String,
    updated: String,
    entries: Vec<Entry>,
}

/// One case in a feed.
struct Entry {
    id: String,
    link: String,
    title: String,
    summary: String,
    author: String,
    lang: String,
    updated: String,
}

/// What a feed says of itself.
struct Feed {
    title: String,
    /// The page with the same.
    page: String,
    own: String,
    entries: Vec<Entry>,
}

async fn atom(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.answer(asked, |site, asked| {
        let feed = feed(site, asked)?;
        let federation = site.library().ledger(|l| l.federation());
        let atom = Atom {
            lang: asked.t.id(),
            title: feed.title,
            id: format!("urn:idenett:{federation}:{}", feed.page.trim_start_matches(&asked.origin)),
            link: feed.page,
            own: feed.own,
            updated: feed.entries.first().map_or_else(|| moment(clock::now()), |e| e.updated.clone()),
            entries: feed.entries,
        };
        let xml = atom.render().map_err(|e| Failure::Fault(e.to_string()))?;
        Ok(data(StatusCode::OK, "application/atom+xml; charset=utf-8", xml))
    })
    .await
}

async fn json_feed(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.answer(asked, |site, asked| {
        let feed = feed(site, asked)?;
        let item = |e: &Entry| {
            json!({
                "id": e.id, "url": e.link, "title": e.title, "summary": e.summary, "content_text": e.summary,
                "date_published": e.updated, "language": e.lang, "authors": [{ "name": e.author }],
            })
        };
        let json = json!({
            "version": "https://jsonfeed.org/version/1.1", "title": feed.title, "home_page_url": feed.page,
            "feed_url": feed.own, "language": asked.t.id(), "items": feed.entries.iter().map(item).collect::<Vec<_>>(),
        });
        Ok(data(StatusCode::OK, "application/feed+json", json.to_string()))
    })
    .await
}

fn feed(site: &Site, asked: &Asked) -> Result<Feed, Failure> {
    let question = Question { sort: Sort::Newest, offset: 0, limit: ENTRIES, ..question(site, asked)? };
    let day = clock::now().day();
    let mut entries = Vec::new();
    for hit in site.desk().search(&question)?.hits {
        if let Some(card) = card(site.library(), &hit.id, day)?.filter(|c| !c.withdrawn) {
            entries.push(entry(asked, &card));
        }
    }
    let query = || asked.query.iter().map(|(n, v)| (n.as_str(), v.as_str()));
    let words = text::plain(&question.text);
    let heading = asked.t.say("cases-heading");
    Ok(Feed {
        title: if words.is_empty() { format!("Idenett: {heading}") } else { format!("Idenett: {words}") },
        page: format!("{}{}", asked.origin, address("/cases", query())),
        own: format!("{}{}", asked.origin, address(&asked.path, query())),
        entries,
    })
}

fn entry(asked: &Asked, card: &Card) -> Entry {
    Entry {
        id: format!("urn:idenett:{}", card.id),
        link: format!("{}{}", asked.origin, wording::case(&card.id)),
        title: wording::title(asked.t, &card.title, card.text_state),
        summary: text::plain(&card.summary),
        author: text::plain(&card.owner.name),
        lang: lang(card.lang.id()),
        updated: moment(card.time),
    }
}
