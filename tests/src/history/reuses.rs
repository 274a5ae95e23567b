//! Declarations of reuse: of others' cases, and now and then of one's own.

use std::collections::BTreeMap;

use idenett_protocol::barometer::{Material, ReuseRecord, ReuseVersion};
use idenett_protocol::body::{Amount, Saved};
use idenett_protocol::codes::{Channel, CodeList, Lang, Origin, ReuseStatus, SavedUnit, SavingMethod};
use idenett_protocol::id::EntryId;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::time::Day;

use super::{code, confirmations, id, later, maybe, one, revisions};
use crate::random::Random;

const UNITS: [&str; 3] = ["nord", "sør", "øst"];

pub(super) fn make(
    count: usize,
    material: &Material,
    random: &mut Random,
) -> BTreeMap<EntryId, BTreeMap<EntryId, ReuseRecord>> {
    let orgs: Vec<OrgNumber> = material.members.keys().copied().collect();
    let cases: Vec<(EntryId, Day)> = material.cases.iter().map(|(id, case)| (*id, case.published)).collect();
    let mut all: BTreeMap<EntryId, BTreeMap<EntryId, ReuseRecord>> = BTreeMap::new();
    let mut last = (cases[0], orgs[0]);
    for _ in 0..count {
        // Many declare more than once about the same case: of another unit, or in place of what they said before.
        if !random.chance(35) {
            last = (one(&cases, random), one(&orgs, random));
        }
        let ((case, published), org) = last;
        let (subject, record) = reuse(org, later(published, 1_200, random), random);
        all.entry(case).or_default().insert(subject, record);
    }
    all
}

fn reuse(org: OrgNumber, declared: Day, random: &mut Random) -> (EntryId, ReuseRecord) {
    let (subject, unit) = (id(random), maybe(60, random, |r| one(&UNITS, r).to_owned()));
    let mut versions = Vec::new();
    for (at, (number, day)) in revisions(declared, 3, random).into_iter().enumerate() {
        let id = if at == 0 { subject } else { id(random) };
        let mut version = version(id, number, day, random);
        version.unit.clone_from(&unit);
        versions.push(version);
    }
    versions.sort_by_key(|v| (v.number, v.id));
    let withdrawn = maybe(8, random, |r| later(declared, 900, r));
    (subject, ReuseRecord { org, declared, withdrawn, versions, confirmed: confirmations(declared, random) })
}

fn version(id: EntryId, number: u32, day: Day, random: &mut Random) -> ReuseVersion {
    let status = if random.chance(70) { Some(ReuseStatus::InUse) } else { code(random) };
    ReuseVersion {
        id,
        number,
        day,
        withdrawn: maybe(6, random, |r| later(day, 500, r)),
        degree: code::<Origin>(random),
        status,
        in_use: maybe(50, random, |r| later(day.add_days(-300), 500, r)),
        unit: None,
        lang: code::<Lang>(random),
        valid_until: maybe(85, random, |r| later(day, 1_100, r)),
        channel: code::<Channel>(random),
        saved: maybe(50, random, saved),
        outcome: maybe(50, random, |r| one(&[-2, -1, 0, 1, 2], r)),
    }
}

fn saved(random: &mut Random) -> Saved {
    let mut amount = |most: u64| i64::try_from(random.below(most)).expect("an amount");
    let (low, expected, high) = (amount(1_000), amount(1_000_000), amount(2_000_000));
    Saved {
        amount: Amount {
            low: maybe(60, random, |_| low),
            expected: maybe(80, random, |_| expected),
            high: maybe(60, random, |_| high),
        },
        unit: one(SavedUnit::ALL, random).into(),
        price_year: maybe(50, random, |_| 2025),
        method: one(SavingMethod::ALL, random).into(),
    }
}
