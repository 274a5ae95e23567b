//! Every bound of the protocol on one page. Nothing that arrives from outside is
//! held, read or answered without one of these.

/// Bytes of the fixed header of an entry.
pub const HEADER_BYTES: usize = 188;
/// Bytes of an Ed25519 signature.
pub const SIGNATURE_BYTES: usize = 64;
/// Bytes of a header with its signature.
pub const SIGNED_HEADER_BYTES: usize = HEADER_BYTES + SIGNATURE_BYTES;
/// Bytes of the `facts` of one entry. A reference table of all municipalities fits.
pub const MAX_FACTS_BYTES: usize = 96 * 1024;
/// Bytes of the `text` of one entry.
pub const MAX_TEXT_BYTES: usize = 256 * 1024;
/// Bytes of a whole entry.
pub const MAX_ENTRY_BYTES: usize = SIGNED_HEADER_BYTES + MAX_FACTS_BYTES + MAX_TEXT_BYTES;

/// Bytes before the payload of a frame: length, checksum, type.
pub const FRAME_HEAD_BYTES: usize = 9;
/// Bytes of the payload of a frame: an entry, or a message of a session.
pub const MAX_FRAME_PAYLOAD: usize = 512 * 1024;

/// Nesting of arrays and objects in a JSON document of ours.
pub const MAX_JSON_DEPTH: usize = 8;
/// Elements of one array, or members of one object, in a JSON document of ours.
pub const MAX_JSON_ITEMS: usize = 2048;
/// The largest magnitude of an integer in a JSON document: what every reader holds exactly.
pub const MAX_JSON_INTEGER: i64 = (1 << 53) - 1;

/// Versions that one revision may replace.
pub const MAX_REPLACES: usize = 8;

/// Bytes of one charter document with its signatures.
pub const MAX_CHARTER_BYTES: usize = 16 * 1024;
/// Epochs of a charter.
pub const MAX_CHARTER_EPOCHS: u32 = 256;
/// Charters kept for one epoch when several are valid.
pub const MAX_CHARTER_RIVALS: usize = 8;
/// Recovery keys of a charter.
pub const MAX_RECOVERY_KEYS: usize = 15;
/// Bootstrap addresses of a charter.
pub const MAX_BOOTSTRAP: usize = 64;
/// Characters of one network address.
pub const MAX_ADDRESS_CHARS: usize = 256;

/// Node keys (logs) that a federation may ever admit.
pub const MAX_LOGS: usize = 8192;
/// Proofs of forks kept of one log: the one in force, and a few that wait for what they part from.
pub const MAX_FORKS: usize = 8;
/// Buckets into which a frontier is divided, by the first bits of the log key.
pub const BUCKETS: usize = 64;

/// Headers in one announcement or answer.
pub const MAX_HEADERS: usize = 512;
/// Entries or texts that one request may name.
pub const MAX_WANTED: usize = 256;
/// Peers with which a node keeps sessions at the same time.
pub const MAX_SESSIONS: usize = 512;
/// Entries asked for by announcement and not yet here.
pub const MAX_IN_FLIGHT: usize = 1024;
/// Announced headers kept because what precedes them is on its way.
pub const MAX_EARLY_HEADERS: usize = 1024;
/// Bytes that one answer sends before it waits for the line to drain.
pub const SERVE_BATCH_BYTES: usize = 256 * 1024;
/// Faults of a peer after which the connection is cut.
pub const MAX_FAULTS: u32 = 3;

const _: () = assert!(MAX_ENTRY_BYTES < MAX_FRAME_PAYLOAD);
const _: () = assert!(MAX_CHARTER_BYTES < MAX_FRAME_PAYLOAD);
const _: () = assert!(MAX_HEADERS * SIGNED_HEADER_BYTES < MAX_FRAME_PAYLOAD);
// A full set of vectors with whole ids must fit one frame.
const _: () = assert!(MAX_LOGS * (8 + 8 + 32) < MAX_FRAME_PAYLOAD);
