//! Ingest against the raw rate at which the same cores verify the same signatures.

use std::path::Path;
use std::sync::{Arc, Mutex};

use ed25519_dalek::{Signature, VerifyingKey};
use idenett::clock::Watch;
use idenett::intake::Intake;
use idenett::journal::disk::{Disk, RealDisk};
use idenett::journal::segment::SEGMENT_BYTES;
use idenett::journal::writer::Journal;
use idenett::library::{Library, Offered};
use idenett_protocol::entry::Entry;
use idenett_protocol::limits::HEADER_BYTES;
use idenett_tests::corpus::{Corpus, offered};
use idenett_tests::figures::Figure;
use idenett_tests::quick_disk::QuickDisk;

const ENTRIES: usize = 40_000;
const ENTRY_BYTES: usize = 4096;
const MEMBERS: usize = 40;
/// As many as the network hands over at once.
const BATCH: usize = 256;

/// Measures ingest without and with the sync of each group.
pub(crate) fn measure() -> Vec<Figure> {
    let corpus = Corpus::new(MEMBERS, &[]);
    let logs = corpus.cases(ENTRIES, ENTRY_BYTES);
    let entries: Vec<Entry> = logs.into_iter().flatten().collect();
    let raw = raw_rate(&entries);
    let directory = tempfile::tempdir().expect("a temporary directory");
    let quick = rate(&corpus, &entries, Arc::new(QuickDisk::open(&directory.path().join("quick"))));
    let synced = rate(&corpus, &entries, real_disk(&directory.path().join("synced")));
    let after = raw_rate(&entries);
    // The machine is shared: the mean of the raw rate before and after.
    let raw = (raw + after) / 2.0;
    let note = |rate: f64| format!("{rate:.0} of {raw:.0} entries/s; {ENTRIES} entries of {ENTRY_BYTES} B");
    let figures = vec![
        Figure::at_least("ingest with apply, of the raw verification rate", quick / raw, 0.65, "x", note(quick)),
        Figure::at_least("the same with group commit and fsync", synced / raw, 0.5, "x", note(synced)),
    ];
    figures.iter().for_each(Figure::print);
    figures
}

fn real_disk(path: &Path) -> Arc<dyn Disk> {
    Arc::new(RealDisk::open(path).expect("the directory is ours"))
}

/// Strict verifications a second on all cores, keys already read: nothing but the signatures.
pub(crate) fn raw_rate(entries: &[Entry]) -> f64 {
    let tag = b"idenett/entry-signature/1\0";
    let jobs: Vec<(VerifyingKey, Vec<u8>, Signature)> = entries
        .iter()
        .map(|entry| {
            let (header, signature) = entry.head().bytes().split_at(HEADER_BYTES);
            let key = VerifyingKey::from_bytes(entry.log().as_bytes()).expect("a key");
            let signature = Signature::from_slice(signature).expect("64 bytes");
            (key, [tag.as_slice(), header].concat(), signature)
        })
        .collect();
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    let start = Watch::start();
    std::thread::scope(|scope| {
        for part in jobs.chunks(jobs.len().div_ceil(cores)) {
            scope.spawn(move || {
                let good = part.iter().all(|(key, message, signature)| key.verify_strict(message, signature).is_ok());
                assert!(good, "every signature of a corpus holds");
            });
        }
    });
    per_second(entries.len(), start)
}

fn rate(corpus: &Corpus, entries: &[Entry], disk: Arc<dyn Disk>) -> f64 {
    let (journal, _) = Journal::open(disk, SEGMENT_BYTES).expect("an empty journal");
    let library = Arc::new(Library::create(journal, corpus.chain(), None).expect("a library"));
    corpus.fill(&library, &[]);
    let batches: Vec<Vec<Offered>> = entries.chunks(BATCH).map(|b| b.iter().map(offered).collect()).collect();
    let taken = Arc::new(Mutex::new(0_usize));
    let count = Arc::clone(&taken);
    let start = Watch::start();
    let mut intake = Intake::start(&library, move |(_, result)| {
        let outcomes = result.expect("the disk works");
        *count.lock().expect("no panic") += outcomes.iter().filter(|(_, r)| r.is_ok()).count();
    });
    for batch in batches {
        assert!(intake.hand_over(corpus.registrar.log_key(), batch), "the intake is open");
    }
    intake.finish();
    let rate = per_second(entries.len(), start);
    assert_eq!(*taken.lock().expect("no panic"), entries.len(), "every entry was taken");
    rate
}

fn per_second(count: usize, start: Watch) -> f64 {
    count as f64 / start.elapsed().as_secs_f64()
}
