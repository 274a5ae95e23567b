//! Finished tables, and the bytes by which two nodes compare theirs.

use serde::Serialize;

use crate::id::{BodyHash, tagged_hash};
use crate::time::Day;

use super::dimension::{Basis, Dimension};
use super::indicator::Indicator;
use super::period::Span;
use super::value::Value;

const TAG: &[u8] = b"idenett/statistics/1\0";

/// One cell of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// What is counted: the id of a series of the indicator.
    pub series: String,
    /// The part of the dimension.
    pub part: String,
    /// The figure.
    pub value: Value,
}

/// One indicator by one dimension. A cell that is not there is empty: nothing was counted in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Which.
    pub indicator: Indicator,
    /// By what it is broken down.
    pub dimension: Dimension,
    /// In which structure.
    pub basis: Basis,
    /// The cells, by series and part in the order in which they are shown.
    pub cells: Vec<Cell>,
}

impl Figure {
    /// The figure of a series and part.
    pub fn cell(&self, series: &str, part: &str) -> Option<Value> {
        self.cells.iter().find(|c| c.series == series && c.part == part).map(|c| c.value)
    }

    /// The parts of a series with their figures.
    pub fn parts<'a>(&'a self, series: &'a str) -> impl Iterator<Item = (&'a str, Value)> {
        self.cells.iter().filter(move |c| c.series == series).map(|c| (c.part.as_str(), c.value))
    }

    /// The series in their order.
    pub fn series(&self) -> Vec<&str> {
        let mut found: Vec<&str> = Vec::new();
        for cell in &self.cells {
            if found.last() != Some(&cell.series.as_str()) {
                found.push(&cell.series);
            }
        }
        found
    }
}

/// A whole set of figures of one day and span.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Statistics {
    /// The version of the definitions.
    pub definitions: u32,
    /// The day of reckoning.
    pub date: Day,
    /// The span that windows cover.
    pub period: Span,
    /// Every indicator by every dimension in the structure of today, and those that the structure of the time knows.
    pub figures: Vec<Figure>,
}

impl Statistics {
    /// The set with figures that were counted indicator by indicator: they stand table by table.
    #[must_use]
    pub fn with(mut self, counted: Vec<Vec<Figure>>) -> Self {
        self.figures = counted.into_iter().flatten().collect();
        // Stable: within a table the indicators keep their order.
        self.figures.sort_by_key(|figure| (figure.basis, figure.dimension));
        self
    }

    /// The bytes that are hashed: JSON without spaces, members in the order of the types, cells in theirs.
    ///
    /// # Errors
    /// If it cannot be written, which the types do not allow.
    pub fn bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }

    /// The hash of the figures of one indicator.
    ///
    /// # Errors
    /// If they cannot be written, which the types do not allow.
    pub fn hash_of(&self, indicator: Indicator) -> Result<BodyHash, serde_json::Error> {
        let figures: Vec<&Figure> = self.figures.iter().filter(|f| f.indicator == indicator).collect();
        Ok(BodyHash::from_bytes(tagged_hash(TAG, &[&serde_json::to_vec(&figures)?])))
    }

    /// A figure by its indicator, dimension and structure.
    pub fn figure(&self, indicator: Indicator, cut: (Dimension, Basis)) -> Option<&Figure> {
        self.figures.iter().find(|f| f.indicator == indicator && (f.dimension, f.basis) == cut)
    }

    /// The hash by which a release names them.
    ///
    /// # Errors
    /// If they cannot be written, which the types do not allow.
    pub fn hash(&self) -> Result<BodyHash, serde_json::Error> {
        Ok(BodyHash::from_bytes(tagged_hash(TAG, &[&self.bytes()?])))
    }
}
