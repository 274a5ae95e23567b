use super::*;
use crate::id::EntryId;
use crate::kind::Kind;
use crate::message::{LOG_TAG_BYTES, LogTag};
use crate::world::{World, draft, headers_of, key, log, proof};

fn seq(n: u64) -> Seq {
    Seq::new(n)
}

/// What `theirs` would be sent by `ours` after a pull of everything.
fn answer(ours: &World, theirs: &World, width: Width) -> Comparison {
    compare(&ours.ledger, &pull(theirs.ledger.frontier(), u64::MAX, width))
}

#[test]
fn equal_replicas_differ_in_no_bucket_and_owe_nothing() {
    let (a, b) = (World::found(&[2, 3]), World::found(&[2, 3]));
    assert_eq!(differing(a.ledger.frontier(), &bucket_tags(b.ledger.frontier())), 0);
    for width in [Width::Short, Width::Whole] {
        assert_eq!(answer(&a, &b, width), Comparison::default());
    }
}

#[test]
fn each_side_owes_what_it_holds_more_of() {
    let (mut a, mut b) = (World::found(&[2, 3]), World::found(&[2, 3]));
    a.grow(2, 5);
    b.grow(2, 2);
    b.grow(3, 1);
    let mask = differing(a.ledger.frontier(), &bucket_tags(b.ledger.frontier()));
    assert_eq!(mask, bit(bucket_of(&log(2))) | bit(bucket_of(&log(3))));
    let from_a = answer(&a, &b, Width::Short);
    assert_eq!(from_a.ranges, vec![Range { log: log(2), from: seq(3), to: seq(5) }]);
    assert_eq!(from_a.wants, vec![(log_tag(&log(3)), seq(1))]);
    let from_b = answer(&b, &a, Width::Short);
    assert_eq!(from_b.ranges, vec![Range { log: log(3), from: seq(1), to: seq(1) }]);
    assert_eq!(from_b.wants, vec![(log_tag(&log(2)), seq(3))]);
    assert_eq!(answer_want(&a.ledger, &from_b.wants).ranges, from_a.ranges);
    let none = answer_want(
        &a.ledger,
        &[(log_tag(&log(2)), Seq::ZERO), (log_tag(&log(2)), seq(6)), ([7; LOG_TAG_BYTES], seq(1))],
    );
    assert_eq!(none, Comparison::default());
}

#[test]
fn the_registrars_log_goes_first_to_one_that_knows_nobody() {
    let (mut a, b) = (World::found(&[2, 3]), World { ledger: crate::ledger::Ledger::new(crate::world::chain()) });
    a.grow(2, 1);
    a.grow(3, 1);
    let ranges = answer(&a, &b, Width::Short).ranges;
    assert_eq!((ranges.len(), ranges[0]), (3, Range { log: log(1), from: seq(1), to: seq(2) }));
    let wants: Vec<LogTag> = answer(&b, &a, Width::Short).wants.into_iter().map(|(tag, _)| tag).collect();
    assert_eq!(wants.len(), 3);
    assert!([1, 2, 3].iter().all(|n| wants.contains(&log_tag(&log(*n)))));
}

#[test]
fn only_the_buckets_in_question_are_looked_at() {
    let (mut a, b) = (World::found(&[2, 3]), World::found(&[2, 3]));
    assert_ne!(bucket_of(&log(2)), bucket_of(&log(3)));
    a.grow(2, 1);
    a.grow(3, 1);
    let asked = pull(b.ledger.frontier(), bit(bucket_of(&log(3))), Width::Short);
    assert_eq!(compare(&a.ledger, &asked).ranges, vec![Range { log: log(3), from: seq(1), to: seq(1) }]);
}

#[test]
fn different_entries_at_a_counted_place_raise_a_suspicion() {
    let (mut a, mut b) = (World::found(&[2]), World::found(&[2]));
    a.write(2, Kind::Plan, r#""way":1"#);
    b.write(2, Kind::Plan, r#""way":2"#);
    for world in [&mut a, &mut b] {
        world.grow(2, 2);
    }
    let found = answer(&a, &b, Width::Short);
    assert_eq!((found.suspects, found.ranges, found.wants), (vec![(log(2), seq(3))], vec![], vec![]));
}

#[test]
fn a_proof_goes_to_those_who_lack_it() {
    let (mut a, mut b) = (World::found(&[2]), World::found(&[2]));
    let (first, second) = headers_of(2, a.ledger.federation(), 1);
    assert_eq!(a.fork(&proof(&first[0], &second[0])), Ok(true));
    assert_eq!(answer(&a, &b, Width::Short).forks, vec![proof(&first[0], &second[0])]);
    let wants = answer(&b, &a, Width::Short).wants;
    assert_eq!(wants, vec![(log_tag(&log(2)), seq(1))]);
    assert_eq!(answer_want(&a.ledger, &wants).forks.len(), 1);
    assert_eq!(b.fork(&proof(&first[0], &second[0])), Ok(true));
    assert_eq!(answer(&a, &b, Width::Short), Comparison::default());
    let third =
        crate::entry::Entry::sign(draft(a.ledger.federation(), None, Kind::Need, ""), &key(2)).expect("an entry");
    let smaller = proof(&first[0], third.head()).merge(proof(&first[0], &second[0]));
    let ids: [EntryId; 2] = smaller.ids();
    let news = ids != proof(&first[0], &second[0]).ids();
    assert_eq!(a.fork(&smaller), Ok(news));
    assert_eq!(answer(&a, &b, Width::Whole).forks.len(), usize::from(news));
}
