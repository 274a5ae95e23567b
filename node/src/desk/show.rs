//! One thing with all that is known about it, or one entry as it is stored.

use idenett_protocol::header::SignedHeader;
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use idenett_protocol::things::{Thing, Version, VersionState};
use serde_json::{Value, json};

use super::fields::input_of;
use super::finding::{Opened, damaged, open};
use super::{Desk, Problem};
use crate::clock;
use crate::reading::{moment, org_of, reuses_of, verified};

impl Desk {
    pub(super) fn show(&self, id: &str, kind: Option<&str>) -> Result<Value, Problem> {
        let thing = self.thing(id, kind.and_then(Kind::named))?;
        let current = open(&self.library, &thing.current)?.ok_or_else(|| damaged(&thing.current))?;
        let mut shown = json!({
            "id": thing.subject, "kind": thing.kind.name(), "title": current.title(), "owner": thing.owner,
            "owner_name": self.name_of(thing.owner), "publisher": thing.publisher, "version": thing.number,
            "current": thing.current, "text": current.text_state(), "fields": input_of(&current),
        });
        shown["withdrawn"] = match thing.withdrawn {
            Some(by) => self.said(&by)?,
            None => Value::Null,
        };
        shown["versions"] = self.versions(&thing)?;
        shown["provenance"] = self.provenance(&thing.current, &current)?;
        shown["contact"] = self.contact_of(&current)?;
        if thing.kind == Kind::Case {
            shown["reuses"] = json!(reuses_of(&self.library, &thing.subject, clock::now().day())?);
            shown["appears_in"] = self.appears_in(&thing)?;
        }
        if matches!(thing.kind, Kind::Plan | Kind::Programme | Kind::Collection | Kind::Award) {
            shown["cases"] = self.cases_in(&thing)?;
        }
        for (name, kind) in [
            ("comments", Kind::Comment),
            ("interests", Kind::Interest),
            ("measurements", Kind::Measurement),
            ("confirmations", Kind::Confirmation),
        ] {
            shown[name] = self.said_about(&thing.subject, kind)?;
        }
        shown["translations"] = self.translations_of(&thing)?;
        shown["assessments"] = self.assessments_of(&thing.subject)?;
        Ok(shown)
    }

    pub(super) fn record(&self, id: &str) -> Result<Value, Problem> {
        let id = match (self.entry_id(id, None), self.other_branch(id)) {
            (Err(_), Some(head)) => return Ok(only_header(&head)),
            (found, _) => found?,
        };
        let record = open(&self.library, &id)?.ok_or_else(|| damaged(&id))?;
        let (counts, readable, without_effect) = self.library.ledger(|l| {
            let counts = l.logs().counts(&id, l.registry());
            (
                counts,
                l.things().unreadable().get(&id).cloned(),
                l.registry().without_effect().get(&id).map(ToString::to_string),
            )
        });
        Ok(json!({
            "id": id,
            "header": shown_header(&record.head),
            "facts": record.facts, "text": record.text, "text_state": record.text_state(), "counts": counts,
            "unreadable": readable, "without_effect": without_effect, "provenance": self.provenance(&id, &record)?,
        }))
    }

    fn versions(&self, thing: &Thing) -> Result<Value, Problem> {
        let mut rows = Vec::new();
        for (version, state) in &thing.versions {
            rows.push(self.version(version, *state)?);
        }
        Ok(Value::Array(rows))
    }

    fn version(&self, version: &Version, state: VersionState) -> Result<Value, Problem> {
        let record = open(&self.library, &version.id)?;
        let org = self.library.ledger(|l| org_of(l, &version.id));
        Ok(json!({
            "id": version.id, "number": version.number, "state": state, "org": org, "name": org.map(|o| self.name_of(o)),
            "time": record.as_ref().map(|r| moment(r.head.header().time)),
            "text": record.as_ref().map(Opened::text_state), "replaces": version.replaces,
        }))
    }

    /// Who signed an entry, when, and whether the signature holds when it is checked here and now.
    fn provenance(&self, id: &EntryId, record: &Opened) -> Result<Value, Problem> {
        let header = record.head.header();
        let verified = verified(&self.library, header, id)?;
        let (org, admission) = self.library.ledger(|l| {
            (l.registry().org_of(&header.log), l.registry().standing(&header.log).and_then(|s| s.admitted_by))
        });
        Ok(json!({
            "signed_by": self.signer(&header.log), "org": org, "log": header.log, "seq": header.seq,
            "time": moment(header.time), "entry": id, "admission": admission, "verified": verified,
        }))
    }

    fn contact_of(&self, record: &Opened) -> Result<Value, Problem> {
        let id: Option<EntryId> = record.facts.get("contact").and_then(Value::as_str).and_then(|id| id.parse().ok());
        let Some(id) = id else { return Ok(Value::Null) };
        let current = self.library.ledger(|l| l.thing(&id).map(|t| t.current));
        let Some(contact) = current.map(|id| open(&self.library, &id)).transpose()?.flatten() else {
            return Ok(json!({ "id": id, "text": { "state": "wanted" } }));
        };
        let mut shown = Value::Object(input_of(&contact));
        shown["id"] = json!(id);
        shown["text"] = contact.text_state();
        Ok(shown)
    }

    pub(super) fn said_about(&self, subject: &EntryId, kind: Kind) -> Result<Value, Problem> {
        let ids: Vec<EntryId> =
            self.library.ledger(|l| l.things().counted_mentions(subject, kind, l.logs(), l.registry()).collect());
        let mut rows = Vec::new();
        for id in ids {
            let withdrawn = self.library.ledger(|l| {
                let by = org_of(l, &id);
                let mut found = l.things().counted_mentions(&id, Kind::Withdrawal, l.logs(), l.registry());
                found.any(|w| by.is_some() && org_of(l, &w) == by)
            });
            if !withdrawn {
                rows.push(self.said(&id)?);
            }
        }
        rows.sort_by_key(|row| row["time"].as_str().unwrap_or_default().to_owned());
        Ok(Value::Array(rows))
    }

    /// A small record with who said it and when.
    fn said(&self, id: &EntryId) -> Result<Value, Problem> {
        let Some(record) = open(&self.library, id)? else { return Ok(json!({ "id": id })) };
        let header = record.head.header();
        let mut said = Value::Object(input_of(&record));
        said["id"] = json!(id);
        said["name"] = self.signer(&header.log).into();
        said["org"] = json!(self.library.ledger(|l| l.registry().org_of(&header.log)));
        said["time"] = moment(header.time).into();
        said["text_state"] = record.text_state()["state"].clone();
        Ok(said)
    }
}

/// An entry of the branch of a fork that is not held: its proof brought the header, and nothing else.
fn only_header(head: &SignedHeader) -> Value {
    json!({
        "id": head.id(), "header": shown_header(head), "facts": Value::Null, "text": Value::Null,
        "text_state": { "state": "absent" }, "counts": false,
        "note": "the other branch of a fork: only its header travels until the registrar settles for it",
    })
}

fn shown_header(head: &SignedHeader) -> Value {
    let header = head.header();
    json!({
        "kind": header.kind.to_string(), "federation": header.federation, "log": header.log, "seq": header.seq,
        "previous": header.previous, "time": moment(header.time), "facts_bytes": header.facts_len,
        "facts_hash": header.facts_hash, "text_bytes": header.text_len, "text_hash": header.text_hash,
    })
}
