//! The libp2p side put together: TCP, noise, yamux, names, and the limits. Decides nothing.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use libp2p::identity::Keypair;
use libp2p::swarm::NetworkBehaviour;
use libp2p::{Swarm, SwarmBuilder, connection_limits, identify, memory_connection_limits, noise, ping, tcp};

use super::NetConfig;
use super::gate::Gate;
use super::limits::{MAX_PENDING, MAX_PER_PEER, MAX_STREAMS, PING_INTERVAL, PING_TIMEOUT};
use super::line::Lines;
use super::mux::Mux;

/// The name that a node gives to its whole protocol.
const PROTOCOL: &str = "/idenett/1";

/// What runs on a connection. The limits stand first: they are asked first.
#[derive(NetworkBehaviour)]
pub(super) struct Behaviour {
    limits: connection_limits::Behaviour,
    memory: memory_connection_limits::Behaviour,
    pub(super) lines: Lines,
    ping: ping::Behaviour,
    identify: identify::Behaviour,
}

/// A swarm that listens nowhere yet. Without a readable resolver configuration it does
/// without names instead of failing: a container from scratch has none.
pub(super) fn build(config: &NetConfig, pair: &Keypair, gate: &Arc<Gate>) -> io::Result<Swarm<Behaviour>> {
    let with_names = assemble(config, pair, gate, true);
    match with_names {
        Err(reason) => {
            tracing::warn!(%reason, "no name resolution");
            assemble(config, pair, gate, false)
        }
        built => built,
    }
}

fn assemble(config: &NetConfig, pair: &Keypair, gate: &Arc<Gate>, names: bool) -> io::Result<Swarm<Behaviour>> {
    let behaviour = |_: &Keypair| behaviour(config, pair, gate);
    let patience = config.handshake;
    let tcp = SwarmBuilder::with_existing_identity(pair.clone())
        .with_tokio()
        .with_tcp(tcp::Config::default().nodelay(true), noise::Config::new, || Mux)
        .map_err(io::Error::other)?;
    // The two ways have different types until they are built.
    let swarm = if names {
        let named = tcp.with_dns()?.with_behaviour(behaviour).map_err(io::Error::other)?;
        named.with_swarm_config(|c| tune(c, patience)).with_connection_timeout(patience).build()
    } else {
        let plain = tcp.with_behaviour(behaviour).map_err(io::Error::other)?;
        plain.with_swarm_config(|c| tune(c, patience)).with_connection_timeout(patience).build()
    };
    Ok(swarm)
}

/// A connection that carries no session is closed after the time of a handshake.
fn tune(config: libp2p::swarm::Config, patience: Duration) -> libp2p::swarm::Config {
    config.with_idle_connection_timeout(patience).with_max_negotiating_inbound_streams(MAX_STREAMS)
}

fn behaviour(config: &NetConfig, pair: &Keypair, gate: &Arc<Gate>) -> Behaviour {
    let limits = connection_limits::ConnectionLimits::default()
        .with_max_pending_incoming(Some(MAX_PENDING))
        .with_max_pending_outgoing(Some(MAX_PENDING))
        .with_max_established_incoming(Some(config.max_incoming))
        .with_max_established_outgoing(Some(config.max_outgoing))
        .with_max_established_per_peer(Some(MAX_PER_PEER))
        .with_max_established(Some(config.max_incoming.saturating_add(config.max_outgoing)));
    let identify = identify::Config::new(PROTOCOL.to_owned(), pair.public())
        .with_agent_version(concat!("idenett/", env!("CARGO_PKG_VERSION")).to_owned())
        .with_hide_listen_addrs(true)
        .with_cache_size(0);
    Behaviour {
        limits: connection_limits::Behaviour::new(limits),
        memory: memory_connection_limits::Behaviour::with_max_bytes(config.max_memory_bytes),
        lines: Lines::new(Arc::clone(gate), config.handshake),
        ping: ping::Behaviour::new(ping::Config::new().with_interval(PING_INTERVAL).with_timeout(PING_TIMEOUT)),
        identify: identify::Behaviour::new(identify),
    }
}
