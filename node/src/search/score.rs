//! How well each case of a segment answers a question: term by term, best way of finding each word, all words
//! added up. The frequencies of a word in all fields are one frequency (BM25F by repetition in the index).

use std::collections::BTreeMap;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EnableScoring, PhraseQuery, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term};

use super::SearchFault;
use super::concept::{Concept, How, Phrase};
use super::store::Fields;

/// How soon more of the same word says no more.
const SATURATION: f32 = 1.3;
/// How much a long text is held against it.
const LENGTH_NORM: f32 = 0.5;

/// How much of a question a case must answer to be shown, by the weight of its words.
const ENOUGH: f32 = 0.22;

/// What is known of a question in the whole index.
pub(super) struct Weighed {
    sought: Vec<Sought>,
    phrases: Vec<Phrase>,
    /// What the words weigh together.
    weight: f32,
    saturation: Saturation,
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

/// A word of the question as the index is asked for it.
struct Sought {
    concept: Concept,
    /// How much it says, the more the rarer it is.
    rarity: f32,
    /// Terms that each stand for the word: by what a frequency is multiplied, and how well the word is answered.
    terms: Vec<(Term, f32, f32)>,
    /// Ways for which several terms must be there, with how well the word is answered.
    chains: Vec<(Chain, f32)>,
}

/// Lists of terms; one of each must be there.
type Chain = Vec<Vec<(Term, f32)>>;

impl Weighed {
    /// Weighs each word by how rare it is.
    pub(super) fn new(
        searcher: &Searcher,
        fields: Fields,
        concepts: Vec<Concept>,
        phrases: &[Phrase],
    ) -> Result<Self, SearchFault> {
        let documents = searcher.num_docs().max(1) as f32;
        let mut sought = Vec::with_capacity(concepts.len());
        for concept in concepts {
            let most = match most_frequent(searcher, fields, &concept, |how| how != How::Synonym)? {
                0 => most_frequent(searcher, fields, &concept, |_| true)?,
                most => most,
            };
            let rarity = (1.0 + (documents - most as f32 + 0.5).max(0.5) / (most as f32 + 0.5)).ln();
            let (terms, chains) = (single_terms(&concept, fields), chains(&concept, fields));
            sought.push(Sought { concept, rarity, terms, chains });
        }
        let mut tokens = 0;
        for segment in searcher.segment_readers() {
            tokens += segment.inverted_index(fields.keys)?.total_num_tokens();
        }
        let mean_length = (tokens as f32 / documents).max(1.0);
        let weight = sought.iter().map(|sought| sought.rarity).sum();
        let saturation = Saturation::new(mean_length);
        Ok(Self { sought, phrases: phrases.to_vec(), weight, saturation, fields })
    }

    /// Whether no words were asked for, so that everything is an answer.
    pub(super) fn is_open(&self) -> bool {
        self.sought.is_empty() && self.phrases.is_empty()
    }

    /// How much of the question a case answers, from 0 to 1.
    pub(super) fn coverage(&self, score: Score) -> f32 {
        if self.sought.is_empty() { 1.0 } else { score.answered / self.weight }
    }

    /// The words that were asked for.
    pub(super) fn into_concepts(self) -> Vec<Concept> {
        self.sought.into_iter().map(|sought| sought.concept).collect()
    }

    /// The documents of a segment that answer enough to be shown, with their scores.
    pub(super) fn answers(
        &self,
        segment: &SegmentReader,
        searcher: &Searcher,
    ) -> Result<Vec<(DocId, Score)>, SearchFault> {
        let mut scores = vec![Score::default(); segment.max_doc() as usize];
        let mut board = Board::new(scores.len());
        let reader = SegmentTerms::new(segment, self)?;
        for sought in &self.sought {
            for (term, factor, weight) in &sought.terms {
                reader.each(term, |doc, found| board.offer(doc, Best { value: found * factor, weight: *weight }))?;
            }
            for (chain, weight) in &sought.chains {
                for (doc, found) in reader.chain(chain)? {
                    board.offer(doc, Best { value: found * weight, weight: *weight });
                }
            }
            board.clear(|doc, best| {
                if let Some(score) = scores.get_mut(doc as usize) {
                    score.sum += best.value * sought.rarity;
                    score.answered += best.weight * sought.rarity;
                }
            });
        }
        self.add_phrases(segment, searcher, &mut scores)?;
        // A part of a compound alone is not enough.
        let enough = ENOUGH * self.weight;
        let is_answer =
            |score: &Score| score.answered >= enough && score.found.count_ones() as usize == self.phrases.len();
        // Gathered before they are ranked: what is known of each is then fetched while others are looked at.
        let mut answers = Vec::with_capacity(scores.len());
        answers.extend((0..).zip(scores).filter(|(doc, score)| is_answer(score) && !segment.is_deleted(*doc)));
        Ok(answers)
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

/// The best way in which each document of a segment has a word.
struct Board {
    best: Vec<Best>,
    touched: Vec<DocId>,
}

impl Board {
    fn new(documents: usize) -> Self {
        Self { best: vec![Best::default(); documents], touched: Vec::new() }
    }

    fn offer(&mut self, doc: DocId, offered: Best) {
        let Some(best) = self.best.get_mut(doc as usize) else { return };
        if best.value == 0.0 {
            self.touched.push(doc);
        }
        if offered.value > best.value {
            *best = offered;
        }
    }

    /// Gives what was offered, and forgets it.
    fn clear(&mut self, mut each: impl FnMut(DocId, Best)) {
        for doc in self.touched.drain(..) {
            if let Some(best) = self.best.get_mut(doc as usize) {
                each(doc, std::mem::take(best));
            }
        }
    }
}

/// The terms of a concept that each stand for all of it. One that belongs to several ways counts by the best of them.
fn single_terms(concept: &Concept, fields: Fields) -> Vec<(Term, f32, f32)> {
    let mut best: BTreeMap<&str, (f32, f32)> = BTreeMap::new();
    for way in &concept.ways {
        let [terms] = way.terms.as_slice() else { continue };
        for (term, weight) in terms {
            let at = best.entry(term).or_default();
            if weight * way.weight > at.0 {
                *at = (weight * way.weight, way.weight);
            }
        }
    }
    best.into_iter().map(|(term, (factor, weight))| (key(fields, term), factor, weight)).collect()
}

fn chains(concept: &Concept, fields: Fields) -> Vec<(Chain, f32)> {
    let several = concept.ways.iter().filter(|way| way.terms.len() > 1);
    let list = |terms: &Vec<(String, f32)>| terms.iter().map(|(term, weight)| (key(fields, term), *weight)).collect();
    several.map(|way| (way.terms.iter().map(list).collect(), way.weight)).collect()
}

fn key(fields: Fields, term: &str) -> Term {
    Term::from_field_text(fields.keys, term)
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

/// What it says that a word stands in a text, by how often it does and by the stored length of the text.
struct Saturation(Vec<[f32; 256]>);

impl Saturation {
    /// Where a word stands more often, that says no more.
    const MOST: u32 = 8;

    fn new(mean_length: f32) -> Self {
        let length = |id| tantivy::fieldnorm::FieldNormReader::id_to_fieldnorm(id) as f32 / mean_length;
        let norms = (0..=u8::MAX).map(|id| SATURATION * (1.0 - LENGTH_NORM + LENGTH_NORM * length(id)));
        let norms: Vec<f32> = norms.collect();
        let value = |often: f32, norm: &f32| often * (1.0 + SATURATION) / (often + norm);
        let row = |often: u32| {
            let mut row = [0.0; 256];
            row.iter_mut().zip(&norms).for_each(|(at, norm)| *at = value(often as f32, norm));
            row
        };
        Self((0..=Self::MOST).map(row).collect())
    }

    fn value(&self, often: u32, length: u8) -> f32 {
        let row = self.0.get(often.min(Self::MOST) as usize);
        row.and_then(|row| row.get(usize::from(length))).copied().unwrap_or_default()
    }
}

/// The terms of one segment.
struct SegmentTerms<'a> {
    index: std::sync::Arc<tantivy::InvertedIndexReader>,
    saturation: &'a Saturation,
    lengths: Option<tantivy::fieldnorm::FieldNormReader>,
}

impl<'a> SegmentTerms<'a> {
    fn new(segment: &SegmentReader, weighed: &'a Weighed) -> Result<Self, SearchFault> {
        let field = weighed.fields.keys;
        let lengths = segment.fieldnorms_readers().get_field(field)?;
        Ok(Self { index: segment.inverted_index(field)?, saturation: &weighed.saturation, lengths })
    }

    /// Where a term stands, and how much that says by how often it does and how long the text is.
    fn each(&self, term: &Term, mut found: impl FnMut(DocId, f32)) -> Result<(), SearchFault> {
        let Some(mut postings) = self.index.read_postings(term, IndexRecordOption::WithFreqs)? else { return Ok(()) };
        while postings.doc() != TERMINATED {
            found(postings.doc(), self.value(&postings));
            postings.advance();
        }
        Ok(())
    }

    fn value(&self, postings: &SegmentPostings) -> f32 {
        let length = self.lengths.as_ref().map_or(0, |l| l.fieldnorm_id(postings.doc()));
        self.saturation.value(postings.term_freq(), length)
    }

    /// Where all of a chain stand; the weakest counts. Begins with the rarest, for the others need only be looked at
    /// where it stands.
    fn chain(&self, chain: &Chain) -> Result<Vec<(DocId, f32)>, SearchFault> {
        let mut links = Vec::with_capacity(chain.len());
        for terms in chain {
            links.push(Link::open(self, terms)?);
        }
        links.sort_by_key(Link::documents);
        let mut links = links.into_iter();
        let mut found = links.next().map(|mut rarest| rarest.all(self)).unwrap_or_default();
        for mut link in links {
            found.retain_mut(|(doc, value)| {
                let here = link.at(self, *doc);
                *value = here.map_or(0.0, |here| here.min(*value));
                here.is_some()
            });
        }
        Ok(found)
    }
}

/// Where any of some terms stands.
struct Link(Vec<(SegmentPostings, f32)>);

impl Link {
    fn open(segment: &SegmentTerms<'_>, terms: &[(Term, f32)]) -> Result<Self, SearchFault> {
        let mut open = Vec::with_capacity(terms.len());
        for (term, weight) in terms {
            if let Some(postings) = segment.index.read_postings(term, IndexRecordOption::WithFreqs)? {
                open.push((postings, *weight));
            }
        }
        Ok(Self(open))
    }

    /// In how many documents, at most.
    fn documents(&self) -> u32 {
        self.0.iter().map(|(postings, _)| postings.doc_freq()).sum()
    }

    /// Where one stands, in order; the strongest counts.
    fn all(&mut self, segment: &SegmentTerms<'_>) -> Vec<(DocId, f32)> {
        let mut found = Vec::with_capacity(self.documents() as usize);
        while let Some(doc) = self.0.iter().map(|(postings, _)| postings.doc()).min().filter(|doc| *doc != TERMINATED) {
            found.extend(self.at(segment, doc).map(|value| (doc, value)));
            for (postings, _) in self.0.iter_mut().filter(|(postings, _)| postings.doc() == doc) {
                postings.advance();
            }
        }
        found
    }

    /// How strong the strongest is in a document, which must not lie before the last one that was asked for.
    fn at(&mut self, segment: &SegmentTerms<'_>, doc: DocId) -> Option<f32> {
        let mut best = None;
        for (postings, weight) in &mut self.0 {
            if postings.doc() < doc {
                postings.seek(doc);
            }
            if postings.doc() == doc {
                let value = *weight * segment.value(postings);
                best = Some(best.map_or(value, |best: f32| best.max(value)));
            }
        }
        best
    }
}
