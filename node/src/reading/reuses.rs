//! The reuses of a case as they stand at a day.

use std::collections::BTreeSet;

use idenett_protocol::body::{Facts, ReuseFacts, ReuseText, Text};
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use idenett_protocol::ledger::Ledger;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::reuses::{Declared, ReuseStanding, standings};
use idenett_protocol::things::Thing;
use idenett_protocol::time::Day;
use serde::Serialize;

use super::record::{Record, TextState, facts_of, open, org_of};
use crate::library::{Library, LibraryFault};

/// A declared reuse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reuse {
    /// The thing.
    pub id: EntryId,
    /// The case.
    pub case: EntryId,
    /// The version of the declaration that is shown.
    pub version: EntryId,
    /// Who declares.
    pub org: OrgNumber,
    /// The name of who declares.
    pub name: String,
    /// The unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// How far it has come.
    pub status: String,
    /// How closely it follows the case.
    pub degree: String,
    /// Since when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Day>,
    /// Until when it holds, confirmations included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Day>,
    /// How it stands.
    pub standing: ReuseStanding,
    /// Whether it counts.
    pub counts: bool,
}

/// A declared reuse with all that its newest version says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Declaration {
    /// How it stands.
    #[serde(flatten)]
    pub reuse: Reuse,
    /// Its facts.
    pub facts: ReuseFacts,
    /// What was written.
    pub text: ReuseText,
    /// Whether the text is here.
    pub text_state: TextState,
}

impl Declaration {
    /// Whether it is in use, counts, and went at least as well as was expected.
    pub fn worked(&self) -> bool {
        self.reuse.counts && self.facts.outcome.is_some_and(|o| o >= 0)
    }
}

/// Every reuse of a case that is declared here, as it stands at a day.
///
/// # Errors
/// If the disk fails.
pub fn reuses_of(library: &Library, case: &EntryId, day: Day) -> Result<Vec<Reuse>, LibraryFault> {
    Ok(declarations_of(library, case, day)?.into_iter().map(|d| d.reuse).collect())
}

/// Every reuse of a case that is declared here with all that it says, as it stands at a day.
///
/// # Errors
/// If the disk fails.
pub fn declarations_of(library: &Library, case: &EntryId, day: Day) -> Result<Vec<Declaration>, LibraryFault> {
    let (subjects, owners) = library.ledger(|l| {
        let owners = l.thing(case).map(|thing| owners(l, &thing)).unwrap_or_default();
        (declarations(l, case), owners)
    });
    let mut said = Vec::new();
    let mut reuses = Vec::new();
    for mention in subjects {
        let Some(first) = open(library, &mention)? else { continue };
        // A later version mentions the case too; the thing is judged once.
        if !matches!(&first.facts, Ok(Facts::Reuse(facts)) if facts.revision.subject().is_none()) {
            continue;
        }
        if let Some((when, reuse)) = read(library, &mention, first, case)? {
            said.push(when);
            reuses.push(reuse);
        }
    }
    let declared: Vec<Declared<'_>> = said.iter().zip(&reuses).map(|(when, reuse)| when.declared(reuse)).collect();
    let found = standings(&declared, &owners, day);
    for Declaration { reuse, .. } in &mut reuses {
        reuse.standing = found.get(&reuse.id).copied().unwrap_or(reuse.standing);
        reuse.counts = reuse.standing.counts();
    }
    reuses.sort_by(|a, b| {
        let place = |d: &Declaration| (d.reuse.org, d.reuse.unit.clone(), d.reuse.id);
        place(a).cmp(&place(b))
    });
    Ok(reuses)
}

fn declarations(ledger: &Ledger, case: &EntryId) -> Vec<EntryId> {
    ledger.things().counted_mentions(case, Kind::Reuse, ledger.logs(), ledger.registry()).collect()
}

/// Who owns a case: its owner, whom it is about, co-owners that confirmed, all that followed them.
pub fn owners(ledger: &Ledger, thing: &Thing) -> BTreeSet<OrgNumber> {
    let about = thing.versions.iter().filter_map(|(v, _)| v.about);
    let mut owners: BTreeSet<OrgNumber> = [thing.owner].into_iter().chain(about).collect();
    let named: BTreeSet<OrgNumber> = thing.versions.iter().flat_map(|(v, _)| v.co_owners.iter().copied()).collect();
    let confirmed =
        ledger.things().counted_mentions(&thing.subject, Kind::Confirmation, ledger.logs(), ledger.registry());
    owners.extend(confirmed.filter_map(|id| org_of(ledger, &id)).filter(|org| named.contains(org)));
    for org in owners.clone() {
        owners.extend(ledger.registry().successors(org));
    }
    owners
}

/// The last day of validity that confirmations by these organisations give.
pub(super) fn confirmed_until(
    library: &Library,
    subject: &EntryId,
    by: &BTreeSet<OrgNumber>,
) -> Result<Option<Day>, LibraryFault> {
    let ids: Vec<EntryId> = library.ledger(|l| {
        let found = l.things().counted_mentions(subject, Kind::Confirmation, l.logs(), l.registry());
        found.filter(|id| org_of(l, id).is_some_and(|org| by.contains(&org))).collect()
    });
    let mut last = None;
    for id in ids {
        if let Some((_, Facts::Confirmation(confirmation))) = facts_of(library, &id)? {
            last = last.max(Some(confirmation.valid_until));
        }
    }
    Ok(last)
}

/// When a declaration was made, said anew, and whether it was taken back.
struct Said {
    first: Day,
    newest: Day,
    withdrawn: bool,
}

impl Said {
    fn declared<'d>(&self, Declaration { reuse, facts, .. }: &'d Declaration) -> Declared<'d> {
        Declared {
            subject: reuse.id,
            org: reuse.org,
            unit: reuse.unit.as_deref(),
            degree: facts.degree.known(),
            status: facts.status.known(),
            declared: self.first,
            said: self.newest,
            valid_until: reuse.valid_until,
            withdrawn: self.withdrawn,
        }
    }
}

/// A declaration by its first version.
fn read(
    library: &Library,
    subject: &EntryId,
    first: Record,
    case: &EntryId,
) -> Result<Option<(Said, Declaration)>, LibraryFault> {
    let found = library.ledger(|l| l.thing(subject).map(|t| (t.clone(), successors(l, t.owner), name(l, t.owner))));
    let Some((thing, rightful, name)) = found else { return Ok(None) };
    let day = first.header().time.day();
    // Most were never revised: what was read is what is shown.
    let newest = if thing.current == *subject { Some(first) } else { open(library, &thing.current)? };
    let Some(record) = newest else { return Ok(None) };
    let said = Said { first: day, newest: record.head.header().time.day(), withdrawn: thing.withdrawn.is_some() };
    let Ok(Facts::Reuse(facts)) = record.facts else { return Ok(None) };
    let confirmed = confirmed_until(library, subject, &rightful)?;
    let reuse = Reuse {
        id: *subject,
        case: *case,
        version: thing.current,
        org: thing.owner,
        name,
        unit: facts.unit.clone(),
        status: facts.status.id().to_owned(),
        degree: facts.degree.id().to_owned(),
        since: facts.since,
        valid_until: facts.valid_until.max(confirmed),
        standing: ReuseStanding::NotYet,
        counts: false,
    };
    let text = if let Text::Reuse(text) = record.text { text } else { ReuseText::default() };
    Ok(Some((said, Declaration { reuse, facts: *facts, text, text_state: record.state })))
}

fn successors(ledger: &Ledger, org: OrgNumber) -> BTreeSet<OrgNumber> {
    let mut all = ledger.registry().successors(org);
    all.insert(org);
    all
}

fn name(ledger: &Ledger, org: OrgNumber) -> String {
    ledger.registry().members().get(&org).map_or_else(|| org.to_string(), |m| m.name.clone())
}
