//! Bytes of a line into frames: reads what is there, takes whole frames out, keeps the rest.
//! Knows no peer and hands nothing on.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures::AsyncRead;
use idenett_protocol::frame::{FrameFault, FrameType, read_frame};

use super::limits::{MAX_BATCH_FRAMES, READ_BYTES, READ_BYTES_IDLE};

/// A frame that owns its bytes.
pub type OwnedFrame = (FrameType, Vec<u8>);

/// What was taken out of the buffer at once.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Batch {
    /// Frames in the order of the line.
    pub(super) frames: Vec<OwnedFrame>,
    /// What is wrong with the bytes after them.
    pub(super) fault: Option<FrameFault>,
}

/// The read buffer of one line. It grows while the line is busy and shrinks when it rests.
pub(super) struct Intake {
    buffer: Vec<u8>,
    start: usize,
    end: usize,
}

impl Intake {
    /// An empty buffer.
    pub(super) fn new() -> Self {
        Self { buffer: vec![0; READ_BYTES_IDLE], start: 0, end: 0 }
    }

    /// Whether a frame was begun and not finished.
    pub(super) fn holds_part(&self) -> bool {
        self.start < self.end
    }

    /// Reads until nothing more is there or the buffer is full; gives the count, 0 at the
    /// end of the line.
    pub(super) fn poll_fill<R: AsyncRead + Unpin>(
        &mut self,
        cx: &mut Context<'_>,
        line: &mut R,
    ) -> Poll<io::Result<usize>> {
        self.make_room();
        let mut count = 0_usize;
        while let Some(space) = self.buffer.get_mut(self.end..).filter(|space| !space.is_empty()) {
            let polled = Pin::new(&mut *line).poll_read(cx, space);
            // An end or a fault after some bytes comes again at the next call.
            let read = if count == 0 {
                ready!(polled)?
            } else {
                match polled {
                    Poll::Ready(Ok(read)) => read,
                    Poll::Ready(Err(_)) | Poll::Pending => 0,
                }
            };
            if read == 0 {
                break;
            }
            self.end = self.end.saturating_add(read);
            count = count.saturating_add(read);
        }
        Poll::Ready(Ok(count))
    }

    /// Takes out the whole frames, at most as many as one event may hold; nothing if the
    /// next frame is not whole yet.
    pub(super) fn take_batch(&mut self) -> Option<Batch> {
        let mut batch = Batch { frames: Vec::new(), fault: None };
        while batch.frames.len() < MAX_BATCH_FRAMES {
            match read_frame(self.buffer.get(self.start..self.end).unwrap_or_default()) {
                Ok((frame, length)) => {
                    batch.frames.push((frame.kind, frame.payload.to_vec()));
                    self.start = self.start.saturating_add(length);
                }
                Err(FrameFault::Short { .. }) => break,
                Err(fault) => {
                    batch.fault = Some(fault);
                    break;
                }
            }
        }
        (!batch.frames.is_empty() || batch.fault.is_some()).then_some(batch)
    }

    /// Moves the rest to the front. A buffer that it fills is doubled: either the line is
    /// fast or a frame is long. An empty one shrinks once it is larger than a resting peer
    /// needs.
    fn make_room(&mut self) {
        self.buffer.copy_within(self.start..self.end, 0);
        let was_full = self.end == self.buffer.len();
        self.end = self.end.saturating_sub(self.start);
        self.start = 0;
        if was_full {
            let larger = self.buffer.len().saturating_mul(2).min(READ_BYTES);
            self.buffer.resize(larger, 0);
        }
    }

    /// Gives back what a busy line needed, when it came to rest.
    pub(super) fn rest(&mut self) {
        if !self.holds_part() && self.buffer.len() > READ_BYTES_IDLE {
            *self = Self::new();
        }
    }
}

#[cfg(test)]
mod tests {
    use idenett_protocol::frame::write_frame;
    use idenett_protocol::limits::MAX_FRAME_PAYLOAD;

    use super::*;

    /// Feeds the bytes in portions and takes out all frames.
    fn check(bytes: &[u8], portion: usize) -> (Vec<OwnedFrame>, Option<FrameFault>) {
        let mut intake = Intake::new();
        let mut cx = Context::from_waker(std::task::Waker::noop());
        let mut frames = Vec::new();
        for mut rest in bytes.chunks(portion) {
            while !rest.is_empty() {
                assert!(matches!(intake.poll_fill(&mut cx, &mut rest), Poll::Ready(Ok(1..))));
                while let Some(batch) = intake.take_batch() {
                    assert!(batch.frames.len() <= MAX_BATCH_FRAMES);
                    frames.extend(batch.frames);
                    if batch.fault.is_some() {
                        return (frames, batch.fault);
                    }
                }
                intake.rest();
            }
        }
        (frames, None)
    }

    #[test]
    fn frames_come_out_whole_however_the_line_cuts_them() {
        let mut bytes = Vec::new();
        let mut sent = Vec::new();
        for (n, length) in (0u8..).zip([0, 1, 9, 4000, MAX_FRAME_PAYLOAD, 17, 100_000].into_iter().cycle().take(40)) {
            let payload = vec![n; length];
            write_frame(&mut bytes, FrameType::Entry, &payload);
            sent.push((FrameType::Entry, payload));
        }
        for portion in [997, 16_384, 1 << 20, usize::MAX] {
            assert_eq!(check(&bytes, portion), (sent.clone(), None), "portions of {portion}");
        }
    }

    #[test]
    fn what_came_before_the_fault_is_kept() {
        let mut bytes = Vec::new();
        write_frame(&mut bytes, FrameType::Done, b"whole");
        let whole = vec![(FrameType::Done, b"whole".to_vec())];
        bytes.extend_from_slice(&[0xff; 64]);
        assert_eq!(check(&bytes, 7), (whole, Some(FrameFault::Length(u32::MAX))));
    }

    #[test]
    fn many_short_frames_make_several_batches() {
        let mut bytes = Vec::new();
        for _ in 0..1000 {
            write_frame(&mut bytes, FrameType::Done, b"");
        }
        assert_eq!(check(&bytes, usize::MAX).0.len(), 1000);
    }
}
