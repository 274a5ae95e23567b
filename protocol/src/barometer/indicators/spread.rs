//! Of cases: how far and how fast they spread, and from where to where.

use std::collections::BTreeSet;

use super::super::cut::place;
use super::super::dimension::Dimension;
use super::super::period::Window;
use super::super::slices::{Slices, Table};
use super::super::subject::Subject;
use super::super::tally::Tally;
use super::super::value::{Measure, Step, survival};
use super::super::view::View;
use super::{INSPIRED, SHARE};

/// Months in use before it is asked whether a case has spread.
const SETTLED_MONTHS: i32 = 6;

/// B3.
pub(super) fn spread<'s>(view: &View<'_>, slices: &'s Slices) -> Tally<'s> {
    let mut tally = Tally::new(slices, [(SHARE, Measure::Share), (INSPIRED, Measure::Share)]);
    let settled = view.day.add_months(-SETTLED_MONTHS).unwrap_or(view.day);
    for case in view.active().filter(|c| c.reached.unwrap_or(c.record.published) <= settled) {
        tally.share(0, Subject::Case(case), case.reusers > 0);
        tally.share(1, Subject::Case(case), case.inspired > 0);
    }
    tally
}

/// B4.
pub(super) fn reach<'s>(view: &View<'_>, slices: &'s Slices) -> Tally<'s> {
    let series = [("reuses", Measure::Level), ("per_case", Measure::Mean), (INSPIRED, Measure::Level)];
    let mut tally = Tally::new(slices, series);
    for case in view.active() {
        let subject = Subject::Case(case);
        tally.level(0, subject, case.reusers);
        tally.mean(1, subject, i64::try_from(case.reusers).unwrap_or(i64::MAX));
        tally.level(2, subject, case.inspired);
    }
    tally
}

/// B9.
pub(super) fn time_to_reuse<'s>(view: &View<'_>, slices: &'s Slices) -> Tally<'s> {
    let years: BTreeSet<i32> = view.cases().map(|c| c.record.published.ymd().0).collect();
    let series = years.iter().map(|year| (format!("{year:04}"), Measure::Survival));
    let mut tally = Tally::new(slices, [("all".to_owned(), Measure::Survival)].into_iter().chain(series));
    for case in view.cases() {
        let year = years.iter().position(|year| *year == case.record.published.ymd().0);
        for series in [Some(0), year.map(|at| at.saturating_add(1))].into_iter().flatten() {
            tally.days(series, Subject::Case(case), case.waited(view.day));
        }
    }
    tally
}

/// How many cases were first reused by which day after their publication.
pub(in super::super) fn curve(view: &View<'_>) -> Vec<Step> {
    let mut days: Vec<(u32, bool)> = view.cases().map(|case| case.waited(view.day)).collect();
    survival(&mut days)
}

/// B17, table by table: one series for each part from which cases come, by the parts to which they go, and what each
/// part gives more than it takes. Undivided, only the number of uses.
pub(super) fn flow<'s>(view: &View<'_>, window: Window, (slices, table): (&'s Slices, &'s Table)) -> Tally<'s> {
    let only = std::slice::from_ref(table);
    let uses = || view.uses().filter(|(one, _)| one.counts() && window.has(one.reached));
    if table.dimension == Dimension::All {
        let mut tally = Tally::within(slices, only, [("reuses", Measure::Level)]);
        uses().for_each(|(one, case)| tally.level(0, Subject::Use(one, case), 1));
        return tally;
    }
    if !table.dimension.is_of_place() {
        return Tally::within(slices, only, [("net", Measure::Net)]);
    }
    let from = |case| slices.part_in(table, Subject::Case(case));
    let origins: BTreeSet<u32> = uses().filter_map(|(_, case)| from(case)).collect();
    let names = origins.iter().filter_map(|part| slices.ids().get(place(*part)));
    let series = names.map(|id| (format!("from:{id}"), Measure::Level));
    let mut tally = Tally::within(slices, only, [("net".to_owned(), Measure::Net)].into_iter().chain(series));
    // The series of each part.
    let mut places = vec![0; slices.ids().len()];
    for (series, part) in (1..).zip(&origins) {
        places.get_mut(place(*part)).into_iter().for_each(|place| *place = series);
    }
    for (one, case) in uses() {
        let subject = Subject::Use(one, case);
        let (Some(from), Some(to)) = (from(case), slices.part_in(table, subject)) else { continue };
        tally.net(0, subject, (from, true));
        tally.net(0, subject, (to, false));
        if let Some(series) = places.get(place(from)) {
            tally.level(*series, subject, 1);
        }
    }
    tally
}
