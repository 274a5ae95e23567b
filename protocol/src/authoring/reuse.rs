//! The form of a reuse, which only the reuser signs.

use crate::body::{ReuseFacts, ReuseText, Saved};
use crate::codes::{Code, Origin, ReuseStatus, SavedUnit};
use crate::id::EntryId;

use super::case::{amount, contact, effort, lang, period, year};
use super::form::{Form, Want};
use super::{FieldFault, MAX_PROSE_CHARS};

/// Months for which a reuse is valid unless it says otherwise.
const VALID_MONTHS: i32 = 24;

pub(super) fn read(form: &mut Form<'_>) -> (ReuseFacts, ReuseText) {
    let may_ask_us = form.flag("may_ask_us");
    let contact_wanted = if may_ask_us == Some(true) { Want::Required } else { Want::Optional };
    let facts = ReuseFacts {
        revision: form.context.revision.clone(),
        // A missing case is an error of its own; what stands in its place is never written.
        case: form.entry("case", Want::Always).unwrap_or(EntryId::from_bytes([0; 32])),
        version: form.entry("version", Want::Required),
        lang: lang(form),
        degree: form.code("degree", Want::Required),
        status: form.code("status", Want::Required),
        since: form.day("since", Want::Required),
        unit: form.short_id("unit", Want::Optional),
        sector: form.code("sector", Want::Optional),
        valid_until: form.valid_until(VALID_MONTHS),
        period: period(form),
        may_ask_us,
        contact: contact(form, contact_wanted),
        channel: form.code("channel", Want::Optional),
        effort: effort(form),
        saved: form.object("saved", None, saved),
        outcome: form.int("outcome", (-2, 2), Want::Optional),
        stopped_because: form.code("stopped_because", Want::Optional),
        own_case: form.entry("own_case", Want::Optional),
    };
    let text = ReuseText {
        adaptation: form.text("adaptation", Want::Optional, MAX_PROSE_CHARS),
        experience: form.text("experience", Want::Optional, MAX_PROSE_CHARS),
    };
    // A reuse of one's own case is refused in an import too: it could never count.
    if form.context.owners.contains(&form.context.signer) {
        let problem = "Your organisation owns this case; reuse is declared by others.";
        form.refuse("case", FieldFault::NotAllowed, problem);
    }
    if facts.degree.known() == Some(Origin::First) {
        let problem = "Who reuses a case is not the first. Allowed: adapted, copy, inspired, unknown.";
        form.refuse("degree", FieldFault::NotAllowed, problem);
    }
    if form.publishing() {
        check(form, &facts);
    }
    (facts, text)
}

fn check(form: &Form<'_>, facts: &ReuseFacts) {
    if facts.unit.is_none() && facts.sector.is_not_stated() {
        form.refuse("sector", FieldFault::Missing, "Name the unit or the sector that uses it.");
    }
    let status = facts.status.known();
    let has_begun = matches!(status, Some(ReuseStatus::InUse | ReuseStatus::Utilised | ReuseStatus::Stopped));
    if has_begun && facts.since.is_some_and(|day| day > form.context.today) {
        form.refuse("since", FieldFault::OutOfRange, "The day lies ahead.");
    }
    if status != Some(ReuseStatus::Stopped) && !facts.stopped_because.is_not_stated() {
        let problem = "A reason for stopping goes with the status `stopped` only.";
        form.refuse("stopped_because", FieldFault::NotAllowed, problem);
    }
    if facts.own_case == Some(facts.case) {
        form.refuse("own_case", FieldFault::NotAllowed, "Your own case is another than the one that you reuse.");
    }
}

fn saved(form: &mut Form<'_>) -> Saved {
    let unit: Code<SavedUnit> = form.code("unit", Want::Required);
    let in_nok = matches!(unit.known(), Some(SavedUnit::NokOnce | SavedUnit::NokYear));
    let amount = amount(form);
    let price_year = year(form, "price_year");
    if amount.expected.is_none() && form.publishing() {
        form.refuse("expected", FieldFault::Missing, "Write what you expect to be saved.");
    }
    if in_nok && price_year.is_none() && form.publishing() {
        form.refuse("price_year", FieldFault::Missing, "Name the year of whose money the amounts are.");
    }
    Saved { amount, unit, price_year, method: form.code("method", Want::Required) }
}
