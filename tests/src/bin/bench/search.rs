//! Search over 100,000 cases: how long it takes to index them, to answer, and to find a new one.

use std::cell::RefCell;
use std::collections::HashMap;

use idenett::clock::Watch;
use idenett::search::{Article, Asked, Search};
use idenett_protocol::id::EntryId;
use idenett_protocol::time::Day;
use idenett_tests::figures::Figure;
use idenett_tests::library_of_cases::{Cases, WORDS};
use idenett_tests::program::anonymous_mb;

const CASES: usize = 100_000;
/// How often each query of the mix is asked.
const ROUNDS: usize = 30;
/// The share of all cases from which on a query counts as broad, and the share of the mix that is.
const BROAD: f64 = 0.3;
const BROAD_SHARE: f64 = 0.1;
/// Cases that come one after another while the index is complete.
const NEWCOMERS: usize = 20;

/// Measures indexing, answering and memory.
pub(crate) fn measure() -> Vec<Figure> {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let cases = Cases::new();
    let before = anonymous_mb(std::process::id());
    let search = Search::open(&directory.path().join("search")).expect("an index");
    let watch = Watch::start();
    for n in 0..CASES {
        search.put(&cases.article(n)).expect("the disk works");
    }
    search.commit("all".into()).expect("the disk works");
    search.settle().expect("the disk works");
    let seconds = watch.elapsed().as_secs_f64();
    let writing = anonymous_mb(std::process::id()) - before;
    let newest = newcomers(&search, &cases);
    search.rest();
    let (times, broad) = answers(&search, &cases);
    let answering = anonymous_mb(std::process::id()) - before;
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize] * 1e3;
    let note = format!("{} queries, {:.0} % of them match over 30 % of {CASES} cases", times.len(), broad * 100.0);
    assert!(broad >= BROAD_SHARE, "one query in ten is broad");
    // Each thread that writes takes memory from an arena of its own, which keeps what it once had.
    let arenas = std::env::var("MALLOC_ARENA_MAX").unwrap_or_else(|_| "not set".to_owned());
    let figures = vec![
        Figure::at_most("index 100,000 cases", seconds, 60.0, "s", format!("some {WORDS} words each, two cores")),
        Figure::at_most(
            "search, half of all answers",
            at(0.5),
            2.0,
            "ms",
            format!("{note}; facets, extracts, likeness"),
        ),
        Figure::at_most("search, 99 of 100 answers", at(0.99), 12.0, "ms", note),
        Figure::at_most("a new case is found after", newest, 1.0, "s", format!("slowest of {NEWCOMERS}")),
        Figure::at_most(
            "anonymous memory of the index",
            writing.max(answering),
            100.0,
            "MB",
            format!("{writing:.0} while writing, {answering:.0} while answering; MALLOC_ARENA_MAX is {arenas}"),
        ),
    ];
    figures.iter().for_each(Figure::print);
    figures
}

fn today() -> Day {
    Day::from_ymd(2026, 11, 25).expect("a day")
}

/// The slowest time from putting a case in until it is found, in seconds.
fn newcomers(search: &Search, cases: &Cases) -> f64 {
    let mut slowest = 0.0_f64;
    for n in CASES..CASES + NEWCOMERS {
        let mut article = cases.article(n);
        let name = format!("nykommer{n}");
        article.texts[0].1 = name.clone();
        let watch = Watch::start();
        search.put(&article).expect("the disk works");
        search.commit("all".into()).expect("the disk works");
        let found = search.ask(&Asked::words(&name), today(), &|_| Some(article.clone())).expect("an answer");
        slowest = slowest.max(watch.elapsed().as_secs_f64());
        assert!(found.hits.iter().any(|hit| hit.id == article.id), "it is found");
    }
    slowest
}

/// Seconds of every answer, the fastest first, and the share of broad queries.
fn answers(search: &Search, cases: &Cases) -> (Vec<f64>, f64) {
    let queries = cases.queries();
    // Making a case anew takes longer than reading one from a journal, and is not what is measured.
    let made: RefCell<HashMap<EntryId, Article>> = RefCell::default();
    let article = |id: &EntryId| Some(made.borrow_mut().entry(*id).or_insert_with(|| cases.article_of(id)).clone());
    let viewer = Some("961381541".parse().expect("Gran"));
    let mut times = Vec::with_capacity(queries.len() * ROUNDS);
    let mut broad = 0;
    for round in 0..ROUNDS {
        for query in &queries {
            let asked = Asked { viewer, ..Asked::words(query) };
            let watch = Watch::start();
            let found = search.ask(&asked, today(), &article).expect("an answer");
            if round == 0 {
                broad += usize::from(found.total as f64 > BROAD * CASES as f64);
            } else {
                times.push(watch.elapsed().as_secs_f64());
            }
        }
    }
    times.sort_by(f64::total_cmp);
    (times, broad as f64 / queries.len() as f64)
}
