//! How far a node has come in every log, and short digests of it. Equal digests, equal replicas.

use std::collections::BTreeMap;

use crate::charter::CharterChain;
use crate::id::{CharterHash, Digest, EntryId, LogKey, Seq, tagged_hash};
use crate::limits::BUCKETS;
use crate::log::{Logs, Mark};
use crate::registry::Registry;

const TAG_BUCKET: &[u8] = b"idenett/frontier-bucket/1\0";
const TAG_FRONTIER: &[u8] = b"idenett/frontier/1\0";

/// How far one log has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The last counted place.
    pub seq: Seq,
    /// The entry there; `None` where nothing counts.
    pub id: Option<EntryId>,
    /// Whether it may grow.
    pub mark: Mark,
}

/// How far all logs have come: the counted part of the whole replica in a few kilobytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frontier {
    epoch: u32,
    charter: CharterHash,
    logs: BTreeMap<LogKey, Head>,
    buckets: [Digest; BUCKETS],
    digest: Digest,
}

impl Frontier {
    /// The frontier of a replica.
    pub fn of(charters: &CharterChain, registry: &Registry, logs: &Logs) -> Self {
        let (epoch, charter) =
            charters.current().map_or((0, CharterHash::from_bytes([0; 32])), |c| (c.terms().epoch, c.hash()));
        let mut heads = BTreeMap::new();
        for (key, standing) in registry.logs() {
            let (seq, id, mark) = match logs.get(key) {
                Some(log) => {
                    let seq = log.counted(standing);
                    (seq, log.at(seq), log.mark(standing))
                }
                None => (Seq::ZERO, None, if standing.end.is_some() { Mark::Ended } else { Mark::Open }),
            };
            if seq != Seq::ZERO || mark != Mark::Open {
                heads.insert(*key, Head { seq, id, mark });
            }
        }
        let buckets = bucket_digests(&heads);
        let digest = frontier_digest(epoch, &charter, &buckets);
        Self { epoch, charter, logs: heads, buckets, digest }
    }

    /// The digest of all of it.
    pub const fn digest(&self) -> Digest {
        self.digest
    }

    /// The epoch of the charter in force.
    pub const fn epoch(&self) -> u32 {
        self.epoch
    }

    /// The charter in force.
    pub const fn charter(&self) -> CharterHash {
        self.charter
    }

    /// The digests of the buckets.
    pub const fn buckets(&self) -> &[Digest; BUCKETS] {
        &self.buckets
    }

    /// The head of a log; `None` where nothing counts and nothing is marked.
    pub fn head(&self, log: &LogKey) -> Option<Head> {
        self.logs.get(log).copied()
    }

    /// All heads, by log key.
    pub const fn heads(&self) -> &BTreeMap<LogKey, Head> {
        &self.logs
    }
}

/// The bucket of a log: the first six bits of its key.
pub fn bucket_of(log: &LogKey) -> usize {
    usize::from(log.as_bytes().first().map_or(0, |b| b >> 2))
}

fn bucket_digests(heads: &BTreeMap<LogKey, Head>) -> [Digest; BUCKETS] {
    let mut written: [Vec<u8>; BUCKETS] = std::array::from_fn(|_| Vec::new());
    for (key, head) in heads {
        if let Some(bytes) = written.get_mut(bucket_of(key)) {
            write_head(bytes, key, head);
        }
    }
    written.map(|bytes| Digest::from_bytes(tagged_hash(TAG_BUCKET, &[&bytes])))
}

fn write_head(bytes: &mut Vec<u8>, key: &LogKey, head: &Head) {
    bytes.extend_from_slice(key.as_bytes());
    bytes.extend_from_slice(&head.seq.get().to_be_bytes());
    bytes.extend_from_slice(&head.id.map_or([0; 32], |id| *id.as_bytes()));
    match head.mark {
        Mark::Open => bytes.push(0),
        Mark::Ended => bytes.push(1),
        Mark::Forked { place, ids: [a, b] } => {
            bytes.push(2);
            bytes.extend_from_slice(&place.get().to_be_bytes());
            bytes.extend_from_slice(a.as_bytes());
            bytes.extend_from_slice(b.as_bytes());
        }
    }
}

fn frontier_digest(epoch: u32, charter: &CharterHash, buckets: &[Digest; BUCKETS]) -> Digest {
    let mut bytes = epoch.to_be_bytes().to_vec();
    bytes.extend_from_slice(charter.as_bytes());
    for bucket in buckets {
        bytes.extend_from_slice(bucket.as_bytes());
    }
    Digest::from_bytes(tagged_hash(TAG_FRONTIER, &[&bytes]))
}
