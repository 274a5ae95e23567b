//! How well a case is founded, computed from what was measured and from where it worked, never claimed. The scale is
//! that of section 3 of the domain model. Free of pages and of the search index, which both call it.

use std::collections::BTreeSet;

use idenett_protocol::codes::Evaluator;
use idenett_protocol::id::EntryId;
use idenett_protocol::organisation::OrgNumber;
use serde::Serialize;

use super::record::Signer;
use super::reuses::{Declaration, owners};
use super::said::{Measurement, measurements_of};
use crate::library::{Library, LibraryFault};
use crate::municipalities;

/// Reusers for whom it must have worked, for the highest level.
const MANY: usize = 3;
/// KOSTRA groups among them.
const GROUPS: usize = 2;

/// How well a case is founded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Evidence {
    /// 0 asserted, 1 own evaluation, 2 measured before and after, 3 external evaluation, 4 worked for at least one
    /// other, 5 worked for three or more in two or more KOSTRA groups.
    pub level: u8,
    /// Measurements by owners and reusers.
    pub measurements: usize,
    /// Others for whom it worked as expected or better.
    pub worked_for: usize,
}

impl Evidence {
    /// The highest level.
    pub const HIGHEST: u8 = 5;
}

/// What the level is computed from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grounds {
    /// Of each measurement by an owner or reuser, whether it has a before and an after, and whether it is external.
    pub measurements: Vec<(bool, bool)>,
    /// Independent reusers in whose use it went as expected or better.
    pub worked_for: BTreeSet<OrgNumber>,
}

/// The level that follows from the grounds. `group` gives an organisation's KOSTRA group.
pub fn level(grounds: &Grounds, group: impl Fn(OrgNumber) -> Option<u8>) -> u8 {
    let groups: BTreeSet<u8> = grounds.worked_for.iter().filter_map(|org| group(*org)).collect();
    let (before_and_after, external) =
        grounds.measurements.iter().fold((false, false), |(b, e), m| (b || m.0, e || m.1));
    if grounds.worked_for.len() >= MANY && groups.len() >= GROUPS {
        Evidence::HIGHEST
    } else if !grounds.worked_for.is_empty() {
        4
    } else if external {
        3
    } else if before_and_after {
        2
    } else {
        u8::from(!grounds.measurements.is_empty())
    }
}

/// How well a case is founded, by what is declared about its reuse.
///
/// # Errors
/// If the disk fails.
pub fn evidence_of(library: &Library, case: &EntryId, reuses: &[Declaration]) -> Result<Evidence, LibraryFault> {
    let mut entitled = library.ledger(|l| l.thing(case).map(|thing| owners(l, &thing)).unwrap_or_default());
    entitled.extend(reuses.iter().map(|d| d.reuse.org));
    let mut measured = measurements_of(library, case)?;
    for declaration in reuses {
        measured.extend(measurements_of(library, &declaration.reuse.id)?);
    }
    let grounds = Grounds {
        measurements: measured.iter().filter(|m| by(m).is_some_and(|org| entitled.contains(&org))).map(kind).collect(),
        worked_for: reuses.iter().filter(|d| d.worked()).map(|d| d.reuse.org).collect(),
    };
    Ok(Evidence {
        level: level(&grounds, |org| municipalities::by_org(org).map(|m| m.kostra_group)),
        measurements: grounds.measurements.len(),
        worked_for: grounds.worked_for.len(),
    })
}

fn by(measurement: &Measurement) -> Option<OrgNumber> {
    match &measurement.signer {
        Signer::Member(party) => Some(party.org),
        Signer::Registrar | Signer::DataProtection | Signer::Unknown(_) => None,
    }
}

fn kind(measurement: &Measurement) -> (bool, bool) {
    let facts = &measurement.facts;
    (facts.before.is_some() && facts.after.is_some(), facts.evaluated_by.known() == Some(Evaluator::External))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_needs_what_the_domain_model_says() {
        let orgs = ["954597482", "935478715", "961381541"];
        let grounds = |measurements: &[(bool, bool)], worked: usize| Grounds {
            measurements: measurements.to_vec(),
            worked_for: orgs.iter().take(worked).map(|o| o.parse().expect("a number")).collect(),
        };
        let rows: [(Grounds, u8); 8] = [
            (grounds(&[], 0), 0),
            (grounds(&[(false, false)], 0), 1),
            (grounds(&[(false, false), (true, false)], 0), 2),
            (grounds(&[(false, true)], 0), 3),
            (grounds(&[], 1), 4),
            (grounds(&[(true, true)], 2), 4),
            (grounds(&[], 3), 5),
            (grounds(&[(false, true)], 3), 5),
        ];
        for (grounds, expected) in rows {
            let two_groups = |org: OrgNumber| Some(u8::from(org.to_string() == orgs[0]));
            assert_eq!(level(&grounds, two_groups), expected, "{grounds:?}");
            // Three that are alike, or of whom nothing is known, show less.
            assert_eq!(level(&grounds, |_| Some(1)), expected.min(4));
            assert_eq!(level(&grounds, |_| None), expected.min(4));
        }
    }
}
