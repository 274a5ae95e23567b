//! The body of a need: a challenge that looks for a solution.

use serde::{Deserialize, Serialize};

use crate::codes::{Beneficiary, Code, Lang, NeedStatus, Sector, Theme, Urgency, WickedProblem};
use crate::id::EntryId;
use crate::time::Day;

use super::{Revision, Unreadable};

/// The facts of a need.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NeedFacts {
    /// Which version it is.
    #[serde(flatten, skip_deserializing)]
    pub revision: Revision,
    /// The language of the text.
    pub lang: Code<Lang>,
    /// Where it stands.
    pub status: Code<NeedStatus>,
    /// The part of the municipality.
    pub sector: Code<Sector>,
    /// What it is about.
    pub themes: Vec<Code<Theme>>,
    /// Who can be asked: the subject of a contact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<EntryId>,
    /// Until when it holds without confirmation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Day>,
    /// The publisher's own id for it in the system it was imported from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// Who is affected, by groups; in words in the text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub beneficiaries: Vec<Code<Beneficiary>>,
    /// How soon it wants a solution.
    #[serde(skip_serializing_if = "Code::is_not_stated")]
    pub urgency: Code<Urgency>,
    /// Whether others are asked to join.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wants_partners: Option<bool>,
    /// Problems without a final solution that it is part of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wicked_problem: Vec<Code<WickedProblem>>,
    /// The reuse or case that met it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub met_by: Option<EntryId>,
}

impl NeedFacts {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let (revision, read) = Revision::read_beside(bytes)?;
        Ok(Self { revision, ..read })
    }
}

/// What people wrote about a need. What is empty was not written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NeedText {
    /// Its name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// How things are.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub situation: String,
    /// Who is affected.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub affected: String,
    /// What a solution must respect.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub constraints: String,
    /// What was tried before.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub tried_before: String,
}
