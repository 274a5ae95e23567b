//! One simulated node: a disk, a clock, and on them the code that runs in earnest.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use idenett::driver::Driver;
use idenett::journal::recovery::Recovery;
use idenett::journal::writer::Journal;
use idenett::library::{Library, Opening, Writing};
use idenett_protocol::charter::CharterChain;
use idenett_protocol::id::LogKey;
use idenett_protocol::key::SecretKey;
use idenett_protocol::message::Message;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::replicator::Replicator;
use idenett_protocol::time::Timestamp;

use crate::sim::liar::Vices;
use crate::sim::line::LineId;
use crate::simdisk::SimDisk;

/// Small, so that even a short run goes through several segments.
const SEGMENT_LIMIT: u64 = 64 * 1024;

/// A node.
pub struct Node {
    /// Its key.
    pub key: SecretKey,
    /// The name of its log.
    pub log: LogKey,
    /// Whose node it is.
    pub org: OrgNumber,
    /// Its disk.
    pub disk: SimDisk,
    /// A copy of the disk from which it may be restored one day.
    pub snapshot: Option<SimDisk>,
    /// What runs, if it does.
    pub running: Option<Running>,
    /// Whether others can dial it.
    pub listens: bool,
    /// How far its clock is ahead, in milliseconds.
    pub clock_ahead: i64,
    /// How often it was started.
    pub starts: u32,
    /// Whether trouble waits on its disk.
    pub trapped: bool,
    /// The line to each peer.
    pub sessions: BTreeMap<LogKey, LineId>,
    /// What waits to be signed.
    pub outbox: VecDeque<Writing>,
    /// When what is being checked and stored is done.
    pub ingest_free: Timestamp,
    /// How it lies.
    pub vices: Vices,
    /// What it heard, if it is a puppet that a test speaks for.
    pub heard: Option<Vec<Message>>,
    /// Which side of a partition it is on.
    pub side: u64,
    /// Bytes that came in, frame heads included.
    pub received: u64,
}

/// The code that runs in earnest.
pub struct Running {
    /// The replica.
    pub library: Arc<Library>,
    /// The replicator beside it.
    pub driver: Driver,
}

impl Node {
    /// A node that is not started.
    pub fn new(key: SecretKey, org: OrgNumber, listens: bool) -> Self {
        Self {
            log: key.log_key(),
            key,
            org,
            disk: SimDisk::new(),
            snapshot: None,
            running: None,
            listens,
            clock_ahead: 0,
            starts: 0,
            trapped: false,
            sessions: BTreeMap::new(),
            outbox: VecDeque::new(),
            ingest_free: Timestamp::default(),
            vices: Vices::default(),
            heard: None,
            side: 0,
            received: 0,
        }
    }

    /// Whether it runs and keeps to the rules.
    pub fn is_honest(&self) -> bool {
        self.running.is_some() && !self.vices.any()
    }

    /// Its replica, while it runs.
    pub fn library(&self) -> Option<&Arc<Library>> {
        self.running.as_ref().map(|r| &r.library)
    }

    /// The replica of a node that a test knows to run.
    ///
    /// # Panics
    /// If the node does not run.
    pub fn open_library(&self) -> &Arc<Library> {
        self.library().expect("the node runs")
    }

    /// The hour on its clock.
    pub fn clock(&self, now: Timestamp) -> Timestamp {
        Timestamp::from_millis(now.as_millis().saturating_add_signed(self.clock_ahead))
    }

    /// Whether it may sign now.
    pub fn may_sign(&self) -> bool {
        self.running.as_ref().is_some_and(|r| r.driver.replicator().knows_own_head())
    }

    /// Makes an empty replica on its disk.
    pub fn found(&self, charters: &CharterChain) {
        let (journal, _) = open_journal(&self.disk);
        Library::create(journal, charters.clone(), None).expect("a new library").close().expect("a close");
    }

    /// Starts what is on its disk.
    pub fn start(&mut self, dice: u64) -> (Recovery, Opening) {
        let (library, recovery, opening) = open(&self.disk);
        let library = Arc::new(library);
        let driver = Driver::new(Arc::clone(&library), Replicator::new(self.log, dice));
        self.running = Some(Running { library, driver });
        self.starts += 1;
        (recovery, opening)
    }
}

/// Opens the replica on a disk.
///
/// # Panics
/// If it cannot be opened: nothing that a simulated world does may lead there.
pub fn open(disk: &SimDisk) -> (Library, Recovery, Opening) {
    let (journal, recovery) = open_journal(disk);
    let (library, opening) = Library::open(journal, &recovery, None).expect("a library");
    (library, recovery, opening)
}

/// Opens or begins the journal on a disk.
///
/// # Panics
/// If it cannot be opened.
pub fn open_journal(disk: &SimDisk) -> (Journal, Recovery) {
    Journal::open(Arc::new(disk.clone()), SEGMENT_LIMIT).expect("a journal")
}
