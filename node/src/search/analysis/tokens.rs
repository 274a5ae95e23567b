//! Where the words of a text stand.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::MAX_LETTERS;

/// The places of the words: runs of letters and digits. A hyphen parts words, but `e-post` is one.
/// Runs of more than [`MAX_LETTERS`] are left out.
pub fn ranges(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(run) = next_run(text, at) {
            at = run.end;
            let letters = text.get(run.clone()).map_or(0, |word| word.chars().take(MAX_LETTERS + 1).count());
            if letters <= MAX_LETTERS {
                return Some(run);
            }
        }
        None
    })
}

/// The first run of letters from a place on.
fn next_run(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text.get(from..)?;
    let start = from + rest.find(char::is_alphanumeric)?;
    let mut end = run_end(text, start);
    if is_single_letter(text, &(start..end))
        && let Some(joined) = text.get(end..).and_then(|after| after.strip_prefix(['-', '\u{2010}', '\u{2011}']))
        && joined.starts_with(char::is_alphabetic)
    {
        end = run_end(text, text.len() - joined.len());
    }
    Some(start..end)
}

fn run_end(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let is_inside = |c: char| c.is_alphanumeric() || !c.is_ascii() && (is_combining_mark(c) || is_invisible(c));
    let length = rest.find(|c| !is_inside(c));
    length.map_or(text.len(), |length| start + length)
}

fn is_single_letter(text: &str, run: &Range<usize>) -> bool {
    let mut letters = text.get(run.clone()).unwrap_or_default().chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

/// Soft hyphens, joiners and direction marks stand within words and mean nothing to a search.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_where_they_end() {
        let rows: [(&str, &[&str]); 9] = [
            ("Hva, nå?", &["Hva", "nå"]),
            ("Trygde- og servicebolig", &["Trygde", "og", "servicebolig"]),
            ("e-post om KI-verktøy", &["e-post", "om", "KI", "verktøy"]),
            ("A - B, 2-3", &["A", "B", "2", "3"]),
            ("a\u{30a}r\u{ad}lig", &["a\u{30a}r\u{ad}lig"]),
            ("\u{202e}snudd\u{202c}", &["snudd\u{202c}"]),
            ("🎉🎉 fest🎉", &["fest"]),
            ("§ 12 a (2024)", &["12", "a", "2024"]),
            ("", &[]),
        ];
        for (text, expected) in rows {
            let found: Vec<&str> = ranges(text).map(|range| &text[range]).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn what_is_too_long_is_no_word() {
        let text = format!("{} ja {}", "a".repeat(100_000), "e\u{301}".repeat(100_000));
        let found: Vec<&str> = ranges(&text).map(|range| &text[range]).collect();
        assert_eq!(found, ["ja"]);
        assert_eq!(ranges(&"å".repeat(MAX_LETTERS)).count(), 1);
    }
}
