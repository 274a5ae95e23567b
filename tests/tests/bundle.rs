//! What a bundle holds that is refused is counted by name, and keeps nothing else out.

use std::collections::BTreeMap;
use std::sync::Arc;

use idenett::journal::writer::Journal;
use idenett::library::{BundleFault, Imported, Library};
use idenett_protocol::charter::{Charter, Terms};
use idenett_protocol::entry::{Draft, Entry};
use idenett_protocol::fork::ForkProof;
use idenett_protocol::frame::{FrameType, write_frame};
use idenett_protocol::id::Seq;
use idenett_protocol::key::SecretKey;
use idenett_protocol::kind::Kind;
use idenett_tests::corpus::{CORPUS_TIME, Corpus, key};
use idenett_tests::simdisk::SimDisk;

const SEGMENT_LIMIT: u64 = 64 * 1024 * 1024;

fn library(corpus: &Corpus) -> Library {
    let (journal, _) = Journal::open(Arc::new(SimDisk::new()), SEGMENT_LIMIT).expect("an empty journal");
    Library::create(journal, corpus.chain(), None).expect("a library")
}

fn import(library: &Library, bytes: &[u8]) -> Result<Imported, BundleFault> {
    library.import(&mut &bytes[..], |_| {})
}

fn frame(bytes: &mut Vec<u8>, kind: FrameType, payload: &[u8]) {
    write_frame(bytes, kind, payload);
}

/// The second charter of a corpus, signed by this key.
fn second(corpus: &Corpus, signer: &SecretKey) -> Charter {
    let first = &corpus.charter;
    let terms = Terms { epoch: 2, previous: Some(first.hash()), name: "Ny".into(), ..first.terms().clone() };
    Charter::sign(&terms, &[signer]).expect("the terms are sound")
}

/// A proof that a key wrote its first entry twice.
fn fork(corpus: &Corpus, signer: &SecretKey) -> ForkProof {
    let federation = corpus.federation();
    let sign = |n: u8| {
        let draft = Draft {
            kind: Kind::Plan,
            federation,
            seq: Seq::FIRST,
            previous: None,
            time: CORPUS_TIME,
            facts: vec![n],
            text: Vec::new(),
        };
        *Entry::sign(draft, signer).expect("an entry").head()
    };
    ForkProof::new(sign(1), sign(2)).expect("a fork")
}

#[test]
fn what_is_refused_is_counted_by_name_and_the_rest_is_taken() {
    let corpus = Corpus::new(2, &[]);
    let logs = corpus.cases(4, 2000);
    let source = library(&corpus);
    corpus.fill(&source, &logs);
    let mut whole = Vec::new();
    source.export(&mut whole, |_| {}).expect("a bundle");

    let stranger = key(77);
    let broken = |mut bytes: Vec<u8>| {
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        bytes
    };
    let good = second(&corpus, &corpus.registrar);
    let mut bytes = whole.clone();
    frame(&mut bytes, FrameType::Charter, &broken(good.bytes().to_vec()));
    frame(&mut bytes, FrameType::Charter, second(&corpus, &stranger).bytes());
    frame(&mut bytes, FrameType::Charter, good.bytes());
    frame(&mut bytes, FrameType::Entry, &broken(logs[0][0].bytes().to_vec()));
    frame(&mut bytes, FrameType::Fork, &broken(fork(&corpus, &corpus.members[0]).to_bytes()));
    frame(&mut bytes, FrameType::Fork, &fork(&corpus, &stranger).to_bytes());
    frame(&mut bytes, FrameType::Fork, &fork(&corpus, &corpus.members[1]).to_bytes());

    let target = library(&corpus);
    let imported = import(&target, &bytes).expect("an import");
    let refused = ["charter-malformed", "charter-no-right", "fork-malformed", "fork-unknown-member", "malformed"];
    let refused: BTreeMap<String, u64> = refused.into_iter().map(|name| (name.to_owned(), 1)).collect();
    assert_eq!(imported, Imported { taken: 6, known: 0, refused: refused.clone(), charters: 1, forks: 1 });

    let again = import(&target, &bytes).expect("an import");
    assert_eq!((again.taken, again.charters, again.forks), (0, 0, 0));
    assert_eq!(again.refused.get("charter-malformed"), Some(&1));
}

#[test]
fn a_bundle_that_is_exported_is_taken_without_refusal() {
    let corpus = Corpus::new(3, &[]);
    let source = library(&corpus);
    corpus.fill(&source, &corpus.cases(9, 1500));
    let mut whole = Vec::new();
    source.export(&mut whole, |_| {}).expect("a bundle");
    let target = library(&corpus);
    let imported = import(&target, &whole).expect("an import");
    assert_eq!((imported.taken, imported.refused.len()), (12, 0));
    let digest = |library: &Library| library.ledger(|ledger| ledger.frontier().digest());
    assert_eq!(digest(&target), digest(&source));
}
