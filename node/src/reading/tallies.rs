//! How much each organisation shares and uses, counted as cases and declarations come and go: who tells of all members
//! need not walk through all that they declared.

use std::collections::BTreeMap;

use idenett_protocol::id::EntryId;
use idenett_protocol::organisation::OrgNumber;

/// How much a member shares and uses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Cases that it shared.
    pub shared: usize,
    /// Cases of others that it declares to have in use.
    pub uses: usize,
    /// Others that declare to have something of it in use.
    pub used_by: usize,
}

type Counts = BTreeMap<OrgNumber, usize>;

/// What all share and use. A case that is not here has no owner; who uses it is kept until it comes.
#[derive(Debug, Default)]
pub(super) struct Tallies {
    /// How many cases each shared.
    shared: Counts,
    /// Of each case who declares to have it in use, by how many declarations.
    users: BTreeMap<EntryId, Counts>,
    /// How many cases of others each uses.
    uses: Counts,
    /// Of each owner who uses something of it, and how many of its cases.
    used_by: BTreeMap<OrgNumber, Counts>,
}

impl Tallies {
    /// How much an organisation shares and uses.
    pub(super) fn of(&self, org: OrgNumber) -> Tally {
        Tally {
            shared: self.shared.get(&org).copied().unwrap_or_default(),
            uses: self.uses.get(&org).copied().unwrap_or_default(),
            used_by: self.used_by.get(&org).map_or(0, BTreeMap::len),
        }
    }

    /// Who declares to have a case in use.
    pub(super) fn users(&self, case: &EntryId) -> impl ExactSizeIterator<Item = OrgNumber> {
        static NOBODY: Counts = Counts::new();
        self.users.get(case).unwrap_or(&NOBODY).keys().copied()
    }

    /// A case came.
    pub(super) fn share(&mut self, case: &EntryId, owner: OrgNumber) {
        more(&mut self.shared, owner);
        let users: Vec<OrgNumber> = self.users(case).collect();
        users.into_iter().for_each(|user| self.join(owner, user));
    }

    /// A case went.
    pub(super) fn withdraw(&mut self, case: &EntryId, owner: OrgNumber) {
        less(&mut self.shared, owner);
        let users: Vec<OrgNumber> = self.users(case).collect();
        users.into_iter().for_each(|user| self.part(owner, user));
    }

    /// A declaration came that a case is in use. The owner is that of the case, if it is here.
    pub(super) fn declare(&mut self, case: EntryId, user: OrgNumber, owner: Option<OrgNumber>) {
        let first = more(self.users.entry(case).or_default(), user) == 1;
        if let Some(owner) = owner.filter(|_| first) {
            self.join(owner, user);
        }
    }

    /// A declaration went that a case is in use.
    pub(super) fn take_back(&mut self, case: EntryId, user: OrgNumber, owner: Option<OrgNumber>) {
        let last = less(self.users.entry(case).or_default(), user) == 0;
        if let Some(owner) = owner.filter(|_| last) {
            self.part(owner, user);
        }
    }

    /// One more case of the owner is used by another.
    fn join(&mut self, owner: OrgNumber, user: OrgNumber) {
        if owner != user {
            more(&mut self.uses, user);
            more(self.used_by.entry(owner).or_default(), user);
        }
    }

    /// One case of the owner less is used by another.
    fn part(&mut self, owner: OrgNumber, user: OrgNumber) {
        if owner != user {
            less(&mut self.uses, user);
            less(self.used_by.entry(owner).or_default(), user);
        }
    }
}

/// Counts one more, and gives how many there are.
fn more(counts: &mut Counts, org: OrgNumber) -> usize {
    let count = counts.entry(org).or_default();
    *count += 1;
    *count
}

/// Counts one less, and gives how many are left; who has none is not kept.
fn less(counts: &mut Counts, org: OrgNumber) -> usize {
    let left = counts.remove(&org).unwrap_or_default().saturating_sub(1);
    if left > 0 {
        counts.insert(org, left);
    }
    left
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// What came and did not go.
    #[derive(Default)]
    struct Model {
        cases: BTreeMap<EntryId, OrgNumber>,
        declared: Vec<(EntryId, OrgNumber)>,
    }

    impl Model {
        /// Counts by walking through everything.
        fn tally(&self, org: OrgNumber) -> Tally {
            let pairs = || self.declared.iter().filter_map(|(case, user)| Some((case, *user, *self.cases.get(case)?)));
            let of_others = || pairs().filter(|(_, user, owner)| user != owner);
            let uses: BTreeSet<_> = of_others().filter(|(_, user, _)| *user == org).map(|(case, ..)| case).collect();
            let used_by: BTreeSet<_> =
                of_others().filter(|(.., owner)| *owner == org).map(|(_, user, _)| user).collect();
            let shared = self.cases.values().filter(|owner| **owner == org).count();
            Tally { shared, uses: uses.len(), used_by: used_by.len() }
        }
    }

    #[test]
    fn in_whatever_order_things_come_and_go_the_counts_are_those_of_a_walk() {
        let orgs: [OrgNumber; 4] =
            ["961381541", "935478715", "958935420", "971032146"].map(|org| org.parse().expect("a number"));
        let (mut tallies, mut model, mut chance) = (Tallies::default(), Model::default(), 1_usize);
        let mut below = |n: usize| {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (chance >> 33) % n
        };
        for step in 0..4000 {
            let (case, org) = (EntryId::from_bytes([below(6) as u8; 32]), orgs[below(4)]);
            if below(3) == 0 {
                // A case that is here goes, perhaps to come again with another owner.
                if let Some(owner) = model.cases.remove(&case) {
                    tallies.withdraw(&case, owner);
                } else {
                    model.cases.insert(case, org);
                    tallies.share(&case, org);
                }
            } else if below(2) == 0 && !model.declared.is_empty() {
                let (case, user) = model.declared.swap_remove(below(model.declared.len()));
                tallies.take_back(case, user, model.cases.get(&case).copied());
            } else {
                model.declared.push((case, org));
                tallies.declare(case, org, model.cases.get(&case).copied());
            }
            for org in orgs {
                assert_eq!(tallies.of(org), model.tally(org), "after step {step}");
            }
        }
        assert!(model.declared.len() > 3 && !model.cases.is_empty(), "nothing was left to count");
    }
}
