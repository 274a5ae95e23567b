//! Power cuts and kills at every step of many runs.

use std::sync::Arc;

use idenett::journal::fault::{Fault, OpenFault};
use idenett::journal::position::Position;
use idenett::journal::writer::Journal;
use idenett_protocol::frame::FrameType;
use idenett_tests::random::Random;
use idenett_tests::simdisk::{SimDisk, Trouble};

use super::{Kept, SEGMENT_LIMIT, append, open, payload, replay};

const GROUPS: usize = 12;

/// What a run knows of its journal when the power goes.
#[derive(Default)]
struct Known {
    acknowledged: Vec<Kept>,
    /// Appended, and perhaps written.
    pending: Vec<Kept>,
    /// Which acknowledged frame is being replaced, and by what.
    replaced: Option<(usize, Vec<u8>)>,
}

#[test]
fn a_power_cut_at_any_step_loses_nothing_acknowledged() {
    let (mut points, mut events) = (0, [0; 3]);
    for seed in 0..60 {
        for step in 0.. {
            let disk = SimDisk::new();
            disk.plan(step, Trouble::PowerCut);
            let (known, ended) = run(&disk, seed);
            if ended {
                break;
            }
            let mut random = Random::new(seed << 32 | step);
            disk.power_cut(&mut random);
            cut_again_while_opening(&disk, &mut random);
            check(&disk, known, &format!("seed {seed}, step {step}"));
            let seen = disk.events();
            events = [events[0] + seen.lost_pages, events[1] + seen.torn_pages, events[2] + seen.power_cuts];
            points += 1;
        }
    }
    assert!(points > 2_000, "only {points} power cuts");
    assert!(events[0] > 1_000 && events[1] > 100 && events[2] > points, "{events:?}");
}

#[test]
fn a_kill_at_any_step_loses_nothing_acknowledged() {
    for seed in 100..110 {
        for step in 0.. {
            let disk = SimDisk::new();
            disk.plan(step, Trouble::PowerCut);
            let (known, ended) = run(&disk, seed);
            if ended {
                break;
            }
            disk.kill();
            check(&disk, known, &format!("seed {seed}, step {step}"));
        }
    }
}

/// A failed sync loses pages that the system goes on showing. What the next start keeps must
/// be on the disk for all that, as the power cut after it shows.
#[test]
fn a_failed_sync_at_any_step_loses_nothing_acknowledged() {
    let mut failed = 0;
    for seed in 200..220 {
        for step in 0..90 {
            let disk = SimDisk::new();
            disk.plan(step, Trouble::FailedSync);
            let (known, ended) = run(&disk, seed);
            if ended {
                continue;
            }
            failed += disk.events().failed_syncs;
            disk.kill();
            let (mut journal, recovery) = open(&disk);
            if let Some(position) = recovery.overwriting {
                let (_, padded) = journal.reader().read(position).expect("a frame");
                journal.overwrite(position, FrameType::Bare, &padded).expect("an overwrite");
            }
            let (shown, _) = replay(&journal.reader(), Position::START);
            drop(journal);
            disk.power_cut(&mut Random::new(step));
            let (journal, _) = open(&disk);
            assert!(replay(&journal.reader(), Position::START).0 == shown, "seed {seed}, step {step}");
            drop(journal);
            check(&disk, known, &format!("seed {seed}, step {step}"));
        }
    }
    assert!(failed > 200, "only {failed} failed syncs");
}

/// Goes on until the disk fails; tells whether it came to the end.
fn run(disk: &SimDisk, seed: u64) -> (Known, bool) {
    let mut random = Random::new(seed);
    let mut known = Known::default();
    let ended = go(disk, &mut random, &mut known).is_some();
    (known, ended)
}

fn go(disk: &SimDisk, random: &mut Random, known: &mut Known) -> Option<()> {
    let mut journal = reopen(disk)?;
    for _ in 0..GROUPS {
        for _ in 0..=random.index(4) {
            known.pending.push(append_if(&mut journal, FrameType::Entry, &payload(random))?);
        }
        commit(&mut journal, known)?;
        journal.set_heads(random.bytes32());
        if random.chance(30) {
            replace(&mut journal, random, known)?;
        }
        if random.chance(10) {
            fails(journal.close())?;
            journal = reopen(disk)?;
        }
    }
    fails(journal.close())
}

/// Replaces a frame as a redaction does: what must survive is committed first.
fn replace(journal: &mut Journal, random: &mut Random, known: &mut Known) -> Option<()> {
    let index = random.index(known.acknowledged.len());
    let (position, _, old) = known.acknowledged[index].clone();
    let short = &old[..random.index(old.len() + 1)];
    known.pending.push(append_if(journal, FrameType::Bare, short)?);
    commit(journal, known)?;
    let mut padded = short.to_vec();
    padded.resize(old.len(), 0);
    known.replaced = Some((index, padded.clone()));
    fails(journal.overwrite(position, FrameType::Bare, short))?;
    known.acknowledged[index] = (position, FrameType::Bare, padded);
    known.replaced = None;
    Some(())
}

fn reopen(disk: &SimDisk) -> Option<Journal> {
    match Journal::open(Arc::new(disk.clone()), SEGMENT_LIMIT) {
        Ok((journal, recovery)) => {
            assert!(recovery.clean && recovery.damage.is_empty(), "{recovery:?}");
            Some(journal)
        }
        Err(OpenFault::Io { .. }) => None,
        Err(other) => panic!("{other}"),
    }
}

fn append_if(journal: &mut Journal, kind: FrameType, payload: &[u8]) -> Option<Kept> {
    match journal.append(kind, payload) {
        Ok(position) => Some((position, kind, payload.to_vec())),
        // A mark could not be written after the group before was acknowledged.
        Err(Fault::Poisoned) => None,
        Err(other) => panic!("{other}"),
    }
}

fn commit(journal: &mut Journal, known: &mut Known) -> Option<()> {
    fails(journal.commit())?;
    known.acknowledged.append(&mut known.pending);
    Some(())
}

fn fails(result: Result<(), Fault>) -> Option<()> {
    match result {
        Ok(()) => Some(()),
        Err(Fault::Io { .. } | Fault::Poisoned) => None,
        Err(other) => panic!("{other}"),
    }
}

fn cut_again_while_opening(disk: &SimDisk, random: &mut Random) {
    while random.chance(30) {
        disk.plan(disk.steps() + random.below(6), Trouble::PowerCut);
        drop(Journal::open(Arc::new(disk.clone()), SEGMENT_LIMIT));
        disk.power_cut(random);
    }
}

/// Everything acknowledged is there, in order; of the rest at most whole frames, in order.
/// Then the journal goes on as if nothing had been.
fn check(disk: &SimDisk, mut known: Known, context: &str) {
    let (mut journal, recovery) = open(disk);
    let (found, replayed) = replay(&journal.reader(), Position::START);
    if let Some((index, padded)) = known.replaced.take() {
        let (position, _, old) = &known.acknowledged[index];
        let position = *position;
        if recovery.overwriting.is_some() {
            assert_eq!(recovery.overwriting, Some(position), "{context}");
            assert!(replayed.damage.iter().all(|d| d.position == position), "{context}: {:?}", replayed.damage);
        } else {
            let untouched = found.iter().any(|(at, kind, payload)| {
                *at == position && (payload == old || (*kind, payload) == (FrameType::Bare, &padded))
            });
            assert!(untouched && replayed.damage.is_empty(), "{context}: an overwrite that nobody knows of");
        }
        let short = padded.iter().rposition(|b| *b != 0).map_or(0, |last| last + 1);
        journal.overwrite(position, FrameType::Bare, &padded[..short]).expect(context);
        known.acknowledged[index] = (position, FrameType::Bare, padded);
    } else {
        assert!(replayed.damage.is_empty() && recovery.damage.is_empty(), "{context}: {replayed:?} {recovery:?}");
        assert_prefix(&found, &known, context);
    }
    let mut random = Random::new(99);
    let more = append(&mut journal, FrameType::Local, &payload(&mut random));
    journal.commit().expect(context);
    journal.close().expect(context);

    let (journal, recovery) = open(disk);
    assert!(recovery.clean && recovery.damage.is_empty(), "{context}: {recovery:?}");
    let (mut found, replayed) = replay(&journal.reader(), Position::START);
    assert_eq!(replayed.damage, [], "{context}");
    assert!(found.pop() == Some(more), "{context}: the new frame is not the last");
    assert_prefix(&found, &known, context);
}

fn assert_prefix(found: &[Kept], known: &Known, context: &str) {
    let (sure, rest) = found.split_at_checked(known.acknowledged.len()).expect(context);
    assert!(sure == known.acknowledged, "{context}: an acknowledged frame is missing or changed");
    assert!(known.pending.starts_with(rest), "{context}: a frame that nobody wrote");
}
