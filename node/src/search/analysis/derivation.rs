//! Words made of a known word by an ending that makes another kind of word: -het, -lig, -isk.

use super::compound;
use super::inflection;
use super::lexicon::{self, Entry};

/// How nynorsk and bokmål write the ending, and what stands for both in a key.
const SUFFIXES: [(&str, &str); 14] = [
    ("het", "het"),
    ("heit", "het"),
    ("lig", "lig"),
    ("leg", "lig"),
    ("loes", "loes"),
    ("laus", "loes"),
    ("som", "som"),
    ("sam", "som"),
    ("skap", "skap"),
    ("dom", "dom"),
    ("bar", "bar"),
    ("messig", "messig"),
    ("vis", "vis"),
    ("aktig", "aktig"),
];
/// What stands before `lege` where it is a doctor.
const DOCTORS: [&str; 8] = ["fast", "tann", "turnus", "dyr", "vakt", "fylkes", "sykehus", "sjukehus"];
/// What may stand after such an ending.
const INFLECTIONS: [&str; 24] = [
    "", "a", "e", "s", "t", "en", "et", "er", "ar", "ene", "ane", "ere", "are", "est", "ast", "este", "aste", "ens",
    "ets", "ers", "as", "mer", "men", "me",
];
/// The words that an adjective in -isk may come from: politisk from politikk, teknologisk from
/// teknologi, historisk from historie.
const ISK: [&str; 3] = ["ikk", "i", "ie"];
/// Endings of keys that are derived from other keys.
const ROOT_SUFFIXES: [&str; 11] =
    ["het", "lighet", "somhet", "lig", "ig", "isere", "asjon", "else", "som", "skap", "dom"];
/// Two such endings at most: mennesk-e-lig-het.
const MAX_SUFFIXES: usize = 2;

/// The key of a folded word that is derived from a word of the tables.
pub(super) fn known(word: &str) -> Option<String> {
    derived(word, &INFLECTIONS, MAX_SUFFIXES).or_else(|| adjective_of(word))
}

/// The word of the tables from which a key is derived, by its key: `frivillighet` comes from `frivillig`. They
/// are not the same, but who looks for one likes to find the other.
pub(super) fn root(key: &str) -> Option<String> {
    ROOT_SUFFIXES.iter().find_map(|suffix| {
        let base = key.strip_suffix(suffix).filter(|base| base.len() > 3)?;
        let found = lexicon::find(base).or_else(|| lexicon::find(&[base, "e"].concat()));
        // A noun in -het comes from an adjective, whether the tables have it or not; what else ends like that may not.
        let made =
            || ((*suffix == "het" && base.len() > 4) || compound::split(base).is_some()).then(|| base.to_owned());
        found.map(|found| found.key.clone()).or_else(made).filter(|root| root != key)
    })
}

/// The same within a compound, where it has no endings but the -s-.
pub(super) fn inner(word: &str) -> Option<String> {
    derived(word, &["", "s"], MAX_SUFFIXES)
}

fn derived(word: &str, endings: &[&str], depth: usize) -> Option<String> {
    let depth = depth.checked_sub(1)?;
    // Few words end like that, and looking at the end is cheaper than looking for a place.
    let ends_in =
        |suffix: &str| endings.iter().any(|rest| word.strip_suffix(rest).is_some_and(|w| w.ends_with(suffix)));
    SUFFIXES.iter().filter(|(suffix, _)| ends_in(suffix)).find_map(|(suffix, shared)| {
        let at = word.rfind(suffix).filter(|at| *at > 2)?;
        let (base, rest) = (word.get(..at)?, word.get(at..)?.strip_prefix(suffix)?);
        if !endings.contains(&rest) || is_doctor(base, suffix, rest) {
            return None;
        }
        let key = base_of(base).map(|found| found.key.clone()).or_else(|| derived(base, &[""], depth))?;
        Some(key + shared)
    })
}

/// `skolelege` and `fastlege` are doctors, while `vennlege` is an adjective of nynorsk.
fn is_doctor(base: &str, suffix: &str, rest: &str) -> bool {
    suffix == "leg" && rest.starts_with(['e', 'a']) && (base.ends_with(['e', 's']) || DOCTORS.contains(&base))
}

fn base_of(base: &str) -> Option<&'static Entry> {
    let linked = || base.strip_suffix(['s', 'e']).filter(|b| b.len() > 2).and_then(lexicon::find);
    let found = lexicon::find(base).or_else(linked).or_else(|| lexicon::find(&[base, "e"].concat()));
    found.filter(|found| found.joins)
}

fn adjective_of(word: &str) -> Option<String> {
    let base = ["isk", "iske", "iskt"].iter().find_map(|end| word.strip_suffix(end))?;
    let origin = ISK.iter().find_map(|end| inflection::known(&[base, end].concat()));
    origin.filter(|found| found.joins && base.len() > 3).map(|found| found.key.clone())
}
