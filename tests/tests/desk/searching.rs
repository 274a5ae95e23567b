//! What is published is found, by its newest version, until it is withdrawn or its text is dropped.

use std::sync::Arc;

use idenett::clock;
use idenett::desk::{Desk, Publish, Redact, RegistrarAct, Request, Revise, SearchFor, Withdraw};
use idenett::home::Home;
use idenett::indexing::Indexing;
use idenett::search::{Asked, Note, Search};
use idenett_protocol::time::Day;
use serde_json::{Value, json};

use crate::{ask, contact, desk, make};

fn publish(desk: &Desk, title: &str, solution: &str) -> String {
    let input = json!({
        "title": title, "summary": "Ei kort forteljing.", "problem": "Noko var tungvint.", "solution": solution,
        "status": "in_use", "types": ["service"], "sector": "technical", "themes": ["tema/fritid"],
        "origin": "unknown", "licence": "CC0-1.0", "lang": "nn",
    });
    let publish = Publish { kind: "case".to_owned(), input, no_personal_data: true };
    ask(desk, Request::Publish(publish)).expect("a case")["id"].as_str().expect("an id").to_owned()
}

fn found(desk: &Desk, text: &str) -> Vec<String> {
    let wanted = SearchFor {
        text: text.to_owned(),
        kind: "case".to_owned(),
        filters: Vec::new(),
        like_us: false,
        sort: None,
        limit: None,
    };
    let hits = ask(desk, Request::Search(wanted)).expect("an answer");
    hits.as_array().expect("a list").iter().map(|hit| hit["id"].as_str().expect("an id").to_owned()).collect()
}

/// Whether the index's dictionary has a word that is one slip away from this, of cases that are gone too.
fn is_in_dictionary(home: &Home, nearly: &str) -> bool {
    let search = Search::open(&home.search().join("terms")).expect("an index");
    let day = Day::from_ymd(2026, 11, 25).expect("a day");
    let found = search.ask(&Asked::words(nearly), day, &|_| None).expect("an answer");
    found.notes.iter().any(|note| matches!(note, Note::Spelling { .. }))
}

#[test]
fn the_newest_version_is_found_and_nothing_that_is_gone() {
    let place = tempfile::tempdir().expect("a directory");
    let home = Home::new(place.path().join("gran"));
    make(&home, "961381541", None);
    let at = desk(&home);
    ask(&at, contact("Rådgivar")).expect("a contact");
    let lamps = publish(&at, "Gatelys som dimmar seg sjølve", "Lampene kjenner att fotgjengarar.");
    let pool = publish(&at, "Symjehall utan kø", "Ei bestillingsløysing viser ledig plass.");
    assert_eq!(found(&at, "gatebelysning gatelys"), std::slice::from_ref(&lamps));
    assert_eq!(found(&at, "svømmehall"), std::slice::from_ref(&pool), "bokmål finds nynorsk");
    let input = json!({ "title": "Gatelys som sparar straum om natta", "solution": "Lampene blir slått av." });
    let revise = Revise { id: lamps.clone(), kind: "case".to_owned(), input, no_personal_data: true };
    ask(&at, Request::Revise(revise)).expect("a revision");
    assert_eq!(found(&at, "strøm"), std::slice::from_ref(&lamps));
    assert_eq!(found(&at, "fotgjengere"), Vec::<String>::new(), "the version before is not found");
    at.close().expect("a clean stop");

    let at = desk(&home);
    assert_eq!(found(&at, "strøm"), std::slice::from_ref(&lamps), "what was found is found after a start");
    let withdraw = Withdraw { id: pool, kind: None, reason: "outdated".to_owned(), replacement: None, text: None };
    ask(&at, Request::Withdraw(withdraw)).expect("a withdrawal");
    assert_eq!(found(&at, "symjehall"), Vec::<String>::new());
    std::fs::remove_dir_all(home.search()).expect("the index is there");
    at.close().expect("a clean stop");

    let at = desk(&home);
    assert_eq!(found(&at, "strøm"), [lamps], "an index that is lost is made anew");
}

#[test]
fn a_text_that_was_dropped_leaves_the_files_of_the_index() {
    let place = tempfile::tempdir().expect("a directory");
    let home = Home::new(place.path().join("gran"));
    make(&home, "961381541", None);
    let at = desk(&home);
    ask(&at, contact("Rådgivar")).expect("a contact");
    let case = publish(&at, "Skredvarsling", "Kryptonsensorar varslar om snøskred.");
    publish(&at, "Noko heilt anna", "Ein annan tekst.");
    assert_eq!(found(&at, "kryptonsensor"), std::slice::from_ref(&case));
    at.close().expect("a clean stop");
    assert!(is_in_dictionary(&home, "kryptonsensorax"), "the words are on the disk");
    let at = desk(&home);
    let redact = Redact { id: case, reason: "personal_data".to_owned(), only: false, sure: true };
    ask(&at, Request::Redact(redact)).expect("a redaction");
    assert_eq!(found(&at, "kryptonsensor"), Vec::<String>::new());
    at.close().expect("a clean stop");
    assert!(!is_in_dictionary(&home, "kryptonsensorax"), "no file has the words");
}

#[test]
fn what_was_found_is_found_while_everything_is_put_anew() {
    let place = tempfile::tempdir().expect("a directory");
    let home = Home::new(place.path().join("gran"));
    make(&home, "961381541", None);
    let at = desk(&home);
    ask(&at, contact("Rådgivar")).expect("a contact");
    publish(&at, "Gatelys som dimmar seg sjølve", "Lampene kjenner att fotgjengarar.");
    publish(&at, "Gatelys utan stolpar", "Lampene heng i vaierar.");
    let indexing = Indexing::open(&place.path().join("beside"), Arc::clone(at.library())).expect("an index");
    let total = || indexing.ask(&Asked::words("gatelys"), clock::now()).expect("an answer").total;
    indexing.follow(clock::now(), &mut |_, _| {}).expect("the disk works");
    assert_eq!(total(), 2);

    let charter = json!({ "do": "charter_update", "keys": [home.registrar_key()], "name": "Eit anna namn",
        "add_bootstrap": [], "remove_bootstrap": [], "sure": true });
    ask(&at, serde_json::from_value(charter).expect("a request")).expect("a charter");
    let mut put = 0;
    let mut looked = |_, _| {
        put += 1;
        assert_eq!(total(), 2);
    };
    indexing.follow(clock::now(), &mut looked).expect("the disk works");
    assert_eq!((put, total()), (2, 2), "with another charter everything is put anew");

    let revoke = RegistrarAct::Revoke { who: "961381541".into(), at: Some(2), reason: "left".into(), sure: true };
    let revoke = Request::Registrar { key: home.registrar_key(), act: revoke, offline: false };
    ask(&at, revoke).expect("a revocation");
    indexing.follow(clock::now(), &mut |_, _| {}).expect("the disk works");
    assert_eq!(total(), 1, "what counts no longer is taken out");
}

#[test]
fn a_wrong_filter_says_which_there_are() {
    let place = tempfile::tempdir().expect("a directory");
    let home = Home::new(place.path().join("gran"));
    make(&home, "961381541", None);
    let at = desk(&home);
    let wanted = |filter: &str| {
        let wanted = json!({ "do": "search", "text": "a", "kind": "case", "filters": [filter] });
        ask(&at, serde_json::from_value(wanted).expect("a request"))
    };
    let said = wanted("colour=red").expect_err("no such facet").to_string();
    assert!(said.contains("sector"), "{said}");
    assert_eq!(wanted("sector=technical").expect("an answer"), Value::Array(Vec::new()));
}
