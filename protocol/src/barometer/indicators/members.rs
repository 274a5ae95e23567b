//! Of members.

use std::collections::BTreeSet;

use crate::organisation::OrgNumber;

use super::super::period::Window;
use super::super::slices::Slices;
use super::super::subject::Subject;
use super::super::tally::Tally;
use super::super::value::Measure;
use super::super::view::View;
use super::{INSPIRED, SHARE};

/// B1.
pub(super) fn innovating<'s>(view: &View<'_>, window: Window, slices: &'s Slices) -> Tally<'s> {
    let innovating: BTreeSet<OrgNumber> =
        view.every_case().iter().filter(|c| window.has(c.reached)).map(|c| c.home).collect();
    share(view, slices, [(SHARE, &innovating)])
}

/// B5.
pub(super) fn reusing<'s>(view: &View<'_>, slices: &'s Slices) -> Tally<'s> {
    let uses = || view.every_use().iter();
    let reusing = uses().filter(|one| one.counts()).map(|one| one.home).collect();
    let inspired = uses().filter(|one| one.inspired).map(|one| one.home).collect();
    share(view, slices, [(SHARE, &reusing), (INSPIRED, &inspired)])
}

fn share<'s, const N: usize>(
    view: &View<'_>,
    slices: &'s Slices,
    series: [(&'static str, &BTreeSet<OrgNumber>); N],
) -> Tally<'s> {
    let mut tally = Tally::new(slices, series.map(|(id, _)| (id, Measure::Share)));
    for org in view.members() {
        let member = Subject::Member(org);
        series.iter().enumerate().for_each(|(at, (_, orgs))| tally.share(at, member, orgs.contains(&org)));
    }
    tally
}

/// B21.
pub(super) fn coverage<'s>(view: &View<'_>, slices: &'s Slices) -> Tally<'s> {
    let mut tally = Tally::new(slices, [(SHARE, Measure::Share)]);
    for (number, is_member) in view.places() {
        let place = Subject::Place(number);
        tally.share(0, place, is_member);
    }
    tally
}
