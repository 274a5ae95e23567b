//! Who may connect. Knows keys, not connections: a member always, a guest while there is
//! room, and for a time not the one who was turned away.
//!
//! A joining node is in nobody's registry yet and must still reach a hub; so strangers are
//! let in, but only so many at once that they never take the place of members.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use idenett_protocol::id::LogKey;
use tokio::time::Instant;

use super::limits::MAX_FORBIDDEN;

/// Why a peer is turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Turned {
    /// The key is kept out for a time.
    #[error("the peer was cut off and may not come back yet")]
    Forbidden,
    /// There are as many guests as there may be.
    #[error("no room for another guest: at most {0}")]
    Crowded(usize),
    /// The key is of a kind that no node here has.
    #[error("the peer has no Ed25519 key that may sign")]
    Key,
}

/// The rules of the door.
pub(super) struct Gate {
    max_guests: usize,
    lists: Mutex<Lists>,
}

#[derive(Default)]
struct Lists {
    members: BTreeSet<LogKey>,
    forbidden: BTreeMap<LogKey, Instant>,
}

impl Gate {
    /// A gate that knows nobody.
    pub(super) fn new(max_guests: usize) -> Self {
        Self { max_guests, lists: Mutex::default() }
    }

    /// Sets the keys that count as members from now on.
    pub(super) fn set_members(&self, members: BTreeSet<LogKey>) {
        self.lists().members = members;
    }

    /// Keeps a key out until the time is over. When the list is full, the one who would be
    /// free first gives way.
    pub(super) fn forbid(&self, peer: LogKey, until: Instant) {
        let mut lists = self.lists();
        lists.forbidden.insert(peer, until);
        if lists.forbidden.len() > MAX_FORBIDDEN {
            let first = lists.forbidden.iter().min_by_key(|(_, until)| **until).map(|(key, _)| *key);
            if let Some(first) = first {
                lists.forbidden.remove(&first);
            }
        }
    }

    /// Whether a peer may be connected at all.
    pub(super) fn check(&self, peer: &LogKey, now: Instant) -> Result<(), Turned> {
        let mut lists = self.lists();
        match lists.forbidden.get(peer) {
            Some(until) if *until > now => Err(Turned::Forbidden),
            Some(_) => {
                lists.forbidden.remove(peer);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Whether a peer that comes from outside finds room among `present`, who came before.
    pub(super) fn room<'a>(&self, peer: &LogKey, present: impl Iterator<Item = &'a LogKey>) -> Result<(), Turned> {
        let lists = self.lists();
        if lists.members.contains(peer) {
            return Ok(());
        }
        let guests = present.filter(|key| !lists.members.contains(*key)).count();
        if guests < self.max_guests { Ok(()) } else { Err(Turned::Crowded(self.max_guests)) }
    }

    fn lists(&self) -> MutexGuard<'_, Lists> {
        self.lists.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The end of a span that begins now; a span beyond all clocks ends in a year.
pub(super) fn until(span: Duration) -> Instant {
    const YEAR: Duration = Duration::from_secs(365 * 86_400);
    let now = Instant::now();
    now.checked_add(span.min(YEAR)).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(n: u8) -> LogKey {
        LogKey::from_bytes([n; 32])
    }

    #[test]
    fn guests_never_take_the_place_of_members() {
        let gate = Gate::new(2);
        gate.set_members([key(1), key(2)].into());
        let present = [key(1), key(8), key(9)];
        assert_eq!(gate.room(&key(2), present.iter()), Ok(()));
        assert_eq!(gate.room(&key(7), present.iter()), Err(Turned::Crowded(2)));
        assert_eq!(gate.room(&key(7), present[..2].iter()), Ok(()));
    }

    #[tokio::test]
    async fn a_key_is_kept_out_until_its_time_is_over() {
        let gate = Gate::new(2);
        let now = Instant::now();
        let later = now + Duration::from_secs(60);
        gate.forbid(key(1), later);
        assert_eq!(gate.check(&key(1), now), Err(Turned::Forbidden));
        assert_eq!(gate.check(&key(2), now), Ok(()));
        assert_eq!(gate.check(&key(1), later), Ok(()));
    }

    #[tokio::test]
    async fn the_list_of_those_kept_out_has_an_end() {
        let gate = Gate::new(2);
        let now = Instant::now();
        for n in 0..=u16::try_from(MAX_FORBIDDEN).expect("a small limit") {
            let mut bytes = [0; 32];
            bytes[..2].copy_from_slice(&n.to_be_bytes());
            gate.forbid(LogKey::from_bytes(bytes), now + Duration::from_secs(1 + u64::from(n)));
        }
        assert_eq!(gate.lists().forbidden.len(), MAX_FORBIDDEN);
        assert_eq!(gate.check(&LogKey::from_bytes([0; 32]), now), Ok(()));
    }
}
