//! From the library to what figures are made of: of each thing the facts of its lawful versions, and what was said and
//! measured. Reads facts and headers, never a text.

use std::collections::{BTreeMap, BTreeSet};

use idenett_protocol::barometer::{
    CaseRecord, CaseVersion, CommentRecord, Membership, NeedRecord, NeedVersion, ProgrammeRecord, Reform, ReuseRecord,
    ReuseVersion, Signed,
};
use idenett_protocol::body::{CommentFacts, Facts, Succession};
use idenett_protocol::codes::{Code, CommentKind, Inherits, ProgrammeKind};
use idenett_protocol::header::SignedHeader;
use idenett_protocol::id::{EntryId, LogKey};
use idenett_protocol::kind::Kind;
use idenett_protocol::ledger::Ledger;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::registry::Act;
use idenett_protocol::things::{Thing, VersionState};
use idenett_protocol::time::Day;

use crate::library::{Library, LibraryFault};
use crate::reading::{facts_of, org_of, owners};

/// Where facts are read: the replica as it is, or as it was when its logs had come less far.
pub(super) struct Source<'a> {
    library: &'a Library,
    past: Option<Ledger>,
}

impl<'a> Source<'a> {
    /// The replica as it is.
    pub(super) const fn now(library: &'a Library) -> Self {
        Self { library, past: None }
    }

    /// The replica as it was.
    pub(super) const fn then(library: &'a Library, past: Ledger) -> Self {
        Self { library, past: Some(past) }
    }

    /// Looks at the ledger.
    pub(super) fn ledger<T>(&self, look: impl FnOnce(&Ledger) -> T) -> T {
        match &self.past {
            Some(past) => look(past),
            None => self.library.ledger(look),
        }
    }

    fn facts_of(&self, id: &EntryId) -> Result<Option<(SignedHeader, Facts)>, LibraryFault> {
        facts_of(self.library, id)
    }
}

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
pub(super) fn case(source: &Source<'_>, id: &EntryId) -> Result<Option<CaseRecord>, LibraryFault> {
    let Some((thing, owners)) = source.ledger(|l| thing(l, id, Kind::Case).map(|t| (t.clone(), owners(l, &t)))) else {
        return Ok(None);
    };
    let mut versions = Vec::new();
    let mut named = BTreeSet::new();
    for (signed, facts) in lawful(source, &thing)? {
        if let Facts::Case(facts) = facts {
            named.extend(facts.co_owners.iter().copied());
            versions.push(CaseVersion::of(signed, &facts));
        }
    }
    let Some(first) = versions.first().map(|v| v.day) else { return Ok(None) };
    let confirmations = said(source, id, Kind::Confirmation)?;
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
    let about_it = about_it(source, id)?;
    Ok(Some(CaseRecord {
        publisher: thing.publisher,
        about: thing.versions.iter().find(|(v, _)| v.id == thing.subject).and_then(|(v, _)| v.about),
        co_owners,
        published: first,
        withdrawn: withdrawn(source, thing.withdrawn)?,
        confirmed,
        measured: measured(source, &about_it)?,
        comments: comments(source, &about_it, &owners)?,
        translated: translated(source, &thing)?,
        versions,
    }))
}

/// A declaration of reuse with its case; `None` if it does not count.
pub(super) fn reuse(source: &Source<'_>, id: &EntryId) -> Result<Option<(EntryId, ReuseRecord)>, LibraryFault> {
    let found = source.ledger(|l| {
        let thing = thing(l, id, Kind::Reuse)?;
        let mut rightful = l.registry().successors(thing.owner);
        rightful.insert(thing.owner);
        Some((thing, rightful))
    });
    let Some((thing, rightful)) = found else { return Ok(None) };
    let mut versions = Vec::new();
    let mut case = None;
    for (signed, facts) in lawful(source, &thing)? {
        if let Facts::Reuse(facts) = facts {
            case = case.or(Some(facts.case));
            versions.push(ReuseVersion::of(signed, &facts));
        }
    }
    let (Some(case), Some(first)) = (case, versions.first().map(|v| v.day)) else { return Ok(None) };
    let confirmations = said(source, id, Kind::Confirmation)?.into_iter().filter(|(_, _, by, _)| rightful.contains(by));
    let confirmed = confirmations
        .filter_map(
            |(_, day, _, facts)| if let Facts::Confirmation(c) = facts { Some((day, c.valid_until)) } else { None },
        )
        .collect();
    let withdrawn = withdrawn(source, thing.withdrawn)?;
    Ok(Some((case, ReuseRecord { org: thing.owner, declared: first, withdrawn, versions, confirmed })))
}

/// A need; `None` if it does not count.
pub(super) fn need(source: &Source<'_>, id: &EntryId) -> Result<Option<NeedRecord>, LibraryFault> {
    let Some(thing) = source.ledger(|l| thing(l, id, Kind::Need)) else { return Ok(None) };
    let mut versions = Vec::new();
    for (signed, facts) in lawful(source, &thing)? {
        if let Facts::Need(facts) = facts {
            versions.push(NeedVersion::of(signed, &facts));
        }
    }
    let Some(opened) = versions.first().map(|v| v.day) else { return Ok(None) };
    Ok(Some(NeedRecord { owner: thing.owner, opened, withdrawn: withdrawn(source, thing.withdrawn)?, versions }))
}

/// A programme, network or arena; `None` if it does not count.
pub(super) fn programme(source: &Source<'_>, id: &EntryId) -> Result<Option<ProgrammeRecord>, LibraryFault> {
    let Some(thing) = source.ledger(|l| thing(l, id, Kind::Programme)) else { return Ok(None) };
    let (Some((first, _)), Some((_, facts))) = (source.facts_of(id)?, source.facts_of(&thing.current)?) else {
        return Ok(None);
    };
    let Facts::Programme(facts) = facts else { return Ok(None) };
    Ok(Some(ProgrammeRecord {
        published: first.header().time.day(),
        withdrawn: withdrawn(source, thing.withdrawn)?,
        is_arena: facts.kind.known() == Some(ProgrammeKind::Arena),
        cases: facts.cases.iter().copied().collect(),
    }))
}

fn thing(ledger: &Ledger, id: &EntryId, kind: Kind) -> Option<Thing> {
    ledger.thing(id).filter(|thing| thing.kind == kind)
}

/// The versions that may be shown or were, by number and id, with their facts.
fn lawful(source: &Source<'_>, thing: &Thing) -> Result<Vec<(Signed, Facts)>, LibraryFault> {
    let mut found = Vec::new();
    for (version, state) in &thing.versions {
        let withdrawn = match state {
            VersionState::Current | VersionState::Replaced | VersionState::Concurrent => None,
            VersionState::Withdrawn => first_withdrawal(source, &version.id)?,
            VersionState::Waiting | VersionState::NoRight | VersionState::NotCounted => continue,
        };
        let Some(by) = source.ledger(|l| org_of(l, &version.id)) else { continue };
        if let Some((head, facts)) = source.facts_of(&version.id)? {
            let day = head.header().time.day();
            found.push((Signed { id: version.id, number: version.number, day, by, withdrawn }, facts));
        }
    }
    Ok(found)
}

fn withdrawn(source: &Source<'_>, entry: Option<EntryId>) -> Result<Option<Day>, LibraryFault> {
    let Some(entry) = entry else { return Ok(None) };
    Ok(source.facts_of(&entry)?.map(|(head, _)| head.header().time.day()))
}

fn first_withdrawal(source: &Source<'_>, id: &EntryId) -> Result<Option<Day>, LibraryFault> {
    Ok(said(source, id, Kind::Withdrawal)?.iter().map(|(_, day, _, _)| *day).min())
}

type Said = (EntryId, Day, OrgNumber, Facts);

/// What members said of a kind about an entry, as far as it counts, by id.
fn said(source: &Source<'_>, subject: &EntryId, kind: Kind) -> Result<Vec<Said>, LibraryFault> {
    let ids: Vec<(EntryId, OrgNumber)> = source.ledger(|l| {
        let mentions = l.things().counted_mentions(subject, kind, l.logs(), l.registry());
        mentions.filter_map(|id| Some((id, org_of(l, &id)?))).collect()
    });
    let mut found = Vec::with_capacity(ids.len());
    for (id, by) in ids {
        if let Some((head, facts)) = source.facts_of(&id)? {
            found.push((id, head.header().time.day(), by, facts));
        }
    }
    Ok(found)
}

/// What was not taken back of what was said.
fn standing(source: &Source<'_>, subject: &EntryId, kind: Kind) -> Result<Vec<Said>, LibraryFault> {
    let mut all = said(source, subject, kind)?;
    let taken_back = |id: &EntryId| {
        source.ledger(|l| l.things().counted_mentions(id, Kind::Withdrawal, l.logs(), l.registry()).next().is_some())
    };
    all.retain(|(id, ..)| !taken_back(id));
    Ok(all)
}

/// A case and the declarations of its reuse: what is said about one is said about the other.
fn about_it(source: &Source<'_>, case: &EntryId) -> Result<Vec<EntryId>, LibraryFault> {
    let mut subjects = vec![*case];
    for (id, _, _, facts) in said(source, case, Kind::Reuse)? {
        if facts.revision().is_some_and(|revision| revision.subject().is_none()) {
            subjects.push(id);
        }
    }
    Ok(subjects)
}

fn measured(source: &Source<'_>, subjects: &[EntryId]) -> Result<Vec<(Day, OrgNumber)>, LibraryFault> {
    let mut measured = Vec::new();
    for subject in subjects {
        measured.extend(standing(source, subject, Kind::Measurement)?.into_iter().map(|(_, day, by, _)| (day, by)));
    }
    measured.sort_unstable();
    Ok(measured)
}

fn comments(
    source: &Source<'_>,
    subjects: &[EntryId],
    owners: &BTreeSet<OrgNumber>,
) -> Result<Vec<CommentRecord>, LibraryFault> {
    let mut all: Vec<(EntryId, Day, OrgNumber, CommentFacts)> = Vec::new();
    for subject in subjects {
        for (id, day, by, facts) in standing(source, subject, Kind::Comment)? {
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

fn translated(source: &Source<'_>, thing: &Thing) -> Result<Option<Day>, LibraryFault> {
    let mut first: Option<Day> = None;
    for (version, _) in &thing.versions {
        let days = standing(source, &version.id, Kind::Translation)?;
        first = days.into_iter().map(|(_, day, _, _)| day).chain(first).min();
    }
    Ok(first)
}
