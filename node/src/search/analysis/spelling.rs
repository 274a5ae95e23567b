//! Spelling rules by which the two written languages differ, for words that no table knows.
//!
//! Every rule makes one spelling of two, in all words alike: it may be wrong about a word and still
//! bring its forms together.

/// A folded word in the spelling that both written languages share.
pub(super) fn shared(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut rest = word.as_bytes();
    // hvit and kvit, hvile and kvile
    if let Some(after) = rest.strip_prefix(b"hv") {
        out.push_str("kv");
        rest = after;
    }
    while let [letter, after @ ..] = rest {
        out.push(char::from(*letter));
        rest = if out.len() > 1 { skip_variant(&out, after) } else { after };
    }
    out
}

/// Passes over a letter that only one of the languages writes.
fn skip_variant<'a>(before: &str, after: &'a [u8]) -> &'a [u8] {
    match after {
        // tenkje and tenke, byggje and bygge, følgje and følge
        [b'j', next, ..] if before.ends_with(['k', 'g']) && is_vowel(*next) => after.get(1..),
        // høyring and høring, køyre and kjøre: a folded ø is oe
        [b'y', next, ..] if before.ends_with("oe") && !is_vowel(*next) => after.get(1..),
        // meining and mening, reinhald and renhold
        [b'i', next, ..] if before.ends_with('e') && !is_vowel(*next) => after.get(1..),
        _ => None,
    }
    .unwrap_or(after)
}

/// The word without the second of two like consonants at its end: `tall` and `tal`.
pub(super) fn single_end(word: &str) -> &str {
    match word.as_bytes() {
        [.., before, last] if before == last && !is_vowel(*last) && word.len() > 3 => {
            word.get(..word.len() - 1).unwrap_or(word)
        }
        _ => word,
    }
}

/// Consonants with which a Norwegian word may begin two by two.
#[rustfmt::skip]
const ONSETS: [&str; 42] = [
    "bl", "br", "bj", "dj", "dr", "dv", "fj", "fl", "fn", "fr", "gj", "gl", "gn", "gr", "hj", "hv", "kj", "kl", "kn",
    "kr", "kv", "lj", "mj", "nj", "pj", "pl", "pr", "ps", "ph", "rj", "sj", "sk", "sl", "sm", "sn", "sp", "st", "sv",
    "tj", "tr", "tv", "vr",
];

/// Whether letters could be a Norwegian word: with a vowel, and beginning as words do.
pub(super) fn can_be_said(text: &str) -> bool {
    let Some(start) = text.as_bytes().first_chunk::<2>() else { return false };
    let begins = start.iter().any(|b| is_vowel(*b)) || ONSETS.iter().any(|onset| text.starts_with(onset));
    begins && text.bytes().any(is_vowel)
}

/// Whether a letter is a vowel; the folded æ, ø and å consist of such.
pub(super) const fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_meet() {
        let rows = [
            ("hvitne", "kvitne"),
            ("fengslje", "fengslje"),
            ("soekjelys", "soekelys"),
            ("brigge", "briggje"),
            ("hoeyring", "hoering"),
            ("reinhald", "renhald"),
            ("feie", "feie"),
            ("kjensle", "kjensle"),
            ("gjest", "gjest"),
        ];
        for (one, other) in rows {
            assert_eq!(shared(one), shared(other), "{one} {other}");
        }
    }
}
