//! By what figures are broken down, and in which part each subject falls. Every subject falls in some part, so that
//! the parts of a table add up; a case of several themes or programmes falls in each of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::codes::{CodeList, NotInList, Sector, Theme};
use crate::organisation::{MunicipalityNumber, OrgNumber};
use crate::time::Day;

use super::places::{Place, Places, SizeBand, Structure};
use super::view::{CaseAt, NeedAt, UseAt, View};

/// The part of everything.
pub const ALL: &str = "all";
/// The part of those that are no municipality, or say nothing.
pub const NOT_STATED: &str = "not_stated";
/// The part of those whose municipality cannot be told.
pub const UNASSIGNED: &str = "unassigned";

/// By what a figure is broken down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each variant is the dimension of its name")]
pub enum Dimension {
    /// Nothing: one figure for all.
    All,
    Sector,
    Theme,
    KostraGroup,
    Size,
    Centrality,
    County,
    Municipality,
    Programme,
}

impl Dimension {
    /// Every dimension.
    pub const EVERY: [Self; 9] = [
        Self::All,
        Self::Sector,
        Self::Theme,
        Self::KostraGroup,
        Self::Size,
        Self::Centrality,
        Self::County,
        Self::Municipality,
        Self::Programme,
    ];

    /// The dimension as programs name it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Sector => "sector",
            Self::Theme => "theme",
            Self::KostraGroup => "kostra_group",
            Self::Size => "size",
            Self::Centrality => "centrality",
            Self::County => "county",
            Self::Municipality => "municipality",
            Self::Programme => "programme",
        }
    }

    /// Whether it asks where a subject is, not what it is about.
    pub const fn is_of_place(self) -> bool {
        matches!(self, Self::KostraGroup | Self::Size | Self::Centrality | Self::County | Self::Municipality)
    }

    /// Whether a subject can fall in several parts, so that these do not add up.
    pub const fn overlaps(self) -> bool {
        matches!(self, Self::Theme | Self::Programme)
    }

    /// Whether the tables know it for the structure of the time.
    pub const fn is_known_then(self) -> bool {
        !matches!(self, Self::KostraGroup | Self::Size | Self::Centrality)
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl std::str::FromStr for Dimension {
    type Err = NotInList;

    fn from_str(id: &str) -> Result<Self, NotInList> {
        let found = Self::EVERY.into_iter().find(|d| d.id() == id);
        found.ok_or_else(|| NotInList { list: "dimension", id: id.chars().take(40).collect() })
    }
}

/// Which municipalities a table shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Those of today, with what their predecessors did.
    #[default]
    Today,
    /// Those that were there when it happened.
    Then,
}

impl Basis {
    /// The structure as programs name it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Then => "then",
        }
    }
}

impl std::str::FromStr for Basis {
    type Err = NotInList;

    fn from_str(id: &str) -> Result<Self, NotInList> {
        let found = [Self::Today, Self::Then].into_iter().find(|b| b.id() == id);
        found.ok_or_else(|| NotInList { list: "structure", id: id.chars().take(40).collect() })
    }
}

/// What is counted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Subject<'s, 'm> {
    /// A member.
    Member(OrgNumber),
    /// A case.
    Case(&'s CaseAt<'m>),
    /// A use of a case, by the reuser's place.
    Use(&'s UseAt<'m>, &'s CaseAt<'m>),
    /// A need.
    Need(&'s NeedAt<'m>),
    /// A municipality or county, member or not.
    Place(MunicipalityNumber),
}

/// The parts of one dimension.
pub(super) struct Slices {
    pub(super) dimension: Dimension,
    basis: Basis,
    day: Day,
    /// The parts in the order in which they are shown.
    ids: Vec<String>,
    index: BTreeMap<String, u16>,
    /// The days on which a structure of the time may change.
    epochs: Vec<Day>,
    homes: BTreeMap<(OrgNumber, usize), u16>,
    numbers: BTreeMap<MunicipalityNumber, u16>,
}

impl Slices {
    /// The parts of a dimension for all that is in a view.
    pub(super) fn of(view: &View<'_>, (structure, places): (&Structure<'_>, &Places), cut: (Dimension, Basis)) -> Self {
        let (dimension, basis) = cut;
        let ids = ids(dimension, view, places);
        let index = (0_u16..).zip(&ids).map(|(at, id)| (id.clone(), at)).collect();
        let epochs = match basis {
            Basis::Today => Vec::new(),
            Basis::Then => structure.days().into_iter().collect(),
        };
        let (homes, numbers) = (BTreeMap::new(), BTreeMap::new());
        let mut slices = Self { dimension, basis, day: view.day, ids, index, epochs, homes, numbers };
        if dimension.is_of_place() {
            slices.settle(view, structure, places);
        }
        slices
    }

    /// Finds the part of every organisation at every time, once.
    fn settle(&mut self, view: &View<'_>, structure: &Structure<'_>, places: &Places) {
        for number in places.numbers() {
            let part = self.part_of(Some(number), places);
            self.numbers.insert(number, part);
        }
        for org in view.organisations() {
            for epoch in 0..=self.epochs.len() {
                let number = match self.basis {
                    Basis::Today => structure.number_today(org),
                    Basis::Then => structure.number_at(org, self.within(epoch)),
                };
                let part = self.part_of(number, places);
                self.homes.insert((org, epoch), part);
            }
        }
    }

    /// A day of an epoch.
    fn within(&self, epoch: usize) -> Day {
        match epoch.checked_sub(1).and_then(|before| self.epochs.get(before)) {
            Some(first) => *first,
            None => self.epochs.first().map_or(self.day, |day| day.add_days(-1)),
        }
    }

    fn part_of(&self, number: Option<MunicipalityNumber>, places: &Places) -> u16 {
        let Some(number) = number else { return self.part(UNASSIGNED) };
        let traits = || places.get(number).map(|place| place.traits);
        match self.dimension {
            Dimension::Municipality => self.part(&number.to_string()),
            Dimension::County => self.part(&county(number)),
            Dimension::KostraGroup => self.part_by(traits(), |t| t.kostra_group.to_string()),
            Dimension::Centrality => self.part_by(traits(), |t| t.centrality.to_string()),
            Dimension::Size => self.part_by(traits(), |t| t.size.id().to_owned()),
            Dimension::All | Dimension::Sector | Dimension::Theme | Dimension::Programme => self.part(ALL),
        }
    }

    fn part_by(
        &self,
        traits: Option<Option<super::places::Traits>>,
        id: impl Fn(super::places::Traits) -> String,
    ) -> u16 {
        match traits {
            None => self.part(UNASSIGNED),
            Some(None) => self.part(NOT_STATED),
            Some(Some(traits)) => self.part(&id(traits)),
        }
    }

    /// The place of a part; what no part is known of is unassigned, which stands last.
    fn part(&self, id: &str) -> u16 {
        let last = u16::try_from(self.ids.len().saturating_sub(1)).unwrap_or(u16::MAX);
        self.index.get(id).copied().unwrap_or(last)
    }

    /// The parts in the order in which they are shown.
    pub(super) fn ids(&self) -> &[String] {
        &self.ids
    }

    /// Whether the dimension says anything about a subject.
    pub(super) fn knows(&self, subject: Subject<'_, '_>) -> bool {
        let of_place = self.dimension == Dimension::All || self.dimension.is_of_place();
        match subject {
            Subject::Member(_) | Subject::Place(_) => of_place,
            Subject::Need(_) => self.dimension != Dimension::Programme,
            Subject::Case(_) | Subject::Use(..) => true,
        }
    }

    /// Tells the parts in which a subject falls: at least one.
    pub(super) fn parts(&self, subject: Subject<'_, '_>, mut tell: impl FnMut(u16)) {
        match self.dimension {
            Dimension::All => tell(0),
            Dimension::Sector => tell(self.stated(sector(subject).map(CodeList::id))),
            Dimension::Theme => self.each(themes(subject).iter().map(|t| t.id()), tell),
            Dimension::Programme => self.each(programmes(subject).iter().map(String::as_str), tell),
            Dimension::KostraGroup
            | Dimension::Size
            | Dimension::Centrality
            | Dimension::County
            | Dimension::Municipality => tell(self.home(subject)),
        }
    }

    fn each<'i>(&self, ids: impl Iterator<Item = &'i str>, mut tell: impl FnMut(u16)) {
        let mut told = false;
        for id in ids {
            told = true;
            tell(self.part(id));
        }
        if !told {
            tell(self.part(NOT_STATED));
        }
    }

    fn stated(&self, id: Option<&'static str>) -> u16 {
        self.part(id.unwrap_or(NOT_STATED))
    }

    /// The part of the place where a subject is or was.
    pub(super) fn home(&self, subject: Subject<'_, '_>) -> u16 {
        let (org, day) = match (subject, self.basis) {
            (Subject::Place(number), _) => return self.numbers.get(&number).copied().unwrap_or(self.part(UNASSIGNED)),
            (Subject::Member(org), _) => (org, self.day),
            (Subject::Case(case), Basis::Today) => (case.home, self.day),
            (Subject::Case(case), Basis::Then) => (case.owner, case.reached.unwrap_or(case.record.published)),
            (Subject::Use(one, _), Basis::Today) => (one.home, self.day),
            (Subject::Use(one, _), Basis::Then) => (one.org, one.reached.unwrap_or(self.day)),
            (Subject::Need(need), Basis::Today) => (need.home, self.day),
            (Subject::Need(need), Basis::Then) => (need.record.owner, need.record.opened),
        };
        let epoch = self.epochs.partition_point(|first| *first <= day);
        self.homes.get(&(org, epoch)).copied().unwrap_or(self.part(UNASSIGNED))
    }
}

fn sector(subject: Subject<'_, '_>) -> Option<Sector> {
    match subject {
        Subject::Case(case) | Subject::Use(_, case) => case.now.sector,
        Subject::Need(need) => need.now.sector,
        Subject::Member(_) | Subject::Place(_) => None,
    }
}

fn themes<'s>(subject: Subject<'s, '_>) -> &'s [Theme] {
    match subject {
        Subject::Case(case) | Subject::Use(_, case) => &case.now.themes,
        Subject::Need(need) => &need.now.themes,
        Subject::Member(_) | Subject::Place(_) => &[],
    }
}

fn programmes(subject: Subject<'_, '_>) -> Vec<String> {
    match subject {
        Subject::Case(case) | Subject::Use(_, case) => case.programmes.iter().map(ToString::to_string).collect(),
        Subject::Need(_) | Subject::Member(_) | Subject::Place(_) => Vec::new(),
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
        Dimension::Sector => stated::<Sector>(),
        Dimension::Theme => stated::<Theme>(),
        Dimension::Programme => {
            let all: BTreeSet<String> =
                view.cases().flat_map(|case| case.programmes.iter().map(ToString::to_string)).collect();
            all.into_iter().collect()
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

fn stated<T: CodeList>() -> Vec<String> {
    T::ALL.iter().filter(|code| **code != T::NOT_STATED).map(|code| code.id().to_owned()).collect()
}

fn numbered(groups: impl Iterator<Item = u8>) -> Vec<String> {
    groups.collect::<BTreeSet<u8>>().into_iter().map(|group| group.to_string()).collect()
}
