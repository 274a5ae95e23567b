//! Places in a journal.

use std::fmt;

use idenett_protocol::frame::Frame;
use idenett_protocol::limits::FRAME_HEAD_BYTES;
use serde::{Deserialize, Serialize};

/// What a disk writes as one piece, or not at all, as far as the layout relies on it.
pub(super) const PAGE_BYTES: u64 = 4096;
/// Where the frames of a segment begin: after a page for the head and one for each mark.
pub(super) const DATA_START: u64 = 3 * PAGE_BYTES;

/// The place of a frame. Places are in the order in which frames were written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// The number of the segment, from 1.
    pub segment: u32,
    /// The offset of the frame in its segment.
    pub offset: u32,
}

/// The caller's digest of all log heads, and the end of the journal when it was so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heads {
    /// What the caller gave; the journal does not know what it means.
    pub digest: [u8; 32],
    /// The end of the journal at that time.
    pub at: Position,
}

impl Position {
    /// Where the first frame of a journal stands.
    pub const START: Self = Self { segment: 1, offset: DATA_START as u32 };

    /// Eight bytes that sort as positions do.
    pub fn to_bytes(self) -> [u8; 8] {
        self.to_number().to_be_bytes()
    }

    /// The position of eight bytes.
    pub fn from_bytes(bytes: [u8; 8]) -> Self {
        Self::from_number(u64::from_be_bytes(bytes))
    }

    pub(super) fn to_number(self) -> u64 {
        (u64::from(self.segment) << 32) | u64::from(self.offset)
    }

    pub(super) fn from_number(number: u64) -> Self {
        Self { segment: (number >> 32) as u32, offset: number as u32 }
    }

    /// The place after a frame.
    pub(super) fn after(self, frame: Frame<'_>) -> Self {
        Self::new(self.segment, u64::from(self.offset) + (FRAME_HEAD_BYTES + frame.payload.len()) as u64)
    }

    /// Offsets stay far below the range: a segment is at most its limit and one group long.
    pub(super) fn new(segment: u32, offset: u64) -> Self {
        Self { segment, offset: u32::try_from(offset).unwrap_or(u32::MAX) }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", segment_name(self.segment), self.offset)
    }
}

/// The file name of a segment.
pub fn segment_name(number: u32) -> String {
    format!("segment-{number:08}.idj")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_of_positions_sort_as_positions() {
        let places = [Position::START, Position::new(1, 99_999), Position::new(2, 1), Position::new(300, 0)];
        assert!(places.is_sorted() && places.map(Position::to_bytes).is_sorted());
        assert_eq!(places.map(|p| Position::from_bytes(p.to_bytes())), places);
    }
}
