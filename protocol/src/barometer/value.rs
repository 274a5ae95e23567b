//! One cell of a table: whole numbers and fractions, and how they are printed. Statistics Norway's signs stand where
//! there is no figure: `.` cannot occur, `..` not known, `:` not shown, `-` nothing.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Below this denominator a share says more about few than about many, and is not shown. The count always is.
pub const SMALLEST_DENOMINATOR: u64 = 5;

/// What a series of a figure measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// How many of how many.
    Share,
    /// How many.
    Level,
    /// A mean.
    Mean,
    /// The median of days.
    Median,
    /// The median of days until something happens, those where it has not happened yet included.
    Survival,
    /// What was saved, from low to high.
    Saved,
    /// How many more went out than came in.
    Net,
}

/// One cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// So many of so many.
    Share {
        /// The numerator.
        n: u64,
        /// The denominator.
        of: u64,
    },
    /// So many.
    Level {
        /// How many.
        n: u64,
    },
    /// A sum over so many.
    Mean {
        /// The sum.
        sum: i64,
        /// Over how many.
        of: u64,
    },
    /// A median in half days, where there is one.
    Days {
        /// Twice the median.
        halves: Option<u64>,
        /// Of how many.
        of: u64,
    },
    /// A sum of savings with its bounds.
    Saved {
        /// At least.
        low: i64,
        /// Most likely.
        expected: i64,
        /// At most.
        high: i64,
        /// Stated by so many.
        n: u64,
        /// Of so many.
        of: u64,
    },
    /// A difference.
    Net {
        /// How many more went out.
        n: i64,
    },
    /// `..`: not known in this structure.
    NotKnown,
}

/// A number with decimals, as whole units of its last digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    /// The number without its comma.
    pub units: i64,
    /// Digits behind the comma, at most 3.
    pub decimals: u8,
}

/// What is printed in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printed {
    /// A number.
    Number(Decimal),
    /// `.`: cannot occur.
    CannotOccur,
    /// `..`: not known.
    NotKnown,
    /// `:`: not shown, because the denominator is small.
    NotShown,
    /// `-`: nothing.
    Nothing,
}

impl fmt::Display for Decimal {
    /// As programs read it: with a point and all its decimals.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = 10_u64.saturating_pow(u32::from(self.decimals.min(3)));
        let (whole, rest) = (self.units.unsigned_abs().div_euclid(one), self.units.unsigned_abs().rem_euclid(one));
        let sign = if self.units < 0 { "-" } else { "" };
        match self.decimals {
            0 => write!(f, "{sign}{whole}"),
            width => write!(f, "{sign}{whole}.{rest:0width$}", width = usize::from(width)),
        }
    }
}

impl fmt::Display for Printed {
    /// The number, or the sign that stands for none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Printed::Number(number) => number.fmt(f),
            Printed::CannotOccur | Printed::NotKnown | Printed::NotShown | Printed::Nothing => {
                f.write_str(self.sign().unwrap_or_default())
            }
        }
    }
}

impl Printed {
    /// The sign, where there is no number.
    pub const fn sign(self) -> Option<&'static str> {
        match self {
            Printed::Number(_) => None,
            Printed::CannotOccur => Some("."),
            Printed::NotKnown => Some(".."),
            Printed::NotShown => Some(":"),
            Printed::Nothing => Some("-"),
        }
    }
}

impl Value {
    /// The main number: a share in percent and a mean with their decimals, a count, median days, the expected saving.
    pub fn printed(&self) -> Printed {
        match *self {
            Value::Share { of: 0, .. } | Value::Mean { of: 0, .. } | Value::Days { of: 0, .. } => Printed::CannotOccur,
            Value::Share { of, .. } if of < SMALLEST_DENOMINATOR => Printed::NotShown,
            Value::Share { n: 0, .. } => Printed::Nothing,
            Value::Share { n, of } => Printed::Number(Decimal { units: rounded(n.into(), 1000, of), decimals: 1 }),
            Value::Mean { sum, of } => Printed::Number(Decimal { units: rounded(sum.into(), 100, of), decimals: 2 }),
            Value::Days { halves: None, .. } => Printed::NotKnown,
            Value::Days { halves: Some(halves), .. } => {
                Printed::Number(Decimal { units: rounded(halves.into(), 5, 1), decimals: 1 })
            }
            Value::Saved { n: 0, .. } => Printed::Nothing,
            Value::Saved { expected, .. } => Printed::Number(Decimal { units: expected, decimals: 0 }),
            Value::Level { .. } | Value::Net { .. } => self.level(),
            Value::NotKnown => Printed::NotKnown,
        }
    }

    /// The count behind it, which is always printed.
    pub fn level(&self) -> Printed {
        let whole = |n: i64| match n {
            0 => Printed::Nothing,
            n => Printed::Number(Decimal { units: n, decimals: 0 }),
        };
        match *self {
            Value::Share { n, .. } | Value::Level { n } | Value::Saved { n, .. } => whole(signed(n)),
            Value::Mean { of, .. } | Value::Days { of, .. } => whole(signed(of)),
            Value::Net { n } => whole(n),
            Value::NotKnown => Printed::NotKnown,
        }
    }

    /// What it is a part of, where there is such a thing.
    pub const fn denominator(&self) -> Option<u64> {
        match *self {
            Value::Share { of, .. } | Value::Saved { of, .. } => Some(of),
            Value::Mean { of, .. } | Value::Days { of, .. } => Some(of),
            Value::Level { .. } | Value::Net { .. } | Value::NotKnown => None,
        }
    }
}

/// `n * scale / of`, rounded to the nearest, halves away from zero.
fn rounded(n: i128, scale: i128, of: u64) -> i64 {
    let of = i128::from(of).max(1);
    let twice = n.saturating_mul(scale).saturating_mul(2);
    let half = if n < 0 { of.saturating_neg() } else { of };
    let units = twice.saturating_add(half).checked_div(of.saturating_mul(2)).unwrap_or(0);
    i64::try_from(units).unwrap_or(if n < 0 { i64::MIN } else { i64::MAX })
}

fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// Twice the median of some numbers of days.
pub(super) fn median(days: &mut [u32]) -> Option<u64> {
    days.sort_unstable();
    let last = days.len().checked_sub(1)?;
    let at = |place: usize| days.get(place).copied().map(u64::from);
    Some(at(last.div_euclid(2))?.saturating_add(at(days.len().div_euclid(2))?))
}

/// One step of a curve of survival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Days from the beginning.
    pub days: u32,
    /// The share to which it has happened by then, in thousandths.
    pub happened: u16,
}

/// One whole in the fixed fractions of a curve.
const WHOLE: u128 = 1 << 64;

/// How many have had it happen to them by which day (Kaplan and Meier's estimate), from days of which each says
/// whether it happened then or was only watched until then. Fractions of 2^64, rounded down at each step: the same on
/// every machine.
pub fn survival(days: &mut [(u32, bool)]) -> Vec<Step> {
    watched(days).into_iter().map(|(days, left)| Step { days, happened: thousandths(left) }).collect()
}

/// Twice the median of the days until it happens; nothing while it has happened to less than half.
pub(super) fn survival_median(days: &mut [(u32, bool)]) -> Option<u64> {
    let steps = watched(days);
    steps
        .into_iter()
        .find(|(_, left)| left.saturating_mul(2) <= WHOLE)
        .map(|(days, _)| u64::from(days).saturating_mul(2))
}

/// Days on which it happened, and what share is left after each.
fn watched(days: &mut [(u32, bool)]) -> Vec<(u32, u128)> {
    days.sort_unstable();
    let mut steps = Vec::new();
    let mut left = WHOLE;
    let mut at_risk = u128::try_from(days.len()).unwrap_or(u128::MAX);
    for same in days.chunk_by(|a, b| a.0 == b.0) {
        let happened = u128::try_from(same.iter().filter(|d| d.1).count()).unwrap_or(0);
        if happened > 0 {
            let rest = at_risk.saturating_sub(happened);
            left = left.saturating_mul(rest).checked_div(at_risk).unwrap_or(0);
            steps.extend(same.first().map(|(day, _)| (*day, left)));
        }
        at_risk = at_risk.saturating_sub(u128::try_from(same.len()).unwrap_or(0));
    }
    steps
}

fn thousandths(left: u128) -> u16 {
    let happened = WHOLE.saturating_sub(left).saturating_mul(1000).saturating_add(WHOLE.div_euclid(2));
    u16::try_from(happened.div_euclid(WHOLE)).unwrap_or(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_and_signs_stand_where_there_are_none() {
        let number = |units, decimals| Printed::Number(Decimal { units, decimals });
        for (value, printed, level) in [
            (Value::Share { n: 1, of: 1 }, Printed::NotShown, number(1, 0)),
            (Value::Share { n: 0, of: 4 }, Printed::NotShown, Printed::Nothing),
            (Value::Share { n: 0, of: 5 }, Printed::Nothing, Printed::Nothing),
            (Value::Share { n: 0, of: 0 }, Printed::CannotOccur, Printed::Nothing),
            (Value::Share { n: 2, of: 3000 }, number(1, 1), number(2, 0)),
            (Value::Share { n: 1, of: 8 }, number(125, 1), number(1, 0)),
            (Value::Share { n: 2, of: 6 }, number(333, 1), number(2, 0)),
            (Value::Share { n: 1, of: 16 }, number(63, 1), number(1, 0)),
            (Value::Mean { sum: -1, of: 8 }, number(-13, 2), number(8, 0)),
            (Value::Mean { sum: 1, of: 8 }, number(13, 2), number(8, 0)),
            (Value::Days { halves: Some(61), of: 4 }, number(305, 1), number(4, 0)),
            (Value::Days { halves: None, of: 4 }, Printed::NotKnown, number(4, 0)),
            (Value::Net { n: -3 }, number(-3, 0), number(-3, 0)),
            (Value::NotKnown, Printed::NotKnown, Printed::NotKnown),
        ] {
            assert_eq!((value.printed(), value.level()), (printed, level), "{value:?}");
        }
        let written = [number(125, 1), number(-5, 2), number(1000, 0)].map(|n| n.to_string());
        assert_eq!(written, ["12.5", "-0.05", "1000"]);
        assert_eq!([Printed::CannotOccur, Printed::NotShown].map(Printed::sign), [Some("."), Some(":")]);
    }

    #[test]
    fn medians_are_of_the_middle_or_between_two() {
        for (days, expected) in [(vec![], None), (vec![7], Some(14)), (vec![9, 1, 4], Some(8)), (vec![1, 4], Some(5))] {
            assert_eq!(median(&mut days.clone()), expected, "{days:?}");
        }
    }

    /// Six, of whom the second and the fifth were lost from sight: after day 2 a sixth, after 6 the four who were left
    /// lose one of four, after 9 one of three.
    #[test]
    fn those_to_whom_it_has_not_happened_yet_count_while_they_are_watched() {
        let mut days = [(9, true), (2, true), (4, false), (6, true), (9, false), (30, false)];
        let steps = survival(&mut days);
        // 1 - 5/6; 1 - 5/6 * 3/4; 1 - 5/6 * 3/4 * 2/3.
        let expected = [(2, 167), (6, 375), (9, 583)].map(|(days, happened)| Step { days, happened });
        assert_eq!(steps, expected);
        assert_eq!(survival_median(&mut days), Some(18));
        assert_eq!(survival_median(&mut [(3, true), (5, false), (8, false)]), None);
        assert_eq!(survival(&mut []), []);
    }
}
