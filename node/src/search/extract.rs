//! What of a case is shown of a hit: its name and a piece of its text with the words that were looked for marked,
//! and by what it was found.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::analysis;
use super::article::{Article, Zone};
use super::concept::{Concept, How, Phrase};
use super::question::MAX_WORDS;
use super::tokens::terms_of;
use super::{Piece, Why};

/// Characters of an extract, some more or less: it begins and ends between words.
const EXTRACT_CHARS: usize = 240;
/// Stands for a word of a phrase where a word of the question has its number.
const PHRASE: usize = usize::MAX;
/// Bytes of a text that are looked through.
const MAX_LOOKED_AT: usize = 20_000;

/// The word of the question that a word of a text answers, and how.
type Meaning = (usize, How);

/// The terms of a question, by what is marked when they are met.
pub(super) struct Marker<'a> {
    concepts: &'a [Concept],
    terms: HashMap<&'a str, Vec<(usize, How)>>,
    phrases: &'a [Phrase],
    /// Words that were met, with what they answer.
    known: HashMap<String, Option<Meaning>>,
}

/// What is shown of a hit.
pub(super) struct Extract {
    pub(super) title: Vec<Piece>,
    pub(super) text: Vec<Piece>,
    pub(super) why: Vec<Why>,
}

/// A word of a text that answers a word of the question.
#[derive(Clone, Copy, Debug)]
struct Mark<'t> {
    /// Where it begins.
    start: usize,
    /// As it is written.
    word: &'t str,
    concept: usize,
    how: How,
}

impl<'a> Marker<'a> {
    pub(super) fn new(concepts: &'a [Concept], phrases: &'a [Phrase]) -> Self {
        let mut terms: HashMap<&str, Vec<(usize, How)>> = HashMap::new();
        for (at, concept) in concepts.iter().enumerate() {
            for way in &concept.ways {
                for (term, _) in way.terms.iter().flatten() {
                    terms.entry(term).or_default().push((at, way.how));
                }
            }
        }
        Self { concepts, terms, phrases, known: HashMap::new() }
    }

    /// What is shown of an article.
    pub(super) fn extract(&mut self, article: &Article) -> Extract {
        let title = article.title();
        let in_title = self.marks(title);
        let mut found: BTreeMap<usize, Mark<'_>> = BTreeMap::new();
        note(&mut found, &in_title);
        let mut texts: Vec<(&str, Vec<Mark<'_>>)> = Vec::new();
        for (zone, text) in article.texts.iter().filter(|(zone, _)| *zone != Zone::Title) {
            let marks = self.marks(text);
            note(&mut found, &marks);
            if *zone != Zone::Label {
                texts.push((text, marks));
            }
        }
        let mut why: Vec<Why> = if in_title.is_empty() { Vec::new() } else { vec![Why::Title] };
        why.extend(found.values().map(|mark| self.why(mark)));
        Extract { title: pieces(title, 0..title.len(), &in_title), text: best_window(&texts), why }
    }

    fn marks<'t>(&mut self, text: &'t str) -> Vec<Mark<'t>> {
        let mut marks = Vec::new();
        for range in analysis::ranges(text).take_while(|range| range.start < MAX_LOOKED_AT) {
            let start = range.start;
            let word = text.get(range).unwrap_or_default();
            if let Some((concept, how)) = self.meaning(word) {
                marks.push(Mark { start, word, concept, how });
            }
        }
        marks
    }

    /// What a word of a text answers. Few words make most of all texts, so each is looked at once.
    fn meaning(&mut self, word: &str) -> Option<Meaning> {
        if let Some(known) = self.known.get(word) {
            return *known;
        }
        let terms = terms_of(word);
        let whole = self.terms.get(terms.key.as_str()).into_iter().flatten();
        let inside = terms.parts.iter().filter_map(|term| self.terms.get(term.as_str())).flatten();
        let best = whole.chain(inside).min_by_key(|(_, how)| *how).copied();
        let in_phrase = self.phrases.iter().flatten().flatten().any(|key| *key == terms.key);
        let meaning = best.or(in_phrase.then_some((PHRASE, How::Word)));
        self.known.insert(word.to_owned(), meaning);
        meaning
    }

    fn why(&self, mark: &Mark<'_>) -> Why {
        let found = mark.word.to_lowercase();
        let Some(concept) = self.concepts.get(mark.concept) else { return Why::Phrase };
        let is_same = concept.word.folded == analysis::fold(&found);
        let asked = concept.word.written.clone();
        match mark.how {
            How::Word if is_same => Why::Word(asked),
            How::Word | How::Kin => Why::OtherForm { asked, found },
            How::InCompound | How::Parts | How::Joined => Why::Part { asked, found },
            How::Abbreviation => Why::Abbreviation { asked, found },
            How::Synonym => Why::Synonym { asked, found },
            How::Slip => Why::Spelling { asked, found },
        }
    }
}

impl Mark<'_> {
    const fn end(&self) -> usize {
        self.start + self.word.len()
    }
}

/// Of each word of the question the best mark.
fn note<'t>(found: &mut BTreeMap<usize, Mark<'t>>, marks: &[Mark<'t>]) {
    for mark in marks {
        let best = found.entry(mark.concept).or_insert(*mark);
        if mark.how < best.how {
            *best = *mark;
        }
    }
}

/// The piece of the texts that answers most words of the question; the beginning of the first text
/// where none answers any.
fn best_window(texts: &[(&str, Vec<Mark<'_>>)]) -> Vec<Piece> {
    let mut best: Option<(u32, &str, usize, &[Mark<'_>])> = None;
    for (text, marks) in texts {
        for (at, mark) in marks.iter().enumerate() {
            let end = mark.start + EXTRACT_CHARS;
            let inside = marks.iter().skip(at).take_while(|mark| mark.end() <= end);
            // A bit for each word of the question, the last one for phrases.
            let answered = inside.fold(0_u32, |bits, mark| bits | 1 << mark.concept.min(MAX_WORDS)).count_ones();
            if best.is_none_or(|(most, ..)| answered > most) {
                best = Some((answered, text, mark.start, marks));
            }
        }
    }
    match best {
        Some((_, text, start, marks)) => pieces(text, window(text, start), marks),
        None => texts.first().map(|(text, _)| pieces(text, window(text, 0), &[])).unwrap_or_default(),
    }
}

/// A window of the usual length around a place, cut between words.
fn window(text: &str, around: usize) -> Range<usize> {
    let wanted = around.saturating_sub(EXTRACT_CHARS / 4);
    let from = if text.len() <= EXTRACT_CHARS { 0 } else { wanted };
    let start = if from == 0 { 0 } else { next_word(text, from).min(around) };
    let end = start + EXTRACT_CHARS;
    let end = if end >= text.len() { text.len() } else { last_word(text, end, around) };
    start..end
}

fn next_word(text: &str, from: usize) -> usize {
    let from = (from..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let rest = text.get(from..).unwrap_or_default();
    rest.find(char::is_whitespace)
        .map_or(from, |space| from + space + rest[space..].chars().next().map_or(0, char::len_utf8))
}

fn last_word(text: &str, to: usize, around: usize) -> usize {
    let to = (0..=to).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let space = text.get(..to).and_then(|before| before.rfind(char::is_whitespace));
    space.filter(|space| *space > around).unwrap_or(to)
}

/// A window of a text as pieces, marked and not.
fn pieces(text: &str, window: Range<usize>, marks: &[Mark<'_>]) -> Vec<Piece> {
    let mut found = Vec::new();
    let mut push = |range: Range<usize>, marked: bool| {
        if let Some(text) = text.get(range).filter(|t| !t.is_empty()) {
            found.push(Piece { text: text.to_owned(), marked });
        }
    };
    let mut at = window.start;
    for mark in marks.iter().filter(|mark| mark.start >= window.start && mark.end() <= window.end) {
        push(at..mark.start, false);
        push(mark.start..mark.end(), true);
        at = mark.end();
    }
    push(at..window.end, false);
    if window.start > 0 {
        found.insert(0, Piece { text: "… ".to_owned(), marked: false });
    }
    if window.end < text.len() {
        found.push(Piece { text: " …".to_owned(), marked: false });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::concept::{concepts, phrases};
    use crate::search::question::Question;

    fn shown(query: &str, title: &str, body: &str) -> (String, String, Vec<Why>) {
        let question = Question::read(query);
        let concepts = concepts(&question, |_| Vec::new());
        let article = Article {
            id: idenett_protocol::id::EntryId::from_bytes([1; 32]),
            texts: vec![(Zone::Title, title.to_owned()), (Zone::Body, body.to_owned())],
            traits: Default::default(),
        };
        let extract = Marker::new(&concepts, &phrases(&question)).extract(&article);
        let flat = |pieces: &[Piece]| -> String {
            pieces.iter().map(|p| if p.marked { format!("[{}]", p.text) } else { p.text.clone() }).collect()
        };
        (flat(&extract.title), flat(&extract.text), extract.why)
    }

    #[test]
    fn words_are_marked_in_both_languages_and_in_compounds() {
        let (title, text, why) = shown("sykehjem miljø", "Sjukeheimen i ny drakt", "Betre arbeidsmiljø for alle.");
        assert_eq!((title.as_str(), text.as_str()), ("[Sjukeheimen] i ny drakt", "Betre [arbeidsmiljø] for alle."));
        assert!(why.contains(&Why::Title), "{why:?}");
        let other = Why::OtherForm { asked: "sykehjem".into(), found: "sjukeheimen".into() };
        assert!(why.contains(&other), "{why:?}");
        assert!(why.iter().any(|w| matches!(w, Why::Part { asked, .. } if asked == "miljø")), "{why:?}");
    }

    #[test]
    fn an_extract_is_cut_between_words_and_shows_what_was_found() {
        let body = format!("{} her står sykefravær midt i {}", "æøå ".repeat(400), "og så videre ".repeat(300));
        let (_, text, _) = shown("sykefravær", "x", &body);
        assert!(text.contains("[sykefravær]") && text.starts_with("… ") && text.ends_with(" …"), "{text}");
        assert!(text.chars().count() < 300);
    }

    #[test]
    fn hostile_texts_are_cut_and_not_feared() {
        let body = format!("{}\u{202e}\u{200d} sykefravær", "å".repeat(100_000));
        let (_, text, _) = shown("sykefravær", "", &body);
        assert!(text.len() < 2_000, "{}", text.len());
        assert_eq!(shown("", "", "").1, "");
    }
}
