//! One stored record with its documents read, and who signed it.

use idenett_protocol::body::{Facts, Text, Unreadable};
use idenett_protocol::header::{Header, SignedHeader};
use idenett_protocol::id::{EntryId, LogKey};
use idenett_protocol::ledger::Ledger;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::registry::Role;
use serde::Serialize;

use crate::library::{Library, LibraryFault, StoredText};
use crate::municipalities;

/// A stored record.
#[derive(Clone, Debug)]
pub struct Record {
    /// The signed header.
    pub head: SignedHeader,
    /// Its facts, or why this version cannot read them.
    pub facts: Result<Facts, Unreadable>,
    /// Its text; [`Text::Nothing`] where there is none here.
    pub text: Text,
    /// Whether the text is here.
    pub state: TextState,
}

/// Whether the text of a record is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", content = "redaction", rename_all = "snake_case")]
pub enum TextState {
    /// It is, or there never was one.
    Here,
    /// It was dropped, because this entry says so.
    Redacted(EntryId),
    /// It has not arrived.
    Wanted,
    /// This version cannot read it.
    Unreadable,
}

impl Record {
    /// The header's fields.
    pub fn header(&self) -> &Header {
        self.head.header()
    }

    /// The name of what it is about.
    pub fn title(&self) -> Option<&str> {
        let title = match &self.text {
            Text::Case(text) => &text.title,
            Text::Need(text) => &text.title,
            Text::Contact(text) => &text.function,
            Text::Plan(text) => &text.title,
            Text::Programme(text) => &text.title,
            Text::Collection(text) => &text.title,
            Text::Award(text) => &text.prize,
            Text::Reuse(_)
            | Text::Measurement(_)
            | Text::Comment(_)
            | Text::Interest(_)
            | Text::Assessment(_)
            | Text::Withdrawal(_)
            | Text::Succession(_)
            | Text::Envelope
            | Text::Nothing => return None,
        };
        Some(title.as_str()).filter(|t| !t.is_empty())
    }
}

/// Reads a record; `None` if it is not here.
///
/// # Errors
/// If the disk fails.
pub fn open(library: &Library, id: &EntryId) -> Result<Option<Record>, LibraryFault> {
    let Some(stored) = library.entry(id)? else { return Ok(None) };
    let kind = stored.header().kind;
    let (text, state) = match &stored.text {
        StoredText::Here(bytes) => match Text::read(kind, bytes) {
            Ok(text) => (text, TextState::Here),
            Err(_) => (Text::Nothing, TextState::Unreadable),
        },
        StoredText::Redacted(by) => (Text::Nothing, TextState::Redacted(*by)),
        StoredText::Wanted => (Text::Nothing, TextState::Wanted),
    };
    Ok(Some(Record { head: stored.head, facts: Facts::read(kind, &stored.facts), text, state }))
}

/// Reads the facts of a record; `None` if it is not here or this version cannot read them.
///
/// # Errors
/// If the disk fails.
pub fn facts_of(library: &Library, id: &EntryId) -> Result<Option<(SignedHeader, Facts)>, LibraryFault> {
    let Some(stored) = library.entry(id)? else { return Ok(None) };
    Ok(Facts::read(stored.header().kind, &stored.facts).ok().map(|facts| (stored.head, facts)))
}

/// An organisation by number and name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Party {
    /// Its name; its number where no name is known here.
    pub name: String,
    /// Its number.
    pub org: OrgNumber,
}

/// Who signed something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Signer {
    /// A member.
    Member(Party),
    /// The registrar, now or formerly.
    Registrar,
    /// The data-protection key of the charter.
    DataProtection,
    /// A log without standing.
    Unknown(LogKey),
}

/// An organisation with its name: as the registrar wrote it, else as the table of municipalities has it.
pub fn party(ledger: &Ledger, org: OrgNumber) -> Party {
    let registered = ledger.registry().members().get(&org).map(|m| m.name.clone());
    let name = registered.or_else(|| municipalities::by_org(org).map(|m| m.name.to_owned()));
    Party { name: name.unwrap_or_else(|| org.to_string()), org }
}

/// Who writes a log.
pub fn signer(ledger: &Ledger, log: &LogKey) -> Signer {
    match ledger.registry().standing(log).map(|s| s.role) {
        Some(Role::Member(org)) => Signer::Member(party(ledger, org)),
        Some(Role::Registrar) => Signer::Registrar,
        Some(Role::DataProtection) => Signer::DataProtection,
        None => Signer::Unknown(*log),
    }
}

/// The organisation that signed an entry.
pub fn org_of(ledger: &Ledger, id: &EntryId) -> Option<OrgNumber> {
    let place = ledger.logs().place(id)?;
    ledger.registry().org_of(&ledger.logs().key(place.log)?)
}
