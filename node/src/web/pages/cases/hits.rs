//! What is shown of each hit: its card, the words that were looked for marked, and by what it was found.

use std::fmt;

use askama::filters::HtmlSafe;

use crate::clock;
use crate::language::Tongue;
use crate::reading::card;
use crate::search::{Found, Hit, Piece, Why};
use crate::web::cards::CardRow;
use crate::web::failure::Failure;
use crate::web::site::Site;
use crate::web::text;

/// Reasons that are told.
const MAX_WHY: usize = 4;

/// A hit.
pub(super) struct HitRow {
    pub(super) c: CardRow,
    pub(super) id: String,
    pub(super) title: Marked,
    pub(super) extract: Marked,
    /// By what it was found; nothing where that is plain to see.
    pub(super) why: String,
}

/// A text with some of it marked, written as HTML.
pub(super) struct Marked(Vec<Piece>);

pub(super) fn rows(site: &Site, t: Tongue, found: &Found) -> Result<Vec<HitRow>, Failure> {
    let day = clock::now().day();
    let mut rows = Vec::new();
    for hit in &found.hits {
        // One that was withdrawn a moment ago may still be in the index.
        let Some(card) = card(site.library(), &hit.id, day)?.filter(|c| !c.withdrawn) else { continue };
        let c = CardRow::of(t, &card);
        let shown = |pieces: &[Piece], other: &str| {
            let said = pieces.iter().any(|p| !p.text.trim().is_empty());
            Marked(if said { pieces.to_vec() } else { vec![Piece { text: other.to_owned(), marked: false }] })
        };
        rows.push(HitRow {
            id: hit.id.to_string(),
            title: shown(&hit.title, &c.title),
            extract: shown(&hit.extract, &c.summary),
            why: why(t, hit),
            c,
        });
    }
    Ok(rows)
}

/// By what a case was found, where the marks do not say it themselves.
fn why(t: Tongue, hit: &Hit) -> String {
    let pair = |key: &str, asked: &str, found: &str| {
        t.fill(key, &[("asked", &text::plain(asked)), ("found", &text::plain(found))]).into_owned()
    };
    let say = |why: &Why| match why {
        Why::Title | Why::Word(_) => None,
        Why::OtherForm { asked, found } => Some(pair("why-other-form", asked, found)),
        Why::Part { asked, found } => Some(pair("why-part", asked, found)),
        Why::Abbreviation { asked, found } => Some(pair("why-abbreviation", asked, found)),
        Why::Synonym { asked, found } => Some(pair("why-synonym", asked, found)),
        Why::Spelling { asked, found } => Some(pair("why-spelling", asked, found)),
        Why::Phrase => Some(t.say("why-phrase").into_owned()),
    };
    hit.why.iter().filter_map(say).take(MAX_WHY).collect::<Vec<_>>().join(" · ")
}

// It writes itself escaped.
impl HtmlSafe for Marked {}

impl fmt::Display for Marked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("<bdi>")?;
        for piece in &self.0 {
            let (before, after) = if piece.marked { ("<mark>", "</mark>") } else { ("", "") };
            write!(f, "{before}{}{after}", text::Escaped(&text::plain(&piece.text)))?;
        }
        f.write_str("</bdi>")
    }
}
