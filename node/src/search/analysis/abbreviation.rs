//! Abbreviations of the municipal world and what they stand for, in both directions.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::fold::fold;
use super::{Word, words};

mod table;

use table::GROUPS;

/// Words of a query that may be said in another way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// Which words of the query, counted from 0.
    pub at: Range<usize>,
    /// The keys of the other way to say them.
    pub keys: Vec<String>,
}

/// A group with the keys of each of its members.
struct Group {
    members: Vec<Vec<String>>,
}

/// All groups, and which members of which begin with a key.
struct Index {
    groups: Vec<Group>,
    starts: HashMap<String, Vec<(usize, usize)>>,
    plain: HashMap<String, usize>,
}

static INDEX: LazyLock<Index> = LazyLock::new(read);

/// What a folded abbreviation stands for, and the abbreviation of a folded word: `ki` gives `AI` and
/// `kunstig intelligens`. The word itself is among them. For phrases see [`alternatives`].
pub fn abbreviations(folded: &str) -> &'static [&'static str] {
    INDEX.plain.get(folded).and_then(|at| GROUPS.get(*at)).copied().unwrap_or_default()
}

/// Other ways to say the words of a query: `kunstig intelligens` is `KI`, and the other way about.
pub fn alternatives(query: &[Word]) -> Vec<Alternative> {
    let mut found = Vec::new();
    for (start, word) in query.iter().enumerate() {
        for (group, member) in INDEX.starts.get(&word.key).into_iter().flatten() {
            let Some(Group { members }) = INDEX.groups.get(*group) else { continue };
            let said = members.get(*member).map_or(&[][..], Vec::as_slice);
            let rest = query.iter().skip(start).map(|w| &w.key);
            if rest.take(said.len()).eq(said) {
                let at = start..start + said.len();
                let others = members.iter().filter(|keys| keys.as_slice() != said);
                found.extend(others.map(|keys| Alternative { at: at.clone(), keys: keys.clone() }));
            }
        }
    }
    found
}

fn read() -> Index {
    let mut index = Index { groups: Vec::new(), starts: HashMap::new(), plain: HashMap::new() };
    for (at, names) in GROUPS.iter().enumerate() {
        let mut members: Vec<Vec<String>> = Vec::new();
        for name in *names {
            index.plain.entry(fold(name)).or_insert(at);
            let keys: Vec<String> = words(name).into_iter().map(|word| word.key).collect();
            // Bokmål and nynorsk names have the same keys, and count once.
            if !members.contains(&keys) {
                members.push(keys);
            }
        }
        for (member, keys) in members.iter().enumerate() {
            index.starts.entry(keys.first().cloned().unwrap_or_default()).or_default().push((at, member));
        }
        index.groups.push(Group { members });
    }
    index
}

#[cfg(test)]
mod tests;
