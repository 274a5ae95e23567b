//! How well each case answers a question: term by term, best way of finding each word, all words added up. The
//! frequencies of a word in all fields are one frequency (BM25F by repetition in the index).

use std::collections::BTreeMap;
use std::sync::Arc;

use tantivy::query::{EnableScoring, PhraseQuery, Query, TermQuery, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Searcher, Term};

use super::SearchFault;
use super::concept::{Concept, How, Phrase};
use super::listed::{Chain, Listed, Lists, Reader};
use super::saturation::Saturation;
use super::slate::{Best, Score, Slate};
use super::store::Fields;
use super::stretch::Stretch;

/// How much of a question a case must answer to be shown, by the weight of its words.
const ENOUGH: f32 = 0.22;

/// What is known of a question in the whole index.
pub(super) struct Weighed {
    sought: Vec<Sought>,
    /// Of each phrase the ways to say it.
    phrases: Vec<Vec<Box<dyn Weight>>>,
    /// What the words weigh together.
    weight: f32,
    saturation: Saturation,
    fields: Fields,
}

/// A word of the question as the index is asked for it.
struct Sought {
    concept: Concept,
    /// How much it says, the more the rarer it is.
    rarity: f32,
    /// Terms that each stand for the word: by what a frequency is multiplied, and how well the word is answered.
    terms: Vec<(Arc<Listed>, f32, f32)>,
    /// Ways for which several terms must be there, with how well the word is answered.
    chains: Vec<(Chain, f32)>,
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
        let mut lists = Lists::new(searcher, fields)?;
        let mut sought = Vec::with_capacity(concepts.len());
        for concept in concepts {
            let most = match most_frequent(&concept, &mut lists, |how| how != How::Synonym)? {
                0 => most_frequent(&concept, &mut lists, |_| true)?,
                most => most,
            };
            let rarity = (1.0 + (documents - most as f32 + 0.5).max(0.5) / (most as f32 + 0.5)).ln();
            let (terms, chains) = (single_terms(&concept, &mut lists)?, chains(&concept, &mut lists)?);
            sought.push(Sought { concept, rarity, terms, chains });
        }
        let weight = sought.iter().map(|sought| sought.rarity).sum();
        let saturation = Saturation::new((lists.words() as f32 / documents).max(1.0));
        let phrases = phrases.iter().map(|phrase| said(phrase, searcher, fields)).collect::<Result<_, _>>()?;
        Ok(Self { sought, phrases, weight, saturation, fields })
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

    /// The documents of a stretch that answer enough to be shown, with their scores.
    pub(super) fn answers<'s>(
        &self,
        stretch: &Stretch<'s>,
        slate: &'s mut Slate,
    ) -> Result<impl Iterator<Item = (DocId, Score)> + 's, SearchFault> {
        slate.begin(stretch.documents.clone());
        let reader = Reader::new(stretch, self.fields, &self.saturation)?;
        for sought in &self.sought {
            for (term, factor, weight) in &sought.terms {
                reader.each(term, |doc, found| slate.offer(doc, Best { value: found * factor, weight: *weight }))?;
            }
            for (chain, weight) in &sought.chains {
                for (doc, found) in reader.chain(chain)? {
                    slate.offer(doc, Best { value: found * weight, weight: *weight });
                }
            }
            slate.add_word(sought.rarity);
        }
        self.add_phrases(stretch, slate)?;
        // A part of a compound alone is not enough.
        let answers = slate.answers(ENOUGH * self.weight, self.phrases.len() as u32);
        Ok(answers.filter(|(doc, _)| !stretch.segment.is_deleted(*doc)))
    }

    fn add_phrases(&self, stretch: &Stretch<'_>, slate: &mut Slate) -> Result<(), SearchFault> {
        for (at, way) in self.phrases.iter().enumerate().flat_map(|(at, ways)| ways.iter().map(move |way| (at, way))) {
            let mut found = way.scorer(stretch.segment, 1.0)?;
            if found.doc() < stretch.documents.start {
                found.seek(stretch.documents.start);
            }
            while found.doc() < stretch.documents.end {
                slate.add_phrase(found.doc(), at, found.score());
                found.advance();
            }
        }
        Ok(())
    }
}

/// The ways to say a phrase.
fn said(phrase: &Phrase, searcher: &Searcher, fields: Fields) -> Result<Vec<Box<dyn Weight>>, SearchFault> {
    let mut ways = Vec::with_capacity(phrase.len());
    for keys in phrase {
        let terms: Vec<Term> = keys.iter().map(|key| Term::from_field_text(fields.keys, key)).collect();
        let query: Box<dyn Query> = match terms.as_slice() {
            [only] => Box::new(TermQuery::new(only.clone(), IndexRecordOption::WithFreqs)),
            _ => Box::new(PhraseQuery::new(terms)),
        };
        ways.push(query.weight(EnableScoring::enabled_from_searcher(searcher))?);
    }
    Ok(ways)
}

/// The terms of a concept that each stand for all of it. One that belongs to several ways counts by the best of them.
fn single_terms(concept: &Concept, lists: &mut Lists) -> Result<Vec<(Arc<Listed>, f32, f32)>, SearchFault> {
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
    best.into_iter().map(|(term, (factor, weight))| Ok((lists.find(term)?, factor, weight))).collect()
}

fn chains(concept: &Concept, lists: &mut Lists) -> Result<Vec<(Chain, f32)>, SearchFault> {
    let mut found = Vec::new();
    for way in concept.ways.iter().filter(|way| way.terms.len() > 1) {
        let mut link = |terms: &Vec<(String, f32)>| {
            terms.iter().map(|(term, weight)| Ok((lists.find(term)?, *weight))).collect::<Result<_, SearchFault>>()
        };
        found.push((way.terms.iter().map(&mut link).collect::<Result<_, _>>()?, way.weight));
    }
    Ok(found)
}

/// In how many documents the most frequent of the terms stands that are as good as the word.
fn most_frequent(concept: &Concept, lists: &mut Lists, of: impl Fn(How) -> bool) -> Result<u64, SearchFault> {
    let mut most = 0;
    for way in concept.ways.iter().filter(|way| of(way.how) && way.weight >= 0.5 && way.terms.len() == 1) {
        for (term, _) in way.terms.iter().flatten() {
            most = most.max(lists.find(term)?.documents);
        }
    }
    Ok(most)
}
