//! Text that people wrote, on its way into a page. All of it is hostile until it has passed here: it is escaped, cut
//! where it is too long, rid of signs that turn the direction of other text, and isolated.

use std::fmt::{self, Write as _};

use askama::filters::HtmlSafe;
use serde_json::Value;

use super::limits::{MAX_LINE_CHARS, MAX_TEXT_CHARS};

/// Shows that a text was cut.
const CUT: &str = " […]";

/// One line of text, for attributes, titles and other places where there are no elements.
pub(super) fn plain(text: &str) -> String {
    plain_within(text, MAX_LINE_CHARS)
}

/// One line of text of at most this many characters.
pub(super) fn plain_within(text: &str, most: usize) -> String {
    let mut kept = text.chars().filter(|c| is_fine(*c) || *c == '\n').map(|c| if c.is_whitespace() { ' ' } else { c });
    let mut out: String = kept.by_ref().take(most).collect();
    if kept.next().is_some() {
        out.push_str(CUT);
    }
    out
}

/// Text that keeps its lines, for data that is shown as it is.
pub(super) fn block(text: &str, most: usize) -> String {
    let mut kept = text.chars().filter(|c| is_fine(*c) || *c == '\n');
    let mut out: String = kept.by_ref().take(most).collect();
    if kept.next().is_some() {
        out.push_str(CUT);
    }
    out
}

/// Text of several lines: paragraphs and lists.
pub(super) fn prose(text: &str) -> Prose {
    Prose(block(text, MAX_TEXT_CHARS))
}

/// One line of text as a TOML file has it, quotes included. Control signs are gone, and what is left JSON escapes as
/// TOML does.
pub(super) fn toml(text: &str) -> String {
    Value::from(plain(text)).to_string()
}

/// The address in a record, if it is one that a browser may follow.
pub(super) fn address(url: &str) -> Option<String> {
    let fine = url.len() <= 2000 && url.bytes().all(|b| b.is_ascii_graphic());
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    let known = lower.starts_with("https://") || (lower.starts_with("http://") && url.len() > 7);
    (fine && known).then(|| url.to_owned())
}

/// Whether a text is an address of electronic mail and nothing else.
pub(super) fn is_mailbox(text: &str) -> bool {
    let fine = |b: u8| b.is_ascii_alphanumeric() || b".-_+".contains(&b);
    let parts = text.split_once('@');
    parts.is_some_and(|(name, host)| [name, host].iter().all(|p| !p.is_empty() && p.bytes().all(fine)))
}

/// Paragraphs and lists that are written as HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Prose(String);

// It writes itself escaped.
impl HtmlSafe for Prose {}

impl fmt::Display for Prose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut open: Option<List> = None;
        for block in self.0.split('\n').map(str::trim).collect::<Vec<_>>().split(|l| l.is_empty()) {
            let mut lines = block.iter().peekable();
            while let Some(line) = lines.next() {
                let (list, rest) = List::of(line, open);
                List::change(f, open, list)?;
                open = list;
                f.write_str(if list.is_some() {
                    "<li dir=\"auto\">"
                } else {
                    "<p class=\"ds-paragraph\" dir=\"auto\">"
                })?;
                write!(f, "{}", Escaped(rest))?;
                // Lines that follow belong to the same paragraph or point.
                while let Some(next) = lines.next_if(|l| List::of(l, open).0.is_none()) {
                    f.write_str("<br>")?;
                    write!(f, "{}", Escaped(next))?;
                }
                f.write_str(if list.is_some() { "</li>" } else { "</p>" })?;
            }
        }
        List::change(f, open, None)
    }
}

/// A list that is being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    Points,
    /// With the number of the last step.
    Steps(u32),
}

impl List {
    /// The list to which a line belongs after what is open, and what it says. Only a number that follows makes a step:
    /// a line may begin with a date.
    fn of(line: &str, open: Option<Self>) -> (Option<Self>, &str) {
        if let Some(rest) = ["- ", "• ", "* "].iter().find_map(|sign| line.strip_prefix(sign)) {
            return (Some(List::Points), rest);
        }
        let due = if let Some(List::Steps(last)) = open { last + 1 } else { 1 };
        let step = line.split_once([' ', '\t']).filter(|(number, _)| {
            number.strip_suffix(['.', ')']).is_some_and(|digits| digits.parse() == Ok(due) && !digits.starts_with('+'))
        });
        step.map_or((None, line), |(_, rest)| (Some(List::Steps(due)), rest))
    }

    fn change(f: &mut fmt::Formatter<'_>, from: Option<Self>, to: Option<Self>) -> fmt::Result {
        use List::{Points, Steps};
        f.write_str(match (from, to) {
            (None, None) | (Some(Points), Some(Points)) | (Some(Steps(_)), Some(Steps(_))) => "",
            (None, Some(Points)) => "<ul class=\"ds-list\">",
            (None, Some(Steps(_))) => "<ol class=\"ds-list\">",
            (Some(Points), None) => "</ul>",
            (Some(Steps(_)), None) => "</ol>",
            (Some(Points), Some(Steps(_))) => "</ul><ol class=\"ds-list\">",
            (Some(Steps(_)), Some(Points)) => "</ol><ul class=\"ds-list\">",
        })
    }
}

/// Text that is written as HTML, escaped.
pub(super) struct Escaped<'a>(pub(super) &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                _ => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// Whether a sign is part of what is said: no control signs, and none that turn the direction of what follows.
fn is_fine(c: char) -> bool {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}');
    let invisible = matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}' | '\u{fff9}'..='\u{fffb}');
    (!c.is_control() || c == '\t') && !turns && !invisible
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_signs_that_turn_text_change_nothing() {
        assert_eq!(plain("<b>\u{202e}abc\u{2066}\0"), "<b>abc");
        let html = prose("<b>\"&'\u{202e}abc\u{2066}\0").to_string();
        assert_eq!(html, "<p class=\"ds-paragraph\" dir=\"auto\">&lt;b&gt;&quot;&amp;&#39;abc</p>");
        assert_eq!(plain("a\nb\tc"), "a b c");
        assert!(plain(&"x".repeat(100_000)).chars().count() < MAX_LINE_CHARS + 10);
        let long = prose(&"x".repeat(100_000)).to_string();
        assert!(long.ends_with("x […]</p>") && long.len() < MAX_TEXT_CHARS + 100);
    }

    #[test]
    fn what_is_copied_into_a_file_is_read_as_it_was_written() {
        for said in ["Eldre og mat", "\"sitat\" og 'sitat'", "C:\\nytt\\u0041", "\"\"\"", "Kárášjohka 🌲", ""] {
            let line = format!("title = {}\nstatus = \"open\"", toml(said));
            let read: toml::Table = toml::from_str(&line).expect(&line);
            assert_eq!((read["title"].as_str(), read.len()), (Some(said), 2), "{line}");
        }
        assert_eq!(toml("a\u{7f}\u{1}\nb"), "\"a b\"");
    }

    #[test]
    fn paragraphs_and_lists_are_told_apart() {
        let rows = [
            ("", ""),
            ("En.\nTo.\n\nTre.", "<P>En.<br>To.</p><P>Tre.</p>"),
            ("1. Én\n2) To\nmer\n\nSlutt", "<ol class=\"ds-list\"><L>Én</li><L>To<br>mer</li></ol><P>Slutt</p>"),
            ("- a\n- <b>", "<ul class=\"ds-list\"><L>a</li><L>&lt;b&gt;</li></ul>"),
            ("2024 var fint", "<P>2024 var fint</p>"),
            ("17. mai var fin", "<P>17. mai var fin</p>"),
            ("1. a\n17. mai", "<ol class=\"ds-list\"><L>a<br>17. mai</li></ol>"),
            ("Før:\n- a", "<P>Før:</p><ul class=\"ds-list\"><L>a</li></ul>"),
        ];
        for (text, html) in rows {
            let html =
                html.replace("<P>", "<p class=\"ds-paragraph\" dir=\"auto\">").replace("<L>", "<li dir=\"auto\">");
            assert_eq!(prose(text).to_string(), html, "{text}");
        }
    }

    #[test]
    fn only_web_addresses_are_links() {
        for (url, fine) in [
            ("https://www.ks.no/x?a=b", true),
            ("HTTP://ks.no", true),
            ("javascript:alert(1)", false),
            ("data:text/html,x", false),
            ("//ks.no", false),
            ("https://ks.no/ x", false),
            ("https://ks.no/\u{202e}", false),
            ("", false),
        ] {
            assert_eq!(address(url).is_some(), fine, "{url}");
        }
    }
}
