//! Entries that a node holds and whose bytes its disk has lost. They are part of its logs and count;
//! only nobody can be given them until they were fetched again.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::{EntryId, LogKey, Seq};

/// Damaged entries by place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Damaged {
    places: BTreeMap<(LogKey, Seq), EntryId>,
    ids: BTreeSet<EntryId>,
}

impl Damaged {
    /// Notes an entry. Gives whether that is news.
    pub(crate) fn note(&mut self, log: LogKey, seq: Seq, id: EntryId) -> bool {
        self.places.insert((log, seq), id);
        self.ids.insert(id)
    }

    /// Forgets an entry that is here again, or has left its log.
    pub(crate) fn forget(&mut self, id: &EntryId) {
        if self.ids.remove(id) {
            self.places.retain(|_, damaged| damaged != id);
        }
    }

    /// Whether an entry is damaged.
    pub(crate) fn holds(&self, id: &EntryId) -> bool {
        self.ids.contains(id)
    }

    /// All of them with their places.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (LogKey, Seq, EntryId)> + '_ {
        self.places.iter().map(|((log, seq), id)| (*log, *seq, *id))
    }

    /// How far a stretch of a log can be read: up to before the first damaged place.
    pub(crate) fn whole(&self, log: LogKey, from: Seq, to: Seq) -> Seq {
        if from > to {
            return to;
        }
        self.places.range((log, from)..=(log, to)).next().map_or(to, |((_, seq), _)| seq.previous())
    }
}
