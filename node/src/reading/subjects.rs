//! What cases are about, counted: problems without a final solution, parts of the municipality, themes.

use std::collections::{BTreeMap, BTreeSet};

use idenett_protocol::codes::{CodeList, Sector, Theme, WickedProblem};
use idenett_protocol::kind::Kind;

use super::catalogue::{Catalogue, Row};

/// How many cases each code has, in the order of the lists; those without one included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subjects {
    /// Problems without a final solution.
    pub wicked: Vec<(WickedProblem, usize)>,
    /// Parts of the municipality.
    pub sectors: Vec<(Sector, usize)>,
    /// Themes; a case of a narrower one counts for the broader too, and once.
    pub themes: Vec<(Theme, usize)>,
}

/// Counts what the cases of a catalogue are about.
pub fn subjects(catalogue: &Catalogue) -> Subjects {
    let rows: Vec<&Row> = catalogue.newest(Kind::Case).collect();
    Subjects {
        wicked: counted(&rows, |row| row.wicked.iter().copied().collect()),
        sectors: counted(&rows, |row| row.sector.into_iter().collect()),
        themes: counted(&rows, |row| row.themes.iter().flat_map(|t| [Some(*t), t.broader()]).flatten().collect()),
    }
}

/// Counts each case once for each of its codes.
fn counted<T: CodeList + Ord>(rows: &[&Row], of: impl Fn(&Row) -> BTreeSet<T>) -> Vec<(T, usize)> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    for code in rows.iter().flat_map(|row| of(row)) {
        *counts.entry(code).or_default() += 1;
    }
    let stated = T::ALL.iter().filter(|code| **code != T::NOT_STATED);
    stated.map(|code| (*code, counts.get(code).copied().unwrap_or_default())).collect()
}
