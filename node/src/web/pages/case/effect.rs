//! What came of a case, and how well that is founded.

use crate::language::Tongue;
use crate::reading::{CaseView, Evidence, Measurement};
use crate::web::cards;
use crate::web::text::{self, Prose};
use crate::web::wording::{self, Named};

/// What came of a case.
pub(super) struct Effect {
    pub(super) values: Vec<ValueRow>,
    pub(super) measured: Vec<Measured>,
    /// Of each level, whether it is reached.
    pub(super) steps: Vec<bool>,
    pub(super) evidence: String,
    pub(super) meter: String,
}

/// One kind of value.
pub(super) struct ValueRow {
    pub(super) kind: String,
    pub(super) observed: bool,
    pub(super) says: String,
}

/// One measurement.
pub(super) struct Measured {
    pub(super) indicator: String,
    pub(super) figures: String,
    pub(super) by: Named,
    pub(super) how: String,
    pub(super) when: String,
    pub(super) findings: Prose,
    pub(super) url: Option<String>,
}

pub(super) fn of(t: Tongue, view: &CaseView) -> Effect {
    let level = view.evidence.level;
    let says = |at: usize| view.text.values.get(at).map(|s| text::plain(s)).unwrap_or_default();
    let values = view.facts.values.iter().enumerate();
    Effect {
        values: values
            .map(|(at, value)| ValueRow { kind: t.label(&value.kind), observed: value.observed, says: says(at) })
            .collect(),
        measured: view.measurements.iter().map(|m| measured(t, m)).collect(),
        steps: (1..=Evidence::HIGHEST).map(|step| step <= level).collect(),
        evidence: cards::evidence(t, level),
        meter: t
            .fill("evidence-meter", &[("level", &level.to_string()), ("most", &Evidence::HIGHEST.to_string())])
            .into_owned(),
    }
}

fn measured(t: Tongue, m: &Measurement) -> Measured {
    let facts = &m.facts;
    let unit = facts.unit.as_deref().map(|u| unit(t, u)).unwrap_or_default();
    let figures = match (facts.before, facts.after) {
        (Some(before), Some(after)) => format!("{} → {} {unit}", t.number(before), t.number(after)),
        (None, Some(after)) => format!("{} {unit}", t.number(after)),
        (Some(before), None) => format!("{} {unit} ({})", t.number(before), t.say("measured-before")),
        (None, None) => String::new(),
    };
    let indicator = if m.text.indicator.is_empty() { t.label(&facts.value) } else { text::plain(&m.text.indicator) };
    let period = facts.period.and_then(|p| p.end.or(p.start));
    Measured {
        indicator: wording::absent(t, m.text_state).unwrap_or(indicator),
        figures: figures.trim().to_owned(),
        by: Named::signer(t, &m.signer),
        how: wording::label(t, &facts.evaluated_by).unwrap_or_default(),
        when: period.map_or_else(|| t.day_of(m.time), |day| t.date(day)),
        findings: text::prose(&[m.text.findings.as_str(), m.text.method.as_str()].join("\n\n")),
        url: text::address(&m.text.url),
    }
}

/// A unit that has a name of its own; any other as it was written.
fn unit(t: Tongue, id: &str) -> String {
    let key = format!("unit-{id}");
    if t.has(&key) { t.say(&key).into_owned() } else { text::plain(id) }
}
