//! What members and the registrar do in a simulated federation, by chance.

use idenett::library::Offered;
use idenett_protocol::entry::{Draft, Entry};
use idenett_protocol::id::{EntryId, Seq};
use idenett_protocol::kind::Kind;

use crate::sim::model::Published;
use crate::sim::world::World;

impl World {
    /// Someone does something.
    pub fn live(&mut self) {
        let node = self.random.index(self.nodes.len());
        if self.nodes[node].running.is_none() {
            return;
        }
        match self.random.below(100) {
            0..40 => self.publish_something(node),
            40..60 => self.answer_something(node),
            60..68 => self.revise_something(),
            68..72 => self.withdraw_something(),
            72..78 => self.redact_something(),
            78..82 => self.let_someone_join(),
            82..86 => self.equivocate(node),
            86..91 => self.settle_something(),
            91..93 => self.revoke_someone(),
            93..95 => self.update_charter("Nytt navn"),
            95 => self.rival_charters(node),
            96 => self.change_registrar(),
            97 => {
                let writing = self.scribe.succession(self.nodes[node].org, self.nodes[0].org);
                self.registrar_writes(writing);
            }
            _ => {
                let writing = self.scribe.reference("kostra");
                self.registrar_writes(writing);
            }
        }
    }

    /// A text that no other entry has.
    fn mark(&mut self) -> String {
        format!("merke{:016x}", self.random.next_u64())
    }

    fn publish_something(&mut self, node: usize) {
        let mark = self.mark();
        let title = if self.random.chance(10) { mark.repeat(self.random.index(300) + 1) } else { mark };
        let writing = match self.random.below(3) {
            0 => self.scribe.need(&title),
            1 => self.scribe.contact(&title),
            _ => self.scribe.case(&title),
        };
        self.publish(node, writing);
        self.learn_marks();
    }

    /// Notes the words of texts that were published since, by which they are looked for.
    pub fn learn_marks(&mut self) {
        for published in self.model.published.iter().rev().take(8) {
            let Some(library) = self.nodes[published.node].library() else { continue };
            let Ok(Some(stored)) = library.entry(&published.id) else { continue };
            let idenett::library::StoredText::Here(text) = stored.text else { continue };
            let text = String::from_utf8_lossy(&text).into_owned();
            let Some(at) = text.find("merke") else { continue };
            let mark = text.get(at..at + 21).unwrap_or_default().to_owned();
            self.model.marks.entry(published.id).or_insert(mark);
        }
    }

    fn some(&mut self, fits: impl Fn(&Published) -> bool) -> Option<Published> {
        let all: Vec<Published> = self.model.published.iter().copied().filter(fits).collect();
        (!all.is_empty()).then(|| all[self.random.index(all.len())])
    }

    fn answer_something(&mut self, node: usize) {
        let Some(subject) = self.some(|p| p.kind == Kind::Case) else { return };
        let mark = self.mark();
        let writing = match self.random.below(5) {
            0 => self.scribe.reuse(subject.id, &mark),
            1 => self.scribe.comment(subject.id, &mark),
            2 => self.scribe.collection(subject.id, &mark),
            3 => self.scribe.programme(self.nodes[subject.node].org, subject.id, &mark),
            _ => self.scribe.confirmation(subject.id),
        };
        self.publish(node, writing);
        self.learn_marks();
    }

    fn revise_something(&mut self) {
        let Some(case) = self.some(|p| p.kind == Kind::Case) else { return };
        let Some(library) = self.nodes[case.node].library() else { return };
        let Some(thing) = library.ledger(|l| l.thing(&case.id)) else { return };
        let mark = self.mark();
        let writing = self.scribe.revision(case.id, vec![thing.current], thing.number + 1, &mark);
        self.publish(case.node, writing);
        self.learn_marks();
    }

    fn withdraw_something(&mut self) {
        let Some(target) = self.some(|_| true) else { return };
        let writing = self.scribe.withdrawal(target.id);
        self.publish(target.node, writing);
    }

    fn redact_something(&mut self) {
        let Some(target) = self.some(|p| !matches!(p.kind, Kind::Confirmation | Kind::Withdrawal)) else { return };
        let writing = self.scribe.redaction(target.id);
        if self.random.chance(50) {
            self.publish(target.node, writing);
            return;
        }
        // The data-protection key is at the registrar's desk, and minds its own log there.
        let key = self.data_protection.clone();
        let log = key.log_key();
        let known = self.model.log(log).head();
        let held = self.nodes[0].library().map(|l| l.ledger(|l| l.logs().get(&log).map_or(Seq::ZERO, |l| l.held())));
        if held == Some(known) {
            let _ = self.sign(0, &key, writing);
        }
    }

    fn let_someone_join(&mut self) {
        let Some(node) = (0..self.nodes.len()).find(|n| {
            let log = self.nodes[*n].log;
            self.nodes[0].library().is_some_and(|l| l.ledger(|l| l.registry().standing(&log).is_none()))
        }) else {
            return;
        };
        if self.nodes[node].starts == 0 {
            self.start_empty(node);
            self.tally.note("node joined");
            if self.random.chance(50) {
                return;
            }
        }
        if self.admit(node).is_some() {
            self.tally.note("admission came late");
        }
    }

    /// Starts a node that has nothing but the charters.
    pub fn start_empty(&mut self, node: usize) {
        self.nodes[node].found(&self.charters);
        self.start(node);
        self.tally.note("node started empty");
    }

    /// A member's key signs two entries for one place; the second comes in elsewhere.
    fn equivocate(&mut self, node: usize) {
        let log = self.nodes[node].log;
        let other = self.random.index(self.nodes.len());
        let fit = other != node && node != 0 && self.nodes[other].is_honest() && self.nodes[node].may_sign();
        if !fit || self.model.log(log).fork.is_some() || self.model.log(log).end.is_some() {
            return;
        }
        let place =
            |n: usize| self.nodes[n].open_library().ledger(|l| l.logs().get(&log).map(|l| (l.held(), l.head())));
        let (here, there) = (place(node), place(other));
        if here != there || !self.nodes[other].open_library().ledger(|l| l.registry().standing(&log).is_some()) {
            return;
        }
        let (first, second) = (self.mark(), self.mark());
        let rival = self.rival_of(node, here.map_or((Seq::ZERO, None), |h| h), &second);
        let writing = self.scribe.case(&first);
        self.publish(node, writing);
        // A power cut may have come first; then the key signed only once.
        let signed = self.model.log(log).head() == rival.seq();
        // Of what a power cut interrupts there, nobody knows whether it is signed twice.
        if !signed || self.nodes[other].running.is_none() || self.nodes[other].trapped {
            return;
        }
        let offered = Offered { bytes: rival.bytes().to_vec(), with_text: true };
        let outcomes = self.offer(other, &[offered]);
        if outcomes.iter().any(|(_, result)| result.is_ok()) {
            self.model.acknowledged(other, rival.head(), rival.facts());
        }
        self.learn_marks();
    }

    /// An entry that a key signs for the place after the head.
    fn rival_of(&mut self, node: usize, (held, head): (Seq, Option<EntryId>), title: &str) -> Entry {
        let writing = self.scribe.case(title);
        let draft = Draft {
            kind: writing.kind,
            federation: self.charters.federation(),
            seq: held.next(),
            previous: head,
            time: self.nodes[node].clock(self.now),
            facts: writing.facts,
            text: writing.text,
        };
        Entry::sign(draft, &self.nodes[node].key).expect("an entry")
    }

    fn settle_something(&mut self) {
        let open: Vec<_> = self
            .model
            .logs
            .iter()
            .filter_map(|(key, log)| Some((*key, log.open_fork()?, log.acknowledged.clone())))
            .collect();
        for (key, place, acknowledged) in open {
            // The registrar settles what its own node knows to be forked.
            let known = self.nodes[0]
                .library()
                .is_some_and(|l| l.ledger(|l| l.logs().get(&key).is_some_and(|l| l.fork().is_some())));
            if !known {
                continue;
            }
            self.tally.note("fork seen");
            if self.random.chance(25) {
                self.revoke(key);
                continue;
            }
            let branches: Vec<EntryId> = acknowledged.get(&place).into_iter().flatten().copied().collect();
            let branch = branches[self.random.index(branches.len())];
            self.settle(key, place, branch);
        }
    }

    fn revoke_someone(&mut self) {
        let node = self.random.index(self.nodes.len());
        let log = self.nodes[node].log;
        let admitted = self.nodes[0].library().is_some_and(|l| l.ledger(|l| l.registry().standing(&log).is_some()));
        if node != 0 && admitted && self.model.log(log).end.is_none() && self.random.chance(50) {
            self.revoke(log);
        }
    }
}
