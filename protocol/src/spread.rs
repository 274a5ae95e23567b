//! New entries by announcement: which headers were announced by whom, which bodies were asked
//! for, and whom to ask when an answer stays out. Decides nothing about the replica.

use std::collections::{BTreeMap, BTreeSet};

use crate::header::SignedHeader;
use crate::id::{EntryId, LogKey, Seq};
use crate::ledger::Ledger;
use crate::limits::MAX_IN_FLIGHT;
use crate::time::{Span, Timestamp};

/// How long an answer to a fetch may take before another peer is asked.
const FETCH_TIME: Span = Span::from_secs(2);

/// An entry that was announced and is not here yet.
#[derive(Clone, Debug)]
struct Flight {
    log: LogKey,
    seq: Seq,
    asked: LogKey,
    since: Timestamp,
    others: BTreeSet<LogKey>,
}

/// What to do about an announced header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It is here, or on its way.
    Known,
    /// Ask the announcer for the entry.
    Fetch,
    /// Something before it is missing, or the log is not known: compare the replicas.
    Compare,
    /// Another entry stands in its place: the log was continued twice.
    Fork,
}

/// Entries on their way.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spread {
    flights: BTreeMap<EntryId, Flight>,
    heads: BTreeMap<LogKey, (Seq, EntryId)>,
}

impl Spread {
    /// Judges an announced header and notes who has it.
    pub(crate) fn announced(&mut self, ledger: &Ledger, header: &SignedHeader, by: LogKey, now: Timestamp) -> Verdict {
        let (id, place) = (header.id(), *header.header());
        if ledger.logs().place(&id).is_some() {
            return Verdict::Known;
        }
        if let Some(flight) = self.flights.get_mut(&id) {
            flight.others.insert(by);
            return Verdict::Known;
        }
        let Some(standing) = ledger.registry().standing(&place.log) else { return Verdict::Compare };
        let log = ledger.logs().get(&place.log);
        if standing.end.is_some_and(|end| place.seq > end.seq) || log.and_then(|l| l.fork()).is_some() {
            return Verdict::Known;
        }
        let held = log.map_or((Seq::ZERO, None), |l| (l.held(), l.head()));
        let (seq, head) = self.heads.get(&place.log).filter(|h| h.0 > held.0).map_or(held, |h| (h.0, Some(h.1)));
        if place.seq <= held.0 {
            return Verdict::Fork;
        }
        if place.seq != seq.next() || place.previous != head || self.flights.len() >= MAX_IN_FLIGHT {
            return Verdict::Compare;
        }
        let flight = Flight { log: place.log, seq: place.seq, asked: by, since: now, others: BTreeSet::new() };
        self.flights.insert(id, flight);
        self.heads.insert(place.log, (place.seq, id));
        Verdict::Fetch
    }

    /// Notes that an entry is here. Gives the peers that are known to have it.
    pub(crate) fn arrived(&mut self, id: &EntryId) -> BTreeSet<LogKey> {
        let Some(flight) = self.flights.remove(id) else { return BTreeSet::new() };
        self.forget_head(&flight);
        let mut have = flight.others;
        have.insert(flight.asked);
        have
    }

    /// Notes that a peer cannot give an entry. Gives whom to ask instead.
    pub(crate) fn absent(&mut self, id: &EntryId, peer: LogKey, now: Timestamp) -> Option<LogKey> {
        let flight = self.flights.get_mut(id).filter(|f| f.asked == peer)?;
        if let Some(next) = flight.others.pop_first() {
            flight.asked = next;
            flight.since = now;
            return Some(next);
        }
        if let Some(flight) = self.flights.remove(id) {
            self.forget_head(&flight);
        }
        None
    }

    /// Asks others for what stayed out too long, or was asked of a peer that is gone.
    pub(crate) fn overdue(&mut self, now: Timestamp, gone: Option<LogKey>) -> Vec<(LogKey, EntryId)> {
        for flight in self.flights.values_mut() {
            if let Some(peer) = gone {
                flight.others.remove(&peer);
            }
        }
        let late = |f: &Flight| gone.map_or_else(|| now.since(f.since) > FETCH_TIME, |peer| f.asked == peer);
        let ids: Vec<(EntryId, LogKey)> =
            self.flights.iter().filter(|(_, f)| late(f)).map(|(id, f)| (*id, f.asked)).collect();
        ids.into_iter().filter_map(|(id, asked)| self.absent(&id, asked, now).map(|next| (next, id))).collect()
    }

    fn forget_head(&mut self, flight: &Flight) {
        if self.heads.get(&flight.log).is_some_and(|h| h.0 <= flight.seq) {
            self.heads.remove(&flight.log);
        }
    }
}

#[cfg(test)]
mod tests;
