//! Entries from peers on their way into the library: checked on all cores at once, taken in the
//! order in which they came. Bounded: who hands over more waits.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use idenett_protocol::id::LogKey;
use idenett_protocol::ledger::Received;

use crate::background::step_back;
use crate::library::{Library, LibraryFault, Offered, Outcome, Rejection, parse};

/// Batches that wait to be checked.
const QUEUE: usize = 8;
/// Batches that are checked and wait for one before them.
const MAX_READY: usize = 16;

/// Entries of one peer that came together.
struct Batch {
    turn: u64,
    peer: LogKey,
    offered: Vec<Offered>,
}

/// What became of a batch.
pub type Taken = (LogKey, Result<Vec<Outcome>, LibraryFault>);

/// The threads that check and take entries.
pub struct Intake {
    batches: Option<SyncSender<Batch>>,
    workers: Vec<JoinHandle<()>>,
    next: u64,
}

/// The entries of a batch as they were found.
type Checked = (LogKey, Vec<Result<Received, Rejection>>);

/// The order in which batches are taken. Nobody waits for a turn: a thread leaves what it has
/// checked here, and whoever finds the next one ready, and nobody taking, takes it.
#[derive(Default)]
struct Order {
    state: Mutex<OrderState>,
    shorter: Condvar,
}

#[derive(Default)]
struct OrderState {
    next: u64,
    ready: BTreeMap<u64, Checked>,
    taking: bool,
    /// The disk failed: nothing more is taken, so that no gap is papered over.
    failed: bool,
}

impl Intake {
    /// Starts one thread more than there are cores: while one waits for the disk, the others check.
    /// `report` is called from them, in the order of the batches.
    pub fn start(library: &Arc<Library>, report: impl Fn(Taken) + Send + Sync + 'static) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let (batches, queue) = sync_channel(QUEUE);
        let queue = Arc::new(Mutex::new(queue));
        let order = Arc::new(Order::default());
        let report = Arc::new(report);
        let workers = (0..=cores)
            .map(|_| {
                let (library, queue) = (Arc::clone(library), Arc::clone(&queue));
                let (order, report) = (Arc::clone(&order), Arc::clone(&report));
                std::thread::spawn(move || {
                    step_back();
                    work(&library, &queue, &order, &*report);
                })
            })
            .collect();
        Self { batches: Some(batches), workers, next: 0 }
    }

    /// Hands a batch over; waits while the queue is full. Says no after [`Intake::finish`].
    pub fn hand_over(&mut self, peer: LogKey, offered: Vec<Offered>) -> bool {
        let turn = self.next;
        self.next += 1;
        self.batches.as_ref().is_some_and(|b| b.send(Batch { turn, peer, offered }).is_ok())
    }

    /// Takes what was handed over and ends the threads.
    pub fn finish(&mut self) {
        self.batches = None;
        for worker in self.workers.drain(..) {
            // A thread that panicked has reported nothing; its batch is fetched again.
            let _ = worker.join();
        }
    }
}

impl Drop for Intake {
    fn drop(&mut self) {
        self.finish();
    }
}

fn work(library: &Library, queue: &Mutex<Receiver<Batch>>, order: &Order, report: &dyn Fn(Taken)) {
    loop {
        let batch = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(batch) = batch else { return };
        let checked = (batch.peer, batch.offered.into_iter().map(parse).collect());
        let mut mine = order.leave(batch.turn, checked);
        while let Some((peer, received)) = mine {
            let taken = library.take(received);
            let failed = taken.is_err();
            report((peer, taken));
            mine = order.next(failed);
        }
    }
}

impl Order {
    /// Leaves a checked batch. Gives the one to take now, if that falls to the caller.
    fn leave(&self, turn: u64, checked: Checked) -> Option<Checked> {
        let mut state = self.lock();
        // The batch whose turn it is never waits here, or nobody would go on.
        while state.ready.len() >= MAX_READY && turn != state.next {
            state = self.shorter.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.ready.insert(turn, checked);
        if state.taking {
            return None;
        }
        state.taking = true;
        self.take_next(state)
    }

    /// What the thread that has just taken a batch takes next.
    fn next(&self, failed: bool) -> Option<Checked> {
        let mut state = self.lock();
        state.failed |= failed;
        self.take_next(state)
    }

    fn take_next(&self, mut state: MutexGuard<'_, OrderState>) -> Option<Checked> {
        let next = state.next;
        let found = state.ready.remove(&next);
        if found.is_none() {
            state.taking = false;
            return None;
        }
        state.next += 1;
        self.shorter.notify_all();
        if state.failed {
            // Dropped unseen, like all that follow it.
            return self.take_next(state);
        }
        found
    }

    fn lock(&self) -> MutexGuard<'_, OrderState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
