//! The body of a plan: a strategy, an action plan or a manifesto with its goals.

use serde::{Deserialize, Serialize};

use crate::codes::{Code, Lang, PlanKind, Theme, WickedProblem};
use crate::id::EntryId;
use crate::time::Day;

use super::{Period, Revision, Unreadable};

/// The facts of a plan. Cases say themselves which goal they serve.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanFacts {
    /// Which version it is.
    #[serde(flatten, skip_deserializing)]
    pub revision: Revision,
    /// The language of the text.
    pub lang: Code<Lang>,
    /// What it is.
    pub kind: Code<PlanKind>,
    /// The day on which it was adopted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adopted: Option<Day>,
    /// From when until when it holds; `in_use` means nothing here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// Its goals as short ids, each once; what they say is at the same place in the text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<String>,
    /// What it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub themes: Vec<Code<Theme>>,
    /// Problems without a final solution at which it aims.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wicked_problem: Vec<Code<WickedProblem>>,
    /// Who can be asked: the subject of a contact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<EntryId>,
}

impl PlanFacts {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let (revision, read) = Revision::read_beside(bytes)?;
        Ok(Self { revision, ..read })
    }
}

/// What people wrote about a plan. What is empty was not written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlanText {
    /// Its name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What it wants.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// More about it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Of each goal in the facts, in the same order, what it says.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub goals: Vec<String>,
    /// Where it can be read.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
}
