//! Who has shared and reused most, and from whom to whom it went: what spread, never a ranking of failures.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use idenett_protocol::barometer::View;
use idenett_protocol::id::EntryId;
use idenett_protocol::organisation::OrgNumber;

/// Cases and reusers that are named.
const MOST: usize = 10;
/// Ways from one to another that are drawn.
const MAX_ARCS: usize = 120;

/// Who has shared and reused most, and from whom to whom it went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// The cases with most reusers.
    pub cases: Vec<(EntryId, usize)>,
    /// Who uses most cases of others.
    pub reusers: Vec<(OrgNumber, usize)>,
    /// From whom to whom most cases went.
    pub arcs: Vec<((OrgNumber, OrgNumber), usize)>,
}

impl Spread {
    /// What a view shows; of equals those with the smallest ids.
    pub(super) fn of(view: &View<'_>) -> Self {
        let mut reusers: BTreeMap<OrgNumber, usize> = BTreeMap::new();
        let mut arcs: BTreeMap<(OrgNumber, OrgNumber), usize> = BTreeMap::new();
        for (one, case) in view.uses().filter(|(one, _)| one.counts()) {
            *reusers.entry(one.home).or_default() += 1;
            *arcs.entry((case.home, one.home)).or_default() += 1;
        }
        let cases = view.active().filter(|case| case.reusers > 0).map(|case| (case.id, case.reusers));
        Self { cases: most(cases, MOST), reusers: most(reusers, MOST), arcs: most(arcs, MAX_ARCS) }
    }
}

fn most<T: Ord + Copy>(all: impl IntoIterator<Item = (T, usize)>, count: usize) -> Vec<(T, usize)> {
    let mut all: Vec<(T, usize)> = all.into_iter().collect();
    all.sort_by_key(|(what, n)| (Reverse(*n), *what));
    all.truncate(count);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_come_first_and_equals_by_their_ids() {
        assert_eq!(most([(3, 1), (1, 1), (2, 5)], 2), [(2, 5), (1, 1)]);
    }
}
