//! A whole entry: signed header, facts and text. It exists, so it is genuine; whether it is
//! allowed in a log is not known here.

use crate::header::{Header, HeaderFault, SignedHeader, facts_hash, text_hash};
use crate::id::{EntryId, FederationId, LogKey, Seq};
use crate::key::SecretKey;
use crate::kind::Kind;
use crate::limits::{MAX_FACTS_BYTES, MAX_TEXT_BYTES, SIGNED_HEADER_BYTES};
use crate::time::Timestamp;

/// An entry whose header is signed by its log and whose parts are those of the header.
#[derive(Clone, PartialEq, Eq)]
pub struct Entry {
    head: SignedHeader,
    /// Signed header, facts and, where it is here, text: the very bytes that came, so that an
    /// entry is copied nowhere on its way from the line to the journal.
    bytes: Vec<u8>,
    /// Whether the text of the header, perhaps empty, is here. The sender may not have had it
    /// any more, or not yet.
    with_text: bool,
}

/// Why bytes are no entry of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// The header is at fault.
    #[error(transparent)]
    Header(#[from] HeaderFault),
    /// Bytes are missing or left over.
    #[error("the parts have {found} bytes, the header says {expected}")]
    Length {
        /// Bytes that the header announces after itself.
        expected: usize,
        /// Bytes found.
        found: usize,
    },
    /// The facts are not those that were signed.
    #[error("the facts are not those that were signed")]
    FactsHash,
    /// The text is not the one that was signed.
    #[error("the text is not the one that was signed")]
    TextHash,
}

/// What a signer wants to say, and where in its log.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What it is about.
    pub kind: Kind,
    /// The federation.
    pub federation: FederationId,
    /// The place in the log.
    pub seq: Seq,
    /// The head of the log so far.
    pub previous: Option<EntryId>,
    /// The signer's clock.
    pub time: Timestamp,
    /// The JSON document of facts.
    pub facts: Vec<u8>,
    /// The JSON document of text; empty for none.
    pub text: Vec<u8>,
}

impl Entry {
    /// Signs a draft.
    ///
    /// # Errors
    /// If a part is too large or place and predecessor do not go together.
    pub fn sign(draft: Draft, key: &SecretKey) -> Result<Self, HeaderFault> {
        let facts_len = fit(draft.facts.len(), MAX_FACTS_BYTES).map_err(HeaderFault::FactsTooLarge)?;
        let text_len = fit(draft.text.len(), MAX_TEXT_BYTES).map_err(HeaderFault::TextTooLarge)?;
        let header = Header {
            kind: draft.kind,
            federation: draft.federation,
            log: key.log_key(),
            seq: draft.seq,
            previous: draft.previous,
            time: draft.time,
            facts_len,
            facts_hash: facts_hash(&draft.facts),
            text_len,
            text_hash: text_hash(&draft.text),
        };
        let head = SignedHeader::sign(&header, key)?;
        let bytes = [head.bytes().as_slice(), &draft.facts, &draft.text].concat();
        Ok(Self { head, bytes, with_text: true })
    }

    /// Reads a whole entry: signed header, facts, text.
    ///
    /// # Errors
    /// The first thing found wrong.
    pub fn parse(bytes: impl Into<Vec<u8>>) -> Result<Self, Malformed> {
        Self::assemble(bytes.into(), true, SignedHeader::check_signature)
    }

    /// Reads an entry without its text: signed header, facts.
    ///
    /// # Errors
    /// The first thing found wrong.
    pub fn parse_bare(bytes: impl Into<Vec<u8>>) -> Result<Self, Malformed> {
        Self::assemble(bytes.into(), false, SignedHeader::check_signature)
    }

    /// Reads an entry from our own journal, where the signature was checked when it came in.
    /// Hashes are checked again.
    ///
    /// # Errors
    /// The first thing found wrong: the disk is damaged.
    pub fn recall(bytes: Vec<u8>, with_text: bool) -> Result<Self, Malformed> {
        Self::assemble(bytes, with_text, Ok)
    }

    fn assemble(
        bytes: Vec<u8>,
        with_text: bool,
        signature: fn(SignedHeader) -> Result<SignedHeader, HeaderFault>,
    ) -> Result<Self, Malformed> {
        let (head, body) = bytes.split_at_checked(SIGNED_HEADER_BYTES).ok_or(HeaderFault::Length)?;
        // Cheap checks before the costly one: sizes and hashes before the signature.
        let head = SignedHeader::recall(head)?;
        check_parts(head.header(), body, with_text)?;
        let with_text = with_text || head.header().text_len == 0;
        Ok(Self { head: signature(head)?, bytes, with_text })
    }

    /// The signed header.
    pub const fn head(&self) -> &SignedHeader {
        &self.head
    }

    /// The fields of the header.
    pub const fn header(&self) -> &Header {
        self.head.header()
    }

    /// The id.
    pub const fn id(&self) -> EntryId {
        self.head.id()
    }

    /// The log it belongs to.
    pub const fn log(&self) -> LogKey {
        self.head.header().log
    }

    /// Its place in the log.
    pub const fn seq(&self) -> Seq {
        self.head.header().seq
    }

    /// The facts, byte for byte.
    pub fn facts(&self) -> &[u8] {
        self.bytes.get(SIGNED_HEADER_BYTES..self.facts_end()).unwrap_or_default()
    }

    /// The text, byte for byte, if it is here.
    pub fn text(&self) -> Option<&[u8]> {
        self.with_text.then(|| self.bytes.get(self.facts_end()..).unwrap_or_default())
    }

    /// The same entry without its text, as it is kept after a redaction. An entry that never
    /// had a text stays as it is.
    pub fn without_text(mut self) -> Self {
        if self.header().text_len > 0 {
            self.bytes.truncate(self.facts_end());
            self.with_text = false;
        }
        self
    }

    fn facts_end(&self) -> usize {
        SIGNED_HEADER_BYTES.saturating_add(size(self.header().facts_len))
    }

    /// Whether `text` is the one that the header names.
    pub fn text_fits(header: &Header, text: &[u8]) -> bool {
        usize::try_from(header.text_len).is_ok_and(|n| n == text.len()) && text_hash(text) == header.text_hash
    }

    /// Header, facts and, where it is here, text: what goes into a frame.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.head.fmt(f)
    }
}

fn check_parts(header: &Header, body: &[u8], with_text: bool) -> Result<(), Malformed> {
    let text_len = if with_text { size(header.text_len) } else { 0 };
    let expected = size(header.facts_len).saturating_add(text_len);
    let fault = Malformed::Length { expected, found: body.len() };
    if body.len() != expected {
        return Err(fault);
    }
    let (facts, text) = body.split_at_checked(size(header.facts_len)).ok_or(fault)?;
    if facts_hash(facts) != header.facts_hash {
        return Err(Malformed::FactsHash);
    }
    let missing = !with_text && header.text_len > 0;
    if !missing && text_hash(text) != header.text_hash {
        return Err(Malformed::TextHash);
    }
    Ok(())
}

fn size(n: u32) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

fn fit(len: usize, limit: usize) -> Result<u32, u32> {
    let n = u32::try_from(len).unwrap_or(u32::MAX);
    if len <= limit { Ok(n) } else { Err(n) }
}
