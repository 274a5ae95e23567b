//! The journal keeps what it acknowledged, whatever happens to the disk.

mod crash;
mod damage;
mod real;
mod simdisk;
mod trouble;

use std::ops::ControlFlow;
use std::sync::Arc;

use idenett::journal::position::Position;
use idenett::journal::reader::{Reader, Replayed};
use idenett::journal::recovery::Recovery;
use idenett::journal::writer::Journal;
use idenett_protocol::frame::FrameType;
use idenett_tests::random::Random;
use idenett_tests::simdisk::SimDisk;

/// Small, so that a short run goes through several segments.
const SEGMENT_LIMIT: u64 = 30_000;

/// A frame as a test remembers it.
type Kept = (Position, FrameType, Vec<u8>);

fn open(disk: &SimDisk) -> (Journal, Recovery) {
    Journal::open(Arc::new(disk.clone()), SEGMENT_LIMIT).expect("a journal")
}

fn append(journal: &mut Journal, kind: FrameType, payload: &[u8]) -> Kept {
    (journal.append(kind, payload).expect("an append"), kind, payload.to_vec())
}

fn payload(random: &mut Random) -> Vec<u8> {
    let length = if random.chance(5) { random.index(40_000) } else { random.index(4_000) };
    let mut payload = vec![0; length];
    random.fill(&mut payload);
    payload
}

/// A closed journal of several segments.
fn filled(seed: u64, groups: usize) -> (SimDisk, Vec<Kept>) {
    let disk = SimDisk::new();
    let mut random = Random::new(seed);
    let mut kept = Vec::new();
    let (mut journal, _) = open(&disk);
    for _ in 0..groups {
        for _ in 0..=random.index(4) {
            kept.push(append(&mut journal, FrameType::Entry, &payload(&mut random)));
        }
        journal.commit().expect("a commit");
    }
    journal.close().expect("a close");
    (disk, kept)
}

fn replay(reader: &Reader, from: Position) -> (Vec<Kept>, Replayed) {
    let mut found = Vec::new();
    let replayed = reader
        .replay(from, |f| {
            found.push((f.position, f.frame.kind, f.frame.payload.to_vec()));
            ControlFlow::Continue(())
        })
        .expect("a replay");
    assert_eq!(replayed.frames, found.len() as u64);
    assert!(found.is_sorted_by_key(|(position, ..)| *position));
    (found, replayed)
}
