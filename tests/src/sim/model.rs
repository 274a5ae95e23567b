//! What should be: every entry that was acknowledged, every fork, end and settlement that was
//! made. Kept beside the nodes, by what was done and not by what they say.

use std::collections::{BTreeMap, BTreeSet};

use idenett_protocol::body::Facts;
use idenett_protocol::header::SignedHeader;
use idenett_protocol::id::{EntryId, LogKey, Seq};
use idenett_protocol::kind::Kind;

/// One log as it should be.
#[derive(Clone, Debug, Default)]
pub struct LogModel {
    /// Acknowledged entries by place; where there is more than one, the log is forked.
    pub acknowledged: BTreeMap<Seq, BTreeSet<EntryId>>,
    /// The lowest place at which two entries were signed.
    pub fork: Option<Seq>,
    /// The branches that the registrar named.
    pub settled: BTreeMap<Seq, EntryId>,
    /// Where the registrar ended it.
    pub end: Option<(Seq, Option<EntryId>)>,
}

/// A thing that was published and may be spoken about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// The entry.
    pub id: EntryId,
    /// What it is.
    pub kind: Kind,
    /// The node that published it.
    pub node: usize,
    /// The log.
    pub log: LogKey,
}

/// What should be.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The logs.
    pub logs: BTreeMap<LogKey, LogModel>,
    /// What members published, in order.
    pub published: Vec<Published>,
    /// The words by which a text is known, by entry.
    pub marks: BTreeMap<EntryId, String>,
    /// Redactions and their targets.
    pub redactions: BTreeMap<EntryId, EntryId>,
}

impl LogModel {
    /// Whether the fork of the log, if it has one, still waits for the registrar.
    pub fn open_fork(&self) -> Option<Seq> {
        let fork = self.fork.filter(|place| !self.settled.contains_key(place))?;
        match self.end {
            Some((end, _)) if fork > end => None,
            _ => Some(fork),
        }
    }

    /// The last acknowledged place.
    pub fn head(&self) -> Seq {
        self.acknowledged.keys().next_back().copied().unwrap_or_default()
    }
}

impl Model {
    /// A log, empty if nothing is known of it.
    pub fn log(&mut self, key: LogKey) -> &mut LogModel {
        self.logs.entry(key).or_default()
    }

    /// Notes an entry that was acknowledged.
    pub fn acknowledged(&mut self, node: usize, head: &SignedHeader, facts: &[u8]) {
        let (id, header) = (head.id(), *head.header());
        let log = self.log(header.log);
        let here = log.acknowledged.entry(header.seq).or_default();
        here.insert(id);
        if here.len() > 1 {
            log.fork = Some(log.fork.map_or(header.seq, |place| place.min(header.seq)));
        }
        match Facts::read(header.kind, facts) {
            Ok(Facts::Redaction(redaction)) => {
                self.redactions.insert(id, redaction.target);
            }
            Ok(Facts::Revocation(r)) => {
                let log = self.log(r.key);
                if log.end.is_none_or(|(end, _)| r.seq < end) {
                    log.end = Some((r.seq, r.id));
                    log.settled.extend(r.id.map(|id| (r.seq, id)));
                }
            }
            Ok(Facts::Settlement(s)) => {
                self.log(s.log).settled.insert(s.seq, s.id);
            }
            Ok(_) if !header.kind.is_registry() => {
                self.published.push(Published { id, kind: header.kind, node, log: header.log });
            }
            Ok(_) | Err(_) => {}
        }
    }

    /// The redactions that should have an effect: those that count themselves.
    pub fn redacted(&self) -> BTreeSet<EntryId> {
        self.redactions.values().copied().collect()
    }
}
