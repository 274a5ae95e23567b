//! Checking everything that is stored once more: checksums, hashes, signatures, chains.

#![expect(clippy::wildcard_enum_match_arm, reason = "whatever else a frame holds does not belong here")]

use std::ops::ControlFlow;

use idenett_protocol::charter::Charter;
use idenett_protocol::entry::Entry;
use idenett_protocol::fork::ForkProof;
use idenett_protocol::frame::FrameType;
use idenett_protocol::id::{Digest, EntryId, Seq};
use serde::Serialize;

use super::read::trim_bare;
use super::{Library, LibraryFault};
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
        found.faults.extend(replayed.damage.iter().map(ToString::to_string));
        self.check_chains(&mut found)?;
        Ok(found)
    }

    /// Each log, entry by entry: the place, the predecessor, the id.
    fn check_chains(&self, found: &mut Verified) -> Result<(), LibraryFault> {
        let logs: Vec<_> = self.ledger(|l| l.logs().iter().map(|(key, log)| (*key, log.held())).collect());
        for (key, held) in logs {
            let mut previous: Option<EntryId> = None;
            let mut seq = Seq::FIRST;
            while seq <= held {
                let expected = self.ledger(|l| l.logs().get(&key).and_then(|log| log.at(seq)));
                match self.header_at(&key, seq) {
                    Ok(Some(head)) if Some(head.id()) == expected && head.header().previous == previous => {}
                    Ok(_) => found.faults.push(format!("log {} does not hold together at {seq}", key.short())),
                    Err(fault) => found.faults.push(format!("log {} at {seq}: {fault}", key.short())),
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
