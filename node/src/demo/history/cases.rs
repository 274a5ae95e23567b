//! The lives of cases: from an idea to use, and for some to an end.

use idenett_protocol::codes::{CodeList as _, Lang};
use idenett_protocol::kind::Kind;
use idenett_protocol::time::Day;
use serde_json::{Value, json};

use super::World;
use super::described::{IN_USE, Life, UTILISED, described, end, stage_of, texts};
use super::diary::Name;
use super::phrases::{ABROAD, TAKEN_BACK, TWISTS, any, marked};
use super::random::Random;
use super::topics::{Topic, topics};

/// Of a hundred steps, those at which a case ends before it is in use, and after.
const ENDS_EARLY: u64 = 9;
const ENDS_LATE: u64 = 6;
/// Of a hundred steps, those at which nothing more is heard before it is in use, and after.
const STALLS: u64 = 14;
const STAYS: u64 = 45;
/// How much cases draw others beside likeness, and how many do so: many find nobody.
const APPEALS: [(u64, u64); 4] = [(0, 24), (10, 38), (40, 26), (90, 12)];
/// Where cases stand when they are published, and how often.
const BEGINNINGS: [(usize, u64); 6] = [(0, 12), (1, 8), (2, 12), (3, 10), (4, 23), (IN_USE, 35)];
const ORIGINS: [(&str, u64); 5] = [("first", 30), ("adapted", 42), ("copy", 20), ("inspired", 5), ("unknown", 3)];

/// A case as the rest of the history knows it.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) name: Name,
    pub(super) owner: usize,
    pub(super) topic: usize,
    pub(super) published: Day,
    /// When the record says for the first time that it is in use.
    pub(super) in_use: Option<Day>,
    /// When it ended or was withdrawn.
    pub(super) gone: Option<Day>,
    /// How much it draws others; nobody takes over what draws none.
    pub(super) appeal: u64,
    /// Texts of it in the other written language.
    pub(super) parallel: Value,
}

impl Case {
    /// Whether others can take it over on a day.
    pub(super) fn is_there(&self, day: Day) -> bool {
        self.in_use.is_some_and(|since| since < day) && self.gone.is_none_or(|gone| gone > day)
    }
}

impl World {
    pub(super) fn invent_cases(&mut self, count: usize, mut random: Random) {
        let days = self.last.since(self.first);
        let mut published: Vec<Day> = (0..count).map(|_| self.first.add_days(random.between(25, days - 5))).collect();
        // In the order of time, so that each may build on those before it.
        published.sort_unstable();
        for day in published {
            let mut random = random.fork();
            if let Some(owner) = self.someone(day, |m| m.publishes, &mut random) {
                self.invent_case(owner, day, &mut random);
            }
        }
    }

    fn invent_case(&mut self, owner: usize, day: Day, random: &mut Random) {
        let topic = random.index(topics().len());
        let Some(about) = topics().get(topic) else { return };
        let lang = self.lang(owner);
        let stage = random.weighted(BEGINNINGS.into_iter()).unwrap_or(0);
        let twist = random.index(TWISTS.len());
        let mut input = described(about, lang, twist, random);
        self.say_origin(&mut input, topic, (owner, day), random);
        let start = day.add_days(random.between(-400, -20));
        input["period"] = json!({ "start": start });
        // What was in use before it was published says since when.
        let since = day.add_days(random.between(-240, 0)).max(start);
        let used = stage == IN_USE;
        let life = Life { stage, in_use: used.then_some(day), used: used.then_some(since) };
        stage_of(&mut input, &life, about, lang, random);
        let Some(name) = self.diary.write(day, owner, Kind::Case, input.clone()) else { return };
        let (in_use, gone) = self.go_on((name, owner), (about, input), (life, day), random);
        let appeal = random.weighted(APPEALS.into_iter()).unwrap_or(0);
        let parallel = parallel(about, lang, twist);
        self.cases.push(Case { name, owner, topic, published: day, in_use, gone, appeal, parallel });
    }

    /// Revises a case from status to status. Gives when it says first that it is in use, and when it is gone.
    fn go_on(
        &mut self,
        (name, owner): (Name, usize),
        (about, mut input): (&Topic, Value),
        (mut life, mut at): (Life, Day),
        random: &mut Random,
    ) -> (Option<Day>, Option<Day>) {
        let lang = self.lang(owner);
        while life.stage < UTILISED {
            at = at.add_days(random.between(45, 190));
            if random.chance(if life.stage < IN_USE { ENDS_EARLY } else { ENDS_LATE }) {
                end(&mut input, lang, at, random);
                let ended = self.diary.revise((name, Kind::Case), at, owner, input).map(|()| at);
                return (life.in_use, ended);
            }
            if random.chance(if life.stage < IN_USE { STALLS } else { STAYS }) {
                break;
            }
            let stage = if life.stage < IN_USE { (life.stage + 1 + random.index(2)).min(IN_USE) } else { UTILISED };
            let next = match stage {
                IN_USE => Life { stage, in_use: Some(at), used: Some(at) },
                _ => Life { stage, ..life },
            };
            stage_of(&mut input, &next, about, lang, random);
            if self.diary.revise((name, Kind::Case), at, owner, input.clone()).is_none() {
                break;
            }
            life = next;
        }
        let gone = self.grow_old((name, owner), at, random);
        (life.in_use, gone)
    }

    /// Where a case comes from: from one of another member on the same topic, or from elsewhere.
    fn say_origin(&self, input: &mut Value, topic: usize, (owner, day): (usize, Day), random: &mut Random) {
        let origin = random.weighted(ORIGINS.into_iter()).unwrap_or("unknown");
        input["origin"] = origin.into();
        if origin == "first" || origin == "unknown" {
            input["novel_for"] = random.pick(&["municipality", "region", "norway"]).into();
            return;
        }
        let before = self.cases.iter().filter(|c| c.topic == topic && c.owner != owner && c.is_there(day));
        let source = random.weighted(before.map(|c| (c.name, 1)));
        input["builds_on"] = source.map_or_else(|| json!([marked(ABROAD.say(self.lang(owner)))]), |s| json!([s.id()]));
        input["novel_for"] = random.pick(&["unit", "municipality"]).into();
    }

    /// What comes long after: a confirmation before it runs out, or it is withdrawn.
    fn grow_old(&mut self, (name, owner): (Name, usize), at: Day, random: &mut Random) -> Option<Day> {
        if random.chance(4) {
            let day = at.add_days(random.between(60, 500));
            let text = any(&TAKEN_BACK, self.lang(owner), random);
            let input = json!({ "target": name.id(), "reason": "outdated", "text": text });
            return self.diary.write(day, owner, Kind::Withdrawal, input).map(|_| day);
        }
        if random.chance(70) {
            let day = at.add_days(random.between(540, 715));
            self.diary.write(day, owner, Kind::Confirmation, json!({ "subject": name.id() }));
        }
        None
    }
}

/// A case in the other written language.
fn parallel(about: &Topic, lang: Lang, twist: usize) -> Value {
    let other = if lang == Lang::Nn { Lang::Nb } else { Lang::Nn };
    let mut all = texts(about, other, twist);
    all["lang"] = other.id().into();
    all
}
