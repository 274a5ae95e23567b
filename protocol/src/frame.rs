//! The one frame of journal segments, bundles and the sync stream:
//! length (4, big-endian, of type and payload), CRC-32C of type and payload (4), type (1), payload.
//!
//! A frame that checks out says only that its bytes are as they were written.

use crate::limits::{FRAME_HEAD_BYTES, MAX_FRAME_PAYLOAD};

/// What a frame holds. Types below 0x20 are kept in journals and bundles and travel too;
/// those from 0x20 are messages of a session only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum FrameType {
    /// A charter with its signatures.
    Charter = 0x01,
    /// A whole entry: signed header, facts, text.
    Entry = 0x02,
    /// An entry whose text is missing: signed header, facts, then zeros where the frame
    /// stands in the place of a longer one.
    Bare = 0x03,
    /// A text that came after its entry: entry id, text.
    Text = 0x04,
    /// Two signed headers of one place in one log.
    Fork = 0x05,
    /// A record of the node's own state; never leaves the node.
    Local = 0x06,
    /// Protocol version, federation and the sender's clock.
    Hello = 0x20,
    /// Digest of a frontier.
    State = 0x21,
    /// Digests of the buckets of a frontier.
    Buckets = 0x22,
    /// Vectors: "send me what I lack".
    Pull = 0x23,
    /// Ranges: "send me these".
    Want = 0x24,
    /// The end of an answer to a pull or want.
    Done = 0x25,
    /// Signed headers of new entries.
    Announce = 0x26,
    /// Entries asked for by id.
    Fetch = 0x27,
    /// Headers asked for by place.
    HeadersWanted = 0x28,
    /// Signed headers of consecutive places.
    Headers = 0x29,
    /// Texts asked for by entry id.
    TextWanted = 0x2a,
    /// The head of the receiver's own log as the sender knows it.
    YourHead = 0x2b,
    /// A signed hint where a node can be reached.
    Hint = 0x2c,
    /// A last word before the line is cut.
    Bye = 0x2d,
    /// What was asked for is not here.
    Absent = 0x2e,
}

impl FrameType {
    /// The type of a number, if it is one.
    pub fn from_number(n: u8) -> Option<Self> {
        use FrameType as T;
        const ALL: [FrameType; 21] = [
            T::Charter,
            T::Entry,
            T::Bare,
            T::Text,
            T::Fork,
            T::Local,
            T::Hello,
            T::State,
            T::Buckets,
            T::Pull,
            T::Want,
            T::Done,
            T::Announce,
            T::Fetch,
            T::HeadersWanted,
            T::Headers,
            T::TextWanted,
            T::YourHead,
            T::Hint,
            T::Bye,
            T::Absent,
        ];
        ALL.into_iter().find(|t| *t as u8 == n)
    }
}

/// One frame, checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame<'a> {
    /// What it holds.
    pub kind: FrameType,
    /// The bytes it holds.
    pub payload: &'a [u8],
}

/// Why bytes are no frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameFault {
    /// The bytes end before the frame does; more may come.
    #[error("the frame is cut short: {missing} more bytes are needed")]
    Short {
        /// How many bytes are missing at least.
        missing: usize,
    },
    /// The length is 0 or over the limit.
    #[error("a frame of {0} bytes; at most {MAX_FRAME_PAYLOAD}")]
    Length(u32),
    /// The checksum is wrong: the bytes were changed on the way or on the disk.
    #[error("the checksum of the frame does not hold")]
    Checksum,
    /// The type is not known to this version.
    #[error("frame type {0:#04x} is not known")]
    Type(u8),
}

/// Writes a frame at the end of `out`. The caller has bounded the payload.
pub fn write_frame(out: &mut Vec<u8>, kind: FrameType, payload: &[u8]) {
    let length = u32::try_from(payload.len().saturating_add(1)).unwrap_or(u32::MAX);
    out.extend_from_slice(&length.to_be_bytes());
    let crc = crc32c::crc32c_append(crc32c::crc32c(&[kind as u8]), payload);
    out.extend_from_slice(&crc.to_be_bytes());
    out.push(kind as u8);
    out.extend_from_slice(payload);
}

/// Reads the frame at the beginning of `bytes`; gives it and its whole length.
///
/// # Errors
/// If the bytes are too few, or no frame.
pub fn read_frame(bytes: &[u8]) -> Result<(Frame<'_>, usize), FrameFault> {
    let Some(head) = bytes.first_chunk::<FRAME_HEAD_BYTES>() else {
        return Err(FrameFault::Short { missing: FRAME_HEAD_BYTES.saturating_sub(bytes.len()) });
    };
    let [l0, l1, l2, l3, c0, c1, c2, c3, number] = *head;
    let total = frame_length([l0, l1, l2, l3])?;
    let Some(payload) = bytes.get(FRAME_HEAD_BYTES..total) else {
        return Err(FrameFault::Short { missing: total.saturating_sub(bytes.len()) });
    };
    let crc = crc32c::crc32c_append(crc32c::crc32c(&[number]), payload);
    if crc != u32::from_be_bytes([c0, c1, c2, c3]) {
        return Err(FrameFault::Checksum);
    }
    let kind = FrameType::from_number(number).ok_or(FrameFault::Type(number))?;
    Ok((Frame { kind, payload }, total))
}

/// The whole length of a frame by its first four bytes.
///
/// # Errors
/// If the length is outside the bounds.
pub fn frame_length(first: [u8; 4]) -> Result<usize, FrameFault> {
    let length = u32::from_be_bytes(first);
    let size = usize::try_from(length).unwrap_or(usize::MAX);
    if size == 0 || size > MAX_FRAME_PAYLOAD.saturating_add(1) {
        return Err(FrameFault::Length(length));
    }
    // Length and checksum stand before what the length counts.
    Ok(size.saturating_add(8))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_comes_back_and_a_changed_bit_does_not() {
        let mut out = Vec::new();
        write_frame(&mut out, FrameType::Entry, b"payload");
        write_frame(&mut out, FrameType::Done, b"");
        let (frame, length) = read_frame(&out).expect("a frame");
        assert_eq!((frame.kind, frame.payload, length), (FrameType::Entry, b"payload".as_slice(), 16));
        let (second, _) = read_frame(&out[length..]).expect("a frame");
        assert_eq!((second.kind, second.payload), (FrameType::Done, b"".as_slice()));
        for at in 4..length {
            let mut bad = out[..length].to_vec();
            bad[at] ^= 1;
            assert_eq!(read_frame(&bad), Err(FrameFault::Checksum), "byte {at}");
        }
        for cut in 0..length {
            assert!(matches!(read_frame(&out[..cut]), Err(FrameFault::Short { .. })));
        }
        assert_eq!(read_frame(&[0; 9]), Err(FrameFault::Length(0)));
        assert!(matches!(read_frame(&[0xff; 9]), Err(FrameFault::Length(_))));
    }

    #[test]
    fn every_type_has_its_number() {
        let known = (0..=255u8).filter_map(FrameType::from_number).count();
        assert_eq!(known, 21);
    }
}
