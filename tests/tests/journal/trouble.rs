//! Full disks, failed syncs, groups that are too large, and frames that are replaced.

use idenett::journal::fault::{Fault, ReadFault};
use idenett::journal::position::{Position, segment_name};
use idenett::journal::writer::MAX_GROUP_BYTES;
use idenett_protocol::frame::FrameType;
use idenett_protocol::limits::MAX_FRAME_PAYLOAD;
use idenett_tests::random::Random;
use idenett_tests::simdisk::{SimDisk, Trouble};

use super::{append, open, payload, replay};

#[test]
fn a_full_disk_takes_the_group_back_and_the_journal_stays_usable() {
    for seed in 0..200 {
        let disk = SimDisk::new();
        let mut random = Random::new(seed);
        let (mut journal, _) = open(&disk);
        let mut kept = Vec::new();
        let mut full = 0;
        disk.set_capacity(Some(60_000 + random.index(60_000)));
        while full < 5 {
            let group: Vec<_> = (0..3).map(|_| append(&mut journal, FrameType::Entry, &payload(&mut random))).collect();
            match journal.commit() {
                Ok(()) => kept.extend(group),
                Err(Fault::DiskFull) => full += 1,
                Err(other) => panic!("seed {seed}: {other}"),
            }
        }
        assert!(disk.events().full >= 5);
        assert!(replay(&journal.reader(), Position::START).0 == kept, "seed {seed}");
        disk.power_cut(&mut random);
        let (mut journal, recovery) = open(&disk);
        assert_eq!((recovery.damage.len(), recovery.cut), (0, 0), "seed {seed}: nothing of a group comes back");
        disk.set_capacity(None);
        kept.push(append(&mut journal, FrameType::Entry, b"there is room again"));
        journal.commit().expect("a commit");
        assert!(replay(&journal.reader(), Position::START).0 == kept, "seed {seed}");
    }
}

#[test]
fn after_a_failed_sync_nothing_more_is_written() {
    let disk = SimDisk::new();
    let (mut journal, _) = open(&disk);
    let kept = append(&mut journal, FrameType::Entry, b"one");
    journal.commit().expect("a commit");
    append(&mut journal, FrameType::Entry, b"two");
    // The write comes first, then the sync.
    disk.plan(disk.steps() + 1, Trouble::FailedSync);
    assert!(matches!(journal.commit(), Err(Fault::Io { .. })));
    assert!(matches!(journal.append(FrameType::Entry, b"three"), Err(Fault::Poisoned)));
    assert!(matches!(journal.commit(), Err(Fault::Poisoned)));
    assert!(matches!(journal.overwrite(kept.0, FrameType::Bare, b""), Err(Fault::Poisoned)));
    assert!(replay(&journal.reader(), Position::START).0 == [kept], "what was committed can be read");
    assert!(matches!(journal.close(), Err(Fault::Poisoned)));
}

#[test]
fn what_is_too_large_is_refused_and_a_full_group_can_be_committed() {
    let disk = SimDisk::new();
    let (mut journal, _) = open(&disk);
    let largest = vec![7; MAX_FRAME_PAYLOAD];
    assert!(matches!(journal.append(FrameType::Entry, &[largest.as_slice(), &[7]].concat()), Err(Fault::TooLarge(_))));
    let mut taken = 0;
    while journal.append(FrameType::Entry, &largest).is_ok() {
        taken += 1;
    }
    assert_eq!(taken, MAX_GROUP_BYTES / (MAX_FRAME_PAYLOAD + 9));
    assert!(matches!(journal.append(FrameType::Entry, &largest), Err(Fault::GroupFull)));
    journal.commit().expect("a commit");
    journal.append(FrameType::Entry, &largest).expect("a new group");
    journal.commit().expect("a commit");
    let (found, _) = replay(&journal.reader(), Position::START);
    assert!(found.len() == taken + 1 && found.iter().all(|(_, _, payload)| *payload == largest));
}

#[test]
fn an_overwritten_frame_is_gone_from_the_file() {
    let disk = SimDisk::new();
    let (mut journal, _) = open(&disk);
    let secret = b"a name that should not be here".repeat(400);
    let before = append(&mut journal, FrameType::Entry, b"before");
    let (position, ..) = append(&mut journal, FrameType::Entry, &secret);
    let after = append(&mut journal, FrameType::Entry, b"after");
    journal.commit().expect("a commit");
    let copy = append(&mut journal, FrameType::Bare, b"header and facts");
    journal.commit().expect("a commit");
    journal.overwrite(position, FrameType::Bare, b"header and facts").expect("an overwrite");

    let mut padded = b"header and facts".to_vec();
    padded.resize(secret.len(), 0);
    let expected = [before, (position, FrameType::Bare, padded.clone()), after, copy];
    assert!(replay(&journal.reader(), Position::START).0 == expected);
    assert_eq!(journal.reader().read(position).expect("a frame"), (FrameType::Bare, padded));
    disk.power_cut(&mut Random::new(1));
    let content = disk.content(&segment_name(1)).expect("a segment");
    assert!(!content.windows(6).any(|w| w == b"a name"));

    let (mut journal, _) = open(&disk);
    assert!(replay(&journal.reader(), Position::START).0 == expected);
    let long = vec![1; secret.len() + 1];
    assert!(matches!(journal.overwrite(position, FrameType::Bare, &long), Err(Fault::DoesNotFit { .. })));
    let inside = Position { segment: 1, offset: position.offset + 9 };
    assert!(matches!(journal.overwrite(inside, FrameType::Bare, b""), Err(Fault::NoFrame(_))));
}

#[test]
fn nobody_reads_what_is_not_committed() {
    let disk = SimDisk::new();
    let (mut journal, _) = open(&disk);
    let reader = journal.reader();
    let (position, kind, payload) = append(&mut journal, FrameType::Charter, b"soon");
    assert!(matches!(reader.read(position), Err(ReadFault::Absent(_))));
    assert_eq!(reader.end(), position);
    journal.commit().expect("a commit");
    assert_eq!(reader.read(position).expect("a frame"), (kind, payload));
    assert!(reader.end() > position);
}

#[test]
fn a_replay_goes_on_where_another_broke_off() {
    let (disk, kept) = super::filled(11, 20);
    let (journal, _) = open(&disk);
    let (mut found, mut next) = (Vec::new(), Position::START);
    while next < journal.reader().end() {
        let mut left = 3;
        let replayed = journal.reader().replay(next, |f| {
            found.push((f.position, f.frame.kind, f.frame.payload.to_vec()));
            left -= 1;
            if left == 0 { std::ops::ControlFlow::Break(()) } else { std::ops::ControlFlow::Continue(()) }
        });
        next = replayed.expect("a replay").next;
    }
    assert!(found == kept);
}

#[test]
fn the_digest_of_the_heads_is_found_again() {
    let disk = SimDisk::new();
    let (mut journal, recovery) = open(&disk);
    assert!(recovery.clean && recovery.heads.digest == [0; 32]);
    append(&mut journal, FrameType::Entry, b"one");
    journal.commit().expect("a commit");
    journal.set_heads([5; 32]);
    let at = journal.reader().end();
    journal.close().expect("a close");
    let (journal, recovery) = open(&disk);
    assert_eq!((recovery.heads.digest, recovery.heads.at, recovery.end), ([5; 32], at, at));
    assert!(recovery.clean);
    drop(journal);
    assert!(!open(&disk).1.clean, "the last writer did not close");
}
