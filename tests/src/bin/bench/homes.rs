//! Directories of nodes for the benchmarks.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write as _;
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;

use idenett::desk::{Federation, Founding, found};
use idenett::home::Home;
use idenett::index::Index;
use idenett::indexing::Indexing;
use idenett::journal::disk::RealDisk;
use idenett::journal::segment::SEGMENT_BYTES;
use idenett::journal::writer::Journal;
use idenett::library::Library;
use idenett_protocol::entry::Entry;
use idenett_protocol::frame::{FrameType, write_frame};
use idenett_tests::corpus::{Corpus, org};

/// Where a node can listen.
pub(crate) fn free_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    format!("/ip4/127.0.0.1/tcp/{}", listener.local_addr().expect("an address").port())
}

/// A new node of the federation of a corpus.
pub(crate) fn new_home(place: &Path, name: &str, corpus: &Corpus, listen: &[String]) -> Home {
    let charter = place.join("charter.idn");
    let mut bytes = b"IDNBNDL1".to_vec();
    write_frame(&mut bytes, FrameType::Charter, corpus.charter.bytes());
    File::create(&charter).and_then(|mut f| f.write_all(&bytes)).expect("a charter file");
    let home = Home::new(place.join(name));
    let mut settings = BTreeMap::from([("org", vec![org(9_000)]), ("name", vec![name.to_owned()])]);
    if !listen.is_empty() {
        settings.insert("listen", listen.to_vec());
        settings.insert("announce", listen.to_vec());
    }
    found(&home, &Founding { settings, federation: Federation::Charter(charter) }).expect("a new node");
    home
}

/// Gives a node that does not run the entries of a corpus, searched through.
pub(crate) fn fill(home: &Home, corpus: &Corpus, logs: &[Vec<Entry>]) {
    let disk = Arc::new(RealDisk::open(&home.journal()).expect("the directory is ours"));
    let (journal, recovery) = Journal::open(disk, SEGMENT_BYTES).expect("a journal");
    let (library, _) = Library::open(journal, &recovery, Some(Index::new(&home.index()))).expect("a library");
    corpus.fill(&library, logs);
    // A node that others fetch from has long been searched, too.
    let library = Arc::new(library);
    let indexing = Indexing::open(&home.search(), Arc::clone(&library)).expect("a search index");
    indexing.follow(idenett::clock::now(), &mut |_, _| {}).expect("the disk works");
    drop(indexing);
    Arc::into_inner(library).expect("nobody else has it").close().expect("the disk works");
}
