//! Which municipality an organisation is: today, and at any day since the tables begin. Reforms end numbers,
//! merge and split municipalities; what cannot be told from the tables and the registrar's reforms is not guessed.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use crate::codes::Lang;
use crate::organisation::{MunicipalityNumber, OrgNumber};
use crate::time::Day;

use super::material::Material;

/// Reforms through which one organisation is followed: more than there can be in a working life.
const MAX_REFORMS: usize = 16;

/// Bands of population, as Norwegian statistics group municipalities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SizeBand {
    /// Fewer than 2,000 people.
    Under2,
    /// 2,000 to 4,999.
    From2To5,
    /// 5,000 to 9,999.
    From5To10,
    /// 10,000 to 19,999.
    From10To20,
    /// 20,000 to 49,999.
    From20To50,
    /// 50,000 and more.
    Over50,
}

impl SizeBand {
    /// From the smallest to the largest.
    pub const ALL: [Self; 6] =
        [Self::Under2, Self::From2To5, Self::From5To10, Self::From10To20, Self::From20To50, Self::Over50];

    /// The band of a population.
    pub const fn of(population: u32) -> Self {
        match population {
            0..2_000 => Self::Under2,
            2_000..5_000 => Self::From2To5,
            5_000..10_000 => Self::From5To10,
            10_000..20_000 => Self::From10To20,
            20_000..50_000 => Self::From20To50,
            50_000.. => Self::Over50,
        }
    }

    /// The band as programs name it: thousands of people.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Under2 => "under-2",
            Self::From2To5 => "2-5",
            Self::From5To10 => "5-10",
            Self::From10To20 => "10-20",
            Self::From20To50 => "20-50",
            Self::Over50 => "over-50",
        }
    }
}

/// A municipality, or a county where it acts as an organisation of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Its organisation number, where it is known.
    pub org: Option<OrgNumber>,
    /// Its number; of a county its two digits and `00`.
    pub number: MunicipalityNumber,
    /// Its name.
    pub name: String,
    /// What only municipalities have.
    pub traits: Option<Traits>,
}

/// By what municipalities are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traits {
    /// The KOSTRA group: like size and economy.
    pub kostra_group: u8,
    /// From 1 (most central) to 6.
    pub centrality: u8,
    /// How many people live there.
    pub size: SizeBand,
    /// The written Norwegian it has chosen, if it has.
    pub written: Option<Lang>,
}

/// One row of a reform: on this day the first number passed, wholly or in part, into the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Renumbering {
    /// The day from which the second holds.
    pub day: Day,
    /// The number before.
    pub from: MunicipalityNumber,
    /// The number after.
    pub to: MunicipalityNumber,
}

/// The municipalities in force from a day on, and how their numbers came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    since: Day,
    by_number: BTreeMap<MunicipalityNumber, Place>,
    by_org: BTreeMap<OrgNumber, MunicipalityNumber>,
    /// By day; of each day the numbers before and after.
    changes: BTreeMap<Day, BTreeSet<(MunicipalityNumber, MunicipalityNumber)>>,
}

impl Places {
    /// The places in force since a day, and the changes of numbers up to it.
    pub fn new(since: Day, places: Vec<Place>, changes: impl IntoIterator<Item = Renumbering>) -> Self {
        let by_org = places.iter().filter_map(|p| Some((p.org?, p.number))).collect();
        let by_number = places.into_iter().map(|p| (p.number, p)).collect();
        let mut by_day: BTreeMap<Day, BTreeSet<_>> = BTreeMap::new();
        for Renumbering { day, from, to } in changes {
            by_day.entry(day).or_default().insert((from, to));
        }
        Self { since, by_number, by_org, changes: by_day }
    }

    /// The place of a number in force.
    pub fn get(&self, number: MunicipalityNumber) -> Option<&Place> {
        self.by_number.get(&number)
    }

    /// The places in force.
    pub fn all(&self) -> impl Iterator<Item = &Place> {
        self.by_number.values()
    }

    /// How the numbers came about, by day and then by number.
    pub fn changes(&self) -> impl Iterator<Item = Renumbering> + '_ {
        let of_day = |(day, all): (&Day, &BTreeSet<(MunicipalityNumber, MunicipalityNumber)>)| {
            let day = *day;
            all.iter().map(move |(from, to)| Renumbering { day, from: *from, to: *to }).collect::<Vec<_>>()
        };
        self.changes.iter().flat_map(of_day)
    }

    /// Every number that is or was in force.
    pub fn numbers(&self) -> BTreeSet<MunicipalityNumber> {
        let changed = self.changes.values().flatten().flat_map(|(from, to)| [*from, *to]);
        self.by_number.keys().copied().chain(changed).collect()
    }

    /// The days on which numbers change.
    pub fn days(&self) -> BTreeSet<Day> {
        self.changes.keys().copied().collect()
    }

    /// What a number of one day is at a later day; `None` where it was split.
    fn forward(&self, number: MunicipalityNumber, from: Day, to: Day) -> Option<MunicipalityNumber> {
        if from >= to {
            return Some(number);
        }
        self.changes.range((Bound::Excluded(from), Bound::Included(to))).try_fold(number, |at, (_, changes)| {
            self.step(at, changes.iter().filter(|(before, _)| *before == at).map(|(_, after)| *after))
        })
    }

    /// What a number of one day was at an earlier day; `None` where several became one.
    fn backward(&self, number: MunicipalityNumber, from: Day, to: Day) -> Option<MunicipalityNumber> {
        if from <= to {
            return Some(number);
        }
        let days = self.changes.range((Bound::Excluded(to), Bound::Included(from)));
        days.rev().try_fold(number, |at, (_, changes)| {
            self.step(at, changes.iter().filter(|(_, after)| *after == at).map(|(before, _)| *before))
        })
    }

    /// Where one step leads: nowhere else if nothing is listed, and to the same number if that goes on.
    fn step(
        &self,
        at: MunicipalityNumber,
        found: impl Iterator<Item = MunicipalityNumber>,
    ) -> Option<MunicipalityNumber> {
        let found: BTreeSet<MunicipalityNumber> = found.collect();
        match (found.len(), found.first()) {
            (0, _) => Some(at),
            (1, Some(only)) => Some(*only),
            _ => found.contains(&at).then_some(at),
        }
    }
}

/// The municipalities of the organisations that a material names.
pub struct Structure<'a> {
    places: &'a Places,
    material: &'a Material,
}

impl<'a> Structure<'a> {
    /// The municipalities of a material's organisations.
    pub const fn new(places: &'a Places, material: &'a Material) -> Self {
        Self { places, material }
    }

    /// The places in force.
    pub const fn places(&self) -> &'a Places {
        self.places
    }

    /// The number that an organisation carried at a day.
    pub fn number_at(&self, org: OrgNumber, day: Day) -> Option<MunicipalityNumber> {
        let anchors = self.anchors(org);
        let before = anchors.range(..=day).next_back().map(|(at, number)| self.places.forward(*number, *at, day));
        let after = || anchors.range(day..).next().and_then(|(at, number)| self.places.backward(*number, *at, day));
        before.flatten().or_else(after)
    }

    /// The number today of an organisation, or of the one that took over all it had; `None` where that is not
    /// settled or it is no municipality.
    pub fn number_today(&self, org: OrgNumber) -> Option<MunicipalityNumber> {
        let mut at = org;
        for _ in 0..MAX_REFORMS {
            let Some(reform) = self.ended_by(at) else { return self.number_at(at, self.far()) };
            let heir = reform.to.first().filter(|_| reform.to.len() == 1 || reform.all_to_one)?;
            match *heir {
                (Some(next), _) => at = next,
                (None, number) => return self.places.forward(number?, reform.day, self.far()),
            }
        }
        None
    }

    /// The organisation that by a day took over all that one had, itself if nobody did or several.
    pub fn heir(&self, org: OrgNumber, day: Day) -> OrgNumber {
        let mut at = org;
        for _ in 0..MAX_REFORMS {
            let reform = self.ended_by(at).filter(|r| r.day <= day && (r.to.len() == 1 || r.all_to_one));
            match reform.and_then(|r| r.to.first()?.0) {
                Some(next) => at = next,
                None => return at,
            }
        }
        at
    }

    /// The days on which numbers or organisations may change.
    pub fn days(&self) -> BTreeSet<Day> {
        self.places.days().into_iter().chain(self.material.reforms.iter().map(|r| r.day)).collect()
    }

    /// The reform that ended an organisation.
    pub fn ended_by(&self, org: OrgNumber) -> Option<&'a super::material::Reform> {
        let names = |side: &[(Option<OrgNumber>, Option<MunicipalityNumber>)]| side.iter().any(|s| s.0 == Some(org));
        self.material.reforms.iter().find(|r| names(&r.from) && !names(&r.to))
    }

    /// The organisations that followed one by reforms up to a day, itself not included.
    pub fn successors(&self, org: OrgNumber, day: Day) -> BTreeSet<OrgNumber> {
        let mut found = BTreeSet::new();
        let mut open = vec![org];
        while let Some(at) = open.pop() {
            let reforms = self.material.reforms.iter().filter(|r| r.day <= day);
            for reform in reforms.filter(|r| r.from.iter().any(|f| f.0 == Some(at))) {
                open.extend(reform.to.iter().filter_map(|t| t.0).filter(|next| *next != org && found.insert(*next)));
            }
        }
        found
    }

    /// A day after which no table knows of a change.
    fn far(&self) -> Day {
        self.places.changes.keys().next_back().copied().unwrap_or(self.places.since).max(self.places.since)
    }

    /// The numbers that are known of an organisation, each with a day on which it carried it.
    fn anchors(&self, org: OrgNumber) -> BTreeMap<Day, MunicipalityNumber> {
        let mut anchors = BTreeMap::new();
        anchors.extend(self.material.members.get(&org).and_then(|m| m.number));
        anchors.extend(self.places.by_org.get(&org).map(|number| (self.places.since, *number)));
        for reform in &self.material.reforms {
            let of = |side: &[(Option<OrgNumber>, Option<MunicipalityNumber>)]| {
                side.iter().find(|s| s.0 == Some(org)).and_then(|s| s.1)
            };
            anchors.extend(of(&reform.from).map(|number| (reform.day.add_days(-1), number)));
            anchors.extend(of(&reform.to).map(|number| (reform.day, number)));
        }
        anchors
    }
}

#[cfg(test)]
mod tests {
    use super::super::material::{Membership, Reform};
    use super::*;

    fn number(text: &str) -> MunicipalityNumber {
        text.parse().expect("a number")
    }

    fn day(text: &str) -> Day {
        text.parse().expect("a day")
    }

    /// Lunner by number, Ålesund by merger and split, Snillfjord in three, Tønsberg that took in a part of Stokke.
    fn places() -> Places {
        let rows = [
            ("2017-01-01", "0704", "0704"),
            ("2017-01-01", "0720", "0704"),
            ("2017-01-01", "0720", "0710"),
            ("2020-01-01", "0533", "3054"),
            ("2020-01-01", "1504", "1507"),
            ("2020-01-01", "1534", "1507"),
            ("2020-01-01", "5012", "5055"),
            ("2020-01-01", "5012", "5056"),
            ("2020-01-01", "5012", "5059"),
            ("2024-01-01", "3054", "3234"),
            ("2024-01-01", "1507", "1508"),
            ("2024-01-01", "1507", "1580"),
        ];
        let changes = rows.map(|(d, from, to)| Renumbering { day: day(d), from: number(from), to: number(to) });
        Places::new(day("2024-01-01"), Vec::new(), changes)
    }

    #[test]
    fn numbers_are_followed_where_they_are_one_to_one() {
        let places = places();
        for (at, from, to, expected) in [
            ("0533", "2016-06-01", "2024-06-01", Some("3234")),
            ("0533", "2016-06-01", "2023-06-01", Some("3054")),
            ("1504", "2019-06-01", "2023-06-01", Some("1507")),
            ("1507", "2023-06-01", "2024-06-01", None),
            ("5012", "2019-06-01", "2020-01-01", None),
            ("0720", "2016-06-01", "2017-01-01", None),
            ("0704", "2016-06-01", "2024-01-01", Some("0704")),
        ] {
            assert_eq!(places.forward(number(at), day(from), day(to)), expected.map(number), "{at} from {from}");
        }
        for (at, from, to, expected) in [
            ("3234", "2024-06-01", "2019-12-31", Some("0533")),
            ("3234", "2024-06-01", "2020-01-01", Some("3054")),
            ("1508", "2024-06-01", "2023-12-31", Some("1507")),
            ("1507", "2023-06-01", "2019-06-01", None),
            ("5055", "2020-06-01", "2019-06-01", Some("5012")),
            ("0704", "2020-06-01", "2016-06-01", Some("0704")),
        ] {
            assert_eq!(places.backward(number(at), day(from), day(to)), expected.map(number), "{at} back to {to}");
        }
    }

    #[test]
    fn an_organisation_leads_to_its_heir_or_to_nobody() {
        let org = |text: &str| text.parse::<OrgNumber>().expect("an organisation number");
        let [old, heir, haram] = ["954597482", "935478715", "961381541"].map(org);
        let member =
            |from: &str, n: &str| Membership { keys: vec![(day(from), None)], number: Some((day(from), number(n))) };
        let merger = Reform {
            day: day("2020-01-01"),
            from: vec![(Some(old), Some(number("1504"))), (None, Some(number("1534")))],
            to: vec![(Some(heir), Some(number("1507")))],
            all_to_one: true,
        };
        let split = Reform {
            day: day("2024-01-01"),
            from: vec![(Some(heir), Some(number("1507")))],
            to: vec![(Some(heir), Some(number("1508"))), (Some(haram), Some(number("1580")))],
            all_to_one: false,
        };
        let members = [(old, member("2019-02-01", "1504")), (heir, member("2020-02-01", "1507"))].into();
        let material = Material { members, reforms: vec![merger, split], ..Material::default() };
        let places = places();
        let structure = Structure::new(&places, &material);
        assert_eq!(structure.number_at(old, day("2018-01-01")), Some(number("1504")));
        assert_eq!(structure.number_at(heir, day("2021-01-01")), Some(number("1507")));
        assert_eq!(structure.number_at(heir, day("2024-02-01")), Some(number("1508")));
        // What old had went to its heir, which kept its organisation number through the split.
        assert_eq!(structure.number_today(old), Some(number("1508")));
        assert_eq!(structure.number_today(haram), Some(number("1580")));
        assert_eq!(structure.successors(old, day("2023-01-01")), [heir].into());
        assert_eq!(structure.successors(old, day("2024-01-01")), [heir, haram].into());
        assert_eq!(structure.successors(old, day("2019-01-01")), BTreeSet::new());
    }
}
