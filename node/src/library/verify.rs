//! Checking everything that is stored once more: checksums, hashes, signatures, chains.

#![expect(clippy::wildcard_enum_match_arm, reason = "whatever else a frame holds does not belong here")]

use std::ops::ControlFlow;

use idenett_protocol::charter::Charter;
use idenett_protocol::entry::Entry;
use idenett_protocol::fork::ForkProof;
use idenett_protocol::frame::FrameType;
use idenett_protocol::id::{Digest, EntryId, Seq};
use idenett_protocol::ledger::Ledger;
use serde::Serialize;

use super::read::trim_bare;
use super::replay::Replay;
use super::{Library, LibraryFault, Shelf, Writer};
use crate::journal::damage::Damage;
use crate::journal::position::Position;

/// What a full check found.
#[derive(Clone, Debug, Serialize)]
pub struct Verified {
    /// The digest of the frontier.
    pub frontier: Digest,
    /// Entries in logs.
    pub entries: usize,
    /// Logs of which something is held.
    pub logs: usize,
    /// Signatures that were checked.
    pub signatures: u64,
    /// Texts that were dropped because a redaction says so.
    pub redacted: usize,
    /// Texts that have not arrived.
    pub wanted: usize,
    /// What is wrong, in words. Empty when everything holds.
    pub faults: Vec<String>,
    /// Damaged places of which nothing is missing, in words: what stood there is stored in another.
    pub mended: Vec<String>,
}

/// What came of making the index anew.
#[derive(Clone, Debug, Serialize)]
pub struct Reindexed {
    /// The digest of the frontier.
    pub frontier: Digest,
    /// Entries in logs.
    pub entries: usize,
    /// Entries of these that cannot be read from the journal and are fetched again.
    pub damaged: usize,
    /// What is wrong, in words.
    pub faults: Vec<String>,
}

impl Library {
    /// Reads the whole journal and checks every signature, hash and chain. `progress` gets the
    /// number of frames that were looked at.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn verify(&self, mut progress: impl FnMut(u64)) -> Result<Verified, LibraryFault> {
        let mut found = self.ledger(|ledger| Verified {
            frontier: ledger.frontier().digest(),
            entries: ledger.logs().entries(),
            logs: ledger.logs().iter().count(),
            signatures: 0,
            redacted: ledger.things().redaction_targets().filter(|id| ledger.redaction(id).is_some()).count(),
            wanted: ledger.wanted_texts().count(),
            faults: Vec::new(),
            mended: Vec::new(),
        });
        let mut frames = 0;
        let replayed = self
            .reader
            .replay(Position::START, |at| {
                frames += 1;
                progress(frames);
                match check_frame(at.frame.kind, at.frame.payload) {
                    Ok(signatures) => found.signatures += signatures,
                    Err(fault) => found.faults.push(format!("{}: {fault}", at.position)),
                }
                ControlFlow::Continue(())
            })
            .map_err(|source| LibraryFault::Disk { doing: "reading the journal", source })?;
        self.note_all(&replayed.damage);
        self.check_chains(&mut found.faults)?;
        self.check_texts()?;
        for wound in self.damage() {
            let list = if wound.open { &mut found.faults } else { &mut found.mended };
            list.push(wound.to_string());
        }
        Ok(found)
    }

    /// Throws the index away and makes it anew from the whole journal. What this node held and the
    /// journal no longer gives stays in its logs as damaged, and is fetched again.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn reindex(&self) -> Result<Reindexed, LibraryFault> {
        let mut writer = self.lock_writer();
        if let Some(index) = &self.index {
            index.delete();
        }
        let mut replay = Replay::default();
        let replayed = replay.read(&self.reader, Position::START)?;
        let due = std::mem::take(&mut replay.redact);
        self.note_all(&replayed.damage);
        let mut faults = Vec::new();
        if !self.replace(replay.state, &mut writer)? {
            self.check_chains(&mut faults)?;
            self.check_texts()?;
        }
        let still: Vec<EntryId> = self.ledger(|l| due.iter().filter(|id| l.redaction(id).is_some()).copied().collect());
        self.redact(&mut writer, &still)?;
        self.checkpoint(&mut writer);
        faults.extend(self.damage().iter().filter(|w| w.open).map(ToString::to_string));
        Ok(self.ledger(|ledger| Reindexed {
            frontier: ledger.frontier().digest(),
            entries: ledger.logs().entries(),
            damaged: ledger.damaged().count(),
            faults,
        }))
    }

    /// Puts a replica that was made anew in the place of the one in memory, if it is as complete.
    /// Gives whether it is.
    fn replace(&self, made: Option<(Ledger, Shelf)>, writer: &mut Writer) -> Result<bool, LibraryFault> {
        let Some((mut ledger, shelf)) = made else { return Ok(false) };
        ledger.refresh();
        let before = {
            let mut state = self.write_state();
            (std::mem::replace(&mut state.ledger, ledger), std::mem::replace(&mut state.shelf, shelf))
        };
        // What stands behind a damaged frame waits for the copy of it that stands further on.
        self.take_waiting(writer)?;
        let mut state = self.write_state();
        let complete = state.ledger.frontier().digest() == before.0.frontier().digest()
            && state.ledger.logs().entries() == before.0.logs().entries();
        if !complete {
            (state.ledger, state.shelf) = before;
        }
        Ok(complete)
    }

    fn note_all(&self, damage: &[Damage]) {
        let mut state = self.write_state();
        damage.iter().for_each(|d| state.wounds.note(d, false));
    }

    /// Reads every text that stands by itself; what is damaged is noted.
    fn check_texts(&self) -> Result<(), LibraryFault> {
        let texts: Vec<(EntryId, Position)> = self.read_state().shelf.texts().collect();
        texts.into_iter().try_for_each(|(id, at)| self.look_at_text(&id, at).map(drop))
    }

    /// Each log, entry by entry: the place, the predecessor, the id. What is damaged is noted.
    fn check_chains(&self, faults: &mut Vec<String>) -> Result<(), LibraryFault> {
        let logs: Vec<_> = self.ledger(|l| l.logs().iter().map(|(key, log)| (*key, log.held())).collect());
        for (key, held) in logs {
            let mut previous: Option<EntryId> = None;
            let mut seq = Seq::FIRST;
            while seq <= held {
                let expected = self.ledger(|l| l.logs().get(&key).and_then(|log| log.at(seq)));
                let damaged = |id: EntryId| self.ledger(|l| l.is_damaged(&id));
                match self.header_at(&key, seq) {
                    Ok(Some(head)) if Some(head.id()) == expected && head.header().previous == previous => {}
                    Ok(None) if expected.is_some_and(damaged) => {
                        faults.push(format!("log {} at {seq}: the entry is damaged", key.short()));
                    }
                    Ok(_) => faults.push(format!("log {} does not hold together at {seq}", key.short())),
                    Err(fault) => faults.push(format!("log {} at {seq}: {fault}", key.short())),
                }
                previous = expected;
                seq = seq.next();
            }
        }
        Ok(())
    }
}

fn check_frame(kind: FrameType, payload: &[u8]) -> Result<u64, String> {
    match kind {
        FrameType::Entry => Entry::parse(payload).map(|_| 1).map_err(|e| e.to_string()),
        FrameType::Bare => {
            let mut payload = payload.to_vec();
            trim_bare(&mut payload);
            Entry::parse_bare(payload).map(|_| 1).map_err(|e| e.to_string())
        }
        FrameType::Charter => Charter::parse(payload).map(|_| 1).map_err(|e| e.to_string()),
        FrameType::Fork => ForkProof::parse(payload).map(|_| 2).map_err(|e| e.to_string()),
        FrameType::Text => Ok(0),
        other => Err(format!("a frame of type {other:?} does not belong in a journal")),
    }
}
