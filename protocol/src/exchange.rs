//! What happens to the replicator, and what it wants done: its whole surface as data.

use crate::charter::Charter;
use crate::fork::ForkProof;
use crate::header::SignedHeader;
use crate::hint::Hint;
use crate::id::{EntryId, LogKey, Seq};
use crate::ledger::Refusal;
use crate::message::{Farewell, Message};
use crate::vectors::Range;

/// What happens to a node.
#[derive(Clone, Debug)]
pub enum Input {
    /// A session stands; `dialed` is the address if we dialed.
    Connected {
        /// Who.
        peer: LogKey,
        /// The address, if we dialed.
        dialed: Option<String>,
    },
    /// A session ended.
    Disconnected {
        /// Who.
        peer: LogKey,
    },
    /// A message came.
    Received {
        /// From whom.
        peer: LogKey,
        /// What.
        message: Message,
    },
    /// Something came that is no message, or an entry that is none.
    Malformed {
        /// From whom.
        peer: LogKey,
    },
    /// Entries that a peer sent were looked at.
    Ingested {
        /// Who sent them.
        peer: LogKey,
        /// What became of each.
        results: Vec<(SignedHeader, Result<(), Refusal>)>,
    },
    /// Entries of this node's own, or from a bundle, joined the replica.
    Published(Vec<SignedHeader>),
    /// A proof joined the replica; from whom, if from a peer.
    ForkRecorded {
        /// From whom, if from a peer.
        peer: Option<LogKey>,
        /// The proof.
        proof: Box<ForkProof>,
    },
    /// A header stands where ours has another predecessor: the logs part further down.
    ForkIsDeeper {
        /// Who has the other branch.
        peer: LogKey,
        /// The log.
        log: LogKey,
        /// The place up to which to look.
        place: Seq,
    },
    /// A charter joined the chain; from whom, if from a peer.
    CharterTaken {
        /// From whom, if from a peer.
        peer: Option<LogKey>,
        /// The charter.
        charter: Box<Charter>,
    },
    /// A charter came whose predecessor is not here.
    CharterGap {
        /// From whom.
        peer: LogKey,
    },
    /// The line to a peer has room for more of an answer.
    Room {
        /// Who.
        peer: LogKey,
    },
    /// This node's own hint.
    OwnHint(Hint),
    /// Time has passed; about once a second.
    Tick,
}

/// What the shell is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::large_enum_variant, reason = "an output lives for one step")]
pub enum Output {
    /// Send a message.
    Send {
        /// To whom.
        peer: LogKey,
        /// What.
        message: Message,
    },
    /// Send these entries from the journal, then tell when the line has [`Input::Room`].
    Serve {
        /// To whom.
        peer: LogKey,
        /// Which.
        range: Range,
    },
    /// Send these texts from the journal; [`Message::Absent`] for what is not here.
    ServeTexts {
        /// To whom.
        peer: LogKey,
        /// Of which entries.
        ids: Vec<EntryId>,
    },
    /// Send the headers of these entries.
    ServeHeaders {
        /// To whom.
        peer: LogKey,
        /// Which.
        range: Range,
    },
    /// Check and store an entry, then tell with [`Input::Ingested`] or [`Input::Malformed`].
    Ingest {
        /// Who sent it.
        peer: LogKey,
        /// The bytes of the entry.
        bytes: Vec<u8>,
        /// Whether the text is with it.
        with_text: bool,
    },
    /// Check and store a text.
    IngestText {
        /// Who sent it.
        peer: LogKey,
        /// Whose text it is.
        id: EntryId,
        /// The text.
        text: Vec<u8>,
    },
    /// Make a proof of this header and ours at its place, and record it.
    Prove {
        /// Who sent it.
        peer: LogKey,
        /// Theirs.
        header: SignedHeader,
    },
    /// Record a proof.
    RecordFork {
        /// Who sent it.
        peer: LogKey,
        /// The proof.
        proof: Box<ForkProof>,
    },
    /// Offer a charter to the chain.
    OfferCharter {
        /// Who sent it.
        peer: LogKey,
        /// The charter.
        charter: Box<Charter>,
    },
    /// Open a connection.
    Dial {
        /// The address.
        address: String,
    },
    /// End a session.
    Disconnect {
        /// Who.
        peer: LogKey,
        /// Why.
        why: Farewell,
    },
}
