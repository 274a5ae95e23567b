//! The tables are read whole and do not contradict themselves.

use std::collections::BTreeMap;

use super::*;

#[test]
fn no_form_belongs_to_two_words() {
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    let mut faults = Vec::new();
    for (row, _) in rows() {
        for form in &row {
            if let Some(other) = owners.insert(fold(form), row[0].to_owned())
                && (other != row[0] || form != &row[0])
            {
                faults.push(format!("{form}: {other}, {}", row[0]));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn the_tables_have_the_size_that_is_claimed() {
    let (pairs, stems): (Vec<_>, Vec<_>) = rows().partition(|(row, _)| row.len() > 1);
    assert!(pairs.len() >= 900, "{} pairs", pairs.len());
    assert!(stems.len() >= 1500, "{} stems", stems.len());
}

#[test]
fn words_are_letters() {
    for word in rows().flat_map(|(row, _)| row) {
        assert!(word.chars().all(char::is_alphabetic), "{word}");
        assert!(!fold(word).is_empty(), "{word}");
    }
}
