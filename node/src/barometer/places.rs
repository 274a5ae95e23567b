//! The municipal tables of the definitions: places of 2024 and the changes of numbers that led to them. They belong to
//! the version of the definitions; a later table is a later version.

use std::sync::LazyLock;

use idenett_protocol::barometer::{Place, Places, Renumbering, SizeBand, Traits};
use idenett_protocol::codes::Lang;
use idenett_protocol::organisation::MunicipalityNumber;
use idenett_protocol::time::Day;

use crate::municipalities::{LanguageForm, language, rows, table};

const CHANGES: &str = include_str!("../../../examples/municipality_changes.tsv");
const COUNTIES: &str = include_str!("../../../examples/counties.tsv");
/// The day from which the table of municipalities holds.
const SINCE: (i32, u32, u32) = (2024, 1, 1);

static PLACES: LazyLock<Places> = LazyLock::new(|| {
    let (year, month, day) = SINCE;
    let since = Day::from_ymd(year, month, day).unwrap_or_else(|| idenett_protocol::time::Timestamp::default().day());
    let municipalities = table().filter_map(|cells| municipality(&cells));
    let counties = rows(COUNTIES).filter_map(|cells| county(&cells));
    Places::new(since, municipalities.chain(counties).collect(), rows(CHANGES).filter_map(|cells| change(&cells)))
});

/// The places of the definitions.
pub fn places() -> &'static Places {
    &PLACES
}

/// The number that a municipality of today had on a day; `None` if it was part of another then, or several.
pub(crate) fn number_on(number: MunicipalityNumber, day: Day) -> Option<MunicipalityNumber> {
    let changes: Vec<Renumbering> = rows(CHANGES).filter_map(|cells| change(&cells)).collect();
    let mut then = number;
    for days in changes.chunk_by(|a, b| a.day == b.day).rev().take_while(|days| days.iter().any(|c| c.day > day)) {
        let into: Vec<_> = days.iter().filter(|c| c.to == then).collect();
        match into.as_slice() {
            [] => {}
            [one] if days.iter().filter(|c| c.from == one.from).count() == 1 => then = one.from,
            _ => return None,
        }
    }
    Some(then)
}

fn municipality(cells: &[&str]) -> Option<Place> {
    let cell = |n: usize| cells.get(n).copied().unwrap_or_default();
    let written = match language(cell(9)) {
        LanguageForm::Nb => Some(Lang::Nb),
        LanguageForm::Nn => Some(Lang::Nn),
        LanguageForm::Neutral => None,
    };
    let traits = Traits {
        kostra_group: cell(8).parse().ok()?,
        centrality: cell(7).parse().ok()?,
        size: SizeBand::of(cell(6).parse().ok()?),
        written,
    };
    let (number, name) = (cell(1).parse().ok()?, cell(2).to_owned());
    Some(Place { org: cell(0).parse().ok(), number, name, traits: Some(traits) })
}

fn county(cells: &[&str]) -> Option<Place> {
    let cell = |n: usize| cells.get(n).copied().unwrap_or_default();
    let number = format!("{}00", cell(1)).parse().ok()?;
    Some(Place { org: cell(0).parse().ok(), number, name: cell(2).to_owned(), traits: None })
}

fn change(cells: &[&str]) -> Option<Renumbering> {
    let cell = |n: usize| cells.get(n).copied().unwrap_or_default();
    Some(Renumbering { day: cell(0).parse().ok()?, from: cell(1).parse().ok()?, to: cell(2).parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_municipality_has_the_number_of_the_day() {
        let number = |text: &str| text.parse::<MunicipalityNumber>().expect("a number");
        let on = |text: &str, day: &str| number_on(number(text), day.parse().expect("a day"));
        assert_eq!(on("3234", "2026-01-01"), Some(number("3234")), "Lunner");
        assert_eq!(on("3234", "2023-12-31"), Some(number("3054")));
        assert_eq!(on("3234", "2019-12-31"), Some(number("0533")));
        assert_eq!((on("1580", "2023-12-31"), on("1508", "2023-12-31")), (None, None), "Haram left Ålesund");
        assert_eq!(on("1580", "2024-01-01"), Some(number("1580")));
    }

    #[test]
    fn there_are_371_organisations_and_every_change_is_read() {
        assert_eq!(places().all().count(), 371);
        assert_eq!(places().all().filter(|p| p.traits.is_none()).count(), 14);
        assert_eq!(rows(CHANGES).filter_map(|cells| change(&cells)).count(), rows(CHANGES).count());
        assert_eq!(rows(CHANGES).count(), 504);
    }
}
