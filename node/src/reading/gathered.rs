//! Cases and what they are gathered in, seen from both ends as it stands now: a version that names a case may be
//! replaced by one that names it no more.

use std::collections::BTreeSet;

use idenett_protocol::body::{CaseFacts, Facts, PlanFacts, Revision, Text};
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use idenett_protocol::things::{Thing, mentioned};
use serde::Serialize;

use super::gathering::{GATHERINGS, Gathering, gathering};
use super::record::{Record, facts_of, open};
use super::words::alphabetical;
use crate::library::{Library, LibraryFault};

/// Versions of one kind that name one thing and are looked at.
const MAX_NAMING: usize = 2000;

/// Where a case appears.
#[derive(Clone, Debug, Serialize)]
pub struct Place {
    /// The plan, programme, collection or award.
    #[serde(flatten)]
    pub gathering: Gathering,
    /// Of a plan the goals that the case says to serve.
    pub goals: Vec<Goal>,
}

/// A goal of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Goal {
    /// Its short id.
    pub id: String,
    /// What it says; nothing where the text is not here or the plan has no such goal.
    pub title: Option<String>,
}

/// A case that belongs to a plan, programme, collection or award.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Member {
    /// The case; it may not be here.
    pub id: EntryId,
    /// Whether who gathers names it. Else it is the case that names the other, and it has no place in the order.
    pub named: bool,
    /// Why it is there, in the words of who gathered; perhaps empty.
    pub comment: String,
    /// The goals of the plan that it says to serve, by their short ids.
    pub goals: Vec<String>,
}

/// Where a case appears: plans that it serves, programmes, collections, awards, in this order and by their titles.
///
/// # Errors
/// If the disk fails.
pub fn places_of(library: &Library, case: &EntryId) -> Result<Vec<Place>, LibraryFault> {
    let own = case_facts(library, case)?.unwrap_or_default();
    let plans = own.plan_goals.iter().map(|goal| (Kind::Plan, goal.plan));
    let programmes = own.programmes.iter().map(|id| (Kind::Programme, *id));
    let mut places: BTreeSet<(Kind, EntryId)> = plans.chain(programmes).collect();
    // Of a plan it is the case that names it.
    for kind in GATHERINGS.into_iter().filter(|kind| *kind != Kind::Plan) {
        places.extend(naming(library, case, kind)?.into_iter().map(|id| (kind, id)));
    }
    let mut found = Vec::new();
    for (kind, id) in places {
        let Some(gathering) = gathering(library, &id)?.filter(|g| g.kind == kind && !g.withdrawn) else { continue };
        let goals = if kind == Kind::Plan { goals_of(library, &own, &gathering)? } else { Vec::new() };
        found.push(Place { gathering, goals });
    }
    found.sort_by_key(|p| (p.gathering.kind, alphabetical(&p.gathering.title), p.gathering.id));
    Ok(found)
}

/// The cases that belong to a plan, programme, collection or award, in its order; those that only name it themselves
/// come last.
///
/// # Errors
/// If the disk fails.
pub fn members_of(library: &Library, thing: &Thing) -> Result<Vec<Member>, LibraryFault> {
    let Some(record) = open(library, &thing.current)? else { return Ok(Vec::new()) };
    let named = record.facts.as_ref().map(mentioned).unwrap_or_default();
    let comments = if let Text::Collection(text) = &record.text { text.comments.as_slice() } else { &[] };
    let comment = |at: usize| comments.get(at).cloned().unwrap_or_default();
    let member = |(at, id): (usize, &EntryId)| Member { id: *id, named: true, comment: comment(at), goals: Vec::new() };
    let mut members: Vec<Member> = named.iter().enumerate().map(member).collect();
    for id in naming(library, &thing.subject, Kind::Case)?.into_iter().filter(|id| !named.contains(id)) {
        let withdrawn = library.ledger(|l| l.thing(&id).is_none_or(|case| case.withdrawn.is_some()));
        let Some(own) = case_facts(library, &id)?.filter(|_| !withdrawn) else { continue };
        let goals = served(&own, &thing.subject).cloned().collect();
        members.push(Member { id, named: false, comment: String::new(), goals });
    }
    Ok(members)
}

/// The things of a kind of which the version that is shown mentions an entry.
fn naming(library: &Library, entry: &EntryId, kind: Kind) -> Result<BTreeSet<EntryId>, LibraryFault> {
    let versions: Vec<EntryId> =
        library.ledger(|l| l.things().counted_mentions(entry, kind, l.logs(), l.registry()).take(MAX_NAMING).collect());
    let mut subjects = BTreeSet::new();
    for id in versions {
        if let Some((_, facts)) = facts_of(library, &id)? {
            subjects.insert(facts.revision().and_then(Revision::subject).unwrap_or(id));
        }
    }
    let mut found = BTreeSet::new();
    for subject in subjects {
        let Some(current) = library.ledger(|l| l.thing(&subject).map(|t| t.current)) else { continue };
        if facts_of(library, &current)?.is_some_and(|(_, facts)| mentioned(&facts).contains(entry)) {
            found.insert(subject);
        }
    }
    Ok(found)
}

/// What the version of a case that is shown says.
fn case_facts(library: &Library, case: &EntryId) -> Result<Option<CaseFacts>, LibraryFault> {
    let Some(current) = library.ledger(|l| l.thing(case).map(|thing| thing.current)) else { return Ok(None) };
    Ok(match facts_of(library, &current)? {
        Some((_, Facts::Case(facts))) => Some(*facts),
        _ => None,
    })
}

/// The goals of a plan that a case says to serve, with what they say.
fn goals_of(library: &Library, case: &CaseFacts, plan: &Gathering) -> Result<Vec<Goal>, LibraryFault> {
    let Some(record) = open(library, &plan.current)? else { return Ok(Vec::new()) };
    let Ok(Facts::Plan(facts)) = &record.facts else { return Ok(Vec::new()) };
    let goal = |id: &String| Goal { id: id.clone(), title: said(facts, &record, id) };
    Ok(served(case, &plan.id).map(goal).collect())
}

fn said(plan: &PlanFacts, record: &Record, goal: &str) -> Option<String> {
    let Text::Plan(text) = &record.text else { return None };
    text.goals.get(plan.goals.iter().position(|id| id == goal)?).cloned()
}

/// The short ids of the goals of a plan that a case says to serve.
fn served<'a>(case: &'a CaseFacts, plan: &'a EntryId) -> impl Iterator<Item = &'a String> {
    case.plan_goals.iter().filter(move |goal| goal.plan == *plan).filter_map(|goal| goal.goal.as_ref())
}
