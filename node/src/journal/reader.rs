//! Reading a journal: single frames by position, and all of them in order. Readers share
//! nothing with the writer but the end of what is committed, so neither waits for the other.

use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use idenett_protocol::frame::{Frame, FrameFault, FrameType, frame_length, read_frame};
use idenett_protocol::limits::FRAME_HEAD_BYTES;

use crate::journal::damage::Damage;
use crate::journal::disk::{Disk, DiskFile};
use crate::journal::fault::ReadFault;
use crate::journal::position::{DATA_START, Position, segment_name};
use crate::journal::scan::{Scan, Step};
use crate::journal::segment::{Segment, segment_numbers};

/// Bytes fetched before the length of a frame is known: most entries need no second read.
const FIRST_READ_BYTES: usize = 8 * 1024;
/// Segments kept open for readers.
const MAX_OPEN_SEGMENTS: usize = 128;
/// Damages listed by one replay; what exceeds this is only counted.
pub const MAX_DAMAGES: usize = 4096;

/// A handle for any number of threads that read what is committed.
#[derive(Clone)]
pub struct Reader {
    shared: Arc<Shared>,
}

/// What the writer and all readers know.
pub(super) struct Shared {
    pub(super) disk: Arc<dyn Disk>,
    open: RwLock<BTreeMap<u32, Arc<dyn DiskFile>>>,
    end: AtomicU64,
    /// Held while a frame is overwritten, so that a reader who saw half of it looks again.
    pub(super) overwriting: Mutex<()>,
}

/// A frame met on a replay.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// Where it stands.
    pub position: Position,
    /// What it holds.
    pub frame: Frame<'a>,
    /// Whether something before it in its segment is damaged. Its bytes hold, but they might
    /// be what a stranger put inside a larger record: check its signature again.
    pub doubtful: bool,
}

/// What a replay went through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replayed {
    /// Where to go on another time.
    pub next: Position,
    /// How many frames were shown.
    pub frames: u64,
    /// What could not be read, at most [`MAX_DAMAGES`] of it.
    pub damage: Vec<Damage>,
    /// How many bytes could not be read in all.
    pub damaged_bytes: u64,
}

impl Reader {
    /// Where the next frame will stand: everything before is on the disk.
    pub fn end(&self) -> Position {
        Position::from_number(self.shared.end.load(Ordering::Acquire))
    }

    /// The frame at a position that [`append`](crate::journal::writer::Journal::append) or a replay gave.
    ///
    /// # Errors
    /// If nothing is there, its bytes do not hold, or the disk fails.
    pub fn read(&self, position: Position) -> Result<(FrameType, Vec<u8>), ReadFault> {
        let bytes = self.fetch(position)?;
        match read_frame(&bytes) {
            Ok((frame, _)) => Ok((frame.kind, frame.payload.to_vec())),
            Err(_) => self.read_again(position),
        }
    }

    /// Shows every frame from a position on, in order, up to what is committed now, or until
    /// `visit` breaks off. What is damaged is listed and passed over.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn replay<V>(&self, from: Position, mut visit: V) -> io::Result<Replayed>
    where
        V: FnMut(Found<'_>) -> ControlFlow<()>,
    {
        let end = self.end();
        let mut replayed = Replayed { next: from, frames: 0, damage: Vec::new(), damaged_bytes: 0 };
        let mut numbers = segment_numbers(&*self.shared.disk)?;
        // What a writer begins meanwhile is not part of this replay.
        numbers.retain(|n| *n <= end.segment);
        Damage::gaps(from.segment, &numbers).into_iter().for_each(|d| replayed.note(d));
        for &number in numbers.range(from.segment..) {
            let first = if number == from.segment { u64::from(from.offset) } else { DATA_START };
            replayed.next = Position::new(number, first);
            let (file, last) = self.segment(number, end, &mut replayed)?;
            if replay_segment(&mut Scan::new(&*file, number, first, last), &mut replayed, &mut visit)?.is_break() {
                return Ok(replayed);
            }
        }
        replayed.next = end.max(from);
        Ok(replayed)
    }

    /// A segment and the end of its frames. Only what no one writes any more is checked for
    /// its head, its marks and its length.
    fn segment(&self, number: u32, end: Position, replayed: &mut Replayed) -> io::Result<(Arc<dyn DiskFile>, u64)> {
        if number == end.segment {
            return Ok((self.shared.file(number)?, u64::from(end.offset)));
        }
        let segment = Segment::inspect(&*self.shared.disk, number)?;
        segment.damage(number).into_iter().for_each(|d| replayed.note(d));
        Ok((segment.file, segment.length))
    }

    /// A frame that does not hold may be one that is being overwritten just now.
    fn read_again(&self, position: Position) -> Result<(FrameType, Vec<u8>), ReadFault> {
        let _settled = self.shared.overwriting.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = self.fetch(position)?;
        let (frame, _) = read_frame(&bytes).map_err(|fault| ReadFault::Damaged { position, fault })?;
        Ok((frame.kind, frame.payload.to_vec()))
    }

    /// The bytes of the frame at a position, as many as its length field says.
    pub(super) fn fetch(&self, position: Position) -> Result<Vec<u8>, ReadFault> {
        let end = self.end();
        if position >= end || u64::from(position.offset) < DATA_START {
            return Err(ReadFault::Absent(position));
        }
        let file = match self.shared.file(position.segment) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Err(ReadFault::Absent(position)),
            other => other?,
        };
        let mut bytes = vec![0; FIRST_READ_BYTES];
        let read = file.read_at(position.offset.into(), &mut bytes)?;
        bytes.truncate(read);
        let head = *bytes.first_chunk::<FRAME_HEAD_BYTES>().ok_or(ReadFault::Absent(position))?;
        let [l0, l1, l2, l3, ..] = head;
        let damaged = |fault| ReadFault::Damaged { position, fault };
        let total = frame_length([l0, l1, l2, l3]).map_err(damaged)?;
        if total > read {
            bytes.resize(total, 0);
            let rest = file.read_at(u64::from(position.offset) + read as u64, &mut bytes[read..])?;
            if read + rest < total {
                return Err(damaged(FrameFault::Short { missing: total - read - rest }));
            }
        }
        bytes.truncate(total);
        Ok(bytes)
    }
}

impl Shared {
    pub(super) fn new(disk: Arc<dyn Disk>, end: Position) -> Arc<Self> {
        let end = AtomicU64::new(end.to_number());
        Arc::new(Self { disk, open: RwLock::default(), end, overwriting: Mutex::default() })
    }

    pub(super) fn reader(self: &Arc<Self>) -> Reader {
        Reader { shared: Arc::clone(self) }
    }

    /// Lets readers see what was just committed.
    pub(super) fn publish(&self, end: Position) {
        self.end.store(end.to_number(), Ordering::Release);
    }

    /// The file of a segment, from those kept open.
    pub(super) fn file(&self, number: u32) -> io::Result<Arc<dyn DiskFile>> {
        if let Some(file) = self.open.read().unwrap_or_else(PoisonError::into_inner).get(&number) {
            return Ok(Arc::clone(file));
        }
        let file = self.disk.open(&segment_name(number))?;
        let mut open = self.open.write().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= MAX_OPEN_SEGMENTS {
            // Old segments are read least.
            open.pop_first();
        }
        open.insert(number, Arc::clone(&file));
        Ok(file)
    }
}

impl Replayed {
    pub(super) fn note(&mut self, damage: Damage) {
        self.damaged_bytes += damage.length;
        if self.damage.len() < MAX_DAMAGES {
            self.damage.push(damage);
        }
    }
}

fn replay_segment<V>(scan: &mut Scan<'_>, replayed: &mut Replayed, visit: &mut V) -> io::Result<ControlFlow<()>>
where
    V: FnMut(Found<'_>) -> ControlFlow<()>,
{
    let mut doubtful = false;
    while let Some(step) = scan.step()? {
        match step {
            Step::Frame(position, frame) => {
                replayed.frames += 1;
                replayed.next = position.after(frame);
                if visit(Found { position, frame, doubtful }).is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            Step::Damage(damage) => {
                doubtful = true;
                replayed.next = damage.end();
                replayed.note(damage);
            }
        }
    }
    Ok(ControlFlow::Continue(()))
}
