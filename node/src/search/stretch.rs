//! Runs of documents, looked at one after another.

use std::ops::Range;

use tantivy::{DocId, SegmentOrdinal, SegmentReader};

use super::rows::{Rows, View};

/// Documents that are looked at in one go: so many that what they score stays in the processor's nearest memory.
/// Few in tests, which have few documents.
const STRETCH: u32 = if cfg!(test) { 4 } else { 8_192 };

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
