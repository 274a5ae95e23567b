//! Stops, power cuts and old copies.

use idenett::library::{SignFault, Writing};
use idenett_protocol::id::Seq;
use idenett_protocol::kind::Kind;
use idenett_protocol::limits::MAX_FACTS_BYTES;
use idenett_protocol::time::Span;
use idenett_tests::sim::node::open;
use idenett_tests::sim::world::{Setup, World};

use super::{begin, counted, counts, four, rest};

fn publish(world: &mut World, node: usize, count: usize) {
    for n in 0..count {
        let writing = world.scribe.case(&format!("nr. {n}"));
        world.publish_now(node, writing);
    }
}

#[test]
fn a_node_restored_from_an_old_copy_waits_for_its_own_head_and_forks_nothing() {
    let mut world = four(71);
    publish(&mut world, 2, 2);
    rest(&mut world);
    world.nodes[2].snapshot = Some(world.nodes[2].disk.copy());
    publish(&mut world, 2, 3);
    rest(&mut world);
    assert!(world.restore(2), "a copy is put in the place of the disk");
    let log = world.nodes[2].log;
    assert_eq!(counted(&world, 2, log), 2);
    assert!(!world.nodes[2].may_sign(), "it does not know what it signed since");
    let writing = world.scribe.case("etterpå");
    world.publish(2, writing);
    assert_eq!(world.nodes[2].outbox.len(), 1, "what is published waits");
    rest(&mut world);
    for node in 0..4 {
        assert_eq!(counted(&world, node, log), 6, "node {node}");
        assert!(world.nodes[node].open_library().ledger(|l| l.logs().get(&log).is_some_and(|l| l.fork().is_none())));
    }
}

#[test]
fn a_node_that_was_away_gets_what_it_missed() {
    let mut world = four(72);
    world.stop(3);
    publish(&mut world, 2, 40);
    world.run_for(Span::from_secs(20));
    world.start(3);
    rest(&mut world);
    assert_eq!(counted(&world, 3, world.nodes[2].log), 40);
}

#[test]
fn what_was_acknowledged_outlives_a_power_cut() {
    let mut world = four(73);
    publish(&mut world, 2, 5);
    world.crash(2);
    rest(&mut world);
    assert_eq!(counted(&world, 0, world.nodes[2].log), 5);
}

#[test]
fn a_record_that_cannot_be_signed_leaves_nothing_behind() {
    let mut world = four(74);
    let library = world.nodes[2].open_library().clone();
    let (key, now) = (world.nodes[2].key.clone(), world.now);
    let large = Writing { kind: Kind::Case, facts: vec![b' '; MAX_FACTS_BYTES + 1], text: Vec::new() };
    let both = vec![world.scribe.case("god"), large];
    assert!(matches!(library.sign(&key, both, now), Err(SignFault::Header(_))));
    let writing = world.scribe.case("den neste");
    let next = world.publish_now(2, writing);
    assert_eq!(next.header().seq, Seq::FIRST);
    drop(library);
    world.crash(2);
    rest(&mut world);
    assert!(counts(&world, 2, next.id()), "what was acknowledged is there after a power cut");
    let (kept, ..) = open(&world.nodes[2].disk.copy());
    assert_eq!(kept.ledger(|l| l.counted(&next.header().log)), Seq::FIRST);
}

#[test]
fn a_clock_set_back_neither_signs_nor_stops_the_exchange() {
    let mut world = four(75);
    publish(&mut world, 2, 1);
    world.nodes[2].clock_ahead = -365 * 86_400_000;
    let writing = world.scribe.case("i fjor");
    let key = world.nodes[2].key.clone();
    assert!(matches!(world.sign(2, &key, writing), Err(SignFault::ClockBehind)));
    let lines = world.standing_lines();
    lines.into_iter().for_each(|line| world.break_line(line));
    publish(&mut world, 0, 3);
    rest(&mut world);
    assert_eq!(counted(&world, 2, world.nodes[0].log), 3);
}

/// The hub is behind both when it comes back: while it takes in what they have, it has nothing for
/// them, and it has what the one wants from the other only a moment later.
#[test]
fn a_hub_that_comes_back_brings_two_leaves_together_in_seconds() {
    let mut slowest = Span::default();
    for seed in 0..12 {
        let ingest = Span::from_millis(400 * (seed % 4 + 1));
        let mut world = begin(Setup { hubs: 1, ingest, ..Setup::small(760 + seed, 4) });
        world.stop(0);
        world.run_for(Span::from_secs(30));
        publish(&mut world, 2, 3);
        publish(&mut world, 3, 200);
        world.start(0);
        let connected = |w: &World| w.nodes[0].sessions.len() == 3;
        world.run_until(Span::from_millis(200), Span::from_secs(300), connected).expect("all dial the hub");
        let took = world.run_until(Span::from_millis(200), Span::from_secs(300), World::is_at_rest);
        slowest = slowest.max(took.expect("rest"));
        world.check_at_rest();
    }
    assert!(slowest < Span::from_secs(15), "{} s", slowest.as_millis() / 1000);
}
