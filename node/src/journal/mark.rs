//! The durable mark of a segment: up to where everything was once on the disk.
//!
//! A mark is: counter (8, big-endian), number of the segment (4), length (8), clean (1),
//! digest of the heads (32), position to which the digest belongs (8), position of the frame
//! that is being overwritten (8, zero if none), CRC-32C of all before (4). The two slots of a
//! segment take turns by the parity of the counter, each in a page of its own, so that a torn
//! write of one leaves the other.

use crate::journal::position::{Heads, PAGE_BYTES, Position};

/// Bytes of a mark.
pub(super) const MARK_BYTES: usize = 73;
const CHECKED_BYTES: usize = MARK_BYTES - 4;

/// What a slot says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) counter: u64,
    pub(super) segment: u32,
    /// The length of the segment that was on the disk before this mark was written.
    pub(super) length: u64,
    /// Whether the writer said good-bye after it.
    pub(super) clean: bool,
    pub(super) heads: Heads,
    /// The frame whose overwriting was begun and is not confirmed.
    pub(super) overwriting: Option<Position>,
}

impl Mark {
    /// Where in the file it belongs.
    pub(super) fn slot(&self) -> u64 {
        slot(self.counter)
    }

    pub(super) fn to_bytes(self) -> [u8; MARK_BYTES] {
        let mut bytes = [0; MARK_BYTES];
        bytes[..8].copy_from_slice(&self.counter.to_be_bytes());
        bytes[8..12].copy_from_slice(&self.segment.to_be_bytes());
        bytes[12..20].copy_from_slice(&self.length.to_be_bytes());
        bytes[20] = u8::from(self.clean);
        bytes[21..53].copy_from_slice(&self.heads.digest);
        bytes[53..61].copy_from_slice(&self.heads.at.to_bytes());
        let overwriting = self.overwriting.map_or([0; 8], Position::to_bytes);
        bytes[61..69].copy_from_slice(&overwriting);
        let crc = crc32c::crc32c(&bytes[..CHECKED_BYTES]);
        bytes[CHECKED_BYTES..].copy_from_slice(&crc.to_be_bytes());
        bytes
    }
}

/// The newest mark in the first bytes of a segment, if one holds.
pub(super) fn newest(bytes: &[u8], segment: u32) -> Option<Mark> {
    let read = |parity| {
        let mark = read(bytes.get(slot(parity) as usize..)?)?;
        (mark.segment == segment && mark.counter % 2 == parity).then_some(mark)
    };
    [read(0), read(1)].into_iter().flatten().max_by_key(|m| m.counter)
}

fn slot(counter: u64) -> u64 {
    PAGE_BYTES * (1 + counter % 2)
}

fn read(bytes: &[u8]) -> Option<Mark> {
    let (checked, rest) = bytes.split_at_checked(CHECKED_BYTES)?;
    if rest.first_chunk() != Some(&crc32c::crc32c(checked).to_be_bytes()) {
        return None;
    }
    let overwriting = *checked.get(61..)?.first_chunk()?;
    Some(Mark {
        counter: u64::from_be_bytes(*checked.first_chunk()?),
        segment: u32::from_be_bytes(*checked.get(8..)?.first_chunk()?),
        length: u64::from_be_bytes(*checked.get(12..)?.first_chunk()?),
        clean: *checked.get(20)? == 1,
        heads: Heads {
            digest: *checked.get(21..)?.first_chunk()?,
            at: Position::from_bytes(*checked.get(53..)?.first_chunk()?),
        },
        overwriting: (overwriting != [0; 8]).then(|| Position::from_bytes(overwriting)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_mark_that_holds_is_found() {
        let heads = Heads { digest: [9; 32], at: Position::START };
        let mark = |counter| {
            let overwriting = (counter == 8).then_some(Position::START);
            Mark { counter, segment: 3, length: 50_000 + counter, clean: true, heads, overwriting }
        };
        let mut bytes = vec![0; 3 * PAGE_BYTES as usize];
        assert_eq!(newest(&bytes, 3), None);
        for counter in [7, 8] {
            let at = slot(counter) as usize;
            bytes[at..at + MARK_BYTES].copy_from_slice(&mark(counter).to_bytes());
        }
        assert_eq!(newest(&bytes, 3), Some(mark(8)));
        assert_eq!(newest(&bytes, 4), None, "a mark of another segment says nothing");
        bytes[slot(8) as usize + 20] ^= 1;
        assert_eq!(newest(&bytes, 3), Some(mark(7)));
    }
}
