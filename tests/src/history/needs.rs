//! Needs, some of them met.

use std::collections::BTreeMap;

use idenett_protocol::barometer::{Material, NeedRecord, NeedVersion};
use idenett_protocol::codes::{NeedStatus, Sector, Theme};
use idenett_protocol::id::EntryId;
use idenett_protocol::organisation::OrgNumber;

use super::{any_day, code, codes, id, later, maybe, one, revisions};
use crate::random::Random;

pub(super) fn make(count: usize, material: &Material, random: &mut Random) -> BTreeMap<EntryId, NeedRecord> {
    let orgs: Vec<OrgNumber> = material.members.keys().copied().collect();
    let cases: Vec<EntryId> = material.cases.keys().copied().collect();
    let mut all = BTreeMap::new();
    for _ in 0..count {
        let (subject, opened) = (id(random), any_day(random));
        let mut versions = Vec::new();
        for (at, (number, day)) in revisions(opened, 3, random).into_iter().enumerate() {
            versions.push(NeedVersion {
                id: if at == 0 { subject } else { id(random) },
                number,
                day,
                withdrawn: maybe(5, random, |r| later(day, 500, r)),
                status: if random.chance(50) { Some(NeedStatus::Met) } else { code(random) },
                sector: code::<Sector>(random),
                themes: codes::<Theme>(3, random),
                valid_until: maybe(80, random, |r| later(day, 700, r)),
                met_by: maybe(70, random, |r| one(&cases, r)),
            });
        }
        versions.sort_by_key(|v| (v.number, v.id));
        let withdrawn = maybe(8, random, |r| later(opened, 900, r));
        all.insert(subject, NeedRecord { owner: one(&orgs, random), opened, withdrawn, versions });
    }
    all
}
