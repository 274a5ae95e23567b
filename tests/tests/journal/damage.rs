//! Flipped bits, lost files and files of another time.

use std::sync::Arc;

use idenett::journal::damage::{Damage, DamageReason};
use idenett::journal::disk::Disk;
use idenett::journal::fault::{OpenFault, ReadFault};
use idenett::journal::position::{Position, segment_name};
use idenett::journal::writer::Journal;
use idenett_protocol::frame::{FrameFault, FrameType};
use idenett_tests::random::Random;

use super::{SEGMENT_LIMIT, append, filled, open, replay};

#[test]
fn one_flipped_bit_costs_one_frame_and_is_reported() {
    let mut by_length = 0;
    for seed in 0..400 {
        let (disk, kept) = filled(seed % 20, 15);
        let mut random = Random::new(seed);
        let (hit, frame) = {
            let i = random.index(kept.len());
            (i, &kept[i])
        };
        let within = if seed % 4 == 0 { random.index(4) } else { random.index(frame.2.len() + 9) };
        by_length += u32::from(within < 4);
        disk.flip(&segment_name(frame.0.segment), frame.0.offset as usize + within, random.below(8) as u32);

        let (journal, recovery) = open(&disk);
        assert!(recovery.clean, "opening after a clean stop reads no frames");
        let (found, replayed) = replay(&journal.reader(), Position::START);
        let mut expected = kept.clone();
        expected.remove(hit);
        assert!(found == expected, "seed {seed}");
        let length = frame.2.len() as u64 + 9;
        assert_eq!((replayed.damage.len(), replayed.damage[0].position), (1, frame.0), "seed {seed}");
        assert_eq!((replayed.damage[0].length, replayed.damaged_bytes), (length, length), "seed {seed}");
        assert!(matches!(journal.reader().read(frame.0), Err(ReadFault::Damaged { .. } | ReadFault::Absent(_))));
        for (position, kind, payload) in expected {
            assert_eq!(journal.reader().read(position).expect("a frame"), (kind, payload));
        }
    }
    assert!(by_length > 90);
}

#[test]
fn frames_behind_damage_are_doubtful_and_the_others_are_not() {
    let (disk, kept) = filled(3, 15);
    let hit = kept[2].0;
    disk.flip(&segment_name(hit.segment), hit.offset as usize + 20, 1);
    let (journal, _) = open(&disk);
    let replayed = journal.reader().replay(Position::START, |found| {
        assert_eq!(found.doubtful, found.position > hit && found.position.segment == hit.segment);
        std::ops::ControlFlow::Continue(())
    });
    assert_eq!(replayed.expect("a replay").damage.len(), 1);
}

#[test]
fn flipped_heads_and_marks_cost_no_frame() {
    for seed in 0..300 {
        let (disk, kept) = filled(seed % 10, 15);
        let mut random = Random::new(seed);
        let (last, ..) = kept[kept.len() - 1];
        for _ in 0..3 {
            let segment = random.below(u64::from(last.segment)) as u32 + 1;
            let page = random.index(3) * 4096;
            disk.flip(&segment_name(segment), page + random.index(65), random.below(8) as u32);
        }
        let (mut journal, _) = open(&disk);
        assert!(replay(&journal.reader(), Position::START).0 == kept, "seed {seed}");
        let more = append(&mut journal, FrameType::Local, b"more");
        journal.commit().expect("a commit");
        assert!(replay(&journal.reader(), more.0).0 == [more], "seed {seed}");
    }
}

#[test]
fn without_a_mark_nothing_is_cut_and_a_new_segment_begins() {
    let (disk, kept) = filled(5, 15);
    let (last, ..) = kept[kept.len() - 1];
    let name = segment_name(last.segment);
    disk.flip(&name, 4096, 0);
    disk.flip(&name, 8192, 0);
    let before = disk.content(&name);
    let (journal, recovery) = open(&disk);
    assert!(!recovery.clean && recovery.cut == 0);
    assert_eq!(recovery.damage.iter().map(|d| d.reason).collect::<Vec<_>>(), [DamageReason::Mark]);
    assert_eq!(recovery.end.segment, last.segment + 1);
    assert_eq!(disk.content(&name), before);
    assert!(replay(&journal.reader(), Position::START).0 == kept);
}

#[test]
fn a_shortened_file_is_damage_and_not_a_torn_tail() {
    let (disk, kept) = filled(6, 15);
    let (last, ..) = kept[kept.len() - 1];
    let length = disk.content(&segment_name(last.segment)).map_or(0, |c| c.len()) as u64;
    disk.open(&segment_name(last.segment)).and_then(|f| f.truncate(u64::from(last.offset) + 5)).expect("a cut");
    let (journal, recovery) = open(&disk);
    let shortened = Damage {
        position: Position { segment: last.segment, offset: last.offset + 5 },
        length: length - u64::from(last.offset) - 5,
        reason: DamageReason::Shortened,
    };
    assert!(recovery.damage.contains(&shortened), "{recovery:?}");
    let (found, replayed) = replay(&journal.reader(), Position::START);
    assert!(found == kept[..kept.len() - 1]);
    assert!(replayed.damage.iter().any(|d| matches!(d.reason, DamageReason::Frame(FrameFault::Short { .. }))));
}

#[test]
fn a_missing_segment_is_reported_and_the_others_are_read() {
    let (disk, kept) = filled(7, 20);
    disk.remove(&segment_name(2)).expect("a file");
    let (journal, recovery) = open(&disk);
    let damage: Vec<_> = recovery.damage.iter().map(|d| (d.position.segment, d.reason)).collect();
    assert_eq!(damage, [(2, DamageReason::Missing)]);
    let (found, replayed) = replay(&journal.reader(), Position::START);
    assert!(found.iter().eq(kept.iter().filter(|k| k.0.segment != 2)));
    assert_eq!(replayed.damage, recovery.damage);
    let lost = Position { segment: 2, ..Position::START };
    assert!(matches!(journal.reader().read(lost), Err(ReadFault::Absent(_))));
}

#[test]
fn a_newer_format_is_refused_and_nothing_is_changed() {
    let (disk, _) = filled(8, 15);
    let name = segment_name(2);
    let mut newer = disk.content(&name).expect("a segment");
    newer[11] = 2;
    let crc = crc32c_of(&newer[..12]);
    newer[12..16].copy_from_slice(&crc.to_be_bytes());
    disk.put(&name, &newer);
    let names = disk.list().expect("names");
    let before: Vec<_> = names.iter().map(|n| disk.content(n)).collect();
    let fault = Journal::open(Arc::new(disk.clone()), SEGMENT_LIMIT).err().expect("a refusal");
    assert!(matches!(fault, OpenFault::Newer { found: 2, known: 1, .. }), "{fault}");
    assert!(fault.to_string().contains("newer version"), "{fault}");
    assert_eq!(disk.list().expect("names").iter().map(|n| disk.content(n)).collect::<Vec<_>>(), before);
}

/// Bit by bit, so that the test shares nothing with what it tests.
fn crc32c_of(bytes: &[u8]) -> u32 {
    let step = |crc: u32| if crc & 1 == 1 { (crc >> 1) ^ 0x82f6_3b78 } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| step(crc)))
}
