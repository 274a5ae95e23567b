//! What is found not to be as it was written.

use std::collections::BTreeSet;
use std::fmt;

use idenett_protocol::frame::FrameFault;

use crate::journal::fault::ReadFault;
use crate::journal::position::{DATA_START, Position};
use crate::journal::segment::{Head, Segment};

/// A stretch of a journal that is not as it was written. The bytes are left where they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// Where it begins.
    pub position: Position,
    /// How many bytes it covers.
    pub length: u64,
    /// What was found.
    pub reason: DamageReason,
}

/// In what way a stretch is damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DamageReason {
    /// A frame does not hold.
    Frame(FrameFault),
    /// The head of a segment does not hold; its frames are read all the same.
    Head,
    /// Neither mark of a segment holds; its frames are read all the same.
    Mark,
    /// The file is shorter than it was.
    Shortened,
    /// Nothing is there where something was stored.
    Gone,
    /// The whole file is missing, and perhaps further ones up to the next that is there.
    Missing,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.position)?;
        // One read alone does not know how far the damage goes.
        if self.length > 0 {
            write!(f, ", {} bytes", self.length)?;
        }
        f.write_str(": ")?;
        match self.reason {
            DamageReason::Frame(fault) => fault.fmt(f),
            DamageReason::Head => f.write_str("the head of the file does not hold"),
            DamageReason::Mark => f.write_str("the marks of the file do not hold"),
            DamageReason::Shortened => f.write_str("the file is shorter than it was"),
            DamageReason::Gone => f.write_str("what was stored is no longer there"),
            DamageReason::Missing => f.write_str("the file is missing"),
        }
    }
}

impl Damage {
    /// Whether it took any frame away. What says where a file ends is written twice, and its frames
    /// are read without it.
    pub fn takes_frames(&self) -> bool {
        match self.reason {
            DamageReason::Head | DamageReason::Mark => false,
            DamageReason::Frame(_) | DamageReason::Shortened | DamageReason::Gone | DamageReason::Missing => true,
        }
    }

    /// What a single read met; `None` if the disk failed.
    pub fn met(fault: &ReadFault) -> Option<Self> {
        let (position, reason) = match fault {
            ReadFault::Absent(position) => (*position, DamageReason::Gone),
            ReadFault::Damaged { position, fault } => (*position, DamageReason::Frame(*fault)),
            ReadFault::Io(_) => return None,
        };
        Some(Self { position, length: 0, reason })
    }

    /// One for each gap among the segments from a number on.
    pub(super) fn gaps(from: u32, numbers: &BTreeSet<u32>) -> Vec<Self> {
        let mut expected = from;
        let mut found = Vec::new();
        for &number in numbers.range(from..) {
            if number > expected {
                found.push(Self { position: Position::new(expected, 0), length: 0, reason: DamageReason::Missing });
            }
            expected = number + 1;
        }
        found
    }

    /// Where it ends.
    pub(super) fn end(&self) -> Position {
        Position::new(self.position.segment, u64::from(self.position.offset) + self.length)
    }
}

impl Segment {
    /// What is wrong with it apart from its frames.
    pub(super) fn damage(&self, number: u32) -> Vec<Damage> {
        let mut found = Vec::new();
        let mut note = |offset, length, reason| {
            found.push(Damage { position: Position::new(number, offset), length, reason });
        };
        if self.head != Head::Good {
            note(0, DATA_START, DamageReason::Head);
        }
        match self.mark {
            None => note(0, DATA_START, DamageReason::Mark),
            Some(mark) if mark.length > self.length => {
                note(self.length, mark.length - self.length, DamageReason::Shortened);
            }
            Some(_) => {}
        }
        found
    }
}
