//! What two nodes say to each other on a session, one message a frame. Reading a message checks
//! everything that can be checked without knowing the replica.

use crate::charter::{Charter, CharterFault};
use crate::fork::{ForkProof, NoFork};
use crate::frame::{FrameType, write_frame};
use crate::header::{HeaderFault, SignedHeader};
use crate::hint::{Hint, HintFault};
use crate::id::{CharterHash, Digest, EntryId, FederationId, LogKey, Seq};
use crate::limits::{BUCKETS, MAX_HEADERS, MAX_LOGS, MAX_WANTED, SIGNED_HEADER_BYTES};
use crate::time::Timestamp;

/// The version of the session protocol.
pub const SESSION_VERSION: u16 = 1;
/// Bytes of a bucket's digest that travel.
pub const BUCKET_TAG_BYTES: usize = 8;
/// Bytes of a log key that travel in a vector.
pub const LOG_TAG_BYTES: usize = 8;

/// The first eight bytes of a log key.
pub type LogTag = [u8; LOG_TAG_BYTES];

/// The first bytes of a log key, by which a vector names it.
pub fn log_tag(key: &LogKey) -> LogTag {
    key.as_bytes().first_chunk().copied().unwrap_or_default()
}

/// The first word on a session, from both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hello {
    /// The version of the session protocol that the sender speaks.
    pub version: u16,
    /// The federation it belongs to.
    pub federation: FederationId,
    /// The epoch of its charter.
    pub epoch: u32,
    /// Its charter.
    pub charter: CharterHash,
    /// Its clock.
    pub time: Timestamp,
}

/// How long the ids in a vector are: short as a rule, whole after a vector that showed no
/// difference where digests differ (someone made two ids that begin alike).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// The first four bytes.
    Short,
    /// All 32.
    Whole,
}

impl Width {
    /// How many bytes of an id travel.
    pub const fn bytes(self) -> usize {
        match self {
            Width::Short => 4,
            Width::Whole => 32,
        }
    }

    /// The bytes of an id that travel.
    pub fn tag(self, id: &EntryId) -> Vec<u8> {
        id.as_bytes().iter().copied().take(self.bytes()).collect()
    }
}

/// One log in a vector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which log.
    pub log: LogTag,
    /// The last counted place; 0 for none.
    pub seq: Seq,
    /// The beginning of the id there; empty where `seq` is 0.
    pub head: Vec<u8>,
    /// The fork that is known: its place and the beginnings of its two ids.
    pub fork: Option<(Seq, [Vec<u8>; 2])>,
}

/// "Send me what I lack in these buckets": all the sender's heads there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pull {
    /// The buckets in question, one bit each, the lowest for bucket 0.
    pub mask: u64,
    /// How much of each id travels.
    pub width: Width,
    /// The sender's heads in these buckets.
    pub rows: Vec<Row>,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Message {
    /// The first word.
    Hello(Hello),
    /// Digest of the sender's frontier and the age of its registry; `ask` wants an answer.
    State {
        /// Digest of the frontier.
        digest: Digest,
        /// The last counted place of the registrar's log.
        registry: Seq,
        /// Whether an answer is wanted.
        ask: bool,
    },
    /// The answer to a differing state: beginnings of all bucket digests.
    Buckets {
        /// The last counted place of the registrar's log.
        registry: Seq,
        /// The beginnings of the digests.
        tags: Box<[[u8; BUCKET_TAG_BYTES]; BUCKETS]>,
    },
    /// What the sender has; what it lacks is to be sent.
    Pull(Pull),
    /// Logs from a place on, to be sent.
    Want(Vec<(LogTag, Seq)>),
    /// The end of an answer to a pull or want.
    Done,
    /// Headers of new entries.
    Announce(Vec<SignedHeader>),
    /// Entries to be sent, by id.
    Fetch(Vec<EntryId>),
    /// Headers to be sent: of a log, from a place to a place.
    HeadersWanted {
        /// The log.
        log: LogKey,
        /// The first place.
        from: Seq,
        /// The last place.
        to: Seq,
    },
    /// Headers of consecutive places of one log.
    Headers(Vec<SignedHeader>),
    /// Texts to be sent, by entry id.
    TextWanted(Vec<EntryId>),
    /// The receiver's own log as the sender holds it; `None` for nothing of it.
    YourHead(Option<(Seq, EntryId)>),
    /// Where a node can be reached.
    Hint(Hint),
    /// The last word, and why.
    Bye(Farewell),
    /// An entry or text that was asked for is not here.
    Absent(EntryId),
    /// A charter.
    Charter(Box<Charter>),
    /// Proof of a fork.
    Fork(Box<ForkProof>),
    /// The bytes of an entry, not yet looked at; `true` if its text is with it.
    Entry(Vec<u8>, bool),
    /// The text of an entry, not yet looked at.
    Text(EntryId, Vec<u8>),
}

/// Why a session ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Farewell {
    /// The node stops.
    Stopping = 0,
    /// The other belongs to another federation.
    ForeignFederation = 1,
    /// The other speaks a version that is not known here.
    Version = 2,
    /// The other broke the rules too often.
    Misbehaviour = 3,
    /// There are enough sessions.
    Full = 4,
    /// Only members may read, and the other is none.
    NotAMember = 5,
}

/// Why a frame is no message of a session.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MessageFault {
    /// The payload has not the form of its type.
    #[error("a {0:?} message has not the form it must have")]
    Form(FrameType),
    /// The type does not travel.
    #[error("a frame of type {0:?} does not travel")]
    NotAMessage(FrameType),
    /// A header in it is at fault.
    #[error(transparent)]
    Header(#[from] HeaderFault),
    /// The charter in it is at fault.
    #[error(transparent)]
    Charter(#[from] CharterFault),
    /// The proof in it proves nothing.
    #[error(transparent)]
    Fork(#[from] NoFork),
    /// The hint in it is at fault.
    #[error(transparent)]
    Hint(#[from] HintFault),
}

impl Message {
    /// Reads the payload of a frame.
    ///
    /// # Errors
    /// The first thing found wrong.
    pub fn read(kind: FrameType, payload: &[u8]) -> Result<Self, MessageFault> {
        let mut r = Reader { kind, rest: payload };
        let message = match kind {
            FrameType::Hello => Message::Hello(Hello {
                version: u16::from_be_bytes(r.array()?),
                federation: FederationId::from_bytes(r.array()?),
                epoch: u32::from_be_bytes(r.array()?),
                charter: CharterHash::from_bytes(r.array()?),
                time: Timestamp::from_millis(u64::from_be_bytes(r.array()?)),
            }),
            FrameType::State => {
                Message::State { digest: Digest::from_bytes(r.array()?), registry: r.seq()?, ask: r.flag()? }
            }
            FrameType::Buckets => {
                let registry = r.seq()?;
                let (tags, rest) = r.rest.as_chunks::<BUCKET_TAG_BYTES>();
                let tags = <[[u8; BUCKET_TAG_BYTES]; BUCKETS]>::try_from(tags).map_err(|_| r.fault())?;
                r.rest = rest;
                Message::Buckets { registry, tags: Box::new(tags) }
            }
            FrameType::Pull => Message::Pull(read_pull(&mut r)?),
            FrameType::Want => {
                let count = r.count(MAX_LOGS)?;
                Message::Want((0..count).map(|_| Ok((r.array()?, r.varint()?))).collect::<Result<_, MessageFault>>()?)
            }
            FrameType::Done => Message::Done,
            FrameType::Announce => Message::Announce(r.headers()?),
            FrameType::Fetch => Message::Fetch(r.ids()?),
            FrameType::HeadersWanted => {
                let log = LogKey::from_bytes(r.array()?);
                Message::HeadersWanted { log, from: r.seq()?, to: r.seq()? }
            }
            FrameType::Headers => Message::Headers(r.headers()?),
            FrameType::TextWanted => Message::TextWanted(r.ids()?),
            FrameType::YourHead => {
                let (seq, id) = (r.seq()?, EntryId::from_bytes(r.array()?));
                Message::YourHead((seq != Seq::ZERO).then_some((seq, id)))
            }
            FrameType::Hint => Message::Hint(Hint::parse(r.all())?),
            FrameType::Bye => Message::Bye(Farewell::from_number(r.byte()?).ok_or_else(|| r.fault())?),
            FrameType::Absent => Message::Absent(EntryId::from_bytes(r.array()?)),
            FrameType::Charter => Message::Charter(Box::new(Charter::parse(r.all())?)),
            FrameType::Fork => Message::Fork(Box::new(ForkProof::parse(r.all())?)),
            FrameType::Entry => Message::Entry(r.all().to_vec(), true),
            FrameType::Bare => Message::Entry(r.all().to_vec(), false),
            FrameType::Text => Message::Text(EntryId::from_bytes(r.array()?), r.all().to_vec()),
            FrameType::Local => return Err(MessageFault::NotAMessage(kind)),
        };
        if r.rest.is_empty() { Ok(message) } else { Err(r.fault()) }
    }

    /// The type and payload of the message.
    pub fn write(&self) -> (FrameType, Vec<u8>) {
        match self {
            Message::Hello(h) => {
                let parts: [&[u8]; 5] = [
                    &h.version.to_be_bytes(),
                    h.federation.as_bytes(),
                    &h.epoch.to_be_bytes(),
                    h.charter.as_bytes(),
                    &h.time.as_millis().to_be_bytes(),
                ];
                (FrameType::Hello, parts.concat())
            }
            Message::State { digest, registry, ask } => {
                let bytes = [digest.as_bytes(), registry.get().to_be_bytes().as_slice(), &[u8::from(*ask)]].concat();
                (FrameType::State, bytes)
            }
            Message::Buckets { registry, tags } => {
                (FrameType::Buckets, [registry.get().to_be_bytes().as_slice(), tags.as_flattened()].concat())
            }
            Message::Pull(pull) => (FrameType::Pull, write_pull(pull)),
            Message::Want(rows) => {
                let mut bytes = count_bytes(rows.len());
                for (log, from) in rows {
                    bytes.extend_from_slice(log);
                    write_varint(&mut bytes, *from);
                }
                (FrameType::Want, bytes)
            }
            Message::Done => (FrameType::Done, Vec::new()),
            Message::Announce(headers) => (FrameType::Announce, concat_headers(headers)),
            Message::Fetch(ids) => (FrameType::Fetch, concat_ids(ids)),
            Message::HeadersWanted { log, from, to } => {
                let places = [from.get().to_be_bytes(), to.get().to_be_bytes()];
                (FrameType::HeadersWanted, [log.as_bytes(), places.as_flattened()].concat())
            }
            Message::Headers(headers) => (FrameType::Headers, concat_headers(headers)),
            Message::TextWanted(ids) => (FrameType::TextWanted, concat_ids(ids)),
            Message::YourHead(head) => {
                let (seq, id) = head.map_or((Seq::ZERO, [0; 32]), |(seq, id)| (seq, *id.as_bytes()));
                (FrameType::YourHead, [seq.get().to_be_bytes().as_slice(), &id].concat())
            }
            Message::Hint(hint) => (FrameType::Hint, hint.bytes().to_vec()),
            Message::Bye(why) => (FrameType::Bye, vec![*why as u8]),
            Message::Absent(id) => (FrameType::Absent, id.as_bytes().to_vec()),
            Message::Charter(charter) => (FrameType::Charter, charter.bytes().to_vec()),
            Message::Fork(proof) => (FrameType::Fork, proof.to_bytes()),
            Message::Entry(bytes, true) => (FrameType::Entry, bytes.clone()),
            Message::Entry(bytes, false) => (FrameType::Bare, bytes.clone()),
            Message::Text(id, text) => (FrameType::Text, [id.as_bytes(), text.as_slice()].concat()),
        }
    }

    /// The message as a frame.
    pub fn to_frame(&self) -> Vec<u8> {
        let (kind, payload) = self.write();
        let mut out = Vec::with_capacity(payload.len().saturating_add(crate::limits::FRAME_HEAD_BYTES));
        write_frame(&mut out, kind, &payload);
        out
    }
}

impl Farewell {
    fn from_number(n: u8) -> Option<Self> {
        [Self::Stopping, Self::ForeignFederation, Self::Version, Self::Misbehaviour, Self::Full, Self::NotAMember]
            .into_iter()
            .find(|f| *f as u8 == n)
    }
}

fn read_pull(r: &mut Reader<'_>) -> Result<Pull, MessageFault> {
    let mask = u64::from_be_bytes(r.array()?);
    let width = match r.byte()? {
        4 => Width::Short,
        32 => Width::Whole,
        _ => return Err(r.fault()),
    };
    let count = r.count(MAX_LOGS)?;
    let mut rows = Vec::with_capacity(count);
    for _ in 0..count {
        let (log, seq) = (r.array()?, r.varint()?);
        let head = if seq == Seq::ZERO { Vec::new() } else { r.take(width.bytes())?.to_vec() };
        let fork = if r.flag()? {
            Some((r.varint()?, [r.take(width.bytes())?.to_vec(), r.take(width.bytes())?.to_vec()]))
        } else {
            None
        };
        rows.push(Row { log, seq, head, fork });
    }
    Ok(Pull { mask, width, rows })
}

fn write_pull(pull: &Pull) -> Vec<u8> {
    let mut bytes = pull.mask.to_be_bytes().to_vec();
    bytes.push(u8::try_from(pull.width.bytes()).unwrap_or_default());
    bytes.extend(count_bytes(pull.rows.len()));
    for row in &pull.rows {
        bytes.extend_from_slice(&row.log);
        write_varint(&mut bytes, row.seq);
        bytes.extend_from_slice(&row.head);
        bytes.push(u8::from(row.fork.is_some()));
        if let Some((place, [a, b])) = &row.fork {
            write_varint(&mut bytes, *place);
            bytes.extend_from_slice(a);
            bytes.extend_from_slice(b);
        }
    }
    bytes
}

fn count_bytes(n: usize) -> Vec<u8> {
    u16::try_from(n).unwrap_or(u16::MAX).to_be_bytes().to_vec()
}

/// Seven bits a byte, the lowest first, the top bit set on all but the last.
fn write_varint(bytes: &mut Vec<u8>, seq: Seq) {
    let mut n = seq.get();
    while n >= 0x80 {
        bytes.push(u8::try_from(n & 0x7f).unwrap_or_default() | 0x80);
        n >>= 7;
    }
    bytes.push(u8::try_from(n).unwrap_or_default());
}

fn concat_headers(headers: &[SignedHeader]) -> Vec<u8> {
    headers.iter().flat_map(|h| h.bytes().iter().copied()).collect()
}

fn concat_ids(ids: &[EntryId]) -> Vec<u8> {
    ids.iter().flat_map(|id| id.as_bytes().iter().copied()).collect()
}

struct Reader<'a> {
    kind: FrameType,
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    const fn fault(&self) -> MessageFault {
        MessageFault::Form(self.kind)
    }

    fn take(&mut self, n: usize) -> Result<&'a [u8], MessageFault> {
        let (taken, rest) = self.rest.split_at_checked(n).ok_or(self.fault())?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], MessageFault> {
        let (taken, rest) = self.rest.split_first_chunk::<N>().ok_or(self.fault())?;
        self.rest = rest;
        Ok(*taken)
    }

    fn all(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.rest)
    }

    fn byte(&mut self) -> Result<u8, MessageFault> {
        self.array::<1>().map(|[b]| b)
    }

    fn flag(&mut self) -> Result<bool, MessageFault> {
        match self.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(self.fault()),
        }
    }

    fn seq(&mut self) -> Result<Seq, MessageFault> {
        Ok(Seq::new(u64::from_be_bytes(self.array()?)))
    }

    fn count(&mut self, limit: usize) -> Result<usize, MessageFault> {
        let n = usize::from(u16::from_be_bytes(self.array()?));
        if n <= limit { Ok(n) } else { Err(self.fault()) }
    }

    fn varint(&mut self) -> Result<Seq, MessageFault> {
        let mut n: u64 = 0;
        for shift in (0..63).step_by(7) {
            let b = self.byte()?;
            n |= u64::from(b & 0x7f) << shift;
            if b & 0x80 == 0 {
                // A last byte of zero would be a second way to write a number.
                return if b == 0 && shift > 0 { Err(self.fault()) } else { Ok(Seq::new(n)) };
            }
        }
        Err(self.fault())
    }

    fn headers(&mut self) -> Result<Vec<SignedHeader>, MessageFault> {
        let (rows, rest) = self.rest.as_chunks::<SIGNED_HEADER_BYTES>();
        if rows.is_empty() || rows.len() > MAX_HEADERS || !rest.is_empty() {
            return Err(self.fault());
        }
        self.rest = rest;
        Ok(rows.iter().map(|row| SignedHeader::parse(row)).collect::<Result<_, _>>()?)
    }

    fn ids(&mut self) -> Result<Vec<EntryId>, MessageFault> {
        let (rows, rest) = self.rest.as_chunks::<32>();
        if rows.is_empty() || rows.len() > MAX_WANTED || !rest.is_empty() {
            return Err(self.fault());
        }
        self.rest = rest;
        Ok(rows.iter().map(|row| EntryId::from_bytes(*row)).collect())
    }
}

#[cfg(test)]
mod tests;
