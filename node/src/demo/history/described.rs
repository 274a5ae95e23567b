//! What a generated case says, by its topic and by how far it has come.

use idenett_protocol::codes::{CodeList as _, Lang};
use idenett_protocol::time::Day;
use serde_json::{Value, json};

use super::phrases::{ADAPTABLE, CORE, HOW_TO, LESSONS, PREREQUISITES, TWISTS, any, marked};
use super::random::Random;
use super::topics::Topic;

/// Statuses on the way, in their order.
const WAY: [&str; 7] = ["idea", "need_clarified", "developing", "testing", "pilot", "in_use", "utilised"];
/// Where on the way a case is in use, and where its value is documented.
pub(super) const IN_USE: usize = 5;
pub(super) const UTILISED: usize = 6;
const PARTICIPANTS: [(&str, u64); 13] = [
    ("employees", 80),
    ("managers", 55),
    ("citizens", 60),
    ("other_units", 55),
    ("unions", 25),
    ("elected", 15),
    ("other_municipalities", 18),
    ("voluntary", 16),
    ("business", 15),
    ("research", 7),
    ("state", 6),
    ("county", 5),
    ("social_enterprise", 3),
];
const INITIATORS: [(&str, u64); 5] =
    [("employees", 80), ("managers", 45), ("elected", 10), ("citizens", 14), ("other_municipalities", 8)];
/// Factors with how often they are named as promoting and as hindering, of a hundred.
const FACTORS: [(&str, u64, u64); 13] = [
    ("employee_involvement", 70, 8),
    ("internal_cooperation", 55, 15),
    ("user_involvement", 50, 8),
    ("leadership", 45, 15),
    ("new_technology", 40, 25),
    ("competence", 30, 30),
    ("economy", 12, 55),
    ("time", 5, 60),
    ("legislation", 8, 25),
    ("political_decisions", 18, 8),
    ("handling_of_mistakes", 12, 14),
    ("safe_operation", 6, 22),
    ("procurement", 6, 16),
];

/// How far a case has come.
pub(super) struct Life {
    pub(super) stage: usize,
    /// When the record said so first.
    pub(super) in_use: Option<Day>,
    /// Since when it is used, as it states.
    pub(super) used: Option<Day>,
}

pub(super) fn texts(about: &Topic, lang: Lang, twist: usize) -> Value {
    let told = about.told(lang);
    let twist = TWISTS.get(twist).copied().unwrap_or_default().say(lang);
    json!({
        "title": marked(&format!("{} – {twist}", told.title)),
        "summary": marked(told.solution),
        "problem": marked(told.problem),
        "solution": marked(told.solution),
    })
}

pub(super) fn described(about: &Topic, lang: Lang, twist: usize, random: &mut Random) -> Value {
    let mut input = texts(about, lang, twist);
    let types = about.types.get(..1 + random.index(2)).unwrap_or(&about.types);
    let mut initiators = random.some(&INITIATORS);
    if initiators.is_empty() {
        initiators.push("employees");
    }
    input["lang"] = lang.id().into();
    input["sector"] = about.sector.into();
    input["themes"] = json!(about.themes);
    input["types"] = json!(types);
    input["beneficiaries"] = json!(about.beneficiaries);
    input["initiated_by"] = json!(initiators);
    input["participants"] = json!(random.some(&PARTICIPANTS));
    input["scale"] = random.pick(&["small", "small", "medium", "large"]).into();
    input["change"] = random.pick(&["further_development", "further_development", "breaks_with_practice"]).into();
    input["funding"] = json!([random.pick(&["own_budget", "own_budget", "state_grant", "county_or_governor"])]);
    input
}

/// What a case says from a status on.
pub(super) fn stage_of(input: &mut Value, life: &Life, about: &Topic, lang: Lang, random: &mut Random) {
    input["status"] = WAY.get(life.stage).copied().unwrap_or("idea").into();
    let claims = |observed: bool| about.values.iter().map(|v| json!({ "kind": v, "observed": observed })).collect();
    input["values"] = Value::Array(claims(life.stage == UTILISED));
    if let Some(used) = life.used {
        let start = input["period"]["start"].clone();
        input["period"] = json!({ "start": start, "in_use": used });
    }
    if life.stage == IN_USE && random.chance(75) {
        input["core"] = any(&CORE, lang, random).into();
        input["adaptable"] = any(&ADAPTABLE, lang, random).into();
        input["prerequisites"] = any(&PREREQUISITES, lang, random).into();
        input["how_to"] = any(&HOW_TO, lang, random).into();
        input["lessons"] = any(&LESSONS, lang, random).into();
    }
    if life.stage == IN_USE {
        let (promoting, hindering) = factors(random);
        input["promoting"] = promoting;
        input["hindering"] = hindering;
        let cost = i64::from(random.between(2, 60)) * 10_000;
        let year = life.in_use.map(|day| day.ymd().0);
        input["effort"] = json!({
            "weeks": random.between(4, 60), "price_year": year,
            "one_time_nok": { "low": cost * 7 / 10, "expected": cost, "high": cost * 3 / 2 },
        });
    }
}

fn factors(random: &mut Random) -> (Value, Value) {
    let (mut promoting, mut hindering) = (Vec::new(), Vec::new());
    for (factor, helps, hinders) in FACTORS {
        if random.chance(helps) {
            promoting.push(json!({ "factor": factor, "score": random.between(0, 2) }));
        } else if random.chance(hinders) {
            hindering.push(json!({ "factor": factor, "score": random.between(-2, 0) }));
        }
    }
    (promoting.into(), hindering.into())
}

/// An end: most say what was learnt.
pub(super) fn end(input: &mut Value, lang: Lang, day: Day, random: &mut Random) {
    let with_lessons = random.chance(70);
    input["status"] = if with_lessons { "ended_with_lessons" } else { "discontinued" }.into();
    if with_lessons {
        input["lessons"] = any(&LESSONS, lang, random).into();
        input["values"] = json!([{ "kind": "none", "observed": true }]);
    }
    input["period"]["end"] = json!(day);
}
