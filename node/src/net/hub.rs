//! The loop around the swarm: dials, pairs streams with peers, starts sessions and sees
//! them end. Never waits for the driver, so a slow driver cannot stop the pings.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures::StreamExt as _;
use idenett_protocol::id::LogKey;
use libp2p::core::ConnectedPoint;
use libp2p::swarm::dial_opts::DialOpts;
use libp2p::swarm::{ConnectionId, Stream, SwarmEvent};
use libp2p::{PeerId, Swarm};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until, timeout};
use tracing::Instrument as _;

use super::limits::{FAREWELL, MAX_DIALS, MAX_NEWS};
use super::line::LineEvent;
use super::name::{address_of, log_key};
use super::outbox::Outbox;
use super::pairing::{Standing, Verdict, on_dialed, on_stream};
use super::session::{Session, knock};
use super::swarm::{Behaviour, BehaviourEvent};
use super::words::{CONNECTED, CROSSED, REPLACED, SECOND, dial_reason, innermost};
use super::{Board, Dial, NetConfig, NetEvent, Orders};

/// The loop and all that it knows.
pub(super) struct Hub {
    swarm: Swarm<Behaviour>,
    me: LogKey,
    config: NetConfig,
    board: Arc<Board>,
    events: mpsc::Sender<NetEvent>,
    /// Leads to `events` by way of a task that may wait; no dial begins while it is half full.
    news: mpsc::Sender<NetEvent>,
    /// Dials that led neither to a session nor to a failure yet, by the address as given.
    dials: BTreeMap<ConnectionId, String>,
    /// Connections that carry no session yet.
    waiting: BTreeMap<ConnectionId, Waiting>,
    peers: BTreeMap<LogKey, Peer>,
    tasks: JoinSet<Done>,
}

/// A connection that is to carry a session soon.
struct Waiting {
    address: String,
    deadline: Instant,
}

/// The one session with a peer, and the one that takes its place when it has ended.
struct Peer {
    connection: ConnectionId,
    standing: Standing,
    successor: Option<(ConnectionId, Stream)>,
}

/// A task came to its end.
enum Done {
    Knocked { peer: LogKey, connection: ConnectionId, stream: Result<Stream, String> },
    Ended { peer: LogKey, connection: ConnectionId },
}

impl Hub {
    /// A hub around a swarm that listens already.
    pub(super) fn new(
        swarm: Swarm<Behaviour>,
        (me, config): (LogKey, NetConfig),
        board: Arc<Board>,
        events: mpsc::Sender<NetEvent>,
    ) -> Self {
        let (news, untold) = mpsc::channel(MAX_NEWS);
        tokio::spawn(tell(untold, events.clone()));
        Self {
            swarm,
            me,
            config,
            board,
            events,
            news,
            dials: BTreeMap::new(),
            waiting: BTreeMap::new(),
            peers: BTreeMap::new(),
            tasks: JoinSet::new(),
        }
    }

    /// Runs until it is told to stop, or nobody holds a handle or takes events any more.
    pub(super) async fn run(mut self, mut orders: Orders) {
        let stopped = loop {
            let deadline = self.waiting.values().map(|w| w.deadline).min();
            let untold = MAX_NEWS.saturating_sub(self.news.capacity());
            let may_dial = self.dials.len().saturating_add(untold) < MAX_DIALS;
            tokio::select! {
                biased;
                () = self.events.closed() => break None,
                stop = orders.stop.recv() => break stop,
                Some(done) = self.tasks.join_next() => self.on_done(done),
                Some(dial) = orders.dials.recv(), if may_dial => self.dial(dial),
                () = sleep_until(deadline.unwrap_or_else(Instant::now)), if deadline.is_some() => self.expire(),
                event = self.swarm.select_next_some() => self.on_event(event),
            }
        };
        // Whoever asks from now on hears at once that nothing runs here.
        drop(orders);
        self.close().await;
        if let Some(stopped) = stopped {
            // The one who asked may be gone.
            let _ = stopped.send(());
        }
    }

    fn dial(&mut self, Dial { address, parsed }: Dial) {
        // Two nodes that dial each other from their listening ports would meet halfway.
        let dial = DialOpts::unknown_peer_id().address(parsed).allocate_new_port().build();
        let connection = dial.connection_id();
        self.dials.insert(connection, address);
        if let Err(e) = self.swarm.dial(dial) {
            self.fail_dial(connection, &dial_reason(&e));
        }
    }

    fn fail_dial(&mut self, connection: ConnectionId, reason: &str) {
        if let Some(address) = self.dials.remove(&connection) {
            self.tell(NetEvent::DialFailed { address, reason: reason.to_owned() });
        }
    }

    /// Failed dials always find room, because no more were begun; a machine may have more
    /// addresses than anybody would want to hear of.
    fn tell(&self, event: NetEvent) {
        if let Err(mpsc::error::TrySendError::Full(event)) = self.news.try_send(event) {
            tracing::warn!(?event, "no room for news");
        }
    }

    fn on_event(&mut self, event: SwarmEvent<BehaviourEvent>) {
        match event {
            SwarmEvent::Behaviour(event) => self.on_behaviour(event),
            SwarmEvent::ConnectionEstablished { peer_id, connection_id, endpoint, .. } => {
                self.on_established(peer_id, connection_id, &endpoint);
            }
            SwarmEvent::ConnectionClosed { connection_id, peer_id, cause, .. } => {
                self.on_closed(log_key(&peer_id), connection_id, cause.map(|e| innermost(&e)));
            }
            SwarmEvent::OutgoingConnectionError { connection_id, error, .. } => {
                self.fail_dial(connection_id, &dial_reason(&error));
            }
            SwarmEvent::IncomingConnectionError { send_back_addr, error, .. } => {
                tracing::debug!(address = %send_back_addr, reason = innermost(&error), "connection refused");
            }
            SwarmEvent::NewListenAddr { address, .. } => {
                let address = address_of(address, &self.me).to_string();
                self.tell(NetEvent::Listening { address });
            }
            SwarmEvent::ListenerError { error, .. } => tracing::warn!(%error, "listener"),
            SwarmEvent::ListenerClosed { reason: Err(error), .. } => {
                tracing::error!(%error, "a listener closed");
            }
            SwarmEvent::IncomingConnection { .. }
            | SwarmEvent::ListenerClosed { reason: Ok(()), .. }
            | SwarmEvent::ExpiredListenAddr { .. }
            | SwarmEvent::Dialing { .. }
            | SwarmEvent::NewExternalAddrCandidate { .. }
            | SwarmEvent::ExternalAddrConfirmed { .. }
            | SwarmEvent::ExternalAddrExpired { .. }
            | SwarmEvent::NewExternalAddrOfPeer { .. }
            | _ => {}
        }
    }

    fn on_behaviour(&mut self, event: BehaviourEvent) {
        match event {
            BehaviourEvent::Lines(LineEvent { peer, connection, dialed, stream }) => match stream {
                Ok(stream) if dialed => self.on_opened(peer, connection, stream),
                Ok(stream) => self.on_offered(peer, connection, stream),
                Err(reason) => self.give_up(Some(peer), connection, &reason),
            },
            BehaviourEvent::Ping(pong) => {
                if let Err(failure) = pong.result {
                    self.give_up(log_key(&pong.peer), pong.connection, &format!("no answer to pings: {failure}"));
                }
            }
            BehaviourEvent::Identify(event) => {
                if let libp2p::identify::Event::Received { peer_id, info, .. } = event {
                    let agent: String = info.agent_version.chars().take(64).collect();
                    tracing::debug!(peer = %peer_id, agent, "identified");
                }
            }
            BehaviourEvent::Limits(never) | BehaviourEvent::Memory(never) => match never {},
        }
    }

    fn on_established(&mut self, peer: PeerId, connection: ConnectionId, endpoint: &ConnectedPoint) {
        let Some(key) = log_key(&peer) else {
            self.swarm.close_connection(connection);
            return;
        };
        let deadline = Instant::now().checked_add(self.config.handshake).unwrap_or_else(Instant::now);
        if endpoint.is_dialer() {
            if !on_dialed(self.peers.get(&key).map(|p| p.standing)) {
                self.fail_dial(connection, CONNECTED);
                self.swarm.close_connection(connection);
                return;
            }
            self.peers.insert(key, Peer { connection, standing: Standing::Opening, successor: None });
            self.swarm.behaviour_mut().lines.open(peer, connection);
        }
        let address = self.dials.get(&connection).cloned();
        let address = address.unwrap_or_else(|| endpoint.get_remote_address().to_string());
        self.waiting.insert(connection, Waiting { address, deadline });
    }

    /// Our stream is open; the peer has not said yet that it takes the session.
    fn on_opened(&mut self, peer: LogKey, connection: ConnectionId, stream: Stream) {
        let patience = self.config.handshake;
        if self.waiting.contains_key(&connection) {
            self.tasks.spawn(async move { Done::Knocked { peer, connection, stream: knock(stream, patience).await } });
        }
    }

    /// A peer offers a session.
    fn on_offered(&mut self, key: LogKey, connection: ConnectionId, stream: Stream) {
        if !self.waiting.contains_key(&connection) {
            return;
        }
        let peer = self.peers.get_mut(&key);
        let standing = peer.as_ref().map(|p| p.standing);
        match (on_stream(&self.me, &key, standing, Instant::now()), peer) {
            (Verdict::Refuse, _) => {
                tracing::debug!(peer = %key.short(), "crossing session refused");
                self.drop_connection(connection);
            }
            (Verdict::Replace, Some(Peer { standing: Standing::Live { .. }, successor, .. })) => {
                let older = successor.replace((connection, stream));
                // The deadline was for the stream, and the stream is here.
                if let Some(waiting) = self.waiting.get_mut(&connection) {
                    waiting.deadline = super::gate::until(self.config.patience);
                }
                if let Some((older, _)) = older {
                    self.drop_connection(older);
                }
                if let Some(outbox) = self.board.outbox(&key) {
                    outbox.end(REPLACED, false);
                }
            }
            (Verdict::Replace, Some(Peer { connection: opening, .. })) => {
                let opening = *opening;
                self.drop_connection(opening);
                self.fail_dial(opening, CROSSED);
                self.begin(key, connection, stream);
            }
            (Verdict::Take | Verdict::Replace, _) => self.begin(key, connection, stream),
        }
    }

    /// Starts the session on a stream that both sides want.
    fn begin(&mut self, key: LogKey, connection: ConnectionId, stream: Stream) {
        let Some(Waiting { address, .. }) = self.waiting.remove(&connection) else {
            return;
        };
        if self.board.gate.check(&key, Instant::now()).is_err() {
            self.drop_connection(connection);
            self.peers.remove(&key);
            return;
        }
        let dialed = self.dials.remove(&connection).is_some();
        let outbox = Arc::new(Outbox::default());
        self.board.sessions().insert(key, Arc::clone(&outbox));
        let standing = Standing::Live { dialed, since: Instant::now() };
        self.peers.insert(key, Peer { connection, standing, successor: None });
        let (events, patience) = (self.events.clone(), self.config.patience);
        let session = Session { peer: key, dialed, address, stream, outbox, events, patience };
        let span = tracing::info_span!("peer", key = %key.short(), dialed);
        let session = async move {
            session.run().await;
            Done::Ended { peer: key, connection }
        };
        self.tasks.spawn(session.instrument(span));
    }

    fn on_done(&mut self, done: Result<Done, tokio::task::JoinError>) {
        match done {
            Ok(Done::Knocked { peer, connection, stream }) => {
                let opening = |p: &Peer| p.connection == connection && p.standing == Standing::Opening;
                match stream {
                    Ok(stream) if self.peers.get(&peer).is_some_and(opening) => self.begin(peer, connection, stream),
                    Ok(_) => self.give_up(Some(peer), connection, SECOND),
                    Err(reason) => self.give_up(Some(peer), connection, &reason),
                }
            }
            Ok(Done::Ended { peer, connection }) => {
                self.board.sessions().remove(&peer);
                let successor = self.peers.remove(&peer).and_then(|p| p.successor);
                self.swarm.close_connection(connection);
                if let Some((connection, stream)) = successor {
                    self.begin(peer, connection, stream);
                }
            }
            Err(error) => tracing::error!(%error, "a session task failed"),
        }
    }

    /// A connection is closed. A session on it still reads what arrived before and then ends
    /// by itself.
    fn on_closed(&mut self, peer: Option<LogKey>, connection: ConnectionId, cause: Option<String>) {
        let session = peer.filter(|key| self.live_on(key, connection)).and_then(|key| self.board.outbox(&key));
        match (session, cause) {
            (Some(outbox), Some(cause)) => outbox.note(&cause),
            (Some(_), None) => {}
            (None, cause) => self.give_up(peer, connection, cause.as_deref().unwrap_or("the connection was closed")),
        }
    }

    fn live_on(&self, key: &LogKey, connection: ConnectionId) -> bool {
        self.peers.get(key).is_some_and(|p| p.connection == connection && p.standing != Standing::Opening)
    }

    /// Closes a connection that led or leads to nothing, and cuts the session on it.
    fn give_up(&mut self, peer: Option<LogKey>, connection: ConnectionId, reason: &str) {
        self.fail_dial(connection, reason);
        self.drop_connection(connection);
        let Some(key) = peer else { return };
        match self.peers.get(&key) {
            Some(p) if p.connection == connection && p.standing == Standing::Opening => {
                self.peers.remove(&key);
            }
            Some(p) if p.connection == connection => {
                if let Some(outbox) = self.board.outbox(&key) {
                    outbox.end(reason, false);
                }
            }
            Some(_) | None => {}
        }
    }

    fn drop_connection(&mut self, connection: ConnectionId) {
        self.waiting.remove(&connection);
        self.swarm.close_connection(connection);
    }

    /// Closes connections on which no session began in time.
    fn expire(&mut self) {
        let now = Instant::now();
        let late: Vec<ConnectionId> =
            self.waiting.iter().filter(|(_, w)| w.deadline <= now).map(|(id, _)| *id).collect();
        for connection in late {
            let opening = |p: &Peer| p.connection == connection && p.standing == Standing::Opening;
            let key = self.peers.iter().find(|(_, p)| opening(p)).map(|(key, _)| *key);
            self.give_up(key, connection, "no session began in time");
        }
    }

    /// Lets the sessions say what they still have to say, then closes every connection.
    async fn close(mut self) {
        for outbox in self.board.sessions().values() {
            outbox.end("this node stops", true);
        }
        let farewell = async {
            while !self.tasks.is_empty() {
                tokio::select! {
                    Some(done) = self.tasks.join_next() => if let Ok(Done::Ended { connection, .. }) = done {
                        self.swarm.close_connection(connection);
                    },
                    _ = self.swarm.select_next_some() => {}
                }
            }
        };
        // Sessions end in time by themselves, unless the driver takes no events any more.
        let _ = timeout(FAREWELL.saturating_mul(2), farewell).await;
        self.tasks.shutdown().await;
        self.board.sessions().clear();
        let connected: Vec<PeerId> = self.swarm.connected_peers().copied().collect();
        for peer in connected {
            // It may have left by itself.
            let _ = self.swarm.disconnect_peer_id(peer);
        }
        let closing = async {
            while self.swarm.network_info().connection_counters().num_established() > 0 {
                self.swarm.select_next_some().await;
            }
        };
        let _ = timeout(FAREWELL, closing).await;
    }
}

/// Hands news on at the pace of the driver.
async fn tell(mut untold: mpsc::Receiver<NetEvent>, events: mpsc::Sender<NetEvent>) {
    while let Some(event) = untold.recv().await {
        if events.send(event).await.is_err() {
            return;
        }
    }
}
