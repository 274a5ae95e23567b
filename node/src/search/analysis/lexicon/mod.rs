//! The tables of words: pairs whose forms in the two written languages no rule relates, and stems
//! that both share.
//!
//! A line of a `.tsv` file is one word: bokmål first, then, after tabs or spaces, its nynorsk and
//! irregular forms. A `.txt` file is a list of words that are alike in both. `#` begins a heading.
//! Words stand in the form of a dictionary; a word that stands here is never split.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::fold::fold;

const PAIRS: [&str; 8] = [
    include_str!("everyday.tsv"),
    include_str!("health.tsv"),
    include_str!("school.tsv"),
    include_str!("welfare.tsv"),
    include_str!("work.tsv"),
    include_str!("technical.tsv"),
    include_str!("democracy.tsv"),
    include_str!("digital.tsv"),
];
const STEMS: [&str; 5] = [
    include_str!("stems_common.txt"),
    include_str!("stems_people.txt"),
    include_str!("stems_places.txt"),
    include_str!("stems_work.txt"),
    include_str!("stems_wide.txt"),
];
/// Found as whole words only: `er` and `se` would be found within every other word.
const ALONE: [&str; 1] = [include_str!("alone.tsv")];

/// Spellings of nynorsk that follow from those of bokmål: how a word ends there and here.
const SPELLINGS: [(&str, &str); 6] =
    [("ke", "kje"), ("ge", "gje"), ("lig", "leg"), ("het", "heit"), ("loes", "laus"), ("som", "sam")];

static ENTRIES: LazyLock<HashMap<String, Entry>> = LazyLock::new(read);

/// What the tables know of a form of a word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    /// The key of the word, in all its forms.
    pub(super) key: String,
    /// Whether it may be a piece of a compound.
    pub(super) joins: bool,
}

/// A word that stands in the tables exactly so.
pub(super) fn find(folded: &str) -> Option<&'static Entry> {
    ENTRIES.get(folded)
}

/// Forms that are written take precedence over those that follow by a rule.
fn read() -> HashMap<String, Entry> {
    let mut entries = HashMap::new();
    for (row, joins) in rows() {
        let entry = Entry { key: fold(row.first().copied().unwrap_or_default()), joins };
        for form in row {
            entries.entry(fold(form)).or_insert_with(|| entry.clone());
        }
    }
    let mut respelled: Vec<(String, Entry)> =
        entries.iter().filter_map(|(form, entry)| Some((other_spelling(form)?, entry.clone()))).collect();
    // Of two that meet in one spelling the same wins on every node.
    respelled.sort();
    for (form, entry) in respelled {
        entries.entry(form).or_insert(entry);
    }
    entries
}

/// The rows of all tables, a key word and its other forms, and whether they may be joined.
fn rows() -> impl Iterator<Item = (Vec<&'static str>, bool)> {
    let lines = |files: &'static [&'static str]| {
        files.iter().flat_map(|file| file.lines()).filter(|line| !line.starts_with('#'))
    };
    let row = |line: &'static str| line.split_whitespace().collect::<Vec<_>>();
    let pairs = lines(&PAIRS).map(move |line| (row(line), true));
    let stems = lines(&STEMS).flat_map(str::split_whitespace).map(|word| (vec![word], true));
    let alone = lines(&ALONE).map(move |line| (row(line), false));
    pairs.chain(stems).chain(alone).filter(|(row, _)| !row.is_empty())
}

fn other_spelling(form: &str) -> Option<String> {
    SPELLINGS.iter().find_map(|(here, there)| form.strip_suffix(here).map(|stem| [stem, there].concat()))
}

#[cfg(test)]
mod tests;
