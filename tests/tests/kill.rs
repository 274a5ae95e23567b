//! kill -9 while entries are acknowledged: no acknowledged entry is lost, and every store opens.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use idenett::desk::{Federation, Founding, Import, ImportRow, List, Request, found};
use idenett::home::Home;
use idenett_tests::figures::Figure;
use idenett_tests::program::{Running, until};
use idenett_tests::random::Random;
use serde_json::json;

/// Rounds where nothing else is said.
const ROUNDS: u64 = 20;
/// Cases in one import: each acknowledged together.
const BATCH: u64 = 5;

#[test]
fn no_acknowledged_entry_is_lost_when_the_node_is_killed() {
    let rounds = std::env::var("IDENETT_KILL_ROUNDS").ok().and_then(|n| n.parse().ok()).unwrap_or(ROUNDS);
    let directory = tempfile::tempdir().expect("a temporary directory");
    let home = alone(directory.path());
    let mut dice = Random::new(20_261_121);
    let mut acknowledged: BTreeSet<String> = BTreeSet::new();
    let mut next = 0;
    for _ in 0..rounds {
        let node = Running::start(&home);
        check(&node, &acknowledged);
        let goal = 1 + dice.below(12);
        acknowledged.extend(import_until_killed(node, goal, &mut next));
    }
    let node = Running::start(&home);
    check(&node, &acknowledged);
    let verified = node.ask(&Request::Verify).expect("the node answers");
    assert_eq!(verified["ok"], true, "{verified}");
    node.stop();
    let note = format!("{} acknowledged entries in {rounds} rounds, none lost", acknowledged.len());
    Figure::at_least("kill -9 while entries are acknowledged, stores that opened", rounds as f64, rounds as f64, "rounds", note)
        .print();
}

/// A node in a federation of its own, so that it signs at once.
fn alone(directory: &std::path::Path) -> Home {
    let home = Home::new(directory.join("node"));
    let settings = BTreeMap::from([("org", vec!["961381541".to_owned()]), ("name", vec!["Gran".to_owned()])]);
    let federation = Federation::New {
        name: "Prøve".into(),
        reading: "open".into(),
        bootstrap: Vec::new(),
        registrar_key: home.registrar_key(),
    };
    found(&home, &Founding { settings, federation }).expect("a new node");
    home
}

/// Imports without a pause; the node is killed while the next batch is on its way.
fn import_until_killed(node: Running, goal: u64, next: &mut u64) -> BTreeSet<String> {
    let done = Arc::new(AtomicU64::new(0));
    let seen = Arc::clone(&done);
    let mut client = node.client();
    let first = *next;
    let writer = std::thread::spawn(move || {
        let mut acknowledged = BTreeSet::new();
        let mut batch = first;
        loop {
            let ids: Vec<String> = (0..BATCH).map(|n| format!("kill-{}", batch * BATCH + n)).collect();
            let row = |(line, id): (usize, &String)| ImportRow {
                line: line as u64 + 1,
                input: json!({ "title": format!("Sak {id}"), "external_id": id }),
            };
            let rows = ids.iter().enumerate().map(row).collect();
            batch += 1;
            match client.perform(&Request::Import(Import { rows, no_personal_data: true }), &mut |_| {}) {
                Ok(answer) if answer["taken"] == BATCH => acknowledged.extend(ids),
                // Not signing yet, or the line is cut: nothing was acknowledged as published.
                Ok(answer) => assert!(answer["waiting"].as_u64() > Some(0) || answer["known"].as_u64() > Some(0), "{answer}"),
                Err(_) => return (acknowledged, batch),
            }
            seen.fetch_add(1, Ordering::Release);
        }
    });
    until("enough was acknowledged", || (done.load(Ordering::Acquire) >= goal).then_some(()));
    node.kill();
    let (acknowledged, batch) = writer.join().expect("the writer does not panic");
    *next = batch;
    acknowledged
}

fn check(node: &Running, acknowledged: &BTreeSet<String>) {
    let list = List { kind: "case".into(), all: true, ..List::default() };
    let rows = node.ask(&Request::List(list)).expect("the store opens");
    let here: BTreeSet<&str> = rows.as_array().into_iter().flatten().filter_map(|r| r["external_id"].as_str()).collect();
    let lost: Vec<&String> = acknowledged.iter().filter(|id| !here.contains(id.as_str())).collect();
    assert!(lost.is_empty(), "lost {lost:?}");
}
