//! Abbreviations of the municipal world and what they stand for, in both directions.

use std::sync::LazyLock;

use super::Word;
use super::groups::{Alternative, Groups};

mod table;

use table::GROUPS;

static INDEX: LazyLock<Groups> = LazyLock::new(|| {
    let mut groups = Groups::default();
    for names in GROUPS {
        groups.lead(names, names);
    }
    groups
});

/// Other ways to say the words of a query: `kunstig intelligens` is `KI`, and the other way about.
pub fn alternatives(query: &[Word]) -> Vec<Alternative> {
    INDEX.alternatives(query)
}

#[cfg(test)]
mod tests;
