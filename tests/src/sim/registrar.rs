//! The registrar's desk at node 0: what is signed with its keys, and the charters.

use idenett::driver::Event;
use idenett::library::Writing;
use idenett_protocol::charter::{Charter, LogEnd, Terms};
use idenett_protocol::header::SignedHeader;
use idenett_protocol::id::{EntryId, LogKey, Seq};
use idenett_protocol::key::SecretKey;

use crate::sim::people::{self, Owner};
use crate::sim::world::World;

impl World {
    /// Whether the registrar can work: its node runs and holds all that the registrar ever
    /// signed. A registrar minds this by hand, as its key is on no node.
    pub fn registrar_works(&self) -> bool {
        // What a power cut interrupts may hold unsaid; no registrar decides twice on such a machine.
        let Some(library) = self.nodes[0].library().filter(|_| !self.nodes[0].trapped) else { return false };
        self.registrars.iter().all(|key| {
            let log = key.log_key();
            let held = library.ledger(|l| l.logs().get(&log).and_then(|l| Some((l.held(), l.head()?))));
            let known = self.model.logs.get(&log).filter(|l| l.head() != Seq::ZERO);
            known.is_none_or(|l| held.is_some_and(|(seq, id)| l.head() == seq && l.acknowledged[&seq].contains(&id)))
        })
    }

    /// Has the registrar in force sign a record; `None` if it cannot work now.
    pub fn registrar_writes(&mut self, writing: Writing) -> Option<SignedHeader> {
        if !self.registrar_works() {
            return None;
        }
        let key = self.registrars.last()?.clone();
        self.sign(0, &key, writing).ok()
    }

    /// Admits a node.
    pub fn admit(&mut self, node: usize) -> Option<SignedHeader> {
        let writing = self.scribe.admission(self.nodes[node].org, self.nodes[node].log);
        self.registrar_writes(writing)
    }

    /// Ends a log where the registrar's node holds it.
    pub fn revoke(&mut self, log: LogKey) -> Option<SignedHeader> {
        let (seq, id) = self.nodes[0].library()?.ledger(|l| {
            let seq = l.counted(&log);
            (seq, l.logs().get(&log).and_then(|l| l.at(seq)))
        });
        let forked = self.model.log(log).open_fork().is_some();
        let writing = self.scribe.revocation(log, seq, id);
        let head = self.registrar_writes(writing)?;
        self.tally.note(if forked { "revocation of a forked log" } else { "revocation" });
        Some(head)
    }

    /// Names the branch of a fork that holds.
    pub fn settle(&mut self, log: LogKey, place: Seq, id: EntryId) -> Option<SignedHeader> {
        let writing = self.scribe.settlement(log, place, id);
        let head = self.registrar_writes(writing)?;
        self.tally.note("settlement");
        Some(head)
    }

    /// Terms that change nothing yet, to follow the charter in force.
    pub fn next_terms(&self) -> Terms {
        let before = self.charters.current().expect("a charter in force");
        let terms = before.terms().clone();
        Terms { epoch: terms.epoch + 1, previous: Some(before.hash()), former_registrar: None, ..terms }
    }

    /// Signs terms and gives the charter to a node by hand. Gives whether the node took it.
    pub fn proclaim(&mut self, node: usize, terms: &Terms, keys: &[&SecretKey]) -> bool {
        let charter = Charter::sign(terms, keys).expect("a charter");
        // The power may have gone a moment ago.
        let Some(library) = self.nodes[node].library() else { return false };
        let taken = library.offer_charter(charter.clone());
        let taken = match taken {
            Ok(taken) => taken.is_ok(),
            Err(fault) => {
                self.fault(node, &fault);
                return false;
            }
        };
        // The chain of the registrar's desk takes what a node took.
        if taken {
            let _ = self.charters.offer(charter.clone());
            self.handle(node, Event::CharterTaken(Box::new(charter)));
        }
        taken
    }

    /// A charter with another name.
    pub fn update_charter(&mut self, name: &str) {
        if !self.registrar_works() {
            return;
        }
        let (terms, key) = (Terms { name: name.to_owned(), ..self.next_terms() }, self.registrars.last().cloned());
        self.proclaim(0, &terms, &key.iter().collect::<Vec<_>>());
        self.tally.note("charter updated");
    }

    /// Two charters of one epoch, at two nodes.
    pub fn rival_charters(&mut self, other: usize) {
        if !self.registrar_works() || !self.nodes[other].is_honest() {
            return;
        }
        let terms = self.next_terms();
        let key = self.registrars.last().cloned();
        let keys: Vec<&SecretKey> = key.iter().collect();
        self.proclaim(0, &Terms { name: "Den ene".into(), ..terms.clone() }, &keys);
        self.proclaim(other, &Terms { name: "Den andre".into(), ..terms }, &keys);
        self.tally.note("charter rival");
    }

    /// A new registrar, and an end to the log of the one before.
    pub fn change_registrar(&mut self) {
        if !self.registrar_works() {
            return;
        }
        let Some(before) = self.registrars.last().cloned() else { return };
        let log = before.log_key();
        let seq = self.nodes[0].open_library().ledger(|l| l.counted(&log));
        let id = self.nodes[0].open_library().ledger(|l| l.logs().get(&log).and_then(|l| l.at(seq)));
        let after = people::key(self.setup.seed, Owner::Registrar, self.registrars.len());
        let end = LogEnd { key: log, seq, id };
        let terms = Terms { registrar: after.log_key(), former_registrar: Some(end), ..self.next_terms() };
        if self.proclaim(0, &terms, &[&before]) {
            self.registrars.push(after);
            self.tally.note("registrar changed");
        }
    }
}
