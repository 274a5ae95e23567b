//! The traits of a case in two numbers, so that counting them over a third of all cases costs one look a case.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use idenett_protocol::barometer::SizeBand;
use idenett_protocol::codes::{Code, CodeList, Theme};
use idenett_protocol::organisation::OrgNumber;

use super::traits::{Facet, Traits};
use crate::municipalities::{self, by_org};

/// The first year that is told apart; what is older counts as of this year.
pub(super) const FIRST_YEAR: i32 = 2000;
const YEARS: u64 = 63;

/// Places of the fields in the packed number, from the lowest bit: shift and width.
mod place {
    pub(super) const SECTOR: (u32, u32) = (0, 4);
    pub(super) const STATUS: (u32, u32) = (4, 4);
    pub(super) const EVIDENCE: (u32, u32) = (8, 3);
    pub(super) const ORIGIN: (u32, u32) = (11, 3);
    pub(super) const COUNTY: (u32, u32) = (14, 5);
    pub(super) const GROUP: (u32, u32) = (19, 5);
    pub(super) const SIZE: (u32, u32) = (24, 3);
    pub(super) const CENTRALITY: (u32, u32) = (27, 3);
    pub(super) const LANG: (u32, u32) = (30, 3);
    pub(super) const YEAR: (u32, u32) = (33, 6);
    pub(super) const LICENCE: (u32, u32) = (39, 3);
    pub(super) const READY: (u32, u32) = (42, 1);
    pub(super) const ASKABLE: (u32, u32) = (43, 1);
    pub(super) const TYPES: (u32, u32) = (44, 4);
    pub(super) const WICKED: (u32, u32) = (48, 12);
    pub(super) const NEED: (u32, u32) = (60, 1);
}

/// The traits but for themes and owner, in one number. What is not known is 0 everywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Packed(pub(super) u64);

impl Packed {
    pub(super) fn of(traits: &Traits) -> Self {
        let municipality = traits.owner.and_then(by_org);
        let status = if traits.need { rank(&traits.need_status) } else { rank(&traits.status) };
        let year = traits.year.map_or(0, |y| u64::try_from(y - FIRST_YEAR + 1).unwrap_or(1).clamp(1, YEARS));
        let mut packed = Self::default();
        packed.set(place::SECTOR, rank(&traits.sector));
        packed.set(place::STATUS, status);
        packed.set(place::EVIDENCE, u64::from(traits.evidence));
        packed.set(place::ORIGIN, rank(&traits.origin));
        packed.set(place::COUNTY, municipality.map_or(0, |m| county_rank(m.county)));
        packed.set(place::GROUP, municipality.map_or(0, |m| u64::from(m.kostra_group)));
        packed.set(place::SIZE, municipality.map_or(0, |m| SizeBand::of(m.population) as u64 + 1));
        packed.set(place::CENTRALITY, municipality.map_or(0, |m| u64::from(m.centrality)));
        packed.set(place::LANG, rank(&traits.lang));
        packed.set(place::YEAR, year);
        packed.set(place::LICENCE, rank(&traits.licence));
        packed.set(place::READY, u64::from(traits.ready));
        packed.set(place::ASKABLE, u64::from(traits.askable));
        packed.set(place::TYPES, mask(&traits.types));
        packed.set(place::WICKED, mask(&traits.wicked));
        packed.set(place::NEED, u64::from(traits.need));
        packed
    }

    const fn set(&mut self, (shift, width): (u32, u32), value: u64) {
        self.0 |= (value & ((1 << width) - 1)) << shift;
    }

    const fn get(self, (shift, width): (u32, u32)) -> u64 {
        (self.0 >> shift) & ((1 << width) - 1)
    }

    pub(super) const fn is_need(self) -> bool {
        self.get(place::NEED) == 1
    }

    pub(super) const fn evidence(self) -> u64 {
        self.get(place::EVIDENCE)
    }

    /// The field of a facet, and whether its bits stand each for a value of its own. Themes and
    /// owners are not among them.
    const fn field(facet: Facet) -> Option<((u32, u32), bool)> {
        Some(match facet {
            Facet::Sector => (place::SECTOR, false),
            Facet::Status => (place::STATUS, false),
            Facet::Evidence => (place::EVIDENCE, false),
            Facet::Origin => (place::ORIGIN, false),
            Facet::County => (place::COUNTY, false),
            Facet::KostraGroup => (place::GROUP, false),
            Facet::Size => (place::SIZE, false),
            Facet::Centrality => (place::CENTRALITY, false),
            Facet::Language => (place::LANG, false),
            Facet::Year => (place::YEAR, false),
            Facet::Licence => (place::LICENCE, false),
            Facet::Ready => (place::READY, false),
            Facet::Askable => (place::ASKABLE, false),
            Facet::Type => (place::TYPES, true),
            Facet::Wicked => (place::WICKED, true),
            Facet::Theme | Facet::Owner => return None,
        })
    }

    /// Whether a document has one value of a facet, which is a number.
    pub(super) const fn is_number(facet: Facet) -> bool {
        matches!(Self::field(facet), Some((_, false)))
    }

    /// The value of a facet, or the bits of its values.
    pub(super) const fn value(self, facet: Facet) -> u64 {
        match Self::field(facet) {
            Some((place, _)) => self.get(place),
            None => 0,
        }
    }
}

/// What a case is ranked by beside its words, in one number: day, reusers and place of the owner.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Merit(pub(super) u64);

impl Merit {
    const DAY_SHIFT: u32 = 26;
    const REUSERS_SHIFT: u32 = 10;
    const MAX_REUSERS: u64 = 0xffff;
    const MAX_PLACE: u64 = 0x3ff;

    pub(super) fn of(traits: &Traits) -> Self {
        let day = traits.day.map_or(0, |d| u64::from(d.number().unsigned_abs()));
        let reusers = (traits.reusers as u64).min(Self::MAX_REUSERS);
        let place = traits.owner.map_or(0, place_number);
        Self(day << Self::DAY_SHIFT | reusers << Self::REUSERS_SHIFT | place)
    }

    /// The day, as a number of days since 1970.
    pub(super) const fn day(self) -> u64 {
        self.0 >> Self::DAY_SHIFT
    }

    pub(super) const fn reusers(self) -> u64 {
        (self.0 >> Self::REUSERS_SHIFT) & Self::MAX_REUSERS
    }

    /// The place of the owner in the table of municipalities, from 1; 0 for no municipality.
    pub(super) const fn place(self) -> u64 {
        self.0 & Self::MAX_PLACE
    }
}

/// The place of an organisation in the table of municipalities, from 1.
fn place_number(org: OrgNumber) -> u64 {
    municipalities::all().iter().position(|m| m.org == org).map_or(0, |at| at as u64 + 1)
}

/// Whether the values of a facet are bits of one number.
pub(super) const fn is_mask(facet: Facet) -> bool {
    matches!(Packed::field(facet), Some((_, true)))
}

/// Whether a part of the field of a facet lies among these bits of the packed number.
pub(super) fn overlaps(facet: Facet, shift: u32, bits: u32) -> bool {
    Packed::field(facet).is_some_and(|((from, width), _)| from < shift + bits && shift < from + width)
}

/// As many values as a facet has at most, "not known" included. Owners are not counted.
pub(super) const fn width(facet: Facet) -> usize {
    match (Packed::field(facet), facet) {
        (Some(((_, width), true)), _) => width as usize,
        (Some(((_, width), false)), _) => 1 << width,
        (None, Facet::Theme) => Theme::ALL.len() + 1,
        (None, _) => 0,
    }
}

/// The number of a theme, from 1.
pub(super) fn theme_number(theme: &Code<Theme>) -> Option<u64> {
    Some(rank(theme)).filter(|n| *n > 0)
}

/// An organisation number as it stands in the index.
pub(super) fn owner_number(org: OrgNumber) -> u64 {
    org.to_string().parse().unwrap_or_default()
}

/// The place of a code in its list, from 1; 0 for what is not stated or not known here.
fn rank<T: CodeList>(code: &Code<T>) -> u64 {
    let known = code.known();
    known.and_then(|k| T::ALL.iter().position(|c| *c == k)).map_or(0, |at| at as u64 + 1)
}

fn mask<T: CodeList>(codes: &[Code<T>]) -> u64 {
    codes.iter().map(rank).filter(|n| *n > 0).fold(0, |mask, n| mask | 1 << (n - 1))
}

/// The counties in the order of the alphabet.
pub(super) static COUNTIES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let all: BTreeSet<&str> = municipalities::all().iter().map(|m| m.county).collect();
    all.into_iter().collect()
});

fn county_rank(county: &str) -> u64 {
    COUNTIES.iter().position(|c| *c == county).map_or(0, |at| at as u64 + 1)
}

#[cfg(test)]
mod tests {
    use idenett_protocol::codes::{
        CaseStatus, InnovationType, Lang, Licence, NeedStatus, Origin, Sector, WickedProblem,
    };

    use super::*;

    #[test]
    fn every_list_fits_its_field() {
        assert!(Sector::ALL.len() <= 16 && CaseStatus::ALL.len() <= 16 && NeedStatus::ALL.len() <= 16);
        assert!(Origin::ALL.len() <= 8 && Lang::ALL.len() <= 8 && Licence::ALL.len() <= 8);
        assert!(InnovationType::ALL.len() - 1 <= 4 && WickedProblem::ALL.len() - 1 <= 12);
        assert!(Theme::ALL.len() < 128 && COUNTIES.len() < 32 && SizeBand::ALL.len() < 8);
        assert!(municipalities::all().iter().all(|m| m.kostra_group < 32 && m.centrality < 8));
    }
}
