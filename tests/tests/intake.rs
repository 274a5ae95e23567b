//! Batches are checked on all cores, taken in the order in which they came, and not at all once
//! the disk has failed.

use std::sync::{Arc, Mutex};

use idenett::intake::{Intake, Taken};
use idenett::journal::writer::Journal;
use idenett::library::{Library, Offered};
use idenett_protocol::id::LogKey;
use idenett_tests::corpus::{Corpus, offered};
use idenett_tests::simdisk::SimDisk;

const SEGMENT_LIMIT: u64 = 64 * 1024 * 1024;
const ENTRIES: usize = 600;

fn library(corpus: &Corpus, disk: &SimDisk) -> Arc<Library> {
    let (journal, _) = Journal::open(Arc::new(disk.clone()), SEGMENT_LIMIT).expect("an empty journal");
    let library = Library::create(journal, corpus.chain(), None).expect("a library");
    corpus.fill(&library, &[]);
    Arc::new(library)
}

/// Batches of very different lengths, so that threads finish out of order.
fn batches(corpus: &Corpus) -> Vec<(LogKey, Vec<Offered>)> {
    let mut entries: Vec<Offered> =
        corpus.cases(ENTRIES, 900).into_iter().flatten().map(|entry| offered(&entry)).collect();
    let mut batches = Vec::new();
    for length in [1, 40, 2, 25, 1, 1].into_iter().cycle() {
        let rest = entries.split_off(length.min(entries.len()));
        // The number of the batch stands where the peer does.
        batches.push((LogKey::from_bytes([batches.len() as u8; 32]), std::mem::replace(&mut entries, rest)));
        if entries.is_empty() {
            return batches;
        }
    }
    batches
}

fn take_all(library: &Arc<Library>, batches: Vec<(LogKey, Vec<Offered>)>) -> Vec<Taken> {
    let reports = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&reports);
    let mut intake = Intake::start(library, move |taken| kept.lock().expect("no panic").push(taken));
    for (peer, offered) in batches {
        assert!(intake.hand_over(peer, offered), "the intake is open");
    }
    intake.finish();
    std::mem::take(&mut *reports.lock().expect("no panic"))
}

#[test]
fn batches_are_taken_in_the_order_in_which_they_came() {
    let corpus = Corpus::new(1, &[]);
    let library = library(&corpus, &SimDisk::new());
    let batches = batches(&corpus);
    let order: Vec<LogKey> = batches.iter().map(|(peer, _)| *peer).collect();
    let reports = take_all(&library, batches);
    assert_eq!(reports.iter().map(|(peer, _)| *peer).collect::<Vec<_>>(), order);
    let outcomes = reports.iter().flat_map(|(_, result)| result.as_ref().expect("the disk works"));
    assert_eq!(outcomes.filter(|(_, result)| result.is_ok()).count(), ENTRIES, "one log, so any other order refuses");
}

#[test]
fn nothing_is_taken_once_the_disk_has_failed() {
    let corpus = Corpus::new(1, &[]);
    let disk = SimDisk::new();
    let library = library(&corpus, &disk);
    disk.set_capacity(Some(disk.used() + 100_000));
    let held = library.ledger(|l| l.logs().entries());
    let reports = take_all(&library, batches(&corpus));
    let (last, before) = reports.split_last().expect("the disk fills up");
    assert!(last.1.is_err() && before.iter().all(|(_, result)| result.is_ok()), "the failure is the last word");
    let taken: usize = before.iter().map(|(_, result)| result.as_ref().map_or(0, Vec::len)).sum();
    assert!(taken > 0 && taken < ENTRIES);
    assert_eq!(library.ledger(|l| l.logs().entries()) - held, taken, "what was reported is what is held");
}
