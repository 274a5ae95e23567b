//! The registrar's records: admission, revocation, settlement, reference, succession, release.
//! They are few and decide much, so every field without which they say nothing is required.

use serde::{Deserialize, Serialize};

use crate::codes::{Code, Inherits, RevocationReason, SuccessionType};
use crate::id::{BodyHash, Digest, EntryId, LogKey, Seq};
use crate::json;
use crate::organisation::{MunicipalityNumber, OrgNumber};
use crate::time::Day;

use super::{Period, Unreadable};

/// The organisation may write with the key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admission {
    /// The organisation.
    pub org: OrgNumber,
    /// Its official name at admission.
    pub name: String,
    /// Its municipality number at admission, if it is a municipality.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<MunicipalityNumber>,
    /// The node's key, which is also the name of its log.
    pub key: LogKey,
}

/// The log ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revocation {
    /// The log.
    pub key: LogKey,
    /// The last place that counts; 0 if none does.
    pub seq: Seq,
    /// The entry at that place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<EntryId>,
    /// Why.
    #[serde(default)]
    pub reason: Code<RevocationReason>,
}

impl Revocation {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let read: Self = json::read(bytes)?;
        if (read.seq == Seq::ZERO) == read.id.is_none() { Ok(read) } else { Err(Unreadable::End) }
    }
}

/// Of a forked log, the branch with this entry holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    /// The log.
    pub log: LogKey,
    /// The place of the fork.
    pub seq: Seq,
    /// The entry that holds at that place.
    pub id: EntryId,
}

/// A dated table that figures depend on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Which table, as a short id.
    pub table: String,
    /// The day from which it holds.
    pub date: Day,
    /// Names of the columns.
    pub columns: Vec<String>,
    /// The rows, each as long as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

/// One value of a table; the empty string where there is none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Cell {
    /// A number.
    Int(i64),
    /// Anything else.
    Text(String),
}

/// A municipal reform.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Succession {
    /// The day from which it holds.
    pub date: Day,
    /// What it did.
    #[serde(rename = "type", default)]
    pub what: Code<SuccessionType>,
    /// Who was before.
    pub from: Vec<Party>,
    /// Who is after.
    pub to: Vec<Party>,
    /// Who takes over the cases.
    #[serde(default)]
    pub inherits: Code<Inherits>,
}

/// One side of a reform. A predecessor that never was a member may lack the organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org: Option<OrgNumber>,
    /// The municipality number on that side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<MunicipalityNumber>,
    /// The official name on that side.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
}

/// What people wrote about a reform.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SuccessionText {
    /// Where it is decided: a law, a regulation, an address.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub source: String,
}

/// A published set of statistics.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Release {
    /// What the figures cover.
    pub period: Period,
    /// The day T of which the figures are.
    pub date: Day,
    /// The version of the definitions.
    pub definitions: u32,
    /// The frontier from which the figures were computed.
    pub frontier: Digest,
    /// The hash of the result.
    pub result: BodyHash,
    /// The release that this one corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<EntryId>,
}
