//! How well each case of a segment answers a question: term by term, best way of finding each word, all words
//! added up. The frequencies of a word in all fields are one frequency (BM25F by repetition in the index).

use tantivy::postings::Postings;
use tantivy::query::{EnableScoring, PhraseQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use super::SearchFault;
use super::concept::{Concept, How, Phrase, Way};
use super::store::Fields;

/// How soon more of the same word says no more.
const SATURATION: f32 = 1.3;
/// How much a long text is held against it.
const LENGTH_NORM: f32 = 0.5;

/// How much of a question a case must answer to be shown, by the weight of its words.
const ENOUGH: f32 = 0.22;

/// What is known of a question in the whole index.
pub(super) struct Weighed {
    concepts: Vec<(Concept, f32)>,
    phrases: Vec<Phrase>,
    /// What the words weigh together.
    weight: f32,
    mean_length: f32,
    fields: Fields,
}

/// What a case scored, and how much of the question it answers.
#[derive(Clone, Copy, Default)]
pub(super) struct Score {
    pub(super) sum: f32,
    /// The weight of the words that it answers, each by how well.
    answered: f32,
    /// The phrases that it has, each a bit.
    found: u8,
}

/// The best way in which a case has a word.
#[derive(Clone, Copy, Default)]
struct Best {
    value: f32,
    weight: f32,
}

impl Weighed {
    /// Weighs each word by how rare it is.
    pub(super) fn new(
        searcher: &Searcher,
        fields: Fields,
        concepts: Vec<Concept>,
        phrases: &[Phrase],
    ) -> Result<Self, SearchFault> {
        let documents = searcher.num_docs().max(1) as f32;
        let mut weighed = Vec::with_capacity(concepts.len());
        for concept in concepts {
            let most = match most_frequent(searcher, fields, &concept, |how| how != How::Synonym)? {
                0 => most_frequent(searcher, fields, &concept, |_| true)?,
                most => most,
            };
            let rarity = (1.0 + (documents - most as f32 + 0.5).max(0.5) / (most as f32 + 0.5)).ln();
            weighed.push((concept, rarity));
        }
        let mut tokens = 0;
        for segment in searcher.segment_readers() {
            tokens += segment.inverted_index(fields.keys)?.total_num_tokens();
        }
        let mean_length = (tokens as f32 / documents).max(1.0);
        let weight = weighed.iter().map(|(_, rarity)| rarity).sum();
        Ok(Self { concepts: weighed, phrases: phrases.to_vec(), weight, mean_length, fields })
    }

    /// Whether no words were asked for, so that everything is an answer.
    pub(super) fn is_open(&self) -> bool {
        self.concepts.is_empty() && self.phrases.is_empty()
    }

    /// Whether a case answers enough to be shown. A part of a compound alone does not.
    pub(super) fn is_answer(&self, score: Score) -> bool {
        score.found.count_ones() as usize == self.phrases.len() && (self.is_open() || self.coverage(score) >= ENOUGH)
    }

    /// How much of the question a case answers, from 0 to 1.
    pub(super) fn coverage(&self, score: Score) -> f32 {
        if self.concepts.is_empty() { 1.0 } else { score.answered / self.weight }
    }

    /// The words that were asked for.
    pub(super) fn into_concepts(self) -> Vec<Concept> {
        self.concepts.into_iter().map(|(concept, _)| concept).collect()
    }

    /// The scores of a segment, by document.
    pub(super) fn score(&self, segment: &SegmentReader, searcher: &Searcher) -> Result<Vec<Score>, SearchFault> {
        let mut scores = vec![Score::default(); segment.max_doc() as usize];
        let mut best: Vec<Best> = vec![Best::default(); scores.len()];
        let mut touched: Vec<DocId> = Vec::new();
        let reader = SegmentTerms::new(segment, self)?;
        for (concept, rarity) in &self.concepts {
            for way in &concept.ways {
                for (doc, found) in reader.way(way)? {
                    let Some(at) = best.get_mut(doc as usize) else { continue };
                    if at.value == 0.0 {
                        touched.push(doc);
                    }
                    if found * way.weight > at.value {
                        *at = Best { value: found * way.weight, weight: way.weight };
                    }
                }
            }
            for doc in touched.drain(..) {
                let (Some(found), Some(score)) = (best.get_mut(doc as usize), scores.get_mut(doc as usize)) else {
                    continue;
                };
                let Best { value, weight } = std::mem::take(found);
                score.sum += value * rarity;
                score.answered += weight * rarity;
            }
        }
        self.add_phrases(segment, searcher, &mut scores)?;
        Ok(scores)
    }

    fn add_phrases(
        &self,
        segment: &SegmentReader,
        searcher: &Searcher,
        scores: &mut [Score],
    ) -> Result<(), SearchFault> {
        for (at, phrase) in self.phrases.iter().enumerate() {
            for keys in phrase {
                let terms: Vec<Term> = keys.iter().map(|k| Term::from_field_text(self.fields.keys, k)).collect();
                let query: Box<dyn Query> = match terms.as_slice() {
                    [only] => Box::new(TermQuery::new(only.clone(), IndexRecordOption::WithFreqs)),
                    _ => Box::new(PhraseQuery::new(terms)),
                };
                let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
                let mut found = weight.scorer(segment, 1.0)?;
                while found.doc() != TERMINATED {
                    let value = found.score();
                    if let Some(score) = scores.get_mut(found.doc() as usize) {
                        score.sum += value;
                        score.found |= 1 << at;
                    }
                    found.advance();
                }
            }
        }
        Ok(())
    }
}

/// In how many documents the most frequent of the terms stands that are as good as the word.
fn most_frequent(
    searcher: &Searcher,
    fields: Fields,
    concept: &Concept,
    of: impl Fn(How) -> bool,
) -> Result<u64, SearchFault> {
    let mut most = 0;
    for way in concept.ways.iter().filter(|way| of(way.how) && way.weight >= 0.5 && way.terms.len() == 1) {
        for (term, _) in way.terms.iter().flatten() {
            most = most.max(searcher.doc_freq(&Term::from_field_text(fields.keys, term))?);
        }
    }
    Ok(most)
}

/// The terms of one segment.
struct SegmentTerms<'a> {
    weighed: &'a Weighed,
    index: std::sync::Arc<tantivy::InvertedIndexReader>,
    /// By the stored length of a text, what a frequency is divided by.
    norms: [f32; 256],
    lengths: Option<tantivy::fieldnorm::FieldNormReader>,
}

impl<'a> SegmentTerms<'a> {
    fn new(segment: &SegmentReader, weighed: &'a Weighed) -> Result<Self, SearchFault> {
        let mut norms = [0.0; 256];
        for (id, norm) in (0..=u8::MAX).zip(&mut norms) {
            let length = tantivy::fieldnorm::FieldNormReader::id_to_fieldnorm(id) as f32;
            *norm = SATURATION * (1.0 - LENGTH_NORM + LENGTH_NORM * length / weighed.mean_length);
        }
        let field = weighed.fields.keys;
        let lengths = segment.fieldnorms_readers().get_field(field)?;
        Ok(Self { weighed, index: segment.inverted_index(field)?, norms, lengths })
    }

    /// Where a word is found in this way, by document.
    fn way(&self, way: &Way) -> Result<Vec<(DocId, f32)>, SearchFault> {
        let mut terms = way.terms.iter();
        let Some(first) = terms.next() else { return Ok(Vec::new()) };
        let mut found = self.either(first)?;
        for term in terms {
            if found.is_empty() {
                break;
            }
            found = both(&found, &self.either(term)?);
        }
        Ok(found)
    }

    /// Where one of these terms stands.
    fn either(&self, terms: &[(String, f32)]) -> Result<Vec<(DocId, f32)>, SearchFault> {
        let mut found: Vec<(DocId, f32)> = Vec::new();
        for (term, weight) in terms {
            let here = self.postings(term, *weight)?;
            found = if found.is_empty() { here } else { merged(&found, &here) };
        }
        Ok(found)
    }

    fn postings(&self, term: &str, weight: f32) -> Result<Vec<(DocId, f32)>, SearchFault> {
        let term = Term::from_field_text(self.weighed.fields.keys, term);
        let Some(mut postings) = self.index.read_postings(&term, IndexRecordOption::WithFreqs)? else {
            return Ok(Vec::new());
        };
        let mut found = Vec::with_capacity(postings.size_hint() as usize);
        while postings.doc() != TERMINATED {
            let (doc, often) = (postings.doc(), postings.term_freq() as f32);
            let length = self.lengths.as_ref().map_or(0, |l| l.fieldnorm_id(doc));
            let norm = self.norms.get(usize::from(length)).copied().unwrap_or(SATURATION);
            found.push((doc, weight * often * (1.0 + SATURATION) / (often + norm)));
            postings.advance();
        }
        Ok(found)
    }
}

/// What stands in both lists; the weaker counts, for a chain is as strong as its weakest link.
fn both(a: &[(DocId, f32)], b: &[(DocId, f32)]) -> Vec<(DocId, f32)> {
    let mut rest = b.iter().peekable();
    let mut found = Vec::new();
    for (doc, value) in a {
        while rest.next_if(|(other, _)| other < doc).is_some() {}
        if let Some((_, other)) = rest.next_if(|(other, _)| other == doc) {
            found.push((*doc, value.min(*other)));
        }
    }
    found
}

/// What stands in either list; the stronger counts.
fn merged(a: &[(DocId, f32)], b: &[(DocId, f32)]) -> Vec<(DocId, f32)> {
    let mut found = Vec::with_capacity(a.len() + b.len());
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    loop {
        let next = match (a.peek(), b.peek()) {
            (Some((x, _)), Some((y, _))) => (x <= y, y <= x),
            (Some(_), None) => (true, false),
            (None, Some(_)) => (false, true),
            (None, None) => return found,
        };
        let left = if next.0 { a.next() } else { None };
        let right = if next.1 { b.next() } else { None };
        if let Some((doc, _)) = left.or(right) {
            let value = [left, right].into_iter().flatten().map(|(_, v)| *v).fold(0.0, f32::max);
            found.push((*doc, value));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_joined_by_document() {
        let a = [(1, 2.0), (4, 1.0), (7, 3.0)];
        let b = [(0, 1.0), (4, 2.0), (7, 1.0), (9, 1.0)];
        assert_eq!(both(&a, &b), [(4, 1.0), (7, 1.0)]);
        assert_eq!(merged(&a, &b), [(0, 1.0), (1, 2.0), (4, 2.0), (7, 3.0), (9, 1.0)]);
        assert_eq!((both(&a, &[]), merged(&[], &b).len()), (vec![], 4));
    }
}
