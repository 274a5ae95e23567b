//! What libp2p and the system say of failures, in words for the driver and the log.

use libp2p::swarm::DialError;

/// Why a session ended that another session of the same key took the place of.
pub const REPLACED: &str = "the peer began a new session";
pub(super) const CONNECTED: &str = "there is a session with this peer";
pub(super) const CROSSED: &str = "the peer dialed at the same time";
pub(super) const SECOND: &str = "another session was there first";
pub(super) const ITSELF: &str = "this is the node itself";
/// Why a dial led to no session where none was needed.
pub const NOT_NEEDED: [&str; 4] = [CONNECTED, CROSSED, SECOND, ITSELF];

/// Why a dial failed: what the last address said, in the words of the system.
pub(super) fn dial_reason(error: &DialError) -> String {
    match error {
        DialError::Transport(tried) => tried.last().map_or_else(|| error.to_string(), |(_, e)| innermost(e)),
        // Of the address that a dial names nothing is left if it is one on which this node listens.
        DialError::LocalPeerId { .. } | DialError::NoAddresses => ITSELF.to_owned(),
        DialError::WrongPeerId { .. } => "another peer than the named one answers there".to_owned(),
        DialError::DialPeerConditionFalse(_) | DialError::Aborted | DialError::Denied { .. } => innermost(error),
    }
}

/// The last cause of an error: libp2p wraps what the system said several times.
pub(super) fn innermost(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    cause.to_string()
}
