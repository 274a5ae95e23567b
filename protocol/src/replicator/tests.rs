use super::*;
use crate::id::CharterHash;
use crate::kind::Kind;
use crate::world::{World, at, headers_of, log, proof};

const OWN: u8 = 2;
const PEER: u8 = 3;
const OTHER: u8 = 4;

/// A replicator with the replica of a small federation, and an hour.
struct Node {
    world: World,
    replicator: Replicator,
    now: Timestamp,
}

impl Node {
    fn new() -> Self {
        Self { world: World::found(&[OWN, PEER, OTHER]), replicator: Replicator::new(log(OWN), 1), now: at(1000) }
    }

    fn handle(&mut self, input: Input) -> Vec<Output> {
        self.replicator.handle(&self.world.ledger, input, self.now)
    }

    fn hear(&mut self, peer: u8, message: Message) -> Vec<Output> {
        self.handle(Input::Received { peer: log(peer), message })
    }

    fn hello(&self) -> Hello {
        let frontier = self.world.ledger.frontier();
        Hello {
            version: SESSION_VERSION,
            federation: self.world.ledger.federation(),
            epoch: frontier.epoch(),
            charter: frontier.charter(),
            time: self.now,
        }
    }

    fn greet(&mut self, peer: u8) -> Vec<Output> {
        self.handle(Input::Connected { peer: log(peer), dialed: None });
        let hello = self.hello();
        self.hear(peer, Message::Hello(hello))
    }
}

fn sent(outputs: &[Output], to: u8) -> Vec<&Message> {
    let to_peer =
        |o| if let &Output::Send { peer, ref message } = o { (peer == log(to)).then_some(message) } else { None };
    outputs.iter().filter_map(to_peer).collect()
}

fn cut(outputs: &[Output]) -> Option<Farewell> {
    outputs.iter().find_map(|o| if let Output::Disconnect { why, .. } = o { Some(*why) } else { None })
}

#[test]
fn a_share_of_the_buckets_is_a_part_of_them() {
    let mask = 0xffff_0000_ffff_0000;
    let part = share(mask, 4, 50);
    assert_eq!(part & !mask, 0);
    assert_eq!(part.count_ones(), 8);
    assert_eq!(share(mask, 1, 3), mask);
}

#[test]
fn a_node_signs_only_when_it_holds_what_all_that_greeted_hold_of_its_log() {
    let mut node = Node::new();
    assert!(!node.replicator.knows_own_head(), "nobody was asked");
    node.greet(PEER);
    node.greet(OTHER);
    assert!(!node.replicator.knows_own_head(), "nobody has said");
    node.hear(PEER, Message::YourHead(None));
    assert!(!node.replicator.knows_own_head(), "one has not said");
    let lost = node.world.next(OWN, Kind::Plan, "");
    node.hear(OTHER, Message::YourHead(Some((Seq::FIRST, lost.id()))));
    assert!(!node.replicator.knows_own_head(), "one holds more than we do");
    node.world.take(&lost).expect("an entry that joins");
    node.handle(Input::Tick);
    assert!(node.replicator.knows_own_head());
    node.hear(PEER, Message::YourHead(Some((Seq::new(9), lost.id()))));
    assert!(node.replicator.knows_own_head(), "stays so until the next start");
}

#[test]
fn a_node_whose_log_was_settled_for_the_other_branch_asks_how_far_that_goes() {
    let mut node = Node::new();
    node.greet(PEER);
    node.greet(OTHER);
    let other_branch = node.world.next(OWN, Kind::Plan, r#""way":2"#);
    let ours = node.world.write(OWN, Kind::Plan, r#""way":1"#);
    for peer in [PEER, OTHER] {
        node.hear(peer, Message::YourHead(Some((Seq::FIRST, ours.id()))));
    }
    assert!(node.replicator.knows_own_head());
    node.world.fork(&proof(ours.head(), other_branch.head())).expect("a proof of ours");
    let settled = format!(r#""log":"{}","seq":1,"id":"{}""#, log(OWN), other_branch.id());
    node.world.write(crate::world::REGISTRAR, Kind::Settlement, &settled);
    let greeted = |outputs: &[Output], peer| sent(outputs, peer).iter().any(|m| matches!(m, Message::Hello(_)));
    let outputs = node.handle(Input::Tick);
    assert!(greeted(&outputs, PEER) && greeted(&outputs, OTHER), "{outputs:?}");
    assert!(!node.replicator.knows_own_head(), "nobody has said how far the other branch goes");
    node.hear(PEER, Message::YourHead(None));
    node.hear(OTHER, Message::YourHead(Some((Seq::FIRST, other_branch.id()))));
    assert!(!node.replicator.knows_own_head(), "one holds more of it than we do");
    node.world.take(&other_branch).expect("the branch that holds");
    node.handle(Input::Tick);
    assert!(node.replicator.knows_own_head());
    let outputs = node.handle(Input::Tick);
    assert!(!greeted(&outputs, PEER), "what is known is not asked");
}

#[test]
fn who_may_not_sign_asks_again_with_every_round() {
    let mut node = Node::new();
    node.greet(PEER);
    node.handle(Input::Tick);
    node.hear(PEER, Message::YourHead(Some((Seq::new(2), EntryId::from_bytes([7; 32])))));
    let mut asked = 0;
    for _ in 0..2 * ANTI_ENTROPY.as_millis() / 1000 {
        node.now = node.now.after(Span::from_secs(1));
        asked += sent(&node.handle(Input::Tick), PEER).iter().filter(|m| matches!(m, Message::Hello(_))).count();
    }
    assert_eq!(asked, 2, "a peer that was ahead when the line began may have settled its copy since");
    node.hear(PEER, Message::YourHead(None));
    assert!(node.replicator.knows_own_head());
}

#[test]
fn a_first_word_that_does_not_fit_ends_the_session() {
    let mut node = Node::new();
    let good = node.hello();
    let rows = [
        (Hello { version: SESSION_VERSION + 1, ..good }, Some(Farewell::Version)),
        (Hello { federation: crate::id::FederationId::from_bytes([7; 32]), ..good }, Some(Farewell::ForeignFederation)),
        (Hello { epoch: 9, charter: CharterHash::from_bytes([7; 32]), ..good }, None),
        (good, None),
    ];
    for (hello, why) in rows {
        node.handle(Input::Connected { peer: log(PEER), dialed: None });
        let outputs = node.hear(PEER, Message::Hello(hello));
        assert_eq!(cut(&outputs), why, "{hello:?}");
        let farewells = sent(&outputs, PEER).into_iter().filter(|m| matches!(m, Message::Bye(_))).count();
        assert_eq!(farewells, usize::from(why.is_some()));
    }
}

#[test]
fn three_faults_end_the_session_and_keep_the_peer_out() {
    let mut node = Node::new();
    node.greet(PEER);
    let faults: Vec<Option<Farewell>> = (0..3).map(|_| cut(&node.hear(PEER, Message::Done))).collect();
    assert_eq!(faults, vec![None, None, Some(Farewell::Misbehaviour)]);
    node.handle(Input::Disconnected { peer: log(PEER) });
    let again = node.handle(Input::Connected { peer: log(PEER), dialed: None });
    assert_eq!(cut(&again), Some(Farewell::Misbehaviour));
    // A jump of the clock is no hour that has passed.
    node.now = node.now.after(BAN_TIME);
    node.handle(Input::Tick);
    assert_eq!(cut(&node.handle(Input::Connected { peer: log(PEER), dialed: None })), Some(Farewell::Misbehaviour));
    for _ in 0..BAN_TIME.as_millis() / 1000 {
        node.now = node.now.after(Span::from_secs(1));
        node.handle(Input::Tick);
    }
    assert_eq!(cut(&node.handle(Input::Connected { peer: log(PEER), dialed: None })), None);
}

#[test]
fn equal_replicas_say_so_and_others_show_their_buckets() {
    let mut node = Node::new();
    node.greet(PEER);
    let digest = node.world.ledger.frontier().digest();
    let rows =
        [(digest, true, 1, true), (crate::id::Digest::from_bytes([7; 32]), true, 1, false), (digest, false, 0, true)];
    for (digest, ask, answers, equal) in rows {
        let outputs = node.hear(PEER, Message::State { digest, registry: Seq::ZERO, ask });
        let answer = sent(&outputs, PEER);
        assert_eq!(answer.len(), answers);
        let is_state = answer.first().is_none_or(|m| matches!(m, Message::State { ask: false, .. }));
        assert_eq!(is_state, equal, "{answer:?}");
    }
}

#[test]
fn what_is_announced_is_fetched_and_announced_further() {
    let mut node = Node::new();
    node.greet(PEER);
    node.greet(OTHER);
    let entry = node.world.next(PEER, Kind::Plan, "");
    let outputs = node.hear(PEER, Message::Announce(vec![*entry.head()]));
    assert_eq!(outputs, vec![Output::Send { peer: log(PEER), message: Message::Fetch(vec![entry.id()]) }]);
    let outputs = node.hear(PEER, Message::Entry(entry.bytes().to_vec(), true));
    assert_eq!(outputs, vec![Output::Ingest { peer: log(PEER), bytes: entry.bytes().to_vec(), with_text: true }]);
    node.world.take(&entry).expect("an entry that joins");
    let outputs = node.handle(Input::Ingested { peer: log(PEER), results: vec![(*entry.head(), Ok(()))] });
    assert_eq!(sent(&outputs, PEER), Vec::<&Message>::new());
    assert_eq!(sent(&outputs, OTHER), vec![&Message::Announce(vec![*entry.head()])]);
}

#[test]
fn headers_lead_to_the_place_where_two_logs_part() {
    let mut node = Node::new();
    node.greet(PEER);
    let (first, second) = headers_of(PEER, node.world.ledger.federation(), 1);
    node.world.write(PEER, Kind::Plan, r#""way":1"#);
    let outputs = node.hear(PEER, Message::Headers(second.clone()));
    assert_eq!(outputs, vec![Output::Prove { peer: log(PEER), header: second[0] }]);
    assert_eq!(node.hear(PEER, Message::Headers(first.clone())), vec![]);
    let known = proof(&first[0], &second[0]);
    let outputs = node.hear(PEER, Message::Fork(Box::new(known.clone())));
    assert_eq!(outputs, vec![Output::RecordFork { peer: log(PEER), proof: Box::new(known) }]);
}
