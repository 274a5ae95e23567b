//! The filters of a search as they stand in addresses: what each is called and which values it has. Pages and the API
//! both read them here, and the API describes itself by them.

use std::collections::BTreeSet;

use idenett_protocol::barometer::SizeBand;
use idenett_protocol::codes::{
    CaseStatus, CodeList, InnovationType, Lang, Licence, NeedStatus, Origin, Sector, Theme, WickedProblem,
};
use idenett_protocol::kind::Kind;
use idenett_protocol::organisation::OrgNumber;

use crate::municipalities;
use crate::reading::Evidence;
use crate::search::Facet;

/// The values that a filter has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Values {
    /// These.
    Listed(Vec<&'static str>),
    /// Whole numbers from 0 up to this one.
    Numbers(usize),
    /// Organisation numbers.
    Organisations,
}

/// The name of a filter in addresses: `lang` is the language of the page.
pub(super) fn name_in(facet: Facet) -> &'static str {
    if facet == Facet::Language { "written" } else { facet.id() }
}

/// The filter of a name in addresses.
pub(super) fn named(name: &str) -> Option<Facet> {
    Facet::ALL.into_iter().find(|facet| name_in(*facet) == name)
}

/// The filters by which things of a kind differ.
pub(super) fn of(kind: Kind) -> impl Iterator<Item = Facet> {
    let of_cases_alone =
        |facet: &Facet| matches!(facet, Facet::Type | Facet::Evidence | Facet::Ready | Facet::Origin | Facet::Licence);
    Facet::ALL.into_iter().filter(move |facet| kind == Kind::Case || !of_cases_alone(facet))
}

/// The values of a filter, as they stand in addresses.
pub(super) fn values(facet: Facet, kind: Kind) -> Values {
    match facet {
        Facet::Sector => codes::<Sector>(),
        Facet::Theme => codes::<Theme>(),
        Facet::Status if kind == Kind::Need => codes::<NeedStatus>(),
        Facet::Status => codes::<CaseStatus>(),
        Facet::Type => codes::<InnovationType>(),
        Facet::Origin => codes::<Origin>(),
        Facet::Language => codes::<Lang>(),
        Facet::Licence => codes::<Licence>(),
        Facet::Wicked => codes::<WickedProblem>(),
        Facet::Size => Values::Listed(SizeBand::ALL.map(SizeBand::id).into()),
        Facet::County => {
            let all: BTreeSet<&str> = municipalities::all().iter().map(|m| m.county).collect();
            Values::Listed(all.into_iter().collect())
        }
        Facet::Ready | Facet::Askable => Values::Listed(vec!["yes"]),
        Facet::Evidence => Values::Numbers(usize::from(Evidence::HIGHEST)),
        Facet::KostraGroup | Facet::Centrality => Values::Numbers(99),
        Facet::Year => Values::Numbers(9999),
        Facet::Owner => Values::Organisations,
    }
}

/// Whether a filter has this value, so that a misspelt one does not silently find nothing.
pub(super) fn is_value(facet: Facet, kind: Kind, value: &str) -> bool {
    match values(facet, kind) {
        Values::Listed(all) => all.contains(&value),
        Values::Numbers(most) => number(value).is_some_and(|n| n <= most),
        Values::Organisations => value.parse::<OrgNumber>().is_ok(),
    }
}

/// A number that is written in digits and nothing else.
pub(super) fn number(value: &str) -> Option<usize> {
    value.bytes().all(|b| b.is_ascii_digit()).then(|| value.parse().ok()).flatten()
}

fn codes<T: CodeList>() -> Values {
    Values::Listed(T::ALL.iter().filter(|code| **code != T::NOT_STATED).map(|code| code.id()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_has_the_values_that_it_names_and_no_others() {
        for kind in [Kind::Case, Kind::Need] {
            for facet in of(kind) {
                assert_eq!(named(name_in(facet)), Some(facet));
                if let Values::Listed(all) = values(facet, kind) {
                    assert!(!all.is_empty() && all.iter().all(|value| is_value(facet, kind, value)), "{facet:?}");
                }
                for wrong in ["", " ", "x", "not_stated", "+1", "-1", "1.0", "99999", "12345678901234567890123"] {
                    assert!(!is_value(facet, kind, wrong), "{facet:?} has `{wrong}`");
                }
            }
        }
        assert!(is_value(Facet::Status, Kind::Need, "open") && !is_value(Facet::Status, Kind::Case, "open"));
        assert!(is_value(Facet::Owner, Kind::Case, "961381541") && !is_value(Facet::Owner, Kind::Case, "961381540"));
        assert!(!of(Kind::Need).any(|facet| facet == Facet::Evidence));
    }
}
