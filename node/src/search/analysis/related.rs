//! Words that mean the same or nearly the same in the municipal world, beside those that are one word in
//! the two written languages.
//!
//! A line names words or short phrases that lead to each other, parted by commas; what stands after a `>` is led to
//! and does not lead back. `#` begins a heading.

use std::sync::LazyLock;

use super::Word;
use super::groups::{Alternative, Groups};

static SAME: LazyLock<Groups> = LazyLock::new(|| read(include_str!("related/same.txt")));
static NEAR: LazyLock<Groups> = LazyLock::new(|| read(include_str!("related/near.txt")));

/// Other words for the same matter as the words of a query: `søppel` for `avfall`.
pub fn same(query: &[Word]) -> Vec<Alternative> {
    SAME.alternatives(query)
}

/// Words near in meaning to those of a query: `bok` for `bibliotek`. Who asks by one may be helped by the other.
pub fn near(query: &[Word]) -> Vec<Alternative> {
    NEAR.alternatives(query)
}

/// Single words for the same matter as a key.
pub fn same_as(key: &str) -> impl Iterator<Item = &'static str> {
    SAME.others(&[key.to_owned()]).iter().filter_map(|keys| match keys.as_slice() {
        [only] => Some(only.as_str()),
        _ => None,
    })
}

fn read(text: &'static str) -> Groups {
    let names =
        |part: &'static str| -> Vec<&str> { part.split(',').map(str::trim).filter(|n| !n.is_empty()).collect() };
    let mut groups = Groups::default();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (from, to) = line.split_once('>').unwrap_or((line, ""));
        let (from, to) = (names(from), names(to));
        groups.lead(&from, &from);
        groups.lead(&from, &to);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::*;

    #[test]
    fn words_for_the_same_lead_to_each_other() {
        let rows =
            [("søppel", "avfall"), ("avfallet", "renovasjon"), ("dårleg råd", "låginntekt"), ("anskaffing", "innkjøp")];
        for (asked, other) in rows {
            let other: Vec<String> = words(other).into_iter().map(|word| word.key).collect();
            let asked = words(asked);
            let is_one = asked.iter().map(|word| &word.key).eq(&other);
            assert!(is_one || same(&asked).iter().any(|found| found.keys == other), "{asked:?}");
        }
    }

    #[test]
    fn every_line_names_at_least_two() {
        for line in [include_str!("related/same.txt"), include_str!("related/near.txt")].iter().flat_map(|t| t.lines())
        {
            assert!(line.starts_with('#') || line.contains([',', '>']), "{line}");
        }
    }
}
