use super::*;
use crate::quiet::Word;
use crate::world::{at, log};

fn range(from: u64, to: u64) -> Range {
    Range { log: log(2), from: Seq::new(from), to: Seq::new(to) }
}

#[test]
fn jobs_go_out_in_order_and_wait_for_room_after_entries() {
    let mut session = Session::new(None, at(0));
    let last = SERVE_ENTRIES + 10;
    session.queue([
        Job::Send(Message::Done),
        Job::Serve(range(1, last)),
        Job::Serve(range(7, 7)),
        Job::Send(Message::Done),
    ]);
    let mut steps = Vec::new();
    for _ in 0..10 {
        match session.next_job() {
            Some(job) => steps.push(Some(job)),
            None if session.jobs() == 0 => break,
            None => {
                steps.push(None);
                session.has_room();
            }
        }
    }
    let done = Some(Job::Send(Message::Done));
    let serve = |from, to| Some(Job::Serve(range(from, to)));
    let expected = vec![
        done.clone(),
        serve(1, SERVE_ENTRIES),
        None,
        serve(SERVE_ENTRIES + 1, last),
        None,
        serve(7, 7),
        None,
        done,
    ];
    assert_eq!(steps, expected);
}

fn asked(mask: u64) -> Asked {
    Asked { ours: Digest::from_bytes([0; 32]), theirs: Word::State(None), mask }
}

#[test]
fn a_pull_ends_once_when_all_was_looked_at() {
    for (gained, outcome) in [(0, Outcome::Nothing), (1, Outcome::Gained)] {
        let mut session = Session::new(None, at(0));
        assert!(!session.done(), "nobody asked");
        assert_eq!(session.outcome(), None);
        session.began(asked(0b101), at(1));
        session.handed(2, at(2));
        assert!(session.done());
        assert_eq!((session.outcome(), session.is_pulling()), (None, true), "two are being looked at");
        session.taken(2, gained, at(3));
        assert_eq!((session.outcome(), session.busy), (Some(outcome), 0));
        assert_eq!(session.outcome(), None);
    }
}

#[test]
fn only_the_peer_can_stall() {
    let mut session = Session::new(None, at(0));
    let late = at(100);
    assert!(!session.is_stalled(late), "nothing is awaited");
    session.began(asked(1), at(0));
    assert!(!session.is_stalled(at(30)));
    assert!(session.is_stalled(late));
    session.handed(1, at(1));
    assert!(!session.is_stalled(late), "it is our turn");
    session.taken(1, 0, at(80));
    assert!(!session.is_stalled(late));
    assert!(session.is_stalled(at(111)));
}

#[test]
fn the_third_fault_is_one_too_many() {
    let mut session = Session::new(None, at(0));
    assert_eq!([session.fault(), session.fault(), session.fault()], [false, false, true]);
}
