//! The body of a contact: a function that can be asked, never a person.

use serde::{Deserialize, Serialize};

use crate::id::EntryId;
use crate::time::Day;

use super::{Revision, Unreadable};

/// The facts of a contact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactFacts {
    /// Which version it is.
    #[serde(flatten, skip_deserializing)]
    pub revision: Revision,
    /// The day on which someone made sure that it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked: Option<Day>,
    /// The contact to ask when this one does not answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fallback: Option<EntryId>,
}

impl ContactFacts {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let (revision, read) = Revision::read_beside(bytes)?;
        Ok(Self { revision, ..read })
    }
}

/// How a contact is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContactText {
    /// The function, as "Innovation adviser".
    #[serde(skip_serializing_if = "String::is_empty")]
    pub function: String,
    /// A shared mailbox.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub mailbox: String,
    /// The telephone number of a switchboard.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub switchboard: String,
    /// The address of a form or page.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
}
