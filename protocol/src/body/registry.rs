//! The registrar's records: admission, revocation, settlement, reference, succession, release.
//! They are few and decide much, so every field without which they say nothing is required.

use std::fmt;

use data_encoding::HEXLOWER;
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
    /// How far each log was counted, so that any node can count the same entries again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub heads: Vec<Counted>,
    /// The hash of the result.
    pub result: BodyHash,
    /// Of each indicator, `B1:` and the first 16 digits of the hash of its figures: so that it can be said where two
    /// results differ.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<String>,
    /// The release that this one corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<EntryId>,
}

/// How far one log was counted. Written `LOG:SEQ:ENTRY`, log and last entry by the first 16 digits of their ids.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Counted {
    log: [u8; 8],
    seq: Seq,
    entry: [u8; 8],
}

/// What is no such place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("how far a log was counted is written as LOG:SEQ:ENTRY, with 16 digits of log and entry")]
pub struct NotCounted;

impl Counted {
    /// A log, counted up to this entry.
    pub fn new(log: &LogKey, seq: Seq, entry: &EntryId) -> Self {
        Self { log: beginning(log.as_bytes()), seq, entry: beginning(entry.as_bytes()) }
    }

    /// The last counted place.
    pub const fn seq(&self) -> Seq {
        self.seq
    }

    /// Whether it is this log.
    pub fn is_of(&self, log: &LogKey) -> bool {
        self.log == beginning(log.as_bytes())
    }

    /// Whether it ends with this entry.
    pub fn ends_with(&self, entry: &EntryId) -> bool {
        self.entry == beginning(entry.as_bytes())
    }
}

fn beginning(bytes: &[u8; 32]) -> [u8; 8] {
    let mut found = [0; 8];
    found.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    found
}

impl fmt::Display for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", HEXLOWER.encode(&self.log), self.seq, HEXLOWER.encode(&self.entry))
    }
}

impl std::str::FromStr for Counted {
    type Err = NotCounted;

    fn from_str(text: &str) -> Result<Self, NotCounted> {
        let mut parts = text.split(':');
        let (Some(log), Some(seq), Some(entry), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(NotCounted);
        };
        let eight =
            |text: &str| HEXLOWER.decode(text.as_bytes()).ok().and_then(|b| b.try_into().ok()).ok_or(NotCounted);
        let number: u64 = seq.parse().map_err(|_| NotCounted)?;
        let counted = Self { log: eight(log)?, seq: Seq::new(number), entry: eight(entry)? };
        // There is one way to write it.
        if counted.to_string() == text { Ok(counted) } else { Err(NotCounted) }
    }
}

impl Serialize for Counted {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Counted {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        crate::written::from_string(d)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_a_log_was_counted_is_written_in_one_way() {
        let counted = Counted::new(&LogKey::from_bytes([0xab; 32]), Seq::new(17), &EntryId::from_bytes([1; 32]));
        let text = "abababababababab:17:0101010101010101";
        assert_eq!((counted.to_string().as_str(), text.parse()), (text, Ok(counted)));
        for wrong in ["", "ab:17:01", "abababababababab:017:0101010101010101", "abababababababab:+1:0101010101010101"] {
            assert_eq!(wrong.parse::<Counted>(), Err(NotCounted), "{wrong}");
        }
    }
}
