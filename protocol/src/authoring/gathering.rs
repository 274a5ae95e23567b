//! The forms of what cases are gathered in: plan, programme, collection, award.

use std::collections::BTreeSet;

use crate::body::{
    AwardFacts, AwardText, CollectionFacts, CollectionText, Period, PlanFacts, PlanText, ProgrammeFacts, ProgrammeText,
};
use crate::codes::{AwardLevel, Code};
use crate::id::EntryId;

use super::case::{contact, lang, year};
use super::form::{Form, Want};
use super::{FieldFault, MAX_LINE_CHARS, MAX_PROSE_CHARS, MAX_SUMMARY_CHARS, MAX_TITLE_CHARS};

pub(super) fn plan(form: &mut Form<'_>) -> (PlanFacts, PlanText) {
    let goals = form.objects("goals", Some("id"), |form| {
        let id = form.short_id("id", Want::Always);
        let title = form.text("title", Want::Required, MAX_LINE_CHARS);
        id.map(|id| (id, title))
    });
    let (goals, goal_titles): (Vec<String>, Vec<String>) = goals.into_iter().flatten().unzip();
    each_once(form, "goals", &goals);
    let facts = PlanFacts {
        revision: form.context.revision.clone(),
        lang: lang(form),
        kind: form.code("kind", Want::Required),
        adopted: form.day("adopted", Want::Optional),
        period: span(form),
        goals,
        themes: form.codes("themes", Want::Optional),
        wicked_problem: form.codes("wicked_problem", Want::Optional),
        contact: contact(form, Want::Optional),
    };
    if facts.adopted.is_some_and(|day| day > form.context.today) {
        form.refuse("adopted", FieldFault::OutOfRange, "The day on which it was adopted lies ahead.");
    }
    let text = PlanText {
        title: form.text("title", Want::Always, MAX_TITLE_CHARS),
        summary: form.text("summary", Want::Required, MAX_SUMMARY_CHARS),
        description: form.text("description", Want::Optional, MAX_PROSE_CHARS),
        goals: goal_titles,
        url: form.url("url", Want::Optional),
    };
    (facts, text)
}

pub(super) fn programme(form: &mut Form<'_>) -> (ProgrammeFacts, ProgrammeText) {
    let cases: Vec<EntryId> =
        form.objects("cases", Some("case"), |form| form.entry("case", Want::Always)).into_iter().flatten().collect();
    each_once(form, "cases", &cases);
    let facts = ProgrammeFacts {
        revision: form.context.revision.clone(),
        lang: lang(form),
        kind: form.code("kind", Want::Required),
        lead: form.org("lead").or(Some(form.context.signer)),
        members: form.orgs("members"),
        period: span(form),
        funding: form.codes("funding", Want::Optional),
        cases,
        themes: form.codes("themes", Want::Optional),
        contact: contact(form, Want::Optional),
    };
    let text = ProgrammeText {
        title: form.text("title", Want::Always, MAX_TITLE_CHARS),
        summary: form.text("summary", Want::Required, MAX_SUMMARY_CHARS),
        description: form.text("description", Want::Optional, MAX_PROSE_CHARS),
        url: form.url("url", Want::Optional),
    };
    (facts, text)
}

pub(super) fn collection(form: &mut Form<'_>) -> (CollectionFacts, CollectionText) {
    let chosen = form.objects("cases", Some("case"), |form| {
        let case = form.entry("case", Want::Always);
        let comment = form.text("comment", Want::Optional, MAX_PROSE_CHARS);
        case.map(|case| (case, comment))
    });
    let (cases, comments): (Vec<EntryId>, Vec<String>) = chosen.into_iter().flatten().unzip();
    each_once(form, "cases", &cases);
    let facts = CollectionFacts {
        revision: form.context.revision.clone(),
        lang: lang(form),
        cases,
        themes: form.codes("themes", Want::Optional),
    };
    let text = CollectionText {
        title: form.text("title", Want::Always, MAX_TITLE_CHARS),
        summary: form.text("summary", Want::Required, MAX_SUMMARY_CHARS),
        comments: if comments.iter().all(String::is_empty) { Vec::new() } else { comments },
    };
    if facts.cases.is_empty() && form.publishing() && !form.faulty("cases") {
        form.refuse("cases", FieldFault::Missing, "Name at least one case by its id.");
    }
    (facts, text)
}

pub(super) fn award(form: &mut Form<'_>) -> (AwardFacts, AwardText) {
    let level: Code<AwardLevel> = form.code("level", Want::Required);
    let facts = AwardFacts {
        revision: form.context.revision.clone(),
        lang: lang(form),
        year: year(form, "year"),
        level,
        placement: form.code("placement", Want::Required),
        case: form.entry("case", Want::Optional),
        recipient: form.org("recipient"),
        giver: form.org("giver"),
    };
    let text = AwardText {
        prize: form.text("prize", Want::Always, MAX_TITLE_CHARS),
        given_by: form.text("given_by", Want::Optional, MAX_LINE_CHARS),
        reason: form.text("reason", Want::Optional, MAX_PROSE_CHARS),
        url: form.url("url", Want::Optional),
    };
    if form.publishing() {
        check_award(form, &facts, &text);
    }
    (facts, text)
}

fn check_award(form: &Form<'_>, facts: &AwardFacts, text: &AwardText) {
    let missing = |name: &str, problem: &str| {
        if !form.faulty(name) {
            form.refuse(name, FieldFault::Missing, problem);
        }
    };
    if facts.year.is_none() {
        missing("year", "Name the year for which it was given.");
    }
    if facts.case.is_none() && facts.recipient.is_none() {
        missing("recipient", "Name the organisation that was given it, or in `case` the case.");
    }
    if text.given_by.is_empty() && facts.giver.is_none() {
        missing("given_by", "Name who gave it, in words, or in `giver` its organisation number.");
    }
    // A prize counts on the word of who gave it; anyone else shows where that can be read.
    if facts.giver != Some(form.context.signer) && text.url.is_empty() {
        missing("url", "You did not give this prize yourself, so name the address at which the giver tells of it.");
    }
}

/// From when until when something holds or runs.
fn span(form: &mut Form<'_>) -> Option<Period> {
    form.object("period", None, |form| {
        let period =
            Period { start: form.day("start", Want::Optional), in_use: None, end: form.day("end", Want::Optional) };
        if period.start.zip(period.end).is_some_and(|(start, end)| start > end) {
            form.refuse("start", FieldFault::OutOfRange, "`start` must not be after `end`.");
        }
        period
    })
}

/// What has a place in an order has only one.
fn each_once<T: Ord>(form: &Form<'_>, name: &str, all: &[T]) {
    let mut seen = BTreeSet::new();
    for (at, one) in all.iter().enumerate() {
        if !seen.insert(one) {
            form.refuse(&format!("{name}[{at}]"), FieldFault::NotAllowed, "This one stands in the list already.");
        }
    }
}
