//! Of needs.

use super::super::period::Window;
use super::super::slices::Slices;
use super::super::subject::Subject;
use super::super::tally::Tally;
use super::super::value::Measure;
use super::super::view::View;
use super::SHARE;

/// B11.
pub(super) fn met<'s>(view: &View<'_>, window: Window, slices: &'s Slices) -> Tally<'s> {
    let mut tally = Tally::new(slices, [(SHARE, Measure::Share), ("days", Measure::Median)]);
    for need in view.needs().filter(|n| window.has(Some(n.record.opened))) {
        let subject = Subject::Need(need);
        tally.share(0, subject, need.met.is_some());
        if let Some(met) = need.met {
            tally.days(1, subject, (u32::try_from(met.since(need.record.opened)).unwrap_or(0), true));
        }
    }
    tally
}

/// S2.
pub(super) fn open<'s>(view: &View<'_>, slices: &'s Slices) -> Tally<'s> {
    let mut tally = Tally::new(slices, [("open", Measure::Level)]);
    for need in view.needs().filter(|n| n.is_open(view.day)) {
        let subject = Subject::Need(need);
        tally.level(0, subject, 1);
    }
    tally
}
