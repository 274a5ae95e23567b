//! The names of the values of facets, in addresses and answers, and the numbers that stand for them.

use idenett_protocol::barometer::SizeBand;
use idenett_protocol::codes::{
    CaseStatus, CodeList, InnovationType, Lang, Licence, NeedStatus, Origin, Sector, Theme, WickedProblem,
};
use idenett_protocol::organisation::OrgNumber;

use super::packed::{COUNTIES, FIRST_YEAR, owner_number, width};
use super::traits::Facet;

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

fn id_of<T: CodeList>(number: u64) -> Option<&'static str> {
    let code = *T::ALL.get(index(number)?)?;
    (code != T::NOT_STATED).then(|| code.id())
}

fn index(number: u64) -> Option<usize> {
    usize::try_from(number.checked_sub(1)?).ok()
}

#[cfg(test)]
mod tests {
    use idenett_protocol::codes::Code;

    use super::super::packed::Packed;
    use super::super::traits::Traits;
    use super::*;

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
}
