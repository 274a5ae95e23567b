//! A case with everything that is known about it.

use std::collections::BTreeSet;

use idenett_protocol::body::{CaseFacts, CaseText, ContactFacts, ContactText, Facts, Text};
use idenett_protocol::codes::{CaseStatus, Code, NovelFor, Value, WithdrawalReason};
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::things::{Thing, VersionState};
use idenett_protocol::time::{Day, Timestamp};
use serde::Serialize;

use super::card::about;
use super::evidence::{Evidence, evidence_of};
use super::family::{Family, family_of};
use super::gathered::{Place, places_of};
use super::provenance::{Provenance, VersionView, provenance, versions};
use super::ready::{Readiness, readiness};
use super::record::{Party, Record, Signer, TextState, open, party, signer};
use super::reuses::{Declaration, confirmed_until, declarations_of, owners};
use super::said::{Comment, Interest, Measurement, comments_on, interests_in, measurements_of};
use crate::library::{Library, LibraryFault};

/// What stands around any thing that is shown.
#[derive(Clone, Debug, Serialize)]
pub struct Shown {
    /// The thing.
    pub id: EntryId,
    /// The version that is shown, and its number.
    pub current: EntryId,
    /// The number of the version that is shown.
    pub number: u32,
    /// Who owns it.
    pub owner: Party,
    /// Who signed it first.
    pub publisher: Party,
    /// Whether the text is here.
    pub text_state: TextState,
    /// Whether it stands.
    pub state: State,
    /// Whether another version was written at the same time.
    pub concurrent: bool,
    /// Who signed the version that is shown.
    pub provenance: Provenance,
    /// All versions, the newest first.
    pub versions: Vec<VersionView>,
    /// The last day of its validity, confirmations included.
    pub valid_until: Option<Day>,
    /// Who can be asked.
    pub contact: Option<Contact>,
    /// Questions, answers, experience, improvements, thanks.
    pub comments: Vec<Comment>,
    /// Who is interested.
    pub interests: Vec<Interest>,
}

impl Shown {
    /// Whether it was taken back.
    pub const fn is_withdrawn(&self) -> bool {
        matches!(self.state, State::Withdrawn(_))
    }
}

/// Whether a thing stands.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It does.
    Live,
    /// Nobody confirmed it in time.
    Expired,
    /// It was taken back.
    Withdrawn(Withdrawn),
}

/// Why and by whom a thing was taken back.
#[derive(Clone, Debug, Serialize)]
pub struct Withdrawn {
    /// Who.
    pub signer: Signer,
    /// When.
    pub time: Timestamp,
    /// Why, as a code.
    pub reason: Code<WithdrawalReason>,
    /// Why, in words.
    pub text: String,
    /// What stands in its place.
    pub replacement: Option<EntryId>,
}

/// A function that can be asked.
#[derive(Clone, Debug, Serialize)]
pub struct Contact {
    /// The thing.
    pub id: EntryId,
    /// Its facts.
    pub facts: ContactFacts,
    /// How it is reached.
    pub text: ContactText,
    /// Whether that is here.
    pub text_state: TextState,
    /// Whose it is.
    pub owner: Party,
}

/// An owner beside the first.
#[derive(Clone, Debug, Serialize)]
pub struct CoOwner {
    /// Who.
    #[serde(flatten)]
    pub party: Party,
    /// Whether it said so itself.
    pub confirmed: bool,
}

/// KS's three gates: new, useful, utilised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Gates {
    /// For whom it is new, if that is stated.
    pub new: Option<NovelFor>,
    /// Whether a need is described, and a value expected or observed.
    pub useful: bool,
    /// Whether it is utilised and a value was observed or measured.
    pub utilised: bool,
    /// Since when it is in use, as far as that is said.
    pub since: Option<Day>,
}

/// A case with everything that is known about it.
#[derive(Clone, Debug, Serialize)]
pub struct CaseView {
    /// What stands around any thing.
    #[serde(flatten)]
    pub shown: Shown,
    /// Its facts.
    pub facts: CaseFacts,
    /// What was written.
    pub text: CaseText,
    /// Owners beside the first.
    pub co_owners: Vec<CoOwner>,
    /// About whom it is retold, while that one has not taken it over.
    pub about: Option<Party>,
    /// New, useful, utilised.
    pub gates: Gates,
    /// How well it is founded.
    pub evidence: Evidence,
    /// What it lacks to be reused.
    pub readiness: Readiness,
    /// What was measured.
    pub measurements: Vec<Measurement>,
    /// Who uses it, would, or did.
    pub reuses: Vec<Declaration>,
    /// Where it comes from and what came of it.
    pub family: Family,
    /// Plans that it serves, programmes, collections and awards.
    pub appears_in: Vec<Place>,
}

impl CaseView {
    /// Others that use it now, each once.
    pub fn reusers(&self) -> BTreeSet<OrgNumber> {
        self.reuses.iter().filter(|d| d.reuse.counts).map(|d| d.reuse.org).collect()
    }
}

/// A case at a day; `None` if there is none of this id.
///
/// # Errors
/// If the disk fails.
pub fn case_view(library: &Library, id: &EntryId, day: Day) -> Result<Option<CaseView>, LibraryFault> {
    let Some(thing) = library.ledger(|l| l.thing(id)).filter(|t| t.kind == Kind::Case) else { return Ok(None) };
    let Some(record) = open(library, &thing.current)? else { return Ok(None) };
    let Ok(Facts::Case(facts)) = &record.facts else { return Ok(None) };
    let text = if let Text::Case(text) = &record.text { (**text).clone() } else { CaseText::default() };
    let reuses = declarations_of(library, id, day)?;
    let measurements = measurements_of(library, id)?;
    let shown = shown(library, &thing, &record, (facts.contact, facts.valid_until), day)?;
    Ok(Some(CaseView {
        co_owners: co_owners(library, &thing, facts),
        about: about(library, &thing, facts),
        gates: gates(facts, &text, !measurements.is_empty()),
        evidence: evidence_of(library, id, &reuses)?,
        readiness: readiness(facts, &text, shown.valid_until, day),
        family: family_of(library, id, day)?,
        appears_in: places_of(library, id)?,
        shown,
        facts: (**facts).clone(),
        text,
        measurements,
        reuses,
    }))
}

/// What stands around a thing, by its contact and validity.
pub(super) fn shown(
    library: &Library,
    thing: &Thing,
    record: &Record,
    (asked, valid_until): (Option<EntryId>, Option<Day>),
    day: Day,
) -> Result<Shown, LibraryFault> {
    let (owner, publisher, entitled) =
        library.ledger(|l| (party(l, thing.owner), party(l, thing.publisher), owners(l, thing)));
    let valid_until = valid_until.max(confirmed_until(library, &thing.subject, &entitled)?);
    let state = match thing.withdrawn {
        Some(by) => State::Withdrawn(withdrawn(library, &by)?),
        None if valid_until.is_some_and(|until| until < day) => State::Expired,
        None => State::Live,
    };
    Ok(Shown {
        id: thing.subject,
        current: thing.current,
        number: thing.number,
        owner,
        publisher,
        text_state: record.state,
        state,
        concurrent: thing.versions.iter().any(|(_, s)| *s == VersionState::Concurrent),
        provenance: provenance(library, record.header(), &thing.current)?,
        versions: versions(library, thing)?,
        valid_until,
        contact: asked.map(|id| contact(library, &id)).transpose()?.flatten(),
        comments: comments_on(library, &thing.subject)?,
        interests: interests_in(library, &thing.subject)?,
    })
}

fn withdrawn(library: &Library, by: &EntryId) -> Result<Withdrawn, LibraryFault> {
    let record = open(library, by)?;
    let (reason, replacement) = match record.as_ref().map(|r| &r.facts) {
        Some(Ok(Facts::Withdrawal(w))) => (w.reason.clone(), w.replacement),
        _ => (Code::default(), None),
    };
    let text = match record.as_ref().map(|r| &r.text) {
        Some(Text::Withdrawal(text)) => text.text.clone(),
        _ => String::new(),
    };
    let header = record.map(|r| *r.header());
    let signer = library.ledger(|l| header.map(|h| signer(l, &h.log)));
    Ok(Withdrawn {
        signer: signer.unwrap_or(Signer::Registrar),
        time: header.map(|h| h.time).unwrap_or_default(),
        reason,
        text,
        replacement,
    })
}

/// A function that can be asked; `None` if the record is not here.
///
/// # Errors
/// If the disk fails.
pub fn contact(library: &Library, id: &EntryId) -> Result<Option<Contact>, LibraryFault> {
    let found = library.ledger(|l| l.thing(id).map(|t| (t.current, party(l, t.owner), t.withdrawn)));
    let Some((current, owner, None)) = found else { return Ok(None) };
    let Some(record) = open(library, &current)? else { return Ok(None) };
    let Ok(Facts::Contact(facts)) = record.facts else { return Ok(None) };
    let text = if let Text::Contact(text) = record.text { text } else { ContactText::default() };
    Ok(Some(Contact { id: *id, facts, text, text_state: record.state, owner }))
}

fn co_owners(library: &Library, thing: &Thing, facts: &CaseFacts) -> Vec<CoOwner> {
    let (names, owners) = library.ledger(|l| {
        let names: Vec<Party> = facts.co_owners.iter().map(|org| party(l, *org)).collect();
        (names, owners(l, thing))
    });
    let co_owner = |party: Party| CoOwner { confirmed: owners.contains(&party.org), party };
    names.into_iter().filter(|p| p.org != thing.owner).map(co_owner).collect()
}

fn gates(facts: &CaseFacts, text: &CaseText, measured: bool) -> Gates {
    let values = |observed: bool| {
        let of_worth = |v: &Code<Value>| v.known().is_some_and(|v| v != Value::None);
        facts.values.iter().any(|v| of_worth(&v.kind) && (!observed || v.observed))
    };
    Gates {
        new: facts.novel_for.known(),
        useful: !text.problem.is_empty() && values(false),
        utilised: facts.status.known() == Some(CaseStatus::Utilised) && (measured || values(true)),
        since: facts.period.and_then(|p| p.in_use),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gate_opens_by_what_is_said_and_shown() {
        let case = |status: &str, values: &str| -> CaseFacts {
            let json = format!(r#"{{"status":"{status}","novel_for":"region","values":{values}}}"#);
            serde_json::from_str(&json).expect("facts")
        };
        let need = CaseText { problem: "Et behov".to_owned(), ..CaseText::default() };
        let expected = r#"[{"kind":"quality"}]"#;
        let observed = r#"[{"kind":"quality","observed":true}]"#;
        let rows = [
            ("in_use", "[]", false, (false, false)),
            ("in_use", expected, false, (true, false)),
            ("utilised", expected, false, (true, false)),
            ("utilised", expected, true, (true, true)),
            ("utilised", observed, false, (true, true)),
            ("in_use", observed, true, (true, false)),
            ("utilised", r#"[{"kind":"none","observed":true}]"#, false, (false, false)),
        ];
        for (status, values, measured, opened) in rows {
            let gates = gates(&case(status, values), &need, measured);
            assert_eq!(
                (gates.new, (gates.useful, gates.utilised)),
                (Some(NovelFor::Region), opened),
                "{status} {values}"
            );
        }
        assert!(!gates(&case("in_use", expected), &CaseText::default(), false).useful);
    }
}
