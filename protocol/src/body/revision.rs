//! Which version of a thing a record is. Whether the versions that it replaces exist, and
//! whether its number follows from theirs, is not known here.

use std::collections::BTreeSet;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::id::EntryId;
use crate::json::{self, Key};
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

    /// Reads facts that have a version, and the version beside them.
    pub(super) fn read_beside<T: DeserializeOwned>(bytes: &[u8]) -> Result<(Self, T), Unreadable> {
        let Versioned { fields, facts } = json::read(bytes)?;
        let Fields { subject, replaces, number } = fields;
        Ok((Self::check(subject, replaces, number)?, facts))
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

/// What facts say of their version, not yet held together.
struct Fields {
    subject: Option<EntryId>,
    replaces: Vec<EntryId>,
    number: u32,
}

/// Facts with the fields of their version taken out, in one pass.
struct Versioned<T> {
    fields: Fields,
    facts: T,
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Versioned<T> {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_map(VersionedVisitor(PhantomData))
    }
}

struct VersionedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for VersionedVisitor<T> {
    type Value = Versioned<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of facts")
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Versioned<T>, A::Error> {
        let mut fields = Fields { subject: None, replaces: Vec::new(), number: 1 };
        let facts = T::deserialize(MapAccessDeserializer::new(Others { members, fields: &mut fields }))?;
        Ok(Versioned { fields, facts })
    }
}

/// The members that do not belong to the version; those that do are kept on the way. A key that
/// stands twice is found by whoever reads the whole document.
struct Others<'f, A> {
    members: A,
    fields: &'f mut Fields,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Others<'_, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        while let Some(Key(key)) = self.members.next_key()? {
            match key.as_ref() {
                "subject" => self.fields.subject = self.members.next_value()?,
                "replaces" => self.fields.replaces = self.members.next_value()?,
                "number" => self.fields.number = self.members.next_value()?,
                _ => return seed.deserialize(key.into_deserializer()).map(Some),
            }
        }
        Ok(None)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.members.next_value_seed(seed)
    }
}
