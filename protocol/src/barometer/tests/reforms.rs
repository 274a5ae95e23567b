//! Tables add up through municipal reforms, in both structures.

use super::super::*;
use super::small_world::{SmallWorld, day, org};
use crate::codes::CaseStatus;

/// Two municipalities become one in 2020, and that one is split in 2024; a third only changes its number.
fn world() -> SmallWorld {
    let number = |text: &str| text.parse().expect("a number");
    let traits = Some(Traits { kostra_group: 7, centrality: 4, size: SizeBand::From5To10, written: None });
    let place = |org, n: &str| Place { org, number: number(n), name: n.to_owned(), traits };
    let changes = [
        ("2020-01-01", "0101", "3001"),
        ("2020-01-01", "0102", "3001"),
        ("2020-01-01", "0103", "3003"),
        ("2024-01-01", "3001", "3101"),
        ("2024-01-01", "3001", "3102"),
    ];
    let changes = changes.map(|(d, from, to)| Renumbering { day: day(d), from: number(from), to: number(to) });
    let mut world = SmallWorld::of(6);
    let places = vec![place(Some(org(3)), "3101"), place(Some(org(4)), "3102"), place(Some(org(5)), "3003")];
    world.places = Places::new(day("2024-01-01"), places, changes);
    let party = |n: usize, text: &str| (Some(org(n)), Some(number(text)));
    world.material.reforms = vec![
        Reform {
            day: day("2020-01-01"),
            from: vec![party(0, "0101"), party(1, "0102")],
            to: vec![party(2, "3001")],
            all_to_one: true,
        },
        Reform {
            day: day("2024-01-01"),
            from: vec![party(2, "3001")],
            to: vec![party(3, "3101"), party(4, "3102")],
            all_to_one: false,
        },
    ];
    world.case(1, 0, "2018-05-01", CaseStatus::InUse);
    world.case(2, 1, "2019-05-01", CaseStatus::InUse);
    world.case(3, 2, "2021-05-01", CaseStatus::InUse);
    world.case(4, 5, "2018-05-01", CaseStatus::InUse);
    world.case(5, 3, "2025-05-01", CaseStatus::InUse);
    world
}

fn parts(world: &SmallWorld, basis: Basis) -> Vec<(String, u64)> {
    let figure = world.figure(Indicator::B7, (Dimension::Municipality, basis));
    figure.parts("share").map(|(part, value)| (part.to_owned(), value.denominator().expect("a share"))).collect()
}

#[test]
fn each_case_stands_where_it_was_then_and_where_it_is_today() {
    let mut world = world();
    let rows = |rows: &[(&str, u64)]| rows.iter().map(|(part, n)| ((*part).to_owned(), *n)).collect::<Vec<_>>();
    let then = rows(&[("0101", 1), ("0102", 1), ("0103", 1), ("3001", 1), ("3101", 1)]);
    assert_eq!(parts(&world, Basis::Then), then);
    // What the divided one had is nobody's until a successor claims it.
    assert_eq!(parts(&world, Basis::Today), rows(&[("3003", 1), ("3101", 1), (UNASSIGNED, 3)]));
    let case = world.existing(3);
    let mut claim = case.versions[0].clone();
    claim = CaseVersion { id: super::small_world::id(33), number: 2, day: day("2024-06-01"), by: org(4), ..claim };
    case.versions.push(claim);
    assert_eq!(parts(&world, Basis::Today), rows(&[("3003", 1), ("3101", 1), ("3102", 1), (UNASSIGNED, 2)]));
    for basis in [Basis::Today, Basis::Then] {
        assert_eq!(parts(&world, basis).iter().map(|(_, n)| n).sum::<u64>(), 5, "{basis:?}");
    }
}

#[test]
fn members_that_went_into_another_are_counted_no_more() {
    let world = world();
    let members = |on| world.figure_at(Indicator::B5, on, (Dimension::All, Basis::Today)).cell("share", ALL);
    // Six are admitted; two go into the third in 2020, and that one into the fourth and fifth in 2024.
    assert_eq!(members("2020-06-01"), Some(Value::Share { n: 0, of: 4 }));
    assert_eq!(members("2026-11-25"), Some(Value::Share { n: 0, of: 3 }));
    let coverage = world.figure(Indicator::B21, (Dimension::All, Basis::Today));
    assert_eq!(coverage.cell("share", ALL), Some(Value::Share { n: 3, of: 3 }));
}
