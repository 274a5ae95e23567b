//! Replication with all peers as one state machine: inputs and the hour in, outputs out. Does not
//! know sockets, disks or the hour; never changes the replica. The shell carries out what it says
//! and tells what became of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::charter::Reading;
use crate::dialing::Dialing;
use crate::exchange::{Input, Output};
use crate::header::SignedHeader;
use crate::hint::Hint;
use crate::id::{EntryId, LogKey, Seq};
use crate::ledger::{Ledger, Refusal};
use crate::limits::{BUCKETS, MAX_HEADERS, MAX_SESSIONS, MAX_WANTED};
use crate::message::{Farewell, Hello, Message, Pull, SESSION_VERSION};
use crate::session::{Job, Outcome, QUIET_TIME, Session};
use crate::spread::{Spread, Verdict};
use crate::steady::Steady;
use crate::step::Step;
use crate::time::{Span, Timestamp};
use crate::vectors::{self, Comparison, Range, bit};

/// How often a random peer is asked whether it has the same.
const ANTI_ENTROPY: Span = Span::from_secs(60);
/// How long a peer that broke the rules stays out.
const BAN_TIME: Span = Span::from_secs(3600);
/// How often missing texts are asked for.
const TEXT_PAUSE: Span = Span::from_secs(10);
/// Hints given to a new peer.
const MAX_HINTS: usize = 32;
/// Answers that may wait for one peer.
const MAX_JOBS: usize = 4 * crate::limits::MAX_LOGS;

/// Replication with all peers.
#[derive(Clone, Debug)]
pub struct Replicator {
    own: LogKey,
    sessions: BTreeMap<LogKey, Session>,
    banned: BTreeMap<LogKey, Timestamp>,
    spread: Spread,
    dialing: Dialing,
    steady: Steady,
    dice: u64,
    next_round: Timestamp,
    next_texts: Timestamp,
    own_head_known: bool,
    /// The end of our own log when we last looked.
    own_head: Option<(Seq, EntryId)>,
}

impl Replicator {
    /// The replicator of the node with this key; `seed` is chance.
    pub fn new(own: LogKey, seed: u64) -> Self {
        Self {
            own,
            sessions: BTreeMap::new(),
            banned: BTreeMap::new(),
            spread: Spread::default(),
            dialing: Dialing::default(),
            steady: Steady::default(),
            dice: seed,
            next_round: Timestamp::default(),
            next_texts: Timestamp::default(),
            own_head_known: false,
            own_head: None,
        }
    }

    /// Adds an address to dial.
    pub fn add_address(&mut self, address: &str) {
        self.dialing.add(address);
    }

    /// The peers with whom a session stands and greetings were exchanged.
    pub fn peers(&self) -> impl Iterator<Item = LogKey> + '_ {
        self.sessions.iter().filter(|(_, s)| s.is_greeted()).map(|(key, _)| *key)
    }

    /// Whether this node may sign: some peer has said how far it holds our log, all that stand
    /// have, and we hold as much. Stays so until the next start, or until a settlement takes from
    /// our log what we held.
    pub const fn knows_own_head(&self) -> bool {
        self.own_head_known
    }

    /// How far the clocks of the peers are ahead of ours in the middle, in milliseconds.
    pub fn clock_ahead(&self) -> Option<i64> {
        let mut ahead: Vec<i64> = self.sessions.values().filter(|s| s.is_greeted()).map(|s| s.clock_ahead).collect();
        ahead.sort_unstable();
        ahead.get(ahead.len().checked_div(2)?).copied()
    }

    /// Takes one input at an hour. The frontier of `ledger` must be fresh.
    pub fn handle(&mut self, ledger: &Ledger, input: Input, hour: Timestamp) -> Vec<Output> {
        let now = self.steady.at(hour);
        let mut step = Step { ledger, now, hour, out: Vec::new() };
        let step = &mut step;
        match input {
            Input::Connected { peer, dialed } => self.connected(peer, dialed, step),
            Input::Disconnected { peer } => self.disconnected(peer, step),
            Input::Received { peer, message } => self.received(peer, message, step),
            Input::Malformed { peer } => {
                self.looked_at(peer, 1, 0, step);
                self.fault(peer, step);
            }
            Input::Ingested { peer, results } => self.ingested(peer, results, step),
            Input::Published(headers) => self.announce(&headers, &BTreeMap::new(), step),
            Input::ForkRecorded { peer, proof } => {
                self.tell_others(peer, &Message::Fork(proof), step);
            }
            Input::ForkIsDeeper { peer, log, place } => step.want_headers_below(peer, log, place),
            Input::CharterTaken { peer, charter } => {
                self.tell_others(peer, &Message::Charter(charter), step);
                self.ask_all(step);
            }
            Input::CharterGap { peer } => step.greet(peer),
            Input::Room { peer } => {
                if let Some(session) = self.sessions.get_mut(&peer) {
                    session.has_room();
                }
            }
            Input::OwnHint(hint) => self.hint(None, &hint, step),
            Input::Tick => self.tick(step),
        }
        self.serve(step);
        self.update_own_head(step);
        std::mem::take(&mut step.out)
    }

    fn connected(&mut self, peer: LogKey, dialed: Option<String>, step: &mut Step<'_>) {
        if let Some(address) = &dialed {
            self.dialing.connected(address);
        }
        if self.banned.get(&peer).is_some_and(|until| *until > step.now) {
            step.out.push(Output::Disconnect { peer, why: Farewell::Misbehaviour });
            return;
        }
        if self.sessions.len() >= MAX_SESSIONS {
            step.out.push(Output::Disconnect { peer, why: Farewell::Full });
            return;
        }
        self.sessions.insert(peer, Session::new(dialed, step.now));
        step.greet(peer);
    }

    fn disconnected(&mut self, peer: LogKey, step: &mut Step<'_>) {
        if let Some(session) = self.sessions.remove(&peer)
            && let Some(address) = session.dialed
        {
            self.dialing.disconnected(&address, step.now);
        }
        for (next, id) in self.spread.overdue(step.now, Some(peer)) {
            step.send(next, Message::Fetch(vec![id]));
        }
    }

    fn received(&mut self, peer: LogKey, message: Message, step: &mut Step<'_>) {
        let Some(session) = self.sessions.get_mut(&peer) else { return };
        if !session.is_greeted() && !matches!(message, Message::Hello(_) | Message::Bye(_)) {
            self.fault(peer, step);
            return;
        }
        match message {
            Message::Hello(hello) => self.greeted(peer, hello, step),
            Message::State { digest, registry, ask } => {
                session.registry = registry;
                if ask {
                    step.answer_state(peer, digest == step.ledger.frontier().digest());
                }
            }
            Message::Buckets { registry, tags } => {
                session.registry = registry;
                let mask = vectors::differing(step.ledger.frontier(), &tags);
                self.pull(peer, mask, step);
            }
            Message::Pull(pull) => self.answer_pull(peer, &pull, step),
            Message::Want(rows) => self.answer(peer, vectors::answer_want(step.ledger, &rows), step),
            Message::Done => {
                if session.done() {
                    self.settle(peer, step);
                } else {
                    self.fault(peer, step);
                }
            }
            Message::Announce(headers) => self.announced(peer, headers, step),
            Message::Fetch(ids) => self.fetch(peer, ids, step),
            Message::HeadersWanted { log, from, to } => {
                let most = Seq::new(from.get().saturating_add(MAX_HEADERS as u64).saturating_sub(1));
                let to = to.min(most).min(step.ledger.counted(&log));
                if from != Seq::ZERO && from <= to {
                    step.out.push(Output::ServeHeaders { peer, range: Range { log, from, to } });
                }
            }
            Message::Headers(headers) => step.compare_headers(peer, &headers),
            Message::TextWanted(ids) => step.out.push(Output::ServeTexts { peer, ids }),
            Message::YourHead(head) => session.our_head = Some(head),
            Message::Hint(hint) => {
                if step.ledger.registry().standing(&hint.key()).is_some() {
                    self.hint(Some(peer), &hint, step);
                }
            }
            Message::Bye(_) => step.out.push(Output::Disconnect { peer, why: Farewell::Stopping }),
            Message::Absent(id) => {
                if let Some(next) = self.spread.absent(&id, peer, step.now) {
                    step.send(next, Message::Fetch(vec![id]));
                }
            }
            Message::Charter(charter) => step.out.push(Output::OfferCharter { peer, charter }),
            Message::Fork(proof) => step.out.push(Output::RecordFork { peer, proof }),
            Message::Entry(bytes, with_text) => {
                session.handed(1, step.now);
                step.out.push(Output::Ingest { peer, bytes, with_text });
            }
            Message::Text(id, text) => step.out.push(Output::IngestText { peer, id, text }),
        }
    }

    fn greeted(&mut self, peer: LogKey, hello: Hello, step: &mut Step<'_>) {
        let hour = step.hour;
        let Some(session) = self.sessions.get_mut(&peer) else { return };
        let members_only = step.ledger.charters().current().is_some_and(|c| c.terms().reading == Reading::Members);
        let refused = if hello.version != SESSION_VERSION {
            Some(Farewell::Version)
        } else if hello.federation != step.ledger.federation() {
            Some(Farewell::ForeignFederation)
        } else if members_only && step.ledger.registry().standing(&peer).is_none() && session.dialed.is_none() {
            Some(Farewell::NotAMember)
        } else {
            None
        };
        if let Some(why) = refused {
            step.send(peer, Message::Bye(why));
            step.out.push(Output::Disconnect { peer, why });
            return;
        }
        let ahead = |a: Timestamp, b: Timestamp| i64::try_from(a.since(b).as_millis()).unwrap_or(i64::MAX);
        session.clock_ahead = ahead(hello.time, hour).saturating_sub(ahead(hour, hello.time));
        session.hello = Some(hello);
        let initiates = session.dialed.is_some();
        // Whatever the epochs: a rival with a smaller hash may stand lower in a shorter chain.
        if hello.charter != step.ledger.frontier().charter() {
            step.send_charters(peer);
        }
        let theirs = step.ledger.logs().get(&peer).and_then(|log| Some((log.held(), log.head()?)));
        step.send(peer, Message::YourHead(theirs));
        for hint in self.dialing.hints(hour).filter(|h| h.key() != peer).take(MAX_HINTS) {
            step.send(peer, Message::Hint(hint.clone()));
        }
        if initiates {
            step.ask(peer);
        }
    }

    /// Asks a peer for what differs, unless someone else is being asked for it already.
    fn pull(&mut self, peer: LogKey, differing: u64, step: &mut Step<'_>) {
        if differing == 0 {
            return step.compare_charters(peer);
        }
        let elsewhere = self.busy_elsewhere(peer);
        let greeted = self.peers().count();
        let start = self.roll(BUCKETS);
        let Some(session) = self.sessions.get_mut(&peer) else { return };
        if session.is_pulling() || session.quiet_until > step.now {
            return;
        }
        let mut mask = differing & !elsewhere;
        let many = mask.count_ones() > 16 && greeted > 1;
        if many && session.registry > step.ledger.registry_age() {
            // Without the registry, what others send could not be judged: it comes first, alone.
            let registrars = step.ledger.charters().registrars().into_iter();
            mask &= registrars.fold(0, |m, (key, _)| m | bit(crate::frontier::bucket_of(&key)));
        } else if many {
            mask = share(mask, greeted, start);
        }
        if mask == 0 {
            return;
        }
        let width = session.width();
        session.began(mask, step.now);
        step.send(peer, Message::Pull(vectors::pull(step.ledger.frontier(), mask, width)));
    }

    fn answer_pull(&mut self, peer: LogKey, pull: &Pull, step: &mut Step<'_>) {
        let elsewhere = self.busy_elsewhere(peer);
        let mut comparison = vectors::compare(step.ledger, pull);
        let wants: Vec<_> = std::mem::take(&mut comparison.wants)
            .into_iter()
            .filter(|(tag, _)| elsewhere & bit(usize::from(tag[0] >> 2)) == 0)
            .collect();
        if let Some(session) = self.sessions.get_mut(&peer)
            && !wants.is_empty()
            && !session.is_pulling()
            && session.quiet_until <= step.now
        {
            let mask = wants.iter().fold(0, |m, (tag, _)| m | bit(usize::from(tag[0] >> 2)));
            session.began(mask, step.now);
            step.send(peer, Message::Want(wants));
        }
        self.answer(peer, comparison, step);
    }

    fn answer(&mut self, peer: LogKey, comparison: Comparison, step: &mut Step<'_>) {
        let Some(session) = self.sessions.get_mut(&peer) else { return };
        if session.jobs() > MAX_JOBS {
            self.fault(peer, step);
            return;
        }
        session.queue(comparison.forks.into_iter().map(|p| Job::Send(Message::Fork(Box::new(p)))));
        session.queue(comparison.ranges.into_iter().map(Job::Serve));
        session.queue([Job::Send(Message::Done)]);
        for (log, place) in comparison.suspects {
            step.want_headers_below(peer, log, place);
        }
    }

    /// Entries asked for by id wait for room on the line like every other answer.
    fn fetch(&mut self, peer: LogKey, ids: Vec<EntryId>, step: &mut Step<'_>) {
        let jobs = ids.into_iter().map(|id| {
            let place =
                step.ledger.logs().place(&id).filter(|_| step.ledger.logs().counts(&id, step.ledger.registry()));
            match place.and_then(|p| Some((step.ledger.logs().key(p.log)?, p.seq))) {
                Some((log, seq)) => Job::Serve(Range { log, from: seq, to: seq }),
                None => Job::Send(Message::Absent(id)),
            }
        });
        let Some(session) = self.sessions.get_mut(&peer) else { return };
        if session.jobs() > MAX_JOBS {
            self.fault(peer, step);
            return;
        }
        session.queue(jobs);
    }

    /// When an answer is complete and looked at: ask again after a gain, else leave it for a while.
    fn settle(&mut self, peer: LogKey, step: &mut Step<'_>) {
        let Some(session) = self.sessions.get_mut(&peer) else { return };
        match session.outcome() {
            None => {}
            Some(Outcome::Gained) => {
                session.wide = false;
                self.ask_all(step);
            }
            Some(Outcome::Nothing) if !session.wide => {
                // Perhaps two ids begin alike: once more with whole ids.
                session.wide = true;
                step.ask(peer);
            }
            Some(Outcome::Nothing) => {
                session.wide = false;
                session.quiet_until = step.now.after(QUIET_TIME);
                // No entry makes the difference: it may be a charter that was lost on its way.
                step.compare_charters(peer);
            }
        }
    }

    fn announced(&mut self, peer: LogKey, headers: Vec<SignedHeader>, step: &mut Step<'_>) {
        let (mut fetch, mut compare) = (Vec::new(), false);
        for header in headers {
            match self.spread.announced(step.ledger, &header, peer, step.now) {
                Verdict::Known => {}
                Verdict::Fetch => fetch.push(header.id()),
                Verdict::Compare => compare = true,
                Verdict::Fork => step.out.push(Output::Prove { peer, header }),
            }
        }
        for ids in fetch.chunks(MAX_WANTED) {
            step.send(peer, Message::Fetch(ids.to_vec()));
        }
        if compare && self.sessions.get(&peer).is_some_and(|s| !s.is_pulling()) {
            step.ask(peer);
        }
    }

    fn ingested(&mut self, peer: LogKey, results: Vec<(SignedHeader, Result<(), Refusal>)>, step: &mut Step<'_>) {
        let count = u64::try_from(results.len()).unwrap_or(u64::MAX);
        let (mut gained, mut compare, mut wrong) = (0_u64, false, 0_u32);
        let (mut fresh, mut have) = (Vec::new(), BTreeMap::new());
        for (header, result) in results {
            let known = self.spread.arrived(&header.id());
            match result {
                Ok(()) => {
                    gained = gained.saturating_add(1);
                    // What came by a pull is told by state, not one by one.
                    if !known.is_empty() {
                        have.insert(header.id(), known);
                        fresh.push(header);
                    }
                }
                // The peer's registry may be older or newer than ours: nobody's fault.
                Err(Refusal::Replayed | Refusal::AfterEnd { .. } | Refusal::LostBranch | Refusal::TooManyLogs) => {}
                Err(Refusal::UnknownMember | Refusal::OutOfPlace { .. }) => compare = true,
                Err(Refusal::Forked { .. }) => step.out.push(Output::Prove { peer, header }),
                Err(Refusal::ForeignFederation) => wrong = wrong.saturating_add(1),
            }
        }
        for _ in 0..wrong {
            self.fault(peer, step);
        }
        self.announce(&fresh, &have, step);
        self.looked_at(peer, count, gained, step);
        if compare && self.sessions.get(&peer).is_some_and(|s| !s.is_pulling() && s.quiet_until <= step.now) {
            step.ask(peer);
        }
    }

    fn looked_at(&mut self, peer: LogKey, n: u64, gained: u64, step: &mut Step<'_>) {
        if let Some(session) = self.sessions.get_mut(&peer) {
            session.taken(n, gained, step.now);
            self.settle(peer, step);
        }
    }

    fn tick(&mut self, step: &mut Step<'_>) {
        self.banned.retain(|_, until| *until > step.now);
        for (peer, id) in self.spread.overdue(step.now, None) {
            step.send(peer, Message::Fetch(vec![id]));
        }
        let stalled: Vec<LogKey> =
            self.sessions.iter().filter(|(_, s)| s.is_stalled(step.now)).map(|(k, _)| *k).collect();
        for peer in stalled {
            step.out.push(Output::Disconnect { peer, why: Farewell::Stopping });
        }
        if self.next_round <= step.now {
            self.next_round = step.now.after(ANTI_ENTROPY);
            if let Some(peer) = self.random_peer() {
                step.ask(peer);
            }
            if !self.own_head_known {
                self.ask_for_own_head(step);
            }
        }
        if self.next_texts <= step.now {
            self.next_texts = step.now.after(TEXT_PAUSE);
            self.want_texts(step);
        }
        let outgoing = self.sessions.values().filter(|s| s.dialed.is_some()).count();
        let mut dice = self.dice;
        let due = self.dialing.due(outgoing, step.now, |n| pick(&mut dice, n));
        self.dice = dice;
        step.out.extend(due.into_iter().map(|address| Output::Dial { address }));
    }

    /// Asks for missing texts: those who wrote them, where they are connected, and by turns all
    /// others.
    fn want_texts(&mut self, step: &mut Step<'_>) {
        let wanted: Vec<EntryId> = step.ledger.wanted_texts().take(MAX_WANTED).collect();
        let mut by_author: BTreeMap<LogKey, Vec<EntryId>> = BTreeMap::new();
        for id in &wanted {
            let author = step.ledger.logs().place(id).and_then(|place| step.ledger.logs().key(place.log));
            if let Some(author) = author.filter(|a| self.sessions.get(a).is_some_and(Session::is_greeted)) {
                by_author.entry(author).or_default().push(*id);
            }
        }
        for (author, ids) in by_author {
            step.send(author, Message::TextWanted(ids));
        }
        if let Some(peer) = self.random_peer().filter(|_| !wanted.is_empty()) {
            step.send(peer, Message::TextWanted(wanted));
        }
    }

    fn hint(&mut self, from: Option<LogKey>, hint: &Hint, step: &mut Step<'_>) {
        if hint.key() == self.own && from.is_some() {
            return;
        }
        if self.dialing.hint(hint, step.hour) {
            self.tell_others(from, &Message::Hint(hint.clone()), step);
        }
    }

    /// Tells all peers of new entries, but for those that are known to have them.
    fn announce(&self, headers: &[SignedHeader], have: &BTreeMap<EntryId, BTreeSet<LogKey>>, step: &mut Step<'_>) {
        for peer in self.peers() {
            let news: Vec<SignedHeader> =
                headers.iter().filter(|h| have.get(&h.id()).is_none_or(|by| !by.contains(&peer))).copied().collect();
            for part in news.chunks(MAX_HEADERS) {
                step.send(peer, Message::Announce(part.to_vec()));
            }
        }
    }

    fn ask_all(&self, step: &mut Step<'_>) {
        for (peer, _) in self.sessions.iter().filter(|(_, s)| s.is_greeted() && !s.is_pulling()) {
            step.ask(*peer);
        }
    }

    fn tell_others(&self, from: Option<LogKey>, message: &Message, step: &mut Step<'_>) {
        for peer in self.peers().filter(|p| Some(*p) != from) {
            step.send(peer, message.clone());
        }
    }

    fn serve(&mut self, step: &mut Step<'_>) {
        for (peer, session) in &mut self.sessions {
            while let Some(job) = session.next_job() {
                match job {
                    Job::Serve(range) => step.out.push(Output::Serve { peer: *peer, range }),
                    Job::Send(message) => step.send(*peer, message),
                }
            }
        }
    }

    fn fault(&mut self, peer: LogKey, step: &mut Step<'_>) {
        if self.sessions.get_mut(&peer).is_some_and(Session::fault) {
            self.banned.insert(peer, step.now.after(BAN_TIME));
            step.send(peer, Message::Bye(Farewell::Misbehaviour));
            step.out.push(Output::Disconnect { peer, why: Farewell::Misbehaviour });
        }
    }

    fn update_own_head(&mut self, step: &mut Step<'_>) {
        let log = step.ledger.logs().get(&self.own);
        let left = |(seq, id): (Seq, EntryId)| log.and_then(|l| l.at(seq)) != Some(id);
        let lost = self.own_head.is_some_and(left);
        let held = log.map_or(Seq::ZERO, crate::log::Log::held);
        self.own_head = log.and_then(|l| Some((l.held(), l.head()?)));
        if lost {
            // The other branch of a fork holds: how long it is, only others know.
            self.own_head_known = false;
            self.sessions.values_mut().for_each(|session| session.our_head = None);
            self.ask_for_own_head(step);
        }
        if self.own_head_known {
            return;
        }
        let mut greeted = self.sessions.values().filter(|s| s.is_greeted()).peekable();
        let some = greeted.peek().is_some();
        self.own_head_known = some && greeted.all(|s| s.our_head.is_some_and(|h| h.is_none_or(|(seq, _)| seq <= held)));
    }

    /// Has all peers say how far they hold our log: they do so when they are greeted.
    fn ask_for_own_head(&self, step: &mut Step<'_>) {
        for peer in self.peers() {
            step.greet(peer);
        }
    }

    fn busy_elsewhere(&self, peer: LogKey) -> u64 {
        self.sessions.iter().filter(|(key, _)| **key != peer).fold(0, |m, (_, s)| m | s.busy)
    }

    fn random_peer(&mut self) -> Option<LogKey> {
        let peers: Vec<LogKey> = self.peers().collect();
        let n = self.roll(peers.len().max(1));
        peers.get(n).copied()
    }

    fn roll(&mut self, n: usize) -> usize {
        pick(&mut self.dice, n)
    }
}

/// A part of the buckets, so that several peers can be asked at once.
fn share(mask: u64, peers: usize, start: usize) -> u64 {
    let wanted = usize::try_from(mask.count_ones()).unwrap_or(0).div_ceil(peers.max(1));
    let order = (0..BUCKETS).map(|n| bit(n.saturating_add(start) % BUCKETS));
    order.filter(|b| mask & b != 0).take(wanted).fold(0, |m, b| m | b)
}

/// A number below `n` by splitmix64; good enough to spread load, not to keep secrets.
fn pick(dice: &mut u64, n: usize) -> usize {
    *dice = dice.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *dice;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    let roll = usize::try_from((z ^ (z >> 31)) >> 1).unwrap_or(0);
    roll.checked_rem(n).unwrap_or(0)
}

#[cfg(test)]
mod tests;
