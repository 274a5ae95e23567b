//! Norwegian words for the search: bokmål and nynorsk become one language here.
//!
//! A word gets a key that its inflections and its form in the other written language share, and
//! the keys of the parts it is compounded of. Knows no index, no query and no place names; the
//! same text gives the same words on every node.

use std::ops::Range;

mod fold;
mod spelling;
mod lexicon;
mod inflection;
mod derivation;
mod piece;
mod compound;
mod tokens;
mod filler;
mod groups;
mod abbreviation;
mod related;

pub use abbreviation::alternatives;
pub use filler::is_filler;
pub use fold::fold;
pub use groups::Alternative;
pub use related::{near, same, same_as};
pub use tokens::ranges;

/// The version of the analysis: with another one, the same words may get other keys.
pub const FORM: u32 = 2;

/// Letters of the longest word that is looked at. Longer ones are codes and attacks, not words.
pub const MAX_LETTERS: usize = 64;

/// A word of a text, with what it can be found by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands: bytes of the text.
    pub range: Range<usize>,
    /// As it is written, in small letters: what people are shown.
    pub written: String,
    /// The same in plain letters: what is compared.
    pub folded: String,
    /// The same for its inflected forms and for bokmål and nynorsk.
    pub key: String,
    /// Keys of what it is compounded of, and of neighbouring parts together; empty if it is no
    /// compound.
    pub parts: Vec<String>,
    /// The key of the word from which it is derived.
    pub root: Option<String>,
}

/// How a folded word is understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// As in [`Word`].
    pub key: String,
    /// As in [`Word`].
    pub parts: Vec<String>,
    /// As in [`Word`].
    pub root: Option<String>,
}

/// The words of a text, of a document or of a query, in the order in which they stand.
pub fn words(text: &str) -> Vec<Word> {
    ranges(text)
        .filter_map(|range| {
            let written = text.get(range.clone())?.to_lowercase();
            let folded = fold(&written);
            let Reading { key, parts, root } = reading(&folded);
            (!key.is_empty()).then_some(Word { range, written, folded, key, parts, root })
        })
        .collect()
}

/// How a folded word is understood: its key and the keys of its parts.
pub fn reading(folded: &str) -> Reading {
    let atoms = atoms(folded);
    let key = atoms.concat();
    let root = derivation::root(&key);
    Reading { key, parts: compound::parts(&atoms), root }
}

/// The key of a folded word: language-neutral and free of inflection.
pub fn key(folded: &str) -> String {
    atoms(folded).concat()
}

/// The keys of the smallest parts; one if the word is no compound. Joined they are the key of the
/// word, so that it does not matter in how many steps a compound is understood.
fn atoms(folded: &str) -> Vec<String> {
    // Digits, other scripts and what is too long are left as they are.
    if folded.len() > MAX_LETTERS || !folded.bytes().all(|b| b.is_ascii_lowercase()) {
        return vec![folded.to_owned()];
    }
    known(folded)
        .or_else(|| known(&spelling::shared(folded)))
        .map(|key| vec![key])
        .or_else(|| compound::split(folded))
        .unwrap_or_else(|| vec![inflection::stem(folded)])
}

/// The key of a word of the tables, of a form of one, or of a word derived from one.
fn known(folded: &str) -> Option<String> {
    inflection::known(folded).map(|word| word.key.clone()).or_else(|| derivation::known(folded))
}

#[cfg(test)]
mod tests;
