//! What looks different in a search after an entry.

use idenett_protocol::body::{Facts, Revision};
use idenett_protocol::id::EntryId;

use crate::library::{Library, LibraryFault};
use crate::reading::facts_of;

/// What looks different.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Touched {
    /// A case or need.
    Thing(EntryId),
    /// A case or need whose text was dropped.
    Text(EntryId),
    /// Whose word counts may have changed.
    Everything,
}

/// What looks different after this entry.
pub(super) fn touched(library: &Library, id: &EntryId) -> Result<Vec<Touched>, LibraryFault> {
    let Some((_, facts)) = facts_of(library, id)? else { return Ok(Vec::new()) };
    Ok(match &facts {
        Facts::Case(_) | Facts::Need(_) => vec![Touched::Thing(subject(*id, facts.revision()))],
        Facts::Reuse(reuse) => vec![Touched::Thing(reuse.case)],
        // By its confirmation a co-owner gets the right to revise, and a case or reuse stays valid.
        Facts::Confirmation(confirmation) => case_of(library, &confirmation.subject)?,
        Facts::Measurement(measurement) => case_of(library, &measurement.subject)?,
        Facts::Withdrawal(withdrawal) => case_of(library, &withdrawal.target)?,
        Facts::Redaction(redaction) => {
            let things = case_of(library, &redaction.target)?;
            things.into_iter().map(|t| if let Touched::Thing(id) = t { Touched::Text(id) } else { t }).collect()
        }
        Facts::Revocation(_) | Facts::Settlement(_) | Facts::Succession(_) => vec![Touched::Everything],
        Facts::Comment(_)
        | Facts::Interest(_)
        | Facts::Contact(_)
        | Facts::Plan(_)
        | Facts::Programme(_)
        | Facts::Collection(_)
        | Facts::Award(_)
        | Facts::Assessment(_)
        | Facts::Translation(_)
        | Facts::Admission(_)
        | Facts::Reference(_)
        | Facts::Release(_)
        | Facts::Envelope => Vec::new(),
    })
}

/// The case or need of which an entry is a version, or about which it is.
fn case_of(library: &Library, id: &EntryId) -> Result<Vec<Touched>, LibraryFault> {
    Ok(match facts_of(library, id)? {
        Some((_, Facts::Reuse(reuse))) => vec![Touched::Thing(reuse.case)],
        Some((_, facts)) => vec![Touched::Thing(subject(*id, facts.revision()))],
        None => Vec::new(),
    })
}

fn subject(id: EntryId, revision: Option<&Revision>) -> EntryId {
    revision.and_then(Revision::subject).unwrap_or(id)
}
