//! What one organisation declares about one case of another, at a day.

use std::collections::BTreeSet;

use crate::codes::Origin;
use crate::organisation::OrgNumber;
use crate::reuses::{Declared, ReuseStanding, alone, standings};
use crate::time::Day;

use super::super::material::{ReuseRecord, ReuseVersion};
use super::organisations::OrgAt;
use super::{confirmed, is_gone};

/// Months after which it is asked whether a use lasted.
const LASTING_MONTHS: i32 = 12;

/// What one organisation declares about one case of another.
#[derive(Debug)]
pub struct UseAt<'m> {
    /// Its place in the view.
    pub(in super::super) at: usize,
    /// The place of the case in the view.
    pub case: usize,
    /// The reuser.
    pub org: OrgNumber,
    /// Under whose name it counts today.
    pub home: OrgNumber,
    /// The places of both among the organisations.
    pub(in super::super) orgs: OrgAt,
    /// The declarations that count, each by its newest version.
    pub counted: Vec<&'m ReuseVersion>,
    /// Whether one was only inspired.
    pub inspired: bool,
    /// The day it was first in use, whether it still is or not; nothing if never, or only inspired.
    pub reached: Option<Day>,
    /// Whether it counted a year after it was first in use, or now if that is not a year ago.
    pub lasted: bool,
}

impl<'m> UseAt<'m> {
    /// What the declarations of one organisation about one case say together.
    pub(super) fn of(
        (at, case): (usize, usize),
        (org, home, orgs): (OrgNumber, OrgNumber, OrgAt),
        records: &[&'m ReuseRecord],
        day: Day,
    ) -> Self {
        let (counted, inspired) = counting(records, day);
        let reached = records.iter().filter_map(|r| reached(r, day)).min();
        let later = reached.and_then(|since| since.add_months(LASTING_MONTHS)).filter(|later| *later < day);
        let lasted = later.map_or(!counted.is_empty(), |later| !counting(records, later).0.is_empty());
        Self { at, case, org, home, orgs, counted, inspired, reached, lasted }
    }

    /// Whether it counts as independent reuse.
    pub fn counts(&self) -> bool {
        !self.counted.is_empty()
    }
}

/// Whether a declaration stands at a day at all.
pub(super) fn is_there(record: &ReuseRecord, day: Day) -> bool {
    record.declared <= day && !is_gone(record.withdrawn, day)
}

/// The declarations of one organisation about one case that count at a day, and whether one is only inspired.
fn counting<'m>(records: &[&'m ReuseRecord], day: Day) -> (Vec<&'m ReuseVersion>, bool) {
    // Nearly every organisation declares a case once.
    if let [only] = records {
        let Some(now) = version_at(only, day) else { return (Vec::new(), false) };
        let standing = declared(only, now, day).map(|d| alone(&d, day));
        let counts = standing == Some(ReuseStanding::InUse) && has_begun(now, day);
        return (counts.then_some(now).into_iter().collect(), standing == Some(ReuseStanding::Inspired));
    }
    let said: Vec<(&ReuseVersion, Declared<'_>)> =
        records.iter().filter_map(|r| version_at(r, day).and_then(|now| Some((now, declared(r, now, day)?)))).collect();
    let all: Vec<Declared<'_>> = said.iter().map(|(_, d)| *d).collect();
    let found = standings(&all, &BTreeSet::new(), day);
    let is = |d: &Declared<'_>, what| found.get(&d.subject) == Some(&what);
    let inspired = said.iter().any(|(_, d)| is(d, ReuseStanding::Inspired));
    let counts = said.iter().filter(|(v, d)| is(d, ReuseStanding::InUse) && has_begun(v, day));
    (counts.map(|(v, _)| *v).collect(), inspired)
}

fn has_begun(version: &ReuseVersion, day: Day) -> bool {
    version.in_use.is_none_or(|since| since <= day)
}

/// A declaration as its newest version of a day stands.
fn declared<'r>(record: &'r ReuseRecord, now: &'r ReuseVersion, day: Day) -> Option<Declared<'r>> {
    Some(Declared {
        subject: record.versions.first()?.id,
        org: record.org,
        unit: now.unit.as_deref(),
        degree: now.degree,
        status: now.status,
        declared: record.declared,
        said: now.day,
        valid_until: now.valid_until.max(confirmed(&record.confirmed, day)),
        withdrawn: is_gone(record.withdrawn, day),
    })
}

fn version_at(record: &ReuseRecord, day: Day) -> Option<&ReuseVersion> {
    (record.declared <= day).then_some(())?;
    record.versions.iter().rev().find(|v| v.day <= day && !is_gone(v.withdrawn, day))
}

/// When a declared reuse was first in use by a day, whether it still is or not.
fn reached(record: &ReuseRecord, day: Day) -> Option<Day> {
    let said = || record.versions.iter().filter(|v| v.day <= day && !is_gone(v.withdrawn, day));
    let in_use = || said().filter(|v| v.is_in_use() && v.degree != Some(Origin::Inspired));
    let stated = in_use().filter_map(|v| v.in_use).next_back();
    stated.or_else(|| in_use().next().map(|v| v.day)).filter(|since| *since <= day)
}
