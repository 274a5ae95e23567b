use super::*;
use crate::world::{ORGS, World, log};

const OWNER: u8 = 2;
const FRIEND: u8 = 3;
const STRANGER: u8 = 4;

fn revise(world: &mut World, by: u8, subject: EntryId, replaces: EntryId, number: u32) -> EntryId {
    let fields = format!(r#""subject":"{subject}","replaces":["{replaces}"],"number":{number}"#);
    world.write(by, Kind::Case, &fields).id()
}

fn state(world: &World, subject: &EntryId, version: EntryId) -> VersionState {
    let thing = world.ledger.thing(subject).expect("a thing");
    thing.versions.iter().find(|(v, _)| v.id == version).map(|(_, state)| *state).expect("a version")
}

#[test]
fn a_version_has_no_right_only_if_its_signer_has_none() {
    use VersionState as S;
    let mut world = World::found(&[OWNER, FRIEND, STRANGER]);
    let first = world.write(OWNER, Kind::Case, r#""number":1"#).id();
    let unknown = EntryId::from_bytes([7; 32]);
    let rows = [
        (OWNER, first, 2, S::Replaced),
        (OWNER, first, 9, S::Waiting),
        (OWNER, unknown, 2, S::Waiting),
        (STRANGER, first, 2, S::NoRight),
        (STRANGER, first, 9, S::NoRight),
        (STRANGER, unknown, 2, S::NoRight),
    ];
    let versions = rows.map(|(by, replaces, number, _)| revise(&mut world, by, first, replaces, number));
    let last = revise(&mut world, OWNER, first, versions[0], 3);
    for (version, row) in versions.into_iter().zip(rows) {
        assert_eq!(state(&world, &first, version), row.3, "{row:?}");
    }
    assert_eq!((state(&world, &first, first), state(&world, &first, last)), (S::Replaced, S::Current));
    assert_eq!(world.ledger.thing(&first).expect("a thing").owner.to_string(), ORGS[0]);
}

#[test]
fn what_waits_takes_its_place_when_what_it_replaces_comes() {
    let mut world = World::found(&[OWNER, FRIEND]);
    let friend = ORGS[1];
    let first = world.write(OWNER, Kind::Case, &format!(r#""number":1,"co_owners":["{friend}"]"#)).id();
    let early = revise(&mut world, FRIEND, first, first, 2);
    assert_eq!(state(&world, &first, early), VersionState::NoRight, "named, and not confirmed");
    world.write(FRIEND, Kind::Confirmation, &format!(r#""subject":"{first}","valid_until":"2030-01-01""#));
    assert_eq!(state(&world, &first, early), VersionState::Current);
    let rival = revise(&mut world, OWNER, first, first, 2);
    let shown = world.ledger.thing(&first).expect("a thing").current;
    let other = if shown == rival { early } else { rival };
    assert_eq!((shown, state(&world, &first, other)), (early.max(rival), VersionState::Concurrent));
    let need = world.next(OWNER, Kind::Need, &format!(r#""subject":"{first}","replaces":["{shown}"],"number":3"#));
    world.take(&need).expect("an entry that joins");
    assert_eq!(state(&world, &first, need.id()), VersionState::Waiting, "of another kind");
    assert!(world.ledger.registry().standing(&log(FRIEND)).is_some());
}
