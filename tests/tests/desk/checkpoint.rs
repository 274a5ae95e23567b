//! A start loads the checkpoint of the stop before it, and reads nothing of the journal again.

use super::{ask, contact, desk, make};
use idenett::desk::Request;
use idenett::home::Home;

#[test]
fn a_start_after_a_clean_stop_replays_nothing() {
    let place = tempfile::tempdir().expect("a temporary directory");
    let home = Home::new(place.path().join("node"));
    // Admitted without a municipality number: what is not stated must come back too.
    make(&home, "961381541", None);
    let first = desk(&home);
    ask(&first, contact("Innovasjonsrådgiver")).expect("published");
    let before = ask(&first, Request::Frontier).expect("an answer");
    first.close().expect("a clean stop");
    let second = desk(&home);
    assert_eq!(second.opening().replayed, 0);
    assert_eq!(ask(&second, Request::Frontier).expect("an answer"), before);
}
