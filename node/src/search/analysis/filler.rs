//! Words of both written languages that carry no subject: what a query is rid of.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::fold::fold;

static FILLER: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let lines = include_str!("filler.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).map(fold).collect()
});

/// Whether a folded word is a question word or a function word: `hvordan`, `korleis`, `få`, `i`.
/// A query drops such words, a phrase keeps them.
pub fn is_filler(folded: &str) -> bool {
    FILLER.contains(folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_are_rid_of_their_frame() {
        let rows = [
            ("hvordan få ned sykefraværet", "sykefraværet"),
            ("Korleis kan vi få fleire lærlingar i kommunen?", "lærlingar kommunen"),
            ("hvem har løst dette med overvann og flom", "løst overvann flom"),
        ];
        for (query, kept) in rows {
            let words = query.trim_end_matches('?').split(' ');
            let carrying: Vec<&str> = words.filter(|word| !is_filler(&fold(word))).collect();
            assert_eq!(carrying.join(" "), kept);
        }
    }
}
