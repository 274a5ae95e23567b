//! Comparing two replicas: buckets first, then vectors of heads, then ranges.
//! Pure: knows two replicas, and no peer.

use std::collections::BTreeSet;

use crate::fork::ForkProof;
use crate::frontier::{Frontier, Head, bucket_of};
use crate::id::{LogKey, Seq};
use crate::ledger::Ledger;
use crate::limits::BUCKETS;
use crate::log::Mark;
use crate::message::{BUCKET_TAG_BYTES, LogTag, Pull, Row, Width, log_tag};

/// Consecutive entries of one log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The log.
    pub log: LogKey,
    /// The first place.
    pub from: Seq,
    /// The last place.
    pub to: Seq,
}

/// What the answer to a pull consists of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// What the other lacks, the registrars' logs first.
    pub ranges: Vec<Range>,
    /// Proofs that the other lacks.
    pub forks: Vec<ForkProof>,
    /// What we lack ourselves.
    pub wants: Vec<(LogTag, Seq)>,
    /// Logs in which both hold different entries at a place that both count: place to look from.
    pub suspects: Vec<(LogKey, Seq)>,
}

/// The beginnings of the bucket digests, as they travel.
pub fn bucket_tags(frontier: &Frontier) -> [[u8; BUCKET_TAG_BYTES]; BUCKETS] {
    frontier.buckets().map(|digest| digest.as_bytes().first_chunk().copied().unwrap_or_default())
}

/// The buckets that differ, one bit each.
pub fn differing(ours: &Frontier, theirs: &[[u8; BUCKET_TAG_BYTES]; BUCKETS]) -> u64 {
    let pairs = bucket_tags(ours).into_iter().zip(theirs).enumerate();
    pairs.filter(|(_, (a, b))| a != *b).fold(0, |mask, (n, _)| mask | bit(n))
}

/// The bit of a bucket in a mask.
pub const fn bit(bucket: usize) -> u64 {
    1 << (bucket % BUCKETS)
}

/// Whether a log is in one of the buckets of a mask.
pub fn covers(mask: u64, log: &LogKey) -> bool {
    mask & bit(bucket_of(log)) != 0
}

/// Our heads in some buckets, as a pull.
pub fn pull(frontier: &Frontier, mask: u64, width: Width) -> Pull {
    let heads = frontier.heads().iter().filter(|(key, _)| covers(mask, key));
    Pull { mask, width, rows: heads.map(|(key, head)| row(key, head, width)).collect() }
}

fn row(key: &LogKey, head: &Head, width: Width) -> Row {
    let fork = match head.mark {
        Mark::Forked { place, ids: [a, b] } => Some((place, [width.tag(&a), width.tag(&b)])),
        Mark::Open | Mark::Ended => None,
    };
    Row { log: log_tag(key), seq: head.seq, head: head.id.map(|id| width.tag(&id)).unwrap_or_default(), fork }
}

/// Holds a pull against our replica.
pub fn compare(ledger: &Ledger, pull: &Pull) -> Comparison {
    let mut found = Comparison::default();
    let mut named: BTreeSet<LogKey> = BTreeSet::new();
    for theirs in &pull.rows {
        let ours: Vec<LogKey> = ledger.registry().logs().keys().filter(|k| log_tag(k) == theirs.log).copied().collect();
        if ours.is_empty() {
            // A log that we do not know: their registry is newer, or they are wrong.
            found.wants.push((theirs.log, Seq::FIRST));
        }
        for key in ours {
            named.insert(key);
            compare_log(ledger, &key, theirs, pull.width, &mut found);
        }
    }
    for key in ledger.frontier().heads().keys() {
        if covers(pull.mask, key) && !named.contains(key) {
            let nothing = Row { log: log_tag(key), seq: Seq::ZERO, head: Vec::new(), fork: None };
            compare_log(ledger, key, &nothing, pull.width, &mut found);
        }
    }
    let registrars: Vec<LogKey> = ledger.charters().registrars().into_iter().map(|(key, _)| key).collect();
    found.ranges.sort_by_key(|range| (!registrars.contains(&range.log), range.log));
    found
}

fn compare_log(ledger: &Ledger, key: &LogKey, theirs: &Row, width: Width, found: &mut Comparison) {
    let log = ledger.logs().get(key);
    let ours = ledger.counted(key);
    let common = ours.min(theirs.seq);
    let same = common == Seq::ZERO
        || theirs.seq > ours
        || log.and_then(|l| l.at(common)).is_some_and(|id| width.tag(&id) == theirs.head);
    let our_fork = log.and_then(|l| l.fork());
    if let Some(proof) = our_fork {
        let tags = proof.ids().map(|id| width.tag(&id));
        if theirs.fork.as_ref() != Some(&(proof.place(), tags)) {
            found.forks.push(proof.clone());
        }
    }
    if !same {
        found.suspects.push((*key, common));
        return;
    }
    let whole = ledger.whole(key, theirs.seq.next(), ours);
    if whole > theirs.seq {
        found.ranges.push(Range { log: *key, from: theirs.seq.next(), to: whole });
    }
    if theirs.seq > ours || (theirs.fork.is_some() && our_fork.is_none()) {
        found.wants.push((theirs.log, ours.next()));
    }
}

/// What the logs of a want hold from the places it names, with their proofs.
pub fn answer_want(ledger: &Ledger, rows: &[(LogTag, Seq)]) -> Comparison {
    let mut found = Comparison::default();
    for (tag, from) in rows {
        for key in ledger.registry().logs().keys().filter(|k| log_tag(k) == *tag) {
            found.forks.extend(ledger.logs().get(key).and_then(|l| l.fork()).cloned());
            let to = ledger.whole(key, *from, ledger.counted(key));
            if *from != Seq::ZERO && *from <= to {
                found.ranges.push(Range { log: *key, from: *from, to });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests;
