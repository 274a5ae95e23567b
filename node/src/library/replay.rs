//! Opening: the checkpoint, then the journal from there on, through the same `admit` and `apply`
//! that serve live entries.

#![expect(clippy::wildcard_enum_match_arm, reason = "whatever else a frame holds does not belong here")]

use std::ops::ControlFlow;

use idenett_protocol::charter::{Charter, CharterChain};
use idenett_protocol::entry::Entry;
use idenett_protocol::fork::ForkProof;
use idenett_protocol::frame::FrameType;
use idenett_protocol::id::EntryId;
use idenett_protocol::ledger::{Ledger, Pending, Received, Refusal};

use super::read::{recall_frame, trim_bare};
use super::shelf::Shelf;
use super::{Library, LibraryFault, State, Wounds, Writer};
use crate::index::Index;
use crate::journal::damage::Damage;
use crate::journal::position::Position;
use crate::journal::reader::{Found, Reader, Replayed};
use crate::journal::recovery::Recovery;
use crate::journal::writer::Journal;

/// What was found when a library was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Whether the node was stopped in good order the last time.
    pub clean: bool,
    /// Bytes of a torn tail that were cut; none of them was ever acknowledged.
    pub cut: u64,
    /// Frames that were read because no checkpoint covered them.
    pub replayed: u64,
    /// What is damaged and was not known to be.
    pub damage: Vec<Damage>,
    /// Entries that wait for one that is damaged and must be fetched again.
    pub waiting: usize,
}

impl Library {
    /// Opens the replica in a journal.
    ///
    /// # Errors
    /// If the journal holds no charter, or the disk fails.
    pub fn open(journal: Journal, recovery: &Recovery, index: Option<Index>) -> Result<(Self, Opening), LibraryFault> {
        let reader = journal.reader();
        let kept = index.as_ref().and_then(|i| i.load(reader.end())).filter(|(_, _, wounds, at)| {
            // A checkpoint that covers what is gone would say that it is here.
            let news = |d: &Damage| d.takes_frames() && d.position < *at && !wounds.knows(d);
            !recovery.damage.iter().any(|d| news(d) && Some(d.position) != recovery.overwriting)
        });
        let (mut replay, mut wounds, from) = match kept {
            Some((ledger, shelf, wounds, at)) => {
                (Replay { state: Some((ledger, shelf)), redact: Vec::new() }, wounds, at)
            }
            None => (Replay::default(), Wounds::default(), Position::START),
        };
        let replayed = replay.read(&reader, from)?;
        let redact = std::mem::take(&mut replay.redact);
        let (mut ledger, shelf) = replay.state.ok_or(LibraryFault::NoCharter)?;
        ledger.refresh();
        let mut damage = recovery.damage.clone();
        damage.extend(replayed.damage.iter().filter(|d| !recovery.damage.contains(d)).cloned());
        // A redaction that was cut off tears the frame that it drops: a copy of what must survive
        // stands further on, and the rest is dropped once more below.
        damage.retain(|d| Some(d.position) != recovery.overwriting && !wounds.knows(d));
        damage.iter().for_each(|d| wounds.note(d, d.takes_frames()));
        let opening = Opening {
            clean: recovery.clean,
            cut: recovery.cut,
            replayed: replayed.frames,
            waiting: shelf.waiting(),
            damage: damage.clone(),
        };
        let state = State { ledger, shelf, counters: Default::default(), wounds };
        let since_checkpoint = usize::try_from(replayed.frames).unwrap_or(usize::MAX);
        let library = Self {
            writer: std::sync::Mutex::new(Writer { journal, since_checkpoint }),
            state: std::sync::RwLock::new(state),
            reader,
            index,
        };
        library.finish_redactions(recovery, &redact)?;
        {
            let mut writer = library.lock_writer();
            library.take_waiting(&mut writer)?;
            library.checkpoint_if_due(&mut writer);
        }
        Ok((library, opening))
    }

    /// Carries out what a stop interrupted: a redaction that was written but not carried out.
    fn finish_redactions(&self, recovery: &Recovery, due: &[EntryId]) -> Result<(), LibraryFault> {
        let mut writer = self.lock_writer();
        let still: Vec<EntryId> = self.ledger(|l| due.iter().filter(|id| l.redaction(id).is_some()).copied().collect());
        self.redact(&mut writer, &still)?;
        let Some(position) = recovery.overwriting else { return Ok(()) };
        // What stood there has a copy further on, or is a text that must go.
        match self.reader.read(position) {
            Ok((kind @ (FrameType::Entry | FrameType::Bare), payload)) => {
                let Some(entry) = recall_frame(kind, payload) else { return Ok(()) };
                if self.ledger(|l| l.redaction(&entry.id()).is_some()) {
                    let bare = entry.without_text();
                    writer.journal.overwrite(position, FrameType::Bare, bare.bytes())?;
                }
            }
            Ok((FrameType::Text, payload)) => {
                writer.journal.overwrite(position, FrameType::Text, payload.get(..32).unwrap_or_default())?;
            }
            // Torn: half of it is gone, and the other half must go too.
            Ok(_) | Err(_) => writer.journal.overwrite(position, FrameType::Text, &[])?,
        }
        Ok(())
    }
}

/// A replica as far as the journal was read.
#[derive(Default)]
pub(super) struct Replay {
    pub(super) state: Option<(Ledger, Shelf)>,
    /// Entries whose text must go.
    pub(super) redact: Vec<EntryId>,
}

impl Replay {
    /// Reads the journal from a place on.
    pub(super) fn read(&mut self, reader: &Reader, from: Position) -> Result<Replayed, LibraryFault> {
        let visit = |found: Found<'_>| {
            self.frame(found.position, found.frame.kind, found.frame.payload, found.doubtful);
            ControlFlow::Continue(())
        };
        reader.replay(from, visit).map_err(|source| LibraryFault::Disk { doing: "reading the journal", source })
    }

    fn frame(&mut self, at: Position, kind: FrameType, payload: &[u8], doubtful: bool) {
        match kind {
            FrameType::Charter => self.charter(at, payload),
            FrameType::Entry | FrameType::Bare => self.entry(at, kind, payload, doubtful),
            FrameType::Text => self.text(at, payload),
            FrameType::Fork => {
                let proof = ForkProof::recall(payload);
                if let (Some((ledger, _)), Ok(proof)) = (&mut self.state, proof) {
                    let federation = ledger.federation();
                    // Refused only for a log that is no longer known; then it says nothing.
                    let _ = ledger.record_fork(proof, federation);
                }
            }
            // Messages and the node's own records do not belong in this journal.
            _ => {}
        }
    }

    fn charter(&mut self, at: Position, payload: &[u8]) {
        let Ok(charter) = Charter::parse(payload) else { return };
        let hash = charter.hash();
        match &mut self.state {
            None => {
                if let Ok(chain) = CharterChain::found(charter) {
                    let mut shelf = Shelf::default();
                    shelf.charter(hash, at);
                    self.state = Some((Ledger::new(chain), shelf));
                }
            }
            Some((ledger, shelf)) => {
                if let Ok(change) = ledger.offer_charter(charter) {
                    shelf.charter(hash, at);
                    self.redact.extend(change.redact);
                }
            }
        }
    }

    fn entry(&mut self, at: Position, kind: FrameType, payload: &[u8], doubtful: bool) {
        let Some((ledger, _)) = &self.state else { return };
        let entry = if doubtful { parse_again(kind, payload) } else { recall_frame(kind, payload.to_vec()) };
        let Some(entry) = entry else { return };
        let (log, seq) = (entry.log(), entry.seq());
        match ledger.admit(Received::of(entry), &mut Pending::default()) {
            Ok(admitted) => {
                self.apply(admitted, at);
            }
            Err(Refusal::OutOfPlace { .. } | Refusal::UnknownMember) => {
                if let Some((_, shelf)) = &mut self.state {
                    shelf.wait(log, seq, at);
                }
            }
            // Here already (the copy that a redaction makes), or of a branch that lost.
            Err(_) => {}
        }
    }

    fn apply(&mut self, admitted: idenett_protocol::ledger::Admitted, at: Position) {
        let Some((ledger, shelf)) = &mut self.state else { return };
        let change = ledger.apply(admitted);
        if let Some((_, header)) = &change.entry {
            shelf.entry(header.log, header.seq, at);
        }
        self.redact.extend(change.redact);
    }

    fn text(&mut self, at: Position, payload: &[u8]) {
        let Some((ledger, shelf)) = &mut self.state else { return };
        let Some((id, text)) = payload.split_first_chunk::<32>() else { return };
        let id = EntryId::from_bytes(*id);
        // A text that was dropped leaves zeros, which are no document.
        if text.first().is_some_and(|b| *b != 0) && ledger.lacks_text(&id) {
            shelf.text(id, at);
            ledger.text_arrived(&id);
        }
    }
}

fn parse_again(kind: FrameType, payload: &[u8]) -> Option<Entry> {
    match kind {
        FrameType::Entry => Entry::parse(payload).ok(),
        FrameType::Bare => {
            let mut payload = payload.to_vec();
            trim_bare(&mut payload);
            Entry::parse_bare(payload).ok()
        }
        _ => None,
    }
}
