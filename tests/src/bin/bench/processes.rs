//! Two real processes on loopback: start, memory and bootstrap of 100,000 entries.

use std::fs::File;
use std::path::Path;

use idenett::clock::Watch;
use idenett::desk::Request;
use idenett::home::Home;
use idenett_protocol::entry::Entry;
use idenett_tests::corpus::Corpus;
use idenett_tests::figures::Figure;
use idenett_tests::program::{Running, anonymous_mb, bytes_below, cpu_seconds, until};

use super::homes::{fill, free_address, new_home};

const ENTRIES: usize = 100_000;
const ENTRY_BYTES: usize = 4096;
const MEMBERS: usize = 373;

/// Measures start, memory and bootstrap.
pub(crate) fn measure() -> Vec<Figure> {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let address = free_address();
    let corpus = Corpus::new(MEMBERS, std::slice::from_ref(&address));
    let full = new_home(directory.path(), "full", &corpus, &[address]);
    fill(&full, &corpus, &corpus.cases(ENTRIES, ENTRY_BYTES));
    let mut figures = starts(&full);
    figures.extend(bootstrap(directory.path(), &full, &corpus));
    figures.iter().for_each(Figure::print);
    figures
}

fn starts(home: &Home) -> Vec<Figure> {
    let (clean, memory, node) = start(home);
    node.kill();
    let (after_kill, _, node) = start(home);
    node.stop();
    let note = format!("{ENTRIES} entries, until the node answers");
    vec![
        Figure::at_most("start after a clean stop", clean, 1.0, "s", note.clone()),
        Figure::at_most("start after a kill", after_kill, 3.0, "s", note.clone()),
        Figure::at_most("anonymous resident memory", memory, 150.0, "MB", note),
    ]
}

fn start(home: &Home) -> (f64, f64, Running) {
    let watch = Watch::start();
    let node = Running::start(home);
    node.ask(&Request::Status).expect("the node answers");
    (watch.elapsed().as_secs_f64(), anonymous_mb(node.pid()), node)
}

fn bootstrap(place: &Path, full: &Home, corpus: &Corpus) -> Vec<Figure> {
    let entries: Vec<Entry> = corpus.cases(ENTRIES / 4, ENTRY_BYTES).into_iter().flatten().collect();
    let verification = ENTRIES as f64 / super::ingest::raw_rate(&entries);
    drop(entries);
    let copy = raw_copy(&full.journal(), &place.join("copy"));
    let empty = new_home(place, "empty", corpus, &[]);
    let server = Running::start(full);
    let goal = server.ask(&Request::Status).expect("the node answers")["frontier"].clone();
    let before = cpu_seconds(server.pid());
    let watch = Watch::start();
    let node = Running::start(&empty);
    let mut client = node.client();
    until("the new node has all", || {
        let peers = client.perform(&Request::Frontier, &mut |_| {}).expect("the node answers");
        (peers["frontier"] == goal).then_some(())
    });
    let seconds = watch.elapsed().as_secs_f64();
    let (sent, received) = (cpu_seconds(server.pid()) - before, cpu_seconds(node.pid()));
    node.stop();
    server.stop();
    let larger = verification.max(copy);
    let note = format!(
        "{seconds:.2} s; verification {verification:.2} s, raw copy {copy:.2} s; CPU {sent:.2} s sender, {received:.2} s receiver"
    );
    vec![Figure::at_most("bootstrap of 100,000 entries of 4 kB, of the larger", seconds / larger, 2.5, "x", note)]
}

/// Seconds to copy all files of a directory, synced.
fn raw_copy(from: &Path, to: &Path) -> f64 {
    std::fs::create_dir_all(to).expect("a directory");
    let bytes = bytes_below(from);
    let watch = Watch::start();
    let mut copied = 0;
    for file in from.read_dir().expect("a directory").flatten() {
        let target = to.join(file.file_name());
        copied += std::fs::copy(file.path(), &target).expect("room on the disk");
        File::open(&target).and_then(|f| f.sync_all()).expect("the disk works");
    }
    assert_eq!(copied, bytes, "everything was copied");
    watch.elapsed().as_secs_f64()
}
