//! What a case or need can be sorted out by: traits with few values.

use idenett_protocol::codes::{
    CaseStatus, Code, InnovationType, Lang, Licence, NeedStatus, Origin, Sector, Theme, WickedProblem,
};
use idenett_protocol::kind::Kind;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::time::Day;

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

/// Whether a kind can be searched for.
pub const fn is_searched(kind: Kind) -> bool {
    matches!(kind, Kind::Case | Kind::Need)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facets_are_found_by_their_names() {
        assert!(Facet::ALL.iter().all(|f| Facet::named(f.id()) == Some(*f)));
        assert_eq!(Facet::named("colour"), None);
    }
}
