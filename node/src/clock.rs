//! The one file that knows the hour.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use idenett_protocol::time::Timestamp;

/// The hour of this machine's clock (UTC); the beginning of 1970 if it stands before it.
#[expect(clippy::disallowed_methods, reason = "this is the file that knows the hour")]
pub fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}

/// A watch that runs evenly, whatever is done to the clock.
#[derive(Clone, Copy, Debug)]
pub struct Watch(Instant);

impl Watch {
    /// A watch that starts now.
    #[expect(clippy::disallowed_methods, reason = "this is the file that knows the hour")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since it was started.
    pub fn elapsed(self) -> Duration {
        self.0.elapsed()
    }
}
