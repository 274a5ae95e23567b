//! Lists of things: one row each, newest first.

use std::collections::BTreeSet;

use idenett_protocol::codes::{CaseStatus, CodeList as _, NeedStatus, ReuseStatus};
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::things::Thing;
use idenett_protocol::time::Timestamp;
use serde_json::{Value, json};

use super::finding::{Opened, open};
use super::{Desk, List, Problem};
use crate::clock;
use crate::reading::codes;
use crate::reading::reuses_of;

/// Facts that stand in a row where a record has them.
const OF_FACTS: [&str; 13] = [
    "status",
    "sector",
    "lang",
    "external_id",
    "valid_until",
    "checked",
    "adopted",
    "lead",
    "members",
    "year",
    "level",
    "placement",
    "recipient",
];

impl Desk {
    pub(super) fn list(&self, list: &List) -> Result<Value, Problem> {
        let kind = Kind::named(&list.kind).filter(|k| k.has_versions()).ok_or_else(|| {
            Problem::yours(format!("there is no list of `{}`", list.kind), "see `idenett --help` for what has a list")
        })?;
        let owner = self.wanted_owner(list)?;
        check_status(kind, list.status.as_deref())?;
        if kind == Kind::Reuse {
            return self.list_reuses(list, owner);
        }
        let subjects: Vec<EntryId> = self.library.ledger(|l| l.things().subjects(kind).collect());
        let mut rows: Vec<(Timestamp, EntryId, Value)> = Vec::new();
        for subject in subjects {
            let Some(thing) = self.library.ledger(|l| l.thing(&subject)).filter(|t| t.kind == kind) else { continue };
            let hidden = thing.withdrawn.is_some() && !list.all;
            if hidden || owner.is_some_and(|o| o != thing.owner) {
                continue;
            }
            let Some(record) = open(&self.library, &thing.current)? else { continue };
            let status = record.facts.get("status").and_then(Value::as_str).unwrap_or_default();
            if list.status.as_ref().is_some_and(|wanted| wanted != status) {
                continue;
            }
            rows.push((record.head.header().time, subject, self.row(&thing, &record)));
        }
        rows.sort_by_key(|(time, id, _)| (std::cmp::Reverse(*time), *id));
        rows.truncate(list.limit.unwrap_or(usize::MAX));
        let mut rows: Vec<Value> = rows.into_iter().map(|(_, _, row)| row).collect();
        if kind == Kind::Case {
            self.count_reuses(&mut rows)?;
        }
        Ok(Value::Array(rows))
    }

    fn wanted_owner(&self, list: &List) -> Result<Option<OrgNumber>, Problem> {
        match (&list.owner, list.mine) {
            (_, true) => Ok(Some(self.org())),
            (None, false) => Ok(None),
            (Some(text), false) => self.member(text).map(Some),
        }
    }

    /// A member by its number or name.
    pub(super) fn member(&self, text: &str) -> Result<OrgNumber, Problem> {
        let text = text.trim();
        if let Ok(org) = text.parse() {
            return Ok(org);
        }
        let lower = text.to_lowercase();
        let found: Vec<(OrgNumber, String)> = self.library.ledger(|l| {
            let members = l.registry().members().iter();
            members
                .filter(|(_, m)| m.name.to_lowercase().starts_with(&lower))
                .map(|(o, m)| (*o, m.name.clone()))
                .collect()
        });
        let exact = found.iter().find(|(_, name)| name.to_lowercase() == lower).map(|(org, _)| *org);
        match (exact, found.as_slice()) {
            (Some(org), _) => Ok(org),
            (None, [(org, _)]) => Ok(*org),
            (None, []) => Err(Problem::yours(format!("no member is called `{text}`"), "look at `idenett member list`")),
            (None, several) => {
                let names: Vec<&str> = several.iter().map(|(_, name)| name.as_str()).collect();
                Err(Problem::yours(
                    format!("several members are called `{text}`"),
                    format!("write one of: {}", names.join(", ")),
                ))
            }
        }
    }

    fn row(&self, thing: &Thing, record: &Opened) -> Value {
        let header = record.head.header();
        let concurrent = thing.versions.iter().any(|(_, s)| *s == idenett_protocol::things::VersionState::Concurrent);
        let mut row = json!({
            "id": thing.subject, "kind": thing.kind.name(), "title": record.title(), "owner": thing.owner,
            "owner_name": self.name_of(thing.owner), "version": thing.number, "current": thing.current,
            "date": header.time.day(), "text": record.text_state()["state"], "withdrawn": thing.withdrawn.is_some(),
            "concurrent": concurrent,
        });
        for field in OF_FACTS {
            if let Some(value) = record.facts.get(field) {
                row[field] = value.clone();
            }
        }
        for field in ["summary", "mailbox", "given_by"] {
            if let Some(value) = record.text.get(field) {
                row[field] = value.clone();
            }
        }
        // `kind` is already what kind of thing it is.
        if let Some(what) = record.facts.get("kind") {
            row["type"] = what.clone();
        }
        if let Some(cases) = record.facts.get("cases").and_then(Value::as_array) {
            row["cases"] = cases.len().into();
        }
        row
    }

    fn count_reuses(&self, rows: &mut [Value]) -> Result<(), Problem> {
        let today = clock::now().day();
        for row in rows {
            let id: Option<EntryId> = row["id"].as_str().and_then(|id| id.parse().ok());
            let Some(id) = id else { continue };
            let mentioned = self.library.ledger(|l| l.things().mentions(&id).any(|m| m.kind == Kind::Reuse));
            let reuses = if mentioned { reuses_of(&self.library, &id, today)? } else { Vec::new() };
            let orgs: BTreeSet<OrgNumber> = reuses.iter().filter(|r| r.counts).map(|r| r.org).collect();
            row["reuses"] = orgs.len().into();
        }
        Ok(())
    }

    fn list_reuses(&self, list: &List, owner: Option<OrgNumber>) -> Result<Value, Problem> {
        let cases: Vec<EntryId> = match &list.about {
            Some(text) => vec![self.thing(text, Some(Kind::Case))?.subject],
            None => self.library.ledger(|l| {
                let mentioned = |id: &EntryId| l.things().mentions(id).any(|m| m.kind == Kind::Reuse);
                l.things().subjects(Kind::Case).filter(mentioned).collect()
            }),
        };
        let today = clock::now().day();
        let mut rows = Vec::new();
        for case in cases {
            for reuse in reuses_of(&self.library, &case, today)? {
                let hidden = reuse.standing == idenett_protocol::reuses::ReuseStanding::Withdrawn && !list.all;
                let other =
                    owner.is_some_and(|o| o != reuse.org) || list.status.as_ref().is_some_and(|s| *s != reuse.status);
                if hidden || other {
                    continue;
                }
                let mut row = serde_json::to_value(&reuse).unwrap_or_default();
                row["case_title"] = json!(self.title_of(&case)?);
                rows.push((self.head_of(&reuse.version).map(|h| h.header().time), reuse.id, row));
            }
        }
        rows.sort_by_key(|(time, id, _)| (std::cmp::Reverse(*time), *id));
        rows.truncate(list.limit.unwrap_or(usize::MAX));
        Ok(rows.into_iter().map(|(_, _, row)| row).collect())
    }

    /// The title of a thing as it is shown now.
    pub(super) fn title_of(&self, subject: &EntryId) -> Result<Option<String>, Problem> {
        let current = self.library.ledger(|l| l.thing(subject).map(|t| t.current));
        let record = current.map(|id| open(&self.library, &id)).transpose()?.flatten();
        Ok(record.and_then(|r| r.title().map(str::to_owned)))
    }
}

/// A status that no thing of the kind can have is a slip of the pen, not an empty list.
fn check_status(kind: Kind, status: Option<&str>) -> Result<(), Problem> {
    let Some(status) = status else { return Ok(()) };
    let (known, all) = if kind == Kind::Case {
        (CaseStatus::named(status).is_some(), codes::<CaseStatus>())
    } else if kind == Kind::Need {
        (NeedStatus::named(status).is_some(), codes::<NeedStatus>())
    } else if kind == Kind::Reuse {
        (ReuseStatus::named(status).is_some(), codes::<ReuseStatus>())
    } else {
        return Err(Problem::yours(format!("a {kind} has no status"), "leave --status out"));
    };
    if known {
        return Ok(());
    }
    Err(Problem::yours(format!("`{status}` is no status of a {kind}"), format!("one of: {all}")))
}
