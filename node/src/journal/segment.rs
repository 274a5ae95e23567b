//! The files of a journal and what stands in them before the frames.
//!
//! | offset | bytes | what |
//! |---|---|---|
//! | 0 | 8 | `idenettj` |
//! | 8 | 4 | format version, big-endian |
//! | 12 | 4 | CRC-32C of the 12 bytes before; these 16 bytes stay so in every version |
//! | 16 | 4 | number of the segment |
//! | 20 | 4 | CRC-32C of the 20 bytes before |
//! | 4,096 | 73 | mark A |
//! | 8,192 | 73 | mark B |
//! | 12,288 | | frames without gaps |

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use crate::journal::disk::{Disk, DiskFile};
use crate::journal::mark::{self, MARK_BYTES, Mark};
use crate::journal::position::{DATA_START, PAGE_BYTES, segment_name};

/// The format that this version reads and writes.
pub const FORMAT_VERSION: u32 = 1;
/// The length from which a segment takes no further group.
pub const SEGMENT_BYTES: u64 = 64 * 1024 * 1024;

const MAGIC: &[u8; 8] = b"idenettj";
const HEAD_BYTES: usize = 24;
/// The largest number that a name of the usual length carries.
const MAX_NUMBER: u32 = 99_999_999;

/// The numbers of the segments in a directory.
pub(super) fn segment_numbers(disk: &dyn Disk) -> io::Result<BTreeSet<u32>> {
    let number = |name: &String| {
        let number = name.strip_prefix("segment-")?.strip_suffix(".idj")?.parse().ok()?;
        ((1..=MAX_NUMBER).contains(&number) && *name == segment_name(number)).then_some(number)
    };
    Ok(disk.list()?.iter().filter_map(number).collect())
}

/// What the head of a segment says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Head {
    /// It is one of ours, with its number.
    Good,
    /// A newer version wrote it.
    Newer(u32),
    /// It is not as it was written.
    Bad,
}

/// What is known of a segment before its frames are read.
pub(super) struct Segment {
    pub(super) file: Arc<dyn DiskFile>,
    pub(super) head: Head,
    pub(super) mark: Option<Mark>,
    pub(super) length: u64,
}

impl Segment {
    pub(super) fn inspect(disk: &dyn Disk, number: u32) -> io::Result<Self> {
        let file = disk.open(&segment_name(number))?;
        let length = file.length()?;
        let mut bytes = vec![0; DATA_START as usize];
        // What the file is too short for stays zero, which is neither a head nor a mark.
        file.read_at(0, &mut bytes)?;
        let mark = mark::newest(&bytes, number);
        Ok(Self { file, head: read_head(&bytes, number), mark, length })
    }

    /// Whether it was never finished, so that nothing can have been acknowledged in it:
    /// the first frame is written only after head and first mark are on the disk.
    pub(super) fn is_unfinished(&self) -> bool {
        let marked = self.mark.is_some_and(|m| m.length > DATA_START);
        let whole = self.mark.is_some() && self.head == Head::Good && self.length == DATA_START;
        self.length <= DATA_START && !marked && !whole
    }
}

/// Makes a segment that holds nothing yet; it is on the disk when this returns.
pub(super) fn create(disk: &dyn Disk, number: u32, first: &Mark) -> io::Result<Arc<dyn DiskFile>> {
    let mut bytes = vec![0; DATA_START as usize];
    bytes[..HEAD_BYTES].copy_from_slice(&write_head(number));
    let slot = first.slot() as usize;
    bytes[slot..slot + MARK_BYTES].copy_from_slice(&first.to_bytes());
    let file = disk.create(&segment_name(number))?;
    file.write_at(0, &bytes)?;
    file.sync()?;
    disk.sync_names()?;
    Ok(file)
}

fn write_head(number: u32) -> [u8; HEAD_BYTES] {
    let mut head = [0; HEAD_BYTES];
    head[..8].copy_from_slice(MAGIC);
    head[8..12].copy_from_slice(&FORMAT_VERSION.to_be_bytes());
    let crc = crc32c::crc32c(&head[..12]);
    head[12..16].copy_from_slice(&crc.to_be_bytes());
    head[16..20].copy_from_slice(&number.to_be_bytes());
    let crc = crc32c::crc32c(&head[..20]);
    head[20..].copy_from_slice(&crc.to_be_bytes());
    head
}

fn read_head(bytes: &[u8], number: u32) -> Head {
    let word = |at: usize| bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_be_bytes);
    // A flipped bit must not pass for a newer version, so the version has a checksum of its own.
    if !bytes.starts_with(MAGIC) || word(12) != crc32c::crc32c(&bytes[..12]) {
        return Head::Bad;
    }
    if word(8) > FORMAT_VERSION {
        return Head::Newer(word(8));
    }
    let good = word(8) == FORMAT_VERSION && word(16) == number && word(20) == crc32c::crc32c(&bytes[..20]);
    if good { Head::Good } else { Head::Bad }
}

const _: () = assert!(HEAD_BYTES < PAGE_BYTES as usize);
const _: () = assert!(MARK_BYTES < PAGE_BYTES as usize);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_with_a_flipped_bit_is_bad_and_never_newer() {
        let head = write_head(7);
        assert_eq!(read_head(&head, 7), Head::Good);
        assert_eq!(read_head(&head, 8), Head::Bad);
        for bit in 0..HEAD_BYTES * 8 {
            let mut bad = head;
            bad[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(read_head(&bad, 7), Head::Bad, "bit {bit}");
        }
    }
}
