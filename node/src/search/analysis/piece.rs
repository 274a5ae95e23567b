//! The pieces of a compound: a known word with its link, a particle, or something unknown; and what
//! a reading pays for each.

use super::lexicon::{self, Entry};
use super::{derivation, inflection};

/// What a reading of a compound costs: the fewest words win, then the plainest links.
pub(super) mod cost {
    /// Any word.
    pub(super) const WORD: u32 = 100;
    /// A particle before a word, and one of one or two letters.
    pub(super) const PARTICLE: u32 = 40;
    pub(super) const SHORT_PARTICLE: u32 = 70;
    /// A piece that no table knows.
    pub(super) const UNKNOWN: u32 = 250;
    /// A letter that is written once and read twice.
    pub(in super::super) const SHARED_LETTER: u32 = 8;
    /// A link.
    pub(super) const LINK: u32 = 4;
    /// An ending.
    pub(super) const ENDING: u32 = 6;
    /// Each letter of a piece that no table knows.
    pub(super) const UNKNOWN_LETTER: u32 = 2;
    /// A word that is derived from one of the tables.
    pub(super) const DERIVED: u32 = 10;
    /// Added for a piece of two or of three letters: such are found in every word.
    pub(super) const SHORT: [u32; 2] = [70, 20];
}

/// A known piece.
pub(super) struct Piece {
    pub(super) key: String,
    pub(super) cost: u32,
    /// Letters of the word without links and endings.
    pub(super) letters: usize,
}

/// What may stand between a word and the next one, with what the word lost for it: an -e, or
/// nothing. Longer ones are nouns made of verbs, as in undersøkelsesrom.
#[rustfmt::skip]
const LINKS: [(&str, &str); 16] = [
    ("s", ""), ("e", ""), ("", "e"), ("es", ""), ("s", "e"), ("a", "e"), ("ing", "e"), ("ings", "e"),
    ("else", "e"), ("elses", "e"), ("nings", "e"), ("ning", "e"), ("er", ""), ("er", "e"), ("ar", "e"),
    ("ande", "e"),
];
/// Particles are said with a word and are no word of a compound themselves: bokmål and nynorsk
/// spellings, and what stands for both in a key.
#[rustfmt::skip]
const PARTICLES: [(&str, &str); 46] = [
    ("an", "an"), ("att", "gjen"), ("av", "av"), ("be", "be"), ("bort", "bort"), ("etter", "etter"),
    ("for", "for"), ("fore", "fore"), ("foere", "fore"), ("forhaands", "forhaand"),
    ("foerehands", "forhaand"), ("fra", "fra"), ("fraa", "fra"), ("fram", "fram"), ("frem", "fram"),
    ("gjen", "gjen"), ("gjennom", "gjennom"), ("hen", "hen"), ("hoved", "hoved"), ("hovud", "hoved"),
    ("inn", "inn"), ("inter", "inter"), ("med", "med"), ("mellom", "mellom"), ("mis", "mis"), ("mot", "mot"),
    ("ned", "ned"), ("om", "om"), ("opp", "opp"), ("over", "over"), ("paa", "paa"), ("re", "re"),
    ("sam", "sam"), ("sammen", "sammen"), ("saman", "sammen"), ("saer", "saer"), ("til", "til"),
    ("tilbake", "tilbake"), ("u", "u"), ("under", "under"), ("unn", "unn"), ("ut", "ut"), ("van", "van"),
    ("ved", "ved"), ("videre", "videre"), ("vidare", "videre"),
];

/// A piece at the end of a compound, in any form of the word.
pub(super) fn last(text: &str) -> Option<Piece> {
    if let Some(found) = joining(text) {
        return Some(word(text, found, 0));
    }
    if let Some(found) = inflection::known(text).filter(|found| found.joins && text.len() > 3) {
        return Some(word(text, found, cost::ENDING));
    }
    derivation::known(text).map(|key| derived(text, key))
}

/// A piece before another one.
pub(super) fn inner(text: &str) -> Option<Piece> {
    if let Some(found) = joining(text) {
        return Some(word(text, found, 0));
    }
    let linked = LINKS.iter().find_map(|(link, lost)| {
        let stem = text.strip_suffix(link).filter(|stem| stem.len() > 2)?;
        if lost.is_empty() { joining(stem) } else { joining(&[stem, lost].concat()) }
    });
    if let Some(found) = linked {
        return Some(word(text, found, cost::LINK));
    }
    derivation::inner(text).map(|key| derived(text, key))
}

/// The particles with which a text may begin: how many letters, and the piece.
pub(super) fn particles(text: &str) -> impl Iterator<Item = (usize, Piece)> {
    PARTICLES.iter().filter(move |(form, _)| text.starts_with(form)).map(|(form, key)| {
        let cost = if form.len() > 2 { cost::PARTICLE } else { cost::SHORT_PARTICLE };
        (form.len(), Piece { key: (*key).to_owned(), cost, letters: 0 })
    })
}

/// What a piece costs that no table knows.
pub(super) fn unknown_cost(text: &str) -> u32 {
    text.chars().fold(cost::UNKNOWN, |sum, _| sum + cost::UNKNOWN_LETTER)
}

/// The key of a piece that no table knows.
pub(super) fn unknown(text: &str) -> String {
    inflection::stem(text.strip_suffix('s').unwrap_or(text))
}

/// A word of the tables that may be a piece of another.
fn joining(text: &str) -> Option<&'static Entry> {
    lexicon::find(text).filter(|found| found.joins)
}

fn derived(text: &str, key: String) -> Piece {
    let letters = text.len().min(key.len());
    Piece { key, cost: cost::WORD + cost::DERIVED, letters }
}

fn word(text: &str, found: &Entry, extra: u32) -> Piece {
    let short = text.len().checked_sub(2).and_then(|at| cost::SHORT.get(at)).copied().unwrap_or(0);
    let letters = if extra == 0 { text.len() } else { text.len().min(found.key.len()) };
    Piece { key: found.key.clone(), cost: cost::WORD + short + extra, letters }
}
