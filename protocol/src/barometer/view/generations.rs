//! How long the chain is from which a case came.

use std::collections::BTreeMap;

use crate::id::EntryId;

use super::case_at::CaseAt;

/// Cases through which a chain of reuse is followed.
const MAX_GENERATIONS: u8 = 16;

/// Counts the cases from which each came. Rounds over all links until nothing changes, so that neither order nor a
/// circle of cases that name each other matters.
pub(super) fn add_generations(cases: &mut [CaseAt<'_>]) {
    let places: BTreeMap<EntryId, usize> = cases.iter().enumerate().map(|(at, case)| (case.id, at)).collect();
    let links: Vec<(usize, usize)> = cases
        .iter()
        .enumerate()
        .flat_map(|(at, case)| case.now.builds_on.iter().filter_map(|id| places.get(id)).map(move |from| (at, *from)))
        .collect();
    for _ in 0..MAX_GENERATIONS {
        let mut changed = false;
        for (at, from) in &links {
            let behind = cases.get(*from).map_or(0, |c| c.generation).saturating_add(1).min(MAX_GENERATIONS);
            if let Some(case) = cases.get_mut(*at).filter(|c| c.generation < behind) {
                case.generation = behind;
                changed = true;
            }
        }
        if !changed {
            return;
        }
    }
}
