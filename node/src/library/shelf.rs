//! Where each entry, text and charter stands in the journal. Derived; kept in checkpoints.

use std::collections::BTreeMap;

use idenett_protocol::id::{CharterHash, EntryId, LogKey, Seq};
use serde::{Deserialize, Serialize};

use crate::journal::position::Position;

/// Where things stand in the journal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Shelf {
    entries: BTreeMap<LogKey, Vec<Position>>,
    texts: BTreeMap<EntryId, Position>,
    charters: BTreeMap<CharterHash, Position>,
    waiting: BTreeMap<LogKey, BTreeMap<Seq, Position>>,
}

impl Shelf {
    /// Notes the next entry of a log. What the log held beyond it before lost its place.
    pub(crate) fn entry(&mut self, log: LogKey, seq: Seq, position: Position) {
        let places = self.entries.entry(log).or_default();
        places.truncate(usize::try_from(seq.previous().get()).unwrap_or(usize::MAX));
        places.push(position);
    }

    /// Where an entry stands.
    pub(crate) fn at(&self, log: &LogKey, seq: Seq) -> Option<Position> {
        let index = usize::try_from(seq.get().checked_sub(1)?).ok()?;
        self.entries.get(log)?.get(index).copied()
    }

    /// Notes that an entry stands in another place from now on.
    pub(crate) fn moved(&mut self, log: &LogKey, seq: Seq, position: Position) {
        let index = seq.get().checked_sub(1).and_then(|n| usize::try_from(n).ok());
        let places = self.entries.get_mut(log);
        if let Some(place) = index.and_then(|index| places?.get_mut(index)) {
            *place = position;
        }
    }

    /// Where texts stand that came by themselves.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (EntryId, Position)> + '_ {
        self.texts.iter().map(|(id, position)| (*id, *position))
    }

    pub(crate) fn text(&mut self, id: EntryId, position: Position) {
        self.texts.insert(id, position);
    }

    pub(crate) fn text_at(&self, id: &EntryId) -> Option<Position> {
        self.texts.get(id).copied()
    }

    pub(crate) fn forget_text(&mut self, id: &EntryId) {
        self.texts.remove(id);
    }

    pub(crate) fn charter(&mut self, hash: CharterHash, position: Position) {
        self.charters.insert(hash, position);
    }

    /// Notes an entry of the journal that waits for one before it.
    pub(crate) fn wait(&mut self, log: LogKey, seq: Seq, position: Position) {
        self.waiting.entry(log).or_default().insert(seq, position);
    }

    /// Takes out the entry that waits at a place.
    pub(crate) fn take_waiting(&mut self, log: &LogKey, seq: Seq) -> Option<Position> {
        let of_log = self.waiting.get_mut(log)?;
        let position = of_log.remove(&seq);
        if of_log.is_empty() {
            self.waiting.remove(log);
        }
        position
    }

    /// How many entries wait.
    pub(crate) fn waiting(&self) -> usize {
        self.waiting.values().map(BTreeMap::len).sum()
    }

    /// Logs in which entries wait.
    pub(crate) fn waiting_logs(&self) -> Vec<LogKey> {
        self.waiting.keys().copied().collect()
    }
}
