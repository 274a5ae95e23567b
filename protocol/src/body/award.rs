//! The body of an award: a prize that a case or an organisation was given.

use serde::{Deserialize, Serialize};

use crate::codes::{AwardLevel, Code, Lang, Placement};
use crate::id::EntryId;
use crate::organisation::OrgNumber;

use super::{Revision, Unreadable};

/// The facts of an award.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AwardFacts {
    /// Which version it is.
    #[serde(flatten, skip_deserializing)]
    pub revision: Revision,
    /// The language of the text.
    pub lang: Code<Lang>,
    /// The year for which it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// How far around it was open.
    pub level: Code<AwardLevel>,
    /// What was won.
    pub placement: Code<Placement>,
    /// The case that it was given for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<EntryId>,
    /// The organisation that was given it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<OrgNumber>,
    /// The organisation that gave it, if it has a number; in words in the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub giver: Option<OrgNumber>,
}

impl AwardFacts {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let (revision, read) = Revision::read_beside(bytes)?;
        Ok(Self { revision, ..read })
    }
}

/// What people wrote about an award. What is empty was not written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AwardText {
    /// The name of the prize.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub prize: String,
    /// Who gave it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub given_by: String,
    /// Why it was given.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Where that can be read.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
}
