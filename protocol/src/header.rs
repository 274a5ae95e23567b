//! The signed header of an entry: fixed offsets, big-endian, one way to write it.
//!
//! | offset | bytes | field |
//! |---|---|---|
//! | 0 | 1 | format version, 1 |
//! | 1 | 1 | kind |
//! | 2 | 2 | zero |
//! | 4 | 32 | federation id |
//! | 36 | 32 | log key |
//! | 68 | 8 | sequence, from 1 |
//! | 76 | 32 | id of the predecessor; zeros at 1 |
//! | 108 | 8 | time, ms since 1970 |
//! | 116 | 4 | length of `facts` |
//! | 120 | 32 | hash of `facts` |
//! | 152 | 4 | length of `text` |
//! | 156 | 32 | hash of `text` |

use crate::id::{BodyHash, EntryId, FederationId, LogKey, Seq, tagged_hash};
use crate::key::{SecretKey, Signature, signature_holds};
use crate::kind::Kind;
use crate::limits::{HEADER_BYTES, MAX_FACTS_BYTES, MAX_TEXT_BYTES, SIGNATURE_BYTES, SIGNED_HEADER_BYTES};
use crate::time::Timestamp;

/// The only format version of a header.
pub const HEADER_VERSION: u8 = 1;
const TAG_ENTRY_ID: &[u8] = b"idenett/entry-id/1\0";
const TAG_ENTRY_SIGNATURE: &[u8] = b"idenett/entry-signature/1\0";
const TAG_FACTS: &[u8] = b"idenett/facts/1\0";
const TAG_TEXT: &[u8] = b"idenett/text/1\0";

/// What a signer puts into a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// What the entry is about.
    pub kind: Kind,
    /// The federation for which it was written; it is worth nothing in another.
    pub federation: FederationId,
    /// The log and signer.
    pub log: LogKey,
    /// The place in the log, from 1.
    pub seq: Seq,
    /// The entry before it in the log; `None` at 1.
    pub previous: Option<EntryId>,
    /// When it was signed, by the signer's clock: a claim.
    pub time: Timestamp,
    /// Bytes of `facts`.
    pub facts_len: u32,
    /// Hash of `facts`.
    pub facts_hash: BodyHash,
    /// Bytes of `text`; 0 where the kind needs none.
    pub text_len: u32,
    /// Hash of `text`.
    pub text_hash: BodyHash,
}

/// Why bytes are no signed header of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderFault {
    /// Fewer or more bytes than a header with its signature has.
    #[error("a signed header has {SIGNED_HEADER_BYTES} bytes")]
    Length,
    /// Another format version.
    #[error("header version {0} is not known")]
    Version(u8),
    /// The reserved bytes are not zero.
    #[error("the reserved bytes are not zero")]
    Reserved,
    /// The sequence is 0 or does not go with the predecessor.
    #[error("sequence and predecessor do not go together")]
    Sequence,
    /// `facts` would be larger than the limit.
    #[error("facts of {0} bytes; at most {MAX_FACTS_BYTES}")]
    FactsTooLarge(u32),
    /// `text` would be larger than the limit.
    #[error("text of {0} bytes; at most {MAX_TEXT_BYTES}")]
    TextTooLarge(u32),
    /// The signature is not that of the log's key over this header.
    #[error("the signature does not hold")]
    Signature,
}

/// A header whose signature holds: it exists, so its log's key wrote it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SignedHeader {
    header: Header,
    bytes: [u8; SIGNED_HEADER_BYTES],
    id: EntryId,
}

impl SignedHeader {
    /// Signs a header.
    ///
    /// # Errors
    /// If a field is outside what a header can carry.
    pub fn sign(header: &Header, key: &SecretKey) -> Result<Self, HeaderFault> {
        let plain = encode(header);
        let signature = key.sign(&signed_message(&plain));
        let mut bytes = [0; SIGNED_HEADER_BYTES];
        let (head, tail) = bytes.split_at_mut(HEADER_BYTES);
        head.copy_from_slice(&plain);
        tail.copy_from_slice(signature.as_bytes());
        Self::parse(&bytes)
    }

    /// Reads and checks a header with its signature.
    ///
    /// # Errors
    /// The first thing found wrong: length, version, reserved bytes, sequence, sizes, signature.
    pub fn parse(bytes: &[u8]) -> Result<Self, HeaderFault> {
        Self::recall(bytes)?.check_signature()
    }

    /// Reads a header from a place of our own whose signature was checked when it came in,
    /// and whose checksum still holds. Only a journal may call this.
    ///
    /// # Errors
    /// As [`SignedHeader::parse`], but for the signature.
    pub fn recall(bytes: &[u8]) -> Result<Self, HeaderFault> {
        let bytes: [u8; SIGNED_HEADER_BYTES] = bytes.try_into().map_err(|_| HeaderFault::Length)?;
        let (plain, _) = split(&bytes)?;
        Ok(Self { header: decode(plain)?, bytes, id: entry_id(plain) })
    }

    /// The last and costly step of reading a header.
    pub(crate) fn check_signature(self) -> Result<Self, HeaderFault> {
        let (plain, signature) = split(&self.bytes)?;
        if signature_holds(&self.header.log, &signed_message(plain), &signature) {
            Ok(self)
        } else {
            Err(HeaderFault::Signature)
        }
    }

    /// The fields.
    pub const fn header(&self) -> &Header {
        &self.header
    }

    /// The bytes as they were signed and are forwarded.
    pub const fn bytes(&self) -> &[u8; SIGNED_HEADER_BYTES] {
        &self.bytes
    }

    /// The id of the entry.
    pub const fn id(&self) -> EntryId {
        self.id
    }
}

impl std::fmt::Debug for SignedHeader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SignedHeader({} {}@{} {})", self.header.kind, self.header.log.short(), self.header.seq, self.id.short())
    }
}

/// The hash that a header carries of its facts.
pub fn facts_hash(facts: &[u8]) -> BodyHash {
    BodyHash::from_bytes(tagged_hash(TAG_FACTS, &[facts]))
}

/// The hash that a header carries of its text.
pub fn text_hash(text: &[u8]) -> BodyHash {
    BodyHash::from_bytes(tagged_hash(TAG_TEXT, &[text]))
}

fn entry_id(plain: &[u8; HEADER_BYTES]) -> EntryId {
    EntryId::from_bytes(tagged_hash(TAG_ENTRY_ID, &[plain]))
}

fn signed_message(plain: &[u8; HEADER_BYTES]) -> Vec<u8> {
    [TAG_ENTRY_SIGNATURE, plain.as_slice()].concat()
}

fn split(bytes: &[u8; SIGNED_HEADER_BYTES]) -> Result<(&[u8; HEADER_BYTES], Signature), HeaderFault> {
    let (plain, rest) = bytes.split_first_chunk::<HEADER_BYTES>().ok_or(HeaderFault::Length)?;
    let signature = rest.first_chunk::<SIGNATURE_BYTES>().ok_or(HeaderFault::Length)?;
    Ok((plain, Signature::from_bytes(*signature)))
}

fn encode(header: &Header) -> [u8; HEADER_BYTES] {
    let mut out = Vec::with_capacity(HEADER_BYTES);
    out.extend_from_slice(&[HEADER_VERSION, header.kind.number(), 0, 0]);
    out.extend_from_slice(header.federation.as_bytes());
    out.extend_from_slice(header.log.as_bytes());
    out.extend_from_slice(&header.seq.get().to_be_bytes());
    out.extend_from_slice(&header.previous.map_or([0; 32], |id| *id.as_bytes()));
    out.extend_from_slice(&header.time.as_millis().to_be_bytes());
    out.extend_from_slice(&header.facts_len.to_be_bytes());
    out.extend_from_slice(header.facts_hash.as_bytes());
    out.extend_from_slice(&header.text_len.to_be_bytes());
    out.extend_from_slice(header.text_hash.as_bytes());
    let mut bytes = [0; HEADER_BYTES];
    bytes.copy_from_slice(&out);
    bytes
}

fn decode(plain: &[u8; HEADER_BYTES]) -> Result<Header, HeaderFault> {
    let [version, kind, reserved @ ..] = chunk::<4>(plain, 0)?;
    if version != HEADER_VERSION {
        return Err(HeaderFault::Version(version));
    }
    if reserved != [0, 0] {
        return Err(HeaderFault::Reserved);
    }
    let seq = Seq::new(u64::from_be_bytes(chunk(plain, 68)?));
    let previous: [u8; 32] = chunk(plain, 76)?;
    let first = previous == [0; 32];
    if seq == Seq::ZERO || (seq == Seq::FIRST) != first {
        return Err(HeaderFault::Sequence);
    }
    let facts_len = u32::from_be_bytes(chunk(plain, 116)?);
    if usize::try_from(facts_len).map_or(true, |n| n > MAX_FACTS_BYTES) {
        return Err(HeaderFault::FactsTooLarge(facts_len));
    }
    let text_len = u32::from_be_bytes(chunk(plain, 152)?);
    if usize::try_from(text_len).map_or(true, |n| n > MAX_TEXT_BYTES) {
        return Err(HeaderFault::TextTooLarge(text_len));
    }
    Ok(Header {
        kind: Kind::from(kind),
        federation: FederationId::from_bytes(chunk(plain, 4)?),
        log: LogKey::from_bytes(chunk(plain, 36)?),
        seq,
        previous: (!first).then(|| EntryId::from_bytes(previous)),
        time: Timestamp::from_millis(u64::from_be_bytes(chunk(plain, 108)?)),
        facts_len,
        facts_hash: BodyHash::from_bytes(chunk(plain, 120)?),
        text_len,
        text_hash: BodyHash::from_bytes(chunk(plain, 156)?),
    })
}

fn chunk<const N: usize>(plain: &[u8; HEADER_BYTES], at: usize) -> Result<[u8; N], HeaderFault> {
    plain.get(at..).and_then(|rest| rest.first_chunk::<N>()).copied().ok_or(HeaderFault::Length)
}
