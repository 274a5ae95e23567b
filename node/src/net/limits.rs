//! Every bound of the network shell on one page. What a peer may make this node hold is
//! named here or in the limits of the protocol.

use std::time::Duration;

use idenett_protocol::limits::{MAX_FRAME_PAYLOAD, MAX_SESSIONS, SERVE_BATCH_BYTES};

/// Bytes that wait to be sent to one peer; what would exceed it is refused.
pub const QUEUE_BYTES: usize = 4 * 1024 * 1024;
/// Once the queue of a peer held this much, the driver is told when it holds less again.
pub const QUEUE_LOW_BYTES: usize = 256 * 1024;
/// Bytes given to the line at once when many short pieces wait.
pub(super) const SLICE_BYTES: usize = 128 * 1024;

/// Frames in one event.
pub const MAX_BATCH_FRAMES: usize = 256;
/// Bytes read from one peer before they are handed on.
pub(super) const READ_BYTES: usize = 1024 * 1024;
/// Bytes of the read buffer of a peer that says little.
pub(super) const READ_BYTES_IDLE: usize = 16 * 1024;
/// Events that wait for the driver. When they are this many, reading stops.
pub const MAX_EVENTS: usize = 16;

/// Dials under way at the same time, with those whose failure is not yet told.
pub const MAX_DIALS: usize = 64;
/// News of the hub that wait for the driver: the dials that failed, and its own addresses.
pub(super) const MAX_NEWS: usize = 2 * MAX_DIALS;
/// Connections in their handshake, in each direction.
pub(super) const MAX_PENDING: u32 = 64;
/// Connections with one peer: the one in use, and its successor or one that crossed it.
pub(super) const MAX_PER_PEER: u32 = 2;
/// Keys kept out for a time.
pub(super) const MAX_FORBIDDEN: usize = 4096;
/// Streams on one connection: the session, pings and identification both ways, and slack.
pub(super) const MAX_STREAMS: usize = 16;

/// Bytes of one connection that may be on their way or wait to be read. Windows begin at
/// 256 KiB for each stream and grow with the line up to this sum.
pub(super) const WINDOW_BYTES: usize = 16 * 1024 * 1024;

/// Time between two pings.
pub(super) const PING_INTERVAL: Duration = Duration::from_secs(10);
/// Time in which a ping must be answered. The first failure is forgiven, so that a dead
/// peer is noticed within 50 seconds.
pub(super) const PING_TIMEOUT: Duration = Duration::from_secs(15);
/// Time given to what still waits in a queue when a session is ended in order.
pub(super) const FAREWELL: Duration = Duration::from_secs(1);
/// How long after its beginning a session is held against one that the peer dialed at the
/// same time.
pub(super) const CROSSING: Duration = Duration::from_secs(5);

const _: () = assert!(READ_BYTES > MAX_FRAME_PAYLOAD + 9);
// What yamux promises every stream from the beginning.
const _: () = assert!(WINDOW_BYTES >= 2 * MAX_STREAMS * 256 * 1024);
const _: () = assert!(QUEUE_BYTES >= 4 * MAX_FRAME_PAYLOAD);
const _: () = assert!(QUEUE_LOW_BYTES >= SERVE_BATCH_BYTES);
const _: () = assert!(MAX_SESSIONS < MAX_FORBIDDEN);
