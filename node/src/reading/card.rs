//! A case or need in a few words, as it stands in a list.

use idenett_protocol::body::{CaseFacts, CaseText, Facts, NeedFacts, NeedText, Text};
use idenett_protocol::codes::{CaseStatus, Code, Lang, NeedStatus, Sector, Theme};
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::things::Thing;
use idenett_protocol::time::{Day, Timestamp};
use serde::Serialize;

use std::collections::BTreeSet;

use super::evidence::{Evidence, evidence_of};
use super::ready::readiness;
use super::record::{Party, Record, TextState, open, party};
use super::reuses::{confirmed_until, declarations_of, owners};
use crate::library::{Library, LibraryFault};

/// A case or need in a few words.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    /// The thing.
    pub id: EntryId,
    /// Case or need.
    pub kind: Kind,
    /// Its name; empty where the text is not here.
    pub title: String,
    /// What it says of itself in a few words.
    pub summary: String,
    /// Whether the text is here.
    pub text_state: TextState,
    /// The language of the text.
    pub lang: Code<Lang>,
    /// Who owns it.
    pub owner: Party,
    /// About whom it is retold, if that is another.
    pub about: Option<Party>,
    /// The status of a case.
    pub status: Option<Code<CaseStatus>>,
    /// The status of a need.
    pub need_status: Option<Code<NeedStatus>>,
    /// The part of the municipality.
    pub sector: Code<Sector>,
    /// What it is about.
    pub themes: Vec<Code<Theme>>,
    /// When the version that is shown was signed.
    pub time: Timestamp,
    /// Others that use it.
    pub reusers: BTreeSet<OrgNumber>,
    /// How well it is founded.
    pub evidence: Evidence,
    /// Whether it has everything that it takes to reuse it.
    pub ready: bool,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
}

/// A case or need in a few words at a day; `None` if there is none of this id.
///
/// # Errors
/// If the disk fails.
pub fn card(library: &Library, id: &EntryId, day: Day) -> Result<Option<Card>, LibraryFault> {
    let Some(thing) = library.ledger(|l| l.thing(id)) else { return Ok(None) };
    let Some(record) = open(library, &thing.current)? else { return Ok(None) };
    match &record.facts {
        Ok(Facts::Case(facts)) => of_case(library, &thing, &record, facts, day).map(Some),
        Ok(Facts::Need(facts)) => Ok(Some(of_need(library, &thing, &record, facts))),
        _ => Ok(None),
    }
}

/// The cards of several things, those that there are.
///
/// # Errors
/// If the disk fails.
pub fn cards(library: &Library, ids: &[EntryId], day: Day) -> Result<Vec<Card>, LibraryFault> {
    ids.iter().filter_map(|id| card(library, id, day).transpose()).collect()
}

fn of_case(
    library: &Library,
    thing: &Thing,
    record: &Record,
    facts: &CaseFacts,
    day: Day,
) -> Result<Card, LibraryFault> {
    let nothing = CaseText::default();
    let text = if let Text::Case(text) = &record.text { text } else { &nothing };
    let mentioned = |kind| library.ledger(|l| l.things().mentions(&thing.subject).any(|m| m.kind == kind));
    let reuses = if mentioned(Kind::Reuse) { declarations_of(library, &thing.subject, day)? } else { Vec::new() };
    let measured = mentioned(Kind::Measurement) || !reuses.is_empty();
    let evidence = if measured { evidence_of(library, &thing.subject, &reuses)? } else { Evidence::default() };
    let confirmed = if mentioned(Kind::Confirmation) {
        let owners = library.ledger(|l| owners(l, thing));
        confirmed_until(library, &thing.subject, &owners)?
    } else {
        None
    };
    Ok(Card {
        title: text.title.clone(),
        summary: text.summary.clone(),
        lang: facts.lang.clone(),
        about: about(library, thing, facts),
        status: Some(facts.status.clone()),
        sector: facts.sector.clone(),
        themes: facts.themes.clone(),
        reusers: reuses.iter().filter(|d| d.reuse.counts).map(|d| d.reuse.org).collect(),
        evidence,
        ready: readiness(facts, text, facts.valid_until.max(confirmed), day).is_ready(),
        ..blank(library, thing, record)
    })
}

fn of_need(library: &Library, thing: &Thing, record: &Record, facts: &NeedFacts) -> Card {
    let nothing = NeedText::default();
    let text = if let Text::Need(text) = &record.text { text } else { &nothing };
    Card {
        title: text.title.clone(),
        summary: text.situation.clone(),
        lang: facts.lang.clone(),
        need_status: Some(facts.status.clone()),
        sector: facts.sector.clone(),
        themes: facts.themes.clone(),
        ..blank(library, thing, record)
    }
}

/// What the card of anything has.
fn blank(library: &Library, thing: &Thing, record: &Record) -> Card {
    Card {
        id: thing.subject,
        kind: thing.kind,
        title: String::new(),
        summary: String::new(),
        text_state: record.state,
        lang: Code::default(),
        owner: library.ledger(|l| party(l, thing.owner)),
        about: None,
        status: None,
        need_status: None,
        sector: Code::default(),
        themes: Vec::new(),
        time: record.header().time,
        reusers: BTreeSet::new(),
        evidence: Evidence::default(),
        ready: false,
        withdrawn: thing.withdrawn.is_some(),
    }
}

/// The organisation about which a case is retold, while that one has not taken it over.
pub(super) fn about(library: &Library, thing: &Thing, facts: &CaseFacts) -> Option<Party> {
    let org = facts.about_org.filter(|org| *org != thing.owner)?;
    Some(library.ledger(|l| party(l, org)))
}
