//! Every limit of the web server, by name.

use std::time::Duration;

/// Connections at the same time; the one that has waited longest makes room for a new one.
pub(super) const MAX_CONNECTIONS: usize = 512;
/// From the moment a connection waits for a request until the head of one is complete. Also the time after which an
/// idle connection is closed.
pub(super) const HEAD_TIME: Duration = Duration::from_secs(5);
/// How long a reader may take to accept the next bytes of an answer.
pub(super) const WRITE_TIME: Duration = Duration::from_secs(10);
/// How long a request may take, the wait for a place at work included.
pub(super) const REQUEST_TIME: Duration = Duration::from_secs(10);
/// After which a connection takes no further request.
pub(super) const CONNECTION_TIME: Duration = Duration::from_secs(120);
/// How long the end of the node waits for answers that are being written.
pub(super) const PATIENCE: Duration = Duration::from_secs(3);
/// Pause after the system refused to accept a connection, as when it has no more descriptors.
pub(super) const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// Requests that read the disk at the same time; others wait.
pub(super) const MAX_AT_WORK: usize = 16;
/// Bytes of the head of a request.
pub(super) const MAX_HEAD_BYTES: usize = 16 * 1024;
/// Lines in the head of a request.
pub(super) const MAX_HEADERS: usize = 64;
/// Bytes of the body of a request: pages are only read.
pub(super) const MAX_BODY_BYTES: u64 = 8 * 1024;
/// Bytes of a path with its query: a question of as many characters as a search takes, whatever they are, and filters.
pub(super) const MAX_TARGET_BYTES: usize = 8 * 1024;
/// Names with their values in a query.
pub(super) const MAX_QUERY_PAIRS: usize = 128;
/// Bytes of a style sheet that is laid on top.
pub(super) const MAX_STYLESHEET_BYTES: u64 = 1024 * 1024;
/// Rows of a list on one page.
pub(super) const ROWS: usize = 20;
/// Logs on one page: a federation of all municipalities stays below what a page may weigh.
pub(super) const LOG_ROWS: usize = 100;
/// Pages of a list that can be turned to.
pub(super) const MAX_PAGES: usize = 500;
/// Characters of one text that are shown.
pub(super) const MAX_TEXT_CHARS: usize = 20_000;
/// Characters of a name, title or other text of one line that are shown.
pub(super) const MAX_LINE_CHARS: usize = 300;

const _: () = assert!(MAX_TARGET_BYTES < MAX_HEAD_BYTES);
/// A character has up to four bytes, and each is written with three signs.
const _: () = assert!(crate::search::MAX_QUERY_CHARS * 4 * 3 + 2048 < MAX_TARGET_BYTES);
const _: () = assert!(REQUEST_TIME.as_secs() < CONNECTION_TIME.as_secs());
