//! Figures beside their limits: printed for people, and as one object a line for programs.

use std::fmt::Write as _;
use std::io::Write as _;

use serde::Serialize;

/// Where figures are appended, if this names a file.
const FIGURES: &str = "IDENETT_FIGURES";

/// One measured figure and what it may be at most.
#[derive(Clone, Debug, Serialize)]
pub struct Figure {
    /// What was measured.
    pub what: String,
    /// What it was.
    pub figure: f64,
    /// What it may be at most.
    pub limit: f64,
    /// Of what.
    pub unit: &'static str,
}

/// The figures of one measurement.
#[derive(Clone, Debug, Default)]
pub struct Figures(Vec<Figure>);

impl Figures {
    /// Adds a figure.
    pub fn add(&mut self, what: &str, figure: f64, limit: f64, unit: &'static str) {
        self.0.push(Figure { what: what.to_owned(), figure, limit, unit });
    }

    /// All of them, one a line, each beside its limit.
    pub fn table(&self) -> String {
        let mut table = String::new();
        for Figure { what, figure, limit, unit } in &self.0 {
            let mark = if figure <= limit { "ok" } else { "OVER" };
            // Writing to a string does not fail.
            let _ = writeln!(table, "{what:<64} {figure:>12.3} of at most {limit:>10.1} {unit:<8} {mark}");
        }
        table
    }

    /// Prints the figures and fails if one is over its limit.
    ///
    /// # Panics
    /// If one is over its limit, or the file for figures cannot be written.
    #[expect(clippy::print_stdout, reason = "the figures are what the run is for")]
    pub fn conclude(&self) {
        println!("{}", self.table());
        if let Some(path) = std::env::var_os(FIGURES) {
            let mut file = std::fs::OpenOptions::new().create(true).append(true).open(path).expect("a file for figures");
            for figure in &self.0 {
                let line = serde_json::to_string(figure).expect("a figure in JSON");
                writeln!(file, "{line}").expect("a line in the file for figures");
            }
        }
        let over: Vec<&Figure> = self.0.iter().filter(|f| f.figure > f.limit).collect();
        assert!(over.is_empty(), "over the limit: {over:?}");
    }
}
