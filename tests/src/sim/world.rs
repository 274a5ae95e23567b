//! A simulated federation: a queue of what happens, by simulated time, and the nodes to which it
//! happens.

use std::collections::{BTreeMap, BTreeSet};

use idenett::driver::{Action, Event};
use idenett::library::{LibraryFault, Offered, Outcome, SignFault, Writing};
use idenett_protocol::charter::{Charter, CharterChain, Reading, Terms};
use idenett_protocol::header::SignedHeader;
use idenett_protocol::hint::Hint;
use idenett_protocol::id::{EntryId, LogKey};
use idenett_protocol::key::SecretKey;
use idenett_protocol::ledger::Refusal;
use idenett_protocol::time::{Span, Timestamp};

use crate::random::Random;
use crate::sim::line::{Delays, Line, LineId, Parcel};
use crate::sim::model::Model;
use crate::sim::node::{Node, open};
use crate::sim::people::{self, Owner};
use crate::sim::records::Scribe;
use crate::sim::tally::Tally;
use crate::sim::trace::Trace;
use crate::simdisk::SimDisk;

/// When a world begins: 2026-11-21.
const BEGINNING: Timestamp = Timestamp::from_millis(1_795_219_200_000);
/// How often a node is told that time passes.
const TICK: Span = Span::from_secs(1);

/// How a world is made.
#[derive(Clone, Copy, Debug)]
pub struct Setup {
    /// All chance of the run.
    pub seed: u64,
    /// Nodes, the registrar's among them. Node 0 is the registrar's.
    pub nodes: usize,
    /// How many of them listen: the first ones.
    pub hubs: usize,
    /// How many nodes there may be at the end; those beyond are neither started nor admitted.
    pub room: usize,
    /// How lines behave.
    pub delays: Delays,
    /// How long checking and storing may take.
    pub ingest: Span,
    /// In how many of a hundred cases what was announced is looked for after a power cut.
    pub proofs: u64,
}

impl Setup {
    /// A small world on good lines.
    pub const fn small(seed: u64, nodes: usize) -> Self {
        Self {
            seed,
            nodes,
            hubs: 2,
            room: nodes,
            delays: Delays { least: Span::from_millis(50), jitter: Span::from_millis(10), bytes_per_ms: 10_000 },
            ingest: Span::from_millis(0),
            proofs: 0,
        }
    }
}

/// What happens.
#[derive(Debug)]
pub(super) enum Happening {
    /// Time passes at a node.
    Tick { node: usize, start: u32 },
    /// Frames arrive at a node.
    Arrive { line: LineId, node: usize, frames: Vec<Parcel> },
    /// A line has room for more.
    Room { line: LineId, node: usize },
    /// Entries are checked and stored.
    Ingest { node: usize, start: u32, peer: LogKey, offered: Vec<Offered> },
    /// A dial gets through.
    Connect { node: usize, start: u32, address: String },
    /// A node hears that its line is gone.
    Gone { line: LineId, node: usize },
    /// A stopped node is started again.
    Restart { node: usize, start: u32 },
}

/// A simulated federation.
pub struct World {
    /// How it was made.
    pub setup: Setup,
    /// The hour that nobody in it knows.
    pub now: Timestamp,
    /// The nodes.
    pub nodes: Vec<Node>,
    /// What should be.
    pub model: Model,
    /// How often what happened.
    pub tally: Tally,
    /// Chance for whatever is done to the nodes.
    pub random: Random,
    /// Writes documents.
    pub scribe: Scribe,
    /// Everything that happened so far, in one number.
    pub trace: Trace,
    /// The charters, as the registrar keeps them.
    pub charters: CharterChain,
    /// The registrar's keys; the last one is in force.
    pub registrars: Vec<SecretKey>,
    /// The data-protection key.
    pub data_protection: SecretKey,
    pub(super) stranger: SecretKey,
    pub(super) lines: BTreeMap<LineId, Line>,
    pub(super) weather: Random,
    /// Entries that a node which keeps to the rules once held with their texts.
    pub(super) held: BTreeSet<EntryId>,
    queue: BTreeMap<(Timestamp, u64), Happening>,
    serial: u64,
}

impl World {
    /// A world in which the registrar has admitted all nodes and every node knows it.
    pub fn new(setup: Setup) -> Self {
        let mut world = Self::bare(setup);
        let base = world.founding_disk();
        for node in 0..setup.nodes {
            world.nodes[node].disk = base.copy();
            world.start(node);
        }
        world
    }

    /// A world without a running node.
    pub fn bare(setup: Setup) -> Self {
        let seed = setup.seed;
        let mut random = Random::new(seed);
        let registrar = people::key(seed, Owner::Registrar, 0);
        let data_protection = people::key(seed, Owner::DataProtection, 0);
        let terms = Terms {
            salt: "5a".repeat(16),
            epoch: 1,
            previous: None,
            name: "Prøveforbundet".into(),
            reading: Reading::Open,
            registrar: registrar.log_key(),
            former_registrar: None,
            data_protection: Some(data_protection.log_key()),
            recovery: vec![],
            threshold: 0,
            bootstrap: (0..setup.hubs).map(people::address).collect(),
        };
        let charter = Charter::sign(&terms, &[&registrar]).expect("a charter");
        let nodes = (0..setup.room.max(setup.nodes))
            .map(|n| Node::new(people::key(seed, Owner::Node, n), people::org(n), n < setup.hubs))
            .collect();
        Self {
            setup,
            now: BEGINNING,
            nodes,
            model: Model::default(),
            tally: Tally::default(),
            scribe: Scribe::new(random.fork()),
            weather: random.fork(),
            random,
            trace: Trace::default(),
            charters: CharterChain::found(charter).expect("a chain"),
            registrars: vec![registrar],
            data_protection,
            stranger: people::key(seed, Owner::Stranger, 0),
            lines: BTreeMap::new(),
            held: BTreeSet::new(),
            queue: BTreeMap::new(),
            serial: 0,
        }
    }

    /// A disk on which the registrar has admitted the nodes of the beginning.
    pub fn founding_disk(&mut self) -> SimDisk {
        let desk = Node::new(self.nodes[0].key.clone(), self.nodes[0].org, false);
        desk.found(&self.charters);
        let (library, ..) = open(&desk.disk);
        for node in 0..self.setup.nodes {
            let writing = self.scribe.admission(self.nodes[node].org, self.nodes[node].log);
            let facts = writing.facts.clone();
            let heads = library.sign(&self.registrars[0], vec![writing], self.now).expect("an admission");
            heads.iter().for_each(|head| self.model.acknowledged(0, head, &facts));
        }
        library.close().expect("a close");
        desk.disk
    }

    /// Starts a node on what its disk holds.
    pub fn start(&mut self, node: usize) {
        let dice = self.random.next_u64();
        let (recovery, opening) = self.nodes[node].start(dice);
        assert_eq!(opening.damage, [], "node {node}: nothing that was on the disk may be lost");
        self.tally.add("torn tail cut", u64::from(recovery.cut > 0));
        let start = self.nodes[node].starts;
        let offset = Span::from_millis(self.random.below(TICK.as_millis()));
        self.later(offset, Happening::Tick { node, start });
        let addresses: Vec<String> = (0..self.setup.hubs).filter(|n| *n != node).map(people::address).collect();
        let hour = self.nodes[node].clock(self.now);
        if let Some(running) = &mut self.nodes[node].running {
            addresses.iter().for_each(|address| running.driver.add_address(address));
        }
        if self.nodes[node].listens {
            let own = [people::address(node)];
            let hint = Hint::sign(&self.nodes[node].key, hour.as_millis(), hour, &own).expect("a hint");
            self.handle(node, Event::OwnHint(hint));
        }
    }

    /// Adds something to what will happen.
    pub(super) fn later(&mut self, span: Span, happening: Happening) {
        self.at(self.now.after(span), happening);
    }

    pub(super) fn at(&mut self, time: Timestamp, happening: Happening) {
        self.serial += 1;
        self.queue.insert((time, self.serial), happening);
    }

    pub(super) fn new_line_id(&mut self) -> LineId {
        self.serial += 1;
        LineId(self.serial)
    }

    /// Lets time pass.
    pub fn run_for(&mut self, span: Span) {
        let end = self.now.after(span);
        while self.queue.first_key_value().is_some_and(|((time, _), _)| *time <= end) {
            self.step();
        }
        self.now = end;
    }

    /// Lets time pass until something holds, looked at every `every`. Gives how long it took;
    /// `None` if it did not come about in time.
    pub fn run_until(&mut self, every: Span, limit: Span, holds: impl Fn(&Self) -> bool) -> Option<Span> {
        let begin = self.now;
        while !holds(self) {
            if self.now.since(begin) >= limit {
                return None;
            }
            self.run_for(every);
        }
        Some(self.now.since(begin))
    }

    fn step(&mut self) {
        let Some(((time, _), happening)) = self.queue.pop_first() else { return };
        self.now = time;
        match happening {
            Happening::Tick { node, start } => self.tick(node, start),
            Happening::Arrive { line, node, frames } => self.arrive(line, node, frames),
            Happening::Room { line, node } => self.room(line, node),
            Happening::Ingest { node, start, peer, offered } => self.ingest(node, start, peer, offered),
            Happening::Connect { node, start, address } => self.connect(node, start, &address),
            Happening::Gone { line, node } => self.gone(line, node),
            Happening::Restart { node, start } => {
                if self.nodes[node].starts == start && self.nodes[node].running.is_none() {
                    self.start(node);
                }
            }
        }
    }

    fn tick(&mut self, node: usize, start: u32) {
        if self.nodes[node].starts != start || self.nodes[node].running.is_none() {
            return;
        }
        self.later(TICK, Happening::Tick { node, start });
        self.handle(node, Event::Tick);
        self.sign_waiting(node);
    }

    /// Gives an event to a node and carries out what its driver says.
    pub(super) fn handle(&mut self, node: usize, event: Event) {
        let hour = self.nodes[node].clock(self.now);
        let Some(running) = &mut self.nodes[node].running else { return };
        match running.driver.handle(event, hour) {
            Ok(actions) => actions.into_iter().for_each(|action| self.carry_out(node, action)),
            Err(fault) => self.fault(node, &fault),
        }
    }

    fn carry_out(&mut self, node: usize, action: Action) {
        match action {
            Action::Send { peer, bytes, more } => self.send(node, peer, &bytes, more),
            Action::Ingest { peer, offered } => {
                let way = Span::from_millis(self.weather.below(self.setup.ingest.as_millis() + 1));
                let at = self.now.after(way).max(self.nodes[node].ingest_free);
                self.nodes[node].ingest_free = at;
                let start = self.nodes[node].starts;
                self.at(at, Happening::Ingest { node, start, peer, offered });
            }
            Action::Dial { address } => {
                let (way, start) = (self.setup.delays.least, self.nodes[node].starts);
                self.later(way, Happening::Connect { node, start, address });
            }
            Action::Disconnect { peer, why } => self.hang_up(node, peer, why),
        }
    }

    fn ingest(&mut self, node: usize, start: u32, peer: LogKey, offered: Vec<Offered>) {
        if self.nodes[node].starts != start {
            return;
        }
        let Some(library) = self.nodes[node].library() else { return };
        match library.ingest(offered) {
            Ok(outcomes) => {
                self.look_at(node, &outcomes);
                self.handle(node, Event::Ingested { peer, outcomes });
            }
            Err(fault) => self.fault(node, &fault),
        }
    }

    /// Offers entries to a node by hand, as from a bundle.
    pub fn offer(&mut self, node: usize, offered: &[Offered]) -> Vec<Outcome> {
        let outcomes = match self.nodes[node].open_library().ingest(offered.to_vec()) {
            Ok(outcomes) => outcomes,
            Err(fault) => {
                self.fault(node, &fault);
                return Vec::new();
            }
        };
        self.look_at(node, &outcomes);
        let taken = outcomes.iter().filter(|(_, result)| result.is_ok()).filter_map(|(head, _)| *head).collect();
        self.handle(node, Event::Published(taken));
        outcomes
    }

    /// Has a node publish a record, as soon as it may sign.
    pub fn publish(&mut self, node: usize, writing: Writing) {
        self.nodes[node].outbox.push_back(writing);
        self.sign_waiting(node);
    }

    /// Has a node publish a record now.
    ///
    /// # Panics
    /// If it may not.
    pub fn publish_now(&mut self, node: usize, writing: Writing) -> SignedHeader {
        assert!(self.nodes[node].may_sign(), "node {node} does not know its own head");
        let key = self.nodes[node].key.clone();
        self.sign(node, &key, writing).expect("a signature")
    }

    fn sign_waiting(&mut self, node: usize) {
        while let Some(writing) = self.nodes[node].outbox.front().cloned() {
            if self.nodes[node].running.is_none() {
                return;
            }
            if !self.nodes[node].may_sign() {
                self.tally.note("own head awaited");
                return;
            }
            let key = self.nodes[node].key.clone();
            match self.sign(node, &key, writing) {
                // Not yet admitted: what is written waits.
                Err(SignFault::Refused(Refusal::UnknownMember)) => return,
                Err(SignFault::ClockBehind) => self.tally.note("clock behind refused"),
                Ok(_) | Err(SignFault::Refused(_) | SignFault::Library(_)) => {}
                Err(fault @ SignFault::Header(_)) => panic!("node {node}: {fault}"),
            }
            self.nodes[node].outbox.pop_front();
        }
    }

    /// Signs on a node with any key. What succeeds is acknowledged.
    ///
    /// # Errors
    /// Why the node does not sign.
    pub fn sign(&mut self, node: usize, key: &SecretKey, writing: Writing) -> Result<SignedHeader, SignFault> {
        let facts = writing.facts.clone();
        let hour = self.nodes[node].clock(self.now);
        let signed = self.nodes[node].open_library().sign(key, vec![writing], hour);
        let head = match signed {
            Ok(heads) => *heads.first().expect("one record, one header"),
            Err(SignFault::Library(fault)) => {
                self.fault(node, &fault);
                return Err(SignFault::Library(fault));
            }
            Err(fault) => return Err(fault),
        };
        self.model.acknowledged(node, &head, &facts);
        self.trace.bytes(head.id().as_bytes());
        self.prove_durable(node, &[head.id()]);
        self.handle(node, Event::Published(vec![head]));
        Ok(head)
    }

    /// A failing disk is always the power that went: stop, and start again later.
    pub(super) fn fault(&mut self, node: usize, fault: &LibraryFault) {
        assert!(self.nodes[node].trapped, "node {node} failed by itself: {fault}");
        self.tally.note("crash inside a write");
        self.crash(node);
    }
}
