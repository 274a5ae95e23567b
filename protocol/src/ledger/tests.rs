use super::*;
use crate::kind::Kind;
use crate::limits::MAX_LOGS;
use crate::world::{World, headers_of, log, proof};

/// A replica with two members that holds so many logs of others already.
fn crowded(logs: usize) -> World {
    let small = World::found(&[2, 3]);
    let (acts, mut held, things, missing) = {
        let (acts, logs, things, missing) = small.ledger.checkpoint();
        (acts.clone(), logs.clone(), things.clone(), missing.clone())
    };
    for n in held.iter().count()..logs {
        let mut key = [0xff; 32];
        key[..8].copy_from_slice(&(n as u64).to_be_bytes());
        held.push(LogKey::from_bytes(key), EntryId::from_bytes(key)).expect("room");
    }
    World { ledger: Ledger::restore(small.ledger.charters().clone(), (acts, held, things, missing)) }
}

#[test]
fn a_log_too_many_is_refused_before_it_is_durable() {
    let world = crowded(MAX_LOGS - 1);
    let (a, b) = (world.next(2, Kind::Plan, ""), world.next(3, Kind::Plan, ""));
    let mut pending = Pending::default();
    let mut admit = |entry: &Entry| world.ledger.admit(Received::of(entry.clone()), &mut pending).map(|_| ());
    assert_eq!(admit(&a), Ok(()));
    assert_eq!(admit(&b), Err(Refusal::TooManyLogs), "the last place is taken by one that is pending");
    assert_eq!(admit(&world.next(1, Kind::Plan, "")), Ok(()), "a log that is held grows");

    let mut full = crowded(MAX_LOGS);
    assert_eq!(full.take(&a), Err(Refusal::TooManyLogs));
    let (first, second) = headers_of(2, full.ledger.federation(), 1);
    assert_eq!(full.fork(&proof(&first[0], &second[0])), Err(Refusal::TooManyLogs));
    assert_eq!(full.ledger.counted(&log(2)), Seq::ZERO);
}

#[test]
fn what_was_admitted_together_is_applied_together() {
    let mut world = crowded(MAX_LOGS - 1);
    let mut pending = Pending::default();
    let mut admitted = Vec::new();
    let mut head = None;
    for _ in 0..3 {
        let draft = crate::world::draft(world.ledger.federation(), head, Kind::Plan, "");
        let entry = Entry::sign(draft, &crate::world::key(2)).expect("an entry");
        head = Some((entry.seq(), entry.id()));
        admitted.push(world.ledger.admit(Received::of(entry), &mut pending).expect("admitted"));
    }
    for one in admitted {
        assert!(world.ledger.apply(one).entry.is_some());
    }
    assert_eq!(world.ledger.counted(&log(2)), Seq::new(3));
}

#[test]
fn a_fork_from_elsewhere_ends_no_log() {
    let mut world = World::found(&[2]);
    let (first, second) = headers_of(2, world.ledger.federation(), 3);
    world.grow(2, 4);
    let digest = world.ledger.frontier().digest();
    // The headers were signed for a log that begins otherwise.
    assert_eq!(world.fork(&proof(&first[2], &second[2])), Ok(false));
    assert_eq!((world.ledger.counted(&log(2)), world.ledger.frontier().digest()), (Seq::new(4), digest));
    assert_eq!(world.fork(&proof(&first[0], &second[0])), Ok(true));
    assert_eq!(world.ledger.counted(&log(2)), Seq::ZERO);
}
