//! The places for connections: which of them waits for its reader, and which has waited longest. Knows neither
//! sockets nor hours.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

/// The connections that wait for something from the other side, the longest first.
#[derive(Default)]
pub(super) struct Seats {
    waiting: Mutex<Waiting>,
}

#[derive(Default)]
struct Waiting {
    next: u64,
    since: BTreeMap<u64, Arc<Notify>>,
}

/// The place of one connection.
pub(super) struct Seat {
    seats: Arc<Seats>,
    turn: Mutex<Option<u64>>,
    leave: Arc<Notify>,
}

impl Seats {
    /// A place for a connection that has not asked anything yet.
    pub(super) fn take(self: &Arc<Self>) -> Arc<Seat> {
        let seat = Seat { seats: Arc::clone(self), turn: Mutex::new(None), leave: Arc::new(Notify::new()) };
        seat.wait();
        Arc::new(seat)
    }

    /// Sends away the connection that has waited longest. Gives whether there was one.
    pub(super) fn make_room(&self) -> bool {
        let first = self.lock().since.pop_first();
        if let Some((_, leave)) = &first {
            leave.notify_one();
        }
        first.is_some()
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    /// The other side has its answer, or has not asked yet: from now on the connection waits.
    pub(super) fn wait(&self) {
        let mut waiting = self.seats.lock();
        let turn = waiting.next;
        waiting.next += 1;
        waiting.since.insert(turn, Arc::clone(&self.leave));
        let before = self.turn.lock().unwrap_or_else(PoisonError::into_inner).replace(turn);
        before.and_then(|turn| waiting.since.remove(&turn));
    }

    /// A request is being answered: the connection is not sent away.
    pub(super) fn work(&self) {
        let turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(turn) = turn {
            self.seats.lock().since.remove(&turn);
        }
    }

    /// Returns when the connection is to make room.
    pub(super) async fn sent_away(&self) {
        self.leave.notified().await;
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.work();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_waited_longest_leaves_and_who_is_answered_stays() {
        let seats = Arc::new(Seats::default());
        let all: Vec<Arc<Seat>> = (0..4).map(|_| seats.take()).collect();
        all[0].work();
        all[1].wait();
        let gone = |seat: &Seat| seat.turn.lock().expect("a lock").is_none_or(|t| !seats.lock().since.contains_key(&t));
        assert!(seats.make_room());
        assert_eq!(all.iter().map(|s| gone(s)).collect::<Vec<_>>(), [true, false, true, false]);
        assert!(seats.make_room() && seats.make_room());
        assert!(!seats.make_room(), "only one is left, and it is being answered");
        all[0].wait();
        assert!(seats.make_room());
        all[0].wait();
        drop(all);
        assert!(!seats.make_room());
    }
}
