//! What records do to each other, seen from every node.

use idenett::library::StoredText;
use idenett_protocol::id::{EntryId, LogKey};
use idenett_protocol::things::{Thing, VersionState};
use idenett_protocol::time::Span;
use idenett_tests::sim::world::World;

use super::{counted, four, rest};

fn thing(world: &World, node: usize, id: EntryId) -> Thing {
    world.nodes[node].open_library().ledger(|l| l.thing(&id)).expect("a thing")
}

fn text(world: &World, node: usize, id: EntryId) -> StoredText {
    world.nodes[node].open_library().entry(&id).expect("a disk").expect("an entry").text
}

fn case(world: &mut World, node: usize, title: &str) -> EntryId {
    let writing = world.scribe.case(title);
    world.publish_now(node, writing).id()
}

#[test]
fn a_redacted_text_leaves_every_disk() {
    let mut world = four(31);
    let mark = "merkehemmelig00000001";
    let id = case(&mut world, 2, mark);
    world.model.marks.insert(id, mark.to_owned());
    rest(&mut world);
    assert!(matches!(text(&world, 3, id), StoredText::Here(_)));
    let writing = world.scribe.redaction(id);
    let redaction = world.publish_now(2, writing).id();
    // At rest, every disk is searched for the mark.
    rest(&mut world);
    for node in 0..4 {
        assert_eq!(text(&world, node, id), StoredText::Redacted(redaction), "node {node}");
    }
}

#[test]
fn a_redaction_that_comes_first_keeps_the_text_out() {
    let mut world = four(32);
    let mark = "merkehemmelig00000002";
    // Nobody else gets the case before the data-protection officer has redacted it.
    let key = world.data_protection.clone();
    let log: LogKey = key.log_key();
    world.stop(2);
    world.start(2);
    let library = world.nodes[2].open_library().clone();
    let signer = world.nodes[2].key.clone();
    let now = world.now;
    let writing = world.scribe.case(mark);
    let head = library.sign(&signer, vec![writing], now).expect("a signature")[0];
    world.model.marks.insert(head.id(), mark.to_owned());
    let redaction = world.scribe.redaction(head.id());
    world.sign(0, &key, redaction).expect("a redaction");
    rest(&mut world);
    assert_eq!(counted(&world, 3, log), 1);
    for node in 0..4 {
        assert!(matches!(text(&world, node, head.id()), StoredText::Redacted(_)), "node {node}");
    }
}

#[test]
fn a_stranger_cannot_redact() {
    let mut world = four(33);
    let id = case(&mut world, 2, "står");
    let writing = world.scribe.redaction(id);
    world.publish_now(3, writing);
    world.settle_down(Span::from_secs(60));
    assert!(matches!(text(&world, 1, id), StoredText::Here(_)));
}

#[test]
fn a_successor_may_revise_what_it_took_over() {
    let mut world = four(34);
    let id = case(&mut world, 2, "arvet");
    let revision = world.scribe.revision(id, vec![id], 2, "ført videre");
    world.settle_down(Span::from_secs(60));
    let revised = world.publish_now(3, revision).id();
    rest(&mut world);
    assert_eq!(thing(&world, 1, id).current, id, "without succession it has no effect");
    let succession = world.scribe.succession(world.nodes[2].org, world.nodes[3].org);
    world.registrar_writes(succession).expect("a succession");
    rest(&mut world);
    for node in 0..4 {
        assert_eq!(thing(&world, node, id).current, revised, "node {node}");
    }
}

#[test]
fn concurrent_revisions_are_both_kept_and_the_same_one_is_shown() {
    let mut world = four(35);
    let id = case(&mut world, 2, "felles");
    // After a reform both sides have the right, and write at once.
    let succession = world.scribe.succession(world.nodes[2].org, world.nodes[3].org);
    world.registrar_writes(succession).expect("a succession");
    rest(&mut world);
    let (a, b) = (world.scribe.revision(id, vec![id], 2, "a"), world.scribe.revision(id, vec![id], 2, "b"));
    let (a, b) = (world.publish_now(2, a).id(), world.publish_now(3, b).id());
    rest(&mut world);
    for node in 0..4 {
        let thing = thing(&world, node, id);
        assert_eq!(thing.current, a.max(b), "node {node}");
        let other = thing.versions.iter().find(|(v, _)| v.id == a.min(b)).map(|(_, state)| *state);
        assert_eq!(other, Some(VersionState::Concurrent), "node {node}");
    }
}

#[test]
fn a_co_owner_may_revise_only_after_its_own_confirmation() {
    let mut world = four(36);
    let writing = world.scribe.owned_case("delt", &[world.nodes[3].org]);
    let id = world.publish_now(2, writing).id();
    rest(&mut world);
    let revision = world.scribe.revision(id, vec![id], 2, "medeierens");
    let revised = world.publish_now(3, revision).id();
    rest(&mut world);
    assert_eq!(thing(&world, 1, id).current, id);
    let confirmation = world.scribe.confirmation(id);
    world.publish_now(3, confirmation);
    rest(&mut world);
    for node in 0..4 {
        assert_eq!(thing(&world, node, id).current, revised, "node {node}");
    }
}

#[test]
fn a_withdrawn_case_is_withdrawn_everywhere_and_its_history_stays() {
    let mut world = four(37);
    let id = case(&mut world, 2, "trukket");
    let writing = world.scribe.withdrawal(id);
    let withdrawal = world.publish_now(2, writing).id();
    rest(&mut world);
    for node in 0..4 {
        let thing = thing(&world, node, id);
        assert_eq!(thing.withdrawn, Some(withdrawal), "node {node}");
        assert_eq!(thing.versions.len(), 1, "node {node}");
    }
}
