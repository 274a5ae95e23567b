//! Days, times and numbers as they are written in each language.

use std::borrow::Borrow;

use idenett_protocol::barometer::Decimal;
use idenett_protocol::body::Amount;
use idenett_protocol::time::{Day, Timestamp};

use super::{Tongue, oslo};

/// Keeps the parts of a number, and a number and its unit, on one line.
const NO_BREAK: char = '\u{a0}';

const NORWEGIAN: [&str; 12] = [
    "januar",
    "februar",
    "mars",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "desember",
];
const ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Tongue {
    /// A day as `25. november 2026`.
    pub fn date(self, day: impl Borrow<Day>) -> String {
        let (year, month, day) = day.borrow().ymd();
        let at = usize::try_from(month.saturating_sub(1)).unwrap_or(0);
        let name = |months: [&'static str; 12]| months.get(at).copied().unwrap_or_default();
        match self {
            Tongue::Nb | Tongue::Nn => format!("{day}.{NO_BREAK}{} {year}", name(NORWEGIAN)),
            Tongue::En => format!("{day}{NO_BREAK}{} {year}", name(ENGLISH)),
        }
    }

    /// The day of a time, as it was in Norway.
    pub fn day_of(self, time: impl Borrow<Timestamp>) -> String {
        self.date(oslo::clock(*time.borrow()).0)
    }

    /// A time as `25. november 2026 kl. 14.05`, in Norwegian time: the reader's zone is not known, the members' is.
    pub fn moment(self, time: impl Borrow<Timestamp>) -> String {
        let (day, hour, minute) = oslo::clock(*time.borrow());
        let date = self.date(day);
        match self {
            Tongue::Nb | Tongue::Nn => format!("{date} kl.{NO_BREAK}{hour:02}.{minute:02}"),
            Tongue::En => format!("{date} at {hour:02}:{minute:02} Norwegian time"),
        }
    }

    /// A whole number with its thousands apart.
    pub fn number(self, n: impl Borrow<i64>) -> String {
        let n = *n.borrow();
        let digits = n.unsigned_abs().to_string();
        let separator = match self {
            Tongue::Nb | Tongue::Nn => NO_BREAK,
            Tongue::En => ',',
        };
        let mut out = String::with_capacity(digits.len() + 8);
        if n < 0 {
            out.push('−');
        }
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                out.push(separator);
            }
            out.push(digit);
        }
        out
    }

    /// A number of tenths as `0,8`; without a fraction where it has none.
    pub fn tenths(self, n: u32) -> String {
        let whole = self.number(i64::from(n / 10));
        let comma = match self {
            Tongue::Nb | Tongue::Nn => ',',
            Tongue::En => '.',
        };
        if n.is_multiple_of(10) { whole } else { format!("{whole}{comma}{}", n % 10) }
    }

    /// A number with its decimals as `41,2`.
    pub fn decimal(self, number: impl Borrow<Decimal>) -> String {
        let Decimal { units, decimals } = *number.borrow();
        let one = 10_u64.pow(u32::from(decimals.min(3)));
        let (whole, rest) = (units.unsigned_abs() / one, units.unsigned_abs() % one);
        let sign = if units < 0 { "−" } else { "" };
        let whole = self.number(i64::try_from(whole).unwrap_or(i64::MAX));
        let comma = match self {
            Tongue::Nb | Tongue::Nn => ',',
            Tongue::En => '.',
        };
        if decimals == 0 {
            format!("{sign}{whole}")
        } else {
            format!("{sign}{whole}{comma}{rest:0w$}", w = usize::from(decimals))
        }
    }

    /// An amount as far as it is known: what is likely, and between what.
    pub fn amount(self, amount: &Amount) -> Option<String> {
        let n = |value: i64| self.number(value);
        let about = match (amount.low, amount.high) {
            (Some(low), Some(high)) if low != high => Some(format!("{}–{}", n(low), n(high))),
            (Some(low), None) => Some(format!("≥{NO_BREAK}{}", n(low))),
            (None, Some(high)) => Some(format!("≤{NO_BREAK}{}", n(high))),
            (Some(same), Some(_)) if amount.expected.is_none() => Some(n(same)),
            _ => None,
        };
        match (amount.expected, about) {
            (Some(expected), Some(about)) => Some(format!("{} ({about})", n(expected))),
            (Some(expected), None) => Some(n(expected)),
            (None, about) => about,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_numbers_are_written_as_people_write_them() {
        let day: Day = "2026-11-25".parse().expect("a day");
        assert_eq!(Tongue::Nb.date(day), "25.\u{a0}november 2026");
        assert_eq!(Tongue::En.date(day), "25\u{a0}November 2026");
        assert_eq!(
            Tongue::Nn.moment(Timestamp::from_millis(1_795_287_501_123)),
            "21.\u{a0}november 2026 kl.\u{a0}19.58"
        );
        let rows = [(0, "0"), (999, "999"), (1000, "1\u{a0}000"), (-1_234_567, "−1\u{a0}234\u{a0}567")];
        for (n, text) in rows {
            assert_eq!(Tongue::Nn.number(n), text);
        }
        assert_eq!(Tongue::En.number(1_234_567), "1,234,567");
        assert_eq!(
            (Tongue::Nb.tenths(8), Tongue::En.tenths(15), Tongue::Nb.tenths(20)),
            ("0,8".into(), "1.5".into(), "2".into())
        );
    }

    #[test]
    fn decimals_have_the_comma_of_the_language() {
        let number = |units, decimals| Decimal { units, decimals };
        for (n, nb, en) in [
            (number(412, 1), "41,2", "41.2"),
            (number(-5, 2), "−0,05", "-0.05"),
            (number(12_345, 0), "12\u{a0}345", "12,345"),
        ] {
            assert_eq!(
                (Tongue::Nb.decimal(n), Tongue::En.decimal(n).replace('−', "-")),
                (nb.to_owned(), en.to_owned())
            );
        }
    }

    #[test]
    fn amounts_say_what_is_known_and_no_more() {
        let amount = |low, expected, high| Tongue::Nb.amount(&Amount { low, expected, high });
        assert_eq!(amount(None, None, None), None);
        assert_eq!(amount(Some(300), Some(600), Some(1200)).as_deref(), Some("600 (300–1\u{a0}200)"));
        assert_eq!(amount(None, Some(5), None).as_deref(), Some("5"));
        assert_eq!(amount(Some(5), None, Some(5)).as_deref(), Some("5"));
        assert_eq!(amount(Some(5), None, None).as_deref(), Some("≥\u{a0}5"));
    }
}
