//! Each indicator with figures counted by hand.

use super::super::*;
use super::small_world::{SmallWorld, case_version, comment, day, id, org, reuse_version};
use crate::body::{Amount, Saved};
use crate::codes::{
    CaseStatus, Channel, Code, CommentKind, Factor, InnovationType, Lang, NeedStatus, Origin, Participant, ReuseStatus,
    SavedUnit, SavingMethod, Sector, Theme,
};
use Indicator as I;

fn share(n: u64, of: u64) -> Value {
    Value::Share { n, of }
}

fn days(halves: u64, of: u64) -> Value {
    Value::Days { halves: Some(halves), of }
}

#[test]
fn b1_counts_members_that_took_something_in_use_in_the_period() {
    let mut world = SmallWorld::of(6);
    world.case(1, 0, "2025-03-01", CaseStatus::InUse);
    world.case(2, 0, "2025-03-01", CaseStatus::InUse);
    // Signed now, in use for long; signed long ago, in use since last year; still a pilot; withdrawn.
    world.case(3, 1, "2026-01-01", CaseStatus::InUse).versions[0].in_use = Some(day("2019-05-01"));
    world.case(4, 2, "2021-01-01", CaseStatus::Utilised).versions[0].in_use = Some(day("2025-01-01"));
    world.case(5, 3, "2026-01-01", CaseStatus::Pilot);
    world.case(6, 4, "2026-01-01", CaseStatus::InUse).withdrawn = Some(day("2026-05-01"));
    assert_eq!(world.all(I::B1, "share"), share(2, 6));
    // The sixth has left, and what is dated after the day is not there.
    world.material.members.get_mut(&org(5)).expect("a member").keys[0].1 = Some(day("2026-01-01"));
    world.case(7, 3, "2026-11-26", CaseStatus::InUse);
    assert_eq!(world.all(I::B1, "share"), share(2, 5));
    let then = world.figure_at(I::B1, "2025-12-31", (Dimension::All, Basis::Today));
    assert_eq!(then.cell("share", ALL), Some(share(2, 6)));
}

#[test]
fn b1_does_not_date_an_import_that_says_no_day() {
    let mut world = SmallWorld::of(1);
    world.case(1, 0, "2025-03-01", CaseStatus::InUse).versions[0].imported = true;
    assert_eq!(world.all(I::B1, "share"), share(0, 1));
    // One that was imported as a pilot and taken in use here is dated by the version that says so.
    let mut second = case_version(20, org(0), "2026-02-01", CaseStatus::InUse);
    second.number = 2;
    let first = world.case(2, 0, "2025-03-01", CaseStatus::Pilot);
    first.versions[0].imported = true;
    first.versions.push(CaseVersion { imported: true, ..second });
    assert_eq!(world.all(I::B1, "share"), share(1, 1));
}

#[test]
fn b2_shares_origins_among_those_that_know_theirs() {
    let mut world = SmallWorld::of(1);
    let origins = [Origin::First, Origin::Adapted, Origin::Adapted, Origin::Inspired, Origin::Copy, Origin::Unknown];
    for (n, origin) in (1..).zip(origins) {
        world.case(n, 0, "2025-03-01", CaseStatus::InUse).versions[0].origin = Some(origin);
    }
    world.case(9, 0, "2025-03-01", CaseStatus::Pilot).versions[0].origin = Some(Origin::Copy);
    let shares = ["first", "adapted", "copy", "adapted_or_copy"].map(|series| world.all(I::B2, series));
    assert_eq!(shares, [share(1, 5), share(3, 5), share(1, 5), share(4, 5)]);
}

#[test]
fn b3_b4_and_b5_count_organisations_and_show_inspiration_beside() {
    let mut world = SmallWorld::of(4);
    world.case(1, 0, "2025-03-01", CaseStatus::InUse);
    world.case(2, 0, "2025-03-01", CaseStatus::InUse);
    world.case(3, 0, "2026-09-01", CaseStatus::InUse);
    world.case(4, 0, "2025-03-01", CaseStatus::InUse).versions[0].valid_until = Some(day("2026-01-01"));
    // Two units of one organisation are one reuse.
    for (n, unit) in [(11, "nord"), (12, "sør")] {
        world.reuse(n, (1, 1), "2025-06-01", ReuseStatus::InUse).versions[0].unit = Some(unit.into());
    }
    world.reuse(13, (1, 2), "2025-06-01", ReuseStatus::Utilised);
    world.reuse(14, (2, 3), "2025-06-01", ReuseStatus::InUse).versions[0].degree = Some(Origin::Inspired);
    world.reuse(15, (3, 1), "2026-10-01", ReuseStatus::InUse);
    world.reuse(16, (4, 1), "2025-06-01", ReuseStatus::InUse);
    // The third is too new to be asked, the fourth not confirmed.
    assert_eq!([world.all(I::B3, "share"), world.all(I::B3, "inspired")], [share(1, 2), share(1, 2)]);
    assert_eq!(world.all(I::B4, "reuses"), Value::Level { n: 3 });
    assert_eq!(world.all(I::B4, "per_case"), Value::Mean { sum: 3, of: 3 });
    assert_eq!(world.all(I::B4, "inspired"), Value::Level { n: 1 });
    assert_eq!([world.all(I::B5, "share"), world.all(I::B5, "inspired")], [share(2, 4), share(1, 4)]);
    // A confirmation brings the fourth back.
    world.existing(4).confirmed.push((day("2026-01-01"), day("2027-01-01")));
    assert_eq!(world.all(I::B3, "share"), share(2, 3));
}

#[test]
fn b6_wants_an_act_of_sharing() {
    let mut world = SmallWorld::of(3);
    for n in 1..=5 {
        world.case(n, 0, "2025-03-01", CaseStatus::InUse);
    }
    world.existing(1).translated = Some(day("2025-04-01"));
    let question = |answered| CommentRecord { answered, ..comment(1, "2025-05-01", CommentKind::Question) };
    world.existing(2).comments.push(question(Some(day("2025-05-15"))));
    world.existing(3).comments.push(question(Some(day("2025-05-16"))));
    let arena = |is_arena, n| ProgrammeRecord {
        published: day("2025-01-01"),
        withdrawn: None,
        is_arena,
        cases: [id(n)].into(),
    };
    world.material.programmes.extend([(id(101), arena(true, 4)), (id(102), arena(false, 5))]);
    assert_eq!(world.all(I::B6, "share"), share(3, 5));
}

#[test]
fn b7_takes_a_measurement_or_a_good_outcome_elsewhere() {
    let mut world = SmallWorld::of(4);
    for n in 1..=5 {
        world.case(n, 0, "2025-03-01", CaseStatus::InUse);
    }
    world.existing(1).measured.push((day("2025-04-01"), org(0)));
    // By somebody who neither owns nor uses it; tomorrow; an outcome that was worse; one that was as expected.
    world.existing(2).measured.push((day("2025-04-01"), org(3)));
    world.existing(3).measured.push((day("2026-11-26"), org(0)));
    world.reuse(11, (4, 1), "2025-06-01", ReuseStatus::InUse).versions[0].outcome = Some(-1);
    world.reuse(12, (5, 1), "2025-06-01", ReuseStatus::InUse).versions[0].outcome = Some(0);
    assert_eq!(world.all(I::B7, "share"), share(2, 5));
}

#[test]
fn b8_shares_what_was_observed_among_the_utilised() {
    use crate::codes::Value as Kind;
    let mut world = SmallWorld::of(1);
    for n in 1..=3 {
        world.case(n, 0, "2025-03-01", CaseStatus::Utilised);
    }
    world.now(1).values = vec![(Kind::Quality, true), (Kind::Trust, false)];
    world.now(2).values = vec![(Kind::Quality, true), (Kind::Efficiency, true)];
    world.case(4, 0, "2025-03-01", CaseStatus::InUse).versions[0].values = vec![(Kind::Quality, true)];
    let shares = ["quality", "efficiency", "trust"].map(|series| world.all(I::B8, series));
    assert_eq!(shares, [share(2, 3), share(1, 3), share(0, 3)]);
}

#[test]
fn b9_follows_those_that_nobody_has_reused_yet() {
    let mut world = SmallWorld::of(2);
    // Reused after 10, 20 and 30 days; two never.
    for (n, on) in [(1, "2025-01-11"), (2, "2025-01-21"), (3, "2025-01-31")] {
        world.case(n, 0, "2025-01-01", CaseStatus::InUse);
        world.reuse(n + 10, (n, 1), on, ReuseStatus::InUse);
    }
    world.case(4, 0, "2025-01-01", CaseStatus::InUse);
    world.case(5, 0, "2026-01-01", CaseStatus::InUse);
    assert_eq!(world.all(I::B9, "2025"), days(40, 4));
    assert_eq!(world.all(I::B9, "2026"), Value::Days { halves: None, of: 1 });
    assert_eq!(world.all(I::B9, "all"), days(60, 5));
}

#[test]
fn b10_looks_at_each_use_a_year_after_it_began() {
    let mut world = SmallWorld::of(5);
    world.case(1, 0, "2023-01-01", CaseStatus::InUse);
    world.reuse(11, (1, 1), "2024-06-01", ReuseStatus::InUse);
    // Stopped within the year; stopped after it; began less than a year ago.
    for (n, by, stopped) in [(12, 2, "2025-05-31"), (13, 3, "2025-06-02")] {
        let reuse = world.reuse(n, (1, by), "2024-06-01", ReuseStatus::InUse);
        let mut second = reuse_version(n + 100, stopped, ReuseStatus::Stopped, Origin::Adapted);
        second.number = 2;
        reuse.versions.push(second);
    }
    world.reuse(14, (1, 4), "2026-06-01", ReuseStatus::InUse);
    assert_eq!(world.all(I::B10, "share"), share(2, 3));
}

#[test]
fn b11_counts_needs_that_a_case_or_reuse_met_and_s2_those_still_open() {
    let mut world = SmallWorld::of(2);
    world.need(1, 0, "2026-01-01", NeedStatus::Open);
    world.need(2, 0, "2026-01-01", NeedStatus::InDialogue).versions[0].valid_until = Some(day("2026-06-01"));
    // Met, but by nothing that is here.
    world.need(3, 0, "2026-01-01", NeedStatus::Met);
    for (n, on) in [(4, "2026-01-11"), (5, "2026-01-31")] {
        let need = world.need(n, 1, "2026-01-01", NeedStatus::Open);
        let mut second = need.versions[0].clone();
        second = NeedVersion {
            id: id(n + 100),
            number: 2,
            day: day(on),
            status: Some(NeedStatus::Met),
            met_by: Some(id(77)),
            ..second
        };
        need.versions.push(second);
    }
    assert_eq!([world.all(I::B11, "share"), world.all(I::B11, "days")], [share(2, 5), days(40, 2)]);
    assert_eq!(world.all(I::S2, "open"), Value::Level { n: 1 });
}

#[test]
fn b12_and_b14_ask_those_that_say_so_and_b15_all() {
    let mut world = SmallWorld::of(1);
    for n in 1..=3 {
        world.case(n, 0, "2025-03-01", CaseStatus::InUse);
    }
    world.now(1).initiated_by = vec![Participant::Employees, Participant::Managers];
    world.now(2).initiated_by = vec![Participant::Elected];
    world.now(1).participants = vec![Participant::Citizens, Participant::Research];
    world.now(2).participants = vec![Participant::Citizens];
    world.now(1).types = vec![InnovationType::Service, InnovationType::Process];
    world.now(2).types = vec![InnovationType::Service];
    assert_eq!(world.all(I::B12, "share"), share(1, 2));
    assert_eq!([world.all(I::B14, "citizens"), world.all(I::B14, "research")], [share(2, 2), share(1, 2)]);
    assert_eq!(world.all(I::B15, "share"), share(1, 3));
}

#[test]
fn b13_means_are_of_the_answers() {
    let mut world = SmallWorld::of(1);
    for n in 1..=2 {
        world.case(n, 0, "2025-03-01", CaseStatus::InUse);
    }
    world.now(1).promoting = vec![(Factor::Economy, -1), (Factor::Leadership, 2)];
    world.now(2).promoting = vec![(Factor::Economy, -2)];
    world.now(2).hindering = vec![(Factor::Economy, 2)];
    let means = ["promoting:economy", "promoting:leadership", "hindering:economy", "hindering:time"];
    let expected = [(-3, 2), (2, 1), (2, 1), (0, 0)].map(|(sum, of)| Value::Mean { sum, of });
    assert_eq!(means.map(|series| world.all(I::B13, series)), expected);
}

#[test]
fn b16_shares_lessons_among_what_ended() {
    let mut world = SmallWorld::of(1);
    world.case(1, 0, "2025-03-01", CaseStatus::EndedWithLessons);
    world.case(2, 0, "2025-03-01", CaseStatus::Discontinued);
    world.case(3, 0, "2020-03-01", CaseStatus::Discontinued);
    assert_eq!(world.all(I::B16, "share"), share(1, 2));
    let funnel = ["ended_with_lessons", "discontinued", "pilot"].map(|series| world.all(I::S1, series));
    assert_eq!(funnel, [share(1, 3), share(2, 3), share(0, 3)]);
}

#[test]
fn b18_shares_channels_among_those_that_name_one() {
    let mut world = SmallWorld::of(5);
    world.case(1, 0, "2025-03-01", CaseStatus::InUse);
    let heard = [Some(Channel::ThisNetwork), Some(Channel::Colleague), Some(Channel::Unknown), None];
    for (by, channel) in (1..).zip(heard) {
        world.reuse(10 + by, (1, usize::from(by)), "2025-06-01", ReuseStatus::InUse).versions[0].channel = channel;
    }
    assert_eq!([world.all(I::B18, "this_network"), world.all(I::B18, "visit")], [share(1, 2), share(0, 2)]);
    // A unit of the third knows.
    let knows = world.reuse(21, (1, 3), "2025-06-02", ReuseStatus::InUse);
    (knows.versions[0].unit, knows.versions[0].channel) = (Some("skole".to_owned()), Some(Channel::Visit));
    assert_eq!([world.all(I::B18, "this_network"), world.all(I::B18, "visit")], [share(1, 3), share(1, 3)]);
}

#[test]
fn b19_asks_how_fresh_things_are() {
    let mut world = SmallWorld::of(2);
    // Signed 10 days ago; confirmed 30 days ago; expired, 100 days old.
    world.case(1, 0, "2026-11-15", CaseStatus::InUse);
    world.case(2, 0, "2025-01-01", CaseStatus::InUse).confirmed.push((day("2026-10-26"), day("2027-01-01")));
    world.case(3, 0, "2026-08-17", CaseStatus::InUse).versions[0].valid_until = Some(day("2026-11-24"));
    world.case(4, 0, "2026-11-15", CaseStatus::Pilot);
    let asked = |on, answered| CommentRecord { answered, ..comment(1, on, CommentKind::Question) };
    let comments = [asked("2026-10-01", Some(day("2026-10-02"))), asked("2026-10-01", None), asked("2026-11-20", None)];
    world.existing(1).comments.extend(comments);
    let found = ["active", "days_since_confirmed", "answered"].map(|series| world.all(I::B19, series));
    assert_eq!(found, [share(2, 3), days(60, 3), share(1, 2)]);
}

#[test]
fn b20_keeps_units_apart_and_says_how_many_answered() {
    let mut world = SmallWorld::of(4);
    world.case(1, 0, "2025-03-01", CaseStatus::InUse);
    let saved = |low, expected, unit: SavedUnit, method: SavingMethod| Saved {
        amount: Amount { low, expected: Some(expected), high: None },
        unit: unit.into(),
        price_year: Some(2025),
        method: method.into(),
    };
    let stated = [
        Some(saved(Some(80), 100, SavedUnit::NokYear, SavingMethod::Estimate)),
        Some(saved(None, 50, SavedUnit::NokYear, SavingMethod::Accounts)),
        Some(Saved { method: Code::default(), ..saved(None, 7, SavedUnit::HoursYear, SavingMethod::Estimate) }),
    ];
    for (by, saved) in (1..).zip(stated) {
        world.reuse(10 + by, (1, usize::from(by)), "2025-06-01", ReuseStatus::InUse).versions[0].saved = saved;
    }
    assert_eq!(world.all(I::B20, "nok_year"), Value::Saved { low: 130, expected: 150, high: 150, n: 2, of: 3 });
    assert_eq!(world.all(I::B20, "hours_year"), Value::Saved { low: 0, expected: 0, high: 0, n: 0, of: 3 });
}

#[test]
fn b22_wants_something_back_within_a_year() {
    let mut world = SmallWorld::of(4);
    world.case(1, 0, "2024-01-01", CaseStatus::InUse);
    for by in 1..=3 {
        world.reuse(10 + by, (1, usize::from(by)), "2025-01-01", ReuseStatus::InUse);
    }
    let improvement =
        CommentRecord { adopted: Some(day("2026-02-01")), ..comment(1, "2025-12-31", CommentKind::Improvement) };
    let comments =
        [improvement, comment(2, "2026-01-02", CommentKind::Thanks), comment(3, "2025-03-01", CommentKind::Question)];
    world.existing(1).comments.extend(comments);
    assert_eq!([world.all(I::B22, "share"), world.all(I::B22, "adopted")], [share(1, 3), share(1, 1)]);
}

#[test]
fn b23_counts_the_links_of_a_chain_and_is_not_caught_in_a_circle() {
    let mut world = SmallWorld::of(5);
    world.case(1, 0, "2025-03-01", CaseStatus::InUse);
    world.case(2, 1, "2025-03-01", CaseStatus::InUse).versions[0].builds_on = vec![id(1), id(99)];
    world.case(3, 2, "2025-03-01", CaseStatus::InUse).versions[0].builds_on = vec![id(2)];
    world.now(3).origin = Some(Origin::Copy);
    for n in 1..=3 {
        world.reuse(10 + n, (n, 4), "2025-06-01", ReuseStatus::InUse);
    }
    let found = ["generation_1", "generation_2", "generation_3", "generation_4", "from_a_copy"];
    let expected = [share(1, 3), share(1, 3), share(1, 3), share(0, 3), share(1, 3)];
    assert_eq!(found.map(|series| world.all(I::B23, series)), expected);
    world.now(1).builds_on = vec![id(3)];
    assert_eq!(world.all(I::B23, "generation_4"), share(3, 3));
}

#[test]
fn b24_counts_languages_and_reuse_across_them() {
    let mut world = SmallWorld::of(4);
    for (n, lang) in [(1, Some(Lang::Nb)), (2, Some(Lang::Nn)), (3, None)] {
        world.case(n, 0, "2025-03-01", CaseStatus::InUse).versions[0].lang = lang;
    }
    for (n, case, by, lang) in [(11, 1, 1, Lang::Nn), (12, 1, 2, Lang::Nb), (13, 2, 1, Lang::En), (14, 3, 2, Lang::Nn)]
    {
        world.reuse(n, (case, by), "2025-06-01", ReuseStatus::InUse).versions[0].lang = Some(lang);
    }
    let found = ["nb", "nn", "across"].map(|series| world.all(I::B24, series));
    assert_eq!(found, [share(1, 2), share(1, 2), share(1, 2)]);
}

#[test]
fn parts_add_up_and_overlapping_ones_do_not() {
    let mut world = SmallWorld::of(2);
    world.case(1, 0, "2025-03-01", CaseStatus::InUse).versions[0].sector = Some(Sector::Culture);
    world.case(2, 0, "2025-03-01", CaseStatus::InUse);
    let themes = ["tema/skolehverdag", "internal/hr-sick-leave"];
    world.now(1).themes = themes.iter().filter_map(|t| t.parse::<Theme>().ok()).chain([Theme::HrSickLeave]).collect();
    let by = |dimension| world.figure(I::B7, (dimension, Basis::Today));
    let sectors: Vec<(String, Value)> = by(Dimension::Sector).parts("share").map(|(p, v)| (p.to_owned(), v)).collect();
    assert_eq!(sectors, [("culture".to_owned(), share(0, 1)), (NOT_STATED.to_owned(), share(0, 1))]);
    let of: u64 = by(Dimension::Theme).parts("share").filter_map(|(_, v)| v.denominator()).sum();
    assert!(of > 2, "a case of two themes falls in both: {of}");
    // Members have no sector, and no structure of the time knows KOSTRA groups.
    assert_eq!(world.figure(I::B1, (Dimension::Sector, Basis::Today)).cells, []);
    assert_eq!(world.figure(I::B7, (Dimension::KostraGroup, Basis::Then)).cells, []);
}

#[test]
fn a_focus_counts_its_own_and_sees_whom_it_may() {
    let mut world = SmallWorld::of(3);
    world.case(1, 0, "2025-03-01", CaseStatus::InUse);
    world.case(2, 1, "2025-03-01", CaseStatus::InUse);
    world.reuse(11, (1, 1), "2025-06-01", ReuseStatus::InUse);
    world.reuse(12, (1, 2), "2025-06-01", ReuseStatus::InUse);
    let look = |subjects: &[usize], reusers: Option<&[usize]>| {
        let orgs = |list: &[usize]| list.iter().map(|n| org(*n)).collect();
        let focus = Focus { subjects: Some(orgs(subjects)), reusers: reusers.map(orgs) };
        let reckoning = Reckoning::at(&world.material, &world.places, day("2026-11-25"), focus);
        let of =
            |i, series: &str| reckoning.figure(i, Span::Months24, (Dimension::All, Basis::Today)).cell(series, ALL);
        [of(I::B4, "reuses"), of(I::B5, "share"), of(I::B3, "share")].map(|value| value.expect("a figure"))
    };
    assert_eq!(look(&[0], None), [Value::Level { n: 2 }, share(0, 1), share(1, 1)]);
    assert_eq!(look(&[1], None), [Value::Level { n: 0 }, share(1, 1), share(0, 1)]);
    assert_eq!(look(&[0, 1], Some(&[1])), [Value::Level { n: 1 }, share(1, 2), share(1, 2)]);
}
