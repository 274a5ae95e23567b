//! A vocabulary that someone else keeps, loaded from a file: words with other words for the same, as Digdir's Los
//! has them. The program carries none; without one the search works as well, but for these words.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use super::analysis;

/// Bytes of a file that is read.
pub const MAX_VOCABULARY_BYTES: u64 = 16 * 1024 * 1024;
/// Words that one file may name.
const MAX_TERMS: usize = 20_000;
/// Other words that are looked for in the place of one.
const MAX_OTHERS: usize = 4;
/// Words of the longest name that is used.
const MAX_RUN: usize = 4;

/// Names with other names for about the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// By the keys of a name, the keys of others.
    others: BTreeMap<Vec<String>, BTreeSet<Vec<String>>>,
    terms: usize,
}

/// Why a file is no vocabulary.
#[derive(Debug, thiserror::Error)]
pub enum VocabularyFault {
    /// It cannot be read.
    #[error("the file cannot be read: {0}")]
    Disk(#[from] std::io::Error),
    /// It is too large.
    #[error("the file has {0} bytes; at most {MAX_VOCABULARY_BYTES} are read")]
    Size(u64),
    /// It is not what was expected.
    #[error("the file is not a list of words like Los (objects with `id`, `pref` and `alt`, each by language): {0}")]
    Form(#[from] serde_json::Error),
    /// It names more words than are kept.
    #[error("the file names {0} words; at most {MAX_TERMS} are kept")]
    Terms(usize),
}

/// One entry of the file.
#[derive(Deserialize)]
struct Entry {
    pref: BTreeMap<String, String>,
    #[serde(default)]
    alt: BTreeMap<String, Vec<String>>,
}

impl Vocabulary {
    /// Reads a file.
    ///
    /// # Errors
    /// Why it is no vocabulary.
    pub fn load(file: &Path) -> Result<Self, VocabularyFault> {
        let size = std::fs::metadata(file)?.len();
        if size > MAX_VOCABULARY_BYTES {
            return Err(VocabularyFault::Size(size));
        }
        Self::read(&std::fs::read(file)?)
    }

    /// Reads the bytes of a file.
    ///
    /// # Errors
    /// Why they are no vocabulary.
    pub fn read(bytes: &[u8]) -> Result<Self, VocabularyFault> {
        let entries: Vec<Entry> = serde_json::from_slice(bytes)?;
        let mut vocabulary = Self { others: BTreeMap::new(), terms: entries.len() };
        if entries.len() > MAX_TERMS {
            return Err(VocabularyFault::Terms(entries.len()));
        }
        for entry in &entries {
            let names: BTreeSet<Vec<String>> =
                ["nb", "nn"].iter().filter_map(|l| entry.pref.get(*l)).filter_map(keys).collect();
            let others = ["nb", "nn"].iter().filter_map(|l| entry.alt.get(*l)).flatten().filter_map(keys);
            for other in others {
                for name in names.iter().filter(|name| **name != other) {
                    // A search word leads to the name of its entry; the name does not lead to all
                    // of them, because they are narrower.
                    vocabulary.others.entry(other.clone()).or_default().insert(name.clone());
                }
            }
        }
        Ok(vocabulary)
    }

    /// How many entries the file had.
    pub const fn terms(&self) -> usize {
        self.terms
    }

    /// Names for about the same as these keys say.
    pub(super) fn others(&self, keys: &[String]) -> Vec<Vec<String>> {
        if keys.len() > MAX_RUN {
            return Vec::new();
        }
        self.others.get(keys).into_iter().flatten().take(MAX_OTHERS).cloned().collect()
    }
}

/// The keys of a name without its small words; `None` if there are none or too many.
fn keys(name: impl AsRef<str>) -> Option<Vec<String>> {
    let words = analysis::words(name.as_ref());
    let keys: Vec<String> = words.into_iter().filter(|w| !analysis::is_filler(&w.folded)).map(|w| w.key).collect();
    (1..=MAX_RUN).contains(&keys.len()).then_some(keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"[{"id":"x","pref":{"nb":"Arbeidsgiver","nn":"Arbeidsgjevar","en":"Employers"},
        "alt":{"nb":["Tiltaksarrangør","Lønns- og trekkoppgave"]},"broader":[]}]"#;

    #[test]
    fn a_search_word_leads_to_the_name_of_its_entry() {
        let vocabulary = Vocabulary::read(FILE.as_bytes()).expect("a vocabulary");
        let of = |name: &str| vocabulary.others(&keys(name).expect("keys"));
        assert_eq!(of("tiltaksarrangøren"), vec![keys("arbeidsgjevaren").expect("keys")]);
        assert_eq!(of("arbeidsgiver"), Vec::<Vec<String>>::new());
        assert_eq!(vocabulary.terms(), 1);
    }

    #[test]
    fn what_is_no_vocabulary_says_so() {
        let said = Vocabulary::read(b"{\"a\":1}").expect_err("no list").to_string();
        assert!(said.contains("Los"), "{said}");
    }
}
