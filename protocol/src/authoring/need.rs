//! The form of a need.

use crate::body::{NeedFacts, NeedText};
use crate::codes::NeedStatus;

use super::case::{contact, external_id, lang};
use super::form::{Form, Want};
use super::{FieldFault, MAX_PROSE_CHARS, MAX_TITLE_CHARS};

/// Months for which a need is valid unless it says otherwise.
const VALID_MONTHS: i32 = 12;

pub(super) fn read(form: &mut Form<'_>) -> (NeedFacts, NeedText) {
    let facts = NeedFacts {
        revision: form.context.revision.clone(),
        lang: lang(form),
        status: form.code("status", Want::Required),
        sector: form.code("sector", Want::Required),
        themes: form.codes("themes", Want::Required),
        contact: contact(form, Want::Required),
        valid_until: form.valid_until(VALID_MONTHS),
        external_id: external_id(form),
        beneficiaries: form.codes("beneficiaries", Want::Optional),
        urgency: form.code("urgency", Want::Optional),
        wants_partners: form.flag("wants_partners"),
        wicked_problem: form.codes("wicked_problem", Want::Optional),
        met_by: form.entry("met_by", Want::Optional),
    };
    let text = NeedText {
        title: form.text("title", Want::Always, MAX_TITLE_CHARS),
        situation: form.text("situation", Want::Required, MAX_PROSE_CHARS),
        affected: form.text("affected", Want::Required, MAX_PROSE_CHARS),
        constraints: form.text("constraints", Want::Optional, MAX_PROSE_CHARS),
        tried_before: form.text("tried_before", Want::Optional, MAX_PROSE_CHARS),
    };
    if form.publishing() {
        check(form, &facts);
    }
    (facts, text)
}

fn check(form: &Form<'_>, facts: &NeedFacts) {
    let met = facts.status.known() == Some(NeedStatus::Met);
    if met && facts.met_by.is_none() {
        form.refuse("met_by", FieldFault::Missing, "Name the reuse or case that met the need.");
    }
    if !met && facts.met_by.is_some() {
        form.refuse("status", FieldFault::NotAllowed, "A need with `met_by` has the status `met`.");
    }
}
