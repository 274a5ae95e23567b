//! Names that may be said for one another, by the keys of their words.

use std::collections::HashMap;
use std::ops::Range;

use super::filler::is_filler;
use super::{Word, words};

/// Words of the longest name.
const MAX_NAME: usize = 5;

/// Words of a query that may be said in another way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// Which words of the query, counted from 0.
    pub at: Range<usize>,
    /// The keys of the other way to say them.
    pub keys: Vec<String>,
}

/// By the keys of a name, the keys of the others.
#[derive(Default)]
pub(super) struct Groups(HashMap<Vec<String>, Vec<Vec<String>>>);

impl Groups {
    /// From each of these names to each of those.
    pub(super) fn lead<'a>(&mut self, from: &[&'a str], to: &[&'a str]) {
        let [from, to] = [from, to].map(|names| names.iter().map(|name| keys(name)).collect::<Vec<_>>());
        for name in &from {
            let others = self.0.entry(name.clone()).or_default();
            // Bokmål and nynorsk names have the same keys, and count once.
            for other in to.iter().filter(|other| *other != name) {
                if !others.contains(other) {
                    others.push(other.clone());
                }
            }
        }
    }

    /// Other ways to say the words of a query.
    pub(super) fn alternatives(&self, query: &[Word]) -> Vec<Alternative> {
        let keys: Vec<String> = query.iter().map(|word| word.key.clone()).collect();
        let mut found = Vec::new();
        for start in 0..keys.len() {
            for end in start + 1..=keys.len().min(start + MAX_NAME) {
                let others = self.others(keys.get(start..end).unwrap_or_default());
                found.extend(others.iter().map(|keys| Alternative { at: start..end, keys: keys.clone() }));
            }
        }
        found
    }

    /// Other ways to say these keys.
    pub(super) fn others(&self, keys: &[String]) -> &[Vec<String>] {
        self.0.get(keys).map_or(&[], Vec::as_slice)
    }
}

/// The keys of a name, without the small words that a query is rid of.
fn keys(name: &str) -> Vec<String> {
    words(name).into_iter().filter(|word| !is_filler(&word.folded)).map(|word| word.key).collect()
}
