//! The span of days that a figure looks at.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::time::Day;

/// The span of days that a figure looks at, up to the day of reckoning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Span {
    /// A calendar year. Written `2026`.
    Year(i32),
    /// The 24 months up to the day of reckoning. Written `24m`.
    Months24,
}

/// The days of a span at a day of reckoning; both ends belong to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub to: Day,
}

impl Window {
    /// Whether a day lies in it.
    pub fn has(&self, day: Option<Day>) -> bool {
        day.is_some_and(|day| self.from <= day && day <= self.to)
    }

    /// The same span some months earlier.
    pub fn earlier(&self, months: i32) -> Self {
        let back = |day: Day| day.add_months(months.saturating_neg()).unwrap_or(day);
        Self { from: back(self.from), to: back(self.to) }
    }
}

impl Span {
    /// The days at a day of reckoning: nothing after it belongs to any span.
    pub fn window(self, day: Day) -> Window {
        match self {
            Span::Year(year) => Window {
                from: Day::from_ymd(year, 1, 1).unwrap_or(day),
                to: Day::from_ymd(year, 12, 31).unwrap_or(day).min(day),
            },
            Span::Months24 => Window { from: day.add_months(-24).map_or(day, |d| d.add_days(1)), to: day },
        }
    }
}

impl Span {
    /// The span whose window at a day this is.
    pub fn of_window(window: Window, day: Day) -> Option<Self> {
        let (year, ..) = window.from.ymd();
        [Span::Months24, Span::Year(year)].into_iter().find(|span| span.window(day) == window)
    }
}

/// What is no span.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no period; write a year, as 2026, or 24m")]
pub struct NotASpan(String);

impl FromStr for Span {
    type Err = NotASpan;

    fn from_str(text: &str) -> Result<Self, NotASpan> {
        let is_year = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        match (text, is_year) {
            ("24m", _) => Ok(Span::Months24),
            (year, true) => year.parse().ok().filter(|y| *y > 0).map(Span::Year).ok_or_else(|| NotASpan(text.into())),
            (_, false) => Err(NotASpan(text.chars().take(20).collect())),
        }
    }
}

impl TryFrom<String> for Span {
    type Error = NotASpan;

    fn try_from(text: String) -> Result<Self, NotASpan> {
        text.parse()
    }
}

impl From<Span> for String {
    fn from(span: Span) -> String {
        span.to_string()
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Span::Year(year) => write!(f, "{year:04}"),
            Span::Months24 => f.write_str("24m"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_and_have_their_days() {
        let day = |text: &str| text.parse::<Day>().expect("a day");
        for (text, at, from, to) in [
            ("24m", "2026-06-30", "2024-07-01", "2026-06-30"),
            ("24m", "2024-02-29", "2022-03-01", "2024-02-29"),
            ("2025", "2026-06-30", "2025-01-01", "2025-12-31"),
            ("2026", "2026-06-30", "2026-01-01", "2026-06-30"),
        ] {
            let span: Span = text.parse().expect("a span");
            assert_eq!(span.window(day(at)), Window { from: day(from), to: day(to) }, "{text} at {at}");
            assert_eq!((span.to_string().as_str(), Span::of_window(span.window(day(at)), day(at))), (text, Some(span)));
        }
        for wrong in ["", "24", "12m", "20261", "0000", "-202", "2O26"] {
            assert!(wrong.parse::<Span>().is_err(), "{wrong}");
        }
    }
}
