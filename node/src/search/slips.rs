//! One slip of the pen is forgiven: a word that nobody wrote is looked for as the words that differ from it by one
//! letter more, less, other, or two that changed places.

use std::collections::BTreeMap;

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::SearchFault;
use super::analysis::{self, Word};
use super::concept::{Concept, smallest as atoms};
use super::store::Fields;
use super::tokens::{head, is_part, part};

/// Letters from which on a word is long enough to have been meant otherwise.
const MIN_LETTERS: usize = 4;
/// Words that are taken for what was meant, the most frequent ones.
const MAX_MEANT: usize = 6;
/// Places at which a compound is parted to look for the slip in one half.
const MAX_SPLITS: usize = 4;
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
        let mut meant = written.clone();
        // A compound that is only written in the other language, or with another ending.
        let key: String = concept.word.key.chars().filter(char::is_ascii_alphanumeric).collect();
        for form in [&concept.word.folded, &key] {
            meant.extend(neighbours(searcher, fields.keys, form)?.into_iter().filter(|key| !is_part(key)));
        }
        if meant.is_empty() {
            meant = by_part(searcher, fields, &concept.word)?;
        }
        meant.dedup();
        meant.truncate(MAX_MEANT);
        if let Some(first) = written.first().or(meant.first()) {
            taken.push((concept.word.written.clone(), first.clone()));
        }
        concept.add_slips(&meant);
    }
    Ok(taken)
}

/// Compounds of the index that differ by one slip within one part, which others have written as a word.
fn by_part(searcher: &Searcher, fields: Fields, word: &Word) -> Result<Vec<String>, SearchFault> {
    let atoms = atoms(word);
    let whole = word.folded.as_str();
    let is_piece = |text: &str| {
        let key = analysis::key(text);
        (1..atoms.len()).any(|at| [atoms.get(..at), atoms.get(at..)].iter().flatten().any(|of| of.concat() == key))
    };
    // The key of a word that no table knows ends in a mark.
    let is_unknown = |text: &str| !analysis::key(text).ends_with(char::is_alphanumeric);
    let mut found = Vec::new();
    let mut tried = 0;
    for at in MIN_LETTERS..whole.len().saturating_sub(MIN_LETTERS) {
        let Some((before, after)) = whole.split_at_checked(at) else { continue };
        let in_after = is_piece(before) && is_unknown(after);
        let in_before = is_piece(after) && is_unknown(before);
        if tried == MAX_SPLITS || !(in_after || in_before) {
            continue;
        }
        tried += 1;
        for meant in neighbours(searcher, fields.written, if in_after { after } else { before })? {
            let mended = if in_after { [before, &meant].concat() } else { [&meant, after].concat() };
            if has(searcher, fields, &analysis::key(&mended))? {
                found.push(mended);
            }
        }
    }
    Ok(found)
}

/// Whether a word stands in the index, by its key.
fn has(searcher: &Searcher, fields: Fields, key: &str) -> Result<bool, SearchFault> {
    for term in [key.to_owned(), part(key), head(key)] {
        if searcher.doc_freq(&Term::from_field_text(fields.keys, &term))? > 0 {
            return Ok(true);
        }
    }
    Ok(false)
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
