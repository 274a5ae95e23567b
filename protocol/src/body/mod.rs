//! What records say: the typed `facts` and `text` of every kind that this version understands.
//!
//! `facts` hold codes, days, organisation numbers, amounts, references and short ids; all that
//! people wrote is in `text`, so that a text can be dropped and every figure still stands.
//! Reading minds types, not completeness: a case without a status is still a case. Only where
//! a record would point at nothing (a withdrawal without target) is it unreadable.
//! Does not know who signed a record, nor whether it has any effect.

mod award;
mod case;
mod collection;
mod contact;
mod need;
mod plan;
mod programme;
mod registry;
mod response;
mod retraction;
mod reuse;
mod revision;
mod translation;

use serde::Serialize;

use crate::json::{self, JsonFault};
use crate::kind::Kind;

pub use award::{AwardFacts, AwardText};
pub use case::{
    Amount, CaseFacts, CaseReference, CaseReferenceText, CaseText, Effort, FactorScore, Kostra, Link, Period, PlanGoal,
    SoftwareText, ValueClaim,
};
pub use collection::{CollectionFacts, CollectionText};
pub use contact::{ContactFacts, ContactText};
pub use need::{NeedFacts, NeedText};
pub use plan::{PlanFacts, PlanText};
pub use programme::{ProgrammeFacts, ProgrammeText};
pub use registry::{
    Admission, Cell, Counted, NotCounted, Party, Reference, Release, Revocation, Settlement, Succession, SuccessionText,
};
pub use response::{
    AssessmentFacts, AssessmentText, CommentFacts, CommentText, Confirmation, InterestFacts, InterestText,
    MeasurementFacts, MeasurementText,
};
pub use retraction::{Redaction, Withdrawal, WithdrawalText};
pub use reuse::{ReuseFacts, ReuseText, Saved};
pub use revision::{Revision, RevisionFault};
pub use translation::TranslationFacts;

/// The facts of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the kind of its name")]
pub enum Facts {
    Case(Box<CaseFacts>),
    Need(Box<NeedFacts>),
    Reuse(Box<ReuseFacts>),
    Confirmation(Confirmation),
    Measurement(MeasurementFacts),
    Comment(CommentFacts),
    Interest(InterestFacts),
    Contact(ContactFacts),
    Plan(Box<PlanFacts>),
    Programme(Box<ProgrammeFacts>),
    Collection(CollectionFacts),
    Award(AwardFacts),
    Assessment(AssessmentFacts),
    Translation(TranslationFacts),
    Withdrawal(Withdrawal),
    Redaction(Redaction),
    Admission(Admission),
    Revocation(Revocation),
    Settlement(Settlement),
    Reference(Reference),
    Succession(Succession),
    Release(Release),
    /// A kind that this version carries untouched.
    Envelope,
}

/// Why the facts or the text of a record cannot be read. The record is stored and forwarded
/// all the same; it has no effect here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The document is at fault.
    #[error(transparent)]
    Json(#[from] JsonFault),
    /// What it says about versions does not go together.
    #[error(transparent)]
    Revision(#[from] RevisionFault),
    /// A log that ends at an entry names it; one that never counted names none.
    #[error("a log ends at an entry and its id, or before the first and without one")]
    End,
}

impl Facts {
    /// Reads the facts of a record of this kind.
    ///
    /// # Errors
    /// The first thing found wrong.
    pub fn read(kind: Kind, bytes: &[u8]) -> Result<Self, Unreadable> {
        // A kind of a later version may have rules of its own for its documents.
        if matches!(kind, Kind::Unknown(_)) {
            return Ok(Facts::Envelope);
        }
        Ok(match kind {
            Kind::Case => Facts::Case(Box::new(CaseFacts::read(bytes)?)),
            Kind::Need => Facts::Need(Box::new(NeedFacts::read(bytes)?)),
            Kind::Reuse => Facts::Reuse(Box::new(ReuseFacts::read(bytes)?)),
            Kind::Contact => Facts::Contact(ContactFacts::read(bytes)?),
            Kind::Plan => Facts::Plan(Box::new(PlanFacts::read(bytes)?)),
            Kind::Programme => Facts::Programme(Box::new(ProgrammeFacts::read(bytes)?)),
            Kind::Collection => Facts::Collection(CollectionFacts::read(bytes)?),
            Kind::Award => Facts::Award(AwardFacts::read(bytes)?),
            Kind::Confirmation => Facts::Confirmation(json::read(bytes)?),
            Kind::Measurement => Facts::Measurement(json::read(bytes)?),
            Kind::Comment => Facts::Comment(json::read(bytes)?),
            Kind::Assessment => Facts::Assessment(json::read(bytes)?),
            Kind::Translation => Facts::Translation(json::read(bytes)?),
            Kind::Interest => Facts::Interest(json::read(bytes)?),
            Kind::Withdrawal => Facts::Withdrawal(json::read(bytes)?),
            Kind::Redaction => Facts::Redaction(json::read(bytes)?),
            Kind::Admission => Facts::Admission(json::read(bytes)?),
            Kind::Revocation => Facts::Revocation(Revocation::read(bytes)?),
            Kind::Settlement => Facts::Settlement(json::read(bytes)?),
            Kind::Reference => Facts::Reference(json::read(bytes)?),
            Kind::Succession => Facts::Succession(json::read(bytes)?),
            Kind::Release => Facts::Release(json::read(bytes)?),
            Kind::Climate | Kind::Unknown(_) => json::check(bytes).map(|()| Facts::Envelope)?,
        })
    }

    /// Which version of a thing this is, for the kinds that have versions.
    pub fn revision(&self) -> Option<&Revision> {
        match self {
            Facts::Case(case) => Some(&case.revision),
            Facts::Need(need) => Some(&need.revision),
            Facts::Reuse(reuse) => Some(&reuse.revision),
            Facts::Contact(contact) => Some(&contact.revision),
            Facts::Plan(plan) => Some(&plan.revision),
            Facts::Programme(programme) => Some(&programme.revision),
            Facts::Collection(collection) => Some(&collection.revision),
            Facts::Award(award) => Some(&award.revision),
            Facts::Confirmation(_)
            | Facts::Measurement(_)
            | Facts::Comment(_)
            | Facts::Interest(_)
            | Facts::Assessment(_)
            | Facts::Translation(_)
            | Facts::Withdrawal(_)
            | Facts::Redaction(_)
            | Facts::Admission(_)
            | Facts::Revocation(_)
            | Facts::Settlement(_)
            | Facts::Reference(_)
            | Facts::Succession(_)
            | Facts::Release(_)
            | Facts::Envelope => None,
        }
    }
}

/// The text of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant is the kind of its name")]
pub enum Text {
    Case(Box<CaseText>),
    Need(Box<NeedText>),
    Reuse(ReuseText),
    Measurement(MeasurementText),
    Comment(CommentText),
    Interest(InterestText),
    Contact(ContactText),
    Plan(PlanText),
    Programme(ProgrammeText),
    Collection(CollectionText),
    Award(AwardText),
    Assessment(AssessmentText),
    Withdrawal(WithdrawalText),
    Succession(SuccessionText),
    /// A text of a kind that this version carries untouched, or of a translation, which is read
    /// by the kind of what it translates.
    Envelope,
    /// The record has no text.
    Nothing,
}

impl Text {
    /// Reads the text of a record of this kind.
    ///
    /// # Errors
    /// The first thing found wrong.
    pub fn read(kind: Kind, bytes: &[u8]) -> Result<Self, Unreadable> {
        if bytes.is_empty() {
            return Ok(Text::Nothing);
        }
        if matches!(kind, Kind::Unknown(_)) {
            return Ok(Text::Envelope);
        }
        Ok(match kind {
            Kind::Case => Text::Case(Box::new(json::read(bytes)?)),
            Kind::Need => Text::Need(Box::new(json::read(bytes)?)),
            Kind::Reuse => Text::Reuse(json::read(bytes)?),
            Kind::Measurement => Text::Measurement(json::read(bytes)?),
            Kind::Comment => Text::Comment(json::read(bytes)?),
            Kind::Interest => Text::Interest(json::read(bytes)?),
            Kind::Contact => Text::Contact(json::read(bytes)?),
            Kind::Plan => Text::Plan(json::read(bytes)?),
            Kind::Programme => Text::Programme(json::read(bytes)?),
            Kind::Collection => Text::Collection(json::read(bytes)?),
            Kind::Award => Text::Award(json::read(bytes)?),
            Kind::Assessment => Text::Assessment(json::read(bytes)?),
            Kind::Withdrawal => Text::Withdrawal(json::read(bytes)?),
            Kind::Succession => Text::Succession(json::read(bytes)?),
            Kind::Confirmation
            | Kind::Redaction
            | Kind::Admission
            | Kind::Revocation
            | Kind::Settlement
            | Kind::Reference
            | Kind::Release
            | Kind::Climate
            | Kind::Translation
            | Kind::Unknown(_) => json::check(bytes).map(|()| Text::Envelope)?,
        })
    }
}

/// Writes a document: the salt, then the fields of `body` in their order, without spaces.
///
/// # Errors
/// If the document would not be read by [`json::check`]: what is signed is readable.
pub fn document<T: Serialize>(salt: &[u8; 16], body: &T) -> Result<Vec<u8>, JsonFault> {
    #[derive(Serialize)]
    struct Salted<'a, T> {
        salt: String,
        #[serde(flatten)]
        body: &'a T,
    }
    let salted = Salted { salt: data_encoding::HEXLOWER.encode(salt), body };
    let bytes = serde_json::to_vec(&salted).map_err(|e| JsonFault::WrongType(e.to_string()))?;
    json::check(&bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests;
