//! The indicators, each a pass over the view. What each means, and why, stands with its name in
//! [`Indicator`](super::indicator::Indicator); here is only how it is counted.

mod cases;
mod factors;
mod members;
mod needs;
mod spread;
mod use_of;

use super::indicator::Indicator;
use super::period::Window;
use super::slices::Slices;
use super::tally::Tally;
use super::view::View;

pub(super) use spread::curve;

/// The one series of an indicator that has only one.
const SHARE: &str = "share";
/// The series of uses or cases that were only inspired, shown beside and not counted.
const INSPIRED: &str = "inspired";

/// Counts an indicator in all tables; in each the cells are none where its dimension says nothing about what is
/// counted. Tables whose series depend on the table are tallied one by one.
pub(super) fn count<'s>(indicator: Indicator, view: &View<'_>, window: Window, slices: &'s Slices) -> Vec<Tally<'s>> {
    use Indicator as I;
    let tally = match indicator {
        I::B1 => members::innovating(view, window, slices),
        I::B2 => cases::origin(view, window, slices),
        I::B3 => spread::spread(view, slices),
        I::B4 => spread::reach(view, slices),
        I::B5 => members::reusing(view, slices),
        I::B6 => cases::shared(view, window, slices),
        I::B7 => cases::evaluated(view, slices),
        I::B8 => cases::value(view, window, slices),
        I::B9 => spread::time_to_reuse(view, slices),
        I::B10 => use_of::lasting(view, window, slices),
        I::B11 => needs::met(view, window, slices),
        I::B12 => factors::employee_driven(view, window, slices),
        I::B13 => factors::promoting_and_hindering(view, window, slices),
        I::B14 => factors::collaboration(view, window, slices),
        I::B15 => cases::several_types(view, window, slices),
        I::B16 => cases::learning(view, window, slices),
        I::B17 => {
            return slices.tables().iter().map(|table| spread::flow(view, window, (slices, table))).collect();
        }
        I::B18 => use_of::channel(view, window, slices),
        I::B19 => cases::freshness(view, slices),
        I::B20 => use_of::saved(view, window, slices),
        I::B21 => members::coverage(view, slices),
        I::B22 => use_of::back_to_the_source(view, window, slices),
        I::B23 => use_of::generations(view, slices),
        I::B24 => use_of::languages(view, slices),
        I::S1 => cases::funnel(view, slices),
        I::S2 => needs::open(view, slices),
    };
    vec![tally]
}
