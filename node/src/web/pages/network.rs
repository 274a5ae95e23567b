//! The network as this node sees it.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

use crate::language::Tongue;
use crate::reading::{LogState, LogView, NetworkView};
use crate::web::answer::data;
use crate::web::asked::Asked;
use crate::web::failure::Failure;
use crate::web::limits::LOG_ROWS;
use crate::web::shell::{Place, Shell};
use crate::web::site::Site;
use crate::web::turning::Turning;
use crate::web::wording::{Fact, Named};

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/network", get(network)).route("/network/json", get(json))
}

#[derive(Template)]
#[template(path = "network.html")]
struct Page {
    t: Tongue,
    shell: Shell,
    disputed: usize,
    wanted: usize,
    facts: Vec<Fact>,
    peers: Vec<(Named, String)>,
    logs: Vec<LogRow>,
    turning: Turning,
}

/// A log in the table.
struct LogRow {
    who: Named,
    log: String,
    entries: String,
    last: String,
    state: String,
    color: &'static str,
    own: bool,
    connected: bool,
}

async fn network(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.page(asked, |site, asked| Ok(page(site, asked, &site.network()?))).await
}

async fn json(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.answer(asked, |site, _| {
        let json = serde_json::to_string_pretty(&site.network()?).map_err(|e| Failure::Fault(e.to_string()))?;
        Ok(data(StatusCode::OK, "application/json", json))
    })
    .await
}

fn page(site: &Site, asked: &Asked, view: &NetworkView) -> Page {
    let t = asked.t;
    let number = |n: usize| Some(Named::plain(t.number(i64::try_from(n).unwrap_or(i64::MAX))));
    let lines = [
        Fact::one(t, "facts-members", number(view.members)),
        Fact::one(t, "facts-entries", number(view.entries)),
        Fact::one(t, "facts-frontier", Some(Named::plain(view.frontier.short()))),
    ];
    let peers = view.peers.iter().flatten();
    let is_disputed = |log: &LogView| matches!(log.state, LogState::Disputed(_));
    // What somebody must look at stands on the first page.
    let mut logs: Vec<&LogView> = view.logs.iter().collect();
    logs.sort_by_key(|log| !is_disputed(log));
    let turning = Turning::by(asked, logs.len(), LOG_ROWS);
    Page {
        t,
        shell: Shell::new(site, asked, Place::Network),
        disputed: view.logs.iter().filter(|log| is_disputed(log)).count(),
        wanted: view.wanted_texts,
        facts: lines.into_iter().flatten().collect(),
        peers: peers.map(|p| (Named::signer(t, &p.signer), t.moment(p.since))).collect(),
        logs: logs.into_iter().skip(turning.before()).take(LOG_ROWS).map(|log| row(t, log)).collect(),
        turning,
    }
}

fn row(t: Tongue, log: &LogView) -> LogRow {
    let (state, color) = match log.state {
        LogState::Open => (t.say("log-open").into_owned(), "neutral"),
        LogState::Ended => (t.say("log-ended").into_owned(), "warning"),
        LogState::Disputed(place) => (t.with("log-disputed", "place", &place.to_string()).into_owned(), "danger"),
    };
    let number = |n: u64| t.number(i64::try_from(n).unwrap_or(i64::MAX));
    let counted = number(log.counted.get());
    LogRow {
        who: Named::signer(t, &log.signer),
        log: log.log.short(),
        // What is held beyond what counts is told apart.
        entries: if log.held == log.counted { counted } else { format!("{counted} / {}", number(log.held.get())) },
        last: log.last.map_or_else(|| t.say("log-nothing").into_owned(), |time| t.day_of(time)),
        state,
        color,
        own: log.own,
        connected: log.connected,
    }
}
