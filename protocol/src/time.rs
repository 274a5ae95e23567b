//! Points and spans of time as types. Does not know what hour it is.

use std::fmt;

use serde::{Deserialize, Serialize};

const MS_PER_DAY: u64 = 86_400_000;

/// Milliseconds since 1970-01-01T00:00Z. In an entry it is a claim of the signer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Timestamp(u64);

impl Timestamp {
    /// The time this many milliseconds after the beginning of 1970 (UTC).
    pub const fn from_millis(ms: u64) -> Self {
        Self(ms)
    }

    /// Milliseconds since the beginning of 1970 (UTC).
    pub const fn as_millis(self) -> u64 {
        self.0
    }

    /// The UTC day in which this time falls; the last representable day if it is beyond it.
    pub fn day(self) -> Day {
        Day(i32::try_from(self.0.div_euclid(MS_PER_DAY)).unwrap_or(i32::MAX))
    }

    /// This time and a span later, at most the end of time.
    pub const fn after(self, span: Span) -> Self {
        Self(self.0.saturating_add(span.0))
    }

    /// How long ago `earlier` was; nothing if it lies ahead.
    pub const fn since(self, earlier: Timestamp) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }
}

/// A length of time in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(u64);

impl Span {
    /// This many milliseconds.
    pub const fn from_millis(ms: u64) -> Self {
        Self(ms)
    }

    /// This many seconds.
    pub const fn from_secs(s: u64) -> Self {
        Self(s.saturating_mul(1000))
    }

    /// The length in milliseconds.
    pub const fn as_millis(self) -> u64 {
        self.0
    }
}

/// A day of the proleptic Gregorian calendar, in UTC. Written `2026-11-21`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i32);

/// What is wrong with a written day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no day; write it as 2026-11-21")]
pub struct NotADay(String);

impl Day {
    /// The day of a calendar date, if there is such a date.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Self> {
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) {
            return None;
        }
        if day == 0 || day > days_in_month(year, month) {
            return None;
        }
        // Days from civil: years counted from March, in eras of 400 years.
        let y = i64::from(year).saturating_sub(i64::from(month <= 2));
        let era = y.div_euclid(400);
        let year_of_era = y.rem_euclid(400);
        let shifted_month = i64::from(month.saturating_add(9).rem_euclid(12));
        let day_of_year = shifted_month
            .saturating_mul(153)
            .saturating_add(2)
            .div_euclid(5)
            .saturating_add(i64::from(day))
            .saturating_sub(1);
        let day_of_era = year_of_era
            .saturating_mul(365)
            .saturating_add(year_of_era.div_euclid(4))
            .saturating_sub(year_of_era.div_euclid(100))
            .saturating_add(day_of_year);
        let days = era.saturating_mul(146_097).saturating_add(day_of_era).saturating_sub(719_468);
        i32::try_from(days).ok().map(Day)
    }

    /// Year, month (1-12) and day of the month (1-31).
    pub fn ymd(self) -> (i32, u32, u32) {
        let z = i64::from(self.0).saturating_add(719_468);
        let era = z.div_euclid(146_097);
        let doe = z.rem_euclid(146_097);
        let yoe = doe
            .saturating_sub(doe.div_euclid(1460))
            .saturating_add(doe.div_euclid(36_524))
            .saturating_sub(doe.div_euclid(146_096))
            .div_euclid(365);
        let doy = doe.saturating_sub(
            yoe.saturating_mul(365).saturating_add(yoe.div_euclid(4)).saturating_sub(yoe.div_euclid(100)),
        );
        let mp = doy.saturating_mul(5).saturating_add(2).div_euclid(153);
        let day = doy.saturating_sub(mp.saturating_mul(153).saturating_add(2).div_euclid(5)).saturating_add(1);
        let month = mp.saturating_add(2).rem_euclid(12).saturating_add(1);
        let year = era.saturating_mul(400).saturating_add(yoe).saturating_add(i64::from(month <= 2));
        let fit = |v: i64| u32::try_from(v).unwrap_or(0);
        (i32::try_from(year).unwrap_or(i32::MAX), fit(month), fit(day))
    }

    /// The day this many months later (or earlier), on the last day of the month where the
    /// month is too short; `None` outside the years 1-9999.
    pub fn add_months(self, months: i32) -> Option<Self> {
        let (y, m, d) = self.ymd();
        let index = i64::from(y)
            .saturating_mul(12)
            .saturating_add(i64::from(m))
            .saturating_sub(1)
            .saturating_add(i64::from(months));
        let year = i32::try_from(index.div_euclid(12)).ok()?;
        let month = u32::try_from(index.rem_euclid(12).saturating_add(1)).ok()?;
        Self::from_ymd(year, month, d.min(days_in_month(year, month)))
    }

    /// The day this many days later (or earlier).
    pub const fn add_days(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// How many days this day comes after another; negative if it comes before.
    pub const fn since(self, earlier: Day) -> i32 {
        self.0.saturating_sub(earlier.0)
    }

    /// Days since 1970-01-01.
    pub const fn number(self) -> i32 {
        self.0
    }

    /// The first moment of this day; the beginning of 1970 for any day before it.
    pub fn start(self) -> Timestamp {
        Timestamp(u64::try_from(self.0).unwrap_or(0).saturating_mul(MS_PER_DAY))
    }
}

fn days_in_month(year: i32, month: u32) -> u32 {
    let leap = (year.rem_euclid(4) == 0 && year.rem_euclid(100) != 0) || year.rem_euclid(400) == 0;
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (y, m, d) = self.ymd();
        write!(f, "{y:04}-{m:02}-{d:02}")
    }
}

impl std::str::FromStr for Day {
    type Err = NotADay;

    fn from_str(s: &str) -> Result<Self, NotADay> {
        let wrong = || NotADay(s.chars().take(20).collect());
        let digits = |range: std::ops::Range<usize>| -> Option<u32> {
            let part = s.get(range)?;
            part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok())?
        };
        if s.len() != 10 || s.get(4..5) != Some("-") || s.get(7..8) != Some("-") {
            return Err(wrong());
        }
        let (Some(y), Some(m), Some(d)) = (digits(0..4), digits(5..7), digits(8..10)) else {
            return Err(wrong());
        };
        i32::try_from(y).ok().and_then(|y| Self::from_ymd(y, m, d)).ok_or_else(wrong)
    }
}

impl Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        crate::written::from_string(d)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_and_read_alike() {
        for text in ["1970-01-01", "2000-02-29", "2024-02-29", "2026-11-21", "0001-01-01", "9999-12-31"] {
            let day: Day = text.parse().expect(text);
            assert_eq!(day.to_string(), text);
        }
        for wrong in ["2023-02-29", "2026-13-01", "2026-00-10", "26-1-1", "2026-11-21T", "2026/11/21", "+026-11-21"] {
            assert!(wrong.parse::<Day>().is_err(), "{wrong}");
        }
        assert_eq!("1970-01-02".parse::<Day>().map(Day::number), Ok(1));
        assert_eq!("1969-12-31".parse::<Day>().map(Day::number), Ok(-1));
    }

    #[test]
    fn months_end_where_the_month_ends() {
        let day: Day = "2024-01-31".parse().expect("a day");
        assert_eq!(day.add_months(1).map(|d| d.to_string()).as_deref(), Some("2024-02-29"));
        assert_eq!(day.add_months(-2).map(|d| d.to_string()).as_deref(), Some("2023-11-30"));
        assert_eq!(day.add_months(24).map(|d| d.to_string()).as_deref(), Some("2026-01-31"));
    }

    #[test]
    fn every_day_of_four_centuries_is_its_own() {
        let mut day = Day::from_ymd(1800, 1, 1).expect("a day").number();
        let end = Day::from_ymd(2200, 1, 1).expect("a day").number();
        while day < end {
            let (y, m, d) = Day(day).ymd();
            assert_eq!(Day::from_ymd(y, m, d), Some(Day(day)));
            day += 1;
        }
    }
}
