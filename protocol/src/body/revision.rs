//! Which version of a thing a record is. Whether the versions that it replaces exist, and
//! whether its number follows from theirs, is not known here.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::id::EntryId;
use crate::json;
use crate::limits::MAX_REPLACES;

use super::Unreadable;

/// The place of a record among the versions of a thing. It exists, so it is either a first
/// version or names a subject and one to eight versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Revision {
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<EntryId>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    replaces: Vec<EntryId>,
    number: u32,
}

/// Why what a record says about versions does not go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RevisionFault {
    /// Only one of subject and replaced versions is there.
    #[error("a revision names its subject and what it replaces, a first version neither")]
    HalfNamed,
    /// More versions are replaced than allowed.
    #[error("a revision replaces at most {MAX_REPLACES} versions, not {0}")]
    TooMany(usize),
    /// A version is replaced twice.
    #[error("a revision names a version twice")]
    Twice,
    /// The number is not 1 for a first version, or below 2 for a later one.
    #[error("a first version has the number 1, a later one at least 2, not {0}")]
    Number(u32),
}

impl Revision {
    /// A first version: the thing will be known by the id of its entry.
    pub const fn first() -> Self {
        Self { subject: None, replaces: Vec::new(), number: 1 }
    }

    /// A later version of `subject`.
    ///
    /// # Errors
    /// If the parts do not go together.
    pub fn later(subject: EntryId, replaces: Vec<EntryId>, number: u32) -> Result<Self, RevisionFault> {
        Self::check(Some(subject), replaces, number)
    }

    /// The thing, known by the entry of its first version; `None` in that entry itself.
    pub const fn subject(&self) -> Option<EntryId> {
        self.subject
    }

    /// Every version that this one replaces.
    pub fn replaces(&self) -> &[EntryId] {
        &self.replaces
    }

    /// 1, or the highest number replaced and one more.
    pub const fn number(&self) -> u32 {
        self.number
    }

    /// Reads the revision out of facts that were checked before.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        #[derive(Deserialize)]
        struct Fields {
            subject: Option<EntryId>,
            #[serde(default)]
            replaces: Vec<EntryId>,
            #[serde(default = "one")]
            number: u32,
        }
        const fn one() -> u32 {
            1
        }
        let Fields { subject, replaces, number } = json::typed(bytes)?;
        Ok(Self::check(subject, replaces, number)?)
    }

    fn check(subject: Option<EntryId>, replaces: Vec<EntryId>, number: u32) -> Result<Self, RevisionFault> {
        if subject.is_some() == replaces.is_empty() {
            return Err(RevisionFault::HalfNamed);
        }
        if replaces.len() > MAX_REPLACES {
            return Err(RevisionFault::TooMany(replaces.len()));
        }
        if replaces.iter().collect::<BTreeSet<_>>().len() != replaces.len() {
            return Err(RevisionFault::Twice);
        }
        if (number == 1) != subject.is_none() || number == 0 {
            return Err(RevisionFault::Number(number));
        }
        Ok(Self { subject, replaces, number })
    }
}

impl Default for Revision {
    fn default() -> Self {
        Self::first()
    }
}
