//! Writes made-up histories for whoever counts again: their facts as Parquet, and the figures that are counted from
//! them at several days as JSON; of the first also every export of figures.
//!
//! `cargo run --release -p idenett-tests --bin history -- DIRECTORY SEED...`

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use idenett::export::labels::Labels;
use idenett::export::{comma_separated, json_stat, tables, workbook};
use idenett::language::Tongue;
use idenett_protocol::barometer::{Focus, Reckoning, Span, Statistics};
use idenett_protocol::id::EntryId;
use idenett_protocol::time::Day;
use idenett_tests::history::History;

type Failure = Box<dyn std::error::Error>;

/// Days of reckoning: among them the last of February in a leap year, and one whose months before are shorter.
const DAYS: [&str; 4] = ["2021-12-31", "2024-02-29", "2025-08-31", "2026-11-25"];
const SPANS: [&str; 3] = ["24m", "2024", "2025"];

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let directory = arguments.next().ok_or("name a directory")?;
    let seeds = arguments.map(|seed| seed.parse()).collect::<Result<Vec<u64>, _>>()?;
    for (at, seed) in seeds.iter().enumerate() {
        let history = History::of(*seed);
        let into = Path::new(&directory).join(seed.to_string());
        std::fs::create_dir_all(&into)?;
        facts(&history, &into)?;
        figures(&history, &into)?;
        if at == 0 {
            exports(&history, &into)?;
        }
    }
    Ok(())
}

fn facts(history: &History, into: &Path) -> io::Result<()> {
    tables::write(&history.material, history.places, &mut |name| {
        Ok(Box::new(BufWriter::new(File::create(into.join(name).with_extension("parquet"))?)))
    })
}

fn figures(history: &History, into: &Path) -> Result<(), Failure> {
    let mut all: Vec<Statistics> = Vec::new();
    for day in DAYS {
        for span in SPANS {
            all.push(statistics(history, day.parse()?, span.parse()?));
        }
    }
    Ok(serde_json::to_writer(BufWriter::new(File::create(into.join("figures.json"))?), &all)?)
}

fn statistics(history: &History, day: Day, span: Span) -> Statistics {
    Reckoning::at(&history.material, history.places, day, Focus::default()).statistics(span)
}

/// Every export of every figure of a release.
fn exports(history: &History, into: &Path) -> Result<(), Failure> {
    let day: Day = DAYS[DAYS.len() - 1].parse()?;
    let statistics = statistics(history, day, Span::Months24);
    let titles: BTreeMap<EntryId, String> =
        history.material.programmes.keys().map(|id| (*id, format!("=1+{}, \"nettverk\"", id.short()))).collect();
    let labels = Labels { tongue: Tongue::Nb, places: history.places, programmes: &titles };
    let create = |name: &str| File::create(into.join(name)).map(BufWriter::new);
    comma_separated::write(&statistics.figures, &labels, create("figures.csv")?)?;
    workbook::write(&statistics, &labels, create("figures.xlsx")?)?;
    // One dataset a line.
    let mut out = create("figures.jsonstat")?;
    for figure in &statistics.figures {
        json_stat::write(&statistics, figure, &labels, &mut out)?;
        writeln!(out)?;
    }
    Ok(out.flush()?)
}
