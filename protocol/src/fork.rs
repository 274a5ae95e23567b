//! Proof that a log was continued twice from one place.

use crate::header::{HeaderFault, SignedHeader};
use crate::id::{EntryId, LogKey, Seq};
use crate::limits::SIGNED_HEADER_BYTES;

/// Two signed headers of one log, place and predecessor. It exists, so the key signed both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForkProof {
    first: SignedHeader,
    second: SignedHeader,
}

/// Why two headers prove no fork.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoFork {
    /// A header is at fault.
    #[error(transparent)]
    Header(#[from] HeaderFault),
    /// There are not exactly two headers.
    #[error("a proof has two signed headers")]
    Length,
    /// They are of different logs, places, predecessors or federations, or the same.
    #[error("the headers do not stand in one place, or are the same")]
    NotOnePlace,
}

impl ForkProof {
    /// The proof that two headers make, the smaller id first.
    ///
    /// # Errors
    /// If they prove nothing.
    pub fn new(a: SignedHeader, b: SignedHeader) -> Result<Self, NoFork> {
        let place = |h: &SignedHeader| {
            let h = h.header();
            (h.federation, h.log, h.seq, h.previous)
        };
        if place(&a) != place(&b) || a.id() == b.id() {
            return Err(NoFork::NotOnePlace);
        }
        let (first, second) = if a.id() < b.id() { (a, b) } else { (b, a) };
        Ok(Self { first, second })
    }

    /// Reads a proof: two signed headers.
    ///
    /// # Errors
    /// If they prove nothing.
    pub fn parse(bytes: &[u8]) -> Result<Self, NoFork> {
        Self::read(bytes, SignedHeader::parse)
    }

    /// Reads a proof from our own disk.
    ///
    /// # Errors
    /// If the disk is damaged.
    pub fn recall(bytes: &[u8]) -> Result<Self, NoFork> {
        Self::read(bytes, SignedHeader::recall)
    }

    fn read(bytes: &[u8], header: fn(&[u8]) -> Result<SignedHeader, HeaderFault>) -> Result<Self, NoFork> {
        let (a, b) = bytes.split_at_checked(SIGNED_HEADER_BYTES).ok_or(NoFork::Length)?;
        if b.len() != SIGNED_HEADER_BYTES {
            return Err(NoFork::Length);
        }
        Self::new(header(a)?, header(b)?)
    }

    /// The bytes as they travel: the smaller id first.
    pub fn to_bytes(&self) -> Vec<u8> {
        [self.first.bytes().as_slice(), self.second.bytes().as_slice()].concat()
    }

    /// The header with the smaller id.
    pub const fn first(&self) -> &SignedHeader {
        &self.first
    }

    /// The header with the larger id.
    pub const fn second(&self) -> &SignedHeader {
        &self.second
    }

    /// The log that was continued twice.
    pub const fn log(&self) -> LogKey {
        self.first.header().log
    }

    /// The place with two entries.
    pub const fn place(&self) -> Seq {
        self.first.header().seq
    }

    /// The ids of the two, the smaller first.
    pub const fn ids(&self) -> [EntryId; 2] {
        [self.first.id(), self.second.id()]
    }

    /// The entry after which the log parts; `None` if at its first place.
    pub const fn previous(&self) -> Option<EntryId> {
        self.first.header().previous
    }

    /// What is kept of two proofs for one log: the lowest place; there the smallest predecessor;
    /// of that one the two smallest ids. Free of order, so that all nodes end alike.
    pub fn merge(self, other: ForkProof) -> ForkProof {
        let root = |proof: &Self| (proof.place(), proof.previous());
        if root(&self) != root(&other) {
            return if root(&self) < root(&other) { self } else { other };
        }
        let mut all = [self.first, self.second, other.first, other.second];
        all.sort_by_key(SignedHeader::id);
        let [smallest, rest @ ..] = all;
        let second = rest.into_iter().find(|h| h.id() != smallest.id()).unwrap_or(self.second);
        Self { first: smallest, second }
    }
}

impl serde::Serialize for ForkProof {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_bytes(&self.to_bytes())
    }
}

impl<'de> serde::Deserialize<'de> for ForkProof {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let bytes = Vec::<u8>::deserialize(d)?;
        Self::recall(&bytes).map_err(serde::de::Error::custom)
    }
}
