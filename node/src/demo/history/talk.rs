//! What is said about cases: questions and answers, experiences, improvements, thanks; and what is measured.

use idenett_protocol::codes::CodeList as _;
use idenett_protocol::kind::Kind;
use idenett_protocol::time::Day;
use serde_json::{Value, json};

use super::World;
use super::diary::Name;
use super::phrases::{
    ADOPTED, ANSWERS, EXPERIENCES, IMPROVEMENTS, INDICATORS, METHODS, Phrase, QUESTIONS, THANKS, any,
};
use super::random::Random;
use super::topics::topics;

/// Of a hundred reuses, those after which the source hears something.
const HEARD_OF: u64 = 38;
/// Of a hundred cases in use, those about which something is asked.
const ASKED_ABOUT: u64 = 45;
/// Of a hundred cases in use, those that are measured.
const MEASURED: u64 = 38;

/// A case as it is talked about.
#[derive(Clone, Copy)]
struct Subject {
    name: Name,
    owner: usize,
    topic: usize,
    since: Day,
    gone: Option<Day>,
}

impl World {
    pub(super) fn talk(&mut self, mut random: Random) {
        let subjects: Vec<Option<Subject>> = self
            .cases
            .iter()
            .map(|c| {
                c.in_use.map(|since| Subject { name: c.name, owner: c.owner, topic: c.topic, since, gone: c.gone })
            })
            .collect();
        for subject in subjects.iter().flatten() {
            let mut random = random.fork();
            if random.chance(ASKED_ABOUT) {
                self.ask(*subject, &mut random);
            }
            if random.chance(MEASURED) {
                self.measure(*subject, &mut random);
            }
            if random.chance(20) {
                self.show_interest(*subject, &mut random);
            }
        }
        let used: Vec<(usize, usize, Day)> =
            self.reuses.iter().filter_map(|r| Some((r.by, r.case, r.in_use?))).collect();
        for (by, case, since) in used {
            let mut random = random.fork();
            if let Some(subject) = subjects.get(case).copied().flatten().filter(|_| random.chance(HEARD_OF)) {
                self.report_back(by, subject, since, &mut random);
            }
        }
        self.translate(random);
    }

    fn say(
        &mut self,
        (day, by): (Day, usize),
        (about, kind): (Name, &str),
        words: &[Phrase],
        random: &mut Random,
    ) -> Option<Name> {
        self.diary.write(day, by, Kind::Comment, self.comment(by, (about, kind), words, random))
    }

    fn comment(&self, by: usize, (about, kind): (Name, &str), words: &[Phrase], random: &mut Random) -> Value {
        let lang = self.lang(by);
        json!({ "subject": about.id(), "kind": kind, "lang": lang.id(), "text": any(words, lang, random) })
    }

    fn ask(&mut self, subject: Subject, random: &mut Random) {
        let day = subject.since.add_days(random.between(5, 300));
        let Some(by) = self.someone(day, |m| m.reuses, random).filter(|by| *by != subject.owner) else { return };
        if subject.gone.is_some_and(|gone| gone <= day) {
            return;
        }
        let at = random.index(QUESTIONS.len());
        let (asked, answered) = (QUESTIONS.get(at..=at).unwrap_or_default(), ANSWERS.get(at..=at).unwrap_or_default());
        let Some(question) = self.say((day, by), (subject.name, "question"), asked, random) else { return };
        let wait = if random.chance(80) { random.between(1, 12) } else { random.between(16, 70) };
        if random.chance(90) {
            let mut answer = self.comment(subject.owner, (subject.name, "answer"), answered, random);
            answer["reply_to"] = question.id();
            self.diary.write(day.add_days(wait), subject.owner, Kind::Comment, answer);
        }
    }

    fn report_back(&mut self, by: usize, subject: Subject, since: Day, random: &mut Random) {
        let day = since.add_days(random.between(10, 330));
        let kinds = [("experience", 50), ("improvement", 27), ("thanks", 23)];
        match random.weighted(kinds.into_iter()) {
            Some("experience") => {
                self.say((day, by), (subject.name, "experience"), &EXPERIENCES, random);
            }
            Some("improvement") => {
                let improved = self.say((day, by), (subject.name, "improvement"), &IMPROVEMENTS, random);
                if let Some(improved) = improved.filter(|_| random.chance(55)) {
                    let mut reply = self.comment(subject.owner, (subject.name, "answer"), &ADOPTED, random);
                    reply["reply_to"] = improved.id();
                    reply["adopted"] = true.into();
                    self.diary.write(day.add_days(random.between(2, 60)), subject.owner, Kind::Comment, reply);
                }
            }
            Some(_) | None => {
                self.say((day, by), (subject.name, "thanks"), &THANKS, random);
            }
        }
    }

    fn measure(&mut self, subject: Subject, random: &mut Random) {
        let Some(about) = topics().get(subject.topic) else { return };
        let (lang, end) = (self.lang(subject.owner), subject.since.add_days(random.between(90, 300)));
        let before = random.between(20, 90);
        let mut input = json!({
            "subject": subject.name.id(), "lang": lang.id(), "value": random.pick(&about.values),
            "evaluated_by": if random.chance(18) { "external" } else { "own" },
            "period": { "start": end.add_days(-60), "end": end },
            "indicator": any(&INDICATORS, lang, random), "method": any(&METHODS, lang, random),
        });
        if random.chance(60) {
            input["before"] = before.into();
            input["after"] = (before + random.between(-15, 4)).into();
        }
        self.diary.write(end.add_days(random.between(5, 40)), subject.owner, Kind::Measurement, input);
    }

    fn show_interest(&mut self, subject: Subject, random: &mut Random) {
        let day = subject.since.add_days(random.between(5, 400));
        let Some(by) = self.someone(day, |m| m.reuses, random).filter(|by| *by != subject.owner) else { return };
        let level = random.pick(&["relevant", "relevant", "talk"]);
        self.diary.write(day, by, Kind::Interest, json!({ "subject": subject.name.id(), "level": level }));
    }

    /// Some cases are put into the other written language by their owners.
    fn translate(&mut self, mut random: Random) {
        let chosen: Vec<(Name, usize, Day, Value)> = self
            .cases
            .iter()
            .filter(|_| random.chance(8))
            .map(|c| (c.name, c.owner, c.published, c.parallel.clone()))
            .collect();
        for (name, owner, published, mut text) in chosen {
            let lang = text.as_object_mut().and_then(|fields| fields.remove("lang"));
            let input = json!({ "version": name.version(), "lang": lang, "made_by": "human", "text": text });
            self.diary.write(published.add_days(random.between(3, 90)), owner, Kind::Translation, input);
        }
    }
}
