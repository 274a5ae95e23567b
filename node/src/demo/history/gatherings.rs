//! What gathers cases: an arena and a collection of KS for each year, and two programmes of members.

use idenett_protocol::codes::CodeList as _;
use idenett_protocol::kind::Kind;
use idenett_protocol::time::Day;
use serde_json::{Value, json};

use super::World;
use super::phrases::{Phrase, STORIES, any, marked};
use super::random::Random;
use super::topics::topics;

/// KS is the first of the members.
const KS: usize = 0;
/// Cases that an arena shows; a list of the signing door holds no more than 50.
const ARENA_CASES: usize = 45;
const COLLECTED: usize = 10;
const PROGRAMME_CASES: usize = 20;
const PROGRAMME_MEMBERS: usize = 8;
/// What the programmes are about, as sectors, and what they are called.
const PROGRAMMES: [(&str, Phrase); 2] = [
    ("health_care", Phrase("Program for trygg hverdag hjemme", "Program for trygg kvardag heime")),
    ("childhood_education", Phrase("Nettverk for barn og unge som skaper", "Nettverk for barn og unge som skaper")),
];
const LEARNING: Phrase = Phrase(
    "Kommuner som prøver det samme og lærer av hverandre.",
    "Kommunar som prøver det same og lærer av kvarandre.",
);

impl World {
    pub(super) fn gather(&mut self, mut random: Random) {
        let (from, to) = (self.first.ymd().0, self.last.ymd().0);
        for year in from..=to {
            // The year's last gathering, or what there is of the year that runs.
            let day = Day::from_ymd(year, 11, 20).unwrap_or(self.last).min(self.last);
            self.open_arena(year, day, &mut random);
            self.collect(year, day, &mut random);
        }
        let middle = self.first.add_days(self.last.since(self.first) / 2);
        for (sector, title) in PROGRAMMES {
            self.start_programme(sector, title, middle, &mut random);
        }
    }

    /// Cases that were taken in use in a year and are there on a day, in any order.
    fn of_year(&self, year: i32, day: Day, random: &mut Random) -> Vec<Value> {
        let new = |d: Option<Day>| d.is_some_and(|d| d.ymd().0 == year);
        let mut ids: Vec<Value> =
            self.cases.iter().filter(|c| new(c.in_use) && c.is_there(day)).map(|c| c.name.id()).collect();
        random.shuffle(&mut ids);
        ids
    }

    fn open_arena(&mut self, year: i32, day: Day, random: &mut Random) {
        let mut cases = self.of_year(year, day, random);
        cases.truncate(ARENA_CASES);
        let input = json!({
            "title": marked(&format!("Delingsarena {year}")), "kind": "arena", "lang": "nb",
            "summary": marked("Kommunene viser hverandre hva de har tatt i bruk siste år."),
            "period": { "start": format!("{year}-01-01"), "end": format!("{year}-12-31") },
            "cases": cases, "themes": ["innovation_method"],
        });
        self.diary.write(day, KS, Kind::Programme, input);
    }

    fn collect(&mut self, year: i32, day: Day, random: &mut Random) {
        let mut cases = self.of_year(year, day, random);
        cases.truncate(COLLECTED);
        let lang = self.lang(KS);
        let chosen: Vec<Value> =
            cases.into_iter().map(|case| json!({ "case": case, "comment": any(&STORIES, lang, random) })).collect();
        if chosen.is_empty() {
            return;
        }
        let input = json!({
            "title": marked(&format!("Gode historier fra {year}")), "lang": "nb", "cases": chosen,
            "summary": marked("Et utvalg til å bli inspirert av."),
        });
        self.diary.write(day, KS, Kind::Collection, input);
    }

    fn start_programme(&mut self, sector: &str, title: Phrase, day: Day, random: &mut Random) {
        let Some(lead) = self.someone(day, |m| m.publishes, random) else { return };
        let lang = self.lang(lead);
        let of_sector = |topic: usize| topics().get(topic).is_some_and(|t| t.sector == sector);
        let cases: Vec<Value> = self
            .cases
            .iter()
            .filter(|c| of_sector(c.topic) && c.is_there(day))
            .map(|c| c.name.id())
            .take(PROGRAMME_CASES)
            .collect();
        let mut members: Vec<_> =
            self.members.iter().skip(1).filter(|m| m.joined <= day).map(|m| m.org.to_string()).collect();
        random.shuffle(&mut members);
        members.truncate(PROGRAMME_MEMBERS);
        let input = json!({
            "title": marked(title.say(lang)), "summary": marked(LEARNING.say(lang)), "lang": lang.id(),
            "kind": if sector == "health_care" { "programme" } else { "network" },
            "members": members, "period": { "start": day }, "funding": ["own_budget"], "cases": cases,
        });
        self.diary.write(day, lead, Kind::Programme, input);
    }
}
