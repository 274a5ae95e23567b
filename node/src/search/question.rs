//! What a person typed, understood: words that are looked for, phrases, and wishes that are no words,
//! as "kommune som vår" or "what went wrong". Knows neither index nor case.

use std::sync::LazyLock;

use super::analysis::{self, Word};

/// Characters of a query that are looked at.
pub const MAX_QUERY_CHARS: usize = 400;
/// Words of a query that are looked for; the rest is not.
pub(super) const MAX_WORDS: usize = 16;
/// Phrases of a query that are looked for.
const MAX_PHRASES: usize = 4;

/// A query, understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Question {
    /// The words without those that say nothing.
    pub(super) words: Vec<Word>,
    /// What stood in quotation marks.
    pub(super) phrases: Vec<Vec<Word>>,
    /// Municipalities like the reader's were asked for.
    pub(super) like_us: bool,
    /// What went wrong was asked for.
    pub(super) failures: bool,
}

/// Ways to ask for municipalities like one's own, as folded words.
static LIKE_US: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    spoken(&[
        "kommune som vår",
        "kommuner som vår",
        "kommunar som vår",
        "kommunar som vår eigen",
        "kommuner som vår egen",
        "kommune som oss",
        "kommuner som oss",
        "kommunar som oss",
        "kommuner som ligner oss",
        "kommuner som ligner på oss",
        "kommuner som ligner",
        "kommunar som liknar oss",
        "kommunar som liknar på oss",
        "kommunar som liknar",
        "kommuner lik vår",
        "kommunar lik vår",
        "municipalities like ours",
        "municipality like ours",
    ])
});

/// Ways to ask for what went wrong.
static FAILURES: LazyLock<Vec<Vec<String>>> = LazyLock::new(|| {
    spoken(&[
        "som ikke virket",
        "som ikkje verka",
        "ikke virket",
        "ikkje verka",
        "virket ikke",
        "verka ikkje",
        "gikk galt",
        "gjekk gale",
        "gjekk galt",
        "gikk ikke",
        "gjekk ikkje",
        "mislykket",
        "mislykkede",
        "mislykkete",
        "mislykka",
        "mislukka",
        "mislukkast",
        "feilet",
        "feila",
        "fiasko",
        "fiaskoer",
        "lærdom av feil",
        "failures",
        "failed",
    ])
});

fn spoken(lines: &[&str]) -> Vec<Vec<String>> {
    let mut all: Vec<Vec<String>> = lines.iter().map(|line| folded(line)).collect();
    // The longest first, so that nothing is left of it.
    all.sort_by_key(|words| std::cmp::Reverse(words.len()));
    all
}

fn folded(text: &str) -> Vec<String> {
    analysis::ranges(text).map(|range| analysis::fold(text.get(range).unwrap_or_default())).collect()
}

impl Question {
    /// Reads what was typed.
    pub(super) fn read(typed: &str) -> Self {
        let typed: String = typed.chars().take(MAX_QUERY_CHARS).collect();
        let (plain, phrases) = take_phrases(&typed);
        let mut words = analysis::words(&plain);
        let like_us = cut(&mut words, &LIKE_US);
        let failures = cut(&mut words, &FAILURES);
        let said: Vec<Word> = words.iter().filter(|w| !analysis::is_filler(&w.folded)).cloned().collect();
        // Of a query that is nothing but small words, the small words are looked for.
        let mut words = if said.is_empty() && phrases.is_empty() && !like_us && !failures { words } else { said };
        words.truncate(MAX_WORDS);
        Self { words, phrases, like_us, failures }
    }
}

/// Takes out what stands in quotation marks.
fn take_phrases(typed: &str) -> (String, Vec<Vec<Word>>) {
    const MARKS: [char; 5] = ['"', '«', '»', '“', '”'];
    let mut pieces = typed.split(MARKS);
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    let rest: Vec<&str> = pieces.collect();
    let mut phrases = Vec::new();
    for (at, piece) in rest.iter().enumerate() {
        // Every second piece is inside; the last one only if a mark closes it.
        let inside = at % 2 == 0 && at + 1 < rest.len();
        let words = if inside { analysis::words(piece) } else { Vec::new() };
        if words.len() > 1 && phrases.len() < MAX_PHRASES {
            phrases.push(words.into_iter().take(MAX_WORDS).collect());
        } else {
            plain.push(' ');
            plain.push_str(piece);
        }
    }
    (plain, phrases)
}

/// Cuts the first of these ways of speaking out of the words; gives whether one was there.
fn cut(words: &mut Vec<Word>, ways: &[Vec<String>]) -> bool {
    for way in ways {
        let found = words.windows(way.len()).position(|at| at.iter().map(|w| &w.folded).eq(way));
        if let Some(at) = found {
            words.drain(at..at + way.len());
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(typed: &str) -> (Vec<String>, usize, bool, bool) {
        let q = Question::read(typed);
        (q.words.iter().map(|w| w.folded.clone()).collect(), q.phrases.len(), q.like_us, q.failures)
    }

    #[test]
    fn small_words_wishes_and_phrases_are_told_apart() {
        let rows: [(&str, &[&str], usize, bool, bool); 8] = [
            ("hvordan får vi ned sykefraværet?", &["sykefravaeret"], 0, false, false),
            ("velferdsteknologi i kommuner som vår", &["velferdsteknologi"], 0, true, false),
            ("mislukka digitalisering", &["digitalisering"], 0, false, true),
            ("\"felles nattvakt\" natt", &["natt"], 1, false, false),
            ("«ei dør inn»", &[], 1, false, false),
            ("\"ensomhet", &["ensomhet"], 0, false, false),
            ("hvordan", &["hvordan"], 0, false, false),
            ("", &[], 0, false, false),
        ];
        for (typed, words, phrases, like_us, failures) in rows {
            let words: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
            assert_eq!(said(typed), (words, phrases, like_us, failures), "{typed}");
        }
    }

    #[test]
    fn a_query_of_any_length_is_bounded() {
        let question = Question::read(&"ord\u{202e} \"a b\" ".repeat(50_000));
        assert!(question.words.len() <= MAX_WORDS && question.phrases.len() <= MAX_PHRASES);
    }
}
