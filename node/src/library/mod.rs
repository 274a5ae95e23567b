//! The one door. Whatever comes in - from the network, the terminal, a bundle or this node's own
//! pen - is checked, admitted, made durable and only then applied, here and nowhere else.
//! Knows no peer and no hour.

mod bundle;
mod commit;
mod read;
mod replay;
mod shelf;
mod verify;
mod wounds;

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use idenett_protocol::charter::CharterChain;
use idenett_protocol::entry::Malformed;
use idenett_protocol::ledger::{Ledger, Refusal};

use crate::index::Index;
use crate::journal::fault::Fault;
use crate::journal::fault::OpenFault;
use crate::journal::fault::ReadFault;
use crate::journal::reader::Reader;
use crate::journal::writer::Journal;

pub use bundle::{BundleFault, Imported, Item, founding_charter, read_bundle};
pub use commit::{Offered, Outcome, SignFault, Writing, parse};
pub use read::{Stored, StoredText};
pub use replay::Opening;
pub(crate) use shelf::Shelf;
pub use verify::{Reindexed, Verified};
pub use wounds::Wound;
pub(crate) use wounds::Wounds;

/// The replica of this node: the ledger in memory, the journal on disk, the way between them.
pub struct Library {
    writer: Mutex<Writer>,
    state: RwLock<State>,
    reader: Reader,
    index: Option<Index>,
}

/// What only one thread does at a time.
struct Writer {
    journal: Journal,
    /// Entries applied since the last checkpoint.
    since_checkpoint: usize,
}

/// What all threads read.
struct State {
    ledger: Ledger,
    shelf: Shelf,
    counters: BTreeMap<&'static str, u64>,
    wounds: Wounds,
}

/// Why an offered entry did not join the replica.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// The bytes are no entry: the sender's fault.
    #[error("malformed: {0}")]
    Malformed(#[from] Malformed),
    /// It is an entry, and does not join now.
    #[error(transparent)]
    Refused(#[from] Refusal),
}

impl Rejection {
    /// The name under which it is counted.
    pub const fn name(&self) -> &'static str {
        match self {
            Rejection::Malformed(_) => "malformed",
            Rejection::Refused(refusal) => refusal.name(),
        }
    }
}

/// A failure of this node's own: nobody else is to blame.
#[derive(Debug, thiserror::Error)]
pub enum LibraryFault {
    /// The journal cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenFault),
    /// The journal cannot be written.
    #[error(transparent)]
    Write(#[from] Fault),
    /// The journal cannot be read.
    #[error(transparent)]
    Read(#[from] ReadFault),
    /// The disk failed.
    #[error("the disk of this node failed while {doing}: {source}")]
    Disk {
        /// What was being done.
        doing: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
    /// The journal has no charter: it belongs to no federation.
    #[error("the journal holds no charter; make the node with `idenett init`")]
    NoCharter,
    /// The charter given is not the first of a federation, or not of this one.
    #[error("the charter does not found this node's federation")]
    Charter,
}

impl Library {
    /// Begins a replica of a federation in an empty journal.
    ///
    /// # Errors
    /// If the journal is not empty or cannot be written.
    pub fn create(mut journal: Journal, charters: CharterChain, index: Option<Index>) -> Result<Self, LibraryFault> {
        let mut shelf = Shelf::default();
        for charter in charters.all() {
            let position = journal.append(idenett_protocol::frame::FrameType::Charter, charter.bytes())?;
            shelf.charter(charter.hash(), position);
        }
        journal.commit()?;
        let reader = journal.reader();
        let ledger = Ledger::new(charters);
        let state = State { ledger, shelf, counters: BTreeMap::new(), wounds: Wounds::default() };
        Ok(Self {
            writer: Mutex::new(Writer { journal, since_checkpoint: 0 }),
            state: RwLock::new(state),
            reader,
            index,
        })
    }

    /// Looks at the ledger.
    pub fn ledger<T>(&self, look: impl FnOnce(&Ledger) -> T) -> T {
        look(&self.read_state().ledger)
    }

    /// How often what was refused, by name, since the start.
    pub fn counters(&self) -> BTreeMap<&'static str, u64> {
        self.read_state().counters.clone()
    }

    /// Notes something that was refused elsewhere on its way here.
    pub fn count(&self, name: &'static str) {
        *self.write_state().counters.entry(name).or_default() += 1;
    }

    /// What is damaged on the disk, as far as it was met.
    pub fn damage(&self) -> Vec<Wound> {
        let state = self.read_state();
        state.wounds.all(&state.ledger, &state.shelf)
    }

    /// Notes that a peer holds the same as this node.
    pub fn agreed(&self) {
        let unknown = self.read_state().wounds.is_unknown();
        if unknown {
            self.write_state().wounds.agreed();
        }
    }

    /// Entries and texts that are on the disk but wait for what stands before them.
    pub fn waiting(&self) -> usize {
        self.read_state().shelf.waiting()
    }

    /// Writes a checkpoint and the mark of a clean stop.
    ///
    /// # Errors
    /// If the journal cannot be closed. A checkpoint that fails is only left out.
    pub fn close(self) -> Result<(), LibraryFault> {
        {
            let mut writer = self.lock_writer();
            writer.journal.commit()?;
            self.checkpoint(&mut writer);
        }
        let writer = self.writer.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(writer.journal.close()?)
    }

    fn checkpoint(&self, writer: &mut Writer) {
        let Some(index) = &self.index else { return };
        let state = self.read_state();
        // Derived data: what cannot be kept is made anew at the next start.
        if let Err(reason) = index.store(&state.ledger, &state.shelf, &state.wounds, self.reader.end()) {
            tracing::warn!(%reason, "the checkpoint was left out; the next start takes longer");
        }
        writer.since_checkpoint = 0;
    }

    fn lock_writer(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read_state(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write_state(&self) -> RwLockWriteGuard<'_, State> {
        self.state.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn refuse(&mut self, rejection: &Rejection) {
        *self.counters.entry(rejection.name()).or_default() += 1;
    }
}
