//! The municipalities of Norway since 2024, as a table that is carried in the binary. Knows nothing of who is a
//! member, and nothing of the time before.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use idenett_protocol::organisation::{MunicipalityNumber, OrgNumber};

const TABLE: &str = include_str!("../../examples/municipalities.tsv");

/// A municipality.
#[derive(Clone, Debug, PartialEq)]
pub struct Municipality {
    /// Its organisation number.
    pub org: OrgNumber,
    /// Its number of 2024.
    pub number: MunicipalityNumber,
    /// Its name.
    pub name: &'static str,
    /// Its official names in other languages.
    pub parallel: Vec<&'static str>,
    /// Its county.
    pub county: &'static str,
    /// People who lived there at the beginning of 2024.
    pub population: u32,
    /// Centrality, from 1 (most central) to 6.
    pub centrality: u8,
    /// Its KOSTRA group: municipalities of like size and economy.
    pub kostra_group: u8,
    /// The written Norwegian that it has chosen.
    pub language: LanguageForm,
    /// A point within it, degrees east.
    pub lon: f64,
    /// A point within it, degrees north.
    pub lat: f64,
}

/// The written Norwegian that a municipality asks the state to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LanguageForm {
    /// Bokmål.
    Nb,
    /// Nynorsk.
    Nn,
    /// Neither is asked for.
    Neutral,
}

static ALL: LazyLock<Vec<Municipality>> = LazyLock::new(|| rows(TABLE).filter_map(|cells| row(&cells)).collect());
static BY_ORG: LazyLock<BTreeMap<OrgNumber, usize>> =
    LazyLock::new(|| ALL.iter().enumerate().map(|(at, m)| (m.org, at)).collect());

/// The municipalities whose organisation number is known, in the order of the table.
pub fn all() -> &'static [Municipality] {
    &ALL
}

/// The municipality of an organisation number.
pub fn by_org(org: OrgNumber) -> Option<&'static Municipality> {
    BY_ORG.get(&org).and_then(|at| ALL.get(*at))
}

/// Every row of the table, those included whose organisation number is not known, as its cells.
pub(crate) fn table() -> impl Iterator<Item = Vec<&'static str>> {
    rows(TABLE)
}

/// The rows of a table of fields separated by tabs, without the lines that explain it.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

/// The written Norwegian that a cell names.
pub(crate) fn language(cell: &str) -> LanguageForm {
    match cell {
        "nb" => LanguageForm::Nb,
        "nn" => LanguageForm::Nn,
        _ => LanguageForm::Neutral,
    }
}

fn row(cells: &[&'static str]) -> Option<Municipality> {
    let cell = |n: usize| cells.get(n).copied().unwrap_or_default();
    Some(Municipality {
        org: cell(0).parse().ok()?,
        number: cell(1).parse().ok()?,
        name: cell(2),
        parallel: cell(3).split(';').map(str::trim).filter(|n| !n.is_empty()).collect(),
        county: cell(5),
        population: cell(6).parse().ok()?,
        centrality: cell(7).parse().ok()?,
        kostra_group: cell(8).parse().ok()?,
        language: language(cell(9)),
        lon: cell(10).parse().ok()?,
        lat: cell(11).parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearly_all_are_there_and_found_by_number() {
        assert!(all().len() >= 355);
        let gran = by_org("961381541".parse().expect("a number")).expect("Gran");
        assert_eq!((gran.name, gran.county, gran.kostra_group > 0), ("Gran", "Innlandet", true));
        let forms = |form| all().iter().filter(|m| m.language == form).count();
        assert!(forms(LanguageForm::Nn) > 80 && forms(LanguageForm::Nb) > 110);
    }
}
