//! What a case or need can be sorted out by: traits with few values, which all fit into one number, so that
//! counting them over a third of all cases costs one read a case.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use idenett_protocol::codes::{
    CaseStatus, Code, CodeList, InnovationType, Lang, Licence, NeedStatus, Origin, Sector, Theme, WickedProblem,
};
use idenett_protocol::kind::Kind;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::time::Day;

use crate::likeness::SizeBand;
use crate::municipalities::{self, by_org};

/// The first year that is told apart; what is older counts as of this year.
const FIRST_YEAR: i32 = 2000;
const YEARS: u64 = 63;

/// What results can be narrowed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// The part of the municipality.
    Sector,
    /// What it is about.
    Theme,
    /// How far it has come.
    Status,
    /// What is new.
    Type,
    /// How well it is founded.
    Evidence,
    /// Where it comes from.
    Origin,
    /// Who owns it.
    Owner,
    /// The owner's county.
    County,
    /// The owner's KOSTRA group.
    KostraGroup,
    /// How many people live there.
    Size,
    /// How central the owner lies.
    Centrality,
    /// The written language.
    Language,
    /// When it was taken in use, or told.
    Year,
    /// Under what licence its text may be used.
    Licence,
    /// Whether it has all that it takes to reuse it.
    Ready,
    /// Whether there is someone to ask.
    Askable,
    /// Problems without a final solution that it works at.
    Wicked,
}

impl Facet {
    /// All of them, in the order in which people are shown them.
    pub const ALL: [Self; 17] = [
        Self::Sector,
        Self::Theme,
        Self::Status,
        Self::Type,
        Self::Evidence,
        Self::Ready,
        Self::Askable,
        Self::County,
        Self::KostraGroup,
        Self::Size,
        Self::Centrality,
        Self::Language,
        Self::Year,
        Self::Origin,
        Self::Licence,
        Self::Wicked,
        Self::Owner,
    ];

    /// The name in addresses and answers.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Sector => "sector",
            Self::Theme => "theme",
            Self::Status => "status",
            Self::Type => "type",
            Self::Evidence => "evidence",
            Self::Origin => "origin",
            Self::Owner => "owner",
            Self::County => "county",
            Self::KostraGroup => "kostra_group",
            Self::Size => "size",
            Self::Centrality => "centrality",
            Self::Language => "lang",
            Self::Year => "year",
            Self::Licence => "licence",
            Self::Ready => "ready",
            Self::Askable => "askable",
            Self::Wicked => "wicked_problem",
        }
    }

    /// The facet of a name.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|facet| facet.id() == id)
    }
}

/// The traits of one case or need.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traits {
    /// Whether it is a need; otherwise it is a case.
    pub need: bool,
    /// The part of the municipality.
    pub sector: Code<Sector>,
    /// What it is about.
    pub themes: Vec<Code<Theme>>,
    /// The status of a case.
    pub status: Code<CaseStatus>,
    /// The status of a need.
    pub need_status: Code<NeedStatus>,
    /// What is new.
    pub types: Vec<Code<InnovationType>>,
    /// From 0 to 5.
    pub evidence: u8,
    /// Where it comes from.
    pub origin: Code<Origin>,
    /// Who owns it.
    pub owner: Option<OrgNumber>,
    /// The written language.
    pub lang: Code<Lang>,
    /// When it was taken in use, or told.
    pub year: Option<i32>,
    /// Under what licence.
    pub licence: Code<Licence>,
    /// Whether it has all that it takes to reuse it.
    pub ready: bool,
    /// Whether there is someone to ask.
    pub askable: bool,
    /// Problems without a final solution.
    pub wicked: Vec<Code<WickedProblem>>,
    /// When the version that is shown was signed.
    pub day: Option<Day>,
    /// Others that use it.
    pub reusers: usize,
}

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

/// What programs and people call a value of a facet; `None` for "not known".
pub(super) fn value_name(facet: Facet, need: bool, value: u64) -> Option<String> {
    let plain = |n: u64| (n > 0).then(|| n.to_string());
    let id = match facet {
        Facet::Sector => id_of::<Sector>(value),
        Facet::Status if need => id_of::<NeedStatus>(value),
        Facet::Status => id_of::<CaseStatus>(value),
        Facet::Origin => id_of::<Origin>(value),
        Facet::Language => id_of::<Lang>(value),
        Facet::Licence => id_of::<Licence>(value),
        Facet::Type => id_of::<InnovationType>(value + 1),
        Facet::Wicked => id_of::<WickedProblem>(value + 1),
        Facet::Size => index(value).and_then(|n| SizeBand::ALL.get(n)).map(|band| band.id()),
        Facet::Ready | Facet::Askable => (value == 1).then_some("yes"),
        Facet::County => return index(value).and_then(|n| COUNTIES.get(n)).map(|name| (*name).to_owned()),
        Facet::Evidence => return Some(value.to_string()),
        Facet::KostraGroup | Facet::Centrality => return plain(value),
        Facet::Year => {
            return index(value).and_then(|n| i32::try_from(n).ok()).map(|n| (FIRST_YEAR + n).to_string());
        }
        Facet::Theme => id_of::<Theme>(value),
        Facet::Owner => return plain(value),
    };
    id.map(str::to_owned)
}

/// The value that people or programs mean by a name; `None` if there is none.
pub(super) fn value_named(facet: Facet, need: bool, name: &str) -> Option<u64> {
    if facet == Facet::Owner {
        return name.parse::<OrgNumber>().ok().map(owner_number);
    }
    (0..width(facet) as u64).find(|v| value_name(facet, need, *v).as_deref() == Some(name))
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

fn id_of<T: CodeList>(number: u64) -> Option<&'static str> {
    let code = *T::ALL.get(index(number)?)?;
    (code != T::NOT_STATED).then(|| code.id())
}

fn index(number: u64) -> Option<usize> {
    usize::try_from(number.checked_sub(1)?).ok()
}

/// The counties in the order of the alphabet.
static COUNTIES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let all: BTreeSet<&str> = municipalities::all().iter().map(|m| m.county).collect();
    all.into_iter().collect()
});

fn county_rank(county: &str) -> u64 {
    COUNTIES.iter().position(|c| *c == county).map_or(0, |at| at as u64 + 1)
}

/// Whether a kind can be searched for.
pub const fn is_searched(kind: Kind) -> bool {
    matches!(kind, Kind::Case | Kind::Need)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_fits_its_field() {
        assert!(Sector::ALL.len() <= 16 && CaseStatus::ALL.len() <= 16 && NeedStatus::ALL.len() <= 16);
        assert!(Origin::ALL.len() <= 8 && Lang::ALL.len() <= 8 && Licence::ALL.len() <= 8);
        assert!(InnovationType::ALL.len() - 1 <= 4 && WickedProblem::ALL.len() - 1 <= 12);
        assert!(COUNTIES.len() < 32 && SizeBand::ALL.len() < 8);
        assert!(municipalities::all().iter().all(|m| m.kostra_group < 32 && m.centrality < 8));
    }

    #[test]
    fn what_is_packed_comes_back_by_its_name() {
        let traits = Traits {
            sector: Code::Known(Sector::Technical),
            status: Code::Known(CaseStatus::EndedWithLessons),
            types: vec![Code::Known(InnovationType::Service), Code::Known(InnovationType::Process)],
            evidence: 4,
            owner: Some("961381541".parse().expect("Gran")),
            lang: Code::Known(Lang::Nn),
            year: Some(2024),
            ready: true,
            ..Traits::default()
        };
        let packed = Packed::of(&traits);
        let rows = [
            (Facet::Sector, "technical"),
            (Facet::Status, "ended_with_lessons"),
            (Facet::Evidence, "4"),
            (Facet::County, "Innlandet"),
            (Facet::Size, "10-20"),
            (Facet::Language, "nn"),
            (Facet::Year, "2024"),
            (Facet::Ready, "yes"),
        ];
        for (facet, name) in rows {
            let value = packed.value(facet);
            assert_eq!(value_name(facet, false, value).as_deref(), Some(name), "{facet:?}");
            assert_eq!(value_named(facet, false, name), Some(value), "{facet:?}");
        }
        let types: Vec<_> = (0..4)
            .filter(|b| packed.value(Facet::Type) >> b & 1 == 1)
            .map(|b| value_name(Facet::Type, false, b))
            .collect();
        assert_eq!(types, [Some("service".to_owned()), Some("process".to_owned())]);
        assert_eq!(value_name(Facet::Licence, false, packed.value(Facet::Licence)), None);
    }

    #[test]
    fn facets_are_found_by_their_names() {
        assert!(Facet::ALL.iter().all(|f| Facet::named(f.id()) == Some(*f)));
        assert_eq!(Facet::named("colour"), None);
    }
}
