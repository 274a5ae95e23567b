//! A made-up history of a whole network, as the material of figures: with revisions, expiries, withdrawals of things and
//! of single versions, concurrent versions, ended memberships, mergers and splits. One seed gives one history. It is
//! crueller than life, so that no rule of the barometer goes without somebody to whom it applies.

mod organisations;
mod cases;
mod reuses;
mod needs;

use idenett::barometer::places;
use idenett_protocol::barometer::{Material, Places};
use idenett_protocol::codes::CodeList;
use idenett_protocol::id::EntryId;
use idenett_protocol::time::Day;

use crate::random::Random;

const CASES: usize = 700;
const REUSES: usize = 5_000;
const NEEDS: usize = 600;
const PROGRAMMES: usize = 25;

/// A made-up history.
pub struct History {
    /// What happened.
    pub material: Material,
    /// The municipalities, which are not made up.
    pub places: &'static Places,
}

impl History {
    /// The history of a seed.
    pub fn of(seed: u64) -> Self {
        Self::sized(seed, CASES, REUSES)
    }

    /// The history of a seed with so many cases and declarations of reuse.
    pub fn sized(seed: u64, cases: usize, reuses: usize) -> Self {
        let mut random = Random::new(seed);
        let (members, reforms) = organisations::make(&mut random.fork());
        let mut material = Material { members, reforms, ..Material::default() };
        material.programmes = cases::programmes(PROGRAMMES, &mut random.fork());
        material.cases = cases::make(cases, &material, &mut random.fork());
        material.reuses = reuses::make(reuses, &material, &mut random.fork());
        material.needs = needs::make(NEEDS, &material, &mut random.fork());
        cases::show(&mut material, &mut random);
        Self { material, places: places() }
    }
}

/// The days on which anything happens.
const FIRST: &str = "2019-01-01";
const DAYS: u64 = 3_100;

fn any_day(random: &mut Random) -> Day {
    let first: Day = FIRST.parse().expect("a day");
    later(first, DAYS, random)
}

/// A day up to so many days after another, that day included.
fn later(day: Day, days: u64, random: &mut Random) -> Day {
    day.add_days(i32::try_from(random.below(days + 1)).expect("a few days"))
}

fn id(random: &mut Random) -> EntryId {
    EntryId::from_bytes(random.bytes32())
}

fn one<T: Copy>(list: &[T], random: &mut Random) -> T {
    list[random.index(list.len())]
}

fn maybe<T>(percent: u64, random: &mut Random, make: impl FnOnce(&mut Random) -> T) -> Option<T> {
    random.chance(percent).then(|| make(random))
}

/// Any code but "not stated", or rarely nothing.
fn code<T: CodeList>(random: &mut Random) -> Option<T> {
    Some(one(T::ALL, random)).filter(|code| *code != T::NOT_STATED)
}

/// A few codes, each once.
fn codes<T: CodeList>(most: usize, random: &mut Random) -> Vec<T> {
    let mut found: Vec<T> = Vec::new();
    for _ in 0..random.index(most + 1) {
        found.extend(code(random).filter(|code| !found.contains(code)));
    }
    found
}

/// The days on which versions of a thing were signed and their numbers, the first first. Days mostly rise with the
/// numbers, but a signed day is a claim; and two may have revised the same version at once.
fn revisions(first: Day, most: usize, random: &mut Random) -> Vec<(u32, Day)> {
    let mut all = vec![(1, first)];
    for _ in 0..random.index(most + 1) {
        let (number, day) = *all.last().expect("the first");
        let number = if number > 1 && random.chance(15) { number } else { number + 1 };
        let day = if random.chance(10) { day.add_days(-40) } else { later(day, 500, random) };
        all.push((number, day));
    }
    all
}

/// Confirmations after a day: when signed, and until when it holds.
fn confirmations(from: Day, random: &mut Random) -> Vec<(Day, Day)> {
    let mut all = Vec::new();
    for _ in 0..random.index(3) {
        let signed = later(from, 900, random);
        all.push((signed, later(signed, 800, random)));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_seed_gives_one_history_and_another_gives_another() {
        assert!(History::of(3).material == History::of(3).material);
        assert!(History::of(3).material != History::of(4).material);
    }

    #[test]
    fn a_history_leaves_nothing_out() {
        let Material { members, reforms, cases, reuses, needs, programmes } = History::of(1).material;
        let reuses: Vec<_> = reuses.values().flat_map(|all| all.values()).collect();
        assert!(reuses.len() == REUSES && cases.len() == CASES && needs.len() == NEEDS);
        assert!(
            members.values().any(|m| m.keys.len() > 1)
                && members.values().any(|m| m.keys.iter().all(|k| k.1.is_some()))
        );
        assert!(reforms.iter().any(|r| r.to.len() > 1) && reforms.iter().any(|r| r.from.len() > 1));
        assert!(cases.values().any(|c| c.withdrawn.is_some()) && reuses.iter().any(|r| r.withdrawn.is_some()));
        assert!(cases.values().flat_map(|c| &c.versions).any(|v| v.withdrawn.is_some() && v.number > 1));
        assert!(reuses.iter().flat_map(|r| &r.versions).any(|v| v.withdrawn.is_some() && v.number > 1));
        assert!(needs.values().flat_map(|n| &n.versions).any(|v| v.met_by.is_some()));
        assert!(programmes.values().any(|p| p.is_arena && !p.cases.is_empty()));
        let concurrent = |c: &idenett_protocol::barometer::CaseRecord| {
            c.versions.windows(2).any(|pair| pair[0].number == pair[1].number)
        };
        assert!(cases.values().any(concurrent));
        assert!(cases.values().all(|c| c.versions.is_sorted_by_key(|v| (v.number, v.id))));
    }
}
