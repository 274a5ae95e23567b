//! Finding records by their ids or the beginnings of them, and opening them.

use idenett_protocol::header::SignedHeader;
use idenett_protocol::id::{EntryId, LogKey, Seq};
use idenett_protocol::kind::Kind;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::things::Thing;
use serde_json::{Value, json};

use super::{Desk, Problem};
use crate::library::{Library, LibraryFault, StoredText};
use crate::reading::facts_of;

/// Digits of an id that must be given at least.
pub(super) const MIN_DIGITS: usize = 4;
/// Ids that are shown when the beginning of one fits several.
const MAX_SHOWN: usize = 5;

/// A record with its documents read.
pub(super) struct Opened {
    pub(super) head: SignedHeader,
    pub(super) facts: Value,
    /// An empty object where there is no text here.
    pub(super) text: Value,
    pub(super) state: TextState,
}

/// Whether the text of a record is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TextState {
    Here,
    Redacted(EntryId),
    Wanted,
}

impl Opened {
    pub(super) fn kind(&self) -> Kind {
        self.head.header().kind
    }

    /// The name of what it is about.
    pub(super) fn title(&self) -> Option<&str> {
        ["title", "function", "prize"].iter().find_map(|field| self.text.get(field)?.as_str())
    }

    /// The state of its text, for programs.
    pub(super) fn text_state(&self) -> Value {
        match self.state {
            TextState::Here => json!({ "state": "here" }),
            TextState::Redacted(by) => json!({ "state": "redacted", "redaction": by }),
            TextState::Wanted => json!({ "state": "wanted" }),
        }
    }
}

/// Reads a record; `None` if it is not here.
pub(super) fn open(library: &Library, id: &EntryId) -> Result<Option<Opened>, LibraryFault> {
    let Some(stored) = library.entry(id)? else { return Ok(None) };
    let (text, state) = match stored.text {
        StoredText::Here(text) => (serde_json::from_slice(&text).unwrap_or(Value::Null), TextState::Here),
        StoredText::Redacted(by) => (Value::Null, TextState::Redacted(by)),
        StoredText::Wanted => (Value::Null, TextState::Wanted),
    };
    let text = if text.is_object() { text } else { json!({}) };
    let facts = serde_json::from_slice(&stored.facts).unwrap_or_else(|_| json!({}));
    Ok(Some(Opened { head: stored.head, facts, text, state }))
}

impl Desk {
    /// The entry with this id or the only one that begins with it.
    pub(super) fn entry_id(&self, text: &str, kind: Option<Kind>) -> Result<EntryId, Problem> {
        let text = text.trim().to_lowercase();
        let is_hex = text.bytes().all(|b| b.is_ascii_hexdigit());
        if !is_hex || text.len() < MIN_DIGITS || text.len() > 64 {
            let what = format!("`{}` is no id of a record", text.chars().take(70).collect::<String>());
            return Err(Problem::yours(
                what,
                format!("write at least {MIN_DIGITS} of its hexadecimal digits, as `list` shows them"),
            ));
        }
        let found = self.beginning_with(&text);
        let of_kind = |id: &EntryId| kind.is_none() || self.kind_of(id) == kind;
        let fitting: Vec<EntryId> = found.iter().filter(|id| of_kind(id)).copied().collect();
        let chosen = if fitting.len() <= 1 { fitting } else { self.first_versions(fitting) };
        match (chosen.as_slice(), found.first()) {
            ([only], _) => Ok(*only),
            ([], None) => Err(Problem::yours(
                format!("there is no record here whose id begins with {text}"),
                "look at `idenett case list` or `idenett status`; it may not have arrived yet",
            )),
            ([], Some(other)) if self.library.ledger(|l| l.is_damaged(other)) => Err(damaged(other)),
            ([], Some(other)) => {
                let is = self.kind_of(other).map_or_else(String::new, |k| format!(" but a {k}"));
                let wanted = kind.map_or_else(String::new, |k| k.to_string());
                Err(Problem::yours(format!("{} is no {wanted}{is}", other.short()), "name another id"))
            }
            (several, _) => {
                let shown: Vec<String> = several.iter().take(MAX_SHOWN).map(|id| id.to_string()).collect();
                let what = format!("{} records begin with {text}: {}", several.len(), shown.join(", "));
                Err(Problem::yours(what, "write more digits"))
            }
        }
    }

    /// The header of an entry that a proof of a fork names and that is not held here.
    pub(super) fn other_branch(&self, text: &str) -> Option<SignedHeader> {
        let digits = text.trim().to_lowercase();
        let fits = |head: &SignedHeader| digits.len() >= MIN_DIGITS && head.id().to_string().starts_with(&digits);
        self.library.ledger(|l| {
            let forks = l.logs().iter().filter_map(|(_, log)| log.fork());
            forks.flat_map(|fork| [*fork.first(), *fork.second()]).find(fits)
        })
    }

    fn beginning_with(&self, digits: &str) -> Vec<EntryId> {
        if let Ok(id) = digits.parse::<EntryId>() {
            return self.library.ledger(|l| l.logs().place(&id).map(|_| id)).into_iter().collect();
        }
        self.library.ledger(|l| {
            let mut found = Vec::new();
            for (_, log) in l.logs().iter() {
                let mut at = Seq::FIRST;
                while let Some(id) = log.at(at) {
                    if begins(&id, digits) {
                        found.push(id);
                    }
                    at = at.next();
                }
            }
            found
        })
    }

    /// Several versions of one thing are one answer.
    fn first_versions(&self, ids: Vec<EntryId>) -> Vec<EntryId> {
        let subjects: std::collections::BTreeSet<EntryId> =
            ids.iter().map(|id| self.subject_of(id).unwrap_or(*id)).collect();
        if subjects.len() == 1 { subjects.into_iter().collect() } else { ids }
    }

    fn kind_of(&self, id: &EntryId) -> Option<Kind> {
        self.head_of(id).map(|head| head.header().kind)
    }

    /// The signed header of an entry in a log.
    pub(super) fn head_of(&self, id: &EntryId) -> Option<SignedHeader> {
        let place = self.library.ledger(|l| l.logs().place(id).and_then(|p| Some((l.logs().key(p.log)?, p.seq))))?;
        self.library.header_at(&place.0, place.1).ok()?
    }

    /// The thing of which an entry is a version; the entry itself if it has no versions.
    pub(super) fn subject_of(&self, id: &EntryId) -> Option<EntryId> {
        let (_, facts) = facts_of(&self.library, id).ok()??;
        Some(facts.revision().and_then(|r| r.subject()).unwrap_or(*id))
    }

    /// The thing of an id, of any version of it, or of the beginning of one.
    pub(super) fn thing(&self, text: &str, kind: Option<Kind>) -> Result<Thing, Problem> {
        let id = self.entry_id(text, kind)?;
        let subject = self.subject_of(&id).unwrap_or(id);
        self.library.ledger(|l| l.thing(&subject)).ok_or_else(|| {
            Problem::yours(
                format!(
                    "{} cannot be shown as a thing: it is none, or its first version does not count here",
                    id.short()
                ),
                "look at it with `idenett record show`",
            )
        })
    }

    /// The name of a member; its number where it has none here.
    pub(super) fn name_of(&self, org: OrgNumber) -> String {
        let name = self.library.ledger(|l| l.registry().members().get(&org).map(|m| m.name.clone()));
        name.unwrap_or_else(|| org.to_string())
    }

    /// Who writes a log.
    pub(super) fn signer(&self, log: &LogKey) -> String {
        let (org, registrar) = self.library.ledger(|l| {
            let registrar = l.charters().registrars().iter().any(|(key, _)| key == log);
            (l.registry().org_of(log), registrar)
        });
        match org {
            Some(org) => self.name_of(org),
            None if registrar => "the registrar".to_owned(),
            None => log.short(),
        }
    }
}

/// The answer about a record whose bytes the disk has lost.
pub(super) fn damaged(id: &EntryId) -> Problem {
    Problem::node(
        format!("{} is damaged on this node's disk", id.short()),
        "let the node run: it fetches the record again from the others; `idenett status` shows what is missing",
    )
}

/// Whether the digits of an id begin like this.
fn begins(id: &EntryId, digits: &str) -> bool {
    digits.bytes().enumerate().all(|(at, digit)| {
        let byte = id.as_bytes().get(at / 2).copied().unwrap_or_default();
        let nibble = if at % 2 == 0 { byte >> 4 } else { byte & 0x0f };
        b"0123456789abcdef".get(usize::from(nibble)) == Some(&digit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_begins_with_its_digits() {
        let id = EntryId::from_bytes([0xa5; 32]);
        for (digits, fits) in
            [("a5a5", true), ("a5a5a", true), ("a5a6", false), ("5a5a", false), (&id.to_string(), true)]
        {
            assert_eq!(begins(&id, digits), fits, "{digits}");
        }
    }
}
