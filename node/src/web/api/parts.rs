//! What many answers have in common.

use idenett_protocol::body::{Amount, Effort, Period};
use idenett_protocol::codes::{Code, CodeList};
use idenett_protocol::id::EntryId;
use idenett_protocol::reuses::ReuseStanding;
use idenett_protocol::time::{Day, Timestamp};
use serde::Serialize;
use utoipa::ToSchema;

use crate::reading::{Party, Signer, TextState, moment};

/// The last moment that a date with four digits can tell: the end of the year 9999.
const LAST: Timestamp = Timestamp::from_millis(253_402_300_799_999);

/// Bytes of one list within an answer, as JSON.
const MAX_LIST_BYTES: usize = 4 * 1024 * 1024;

/// An organisation.
#[derive(Clone, Serialize, ToSchema)]
pub(super) struct Organisation {
    /// Its number.
    pub(super) org: String,
    /// Its name; its number where no name is known here.
    pub(super) name: String,
}

/// Who signed something.
#[derive(Serialize, ToSchema)]
pub(super) struct Signatory {
    /// In what right.
    role: Role,
    /// The member, if it is one.
    organisation: Option<Organisation>,
}

/// In what right a log is written.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Role {
    Member,
    Registrar,
    DataProtection,
    Unknown,
}

/// Whether a text is held: `here` also where there never was one, `redacted` where it was dropped everywhere, `wanted`
/// where it has not arrived, `unreadable` where this version cannot read it.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Held {
    Here,
    Redacted,
    Wanted,
    Unreadable,
}

/// How a declared reuse stands: it counts (`in_use`), was only the inspiration (`inspired`), is not yet in use, was
/// stopped, was not confirmed in time, is replaced by a later declaration, is about one's own case, was withdrawn, or is
/// dated in the future.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Stand {
    InUse,
    Inspired,
    NotInUse,
    Stopped,
    NotConfirmed,
    Replaced,
    OwnCase,
    Withdrawn,
    NotYet,
}

/// What it takes. What is null was not said.
#[derive(Serialize, ToSchema)]
pub(super) struct Work {
    /// Weeks from start to use.
    weeks: Option<u32>,
    /// Person-years, in tenths.
    person_years_tenths: Option<u32>,
    /// Cost paid once, in NOK.
    one_time_nok: Option<Money>,
    /// Cost paid every year, in NOK.
    yearly_nok: Option<Money>,
    /// The year of whose money the amounts are.
    price_year: Option<u16>,
}

/// An amount as far as it is known.
#[derive(Serialize, ToSchema)]
pub(super) struct Money {
    /// At least.
    low: Option<i64>,
    /// Most likely.
    expected: Option<i64>,
    /// At most.
    high: Option<i64>,
}

/// Days of a course of events, as far as they are known.
#[derive(Serialize, ToSchema)]
pub(super) struct Days {
    /// The first day.
    #[schema(format = Date)]
    start: Option<String>,
    /// The day it was taken in use.
    #[schema(format = Date)]
    in_use: Option<String>,
    /// The last day.
    #[schema(format = Date)]
    end: Option<String>,
}

/// As many of a list, from its beginning, as have room in an answer: others write them, and as long as they like.
pub(super) fn fitting<T: Serialize>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut room = MAX_LIST_BYTES;
    let mut fits = |one: &T| {
        let left = room.checked_sub(weight(one));
        room = left.unwrap_or_default();
        left.is_some()
    };
    all.into_iter().take_while(|one| fits(one)).collect()
}

/// Bytes of something as JSON.
pub(super) fn weight(one: &impl Serialize) -> usize {
    // What cannot be written fails where the whole of it is.
    serde_json::to_vec(one).map_or(0, |bytes| bytes.len())
}

/// A code as it stands on the wire; `not_stated` where nothing is stated.
pub(super) fn code<T: CodeList>(code: &Code<T>) -> String {
    code.id().to_owned()
}

/// Codes as they stand on the wire.
pub(super) fn codes<T: CodeList>(all: &[Code<T>]) -> Vec<String> {
    all.iter().map(code).collect()
}

/// The ids of entries.
pub(super) fn ids(all: &[EntryId]) -> Vec<String> {
    all.iter().map(ToString::to_string).collect()
}

/// A day as `2026-11-21`.
pub(super) fn day(day: Option<Day>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// A moment in UTC; what claims to lie behind the year 9999 is told as its end.
pub(super) fn at(time: Timestamp) -> String {
    moment(time.min(LAST))
}

/// The entry by which a text was redacted.
pub(super) fn redaction(state: TextState) -> Option<String> {
    match state {
        TextState::Redacted(by) => Some(by.to_string()),
        TextState::Here | TextState::Wanted | TextState::Unreadable => None,
    }
}

impl From<Party> for Organisation {
    fn from(party: Party) -> Self {
        Self { org: party.org.to_string(), name: party.name }
    }
}

impl From<Signer> for Signatory {
    fn from(signer: Signer) -> Self {
        let role = match &signer {
            Signer::Member(_) => Role::Member,
            Signer::Registrar => Role::Registrar,
            Signer::DataProtection => Role::DataProtection,
            Signer::Unknown(_) => Role::Unknown,
        };
        let organisation = if let Signer::Member(party) = signer { Some(party.into()) } else { None };
        Self { role, organisation }
    }
}

impl From<TextState> for Held {
    fn from(state: TextState) -> Self {
        match state {
            TextState::Here => Self::Here,
            TextState::Redacted(_) => Self::Redacted,
            TextState::Wanted => Self::Wanted,
            TextState::Unreadable => Self::Unreadable,
        }
    }
}

impl From<ReuseStanding> for Stand {
    fn from(standing: ReuseStanding) -> Self {
        match standing {
            ReuseStanding::InUse => Self::InUse,
            ReuseStanding::Inspired => Self::Inspired,
            ReuseStanding::NotInUse => Self::NotInUse,
            ReuseStanding::Stopped => Self::Stopped,
            ReuseStanding::NotConfirmed => Self::NotConfirmed,
            ReuseStanding::Replaced => Self::Replaced,
            ReuseStanding::OwnCase => Self::OwnCase,
            ReuseStanding::Withdrawn => Self::Withdrawn,
            ReuseStanding::NotYet => Self::NotYet,
        }
    }
}

impl From<Effort> for Work {
    fn from(effort: Effort) -> Self {
        Self {
            weeks: effort.weeks,
            person_years_tenths: effort.person_years_tenths,
            one_time_nok: effort.one_time_nok.map(Money::from),
            yearly_nok: effort.yearly_nok.map(Money::from),
            price_year: effort.price_year,
        }
    }
}

impl From<Amount> for Money {
    fn from(amount: Amount) -> Self {
        Self { low: amount.low, expected: amount.expected, high: amount.high }
    }
}

impl From<Period> for Days {
    fn from(period: Period) -> Self {
        Self { start: day(period.start), in_use: day(period.in_use), end: day(period.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_ends_where_there_is_no_room_for_the_next() {
        let half = MAX_LIST_BYTES / 2;
        let rows: [(&[usize], usize); 5] = [
            (&[], 0),
            (&[half, half], 2),
            (&[half, half, 3], 2),
            (&[half, half + 1, 3], 1),
            (&[MAX_LIST_BYTES + 1], 0),
        ];
        // A text has its quotation marks too.
        let text = |bytes: &usize| "x".repeat(bytes - 2);
        for (sizes, kept) in rows {
            assert_eq!(fitting(sizes.iter().map(text)).len(), kept, "{sizes:?}");
        }
    }

    #[test]
    fn a_moment_has_a_date_of_four_digits_whoever_signed_it() {
        assert_eq!(at(Timestamp::from_millis(u64::MAX)), "9999-12-31T23:59:59Z");
        assert_eq!(at(Timestamp::default()), "1970-01-01T00:00:00Z");
    }
}
