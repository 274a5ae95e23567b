//! What libp2p and the system say of failures, in words for the driver and the log.

use libp2p::swarm::DialError;

/// Why a dial failed: what the last address said, in the words of the system.
pub(super) fn dial_reason(error: &DialError) -> String {
    match error {
        DialError::Transport(tried) => tried.last().map_or_else(|| error.to_string(), |(_, e)| innermost(e)),
        DialError::LocalPeerId { .. } => "this is the node itself".to_owned(),
        DialError::WrongPeerId { .. } => "another peer than the named one answers there".to_owned(),
        DialError::NoAddresses
        | DialError::DialPeerConditionFalse(_)
        | DialError::Aborted
        | DialError::Denied { .. } => innermost(error),
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
