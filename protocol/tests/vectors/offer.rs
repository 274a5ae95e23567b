//! Offers bytes to the protocol as one of the things that they may be, and says in fields what
//! they are, or by what name they are refused.

use idenett_protocol::body::Facts;
use idenett_protocol::charter::Charter;
use idenett_protocol::entry::Entry;
use idenett_protocol::fork::ForkProof;
use idenett_protocol::frame::{FrameType, read_frame};
use idenett_protocol::frontier::Frontier;
use idenett_protocol::header::SignedHeader;
use idenett_protocol::hint::Hint;
use idenett_protocol::id::LogKey;
use idenett_protocol::json;
use idenett_protocol::key::PublicKey;
use idenett_protocol::kind::Kind;
use idenett_protocol::ledger::{Pending, Received};
use idenett_protocol::log::Mark;
use idenett_protocol::message::{Message, Pull};

use crate::federation::Federation;
use crate::field::{Field, Fields, hex, kebab, list, maybe, reason, text};

/// As what bytes are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum As {
    Key,
    Header,
    Entry,
    Bare,
    Json,
    /// Facts of a kind.
    Facts(Kind),
    Charter,
    /// A charter offered to the chain of the federation.
    CharterChain,
    Fork,
    /// A proof offered to the replica of the federation.
    ForkRecord,
    Hint,
    Frame,
    Message,
    /// An entry offered to the replica of the federation.
    Admission,
    /// An entry of the registrar, admitted and applied: whether it has an effect.
    Registry,
}

impl As {
    /// The name in the files.
    pub(crate) fn name(self) -> String {
        kebab(format!("{self:?}").split('(').next().unwrap_or_default())
    }

    /// What the protocol says of the bytes.
    pub(crate) fn offer(self, bytes: &[u8], federation: &Federation) -> Result<Fields, String> {
        match self {
            As::Key => {
                let key = LogKey::from_bytes(bytes.try_into().expect("32 bytes"));
                PublicKey::check(&key).map(|key| Fields::from([("key", text(key.log_key()))])).map_err(|e| reason(&e))
            }
            As::Header => SignedHeader::parse(bytes).map(|h| header(&h)).map_err(|e| reason(&e)),
            As::Entry => Entry::parse(bytes).map(|e| entry(&e)).map_err(|e| reason(&e)),
            As::Bare => Entry::parse_bare(bytes).map(|e| entry(&e)).map_err(|e| reason(&e)),
            As::Json => json::check(bytes).map(|()| Fields::new()).map_err(|e| reason(&e)),
            As::Facts(kind) => Facts::read(kind, bytes).map(|_| Fields::new()).map_err(|e| reason(&e)),
            As::Charter => Charter::parse(bytes).map(|c| charter(&c)).map_err(|e| reason(&e)),
            As::CharterChain => {
                let charter = Charter::parse(bytes).map_err(|e| reason(&e))?;
                let taken = federation.ledger.charters().clone().offer(charter).map_err(|e| reason(&e))?;
                Ok(Fields::from([("changes_chain", Field::Flag(taken))]))
            }
            As::Fork => ForkProof::parse(bytes).map(|f| fork(&f)).map_err(|e| reason(&e)),
            As::ForkRecord => {
                let proof = ForkProof::parse(bytes).map_err(|e| reason(&e))?;
                let first = SignedHeader::parse(&bytes[..bytes.len() / 2]).expect("a header");
                let taken =
                    federation.ledger.clone().record_fork(proof, first.header().federation).map_err(|e| reason(&e))?;
                Ok(Fields::from([("news", Field::Flag(taken))]))
            }
            As::Hint => Hint::parse(bytes).map(|h| hint(&h)).map_err(|e| reason(&e)),
            As::Frame => frame(bytes),
            As::Message => {
                let (frame, _) = read_frame(bytes).expect("a frame");
                Message::read(frame.kind, frame.payload).map(|m| message(frame.kind, &m)).map_err(|e| reason(&e))
            }
            As::Admission => admission(bytes, federation),
            As::Registry => registry(bytes, federation),
        }
    }
}

fn header(head: &SignedHeader) -> Fields {
    let h = head.header();
    Fields::from([
        ("kind", Field::Number(h.kind.number().into())),
        ("kind_name", text(h.kind.name())),
        ("federation", text(h.federation)),
        ("log", text(h.log)),
        ("seq", Field::Number(h.seq.get())),
        ("previous", maybe(h.previous)),
        ("time", Field::Number(h.time.as_millis())),
        ("facts_len", Field::Number(h.facts_len.into())),
        ("facts_hash", text(h.facts_hash)),
        ("text_len", Field::Number(h.text_len.into())),
        ("text_hash", text(h.text_hash)),
        ("id", text(head.id())),
        ("signature", hex(&head.bytes()[188..])),
    ])
}

fn entry(entry: &Entry) -> Fields {
    let mut fields = header(entry.head());
    fields.insert("facts", text(String::from_utf8_lossy(entry.facts())));
    fields.insert("text", maybe(entry.text().map(String::from_utf8_lossy)));
    fields
}

fn charter(charter: &Charter) -> Fields {
    let terms = charter.terms();
    let signers = charter.bytes()[4 + document_length(charter.bytes()) + 1..].chunks(96);
    Fields::from([
        ("epoch", Field::Number(terms.epoch.into())),
        ("hash", text(charter.hash())),
        ("name", text(&terms.name)),
        ("previous", maybe(terms.previous)),
        ("registrar", text(terms.registrar)),
        ("signers", list(signers, |row| hex(&row[..32]))),
        ("threshold", Field::Number(terms.threshold.into())),
    ])
}

fn document_length(bytes: &[u8]) -> usize {
    let length = bytes.first_chunk::<4>().expect("a length");
    u32::from_be_bytes(*length) as usize
}

fn fork(proof: &ForkProof) -> Fields {
    Fields::from([
        ("log", text(proof.log())),
        ("place", Field::Number(proof.place().get())),
        ("ids", list(proof.ids(), text)),
    ])
}

fn hint(hint: &Hint) -> Fields {
    Fields::from([
        ("key", text(hint.key())),
        ("number", Field::Number(hint.number())),
        ("time", Field::Number(hint.time().as_millis())),
        ("addresses", list(hint.addresses(), text)),
    ])
}

fn frame(bytes: &[u8]) -> Result<Fields, String> {
    let (frame, total) = read_frame(bytes).map_err(|e| reason(&e))?;
    assert_eq!(total, bytes.len(), "a vector is one frame");
    Ok(Fields::from([
        ("type", Field::Number(frame.kind as u64)),
        ("type_name", text(reason(&frame.kind))),
        ("payload", hex(frame.payload)),
    ]))
}

fn message(kind: FrameType, message: &Message) -> Fields {
    let mut fields = match message {
        Message::Hello(h) => Fields::from([
            ("version", Field::Number(h.version.into())),
            ("federation", text(h.federation)),
            ("epoch", Field::Number(h.epoch.into())),
            ("charter", text(h.charter)),
            ("time", Field::Number(h.time.as_millis())),
        ]),
        Message::State { digest, registry, ask } => Fields::from([
            ("digest", text(digest)),
            ("registry", Field::Number(registry.get())),
            ("ask", Field::Flag(*ask)),
        ]),
        Message::Buckets { registry, tags } => {
            Fields::from([("registry", Field::Number(registry.get())), ("tags", list(tags.iter(), |t| hex(t)))])
        }
        Message::Pull(pull) => pull_fields(pull),
        Message::Want(rows) => Fields::from([(
            "rows",
            list(rows, |(log, from)| {
                Field::Map(Fields::from([("log", hex(log)), ("from", Field::Number(from.get()))]))
            }),
        )]),
        Message::Done => Fields::new(),
        Message::Announce(headers) | Message::Headers(headers) => {
            Fields::from([("ids", list(headers, |h| text(h.id())))])
        }
        Message::Fetch(ids) | Message::TextWanted(ids) => Fields::from([("ids", list(ids, text))]),
        Message::HeadersWanted { log, from, to } => {
            Fields::from([("log", text(log)), ("from", Field::Number(from.get())), ("to", Field::Number(to.get()))])
        }
        Message::YourHead(head) => {
            Fields::from([("seq", Field::Number(head.map_or(0, |h| h.0.get()))), ("id", maybe(head.map(|h| h.1)))])
        }
        Message::Hint(h) => hint(h),
        Message::Bye(why) => Fields::from([("why", Field::Number(*why as u64)), ("why_name", text(reason(why)))]),
        Message::Absent(id) => Fields::from([("id", text(id))]),
        Message::Charter(c) => charter(c),
        Message::Fork(f) => fork(f),
        Message::Entry(bytes, with_text) => {
            Fields::from([("bytes", Field::Number(bytes.len() as u64)), ("with_text", Field::Flag(*with_text))])
        }
        Message::Text(id, bytes) => Fields::from([("id", text(id)), ("text", text(String::from_utf8_lossy(bytes)))]),
    };
    fields.insert("type_name", text(reason(&kind)));
    fields
}

fn pull_fields(pull: &Pull) -> Fields {
    let rows = list(&pull.rows, |row| {
        let (place, ids) = match &row.fork {
            Some((place, ids)) => (Field::Number(place.get()), list(ids, |id| hex(id))),
            None => (Field::Null, Field::Null),
        };
        Field::Map(Fields::from([
            ("log", hex(&row.log)),
            ("seq", Field::Number(row.seq.get())),
            ("head", hex(&row.head)),
            ("fork_place", place),
            ("fork_ids", ids),
        ]))
    });
    let mask = text(format_args!("{:016x}", pull.mask));
    Fields::from([("mask", mask), ("width", Field::Number(pull.width.bytes() as u64)), ("rows", rows)])
}

fn admission(bytes: &[u8], federation: &Federation) -> Result<Fields, String> {
    let received = Received::parse(bytes).map_err(|e| reason(&e))?;
    let admitted = federation.ledger.admit(received, &mut Pending::default());
    admitted.map(|a| Fields::from([("id", text(a.entry().id()))])).map_err(|e| {
        assert_eq!(reason(&e), e.name(), "a refusal is counted under the name it has here");
        reason(&e)
    })
}

fn registry(bytes: &[u8], federation: &Federation) -> Result<Fields, String> {
    let mut ledger = federation.ledger.clone();
    let received = Received::parse(bytes).map_err(|e| reason(&e))?;
    let id = received.entry().id();
    let admitted = ledger.admit(received, &mut Pending::default()).map_err(|e| reason(&e))?;
    ledger.apply(admitted);
    match ledger.registry().without_effect().get(&id) {
        Some(why) => Err(reason(why)),
        None => Ok(frontier(ledger.refresh())),
    }
}

/// A frontier in fields: heads by log, digests of the buckets that are not empty.
pub(crate) fn frontier(frontier: &Frontier) -> Fields {
    let heads = list(frontier.heads(), |(log, head)| {
        let (mark, place, ids) = match head.mark {
            Mark::Open => ("open", Field::Null, Field::Null),
            Mark::Ended => ("ended", Field::Null, Field::Null),
            Mark::Forked { place, ids } => ("forked", Field::Number(place.get()), list(ids, text)),
        };
        Field::Map(Fields::from([
            ("log", text(log)),
            ("seq", Field::Number(head.seq.get())),
            ("id", maybe(head.id)),
            ("mark", text(mark)),
            ("fork_place", place),
            ("fork_ids", ids),
        ]))
    });
    Fields::from([
        ("epoch", Field::Number(frontier.epoch().into())),
        ("charter", text(frontier.charter())),
        ("heads", heads),
        ("buckets", list(frontier.buckets(), text)),
        ("digest", text(frontier.digest())),
    ])
}
