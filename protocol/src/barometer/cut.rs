//! The parts of one dimension, and in which part each subject falls. Every subject of which the dimension says anything
//! falls in some part, so that the parts of a table add up; a case of several themes or programmes falls in each of
//! them.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes::{CodeList, Sector, Theme};
use crate::id::EntryId;
use crate::organisation::{MunicipalityNumber, OrgNumber};

use super::dimension::{Basis, Dimension};
use super::homes::Homes;
use super::places::{Place, Places, SizeBand, Structure, Traits};
use super::subject::Subject;
use super::view::{CaseAt, OrgAt, View};

/// The part of everything.
pub const ALL: &str = "all";
/// The part of those that are no municipality, or say nothing.
pub const NOT_STATED: &str = "not_stated";
/// The part of those whose municipality cannot be told.
pub const UNASSIGNED: &str = "unassigned";

/// A part as a place in a list of all parts. Programmes are named by members, so there can be more parts than 16 bits
/// would number.
pub(super) fn place(part: u32) -> usize {
    usize::try_from(part).unwrap_or(usize::MAX)
}

/// One dimension in one structure.
pub(super) struct Cut<'v, 'm> {
    pub(super) dimension: Dimension,
    view: &'v View<'m>,
    /// The parts in the order in which they are shown; among all parts of a table of several cuts the first of these
    /// stands at `first`.
    ids: Vec<String>,
    index: BTreeMap<String, u32>,
    first: u32,
    not_stated: u32,
    unassigned: u32,
    /// Where organisations are, if the dimension is one of places.
    homes: Option<Homes>,
    places: &'v Places,
}

impl<'v, 'm> Cut<'v, 'm> {
    /// A dimension of all that is in a view, whose parts are numbered from `first` on.
    pub(super) fn of(
        view: &'v View<'m>,
        (structure, places): (&Structure<'_>, &'v Places),
        (dimension, basis): (Dimension, Basis),
        first: u32,
    ) -> Self {
        let ids = ids(dimension, view, places);
        let index: BTreeMap<String, u32> = (first..).zip(&ids).map(|(at, id)| (id.clone(), at)).collect();
        // What no part is known of is unassigned, which stands last.
        let last = first.saturating_add(u32::try_from(ids.len().saturating_sub(1)).unwrap_or(u32::MAX));
        let not_stated = index.get(NOT_STATED).copied().unwrap_or(last);
        let mut cut = Self { dimension, view, ids, index, first, not_stated, unassigned: last, homes: None, places };
        cut.homes = dimension.is_of_place().then(|| Homes::of(view, structure, basis, |number| cut.part_of(number)));
        cut
    }

    /// The number behind that of its last part.
    pub(super) fn end(&self) -> u32 {
        self.first.saturating_add(u32::try_from(self.ids.len()).unwrap_or(u32::MAX))
    }

    /// Its parts in their order.
    pub(super) fn into_ids(self) -> Vec<String> {
        self.ids
    }

    /// Tells the parts in which a subject falls: none if the dimension says nothing about such a subject.
    pub(super) fn tell(&self, subject: Subject<'_, '_>, into: &mut Vec<u32>) {
        match (self.dimension, subject) {
            (Dimension::All, _) => into.push(self.first),
            (Dimension::Sector, Subject::Case(case) | Subject::Use(_, case)) => into.push(self.sector(case.now.sector)),
            (Dimension::Sector, Subject::Need(need)) => into.push(self.sector(need.now.sector)),
            (Dimension::Theme, Subject::Case(case) | Subject::Use(_, case)) => self.themes(&case.now.themes, into),
            (Dimension::Theme, Subject::Need(need)) => self.themes(&need.now.themes, into),
            (Dimension::Programme, Subject::Case(case) | Subject::Use(_, case)) => self.programmes(case, into),
            (Dimension::Sector | Dimension::Theme | Dimension::Programme, _) => {}
            (
                Dimension::KostraGroup
                | Dimension::Size
                | Dimension::Centrality
                | Dimension::County
                | Dimension::Municipality,
                _,
            ) => into.push(self.home(subject)),
        }
    }

    fn sector(&self, stated: Option<Sector>) -> u32 {
        stated.map_or(self.not_stated, |sector| self.code(sector))
    }

    fn themes(&self, themes: &[Theme], into: &mut Vec<u32>) {
        self.each(themes.iter().map(|theme| self.code(*theme)), into);
    }

    /// The part of a code: parts of a code list stand in its order.
    fn code<T: CodeList>(&self, code: T) -> u32 {
        let place = stated::<T>().position(|one| one == code).and_then(|place| u32::try_from(place).ok());
        place.map_or(self.not_stated, |place| self.first.saturating_add(place))
    }

    fn programmes(&self, case: &CaseAt<'_>, into: &mut Vec<u32>) {
        self.each(case.programmes.iter().map(|id| self.part(&id.to_string())), into);
    }

    fn each(&self, parts: impl Iterator<Item = u32>, into: &mut Vec<u32>) {
        let before = into.len();
        into.extend(parts);
        if into.len() == before {
            into.push(self.not_stated);
        }
    }

    /// The part of the place where a subject is or was.
    fn home(&self, subject: Subject<'_, '_>) -> u32 {
        let day = self.view.day;
        let part = |orgs, on| self.homes.as_ref().and_then(|homes| homes.part(orgs, on));
        let found = match subject {
            Subject::Place(number) => Some(self.part_of(Some(number))),
            Subject::Member(org) => part(self.alone(org), day),
            Subject::Case(case) => part(case.orgs, case.reached.unwrap_or(case.record.published)),
            Subject::Use(one, _) => part(one.orgs, one.reached.unwrap_or(day)),
            Subject::Need(need) => part(need.orgs, need.record.opened),
        };
        found.unwrap_or(self.unassigned)
    }

    /// A member stands for itself: one that went into another is none.
    fn alone(&self, org: OrgNumber) -> OrgAt {
        let at = self.view.organisations().place(org);
        OrgAt { then: at, today: at }
    }

    fn part_of(&self, number: Option<MunicipalityNumber>) -> u32 {
        let Some(number) = number else { return self.unassigned };
        let by = |id: fn(Traits) -> String| match self.places.get(number).map(|place| place.traits) {
            None => self.unassigned,
            Some(None) => self.not_stated,
            Some(Some(traits)) => self.part(&id(traits)),
        };
        match self.dimension {
            Dimension::Municipality => self.part(&number.to_string()),
            Dimension::County => self.part(&county(number)),
            Dimension::KostraGroup => by(|t| t.kostra_group.to_string()),
            Dimension::Centrality => by(|t| t.centrality.to_string()),
            Dimension::Size => by(|t| t.size.id().to_owned()),
            Dimension::All | Dimension::Sector | Dimension::Theme | Dimension::Programme => self.first,
        }
    }

    /// The number of a part.
    fn part(&self, id: &str) -> u32 {
        self.index.get(id).copied().unwrap_or(self.unassigned)
    }
}

/// The county of a municipality number: its first two digits.
pub fn county(number: MunicipalityNumber) -> String {
    number.to_string().chars().take(2).collect()
}

/// The parts of a dimension, in the order in which they are shown.
fn ids(dimension: Dimension, view: &View<'_>, places: &Places) -> Vec<String> {
    let numbers = places.numbers();
    let traits = || places.all().filter_map(|p: &Place| p.traits);
    let mut ids: Vec<String> = match dimension {
        Dimension::All => return vec![ALL.to_owned()],
        Dimension::Sector => stated::<Sector>().map(|code| code.id().to_owned()).collect(),
        Dimension::Theme => stated::<Theme>().map(|code| code.id().to_owned()).collect(),
        Dimension::Programme => {
            let all: BTreeSet<EntryId> = view.cases().flat_map(|case| case.programmes.iter().copied()).collect();
            let named: BTreeSet<String> = all.iter().map(ToString::to_string).collect();
            named.into_iter().collect()
        }
        Dimension::KostraGroup => numbered(traits().map(|t| t.kostra_group)),
        Dimension::Centrality => numbered(traits().map(|t| t.centrality)),
        Dimension::Size => SizeBand::ALL.map(|band| band.id().to_owned()).into(),
        Dimension::County => numbers.into_iter().map(county).collect::<BTreeSet<_>>().into_iter().collect(),
        Dimension::Municipality => numbers.into_iter().map(|n| n.to_string()).collect(),
    };
    ids.extend([NOT_STATED, UNASSIGNED].map(str::to_owned));
    ids
}

fn stated<T: CodeList>() -> impl Iterator<Item = T> {
    T::ALL.iter().copied().filter(|code| *code != T::NOT_STATED)
}

fn numbered(groups: impl Iterator<Item = u8>) -> Vec<String> {
    groups.collect::<BTreeSet<u8>>().into_iter().map(|group| group.to_string()).collect()
}
