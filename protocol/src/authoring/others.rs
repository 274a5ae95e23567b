//! The forms of the smaller records: contact, confirmation, measurement, comment, interest,
//! assessment, withdrawal, redaction.

use crate::body::{
    AssessmentFacts, AssessmentText, CommentFacts, CommentText, Confirmation, ContactFacts, ContactText, InterestFacts,
    InterestText, MeasurementFacts, MeasurementText, Redaction, Withdrawal, WithdrawalText,
};
use crate::codes::{Code, CommentKind, Judgement, WithdrawalReason};
use crate::id::EntryId;
use crate::limits::MAX_JSON_INTEGER;

use super::case::{lang, period};
use super::form::{Form, Want};
use super::{FieldFault, MAX_LINE_CHARS, MAX_PROSE_CHARS};

/// Months for which a thing is confirmed unless the confirmation says otherwise.
const CONFIRMED_MONTHS: i32 = 24;

pub(super) fn contact(form: &mut Form<'_>) -> (ContactFacts, ContactText) {
    let today = form.context.today;
    let facts = ContactFacts {
        revision: form.context.revision.clone(),
        checked: form.day("checked", Want::Optional).or(Some(today)),
        fallback: form.entry("fallback", Want::Optional),
    };
    if facts.checked.is_some_and(|day| day > today) {
        form.refuse("checked", FieldFault::OutOfRange, "The day lies ahead.");
    }
    let text = ContactText {
        function: form.text("function", Want::Always, MAX_LINE_CHARS),
        mailbox: form.text("mailbox", Want::Optional, MAX_LINE_CHARS),
        switchboard: form.text("switchboard", Want::Optional, MAX_LINE_CHARS),
        url: form.url("url", Want::Optional),
    };
    if !text.mailbox.is_empty() && (!text.mailbox.contains('@') || text.mailbox.contains(char::is_whitespace)) {
        form.refuse("mailbox", FieldFault::Malformed, "Write the e-mail address of a shared mailbox.");
    }
    if text.mailbox.is_empty() && text.switchboard.is_empty() && text.url.is_empty() && form.publishing() {
        form.refuse("mailbox", FieldFault::Missing, "Name a shared mailbox, a switchboard or the address of a form.");
    }
    (facts, text)
}

pub(super) fn confirmation(form: &mut Form<'_>) -> (Confirmation, ()) {
    let today = form.context.today;
    let subject = wanted(form, "subject");
    let valid_until = form.valid_until(CONFIRMED_MONTHS);
    (Confirmation { subject, valid_until: valid_until.unwrap_or(today) }, ())
}

pub(super) fn measurement(form: &mut Form<'_>) -> (MeasurementFacts, MeasurementText) {
    let bounds = (-MAX_JSON_INTEGER, MAX_JSON_INTEGER);
    let facts = MeasurementFacts {
        subject: wanted(form, "subject"),
        lang: lang(form),
        value: form.code("value", Want::Optional),
        evaluated_by: form.code("evaluated_by", Want::Required),
        period: period(form),
        before: form.int("before", bounds, Want::Optional),
        after: form.int("after", bounds, Want::Optional),
        unit: form.short_id("unit", Want::Optional),
    };
    let text = MeasurementText {
        indicator: form.text("indicator", Want::Required, MAX_LINE_CHARS),
        method: form.text("method", Want::Required, MAX_PROSE_CHARS),
        findings: form.text("findings", Want::Optional, MAX_PROSE_CHARS),
        url: form.url("url", Want::Optional),
    };
    if facts.period.is_none() && form.publishing() {
        form.refuse("period", FieldFault::Missing, "Name the days between which it was measured.");
    }
    if facts.before.is_some() && facts.after.is_none() && form.publishing() {
        form.refuse("after", FieldFault::Missing, "A figure before goes with one after.");
    }
    (facts, text)
}

pub(super) fn comment(form: &mut Form<'_>) -> (CommentFacts, CommentText) {
    let facts = CommentFacts {
        subject: wanted(form, "subject"),
        kind: form.code("kind", Want::Required),
        lang: lang(form),
        reply_to: form.entry("reply_to", Want::Optional),
        adopted: form.flag("adopted"),
    };
    let text = CommentText { text: form.text("text", Want::Required, MAX_PROSE_CHARS) };
    if facts.kind == Code::Known(CommentKind::Answer) && facts.reply_to.is_none() && form.publishing() {
        form.refuse("reply_to", FieldFault::Missing, "Name the comment that you answer.");
    }
    if facts.adopted.is_some() && facts.reply_to.is_none() {
        form.refuse("adopted", FieldFault::NotAllowed, "Name in `reply_to` the improvement that is adopted or not.");
    }
    (facts, text)
}

pub(super) fn interest(form: &mut Form<'_>) -> (InterestFacts, InterestText) {
    let facts = InterestFacts {
        subject: wanted(form, "subject"),
        level: form.code("level", Want::Required),
        contact: super::case::contact(form, Want::Optional),
    };
    (facts, InterestText { text: form.text("text", Want::Optional, MAX_PROSE_CHARS) })
}

pub(super) fn assessment(form: &mut Form<'_>) -> (AssessmentFacts, AssessmentText) {
    let facts = AssessmentFacts {
        subject: wanted(form, "subject"),
        judgement: form.code("judgement", Want::Required),
        lang: lang(form),
        programme: form.entry("programme", Want::Required),
        duplicate_of: form.entry("duplicate_of", Want::Optional),
    };
    let duplicate = facts.judgement == Code::Known(Judgement::Duplicate);
    if duplicate && facts.duplicate_of.is_none() && form.publishing() {
        form.refuse("duplicate_of", FieldFault::Missing, "Name what it is a duplicate of.");
    }
    if facts.duplicate_of == Some(facts.subject) {
        form.refuse("duplicate_of", FieldFault::NotAllowed, "Nothing is a duplicate of itself.");
    }
    if !duplicate && facts.duplicate_of.is_some() {
        form.refuse("duplicate_of", FieldFault::NotAllowed, "This goes with the judgement `duplicate` only.");
    }
    (facts, AssessmentText { reason: form.text("reason", Want::Required, MAX_PROSE_CHARS) })
}

pub(super) fn withdrawal(form: &mut Form<'_>) -> (Withdrawal, WithdrawalText) {
    let facts = Withdrawal {
        target: wanted(form, "target"),
        reason: form.code("reason", Want::Required),
        replacement: form.entry("replacement", Want::Optional),
    };
    if facts.reason == Code::Known(WithdrawalReason::Replaced) && facts.replacement.is_none() && form.publishing() {
        form.refuse("replacement", FieldFault::Missing, "Name what stands in its place.");
    }
    (facts, WithdrawalText { text: form.text("text", Want::Optional, MAX_PROSE_CHARS) })
}

/// A redaction has no text of its own: it must not repeat what it removes.
pub(super) fn redaction(form: &mut Form<'_>) -> (Redaction, ()) {
    (Redaction { target: wanted(form, "target"), reason: form.code("reason", Want::Required) }, ())
}

/// The id of what a record is about. A missing one is an error of its own; what stands in its
/// place is never written.
fn wanted(form: &mut Form<'_>, name: &'static str) -> EntryId {
    form.entry(name, Want::Always).unwrap_or(EntryId::from_bytes([0; 32]))
}
