//! The logs as this node holds them: gap-free chains of ids, the proofs of forks of each, and how
//! much of it counts. Does not know what the entries say.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::fork::ForkProof;
use crate::id::{EntryId, LogKey, Seq};
use crate::limits::{MAX_FORKS, MAX_LOGS};
use crate::registry::{Registry, Standing};

/// A log as this node holds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Log {
    chain: Vec<EntryId>,
    /// By place and predecessor. Where the place before is held, the predecessor stands there;
    /// the others wait until the chain has grown to them.
    forks: BTreeMap<(Seq, Option<EntryId>), ForkProof>,
}

/// How a log is marked in a frontier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It may grow.
    Open,
    /// The registry or the charter ended it.
    Ended,
    /// It was continued twice and is not settled.
    Forked {
        /// The place with two entries.
        place: Seq,
        /// The two smallest ids known there.
        ids: [EntryId; 2],
    },
}

impl Log {
    /// How many entries are held, those that do not count included.
    pub fn held(&self) -> Seq {
        Seq::new(u64::try_from(self.chain.len()).unwrap_or(u64::MAX))
    }

    /// The id at a place, if it is held.
    pub fn at(&self, seq: Seq) -> Option<EntryId> {
        let index = usize::try_from(seq.get().checked_sub(1)?).ok()?;
        self.chain.get(index).copied()
    }

    /// The id of the last held entry.
    pub fn head(&self) -> Option<EntryId> {
        self.chain.last().copied()
    }

    /// The fork in force: the lowest unsettled one that parts from what is held.
    pub fn fork(&self) -> Option<&ForkProof> {
        let (_, lowest) = self.forks.first_key_value()?;
        Some(lowest).filter(|f| f.place().previous() <= self.held())
    }

    /// The last place that is replicated and counted: the lowest of what is held, the end by
    /// the registry, and the place before the fork in force.
    pub fn counted(&self, standing: &Standing) -> Seq {
        let end = standing.end.map_or(Seq::new(u64::MAX), |e| e.seq);
        let fork = self.fork().map_or(Seq::new(u64::MAX), |f| f.place().previous());
        self.held().min(end).min(fork)
    }

    /// How the log is marked.
    pub fn mark(&self, standing: &Standing) -> Mark {
        match (self.fork(), standing.end) {
            (Some(fork), end) if end.is_none_or(|e| fork.place() <= e.seq) => {
                Mark::Forked { place: fork.place(), ids: fork.ids() }
            }
            (_, Some(_)) => Mark::Ended,
            (_, None) => Mark::Open,
        }
    }

    /// Adds the next entry; the caller has found its place. Proofs that part from another entry
    /// at this place say nothing of this chain.
    pub(crate) fn push(&mut self, id: EntryId) {
        self.chain.push(id);
        let next = self.held().next();
        self.forks.retain(|(place, previous), _| *place != next || *previous == Some(id));
    }

    /// Records a proof. Gives whether the fork in force changed. A proof says nothing at a settled
    /// place, beyond the end, or where another entry than its predecessor is held.
    pub(crate) fn record_fork(&mut self, proof: ForkProof, standing: &Standing) -> bool {
        if !self.is_news(&proof, standing) {
            return false;
        }
        let in_force = self.fork().cloned();
        let root = (proof.place(), proof.previous());
        let merged = match self.forks.remove(&root) {
            Some(known) => known.merge(proof),
            None => proof,
        };
        self.forks.insert(root, merged);
        if self.forks.len() > MAX_FORKS {
            self.forks.pop_last();
        }
        self.fork() != in_force.as_ref()
    }

    /// Whether a proof would change what is kept of forks.
    pub(crate) fn is_news(&self, proof: &ForkProof, standing: &Standing) -> bool {
        let before = proof.place().previous();
        let elsewhere = before <= self.held() && self.at(before) != proof.previous();
        if elsewhere || is_moot(proof, standing) {
            return false;
        }
        let root = (proof.place(), proof.previous());
        match self.forks.get(&root) {
            Some(known) => known.clone().merge(proof.clone()) != *known,
            None => self.forks.len() < MAX_FORKS || self.forks.last_key_value().is_some_and(|(last, _)| root < *last),
        }
    }

    /// Follows what the registry now says: forgets forks that are settled or beyond the end, and
    /// leaves a branch that lost. Gives the ids that left the chain.
    pub(crate) fn follow(&mut self, standing: &Standing) -> Vec<EntryId> {
        self.forks.retain(|_, proof| !is_moot(proof, standing));
        let lost = standing.settled.iter().find(|(seq, id)| self.at(**seq).is_some_and(|held| held != **id));
        let Some((seq, _)) = lost else { return Vec::new() };
        let keep = usize::try_from(seq.previous().get()).unwrap_or(usize::MAX);
        self.chain.split_off(keep.min(self.chain.len()))
    }
}

/// Whether the registry has the last word on the place of a proof.
fn is_moot(proof: &ForkProof, standing: &Standing) -> bool {
    let place = proof.place();
    standing.settled.contains_key(&place) || standing.end.is_some_and(|e| place > e.seq)
}

/// A short number for a log on this node; means nothing elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LogIndex(u16);

/// Where an entry stands on this node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// The log.
    pub log: LogIndex,
    /// The place in it.
    pub seq: Seq,
}

/// All logs of this node and where each entry stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logs {
    keys: Vec<LogKey>,
    logs: BTreeMap<LogKey, (LogIndex, Log)>,
    places: BTreeMap<EntryId, Place>,
}

impl Logs {
    /// The log of a key, if anything is held of it.
    pub fn get(&self, key: &LogKey) -> Option<&Log> {
        self.logs.get(key).map(|(_, log)| log)
    }

    /// All logs of which something is held.
    pub fn iter(&self) -> impl Iterator<Item = (&LogKey, &Log)> {
        self.logs.iter().map(|(key, (_, log))| (key, log))
    }

    /// The key of a log's short number.
    pub fn key(&self, index: LogIndex) -> Option<LogKey> {
        self.keys.get(usize::from(index.0)).copied()
    }

    /// Where an entry stands, if it is in a log.
    pub fn place(&self, id: &EntryId) -> Option<Place> {
        self.places.get(id).copied()
    }

    /// The last place of a log that counts; nothing for one without standing.
    pub fn counted(&self, key: &LogKey, registry: &Registry) -> Seq {
        match (self.get(key), registry.standing(key)) {
            (Some(log), Some(standing)) => log.counted(standing),
            _ => Seq::ZERO,
        }
    }

    /// Whether an entry is in the counted part of its log.
    pub fn counts(&self, id: &EntryId, registry: &Registry) -> bool {
        let Some(place) = self.place(id) else { return false };
        self.key(place.log).is_some_and(|key| place.seq <= self.counted(&key, registry))
    }

    /// Entries held in all logs.
    pub fn entries(&self) -> usize {
        self.places.len()
    }

    /// Whether this many further logs may be held.
    pub(crate) fn have_room(&self, more: usize) -> bool {
        self.keys.len().saturating_add(more) <= MAX_LOGS
    }

    /// Adds the next entry of a log. `None` if the node holds as many logs as it may.
    pub(crate) fn push(&mut self, key: LogKey, id: EntryId) -> Option<Place> {
        let index = self.index(key)?;
        let (_, log) = self.logs.get_mut(&key)?;
        log.push(id);
        let place = Place { log: index, seq: log.held() };
        self.places.insert(id, place);
        Some(place)
    }

    /// Records a fork. Gives whether the one in force changed.
    pub(crate) fn record_fork(&mut self, proof: ForkProof, standing: &Standing) -> bool {
        let key = proof.log();
        self.index(key);
        self.logs.get_mut(&key).is_some_and(|(_, log)| log.record_fork(proof, standing))
    }

    /// Follows the registry in every log. Gives the entries that left their chain.
    pub(crate) fn follow(&mut self, registry: &Registry) -> Vec<EntryId> {
        let mut left = Vec::new();
        for (key, (_, log)) in &mut self.logs {
            if let Some(standing) = registry.standing(key) {
                left.extend(log.follow(standing));
            }
        }
        for id in &left {
            self.places.remove(id);
        }
        left
    }

    fn index(&mut self, key: LogKey) -> Option<LogIndex> {
        if let Some((index, _)) = self.logs.get(&key) {
            return Some(*index);
        }
        if !self.have_room(1) {
            return None;
        }
        let index = LogIndex(u16::try_from(self.keys.len()).ok()?);
        self.keys.push(key);
        self.logs.insert(key, (index, Log::default()));
        Some(index)
    }
}

#[cfg(test)]
mod tests;
