//! What cases are about, counted: problems without a final solution, parts of the municipality, themes.

use std::collections::{BTreeMap, BTreeSet};

use idenett_protocol::codes::{CodeList, Sector, Theme, WickedProblem};
use idenett_protocol::kind::Kind;

use super::row::Row;

/// How many cases each code has, in the order of the lists; those without one included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subjects {
    /// All cases.
    pub cases: usize,
    /// Problems without a final solution.
    pub wicked: Vec<(WickedProblem, usize)>,
    /// Parts of the municipality.
    pub sectors: Vec<(Sector, usize)>,
    /// Themes; a case of a narrower one counts for the broader too, and once.
    pub themes: Vec<(Theme, usize)>,
}

/// What cases are about, counted as they come and go.
#[derive(Debug, Default)]
pub(super) struct Counts {
    cases: usize,
    wicked: BTreeMap<WickedProblem, usize>,
    sectors: BTreeMap<Sector, usize>,
    themes: BTreeMap<Theme, usize>,
}

impl Counts {
    /// Counts a thing, if it is a case.
    pub(super) fn add(&mut self, row: &Row) {
        self.change(row, |count| *count += 1);
    }

    /// Counts a thing no more.
    pub(super) fn remove(&mut self, row: &Row) {
        self.change(row, |count| *count = count.saturating_sub(1));
    }

    /// The counts, in the order of the lists.
    pub(super) fn subjects(&self) -> Subjects {
        Subjects {
            cases: self.cases,
            wicked: stated(&self.wicked),
            sectors: stated(&self.sectors),
            themes: stated(&self.themes),
        }
    }

    /// Changes the count of each code of a case once.
    fn change(&mut self, row: &Row, change: impl Fn(&mut usize)) {
        if row.kind != Kind::Case {
            return;
        }
        change(&mut self.cases);
        let wicked: BTreeSet<WickedProblem> = row.wicked.iter().copied().collect();
        wicked.into_iter().for_each(|code| change(self.wicked.entry(code).or_default()));
        row.sector.into_iter().for_each(|code| change(self.sectors.entry(code).or_default()));
        let themes: BTreeSet<Theme> = row.themes.iter().flat_map(|t| [Some(*t), t.broader()]).flatten().collect();
        themes.into_iter().for_each(|code| change(self.themes.entry(code).or_default()));
    }
}

fn stated<T: CodeList + Ord>(counts: &BTreeMap<T, usize>) -> Vec<(T, usize)> {
    let stated = T::ALL.iter().filter(|code| **code != T::NOT_STATED);
    stated.map(|code| (*code, counts.get(code).copied().unwrap_or_default())).collect()
}
