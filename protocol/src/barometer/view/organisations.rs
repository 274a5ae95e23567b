//! Every organisation that a material names, each with a place of its own, so that what is asked of it again and again
//! is found out once: who inherits from it by a day, and who followed it.

use std::collections::BTreeSet;

use crate::organisation::OrgNumber;
use crate::time::Day;

use super::super::material::{CaseRecord, Material};
use super::super::places::Structure;

/// The places of an organisation and of its heir of today among all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct OrgAt {
    /// Who it was then.
    pub(in super::super) then: usize,
    /// Under whose name it counts today.
    pub(in super::super) today: usize,
}

/// Every organisation that is named, by number.
#[derive(Debug)]
pub(in super::super) struct Organisations {
    all: Vec<OrgNumber>,
    /// Of each the place of its heir.
    heirs: Vec<usize>,
    /// Of each those that followed it.
    followers: Vec<BTreeSet<OrgNumber>>,
}

impl Organisations {
    pub(super) fn of(material: &Material, structure: &Structure<'_>, day: Day) -> Self {
        let mut named = material.organisations();
        let heirs: Vec<OrgNumber> = named.iter().map(|org| structure.heir(*org, day)).collect();
        named.extend(heirs);
        let all: Vec<OrgNumber> = named.into_iter().collect();
        let place = |org: &OrgNumber| all.binary_search(org).unwrap_or(all.len());
        let heirs = all.iter().map(|org| place(&structure.heir(*org, day))).collect();
        let followers = all.iter().map(|org| structure.successors(*org, day)).collect();
        Self { all, heirs, followers }
    }

    /// All of them, by place.
    pub(in super::super) fn all(&self) -> &[OrgNumber] {
        &self.all
    }

    /// The place of an organisation; behind all others if the material does not name it.
    pub(in super::super) fn place(&self, org: OrgNumber) -> usize {
        self.all.binary_search(&org).unwrap_or(self.all.len())
    }

    pub(super) fn org(&self, place: usize) -> Option<OrgNumber> {
        self.all.get(place).copied()
    }

    /// The place of the organisation that took over all that the one at a place had.
    pub(super) fn heir(&self, place: usize) -> usize {
        self.heirs.get(place).copied().unwrap_or(place)
    }

    /// An organisation and its heir.
    pub(super) fn both(&self, org: OrgNumber) -> OrgAt {
        let then = self.place(org);
        OrgAt { then, today: self.heir(then) }
    }

    /// Those that followed the organisation at a place by the day.
    pub(super) fn followers(&self, place: usize) -> &BTreeSet<OrgNumber> {
        const NONE: &BTreeSet<OrgNumber> = &BTreeSet::new();
        self.followers.get(place).unwrap_or(NONE)
    }

    /// Who owns a case, co-owners that confirmed it by a day and all that followed one of them included. `into` is
    /// emptied first: it is lent again and again, because this is asked of every case.
    pub(super) fn owners(&self, record: &CaseRecord, owner: OrgNumber, day: Day, into: &mut Vec<OrgNumber>) {
        into.clear();
        let confirmed = record.co_owners.iter().filter(|(_, since)| **since <= day).map(|(org, _)| *org);
        into.extend([owner].into_iter().chain(record.about).chain(confirmed));
        for at in 0..into.len() {
            let Some(org) = into.get(at).copied() else { break };
            into.extend(self.followers(self.place(org)));
        }
    }
}
