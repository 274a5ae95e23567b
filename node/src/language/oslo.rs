//! What the clocks in Norway show: an hour more than UTC, two in summer. Summer lasts from one o'clock UTC on the last
//! Sunday of March to the same hour on the last Sunday of October (directive 2000/84/EC, in force without an end), so
//! that it takes no table of zones. Knows no other place.

use idenett_protocol::time::{Day, Span, Timestamp};

const HOUR: Span = Span::from_secs(60 * 60);
const MS_PER_MINUTE: u64 = 60_000;
const MS_PER_DAY: u64 = 86_400_000;

/// The day, the hour and the minute that a clock in Norway shows.
pub(super) fn clock(time: Timestamp) -> (Day, u64, u64) {
    // Moved, so that what reads as UTC is the time there.
    let winter = time.after(HOUR);
    let there = if is_summer(time) { winter.after(HOUR) } else { winter };
    let minutes = there.as_millis() / MS_PER_MINUTE;
    (there.day(), minutes / 60 % 24, minutes % 60)
}

fn is_summer(time: Timestamp) -> bool {
    let (year, _, _) = time.day().ymd();
    let turns = turn(year, 3).zip(turn(year, 10));
    turns.is_some_and(|(spring, autumn)| spring <= time && time < autumn)
}

/// One o'clock UTC on the last Sunday of a month of 31 days; `None` in years that are not written with four digits.
fn turn(year: i32, month: u32) -> Option<Timestamp> {
    let last = Day::from_ymd(year, month, 31)?;
    // The first day of 1970 was a Thursday.
    let since_sunday = u64::try_from((last.number() + 4).rem_euclid(7)).ok()?;
    let sunday = last.start().as_millis().saturating_sub(since_sunday * MS_PER_DAY);
    Some(Timestamp::from_millis(sunday).after(HOUR))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_are_turned_on_the_last_sundays_of_march_and_october() {
        let rows = [
            ("2026-01-15", 12 * 60, "2026-01-15 13.00"),
            ("2026-07-15", 12 * 60, "2026-07-15 14.00"),
            ("2026-03-29", 59, "2026-03-29 01.59"),
            ("2026-03-29", 60, "2026-03-29 03.00"),
            ("2026-10-25", 59, "2026-10-25 02.59"),
            ("2026-10-25", 60, "2026-10-25 02.00"),
            // The thirty-first is a Sunday itself.
            ("2024-03-31", 60, "2024-03-31 03.00"),
            ("2027-10-31", 59, "2027-10-31 02.59"),
            ("2027-10-30", 22 * 60 + 30, "2027-10-31 00.30"),
            ("2026-12-31", 23 * 60 + 30, "2027-01-01 00.30"),
            ("1970-01-01", 0, "1970-01-01 01.00"),
        ];
        for (day, minute, shown) in rows {
            let start = day.parse::<Day>().expect("a day").start();
            let (day, hour, minute) = clock(start.after(Span::from_secs(minute * 60)));
            assert_eq!(format!("{day} {hour:02}.{minute:02}"), shown);
        }
    }
}
