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
fn a_lead_takes_over_the_programme_that_another_published_for_it() {
    let mut world = World::found(&[OWNER, FRIEND, STRANGER]);
    let lead = ORGS[1];
    let first = world.write(OWNER, Kind::Programme, &format!(r#""number":1,"lead":"{lead}""#)).id();
    let owner = |world: &World| world.ledger.thing(&first).expect("a thing").owner.to_string();
    assert_eq!(owner(&world), ORGS[0], "nobody has taken it over");
    let second = format!(r#""subject":"{first}","replaces":["{first}"],"number":2,"lead":"{lead}""#);
    let stranger = world.write(STRANGER, Kind::Programme, &second).id();
    assert_eq!(state(&world, &first, stranger), VersionState::NoRight);
    let taken = world.write(FRIEND, Kind::Programme, &second).id();
    assert_eq!(state(&world, &first, taken), VersionState::Current);
    assert_eq!(owner(&world), lead);
}

#[test]
fn who_leads_a_programme_judges_in_its_name() {
    let mut world = World::found(&[OWNER, FRIEND, STRANGER]);
    let lead = ORGS[1];
    let first = world.write(OWNER, Kind::Programme, &format!(r#""number":1,"lead":"{lead}""#)).id();
    let may = |world: &World| {
        let (logs, registry) = (world.ledger.logs(), world.ledger.registry());
        [0, 1, 2].map(|n| {
            let org = ORGS[n].parse().expect("a number");
            world.ledger.things().may_assess(org, &first, logs, registry)
        })
    };
    assert_eq!(may(&world), [true, true, false]);
    let next = format!(r#""subject":"{first}","replaces":["{first}"],"number":2,"lead":"{}""#, ORGS[2]);
    world.write(OWNER, Kind::Programme, &next);
    assert_eq!(may(&world), [true, false, true], "of the version that is shown");
    world.write(OWNER, Kind::Withdrawal, &format!(r#""target":"{first}","reason":"outdated""#));
    assert_eq!(may(&world), [false; 3]);
}

#[test]
fn what_gathers_cases_mentions_them() {
    let mut world = World::found(&[OWNER]);
    let case = world.write(OWNER, Kind::Case, r#""number":1"#).id();
    let plan = world.write(OWNER, Kind::Plan, r#""number":1,"kind":"strategy","goals":["mot"]"#).id();
    let id = |world: &mut World, kind, fields: String| world.write(OWNER, kind, &fields).id();
    let programme = id(&mut world, Kind::Programme, format!(r#""number":1,"cases":["{case}"]"#));
    let collection = id(&mut world, Kind::Collection, format!(r#""number":1,"cases":["{case}"]"#));
    let award = id(&mut world, Kind::Award, format!(r#""number":1,"case":"{case}""#));
    let serving = id(
        &mut world,
        Kind::Case,
        format!(r#""number":1,"plan_goals":[{{"plan":"{plan}","goal":"mot"}}],"programmes":["{programme}"]"#),
    );
    let mentions =
        |id: &EntryId| world.ledger.things().mentions(id).map(|m| (m.kind, m.entry)).collect::<BTreeSet<_>>();
    let of_case = [(Kind::Programme, programme), (Kind::Collection, collection), (Kind::Award, award)];
    assert_eq!(mentions(&case), BTreeSet::from(of_case));
    assert_eq!(
        (mentions(&plan), mentions(&programme)),
        ([(Kind::Case, serving)].into(), [(Kind::Case, serving)].into())
    );
}

#[test]
fn facts_of_another_version_of_the_program_are_marked_and_not_refused() {
    let mut world = World::found(&[OWNER]);
    let old = world.write(OWNER, Kind::Plan, r#""goals":[{"name":"mot"}]"#).id();
    assert!(world.ledger.things().unreadable().contains_key(&old));
    assert!(world.ledger.logs().counts(&old, world.ledger.registry()));
    assert_eq!(world.ledger.thing(&old), None);
    let bare = world.write(OWNER, Kind::Award, "").id();
    assert_eq!(world.ledger.thing(&bare).map(|t| t.kind), Some(Kind::Award));
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
