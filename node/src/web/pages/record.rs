//! Any entry as it is stored, with a sentence about where it stands.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use idenett_protocol::body::Facts;
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use serde_json::Value;

use super::case::{Note, history};
use crate::language::Tongue;
use crate::library::StoredText;
use crate::reading::{GATHERINGS, Record, TextState, open, provenance};
use crate::web::asked::Asked;
use crate::web::failure::Failure;
use crate::web::limits::MAX_TEXT_CHARS;
use crate::web::name::Name;
use crate::web::shell::{Place, Shell};
use crate::web::site::Site;
use crate::web::text;
use crate::web::wording::{self, Fact, Named};

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/record/{id}", get(show))
}

#[derive(Template)]
#[template(path = "record.html")]
struct Page {
    t: Tongue,
    shell: Shell,
    short: String,
    notes: Vec<Note>,
    thing: Option<Named>,
    facts: Vec<Fact>,
    stored_facts: String,
    stored_text: String,
}

async fn show(State(site): State<Arc<Site>>, asked: Asked, name: Name) -> Response {
    site.page(asked, move |site, asked| page(site, asked, &name.parse()?)).await
}

fn page(site: &Site, asked: &Asked, id: &EntryId) -> Result<Page, Failure> {
    let t = asked.t;
    let library = site.library();
    let (Some(record), Some(stored)) = (open(library, id)?, library.entry(id)?) else {
        return Err(Failure::NotFound);
    };
    let header = record.header();
    let provenance = provenance(library, header, id)?;
    let lines = [
        Fact::one(t, "record-kind", Some(Named::plain(header.kind.to_string()))),
        Fact::one(t, "signed-by", Some(Named::signer(t, &provenance.signer))),
        Fact::one(t, "signed-when", Some(Named::plain(t.moment(header.time)))),
        Fact::one(t, "signed-place", Some(Named::plain(header.seq.to_string()))),
        Fact::one(t, "signed-entry", Some(Named::plain(id.to_string()))),
        Fact::one(t, "signed-key", Some(Named::plain(header.log.to_string()))),
        Fact::one(t, "signed-previous", header.previous.map(|p| Named::link(p.to_string(), wording::record(&p)))),
    ];
    let stored_text = if let StoredText::Here(bytes) = &stored.text { pretty(bytes) } else { String::new() };
    Ok(Page {
        t,
        shell: Shell::new(site, asked, Place::None),
        short: id.short(),
        notes: notes(site, t, &record, provenance.verified),
        thing: thing(t, header.kind, id, record.facts.as_ref().ok()),
        facts: lines.into_iter().flatten().collect(),
        stored_facts: pretty(&stored.facts),
        stored_text,
    })
}

/// The page of the thing that an entry is a version of, or about which it speaks.
fn thing(t: Tongue, kind: Kind, id: &EntryId, facts: Option<&Facts>) -> Option<Named> {
    let subject = facts?.revision().and_then(|r| r.subject()).unwrap_or(*id);
    if kind == Kind::Case {
        return Some(Named::link(t.say("record-case"), wording::case(&subject)));
    }
    if kind == Kind::Need {
        return Some(Named::link(t.say("record-need"), wording::need(&subject)));
    }
    if GATHERINGS.contains(&kind) {
        return Some(Named::link(t.say(&format!("record-{}", kind.name())), wording::gathering(kind, &subject)));
    }
    let Facts::Reuse(reuse) = facts? else { return None };
    Some(Named::link(t.say("record-case"), wording::case(&reuse.case)))
}

fn notes(site: &Site, t: Tongue, record: &Record, verified: bool) -> Vec<Note> {
    let counts = site.library().ledger(|l| l.logs().counts(&record.head.id(), l.registry()));
    let note = |color, key| Some(history::note(t, key, color));
    let text = match record.state {
        TextState::Here => None,
        TextState::Redacted(by) => {
            let way = Some(Named::link(t.say("state-redaction"), wording::record(&by)));
            note("warning", "state-redacted").map(|n| Note { way, ..n })
        }
        TextState::Wanted => note("info", "state-wanted"),
        TextState::Unreadable => note("warning", "state-unreadable"),
    };
    let all = [
        if verified { None } else { note("danger", "state-unverified") },
        if counts { None } else { note("warning", "state-not-counted") },
        if record.facts.is_err() { note("warning", "state-unreadable-facts") } else { None },
        text,
    ];
    all.into_iter().flatten().collect()
}

/// A document with its lines apart, as far as it is shown. What is no JSON is shown as it is.
fn pretty(bytes: &[u8]) -> String {
    let value: Option<Value> = serde_json::from_slice(bytes).ok();
    let written = value.and_then(|v| serde_json::to_string_pretty(&v).ok());
    let whole = written.unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned());
    text::block(&whole, MAX_TEXT_CHARS)
}
