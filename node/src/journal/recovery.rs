//! Opening a journal: what the last writer left is found, completed and told apart.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use crate::journal::damage::Damage;
use crate::journal::disk::{Disk, DiskFile};
use crate::journal::fault::OpenFault;
use crate::journal::mark::Mark;
use crate::journal::position::{DATA_START, Heads, Position, segment_name};
use crate::journal::reader::Shared;
use crate::journal::scan::{Scan, Step};
use crate::journal::segment::{FORMAT_VERSION, Head, Segment, segment_numbers};
use crate::journal::writer::{Active, Journal};

/// Bytes written at once when a tail is confirmed.
const CONFIRM_BYTES: usize = 1024 * 1024;

/// What was found when a journal was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// Whether the last writer closed the journal, or there was none.
    pub clean: bool,
    /// Bytes of the torn tail that were cut. None of them was ever acknowledged.
    pub cut: u64,
    /// Bytes above the newest mark that are whole and were kept.
    pub kept: u64,
    /// What is damaged, as far as opening looks: heads, marks and lengths of all segments, and
    /// after an unclean stop the frames of the last one. A replay looks at every frame.
    pub damage: Vec<Damage>,
    /// The digest that the last writer gave, zeros if none.
    pub heads: Heads,
    /// A frame whose overwriting was begun and not confirmed: it may be the old one, the new
    /// one, or damaged. Overwrite it again.
    pub overwriting: Option<Position>,
    /// Where the next frame will stand.
    pub end: Position,
}

impl Journal {
    /// Opens the journal in a directory, or begins one. `segment_limit` is the length from
    /// which a segment takes no further group, [`SEGMENT_BYTES`](crate::journal::segment::SEGMENT_BYTES)
    /// but in tests.
    ///
    /// # Errors
    /// If a newer version wrote there, then nothing is changed; or the disk is full or fails.
    pub fn open(disk: Arc<dyn Disk>, segment_limit: u64) -> Result<(Self, Recovery), OpenFault> {
        let io = |doing| move |source| OpenFault::from_io(doing, source);
        let mut numbers = segment_numbers(&*disk).map_err(io("listing the journal"))?;
        let begun = !numbers.is_empty();
        refuse_newer(&*disk, &numbers)?;
        remove_unfinished(&*disk, &mut numbers).map_err(io("removing an unfinished segment"))?;
        let heads = Heads { digest: [0; 32], at: Position::START };
        let damage = Damage::gaps(1, &numbers);
        let mut recovery =
            Recovery { clean: !begun, cut: 0, kept: 0, damage, heads, overwriting: None, end: Position::START };
        let last = inspect_all(&*disk, &numbers, &mut recovery).map_err(io("reading the journal"))?;
        let shared = Shared::new(disk, Position::START);
        let active = match last {
            None => Active::create(&shared, 1, heads, None).map_err(io("making the first segment"))?,
            Some((number, segment)) => match segment.mark {
                Some(mark) if mark.length <= segment.length => {
                    go_on(number, segment, mark, &mut recovery).map_err(io("completing the last segment"))?
                }
                _ => set_aside(&shared, number, &segment, &mut recovery).map_err(io("making a new segment"))?,
            },
        };
        recovery.end = Position::new(active.number, active.length);
        shared.publish(recovery.end);
        let Recovery { heads, overwriting, .. } = recovery;
        let mut journal =
            Self { shared, active, heads, overwriting, segment_limit, group: Vec::new(), poisoned: false };
        // From here on a stop without close shows at the next start.
        journal.write_mark(false).and_then(|()| journal.active.file.sync()).map_err(io("writing a mark"))?;
        Ok((journal, recovery))
    }
}

/// Looks at every segment before anything is changed.
fn refuse_newer(disk: &dyn Disk, numbers: &BTreeSet<u32>) -> Result<(), OpenFault> {
    for &number in numbers {
        let segment = Segment::inspect(disk, number).map_err(|e| OpenFault::from_io("reading the journal", e))?;
        if let Head::Newer(found) = segment.head {
            return Err(OpenFault::Newer { file: segment_name(number), found, known: FORMAT_VERSION });
        }
    }
    Ok(())
}

fn remove_unfinished(disk: &dyn Disk, numbers: &mut BTreeSet<u32>) -> io::Result<()> {
    let Some(&last) = numbers.last() else { return Ok(()) };
    if Segment::inspect(disk, last)?.is_unfinished() {
        disk.remove(&segment_name(last))?;
        disk.sync_names()?;
        numbers.remove(&last);
    }
    Ok(())
}

/// Notes what is wrong with any segment apart from its frames, and gives the last.
fn inspect_all(
    disk: &dyn Disk,
    numbers: &BTreeSet<u32>,
    recovery: &mut Recovery,
) -> io::Result<Option<(u32, Segment)>> {
    let mut last = None;
    for &number in numbers {
        let segment = Segment::inspect(disk, number)?;
        recovery.damage.extend(segment.damage(number));
        if let Some(mark) = segment.mark {
            recovery.heads = mark.heads;
            recovery.overwriting = mark.overwriting;
        }
        last = Some((number, segment));
    }
    Ok(last)
}

/// Completes the last segment: whole frames above the mark are kept, the torn tail is cut.
fn go_on(number: u32, segment: Segment, mark: Mark, recovery: &mut Recovery) -> io::Result<Active> {
    let Segment { file, length, .. } = segment;
    recovery.clean = mark.clean && length == mark.length;
    if !recovery.clean {
        find_damage(&*file, number, mark.length, recovery)?;
    }
    let end = Scan::new(&*file, number, mark.length, length).end_of_whole()?;
    recovery.kept = end - mark.length;
    recovery.cut = length - end;
    confirm(&*file, mark.length, end)?;
    if length > end {
        file.truncate(end)?;
    }
    file.sync()?;
    Ok(Active { file, number, length: end, marked: mark.length, counter: mark.counter })
}

/// Leaves a segment of which nothing is certain as it is, and begins another.
fn set_aside(shared: &Shared, number: u32, segment: &Segment, recovery: &mut Recovery) -> io::Result<Active> {
    recovery.clean = false;
    find_damage(&*segment.file, number, segment.length, recovery)?;
    segment.file.sync()?;
    Active::create(shared, number + 1, recovery.heads, recovery.overwriting)
}

fn find_damage(file: &dyn DiskFile, number: u32, end: u64, recovery: &mut Recovery) -> io::Result<()> {
    let mut scan = Scan::new(file, number, DATA_START, end);
    while let Some(step) = scan.step()? {
        if let Step::Damage(damage) = step {
            recovery.damage.push(damage);
        }
    }
    Ok(())
}

/// Writes what is there once more: a system may show bytes that a failed sync never brought
/// to the disk, and then takes them for written.
fn confirm(file: &dyn DiskFile, from: u64, end: u64) -> io::Result<()> {
    let mut bytes = vec![0; CONFIRM_BYTES];
    let mut at = from;
    while at < end {
        let wanted = usize::try_from(end - at).unwrap_or(CONFIRM_BYTES).min(CONFIRM_BYTES);
        let read = file.read_at(at, &mut bytes[..wanted])?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        file.write_at(at, &bytes[..read])?;
        at += read as u64;
    }
    Ok(())
}
