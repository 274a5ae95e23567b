//! From the material to figures: one view for all figures of a day, one table for each question.

use super::dimension::{Basis, Dimension};
use super::figure::{Cell, Figure, Statistics};
use super::indicator::Indicator;
use super::indicators::{count, curve};
use super::material::Material;
use super::parallel::on_all_cores;
use super::period::{Span, Window};
use super::places::{Places, Structure};
use super::slices::{Slices, Table};
use super::tally::Tally;
use super::trace::Behind;
use super::value::Step;
use super::view::{Focus, View};
use crate::time::Day;

/// The version of the definitions: of the rules in this module and of the tables of municipalities. Figures of
/// different versions are never compared, and never drawn as one line.
pub const DEFINITIONS: u32 = 1;

/// The material of one day, from which any figure can be told.
pub struct Reckoning<'m> {
    places: &'m Places,
    structure: Structure<'m>,
    view: View<'m>,
}

impl<'m> Reckoning<'m> {
    /// The material at a day, as far as a focus sees it.
    pub fn at(material: &'m Material, places: &'m Places, day: Day, focus: Focus) -> Self {
        let structure = Structure::new(places, material);
        let view = View::at(material, &structure, day, focus);
        Self { places, structure, view }
    }

    /// The material as it stands.
    pub const fn view(&self) -> &View<'m> {
        &self.view
    }

    /// Which municipality each organisation is.
    pub const fn structure(&self) -> &Structure<'m> {
        &self.structure
    }

    /// One indicator by one dimension.
    pub fn figure(&self, indicator: Indicator, span: Span, cut: (Dimension, Basis)) -> Figure {
        self.figures(&[indicator], span, cut).pop().unwrap_or(Figure {
            indicator,
            dimension: cut.0,
            basis: cut.1,
            cells: Vec::new(),
        })
    }

    /// Indicators by one dimension.
    pub fn figures(&self, indicators: &[Indicator], span: Span, cut: (Dimension, Basis)) -> Vec<Figure> {
        let tables = self.tables(&[cut], span);
        indicators.iter().flat_map(|indicator| tables.count(*indicator)).collect()
    }

    /// What was counted in one cell of a figure, given by its series and part, in the order in which it was counted;
    /// nothing if there is no such cell.
    pub fn behind(&self, indicator: Indicator, span: Span, cut: (Dimension, Basis), cell: (&str, &str)) -> Vec<Behind> {
        let Tables { window, slices, .. } = self.tables(&[cut], span);
        let Some(slices) = slices.tracing(cell.0, cell.1).filter(|_| is_known(cut.0, cut.1)) else { return Vec::new() };
        count(indicator, &self.view, window, &slices).into_iter().flat_map(Tally::behind).collect()
    }

    /// Some dimensions beside each other, for indicators that are counted in all of them at once.
    pub fn tables(&self, cuts: &[(Dimension, Basis)], span: Span) -> Tables<'_, 'm> {
        let slices = Slices::of(&self.view, (&self.structure, self.places), cuts);
        Tables { view: &self.view, window: span.window(self.view.day), slices }
    }

    /// The curve behind B9: to what share cases were first reused by which day after their publication.
    pub fn time_to_reuse(&self) -> Vec<Step> {
        curve(&self.view)
    }

    /// The tables of a release, in their order: every dimension of today, and what the structure of the time knows.
    pub fn cuts() -> Vec<(Dimension, Basis)> {
        let today = Dimension::EVERY.map(|dimension| (dimension, Basis::Today));
        let then = [Dimension::County, Dimension::Municipality].map(|dimension| (dimension, Basis::Then));
        today.into_iter().chain(then).collect()
    }

    /// Everything that a release covers.
    pub fn statistics(&self, span: Span) -> Statistics {
        let tables = self.tables(&Self::cuts(), span);
        let counted = on_all_cores(&Indicator::EVERY, |indicator| tables.count(*indicator));
        Self::heading(self.view.day, span).with(counted)
    }

    /// A set of figures in which none stands yet.
    pub const fn heading(day: Day, span: Span) -> Statistics {
        Statistics { definitions: DEFINITIONS, date: day, period: span, figures: Vec::new() }
    }
}

/// Some dimensions of a reckoning beside each other.
pub struct Tables<'r, 'm> {
    view: &'r View<'m>,
    window: Window,
    slices: Slices,
}

impl Tables<'_, '_> {
    /// An indicator by each of the dimensions, in their order.
    pub fn count(&self, indicator: Indicator) -> Vec<Figure> {
        let tallies = count(indicator, self.view, self.window, &self.slices);
        let cells = tallies.into_iter().flat_map(Tally::cells);
        let figure = |(table, cells): (&Table, Vec<Cell>)| {
            let Table { dimension, basis, .. } = *table;
            let cells = if is_known(dimension, basis) { cells } else { Vec::new() };
            Figure { indicator, dimension, basis, cells }
        };
        self.slices.tables().iter().zip(cells).map(figure).collect()
    }
}

/// Whether the tables know a dimension in a structure.
fn is_known(dimension: Dimension, basis: Basis) -> bool {
    basis == Basis::Today || dimension.is_known_then()
}
