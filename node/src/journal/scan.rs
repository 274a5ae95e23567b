//! Reading the frames of one segment in order, through a window of bounded size, and past
//! what is damaged.

use std::io;

use idenett_protocol::frame::{Frame, FrameFault, FrameType, frame_length, read_frame};
use idenett_protocol::limits::{FRAME_HEAD_BYTES, MAX_FRAME_PAYLOAD};

use crate::journal::damage::{Damage, DamageReason};
use crate::journal::disk::DiskFile;
use crate::journal::position::Position;

/// Bytes read at once. Two of the largest frames fit.
const WINDOW_BYTES: u64 = 2 * 1024 * 1024;

/// The frames between two offsets of one segment.
pub(super) struct Scan<'f> {
    file: &'f dyn DiskFile,
    segment: u32,
    at: u64,
    end: u64,
    window: Vec<u8>,
    window_at: u64,
}

/// What stands next in a segment.
pub(super) enum Step<'a> {
    Frame(Position, Frame<'a>),
    Damage(Damage),
}

impl<'f> Scan<'f> {
    pub(super) fn new(file: &'f dyn DiskFile, segment: u32, from: u64, end: u64) -> Self {
        Self { file, segment, at: from, end, window: Vec::new(), window_at: 0 }
    }

    /// The frame or the damage that comes next. Damage ends where the next frame holds.
    pub(super) fn step(&mut self) -> io::Result<Option<Step<'_>>> {
        if self.at >= self.end {
            return Ok(None);
        }
        let (at, position) = (self.at, Position::new(self.segment, self.at));
        let fault = match self.check(at)? {
            Ok((kind, total)) => {
                self.at += total as u64;
                let bytes = self.bytes(at).get(FRAME_HEAD_BYTES..total).unwrap_or_default();
                return Ok(Some(Step::Frame(position, Frame { kind, payload: bytes })));
            }
            Err(fault) => fault,
        };
        self.at = self.next_whole(at)?;
        if self.at == at {
            return Ok(None);
        }
        let length = self.at - at;
        Ok(Some(Step::Damage(Damage { position, length, reason: DamageReason::Frame(fault) })))
    }

    /// Where the unbroken row of whole frames from here ends.
    pub(super) fn end_of_whole(mut self) -> io::Result<u64> {
        while self.at < self.end {
            match self.check(self.at)? {
                Ok((_, total)) => self.at += total as u64,
                // It is whole, and of a type that an older version does not know.
                Err(FrameFault::Type(_)) => self.at = self.claimed_end(self.at).unwrap_or(self.end),
                Err(FrameFault::Short { .. } | FrameFault::Length(_) | FrameFault::Checksum) => break,
            }
        }
        Ok(self.at)
    }

    /// Whether a whole frame stands at an offset; its type and length.
    fn check(&mut self, at: u64) -> io::Result<Result<(FrameType, usize), FrameFault>> {
        let first = read_frame(self.bytes(at)).map(|(f, total)| (f.kind, total));
        if !matches!(first, Err(FrameFault::Short { .. })) || self.window_reaches_end(at) {
            return Ok(first);
        }
        self.load(at)?;
        Ok(read_frame(self.bytes(at)).map(|(f, total)| (f.kind, total)))
    }

    /// Where the next whole frame begins after a bad one. Its length field is tried first:
    /// a changed payload leaves it intact. Otherwise every byte is tried.
    fn next_whole(&mut self, bad: u64) -> io::Result<u64> {
        let _ = self.check(bad)?;
        if let Some(next) = self.claimed_end(bad)
            && (next == self.end || (next < self.end && self.check(next)?.is_ok()))
        {
            return Ok(next);
        }
        let mut at = bad + 1;
        while at < self.end {
            if self.looks_like_frame(at)? && self.check(at)?.is_ok() {
                return Ok(at);
            }
            at += 1;
        }
        Ok(self.end)
    }

    /// A cheap look before a checksum is computed over what may be half a mebibyte.
    fn looks_like_frame(&mut self, at: u64) -> io::Result<bool> {
        if self.bytes(at).len() < FRAME_HEAD_BYTES && !self.window_reaches_end(at) {
            self.load(at)?;
        }
        let Some(head) = self.bytes(at).first_chunk::<FRAME_HEAD_BYTES>() else { return Ok(false) };
        let [l0, l1, l2, l3, _, _, _, _, number] = *head;
        let fits = |total: usize| at + total as u64 <= self.end;
        Ok(frame_length([l0, l1, l2, l3]).is_ok_and(fits) && FrameType::from_number(number).is_some())
    }

    /// What the window holds from an offset on.
    fn bytes(&self, at: u64) -> &[u8] {
        let skip = at.checked_sub(self.window_at).and_then(|n| usize::try_from(n).ok());
        skip.and_then(|n| self.window.get(n..)).unwrap_or_default()
    }

    /// Where the frame at an offset ends by its length field.
    fn claimed_end(&self, at: u64) -> Option<u64> {
        let total = frame_length(*self.bytes(at).first_chunk()?).ok()?;
        Some(at + total as u64)
    }

    fn window_reaches_end(&self, at: u64) -> bool {
        at >= self.window_at && self.window_at + self.window.len() as u64 >= self.end
    }

    fn load(&mut self, at: u64) -> io::Result<()> {
        let wanted = WINDOW_BYTES.min(self.end.saturating_sub(at));
        self.window.resize(wanted as usize, 0);
        let read = self.file.read_at(at, &mut self.window)?;
        self.window.truncate(read);
        self.window_at = at;
        if (read as u64) < wanted {
            // The file is shorter than the caller thought; what is not there is not read.
            self.end = at + read as u64;
        }
        Ok(())
    }
}

const _: () = assert!(WINDOW_BYTES as usize >= 2 * (MAX_FRAME_PAYLOAD + FRAME_HEAD_BYTES));
