//! What must never be, looked at while a world runs and when it has come to rest.

use std::collections::{BTreeMap, BTreeSet};

use idenett::journal::disk::Disk as _;
use idenett::library::{Library, Offered, Outcome, StoredText, parse};
use idenett_protocol::body::Facts;
use idenett_protocol::frame::FrameType;
use idenett_protocol::header::SignedHeader;
use idenett_protocol::id::{Digest, EntryId, LogKey, Seq};
use idenett_protocol::kind::Kind;
use idenett_protocol::ledger::Ledger;
use idenett_protocol::limits::{MAX_FRAME_PAYLOAD, SIGNED_HEADER_BYTES};
use idenett_protocol::message::Farewell;
use idenett_protocol::things::{Thing, VersionState};
use idenett_protocol::time::Span;
use idenett_protocol::vectors::Range;

use crate::random::Random;
use crate::sim::line::{Parcel, split};
use crate::sim::node::{Node, open, open_journal};
use crate::sim::world::World;
use crate::simdisk::SimDisk;

/// How far ahead a signed time must be to be a jumped clock's.
const FAR_AHEAD: Span = Span::from_secs(300 * 24 * 3600);

impl World {
    /// What a node is about to say must be on its disk.
    #[expect(clippy::wildcard_enum_match_arm, reason = "all other frames name no entry")]
    pub(super) fn watch(&mut self, node: usize, frames: &[Parcel]) {
        for (kind, payload) in frames {
            match kind {
                FrameType::Absent => self.tally.note("absent answered"),
                FrameType::Announce | FrameType::Entry | FrameType::Bare => {
                    let heads =
                        if *kind == FrameType::Announce { payload.as_slice() } else { &payload[..SIGNED_HEADER_BYTES] };
                    if self.weather.chance(self.setup.proofs) && self.weather.chance(20) {
                        let (heads, _) = heads.as_chunks::<SIGNED_HEADER_BYTES>();
                        let ids: Vec<EntryId> =
                            heads.iter().filter_map(|h| SignedHeader::recall(h).ok()).map(|h| h.id()).collect();
                        self.prove_durable(node, &ids);
                    }
                }
                _ => {}
            }
        }
    }

    /// Looks, sometimes, at what a power cut now would leave of a node.
    pub(super) fn prove_durable(&mut self, node: usize, ids: &[EntryId]) {
        if !self.weather.chance(self.setup.proofs) || self.nodes[node].trapped {
            return;
        }
        let disk = self.nodes[node].disk.copy();
        disk.power_cut(&mut self.weather.fork());
        let (library, ..) = open(&disk);
        for id in ids {
            let here = library.entry(id).expect("a disk that works").is_some();
            assert!(here, "node {node} spoke of {id:?}, which a power cut would take");
        }
        let (kept, live) = (digest(&library), digest(self.nodes[node].open_library()));
        assert_eq!(kept, live, "node {node} applied what a power cut would take");
        self.tally.note("power cut proved durable");
    }

    /// Notes what became of entries.
    pub(super) fn look_at(&mut self, node: usize, outcomes: &[Outcome]) {
        let now = self.now;
        for (head, result) in outcomes {
            let (Some(head), Ok(())) = (head, result) else {
                self.trace.number(2);
                continue;
            };
            self.trace.bytes(head.id().as_bytes());
            self.note_held(node, head.id());
            self.tally.add("dated a year ahead", u64::from(head.header().time.since(now) > FAR_AHEAD));
            if head.header().kind == Kind::Redaction {
                let library = self.nodes[node].open_library();
                let Ok(Some(stored)) = library.entry(&head.id()) else { continue };
                let Ok(Facts::Redaction(redaction)) = Facts::read(Kind::Redaction, &stored.facts) else { continue };
                let early = library.ledger(|l| l.logs().place(&redaction.target).is_none());
                self.tally.add("redaction before its target", u64::from(early));
            }
        }
    }

    /// Remembers an entry that a node which keeps to the rules has with its text.
    pub(super) fn note_held(&mut self, node: usize, id: EntryId) {
        if self.nodes[node].is_honest() && has_text(self.nodes[node].open_library(), &id) {
            self.held.insert(id);
        }
    }

    /// Nobody who keeps to the rules is cut off by anyone who does.
    pub(super) fn judge_farewell(&mut self, node: usize, other: usize, why: Farewell) {
        let puppet = self.nodes[other].heard.is_some();
        match why {
            Farewell::Stopping | Farewell::Full => {}
            Farewell::Misbehaviour if puppet || self.nodes[other].vices.any() => {
                self.tally.note("misbehaviour cut off")
            }
            _ if puppet => self.tally.note("stranger turned away"),
            Farewell::Misbehaviour | Farewell::ForeignFederation | Farewell::Version | Farewell::NotAMember => {
                let liar = self.nodes[node].vices.any();
                assert!(liar, "node {node} cut node {other} off for {why:?}, which keeps to the rules");
            }
        }
    }

    /// Takes over how often a node refused what.
    pub(super) fn collect_counters(&mut self, node: usize) {
        let Some(library) = self.nodes[node].library() else { return };
        for (what, count) in library.counters() {
            self.tally.add(what, count);
        }
    }

    /// Whether all that keep to the rules hold the same, and nothing waits.
    pub fn is_at_rest(&self) -> bool {
        let mut honest = self.nodes.iter().filter(|n| n.is_honest());
        let Some(first) = honest.next() else { return true };
        let digest = digest(first.open_library());
        let gone = self.gone_texts();
        let settled = |node: &Node| settled(node, &gone);
        let all_run = self.nodes.iter().all(|n| n.running.is_some() || n.starts == 0 || n.heard.is_some());
        all_run && settled(first) && honest.all(|n| self::digest(n.open_library()) == digest && settled(n))
    }

    /// Texts that may be missing everywhere: those that went with a redaction, even if it counts no
    /// more, and those of a liar that nobody who keeps to the rules ever held.
    fn gone_texts(&self) -> BTreeSet<EntryId> {
        let mut gone = self.model.redacted();
        let liars = self.nodes.iter().filter(|n| n.vices.any()).map(|n| n.log);
        let liars: BTreeSet<LogKey> = liars.collect();
        let mut libraries = self.nodes.iter().filter_map(Node::library);
        let Some(first) = libraries.next() else { return gone };
        let of_liars = first.ledger(|l| {
            let by_a_liar =
                |id: &EntryId| l.logs().place(id).and_then(|p| l.logs().key(p.log)).is_some_and(|k| liars.contains(&k));
            l.wanted_texts().filter(by_a_liar).collect::<Vec<EntryId>>()
        });
        let nodes: Vec<_> = self.nodes.iter().filter_map(Node::library).collect();
        let gone_with_a_liar = |id: &EntryId| !self.held.contains(id) && !nodes.iter().any(|l| has_text(l, id));
        gone.extend(of_liars.into_iter().filter(gone_with_a_liar));
        gone
    }

    /// Waits until the world is at rest.
    ///
    /// # Panics
    /// If it does not come to rest in time.
    pub fn settle_down(&mut self, limit: Span) -> Span {
        let took = self.run_until(Span::from_secs(1), limit, Self::is_at_rest);
        took.unwrap_or_else(|| panic!("no rest after {} s:\n{}", limit.as_millis() / 1000, self.picture()))
    }

    /// How far every node is, for people.
    pub fn picture(&self) -> String {
        let mut lines = Vec::new();
        for (n, node) in self.nodes.iter().enumerate() {
            let Some(running) = &node.running else {
                lines.push(format!("node {n}: not running (starts {})", node.starts));
                continue;
            };
            let (digest, entries, wanted, logs) = running.library.ledger(|l| {
                let logs: Vec<String> = l
                    .frontier()
                    .heads()
                    .iter()
                    .map(|(k, h)| {
                        format!(
                            "{}:{}{}",
                            k.short(),
                            h.seq,
                            if matches!(h.mark, idenett_protocol::log::Mark::Open) { "" } else { "!" }
                        )
                    })
                    .collect();
                (l.frontier().digest(), l.logs().entries(), l.wanted_texts().count(), logs.join(" "))
            });
            let peers: Vec<usize> =
                node.sessions.values().filter_map(|id| Some(self.lines.get(id)?.other(n))).collect();
            let liar = if node.vices.any() { " liar" } else { "" };
            lines.push(format!(
                "node {n}{liar} {}: {} entries {entries} wanted {wanted} outbox {} may sign {} peers {peers:?} logs {logs}",
                node.log.short(),
                digest.short(),
                node.outbox.len(),
                node.may_sign()
            ));
        }
        lines.join("\n")
    }

    /// Everything that must hold when a world is at rest.
    pub fn check_at_rest(&mut self) {
        let honest: Vec<usize> = (0..self.nodes.len()).filter(|n| self.nodes[*n].is_honest()).collect();
        let Some(&first) = honest.first() else { return };
        let things = things(self.nodes[first].open_library());
        for &node in &honest {
            self.check_logs(node);
            self.check_texts(node);
            assert!(
                self::things(self.nodes[node].open_library()) == things,
                "node {node} sees other things than node {first}"
            );
            let damage = self.nodes[node].open_library().damage();
            assert!(!damage.iter().any(|wound| wound.open), "node {node} has damage: {damage:?}");
            assert_eq!(self.nodes[node].open_library().waiting(), 0, "entries wait on node {node}");
        }
        for node in 0..self.nodes.len() {
            self.collect_counters(node);
        }
    }

    /// What counts is what was acknowledged.
    fn check_logs(&self, node: usize) {
        let library = self.nodes[node].open_library();
        for (key, log) in &self.model.logs {
            let counted = library.ledger(|l| l.counted(key));
            let at = |seq| library.ledger(|l| l.logs().get(key).and_then(|l| l.at(seq)));
            let name = key.short();
            let end = log.end.map_or(Seq::new(u64::MAX), |(end, _)| end);
            let open_fork = log.open_fork();
            // What a liar says it published it may have kept to itself.
            let kept = self.nodes.iter().any(|n| n.log == *key && n.vices.any());
            let certain = if kept { Seq::ZERO } else { log.fork.map_or(log.head(), Seq::previous).min(end) };
            let registered = library.ledger(|l| l.registry().standing(key).is_some());
            if !registered {
                continue;
            }
            for (seq, ids) in log.acknowledged.range(..=certain) {
                assert!(at(*seq).is_some_and(|id| ids.contains(&id)), "node {node} lost {name} at {seq}: {ids:?}");
            }
            match open_fork {
                Some(_) if kept => {}
                Some(place) => {
                    assert_eq!(counted, place.previous(), "node {node}: {name} counts up to before its fork")
                }
                None => assert!(counted >= certain, "node {node}: {name} counts {counted} of {certain}"),
            }
            assert!(counted <= end, "node {node}: {name} counts beyond its end");
            for (seq, id) in log.settled.iter().filter(|(seq, _)| **seq <= counted) {
                assert_eq!(at(*seq), Some(*id), "node {node}: {name} follows another branch than was settled");
            }
        }
    }

    /// A redacted text is on no disk; every other text can be read.
    fn check_texts(&mut self, node: usize) {
        let gone = self.gone_texts();
        let library = self.nodes[node].open_library().clone();
        let disk = all_bytes(&self.nodes[node].disk);
        for (id, mark) in &self.model.marks {
            let Some(stored) = library.entry(id).expect("a disk that works") else { continue };
            if !library.ledger(|l| l.logs().counts(id, l.registry())) {
                continue;
            }
            match stored.text {
                StoredText::Here(text) => assert!(contains(&text, mark.as_bytes()), "node {node}: the text of {id:?}"),
                StoredText::Redacted(_) => {
                    assert!(!contains(&disk, mark.as_bytes()), "node {node} still has the redacted text of {id:?}");
                    self.tally.note("redaction of a text");
                }
                StoredText::Wanted => {
                    assert!(gone.contains(id), "node {node} lacks the text of {id:?}");
                }
            }
        }
    }

    /// The same set of entries in any order makes the same replica.
    pub fn check_rebuild(&self, node: usize, random: &mut Random) {
        let library = self.nodes[node].open_library();
        let desk = Node::new(self.nodes[node].key.clone(), self.nodes[node].org, false);
        let mut charters = library.charters();
        let (journal, _) = open_journal(&desk.disk);
        let first = idenett_protocol::charter::CharterChain::found(charters.remove(0)).expect("a first charter");
        let rebuilt = Library::create(journal, first, None).expect("a library");
        let mut rest: Vec<_> = counted_entries(library).into_iter().map(parse).collect();
        random.shuffle(&mut rest);
        let forks: Vec<_> = library.ledger(|l| l.logs().iter().filter_map(|(_, log)| log.fork().cloned()).collect());
        let mut progress = true;
        while progress {
            let outcomes = rebuilt.take(rest.clone()).expect("a disk that works");
            let before = rest.len();
            let mut refused = outcomes.iter().map(|(_, result)| result.is_err());
            rest.retain(|_| refused.next() == Some(true));
            progress = rest.len() < before;
            // Charters in any order too: one that does not fit yet fits later.
            random.shuffle(&mut charters);
            charters.retain(|c| {
                let taken = rebuilt.offer_charter(c.clone()).expect("a disk that works").is_ok();
                progress |= taken;
                !taken
            });
            for proof in &forks {
                progress |= rebuilt.record_proof(proof).expect("a disk that works");
            }
        }
        assert_eq!(digest(&rebuilt), digest(library), "the same entries make another replica: {} left", rest.len());
        assert!(things(&rebuilt) == things(library), "the same entries make other things");
    }
}

/// Whether a replica has an entry with its text.
fn has_text(library: &Library, id: &EntryId) -> bool {
    library.ledger(|l| l.logs().place(id).is_some() && !l.lacks_text(id))
}

fn settled(node: &Node, gone: &BTreeSet<EntryId>) -> bool {
    // What a node that nobody admitted wants to say waits for ever.
    node.open_library().ledger(|l| {
        let waits = !node.outbox.is_empty() && l.registry().standing(&node.log).is_some();
        !waits && l.wanted_texts().all(|id| gone.contains(&id))
    })
}

/// The digest of a replica's frontier.
pub fn digest(library: &Library) -> Digest {
    library.ledger(|l| l.frontier().digest())
}

/// All things as they are seen in a replica, without versions that do not count.
pub fn things(library: &Library) -> BTreeMap<EntryId, Thing> {
    library.ledger(|ledger| {
        let subjects: BTreeSet<EntryId> =
            Kind::THINGS.into_iter().flat_map(|kind| ledger.things().subjects(kind)).collect();
        subjects.into_iter().filter_map(|id| Some((id, seen(ledger, id)?))).collect()
    })
}

fn seen(ledger: &Ledger, id: EntryId) -> Option<Thing> {
    let mut thing = ledger.thing(&id)?;
    thing.versions.retain(|(_, state)| *state != VersionState::NotCounted);
    Some(thing)
}

/// Every entry that counts, as it travels.
pub fn counted_entries(library: &Library) -> Vec<Offered> {
    let logs: Vec<(LogKey, Seq)> = library.ledger(|l| l.logs().iter().map(|(key, _)| (*key, l.counted(key))).collect());
    let mut entries = Vec::new();
    for (log, to) in logs {
        let mut rest = (to != Seq::ZERO).then_some(Range { log, from: Seq::FIRST, to });
        while let Some(range) = rest {
            let (bytes, after) = library.frames(range, MAX_FRAME_PAYLOAD).expect("a disk that works");
            let frames = split(&bytes).into_iter();
            entries.extend(frames.map(|(kind, bytes)| Offered { bytes, with_text: kind == FrameType::Entry }));
            rest = after;
        }
    }
    entries
}

fn all_bytes(disk: &SimDisk) -> Vec<u8> {
    let names = disk.list().expect("a disk that works");
    names.iter().filter_map(|name| disk.content(name)).flatten().collect()
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    let Some((first, _)) = needle.split_first() else { return true };
    haystack.windows(needle.len()).any(|w| w[0] == *first && w == needle)
}
