//! From the material to figures: one view for all figures of a day, one table for each question.

use super::figure::{Figure, Statistics};
use super::indicator::Indicator;
use super::indicators::{count, curve};
use super::material::Material;
use super::period::Span;
use super::places::{Places, Structure};
use super::slices::{Basis, Dimension, Slices};
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
        let slices = Slices::of(&self.view, (&self.structure, self.places), cut);
        let window = span.window(self.view.day);
        let (dimension, basis) = cut;
        let known = basis == Basis::Today || dimension.is_known_then();
        indicators
            .iter()
            .map(|indicator| Figure {
                indicator: *indicator,
                dimension,
                basis,
                cells: if known { count(*indicator, &self.view, window, &slices) } else { Vec::new() },
            })
            .collect()
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
        let figures = Self::cuts().into_iter().flat_map(|cut| self.figures(&Indicator::EVERY, span, cut)).collect();
        Statistics { figures, ..Self::heading(self.view.day, span) }
    }

    /// A set of figures in which none stands yet.
    pub const fn heading(day: Day, span: Span) -> Statistics {
        Statistics { definitions: DEFINITIONS, date: day, period: span, figures: Vec::new() }
    }
}
