//! The programmes of a day.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::EntryId;
use crate::time::Day;

use super::super::material::Material;
use super::case_at::CaseAt;
use super::is_gone;

/// The programmes of a day.
pub(super) struct Programmes {
    live: BTreeSet<EntryId>,
    arenas: BTreeSet<EntryId>,
    /// Of each case the programmes that show it.
    shown_in: BTreeMap<EntryId, Vec<EntryId>>,
}

impl Programmes {
    pub(super) fn at(material: &Material, day: Day) -> Self {
        let mut found = Self { live: BTreeSet::new(), arenas: BTreeSet::new(), shown_in: BTreeMap::new() };
        for (id, programme) in &material.programmes {
            if programme.published > day || is_gone(programme.withdrawn, day) {
                continue;
            }
            found.live.insert(*id);
            if programme.is_arena {
                found.arenas.insert(*id);
            }
            programme.cases.iter().for_each(|case| found.shown_in.entry(*case).or_default().push(*id));
        }
        found
    }

    pub(super) fn add_to(&self, case: &mut CaseAt<'_>) {
        let named = case.now.programmes.iter().copied().filter(|id| self.live.contains(id));
        let mut all: Vec<EntryId> = named.chain(self.shown_in.get(&case.id).into_iter().flatten().copied()).collect();
        all.sort_unstable();
        all.dedup();
        case.in_arena = all.iter().any(|id| self.arenas.contains(id));
        case.programmes = all;
    }
}
