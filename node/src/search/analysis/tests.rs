//! The analysis as the search sees it: words that must meet, words that must not, compounds, and
//! input that wants to do harm.

use super::*;

fn key_of(word: &str) -> String {
    key(&fold(word))
}

fn parts_of(word: &str) -> Vec<String> {
    words(word).into_iter().flat_map(|word| word.parts).collect()
}

#[test]
fn bokmaal_and_nynorsk_meet() {
    let rows = include_str!("tests/meet.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let mut apart = Vec::new();
    for row in rows {
        let keys: Vec<String> = row.split_whitespace().map(key_of).collect();
        if keys.iter().any(|key| *key != keys[0]) {
            apart.push(format!("{row}: {keys:?}"));
        }
    }
    assert!(apart.is_empty(), "{apart:#?}");
}

#[test]
fn unlike_words_stay_apart() {
    let rows = include_str!("tests/apart.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let mut met = Vec::new();
    for row in rows {
        let keys: Vec<String> = row.split_whitespace().map(key_of).collect();
        for (at, key) in keys.iter().enumerate() {
            if keys[..at].contains(key) {
                met.push(format!("{row}: {keys:?}"));
            }
        }
    }
    assert!(met.is_empty(), "{met:#?}");
}

#[test]
fn compounds_have_their_parts() {
    let rows: [(&str, &[&str]); 20] = [
        ("arbeidsmiljø", &["arbeid", "miljø"]),
        ("sjukeheimsplassar", &["syk", "hjem", "plass", "sykehjem", "hjemmeplass"]),
        ("velferdsteknologiske", &["velferd", "teknologi"]),
        ("Smartmat", &["smart", "mat"]),
        ("personalkantine", &["personal", "kantine"]),
        ("Personalkantinen", &["personal", "kantine"]),
        ("innbyggjarmedverknad", &["innbygger", "medvirkning"]),
        ("vasskvalitet", &["vann", "kvalitet"]),
        ("barnehageplass", &["barn", "hage", "plass", "barnehage", "hageplass"]),
        ("hjemmesykepleie", &["hjem", "syk", "pleie", "hjemmesyk", "sykepleie"]),
        ("trafikkontroll", &["trafikk", "kontroll"]),
        ("fastlegeordning", &["fast", "lege", "ordning", "fastlege", "legeordning"]),
        ("bærekraftsmål", &["bærekraft", "mål"]),
        ("skulekvardag", &["skole", "hverdag"]),
        ("lydbøker", &["lyd", "bok"]),
        ("trygghetsalarmene", &["trygghet", "alarm"]),
        ("leiaravtalar", &["leder", "avtale"]),
        ("Hadelandssamarbeidet", &["Hadeland", "samarbeid"]),
        ("Bærumsmodellen", &["Bærum", "modell"]),
        ("elbillader", &["elbil", "lader"]),
    ];
    for (word, parts) in rows {
        let parts: Vec<String> = parts.iter().map(|part| key_of(part)).collect();
        assert_eq!(parts_of(word), parts, "{word}");
    }
}

#[test]
fn what_is_no_compound_has_no_parts() {
    let rows = "kommune kommunen ansvar innsats forsøk innkjøp innhold oppvekst omsorg utvikling samarbeid avtale
        forvaltning barometer organisasjon informasjon kompetanse interesse erfaring virksomhet sikkerhet demokrati
        partnerskap ledelse statistikk prosjekt universitet bibliotek helse beredskap overgrep undervisning medvirkning
        utfordring fagleg kostnad karriere kriterium mandat ordfører rådmann parkering digitalisering kommunikasjon
        Lunner Gran Bærum Eiker Tysfjord Porsáŋgu 2024 KI XQZW";
    for word in rows.split_whitespace() {
        assert_eq!(parts_of(word), Vec::<String>::new(), "{word}");
    }
}

#[test]
fn words_know_where_they_stand() {
    let text = "Å få fleire\u{a0}e-læringskurs, Kárášjohka!";
    let found: Vec<(&str, String)> = words(text).into_iter().map(|w| (&text[w.range.clone()], w.folded)).collect();
    let expected = [
        ("Å", "aa"),
        ("få", "faa"),
        ("fleire", "fleire"),
        ("e-læringskurs", "elaeringskurs"),
        ("Kárášjohka", "karasjohka"),
    ];
    assert_eq!(found, expected.map(|(word, folded)| (word, folded.to_owned())));
}

#[test]
fn other_languages_are_left_in_peace() {
    let rows = [("школа", "школа"), ("学校", "学校"), ("2024", "2024"), ("covid19", "covid19")];
    for (word, expected) in rows {
        assert_eq!(key_of(word), expected);
    }
    assert!(words("…—–!?*§🎉\u{202e}\u{301}").is_empty());
}

#[test]
fn hostile_input_is_borne() {
    let long = "kommune".repeat(15_000);
    assert!(words(&long).is_empty());
    assert_eq!(key(&long), long);
    let marks = format!("a{}", "\u{301}".repeat(100_000));
    let spaced = "\u{202e}s y k e\u{ad}\u{200d}h j e m ".repeat(5_000);
    let sharp = "ß\u{fdfa}ǆĲ".repeat(16);
    let letters = ["s", "e", "ss", "es", "ing", "barn", "oe", "an", "u"].map(|part| part.repeat(64 / part.len()));
    for text in letters.iter().chain([&marks, &spaced, &sharp]) {
        for word in words(text) {
            assert!(text.get(word.range.clone()).is_some());
            assert!(word.parts.len() <= compound::MAX_PARTS, "{text}: {:?}", word.parts);
            assert_eq!(key(&word.folded), word.key);
        }
    }
}

/// Any text of these pieces must be borne; a small generator of its own keeps the test repeatable.
#[test]
fn any_mixture_is_borne() {
    let pieces =
        ["syk", "hjem", "s", "e", "ø", "å\u{301}", "leg", "-", " ", "ŋ", "ett", "\u{202d}", "u", "for", "ß", "7"];
    let mut state = 1_u64;
    for _ in 0..5_000 {
        let mut text = String::new();
        for _ in 0..14 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[usize::try_from(state >> 60).unwrap()]);
        }
        for word in words(&text) {
            assert_eq!(fold(&text[word.range.clone()]), word.folded);
            assert!(!word.parts.contains(&String::new()), "{text}");
        }
    }
}
