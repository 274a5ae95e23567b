//! One run from a seed: a world is made, disturbed, left alone, and looked at.

use idenett_protocol::time::Span;

use crate::random::Random;
use crate::sim::liar::Vices;
use crate::sim::line::Delays;
use crate::sim::tally::Tally;
use crate::sim::watch::ErrorWatch;
use crate::sim::world::{Setup, World};

/// How long a world may take to come to rest once it is left alone.
const PATIENCE: Span = Span::from_secs(900);

/// What came of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The number over everything that happened.
    pub trace: u64,
    /// How often what happened.
    pub tally: Tally,
    /// How long it took to come to rest, in simulated time.
    pub rest: Span,
}

/// Runs the world of a seed.
///
/// # Panics
/// If anything is as it must not be.
pub fn run(seed: u64) -> Report {
    let (report, errors) = ErrorWatch::over(|| run_watched(seed));
    assert!(errors.is_empty(), "errors were logged: {errors:?}");
    report
}

fn run_watched(seed: u64) -> Report {
    let mut world = draw(seed);
    let acts = 30 + world.random.below(90);
    for _ in 0..acts {
        let span = Span::from_millis(world.random.below(2_000));
        world.run_for(span);
        match world.random.below(10) {
            0 | 1 => world.mishap(),
            2 if world.random.chance(20) => world.heal(),
            _ => world.live(),
        }
    }
    leave_alone(&mut world);
    let rest = world.settle_down(PATIENCE);
    world.check_at_rest();
    let mut random = world.random.fork();
    if seed.is_multiple_of(4) {
        let honest = (0..world.nodes.len()).find(|n| world.nodes[*n].is_honest());
        honest.into_iter().for_each(|node| world.check_rebuild(node, &mut random));
    }
    Report { trace: world.trace.get(), tally: world.tally, rest }
}

/// A world of five to twelve nodes, now and then of up to fifty.
fn draw(seed: u64) -> World {
    let mut random = Random::new(seed ^ 0x5eed);
    let large = random.chance(2);
    let nodes = if large { 20 + random.index(31) } else { 5 + random.index(8) };
    let delays = Delays {
        least: Span::from_millis(5 + random.below(100)),
        jitter: Span::from_millis(random.below(100)),
        bytes_per_ms: 50 + random.below(5_000),
    };
    let setup = Setup {
        seed,
        nodes,
        hubs: 2 + random.index(2),
        room: nodes + 1 + random.index(3),
        delays,
        ingest: Span::from_millis(random.below(40)),
        proofs: 2,
    };
    let mut world = World::bare(setup);
    let base = world.founding_disk();
    for node in 0..nodes {
        // Some begin with nothing but the charter and get the registry from their peers.
        if node > 0 && random.chance(25) {
            world.start_empty(node);
        } else {
            world.nodes[node].disk = base.copy();
            world.start(node);
        }
    }
    // Only nodes that do not listen lie, so that the honest stay connected.
    for node in setup.hubs..nodes {
        if random.chance(12) {
            world.nodes[node].vices = Vices::drawn(&mut random);
        }
    }
    world
}

/// No more mishaps: power, lines and clocks are as they should be.
fn leave_alone(world: &mut World) {
    world.heal();
    for node in 0..world.nodes.len() {
        // The trouble may have come already, unnoticed until the next write.
        if world.nodes[node].trapped && world.nodes[node].running.is_some() {
            world.crash(node);
        }
    }
}
