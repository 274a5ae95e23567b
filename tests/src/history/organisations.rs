//! Members, and what reforms make of them.

use std::collections::BTreeMap;

use idenett::municipalities::{self, Municipality};
use idenett_protocol::barometer::{Membership, Reform};
use idenett_protocol::organisation::{MunicipalityNumber, OrgNumber};
use idenett_protocol::time::Day;

use super::{any_day, later, maybe};
use crate::random::Random;

const MEMBERS: usize = 80;
const REFORMS: usize = 9;

type Who = (Option<OrgNumber>, Option<MunicipalityNumber>);

pub(super) fn make(random: &mut Random) -> (BTreeMap<OrgNumber, Membership>, Vec<Reform>) {
    let mut all: Vec<&Municipality> = municipalities::all().iter().collect();
    random.shuffle(&mut all);
    all.truncate(MEMBERS);
    let members = all.iter().map(|m| (m.org, membership(m.number, random))).collect();
    (members, reforms(&all, random))
}

/// One to three keys, each admitted and perhaps ended.
fn membership(number: MunicipalityNumber, random: &mut Random) -> Membership {
    let admitted = any_day(random).add_days(-900);
    let mut keys = Vec::new();
    for _ in 0..=random.index(3) {
        let from = later(admitted, 600, random);
        keys.push((from, maybe(35, random, |r| later(from, 2_000, r))));
    }
    Membership { keys, number: Some((admitted, number)) }
}

/// Reforms in the order of their days. Each ends other members than those before, but what came of one may be ended by
/// the next.
fn reforms(all: &[&Municipality], random: &mut Random) -> Vec<Reform> {
    let mut days: Vec<Day> = (0..REFORMS).map(|_| any_day(random)).collect();
    days.sort_unstable();
    let who = |m: &Municipality| -> Who { (Some(m.org), Some(m.number)) };
    let mut standing = all.iter();
    let mut next = || who(standing.next().expect("more members than reforms need"));
    let mut heir = next();
    let mut reforms = Vec::new();
    for (at, day) in days.into_iter().enumerate() {
        let reform = match at % 6 {
            // Two become a third, which may itself be ended by a later one.
            0 => {
                let from = vec![heir, next()];
                heir = next();
                Reform { day, from, to: vec![heir], all_to_one: true }
            }
            // One becomes two, and nobody has what it had before it is claimed.
            1 => Reform { day, from: vec![next()], to: vec![next(), next()], all_to_one: false },
            // One goes on and another is split from it.
            2 => {
                let old = next();
                Reform { day, from: vec![old], to: vec![old, next()], all_to_one: false }
            }
            // One takes all that two had, though a part goes elsewhere.
            3 => Reform { day, from: vec![next(), next()], to: vec![next(), next()], all_to_one: true },
            // One goes into somebody that is no member.
            4 => Reform { day, from: vec![next()], to: vec![(None, Some(all[0].number))], all_to_one: true },
            // One takes in another and keeps its own number.
            _ => {
                let host = next();
                Reform { day, from: vec![next(), host], to: vec![host], all_to_one: random.chance(50) }
            }
        };
        reforms.push(reform);
    }
    reforms
}
