//! What the registrar and the charter decide.

use idenett_protocol::charter::{LogEnd, Terms};
use idenett_protocol::header::SignedHeader;
use idenett_protocol::id::{EntryId, LogKey, Seq};
use idenett_protocol::time::Span;
use idenett_tests::sim::people::{self, Owner};
use idenett_tests::sim::world::World;

use super::{beside, counted, counts, four, four_and_another, rest, whole};

/// Node 2 signs twice for its first place; the second entry comes in at node 1.
fn forked(seed: u64) -> (World, SignedHeader, SignedHeader) {
    let mut world = four(seed);
    let rival = beside(&mut world, 2, |_| {});
    let writing = world.scribe.case("den ene");
    let first = world.publish_now(2, writing);
    assert!(world.offer(1, &[whole(&rival)]).iter().all(|(_, result)| result.is_ok()));
    world.model.acknowledged(1, rival.head(), rival.facts());
    rest(&mut world);
    (world, first, *rival.head())
}

fn check_settled(seed: u64, choose: impl Fn(EntryId, EntryId) -> EntryId) {
    let (mut world, first, second) = forked(seed);
    let log = first.header().log;
    for node in 0..4 {
        assert_eq!(counted(&world, node, log), 0, "node {node} counts up to before the fork");
    }
    let branch = choose(first.id(), second.id());
    world.settle(log, Seq::FIRST, branch).expect("a settlement");
    rest(&mut world);
    for node in 0..4 {
        assert!(counts(&world, node, branch), "node {node} follows the branch that was settled");
    }
    // The log goes on from there.
    let writing = world.scribe.case("videre");
    let next = world.publish_now(2, writing);
    rest(&mut world);
    assert_eq!(next.header().previous, Some(branch));
    assert!(counts(&world, 3, next.id()));
}

#[test]
fn a_fork_is_settled_for_the_branch_of_its_own_node() {
    check_settled(51, |first, _| first);
}

#[test]
fn a_fork_is_settled_for_the_other_branch() {
    check_settled(52, |_, second| second);
}

#[test]
fn a_log_ends_where_the_registrar_says() {
    let mut world = four(53);
    let writing = world.scribe.case("siste");
    let last = world.publish_now(2, writing);
    rest(&mut world);
    let log = last.header().log;
    world.revoke(log).expect("a revocation");
    rest(&mut world);
    let writing = world.scribe.case("for sent");
    let key = world.nodes[2].key.clone();
    assert!(world.sign(2, &key, writing).is_err());
    for node in 0..4 {
        assert_eq!(counted(&world, node, log), 1, "node {node} keeps what came before the end");
    }
}

#[test]
fn a_member_admitted_late_is_heard_everywhere() {
    let mut world = four_and_another(54);
    world.start_empty(4);
    let writing = world.scribe.case("fra en ny");
    world.publish(4, writing);
    world.run_for(Span::from_secs(30));
    let log = world.nodes[4].log;
    assert_eq!(counted(&world, 0, log), 0);
    world.admit(4).expect("an admission");
    rest(&mut world);
    for node in 0..5 {
        assert_eq!(counted(&world, node, log), 1, "node {node}");
    }
}

#[test]
fn an_entry_that_overtakes_its_admission_is_not_lost() {
    let mut world = four_and_another(55);
    world.start_empty(4);
    rest(&mut world);
    // Node 1 is cut off while the newcomer is admitted and writes, and hears the newcomer first.
    world.nodes[1].side = 1;
    for line in world.standing_lines() {
        if world.ends_of(line).contains(&1) {
            world.break_line(line);
        }
    }
    world.run_for(Span::from_secs(25));
    world.admit(4).expect("an admission");
    let writing = world.scribe.case("først");
    world.publish(4, writing);
    world.run_for(Span::from_secs(30));
    let log = world.nodes[4].log;
    let frames = idenett_tests::sim::check::counted_entries(world.nodes[4].open_library());
    let own: Vec<_> = frames.into_iter().filter(|o| o.bytes[36..68] == *log.as_bytes()).collect();
    assert!(world.offer(1, &own).iter().all(|(_, result)| result.is_err()), "its key is not known yet");
    world.heal();
    rest(&mut world);
    assert_eq!(counted(&world, 1, log), 1);
}

/// The registrar's key signs twice for one place; the second entry comes in at node 1.
fn registrar_forked(seed: u64) -> (World, LogKey, SignedHeader) {
    let mut world = four(seed);
    let key = world.registrars[0].clone();
    let log = key.log_key();
    let (held, head) =
        world.nodes[0].open_library().ledger(|l| l.logs().get(&log).map(|l| (l.held(), l.head()))).expect("a log");
    let rival = world.scribe.reference("b");
    let writing = world.scribe.reference("a");
    let draft = idenett_protocol::entry::Draft {
        kind: rival.kind,
        federation: world.charters.federation(),
        seq: held.next(),
        previous: head,
        time: world.now,
        facts: rival.facts,
        text: Vec::new(),
    };
    let rival = idenett_protocol::entry::Entry::sign(draft, &key).expect("an entry");
    let first = world.registrar_writes(writing).expect("a reference");
    assert!(world.offer(1, &[whole(&rival)]).iter().all(|(_, result)| result.is_ok()));
    world.model.acknowledged(1, rival.head(), rival.facts());
    rest(&mut world);
    (world, log, first)
}

#[test]
fn a_fork_of_the_registrar_stops_its_log_and_no_settlement_of_its_own_helps() {
    let (mut world, log, first) = registrar_forked(56);
    for node in 0..4 {
        assert_eq!(counted(&world, node, log), 4, "node {node} counts the admissions and no more");
    }
    let settlement = world.scribe.settlement(log, first.header().seq, first.id());
    let key = world.registrars[0].clone();
    assert!(world.sign(0, &key, settlement).is_err());
    rest(&mut world);
    assert_eq!(counted(&world, 3, log), 4);
}

#[test]
fn a_charter_ends_the_forked_log_and_a_new_registrar_goes_on() {
    let (mut world, log, first) = registrar_forked(57);
    let after = people::key(57, Owner::Registrar, 1);
    let end = LogEnd { key: log, seq: first.header().seq, id: Some(first.id()) };
    let terms = Terms { registrar: after.log_key(), former_registrar: Some(end), ..world.next_terms() };
    let before = world.registrars[0].clone();
    world.proclaim(0, &terms, &[&before]);
    world.registrars.push(after.clone());
    world.model.log(log).settled.insert(first.header().seq, first.id());
    rest(&mut world);
    for node in 0..4 {
        assert!(counts(&world, node, first.id()), "node {node} follows the branch that the charter names");
    }
    let writing = world.scribe.reference("c");
    let next = world.sign(0, &after, writing).expect("a reference");
    rest(&mut world);
    assert!(counts(&world, 3, next.id()));
}

#[test]
fn rival_charters_end_alike_everywhere() {
    let mut world = four(58);
    world.rival_charters(1);
    rest(&mut world);
    let current = |n: usize| {
        world.nodes[n].open_library().ledger(|l| (l.charters().current().map(|c| c.hash()), l.charters().has_rivals()))
    };
    for node in 0..4 {
        assert_eq!(current(node), (world.charters.current().map(|c| c.hash()), true), "node {node}");
    }
}

#[test]
fn rival_charters_reach_a_node_that_knows_a_longer_chain() {
    let mut world = four(59);
    // Both sides of a partition go on with a charter of their own; one side does so twice.
    for node in [0, 2] {
        world.nodes[node].side = 1;
    }
    for line in world.standing_lines() {
        let [a, b] = world.ends_of(line);
        if world.nodes[a].side != world.nodes[b].side {
            world.break_line(line);
        }
    }
    world.run_for(Span::from_secs(30));
    world.rival_charters(1);
    world.update_charter("En til");
    world.run_for(Span::from_secs(30));
    world.heal();
    rest(&mut world);
    let hash = |n: usize| world.nodes[n].open_library().ledger(|l| l.charters().current().map(|c| c.hash()));
    assert!((1..4).all(|n| hash(n) == hash(0)));
}
