use super::*;
use crate::world::{at, key, log};

fn due(dialing: &mut Dialing, outgoing: usize, now: Timestamp) -> Vec<String> {
    dialing.due(outgoing, now, |_| 0)
}

fn hint(n: u8, number: u64, seconds: u64, address: &str) -> Hint {
    Hint::sign(&key(n), number, at(seconds), &[address.to_owned()]).expect("a hint")
}

#[test]
fn an_address_that_does_not_answer_is_tried_ever_more_rarely() {
    let mut dialing = Dialing::default();
    dialing.add("a");
    let mut tried = Vec::new();
    for second in 0..1500 {
        if !due(&mut dialing, 0, at(second)).is_empty() {
            tried.push(second);
        }
    }
    let pauses: Vec<u64> = tried.array_windows().map(|[a, b]| b - a).collect();
    assert_eq!(pauses, vec![2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
}

#[test]
fn an_address_that_answered_is_tried_soon_after_its_end() {
    let mut dialing = Dialing::default();
    dialing.add("a");
    for second in [0, 2, 6] {
        assert_eq!(due(&mut dialing, 0, at(second)), vec!["a"], "second {second}");
    }
    dialing.connected("a");
    assert_eq!(due(&mut dialing, 0, at(500)), Vec::<String>::new());
    dialing.disconnected("a", at(500));
    assert_eq!(due(&mut dialing, 0, at(501)), Vec::<String>::new());
    assert_eq!(due(&mut dialing, 0, at(502)), vec!["a"]);
}

#[test]
fn only_so_many_are_dialed_and_chance_chooses() {
    let mut dialing = Dialing::default();
    for address in ["a", "b", "c", "d", "e"] {
        dialing.add(address);
    }
    assert_eq!(dialing.due(OUTGOING, at(0), |_| 0), Vec::<String>::new());
    assert_eq!(dialing.due(OUTGOING - 1, at(0), |n| n - 1), vec!["e"]);
    assert_eq!(due(&mut dialing, 0, at(0)).len(), OUTGOING);
    assert_eq!(due(&mut dialing, 0, at(0)).len(), 1, "each only once");
}

#[test]
fn the_newest_hint_of_a_node_holds_while_it_lives() {
    let mut dialing = Dialing::default();
    let old = HINT_LIFE.as_millis() / 1000 + 1;
    let rows = [
        (hint(2, 5, 0, "x"), 0, true),
        (hint(2, 5, 0, "y"), 0, false),
        (hint(2, 4, 0, "y"), 0, false),
        (hint(2, 6, 0, "y"), 0, true),
        (hint(3, 1, 0, "z"), old, false),
    ];
    for (hint, now, news) in rows {
        assert_eq!(dialing.hint(&hint, at(now)), news, "{hint:?}");
    }
    assert_eq!(due(&mut dialing, 0, at(0)), vec!["y"], "the address before is forgotten");
    assert_eq!(dialing.hints(at(0)).map(Hint::key).collect::<Vec<_>>(), vec![log(2)]);
    assert_eq!(dialing.hints(at(old)).count(), 0);
}
