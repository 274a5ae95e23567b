//! Entries from peers on their way into the library: checked on all cores at once, taken in the
//! order in which they came. Bounded: who hands over more waits.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;

use idenett_protocol::id::LogKey;

use crate::library::{Library, LibraryFault, Offered, Outcome, parse};

/// Batches that wait to be checked.
const QUEUE: usize = 8;

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

/// Whose turn it is to take its batch.
#[derive(Default)]
struct Turns {
    now: Mutex<u64>,
    changed: Condvar,
    /// The disk failed: nothing more is taken, so that no gap is papered over.
    failed: AtomicBool,
}

impl Intake {
    /// Starts one thread more than there are cores: while one waits for the disk, the others check.
    /// `report` is called from them, in the order of the batches.
    pub fn start(library: &Arc<Library>, report: impl Fn(Taken) + Send + Sync + 'static) -> Self {
        let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let (batches, queue) = sync_channel(QUEUE);
        let queue = Arc::new(Mutex::new(queue));
        let turns = Arc::new(Turns::default());
        let report = Arc::new(report);
        let workers = (0..=cores)
            .map(|_| {
                let (library, queue) = (Arc::clone(library), Arc::clone(&queue));
                let (turns, report) = (Arc::clone(&turns), Arc::clone(&report));
                std::thread::spawn(move || work(&library, &queue, &turns, &*report))
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

fn work(library: &Library, queue: &Mutex<Receiver<Batch>>, turns: &Turns, report: &dyn Fn(Taken)) {
    loop {
        let batch = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(batch) = batch else { return };
        let received = batch.offered.into_iter().map(parse).collect();
        turns.wait(batch.turn);
        if !turns.failed.load(Ordering::Acquire) {
            let taken = library.take(received);
            turns.failed.store(taken.is_err(), Ordering::Release);
            report((batch.peer, taken));
        }
        turns.pass();
    }
}

impl Turns {
    fn wait(&self, turn: u64) {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        while *now != turn {
            now = self.changed.wait(now).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn pass(&self) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        self.changed.notify_all();
    }
}
