//! What a peer was asked in vain. Two nodes that differ in something that no entry settles would
//! else ask each other for ever. Such a question holds for two states only: as soon as either
//! node has another one it is open again.

use crate::id::Digest;
use crate::limits::BUCKETS;
use crate::message::BUCKET_TAG_BYTES;
use crate::time::{Span, Timestamp};

/// How long a peer is left alone while neither side changes; what was lost on the line comes then.
pub(crate) const QUIET_TIME: Span = Span::from_secs(60);

/// The state of a peer by its own word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    /// The digest that it named last, before it pulled.
    State(Option<Digest>),
    /// The tags of its buckets.
    Buckets(Box<[[u8; BUCKET_TAG_BYTES]; BUCKETS]>),
}

/// A question: what we were, what the peer was, and which buckets it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asked {
    pub ours: Digest,
    pub theirs: Word,
    pub mask: u64,
}

/// Questions that brought nothing: the newest of either kind of word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Quiet(Vec<(Asked, Timestamp)>);

impl Quiet {
    /// Notes that a question brought nothing.
    pub(crate) fn note(&mut self, mut asked: Asked, now: Timestamp) {
        let mut until = now.after(QUIET_TIME);
        let same_kind = |a: &Asked| std::mem::discriminant(&a.theirs) == std::mem::discriminant(&asked.theirs);
        if let Some(at) = self.0.iter().position(|(known, _)| same_kind(known)) {
            let (known, end) = self.0.swap_remove(at);
            // Part of the buckets was asked for before, and nothing has changed since.
            if (known.ours, &known.theirs) == (asked.ours, &asked.theirs) && end > now {
                asked.mask |= known.mask;
                until = end;
            }
        }
        self.0.push((asked, until));
    }

    /// The buckets for which these two states were asked in vain.
    pub(crate) fn covers(&self, ours: Digest, theirs: &Word, now: Timestamp) -> u64 {
        let holds =
            |(asked, until): &&(Asked, Timestamp)| asked.ours == ours && asked.theirs == *theirs && *until > now;
        self.0.iter().filter(holds).fold(0, |mask, (asked, _)| mask | asked.mask)
    }

    /// Forgets what was asked in another state than this. Gives whether there was any: then there
    /// is a difference that is worth another question.
    pub(crate) fn outlived(&mut self, ours: Digest) -> bool {
        let before = self.0.len();
        self.0.retain(|(asked, _)| asked.ours == ours);
        self.0.len() < before
    }
}

#[cfg(test)]
mod tests;
