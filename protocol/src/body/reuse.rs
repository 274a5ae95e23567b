//! The body of a reuse: the reuser's own word that it uses a case.

use serde::{Deserialize, Serialize};

use crate::codes::{Channel, Code, Lang, Origin, ReuseStatus, SavedUnit, SavingMethod, Sector, StopReason};
use crate::id::EntryId;
use crate::time::Day;

use super::{Amount, Effort, Period, Revision, Unreadable};

/// The facts of a reuse.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReuseFacts {
    /// Which version it is.
    #[serde(flatten, skip_deserializing)]
    pub revision: Revision,
    /// The subject of the case.
    pub case: EntryId,
    /// The version of the case that was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<EntryId>,
    /// The language of the text.
    #[serde(default, skip_serializing_if = "Code::is_not_stated")]
    pub lang: Code<Lang>,
    /// How closely it follows the case.
    #[serde(default)]
    pub degree: Code<Origin>,
    /// How far it has come.
    #[serde(default)]
    pub status: Code<ReuseStatus>,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Day>,
    /// The unit that uses it, as a short id of the organisation's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The part of the municipality that uses it.
    #[serde(default, skip_serializing_if = "Code::is_not_stated")]
    pub sector: Code<Sector>,
    /// Until when it holds without confirmation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Day>,
    /// When it was worked on and taken in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// Whether others may ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub may_ask_us: Option<bool>,
    /// Who can be asked: the subject of a contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<EntryId>,
    /// Where the reuser heard of the case.
    #[serde(default, skip_serializing_if = "Code::is_not_stated")]
    pub channel: Code<Channel>,
    /// What it took.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effort: Option<Effort>,
    /// What it saved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub saved: Option<Saved>,
    /// How it went against expectation, from -2 to 2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<i8>,
    /// Why it was stopped.
    #[serde(default, skip_serializing_if = "Code::is_not_stated")]
    pub stopped_because: Code<StopReason>,
    /// The reuser's own case that came of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_case: Option<EntryId>,
}

impl ReuseFacts {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let (revision, read) = Revision::read_beside(bytes)?;
        Ok(Self { revision, ..read })
    }
}

/// What was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// How much: `low`, `expected` and `high` stand beside the unit.
    #[serde(flatten)]
    pub amount: Amount,
    /// Of what.
    #[serde(default)]
    pub unit: Code<SavedUnit>,
    /// The year of whose money the amounts are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_year: Option<u16>,
    /// How it was found.
    #[serde(default)]
    pub method: Code<SavingMethod>,
}

/// What people wrote about a reuse. What is empty was not written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReuseText {
    /// What was changed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub adaptation: String,
    /// How it went.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub experience: String,
}
