//! What it costs two replicas to find out what one of them lacks, with as many logs as Norway
//! has organisations and a million entries.

use std::collections::{BTreeMap, VecDeque};

use idenett::clock::Watch;
use idenett_protocol::charter::{Charter, CharterChain, Reading, Terms};
use idenett_protocol::entry::{Draft, Entry};
use idenett_protocol::exchange::{Input, Output};
use idenett_protocol::id::{EntryId, LogKey, Seq};
use idenett_protocol::key::SecretKey;
use idenett_protocol::kind::Kind;
use idenett_protocol::ledger::{Ledger, Pending, Received};
use idenett_protocol::limits::FRAME_HEAD_BYTES;
use idenett_protocol::message::Message;
use idenett_protocol::replicator::Replicator;
use idenett_protocol::time::Timestamp;
use idenett_tests::figures::Figure;
use idenett_tests::random::Random;
use idenett_tests::sim::people::{self, Owner};
use idenett_tests::sim::records::Scribe;

const LOGS: usize = 373;
const ENTRIES: usize = 1_000_000;
const MISSING: [usize; 4] = [1, 100, 10_000, 100_000];
const SEED: u64 = 1_000_000;
const NOW: Timestamp = Timestamp::from_millis(1_795_219_200_000);

fn founding() -> Ledger {
    let registrar = people::key(SEED, Owner::Registrar, 0);
    let terms = Terms {
        salt: "5a".repeat(16),
        epoch: 1,
        previous: None,
        name: "Prøveforbundet".into(),
        reading: Reading::Open,
        registrar: registrar.log_key(),
        former_registrar: None,
        data_protection: None,
        recovery: vec![],
        threshold: 0,
        bootstrap: vec![],
    };
    let charter = Charter::sign(&terms, &[&registrar]).expect("a charter");
    let mut ledger = Ledger::new(CharterChain::found(charter).expect("a chain"));
    let mut scribe = Scribe::new(Random::new(SEED));
    let mut head = None;
    for n in 0..LOGS {
        let key = people::key(SEED, Owner::Node, n).log_key();
        let facts = scribe.admission(people::org(n), key).facts;
        let entry = sign(&ledger, &registrar, (n + 1, head), Kind::Admission, facts);
        head = Some(entry.id());
        join(&mut ledger, entry);
    }
    ledger
}

fn sign(
    ledger: &Ledger,
    key: &SecretKey,
    (place, previous): (usize, Option<EntryId>),
    kind: Kind,
    facts: Vec<u8>,
) -> Entry {
    let federation = ledger.federation();
    let draft = Draft { kind, federation, seq: Seq::new(place as u64), previous, time: NOW, facts, text: Vec::new() };
    Entry::sign(draft, key).expect("an entry")
}

fn join(ledger: &mut Ledger, entry: Entry) {
    let admitted = ledger.admit(Received::of(entry), &mut Pending::default()).expect("an entry that fits");
    ledger.apply(admitted);
}

/// All entries, by turns from every log, as they would come over the years. Comparing replicas
/// looks at places and ids and at no signature, so that one signature serves for all of them.
fn all_entries(ledger: &Ledger) -> VecDeque<Entry> {
    let facts = b"{\"salt\":\"00000000000000000000000000000000\"}".to_vec();
    let keys: Vec<LogKey> = (0..LOGS).map(|n| people::key(SEED, Owner::Node, n).log_key()).collect();
    let pattern = sign(ledger, &people::key(SEED, Owner::Node, 0), (1, None), Kind::Climate, facts).bytes().to_vec();
    let mut heads: Vec<Option<EntryId>> = vec![None; LOGS];
    let entries = (0..ENTRIES).map(|n| {
        let (turn, log) = (n / LOGS, n % LOGS);
        let mut bytes = pattern.clone();
        bytes[36..68].copy_from_slice(keys[log].as_bytes());
        bytes[68..76].copy_from_slice(&(turn as u64 + 1).to_be_bytes());
        bytes[76..108].copy_from_slice(heads[log].map_or([0; 32], |id| *id.as_bytes()).as_slice());
        let entry = Entry::recall(bytes.clone(), true).expect("an entry");
        heads[log] = Some(entry.id());
        entry
    });
    entries.collect()
}

/// One end of a session: a replica and its replicator, without a disk.
struct Side {
    ledger: Ledger,
    replicator: Replicator,
    peer: LogKey,
}

/// What a session between two replicas took.
#[derive(Debug, Default)]
struct Cost {
    /// Bytes of all frames but entries, both ways.
    control: usize,
    /// The largest payload that said whether there is a difference.
    states: usize,
    /// Journeys of a message from the pull to the first entry.
    journeys: u32,
    /// Entries that were brought.
    entries: usize,
}

impl Side {
    fn new(ledger: Ledger, own: usize, peer: usize) -> Self {
        let key = |n| people::key(SEED, Owner::Node, n).log_key();
        Self { ledger, replicator: Replicator::new(key(own), 1), peer: key(peer) }
    }

    /// Takes an input, and what follows from it at once, and gives what is to be said.
    fn take(&mut self, input: Input, entries: &BTreeMap<EntryId, Entry>) -> Vec<Message> {
        let mut said = Vec::new();
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            self.ledger.refresh();
            for output in self.replicator.handle(&self.ledger, input, NOW) {
                inputs.extend(self.carry_out(output, entries, &mut said));
            }
        }
        said
    }

    /// Carries one output out; gives the input that follows from it.
    #[expect(clippy::wildcard_enum_match_arm, reason = "whatever else comes fails the test")]
    fn carry_out(
        &mut self,
        output: Output,
        entries: &BTreeMap<EntryId, Entry>,
        said: &mut Vec<Message>,
    ) -> Option<Input> {
        let peer = self.peer;
        match output {
            Output::Send { message, .. } => said.push(message),
            Output::Serve { range, .. } => {
                let mut at = range.from;
                while at <= range.to {
                    let id = self.ledger.logs().get(&range.log).and_then(|log| log.at(at)).expect("a served entry");
                    said.push(Message::Entry(entries[&id].bytes().to_vec(), true));
                    at = at.next();
                }
                return Some(Input::Room { peer });
            }
            Output::Ingest { bytes, .. } => {
                let entry = Entry::recall(bytes.clone(), true).expect("an entry");
                let head = *entry.head();
                join(&mut self.ledger, entry);
                return Some(Input::Ingested { peer, results: vec![(head, Ok(()))] });
            }
            other => panic!("not expected here: {other:?}"),
        }
        None
    }
}

/// Connects two replicas and lets them talk until both are silent.
#[expect(clippy::wildcard_enum_match_arm, reason = "all other messages are control traffic")]
fn talk(full: Side, behind: Side, entries: &BTreeMap<EntryId, Entry>) -> (Cost, Side, Side) {
    let mut sides = [full, behind];
    let mut cost = Cost::default();
    let mut ways: [VecDeque<Message>; 2] = [VecDeque::new(), VecDeque::new()];
    for n in 0..2 {
        // The one that is behind dialed.
        let dialed = (n == 1).then(|| "/memory/1".to_owned());
        let peer = sides[n].peer;
        let said = sides[n].take(Input::Connected { peer, dialed }, entries);
        ways[1 - n].extend(said);
    }
    let (mut journey, mut pulled) = (0_u32, None);
    while ways.iter().any(|way| !way.is_empty()) {
        journey += 1;
        let arriving: Vec<VecDeque<Message>> = ways.iter_mut().map(std::mem::take).collect();
        for (n, messages) in arriving.into_iter().enumerate() {
            for message in messages {
                let payload = message.write().1.len();
                match &message {
                    Message::Entry(..) => {
                        cost.entries += 1;
                        if let Some(since) = pulled.filter(|_| cost.journeys == 0) {
                            cost.journeys = journey - since;
                        }
                    }
                    // The greeting belongs to the line, not to what is missing.
                    Message::Hello(_) | Message::YourHead(_) => {}
                    Message::State { .. } => {
                        cost.states = cost.states.max(payload);
                        cost.control += payload + FRAME_HEAD_BYTES;
                    }
                    other => {
                        // It was sent one journey before it arrives.
                        if matches!(other, Message::Pull(_)) {
                            pulled = pulled.or(Some(journey - 1));
                        }
                        cost.control += payload + FRAME_HEAD_BYTES;
                    }
                }
                let peer = sides[n].peer;
                let said = sides[n].take(Input::Received { peer, message }, entries);
                ways[1 - n].extend(said);
            }
        }
    }
    let [full, behind] = sides;
    (cost, full, behind)
}

#[test]
fn a_replica_of_a_million_entries_catches_up_with_little_talk() {
    let watch = Watch::start();
    let mut ledger = founding();
    let mut entries = all_entries(&ledger);
    let (mut behind, mut served) = (Vec::new(), BTreeMap::new());
    for missing in MISSING.into_iter().rev() {
        for entry in entries.drain(..entries.len() - missing) {
            // Only the last of them are served.
            if !behind.is_empty() {
                served.insert(entry.id(), entry.clone());
            }
            join(&mut ledger, entry);
        }
        behind.push((missing, ledger.clone()));
    }
    for entry in entries {
        served.insert(entry.id(), entry.clone());
        join(&mut ledger, entry);
    }
    let mut figures = Vec::new();
    let mut full = Side::new(ledger, 0, 1);
    for (missing, ledger) in behind.into_iter().rev() {
        let (cost, side, after) = talk(full, Side::new(ledger, 1, 0), &served);
        assert_eq!(cost.entries, missing, "what was missing came, and nothing else");
        assert_eq!(after.ledger.frontier().digest(), side.ledger.frontier().digest());
        let what = format!("control bytes for {missing} missing of {ENTRIES}");
        figures.push(Figure::at_most(&what, cost.control as f64, 8_000.0, "B", "both ways".into()));
        let what = format!("journeys from pull to first entry, {missing} missing");
        figures.push(Figure::at_most(&what, f64::from(cost.journeys), 2.0, "journeys", "a round trip is two".into()));
        if missing == MISSING[0] {
            let again = Side::new(side.ledger.clone(), 1, 0);
            let (equal, ..) = talk(Side::new(side.ledger.clone(), 0, 1), again, &served);
            assert_eq!(equal.entries, 0);
            figures.push(Figure::at_most(
                "payload by which equal replicas find out",
                equal.states as f64,
                64.0,
                "B",
                "each way".into(),
            ));
            let framed = (64 + FRAME_HEAD_BYTES) * 2;
            assert!(equal.control <= framed, "equal replicas say nothing else: {equal:?}");
        }
        full = Side::new(side.ledger, 0, 1);
    }
    figures.push(Figure::at_most("measuring it", watch.elapsed().as_secs_f64(), 180.0, "s", "wall time".into()));
    figures.iter().for_each(Figure::print);
    assert!(figures.iter().all(Figure::holds), "a figure is over its limit");
}
