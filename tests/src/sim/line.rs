//! A line between two nodes: bytes come in their order, late, in pieces, or not at all.

use idenett_protocol::frame::{FrameType, read_frame};
use idenett_protocol::time::{Span, Timestamp};

use crate::random::Random;

/// The number of a line; never used twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineId(pub u64);

/// A frame as it travels.
pub type Parcel = (FrameType, Vec<u8>);

/// How lines behave in a world.
#[derive(Clone, Copy, Debug)]
pub struct Delays {
    /// The shortest way.
    pub least: Span,
    /// How much longer it may take.
    pub jitter: Span,
    /// Bytes a millisecond.
    pub bytes_per_ms: u64,
}

impl Delays {
    /// How long something is on its way now.
    pub fn way(&self, random: &mut Random) -> Span {
        Span::from_millis(self.least.as_millis() + random.below(self.jitter.as_millis() + 1))
    }

    /// How long a line is busy with so many bytes.
    pub fn load(&self, bytes: usize) -> Span {
        Span::from_millis(bytes as u64 / self.bytes_per_ms.max(1))
    }
}

/// One line.
#[derive(Clone, Debug)]
pub struct Line {
    /// Both ends; the first one dialed.
    pub ends: [usize; 2],
    /// Whether each end still holds its session.
    pub open: [bool; 2],
    /// Whether everything on the way is lost.
    pub cut: bool,
    /// Until when nothing comes through.
    pub stalled: Timestamp,
    last: [Timestamp; 2],
}

impl Line {
    /// A line between a dialer and a listener.
    pub fn new(dialer: usize, listener: usize) -> Self {
        Self {
            ends: [dialer, listener],
            open: [true; 2],
            cut: false,
            stalled: Timestamp::default(),
            last: [Timestamp::default(); 2],
        }
    }

    /// Which end a node is.
    pub fn end_of(&self, node: usize) -> usize {
        usize::from(self.ends[0] != node)
    }

    /// The node at the other end.
    pub fn other(&self, node: usize) -> usize {
        self.ends[1 - self.end_of(node)]
    }

    /// When something that is sent now arrives at the other end, after this much on the way and
    /// this much to be taken off the line; later ones arrive no earlier.
    pub fn arrival(&mut self, from: usize, way: Span, load: Span, now: Timestamp) -> Timestamp {
        let end = self.end_of(from);
        let at = now.max(self.stalled).after(way).max(self.last[end]).after(load);
        self.last[end] = at;
        at
    }

    /// When the last that was sent arrives.
    pub fn last_arrival(&self, from: usize) -> Timestamp {
        self.last[self.end_of(from)]
    }
}

/// The frames in bytes that a driver wants sent.
pub fn split(bytes: &[u8]) -> Vec<Parcel> {
    let mut frames = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let (frame, length) = read_frame(rest).expect("a driver sends whole frames");
        frames.push((frame.kind, frame.payload.to_vec()));
        rest = &rest[length..];
    }
    frames
}
