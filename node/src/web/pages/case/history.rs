//! Where a thing comes from: who signed what and when, and what each version changed. Also what must be known before
//! reading on.

use idenett_protocol::codes::{CaseStatus, Code, CodeList, InnovationType, Licence, NeedStatus, Origin, Sector, Theme};
use idenett_protocol::things::VersionState;

use super::{Note, field};
use crate::language::Tongue;
use crate::reading::{Changed, Shown, State, TextState, VersionView};
use crate::web::text;
use crate::web::wording::{self, Fact, Named};

/// Characters of a changed value that are shown.
const MAX_CHANGE: usize = 600;

/// Where a thing comes from.
pub(in crate::web) struct History {
    pub(in crate::web) verified: bool,
    pub(in crate::web) facts: Vec<Fact>,
    pub(in crate::web) versions: Vec<VersionRow>,
}

/// One version.
pub(in crate::web) struct VersionRow {
    pub(in crate::web) number: u32,
    pub(in crate::web) href: String,
    pub(in crate::web) state: String,
    pub(in crate::web) current: bool,
    pub(in crate::web) who: Named,
    pub(in crate::web) when: String,
    pub(in crate::web) changes: Vec<ChangeRow>,
}

/// One changed field.
pub(in crate::web) struct ChangeRow {
    pub(in crate::web) field: String,
    pub(in crate::web) before: Option<String>,
    pub(in crate::web) after: Option<String>,
}

pub(in crate::web) fn of(t: Tongue, shown: &Shown) -> History {
    let provenance = &shown.provenance;
    let lines = [
        Fact::one(t, "signed-by", Some(Named::signer(t, &provenance.signer))),
        Fact::one(t, "signed-when", Some(Named::plain(t.moment(provenance.time)))),
        Fact::one(
            t,
            "signed-entry",
            Some(Named::link(provenance.entry.to_string(), wording::record(&provenance.entry))),
        ),
        Fact::one(t, "signed-key", Some(Named::plain(provenance.log.to_string()))),
        Fact::one(
            t,
            "signed-admission",
            provenance.admission.map(|id| Named::link(id.to_string(), wording::record(&id))),
        ),
    ];
    History {
        verified: provenance.verified,
        facts: lines.into_iter().flatten().collect(),
        versions: shown.versions.iter().map(|v| version(t, v)).collect(),
    }
}

fn version(t: Tongue, v: &VersionView) -> VersionRow {
    let state = match v.state {
        VersionState::Current => t.say("version-current"),
        VersionState::Replaced => t.say("version-replaced"),
        VersionState::Concurrent => t.say("version-concurrent"),
        VersionState::Waiting => t.say("version-waiting"),
        VersionState::NoRight => t.say("version-no-right"),
        VersionState::Withdrawn => t.say("version-withdrawn"),
        VersionState::NotCounted => t.say("version-not-counted"),
    };
    VersionRow {
        number: v.number,
        href: wording::record(&v.id),
        state: state.into_owned(),
        current: v.state == VersionState::Current,
        who: Named::signer(t, &v.signer),
        when: t.day_of(v.time),
        changes: v.changed.iter().map(|c| change(t, c)).collect(),
    }
}

fn change(t: Tongue, changed: &Changed) -> ChangeRow {
    let said = |value: &Option<String>| value.as_ref().map(|v| worded(t, changed, v));
    ChangeRow { field: field(t, &changed.field), before: said(&changed.before), after: said(&changed.after) }
}

/// A value in the reader's words, where it is one of the codes that change most.
fn worded(t: Tongue, changed: &Changed, value: &str) -> String {
    if changed.text {
        return short(value);
    }
    match changed.field.as_str() {
        "status" => coded::<CaseStatus>(t, value).or_else(|| coded::<NeedStatus>(t, value)),
        "sector" => coded::<Sector>(t, value),
        "origin" => coded::<Origin>(t, value),
        "licence" => coded::<Licence>(t, value),
        "themes" => coded::<Theme>(t, value),
        "types" => coded::<InnovationType>(t, value),
        "valid_until" => value.parse().ok().map(|day: idenett_protocol::time::Day| t.date(day)),
        _ => None,
    }
    .unwrap_or_else(|| short(value))
}

fn coded<T: CodeList>(t: Tongue, value: &str) -> Option<String> {
    let labels: Option<Vec<String>> =
        value.split(", ").map(|id| T::named(id).map(|c| t.label(&Code::Known(c)))).collect();
    labels.map(|l| l.join(", "))
}

fn short(value: &str) -> String {
    let mut cut: String = value.chars().take(MAX_CHANGE).collect();
    if cut.len() < value.len() {
        cut.push_str(" […]");
    }
    text::plain_within(&cut, MAX_CHANGE + 10)
}

/// What must be known before reading on.
pub(in crate::web) fn notes(t: Tongue, shown: &Shown) -> Vec<Note> {
    let mut notes = Vec::new();
    match &shown.state {
        State::Live => {}
        State::Expired => notes.push(note(t, "state-expired", "warning")),
        State::Withdrawn(w) => {
            let reason = wording::label(t, &w.reason).unwrap_or_default();
            let by = Named::signer(t, &w.signer).name;
            let said = t.fill(
                "state-withdrawn-text",
                &[("name", &by), ("day", &t.day_of(w.time)), ("reason", &reason.to_lowercase())],
            );
            notes.push(Note {
                color: "danger",
                title: t.say("state-withdrawn").into_owned(),
                text: format!("{said} {}", text::plain(&w.text)),
                way: w.replacement.map(|id| Named::link(t.say("state-replacement"), wording::record(&id))),
            });
        }
    }
    match shown.text_state {
        TextState::Here => {}
        TextState::Redacted(by) => {
            let way = Some(Named::link(t.say("state-redaction"), wording::record(&by)));
            notes.push(Note { way, ..note(t, "state-redacted", "warning") });
        }
        TextState::Wanted => notes.push(note(t, "state-wanted", "info")),
        TextState::Unreadable => notes.push(note(t, "state-unreadable", "warning")),
    }
    if shown.concurrent {
        notes.push(note(t, "state-concurrent", "warning"));
    }
    if !shown.provenance.verified {
        notes.push(note(t, "state-unverified", "danger"));
    }
    notes
}

/// A note whose two texts are named alike.
pub(in crate::web) fn note(t: Tongue, key: &str, color: &'static str) -> Note {
    Note { color, title: t.say(key).into_owned(), text: t.say(&format!("{key}-text")).into_owned(), way: None }
}
