//! The benchmarks: each figure beside its limit, measured in the same run.
//!
//! `cargo run --release -p idenett-tests --bin bench -- [ingest|processes|search|pages|barometer]...`, and
//! `... -- los FILE` with a table of labels in both written languages.

mod barometer;
mod homes;
mod ingest;
mod los;
mod pages;
mod processes;
mod search;

use std::path::Path;

use idenett_tests::figures::Figure;

fn main() -> std::process::ExitCode {
    let asked: Vec<String> = std::env::args().skip(1).collect();
    let wanted = |name: &str| asked.is_empty() || asked.iter().any(|a| a == name);
    let mut figures: Vec<Figure> = Vec::new();
    if wanted("ingest") {
        figures.extend(ingest::measure());
    }
    if wanted("processes") {
        figures.extend(processes::measure());
    }
    if wanted("search") {
        figures.extend(search::measure());
    }
    if wanted("pages") {
        figures.extend(pages::measure());
    }
    if wanted("barometer") {
        figures.extend(barometer::measure());
    }
    if let [.., name, table] = asked.as_slice()
        && name == "los"
    {
        figures.extend(los::measure(Path::new(table)));
    }
    let missed = figures.iter().filter(|f| !f.holds()).count();
    std::process::ExitCode::from(u8::from(missed > 0))
}
