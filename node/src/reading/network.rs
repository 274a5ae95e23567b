//! The network as this node sees it: whose logs it holds and how far, with whom it is connected, what is disputed.

use idenett_protocol::id::{Digest, LogKey, Seq};
use idenett_protocol::log::Mark;
use idenett_protocol::time::Timestamp;
use serde::Serialize;

use super::record::{Signer, signer};
use super::words::alphabetical;
use crate::library::{Library, LibraryFault};

/// The network as this node sees it.
#[derive(Clone, Debug, Serialize)]
pub struct NetworkView {
    /// Everything that is held, in one digest.
    pub frontier: Digest,
    /// Entries in all logs.
    pub entries: usize,
    /// Members that were admitted.
    pub members: usize,
    /// Texts that have not arrived.
    pub wanted_texts: usize,
    /// The logs, the registrar's first, then by name.
    pub logs: Vec<LogView>,
    /// With whom this node is connected; nothing while it rests.
    pub peers: Option<Vec<Peer>>,
}

/// A log.
#[derive(Clone, Debug, Serialize)]
pub struct LogView {
    /// The key, which names it.
    pub log: LogKey,
    /// Who writes it.
    pub signer: Signer,
    /// Entries that are held.
    pub held: Seq,
    /// Entries that count.
    pub counted: Seq,
    /// When the last entry that is held was signed.
    pub last: Option<Timestamp>,
    /// How it stands.
    pub state: LogState,
    /// Whether it is this node's own.
    pub own: bool,
    /// Whether this node is connected with who writes it.
    pub connected: bool,
}

/// How a log stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LogState {
    /// It may grow.
    Open,
    /// The registrar ended it.
    Ended,
    /// It was continued twice at this place, and nobody has settled which branch holds.
    Disputed(Seq),
}

/// With whom this node is connected.
#[derive(Clone, Debug, Serialize)]
pub struct Peer {
    /// Who.
    pub signer: Signer,
    /// Since when.
    pub since: Timestamp,
}

/// The network as the node of this key sees it. `connected` are the keys with which it has a session, with the time
/// since when.
///
/// # Errors
/// If the disk fails.
pub fn network_view(
    library: &Library,
    own: &LogKey,
    connected: Option<&[(LogKey, Timestamp)]>,
) -> Result<NetworkView, LibraryFault> {
    let is_connected = |key: &LogKey| connected.is_some_and(|all| all.iter().any(|(k, _)| k == key));
    let (mut view, heads) = library.ledger(|l| {
        let mut heads = Vec::new();
        let logs = l.registry().logs().iter().map(|(key, standing)| {
            let held = l.logs().get(key);
            let state = match held.map(|log| log.mark(standing)) {
                Some(Mark::Forked { place, .. }) => LogState::Disputed(place),
                Some(Mark::Ended) => LogState::Ended,
                Some(Mark::Open) => LogState::Open,
                None if standing.end.is_some() => LogState::Ended,
                None => LogState::Open,
            };
            heads.push((*key, held.map(|log| log.held()).unwrap_or_default()));
            LogView {
                log: *key,
                signer: signer(l, key),
                held: held.map(|log| log.held()).unwrap_or_default(),
                counted: l.counted(key),
                last: None,
                state,
                own: key == own,
                connected: is_connected(key),
            }
        });
        let logs = logs.collect();
        let peers = connected.map(|all| {
            all.iter().map(|(key, since)| Peer { signer: signer(l, key), since: *since }).collect::<Vec<_>>()
        });
        let view = NetworkView {
            frontier: l.frontier().digest(),
            entries: l.logs().entries(),
            members: l.registry().members().len(),
            wanted_texts: l.wanted_texts().count(),
            logs,
            peers,
        };
        (view, heads)
    });
    for (row, (key, seq)) in view.logs.iter_mut().zip(heads) {
        row.last = library.header_at(&key, seq)?.map(|head| head.header().time);
    }
    view.logs.sort_by_key(|log| (rank(&log.signer), log.log));
    Ok(view)
}

fn rank(signer: &Signer) -> (u8, String) {
    match signer {
        Signer::Registrar => (0, String::new()),
        Signer::DataProtection => (1, String::new()),
        Signer::Member(party) => (2, alphabetical(&party.name)),
        Signer::Unknown(_) => (3, String::new()),
    }
}
