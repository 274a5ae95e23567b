use super::*;
use crate::world::{World, at, headers_of, log};

const LATE: u64 = 3;

/// A replica with one member that writes, its next headers, and three announcers.
fn begun() -> (World, Vec<SignedHeader>, [LogKey; 3]) {
    let world = World::found(&[2]);
    let (headers, _) = headers_of(2, world.ledger.federation(), 4);
    (world, headers, [log(11), log(12), log(13)])
}

#[test]
fn a_header_is_judged_by_what_is_held_and_on_its_way() {
    let (mut world, headers, [a, b, _]) = begun();
    let (_, second) = headers_of(2, world.ledger.federation(), 1);
    let mut spread = Spread::default();
    let mut judge = |world: &World, n: usize, by| spread.announced(&world.ledger, &headers[n], by, at(1));
    assert_eq!(judge(&world, 1, a), Verdict::Compare, "what precedes it is missing");
    assert_eq!(judge(&world, 0, a), Verdict::Fetch);
    assert_eq!(judge(&world, 0, b), Verdict::Known, "it is on its way");
    assert_eq!(judge(&world, 1, b), Verdict::Fetch, "what precedes it is on its way");
    assert_eq!(judge(&world, 3, b), Verdict::Compare);
    world.write(2, crate::kind::Kind::Plan, r#""way":1"#);
    assert_eq!(judge(&world, 0, a), Verdict::Known, "it is here");
    let mut fresh = Spread::default();
    assert_eq!(fresh.announced(&world.ledger, &second[0], a, at(1)), Verdict::Fork);
    let (stranger, _) = headers_of(9, world.ledger.federation(), 1);
    assert_eq!(fresh.announced(&world.ledger, &stranger[0], a, at(1)), Verdict::Compare);
}

#[test]
fn who_is_silent_or_gone_is_replaced_by_another_announcer() {
    let (world, headers, [a, b, c]) = begun();
    let id = headers[0].id();
    let announced = || {
        let mut spread = Spread::default();
        for by in [a, b, c] {
            spread.announced(&world.ledger, &headers[0], by, at(0));
        }
        spread
    };
    let mut others = [b, c];
    others.sort_unstable();

    let mut spread = announced();
    assert_eq!(spread.absent(&id, others[0], at(1)), None, "it was not asked");
    assert_eq!(spread.absent(&id, a, at(1)), Some(others[0]));
    assert_eq!(spread.absent(&id, others[0], at(1)), Some(others[1]));
    assert_eq!(spread.absent(&id, others[1], at(1)), None);
    assert_eq!(
        spread.announced(&world.ledger, &headers[0], a, at(1)),
        Verdict::Fetch,
        "nobody was left: it begins anew"
    );

    let mut spread = announced();
    assert_eq!(spread.overdue(at(1), None), vec![]);
    assert_eq!(spread.overdue(at(LATE), None), vec![(others[0], id)]);
    assert_eq!(spread.overdue(at(LATE), None), vec![], "the next one has its time too");
    assert_eq!(spread.overdue(at(LATE), Some(others[1])), vec![], "one who was not asked is gone");
    assert_eq!(spread.overdue(at(2 * LATE), None), vec![], "nobody is left to ask");

    let mut spread = announced();
    assert_eq!(spread.overdue(at(0), Some(a)), vec![(others[0], id)]);
    assert_eq!(spread.arrived(&id), BTreeSet::from([b, c]));
    assert_eq!(spread.arrived(&id), BTreeSet::new());
}
