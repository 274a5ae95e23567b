//! Where organisations are, in the structure of today and of the time.

use crate::organisation::{MunicipalityNumber, OrgNumber};
use crate::time::Day;

use super::dimension::Basis;
use super::places::Structure;
use super::view::{OrgAt, View};

/// Where organisations are, at every time in which that can be different.
pub(super) struct Homes {
    basis: Basis,
    /// The days on which a structure of the time may change.
    epochs: Vec<Day>,
    /// By place of the organisation, then by epoch.
    parts: Vec<u32>,
}

impl Homes {
    /// Of every organisation that a view names, with the part in which a municipality or none falls.
    pub(super) fn of(
        view: &View<'_>,
        structure: &Structure<'_>,
        basis: Basis,
        part: impl Fn(Option<MunicipalityNumber>) -> u32,
    ) -> Self {
        let epochs: Vec<Day> = match basis {
            Basis::Today => Vec::new(),
            Basis::Then => structure.days().into_iter().collect(),
        };
        // A day of each epoch; the first is before all that changed.
        let before = epochs.first().map_or(view.day, |day| day.add_days(-1));
        let within: Vec<Day> = [before].into_iter().chain(epochs.iter().copied()).collect();
        let of = |org: &OrgNumber| {
            let number = |day: &Day| match basis {
                Basis::Today => structure.number_today(*org),
                Basis::Then => structure.number_at(*org, *day),
            };
            within.iter().map(number).map(&part).collect::<Vec<u32>>()
        };
        let parts = view.organisations().all().iter().flat_map(of).collect();
        Self { basis, epochs, parts }
    }

    /// Where an organisation is counted for what happened on a day.
    pub(super) fn part(&self, orgs: OrgAt, day: Day) -> Option<u32> {
        let org = match self.basis {
            Basis::Today => orgs.today,
            Basis::Then => orgs.then,
        };
        let epoch = self.epochs.partition_point(|first| *first <= day);
        let width = self.epochs.len().saturating_add(1);
        self.parts.get(org.saturating_mul(width).saturating_add(epoch)).copied()
    }
}
