//! What a node remembers of one peer while the line stands. Nothing of it outlives the line, and
//! nothing about completeness depends on it.

use std::collections::VecDeque;

use crate::id::{Digest, EntryId, Seq};
use crate::limits::{MAX_FAULTS, SERVE_BATCH_BYTES};
use crate::message::{Hello, Message, Width};
use crate::quiet::{Asked, Quiet};
use crate::time::{Span, Timestamp};
use crate::vectors::Range;

/// Entries served between two looks at the line: a batch of common entries of 4 kB.
pub(crate) const SERVE_ENTRIES: u64 = (SERVE_BATCH_BYTES / 4096) as u64;
/// How long a pull may stand still before the line is cut.
pub(crate) const PULL_TIME: Span = Span::from_secs(30);

/// A step of an answer that waits for room on the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Job {
    Serve(Range),
    Send(Message),
}

/// One peer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Session {
    /// The address at which we dialed it; `None` if it dialed us.
    pub dialed: Option<String>,
    /// Its first word, once it came and fitted.
    pub hello: Option<Hello>,
    /// How far its clock was ahead of ours, in milliseconds.
    pub clock_ahead: i64,
    /// The age of its registry by its last word.
    pub registry: Seq,
    /// The digest of its frontier by its last word.
    pub digest: Option<Digest>,
    /// Our own log as it holds it, once it said so.
    pub our_head: Option<Option<(Seq, EntryId)>>,
    /// The buckets that it is asked for, one bit each.
    pub busy: u64,
    /// Since when nothing of an answer came.
    pub since: Timestamp,
    /// What it was asked in vain.
    pub quiet: Quiet,
    /// Whether it has something that was not asked for, because it or another peer was busy.
    pub again: bool,
    /// Whether the next vectors carry whole ids.
    pub wide: bool,
    asked: Option<Asked>,
    awaited: u32,
    handed: u64,
    gained: u64,
    faults: u32,
    jobs: VecDeque<Job>,
    full: bool,
}

/// How a pull ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Gained,
    Nothing,
}

impl Session {
    pub(crate) fn new(dialed: Option<String>, now: Timestamp) -> Self {
        Self { dialed, since: now, ..Self::default() }
    }

    pub(crate) const fn width(&self) -> Width {
        if self.wide { Width::Whole } else { Width::Short }
    }

    pub(crate) const fn is_greeted(&self) -> bool {
        self.hello.is_some()
    }

    pub(crate) const fn is_pulling(&self) -> bool {
        self.awaited > 0 || self.handed > 0
    }

    pub(crate) fn began(&mut self, asked: Asked, now: Timestamp) {
        self.busy |= asked.mask;
        self.asked = Some(asked);
        self.since = now;
        self.awaited = self.awaited.saturating_add(1);
    }

    /// Notes entries that were handed on to be checked and stored.
    pub(crate) fn handed(&mut self, count: u64, now: Timestamp) {
        self.handed = self.handed.saturating_add(count);
        self.since = now;
    }

    /// Notes what became of entries that were handed on.
    pub(crate) fn taken(&mut self, count: u64, gained: u64, now: Timestamp) {
        self.handed = self.handed.saturating_sub(count);
        self.gained = self.gained.saturating_add(gained);
        self.since = now;
    }

    /// Notes the end of an answer. An answer that was not asked for is a fault.
    pub(crate) const fn done(&mut self) -> bool {
        let expected = self.awaited > 0;
        self.awaited = self.awaited.saturating_sub(1);
        expected
    }

    /// If everything that was asked for came and was looked at: how it ended, once.
    pub(crate) fn outcome(&mut self) -> Option<Outcome> {
        if self.is_pulling() || self.busy == 0 {
            return None;
        }
        self.busy = 0;
        let gained = std::mem::take(&mut self.gained);
        Some(if gained > 0 { Outcome::Gained } else { Outcome::Nothing })
    }

    /// The question whose answer has ended.
    pub(crate) const fn take_asked(&mut self) -> Option<Asked> {
        self.asked.take()
    }

    /// Whether an answer has stood still for too long.
    pub(crate) fn is_stalled(&self, now: Timestamp) -> bool {
        // What we have not looked at ourselves is no fault of the peer.
        self.awaited > 0 && self.handed == 0 && now.since(self.since) > PULL_TIME
    }

    /// Counts a fault. Gives whether it was one too many.
    pub(crate) const fn fault(&mut self) -> bool {
        self.faults = self.faults.saturating_add(1);
        self.faults >= MAX_FAULTS
    }

    pub(crate) fn queue(&mut self, jobs: impl IntoIterator<Item = Job>) {
        self.jobs.extend(jobs);
    }

    pub(crate) fn jobs(&self) -> usize {
        self.jobs.len()
    }

    /// Notes that the line has room again.
    pub(crate) const fn has_room(&mut self) {
        self.full = false;
    }

    /// The next step of the answers that wait. After one that serves entries, nothing more until
    /// the line has room.
    pub(crate) fn next_job(&mut self) -> Option<Job> {
        if self.full {
            return None;
        }
        let job = self.jobs.pop_front()?;
        let Job::Serve(range) = job else { return Some(job) };
        self.full = true;
        let last = Seq::new(range.from.get().saturating_add(SERVE_ENTRIES).saturating_sub(1)).min(range.to);
        if last < range.to {
            self.jobs.push_front(Job::Serve(Range { from: last.next(), ..range }));
        }
        Some(Job::Serve(Range { to: last, ..range }))
    }
}

#[cfg(test)]
mod tests;
