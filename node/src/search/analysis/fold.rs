//! Small plain letters: case, accents and the letters of Norwegian and the Sámi languages.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word in small letters from a to z where it has such: `Kárášjohka` is `karasjohka`, `Øst` and
/// `Öst` are `oest`. Letters of other scripts stay what they are; signs and marks are dropped.
pub fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.bytes().filter(u8::is_ascii_alphanumeric).map(|b| char::from(b.to_ascii_lowercase())).collect();
    }
    let mut folded = String::with_capacity(word.len().saturating_add(4));
    // Composed first: an a and a ring above it are the letter å, no a.
    for letter in word.nfc().flat_map(char::to_lowercase) {
        match plain(letter) {
            Some(letters) => folded.push_str(letters),
            None => folded.extend(std::iter::once(letter).nfkd().filter(|c| is_kept(*c)).flat_map(char::to_lowercase)),
        }
    }
    folded
}

/// Letters that no decomposition makes plain, or not in the Norwegian way.
const fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'æ' | 'ä' | 'ǽ' => "ae",
        'ø' | 'ö' | 'œ' | 'ǿ' => "oe",
        'å' | 'ǻ' => "aa",
        'đ' | 'ð' => "d",
        'ŋ' => "n",
        'ŧ' => "t",
        'þ' => "th",
        'ł' => "l",
        'ħ' => "h",
        'ı' => "i",
        'ß' => "ss",
        'ǥ' => "g",
        'ʒ' | 'ǯ' => "z",
        _ => return None,
    })
}

fn is_kept(letter: char) -> bool {
    letter.is_alphanumeric() && !is_combining_mark(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_small_and_plain() {
        let rows = [
            ("Porsáŋgu", "porsangu"),
            ("Kárášjohka", "karasjohka"),
            ("Guovdageaidnu", "guovdageaidnu"),
            ("Unjárga–Nesseby", "unjarganesseby"),
            ("Deatnu", "deatnu"),
            ("Gáivuotna", "gaivuotna"),
            ("ČŠŽĐŦŊ", "cszdtn"),
            ("BLÅBÆRSYLTETØY", "blaabaersyltetoey"),
            ("Ömer Ärlig", "oemeraerlig"),
            ("aa\u{30a}", "aaa"),
            ("vêr fôr ò", "verforo"),
            ("so\u{ad}lid\u{202e}arisk", "solidarisk"),
            ("ﬁn", "fin"),
            ("Ⅳ", "iv"),
            ("ШКОЛА", "школа"),
            ("🎉", ""),
            ("", ""),
        ];
        for (word, folded) in rows {
            assert_eq!(fold(word), folded, "{word}");
        }
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for word in ["Øyvær", "İstanbul", "ǅ", "ﬄ", "Straße", "ℌ", "k\u{301}\u{301}"] {
            assert_eq!(fold(&fold(word)), fold(word), "{word}");
        }
    }
}
