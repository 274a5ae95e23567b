//! The running node: network, driver, intake and control socket around one desk, until it is
//! told to stop.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use idenett_protocol::frame::FrameType;
use idenett_protocol::hint::{Hint, MAX_HINT_ADDRESSES};
use idenett_protocol::id::{LogKey, Seq};
use idenett_protocol::message::{Farewell, Message};
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::registry::Role;
use idenett_protocol::replicator::Replicator;
use serde::Serialize;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{Notify, mpsc};

use crate::background::step_back;
use crate::clock;
use crate::config::Config;
use crate::control;
use crate::desk::{Desk, NetworkFacts, PeerFacts, Problem, Signing};
use crate::driver::{Action, Driver, Event};
use crate::home::Home;
use crate::intake::{Intake, Taken};
use crate::library::LibraryFault;
use crate::net::{Net, NetConfig, NetEvent, OwnedFrame, QUEUE_LOW_BYTES, log_key, parse};
use crate::reach::Reach;
use crate::web;

/// Where this variable is set, the node stops when its standard input ends: a program that started
/// it takes it along, however that program ends.
pub const STOP_WITH_INPUT: &str = "IDENETT_STOP_WITH_INPUT";
/// Batches that may be on their way into the library before the network is read on.
const MAX_IN_INTAKE: usize = 16;
/// How far the clock may be from those of the peers, in milliseconds, before signing stops.
const MAX_CLOCK_DISTANCE: u64 = 10 * 60 * 1000;
/// How long the search rests before it looks for what has come.
const INDEX_PAUSE: Duration = Duration::from_millis(250);
/// Entries within one pause from which on a node is catching up: then the search waits, because
/// catching up needs all cores.
const CATCHING_UP: usize = 500;
/// Pauses for which the search waits at most, two minutes.
const MAX_WAITS: u32 = 480;
/// How long a command that uses the directory is waited for, and how often it is looked at.
const LOCK_PATIENCE: Duration = Duration::from_secs(5);
const LOCK_PAUSE: Duration = Duration::from_millis(50);
/// How long a peer that broke the rules is kept out.
const FORBID: Duration = Duration::from_secs(3600);
/// How often the node's own addresses are signed anew.
const HINT_PAUSE: Duration = Duration::from_secs(12 * 3600);

/// A node that has begun to run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Started {
    /// The organisation whose node it is.
    pub org: OrgNumber,
    /// Its key, which names its log.
    pub key: LogKey,
    /// Where it accepts connections of other nodes; each address ends with its name.
    pub listening: Vec<String>,
    /// Where its pages are, if it has any.
    pub web: Option<String>,
}

/// Runs a node until it is told to stop by a signal. `started` hears once that it runs and listens.
///
/// # Errors
/// If the directory, the configuration or the network is at fault, or the disk fails.
pub fn run(home: &Home, config: &Config, started: impl FnOnce(&Started)) -> Result<(), Problem> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(|e| {
        Problem::node(format!("the runtime could not start: {e}"), "try again; if it stays, restart the machine")
    })?;
    Problem::check_length(home)?;
    let desk = Arc::new(open(home, config)?);
    let result = runtime.block_on(serve(home, config, &desk, started));
    // Whatever still waits on a blocking thread ends with its own request.
    runtime.shutdown_timeout(Duration::from_secs(5));
    let closed = match Arc::into_inner(desk) {
        Some(desk) => desk.close(),
        None => Ok(()),
    };
    result.and(closed)
}

/// Opens the directory; a command that is at work there ends soon.
fn open(home: &Home, config: &Config) -> Result<Desk, Problem> {
    let waiting = clock::Watch::start();
    loop {
        match Desk::open(home, config) {
            Err(problem) if problem.passing && waiting.elapsed() < LOCK_PATIENCE => std::thread::sleep(LOCK_PAUSE),
            other => return other,
        }
    }
}

async fn serve(home: &Home, config: &Config, desk: &Arc<Desk>, started: impl FnOnce(&Started)) -> Result<(), Problem> {
    let (net, mut events) = Net::start(net_config(config)?, desk.key()).map_err(|e| Problem::network(&e))?;
    let (reports, mut taken) = mpsc::channel(MAX_IN_INTAKE + 1);
    let intake = Intake::start(desk.library(), move |t: Taken| {
        // Only a node that is stopping takes no reports.
        let _ = reports.blocking_send(t);
    });
    let news = Arc::new(News::default());
    news.listen_to(desk);
    let index_keeper = IndexKeeper::start(desk);
    let pages = web::serve(desk).await?;
    // Who asks before anything has happened hears that the node runs.
    desk.set_network(NetworkFacts::default());
    let control = control::serve(&home.socket(), Arc::clone(desk))?;
    let mut station = Station::new(config, desk, net.clone(), intake);
    tracing::info!(key = %desk.key().log_key().short(), "the node runs");
    let input_ended = Arc::new(Notify::new());
    if std::env::var_os(STOP_WITH_INPUT).is_some() {
        watch_input(&input_ended);
    }
    let mut term = signal(SignalKind::terminate()).map_err(|e| Problem::network(&e))?;
    let mut seconds = tokio::time::interval(Duration::from_secs(1));
    seconds.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut started = Some(started);
    let ended = loop {
        let room = station.in_intake < MAX_IN_INTAKE;
        let done = tokio::select! {
            event = events.recv(), if room => match event {
                Some(event) => tokio::task::block_in_place(|| station.network(event)),
                None => break Err(Problem::node("the network of this node ended", "look at the log above this line and start it again")),
            },
            Some(result) = taken.recv() => tokio::task::block_in_place(|| station.taken(result)),
            () = news.changed.notified() => tokio::task::block_in_place(|| station.all(news.take())),
            _ = seconds.tick() => {
                // Not before: a listener on all interfaces tells of one after the other.
                if station.listening.len() >= config.listen.len() && let Some(tell) = started.take() {
                    tell(&station.started());
                }
                tokio::task::block_in_place(|| station.second())
            }
            _ = tokio::signal::ctrl_c() => break Ok(()),
            _ = term.recv() => break Ok(()),
            () = input_ended.notified() => break Ok(()),
        };
        if let Err(fault) = done {
            tracing::error!(%fault, "the node stops, because its own disk failed");
            break Err(Problem::from(fault));
        }
    };
    tracing::info!("the node stops");
    control.stop().await;
    if let Some(pages) = pages {
        pages.stop().await;
    }
    net.stop().await;
    tokio::task::block_in_place(|| index_keeper.stop());
    taken.close();
    tokio::task::block_in_place(|| station.intake.finish());
    ended
}

/// The thread that keeps the search level with what arrives. The search is derived: its fault stops nothing.
struct IndexKeeper {
    desk: Arc<Desk>,
    stopped: Arc<(Mutex<bool>, Condvar)>,
    thread: std::thread::JoinHandle<()>,
}

impl IndexKeeper {
    fn start(desk: &Arc<Desk>) -> Self {
        let stopped = Arc::new((Mutex::new(false), Condvar::new()));
        let (keeper, until) = (Arc::clone(desk), Arc::clone(&stopped));
        let thread = std::thread::spawn(move || {
            step_back();
            keep_index(&keeper, &until);
        });
        Self { desk: Arc::clone(desk), stopped, thread }
    }

    fn stop(self) {
        *self.stopped.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.stopped.1.notify_all();
        self.desk.stop_index();
        // A thread that panicked has said so; the next start makes the index level.
        let _ = self.thread.join();
    }
}

fn keep_index(desk: &Desk, (stopped, changed): &(Mutex<bool>, Condvar)) {
    let mut failing = false;
    let (mut held, mut waits) = (desk.library().ledger(|l| l.logs().entries()), 0);
    let mut stop = stopped.lock().unwrap_or_else(PoisonError::into_inner);
    while !*stop {
        drop(stop);
        let now_held = desk.library().ledger(|l| l.logs().entries());
        let catches_up = now_held.saturating_sub(held) > CATCHING_UP && waits < MAX_WAITS;
        held = now_held;
        waits = if catches_up { waits + 1 } else { 0 };
        let result = if catches_up { Ok(()) } else { desk.follow_index() };
        match result {
            Ok(()) => failing = false,
            // Once is enough to be told.
            Err(problem) if !failing => {
                tracing::warn!(%problem, "the search is not level with what this node holds");
                failing = true;
            }
            Err(_) => {}
        }
        stop = stopped.lock().unwrap_or_else(PoisonError::into_inner);
        stop = changed.wait_timeout(stop, INDEX_PAUSE).unwrap_or_else(PoisonError::into_inner).0;
    }
}

/// Notifies when standard input ends. The thread ends with the process.
fn watch_input(ended: &Arc<Notify>) {
    let ended = Arc::clone(ended);
    std::thread::spawn(move || {
        // Whether it ended well or not: nobody is there any more.
        let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
        ended.notify_one();
    });
}

/// What the desk did while others were at work, for the driver to tell the peers.
#[derive(Default)]
struct News {
    events: Mutex<Vec<Event>>,
    changed: Notify,
}

impl News {
    fn listen_to(self: &Arc<Self>, desk: &Desk) {
        let news = Arc::clone(self);
        desk.on_published(Box::new(move |headers| news.push(Event::Published(headers))));
        let news = Arc::clone(self);
        desk.on_charter(Box::new(move |charter| news.push(Event::CharterTaken(Box::new(charter)))));
    }

    fn push(&self, event: Event) {
        self.events.lock().unwrap_or_else(PoisonError::into_inner).push(event);
        self.changed.notify_one();
    }

    fn take(&self) -> Vec<Event> {
        std::mem::take(&mut *self.events.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The driver with the network on one side and the intake on the other.
struct Station {
    desk: Arc<Desk>,
    driver: Driver,
    net: Net,
    intake: Intake,
    in_intake: usize,
    /// Peers whose line was too full when an answer was to go on.
    full: BTreeSet<LogKey>,
    peers: BTreeMap<LogKey, PeerFacts>,
    reach: Reach,
    listening: Vec<String>,
    announce: Vec<String>,
    hinted: Option<clock::Watch>,
    registry_seen: Option<(u32, Seq)>,
    /// Nobody else could have had anything of this node's log when it started, so whatever it
    /// wrote since then it wrote itself.
    began_alone: bool,
}

impl Station {
    fn new(config: &Config, desk: &Arc<Desk>, net: Net, intake: Intake) -> Self {
        let own = desk.key().log_key();
        let seed = getrandom::u64().unwrap_or_else(|_| clock::now().as_millis());
        let mut driver = Driver::new(Arc::clone(desk.library()), Replicator::new(own, seed));
        let bootstrap = desk.library().ledger(|l| l.charters().current().map(|c| c.terms().bootstrap.clone()));
        for address in bootstrap.unwrap_or_default().iter().chain(&config.connect) {
            if !is_own(address, &own, &config.announce) {
                driver.add_address(address);
            }
        }
        Self {
            desk: Arc::clone(desk),
            driver,
            net,
            intake,
            in_intake: 0,
            full: BTreeSet::new(),
            peers: BTreeMap::new(),
            reach: Reach::default(),
            listening: Vec::new(),
            announce: config.announce.clone(),
            hinted: None,
            registry_seen: None,
            began_alone: desk.is_alone(),
        }
    }

    fn started(&self) -> Started {
        Started {
            org: self.desk.org(),
            key: self.desk.key().log_key(),
            listening: self.listening.clone(),
            web: self.desk.web().address,
        }
    }

    fn network(&mut self, event: NetEvent) -> Result<(), LibraryFault> {
        match event {
            NetEvent::Listening { address } => {
                tracing::info!(%address, "the node listens");
                self.listening.push(address);
                self.tell_desk();
                Ok(())
            }
            NetEvent::Connected { peer, dialed, address } => {
                self.reach.connected(peer, dialed.then(|| address.clone()));
                tracing::info!(peer = %peer.short(), dialed, "a session stands");
                let facts = PeerFacts::new(peer, dialed, address.clone(), clock::now());
                self.peers.insert(peer, facts);
                self.event(Event::Connected { peer, dialed: dialed.then_some(address) })
            }
            NetEvent::Disconnected { peer, reason } => {
                let reason = self.reach.ended(&peer, &reason, clock::now());
                tracing::info!(peer = %peer.short(), %reason, "a session ended");
                self.peers.remove(&peer);
                self.full.remove(&peer);
                self.event(Event::Disconnected { peer })
            }
            NetEvent::Frames { peer, frames } => {
                if let Some(farewell) = frames.iter().find_map(farewell) {
                    self.reach.heard(&peer, farewell);
                }
                self.event(Event::Frames { peer, frames })
            }
            NetEvent::Drained { peer } => {
                if self.full.remove(&peer) {
                    self.event(Event::Room { peer })
                } else {
                    Ok(())
                }
            }
            NetEvent::DialFailed { address, reason } => {
                self.reach.failed(&address, &reason, clock::now());
                Ok(())
            }
            NetEvent::Broken { peer, fault } => {
                tracing::info!(peer = %peer.short(), %fault, "a peer sent bytes that are no frame");
                self.desk.library().count("malformed-frame");
                Ok(())
            }
        }
    }

    fn taken(&mut self, (peer, result): Taken) -> Result<(), LibraryFault> {
        self.in_intake -= 1;
        self.event(Event::Ingested { peer, outcomes: result? })
    }

    fn all(&mut self, events: Vec<Event>) -> Result<(), LibraryFault> {
        events.into_iter().try_for_each(|event| self.event(event))
    }

    fn event(&mut self, event: Event) -> Result<(), LibraryFault> {
        let mut open = vec![event];
        while let Some(event) = open.pop() {
            for action in self.driver.handle(event, clock::now())? {
                open.extend(self.act(action));
            }
        }
        Ok(())
    }

    /// Carries an action out. Gives what follows at once.
    fn act(&mut self, action: Action) -> Option<Event> {
        match action {
            Action::Send { peer, bytes, more } => {
                // Without a session or room it is lost, like on any line: the replicas are
                // compared again.
                if !bytes.is_empty() && !self.net.send(peer, bytes) {
                    tracing::debug!(peer = %peer.short(), "a message found no room on the line");
                }
                if !more {
                    return None;
                }
                if self.net.queued(peer) <= QUEUE_LOW_BYTES {
                    return Some(Event::Room { peer });
                }
                self.full.insert(peer);
                None
            }
            Action::Ingest { peer, offered } => {
                if self.intake.hand_over(peer, offered) {
                    self.in_intake += 1;
                }
                None
            }
            Action::Dial { address } => {
                if let Err(fault) = self.net.dial(&address) {
                    tracing::debug!(%address, %fault, "an address was not dialed");
                }
                None
            }
            Action::Disconnect { peer, why } => {
                if why != Farewell::Stopping {
                    tracing::info!(peer = %peer.short(), ?why, "this node ends a session");
                }
                match why {
                    Farewell::Misbehaviour => self.net.forbid(peer, FORBID),
                    Farewell::Stopping
                    | Farewell::ForeignFederation
                    | Farewell::Version
                    | Farewell::Full
                    | Farewell::NotAMember => self.net.disconnect(peer),
                }
                None
            }
        }
    }

    fn second(&mut self) -> Result<(), LibraryFault> {
        self.event(Event::Tick)?;
        self.follow_registry();
        self.tell_desk();
        self.desk.set_signing(self.signing());
        if let Err(problem) = self.desk.sign_outbox(clock::now()) {
            tracing::warn!(%problem, "what waits to be signed could not be signed");
        }
        self.hint()
    }

    /// Lets the network know whose keys are members'.
    fn follow_registry(&mut self) {
        let library = self.desk.library();
        let seen = library.ledger(|l| (l.frontier().epoch(), l.registry_age()));
        if self.registry_seen != Some(seen) {
            self.registry_seen = Some(seen);
            self.net.set_members(library.ledger(|l| l.registry().logs().keys().copied().collect()));
        }
    }

    fn tell_desk(&self) {
        self.desk.set_network(NetworkFacts {
            listening: self.listening.clone(),
            peers: self.peers.values().cloned().collect(),
            unreached: self.reach.unreached(),
            clock_ahead_ms: self.driver.replicator().clock_ahead(),
        });
    }

    /// Whether this node may sign now, as far as the network goes: it is admitted, knows the head
    /// of its own log, and its clock is near those of its peers. Of an ended log the desk knows.
    fn signing(&self) -> Signing {
        let own = self.desk.key().log_key();
        let (admitted, alone) = self.desk.library().ledger(|l| {
            let standing = l.registry().standing(&own);
            let others = l.registry().logs().iter().any(|(k, s)| *k != own && matches!(s.role, Role::Member(_)));
            (standing.is_some(), !others)
        });
        let clock_off = self.driver.replicator().clock_ahead().is_some_and(|ms| ms.unsigned_abs() > MAX_CLOCK_DISTANCE);
        if !admitted {
            Signing::Waiting("this node is not admitted to the federation yet".into())
        } else if clock_off {
            Signing::Waiting("this machine's clock is more than ten minutes from those of its peers".into())
        } else if alone || self.began_alone || self.driver.replicator().knows_own_head() {
            Signing::Ready
        } else {
            Signing::Waiting("no peer has yet said how far it holds this node's own log".into())
        }
    }

    /// Signs where this node can be reached and tells it.
    fn hint(&mut self) -> Result<(), LibraryFault> {
        let due = self.hinted.is_none_or(|watch| watch.elapsed() > HINT_PAUSE);
        if self.announce.is_empty() || !due {
            return Ok(());
        }
        self.hinted = Some(clock::Watch::start());
        let now = clock::now();
        let addresses: Vec<String> = self.announce.iter().take(MAX_HINT_ADDRESSES).cloned().collect();
        match Hint::sign(self.desk.key(), now.as_millis(), now, &addresses) {
            Ok(hint) => self.event(Event::OwnHint(hint)),
            Err(fault) => {
                tracing::warn!(%fault, "this node's addresses cannot be told");
                Ok(())
            }
        }
    }
}

fn net_config(config: &Config) -> Result<NetConfig, Problem> {
    let listen = config.listen.iter().map(|a| parse(a)).collect::<Result<_, _>>().map_err(|e| Problem::network(&e))?;
    Ok(NetConfig { listen, ..NetConfig::default() })
}

/// The farewell in a frame, if it is one.
fn farewell((kind, payload): &OwnedFrame) -> Option<Farewell> {
    match (*kind == FrameType::Bye).then(|| Message::read(*kind, payload)) {
        Some(Ok(Message::Bye(farewell))) => Some(farewell),
        Some(_) | None => None,
    }
}

/// Whether an address is this node's own.
fn is_own(address: &str, own: &LogKey, announced: &[String]) -> bool {
    let named = parse(address).ok().and_then(|a| {
        a.iter().find_map(|part| {
            let libp2p::multiaddr::Protocol::P2p(peer) = part else { return None };
            log_key(&peer)
        })
    });
    named == Some(*own) || announced.iter().any(|a| a == address)
}
