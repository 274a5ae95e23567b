//! Abbreviations are found from both sides, in both written languages.

use std::ops::Range;

use super::super::{fold, is_filler, words};
use super::*;

fn said_otherwise(query: &str) -> Vec<(Range<usize>, String)> {
    alternatives(&words(query)).into_iter().map(|other| (other.at, other.keys.join(" "))).collect()
}

fn keys(text: &str) -> String {
    words(text).into_iter().filter(|word| !is_filler(&word.folded)).map(|word| word.key).collect::<Vec<_>>().join(" ")
}

#[test]
fn abbreviations_and_phrases_find_each_other() {
    let rows = [
        ("KI", 0..1, "kunstig intelligens"),
        ("bruk av kunstig intelligens i skolen", 2..4, "KI"),
        ("kunstig intelligens", 0..2, "AI"),
        ("BTI", 0..1, "betre tverrfagleg innsats"),
        ("betre tverrfagleg innsats", 0..3, "BTI"),
        ("bedre tverrfaglig innsats", 0..3, "BTI"),
        ("HR", 0..1, "personal"),
        ("virtuell røyndom", 0..2, "VR"),
        ("skulefritidsordning", 0..1, "SFO"),
        ("NAV", 0..1, "arbeids- og velferdsforvaltinga"),
        ("risiko sårbarhetsanalyse", 0..2, "ROS"),
    ];
    for (query, at, other) in rows {
        assert!(said_otherwise(query).contains(&(at, keys(other))), "{query}: {:?}", said_otherwise(query));
    }
    for query in ["kunstig gress", "intelligens", "", "tverrfaglig"] {
        assert_eq!(said_otherwise(query), [], "{query}");
    }
}

#[test]
fn no_name_stands_in_two_groups() {
    let mut seen = std::collections::BTreeSet::new();
    for name in GROUPS.iter().flat_map(|names| names.iter()) {
        assert!(seen.insert(fold(name)), "{name}");
    }
}

/// `VAR` stands for water, drains and waste, but `var` is a form of `være`.
#[test]
fn no_abbreviation_is_a_filler() {
    for name in GROUPS.iter().flat_map(|names| names.iter()) {
        assert!(!is_filler(&fold(name)), "{name}");
    }
}
