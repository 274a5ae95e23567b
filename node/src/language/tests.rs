//! That every text is there, in every language, and that nynorsk is nynorsk.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::*;

/// Texts that are alike in bokmål and nynorsk, by what they say.
const ALIKE: &str = include_str!("../../locales/alike.txt");

/// How a text is asked for.
const CALLS: [&str; 11] = [
    ".say(\"",
    ".count(\"",
    ".with(\"",
    ".fill(\"",
    "Fact::one(t, \"",
    "Fact::code(t, \"",
    "Fact::codes(t, \"",
    "linked(t, \"",
    "lines(t, \"",
    "places(t, \"",
    "note(t, \"",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The texts of a language by their names, as they stand in the files.
fn texts(lang: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let files = std::fs::read_dir(root().join("locales").join(lang)).expect("the texts of a language");
    for file in files {
        let text = std::fs::read_to_string(file.expect("a file").path()).expect("a text");
        FluentResource::try_new(text.clone()).map_err(|(_, errors)| errors).expect("texts that can be read");
        let mut name = String::new();
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            if let Some((key, value)) =
                line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()))
            {
                name = key.to_owned();
                assert!(found.insert(name.clone(), value.trim().to_owned()).is_none(), "{lang}: {name} is there twice");
            } else if let Some(value) = found.get_mut(&name).filter(|_| !line.trim().is_empty()) {
                value.push(' ');
                value.push_str(line.trim());
            }
        }
    }
    found
}

/// The names of texts that templates and code ask for.
fn asked_for() -> BTreeMap<String, PathBuf> {
    let mut found = BTreeMap::new();
    let mut open = vec![root().join("templates"), root().join("src/web"), root().join("src/export")];
    while let Some(at) = open.pop() {
        if at.is_dir() {
            open.extend(std::fs::read_dir(&at).expect("a folder").map(|e| e.expect("a file").path()));
            continue;
        }
        let Ok(text) = std::fs::read_to_string(&at) else { continue };
        // A call may be written in several lines.
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "(");
        for call in CALLS {
            for rest in text.split(call).skip(1) {
                found.insert(rest.split('"').next().unwrap_or_default().to_owned(), at.clone());
            }
        }
    }
    found
}

#[test]
fn every_language_has_the_same_texts_with_the_same_words_put_in() {
    let all: Vec<(Tongue, BTreeMap<String, String>)> = Tongue::ALL.map(|t| (t, texts(t.id()))).into();
    let names: BTreeSet<&String> = all.iter().flat_map(|(_, texts)| texts.keys()).collect();
    let variables = |text: &str| -> BTreeSet<String> {
        text.split('$').skip(1).map(|r| r.chars().take_while(char::is_ascii_alphanumeric).collect()).collect()
    };
    for name in names {
        let found: Vec<_> = all.iter().map(|(_, texts)| texts.get(name).map(|t| variables(t))).collect();
        assert!(found.iter().all(|f| f.is_some() && *f == found[0]), "{name}: {found:?}");
        for tongue in Tongue::ALL {
            assert!(tongue.has(name) && !tongue.say(name).is_empty(), "{}: {name}", tongue.id());
        }
    }
}

#[test]
fn every_text_that_is_asked_for_is_there_and_none_is_left_over() {
    let asked = asked_for();
    assert!(asked.len() > 50);
    let there = texts("nb");
    for (name, file) in &asked {
        assert!(there.contains_key(name), "{name}, asked for in {}", file.display());
    }
    // Names that are put together from a code are asked for by their beginnings.
    let made = [
        "evidence-",
        "gatherings-",
        "kind-",
        "record-",
        "gate-",
        "standing-",
        "state-",
        "field-",
        "log-",
        "mark-",
        "sort-",
        "facet-",
        "why-",
        "like-",
        "fault-",
        "facts-",
        "note-",
        "outcome-",
        "unit-",
        "part-",
        "dimension-",
        "basis-",
        "measure-",
        "series-",
        "figures-",
    ];
    let unused: Vec<&String> =
        there.keys().filter(|k| !asked.contains_key(*k) && !made.iter().any(|m| k.starts_with(m))).collect();
    assert!(unused.is_empty(), "never asked for: {unused:?}");
}

#[test]
fn nynorsk_differs_from_bokmål_unless_it_is_listed() {
    let (nb, nn) = (texts("nb"), texts("nn"));
    let listed: BTreeSet<&str> = ALIKE.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).collect();
    let alike: BTreeSet<&str> =
        nb.iter().filter(|(name, text)| nn.get(*name) == Some(text)).map(|(name, _)| name.as_str()).collect();
    let unlisted: Vec<_> = alike.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&alike).collect();
    assert!(
        unlisted.is_empty() && gone.is_empty(),
        "alike and not listed: {unlisted:?}; listed and not alike: {gone:?}"
    );
}

#[test]
fn nynorsk_has_no_bokmål_in_it() {
    let bokmål = [
        "ikke",
        "fra",
        "hvordan",
        "hva",
        "hvem",
        "hvor",
        "hvilke",
        "hvilken",
        "noe",
        "noen",
        "en",
        "et",
        "jeg",
        "dere",
        "løsning",
        "løsninger",
        "tjenester",
        "bare",
        "mye",
        "mer",
        "flere",
        "gjøre",
        "gjør",
        "være",
        "ble",
        "selv",
        "uten",
        "hver",
        "ansatte",
        "innbyggere",
        "erfaringer",
        "endringer",
        "kommuner",
        "åpen",
        "velg",
        "finner",
        "skriver",
        "kommer",
        "forteller",
        "brukes",
        "finnes",
        "vises",
        "eksempel",
        "eksempler",
    ];
    for (name, text) in texts("nn") {
        let words: Vec<String> =
            text.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase).filter(|w| !w.is_empty()).collect();
        for word in bokmål {
            assert!(!words.iter().any(|w| w == word), "{name}: `{word}` in: {text}");
        }
    }
}

#[test]
fn numbers_choose_their_form() {
    let rows = [
        (Tongue::Nb, 1, "1\u{a0}eksempel"),
        (Tongue::Nb, 1234, "1\u{a0}234\u{a0}eksempler"),
        (Tongue::Nn, 1234, "1\u{a0}234\u{a0}døme"),
        (Tongue::En, 0, "0\u{a0}cases"),
    ];
    for (tongue, n, text) in rows {
        assert_eq!(tongue.count("cases-count", n), text);
    }
}
