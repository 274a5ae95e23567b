//! The form of a case, and the rules that hold between its fields.

use crate::body::{
    Amount, CaseFacts, CaseReference, CaseReferenceText, CaseText, Effort, FactorScore, Kostra, Link, Period, PlanGoal,
    SoftwareText, ValueClaim,
};
use crate::codes::{CaseStatus, Code, Lang, Licence, Origin, Software, Value};
use crate::id::EntryId;
use crate::limits::MAX_JSON_INTEGER;

use super::form::{Form, Want};
use super::{
    FieldFault, MAX_EXTERNAL_ID_CHARS, MAX_LINE_CHARS, MAX_PROSE_CHARS, MAX_SUMMARY_CHARS, MAX_TITLE_CHARS, Mode,
};

/// Months for which a case is valid unless it says otherwise.
const VALID_MONTHS: i32 = 24;

pub(super) fn read(form: &mut Form<'_>) -> (CaseFacts, CaseText) {
    let values = form.objects("values", Some("kind"), |form| {
        let claim =
            ValueClaim { kind: form.code("kind", Want::Always), observed: form.flag("observed").unwrap_or(false) };
        (claim, form.text("text", Want::Optional, MAX_PROSE_CHARS))
    });
    let (values, value_texts): (Vec<_>, Vec<_>) = values.into_iter().unzip();
    let (software, software_texts): (Vec<_>, Vec<_>) =
        form.objects("software", Some("name"), software).into_iter().unzip();
    let (case_reference, case_reference_text) = form.object("case_reference", None, case_reference).unzip();
    let (builds_on, builds_on_words) = builds_on(form);
    let facts = CaseFacts {
        values,
        software,
        case_reference: case_reference.filter(|reference| reference.date.is_some()),
        builds_on,
        ..required_facts(form)
    };
    let text = CaseText {
        values: if value_texts.iter().all(String::is_empty) { Vec::new() } else { value_texts },
        software: software_texts,
        case_reference: case_reference_text,
        builds_on: builds_on_words,
        ..prose(form)
    };
    if form.publishing() {
        check(form, &facts, &text);
    }
    (facts, text)
}

fn required_facts(form: &mut Form<'_>) -> CaseFacts {
    let about_org = form.org("about_org").filter(|org| *org != form.context.signer);
    let co_owners = form.orgs("co_owners");
    CaseFacts {
        revision: form.context.revision.clone(),
        lang: lang(form),
        status: form.code("status", Want::Required),
        types: form.codes("types", Want::Required),
        sector: form.code("sector", Want::Required),
        themes: form.codes("themes", Want::Required),
        origin: form.code("origin", Want::Required),
        contact: contact(form, Want::Required),
        licence: licence(form),
        valid_until: form.valid_until(VALID_MONTHS),
        about_org,
        co_owners: co_owners.into_iter().filter(|org| *org != form.context.signer).collect(),
        external_id: external_id(form),
        ..optional_facts(form)
    }
}

fn optional_facts(form: &mut Form<'_>) -> CaseFacts {
    CaseFacts {
        beneficiaries: form.codes("beneficiaries", Want::Optional),
        effort: effort(form),
        novel_for: form.code("novel_for", Want::Optional),
        change: form.code("change", Want::Optional),
        scale: form.code("scale", Want::Optional),
        phase: form.code("phase", Want::Optional),
        methods: form.short_ids("methods"),
        initiated_by: form.codes("initiated_by", Want::Optional),
        participants: form.codes("participants", Want::Optional),
        promoting: form.objects("promoting", Some("factor"), factor_score),
        hindering: form.objects("hindering", Some("factor"), factor_score),
        barriers: form.codes("barriers", Want::Optional),
        funding: form.codes("funding", Want::Optional),
        party_cooperation: form.codes("party_cooperation", Want::Optional),
        privacy: form.code("privacy", Want::Optional),
        period: period(form),
        plan_goals: form
            .objects("plan_goals", Some("plan"), |form| {
                let goal = form.short_id("goal", Want::Optional);
                form.entry("plan", Want::Always).map(|plan| PlanGoal { plan, goal })
            })
            .into_iter()
            .flatten()
            .collect(),
        programmes: form.entries("programmes"),
        wicked_problem: form.codes("wicked_problem", Want::Optional),
        kostra: kostra(form),
        ..CaseFacts::default()
    }
}

fn prose(form: &mut Form<'_>) -> CaseText {
    let mut long = |name, want| form.text(name, want, MAX_PROSE_CHARS);
    CaseText {
        problem: long("problem", Want::Required),
        solution: long("solution", Want::Required),
        core: long("core", Want::Optional),
        adaptable: long("adaptable", Want::Optional),
        prerequisites: long("prerequisites", Want::Optional),
        how_to: long("how_to", Want::Optional),
        lessons: long("lessons", Want::Optional),
        beneficiaries: long("beneficiaries_text", Want::Optional),
        story: long("story", Want::Optional),
        next_needs: long("next_needs", Want::Optional),
        title: form.text("title", Want::Always, MAX_TITLE_CHARS),
        summary: form.text("summary", Want::Required, MAX_SUMMARY_CHARS),
        privacy_url: form.url("privacy_url", Want::Optional),
        regulations: form.texts("regulations"),
        data_sources: form.texts("data_sources"),
        links: form.objects("links", Some("url"), |form| Link {
            title: form.text("title", Want::Optional, MAX_LINE_CHARS),
            url: form.url("url", Want::Always),
        }),
        ..CaseText::default()
    }
}

/// The rules between the fields of a case that is published.
fn check(form: &Form<'_>, facts: &CaseFacts, text: &CaseText) {
    let observed =
        facts.values.iter().any(|value| value.observed && value.kind.known().is_some_and(|k| k != Value::None));
    if facts.status.known() == Some(CaseStatus::Utilised) && !observed && !form.context.measured {
        let problem = "A case is `utilised` when its value is documented: give an observed value, or use `in_use`.";
        form.refuse("status", FieldFault::NotAllowed, problem);
    }
    let from_others = matches!(facts.origin.known(), Some(Origin::Adapted | Origin::Copy | Origin::Inspired));
    if from_others && facts.builds_on.is_empty() && text.builds_on.is_empty() {
        let problem = "Name what it came from: the id of a case, or in words.";
        form.refuse("builds_on", FieldFault::Missing, problem);
    }
    let in_use = facts.period.and_then(|period| period.in_use);
    if in_use.is_some_and(|day| day > form.context.today) {
        form.refuse("period.in_use", FieldFault::OutOfRange, "The day on which it was taken in use lies ahead.");
    }
}

/// What a case came from: ids of cases here, and anything else in words.
fn builds_on(form: &mut Form<'_>) -> (Vec<EntryId>, Vec<String>) {
    let (mut ids, mut words) = (Vec::new(), Vec::new());
    for text in form.texts("builds_on") {
        match text.parse() {
            Ok(id) => ids.push(id),
            Err(_) => words.push(text),
        }
    }
    ids.sort_unstable();
    ids.dedup();
    (ids, words)
}

fn software(form: &mut Form<'_>) -> (Code<Software>, SoftwareText) {
    let openness = match form.flag("open") {
        Some(true) => Software::Open,
        Some(false) => Software::Closed,
        None => Software::Unknown,
    };
    let text = SoftwareText {
        name: form.text("name", Want::Always, MAX_LINE_CHARS),
        url: form.url("url", Want::Optional),
        publiccode_url: form.url("publiccode_url", Want::Optional),
        vendor: form.text("vendor", Want::Optional, MAX_LINE_CHARS),
    };
    (openness.into(), text)
}

fn case_reference(form: &mut Form<'_>) -> (CaseReference, CaseReferenceText) {
    let facts = CaseReference { date: form.day("date", Want::Optional) };
    let text = CaseReferenceText {
        number: form.text("number", Want::Optional, MAX_LINE_CHARS),
        decision: form.text("decision", Want::Optional, MAX_LINE_CHARS),
        url: form.url("url", Want::Optional),
    };
    (facts, text)
}

fn factor_score(form: &mut Form<'_>) -> FactorScore {
    let score = form.int("score", (-2, 2), Want::Required);
    FactorScore { factor: form.code("factor", Want::Always), score: score.unwrap_or(0) }
}

fn kostra(form: &mut Form<'_>) -> Option<Kostra> {
    form.object("kostra", None, |form| {
        let function = form.text("function", Want::Always, MAX_LINE_CHARS);
        if !function.is_empty() && (function.len() != 3 || !function.bytes().all(|b| b.is_ascii_digit())) {
            form.refuse("function", FieldFault::Malformed, "Write the three digits of a KOSTRA function, as \"254\".");
        }
        Kostra { function, year: year(form, "year") }
    })
}

/// The language: when publishing, the signer's own where nothing is said.
pub(super) fn lang(form: &mut Form<'_>) -> Code<Lang> {
    let stated: Code<Lang> = form.code("lang", Want::Optional);
    if stated.is_not_stated() && form.context.mode == Mode::Publish { form.context.lang.into() } else { stated }
}

/// The licence: nobody gives one away by importing.
fn licence(form: &mut Form<'_>) -> Code<Licence> {
    let stated: Code<Licence> = form.code("licence", Want::Optional);
    if stated.is_not_stated() && form.publishing() { Licence::CcBy.into() } else { stated }
}

/// The contact: the signer's own where nothing is said.
pub(super) fn contact(form: &mut Form<'_>, want: Want) -> Option<EntryId> {
    let default = form.context.contact;
    let want = if default.is_some() { Want::Optional } else { want };
    form.entry("contact", want).or(default)
}

/// The id in the system from which something is imported.
pub(super) fn external_id(form: &mut Form<'_>) -> Option<String> {
    let id = form.text("external_id", Want::Optional, MAX_EXTERNAL_ID_CHARS);
    (!id.is_empty()).then_some(id)
}

pub(super) fn effort(form: &mut Form<'_>) -> Option<Effort> {
    form.object("effort", None, |form| Effort {
        weeks: form.int("weeks", (0, 5200), Want::Optional),
        person_years_tenths: form.int("person_years_tenths", (0, 1_000_000), Want::Optional),
        one_time_nok: nok(form, "one_time_nok"),
        yearly_nok: nok(form, "yearly_nok"),
        price_year: year(form, "price_year"),
    })
}

/// An amount of money: one number is what is expected.
fn nok(form: &mut Form<'_>, name: &'static str) -> Option<Amount> {
    form.object(name, Some("expected"), amount)
}

/// `low`, `expected` and `high` of an amount.
pub(super) fn amount(form: &mut Form<'_>) -> Amount {
    let bounds = (-MAX_JSON_INTEGER, MAX_JSON_INTEGER);
    let amount = Amount {
        low: form.int("low", bounds, Want::Optional),
        expected: form.int("expected", bounds, Want::Optional),
        high: form.int("high", bounds, Want::Optional),
    };
    let known: Vec<i64> = [amount.low, amount.expected, amount.high].into_iter().flatten().collect();
    if !known.is_sorted() {
        form.refuse("low", FieldFault::OutOfRange, "`low` must not be above `expected`, nor `expected` above `high`.");
    }
    amount
}

pub(super) fn year(form: &mut Form<'_>, name: &'static str) -> Option<u16> {
    let (this_year, _, _) = form.context.today.ymd();
    form.int(name, (1990, i64::from(this_year).saturating_add(1)), Want::Optional)
}

/// The days of a period, in their order.
pub(super) fn period(form: &mut Form<'_>) -> Option<Period> {
    form.object("period", None, |form| {
        let period = Period {
            start: form.day("start", Want::Optional),
            in_use: form.day("in_use", Want::Optional),
            end: form.day("end", Want::Optional),
        };
        let known: Vec<_> = [period.start, period.in_use, period.end].into_iter().flatten().collect();
        if !known.is_sorted() {
            form.refuse(
                "start",
                FieldFault::OutOfRange,
                "`start` must not be after `in_use`, nor `in_use` after `end`.",
            );
        }
        period
    })
}
