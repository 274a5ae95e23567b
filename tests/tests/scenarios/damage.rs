//! A disk that changes what was stored while the node runs.

use idenett::journal::disk::Disk as _;
use idenett_protocol::id::{EntryId, LogKey, Seq};
use idenett_protocol::limits::MAX_FRAME_PAYLOAD;
use idenett_protocol::time::Span;
use idenett_protocol::vectors::Range;
use idenett_tests::sim::world::{Setup, World};

use super::{begin, counted, rest};

/// A hub with three members, and room for a newcomer.
fn one_hub(seed: u64) -> World {
    begin(Setup { room: 5, hubs: 1, ..Setup::small(seed, 4) })
}

/// Flips a bit of an entry wherever it stands on the disk of a node.
fn rot(world: &World, node: usize, log: LogKey, seq: u64) -> EntryId {
    let place = Seq::new(seq);
    let library = world.nodes[node].open_library();
    let (frame, _) = library.frames(Range { log, from: place, to: place }, MAX_FRAME_PAYLOAD).expect("a disk");
    let disk = &world.nodes[node].disk;
    let found = disk.list().expect("names").into_iter().find_map(|name| {
        let at = disk.content(&name)?.windows(frame.len()).position(|w| w == frame)?;
        Some((name, at))
    });
    let (name, at) = found.expect("the frame is on the disk");
    disk.flip(&name, at + frame.len() / 2, 3);
    library.ledger(|l| l.logs().get(&log).and_then(|log| log.at(place))).expect("an entry")
}

fn publish(world: &mut World, node: usize, count: usize) {
    for n in 0..count {
        let writing = world.scribe.case(&format!("nr. {n}"));
        world.publish_now(node, writing);
    }
}

#[test]
fn a_hub_with_a_damaged_entry_serves_the_rest_and_gets_it_again() {
    for (seed, registry) in [(81, false), (82, true)] {
        let mut world = one_hub(seed);
        publish(&mut world, 2, 6);
        publish(&mut world, 3, 6);
        rest(&mut world);
        let log = if registry { world.registrars[0].log_key() } else { world.nodes[2].log };
        // Of those that have it, nobody is there while the newcomer comes.
        for node in 1..4 {
            world.stop(node);
        }
        let id = rot(&world, 0, log, 3);
        world.start_empty(4);
        world.run_for(Span::from_secs(40));
        assert!(world.nodes[0].running.is_some(), "the hub stays up");
        assert_eq!(counted(&world, 4, log), 2, "what stands before the damage is served");
        if !registry {
            assert_eq!(counted(&world, 4, world.nodes[3].log), 6, "other logs are served");
        }
        let hub = world.nodes[0].open_library().clone();
        let open = |hub: &idenett::library::Library| hub.damage().iter().filter(|w| w.open).count();
        assert_eq!((open(&hub), hub.ledger(|l| l.is_damaged(&id))), (1, true));
        let before = hub.ledger(|l| l.frontier().digest());
        for node in 1..4 {
            world.start(node);
        }
        // The newcomer is not admitted, and reads.
        let healed = |w: &World| !w.nodes[0].open_library().ledger(|l| l.is_damaged(&id)) && w.is_at_rest();
        world.run_until(Span::from_secs(1), Span::from_secs(90), healed).expect("it is fetched again");
        world.check_at_rest();
        assert_eq!((open(&hub), hub.damage().len()), (0, 1));
        assert_eq!(hub.ledger(|l| l.frontier().digest()), before, "nothing else has changed");
        let verified = hub.verify(|_| {}).expect("a disk");
        assert_eq!((verified.faults, verified.mended.len()), (Vec::<String>::new(), 1));
        drop(hub);
        // A start that finds the damaged frame and its copy ends in the same replica.
        world.stop(0);
        let (again, _, opening) = idenett_tests::sim::node::open(&world.nodes[0].disk.copy());
        assert_eq!((opening.damage.len(), again.waiting()), (1, 0));
        assert_eq!(again.ledger(|l| l.frontier().digest()), before);
    }
}

#[test]
fn a_node_whose_own_last_entry_is_damaged_goes_on_and_forks_nothing() {
    let mut world = one_hub(83);
    publish(&mut world, 2, 3);
    rest(&mut world);
    let log = world.nodes[2].log;
    let id = rot(&world, 2, log, 3);
    assert!(world.nodes[2].open_library().entry(&id).expect("a disk").is_none(), "it is met");
    publish(&mut world, 2, 1);
    let healed = |w: &World| !w.nodes[2].open_library().ledger(|l| l.is_damaged(&id)) && w.is_at_rest();
    world.run_until(Span::from_secs(1), Span::from_secs(60), healed).expect("it is fetched again");
    world.check_at_rest();
    for node in 0..4 {
        assert_eq!(counted(&world, node, log), 4, "node {node}");
    }
}

#[test]
fn a_damaged_entry_that_is_redacted_comes_back_without_its_text() {
    let mut world = one_hub(84);
    let mark = "merkehemmelig00000084";
    let writing = world.scribe.case(mark);
    let id = world.publish_now(2, writing).id();
    world.model.marks.insert(id, mark.to_owned());
    rest(&mut world);
    rot(&world, 0, world.nodes[2].log, 1);
    assert!(world.nodes[0].open_library().entry(&id).expect("a disk").is_none(), "it is met");
    let writing = world.scribe.redaction(id);
    world.publish_now(2, writing);
    let healed = |w: &World| !w.nodes[0].open_library().ledger(|l| l.is_damaged(&id)) && w.is_at_rest();
    world.run_until(Span::from_secs(1), Span::from_secs(60), healed).expect("it is fetched again");
    // Every disk is searched for the mark.
    world.check_at_rest();
}
