//! The body of a programme: a programme, a network or a sharing arena.

use serde::{Deserialize, Serialize};

use crate::codes::{Code, Funding, Lang, ProgrammeKind, Theme};
use crate::id::EntryId;
use crate::organisation::OrgNumber;

use super::{Period, Revision, Unreadable};

/// The facts of a programme.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProgrammeFacts {
    /// Which version it is.
    #[serde(flatten, skip_deserializing)]
    pub revision: Revision,
    /// The language of the text.
    pub lang: Code<Lang>,
    /// What it is.
    pub kind: Code<ProgrammeKind>,
    /// Who leads it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<OrgNumber>,
    /// Who takes part.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<OrgNumber>,
    /// From when until when it runs; `in_use` means nothing here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// Who pays.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub funding: Vec<Code<Funding>>,
    /// Cases that are shown there, in order. Further cases name the programme themselves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cases: Vec<EntryId>,
    /// What it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub themes: Vec<Code<Theme>>,
    /// Who can be asked: the subject of a contact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<EntryId>,
}

impl ProgrammeFacts {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let (revision, read) = Revision::read_beside(bytes)?;
        Ok(Self { revision, ..read })
    }
}

/// What people wrote about a programme. What is empty was not written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ProgrammeText {
    /// Its name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What it is for.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// More about it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Where more can be read.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
}
