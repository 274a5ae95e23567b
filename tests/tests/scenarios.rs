//! One behaviour a test, each in a small world of whole nodes.

#[path = "scenarios/damage.rs"]
mod damage;
#[path = "scenarios/input.rs"]
mod input;
#[path = "scenarios/records.rs"]
mod records;
#[path = "scenarios/registry.rs"]
mod registry;
#[path = "scenarios/stops.rs"]
mod stops;

use idenett::library::Offered;
use idenett_protocol::entry::{Draft, Entry};
use idenett_protocol::id::{EntryId, LogKey, Seq};
use idenett_protocol::kind::Kind;
use idenett_protocol::time::Span;
use idenett_tests::sim::world::{Setup, World};

/// A world of four: the registrar's node 0 and node 1 listen, 2 and 3 are members that dial.
fn four(seed: u64) -> World {
    begin(Setup::small(seed, 4))
}

/// Four, and room for a fifth that nobody has admitted.
fn four_and_another(seed: u64) -> World {
    begin(Setup { room: 5, ..Setup::small(seed, 4) })
}

fn begin(setup: Setup) -> World {
    let mut world = World::new(setup);
    rest(&mut world);
    let found = world.run_until(Span::from_secs(1), Span::from_secs(60), |w| w.nodes[..4].iter().all(|n| n.may_sign()));
    assert!(found.is_some(), "some node found no peer");
    world
}

/// Lets everything arrive, and checks all that must hold then.
fn rest(world: &mut World) {
    world.settle_down(Span::from_secs(300));
    world.check_at_rest();
}

/// An entry signed by a node's key for the place after its head, beside the node itself.
fn beside(world: &mut World, node: usize, change: impl FnOnce(&mut Draft)) -> Entry {
    let log = world.nodes[node].log;
    let (held, head) = world.nodes[node]
        .open_library()
        .ledger(|l| l.logs().get(&log).map_or((Seq::ZERO, None), |l| (l.held(), l.head())));
    let mut draft = Draft {
        kind: Kind::Case,
        federation: world.charters.federation(),
        seq: held.next(),
        previous: head,
        time: world.now,
        facts: world.scribe.case("ved siden av").facts,
        text: Vec::new(),
    };
    change(&mut draft);
    Entry::sign(draft, &world.nodes[node].key).expect("an entry")
}

fn whole(entry: &Entry) -> Offered {
    Offered { bytes: entry.bytes().to_vec(), with_text: true }
}

/// How far a log counts on a node.
fn counted(world: &World, node: usize, log: LogKey) -> u64 {
    world.nodes[node].open_library().ledger(|l| l.counted(&log)).get()
}

/// Whether an entry counts on a node.
fn counts(world: &World, node: usize, id: EntryId) -> bool {
    world.nodes[node].open_library().ledger(|l| l.logs().counts(&id, l.registry()))
}

/// How often a node refused something under this name.
fn refused(world: &World, node: usize, name: &str) -> u64 {
    world.nodes[node].open_library().counters().get(name).copied().unwrap_or_default()
}
