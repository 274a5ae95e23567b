//! The worked example of the domain model: one case and everything that may be declared about it.

use super::super::*;
use super::small_world::{SmallWorld, TODAY, day, id, reuse_version};
use crate::codes::{CaseStatus, Origin, ReuseStatus};

const A: usize = 0;
const B: usize = 1;
const C: usize = 2;
const D: usize = 3;
const E: usize = 4;

fn world() -> SmallWorld {
    let mut world = SmallWorld::of(5);
    world.case(1, A, "2025-03-01", CaseStatus::InUse);
    world.reuse(11, (1, B), "2025-06-01", ReuseStatus::InUse);
    // C used a copy and stopped.
    let c = world.reuse(12, (1, C), "2025-07-01", ReuseStatus::InUse);
    c.versions[0].degree = Some(Origin::Copy);
    c.versions.push(ReuseVersion {
        id: id(112),
        number: 2,
        ..reuse_version(112, "2026-02-01", ReuseStatus::Stopped, Origin::Copy)
    });
    world.reuse(13, (1, D), "2025-08-01", ReuseStatus::Planned);
    // E let its declaration expire three months ago.
    world.reuse(14, (1, E), "2025-05-01", ReuseStatus::InUse).versions[0].valid_until = Some(day("2026-08-25"));
    world.reuse(15, (1, A), "2025-09-01", ReuseStatus::InUse);
    world
}

#[test]
fn the_case_counts_once_and_one_reuse_of_five_counts() {
    let world = world();
    let spread = world.all(Indicator::B3, "share");
    assert_eq!(spread, Value::Share { n: 1, of: 1 });
    assert_eq!(
        (spread.printed().sign(), spread.level()),
        (Some(":"), Printed::Number(Decimal { units: 1, decimals: 0 }))
    );
    assert_eq!(world.all(Indicator::B4, "reuses"), Value::Level { n: 1 });
    assert_eq!(world.all(Indicator::B4, "per_case"), Value::Mean { sum: 1, of: 1 });
    // Of five members only B reuses; A's own declaration has no effect.
    assert_eq!(world.all(Indicator::B5, "share"), Value::Share { n: 1, of: 5 });
    assert_eq!(world.all(Indicator::B17, "reuses"), Value::Level { n: 1 });
}

#[test]
fn c_counts_in_history_only() {
    let world = world();
    let reckoning = Reckoning::at(&world.material, &world.places, day(TODAY), Focus::default());
    let reached = reckoning.view().every_use().iter().filter_map(|one| one.reached).count();
    // B, C and E have had it in use; D only plans.
    assert_eq!(reached, 3);
    let before = Reckoning::at(&world.material, &world.places, day("2025-12-31"), Focus::default());
    assert_eq!(before.view().every_case().first().map(|case| case.reusers), Some(3));
    // E was first, 61 days after the case was published.
    assert_eq!(world.all(Indicator::B9, "2025"), Value::Days { halves: Some(122), of: 1 });
}
