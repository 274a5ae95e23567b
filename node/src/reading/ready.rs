//! Whether another municipality has what it needs to reuse a case: the badge *klar til gjenbruk* of section 3 of the
//! domain model. Free of pages and of the search index, which both call it.

use idenett_protocol::body::{CaseFacts, CaseText, Effort};
use idenett_protocol::time::Day;
use serde::Serialize;

/// What a case lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Readiness {
    /// Fields without which nobody can tell what it is, by their names on the wire.
    pub required: Vec<&'static str>,
    /// Fields without which nobody can repeat it.
    pub for_reuse: Vec<&'static str>,
    /// Whether its time has run out.
    pub expired: bool,
}

impl Readiness {
    /// Whether it has everything.
    pub fn is_ready(&self) -> bool {
        self.required.is_empty() && self.for_reuse.is_empty() && !self.expired
    }
}

/// What a case lacks at a day. `valid_until` is the last day of its validity, confirmations included.
pub fn readiness(facts: &CaseFacts, text: &CaseText, valid_until: Option<Day>, day: Day) -> Readiness {
    let required = [
        ("lang", facts.lang.known().is_some()),
        ("title", !text.title.is_empty()),
        ("summary", !text.summary.is_empty()),
        ("problem", !text.problem.is_empty()),
        ("solution", !text.solution.is_empty()),
        ("status", facts.status.known().is_some()),
        ("types", !facts.types.is_empty()),
        ("sector", facts.sector.known().is_some()),
        ("themes", !facts.themes.is_empty()),
        ("origin", !facts.origin.is_not_stated()),
        ("contact", facts.contact.is_some()),
        ("licence", facts.licence.known().is_some()),
        ("valid_until", facts.valid_until.is_some()),
    ];
    let for_reuse = [
        ("beneficiaries", !facts.beneficiaries.is_empty()),
        ("values", !facts.values.is_empty()),
        ("core", !text.core.is_empty()),
        ("adaptable", !text.adaptable.is_empty()),
        ("prerequisites", !text.prerequisites.is_empty()),
        ("how_to", !text.how_to.is_empty()),
        ("lessons", !text.lessons.is_empty()),
        ("effort", facts.effort.as_ref().is_some_and(|e| *e != Effort::default())),
    ];
    let missing =
        |fields: &[(&'static str, bool)]| fields.iter().filter(|(_, there)| !there).map(|(n, _)| *n).collect();
    Readiness {
        required: missing(&required),
        for_reuse: missing(&for_reuse),
        expired: valid_until.is_some_and(|until| until < day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named() {
        let day = |s: &str| s.parse::<Day>().expect("a day");
        let empty = readiness(&CaseFacts::default(), &CaseText::default(), None, day("2026-11-25"));
        assert_eq!((empty.required.len(), empty.for_reuse.len(), empty.is_ready()), (13, 8, false));
        let facts = serde_json::json!({
            "lang": "nn", "status": "in_use", "types": ["service"], "sector": "social", "themes": ["tema/fritid"],
            "origin": "unknown", "contact": "ab".repeat(32), "licence": "CC0-1.0", "valid_until": "2027-01-01",
            "beneficiaries": ["everyone"], "values": [{ "kind": "trust" }], "effort": { "weeks": 3 },
        });
        let text = serde_json::json!({
            "title": "a", "summary": "a", "problem": "a", "solution": "a", "core": "a", "adaptable": "a",
            "prerequisites": "a", "how_to": "a", "lessons": "a",
        });
        let facts: CaseFacts = serde_json::from_value(facts).expect("facts");
        let text: CaseText = serde_json::from_value(text).expect("a text");
        let at = |d: &str| readiness(&facts, &text, facts.valid_until, day(d));
        assert_eq!(at("2027-01-01"), Readiness::default());
        assert!(at("2027-01-01").is_ready() && !at("2027-01-02").is_ready());
    }
}
