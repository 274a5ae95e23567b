//! The reuse barometer over made-up histories: every indicator by every dimension that a release covers.

use idenett::barometer::Barometer;
use idenett::clock::Watch;
use idenett_protocol::barometer::{Span, Statistics};
use idenett_protocol::time::Day;
use idenett_tests::figures::Figure;
use idenett_tests::history::History;

const SEED: u64 = 5;
const CASES: usize = 100_000;
const DAY: &str = "2026-11-25";
/// How often the same is counted.
const ROUNDS: usize = 5;

/// Measures how long it takes to count everything.
pub(crate) fn measure() -> Vec<Figure> {
    let day: Day = DAY.parse().expect("a day");
    let figures: Vec<Figure> = [(400_000, 1.0), (1_000_000, 3.0)]
        .into_iter()
        .map(|(reuses, limit)| {
            let barometer = Barometer::of(History::sized(SEED, CASES, reuses).material);
            let mut times = Vec::new();
            let mut counted: Option<Statistics> = None;
            for _ in 0..ROUNDS {
                let watch = Watch::start();
                let found = barometer.count(day, Span::Months24);
                times.push(watch.elapsed().as_secs_f64());
                assert!(counted.replace(found.clone()).is_none_or(|before| before == found), "the same every time");
            }
            times.sort_by(f64::total_cmp);
            let cells: usize = counted.iter().flat_map(|c| &c.figures).map(|f| f.cells.len()).sum();
            let note =
                format!("{CASES} cases, {cells} cells; quickest {:.2} s, slowest {:.2} s", times[0], times[ROUNDS - 1]);
            let what = format!("everything of {reuses} reuses, half of {ROUNDS} runs");
            Figure::at_most(&what, times[ROUNDS / 2], limit, "s", note)
        })
        .collect();
    figures.iter().for_each(Figure::print);
    figures
}
