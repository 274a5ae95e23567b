//! The body of a collection: cases that someone put in an order, with a word about each.

use serde::{Deserialize, Serialize};

use crate::codes::{Code, Lang, Theme};
use crate::id::EntryId;

use super::{Revision, Unreadable};

/// The facts of a collection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CollectionFacts {
    /// Which version it is.
    #[serde(flatten, skip_deserializing)]
    pub revision: Revision,
    /// The language of the text.
    pub lang: Code<Lang>,
    /// The cases in their order; what is said about each is at the same place in the text.
    pub cases: Vec<EntryId>,
    /// What it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub themes: Vec<Code<Theme>>,
}

impl CollectionFacts {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let (revision, read) = Revision::read_beside(bytes)?;
        Ok(Self { revision, ..read })
    }
}

/// What people wrote about a collection. What is empty was not written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CollectionText {
    /// Its name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What it gathers and for whom.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// Of each case in the facts, in the same order, why it is there; perhaps empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<String>,
}
