//! Bad input: refused or set aside under its name, counted, and nobody else the worse for it.

use idenett_protocol::frame::FrameType;
use idenett_protocol::id::{EntryId, FederationId, Seq};
use idenett_protocol::limits::{FRAME_HEAD_BYTES, MAX_FAULTS};
use idenett_protocol::message::{Farewell, Message};
use idenett_protocol::time::{Span, Timestamp};
use idenett_protocol::vectors::Range;
use idenett_tests::sim::people::{self, Owner};
use idenett_tests::sim::world::World;

use super::{beside, counted, four, four_and_another, refused, rest, whole};

/// What a puppet sends to node 0, how often it is refused under which name, and whether
/// it may stay.
fn check(seed: u64, spoil: impl Fn(&mut World) -> Vec<(FrameType, Vec<u8>)>, name: &str, stays: bool) {
    let mut world = four_and_another(seed);
    let writing = world.scribe.case("før");
    let before = world.publish_now(2, writing);
    let frames = spoil(&mut world);
    let line = world.puppet(4, 0);
    let (count, had) = (frames.len() as u64, refused(&world, 0, name));
    for (kind, payload) in frames {
        world.say_frame(line, 0, kind, payload);
    }
    world.run_for(Span::from_secs(5));
    assert_eq!(refused(&world, 0, name) - had, count, "{name}: {:?}", world.nodes[0].open_library().counters());
    assert_eq!(world.is_connected(0, 4), stays, "{name}");
    let writing = world.scribe.case("etter");
    let after = world.publish_now(3, writing);
    rest(&mut world);
    for node in 0..4 {
        assert_eq!(counted(&world, node, before.header().log), 1, "{name}: node {node} keeps what was before");
        assert_eq!(counted(&world, node, after.header().log), 1, "{name}: node {node} gets what comes after");
    }
}

fn entry(bytes: Vec<u8>) -> Vec<(FrameType, Vec<u8>)> {
    vec![(FrameType::Entry, bytes); MAX_FAULTS as usize]
}

#[test]
fn an_entry_with_a_changed_bit_is_malformed_and_its_sender_is_cut_off() {
    let spoil = |world: &mut World| {
        let mut bytes = beside(world, 3, |_| {}).bytes().to_vec();
        bytes[300] ^= 1;
        entry(bytes)
    };
    check(11, spoil, "malformed", false);
}

#[test]
fn an_entry_cut_short_is_malformed_and_its_sender_is_cut_off() {
    let spoil = |world: &mut World| {
        let mut bytes = beside(world, 3, |_| {}).bytes().to_vec();
        bytes.truncate(bytes.len() - 1);
        entry(bytes)
    };
    check(12, spoil, "malformed", false);
}

#[test]
fn an_entry_beyond_all_sizes_is_malformed_and_its_sender_is_cut_off() {
    let spoil = |world: &mut World| {
        let mut bytes = beside(world, 3, |_| {}).bytes().to_vec();
        bytes[116..120].copy_from_slice(&u32::MAX.to_be_bytes());
        entry(bytes)
    };
    check(13, spoil, "malformed", false);
}

#[test]
fn bytes_that_are_no_message_are_counted_and_their_sender_is_cut_off() {
    check(14, |_| vec![(FrameType::Pull, vec![1, 2, 3]); 3], "malformed-message", false);
}

#[test]
fn an_entry_of_another_federation_is_refused_and_its_sender_is_cut_off() {
    let foreign = FederationId::from_bytes([9; 32]);
    check(15, |w| entry(beside(w, 3, |d| d.federation = foreign).bytes().to_vec()), "foreign-federation", false);
}

#[test]
fn an_entry_that_is_here_already_is_refused_without_blame() {
    let spoil = |world: &mut World| {
        let writing = world.scribe.case("gjentatt");
        let head = world.publish_now(0, writing);
        let range = Range { log: head.header().log, from: Seq::FIRST, to: Seq::FIRST };
        let (frame, _) = world.nodes[0].open_library().frames(range, 1).expect("a disk");
        entry(frame[FRAME_HEAD_BYTES..].to_vec())
    };
    check(16, spoil, "replayed", true);
}

#[test]
fn an_entry_of_an_unknown_key_is_set_aside_without_blame() {
    let spoil = |world: &mut World| {
        let draft = idenett_protocol::entry::Draft {
            kind: idenett_protocol::kind::Kind::Case,
            federation: world.charters.federation(),
            seq: Seq::FIRST,
            previous: None,
            time: Timestamp::from_millis(1),
            facts: world.scribe.case("fremmed").facts,
            text: Vec::new(),
        };
        let stranger = people::key(17, Owner::Stranger, 0);
        entry(idenett_protocol::entry::Entry::sign(draft, &stranger).expect("an entry").bytes().to_vec())
    };
    check(17, spoil, "unknown-member", true);
}

#[test]
fn an_entry_with_a_gap_before_it_is_set_aside_without_blame() {
    let gap = |world: &mut World| {
        entry(
            beside(world, 3, |d| (d.seq, d.previous) = (Seq::new(9), Some(EntryId::from_bytes([7; 32]))))
                .bytes()
                .to_vec(),
        )
    };
    check(18, gap, "out-of-place", true);
}

#[test]
fn a_second_entry_at_a_place_is_refused_and_becomes_a_proof() {
    let mut world = four(19);
    let rival = beside(&mut world, 2, |_| {});
    let writing = world.scribe.case("den første");
    let first = world.publish_now(2, writing);
    world.model.acknowledged(1, rival.head(), rival.facts());
    world.run_for(Span::from_secs(5));
    let had = refused(&world, 1, "forked");
    let outcomes = world.offer(1, &[whole(&rival)]);
    assert!(outcomes.iter().all(|(_, result)| result.is_err()));
    assert_eq!(refused(&world, 1, "forked") - had, 1);
    // By hand it is only refused; a peer that has the other branch brings the proof.
    let proof = idenett_protocol::fork::ForkProof::new(first, *rival.head()).expect("a proof");
    assert!(world.nodes[1].open_library().record_proof(&proof).expect("a disk"));
    rest(&mut world);
    for node in 0..4 {
        assert_eq!(counted(&world, node, first.header().log), 0, "node {node} counts up to before the fork");
    }
}

#[test]
fn an_entry_dated_a_year_ahead_is_stored_everywhere() {
    let mut world = four(20);
    world.nodes[2].clock_ahead = 365 * 86_400_000;
    let writing = world.scribe.case("fra neste år");
    let head = world.publish_now(2, writing);
    assert!(head.header().time.since(world.now) > Span::from_secs(300 * 86_400));
    rest(&mut world);
    for node in 0..4 {
        assert_eq!(counted(&world, node, head.header().log), 1, "node {node}");
    }
}

#[test]
fn a_peer_of_another_federation_is_told_so() {
    let mut world = four_and_another(21);
    world.nodes[4].heard = Some(Vec::new());
    let line = world.puppet(4, 0);
    world.run_for(Span::from_secs(1));
    assert!(world.is_connected(0, 4));
    let hello = world.heard(4).iter().find_map(|m| if let Message::Hello(h) = m { Some(*h) } else { None });
    let mut hello = hello.expect("a greeting");
    hello.federation = FederationId::from_bytes([9; 32]);
    world.say(line, 0, &Message::Hello(hello));
    world.run_for(Span::from_secs(1));
    assert!(world.heard(4).contains(&Message::Bye(Farewell::ForeignFederation)));
    assert!(!world.is_connected(0, 4));
}
