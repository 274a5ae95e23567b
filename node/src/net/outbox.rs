//! What waits to be sent to one peer: bounded in bytes, filled from any thread, emptied by
//! the session. Holds whole frames and does not look into them.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use super::limits::{QUEUE_BYTES, QUEUE_LOW_BYTES, SLICE_BYTES};

/// How a session is to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ending {
    /// What the driver is told.
    pub(super) reason: String,
    /// Whether what waits is still to be sent.
    pub(super) farewell: bool,
}

/// The queue of one session.
#[derive(Default)]
pub(super) struct Outbox {
    state: Mutex<State>,
    /// There is something to send, or nothing will come any more.
    filled: Notify,
    /// The session is to end.
    ended: Notify,
}

#[derive(Default)]
struct State {
    pieces: VecDeque<Vec<u8>>,
    /// Bytes in `pieces` and in the slice that is being sent.
    queued: usize,
    /// Whether the driver waits to hear that there is room.
    swelled: bool,
    ending: Option<Ending>,
    /// What became of the connection, should the session find it gone.
    note: Option<String>,
}

impl Outbox {
    /// Adds whole frames; says no if the session ends or the queue has no room. After a no
    /// for want of room, the driver will be told that the queue drained.
    pub(super) fn push(&self, piece: Vec<u8>) -> bool {
        if piece.is_empty() {
            return self.state().ending.is_none();
        }
        let mut state = self.state();
        if state.ending.is_some() {
            return false;
        }
        let after = state.queued.saturating_add(piece.len());
        if after >= QUEUE_LOW_BYTES {
            state.swelled = state.queued > 0 || after <= QUEUE_BYTES;
        }
        if after > QUEUE_BYTES {
            return false;
        }
        state.queued = after;
        state.pieces.push_back(piece);
        drop(state);
        self.filled.notify_one();
        true
    }

    /// Bytes that wait or are being sent.
    pub(super) fn queued(&self) -> usize {
        self.state().queued
    }

    /// Whether nothing waits.
    pub(super) fn is_empty(&self) -> bool {
        self.state().pieces.is_empty()
    }

    /// The next slice to send, as soon as there is one; nothing if nothing will come.
    pub(super) async fn next(&self) -> Option<Vec<u8>> {
        loop {
            if let Some(slice) = take(&mut self.state()) {
                return Some(slice);
            }
            if self.state().ending.is_some() {
                return None;
            }
            self.filled.notified().await;
        }
    }

    /// A slice was sent. Says whether the driver is to hear that there is room again.
    pub(super) fn sent(&self, bytes: usize) -> bool {
        let mut state = self.state();
        state.queued = state.queued.saturating_sub(bytes);
        let drained = state.swelled && state.queued < QUEUE_LOW_BYTES;
        if drained {
            state.swelled = false;
        }
        drained
    }

    /// Takes nothing more and lets the session end. The first reason stays.
    pub(super) fn end(&self, reason: &str, farewell: bool) {
        let mut state = self.state();
        match &mut state.ending {
            Some(ending) => ending.farewell &= farewell,
            none => *none = Some(Ending { reason: reason.to_owned(), farewell }),
        }
        if !farewell {
            state.pieces.clear();
        }
        drop(state);
        self.filled.notify_one();
        self.ended.notify_one();
    }

    /// Waits until the session is to end.
    pub(super) async fn ending(&self) -> Ending {
        loop {
            if let Some(ending) = self.state().ending.clone() {
                return ending;
            }
            self.ended.notified().await;
        }
    }

    /// Remembers what became of the connection.
    pub(super) fn note(&self, cause: &str) {
        self.state().note.get_or_insert_with(|| cause.to_owned());
    }

    /// Why the session ends: what somebody said, what became of the connection, or what the
    /// session found itself.
    pub(super) fn reason(&self, found: String) -> String {
        let state = self.state();
        let said = state.ending.as_ref().map(|ending| &ending.reason);
        said.or(state.note.as_ref()).cloned().unwrap_or(found)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The first piece, and with it as many more as make a slice worth sending.
fn take(state: &mut State) -> Option<Vec<u8>> {
    let mut slice = state.pieces.pop_front()?;
    if slice.len() >= SLICE_BYTES || state.pieces.is_empty() {
        return Some(slice);
    }
    slice.reserve(SLICE_BYTES.saturating_sub(slice.len()).min(state.queued));
    while let Some(piece) = state.pieces.front() {
        if slice.len().saturating_add(piece.len()) > SLICE_BYTES {
            break;
        }
        slice.extend_from_slice(piece);
        state.pieces.pop_front();
    }
    Some(slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_queue_has_an_end_and_says_when_it_drained() {
        let outbox = Outbox::default();
        let piece = vec![7; QUEUE_BYTES / 8];
        let taken = (0..100).filter(|_| outbox.push(piece.clone())).count();
        assert_eq!((taken, outbox.queued()), (8, QUEUE_BYTES));
        let mut drained = Vec::new();
        for _ in 0..8 {
            let slice = outbox.next().await.expect("a slice");
            drained.push(outbox.sent(slice.len()));
        }
        assert_eq!(drained, [false, false, false, false, false, false, false, true]);
        assert_eq!(outbox.queued(), 0);
    }

    #[tokio::test]
    async fn short_pieces_leave_together_and_in_order() {
        let outbox = Outbox::default();
        for n in 0..100u8 {
            assert!(outbox.push(vec![n; 10]));
        }
        let slice = outbox.next().await.expect("a slice");
        assert_eq!(slice, (0..100u8).flat_map(|n| [n; 10]).collect::<Vec<u8>>());
        assert!(!outbox.sent(slice.len()), "it was never long");
    }

    #[tokio::test]
    async fn a_farewell_sends_what_waits_and_a_cut_does_not() {
        let outbox = Outbox::default();
        assert!(outbox.push(vec![1]));
        outbox.end("first", true);
        assert!(!outbox.push(vec![2]));
        assert_eq!(outbox.next().await, Some(vec![1]));
        assert_eq!(outbox.next().await, None);
        let cut = Outbox::default();
        assert!(cut.push(vec![1]));
        cut.end("cut", false);
        assert_eq!(cut.next().await, None);
        cut.end("later", true);
        assert_eq!(cut.ending().await, Ending { reason: "cut".to_owned(), farewell: false });
    }

    #[test]
    fn a_piece_that_never_fits_promises_nothing() {
        let outbox = Outbox::default();
        assert!(!outbox.push(vec![0; QUEUE_BYTES + 1]));
        assert!(!outbox.sent(0));
    }
}
