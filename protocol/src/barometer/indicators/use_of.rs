//! Of uses of others' cases: whether they last, where they were heard of, what they saved, what comes back.

use crate::codes::{Channel, CodeList, CommentKind, Lang, Origin, SavedUnit};

use super::super::period::Window;
use super::super::slices::Slices;
use super::super::subject::Subject;
use super::super::tally::Tally;
use super::super::value::Measure;
use super::super::view::{CaseAt, UseAt, View};
use super::SHARE;

/// Months after which it is asked whether a use lasted, and within which a reuser is to come back to the source.
const COHORT_MONTHS: i32 = 12;
/// The longest chain that has a series of its own.
const GENERATIONS: u8 = 4;

/// B10.
pub(super) fn lasting<'s>(view: &View<'_>, window: Window, slices: &'s Slices) -> Tally<'s> {
    let mut tally = Tally::new(slices, [(SHARE, Measure::Share)]);
    let cohort = window.earlier(COHORT_MONTHS);
    for (one, case) in view.uses().filter(|(one, _)| cohort.has(one.reached)) {
        tally.share(0, Subject::Use(one, case), one.lasted);
    }
    tally
}

/// B18.
pub(super) fn channel<'s>(view: &View<'_>, window: Window, slices: &'s Slices) -> Tally<'s> {
    let channels = || Channel::ALL.iter().filter(|c| !matches!(c, Channel::Unknown | Channel::NotStated));
    let mut tally = Tally::new(slices, channels().map(|c| (c.id(), Measure::Share)));
    for (one, case) in view.uses().filter(|(one, _)| one.counts() && window.has(one.reached)) {
        // One unit may not know where it heard of the case, and another may.
        let mut named = one.counted.iter().filter_map(|v| v.channel).filter(|c| *c != Channel::Unknown);
        let Some(heard) = named.next() else { continue };
        for (at, channel) in channels().enumerate() {
            tally.share(at, Subject::Use(one, case), *channel == heard);
        }
    }
    tally
}

/// B20.
pub(super) fn saved<'s>(view: &View<'_>, window: Window, slices: &'s Slices) -> Tally<'s> {
    let units = || SavedUnit::ALL.iter().filter(|u| **u != SavedUnit::NOT_STATED);
    let mut tally = Tally::new(slices, units().map(|u| (u.id(), Measure::Saved)));
    for (one, case) in view.uses().filter(|(one, _)| one.counts() && window.has(one.reached)) {
        for version in &one.counted {
            let stated = version.saved.as_ref().filter(|s| s.method.known().is_some());
            for (at, unit) in units().enumerate() {
                let amount = stated.filter(|s| s.unit.known() == Some(*unit));
                tally.saved(at, Subject::Use(one, case), amount);
            }
        }
    }
    tally
}

/// B22.
pub(super) fn back_to_the_source<'s>(view: &View<'_>, window: Window, slices: &'s Slices) -> Tally<'s> {
    let mut tally = Tally::new(slices, [(SHARE, Measure::Share), ("adopted", Measure::Share)]);
    let cohort = window.earlier(COHORT_MONTHS);
    for (one, case) in view.uses().filter(|(one, _)| cohort.has(one.reached)) {
        tally.share(0, Subject::Use(one, case), came_back(one, case));
    }
    for case in view.cases() {
        let improvements = case.record.comments.iter().filter(|c| c.kind == CommentKind::Improvement);
        for improvement in improvements.filter(|c| window.has(Some(c.day))) {
            tally.share(1, Subject::Case(case), improvement.adopted.is_some_and(|day| day <= view.day));
        }
    }
    tally
}

/// Whether a reuser told of an experience, an improvement or its thanks within the months that follow.
fn came_back(one: &UseAt<'_>, case: &CaseAt<'_>) -> bool {
    let Some(from) = one.reached else { return false };
    let until = from.add_months(COHORT_MONTHS).unwrap_or(from);
    let tells = |kind| matches!(kind, CommentKind::Experience | CommentKind::Improvement | CommentKind::Thanks);
    case.record.comments.iter().any(|c| c.by == one.org && tells(c.kind) && c.day >= from && c.day <= until)
}

/// B23.
pub(super) fn generations<'s>(view: &View<'_>, slices: &'s Slices) -> Tally<'s> {
    let series = (1..=GENERATIONS).map(|n| (format!("generation_{n}"), Measure::Share));
    let mut tally = Tally::new(slices, series.chain([("from_a_copy".to_owned(), Measure::Share)]));
    for (one, case) in view.uses().filter(|(one, _)| one.counts()) {
        let subject = Subject::Use(one, case);
        let generation = case.generation.saturating_add(1).min(GENERATIONS);
        for (at, n) in (1..=GENERATIONS).enumerate() {
            tally.share(at, subject, n == generation);
        }
        tally.share(usize::from(GENERATIONS), subject, case.now.origin == Some(Origin::Copy));
    }
    tally
}

/// B24.
pub(super) fn languages<'s>(view: &View<'_>, slices: &'s Slices) -> Tally<'s> {
    let languages = || Lang::ALL.iter().filter(|l| **l != Lang::NOT_STATED);
    let series = languages().map(|l| (l.id(), Measure::Share));
    let mut tally = Tally::new(slices, series.chain([("across", Measure::Share)]));
    let across = languages().count();
    for case in view.cases().filter(|c| c.now.lang.is_some()) {
        for (at, lang) in languages().enumerate() {
            tally.share(at, Subject::Case(case), case.now.lang == Some(*lang));
        }
    }
    for (one, case) in view.uses().filter(|(one, _)| one.counts()) {
        let written = |lang: Option<Lang>| lang.filter(|l| matches!(l, Lang::Nb | Lang::Nn));
        let said = one.counted.iter().find_map(|v| written(v.lang)).or_else(|| view.written(one.home));
        if let (Some(source), Some(here)) = (written(case.now.lang), said) {
            tally.share(across, Subject::Use(one, case), source != here);
        }
    }
    tally
}
