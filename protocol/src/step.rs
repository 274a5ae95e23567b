//! One step of the replicator: the replica it looks at, the hour, and what comes out.

use crate::exchange::Output;
use crate::header::SignedHeader;
use crate::id::{LogKey, Seq};
use crate::ledger::Ledger;
use crate::limits::MAX_HEADERS;
use crate::message::{Hello, Message, SESSION_VERSION};
use crate::time::Timestamp;
use crate::vectors;

/// What one step sees, and what it says.
pub(crate) struct Step<'a> {
    pub ledger: &'a Ledger,
    /// Time that runs evenly, for pauses and time-outs.
    pub now: Timestamp,
    /// The hour of the clock, for what others are told.
    pub hour: Timestamp,
    pub out: Vec<Output>,
}

impl Step<'_> {
    pub(crate) fn send(&mut self, peer: LogKey, message: Message) {
        self.out.push(Output::Send { peer, message });
    }

    pub(crate) fn greet(&mut self, peer: LogKey) {
        let hello = Hello {
            version: SESSION_VERSION,
            federation: self.ledger.federation(),
            epoch: self.ledger.frontier().epoch(),
            charter: self.ledger.frontier().charter(),
            time: self.hour,
        };
        self.send(peer, Message::Hello(hello));
    }

    pub(crate) fn send_charters(&mut self, peer: LogKey) {
        for charter in self.ledger.charters().all().into_iter().filter(|c| c.terms().epoch > 1) {
            self.send(peer, Message::Charter(Box::new(charter.clone())));
        }
    }

    /// Gives a peer our charters; one that has others answers the greeting with them.
    pub(crate) fn compare_charters(&mut self, peer: LogKey) {
        self.send_charters(peer);
        self.greet(peer);
    }

    pub(crate) fn state(&self, ask: bool) -> Message {
        Message::State { digest: self.ledger.frontier().digest(), registry: self.ledger.registry_age(), ask }
    }

    /// Asks a peer whether it has the same.
    pub(crate) fn ask(&mut self, peer: LogKey) {
        self.send(peer, self.state(true));
    }

    pub(crate) fn answer_state(&mut self, peer: LogKey, equal: bool) {
        let answer = if equal {
            self.state(false)
        } else {
            let tags = Box::new(vectors::bucket_tags(self.ledger.frontier()));
            Message::Buckets { registry: self.ledger.registry_age(), tags }
        };
        self.send(peer, answer);
    }

    pub(crate) fn want_headers_below(&mut self, peer: LogKey, log: LogKey, place: Seq) {
        if place == Seq::ZERO {
            return;
        }
        let from = Seq::new(place.get().saturating_sub(MAX_HEADERS as u64).saturating_add(1).max(1));
        self.send(peer, Message::HeadersWanted { log, from, to: place });
    }

    /// Finds the first place at which the headers of a peer are not ours.
    pub(crate) fn compare_headers(&mut self, peer: LogKey, headers: &[SignedHeader]) {
        let Some(first) = headers.first() else { return };
        let log = first.header().log;
        let held = self.ledger.logs().get(&log);
        let ours = |seq: Seq| held.and_then(|l| l.at(seq));
        let differs = |h: &&SignedHeader| ours(h.header().seq).is_some_and(|id| id != h.id());
        let Some(theirs) = headers.iter().filter(|h| h.header().log == log).find(differs) else { return };
        if theirs.header().previous == ours(theirs.header().seq.previous()) {
            self.out.push(Output::Prove { peer, header: *theirs });
        } else {
            self.want_headers_below(peer, log, theirs.header().seq.previous());
        }
    }
}
