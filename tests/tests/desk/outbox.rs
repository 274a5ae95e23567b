use std::path::Path;

use idenett::desk::{List, Redact, Request, Signing};
use idenett::home::Home;
use serde_json::Value;

use crate::{ask, contact, desk, two};

fn contacts(home: &Home) -> usize {
    let rows = ask(&desk(home), Request::List(List { kind: "contact".to_owned(), ..List::default() })).expect("a list");
    rows.as_array().map_or(0, Vec::len)
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a directory");
    for file in from.read_dir().expect("a directory").flatten() {
        std::fs::copy(file.path(), to.join(file.file_name())).expect("a copy");
    }
}

/// Whether a file below a directory holds these words.
fn holds(directory: &Path, words: &str) -> bool {
    directory.read_dir().expect("a directory").flatten().any(|file| {
        let path = file.path();
        if path.is_dir() {
            return holds(&path, words);
        }
        std::fs::read(&path).expect("a file").windows(words.len()).any(|w| w == words.as_bytes())
    })
}

#[test]
fn what_waits_is_signed_once_whatever_is_interrupted() {
    let place = tempfile::tempdir().expect("a directory");
    let (_, gran) = two(place.path());
    let at_gran = desk(&gran);
    for function in ["Rådgiver", "Servicetorg", "Postmottak"] {
        let answer = ask(&at_gran, contact(function)).expect("an answer");
        assert_eq!(answer["state"], "waiting", "{answer}");
    }
    ask(&at_gran, Request::BundleImport { file: place.path().join("bundle") }).expect("the admission");
    at_gran.close().expect("a clean stop");
    let kept = place.path().join("kept");
    copy(&gran.local(), &kept);

    let now = idenett::clock::now();
    let at_gran = desk(&gran);
    assert_eq!(at_gran.sign_outbox(now), Ok(0), "others are members, so it may not sign");
    at_gran.set_signing(Signing::Ready);
    assert_eq!(at_gran.sign_outbox(now), Ok(3));
    at_gran.close().expect("a clean stop");
    assert_eq!(contacts(&gran), 3);

    // As if it had been interrupted before anything was forgotten.
    copy(&kept, &gran.local());
    let at_gran = desk(&gran);
    assert_eq!(ask(&at_gran, Request::Status).map(|s| s["outbox"].clone()), Ok(Value::from(3)));
    at_gran.set_signing(Signing::Ready);
    at_gran.sign_outbox(now).expect("nothing to sign");
    assert_eq!(ask(&at_gran, Request::Status).map(|s| s["outbox"].clone()), Ok(Value::from(0)));
    at_gran.close().expect("a clean stop");
    assert_eq!(contacts(&gran), 3);
}

#[test]
fn a_text_that_waited_leaves_no_copy_when_it_is_redacted() {
    let words = "Kvardagsinnovasjon";
    let place = tempfile::tempdir().expect("a directory");
    let (_, gran) = two(place.path());
    let at_gran = desk(&gran);
    ask(&at_gran, contact(words)).expect("an answer");
    assert!(holds(&gran.local(), words));
    ask(&at_gran, Request::BundleImport { file: place.path().join("bundle") }).expect("the admission");
    at_gran.set_signing(Signing::Ready);
    assert_eq!(at_gran.sign_outbox(idenett::clock::now()), Ok(1));
    assert!(!holds(&gran.local(), words) && holds(&gran.journal(), words));
    let rows = ask(&at_gran, Request::List(List { kind: "contact".to_owned(), ..List::default() })).expect("a list");
    let id = rows[0]["id"].as_str().expect("an id").to_owned();
    ask(&at_gran, Request::Redact(Redact { id, reason: "error".to_owned(), only: false, sure: true }))
        .expect("a redaction");
    at_gran.close().expect("a clean stop");
    assert!(!holds(gran.directory(), words));
}
