//! The one stream of a connection, as libp2p wants it: the dialer asks for it, the listener
//! takes it, every further one is dropped. Also where the gate is asked. Chooses nothing.
//!
//! Not libp2p-stream: it opens a stream on any connection of a peer, drops streams that
//! arrive together, and keeps a sender for each connection that ever was.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use idenett_protocol::id::LogKey;
use libp2p::core::Endpoint;
use libp2p::core::transport::PortUse;
use libp2p::core::upgrade::ReadyUpgrade;
use libp2p::swarm::handler::{ConnectionEvent, DialUpgradeError, FullyNegotiatedInbound, FullyNegotiatedOutbound};
use libp2p::swarm::{
    ConnectionDenied, ConnectionHandler, ConnectionHandlerEvent, ConnectionId, FromSwarm, NetworkBehaviour,
    NotifyHandler, Stream, StreamProtocol, SubstreamProtocol, ToSwarm,
};
use libp2p::{Multiaddr, PeerId};
use tokio::time::Instant;

use super::gate::{Gate, Turned};
use super::name::log_key;

/// The name of the protocol on the line.
pub(super) const SYNC: StreamProtocol = StreamProtocol::new("/idenett/sync/1");

/// A stream is there, or will not come.
#[derive(Debug)]
pub(super) struct LineEvent {
    /// Whose it is.
    pub(super) peer: LogKey,
    /// On which connection.
    pub(super) connection: ConnectionId,
    /// Whether we asked for it.
    pub(super) dialed: bool,
    /// The stream, or why there is none.
    pub(super) stream: Result<Stream, String>,
}

/// The lines of all connections.
pub(super) struct Lines {
    gate: Arc<Gate>,
    patience: Duration,
    inbound: BTreeMap<ConnectionId, LogKey>,
    actions: VecDeque<ToSwarm<LineEvent, Open>>,
}

impl Lines {
    /// No lines yet. A stream that is not negotiated in time is given up.
    pub(super) fn new(gate: Arc<Gate>, patience: Duration) -> Self {
        Self { gate, patience, inbound: BTreeMap::new(), actions: VecDeque::new() }
    }

    /// Asks for the stream of a connection that we dialed.
    pub(super) fn open(&mut self, peer_id: PeerId, connection: ConnectionId) {
        let handler = NotifyHandler::One(connection);
        self.actions.push_back(ToSwarm::NotifyHandler { peer_id, handler, event: Open });
    }

    fn admit(&self, peer: &PeerId) -> Result<LogKey, ConnectionDenied> {
        let key = log_key(peer).ok_or_else(|| ConnectionDenied::new(Turned::Key))?;
        self.gate.check(&key, Instant::now()).map_err(ConnectionDenied::new)?;
        Ok(key)
    }

    fn line(&self, dialed: bool) -> Line {
        Line { dialed, patience: self.patience, wanted: false, given: false, ready: None }
    }
}

impl NetworkBehaviour for Lines {
    type ConnectionHandler = Line;
    type ToSwarm = LineEvent;

    fn handle_established_inbound_connection(
        &mut self,
        _: ConnectionId,
        peer: PeerId,
        _: &Multiaddr,
        _: &Multiaddr,
    ) -> Result<Line, ConnectionDenied> {
        let key = self.admit(&peer)?;
        self.gate.room(&key, self.inbound.values()).map_err(ConnectionDenied::new)?;
        Ok(self.line(false))
    }

    fn handle_established_outbound_connection(
        &mut self,
        _: ConnectionId,
        peer: PeerId,
        _: &Multiaddr,
        _: Endpoint,
        _: PortUse,
    ) -> Result<Line, ConnectionDenied> {
        self.admit(&peer)?;
        Ok(self.line(true))
    }

    fn on_swarm_event(&mut self, event: FromSwarm<'_>) {
        if let FromSwarm::ConnectionEstablished(new) = event {
            if let (Some(key), true) = (log_key(&new.peer_id), new.endpoint.is_listener()) {
                self.inbound.insert(new.connection_id, key);
            }
        } else if let FromSwarm::ConnectionClosed(old) = event {
            self.inbound.remove(&old.connection_id);
        }
    }

    fn on_connection_handler_event(
        &mut self,
        peer: PeerId,
        connection: ConnectionId,
        (dialed, stream): (bool, Result<Stream, String>),
    ) {
        if let Some(peer) = log_key(&peer) {
            let event = LineEvent { peer, connection, dialed, stream };
            self.actions.push_back(ToSwarm::GenerateEvent(event));
        }
    }

    fn poll(&mut self, _: &mut Context<'_>) -> Poll<ToSwarm<LineEvent, Open>> {
        self.actions.pop_front().map_or(Poll::Pending, Poll::Ready)
    }
}

/// Asks a line for its stream.
#[derive(Debug)]
pub(super) struct Open;

/// The line of one connection.
pub(super) struct Line {
    dialed: bool,
    patience: Duration,
    /// A stream was asked for and not yet requested.
    wanted: bool,
    /// The one inbound stream was taken.
    given: bool,
    ready: Option<Result<Stream, String>>,
}

impl ConnectionHandler for Line {
    type FromBehaviour = Open;
    type ToBehaviour = (bool, Result<Stream, String>);
    type InboundProtocol = ReadyUpgrade<StreamProtocol>;
    type OutboundProtocol = ReadyUpgrade<StreamProtocol>;
    type InboundOpenInfo = ();
    type OutboundOpenInfo = ();

    fn listen_protocol(&self) -> SubstreamProtocol<Self::InboundProtocol> {
        SubstreamProtocol::new(ReadyUpgrade::new(SYNC), ()).with_timeout(self.patience)
    }

    fn on_behaviour_event(&mut self, _: Open) {
        self.wanted = true;
    }

    fn poll(
        &mut self,
        _: &mut Context<'_>,
    ) -> Poll<ConnectionHandlerEvent<Self::OutboundProtocol, (), Self::ToBehaviour>> {
        if let Some(stream) = self.ready.take() {
            return Poll::Ready(ConnectionHandlerEvent::NotifyBehaviour((self.dialed, stream)));
        }
        if std::mem::take(&mut self.wanted) {
            let protocol = SubstreamProtocol::new(ReadyUpgrade::new(SYNC), ()).with_timeout(self.patience);
            return Poll::Ready(ConnectionHandlerEvent::OutboundSubstreamRequest { protocol });
        }
        Poll::Pending
    }

    fn on_connection_event(&mut self, event: ConnectionEvent<'_, Self::InboundProtocol, Self::OutboundProtocol>) {
        match event {
            ConnectionEvent::FullyNegotiatedInbound(FullyNegotiatedInbound { protocol: stream, .. }) => {
                let surplus = self.dialed || std::mem::replace(&mut self.given, true);
                self.ready = (!surplus).then_some(Ok(stream)).or(self.ready.take());
            }
            ConnectionEvent::FullyNegotiatedOutbound(FullyNegotiatedOutbound { protocol: stream, .. }) => {
                self.ready = Some(Ok(stream));
            }
            ConnectionEvent::DialUpgradeError(DialUpgradeError { error, .. }) => {
                self.ready = Some(Err(format!("the peer opens no session: {error}")));
            }
            ConnectionEvent::AddressChange(_)
            | ConnectionEvent::ListenUpgradeError(_)
            | ConnectionEvent::LocalProtocolsChange(_)
            | ConnectionEvent::RemoteProtocolsChange(_)
            | _ => {}
        }
    }
}
