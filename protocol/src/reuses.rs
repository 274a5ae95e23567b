//! Whether a declared reuse counts: the one rule, free of where declarations are kept. Knows no
//! statistics; several units of one organisation are for the reader of the standings to merge.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::codes::{Origin, ReuseStatus};
use crate::id::EntryId;
use crate::organisation::OrgNumber;
use crate::time::Day;

/// A declaration as its newest version stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declared<'a> {
    /// The thing.
    pub subject: EntryId,
    /// Who declares.
    pub org: OrgNumber,
    /// The unit of the organisation, if one is named.
    pub unit: Option<&'a str>,
    /// How closely it follows the case.
    pub degree: Option<Origin>,
    /// How far it has come.
    pub status: Option<ReuseStatus>,
    /// The day on which the first version was signed.
    pub declared: Day,
    /// The day on which the newest version was signed.
    pub said: Day,
    /// Until when it holds, confirmations included.
    pub valid_until: Option<Day>,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
}

/// How a declaration stands at a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReuseStanding {
    /// It counts as reuse.
    InUse,
    /// It is in use, but was only the inspiration: shown beside, not counted.
    Inspired,
    /// It is not yet in use, or says nothing of it.
    NotInUse,
    /// The reuser stopped.
    Stopped,
    /// Nobody confirmed it in time.
    NotConfirmed,
    /// A later declaration of the same organisation and unit stands in its place.
    Replaced,
    /// The reuser owns the case.
    OwnCase,
    /// The reuser took it back.
    Withdrawn,
    /// It is dated after the day.
    NotYet,
}

impl ReuseStanding {
    /// Whether it counts as reuse.
    pub const fn counts(self) -> bool {
        matches!(self, ReuseStanding::InUse)
    }
}

/// How each declaration about one case stands at a day. `owners` are the owner, confirmed
/// co-owners, and all that followed one of these. The order of the declarations does not matter.
pub fn standings(
    declared: &[Declared<'_>],
    owners: &BTreeSet<OrgNumber>,
    day: Day,
) -> BTreeMap<EntryId, ReuseStanding> {
    let mut newest: BTreeMap<(OrgNumber, Option<&str>), &Declared<'_>> = BTreeMap::new();
    for d in declared.iter().filter(|d| !d.withdrawn && d.declared <= day) {
        let place = newest.entry((d.org, d.unit)).or_insert(d);
        if (d.declared, d.subject) > (place.declared, place.subject) {
            *place = d;
        }
    }
    let is_newest = |d: &Declared<'_>| newest.get(&(d.org, d.unit)).is_some_and(|n| n.subject == d.subject);
    declared.iter().map(|d| (d.subject, standing(d, is_newest(d), owners, day))).collect()
}

/// How the only declaration that an organisation makes about a case of another stands at a day.
pub(crate) fn alone(d: &Declared<'_>, day: Day) -> ReuseStanding {
    standing(d, true, &BTreeSet::new(), day)
}

fn standing(d: &Declared<'_>, is_newest: bool, owners: &BTreeSet<OrgNumber>, day: Day) -> ReuseStanding {
    use ReuseStanding as S;
    if d.withdrawn {
        return S::Withdrawn;
    }
    if owners.contains(&d.org) {
        return S::OwnCase;
    }
    if d.declared > day || d.said > day {
        return S::NotYet;
    }
    if !is_newest {
        return S::Replaced;
    }
    match d.status {
        Some(ReuseStatus::Stopped) => S::Stopped,
        Some(ReuseStatus::InUse | ReuseStatus::Utilised) => match (d.valid_until, d.degree) {
            (Some(until), _) if until < day => S::NotConfirmed,
            (_, Some(Origin::Inspired)) => S::Inspired,
            (_, None | Some(Origin::First | Origin::Adapted | Origin::Copy | Origin::Unknown | Origin::NotStated)) => {
                S::InUse
            }
        },
        None
        | Some(ReuseStatus::Considering | ReuseStatus::Planned | ReuseStatus::Piloting | ReuseStatus::NotStated) => {
            S::NotInUse
        }
    }
}

/// The organisations whose reuse counts, each once however many units it has.
pub fn reusers(declared: &[Declared<'_>], standings: &BTreeMap<EntryId, ReuseStanding>) -> BTreeSet<OrgNumber> {
    let counts = |d: &&Declared<'_>| standings.get(&d.subject).is_some_and(|s| s.counts());
    declared.iter().filter(counts).map(|d| d.org).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "954597482";
    const B: &str = "935478715";
    const C: &str = "961381541";

    fn org(digits: &str) -> OrgNumber {
        digits.parse().expect("an organisation number")
    }

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    /// A declaration in use since 2025, valid until the end of 2026, with one thing changed.
    fn declared(number: u8, by: &str, change: impl FnOnce(&mut Declared<'static>)) -> Declared<'static> {
        let mut declared = Declared {
            subject: EntryId::from_bytes([number; 32]),
            org: org(by),
            unit: None,
            degree: Some(Origin::Adapted),
            status: Some(ReuseStatus::InUse),
            declared: day("2025-01-01"),
            said: day("2025-01-01"),
            valid_until: Some(day("2026-12-31")),
            withdrawn: false,
        };
        change(&mut declared);
        declared
    }

    fn check(declared: &[Declared<'_>], expected: &[ReuseStanding], reusers_expected: usize) {
        let owners = BTreeSet::from([org(A)]);
        let found = standings(declared, &owners, day("2026-11-21"));
        let found_all: Vec<_> = declared.iter().filter_map(|d| found.get(&d.subject).copied()).collect();
        assert_eq!(found_all, expected);
        assert_eq!(reusers(declared, &found).len(), reusers_expected);
        let mut turned = declared.to_vec();
        turned.reverse();
        assert_eq!(standings(&turned, &owners, day("2026-11-21")), found);
    }

    #[test]
    fn each_reason_not_to_count_has_its_name() {
        use ReuseStanding as S;
        let rows: [(Declared<'_>, S); 11] = [
            (declared(1, B, |_| {}), S::InUse),
            (declared(1, B, |d| d.status = Some(ReuseStatus::Utilised)), S::InUse),
            (declared(1, B, |d| d.valid_until = None), S::InUse),
            (declared(1, B, |d| d.status = Some(ReuseStatus::Stopped)), S::Stopped),
            (declared(1, B, |d| d.status = Some(ReuseStatus::Planned)), S::NotInUse),
            (declared(1, B, |d| d.status = None), S::NotInUse),
            (declared(1, B, |d| d.valid_until = Some(day("2026-11-20"))), S::NotConfirmed),
            (declared(1, B, |d| d.degree = Some(Origin::Inspired)), S::Inspired),
            (declared(1, B, |d| d.withdrawn = true), S::Withdrawn),
            (declared(1, B, |d| d.said = day("2026-11-22")), S::NotYet),
            (declared(1, A, |_| {}), S::OwnCase),
        ];
        for (row, standing) in rows {
            check(&[row], &[standing], usize::from(standing.counts()));
        }
    }

    #[test]
    fn units_count_each_but_the_organisation_once() {
        use ReuseStanding as S;
        let rows = [
            declared(1, B, |d| d.unit = Some("nord")),
            declared(2, B, |d| d.unit = Some("sør")),
            declared(3, C, |_| {}),
        ];
        check(&rows, &[S::InUse, S::InUse, S::InUse], 2);
    }

    #[test]
    fn the_later_of_two_declarations_of_one_unit_stands() {
        use ReuseStanding as S;
        let rows = [
            declared(9, B, |_| {}),
            declared(1, B, |d| {
                d.declared = day("2026-02-01");
                d.said = day("2026-02-01");
                d.status = Some(ReuseStatus::Stopped);
            }),
        ];
        check(&rows, &[S::Replaced, S::Stopped], 0);
        // One that was taken back replaces nothing.
        let rows = [
            rows[0],
            declared(1, B, |d| {
                d.declared = day("2026-02-01");
                d.withdrawn = true;
            }),
        ];
        check(&rows, &[S::InUse, S::Withdrawn], 1);
    }
}
