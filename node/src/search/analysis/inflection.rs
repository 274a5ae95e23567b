//! Inflection of both written languages: of words in the tables, and of all others.

use super::lexicon::{self, Entry};
use super::spelling;

/// Least letters of a stem that no table knows.
const MIN_STEM: usize = 3;

/// What a word of the tables looks like without an ending.
#[derive(Clone, Copy)]
enum Base {
    /// As before the ending, or with the -e that the ending took the place of: plan-ar, skul-ar.
    Any,
    /// As before the ending: kommunal-t, trygg-ast.
    Whole,
    /// With the -e of an infinitive: kartlegg-ing. Else plan-te would be a plan.
    Infinitive,
}

use Base::{Any, Infinitive, Whole};

/// Endings in the order in which they are tried: `lederne` is the word `leder` before it is the verb
/// `lede`, `loven` is the noun `lov` before it is the verb `love`.
#[rustfmt::skip]
const ENDINGS: [(&[&str], Base); 12] = [
    (&["e"], Whole),
    (&["a", "en", "et", "er", "ar", "ene", "ane"], Any),
    (&["n", "r", "t", "ne", "na", "dd", "tt", "st"], Whole),
    (&["t", "d", "te", "de", "as", "es"], Infinitive),
    (&["are", "est", "dde"], Whole),
    (&["ere", "ast", "ers", "ars"], Any),
    (&["ing"], Infinitive),
    (&["este", "aste"], Any),
    (&["arar", "aren", "eren", "erne", "ende", "ande", "else", "ning", "inga", "ings"], Infinitive),
    (&["ingen", "inger", "ingar", "elsen", "elser", "elses", "ninga", "nings", "arane"], Infinitive),
    (&["ningen", "ninger", "ningar", "ingene", "ingane", "elsene", "elsane"], Infinitive),
    (&["ningene", "ningane"], Infinitive),
];
/// Endings before which a stem drops its e: regel and regler, sikker and sikre, åpen and opne.
const AFTER_SYNCOPE: [&str; 11] = ["e", "a", "et", "er", "ar", "ene", "ane", "ere", "are", "este", "aste"];

/// A word of the tables, in any of its forms.
pub(super) fn known(word: &str) -> Option<&'static Entry> {
    let genitive = || word.strip_suffix('s').filter(|owner| owner.len() > 1 && !owner.ends_with('s'));
    form(word).or_else(|| genitive().and_then(form))
}

fn form(word: &str) -> Option<&'static Entry> {
    lexicon::find(word).or_else(|| inflected(word)).or_else(|| syncopated(word))
}

fn inflected(word: &str) -> Option<&'static Entry> {
    ENDINGS.iter().flat_map(|(endings, base)| endings.iter().map(move |ending| (ending, base))).find_map(
        |(ending, base)| {
            let stem = word.strip_suffix(ending).filter(|stem| stem.len() > 1 && word.len() > 3)?;
            match base {
                Any => whole(stem, ending).or_else(|| infinitive(stem)),
                Whole => whole(stem, ending),
                Infinitive => infinitive(stem),
            }
        },
    )
}

/// The stem as it stands, or with the consonants at its end as a dictionary writes them: `rommet`
/// is a form of `rom`, `trygt` of `trygg`.
fn whole(stem: &str, ending: &str) -> Option<&'static Entry> {
    let is_own = match ending {
        // Of a short word a -t is as likely the word's own: rust is no form of rus.
        "t" => stem.len() < 4 || stem.ends_with('e'),
        // Only after a vowel do these stand alone: bor, skoen; skolen has the -en of plan.
        "n" | "r" => stem.ends_with('e') || !stem.bytes().next_back().is_some_and(spelling::is_vowel),
        "ne" => stem.ends_with('e'),
        _ => false,
    };
    if is_own {
        return None;
    }
    let single = || find(stem.strip_suffix('m').filter(|single| single.ends_with('m'))?);
    let double = || find(&[stem, stem.get(stem.len() - 1..).filter(|_| ending == "t")?].concat());
    find(stem).or_else(single).or_else(double)
}

fn infinitive(stem: &str) -> Option<&'static Entry> {
    find(&[stem, "e"].concat())
}

/// Words that are found only as they stand have no endings either.
fn find(stem: &str) -> Option<&'static Entry> {
    lexicon::find(stem).filter(|found| found.joins)
}

fn syncopated(word: &str) -> Option<&'static Entry> {
    AFTER_SYNCOPE.iter().find_map(|ending| {
        let stem = word.strip_suffix(ending).filter(|stem| stem.len() > 3)?;
        let [.., before, b'l' | b'n' | b'r'] = stem.as_bytes() else { return None };
        if spelling::is_vowel(*before) {
            return None;
        }
        let (start, last) = stem.split_at_checked(stem.len() - 1)?;
        let doubled = || find(&[start, start.get(start.len() - 1..)?, "e", last].concat());
        find(&[start, "e", last].concat()).or_else(doubled)
    })
}

/// Endings of words that no table knows, longer ones first.
#[rustfmt::skip]
const STRIPPED: [&str; 37] = [
    "ningene", "ningane", "elsene", "ingene", "ingane", "ningen", "ninger", "ningar", "arane", "elsen", "elser",
    "ingen", "inger", "ingar", "ninga", "aste", "este", "erne", "ande", "ende", "else", "ning", "inga", "ene", "ane",
    "ing", "ast", "est", "en", "et", "er", "ar", "as", "es", "a", "e", "s",
];
/// What looks like an ending after these belongs to the word.
const WHOLE_ENDS: [&str; 9] = ["het", "itet", "loes", "tt", "ss", "is", "us", "os", "ste"];
/// Endings of adjectives and participles, with the -t of the neuter.
const NEUTERS: [&str; 6] = ["alt", "elt", "ivt", "art", "ert", "gt"];

/// Ends the key of a word that no table knows. It is no form of a word of the tables, else it would
/// have been found, and must not meet one: `russ` is not `rus`.
const UNKNOWN: &str = "~";

/// The key of a folded word that no table knows, the same for all its forms.
///
/// Takes endings off until none is left: were it once, `ansvaret` would become `ansvar` and
/// `ansvar` something shorter.
pub(super) fn stem(word: &str) -> String {
    if word.len() < MIN_STEM {
        return word.to_owned();
    }
    let mut stem = suffix(&spelling::shared(word));
    while let Some(shorter) = strip(&stem) {
        stem = suffix(shorter);
    }
    [spelling::single_end(&stem), UNKNOWN].concat()
}

fn strip(word: &str) -> Option<&str> {
    if WHOLE_ENDS.iter().any(|end| word.ends_with(end)) {
        return None;
    }
    if NEUTERS.iter().any(|end| word.ends_with(end)) && word.len() > 5 {
        return word.strip_suffix('t');
    }
    STRIPPED.iter().find_map(|ending| {
        let stem = word.strip_suffix(ending)?;
        (stem.len() >= MIN_STEM && stem.bytes().any(spelling::is_vowel)).then_some(stem)
    })
}

/// Ends a word as bokmål does where nynorsk ends it otherwise.
fn suffix(word: &str) -> String {
    let pairs = [("leg", "lig"), ("heit", "het"), ("laus", "loes"), ("sam", "som")];
    let nynorsk = pairs.iter().find_map(|(nn, nb)| Some((word.strip_suffix(nn).filter(|s| s.len() > 2)?, nb)));
    nynorsk.map_or_else(|| word.to_owned(), |(base, nb)| [base, nb].concat())
}
