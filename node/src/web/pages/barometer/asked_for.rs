//! Which figures a reader asks for: period, day of reckoning, dimension, structure.

use idenett_protocol::barometer::{Basis, Dimension, Span};
use idenett_protocol::time::Day;

use crate::clock;
use crate::desk::when;
use crate::web::asked::{Asked, address};
use crate::web::failure::Failure;

/// Years that can be chosen from a list; any other can be written into the address.
const YEARS: i32 = 6;

/// Which figures a reader asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct AskedFor {
    pub(super) day: Day,
    pub(super) span: Span,
    pub(super) dimension: Dimension,
    pub(super) basis: Basis,
    /// Whether trends are of the members that were there all the time.
    pub(super) panel: bool,
}

/// Something that can be chosen.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) chosen: bool,
}

impl AskedFor {
    pub(super) fn read(asked: &Asked) -> Result<Self, Failure> {
        let wrong = |name: &str, detail: String| Failure::Parameter { name: name.to_owned(), detail };
        let (day, span) = when(asked.value("as_of"), asked.value("period"), clock::now().day())
            .map_err(|problem| wrong(if asked.value("as_of").is_some() { "as_of" } else { "period" }, problem.what))?;
        let dimension = asked.value("by").map_or(Ok(Dimension::All), str::parse);
        let basis = asked.value("structure").map_or(Ok(Basis::Today), str::parse);
        Ok(Self {
            day,
            span,
            dimension: dimension.map_err(|e| wrong("by", e.to_string()))?,
            basis: basis.map_err(|e| wrong("structure", e.to_string()))?,
            panel: asked.value("members") == Some("same"),
        })
    }

    /// The address of a page of the barometer for the same period.
    pub(super) fn address(&self, asked: &Asked, path: &str) -> String {
        let kept = asked.query.iter().filter(|(name, _)| matches!(name.as_str(), "period" | "as_of" | "members"));
        address(path, kept.map(|(name, value)| (name.as_str(), value.as_str())))
    }

    /// The periods that can be chosen.
    pub(super) fn periods(&self, last: impl Fn(Span) -> String) -> Vec<Choice> {
        let (this, ..) = clock::now().day().ymd();
        let years = (this - YEARS + 1..=this).rev().map(Span::Year);
        let all = [Span::Months24].into_iter().chain(years);
        all.map(|span| Choice { value: span.to_string(), label: last(span), chosen: span == self.span }).collect()
    }
}
