//! From the library to what figures are made of: of each thing the facts of its lawful versions, and what was said and
//! measured. Reads facts and headers, never a text.

use std::collections::{BTreeMap, BTreeSet};

use idenett_protocol::barometer::{
    CaseRecord, CaseVersion, CommentRecord, Membership, NeedRecord, NeedVersion, ProgrammeRecord, Reform, ReuseRecord,
    ReuseVersion, Signed,
};
use idenett_protocol::body::{CommentFacts, Facts, Succession};
use idenett_protocol::codes::{Code, CommentKind, Inherits, ProgrammeKind};
use idenett_protocol::id::{EntryId, LogKey};
use idenett_protocol::kind::Kind;
use idenett_protocol::ledger::Ledger;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::registry::Act;
use idenett_protocol::things::{Thing, VersionState};
use idenett_protocol::time::Day;

use crate::library::{Library, LibraryFault};
use crate::reading::{facts_of, org_of, owners};

/// Who was admitted, and until when each of its keys may write.
pub(super) fn members(ledger: &Ledger) -> BTreeMap<OrgNumber, Membership> {
    let mut keys: BTreeMap<LogKey, (OrgNumber, Day, Option<Day>)> = BTreeMap::new();
    let mut members: BTreeMap<OrgNumber, Membership> = BTreeMap::new();
    for act in ledger.acts() {
        if ledger.registry().without_effect().contains_key(&act.entry) {
            continue;
        }
        match &act.act {
            Act::Admission(a) => {
                keys.entry(a.key).or_insert((a.org, act.time.day(), None));
                let member = members.entry(a.org).or_default();
                member.number = member.number.or(a.number.map(|number| (act.time.day(), number)));
            }
            Act::Revocation(r) => {
                if let Some((_, _, ended)) = keys.get_mut(&r.key) {
                    *ended = ended.or(Some(act.time.day()));
                }
            }
            Act::UnfitAdmission | Act::Settlement(_) | Act::Succession(_) | Act::Reference { .. } | Act::Release => {}
        }
    }
    for (org, from, until) in keys.into_values() {
        members.entry(org).or_default().keys.push((from, until));
    }
    members
}

/// Municipal reforms, by day and then in the order in which they were recorded.
pub(super) fn reforms(ledger: &Ledger) -> Vec<Reform> {
    let mut reforms: Vec<Reform> = ledger.registry().successions().iter().map(|(_, s)| reform(s)).collect();
    reforms.sort_by_key(|reform| reform.day);
    reforms
}

fn reform(succession: &Succession) -> Reform {
    let side = |parties: &[idenett_protocol::body::Party]| parties.iter().map(|p| (p.org, p.number)).collect();
    Reform {
        day: succession.date,
        from: side(&succession.from),
        to: side(&succession.to),
        all_to_one: succession.inherits == Code::Known(Inherits::All),
    }
}

/// A case; `None` if it does not count.
pub(super) fn case(library: &Library, id: &EntryId) -> Result<Option<CaseRecord>, LibraryFault> {
    let Some((thing, owners)) = library.ledger(|l| thing(l, id, Kind::Case).map(|t| (t.clone(), owners(l, &t)))) else {
        return Ok(None);
    };
    let mut versions = Vec::new();
    let mut named = BTreeSet::new();
    for (signed, facts) in lawful(library, &thing)? {
        if let Facts::Case(facts) = facts {
            named.extend(facts.co_owners.iter().copied());
            versions.push(CaseVersion::of(signed, &facts));
        }
    }
    let Some(first) = versions.first().map(|v| v.day) else { return Ok(None) };
    let confirmations = said(library, id, Kind::Confirmation)?;
    let mut co_owners: BTreeMap<OrgNumber, Day> = BTreeMap::new();
    let mut confirmed = Vec::new();
    for (_, day, by, facts) in &confirmations {
        if named.contains(by) {
            co_owners.entry(*by).and_modify(|first| *first = (*first).min(*day)).or_insert(*day);
        }
        if let (Facts::Confirmation(c), true) = (facts, owners.contains(by)) {
            confirmed.push((*day, c.valid_until));
        }
    }
    let about_it = about_it(library, id)?;
    Ok(Some(CaseRecord {
        publisher: thing.publisher,
        about: thing.versions.iter().find(|(v, _)| v.id == thing.subject).and_then(|(v, _)| v.about),
        co_owners,
        published: first,
        withdrawn: withdrawn(library, thing.withdrawn)?,
        confirmed,
        measured: measured(library, &about_it)?,
        comments: comments(library, &about_it, &owners)?,
        translated: translated(library, &thing)?,
        versions,
    }))
}

/// A declaration of reuse with its case; `None` if it does not count.
pub(super) fn reuse(library: &Library, id: &EntryId) -> Result<Option<(EntryId, ReuseRecord)>, LibraryFault> {
    let found = library.ledger(|l| {
        let thing = thing(l, id, Kind::Reuse)?;
        let mut rightful = l.registry().successors(thing.owner);
        rightful.insert(thing.owner);
        Some((thing, rightful))
    });
    let Some((thing, rightful)) = found else { return Ok(None) };
    let mut versions = Vec::new();
    let mut case = None;
    for (signed, facts) in lawful(library, &thing)? {
        if let Facts::Reuse(facts) = facts {
            case = case.or(Some(facts.case));
            versions.push(ReuseVersion::of(signed, &facts));
        }
    }
    let (Some(case), Some(first)) = (case, versions.first().map(|v| v.day)) else { return Ok(None) };
    let confirmations =
        said(library, id, Kind::Confirmation)?.into_iter().filter(|(_, _, by, _)| rightful.contains(by));
    let confirmed = confirmations
        .filter_map(|(_, day, _, facts)| match facts {
            Facts::Confirmation(c) => Some((day, c.valid_until)),
            _ => None,
        })
        .collect();
    let withdrawn = withdrawn(library, thing.withdrawn)?;
    Ok(Some((case, ReuseRecord { org: thing.owner, declared: first, withdrawn, versions, confirmed })))
}

/// A need; `None` if it does not count.
pub(super) fn need(library: &Library, id: &EntryId) -> Result<Option<NeedRecord>, LibraryFault> {
    let Some(thing) = library.ledger(|l| thing(l, id, Kind::Need)) else { return Ok(None) };
    let mut versions = Vec::new();
    for (signed, facts) in lawful(library, &thing)? {
        if let Facts::Need(facts) = facts {
            versions.push(NeedVersion::of(signed, &facts));
        }
    }
    let Some(opened) = versions.first().map(|v| v.day) else { return Ok(None) };
    Ok(Some(NeedRecord { owner: thing.owner, opened, withdrawn: withdrawn(library, thing.withdrawn)?, versions }))
}

/// A programme, network or arena; `None` if it does not count.
pub(super) fn programme(library: &Library, id: &EntryId) -> Result<Option<ProgrammeRecord>, LibraryFault> {
    let Some(thing) = library.ledger(|l| thing(l, id, Kind::Programme)) else { return Ok(None) };
    let (Some((first, _)), Some((_, facts))) = (facts_of(library, id)?, facts_of(library, &thing.current)?) else {
        return Ok(None);
    };
    let Facts::Programme(facts) = facts else { return Ok(None) };
    Ok(Some(ProgrammeRecord {
        published: first.header().time.day(),
        withdrawn: withdrawn(library, thing.withdrawn)?,
        is_arena: facts.kind.known() == Some(ProgrammeKind::Arena),
        cases: facts.cases.iter().copied().collect(),
    }))
}

fn thing(ledger: &Ledger, id: &EntryId, kind: Kind) -> Option<Thing> {
    ledger.thing(id).filter(|thing| thing.kind == kind)
}

/// The versions that may be shown or were, by number and id, with their facts.
fn lawful(library: &Library, thing: &Thing) -> Result<Vec<(Signed, Facts)>, LibraryFault> {
    let mut found = Vec::new();
    for (version, state) in &thing.versions {
        let withdrawn = match state {
            VersionState::Current | VersionState::Replaced | VersionState::Concurrent => None,
            VersionState::Withdrawn => first_withdrawal(library, &version.id)?,
            VersionState::Waiting | VersionState::NoRight | VersionState::NotCounted => continue,
        };
        let Some(by) = library.ledger(|l| org_of(l, &version.id)) else { continue };
        if let Some((head, facts)) = facts_of(library, &version.id)? {
            let day = head.header().time.day();
            found.push((Signed { id: version.id, number: version.number, day, by, withdrawn }, facts));
        }
    }
    Ok(found)
}

fn withdrawn(library: &Library, entry: Option<EntryId>) -> Result<Option<Day>, LibraryFault> {
    let Some(entry) = entry else { return Ok(None) };
    Ok(facts_of(library, &entry)?.map(|(head, _)| head.header().time.day()))
}

fn first_withdrawal(library: &Library, id: &EntryId) -> Result<Option<Day>, LibraryFault> {
    Ok(said(library, id, Kind::Withdrawal)?.iter().map(|(_, day, _, _)| *day).min())
}

type Said = (EntryId, Day, OrgNumber, Facts);

/// What members said of a kind about an entry, as far as it counts, by id.
fn said(library: &Library, subject: &EntryId, kind: Kind) -> Result<Vec<Said>, LibraryFault> {
    let ids: Vec<(EntryId, OrgNumber)> = library.ledger(|l| {
        let mentions = l.things().counted_mentions(subject, kind, l.logs(), l.registry());
        mentions.filter_map(|id| Some((id, org_of(l, &id)?))).collect()
    });
    let mut found = Vec::with_capacity(ids.len());
    for (id, by) in ids {
        if let Some((head, facts)) = facts_of(library, &id)? {
            found.push((id, head.header().time.day(), by, facts));
        }
    }
    Ok(found)
}

/// What was not taken back of what was said.
fn standing(library: &Library, subject: &EntryId, kind: Kind) -> Result<Vec<Said>, LibraryFault> {
    let mut all = said(library, subject, kind)?;
    let taken_back = |id: &EntryId| {
        library.ledger(|l| l.things().counted_mentions(id, Kind::Withdrawal, l.logs(), l.registry()).next().is_some())
    };
    all.retain(|(id, ..)| !taken_back(id));
    Ok(all)
}

/// A case and the declarations of its reuse: what is said about one is said about the other.
fn about_it(library: &Library, case: &EntryId) -> Result<Vec<EntryId>, LibraryFault> {
    let mut subjects = vec![*case];
    for (id, _, _, facts) in said(library, case, Kind::Reuse)? {
        if facts.revision().is_some_and(|revision| revision.subject().is_none()) {
            subjects.push(id);
        }
    }
    Ok(subjects)
}

fn measured(library: &Library, subjects: &[EntryId]) -> Result<Vec<(Day, OrgNumber)>, LibraryFault> {
    let mut measured = Vec::new();
    for subject in subjects {
        measured.extend(standing(library, subject, Kind::Measurement)?.into_iter().map(|(_, day, by, _)| (day, by)));
    }
    measured.sort_unstable();
    Ok(measured)
}

fn comments(
    library: &Library,
    subjects: &[EntryId],
    owners: &BTreeSet<OrgNumber>,
) -> Result<Vec<CommentRecord>, LibraryFault> {
    let mut all: Vec<(EntryId, Day, OrgNumber, CommentFacts)> = Vec::new();
    for subject in subjects {
        for (id, day, by, facts) in standing(library, subject, Kind::Comment)? {
            if let Facts::Comment(facts) = facts {
                all.push((id, day, by, facts));
            }
        }
    }
    let replies = |to: EntryId| all.iter().filter(move |(_, _, _, f)| f.reply_to == Some(to));
    let mut comments = Vec::with_capacity(all.len());
    for (id, day, by, facts) in &all {
        let Some(kind) = facts.kind.known() else { continue };
        let answers = replies(*id).filter(|(_, _, who, f)| who != by && f.kind.known() == Some(CommentKind::Answer));
        let adopted = replies(*id).filter(|(_, _, who, f)| f.adopted == Some(true) && owners.contains(who));
        comments.push(CommentRecord {
            day: *day,
            by: *by,
            kind,
            answered: answers.map(|a| a.1).min(),
            adopted: adopted.map(|a| a.1).min(),
        });
    }
    comments.sort_by_key(|c| (c.day, c.by, c.kind, c.answered, c.adopted));
    Ok(comments)
}

fn translated(library: &Library, thing: &Thing) -> Result<Option<Day>, LibraryFault> {
    let mut first: Option<Day> = None;
    for (version, _) in &thing.versions {
        let days = standing(library, &version.id, Kind::Translation)?;
        first = days.into_iter().map(|(_, day, _, _)| day).chain(first).min();
    }
    Ok(first)
}
