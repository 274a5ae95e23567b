//! Many small worlds, each from its own seed, all of which must come to rest alike.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};

use idenett_tests::sim::run::{Report, run};
use idenett_tests::sim::tally::Tally;

/// How many seeds are run, and from which on; both can be set from outside.
fn seeds() -> (u64, u64) {
    let number = |name: &str, otherwise| std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(otherwise);
    (number("IDENETT_FIRST_SEED", 1), number("IDENETT_SEEDS", 1000))
}

#[test]
fn every_world_comes_to_rest_alike() {
    let (first, count) = seeds();
    let next = AtomicU64::new(first);
    let work = || {
        let (mut tally, mut failed) = (Tally::default(), Vec::new());
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= first + count {
                return (tally, failed);
            }
            match catch_unwind(AssertUnwindSafe(|| run(seed))) {
                Ok(report) => tally.merge(&report.tally),
                Err(_) => failed.push(seed),
            }
        }
    };
    let mut tally = Tally::default();
    let mut failed = Vec::new();
    std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for thread in running {
            let (counts, seeds) = thread.join().expect("a thread that ends");
            tally.merge(&counts);
            failed.extend(seeds);
        }
    });
    failed.sort_unstable();
    assert!(
        failed.is_empty(),
        "{} of {count} seeds failed: {failed:?}; run one with IDENETT_FIRST_SEED=N IDENETT_SEEDS=1",
        failed.len()
    );
    // A single seed is run to look at it; only a whole suite must have seen everything.
    if count >= 1000 {
        assert_eq!(tally.missing(), Vec::<&str>::new(), "never happened, in {:?}", tally.iter().collect::<Vec<_>>());
    }
}

#[test]
fn a_seed_takes_the_same_course_twice() {
    for seed in [3, 77] {
        let (once, again): (Report, Report) = (run(seed), run(seed));
        assert_eq!(once, again, "seed {seed}");
    }
}
