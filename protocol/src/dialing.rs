//! Whom to dial: a few outgoing connections, addresses from the charter, the configuration and
//! signed hints, with back-off. Draws from the chance it is given.

use std::collections::BTreeMap;

use crate::hint::{HINT_LIFE, Hint};
use crate::id::LogKey;
use crate::time::{Span, Timestamp};

/// Outgoing connections that a node keeps.
pub(crate) const OUTGOING: usize = 3;
const FIRST_PAUSE: Span = Span::from_secs(2);
const LONGEST_PAUSE: Span = Span::from_secs(300);
const MAX_ADDRESSES: usize = 1024;

/// What is known of one address.
#[derive(Clone, Copy, Debug)]
struct Target {
    owner: Option<LogKey>,
    pause: Span,
    not_before: Timestamp,
    connected: bool,
}

/// Addresses and when to try them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dialing {
    targets: BTreeMap<String, Target>,
    hints: BTreeMap<LogKey, Hint>,
}

impl Dialing {
    /// Adds an address that the charter or the configuration names.
    pub(crate) fn add(&mut self, address: &str) {
        self.add_target(address, None);
    }

    /// Keeps a hint if it is the newest of its node and not too old. Gives whether it is news.
    pub(crate) fn hint(&mut self, hint: &Hint, hour: Timestamp) -> bool {
        let old = hour.since(hint.time()) > HINT_LIFE;
        let known = self.hints.get(&hint.key()).is_some_and(|h| h.number() >= hint.number());
        if old || known || self.hints.len() >= MAX_ADDRESSES {
            return false;
        }
        self.targets.retain(|_, t| t.owner != Some(hint.key()) || t.connected);
        for address in hint.addresses() {
            self.add_target(address, Some(hint.key()));
        }
        self.hints.insert(hint.key(), hint.clone());
        true
    }

    /// Hints that are not too old.
    pub(crate) fn hints(&self, hour: Timestamp) -> impl Iterator<Item = &Hint> {
        self.hints.values().filter(move |h| hour.since(h.time()) <= HINT_LIFE)
    }

    /// The addresses to dial now, when this many outgoing sessions are open.
    pub(crate) fn due(&mut self, outgoing: usize, now: Timestamp, mut dice: impl FnMut(usize) -> usize) -> Vec<String> {
        let mut chosen = Vec::new();
        let mut open: Vec<String> = self
            .targets
            .iter()
            .filter(|(_, t)| !t.connected && t.not_before <= now)
            .map(|(address, _)| address.clone())
            .collect();
        while outgoing.saturating_add(chosen.len()) < OUTGOING && !open.is_empty() {
            let address = open.swap_remove(dice(open.len()).min(open.len().saturating_sub(1)));
            if let Some(target) = self.targets.get_mut(&address) {
                // Counts as failed until the connection stands.
                target.not_before = now.after(target.pause);
                let doubled = Span::from_millis(target.pause.as_millis().saturating_mul(2));
                target.pause = doubled.min(LONGEST_PAUSE);
            }
            chosen.push(address);
        }
        chosen
    }

    /// Notes that a session came to stand at this address.
    pub(crate) fn connected(&mut self, address: &str) {
        if let Some(target) = self.targets.get_mut(address) {
            target.connected = true;
            target.pause = FIRST_PAUSE;
        }
    }

    /// Notes that the session at this address ended.
    pub(crate) fn disconnected(&mut self, address: &str, now: Timestamp) {
        if let Some(target) = self.targets.get_mut(address) {
            target.connected = false;
            target.not_before = now.after(target.pause);
        }
    }

    fn add_target(&mut self, address: &str, owner: Option<LogKey>) {
        if self.targets.len() < MAX_ADDRESSES {
            let fresh = Target { owner, pause: FIRST_PAUSE, not_before: Timestamp::default(), connected: false };
            self.targets.entry(address.to_owned()).or_insert(fresh);
        }
    }
}

#[cfg(test)]
mod tests;
