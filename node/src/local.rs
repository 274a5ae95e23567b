//! The node's own journal: what leaves this machine never, or not yet. Holds the outbox: records
//! that are written and wait until this node may sign.
//!
//! A record that was signed is overwritten here, so that a text that is redacted later has no
//! copy in this journal. If a crash comes between the signing and the overwriting, the facts of
//! the waiting record stand in the node's own log already; each carries a salt, so equal hashes
//! mean the same record, and nothing is signed twice.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use idenett_protocol::frame::FrameType;
use idenett_protocol::header::facts_hash;
use idenett_protocol::id::{BodyHash, Seq};
use idenett_protocol::kind::Kind;
use idenett_protocol::limits::{MAX_FACTS_BYTES, MAX_TEXT_BYTES};
use idenett_protocol::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::journal::disk::{Disk, RealDisk};
use crate::journal::fault::{Fault, OpenFault, ReadFault};
use crate::journal::position::Position;
use crate::journal::segment::SEGMENT_BYTES;
use crate::journal::writer::{Journal, MAX_GROUP_BYTES};
use crate::library::Writing;

/// Records that may wait. Each may be as large as an entry, so this bounds the disk too.
pub const MAX_OUTBOX: usize = 20_000;

/// The first byte of a record that counts; an overwritten one begins with a zero.
const LIVE: u8 = 1;
/// Bytes of a waiting record beside its facts and text.
const ROOM_FOR_FIELDS: usize = 64;
/// Bytes after which a group is committed.
const GROUP_BYTES: usize = 8 * 1024 * 1024;

const _: () = assert!(GROUP_BYTES + MAX_FACTS_BYTES + MAX_TEXT_BYTES + ROOM_FOR_FIELDS < MAX_GROUP_BYTES);

/// A record that waits to be signed, as it is kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    ticket: u64,
    written: Timestamp,
    /// How far the own log had come: what is signed later stands beyond it.
    after: Seq,
    kind: u8,
    facts: Vec<u8>,
    text: Vec<u8>,
}

/// A record that waits to be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Where it stands.
    position: Position,
    /// Its kind.
    pub kind: Kind,
    /// When it was written.
    pub written: Timestamp,
    /// How far the own log had come then.
    pub after: Seq,
    /// The hash of its facts.
    pub facts: BodyHash,
}

/// Why the node's own state cannot be kept or read.
#[derive(Debug, thiserror::Error)]
pub enum LocalFault {
    /// The journal cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenFault),
    /// The journal cannot be written.
    #[error(transparent)]
    Write(#[from] Fault),
    /// The journal cannot be read.
    #[error(transparent)]
    Read(#[from] ReadFault),
    /// The disk failed.
    #[error("the disk failed while reading the node's own journal: {0}")]
    Disk(#[from] std::io::Error),
    /// Too much waits.
    #[error("{MAX_OUTBOX} records wait to be signed, and no more may")]
    Full,
}

/// The node's own state.
pub struct Local {
    journal: Journal,
    waiting: BTreeMap<u64, Waiting>,
    next: u64,
}

impl Local {
    /// Opens the journal in a directory, or begins one.
    ///
    /// # Errors
    /// If another process uses it, a newer version wrote it, or the disk fails.
    pub fn open(directory: &Path) -> Result<Self, LocalFault> {
        Self::on(Arc::new(RealDisk::open(directory)?))
    }

    /// Opens the journal on a disk.
    ///
    /// # Errors
    /// If a newer version wrote it, or the disk fails.
    pub fn on(disk: Arc<dyn Disk>) -> Result<Self, LocalFault> {
        let (mut journal, recovery) = Journal::open(disk, SEGMENT_BYTES)?;
        // It was signed, and the overwriting was interrupted.
        if let Some(position) = recovery.overwriting {
            journal.overwrite(position, FrameType::Local, &[])?;
        }
        let mut waiting = BTreeMap::new();
        let mut next = 1;
        journal.reader().replay(Position::START, |found| {
            if let Some(kept) = read(found.frame.payload) {
                next = next.max(kept.ticket.saturating_add(1));
                waiting.insert(kept.ticket, Waiting::of(&kept, found.position));
            }
            ControlFlow::<()>::Continue(())
        })?;
        Ok(Self { journal, waiting, next })
    }

    /// Keeps records until they are signed. They are durable when this returns.
    ///
    /// # Errors
    /// If too much waits, or the disk is full or fails; then nothing of them is kept.
    pub fn keep(&mut self, writings: &[Writing], after: Seq, now: Timestamp) -> Result<(), LocalFault> {
        if self.waiting.len().saturating_add(writings.len()) > MAX_OUTBOX {
            return Err(LocalFault::Full);
        }
        let mut group: Vec<(u64, Waiting)> = Vec::new();
        let mut bytes = 0;
        for writing in writings {
            let kept = Kept {
                ticket: self.next,
                written: now,
                after,
                kind: writing.kind.number(),
                facts: writing.facts.clone(),
                text: writing.text.clone(),
            };
            let payload = written(&kept);
            if bytes + payload.len() > GROUP_BYTES {
                self.commit(&mut group)?;
                bytes = 0;
            }
            let position = self.journal.append(FrameType::Local, &payload)?;
            bytes += payload.len();
            group.push((kept.ticket, Waiting::of(&kept, position)));
            self.next = self.next.saturating_add(1);
        }
        self.commit(&mut group)
    }

    fn commit(&mut self, group: &mut Vec<(u64, Waiting)>) -> Result<(), LocalFault> {
        self.journal.commit()?;
        self.waiting.extend(group.drain(..));
        Ok(())
    }

    /// What waits, in the order in which it was written.
    pub fn waiting(&self) -> impl Iterator<Item = (u64, Waiting)> + '_ {
        self.waiting.iter().map(|(ticket, waiting)| (*ticket, *waiting))
    }

    /// How many records wait.
    pub fn count(&self) -> usize {
        self.waiting.len()
    }

    /// A waiting record as it is to be signed.
    ///
    /// # Errors
    /// If the disk fails or is damaged there.
    pub fn writing(&self, ticket: u64) -> Result<Option<Writing>, LocalFault> {
        let Some(waiting) = self.waiting.get(&ticket) else { return Ok(None) };
        let (_, payload) = self.journal.reader().read(waiting.position)?;
        Ok(read(&payload).map(|kept| Writing { kind: Kind::from(kept.kind), facts: kept.facts, text: kept.text }))
    }

    /// Removes a record that was signed, and its bytes with it.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn signed(&mut self, ticket: u64) -> Result<(), LocalFault> {
        if let Some(waiting) = self.waiting.get(&ticket) {
            self.journal.overwrite(waiting.position, FrameType::Local, &[])?;
            self.waiting.remove(&ticket);
        }
        Ok(())
    }

    /// Leaves the mark of a clean stop.
    ///
    /// # Errors
    /// If the disk is full or fails.
    pub fn close(self) -> Result<(), LocalFault> {
        Ok(self.journal.close()?)
    }
}

impl Waiting {
    fn of(kept: &Kept, position: Position) -> Self {
        Self {
            position,
            kind: Kind::from(kept.kind),
            written: kept.written,
            after: kept.after,
            facts: facts_hash(&kept.facts),
        }
    }
}

fn written(kept: &Kept) -> Vec<u8> {
    let start = vec![LIVE];
    // Writing these plain fields to memory cannot fail; an empty record says nothing.
    postcard::to_extend(kept, start).unwrap_or_default()
}

fn read(payload: &[u8]) -> Option<Kept> {
    match payload.split_first() {
        Some((&LIVE, rest)) => postcard::take_from_bytes(rest).ok().map(|(kept, _)| kept),
        _ => None,
    }
}
