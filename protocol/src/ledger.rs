//! The replica: charter, registry, logs and things, and the two steps by which an entry joins
//! it. `admit` decides and changes nothing; `apply` changes and cannot fail. Between the two the
//! shell makes the entry durable. Knows no peer, no clock and no disk.

use std::collections::{BTreeMap, BTreeSet};

use crate::body::{Facts, Unreadable};
use crate::charter::{Charter, CharterChain, CharterRefusal, LogEnd};
use crate::damaged::Damaged;
use crate::entry::{Entry, Malformed};
use crate::fork::ForkProof;
use crate::frontier::Frontier;
use crate::header::Header;
use crate::id::{EntryId, FederationId, LogKey, Seq};
use crate::log::Logs;
use crate::registry::{Act, Recorded, Registry, Role, Standing};
use crate::things::{Thing, Things};

/// A genuine entry with its facts read. What cannot be read is no fault of the entry: it is
/// stored, forwarded and marked.
#[derive(Clone, Debug)]
pub struct Received {
    entry: Entry,
    facts: Result<Facts, Unreadable>,
}

impl Received {
    /// Checks and reads a whole entry as it came. The costly step: run it on all cores.
    ///
    /// # Errors
    /// Why the bytes are no entry.
    pub fn parse(bytes: impl Into<Vec<u8>>) -> Result<Self, Malformed> {
        Entry::parse(bytes).map(Self::of)
    }

    /// Checks and reads an entry that came without its text.
    ///
    /// # Errors
    /// Why the bytes are no entry.
    pub fn parse_bare(bytes: impl Into<Vec<u8>>) -> Result<Self, Malformed> {
        Entry::parse_bare(bytes).map(Self::of)
    }

    /// An entry that is known to be genuine.
    pub fn of(entry: Entry) -> Self {
        let facts = Facts::read(entry.header().kind, entry.facts());
        Self { entry, facts }
    }

    /// The entry.
    pub const fn entry(&self) -> &Entry {
        &self.entry
    }

    /// The entry alone.
    pub fn into_entry(self) -> Entry {
        self.entry
    }

    /// Its facts, or why they cannot be read.
    pub const fn facts(&self) -> &Result<Facts, Unreadable> {
        &self.facts
    }
}

/// Why an entry does not join the replica now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, thiserror::Error)]
pub enum Refusal {
    /// It was written for another federation.
    #[error("foreign-federation: the entry was written for another federation")]
    ForeignFederation,
    /// Its key is not admitted, as far as our registry goes.
    #[error("unknown-member: the key of the log is not admitted")]
    UnknownMember,
    /// It is here already.
    #[error("replayed: the entry is here already")]
    Replayed,
    /// Entries before it are missing.
    #[error("out-of-place: the log is held up to {held}, the entry stands at {found}")]
    OutOfPlace {
        /// The last held place.
        held: Seq,
        /// The place of the entry.
        found: Seq,
    },
    /// Another entry stands in its place, or before it: the log was continued twice.
    #[error("forked: another entry stands at place {place} of the log or before it")]
    Forked {
        /// Where the two part at the latest.
        place: Seq,
    },
    /// The log was ended before this place.
    #[error("after-end: the log ends at {end}")]
    AfterEnd {
        /// The last place that counts.
        end: Seq,
    },
    /// The registrar settled a fork for another branch.
    #[error("lost-branch: the registrar settled this place for another entry")]
    LostBranch,
    /// The federation has as many logs as a node may hold.
    #[error("too-many-logs: this node holds as many logs as it may")]
    TooManyLogs,
}

impl Refusal {
    /// The name under which it is counted.
    pub const fn name(self) -> &'static str {
        match self {
            Refusal::ForeignFederation => "foreign-federation",
            Refusal::UnknownMember => "unknown-member",
            Refusal::Replayed => "replayed",
            Refusal::OutOfPlace { .. } => "out-of-place",
            Refusal::Forked { .. } => "forked",
            Refusal::AfterEnd { .. } => "after-end",
            Refusal::LostBranch => "lost-branch",
            Refusal::TooManyLogs => "too-many-logs",
        }
    }
}

/// An entry that may join the replica. It exists, so it was found allowed; not yet applied.
#[derive(Clone, Debug)]
pub struct Admitted(Received);

impl Admitted {
    /// The entry as it is to be kept.
    pub const fn entry(&self) -> &Entry {
        &self.0.entry
    }
}

/// Entries admitted in one group and not yet applied.
#[derive(Clone, Debug, Default)]
pub struct Pending {
    heads: BTreeMap<LogKey, (Seq, EntryId)>,
    /// Logs of which nothing is held yet.
    new_logs: usize,
}

/// What became different by one step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The entry that joined, if one did.
    pub entry: Option<(EntryId, Header)>,
    /// Entries whose text must be dropped now.
    pub redact: Vec<EntryId>,
    /// The charter, the registry or a fork changed: who may write may have changed.
    pub standing: bool,
}

/// A whole replica in memory.
#[derive(Clone, Debug)]
pub struct Ledger {
    charters: CharterChain,
    registry: Registry,
    acts: BTreeMap<LogKey, Vec<Recorded>>,
    logs: Logs,
    things: Things,
    missing_texts: BTreeSet<EntryId>,
    damaged: Damaged,
    frontier: Frontier,
    stale: bool,
}

/// What a checkpoint keeps of a ledger besides the charters.
pub type Checkpoint = (BTreeMap<LogKey, Vec<Recorded>>, Logs, Things, BTreeSet<EntryId>);

impl Ledger {
    /// The replica of a federation of which nothing but the charters is known.
    pub fn new(charters: CharterChain) -> Self {
        Self::restore(charters, Checkpoint::default())
    }

    /// The replica that a checkpoint of the same node describes.
    pub fn restore(charters: CharterChain, (acts, logs, things, missing_texts): Checkpoint) -> Self {
        let registry = Registry::default();
        let frontier = Frontier::of(&charters, &registry, &logs);
        let damaged = Damaged::default();
        let mut ledger = Self { charters, registry, acts, logs, things, missing_texts, damaged, frontier, stale: true };
        ledger.refold();
        ledger.refresh();
        ledger
    }

    /// What a checkpoint keeps.
    pub fn checkpoint(&self) -> (&BTreeMap<LogKey, Vec<Recorded>>, &Logs, &Things, &BTreeSet<EntryId>) {
        (&self.acts, &self.logs, &self.things, &self.missing_texts)
    }

    /// The federation.
    pub const fn federation(&self) -> FederationId {
        self.charters.federation()
    }

    /// The charters.
    pub const fn charters(&self) -> &CharterChain {
        &self.charters
    }

    /// Who may write, and until where.
    pub const fn registry(&self) -> &Registry {
        &self.registry
    }

    /// The logs.
    pub const fn logs(&self) -> &Logs {
        &self.logs
    }

    /// What was written about.
    pub const fn things(&self) -> &Things {
        &self.things
    }

    /// Entries that count and whose text is neither here nor redacted. What does not count is
    /// not served, so that nobody could answer for it.
    pub fn wanted_texts(&self) -> impl Iterator<Item = EntryId> + '_ {
        let counts = |id: &EntryId| self.logs.counts(id, &self.registry);
        self.missing_texts.iter().copied().filter(move |id| counts(id) && self.redaction(id).is_none())
    }

    /// Whether the text of an entry is missing, redacted or not.
    pub fn lacks_text(&self, id: &EntryId) -> bool {
        self.missing_texts.contains(id)
    }

    /// Entries that are held and whose bytes this node's disk has lost, with their places.
    pub fn damaged(&self) -> impl Iterator<Item = (LogKey, Seq, EntryId)> + '_ {
        self.damaged.iter()
    }

    /// Whether the bytes of an entry are lost.
    pub fn is_damaged(&self, id: &EntryId) -> bool {
        self.damaged.holds(id)
    }

    /// How far a stretch of a log can be given away: up to before the first damaged entry.
    pub fn whole(&self, log: &LogKey, from: Seq, to: Seq) -> Seq {
        self.damaged.whole(*log, from, to)
    }

    /// The redaction that holds for an entry.
    pub fn redaction(&self, id: &EntryId) -> Option<EntryId> {
        let log = self.logs.key(self.logs.place(id)?.log)?;
        let issuer = self.registry.standing(&log)?.role;
        self.things.redaction(id, issuer, &self.logs, &self.registry)
    }

    /// A thing as it stands now.
    pub fn thing(&self, subject: &EntryId) -> Option<Thing> {
        self.things.resolve(subject, &self.logs, &self.registry)
    }

    /// The last counted place of a log.
    pub fn counted(&self, log: &LogKey) -> Seq {
        self.logs.counted(log, &self.registry)
    }

    /// How far this replica has come. Call [`Ledger::refresh`] after changes.
    pub const fn frontier(&self) -> &Frontier {
        &self.frontier
    }

    /// Brings the frontier up to date; cheap when nothing changed.
    pub fn refresh(&mut self) -> &Frontier {
        if std::mem::take(&mut self.stale) {
            self.frontier = Frontier::of(&self.charters, &self.registry, &self.logs);
        }
        &self.frontier
    }

    /// The place of the registrar's log that is in force: how new our registry is.
    pub fn registry_age(&self) -> Seq {
        self.charters.current().map_or(Seq::ZERO, |c| self.counted(&c.terms().registrar))
    }

    /// Decides whether an entry may join. The text of a redacted entry is left out.
    ///
    /// # Errors
    /// Why it may not, or not yet.
    pub fn admit(&self, received: Received, pending: &mut Pending) -> Result<Admitted, Refusal> {
        let header = *received.entry.header();
        let id = received.entry.id();
        if header.federation != self.federation() {
            return Err(Refusal::ForeignFederation);
        }
        let standing = self.registry.standing(&header.log).ok_or(Refusal::UnknownMember)?;
        check_standing(standing, header.seq, id)?;
        self.check_place(&header, id, pending)?;
        let is_new = self.logs.get(&header.log).is_none() && !pending.heads.contains_key(&header.log);
        let new_logs = pending.new_logs.saturating_add(usize::from(is_new));
        if is_new && !self.logs.have_room(new_logs) {
            return Err(Refusal::TooManyLogs);
        }
        pending.new_logs = new_logs;
        pending.heads.insert(header.log, (header.seq, id));
        let Received { entry, facts } = received;
        let redacted = self.things.redaction(&id, standing.role, &self.logs, &self.registry).is_some();
        let entry = if redacted { entry.without_text() } else { entry };
        Ok(Admitted(Received { entry, facts }))
    }

    /// Takes an admitted and durable entry in.
    pub fn apply(&mut self, admitted: Admitted) -> Change {
        let Received { entry, facts } = admitted.0;
        let (id, header) = (entry.id(), *entry.header());
        if self.logs.push(header.log, id).is_none() {
            return Change::default();
        }
        self.stale = true;
        if entry.text().is_none() {
            self.missing_texts.insert(id);
        }
        self.things.record(id, header.kind, &facts);
        let standing = self.record_act(&header, id, facts.as_ref().ok());
        let mut redact = self.redacted_by(&facts);
        if standing {
            redact.extend(self.fold_next(&header));
        }
        Change { entry: Some((id, header)), redact, standing }
    }

    /// Takes a charter in.
    ///
    /// # Errors
    /// Why it does not join the chain.
    pub fn offer_charter(&mut self, charter: Charter) -> Result<Change, CharterRefusal> {
        let standing = self.charters.offer(charter)?;
        self.stale = true;
        let redact = if standing { self.refold() } else { Vec::new() };
        Ok(Change { entry: None, redact, standing })
    }

    /// Takes the proof of a fork in. Gives whether it says anything new. One that parts from an
    /// entry which is not held here says nothing; one from beyond what is held says nothing yet.
    ///
    /// # Errors
    /// If the log is not one of ours, or one too many.
    pub fn record_fork(&mut self, proof: ForkProof, federation: FederationId) -> Result<bool, Refusal> {
        if federation != self.federation() {
            return Err(Refusal::ForeignFederation);
        }
        let log = proof.log();
        let standing = self.registry.standing(&log).ok_or(Refusal::UnknownMember)?;
        if self.logs.get(&log).is_none() && !self.logs.have_room(1) {
            return Err(Refusal::TooManyLogs);
        }
        let registrar = standing.role == Role::Registrar;
        let changed = self.logs.record_fork(proof, standing);
        self.stale |= changed;
        if changed && registrar {
            self.refold();
        }
        Ok(changed)
    }

    /// Whether a proof says anything that is worth keeping. What says nothing is not written down,
    /// so that nobody can fill a disk with it.
    ///
    /// # Errors
    /// If the log is not one of ours.
    pub fn fork_is_news(&self, proof: &ForkProof, federation: FederationId) -> Result<bool, Refusal> {
        if federation != self.federation() {
            return Err(Refusal::ForeignFederation);
        }
        let standing = self.registry.standing(&proof.log()).ok_or(Refusal::UnknownMember)?;
        Ok(self.logs.get(&proof.log()).is_none_or(|log| log.is_news(proof, standing)))
    }

    /// Notes that a missing text is here now.
    pub fn text_arrived(&mut self, id: &EntryId) {
        self.missing_texts.remove(id);
    }

    /// Notes that the text of an entry was dropped.
    pub fn text_dropped(&mut self, id: &EntryId) {
        self.missing_texts.insert(*id);
    }

    /// Notes that the bytes of an entry in a log are lost. Gives whether that is news.
    pub fn note_damaged(&mut self, id: &EntryId) -> bool {
        let place = self.logs.place(id).and_then(|place| Some((self.logs.key(place.log)?, place.seq)));
        place.is_some_and(|(log, seq)| self.damaged.note(log, seq, *id))
    }

    /// Notes that a damaged entry was stored anew.
    pub fn mended(&mut self, id: &EntryId) {
        self.damaged.forget(id);
    }

    fn check_place(&self, header: &Header, id: EntryId, pending: &Pending) -> Result<(), Refusal> {
        let log = self.logs.get(&header.log);
        let (held, head) = match pending.heads.get(&header.log) {
            Some((seq, id)) => (*seq, Some(*id)),
            None => log.map_or((Seq::ZERO, None), |l| (l.held(), l.head())),
        };
        if header.seq <= held {
            let at = log.and_then(|l| l.at(header.seq)).or(head.filter(|_| header.seq == held));
            // A place between the log and the end of the group is not looked up: asked again later.
            return match at {
                Some(known) if known != id => Err(Refusal::Forked { place: header.seq }),
                _ => Err(Refusal::Replayed),
            };
        }
        if header.seq != held.next() {
            return Err(Refusal::OutOfPlace { held, found: header.seq });
        }
        if header.previous != head {
            return Err(Refusal::Forked { place: held });
        }
        let fork = log.and_then(|l| l.fork()).filter(|f| header.seq >= f.place());
        match fork {
            Some(fork) => Err(Refusal::Forked { place: fork.place() }),
            None => Ok(()),
        }
    }

    fn redacted_by(&self, facts: &Result<Facts, Unreadable>) -> Vec<EntryId> {
        let Ok(Facts::Redaction(redaction)) = facts else { return Vec::new() };
        let target = redaction.target;
        let due = self.redaction(&target).is_some() && !self.missing_texts.contains(&target);
        due.then_some(target).into_iter().collect()
    }

    /// Keeps a registry entry of the registrar's log. Gives whether it was one.
    fn record_act(&mut self, header: &Header, id: EntryId, facts: Option<&Facts>) -> bool {
        let by_registrar = self.registry.standing(&header.log).is_some_and(|s| s.role == Role::Registrar);
        let act = match facts {
            Some(Facts::Admission(a)) => Act::of_admission(a),
            Some(Facts::Revocation(r)) => Act::Revocation(r.clone()),
            Some(Facts::Settlement(s)) => Act::Settlement(s.clone()),
            Some(Facts::Succession(s)) => Act::Succession(Box::new(s.clone())),
            Some(Facts::Reference(r)) => Act::of_reference(r),
            Some(Facts::Release(r)) => Act::of_release(r),
            _ => return false,
        };
        if !by_registrar {
            return false;
        }
        let recorded = Recorded { entry: id, seq: header.seq, time: header.time, act };
        self.acts.entry(header.log).or_default().push(recorded);
        true
    }

    /// Folds the registry anew. Gives entries whose text must go.
    fn refold(&mut self) -> Vec<EntryId> {
        // What counts of a registrar's log depends on the charter alone, so that this is no circle.
        let charter_only = Registry::fold(&self.charters, []);
        // A branch that the charter cut off must be gone before its acts are folded.
        self.leave_lost(&charter_only);
        self.registry = Registry::fold(&self.charters, self.counted_acts(&charter_only));
        self.follow()
    }

    /// What the registrars did, as far as it counts, in the order of their logs.
    pub fn acts(&self) -> Vec<&Recorded> {
        self.counted_acts(&self.registry)
    }

    /// The replica as it was when its logs had come so far and no further; logs that are not named did not count.
    /// What was redacted since stays so: figures do not read texts.
    #[must_use]
    pub fn until(&self, heads: &BTreeMap<LogKey, Seq>) -> Self {
        let mut past = self.clone();
        let charter_only = past.capped(Registry::fold(&past.charters, []), heads);
        past.registry = past.capped(Registry::fold(&past.charters, past.counted_acts(&charter_only)), heads);
        past.stale = true;
        past
    }

    fn capped(&self, mut registry: Registry, heads: &BTreeMap<LogKey, Seq>) -> Registry {
        let keys: Vec<LogKey> = registry.logs().keys().copied().collect();
        for key in keys {
            let seq = heads.get(&key).copied().unwrap_or(Seq::ZERO);
            let id = self.logs.get(&key).and_then(|log| log.at(seq));
            registry.cap(LogEnd { key, seq: if id.is_some() { seq } else { Seq::ZERO }, id });
        }
        registry
    }

    fn counted_acts(&self, registry: &Registry) -> Vec<&Recorded> {
        let mut acts: Vec<&Recorded> = Vec::new();
        for (key, _) in self.charters.registrars() {
            let counted = self.logs.counted(&key, registry);
            acts.extend(self.acts.get(&key).into_iter().flatten().filter(|a| a.seq <= counted));
        }
        acts
    }

    /// Folds the act that was recorded last. One that stands at the end of all needs no new fold;
    /// a federation of hundreds of members would else fold hundreds of acts for each of them.
    fn fold_next(&mut self, header: &Header) -> Vec<EntryId> {
        let registrars = self.charters.registrars();
        let served_once = registrars.iter().filter(|(key, _)| *key == header.log).count() == 1;
        let last = registrars.last().is_some_and(|(key, _)| *key == header.log);
        let counts = self.logs.counted(&header.log, &self.registry) == header.seq;
        let act = self.acts.get(&header.log).and_then(|acts| acts.last());
        match act.filter(|_| served_once && last && counts) {
            Some(act) => self.registry.add(act),
            None => return self.refold(),
        }
        self.follow()
    }

    /// Lets the logs follow the registry. Gives entries whose text must go.
    fn follow(&mut self) -> Vec<EntryId> {
        let registry = std::mem::take(&mut self.registry);
        self.leave_lost(&registry);
        self.registry = registry;
        self.stale = true;
        self.things
            .redaction_targets()
            .filter(|t| !self.missing_texts.contains(t) && self.redaction(t).is_some())
            .collect()
    }

    /// Takes the entries of branches that lost out of the logs.
    fn leave_lost(&mut self, registry: &Registry) {
        for id in &self.logs.follow(registry) {
            self.missing_texts.remove(id);
            self.damaged.forget(id);
            for list in self.acts.values_mut() {
                list.retain(|a| a.entry != *id);
            }
        }
    }
}

fn check_standing(standing: &Standing, seq: Seq, id: EntryId) -> Result<(), Refusal> {
    if let Some(end) = standing.end.filter(|end| seq > end.seq) {
        return Err(Refusal::AfterEnd { end: end.seq });
    }
    match standing.settled.get(&seq) {
        Some(settled) if *settled != id => Err(Refusal::LostBranch),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
