//! Needs: what members look for, and what some of them find.

use idenett_protocol::codes::CodeList as _;
use idenett_protocol::kind::Kind;
use idenett_protocol::time::Day;
use serde_json::json;

use super::World;
use super::phrases::{AFFECTED, Phrase, any, marked};
use super::random::Random;
use super::topics::topics;

const SEEKS: Phrase = Phrase("Vi leter etter", "Vi leitar etter");
/// Of a hundred needs, those that are met where there is something that meets them.
const MET: u64 = 62;

impl World {
    pub(super) fn invent_needs(&mut self, count: usize, mut random: Random) {
        let days = self.last.since(self.first);
        for _ in 0..count {
            let mut random = random.fork();
            let day = self.first.add_days(random.between(40, days - 1));
            // Readers have needs too.
            if let Some(by) = self.someone(day, |m| u64::from(m.municipality.is_some()), &mut random) {
                self.invent_need(by, day, &mut random);
            }
        }
    }

    fn invent_need(&mut self, by: usize, day: Day, random: &mut Random) {
        let topic = random.index(topics().len());
        let Some(about) = topics().get(topic) else { return };
        let lang = self.lang(by);
        let told = about.told(lang);
        let seeks = SEEKS.say(lang);
        let mut input = json!({
            "title": marked(&format!("{seeks}: {}", told.title)), "situation": marked(told.problem),
            "affected": any(&AFFECTED, lang, random), "lang": lang.id(), "status": "open",
            "sector": about.sector, "themes": about.themes, "beneficiaries": about.beneficiaries,
            "urgency": random.pick(&["low", "medium", "medium", "high"]), "wants_partners": random.chance(50),
        });
        let Some(need) = self.diary.write(day, by, Kind::Need, input.clone()) else { return };
        let mut at = day.add_days(random.between(20, 120));
        if random.chance(35) {
            input["status"] = "in_dialogue".into();
            self.diary.revise((need, Kind::Need), at, by, input.clone());
            at = at.add_days(random.between(20, 100));
        }
        // A reuse of one's own that began since, or else a case of another on the same topic.
        let of_topic = |case: usize| self.cases.get(case).is_some_and(|c| c.topic == topic);
        let reuse = self.reuses.iter().find(|r| r.by == by && of_topic(r.case) && r.in_use.is_some_and(|d| d > day));
        let case = self.cases.iter().find(|c| c.topic == topic && c.owner != by && c.is_there(at));
        let found = reuse.and_then(|r| Some((r.name, r.in_use?.max(at)))).or_else(|| case.map(|c| (c.name, at)));
        if let Some((met_by, when)) = found.filter(|_| random.chance(MET)) {
            input["status"] = "met".into();
            input["met_by"] = met_by.id();
            self.diary.revise((need, Kind::Need), when.add_days(3), by, input);
        }
    }
}
