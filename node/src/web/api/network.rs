//! The network as this node sees it.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use serde::Serialize;
use utoipa::ToSchema;

use super::json;
use super::parts::{Signatory, at};
use super::query::Query;
use crate::reading::{LogState, LogView, NetworkView, Peer};
use crate::web::asked::Asked;
use crate::web::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/api/v1/network", get(show))
}

/// The network as this node sees it.
#[derive(Serialize, ToSchema)]
struct Network {
    /// The digest of the frontier; equal on nodes that hold the same entries.
    frontier: String,
    /// How many entries this node holds.
    entries: usize,
    /// How many members were admitted.
    members: usize,
    /// How many texts have not arrived.
    wanted_texts: usize,
    /// How many logs are disputed.
    disputed_logs: usize,
    /// With whom this node is connected; null while it rests.
    peers: Option<Vec<Connected>>,
    /// The logs: the registrar's first, then by the name of the member.
    logs: Vec<Log>,
}

/// With whom this node is connected.
#[derive(Serialize, ToSchema)]
struct Connected {
    /// Who.
    with: Signatory,
    /// Since when.
    #[schema(format = DateTime)]
    since: String,
}

/// The log of a node.
#[derive(Serialize, ToSchema)]
struct Log {
    /// The key, which names it.
    log: String,
    /// Who writes it.
    by: Signatory,
    /// How many entries of it are held here.
    held: u64,
    /// How many of these count.
    counted: u64,
    /// When the last entry that is held was signed.
    #[schema(format = DateTime)]
    last_signed: Option<String>,
    /// How it stands.
    state: LogStand,
    /// The place at which it was continued twice, if it is disputed.
    disputed_at: Option<u64>,
    /// Whether it is this node's own.
    own: bool,
    /// Whether this node is connected with who writes it.
    connected: bool,
}

/// How a log stands: it may grow, the registrar ended it, or it was continued twice and nobody has settled which holds.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum LogStand {
    Open,
    Ended,
    Disputed,
}

/// The logs that this node holds, how completely, with whom it is connected, and what is disputed.
#[utoipa::path(get, path = "/api/v1/network", operation_id = "showNetwork", responses((status = 200, description = "The network.", body = Network)))]
pub(super) async fn show(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.answer(asked, |site, asked| {
        Query::read(asked, &[])?;
        json(&Network::from(site.network()?))
    })
    .await
}

impl From<NetworkView> for Network {
    fn from(view: NetworkView) -> Self {
        Self {
            frontier: view.frontier.to_string(),
            entries: view.entries,
            members: view.members,
            wanted_texts: view.wanted_texts,
            disputed_logs: view.logs.iter().filter(|log| matches!(log.state, LogState::Disputed(_))).count(),
            peers: view.peers.map(|all| all.into_iter().map(Connected::from).collect()),
            logs: view.logs.into_iter().map(Log::from).collect(),
        }
    }
}

impl From<Peer> for Connected {
    fn from(peer: Peer) -> Self {
        Self { with: peer.signer.into(), since: at(peer.since) }
    }
}

impl From<LogView> for Log {
    fn from(log: LogView) -> Self {
        let (state, disputed_at) = match log.state {
            LogState::Open => (LogStand::Open, None),
            LogState::Ended => (LogStand::Ended, None),
            LogState::Disputed(place) => (LogStand::Disputed, Some(place.get())),
        };
        Self {
            log: log.log.to_string(),
            by: log.signer.into(),
            held: log.held.get(),
            counted: log.counted.get(),
            last_signed: log.last.map(at),
            state,
            disputed_at,
            own: log.own,
            connected: log.connected,
        }
    }
}
