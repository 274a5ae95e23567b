//! A need with everything that is known about it.

use idenett_protocol::body::{Facts, NeedFacts, NeedText, Text};
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use idenett_protocol::time::Day;
use serde::Serialize;

use super::case::{Shown, shown};
use super::record::{facts_of, open};
use crate::library::{Library, LibraryFault};

/// A need with everything that is known about it.
#[derive(Clone, Debug, Serialize)]
pub struct NeedView {
    /// What stands around any thing.
    #[serde(flatten)]
    pub shown: Shown,
    /// Its facts.
    pub facts: NeedFacts,
    /// What was written.
    pub text: NeedText,
    /// The case that met it, also where a reuse of it is named.
    pub met_by: Option<EntryId>,
}

/// A need at a day; `None` if there is none of this id.
///
/// # Errors
/// If the disk fails.
pub fn need_view(library: &Library, id: &EntryId, day: Day) -> Result<Option<NeedView>, LibraryFault> {
    let Some(thing) = library.ledger(|l| l.thing(id)).filter(|t| t.kind == Kind::Need) else { return Ok(None) };
    let Some(record) = open(library, &thing.current)? else { return Ok(None) };
    let Ok(Facts::Need(facts)) = &record.facts else { return Ok(None) };
    let text = if let Text::Need(text) = &record.text { (**text).clone() } else { NeedText::default() };
    let met_by = match facts.met_by {
        Some(by) => match facts_of(library, &by)? {
            Some((_, Facts::Reuse(reuse))) => Some(reuse.case),
            _ => Some(by),
        },
        None => None,
    };
    let shown = shown(library, &thing, &record, (facts.contact, facts.valid_until), day)?;
    Ok(Some(NeedView { shown, facts: (**facts).clone(), text, met_by }))
}
