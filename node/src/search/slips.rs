//! One slip of the pen is forgiven: a word that nobody wrote is looked for as the words that differ from it by one
//! letter more, less, other, or two that changed places.

use std::collections::BTreeMap;

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::SearchFault;
use super::analysis;
use super::concept::Concept;
use super::store::Fields;
use super::tokens::PART;

/// Letters from which on a word is long enough to have been meant otherwise.
const MIN_LETTERS: usize = 4;
/// Words that are taken for what was meant, the most frequent ones.
const MAX_MEANT: usize = 6;
/// Words that are looked at; a short word has many neighbours.
const MAX_SEEN: usize = 200;

/// Words of the index that are one slip away, for each concept that the index has nothing for.
/// Gives what was typed with what it was taken for.
pub(super) fn forgive(
    searcher: &Searcher,
    fields: Fields,
    concepts: &mut [Concept],
) -> Result<Vec<(String, String)>, SearchFault> {
    let mut taken = Vec::new();
    for concept in concepts {
        if concept.word.folded.chars().count() < MIN_LETTERS || is_known(searcher, fields, concept)? {
            continue;
        }
        let written = neighbours(searcher, fields.written, &concept.word.folded)?;
        let mut keys: Vec<String> = written.iter().map(|word| analysis::key(word)).collect();
        // A compound that is only written in the other language, or with another ending.
        let key: String = concept.word.key.chars().filter(char::is_ascii_alphanumeric).collect();
        for form in [&concept.word.folded, &key] {
            keys.extend(neighbours(searcher, fields.keys, form)?.into_iter().filter(|key| !key.starts_with(PART)));
        }
        keys.dedup();
        keys.truncate(MAX_MEANT);
        if let Some(first) = written.first().or(keys.first()) {
            taken.push((concept.word.folded.clone(), first.clone()));
        }
        concept.add_slips(&keys);
    }
    Ok(taken)
}

/// Whether the index has the word itself or all of it in some other way; single parts of it do
/// not make a word known.
fn is_known(searcher: &Searcher, fields: Fields, concept: &Concept) -> Result<bool, SearchFault> {
    for term in concept.whole_terms() {
        if searcher.doc_freq(&Term::from_field_text(fields.keys, term))? > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

fn neighbours(searcher: &Searcher, field: Field, word: &str) -> Result<Vec<String>, SearchFault> {
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    let one_edit = FuzzyTermQuery::new(Term::from_field_text(field, word), 1, true);
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut stream = index.terms().search(one_edit.automaton()?).into_stream()?;
        while seen.len() < MAX_SEEN && stream.advance() {
            if let Ok(found) = std::str::from_utf8(stream.key()) {
                *seen.entry(found.to_owned()).or_default() += u64::from(stream.value().doc_freq);
            }
        }
    }
    let mut found: Vec<(String, u64)> = seen.into_iter().collect();
    found.sort_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
    Ok(found.into_iter().take(MAX_MEANT).map(|(word, _)| word).collect())
}
