//! The way in: parse on all cores, admit one by one, one fsync a group, then apply.

use idenett_protocol::charter::{Charter, CharterRefusal};
use idenett_protocol::entry::{Draft, Entry};
use idenett_protocol::fork::ForkProof;
use idenett_protocol::frame::FrameType;
use idenett_protocol::header::{HeaderFault, SignedHeader};
use idenett_protocol::id::EntryId;
use idenett_protocol::key::SecretKey;
use idenett_protocol::kind::Kind;
use idenett_protocol::ledger::{Admitted, Change, Pending, Received, Refusal};
use idenett_protocol::log::Log;
use idenett_protocol::time::Timestamp;

use super::{Library, LibraryFault, Rejection, Writer};
use crate::journal::fault::{Fault, ReadFault};
use crate::journal::position::Position;

/// Bytes from which a group is committed: large enough that the fsync does not matter.
const GROUP_BYTES: usize = 4 * 1024 * 1024;
/// Entries after which a checkpoint is due, at least.
const CHECKPOINT_ENTRIES: usize = 20_000;

/// An entry as it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// Signed header, facts and, if it is with it, text.
    pub bytes: Vec<u8>,
    /// Whether the text is with it.
    pub with_text: bool,
}

/// What became of an offered entry. The header is there if the bytes are an entry.
pub type Outcome = (Option<SignedHeader>, Result<(), Rejection>);

/// A record that is to be signed here.
#[derive(Clone, Debug)]
pub struct Writing {
    /// What it is.
    pub kind: Kind,
    /// The document of facts.
    pub facts: Vec<u8>,
    /// The document of text; empty for none.
    pub text: Vec<u8>,
}

/// Why this node does not sign.
#[derive(Debug, thiserror::Error)]
pub enum SignFault {
    /// Its clock is behind its own last entry.
    #[error("this machine's clock is behind the last entry that this node signed; set the clock and try again")]
    ClockBehind,
    /// The key may not write now.
    #[error("this key may not write in the federation: {0}")]
    Refused(Refusal),
    /// A part of the record is too large.
    #[error("the record cannot be signed: {0}")]
    Header(#[from] HeaderFault),
    /// This node failed.
    #[error(transparent)]
    Library(#[from] LibraryFault),
}

/// Checks an offered entry: the costly step, free of any state.
///
/// # Errors
/// Why the bytes are no entry.
pub fn parse(offered: Offered) -> Result<Received, Rejection> {
    let Offered { bytes, with_text } = offered;
    let parsed = if with_text { Received::parse(bytes) } else { Received::parse_bare(bytes) };
    parsed.map_err(Rejection::from)
}

impl Library {
    /// Takes entries in, in their order. What is reported as taken is durable and applied.
    ///
    /// # Errors
    /// If this node's disk fails: then nothing of the last group was taken.
    pub fn ingest(&self, offered: Vec<Offered>) -> Result<Vec<Outcome>, LibraryFault> {
        self.take(offered.into_iter().map(parse).collect())
    }

    /// Takes in what [`parse`] has looked at on other threads.
    ///
    /// # Errors
    /// If this node's disk fails: then nothing of the last group was taken.
    pub fn take(&self, received: Vec<Result<Received, Rejection>>) -> Result<Vec<Outcome>, LibraryFault> {
        let mut writer = self.lock_writer();
        let mut outcomes = Vec::with_capacity(received.len());
        let mut group = Group::default();
        for received in received {
            let received = match received {
                Ok(received) => received,
                Err(rejection) => {
                    self.write_state().refuse(&rejection);
                    outcomes.push((None, Err(rejection)));
                    continue;
                }
            };
            let head = *received.entry().head();
            let result = self.put(&mut writer, &mut group, received)?;
            if let Err(refusal) = result {
                self.write_state().refuse(&Rejection::Refused(refusal));
            }
            outcomes.push((Some(head), result.map_err(Rejection::Refused)));
        }
        self.commit(&mut writer, &mut group)?;
        self.take_waiting(&mut writer)?;
        self.checkpoint_if_due(&mut writer);
        Ok(outcomes)
    }

    /// Signs records with a key and takes them in, in their order.
    ///
    /// # Errors
    /// If the clock is behind, the key may not write, a record is too large, or the disk fails.
    pub fn sign(
        &self,
        key: &SecretKey,
        writings: Vec<Writing>,
        now: Timestamp,
    ) -> Result<Vec<SignedHeader>, SignFault> {
        let mut writer = self.lock_writer();
        let log = key.log_key();
        let (federation, mut seq, mut previous) = self.ledger(|ledger| {
            let held = ledger.logs().get(&log).map_or((Default::default(), None), |l| (l.held(), l.head()));
            (ledger.federation(), held.0, held.1)
        });
        if self.header_at(&log, seq)?.is_some_and(|head| head.header().time > now) {
            return Err(SignFault::ClockBehind);
        }
        // All or nothing: what is in the journal's group reaches the disk with the next commit,
        // so that nothing may be there when one of the records turns out not to fit.
        let mut drafted = Vec::with_capacity(writings.len());
        let mut tried = Pending::default();
        for Writing { kind, facts, text } in writings {
            seq = seq.next();
            let draft = Draft { kind, federation, seq, previous, time: now, facts, text };
            let received = Received::of(Entry::sign(draft, key)?);
            previous = Some(received.entry().id());
            self.ledger(|ledger| ledger.admit(received.clone(), &mut tried)).map_err(SignFault::Refused)?;
            drafted.push(received);
        }
        let mut group = Group::default();
        let mut signed = Vec::with_capacity(drafted.len());
        for received in drafted {
            let head = *received.entry().head();
            self.put(&mut writer, &mut group, received)?.map_err(SignFault::Refused)?;
            signed.push(head);
        }
        self.commit(&mut writer, &mut group)?;
        self.checkpoint_if_due(&mut writer);
        Ok(signed)
    }

    /// Takes a charter in. Gives whether the chain that holds changed.
    ///
    /// # Errors
    /// If the disk fails; inside, why the charter does not join the chain.
    pub fn offer_charter(&self, charter: Charter) -> Result<Result<bool, CharterRefusal>, LibraryFault> {
        let mut writer = self.lock_writer();
        // Tried on a copy first: nothing is applied that is not durable.
        if let Err(refusal) = self.ledger(|ledger| ledger.charters().clone()).offer(charter.clone()) {
            return Ok(Err(refusal));
        }
        let position = writer.journal.append(FrameType::Charter, charter.bytes())?;
        writer.journal.commit()?;
        let hash = charter.hash();
        let mut state = self.write_state();
        let change = state.ledger.offer_charter(charter);
        state.shelf.charter(hash, position);
        state.ledger.refresh();
        drop(state);
        Ok(match change {
            Ok(change) => {
                self.redact(&mut writer, &change.redact)?;
                Ok(change.standing)
            }
            Err(refusal) => Err(refusal),
        })
    }

    /// Takes the proof of a fork in. Gives whether it says anything new.
    ///
    /// # Errors
    /// If the disk fails; inside, if the log is not one of ours.
    pub fn record_fork(&self, proof: &ForkProof, head: &SignedHeader) -> Result<Result<bool, Refusal>, LibraryFault> {
        let mut writer = self.lock_writer();
        let federation = head.header().federation;
        match self.ledger(|ledger| ledger.fork_is_news(proof, federation)) {
            Ok(true) => {}
            other => return Ok(other),
        }
        writer.journal.append(FrameType::Fork, &proof.to_bytes())?;
        writer.journal.commit()?;
        let mut state = self.write_state();
        let result = state.ledger.record_fork(proof.clone(), federation);
        state.ledger.refresh();
        if matches!(result, Ok(true)) {
            *state.counters.entry("forked-logs").or_default() += 1;
        }
        Ok(result)
    }

    /// Takes in the text of an entry that came without it. Gives whether it was wanted and fits.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn add_text(&self, id: &EntryId, text: &[u8]) -> Result<bool, LibraryFault> {
        let mut writer = self.lock_writer();
        let wanted = self.ledger(|ledger| ledger.lacks_text(id) && ledger.redaction(id).is_none());
        let position = self.read_state().position(id);
        let Some(position) = position.filter(|_| wanted) else { return Ok(false) };
        let Some(entry) = self.look(id, position)? else { return Ok(false) };
        if !Entry::text_fits(entry.header(), text) {
            self.count("text-does-not-fit");
            return Ok(false);
        }
        let at = writer.journal.append(FrameType::Text, &[id.as_bytes(), text].concat())?;
        writer.journal.commit()?;
        let mut state = self.write_state();
        state.shelf.text(*id, at);
        state.ledger.text_arrived(id);
        Ok(true)
    }

    fn put(
        &self,
        writer: &mut Writer,
        group: &mut Group,
        received: Received,
    ) -> Result<Result<(), Refusal>, LibraryFault> {
        let id = received.entry().id();
        if self.ledger(|ledger| ledger.is_damaged(&id)) {
            self.commit(writer, group)?;
            return Ok(Ok(self.mend(writer, received.into_entry())?));
        }
        let admitted = match self.ledger(|ledger| ledger.admit(received, &mut group.pending)) {
            Ok(admitted) => admitted,
            Err(refusal) => return Ok(Err(refusal)),
        };
        let entry = admitted.entry();
        let kind = if entry.text().is_some() { FrameType::Entry } else { FrameType::Bare };
        let length = entry.bytes().len();
        let registry = entry.header().kind.is_registry();
        if group.bytes + length > GROUP_BYTES {
            self.commit(writer, group)?;
        }
        let position = writer.journal.append(kind, admitted.entry().bytes())?;
        group.bytes += length;
        group.entries.push((admitted, position));
        // What follows may be written by a key that this entry admits.
        if registry {
            self.commit(writer, group)?;
        }
        Ok(Ok(()))
    }

    /// Stores an entry anew that is held and was damaged on the disk.
    fn mend(&self, writer: &mut Writer, entry: Entry) -> Result<(), LibraryFault> {
        let (id, log, seq) = (entry.id(), entry.log(), entry.seq());
        let redacted = self.ledger(|ledger| ledger.redaction(&id).is_some());
        let entry = if redacted { entry.without_text() } else { entry };
        let kind = if entry.text().is_some() { FrameType::Entry } else { FrameType::Bare };
        let position = writer.journal.append(kind, entry.bytes())?;
        writer.journal.commit()?;
        writer.since_checkpoint += 1;
        let mut state = self.write_state();
        state.shelf.moved(&log, seq, position);
        state.ledger.mended(&id);
        if kind == FrameType::Entry {
            state.shelf.forget_text(&id);
            state.ledger.text_arrived(&id);
        } else if state.shelf.text_at(&id).is_none() {
            state.ledger.text_dropped(&id);
        }
        tracing::info!(entry = %id.short(), "a damaged entry is here again");
        Ok(())
    }

    fn commit(&self, writer: &mut Writer, group: &mut Group) -> Result<(), LibraryFault> {
        let done = std::mem::take(group);
        if done.entries.is_empty() {
            return Ok(());
        }
        writer.journal.commit()?;
        let mut redact = Vec::new();
        let mut state = self.write_state();
        writer.since_checkpoint += done.entries.len();
        for (admitted, position) in done.entries {
            redact.extend(state.apply(admitted, position).redact);
        }
        let digest = *state.ledger.refresh().digest().as_bytes();
        drop(state);
        writer.journal.set_heads(digest);
        self.redact(writer, &redact)
    }

    /// Entries of our own journal that waited for one that was damaged and is here again. One log
    /// may have to wait for the registrar's, so this goes on until nothing more is taken.
    pub(super) fn take_waiting(&self, writer: &mut Writer) -> Result<(), LibraryFault> {
        while self.take_waiting_once(writer)? {}
        self.write_state().ledger.refresh();
        Ok(())
    }

    fn take_waiting_once(&self, writer: &mut Writer) -> Result<bool, LibraryFault> {
        let mut taken = false;
        let logs = self.read_state().shelf.waiting_logs();
        for log in logs {
            loop {
                let next = self.ledger(|l| l.logs().get(&log).map_or(Default::default(), Log::held)).next();
                let Some(position) = self.write_state().shelf.take_waiting(&log, next) else { break };
                let entry = match self.recall(position) {
                    Ok(entry) => entry,
                    // Damaged while it waited: it is fetched like any that is missing.
                    Err(LibraryFault::Read(ReadFault::Absent(_) | ReadFault::Damaged { .. })) => break,
                    Err(fault) => return Err(fault),
                };
                let admitted = self.ledger(|ledger| ledger.admit(Received::of(entry), &mut Pending::default()));
                let admitted = match admitted {
                    Ok(admitted) => admitted,
                    Err(Refusal::UnknownMember) => {
                        self.write_state().shelf.wait(log, next, position);
                        break;
                    }
                    Err(_) => break,
                };
                let change = self.write_state().apply(admitted, position);
                self.redact(writer, &change.redact)?;
                taken = true;
            }
        }
        Ok(taken)
    }

    /// Drops texts: a copy without the text first, then the bytes themselves.
    pub(super) fn redact(&self, writer: &mut Writer, ids: &[EntryId]) -> Result<(), LibraryFault> {
        for id in ids {
            let (position, text_at) = {
                let state = self.read_state();
                let Some(position) = state.position(id) else { continue };
                (position, state.shelf.text_at(id))
            };
            match self.look(id, position)?.map(Entry::without_text) {
                Some(bare) => {
                    writer.journal.append(FrameType::Bare, bare.bytes())?;
                    writer.journal.commit()?;
                    self.drop_bytes(writer, position, FrameType::Bare, bare.bytes())?;
                }
                // Damaged: nothing can be kept of it, and it comes back without its text.
                None => self.drop_bytes(writer, position, FrameType::Text, &[])?,
            }
            if let Some(at) = text_at {
                self.drop_bytes(writer, at, FrameType::Text, id.as_bytes())?;
            }
            let mut state = self.write_state();
            state.shelf.forget_text(id);
            state.ledger.text_dropped(id);
        }
        Ok(())
    }

    fn drop_bytes(&self, writer: &mut Writer, at: Position, kind: FrameType, left: &[u8]) -> Result<(), LibraryFault> {
        match writer.journal.overwrite(at, kind, left) {
            // Nothing to drop: the entry had no text, or no frame is left in this place.
            Ok(()) | Err(Fault::DoesNotFit { .. } | Fault::NoFrame(_)) => Ok(()),
            Err(fault) => Err(fault.into()),
        }
    }

    pub(super) fn checkpoint_if_due(&self, writer: &mut Writer) {
        let held = self.ledger(|ledger| ledger.logs().entries());
        if writer.since_checkpoint > CHECKPOINT_ENTRIES.max(held / 3) {
            self.checkpoint(writer);
        }
    }
}

impl super::State {
    pub(super) fn apply(&mut self, admitted: Admitted, position: Position) -> Change {
        let change = self.ledger.apply(admitted);
        if let Some((_, header)) = &change.entry {
            self.shelf.entry(header.log, header.seq, position);
        }
        change
    }
}

/// Entries on their way into the journal.
#[derive(Default)]
struct Group {
    entries: Vec<(Admitted, Position)>,
    pending: Pending,
    bytes: usize,
}
