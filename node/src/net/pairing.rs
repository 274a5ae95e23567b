//! Which of several connections with one peer carries the session. Both sides apply these
//! rules to what each of them sees and end with the same one. Holds no connection itself.
//!
//! The dialer of a connection opens the stream and waits for the listener's word. A node
//! dials no second session while it has one, so a second stream from a peer means that the
//! peer lost the first, unless both dialed at once; then the smaller key's dial stands.

use idenett_protocol::id::LogKey;
use tokio::time::Instant;

use super::limits::CROSSING;

/// How a node stands with a peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// We dialed and wait until the peer takes the session.
    Opening,
    /// A session runs.
    Live {
        /// Whether we dialed it.
        dialed: bool,
        /// Since when.
        since: Instant,
    },
}

/// What to do with a stream that the peer opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Take it; there is nothing else.
    Take,
    /// Turn it away; what there is stands.
    Refuse,
    /// Take it in the place of what there is.
    Replace,
}

/// Whether a connection that we dialed is to open a session.
pub(super) fn on_dialed(standing: Option<Standing>) -> bool {
    standing.is_none()
}

/// What to do with a stream that `peer` opened to us.
pub(super) fn on_stream(me: &LogKey, peer: &LogKey, standing: Option<Standing>, now: Instant) -> Verdict {
    match standing {
        None => Verdict::Take,
        Some(Standing::Opening) if me < peer => Verdict::Refuse,
        Some(Standing::Opening) => Verdict::Replace,
        // The peer takes our stream over its own. If both are still on their way, its own
        // may arrive after its word on ours.
        Some(Standing::Live { dialed: true, since }) if me < peer && now.duration_since(since) < CROSSING => {
            Verdict::Refuse
        }
        Some(Standing::Live { .. }) => Verdict::Replace,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: LogKey = LogKey::from_bytes([1; 32]);
    const LARGE: LogKey = LogKey::from_bytes([2; 32]);

    #[tokio::test]
    async fn of_two_dials_at_once_the_smaller_keys_stands_on_both_sides() {
        let now = Instant::now();
        let opening = Some(Standing::Opening);
        assert_eq!(on_stream(&SMALL, &LARGE, opening, now), Verdict::Refuse);
        assert_eq!(on_stream(&LARGE, &SMALL, opening, now), Verdict::Replace);
        let live = Some(Standing::Live { dialed: true, since: now });
        assert_eq!(on_stream(&SMALL, &LARGE, live, now), Verdict::Refuse);
    }

    #[tokio::test]
    async fn a_peer_that_comes_back_takes_the_place_of_its_dead_session() {
        let since = Instant::now();
        let later = since + CROSSING;
        for (me, peer) in [(&SMALL, &LARGE), (&LARGE, &SMALL)] {
            let theirs = Some(Standing::Live { dialed: false, since });
            assert_eq!(on_stream(me, peer, theirs, since), Verdict::Replace);
            let ours = Some(Standing::Live { dialed: true, since });
            assert_eq!(on_stream(me, peer, ours, later), Verdict::Replace);
            assert_eq!(on_stream(me, peer, None, later), Verdict::Take);
        }
    }

    #[tokio::test]
    async fn a_node_with_a_session_opens_no_second() {
        assert!(on_dialed(None));
        assert!(!on_dialed(Some(Standing::Opening)));
        assert!(!on_dialed(Some(Standing::Live { dialed: false, since: Instant::now() })));
    }
}
