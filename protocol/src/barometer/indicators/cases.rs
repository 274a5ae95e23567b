//! Of cases: where they come from, what came of them, how fresh they are.

use crate::codes::{CaseStatus, CodeList, CommentKind, Origin, Value};
use crate::time::Day;

use super::super::period::Window;
use super::super::slices::Slices;
use super::super::subject::Subject;
use super::super::tally::Tally;
use super::super::value::Measure;
use super::super::view::{CaseAt, View};
use super::SHARE;

/// Days within which a question is to be answered.
const ANSWER_DAYS: i32 = 14;

/// B2.
pub(super) fn origin<'s>(view: &View<'_>, window: Window, slices: &'s Slices) -> Tally<'s> {
    let series = ["first", "adapted", "copy", "adapted_or_copy"];
    let mut tally = Tally::new(slices, series.map(|id| (id, Measure::Share)));
    for case in view.cases().filter(|c| window.has(c.reached)) {
        let hits = match case.now.origin {
            Some(Origin::First) => [true, false, false, false],
            // Beside the barometers, inspiration is reported inside the adapted.
            Some(Origin::Adapted | Origin::Inspired) => [false, true, false, true],
            Some(Origin::Copy) => [false, false, true, true],
            Some(Origin::Unknown | Origin::NotStated) | None => continue,
        };
        hits.into_iter().enumerate().for_each(|(at, hit)| tally.share(at, Subject::Case(case), hit));
    }
    tally
}

/// B6.
pub(super) fn shared<'s>(view: &View<'_>, window: Window, slices: &'s Slices) -> Tally<'s> {
    let mut tally = Tally::new(slices, [(SHARE, Measure::Share)]);
    for case in view.cases().filter(|c| c.in_use && window.has(c.reached)) {
        let translated = case.record.translated.is_some_and(|day| day <= view.day);
        let answered = case
            .record
            .comments
            .iter()
            .any(|c| c.kind == CommentKind::Question && in_time(c.day, c.answered, view.day));
        tally.share(0, Subject::Case(case), case.in_arena || translated || answered);
    }
    tally
}

/// Whether a question was answered in time, by what was said until a day.
fn in_time(asked: Day, answered: Option<Day>, day: Day) -> bool {
    answered.is_some_and(|at| at <= day && at <= asked.add_days(ANSWER_DAYS))
}

/// B7.
pub(super) fn evaluated<'s>(view: &View<'_>, slices: &'s Slices) -> Tally<'s> {
    let mut tally = Tally::new(slices, [(SHARE, Measure::Share)]);
    view.active().for_each(|case| tally.share(0, Subject::Case(case), case.evaluated));
    tally
}

/// B8.
pub(super) fn value<'s>(view: &View<'_>, window: Window, slices: &'s Slices) -> Tally<'s> {
    let kinds = || Value::ALL.iter().filter(|v| **v != Value::NOT_STATED);
    let mut tally = Tally::new(slices, kinds().map(|v| (v.id(), Measure::Share)));
    let utilised = |c: &&CaseAt<'_>| c.now.status == Some(CaseStatus::Utilised) && window.has(c.utilised);
    for case in view.cases().filter(utilised) {
        for (at, kind) in kinds().enumerate() {
            tally.share(at, Subject::Case(case), case.now.values.contains(&(*kind, true)));
        }
    }
    tally
}

/// B15.
pub(super) fn several_types<'s>(view: &View<'_>, window: Window, slices: &'s Slices) -> Tally<'s> {
    let mut tally = Tally::new(slices, [(SHARE, Measure::Share)]);
    for case in view.cases().filter(|c| window.has(c.reached)) {
        tally.share(0, Subject::Case(case), case.now.types.len() >= 2);
    }
    tally
}

/// B16.
pub(super) fn learning<'s>(view: &View<'_>, window: Window, slices: &'s Slices) -> Tally<'s> {
    let mut tally = Tally::new(slices, [(SHARE, Measure::Share)]);
    for case in view.cases().filter(|c| window.has(c.ended)) {
        match case.now.status {
            Some(CaseStatus::EndedWithLessons) => tally.share(0, Subject::Case(case), true),
            Some(CaseStatus::Discontinued) => tally.share(0, Subject::Case(case), false),
            Some(
                CaseStatus::Idea
                | CaseStatus::NeedClarified
                | CaseStatus::Developing
                | CaseStatus::Testing
                | CaseStatus::Pilot
                | CaseStatus::InUse
                | CaseStatus::Utilised
                | CaseStatus::NotStated,
            )
            | None => {}
        }
    }
    tally
}

/// B19.
pub(super) fn freshness<'s>(view: &View<'_>, slices: &'s Slices) -> Tally<'s> {
    let series = [("active", Measure::Share), ("days_since_confirmed", Measure::Median), ("answered", Measure::Share)];
    let mut tally = Tally::new(slices, series);
    for case in view.cases() {
        let subject = Subject::Case(case);
        if case.in_use {
            tally.share(0, subject, case.is_confirmed(view.day));
            let confirmed = case.record.confirmed.iter().map(|c| c.0).filter(|day| *day <= view.day).max();
            let last = confirmed.map_or(case.now.day, |day| day.max(case.now.day));
            tally.days(1, subject, (u32::try_from(view.day.since(last)).unwrap_or(0), true));
        }
        for question in case.record.comments.iter().filter(|c| c.kind == CommentKind::Question) {
            // One that was asked a moment ago may still be answered in time.
            if question.day.add_days(ANSWER_DAYS) <= view.day {
                tally.share(2, subject, in_time(question.day, question.answered, view.day));
            }
        }
    }
    tally
}

/// S1.
pub(super) fn funnel<'s>(view: &View<'_>, slices: &'s Slices) -> Tally<'s> {
    let mut tally = Tally::new(slices, CaseStatus::ALL.iter().map(|s| (s.id(), Measure::Share)));
    for case in view.cases() {
        let status = case.now.status.unwrap_or(CaseStatus::NOT_STATED);
        for (at, one) in CaseStatus::ALL.iter().enumerate() {
            tally.share(at, Subject::Case(case), *one == status);
        }
    }
    tally
}
