//! A federation of the size of Norway: 373 nodes on lines of 50 ms. How fast an entry spreads,
//! and what it costs.

use idenett::clock::Watch;
use idenett_protocol::id::EntryId;
use idenett_protocol::time::{Span, Timestamp};
use idenett_tests::figures::Figure;
use idenett_tests::sim::line::Delays;
use idenett_tests::sim::world::{Setup, World};

const NODES: usize = 373;
/// The registrar's node and the counties listen; all others only dial.
const HUBS: usize = 15;
/// Entries of each size.
const ENTRIES: usize = 20;

/// Everyone admitted, connected and equal.
fn federation() -> World {
    let delays = Delays { least: Span::from_millis(50), jitter: Span::from_millis(0), bytes_per_ms: 1_250 };
    let setup = Setup { hubs: HUBS, delays, ..Setup::small(373, NODES) };
    let mut world = World::new(setup);
    world.settle_down(Span::from_secs(60));
    let connected = world.run_until(Span::from_secs(1), Span::from_secs(60), |w| w.nodes.iter().all(|n| n.may_sign()));
    assert!(connected.is_some(), "some node found no peer");
    // The first rounds of comparing are over, and what is measured is the entries.
    world.run_for(Span::from_secs(5));
    world
}

/// When an entry came to be held by 95 of 100 nodes.
fn spread(world: &mut World, id: EntryId, from: Timestamp) -> Span {
    let holds = |world: &World| {
        let held = world.nodes.iter().filter(|n| n.open_library().ledger(|l| l.logs().place(&id).is_some())).count();
        held * 100 >= NODES * 95
    };
    world.run_until(Span::from_millis(10), Span::from_secs(30), holds).expect("an entry that spreads");
    world.now.since(from)
}

fn measure(world: &mut World, size: usize, factor: f64) -> [Figure; 2] {
    let received = |world: &World| world.nodes[HUBS..].iter().map(|n| n.received).sum::<u64>();
    let before = received(world);
    let mut slowest = Span::default();
    for _ in 0..ENTRIES {
        let node = world.random.index(NODES);
        let writing = world.scribe.sized_case(size);
        let from = world.now;
        let id = world.publish_now(node, writing).id();
        slowest = slowest.max(spread(world, id, from));
        world.run_for(Span::from_millis(500));
    }
    world.settle_down(Span::from_secs(30));
    let bytes = (received(world) - before) as f64 / ((NODES - HUBS) * ENTRIES) as f64;
    let what = format!("{size} B entry at 95 % of {NODES} simulated nodes");
    let late = Figure::at_most(&what, slowest.as_millis() as f64 / 1000.0, 2.0, "s", "slowest of all".into());
    let what = format!("{size} B entry, bytes received per node");
    [late, Figure::at_most(&what, bytes / size as f64, factor, "x size", "hubs apart".into())]
}

#[test]
fn an_entry_reaches_all_of_norway_in_time() {
    let watch = Watch::start();
    let mut world = federation();
    let mut figures = measure(&mut world, 4096, 1.5).to_vec();
    figures.extend(measure(&mut world, 500, 3.0));
    world.check_at_rest();
    let wall = watch.elapsed().as_secs_f64();
    figures.push(Figure::at_most("simulating 373 nodes", wall, 120.0, "s", "wall time".into()));
    figures.iter().for_each(Figure::print);
    assert!(figures.iter().all(Figure::holds), "a figure is over its limit");
}
