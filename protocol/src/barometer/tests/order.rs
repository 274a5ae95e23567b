//! The same material gives the same bytes, however it was put together.

use super::super::*;
use super::small_world::{SmallWorld, TODAY, day};
use crate::codes::{CaseStatus, NeedStatus, ReuseStatus};

fn bytes(world: &SmallWorld) -> Vec<u8> {
    let reckoning = Reckoning::at(&world.material, &world.places, day(TODAY), Focus::default());
    reckoning.statistics(Span::Months24).bytes().expect("statistics")
}

fn build(order: &[u16]) -> SmallWorld {
    let mut world = SmallWorld::of(12);
    for n in order {
        let owner = usize::from(n % 7);
        world.case(*n, owner, "2025-03-01", CaseStatus::InUse);
        world.reuse(n + 100, (*n, owner + 1), "2025-07-01", ReuseStatus::InUse);
        world.need(n + 200, owner, "2026-02-01", NeedStatus::Open);
    }
    world
}

#[test]
fn the_order_in_which_things_came_leaves_no_trace() {
    let forward: Vec<u16> = (1..40).collect();
    let backward: Vec<u16> = (1..40).rev().collect();
    let first = bytes(&build(&forward));
    assert_eq!(first, bytes(&build(&backward)));
    assert_ne!(first, bytes(&build(&forward[1..])));
    let text = String::from_utf8(first).expect("JSON");
    assert!(
        text.starts_with(r#"{"definitions":1,"date":"2026-11-25","period":"24m","figures":[{"indicator":"B1","#),
        "{text:.80}"
    );
}
