//! The journal on the disk of this machine.

use std::os::unix::fs::PermissionsExt;
use std::sync::Arc;

use idenett::journal::disk::RealDisk;
use idenett::journal::fault::{OpenFault, ReadFault};
use idenett::journal::position::Position;
use idenett::journal::writer::Journal;
use idenett_protocol::frame::FrameType;
use idenett_tests::random::Random;

use super::{SEGMENT_LIMIT, append, payload, replay};

#[test]
fn a_directory_is_private_and_has_one_writer() {
    let parent = tempfile::tempdir().expect("a directory");
    let directory = parent.path().join("a").join("journal");
    let disk = RealDisk::open(&directory).expect("a disk");
    let fault = RealDisk::open(&directory).expect_err("a refusal");
    assert!(matches!(fault, OpenFault::Locked(_)) && fault.to_string().contains("another idenett process"), "{fault}");
    let (mut journal, _) = Journal::open(Arc::new(disk), SEGMENT_LIMIT).expect("a journal");
    let mut random = Random::new(1);
    let kept: Vec<_> = (0..60)
        .map(|_| {
            let kept = append(&mut journal, FrameType::Entry, &payload(&mut random));
            journal.commit().expect("a commit");
            kept
        })
        .collect();
    assert!(replay(&journal.reader(), Position::START).0 == kept);
    journal.close().expect("a close");

    let mode = |path: &std::path::Path| path.metadata().expect("a file").permissions().mode() & 0o777;
    assert_eq!(mode(&directory), 0o700);
    for file in directory.read_dir().expect("files") {
        assert_eq!(mode(&file.expect("a file").path()), 0o600);
    }
    let disk = RealDisk::open(&directory).expect("the lock went with the journal");
    let (journal, recovery) = Journal::open(Arc::new(disk), SEGMENT_LIMIT).expect("a journal");
    assert!(recovery.clean && recovery.damage.is_empty() && recovery.end.segment > 2, "{recovery:?}");
    assert!(replay(&journal.reader(), Position::START).0 == kept);
}

/// While one thread writes and replaces, others see whole frames only.
#[test]
fn readers_see_whole_frames_while_the_writer_works() {
    let directory = tempfile::tempdir().expect("a directory");
    let disk = RealDisk::open(directory.path()).expect("a disk");
    let (mut journal, _) = Journal::open(Arc::new(disk), SEGMENT_LIMIT).expect("a journal");
    let first = append(&mut journal, FrameType::Entry, &[1; 20_000]);
    journal.commit().expect("a commit");
    let reader = journal.reader();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let mut seen = 0;
                while seen < 300 {
                    seen = replay_whole(&reader);
                    let (_, payload) = reader.read(first.0).expect("a frame, old or new");
                    assert!(payload.iter().all(|b| *b == payload[0]), "half a frame");
                }
            });
        }
        for n in 0..300u32 {
            append(&mut journal, FrameType::Entry, &vec![n as u8; 500]);
            journal.commit().expect("a commit");
            journal.overwrite(first.0, FrameType::Bare, &vec![n as u8; 20_000]).expect("an overwrite");
        }
    });
    assert!(matches!(reader.read(reader.end()), Err(ReadFault::Absent(_))));
}

/// Frames after the first, which is being replaced all the time.
fn replay_whole(reader: &idenett::journal::reader::Reader) -> u64 {
    let second = Position { offset: Position::START.offset + 20_009, ..Position::START };
    let mut expected = 0u32;
    let replayed = reader.replay(second, |found| {
        assert!(found.frame.payload.iter().all(|b| *b == expected as u8));
        expected += 1;
        std::ops::ControlFlow::Continue(())
    });
    let replayed = replayed.expect("a replay");
    assert_eq!(replayed.damage, []);
    replayed.frames
}
