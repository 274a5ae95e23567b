//! Reading what is stored. Checksum and id are checked on every read.

#![expect(clippy::wildcard_enum_match_arm, reason = "whatever else a frame holds does not belong here")]

use idenett_protocol::charter::Charter;
use idenett_protocol::entry::Entry;
use idenett_protocol::frame::{FrameType, write_frame};
use idenett_protocol::header::{Header, SignedHeader};
use idenett_protocol::id::{EntryId, LogKey, Seq};
use idenett_protocol::limits::SIGNED_HEADER_BYTES;
use idenett_protocol::vectors::Range;

use super::{Library, LibraryFault, State};
use crate::journal::damage::Damage;
use crate::journal::fault::ReadFault;
use crate::journal::position::Position;

/// An entry as it is stored.
#[derive(Clone, Debug)]
pub struct Stored {
    /// The signed header.
    pub head: SignedHeader,
    /// The facts.
    pub facts: Vec<u8>,
    /// The text.
    pub text: StoredText,
}

/// The text of a stored entry: never ambiguous.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoredText {
    /// It is here, or the entry never had one.
    Here(Vec<u8>),
    /// It was dropped, because this redaction says so.
    Redacted(EntryId),
    /// It has not arrived.
    Wanted,
}

impl Stored {
    /// The header's fields.
    pub fn header(&self) -> &Header {
        self.head.header()
    }
}

impl Library {
    /// An entry by its id; `None` if it is not in a log here, or damaged: then it is noted, and
    /// fetched again while the node runs.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn entry(&self, id: &EntryId) -> Result<Option<Stored>, LibraryFault> {
        let (position, text_at, redaction) = {
            let state = self.read_state();
            let Some(position) = state.position(id) else { return Ok(None) };
            (position, state.shelf.text_at(id), state.ledger.redaction(id))
        };
        let Some(entry) = self.look(id, position)? else { return Ok(None) };
        let text = match (entry.text(), redaction, text_at) {
            (_, Some(redaction), _) if entry.header().text_len > 0 => StoredText::Redacted(redaction),
            (Some(text), _, _) => StoredText::Here(text.to_vec()),
            (None, _, Some(at)) => self.look_at_text(id, at)?.map_or(StoredText::Wanted, StoredText::Here),
            (None, _, None) => StoredText::Wanted,
        };
        Ok(Some(Stored { head: *entry.head(), facts: entry.facts().to_vec(), text }))
    }

    /// The signed header at a place of a log; `None` if there is none, or it is damaged.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn header_at(&self, log: &LogKey, seq: Seq) -> Result<Option<SignedHeader>, LibraryFault> {
        let Some((id, position)) = self.read_state().stored(log, seq) else { return Ok(None) };
        Ok(self.look(&id, position)?.map(|entry| *entry.head()))
    }

    /// The frames of consecutive entries, as they travel: without text what has none here. At
    /// least one, then as many as stay below `most` bytes; gives what is left of the range. Ends
    /// before what is damaged.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn frames(&self, range: Range, most: usize) -> Result<(Vec<u8>, Option<Range>), LibraryFault> {
        let mut frames = Vec::new();
        let mut at = range.from;
        while at <= range.to {
            let Some(frame) = self.frame_at(&range.log, at)? else { return Ok((frames, None)) };
            if !frames.is_empty() && frames.len() + frame.len() > most {
                return Ok((frames, Some(Range { from: at, ..range })));
            }
            frames.extend(frame);
            at = at.next();
        }
        Ok((frames, None))
    }

    /// Every valid charter, rivals included, parents first.
    pub fn charters(&self) -> Vec<Charter> {
        self.ledger(|ledger| ledger.charters().all().into_iter().cloned().collect())
    }

    fn frame_at(&self, log: &LogKey, seq: Seq) -> Result<Option<Vec<u8>>, LibraryFault> {
        let (id, position, text_at) = {
            let state = self.read_state();
            let Some((id, position)) = state.stored(log, seq) else { return Ok(None) };
            (id, position, state.shelf.text_at(&id))
        };
        let read = self.reader.read(position).map_err(LibraryFault::from);
        let Some((kind, mut payload)) = self.bear_damage(&id, position, read)? else { return Ok(None) };
        let text = match text_at.filter(|_| kind == FrameType::Bare) {
            Some(at) => self.look_at_text(&id, at)?,
            None => None,
        };
        let mut out = Vec::with_capacity(payload.len() + 16);
        match (kind, text) {
            (FrameType::Bare, Some(text)) => {
                trim_bare(&mut payload);
                payload.extend(text);
                write_frame(&mut out, FrameType::Entry, &payload);
            }
            (FrameType::Bare, None) => {
                trim_bare(&mut payload);
                write_frame(&mut out, FrameType::Bare, &payload);
            }
            _ => write_frame(&mut out, kind, &payload),
        }
        Ok(Some(out))
    }

    /// The entry at its place; `None` if it is damaged, which is noted.
    pub(super) fn look(&self, id: &EntryId, position: Position) -> Result<Option<Entry>, LibraryFault> {
        let read = self.recall(position).and_then(|entry| {
            // Whole, and another one: these are not the bytes that were written here.
            if entry.id() == *id { Ok(entry) } else { Err(ReadFault::Absent(position).into()) }
        });
        self.bear_damage(id, position, read)
    }

    /// The text at its place; `None` if it is damaged: then it is wanted again.
    pub(super) fn look_at_text(&self, id: &EntryId, at: Position) -> Result<Option<Vec<u8>>, LibraryFault> {
        let fault = match self.text_frame(at) {
            Err(LibraryFault::Read(fault)) => fault,
            other => return other.map(Some),
        };
        let Some(damage) = Damage::met(&fault) else { return Err(fault.into()) };
        let mut state = self.write_state();
        if state.shelf.text_at(id) == Some(at) {
            tracing::warn!(entry = %id.short(), %damage, "a text is damaged on this disk and is fetched again");
            state.wounds.note(&damage, false);
            state.wounds.note_text(at, *id);
            state.shelf.forget_text(id);
            state.ledger.text_dropped(id);
        }
        Ok(None)
    }

    /// Damage in one place stops nothing: it is noted, and what stood there is fetched again.
    fn bear_damage<T>(
        &self,
        id: &EntryId,
        position: Position,
        read: Result<T, LibraryFault>,
    ) -> Result<Option<T>, LibraryFault> {
        let fault = match read {
            Err(LibraryFault::Read(fault)) => fault,
            other => return other.map(Some),
        };
        let Some(damage) = Damage::met(&fault) else { return Err(fault.into()) };
        let mut state = self.write_state();
        // Meanwhile it may have been stored anew in another place.
        if state.position(id) == Some(position) {
            state.wounds.note(&damage, false);
            if state.ledger.note_damaged(id) {
                tracing::warn!(entry = %id.short(), %damage, "an entry is damaged on this disk and is fetched again");
            }
        }
        Ok(None)
    }

    pub(super) fn recall(&self, position: Position) -> Result<Entry, LibraryFault> {
        let (kind, payload) = self.reader.read(position)?;
        recall_frame(kind, payload).ok_or(LibraryFault::Read(ReadFault::Absent(position)))
    }

    pub(super) fn text_frame(&self, position: Position) -> Result<Vec<u8>, LibraryFault> {
        let (_, payload) = self.reader.read(position)?;
        Ok(payload.get(32..).unwrap_or_default().to_vec())
    }
}

impl State {
    fn stored(&self, log: &LogKey, seq: Seq) -> Option<(EntryId, Position)> {
        Some((self.ledger.logs().get(log)?.at(seq)?, self.shelf.at(log, seq)?))
    }

    pub(super) fn position(&self, id: &EntryId) -> Option<Position> {
        let place = self.ledger.logs().place(id)?;
        self.shelf.at(&self.ledger.logs().key(place.log)?, place.seq)
    }
}

/// The entry in a frame of our own journal.
pub(super) fn recall_frame(kind: FrameType, mut payload: Vec<u8>) -> Option<Entry> {
    match kind {
        FrameType::Entry => Entry::recall(payload, true).ok(),
        FrameType::Bare => {
            trim_bare(&mut payload);
            Entry::recall(payload, false).ok()
        }
        _ => None,
    }
}

/// Cuts the zeros that fill a frame whose text was dropped.
pub(super) fn trim_bare(payload: &mut Vec<u8>) {
    let head = payload.get(..SIGNED_HEADER_BYTES).and_then(|h| SignedHeader::recall(h).ok());
    let facts = head.and_then(|h| usize::try_from(h.header().facts_len).ok());
    let length = facts.map_or(payload.len(), |n| n + SIGNED_HEADER_BYTES);
    if payload.get(length..).is_some_and(|rest| rest.iter().all(|b| *b == 0)) {
        payload.truncate(length);
    }
}
