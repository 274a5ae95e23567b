//! A query word as the index is asked for it: the word, and whatever else would answer it as well or nearly so.

use super::analysis::{self, Word};
use super::question::Question;
use super::tokens::{head, part};

/// How well each way of finding a word answers it, beside the word itself.
mod weight {
    /// The word as a part of a compound: *miljø* in *arbeidsmiljø*.
    pub(super) const IN_COMPOUND: f32 = 0.8;
    /// Of that, where it is not the last part: *miljø* in *miljøarbeid* is a kind of work.
    pub(super) const MODIFIER: f32 = 0.9;
    /// All parts of a compound, each as a word or part of its own.
    pub(super) const ALL_PARTS: f32 = 0.75;
    /// One part of a compound alone.
    pub(super) const ONE_PART: f32 = 0.16;
    /// The word from which it is derived, and its other kin.
    pub(super) const KIN: f32 = 0.7;
    /// Two words written as one: *smart mat* as *smartmat*.
    pub(super) const JOINED: f32 = 0.95;
    /// An abbreviation, or what it stands for.
    pub(super) const ABBREVIATION: f32 = 0.9;
    /// Another word for the same matter.
    pub(super) const SAME: f32 = 0.75;
    /// A word near in meaning.
    pub(super) const NEAR: f32 = 0.35;
    /// A word of a loaded vocabulary that means about the same.
    pub(super) const SYNONYM: f32 = 0.5;
    /// A word that differs by one slip of the pen.
    pub(super) const SLIP: f32 = 0.8;
}

/// Parts of a compound that are asked for one by one, at most.
const MAX_PARTS: usize = 4;

/// How a word was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    Word,
    Kin,
    InCompound,
    Parts,
    Joined,
    Abbreviation,
    Synonym,
    Slip,
}

/// One way to find a word: every term of it must be there.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Way {
    pub(super) how: How,
    pub(super) weight: f32,
    /// Each with terms of which one is enough, by their weights.
    pub(super) terms: Vec<Vec<(String, f32)>>,
}

/// What stood in quotation marks: the keys of its words in their order, and other ways to say it.
pub(super) type Phrase = Vec<Vec<String>>;

/// A word of the query, with the ways to find it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Concept {
    pub(super) word: Word,
    pub(super) ways: Vec<Way>,
}

impl Concept {
    /// Adds words that differ by a slip of the pen from one that nobody wrote: as they are written, or keys.
    pub(super) fn add_slips(&mut self, meant: &[String]) {
        for word in meant.iter().flat_map(|meant| analysis::words(meant)) {
            let ways = ways_of(&word).into_iter();
            self.ways.extend(ways.map(|way| Way { how: How::Slip, weight: way.weight * weight::SLIP, ..way }));
        }
        self.ways.sort_by(|a, b| b.weight.total_cmp(&a.weight));
        self.ways.dedup_by(|a, b| a.terms == b.terms);
    }

    /// Terms that stand for all of the word.
    pub(super) fn whole_terms(&self) -> impl Iterator<Item = &str> {
        let whole = self.ways.iter().filter(|way| way.how != How::Parts && way.terms.len() == 1);
        whole.flat_map(|way| way.terms.iter().flatten()).map(|(term, _)| term.as_str())
    }

    /// Every term by which the word can be found.
    #[cfg(test)]
    pub(super) fn terms(&self) -> impl Iterator<Item = &str> {
        self.ways.iter().flat_map(|way| way.terms.iter().flatten()).map(|(term, _)| term.as_str())
    }
}

/// The words of a question with all ways to find them. `synonyms` gives, for a run of keys, other
/// runs that mean about the same.
pub(super) fn concepts(question: &Question, synonyms: impl Fn(&[String]) -> Vec<Vec<String>>) -> Vec<Concept> {
    let words = &question.words;
    let mut all: Vec<Concept> = words.iter().map(|word| Concept { word: word.clone(), ways: ways_of(word) }).collect();
    for (at, [first, second]) in words.array_windows().enumerate() {
        let joined = ways_of_key(&format!("{}{}", first.key, second.key), How::Joined, weight::JOINED);
        add(&mut all, at..at + 2, joined);
    }
    for alternative in analysis::alternatives(words) {
        let way = phrase(&alternative.keys, How::Abbreviation, weight::ABBREVIATION);
        add(&mut all, alternative.at, vec![way]);
    }
    let related = [(analysis::same(words), weight::SAME), (analysis::near(words), weight::NEAR)];
    for (alternatives, weight) in related {
        for alternative in alternatives {
            let ways = match alternative.keys.as_slice() {
                [key] => ways_of_key(key, How::Synonym, weight),
                keys => vec![phrase(keys, How::Synonym, weight)],
            };
            add(&mut all, alternative.at, ways);
        }
    }
    let keys: Vec<String> = words.iter().map(|w| w.key.clone()).collect();
    for from in 0..keys.len() {
        for to in from + 1..=keys.len() {
            let others = synonyms(keys.get(from..to).unwrap_or_default());
            let ways = others.iter().map(|keys| phrase(keys, How::Synonym, weight::SYNONYM)).collect();
            add(&mut all, from..to, ways);
        }
    }
    all
}

/// The phrases of a question. Forms of a word and the two written languages are not told apart, and
/// an abbreviation says what it stands for.
pub(super) fn phrases(question: &Question) -> Vec<Phrase> {
    let said = |phrase: &Vec<Word>| {
        let whole = |alternative: &analysis::Alternative| alternative.at == (0..phrase.len());
        let others = analysis::alternatives(phrase).into_iter().filter(whole).map(|alternative| alternative.keys);
        let joined: String = phrase.iter().map(|word| word.key.as_str()).collect();
        let as_one = [part(&joined), head(&joined), joined].map(|term| vec![term]);
        std::iter::once(phrase.iter().map(|word| word.key.clone()).collect()).chain(others).chain(as_one).collect()
    };
    question.phrases.iter().map(said).collect()
}

fn add(all: &mut [Concept], at: std::ops::Range<usize>, ways: Vec<Way>) {
    for concept in all.get_mut(at).unwrap_or_default() {
        concept.ways.extend(ways.iter().cloned());
    }
}

fn ways_of(word: &Word) -> Vec<Way> {
    let mut ways = ways_of_key(&word.key, How::Word, 1.0);
    if let Some(root) = &word.root {
        ways.extend(ways_of_key(root, How::Kin, weight::KIN));
    }
    // Parts stand from the shortest to the longest; the first ones are the words of the compound.
    let smallest = smallest(word);
    if smallest.len() > 1 {
        let terms = smallest.iter().map(|key| meant(key)).collect();
        ways.push(Way { how: How::Parts, weight: weight::ALL_PARTS, terms });
        for key in &word.parts {
            ways.push(Way { how: How::Parts, weight: share(key, word), terms: vec![either(key)] });
        }
    }
    ways
}

/// One part alone says the more, the more of the word it is.
fn share(part: &str, word: &Word) -> f32 {
    let whole = word.key.chars().count().max(1);
    let part = part.chars().count().min(whole);
    weight::ONE_PART + 0.3 * (part as f32 / whole as f32 - 0.3).max(0.0)
}

/// The parts that, one after another, are the word.
pub(super) fn smallest(word: &Word) -> Vec<String> {
    let mut rest = word.key.as_str();
    let mut found = Vec::new();
    for part in &word.parts {
        let Some(after) = rest.strip_prefix(part.as_str()) else { break };
        found.push(part.clone());
        rest = after;
    }
    if rest.is_empty() && found.len() <= MAX_PARTS { found } else { Vec::new() }
}

fn ways_of_key(key: &str, how: How, weight: f32) -> Vec<Way> {
    let inside = if how == How::Word { How::InCompound } else { how };
    vec![
        Way { how, weight, terms: vec![vec![(key.to_owned(), 1.0)]] },
        Way {
            how: inside,
            weight: weight * weight::IN_COMPOUND,
            terms: vec![vec![(head(key), 1.0), (part(key), weight::MODIFIER)]],
        },
    ]
}

fn phrase(keys: &[String], how: How, weight: f32) -> Way {
    Way { how, weight, terms: keys.iter().map(|key| either(key)).collect() }
}

/// As a word, or as a part of one.
fn either(key: &str) -> Vec<(String, f32)> {
    vec![(key.to_owned(), 1.0), (head(key), weight::IN_COMPOUND), (part(key), weight::IN_COMPOUND * weight::MODIFIER)]
}

/// As a word, as a part of one, or as another word for the same.
fn meant(key: &str) -> Vec<(String, f32)> {
    let others = analysis::same_as(key).flat_map(either).map(|(term, weight)| (term, weight * weight::SAME));
    either(key).into_iter().chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(typed: &str) -> Vec<Vec<String>> {
        let found = concepts(&Question::read(typed), |_| Vec::new());
        found.iter().map(|c| c.terms().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn two_words_are_looked_for_as_one_and_one_as_two() {
        let two = terms("smart mat");
        let one = terms("smartmat");
        let joined = &one[0][0];
        assert!(two.iter().all(|terms| terms.contains(joined)), "{two:?} {joined}");
        assert!(two.iter().all(|terms| one[0].contains(&terms[0])), "{one:?}");
    }

    #[test]
    fn an_abbreviation_is_looked_for_by_what_it_stands_for() {
        let short = terms("KI");
        let long = terms("kunstig intelligens");
        assert!(long.iter().all(|terms| short[0].contains(&terms[0])), "{short:?}");
        assert!(long.iter().all(|terms| terms.contains(&short[0][0])), "{long:?}");
    }
}
