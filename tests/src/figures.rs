//! Figures beside their limits: printed as a table, and as one JSON object a line where
//! `IDENETT_FIGURES` names a file.

use std::io::Write as _;

use serde::Serialize;

/// A measured figure beside its limit from the same run.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// What was measured.
    pub what: String,
    /// What was found.
    pub figure: f64,
    /// What it may be at most, or at least.
    pub limit: f64,
    /// Whether the limit is a lower bound.
    pub at_least: bool,
    /// The unit of both.
    pub unit: String,
    /// With what it was measured.
    pub note: String,
}

impl Figure {
    /// A figure that may be at most its limit.
    pub fn at_most(what: &str, figure: f64, limit: f64, unit: &str, note: String) -> Self {
        Self { what: what.into(), figure, limit, at_least: false, unit: unit.into(), note }
    }

    /// A figure that must be at least its limit.
    pub fn at_least(what: &str, figure: f64, limit: f64, unit: &str, note: String) -> Self {
        Self { at_least: true, ..Self::at_most(what, figure, limit, unit, note) }
    }

    /// Whether it holds.
    pub fn holds(&self) -> bool {
        if self.at_least { self.figure >= self.limit } else { self.figure <= self.limit }
    }

    /// Prints it as a row.
    pub fn print(&self) {
        let sign = if self.at_least { ">=" } else { "<=" };
        let verdict = if self.holds() { "holds" } else { "DOES NOT HOLD" };
        let mut out = std::io::stdout().lock();
        let Self { what, figure, limit, unit, note, .. } = self;
        // A closed pipe is no reason to stop measuring.
        let _ = writeln!(out, "{what:58} {figure:>12.2} {sign} {limit:<10.2} {unit:10} {verdict}  {note}");
        if let Some(path) = std::env::var_os("IDENETT_FIGURES")
            && let Ok(line) = serde_json::to_string(self)
            && let Ok(mut file) = std::fs::OpenOptions::new().create(true).append(true).open(path)
        {
            let _ = writeln!(file, "{line}");
        }
    }
}
