//! The golden vectors: what every implementation must accept, and what it must refuse and why.
//!
//! The files in `vectors/` are the measure. `IDENETT_WRITE_VECTORS=1` writes them anew, which
//! is right only together with a new version of a format.

mod accept;
mod federation;
mod field;
mod forge;
mod offer;
mod refuse;
mod refuse_wire;

use std::collections::BTreeSet;
use std::path::PathBuf;

use idenett_protocol::entry::Entry;
use idenett_protocol::frame::{FrameType, write_frame};
use idenett_protocol::id::LogKey;
use serde::Serialize;

use federation::Federation;
use field::{Field, Fields, hex, list, text};
use offer::As;

/// One vector.
pub(crate) struct Item {
    pub(crate) name: &'static str,
    pub(crate) words: &'static str,
    pub(crate) kind: As,
    pub(crate) bytes: Vec<u8>,
    /// The name of the refusal; empty for what is accepted.
    pub(crate) reason: &'static str,
}

#[derive(Serialize)]
struct File {
    about: &'static str,
    items: Vec<Fields>,
}

/// The item as it stands in a file, after the protocol was asked about it.
fn judged(item: &Item, federation: &Federation) -> Fields {
    let mut fields = Fields::from([
        ("name", text(item.name)),
        ("words", text(item.words)),
        ("as", text(item.kind.name())),
        ("hex", hex(&item.bytes)),
    ]);
    if let As::Facts(kind) = item.kind {
        fields.insert("kind", Field::Number(kind.number().into()));
    }
    match item.kind.offer(&item.bytes, federation) {
        Ok(found) => {
            assert_eq!(item.reason, "", "{} is accepted", item.name);
            fields.insert("fields", Field::Map(found));
        }
        Err(reason) => {
            assert_eq!(reason, item.reason, "{}", item.name);
            fields.insert("reason", text(reason));
        }
    }
    fields
}

fn written<T: Serialize>(value: &T) -> String {
    serde_json::to_string_pretty(value).expect("JSON") + "\n"
}

fn described(federation: &Federation) -> Fields {
    let entries = list(&federation.entries, |(name, entry)| {
        Field::Map(Fields::from([("name", text(name)), ("hex", hex(entry.bytes()))]))
    });
    Fields::from([
        (
            "about",
            text(
                "A small federation. Offered in the order charters, entries, forks, all of it is accepted; vectors of admission are offered to the replica that results.",
            ),
        ),
        ("federation", text(federation.ledger.federation())),
        ("charters", list(&federation.charters, |c| hex(c.bytes()))),
        ("entries", entries),
        ("forks", list(&federation.forks, |f| hex(&f.to_bytes()))),
        ("frontier", Field::Map(offer::frontier(federation.ledger.frontier()))),
    ])
}

/// The federation as a bundle: charters, the registrars' logs, the others by key, proofs.
fn bundle(federation: &Federation) -> Vec<u8> {
    let mut out = b"IDNBNDL1".to_vec();
    for charter in &federation.charters {
        write_frame(&mut out, FrameType::Charter, charter.bytes());
    }
    let registrars: Vec<LogKey> = federation.ledger.charters().registrars().into_iter().map(|(key, _)| key).collect();
    let others = federation.ledger.logs().iter().map(|(key, _)| *key).filter(|key| !registrars.contains(key));
    for log in registrars.iter().copied().chain(others) {
        let mut entries: Vec<&Entry> = federation.entries.iter().map(|(_, e)| e).filter(|e| e.log() == log).collect();
        entries.sort_by_key(|e| e.seq());
        for entry in entries {
            let redacted = federation.ledger.redaction(&entry.id()).is_some();
            let (kind, entry) = if redacted {
                (FrameType::Bare, entry.clone().without_text())
            } else {
                (FrameType::Entry, entry.clone())
            };
            write_frame(&mut out, kind, entry.bytes());
        }
    }
    // Of one log the ledger keeps one proof.
    for proof in federation.ledger.logs().iter().filter_map(|(_, log)| log.fork()) {
        write_frame(&mut out, FrameType::Fork, &proof.to_bytes());
    }
    out
}

fn check(name: &str, made: &[u8]) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("vectors").join(name);
    if std::env::var_os("IDENETT_WRITE_VECTORS").is_some() {
        std::fs::write(&path, made).expect("the vectors can be written");
    }
    let kept = std::fs::read(&path).expect("the vectors are there");
    assert!(kept == made, "{name} is not what the code makes");
}

#[test]
fn the_vectors_are_what_the_code_makes() {
    let federation = Federation::found();
    let (accept, refuse) = (accept::items(&federation), refuse::items(&federation));
    assert!(accept.len() >= 25 && refuse.len() >= accept.len(), "{} and {}", accept.len(), refuse.len());
    let names: BTreeSet<&str> = accept.iter().chain(&refuse).map(|item| item.name).collect();
    assert_eq!(names.len(), accept.len() + refuse.len(), "every vector has a name of its own");
    let file = |about, items: &[Item]| File { about, items: items.iter().map(|i| judged(i, &federation)).collect() };
    check("federation.json", written(&described(&federation)).as_bytes());
    check("accept.json", written(&file("What must be accepted, with what stands in it.", &accept)).as_bytes());
    check("refuse.json", written(&file("What must be refused, with the reason.", &refuse)).as_bytes());
    check("federation.bundle", &bundle(&federation));
}
