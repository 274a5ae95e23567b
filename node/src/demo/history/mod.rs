//! A history of a federation, made from a seed: who joined when, which cases came and went, who
//! reused them and what was said. Plausible, never true, and every text says so.
//!
//! Knows no clock, no keys and no nodes: the same municipalities, days and seed give the same plan.

mod cases;
mod described;
mod diary;
mod gatherings;
mod needs;
mod people;
mod phrases;
mod random;
mod registrar;
mod reuses;
mod signing;
mod talk;
mod topics;

#[cfg(test)]
mod tests;

use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::time::Day;

use cases::Case;
use diary::Diary;
use random::Random;
use reuses::Reuse;

use crate::municipalities::Municipality;

pub(super) use diary::Act;
pub(super) use people::Member;
pub(super) use signing::{Keys, Signed, sign};

/// The longest history, in whole calendar years beside the one that runs.
pub const MAX_YEARS: u32 = 4;
/// Cases for each member and year.
const CASES_A_YEAR: usize = 4;
/// Declarations of reuse for each member and year.
const REUSES_A_YEAR: usize = 11;
/// Needs for each two members and year.
const NEEDS_A_YEAR: usize = 1;

/// Everything that happens.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Plan {
    /// KS, then the municipalities.
    pub(super) members: Vec<Member>,
    /// What they sign, in the order of time.
    pub(super) acts: Vec<Act>,
    /// The first day.
    pub(super) first: Day,
    /// The last day.
    pub(super) last: Day,
}

impl Plan {
    /// A history of whole calendar years and the one that runs, up to the day before `today`.
    pub(super) fn new(ks: OrgNumber, municipalities: &[Municipality], years: u32, (today, seed): (Day, u64)) -> Self {
        let years = years.min(MAX_YEARS);
        let (year, _, _) = today.ymd();
        let begin = year.saturating_sub(i32::try_from(years).unwrap_or(0));
        let (first, last) = (Day::from_ymd(begin, 1, 2).unwrap_or(today), today.add_days(-1));
        let mut random = Random::new(seed);
        let mut diary = Diary::until(last);
        let members = people::join((ks, municipalities), (first, last), &mut diary, &mut random.fork());
        let mut world = World { first, last, members, diary, cases: Vec::new(), reuses: Vec::new() };
        let size = municipalities.len() * usize::try_from(years).unwrap_or(0);
        world.invent_cases(size * CASES_A_YEAR, random.fork());
        world.invent_reuses(size * REUSES_A_YEAR, random.fork());
        world.talk(random.fork());
        world.invent_needs(size * NEEDS_A_YEAR / 2, random.fork());
        world.gather(random.fork());
        let World { members, diary, .. } = world;
        Self { members, acts: diary.in_order(), first, last }
    }
}

/// What has been thought of so far.
struct World {
    first: Day,
    last: Day,
    members: Vec<Member>,
    diary: Diary,
    cases: Vec<Case>,
    reuses: Vec<Reuse>,
}
