//! Joins the replicator to the library: reads frames, carries out what the replicator says, and
//! tells it what became of it. Knows neither sockets nor threads nor the hour, so that what runs
//! is what was simulated.

use std::collections::BTreeMap;
use std::sync::Arc;

use idenett_protocol::charter::{Charter, CharterRefusal};
use idenett_protocol::exchange::{Input, Output};
use idenett_protocol::fork::ForkProof;
use idenett_protocol::frame::FrameType;
use idenett_protocol::header::SignedHeader;
use idenett_protocol::hint::Hint;
use idenett_protocol::id::{EntryId, LogKey};
use idenett_protocol::limits::SERVE_BATCH_BYTES;
use idenett_protocol::message::{Farewell, Message, MessageFault};
use idenett_protocol::replicator::Replicator;
use idenett_protocol::time::Timestamp;
use idenett_protocol::vectors::Range;

use crate::library::{Library, LibraryFault, Offered, Outcome, Rejection, StoredText};

/// What happens.
#[derive(Debug)]
pub enum Event {
    /// A session stands; `dialed` is the address if this node dialed.
    Connected {
        /// With whom.
        peer: LogKey,
        /// The address, if this node dialed.
        dialed: Option<String>,
    },
    /// A session ended.
    Disconnected {
        /// With whom.
        peer: LogKey,
    },
    /// Frames came.
    Frames {
        /// From whom.
        peer: LogKey,
        /// In their order.
        frames: Vec<(FrameType, Vec<u8>)>,
    },
    /// What became of the entries of an [`Action::Ingest`].
    Ingested {
        /// Who sent them.
        peer: LogKey,
        /// In their order.
        outcomes: Vec<Outcome>,
    },
    /// Entries of this node's own or from a bundle joined the replica.
    Published(Vec<SignedHeader>),
    /// A charter that came by hand joined the chain.
    CharterTaken(Box<Charter>),
    /// The line to a peer has room again.
    Room {
        /// Whose.
        peer: LogKey,
    },
    /// Where this node can be reached, signed by itself.
    OwnHint(Hint),
    /// About a second has passed.
    Tick,
}

/// What the shell is to do, in this order.
#[derive(Debug, PartialEq, Eq)]
pub enum Action {
    /// Send frames.
    Send {
        /// To whom.
        peer: LogKey,
        /// Whole frames.
        bytes: Vec<u8>,
        /// Whether [`Event::Room`] is to follow as soon as the line has room for more.
        more: bool,
    },
    /// Check and store entries, then tell with [`Event::Ingested`]. Those of one peer in order.
    Ingest {
        /// Who sent them.
        peer: LogKey,
        /// The entries.
        offered: Vec<Offered>,
    },
    /// Open a connection.
    Dial {
        /// The address.
        address: String,
    },
    /// End a session.
    Disconnect {
        /// With whom.
        peer: LogKey,
        /// Why.
        why: Farewell,
    },
}

/// The replicator with the library beside it.
pub struct Driver {
    library: Arc<Library>,
    replicator: Replicator,
    /// What is left of the answers that wait for room on the line.
    rest: BTreeMap<LogKey, Range>,
}

impl Driver {
    /// Joins a replicator to a library.
    pub const fn new(library: Arc<Library>, replicator: Replicator) -> Self {
        Self { library, replicator, rest: BTreeMap::new() }
    }

    /// The replicator, to look at.
    pub const fn replicator(&self) -> &Replicator {
        &self.replicator
    }

    /// Adds an address to dial.
    pub fn add_address(&mut self, address: &str) {
        self.replicator.add_address(address);
    }

    /// Takes one event at an hour.
    ///
    /// # Errors
    /// If this node's own disk fails; no peer is to blame, and the node must stop.
    pub fn handle(&mut self, event: Event, now: Timestamp) -> Result<Vec<Action>, LibraryFault> {
        let mut actions = Vec::new();
        match event {
            Event::Connected { peer, dialed } => self.step(Input::Connected { peer, dialed }, now, &mut actions)?,
            Event::Disconnected { peer } => {
                self.rest.remove(&peer);
                self.step(Input::Disconnected { peer }, now, &mut actions)?;
            }
            Event::Frames { peer, frames } => {
                for (kind, payload) in frames {
                    let input = self.read(peer, kind, &payload);
                    self.step(input, now, &mut actions)?;
                }
            }
            Event::Ingested { peer, outcomes } => self.ingested(peer, outcomes, now, &mut actions)?,
            Event::Published(headers) => self.step(Input::Published(headers), now, &mut actions)?,
            Event::CharterTaken(charter) => {
                self.step(Input::CharterTaken { peer: None, charter }, now, &mut actions)?;
            }
            Event::Room { peer } => match self.rest.remove(&peer) {
                Some(range) => self.serve(peer, range, &mut actions)?,
                None => self.step(Input::Room { peer }, now, &mut actions)?,
            },
            Event::OwnHint(hint) => self.step(Input::OwnHint(hint), now, &mut actions)?,
            Event::Tick => self.step(Input::Tick, now, &mut actions)?,
        }
        Ok(actions)
    }

    fn read(&self, peer: LogKey, kind: FrameType, payload: &[u8]) -> Input {
        match Message::read(kind, payload) {
            Ok(message) => Input::Received { peer, message },
            Err(fault) => {
                self.library.count(fault_name(&fault));
                Input::Malformed { peer }
            }
        }
    }

    fn ingested(
        &mut self,
        peer: LogKey,
        outcomes: Vec<Outcome>,
        now: Timestamp,
        actions: &mut Vec<Action>,
    ) -> Result<(), LibraryFault> {
        let mut results = Vec::with_capacity(outcomes.len());
        for (head, result) in outcomes {
            match (head, result) {
                (Some(head), Ok(())) => results.push((head, Ok(()))),
                (Some(head), Err(Rejection::Refused(refusal))) => results.push((head, Err(refusal))),
                (_, Err(_)) | (None, Ok(())) => self.step(Input::Malformed { peer }, now, actions)?,
            }
        }
        self.step(Input::Ingested { peer, results }, now, actions)
    }

    fn step(&mut self, input: Input, now: Timestamp, actions: &mut Vec<Action>) -> Result<(), LibraryFault> {
        let library = Arc::clone(&self.library);
        let outputs = library.ledger(|ledger| self.replicator.handle(ledger, input, now));
        if self.replicator.take_agreed() {
            library.agreed();
        }
        for output in outputs {
            self.carry_out(output, now, actions)?;
        }
        Ok(())
    }

    fn carry_out(&mut self, output: Output, now: Timestamp, actions: &mut Vec<Action>) -> Result<(), LibraryFault> {
        match output {
            Output::Send { peer, message } => push_send(actions, peer, message.to_frame(), false),
            Output::Serve { peer, range } => self.serve(peer, range, actions)?,
            Output::ServeTexts { peer, ids } => self.serve_texts(peer, &ids, actions)?,
            Output::ServeHeaders { peer, range } => self.serve_headers(peer, range, actions)?,
            Output::Ingest { peer, bytes, with_text } => push_ingest(actions, peer, Offered { bytes, with_text }),
            Output::IngestText { peer, id, text } => {
                if self.library.add_text(&id, &text)? {
                    tracing::debug!(peer = %peer.short(), entry = %id.short(), "a missing text arrived");
                }
            }
            Output::Prove { peer, header } => self.prove(peer, &header, now, actions)?,
            Output::RecordFork { peer, proof } => self.record(Some(peer), proof, now, actions)?,
            Output::OfferCharter { peer, charter } => match self.library.offer_charter(charter.as_ref().clone())? {
                Ok(_) => self.step(Input::CharterTaken { peer: Some(peer), charter }, now, actions)?,
                // The one before it may have been lost, and a peer may know other rivals.
                Err(CharterRefusal::Gap) => self.step(Input::CharterGap { peer }, now, actions)?,
                Err(CharterRefusal::Known | CharterRefusal::Rivals) => {}
                Err(
                    refusal @ (CharterRefusal::NoRight
                    | CharterRefusal::FormerRegistrar
                    | CharterRefusal::ForeignFederation),
                ) => {
                    tracing::info!(peer = %peer.short(), %refusal, "a charter was refused");
                    self.library.count("charter-refused");
                    self.step(Input::Malformed { peer }, now, actions)?;
                }
            },
            Output::Dial { address } => actions.push(Action::Dial { address }),
            Output::Disconnect { peer, why } => actions.push(Action::Disconnect { peer, why }),
        }
        Ok(())
    }

    /// Sends entries, as many as the line takes at once; the rest when it has room.
    fn serve(&mut self, peer: LogKey, range: Range, actions: &mut Vec<Action>) -> Result<(), LibraryFault> {
        let (frames, rest) = self.library.frames(range, SERVE_BATCH_BYTES)?;
        if let Some(rest) = rest {
            self.rest.insert(peer, rest);
        }
        push_send(actions, peer, frames, true);
        Ok(())
    }

    fn serve_texts(&self, peer: LogKey, ids: &[EntryId], actions: &mut Vec<Action>) -> Result<(), LibraryFault> {
        let mut bytes = 0;
        for id in ids {
            // Who still wants the others asks again.
            if bytes > SERVE_BATCH_BYTES {
                break;
            }
            let stored = self.library.entry(id)?;
            let text = stored.and_then(|s| match s.text {
                StoredText::Here(text) => Some(text),
                StoredText::Redacted(_) | StoredText::Wanted => None,
            });
            let message = text.map_or(Message::Absent(*id), |text| Message::Text(*id, text));
            let frame = message.to_frame();
            bytes += frame.len();
            push_send(actions, peer, frame, false);
        }
        Ok(())
    }

    fn serve_headers(&self, peer: LogKey, range: Range, actions: &mut Vec<Action>) -> Result<(), LibraryFault> {
        let mut headers = Vec::new();
        let mut at = range.from;
        while at <= range.to {
            headers.extend(self.library.header_at(&range.log, at)?);
            at = at.next();
        }
        if !headers.is_empty() {
            push_send(actions, peer, Message::Headers(headers).to_frame(), false);
        }
        Ok(())
    }

    /// Makes a proof of a header of theirs and ours at its place.
    fn prove(
        &mut self,
        peer: LogKey,
        theirs: &SignedHeader,
        now: Timestamp,
        actions: &mut Vec<Action>,
    ) -> Result<(), LibraryFault> {
        let place = *theirs.header();
        // An entry may follow a branch that is not ours: then ours stands one place below.
        let Some(ours) = self.library.header_at(&place.log, place.seq)? else {
            let input = Input::ForkIsDeeper { peer, log: place.log, place: place.seq.previous() };
            return self.step(input, now, actions);
        };
        if ours.id() == theirs.id() {
            return Ok(());
        }
        match ForkProof::new(ours, *theirs) {
            Ok(proof) => self.record(None, Box::new(proof), now, actions),
            Err(_) => {
                let input = Input::ForkIsDeeper { peer, log: place.log, place: place.seq.previous() };
                self.step(input, now, actions)
            }
        }
    }

    fn record(
        &mut self,
        peer: Option<LogKey>,
        proof: Box<ForkProof>,
        now: Timestamp,
        actions: &mut Vec<Action>,
    ) -> Result<(), LibraryFault> {
        if self.library.record_proof(&proof)? {
            tracing::warn!(log = %proof.log().short(), place = %proof.place(), "a log was continued twice");
            self.step(Input::ForkRecorded { peer, proof }, now, actions)?;
        }
        Ok(())
    }
}

fn push_send(actions: &mut Vec<Action>, peer: LogKey, bytes: Vec<u8>, more: bool) {
    actions.push(Action::Send { peer, bytes, more });
}

/// Entries that came together are checked together.
fn push_ingest(actions: &mut Vec<Action>, peer: LogKey, entry: Offered) {
    if let Some(Action::Ingest { peer: last, offered }) = actions.last_mut()
        && *last == peer
    {
        offered.push(entry);
    } else {
        actions.push(Action::Ingest { peer, offered: vec![entry] });
    }
}

/// The name under which a message that is none is counted.
const fn fault_name(fault: &MessageFault) -> &'static str {
    match fault {
        MessageFault::Form(_) | MessageFault::NotAMessage(_) => "malformed-message",
        MessageFault::Header(_) => "malformed-header",
        MessageFault::Charter(_) => "malformed-charter",
        MessageFault::Fork(_) => "malformed-fork-proof",
        MessageFault::Hint(_) => "malformed-hint",
    }
}
