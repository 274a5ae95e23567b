//! Writing a journal: groups of frames, one sync for each.

use std::io;
use std::sync::{Arc, PoisonError};

use idenett_protocol::frame::{FrameType, read_frame, write_frame};
use idenett_protocol::limits::{FRAME_HEAD_BYTES, MAX_FRAME_PAYLOAD};

use crate::journal::disk::DiskFile;
use crate::journal::fault::{Fault, ReadFault, is_full};
use crate::journal::mark::Mark;
use crate::journal::position::{DATA_START, Heads, Position, segment_name};
use crate::journal::reader::{Reader, Shared};
use crate::journal::segment;

/// Bytes that one group may hold.
pub const MAX_GROUP_BYTES: usize = 32 * 1024 * 1024;
/// Memory kept for the next group.
const KEPT_GROUP_BYTES: usize = 1024 * 1024;
/// The length field of a frame, which an overwrite leaves as it is.
const LENGTH_BYTES: usize = 4;

/// The one writer of a journal. Dropping it is like a crash: what was committed is there.
pub struct Journal {
    pub(super) shared: Arc<Shared>,
    pub(super) active: Active,
    pub(super) heads: Heads,
    /// The frame whose overwriting was begun and is not confirmed.
    pub(super) overwriting: Option<Position>,
    /// The length from which a segment takes no further group.
    pub(super) segment_limit: u64,
    /// The frames that are appended and not committed.
    pub(super) group: Vec<u8>,
    pub(super) poisoned: bool,
}

/// The segment that is being written.
pub(super) struct Active {
    pub(super) file: Arc<dyn DiskFile>,
    pub(super) number: u32,
    /// What is committed of it.
    pub(super) length: u64,
    /// What the newest mark says of it.
    pub(super) marked: u64,
    /// The counter of the newest mark.
    pub(super) counter: u64,
}

impl Journal {
    /// Adds a frame to the group and gives the place that it will have. Nobody can read it,
    /// and nothing may be done about it, before [`Journal::commit`].
    ///
    /// # Errors
    /// If the payload or the group is too large, or the disk failed before.
    pub fn append(&mut self, kind: FrameType, payload: &[u8]) -> Result<Position, Fault> {
        self.check_usable()?;
        if payload.len() > MAX_FRAME_PAYLOAD {
            return Err(Fault::TooLarge(payload.len()));
        }
        if self.group.len() + FRAME_HEAD_BYTES + payload.len() > MAX_GROUP_BYTES {
            return Err(Fault::GroupFull);
        }
        let (number, start) = if self.is_full() {
            (self.active.number + 1, DATA_START)
        } else {
            (self.active.number, self.active.length)
        };
        let position = Position::new(number, start + self.group.len() as u64);
        write_frame(&mut self.group, kind, payload);
        Ok(position)
    }

    /// Writes and syncs the group. What was appended may be acknowledged when this returns.
    ///
    /// # Errors
    /// If the disk is full or fails; then nothing of the group counts, and its positions are void.
    pub fn commit(&mut self) -> Result<(), Fault> {
        self.check_usable()?;
        if self.group.is_empty() {
            return Ok(());
        }
        let mut group = std::mem::take(&mut self.group);
        let result = self.write_group(&group);
        group.clear();
        group.shrink_to(KEPT_GROUP_BYTES);
        self.group = group;
        result
    }

    /// Replaces a committed frame in its place by one that is no longer; zeros fill the rest,
    /// so that every other frame stays where it is. When it returns, the old bytes are gone
    /// from the file.
    ///
    /// Commit a copy of what must survive before: a crash may leave a damaged frame here, or
    /// the old one. The next start then names it in
    /// [`Recovery::overwriting`](crate::journal::recovery::Recovery::overwriting), and goes on
    /// doing so until this call is made again.
    ///
    /// # Errors
    /// If there is no frame, the new one does not fit, or the disk is full or fails.
    pub fn overwrite(&mut self, position: Position, kind: FrameType, payload: &[u8]) -> Result<(), Fault> {
        self.check_usable()?;
        let room = self.room_at(position)?;
        if payload.len() > room {
            return Err(Fault::DoesNotFit { old: room, new: payload.len() });
        }
        let mut padded = payload.to_vec();
        padded.resize(room, 0);
        let mut frame = Vec::with_capacity(room + FRAME_HEAD_BYTES);
        write_frame(&mut frame, kind, &padded);
        self.overwriting = Some(position);
        self.settle_mark(false)?;
        self.write_over(position, &frame)?;
        self.overwriting = None;
        self.write_mark(false).or_else(|e| self.bear_mark_fault(e))
    }

    /// Keeps a digest of the log heads as they are at the end of what is committed. It goes
    /// into the mark of the next commit or of the close.
    pub fn set_heads(&mut self, digest: [u8; 32]) {
        self.heads = Heads { digest, at: self.shared.reader().end() };
    }

    /// A handle for threads that read.
    pub fn reader(&self) -> Reader {
        self.shared.reader()
    }

    /// Commits what is appended and leaves a mark by which the next start sees a clean stop.
    ///
    /// # Errors
    /// If the disk is full or fails, now or before. What was committed is there all the same.
    pub fn close(mut self) -> Result<(), Fault> {
        self.commit()?;
        self.settle_mark(true)
    }

    fn check_usable(&self) -> Result<(), Fault> {
        if self.poisoned { Err(Fault::Poisoned) } else { Ok(()) }
    }

    fn is_full(&self) -> bool {
        self.active.length >= self.segment_limit
    }

    fn write_group(&mut self, group: &[u8]) -> Result<(), Fault> {
        if self.is_full() {
            self.begin_segment()?;
        }
        match self.active.file.write_at(self.active.length, group) {
            Ok(()) => self.sync_active()?,
            Err(e) if is_full(&e) => return Err(self.take_back()),
            Err(e) => return Err(self.poison("writing a group", e)),
        }
        self.active.length += group.len() as u64;
        self.shared.publish(Position::new(self.active.number, self.active.length));
        self.write_mark(false).or_else(|e| self.bear_mark_fault(e))
    }

    /// What the mark is about is on the disk, so it is acknowledged whatever becomes of the
    /// mark. A full disk leaves the mark before in force; the next one is newer.
    fn bear_mark_fault(&mut self, fault: io::Error) -> Result<(), Fault> {
        self.poisoned |= !is_full(&fault);
        Ok(())
    }

    /// Writes over a frame but for its length field: a torn write must not hide what stands
    /// behind it.
    fn write_over(&mut self, position: Position, frame: &[u8]) -> Result<(), Fault> {
        let shared = Arc::clone(&self.shared);
        let _unsettled = shared.overwriting.lock().unwrap_or_else(PoisonError::into_inner);
        let file = shared.file(position.segment).map_err(|e| self.poison("opening a segment", e))?;
        match file.write_at(u64::from(position.offset) + LENGTH_BYTES as u64, &frame[LENGTH_BYTES..]) {
            Ok(()) => file.sync().map_err(|e| self.poison("syncing an overwritten frame", e)),
            Err(e) if is_full(&e) => Err(Fault::DiskFull),
            Err(e) => Err(self.poison("overwriting a frame", e)),
        }
    }

    /// Cuts what a full disk took of a group. Synced, so that it cannot come back either.
    fn take_back(&mut self) -> Fault {
        match self.active.file.truncate(self.active.length).and_then(|()| self.active.file.sync()) {
            Ok(()) => Fault::DiskFull,
            Err(e) => self.poison("taking a group back", e),
        }
    }

    fn begin_segment(&mut self) -> Result<(), Fault> {
        self.sync_active()?;
        if self.active.marked < self.active.length {
            self.settle_mark(false)?;
        }
        let number = self.active.number + 1;
        match Active::create(&self.shared, number, self.heads, self.overwriting) {
            Ok(active) => self.active = active,
            Err(e) if is_full(&e) => {
                // Half a segment holds nothing; left behind, it would only take room.
                let removed = self.shared.disk.remove(&segment_name(number));
                if let Err(e) = removed.or_else(ignore_missing) {
                    return Err(self.poison("removing an unfinished segment", e));
                }
                return Err(Fault::DiskFull);
            }
            Err(e) => return Err(self.poison("making a segment", e)),
        }
        Ok(())
    }

    /// Writes a mark and waits for the disk.
    fn settle_mark(&mut self, clean: bool) -> Result<(), Fault> {
        // The mark before must be on the disk first: of two marks in flight both may be torn.
        self.sync_active()?;
        match self.write_mark(clean) {
            Ok(()) => self.sync_active(),
            Err(e) if is_full(&e) => Err(Fault::DiskFull),
            Err(e) => Err(self.poison("writing a mark", e)),
        }
    }

    /// Writes a mark for what is committed, without waiting for the disk.
    pub(super) fn write_mark(&mut self, clean: bool) -> io::Result<()> {
        let Active { number, length, counter, .. } = self.active;
        let Self { heads, overwriting, .. } = *self;
        let mark = Mark { counter: counter + 1, segment: number, length, clean, heads, overwriting };
        self.active.file.write_at(mark.slot(), &mark.to_bytes())?;
        self.active.counter = mark.counter;
        self.active.marked = length;
        Ok(())
    }

    fn sync_active(&mut self) -> Result<(), Fault> {
        self.active.file.sync().map_err(|e| self.poison("syncing a segment", e))
    }

    /// How long a payload at a position may be. A damaged frame counts if its length leads to
    /// a whole one: only then is it known where it ends.
    fn room_at(&mut self, position: Position) -> Result<usize, Fault> {
        let reader = self.shared.reader();
        let bytes = match reader.fetch(position) {
            Ok(bytes) => bytes,
            Err(ReadFault::Absent(_) | ReadFault::Damaged { .. }) => return Err(Fault::NoFrame(position)),
            Err(ReadFault::Io(source)) => return Err(Fault::Io { doing: "reading a frame", source }),
        };
        let next = Position::new(position.segment, u64::from(position.offset) + bytes.len() as u64);
        if read_frame(&bytes).is_err() && !self.ends_segment(next)? && reader.read(next).is_err() {
            return Err(Fault::NoFrame(position));
        }
        Ok(bytes.len() - FRAME_HEAD_BYTES)
    }

    fn ends_segment(&self, position: Position) -> Result<bool, Fault> {
        if position.segment == self.active.number {
            return Ok(u64::from(position.offset) == self.active.length);
        }
        let length = self.shared.file(position.segment).and_then(|file| file.length());
        let length = length.map_err(|source| Fault::Io { doing: "measuring a segment", source })?;
        Ok(u64::from(position.offset) == length)
    }

    /// After this nobody can tell what the disk holds, so nothing more is written.
    fn poison(&mut self, doing: &'static str, source: io::Error) -> Fault {
        self.poisoned = true;
        Fault::Io { doing, source }
    }
}

impl Active {
    /// A segment that holds nothing yet.
    pub(super) fn create(
        shared: &Shared,
        number: u32,
        heads: Heads,
        overwriting: Option<Position>,
    ) -> io::Result<Self> {
        let mark = Mark { counter: 1, segment: number, length: DATA_START, clean: false, heads, overwriting };
        let file = segment::create(&*shared.disk, number, &mark)?;
        Ok(Self { file, number, length: DATA_START, marked: DATA_START, counter: 1 })
    }
}

fn ignore_missing(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}
