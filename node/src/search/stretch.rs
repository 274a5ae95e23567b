//! Runs of documents, by which threads share the work of an answer.

use std::ops::Range;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};

use tantivy::{DocId, SegmentOrdinal, SegmentReader};

use super::rows::{Rows, View};

/// Documents that are looked at in one go: so many that what they score stays in the processor's nearest memory.
/// Few in tests, which have few documents.
const STRETCH: u32 = if cfg!(test) { 4 } else { 8_192 };

/// Stretches from which on a second thread helps.
const WORTH_TWO: usize = 3;

/// Some of the documents of a segment.
pub(super) struct Stretch<'a> {
    /// The number of the segment.
    pub(super) ord: SegmentOrdinal,
    pub(super) segment: &'a SegmentReader,
    pub(super) rows: &'a Rows,
    pub(super) documents: Range<DocId>,
}

impl<'a> Stretch<'a> {
    /// All documents.
    pub(super) fn all(view: &'a View) -> Vec<Self> {
        let segments = (0..).zip(view.segments());
        let all = segments.flat_map(|(ord, (segment, rows))| {
            let end = segment.max_doc();
            let cut = (0..end).step_by(STRETCH as usize);
            cut.map(move |from| Self { ord, segment, rows, documents: from..end.min(from + STRETCH) })
        });
        all.collect()
    }
}

/// Shares stretches between this thread and one more; whoever is done with one takes the next. Few are not worth a
/// second thread.
pub(super) fn together<'s, T: Send>(
    stretches: &'s [Stretch<'s>],
    look_at: impl Fn(&mut dyn Iterator<Item = &'s Stretch<'s>>) -> T + Sync,
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let work = || look_at(&mut std::iter::from_fn(|| stretches.get(next.fetch_add(1, Ordering::Relaxed))));
    if stretches.len() < WORTH_TWO {
        return vec![work()];
    }
    std::thread::scope(|scope| {
        // Where the system has no thread left, this one does it all.
        let other = std::thread::Builder::new().spawn_scoped(scope, work).ok();
        let mut parts = vec![work()];
        parts.extend(other.map(|other| other.join().unwrap_or_else(|panic| resume_unwind(panic))));
        parts
    })
}
