//! Replication with all peers as one state machine: inputs and the hour in, outputs out. Does not
//! know sockets, disks or the hour; never changes the replica. The shell carries out what it says
//! and tells what became of it.

use std::collections::{BTreeMap, BTreeSet};

use crate::charter::{Charter, Reading};
use crate::dialing::Dialing;
use crate::fork::ForkProof;
use crate::header::SignedHeader;
use crate::hint::Hint;
use crate::id::{EntryId, LogKey, Seq};
use crate::ledger::{Ledger, Refusal};
use crate::limits::{BUCKETS, MAX_HEADERS, MAX_SESSIONS, MAX_WANTED};
use crate::message::{Farewell, Hello, Message, Pull, SESSION_VERSION};
use crate::session::{Job, Outcome, QUIET_TIME, Session};
use crate::spread::{Spread, Verdict};
use crate::steady::Steady;
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

/// What happens to a node.
#[derive(Clone, Debug)]
pub enum Input {
    /// A session stands; `dialed` is the address if we dialed.
    Connected {
        /// Who.
        peer: LogKey,
        /// The address, if we dialed.
        dialed: Option<String>,
    },
    /// A session ended.
    Disconnected {
        /// Who.
        peer: LogKey,
    },
    /// A message came.
    Received {
        /// From whom.
        peer: LogKey,
        /// What.
        message: Message,
    },
    /// Something came that is no message, or an entry that is none.
    Malformed {
        /// From whom.
        peer: LogKey,
    },
    /// Entries that a peer sent were looked at.
    Ingested {
        /// Who sent them.
        peer: LogKey,
        /// What became of each.
        results: Vec<(SignedHeader, Result<(), Refusal>)>,
    },
    /// Entries of this node's own, or from a bundle, joined the replica.
    Published(Vec<SignedHeader>),
    /// A proof joined the replica; from whom, if from a peer.
    ForkRecorded {
        /// From whom, if from a peer.
        peer: Option<LogKey>,
        /// The proof.
        proof: Box<ForkProof>,
    },
    /// A header stands where ours has another predecessor: the logs part further down.
    ForkIsDeeper {
        /// Who has the other branch.
        peer: LogKey,
        /// The log.
        log: LogKey,
        /// The place up to which to look.
        place: Seq,
    },
    /// A charter joined the chain; from whom, if from a peer.
    CharterTaken {
        /// From whom, if from a peer.
        peer: Option<LogKey>,
        /// The charter.
        charter: Box<Charter>,
    },
    /// A charter came whose predecessor is not here.
    CharterGap {
        /// From whom.
        peer: LogKey,
    },
    /// The line to a peer has room for more of an answer.
    Room {
        /// Who.
        peer: LogKey,
    },
    /// This node's own hint.
    OwnHint(Hint),
    /// Time has passed; about once a second.
    Tick,
}

/// What the shell is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Output {
    /// Send a message.
    Send {
        /// To whom.
        peer: LogKey,
        /// What.
        message: Message,
    },
    /// Send these entries from the journal, then tell when the line has [`Input::Room`].
    Serve {
        /// To whom.
        peer: LogKey,
        /// Which.
        range: Range,
    },
    /// Send these texts from the journal; [`Message::Absent`] for what is not here.
    ServeTexts {
        /// To whom.
        peer: LogKey,
        /// Of which entries.
        ids: Vec<EntryId>,
    },
    /// Send the headers of these entries.
    ServeHeaders {
        /// To whom.
        peer: LogKey,
        /// Which.
        range: Range,
    },
    /// Check and store an entry, then tell with [`Input::Ingested`] or [`Input::Malformed`].
    Ingest {
        /// Who sent it.
        peer: LogKey,
        /// The bytes of the entry.
        bytes: Vec<u8>,
        /// Whether the text is with it.
        with_text: bool,
    },
    /// Check and store a text.
    IngestText {
        /// Who sent it.
        peer: LogKey,
        /// Whose text it is.
        id: EntryId,
        /// The text.
        text: Vec<u8>,
    },
    /// Make a proof of this header and ours at its place, and record it.
    Prove {
        /// Who sent it.
        peer: LogKey,
        /// Theirs.
        header: SignedHeader,
    },
    /// Record a proof.
    RecordFork {
        /// Who sent it.
        peer: LogKey,
        /// The proof.
        proof: Box<ForkProof>,
    },
    /// Offer a charter to the chain.
    OfferCharter {
        /// Who sent it.
        peer: LogKey,
        /// The charter.
        charter: Box<Charter>,
    },
    /// Open a connection.
    Dial {
        /// The address.
        address: String,
    },
    /// End a session.
    Disconnect {
        /// Who.
        peer: LogKey,
        /// Why.
        why: Farewell,
    },
}

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
}

type Outputs = Vec<Output>;

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
    /// have, and we hold as much. Stays so until the next start.
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
    pub fn handle(&mut self, ledger: &Ledger, input: Input, hour: Timestamp) -> Outputs {
        let now = self.steady.at(hour);
        let mut out = Vec::new();
        match input {
            Input::Connected { peer, dialed } => self.connected(ledger, peer, dialed, now, &mut out),
            Input::Disconnected { peer } => self.disconnected(peer, now, &mut out),
            Input::Received { peer, message } => self.received(ledger, peer, message, now, &mut out),
            Input::Malformed { peer } => {
                self.looked_at(ledger, peer, 1, 0, now, &mut out);
                self.fault(peer, now, &mut out);
            }
            Input::Ingested { peer, results } => self.ingested(ledger, peer, results, now, &mut out),
            Input::Published(headers) => self.announce(&headers, &BTreeMap::new(), &mut out),
            Input::ForkRecorded { peer, proof } => {
                self.tell_others(peer, &Message::Fork(proof), &mut out);
            }
            Input::ForkIsDeeper { peer, log, place } => want_headers_below(peer, log, place, &mut out),
            Input::CharterTaken { peer, charter } => {
                self.tell_others(peer, &Message::Charter(charter), &mut out);
                self.ask_all(ledger, &mut out);
            }
            Input::CharterGap { peer } => greet(ledger, peer, self.steady.hour(), &mut out),
            Input::Room { peer } => {
                if let Some(session) = self.sessions.get_mut(&peer) {
                    session.has_room();
                }
            }
            Input::OwnHint(hint) => self.hint(None, &hint, &mut out),
            Input::Tick => self.tick(ledger, now, &mut out),
        }
        self.serve(&mut out);
        self.update_own_head(ledger);
        out
    }

    fn connected(&mut self, ledger: &Ledger, peer: LogKey, dialed: Option<String>, now: Timestamp, out: &mut Outputs) {
        if let Some(address) = &dialed {
            self.dialing.connected(address);
        }
        if self.banned.get(&peer).is_some_and(|until| *until > now) {
            out.push(Output::Disconnect { peer, why: Farewell::Misbehaviour });
            return;
        }
        if self.sessions.len() >= MAX_SESSIONS {
            out.push(Output::Disconnect { peer, why: Farewell::Full });
            return;
        }
        self.sessions.insert(peer, Session::new(dialed, now));
        greet(ledger, peer, self.steady.hour(), out);
    }

    fn disconnected(&mut self, peer: LogKey, now: Timestamp, out: &mut Outputs) {
        if let Some(session) = self.sessions.remove(&peer)
            && let Some(address) = session.dialed
        {
            self.dialing.disconnected(&address, now);
        }
        for (next, id) in self.spread.overdue(now, Some(peer)) {
            send(next, Message::Fetch(vec![id]), out);
        }
    }

    fn received(&mut self, ledger: &Ledger, peer: LogKey, message: Message, now: Timestamp, out: &mut Outputs) {
        let Some(session) = self.sessions.get_mut(&peer) else { return };
        if !session.is_greeted() && !matches!(message, Message::Hello(_) | Message::Bye(_)) {
            self.fault(peer, now, out);
            return;
        }
        match message {
            Message::Hello(hello) => self.greeted(ledger, peer, hello, out),
            Message::State { digest, registry, ask } => {
                session.registry = registry;
                if ask {
                    answer_state(ledger, peer, digest == ledger.frontier().digest(), out);
                }
            }
            Message::Buckets { registry, tags } => {
                session.registry = registry;
                let mask = vectors::differing(ledger.frontier(), &tags);
                self.pull(ledger, peer, mask, now, out);
            }
            Message::Pull(pull) => self.answer_pull(ledger, peer, &pull, now, out),
            Message::Want(rows) => self.answer(peer, vectors::answer_want(ledger, &rows), now, out),
            Message::Done => {
                if session.done() {
                    self.settle(ledger, peer, now, out);
                } else {
                    self.fault(peer, now, out);
                }
            }
            Message::Announce(headers) => self.announced(ledger, peer, headers, now, out),
            Message::Fetch(ids) => self.fetch(ledger, peer, ids, now, out),
            Message::HeadersWanted { log, from, to } => {
                let most = Seq::new(from.get().saturating_add(MAX_HEADERS as u64).saturating_sub(1));
                let to = to.min(most).min(ledger.counted(&log));
                if from != Seq::ZERO && from <= to {
                    out.push(Output::ServeHeaders { peer, range: Range { log, from, to } });
                }
            }
            Message::Headers(headers) => compare_headers(ledger, peer, &headers, out),
            Message::TextWanted(ids) => out.push(Output::ServeTexts { peer, ids }),
            Message::YourHead(head) => session.our_head = Some(head),
            Message::Hint(hint) => {
                if ledger.registry().standing(&hint.key()).is_some() {
                    self.hint(Some(peer), &hint, out);
                }
            }
            Message::Bye(_) => out.push(Output::Disconnect { peer, why: Farewell::Stopping }),
            Message::Absent(id) => {
                if let Some(next) = self.spread.absent(&id, peer, now) {
                    send(next, Message::Fetch(vec![id]), out);
                }
            }
            Message::Charter(charter) => out.push(Output::OfferCharter { peer, charter }),
            Message::Fork(proof) => out.push(Output::RecordFork { peer, proof }),
            Message::Entry(bytes, with_text) => {
                session.handed(1, now);
                out.push(Output::Ingest { peer, bytes, with_text });
            }
            Message::Text(id, text) => out.push(Output::IngestText { peer, id, text }),
        }
    }

    fn greeted(&mut self, ledger: &Ledger, peer: LogKey, hello: Hello, out: &mut Outputs) {
        let hour = self.steady.hour();
        let Some(session) = self.sessions.get_mut(&peer) else { return };
        let members_only = ledger.charters().current().is_some_and(|c| c.terms().reading == Reading::Members);
        let refused = if hello.version != SESSION_VERSION {
            Some(Farewell::Version)
        } else if hello.federation != ledger.federation() {
            Some(Farewell::ForeignFederation)
        } else if members_only && ledger.registry().standing(&peer).is_none() && session.dialed.is_none() {
            Some(Farewell::NotAMember)
        } else {
            None
        };
        if let Some(why) = refused {
            send(peer, Message::Bye(why), out);
            out.push(Output::Disconnect { peer, why });
            return;
        }
        let ahead = |a: Timestamp, b: Timestamp| i64::try_from(a.since(b).as_millis()).unwrap_or(i64::MAX);
        session.clock_ahead = ahead(hello.time, hour).saturating_sub(ahead(hour, hello.time));
        session.hello = Some(hello);
        let initiates = session.dialed.is_some();
        // Whatever the epochs: a rival with a smaller hash may stand lower in a shorter chain.
        if hello.charter != ledger.frontier().charter() {
            send_charters(ledger, peer, out);
        }
        let theirs = ledger.logs().get(&peer).and_then(|log| Some((log.held(), log.head()?)));
        send(peer, Message::YourHead(theirs), out);
        for hint in self.dialing.hints(hour).filter(|h| h.key() != peer).take(MAX_HINTS) {
            send(peer, Message::Hint(hint.clone()), out);
        }
        if initiates {
            send(peer, state(ledger, true), out);
        }
    }

    /// Asks a peer for what differs, unless someone else is being asked for it already.
    fn pull(&mut self, ledger: &Ledger, peer: LogKey, differing: u64, now: Timestamp, out: &mut Outputs) {
        if differing == 0 {
            return compare_charters(ledger, peer, self.steady.hour(), out);
        }
        let elsewhere = self.busy_elsewhere(peer);
        let greeted = self.peers().count();
        let start = self.roll(BUCKETS);
        let Some(session) = self.sessions.get_mut(&peer) else { return };
        if session.is_pulling() || session.quiet_until > now {
            return;
        }
        let mut mask = differing & !elsewhere;
        let many = mask.count_ones() > 16 && greeted > 1;
        if many && session.registry > ledger.registry_age() {
            // Without the registry, what others send could not be judged: it comes first, alone.
            let registrars = ledger.charters().registrars().into_iter();
            mask &= registrars.fold(0, |m, (key, _)| m | bit(crate::frontier::bucket_of(&key)));
        } else if many {
            mask = share(mask, greeted, start);
        }
        if mask == 0 {
            return;
        }
        let width = session.width();
        session.began(mask, now);
        send(peer, Message::Pull(vectors::pull(ledger.frontier(), mask, width)), out);
    }

    fn answer_pull(&mut self, ledger: &Ledger, peer: LogKey, pull: &Pull, now: Timestamp, out: &mut Outputs) {
        let elsewhere = self.busy_elsewhere(peer);
        let mut comparison = vectors::compare(ledger, pull);
        let wants: Vec<_> = std::mem::take(&mut comparison.wants)
            .into_iter()
            .filter(|(tag, _)| elsewhere & bit(usize::from(tag[0] >> 2)) == 0)
            .collect();
        if let Some(session) = self.sessions.get_mut(&peer)
            && !wants.is_empty()
            && !session.is_pulling()
            && session.quiet_until <= now
        {
            let mask = wants.iter().fold(0, |m, (tag, _)| m | bit(usize::from(tag[0] >> 2)));
            session.began(mask, now);
            send(peer, Message::Want(wants), out);
        }
        self.answer(peer, comparison, now, out);
    }

    fn answer(&mut self, peer: LogKey, comparison: Comparison, now: Timestamp, out: &mut Outputs) {
        let Some(session) = self.sessions.get_mut(&peer) else { return };
        if session.jobs() > MAX_JOBS {
            self.fault(peer, now, out);
            return;
        }
        session.queue(comparison.forks.into_iter().map(|p| Job::Send(Message::Fork(Box::new(p)))));
        session.queue(comparison.ranges.into_iter().map(Job::Serve));
        session.queue([Job::Send(Message::Done)]);
        for (log, place) in comparison.suspects {
            want_headers_below(peer, log, place, out);
        }
    }

    /// Entries asked for by id wait for room on the line like every other answer.
    fn fetch(&mut self, ledger: &Ledger, peer: LogKey, ids: Vec<EntryId>, now: Timestamp, out: &mut Outputs) {
        let jobs = ids.into_iter().map(|id| {
            let place = ledger.logs().place(&id).filter(|_| ledger.logs().counts(&id, ledger.registry()));
            match place.and_then(|p| Some((ledger.logs().key(p.log)?, p.seq))) {
                Some((log, seq)) => Job::Serve(Range { log, from: seq, to: seq }),
                None => Job::Send(Message::Absent(id)),
            }
        });
        let Some(session) = self.sessions.get_mut(&peer) else { return };
        if session.jobs() > MAX_JOBS {
            self.fault(peer, now, out);
            return;
        }
        session.queue(jobs);
    }

    /// When an answer is complete and looked at: ask again after a gain, else leave it for a while.
    fn settle(&mut self, ledger: &Ledger, peer: LogKey, now: Timestamp, out: &mut Outputs) {
        let Some(session) = self.sessions.get_mut(&peer) else { return };
        match session.outcome() {
            None => {}
            Some(Outcome::Gained) => {
                session.wide = false;
                self.ask_all(ledger, out);
            }
            Some(Outcome::Nothing) if !session.wide => {
                // Perhaps two ids begin alike: once more with whole ids.
                session.wide = true;
                send(peer, state(ledger, true), out);
            }
            Some(Outcome::Nothing) => {
                session.wide = false;
                session.quiet_until = now.after(QUIET_TIME);
                // No entry makes the difference: it may be a charter that was lost on its way.
                compare_charters(ledger, peer, self.steady.hour(), out);
            }
        }
    }

    fn announced(
        &mut self,
        ledger: &Ledger,
        peer: LogKey,
        headers: Vec<SignedHeader>,
        now: Timestamp,
        out: &mut Outputs,
    ) {
        let (mut fetch, mut compare) = (Vec::new(), false);
        for header in headers {
            match self.spread.announced(ledger, &header, peer, now) {
                Verdict::Known => {}
                Verdict::Fetch => fetch.push(header.id()),
                Verdict::Compare => compare = true,
                Verdict::Fork => out.push(Output::Prove { peer, header }),
            }
        }
        for ids in fetch.chunks(MAX_WANTED) {
            send(peer, Message::Fetch(ids.to_vec()), out);
        }
        if compare && self.sessions.get(&peer).is_some_and(|s| !s.is_pulling()) {
            send(peer, state(ledger, true), out);
        }
    }

    fn ingested(
        &mut self,
        ledger: &Ledger,
        peer: LogKey,
        results: Vec<(SignedHeader, Result<(), Refusal>)>,
        now: Timestamp,
        out: &mut Outputs,
    ) {
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
                Err(Refusal::Forked { .. }) => out.push(Output::Prove { peer, header }),
                Err(Refusal::ForeignFederation) => wrong = wrong.saturating_add(1),
            }
        }
        for _ in 0..wrong {
            self.fault(peer, now, out);
        }
        self.announce(&fresh, &have, out);
        self.looked_at(ledger, peer, count, gained, now, out);
        if compare && self.sessions.get(&peer).is_some_and(|s| !s.is_pulling() && s.quiet_until <= now) {
            send(peer, state(ledger, true), out);
        }
    }

    fn looked_at(&mut self, ledger: &Ledger, peer: LogKey, n: u64, gained: u64, now: Timestamp, out: &mut Outputs) {
        if let Some(session) = self.sessions.get_mut(&peer) {
            session.taken(n, gained, now);
            self.settle(ledger, peer, now, out);
        }
    }

    fn tick(&mut self, ledger: &Ledger, now: Timestamp, out: &mut Outputs) {
        self.banned.retain(|_, until| *until > now);
        for (peer, id) in self.spread.overdue(now, None) {
            send(peer, Message::Fetch(vec![id]), out);
        }
        let stalled: Vec<LogKey> = self.sessions.iter().filter(|(_, s)| s.is_stalled(now)).map(|(k, _)| *k).collect();
        for peer in stalled {
            out.push(Output::Disconnect { peer, why: Farewell::Stopping });
        }
        if self.next_round <= now {
            self.next_round = now.after(ANTI_ENTROPY);
            if let Some(peer) = self.random_peer() {
                send(peer, state(ledger, true), out);
            }
        }
        if self.next_texts <= now {
            self.next_texts = now.after(TEXT_PAUSE);
            self.want_texts(ledger, out);
        }
        let outgoing = self.sessions.values().filter(|s| s.dialed.is_some()).count();
        let mut dice = self.dice;
        let due = self.dialing.due(outgoing, now, |n| pick(&mut dice, n));
        self.dice = dice;
        out.extend(due.into_iter().map(|address| Output::Dial { address }));
    }

    /// Asks for missing texts: those who wrote them, where they are connected, and by turns all
    /// others.
    fn want_texts(&mut self, ledger: &Ledger, out: &mut Outputs) {
        let wanted: Vec<EntryId> = ledger.wanted_texts().take(MAX_WANTED).collect();
        let mut by_author: BTreeMap<LogKey, Vec<EntryId>> = BTreeMap::new();
        for id in &wanted {
            let author = ledger.logs().place(id).and_then(|place| ledger.logs().key(place.log));
            if let Some(author) = author.filter(|a| self.sessions.get(a).is_some_and(Session::is_greeted)) {
                by_author.entry(author).or_default().push(*id);
            }
        }
        for (author, ids) in by_author {
            send(author, Message::TextWanted(ids), out);
        }
        if let Some(peer) = self.random_peer().filter(|_| !wanted.is_empty()) {
            send(peer, Message::TextWanted(wanted), out);
        }
    }

    fn hint(&mut self, from: Option<LogKey>, hint: &Hint, out: &mut Outputs) {
        if hint.key() == self.own && from.is_some() {
            return;
        }
        if self.dialing.hint(hint, self.steady.hour()) {
            self.tell_others(from, &Message::Hint(hint.clone()), out);
        }
    }

    /// Tells all peers of new entries, but for those that are known to have them.
    fn announce(&self, headers: &[SignedHeader], have: &BTreeMap<EntryId, BTreeSet<LogKey>>, out: &mut Outputs) {
        for peer in self.peers() {
            let news: Vec<SignedHeader> =
                headers.iter().filter(|h| have.get(&h.id()).is_none_or(|by| !by.contains(&peer))).copied().collect();
            for part in news.chunks(MAX_HEADERS) {
                send(peer, Message::Announce(part.to_vec()), out);
            }
        }
    }

    fn ask_all(&self, ledger: &Ledger, out: &mut Outputs) {
        for (peer, _) in self.sessions.iter().filter(|(_, s)| s.is_greeted() && !s.is_pulling()) {
            send(*peer, state(ledger, true), out);
        }
    }

    fn tell_others(&self, from: Option<LogKey>, message: &Message, out: &mut Outputs) {
        for peer in self.peers().filter(|p| Some(*p) != from) {
            send(peer, message.clone(), out);
        }
    }

    fn serve(&mut self, out: &mut Outputs) {
        for (peer, session) in &mut self.sessions {
            while let Some(job) = session.next_job() {
                match job {
                    Job::Serve(range) => out.push(Output::Serve { peer: *peer, range }),
                    Job::Send(message) => send(*peer, message, out),
                }
            }
        }
    }

    fn fault(&mut self, peer: LogKey, now: Timestamp, out: &mut Outputs) {
        if self.sessions.get_mut(&peer).is_some_and(Session::fault) {
            self.banned.insert(peer, now.after(BAN_TIME));
            send(peer, Message::Bye(Farewell::Misbehaviour), out);
            out.push(Output::Disconnect { peer, why: Farewell::Misbehaviour });
        }
    }

    fn update_own_head(&mut self, ledger: &Ledger) {
        if self.own_head_known {
            return;
        }
        let held = ledger.logs().get(&self.own).map_or(Seq::ZERO, crate::log::Log::held);
        let mut greeted = self.sessions.values().filter(|s| s.is_greeted()).peekable();
        let some = greeted.peek().is_some();
        self.own_head_known = some && greeted.all(|s| s.our_head.is_some_and(|h| h.is_none_or(|(seq, _)| seq <= held)));
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

fn send(peer: LogKey, message: Message, out: &mut Outputs) {
    out.push(Output::Send { peer, message });
}

fn greet(ledger: &Ledger, peer: LogKey, hour: Timestamp, out: &mut Outputs) {
    let hello = Hello {
        version: SESSION_VERSION,
        federation: ledger.federation(),
        epoch: ledger.frontier().epoch(),
        charter: ledger.frontier().charter(),
        time: hour,
    };
    send(peer, Message::Hello(hello), out);
}

fn send_charters(ledger: &Ledger, peer: LogKey, out: &mut Outputs) {
    let after_first = ledger.charters().all().into_iter().filter(|c| c.terms().epoch > 1);
    after_first.for_each(|c| send(peer, Message::Charter(Box::new(c.clone())), out));
}

/// Gives a peer our charters; one that has others answers the greeting with them.
fn compare_charters(ledger: &Ledger, peer: LogKey, hour: Timestamp, out: &mut Outputs) {
    send_charters(ledger, peer, out);
    greet(ledger, peer, hour, out);
}

fn state(ledger: &Ledger, ask: bool) -> Message {
    Message::State { digest: ledger.frontier().digest(), registry: ledger.registry_age(), ask }
}

fn answer_state(ledger: &Ledger, peer: LogKey, equal: bool, out: &mut Outputs) {
    let answer = if equal {
        state(ledger, false)
    } else {
        let tags = Box::new(vectors::bucket_tags(ledger.frontier()));
        Message::Buckets { registry: ledger.registry_age(), tags }
    };
    send(peer, answer, out);
}

fn want_headers_below(peer: LogKey, log: LogKey, place: Seq, out: &mut Outputs) {
    if place == Seq::ZERO {
        return;
    }
    let from = Seq::new(place.get().saturating_sub(MAX_HEADERS as u64).saturating_add(1).max(1));
    send(peer, Message::HeadersWanted { log, from, to: place }, out);
}

/// Finds the first place at which the headers of a peer are not ours.
fn compare_headers(ledger: &Ledger, peer: LogKey, headers: &[SignedHeader], out: &mut Outputs) {
    let Some(first) = headers.first() else { return };
    let log = first.header().log;
    let ours = |seq: Seq| ledger.logs().get(&log).and_then(|l| l.at(seq));
    let differs = |h: &&SignedHeader| ours(h.header().seq).is_some_and(|id| id != h.id());
    let Some(theirs) = headers.iter().filter(|h| h.header().log == log).find(differs) else { return };
    if theirs.header().previous == ours(theirs.header().seq.previous()) {
        out.push(Output::Prove { peer, header: *theirs });
    } else {
        want_headers_below(peer, log, theirs.header().seq.previous(), out);
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
