//! Of cases taken in use: who started them, who took part, what promoted and hindered them.

use crate::codes::{CodeList, Factor, Participant};

use super::super::period::Window;
use super::super::slices::Slices;
use super::super::subject::Subject;
use super::super::tally::Tally;
use super::super::value::Measure;
use super::super::view::View;
use super::SHARE;

/// B12.
pub(super) fn employee_driven<'s>(view: &View<'_>, window: Window, slices: &'s Slices) -> Tally<'s> {
    let mut tally = Tally::new(slices, [(SHARE, Measure::Share)]);
    for case in view.cases().filter(|c| window.has(c.reached) && !c.now.initiated_by.is_empty()) {
        tally.share(0, Subject::Case(case), case.now.initiated_by.contains(&Participant::Employees));
    }
    tally
}

/// B13.
pub(super) fn promoting_and_hindering<'s>(view: &View<'_>, window: Window, slices: &'s Slices) -> Tally<'s> {
    let factors = || Factor::ALL.iter().filter(|f| **f != Factor::NOT_STATED);
    let named = |side: &'static str| factors().map(move |f| (format!("{side}:{}", f.id()), Measure::Mean));
    let mut tally = Tally::new(slices, named("promoting").chain(named("hindering")));
    let count = factors().count();
    for case in view.cases().filter(|c| window.has(c.reached)) {
        for (side, answers) in [&case.now.promoting, &case.now.hindering].into_iter().enumerate() {
            for (factor, score) in answers {
                let Some(at) = factors().position(|f| f == factor) else { continue };
                let series = side.saturating_mul(count).saturating_add(at);
                tally.mean(series, Subject::Case(case), i64::from(*score));
            }
        }
    }
    tally
}

/// B14.
pub(super) fn collaboration<'s>(view: &View<'_>, window: Window, slices: &'s Slices) -> Tally<'s> {
    let kinds = || Participant::ALL.iter().filter(|p| **p != Participant::NOT_STATED);
    let mut tally = Tally::new(slices, kinds().map(|p| (p.id(), Measure::Share)));
    for case in view.cases().filter(|c| window.has(c.reached) && !c.now.participants.is_empty()) {
        for (at, kind) in kinds().enumerate() {
            tally.share(at, Subject::Case(case), case.now.participants.contains(kind));
        }
    }
    tally
}
