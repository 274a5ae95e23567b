//! What people read where a figure has ids: its parts, its series, what these measure.

use std::collections::BTreeMap;

use idenett_protocol::barometer::{
    ALL, Basis, Dimension, Indicator, Measure, NOT_STATED, Places, SizeBand, Span, UNASSIGNED, county,
};
use idenett_protocol::codes::{
    CaseStatus, Channel, CodeList, Factor, Lang, Participant, SavedUnit, Sector, Theme, Value,
};
use idenett_protocol::id::EntryId;

use crate::language::{Tongue, capital};

/// Names for the ids of figures, in one language.
#[derive(Clone, Copy, Debug)]
pub struct Labels<'a> {
    /// The language.
    pub tongue: Tongue,
    /// The names of municipalities and counties.
    pub places: &'a Places,
    /// The titles of programmes, written by members; one that is not here is told by its id.
    pub programmes: &'a BTreeMap<EntryId, String>,
}

impl Labels<'_> {
    /// A part of a dimension. What has no name is told by its id.
    pub fn part(&self, dimension: Dimension, id: &str) -> String {
        match id {
            ALL | NOT_STATED | UNASSIGNED => return self.text("part", id),
            _ => {}
        }
        let named = match dimension {
            Dimension::All => None,
            Dimension::Sector => self.code::<Sector>(id),
            Dimension::Theme => self.code::<Theme>(id),
            Dimension::KostraGroup => Some(self.tongue.with("part-kostra-group", "n", id).into_owned()),
            Dimension::Centrality => Some(self.tongue.with("part-centrality", "n", id).into_owned()),
            Dimension::Size => SizeBand::ALL.iter().find(|b| b.id() == id).map(|b| self.text("part-size", b.id())),
            Dimension::County => self.county(id),
            Dimension::Municipality => self.municipality(id),
            Dimension::Programme => id.parse().ok().and_then(|id: EntryId| self.programmes.get(&id).cloned()),
        };
        named.unwrap_or_else(|| id.to_owned())
    }

    /// A series of an indicator. Where reuse comes from a part, that part is one of the dimension.
    pub fn series(&self, indicator: Indicator, dimension: Dimension, id: &str) -> String {
        let code = match indicator {
            Indicator::B8 => self.code::<Value>(id),
            Indicator::B9 => id.parse::<u16>().ok().map(|year| year.to_string()),
            Indicator::B13 => self.factor(id),
            Indicator::B14 => self.code::<Participant>(id),
            Indicator::B17 => id.strip_prefix("from:").map(|part| self.from(dimension, part)),
            Indicator::B18 => self.code::<Channel>(id),
            Indicator::B20 => self.code::<SavedUnit>(id),
            Indicator::B24 => self.code::<Lang>(id),
            Indicator::S1 => self.code::<CaseStatus>(id),
            Indicator::B1
            | Indicator::B2
            | Indicator::B3
            | Indicator::B4
            | Indicator::B5
            | Indicator::B6
            | Indicator::B7
            | Indicator::B10
            | Indicator::B11
            | Indicator::B12
            | Indicator::B15
            | Indicator::B16
            | Indicator::B19
            | Indicator::B21
            | Indicator::B22
            | Indicator::B23
            | Indicator::S2 => None,
        };
        code.unwrap_or_else(|| self.text("series", id))
    }

    /// By what a figure is broken down.
    pub fn dimension(&self, dimension: Dimension) -> String {
        self.text("dimension", dimension.id())
    }

    /// Which municipalities a table shows.
    pub fn basis(&self, basis: Basis) -> String {
        self.text("basis", basis.id())
    }

    /// What a series measures, with its unit.
    pub fn measure(&self, measure: Measure) -> String {
        self.text("measure", measure_id(measure))
    }

    /// The days that windows cover.
    pub fn period(&self, span: Span) -> String {
        match span {
            Span::Year(year) => year.to_string(),
            Span::Months24 => self.tongue.say("figures-24m").into_owned(),
        }
    }

    fn county(&self, id: &str) -> Option<String> {
        // A county is told by its own row, and where a municipality is its own county, as Oslo, by that.
        let own = format!("{id}00").parse().ok().and_then(|number| self.places.get(number));
        let mut within = self.places.all().filter(|p| county(p.number) == id);
        own.or_else(|| within.next().filter(|_| within.next().is_none())).map(|p| p.name.clone())
    }

    fn municipality(&self, id: &str) -> Option<String> {
        self.places.get(id.parse().ok()?).map(|p| p.name.clone())
    }

    fn factor(&self, id: &str) -> Option<String> {
        let (side, factor) = id.split_once(':')?;
        let factor = Factor::named(factor)?.label(self.tongue.lang());
        Some(format!("{}: {factor}", self.text("series", side)))
    }

    fn from(&self, dimension: Dimension, part: &str) -> String {
        self.tongue.with("series-from", "part", &self.part(dimension, part)).into_owned()
    }

    fn code<T: CodeList>(&self, id: &str) -> Option<String> {
        T::named(id).map(|code| capital(code.label(self.tongue.lang())))
    }

    fn text(&self, list: &str, id: &str) -> String {
        let key = format!("{list}-{}", id.replace('_', "-"));
        // A series of later definitions has no text yet.
        if self.tongue.has(&key) { self.tongue.say(&key).into_owned() } else { id.to_owned() }
    }
}

/// A measure as programs name it.
pub(super) const fn measure_id(measure: Measure) -> &'static str {
    match measure {
        Measure::Share => "share",
        Measure::Level => "level",
        Measure::Mean => "mean",
        Measure::Median => "median",
        Measure::Survival => "survival",
        Measure::Saved => "saved",
        Measure::Net => "net",
    }
}

#[cfg(test)]
mod tests {
    use idenett_protocol::barometer::Reckoning;

    use super::super::samples::{material, places, programmes, statistics};
    use super::*;

    fn labels(tongue: Tongue, told: impl Fn(&Labels<'_>)) {
        let (places, programmes) = (places(), programmes());
        told(&Labels { tongue, places: &places, programmes: &programmes });
    }

    #[test]
    fn parts_have_names_and_what_has_none_keeps_its_id() {
        use Dimension as D;
        labels(Tongue::Nn, |l| {
            for (dimension, id, name) in [
                (D::All, "all", "Alle"),
                (D::Sector, "health_care", "Helse og omsorg"),
                (D::Sector, "of_a_later_version", "of_a_later_version"),
                (D::KostraGroup, "3", "KOSTRA-gruppe 3"),
                (D::Size, "2-5", "2000 til 4999 innbyggjarar"),
                (D::County, "34", "Innlandet"),
                (D::County, "03", "Oslo"),
                (D::County, "05", "05"),
                (D::Municipality, "3446", "Gran"),
                (D::Municipality, "0534", "0534"),
                (D::Municipality, "unassigned", "Ikkje plassert"),
                (D::Programme, "not_stated", "Ikkje oppgitt"),
            ] {
                assert_eq!(l.part(dimension, id), name, "{dimension} {id}");
            }
            let [(id, title)] = programmes().into_iter().next().map(|p| [p]).expect("a programme");
            assert_eq!(l.part(D::Programme, &id.to_string()), title);
        });
    }

    #[test]
    fn series_have_names_in_each_language() {
        for (tongue, indicator, id, name) in [
            (Tongue::Nb, Indicator::B2, "adapted_or_copy", "Tilpasset eller kopi"),
            (Tongue::Nb, Indicator::B9, "2025", "2025"),
            (Tongue::Nn, Indicator::B13, "hindering:economy", "Hemmar: økonomi"),
            (Tongue::En, Indicator::B17, "from:3446", "From Gran"),
            (Tongue::Nn, Indicator::B18, "this_network", "Dette nettverket"),
            (Tongue::En, Indicator::B24, "across", "Across bokmål and nynorsk"),
        ] {
            labels(tongue, |l| assert_eq!(l.series(indicator, Dimension::Municipality, id), name));
        }
    }

    #[test]
    fn no_series_part_or_measure_of_a_release_is_without_a_name() {
        let (statistics, places, programmes) = (statistics(), places(), programmes());
        assert_eq!(statistics.figures.len(), Reckoning::cuts().len() * Indicator::EVERY.len());
        assert!(!material().cases.is_empty());
        for tongue in Tongue::ALL {
            let l = Labels { tongue, places: &places, programmes: &programmes };
            for figure in &statistics.figures {
                for cell in &figure.cells {
                    let series = l.series(figure.indicator, figure.dimension, &cell.series);
                    let is_year = figure.indicator == Indicator::B9 && series == cell.series;
                    assert!(series != cell.series || is_year, "{} {}", figure.indicator, cell.series);
                    let part = l.part(figure.dimension, &cell.part);
                    assert_ne!(part, cell.part, "{} {}", figure.dimension, cell.part);
                }
                assert_ne!(l.dimension(figure.dimension), figure.dimension.id());
                assert_ne!(l.basis(figure.basis), figure.basis.id());
            }
        }
    }
}
