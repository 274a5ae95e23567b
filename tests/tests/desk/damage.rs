//! A journal file that was changed on the disk of this machine.

use std::fs::OpenOptions;
use std::os::unix::fs::FileExt;
use std::path::PathBuf;

use idenett::desk::Request;
use idenett::home::Home;
use serde_json::{Value, json};

use super::{ask, contact, desk, make};

fn file(home: &Home) -> PathBuf {
    home.journal().join("segment-00000001.idj")
}

/// Overwrites four bytes in the middle of these words.
fn rot(home: &Home, words: &str) {
    let bytes = std::fs::read(file(home)).expect("a segment");
    let at = bytes.windows(words.len()).position(|w| w == words.as_bytes()).expect("the words");
    let segment = OpenOptions::new().write(true).open(file(home)).expect("a segment");
    segment.write_all_at(&[0xff; 4], at as u64 + 2).expect("a write");
}

/// A node with five contacts that was stopped in good order, and a bundle of it.
fn five(place: &std::path::Path) -> (Home, PathBuf, Vec<String>) {
    let home = Home::new(place.join("ks"));
    make(&home, "971032146", None);
    let at = desk(&home);
    let ids = (1..=5).map(|n| {
        let answer = ask(&at, contact(&format!("Rådgjevar nummer {n}"))).expect("published");
        answer["id"].as_str().expect("an id").to_owned()
    });
    let ids = ids.collect();
    let bundle = place.join("bundle");
    ask(&at, Request::BundleExport { file: bundle.clone(), force: false }).expect("a bundle");
    at.close().expect("a clean stop");
    (home, bundle, ids)
}

fn alarms(status: &Value) -> usize {
    status["alarms"].as_array().map_or(0, Vec::len)
}

#[test]
fn a_changed_file_is_told_and_healed_and_nothing_else_is_lost() {
    let place = tempfile::tempdir().expect("a directory");
    let (home, bundle, ids) = five(place.path());
    rot(&home, "Rådgjevar nummer 3");
    let at = desk(&home);
    assert_eq!(at.opening().replayed, 0, "a checkpoint covers it");
    let before = ask(&at, Request::Frontier).expect("an answer");
    let problem = ask(&at, Request::Record { id: ids[2].clone() }).expect_err("it cannot be shown");
    assert!(problem.what.contains("damaged on this node's disk"), "{problem}");
    let problem = ask(&at, Request::Show { id: ids[2].clone(), kind: Some("contact".into()) }).expect_err("nor this");
    assert!(problem.what.contains("damaged on this node's disk"), "{problem}");
    ask(&at, Request::Show { id: ids[3].clone(), kind: None }).expect("the others are shown");
    let status = ask(&at, Request::Status).expect("a status");
    assert_eq!((alarms(&status), &status["damaged_entries"]), (1, &json!(1)), "{status}");
    let verified = ask(&at, Request::Verify).expect("an answer");
    assert_eq!(verified["ok"], false, "{verified}");
    let broken = Request::BundleExport { file: place.path().join("less"), force: false };
    assert!(ask(&at, broken).expect_err("not without it").what.contains("1 entries are damaged"));
    // It is known after a start, too.
    at.close().expect("a clean stop");
    let at = desk(&home);
    assert_eq!(ask(&at, Request::Status).map(|s| alarms(&s)), Ok(1));
    ask(&at, Request::BundleImport { file: bundle }).expect("the bundle has it");
    for _ in 0..2 {
        let verified = ask(&at, Request::Verify).expect("an answer");
        assert_eq!(
            (&verified["ok"], verified["mended"].as_array().map(Vec::len)),
            (&json!(true), Some(1)),
            "{verified}"
        );
    }
    assert_eq!(ask(&at, Request::Status).map(|s| alarms(&s)), Ok(0));
    assert_eq!(ask(&at, Request::Reindex).map(|r| r["ok"].clone()), Ok(json!(true)));
    assert_eq!(ask(&at, Request::Frontier), Ok(before.clone()));
    ask(&at, Request::Show { id: ids[2].clone(), kind: None }).expect("it is here again");
    at.close().expect("a clean stop");
    // From the journal alone, too.
    std::fs::remove_dir_all(home.index()).expect("no index");
    assert_eq!(ask(&desk(&home), Request::Frontier), Ok(before));
}

#[test]
fn a_new_index_is_made_from_the_journal_and_not_from_memory() {
    let place = tempfile::tempdir().expect("a directory");
    let (home, bundle, _) = five(place.path());
    rot(&home, "Rådgjevar nummer 2");
    rot(&home, "Rådgjevar nummer 5");
    let at = desk(&home);
    let made = ask(&at, Request::Reindex).expect("an answer");
    assert_eq!((&made["ok"], &made["damaged"]), (&json!(false), &json!(2)), "{made}");
    ask(&at, Request::BundleImport { file: bundle }).expect("the bundle has them");
    let made = ask(&at, Request::Reindex).expect("an answer");
    assert_eq!((&made["ok"], &made["damaged"]), (&json!(true), &json!(0)), "{made}");
}

#[test]
fn a_journal_that_was_cut_is_not_covered_by_a_checkpoint() {
    let place = tempfile::tempdir().expect("a directory");
    let (home, bundle, _) = five(place.path());
    let before = ask(&desk(&home), Request::Frontier).expect("an answer");
    let bytes = std::fs::read(file(&home)).expect("a segment");
    let words = "Rådgjevar nummer 3";
    let at = bytes.windows(words.len()).position(|w| w == words.as_bytes()).expect("the words");
    OpenOptions::new().write(true).open(file(&home)).and_then(|f| f.set_len(at as u64)).expect("a cut");
    let at = desk(&home);
    let status = ask(&at, Request::Status).expect("a status");
    assert_eq!((&status["own_entries"], alarms(&status)), (&json!(2), 1), "{status}");
    assert_ne!(ask(&at, Request::Frontier), Ok(before.clone()));
    ask(&at, Request::BundleImport { file: bundle }).expect("the bundle has the rest");
    assert_eq!(ask(&at, Request::Frontier), Ok(before.clone()));
    at.close().expect("a clean stop");
    let at = desk(&home);
    assert_eq!(at.opening().replayed, 0, "what was known to be cut does not spoil a checkpoint");
    assert_eq!(ask(&at, Request::Frontier), Ok(before));
}
