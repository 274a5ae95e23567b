//! Writing: a record is signed at once where that is safe, and waits in the outbox where not.

use std::collections::BTreeSet;
use std::sync::TryLockError;

use idenett_protocol::header::SignedHeader;
use idenett_protocol::id::{BodyHash, Seq};
use idenett_protocol::time::Timestamp;

use super::import::Taken;
use super::{Desk, Problem, Signing};
use crate::clock;
use crate::library::{LibraryFault, Writing};
use crate::local::Local;

/// Waiting records that are signed at once.
const BATCH: usize = 256;

/// What only one thread holds at a time.
pub(super) struct Pen {
    pub(super) local: Local,
    /// What was taken over from other systems before.
    pub(super) taken: Taken,
}

impl Pen {
    pub(super) fn new(local: Local) -> Self {
        Self { local, taken: Taken::default() }
    }

    pub(super) fn close(self) -> Result<(), Problem> {
        Ok(self.local.close()?)
    }
}

/// What became of records.
pub(super) enum Written {
    /// They are signed and durable.
    Signed(Vec<SignedHeader>),
    /// They are durable and wait, because of this.
    Waiting(String),
}

impl Desk {
    /// Signs what waits, at most some hundred records at a time, unless someone is writing just
    /// now. Gives how many records no longer wait.
    ///
    /// # Errors
    /// If the clock is behind, the key may not write, or the disk fails. What waits stays.
    pub fn sign_outbox(&self, now: Timestamp) -> Result<usize, Problem> {
        let mut pen = match self.pen.try_lock() {
            Ok(pen) => pen,
            Err(TryLockError::Poisoned(pen)) => pen.into_inner(),
            // Someone is writing, and signs what waits before.
            Err(TryLockError::WouldBlock) => return Ok(0),
        };
        match self.may_sign() {
            Signing::Ready => self.sign_waiting(&mut pen, now),
            Signing::Waiting(_) | Signing::Ended => Ok(0),
        }
    }

    /// Signs records, or keeps them until this node may sign.
    pub(super) fn write(&self, pen: &mut Pen, writings: Vec<Writing>) -> Result<Written, Problem> {
        let now = clock::now();
        match self.may_sign() {
            Signing::Ready => {
                while self.sign_waiting(pen, now)? > 0 {}
                let heads = self.library.sign(&self.key, writings, now)?;
                self.tell_published(heads.clone());
                Ok(Written::Signed(heads))
            }
            Signing::Waiting(reason) => {
                pen.local.keep(&writings, self.held(), now)?;
                Ok(Written::Waiting(reason))
            }
            Signing::Ended => Err(Problem::others(
                "the registrar has ended this node's log, so it can publish nothing more; nothing was kept",
                "make a new node in another directory with `idenett init`, and send what `idenett member request` \
                 prints there to the registrar",
            )),
        }
    }

    fn held(&self) -> Seq {
        self.library.ledger(|l| l.logs().get(&self.log()).map_or(Seq::ZERO, |log| log.held()))
    }

    fn sign_waiting(&self, pen: &mut Pen, now: Timestamp) -> Result<usize, Problem> {
        let batch: Vec<_> = pen.local.waiting().take(BATCH).collect();
        let Some(from) = batch.iter().map(|(_, waiting)| waiting.after).min() else { return Ok(0) };
        let signed = self.own_facts(from.next())?;
        let mut writings = Vec::new();
        let mut tickets = Vec::new();
        for (ticket, waiting) in &batch {
            if signed.contains(&waiting.facts) {
                // A crash came between signing and forgetting.
                pen.local.signed(*ticket)?;
            } else if let Some(writing) = pen.local.writing(*ticket)? {
                writings.push(writing);
                tickets.push(*ticket);
            }
        }
        let heads = self.library.sign(&self.key, writings, now)?;
        self.tell_published(heads);
        for ticket in tickets {
            pen.local.signed(ticket)?;
        }
        Ok(batch.len())
    }

    /// The hashes of the facts of this node's own entries from a place on.
    fn own_facts(&self, from: Seq) -> Result<BTreeSet<BodyHash>, LibraryFault> {
        let mut found = BTreeSet::new();
        let log = self.log();
        let held = self.library.ledger(|l| l.logs().get(&log).map_or(Seq::ZERO, |log| log.held()));
        let mut at = from;
        while at <= held {
            // One that is damaged is passed over: those behind it are here.
            found.extend(self.library.header_at(&log, at)?.map(|head| head.header().facts_hash));
            at = at.next();
        }
        Ok(found)
    }
}
