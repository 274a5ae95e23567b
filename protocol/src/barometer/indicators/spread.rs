//! Of cases: how far and how fast they spread, and from where to where.

use std::collections::BTreeSet;

use super::super::period::Window;
use super::super::slices::{Dimension, Slices, Subject};
use super::super::tally::Tally;
use super::super::value::{Measure, Step, survival};
use super::super::view::{CaseAt, View};
use super::{INSPIRED, SHARE};

/// Months in use before it is asked whether a case has spread.
const SETTLED_MONTHS: i32 = 6;

/// B3.
pub(super) fn spread<'s>(view: &View<'_>, slices: &'s Slices) -> Option<Tally<'s>> {
    let mut tally = Tally::new(slices, [(SHARE, Measure::Share), (INSPIRED, Measure::Share)]);
    let settled = view.day.add_months(-SETTLED_MONTHS).unwrap_or(view.day);
    for case in view.active().filter(|c| c.reached.unwrap_or(c.record.published) <= settled) {
        tally.share(0, Subject::Case(case), case.reusers > 0);
        tally.share(1, Subject::Case(case), case.inspired > 0);
    }
    Some(tally)
}

/// B4.
pub(super) fn reach<'s>(view: &View<'_>, slices: &'s Slices) -> Option<Tally<'s>> {
    let series = [("reuses", Measure::Level), ("per_case", Measure::Mean), (INSPIRED, Measure::Level)];
    let mut tally = Tally::new(slices, series);
    for case in view.active() {
        let subject = Subject::Case(case);
        tally.level(0, subject, case.reusers);
        tally.mean(1, subject, i64::try_from(case.reusers).unwrap_or(i64::MAX));
        tally.level(2, subject, case.inspired);
    }
    Some(tally)
}

/// B9.
pub(super) fn time_to_reuse<'s>(view: &View<'_>, slices: &'s Slices) -> Option<Tally<'s>> {
    let years: BTreeSet<i32> = view.cases().map(|c| c.record.published.ymd().0).collect();
    let series = years.iter().map(|year| (format!("{year:04}"), Measure::Survival));
    let mut tally = Tally::new(slices, [("all".to_owned(), Measure::Survival)].into_iter().chain(series));
    for case in view.cases() {
        let published = case.record.published;
        let days = case.first_reuse.unwrap_or(view.day).since(published).max(0);
        let year = years.iter().position(|year| *year == published.ymd().0);
        for series in [Some(0), year.map(|at| at.saturating_add(1))].into_iter().flatten() {
            tally.days(series, Subject::Case(case), days, case.first_reuse.is_some());
        }
    }
    Some(tally)
}

/// How many cases were first reused by which day after their publication.
pub(in super::super) fn curve(view: &View<'_>) -> Vec<Step> {
    let watched = |case: &CaseAt<'_>| {
        let days = case.first_reuse.unwrap_or(view.day).since(case.record.published).max(0);
        (u32::try_from(days).unwrap_or(0), case.first_reuse.is_some())
    };
    let mut days: Vec<(u32, bool)> = view.cases().map(watched).collect();
    survival(&mut days)
}

/// B17: one series for each part from which cases come, by the parts to which they go, and what each part gives more
/// than it takes. Undivided, only the number of uses.
pub(super) fn flow<'s>(view: &View<'_>, window: Window, slices: &'s Slices) -> Option<Tally<'s>> {
    let uses = || view.uses().filter(|(one, _)| one.counts() && window.has(one.reached));
    if slices.dimension == Dimension::All {
        let mut tally = Tally::new(slices, [("reuses", Measure::Level)]);
        uses().for_each(|(one, case)| tally.level(0, Subject::Use(one, case), 1));
        return Some(tally);
    }
    if !slices.dimension.is_of_place() {
        return None;
    }
    let origins: BTreeSet<u16> = uses().map(|(_, case)| slices.home(Subject::Case(case))).collect();
    let names = origins.iter().filter_map(|part| slices.ids().get(usize::from(*part)));
    let series = names.map(|id| (format!("from:{id}"), Measure::Level));
    let mut tally = Tally::new(slices, [("net".to_owned(), Measure::Net)].into_iter().chain(series));
    for (one, case) in uses() {
        let (from, to) = (slices.home(Subject::Case(case)), slices.home(Subject::Use(one, case)));
        tally.net(0, from, 1);
        tally.net(0, to, -1);
        if let Some(at) = origins.iter().position(|part| *part == from) {
            tally.level(at.saturating_add(1), Subject::Use(one, case), 1);
        }
    }
    Some(tally)
}
