//! Time for pauses and deadlines, that runs evenly whatever is done to the clock. A clock that
//! is set back a year must not make a node wait for a year, nor one set forward end all pauses.

use crate::time::{Span, Timestamp};

/// A step of the clock beyond this was made by hand, not by time.
const LONGEST_STEP: Span = Span::from_secs(60);

/// Adds up the steps of a clock. Begins at zero, so that it says nothing about the hour.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Steady {
    hour: Timestamp,
    now: Timestamp,
}

impl Steady {
    /// The even time when the clock shows this hour.
    pub(crate) const fn at(&mut self, hour: Timestamp) -> Timestamp {
        let step = hour.since(self.hour);
        if step.as_millis() <= LONGEST_STEP.as_millis() {
            self.now = self.now.after(step);
        }
        self.hour = hour;
        self.now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_jumps_leaves_no_gap() {
        let year = 365 * 86_400_000;
        let mut steady = Steady::default();
        let rows = [
            (5 * year, 0),
            (5 * year + 1000, 1000),
            (6 * year, 1000),
            (6 * year + 500, 1500),
            (year, 1500),
            (year + 7, 1507),
        ];
        for (hour, now) in rows {
            assert_eq!(steady.at(Timestamp::from_millis(hour)), Timestamp::from_millis(now), "{hour}");
        }
    }
}
