//! The network shell: libp2p as transport, one session with each peer, frames in and out.
//! Bounded everywhere. Knows frames, not what they mean; the network never decides.
//!
//! A driver gets [`NetEvent`]s from a bounded channel and speaks through [`Net`]. Between
//! `Connected` and `Disconnected` of a peer there is exactly one session; each dial ends in
//! exactly one `Connected` with `dialed` or one `DialFailed`. A driver that takes no events
//! stops the reading, and with it the sending of the peers.

mod gate;
mod hub;
mod limits;
mod line;
mod mux;
mod name;
mod outbox;
mod pairing;
mod session;
mod swarm;
mod wire;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use idenett_protocol::frame::FrameFault;
use idenett_protocol::id::LogKey;
use idenett_protocol::key::SecretKey;
use idenett_protocol::limits::MAX_ADDRESS_CHARS;
use libp2p::Multiaddr;
use libp2p::identity::Keypair;
use libp2p::multiaddr::Protocol;
use tokio::sync::{mpsc, oneshot};

use gate::Gate;
use hub::Hub;
use outbox::Outbox;
use words::innermost;

pub use limits::{MAX_BATCH_FRAMES, MAX_DIALS, MAX_EVENTS, QUEUE_BYTES, QUEUE_LOW_BYTES};
pub use name::{address_of, log_key, peer_id};
pub use wire::OwnedFrame;
pub use words::{NOT_NEEDED, REPLACED};

/// How a node stands in the network.
#[derive(Clone, Debug)]
pub struct NetConfig {
    /// Where to listen. May be empty: such a node only dials.
    pub listen: Vec<Multiaddr>,
    /// Connections from outside.
    pub max_incoming: u32,
    /// Of these, how many may belong to keys that [`Net::set_members`] did not name.
    pub max_guests: usize,
    /// Connections that this node dialed.
    pub max_outgoing: u32,
    /// Resident memory of the process over which no new connection is made.
    pub max_memory_bytes: usize,
    /// Time for a connection to become a session.
    pub handshake: Duration,
    /// Time in which a peer must finish a frame that it began, and take something of what
    /// waits for it.
    pub patience: Duration,
}

impl Default for NetConfig {
    fn default() -> Self {
        Self {
            listen: Vec::new(),
            max_incoming: 448,
            max_guests: 64,
            max_outgoing: 32,
            max_memory_bytes: 2 * 1024 * 1024 * 1024,
            handshake: Duration::from_secs(10),
            patience: Duration::from_secs(60),
        }
    }
}

/// What happens in the network, in order for each peer.
#[derive(Debug, PartialEq, Eq)]
pub enum NetEvent {
    /// This node can be reached here; the address ends with its name.
    Listening {
        /// An address that others may dial.
        address: String,
    },
    /// A session is open both ways.
    Connected {
        /// With whom.
        peer: LogKey,
        /// Whether this node dialed.
        dialed: bool,
        /// The address as it was given to [`Net::dial`], or from which the peer came.
        address: String,
    },
    /// The session is over. Nothing more comes from this peer until it is connected again.
    Disconnected {
        /// With whom.
        peer: LogKey,
        /// Why, in words.
        reason: String,
    },
    /// Frames that arrived together, at most [`MAX_BATCH_FRAMES`].
    Frames {
        /// From whom.
        peer: LogKey,
        /// In the order in which they were sent.
        frames: Vec<OwnedFrame>,
    },
    /// The queue of a peer holds less than [`QUEUE_LOW_BYTES`] after having held more.
    Drained {
        /// Whose queue.
        peer: LogKey,
    },
    /// A dial led to no session of its own.
    DialFailed {
        /// The address as it was given to [`Net::dial`].
        address: String,
        /// Why, in words.
        reason: String,
    },
    /// A peer sent bytes that are no frame; `Disconnected` follows.
    Broken {
        /// Who.
        peer: LogKey,
        /// What is wrong with the bytes.
        fault: FrameFault,
    },
}

/// Why the network did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum NetFault {
    /// The text is no address of the network.
    #[error("`{0}` is no network address; write it as /dns4/HOST/tcp/PORT or /ip4/ADDRESS/tcp/PORT")]
    Address(String),
    /// The address names a key that no node here can have.
    #[error("`{0}` names a peer without an Ed25519 key")]
    Stranger(String),
    /// A listener could not be opened.
    #[error("cannot listen on {address}: {reason}")]
    Listen {
        /// The address.
        address: String,
        /// What the system said.
        reason: String,
    },
    /// The transport could not be set up.
    #[error("the network could not be set up: {0}")]
    Setup(String),
    /// Too much was asked at once.
    #[error("{MAX_DIALS} dials are waiting; try again later")]
    Busy,
    /// The network was stopped.
    #[error("the network of this node was stopped")]
    Stopped,
}

/// A handle to the network. When the last one is dropped, all connections are closed.
#[derive(Clone)]
pub struct Net {
    dials: mpsc::Sender<Dial>,
    stop: mpsc::Sender<oneshot::Sender<()>>,
    board: Arc<Board>,
}

/// An address to dial: as it was given, and as libp2p takes it.
struct Dial {
    address: String,
    parsed: Multiaddr,
}

/// What the handles ask for. Stopping has a way of its own: it need not wait for dials.
struct Orders {
    dials: mpsc::Receiver<Dial>,
    /// Ends when the last handle is dropped.
    stop: mpsc::Receiver<oneshot::Sender<()>>,
}

/// What handles, hub and lines share.
struct Board {
    gate: Arc<Gate>,
    sessions: Mutex<BTreeMap<LogKey, Arc<Outbox>>>,
}

impl Board {
    fn sessions(&self) -> MutexGuard<'_, BTreeMap<LogKey, Arc<Outbox>>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn outbox(&self, peer: &LogKey) -> Option<Arc<Outbox>> {
        self.sessions().get(peer).cloned()
    }
}

impl Net {
    /// Begins to listen and returns at once; must be called inside a tokio runtime. The
    /// key of the node is its name in the network.
    ///
    /// # Errors
    /// If an address cannot be listened on or the transport not be set up.
    pub fn start(config: NetConfig, key: &SecretKey) -> Result<(Self, mpsc::Receiver<NetEvent>), NetFault> {
        let setup = |e: &dyn std::fmt::Display| NetFault::Setup(e.to_string());
        let runtime = tokio::runtime::Handle::try_current().map_err(|e| setup(&e))?;
        let pair = Keypair::ed25519_from_bytes(*key.seed()).map_err(|e| setup(&e))?;
        let gate = Arc::new(Gate::new(config.max_guests));
        let mut swarm = swarm::build(&config, &pair, &gate).map_err(|e| setup(&e))?;
        for address in &config.listen {
            name::check_free(address).map_err(|e| cannot_listen(address, &e))?;
        }
        for address in &config.listen {
            swarm.listen_on(address.clone()).map_err(|e| cannot_listen(address, &e))?;
        }
        let board = Arc::new(Board { gate, sessions: Mutex::default() });
        let (dials, ordered) = mpsc::channel(MAX_DIALS);
        let (stop, stopped) = mpsc::channel(1);
        let (events, news) = mpsc::channel(MAX_EVENTS);
        let hub = Hub::new(swarm, (key.log_key(), config), Arc::clone(&board), events);
        runtime.spawn(hub.run(Orders { dials: ordered, stop: stopped }));
        Ok((Self { dials, stop, board }, news))
    }

    /// Dials an address, with or without the name of who is expected there.
    ///
    /// # Errors
    /// If the text is no address, too many dials wait, or the network was stopped.
    pub fn dial(&self, address: &str) -> Result<(), NetFault> {
        let parsed = parse(address)?;
        self.dials.try_send(Dial { address: address.to_owned(), parsed }).map_err(|e| match e {
            mpsc::error::TrySendError::Full(_) => NetFault::Busy,
            mpsc::error::TrySendError::Closed(_) => NetFault::Stopped,
        })
    }

    /// Queues whole frames for a peer, in the order of the calls. Says no if there is no
    /// session, or no room: then `Drained` will come. At most [`QUEUE_BYTES`] at once.
    pub fn send(&self, peer: LogKey, bytes: Vec<u8>) -> bool {
        self.board.outbox(&peer).is_some_and(|outbox| outbox.push(bytes))
    }

    /// Bytes that wait for a peer; none if there is no session.
    pub fn queued(&self, peer: LogKey) -> usize {
        self.board.outbox(&peer).map_or(0, |outbox| outbox.queued())
    }

    /// Ends the session with a peer after what waits was sent, for which there is a second.
    pub fn disconnect(&self, peer: LogKey) {
        if let Some(outbox) = self.board.outbox(&peer) {
            outbox.end("this node ended the session", true);
        }
    }

    /// Names the keys of the federation. Others are guests: they may come while there is
    /// room for guests, so that a joining node can reach a hub. Sessions that exist stay.
    pub fn set_members(&self, members: BTreeSet<LogKey>) {
        self.board.gate.set_members(members);
    }

    /// Ends the session with a peer after what waits was sent and keeps its key out for a
    /// time, in both directions.
    pub fn forbid(&self, peer: LogKey, span: Duration) {
        self.board.gate.forbid(peer, gate::until(span));
        if let Some(outbox) = self.board.outbox(&peer) {
            outbox.end("this node cut the peer off", true);
        }
    }

    /// Sends what waits, for a second at most, and closes all connections. `Disconnected`
    /// is told for as many sessions as the driver has room for events.
    pub async fn stop(&self) {
        let (done, stopped) = oneshot::channel();
        if self.stop.send(done).await.is_ok() {
            // An error means that it stopped without us.
            let _ = stopped.await;
        }
    }
}

/// Reads an address of the network.
///
/// # Errors
/// If the text is too long, no address, or names somebody without an Ed25519 key.
pub fn parse(address: &str) -> Result<Multiaddr, NetFault> {
    if address.chars().count() > MAX_ADDRESS_CHARS {
        return Err(NetFault::Address(address.chars().take(MAX_ADDRESS_CHARS).collect()));
    }
    let fault = || NetFault::Address(address.to_owned());
    let parsed: Multiaddr = address.parse().map_err(|_| fault())?;
    if parsed.is_empty() {
        return Err(fault());
    }
    for part in &parsed {
        if let Protocol::P2p(peer) = part
            && log_key(&peer).is_none()
        {
            return Err(NetFault::Stranger(address.to_owned()));
        }
    }
    Ok(parsed)
}

fn cannot_listen(address: &Multiaddr, cause: &dyn std::error::Error) -> NetFault {
    NetFault::Listen { address: address.to_string(), reason: innermost(cause) }
}
