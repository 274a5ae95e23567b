//! Who takes part: when each joined, in which language it writes, how much it publishes and reuses.

use idenett_protocol::codes::Lang;
use idenett_protocol::kind::Kind;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::time::Day;
use serde_json::json;

use super::World;
use super::diary::{Diary, Name};
use super::phrases::{CONTACT, marked};
use super::random::Random;
use crate::barometer::number_on;
use crate::municipalities::{LanguageForm, Municipality};

/// How much municipalities publish, and how many do so: some only read.
const PUBLISHING: [(u64, u64); 5] = [(0, 15), (1, 25), (2, 30), (4, 20), (8, 10)];
/// How much they reuse.
const REUSING: [(u64, u64); 4] = [(0, 18), (1, 32), (2, 30), (4, 20)];
/// One in so many members joins at the very beginning.
const FIRST_OF: usize = 5;
/// Of a hundred days, the part in which members join.
const JOINING_PERCENT: i32 = 75;

/// A member of the federation.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::demo) struct Member {
    /// Its organisation number.
    pub(in crate::demo) org: OrgNumber,
    /// Its row in the table; none of KS.
    pub(in crate::demo) municipality: Option<Municipality>,
    /// The language in which it writes.
    pub(in crate::demo) lang: Lang,
    /// The day of its admission.
    pub(in crate::demo) joined: Day,
    /// Its contact.
    pub(in crate::demo) contact: Name,
    /// How often it publishes beside others.
    pub(super) publishes: u64,
    /// How often it reuses beside others.
    pub(super) reuses: u64,
}

impl Member {
    fn of(municipality: &Municipality, joined: Day, contact: Name, random: &mut Random) -> Self {
        // Towns publish more, the districts reuse more.
        let rural = u64::from(municipality.centrality.min(6));
        Self {
            org: municipality.org,
            municipality: Some(municipality.clone()),
            lang: written(municipality.language),
            joined,
            contact,
            publishes: random.weighted(PUBLISHING.into_iter()).unwrap_or(0) * (9 - rural),
            reuses: random.weighted(REUSING.into_iter()).unwrap_or(0) * (2 + rural),
        }
    }
}

/// Who is neutral writes bokmål here.
const fn written(form: LanguageForm) -> Lang {
    match form {
        LanguageForm::Nn => Lang::Nn,
        LanguageForm::Nb | LanguageForm::Neutral => Lang::Nb,
    }
}

/// KS, which founds the federation on the first day, and the municipalities in the order of the stage.
pub(super) fn join(
    (ks, municipalities): (OrgNumber, &[Municipality]),
    (first, last): (Day, Day),
    diary: &mut Diary,
    random: &mut Random,
) -> Vec<Member> {
    let days = last.since(first).saturating_mul(JOINING_PERCENT) / 100;
    let mut members = Vec::with_capacity(municipalities.len() + 1);
    let contact = |diary: &mut Diary, day: Day, by: usize, lang: Lang, mailbox: String| {
        let input = json!({ "function": marked(CONTACT.say(lang)), "mailbox": mailbox });
        diary.write(day, by, Kind::Contact, input)
    };
    if let Some(contact) = contact(diary, first, 0, Lang::Nb, "postmottak@ks.example".to_owned()) {
        let (lang, joined) = (Lang::Nb, first);
        members.push(Member { org: ks, municipality: None, lang, joined, contact, publishes: 0, reuses: 0 });
    }
    for (at, municipality) in municipalities.iter().enumerate() {
        let wait = if at % FIRST_OF == 0 { random.between(0, 20) } else { random.between(0, days) };
        let day = first.add_days(wait);
        let joined = exists_since(municipality).map_or(day, |since| day.max(since));
        let mailbox = format!("postmottak@kommune-{}.example", municipality.number);
        let lang = written(municipality.language);
        if let Some(contact) = contact(diary, joined, members.len(), lang, mailbox) {
            members.push(Member::of(municipality, joined, contact, random));
        }
    }
    members
}

/// The day from which there is a municipality that a reform made: it cannot have joined before.
fn exists_since(municipality: &Municipality) -> Option<Day> {
    let since = Day::from_ymd(2024, 1, 1)?;
    number_on(municipality.number, since.add_days(-1)).is_none().then_some(since)
}

impl World {
    /// In which language a member writes.
    pub(super) fn lang(&self, member: usize) -> Lang {
        self.members.get(member).map_or(Lang::Nb, |m| m.lang)
    }

    /// A member by how much it publishes or reuses, among those that are there on a day.
    pub(super) fn someone(
        &self,
        day: Day,
        weight: impl Fn(&Member) -> u64 + Copy,
        random: &mut Random,
    ) -> Option<usize> {
        let there = self.members.iter().enumerate().filter(|(_, m)| m.joined <= day);
        random.weighted(there.map(|(at, m)| (at, weight(m))))
    }
}
