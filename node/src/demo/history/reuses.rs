//! Declarations of reuse: who takes over what from whom, how far it comes, and how it ends.

use idenett_protocol::codes::{CodeList as _, Lang};
use idenett_protocol::kind::Kind;
use idenett_protocol::time::Day;
use serde_json::{Value, json};

use super::World;
use super::cases::Case;
use super::diary::Name;
use super::phrases::{ADAPTATIONS, EXPERIENCES, any};
use super::random::Random;
use super::topics::topics;
use crate::likeness::likeness;

/// Cases among which a reuser chooses.
const LOOKED_AT: usize = 6;
/// How much chance weighs beside likeness, which goes to 100.
const WHIM: u64 = 70;
/// Attempts for each declaration that is wanted; some find nothing.
const ATTEMPTS: usize = 3;

const DEGREES: [(&str, u64); 4] = [("adapted", 52), ("copy", 32), ("inspired", 12), ("unknown", 4)];
const BEGINNINGS: [(&str, u64); 4] = [("considering", 14), ("planned", 13), ("piloting", 13), ("in_use", 60)];
const CHANNELS: [(&str, u64); 12] = [
    ("professional_network", 26),
    ("this_network", 20),
    ("colleague", 14),
    ("conference_arena", 12),
    ("visit", 8),
    ("ks", 7),
    ("supplier", 5),
    ("media_blog", 3),
    ("state", 3),
    ("social_media", 2),
    ("research", 2),
    ("unknown", 2),
];
const STOPS: [(&str, u64); 7] = [
    ("lacked_people_or_time", 30),
    ("did_not_fit_context", 20),
    ("too_expensive", 16),
    ("key_person_left", 12),
    ("replaced_by_better", 10),
    ("did_not_work", 8),
    ("supplier_gone", 4),
];
const OUTCOMES: [(i32, u64); 5] = [(-2, 2), (-1, 10), (0, 38), (1, 36), (2, 14)];
const METHODS: [(&str, u64); 4] = [("estimate", 60), ("accounts", 12), ("alternative_cost", 10), ("before_after", 18)];

/// A declaration as the rest of the history knows it.
#[derive(Debug)]
pub(super) struct Reuse {
    pub(super) name: Name,
    pub(super) by: usize,
    /// The place of the case among all.
    pub(super) case: usize,
    /// When the declaration says for the first time that it is in use.
    pub(super) in_use: Option<Day>,
}

impl World {
    pub(super) fn invent_reuses(&mut self, count: usize, mut random: Random) {
        let days = self.last.since(self.first);
        let mut declared: Vec<Day> = (0..count.saturating_mul(ATTEMPTS))
            // The later of two days: there is more to reuse as the network grows.
            .map(|_| self.first.add_days(random.between(60, days - 1).max(random.between(60, days - 1))))
            .collect();
        random.shuffle(&mut declared);
        for day in declared {
            if self.reuses.len() >= count {
                return;
            }
            let mut random = random.fork();
            let Some(by) = self.someone(day, |m| m.reuses, &mut random) else { continue };
            if let Some(case) = self.choose(by, day, &mut random) {
                self.declare(by, case, day, &mut random);
            }
        }
    }

    /// The one that suits best of some cases that could be taken over: of a municipality that is like one's own.
    fn choose(&self, by: usize, day: Day, random: &mut Random) -> Option<usize> {
        let fits = |case: &Case| {
            case.appeal > 0
                && case.owner != by
                && case.is_there(day)
                && self.reuses.iter().all(|r| r.by != by || !self.is_case(r, case))
        };
        let org = |member: usize| self.members.get(member).map(|m| m.org);
        let mut best: Option<(u64, usize)> = None;
        for _ in 0..LOOKED_AT {
            let at = random.index(self.cases.len());
            let Some(case) = self.cases.get(at).filter(|case| fits(case)) else { continue };
            let alike = likeness(org(by)?, org(case.owner)?).map_or(0, |l| u64::from(l.score));
            best = best.max(Some((alike + case.appeal + random.below(WHIM), at)));
        }
        best.map(|(_, at)| at)
    }

    fn is_case(&self, reuse: &Reuse, case: &Case) -> bool {
        self.cases.get(reuse.case).is_some_and(|c| c.name == case.name)
    }

    fn declare(&mut self, by: usize, case: usize, day: Day, random: &mut Random) {
        let lang = self.lang(by);
        let Some(of) = self.cases.get(case) else { return };
        let sector = topics().get(of.topic).map_or("cross_sector", |t| t.sector);
        let mut input = declaration(of.name, sector, lang, random);
        let mut status = random.weighted(BEGINNINGS.into_iter()).unwrap_or("considering");
        input["status"] = status.into();
        input["since"] = json!(if status == "in_use" { day.add_days(random.between(-120, 0)) } else { day });
        let mut valid = random.chance(30).then(|| day.add_months(12)).flatten();
        input["valid_until"] = json!(valid);
        let Some(name) = self.diary.write(day, by, Kind::Reuse, input.clone()) else { return };
        let mut in_use = (status == "in_use").then_some(day);
        let mut at = day;
        while let Some(next) = next(status, random) {
            at = at.add_days(random.between(50, 260));
            status = next;
            further(&mut input, status, (at, lang), random);
            if self.diary.revise((name, Kind::Reuse), at, by, input.clone()).is_none() {
                break;
            }
            valid = None;
            in_use = in_use.or_else(|| (status == "in_use").then_some(at));
        }
        if status != "stopped" {
            self.keep((name, by), (at, valid.map_or(700, |_| 340)), random);
        }
        self.reuses.push(Reuse { name, by, case, in_use });
    }

    /// Most are confirmed before they run out, again and again; the others run out.
    fn keep(&mut self, (name, by): (Name, usize), (from, days): (Day, i32), random: &mut Random) {
        let mut at = from.add_days(days - random.between(0, 60));
        while random.chance(70) {
            let input = json!({ "subject": name.id() });
            if self.diary.write(at, by, Kind::Confirmation, input).is_none() {
                return;
            }
            at = at.add_days(700);
        }
    }
}

fn declaration(case: Name, sector: &str, lang: Lang, random: &mut Random) -> Value {
    let degree = random.weighted(DEGREES.into_iter()).unwrap_or("unknown");
    let mut input = json!({
        "case": case.id(), "version": case.version(), "degree": degree, "sector": sector,
        "lang": lang.id(),
        "may_ask_us": random.chance(60),
    });
    if random.chance(85) {
        input["channel"] = random.weighted(CHANNELS.into_iter()).into();
    }
    if degree == "adapted" {
        input["adaptation"] = any(&ADAPTATIONS, lang, random).into();
    }
    input
}

/// What comes after a status, if anything.
fn next(status: &str, random: &mut Random) -> Option<&'static str> {
    let of_hundred = random.below(100);
    match (status, of_hundred) {
        ("considering", 0..40) => Some("planned"),
        ("planned", 0..35) => Some("piloting"),
        ("planned", 35..65) | ("piloting", 0..70) => Some("in_use"),
        ("considering", 40..50) | ("piloting", 70..85) => Some("stopped"),
        ("in_use", 0..34) => Some("utilised"),
        ("in_use", 34..46) | ("utilised", 0..5) => Some("stopped"),
        _ => None,
    }
}

/// What a declaration says from a status on.
fn further(input: &mut Value, status: &str, (day, lang): (Day, Lang), random: &mut Random) {
    input["status"] = status.into();
    if status == "in_use" {
        input["since"] = json!(day);
    }
    // What is said anew is valid anew from that day.
    input["valid_until"] = Value::Null;
    if status == "stopped" {
        input["stopped_because"] = random.weighted(STOPS.into_iter()).into();
    }
    if status == "utilised" {
        input["outcome"] = random.weighted(OUTCOMES.into_iter()).into();
        input["experience"] = any(&EXPERIENCES, lang, random).into();
        if random.chance(45) {
            input["saved"] = saved(day, random);
        }
    }
}

fn saved(day: Day, random: &mut Random) -> Value {
    let unit = random.pick(&["hours_year", "hours_year", "nok_year", "nok_once"]);
    let scale = if unit == "hours_year" { 20 } else { 10_000 };
    let expected = i64::from(random.between(2, 40)) * scale;
    let mut saved = json!({
        "unit": unit, "method": random.weighted(METHODS.into_iter()),
        "low": expected * 6 / 10, "expected": expected, "high": expected * 14 / 10,
    });
    if unit != "hours_year" {
        saved["price_year"] = day.ymd().0.into();
    }
    saved
}
