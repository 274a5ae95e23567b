//! The application service: everything a person or program asks of a node, whether it runs or
//! rests. Decides nothing about what other nodes send, and knows neither sockets nor threads.

mod assessing;
mod barometer;
mod exporting;
mod cases;
mod charters;
mod fields;
mod finding;
mod found;
mod gathered;
mod import;
mod members;
mod pen;
mod publish;
mod request;
mod searching;
mod show;
mod status;
mod transfer;
mod translating;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use idenett_protocol::charter::Charter;
use idenett_protocol::header::SignedHeader;
use idenett_protocol::id::LogKey;
use idenett_protocol::key::SecretKey;
use idenett_protocol::log::Mark;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::registry::Role;
use idenett_protocol::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::barometer::Barometer;
use crate::config::Config;
use crate::home::Home;
use crate::index::Index;
use crate::indexing::Indexing;
use crate::journal::disk::RealDisk;
use crate::journal::segment::SEGMENT_BYTES;
use crate::journal::writer::Journal;
use crate::keyfile;
use crate::library::{Library, Opening};
use crate::local::{Local, LocalFault};

pub use crate::problem::Problem;
pub use barometer::when;
pub(crate) use found::found_at;
pub use found::{Federation, Founding, found};
pub use request::{
    BarometerFor, CharterUpdate, Import, ImportRow, List, Progress, Publish, Redact, RegistrarAct, Request, Revise,
    SearchFor, Withdraw,
};

/// Whether this node may sign now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Signing {
    /// It may.
    Ready,
    /// What is written waits, because of this.
    Waiting(String),
    /// The registrar has ended this node's log: it never will.
    Ended,
}

/// A peer with which the running node has a session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeerFacts {
    /// Its key.
    pub key: LogKey,
    /// Whether this node dialed.
    pub dialed: bool,
    /// The address of the connection.
    pub address: String,
    /// Since when.
    pub since: Timestamp,
}

impl PeerFacts {
    /// A session that stands from now on.
    pub const fn new(key: LogKey, dialed: bool, address: String, since: Timestamp) -> Self {
        Self { key, dialed, address, since }
    }
}

/// An address that the running node dials and with which it has no session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DialFacts {
    /// The address.
    pub address: String,
    /// Why the last attempt led to nothing.
    pub reason: String,
    /// How many attempts there were since a session with it last stood.
    pub tries: u64,
    /// When the first of them was.
    pub since: Timestamp,
    /// When the last of them was.
    pub last: Timestamp,
}

/// What the running node knows of the network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NetworkFacts {
    /// Where it accepts connections.
    pub listening: Vec<String>,
    /// With whom it is connected.
    pub peers: Vec<PeerFacts>,
    /// What it dials in vain.
    pub unreached: Vec<DialFacts>,
    /// How far its peers' clocks are ahead of its own, if there are any.
    pub clock_ahead_ms: Option<i64>,
}

/// Where the reading pages of the running node are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WebFacts {
    /// Their address.
    pub address: Option<String>,
    /// Why there are none although nobody turned them off.
    pub problem: Option<String>,
}

type PublishedHook = Box<dyn Fn(Vec<SignedHeader>) + Send + Sync>;
type CharterHook = Box<dyn Fn(Charter) + Send + Sync>;

/// The desk of one node.
pub struct Desk {
    config: Config,
    key: SecretKey,
    library: Arc<Library>,
    opening: Opening,
    /// The search, once somebody searched.
    indexing: Mutex<Option<Arc<Indexing>>>,
    search_directory: PathBuf,
    /// The figures, followed once somebody asked for one.
    barometer: RwLock<Barometer>,
    /// Whoever holds it writes; also what is known of imports.
    pen: Mutex<pen::Pen>,
    signing: RwLock<Signing>,
    /// Facts of the network; none while the node rests.
    network: RwLock<Option<NetworkFacts>>,
    web: RwLock<WebFacts>,
    published: RwLock<Option<PublishedHook>>,
    chartered: RwLock<Option<CharterHook>>,
}

impl Desk {
    /// Opens a data directory. Nothing is signed before [`Desk::set_signing`] or
    /// [`Desk::at_rest`] says that it may.
    ///
    /// # Errors
    /// If the directory holds no node, another process uses it, or the disk fails.
    pub fn open(home: &Home, config: &Config) -> Result<Self, Problem> {
        Problem::check_owner(home.directory())?;
        let key = keyfile::read(&home.node_key())?;
        if !home.journal().is_dir() {
            let what = format!(
                "{} has lost its journal: there is no directory {}",
                shown(home.directory()),
                shown(&home.journal())
            );
            return Err(Problem::node(
                what,
                "restore the directory from a backup, or make a new node elsewhere with a key of its own",
            ));
        }
        let at_journal = |fault| Problem::opening(&home.journal(), fault);
        let disk = Arc::new(RealDisk::open(&home.journal()).map_err(at_journal)?);
        let (journal, recovery) = Journal::open(disk, SEGMENT_BYTES).map_err(at_journal)?;
        let (library, opening) = Library::open(journal, &recovery, Some(Index::new(&home.index())))?;
        let local = Local::open(&home.local()).map_err(|fault| match fault {
            LocalFault::Open(fault) => Problem::opening(&home.local(), fault),
            fault @ (LocalFault::Write(_) | LocalFault::Read(_) | LocalFault::Disk(_) | LocalFault::Full) => {
                fault.into()
            }
        })?;
        Ok(Self {
            config: config.clone(),
            key,
            library: Arc::new(library),
            opening,
            indexing: Mutex::new(None),
            search_directory: home.search(),
            barometer: RwLock::default(),
            pen: Mutex::new(pen::Pen::new(local)),
            signing: RwLock::new(Signing::Waiting("the node has only just started".to_owned())),
            network: RwLock::new(None),
            web: RwLock::new(WebFacts::default()),
            published: RwLock::new(None),
            chartered: RwLock::new(None),
        })
    }

    /// Lets a node that does not run sign, if that cannot fork its log: no other key could have
    /// carried its entries away, or the person says that none has.
    pub fn at_rest(&self, offline: bool) {
        let signing = if offline || self.is_alone() {
            Signing::Ready
        } else {
            Signing::Waiting("the node does not run, so nobody can say whether this directory is its newest".to_owned())
        };
        self.set_signing(signing);
    }

    /// Carries a request out. `progress` hears of long work.
    ///
    /// # Errors
    /// What went wrong, for the person who asked.
    pub fn perform(&self, request: Request, progress: &mut dyn FnMut(Progress)) -> Result<Value, Problem> {
        match request {
            Request::Publish(publish) => self.publish(&publish),
            Request::Revise(revise) => self.revise(&revise),
            Request::Import(import) => self.import(&import),
            Request::Withdraw(withdraw) => self.withdraw(&withdraw),
            Request::Redact(redact) => self.redact(&redact),
            Request::List(list) => self.list(&list),
            Request::Show { id, kind } => self.show(&id, kind.as_deref()),
            Request::Record { id } => self.record(&id),
            Request::Status => self.status(),
            Request::Frontier => Ok(self.frontier()),
            Request::Peers => Ok(self.peers()),
            Request::Verify => self.verify(progress),
            Request::Reindex => {
                self.reindex_search(progress)?;
                self.reindex()
            }
            Request::Barometer(wanted) => self.barometer_for(&wanted),
            Request::BarometerExport { wanted, format, to, force } => {
                self.barometer_export(&wanted, &format, &to, force)
            }
            Request::ReleaseList => self.release_list(),
            Request::ReleaseVerify { id } => self.release_verify(&id),
            Request::Search(wanted) => self.search_for(&wanted),
            Request::VocabularyImport { file } => self.import_vocabulary(&file),
            Request::MemberRequest => self.member_request(),
            Request::MemberList => Ok(self.member_list()),
            Request::Registrar { key, act, offline } => self.registrar(&key, &act, offline),
            Request::Charter => Ok(self.charter()),
            Request::CharterExport { file, force } => self.charter_export(&file, force),
            Request::CharterUpdate(update) => self.charter_update(&update),
            Request::BundleExport { file, force } => self.bundle_export(&file, force, progress),
            Request::BundleImport { file } => self.bundle_import(&file, progress),
        }
    }

    /// The replica.
    pub const fn library(&self) -> &Arc<Library> {
        &self.library
    }

    /// The configuration of the node.
    pub const fn config(&self) -> &Config {
        &self.config
    }

    /// The node's key.
    pub const fn key(&self) -> &SecretKey {
        &self.key
    }

    /// What was found when the directory was opened.
    pub const fn opening(&self) -> &Opening {
        &self.opening
    }

    /// Calls `hook` with the headers of what was signed here or came in a bundle.
    pub fn on_published(&self, hook: PublishedHook) {
        *self.published.write().unwrap_or_else(PoisonError::into_inner) = Some(hook);
    }

    /// Calls `hook` with each charter that came by hand and holds.
    pub fn on_charter(&self, hook: CharterHook) {
        *self.chartered.write().unwrap_or_else(PoisonError::into_inner) = Some(hook);
    }

    /// Says whether this node may sign.
    pub fn set_signing(&self, signing: Signing) {
        *self.signing.write().unwrap_or_else(PoisonError::into_inner) = signing;
    }

    /// Says how the running node stands in the network.
    pub fn set_network(&self, facts: NetworkFacts) {
        *self.network.write().unwrap_or_else(PoisonError::into_inner) = Some(facts);
    }

    /// Says where the pages of the running node are.
    pub fn set_web(&self, facts: WebFacts) {
        *self.web.write().unwrap_or_else(PoisonError::into_inner) = facts;
    }

    /// Where its reading pages are.
    pub fn web(&self) -> WebFacts {
        self.web.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Leaves the marks of a clean stop. What was acknowledged is durable without it.
    ///
    /// # Errors
    /// If the disk is full or fails.
    pub fn close(self) -> Result<(), Problem> {
        let pen = self.pen.into_inner().unwrap_or_else(PoisonError::into_inner);
        pen.close()?;
        // It holds the library, which must be alone to be closed.
        drop(self.indexing.into_inner());
        match Arc::into_inner(self.library) {
            Some(library) => Ok(library.close()?),
            None => Ok(()),
        }
    }

    /// The member whose node this is.
    pub fn org(&self) -> OrgNumber {
        let registered = self.library.ledger(|l| l.registry().org_of(&self.key.log_key()));
        registered.unwrap_or(self.config.org)
    }

    fn log(&self) -> LogKey {
        self.key.log_key()
    }

    /// Whether this node is admitted and no other member's key is.
    pub fn is_alone(&self) -> bool {
        let own = self.log();
        self.library.ledger(|l| {
            let members = l.registry().logs().iter().filter(|(_, s)| matches!(s.role, Role::Member(_)));
            let keys: Vec<LogKey> = members.map(|(key, _)| *key).collect();
            keys == [own]
        })
    }

    /// Whether this node may sign, and if not, why not.
    fn may_sign(&self) -> Signing {
        let own = self.log();
        let (admitted, ended, mark) = self.library.ledger(|l| {
            let standing = l.registry().standing(&own);
            let mark = standing.zip(l.logs().get(&own)).map(|(s, log)| log.mark(s));
            (standing.is_some(), standing.is_some_and(|s| s.end.is_some()), mark)
        });
        match mark {
            _ if !admitted => Signing::Waiting("this node is not admitted to the federation yet".to_owned()),
            _ if ended => Signing::Ended,
            Some(Mark::Forked { place, .. }) => Signing::Waiting(format!(
                "this node's log was continued twice at {place}, and the registrar has not settled which branch holds"
            )),
            Some(Mark::Open | Mark::Ended) | None => {
                self.signing.read().unwrap_or_else(PoisonError::into_inner).clone()
            }
        }
    }

    /// What the running node knows of the network; nothing while it rests.
    pub fn network_facts(&self) -> Option<NetworkFacts> {
        self.network.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn pen(&self) -> MutexGuard<'_, pen::Pen> {
        self.pen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell_published(&self, headers: Vec<SignedHeader>) {
        if let Some(hook) = &*self.published.read().unwrap_or_else(PoisonError::into_inner)
            && !headers.is_empty()
        {
            hook(headers);
        }
    }

    fn tell_charter(&self, charter: &Charter) {
        if let Some(hook) = &*self.chartered.read().unwrap_or_else(PoisonError::into_inner) {
            hook(charter.clone());
        }
    }
}

/// A path as it is shown.
fn shown(path: &Path) -> String {
    path.display().to_string()
}
