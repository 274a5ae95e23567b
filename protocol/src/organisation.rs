//! Who an organisation is: its organisation number, and the municipality number that it
//! carried at a given day. Does not know which organisations are members.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::time::Day;

/// Weights of the first eight digits, from Brønnøysundregistrene's description of the number.
const WEIGHTS: [u32; 8] = [3, 2, 7, 6, 5, 4, 3, 2];

/// A Norwegian organisation number with a right check digit: the identity of a member.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrgNumber(u32);

/// What is wrong with a written organisation number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnOrgNumber {
    /// It is not nine digits, or begins with 0.
    #[error("an organisation number has nine digits and does not begin with 0")]
    Shape,
    /// The last digit does not follow from the others.
    #[error("the check digit of the organisation number is wrong")]
    CheckDigit,
}

impl std::str::FromStr for OrgNumber {
    type Err = NotAnOrgNumber;

    fn from_str(s: &str) -> Result<Self, NotAnOrgNumber> {
        if s.len() != 9 || s.starts_with('0') || !s.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotAnOrgNumber::Shape);
        }
        let digits = || s.bytes().map(|b| u32::from(b.saturating_sub(b'0')));
        let sum = digits().zip(WEIGHTS).fold(0_u32, |sum, (digit, weight)| {
            sum.saturating_add(digit.saturating_mul(weight))
        });
        // A remainder of 1 would ask for the check digit 10; such numbers are not given out.
        let check = 11_u32.saturating_sub(sum.rem_euclid(11)).rem_euclid(11);
        if digits().next_back() != Some(check) {
            return Err(NotAnOrgNumber::CheckDigit);
        }
        s.parse().map(Self).map_err(|_| NotAnOrgNumber::Shape)
    }
}

impl fmt::Display for OrgNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:09}", self.0)
    }
}

impl fmt::Debug for OrgNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OrgNumber({self})")
    }
}

/// The number of a municipality in Statistics Norway's KLASS 131: four digits. Reforms change
/// it, so it is an attribute with a date, never an identity.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MunicipalityNumber(u16);

/// What is wrong with a written municipality number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a municipality number has four digits, as 0301 or 3234")]
pub struct NotAMunicipalityNumber;

impl std::str::FromStr for MunicipalityNumber {
    type Err = NotAMunicipalityNumber;

    fn from_str(s: &str) -> Result<Self, NotAMunicipalityNumber> {
        if s.len() != 4 || !s.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotAMunicipalityNumber);
        }
        s.parse().map(Self).map_err(|_| NotAMunicipalityNumber)
    }
}

impl fmt::Display for MunicipalityNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.0)
    }
}

impl fmt::Debug for MunicipalityNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MunicipalityNumber({self})")
    }
}

/// In JSON a number is a string, so that its leading zeros stay.
macro_rules! serde_as_string {
    ($name:ident) => {
        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                crate::written::from_string(d)
            }
        }
    };
}

serde_as_string!(OrgNumber);
serde_as_string!(MunicipalityNumber);

/// The municipality numbers that one organisation has carried, each from its day on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberHistory(BTreeMap<Day, MunicipalityNumber>);

impl NumberHistory {
    /// Notes that the number holds from this day; a later word on the same day replaces it.
    pub fn set(&mut self, from: Day, number: MunicipalityNumber) {
        self.0.insert(from, number);
    }

    /// The number in force on a day.
    pub fn at(&self, day: Day) -> Option<MunicipalityNumber> {
        self.0.range(..=day).next_back().map(|(_, number)| *number)
    }

    /// Every number with the day from which it holds, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = (Day, MunicipalityNumber)> {
        self.0.iter().map(|(day, number)| (*day, *number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organisation_numbers_are_checked() {
        // KS, Oslo, Øvre Eiker, Bærum; the rest are those with one thing wrong.
        for good in ["971032146", "958935420", "954597482", "935478715"] {
            assert_eq!(good.parse::<OrgNumber>().map(|n| n.to_string()).as_deref(), Ok(good));
        }
        let rows = [
            ("", NotAnOrgNumber::Shape),
            ("97103214", NotAnOrgNumber::Shape),
            ("9710321461", NotAnOrgNumber::Shape),
            ("971 03214", NotAnOrgNumber::Shape),
            ("+71032146", NotAnOrgNumber::Shape),
            ("000000000", NotAnOrgNumber::Shape),
            ("97103214٦", NotAnOrgNumber::Shape),
            ("971032145", NotAnOrgNumber::CheckDigit),
            ("971032164", NotAnOrgNumber::CheckDigit),
        ];
        for (text, fault) in rows {
            assert_eq!(text.parse::<OrgNumber>(), Err(fault), "{text}");
        }
    }

    #[test]
    fn a_check_digit_of_ten_is_no_number() {
        // 9*3 + 5*2 = 37 leaves 4; 9*3 + 1*3 + 2*2 = 34 leaves 1.
        let good = (0..10).filter(|d| format!("90000005{d}").parse::<OrgNumber>().is_ok()).count();
        let none = (0..10).filter(|d| format!("90000012{d}").parse::<OrgNumber>().is_ok()).count();
        assert_eq!((good, none), (1, 0));
    }

    #[test]
    fn lunner_keeps_its_numbers_by_date() {
        let day = |s: &str| s.parse::<Day>().expect("a day");
        let number = |s: &str| s.parse::<MunicipalityNumber>().expect("a number");
        let mut lunner = NumberHistory::default();
        for (from, n) in [("2024-01-01", "3234"), ("1838-01-01", "0533"), ("2020-01-01", "3054")] {
            lunner.set(day(from), number(n));
        }
        for (at, n) in [("2019-12-31", Some("0533")), ("2020-01-01", Some("3054")), ("2026-11-21", Some("3234")), ("1800-01-01", None)] {
            assert_eq!(lunner.at(day(at)), n.map(number), "{at}");
        }
        assert_eq!(lunner.iter().count(), 3);
        for wrong in ["", "533", "05333", "05a3", "+533"] {
            assert_eq!(wrong.parse::<MunicipalityNumber>(), Err(NotAMunicipalityNumber));
        }
        assert_eq!(serde_json::to_string(&number("0533")).expect("JSON"), "\"0533\"");
    }
}
