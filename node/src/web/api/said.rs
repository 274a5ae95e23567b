//! What was said about a case or need afterwards, and who can be asked about it.

use serde::Serialize;
use utoipa::ToSchema;

use super::parts::{Days, Held, Organisation, Signatory, at, code, day, fitting};
use crate::reading;

/// A question, an answer, an experience, an improvement or thanks.
#[derive(Serialize, ToSchema)]
pub(super) struct Comment {
    /// The entry.
    id: String,
    /// Who.
    by: Signatory,
    /// When it was signed.
    #[schema(format = DateTime)]
    signed: String,
    /// What it is, as a code.
    kind: String,
    /// The language of the text, as a code.
    lang: String,
    /// Said by the owner in reply to an improvement: whether it is adopted.
    adopted: Option<bool>,
    /// Whether the text is held.
    text_state: Held,
    /// What was written.
    text: String,
    /// What was said in reply, the oldest first.
    #[schema(no_recursion)]
    replies: Vec<Comment>,
}

/// A word of interest.
#[derive(Serialize, ToSchema)]
pub(super) struct Interest {
    /// The entry.
    id: String,
    /// Who.
    by: Signatory,
    /// When it was signed.
    #[schema(format = DateTime)]
    signed: String,
    /// How strong it is, as a code.
    level: String,
    /// Whether the text is held.
    text_state: Held,
    /// Why.
    text: String,
}

/// A measurement of one indicator.
#[derive(Serialize, ToSchema)]
pub(super) struct Measurement {
    /// The entry.
    id: String,
    /// Who.
    by: Signatory,
    /// When it was signed.
    #[schema(format = DateTime)]
    signed: String,
    /// The language of the text, as a code.
    lang: String,
    /// The kind of value that the indicator is about, as a code.
    value: String,
    /// Who measured, as a code.
    evaluated_by: String,
    /// When it was measured.
    period: Option<Days>,
    /// What it was before, in whole units.
    before: Option<i64>,
    /// What it was after, in whole units.
    after: Option<i64>,
    /// The unit as a short id, as `percent` or `days`.
    unit: Option<String>,
    /// Whether the text is held.
    text_state: Held,
    /// What was measured.
    indicator: String,
    /// How.
    method: String,
    /// What it showed.
    findings: String,
    /// Where more can be read.
    url: String,
}

/// A function that can be asked, never a person.
#[derive(Serialize, ToSchema)]
pub(super) struct Contact {
    /// The contact.
    id: String,
    /// Whose it is.
    owner: Organisation,
    /// The day on which someone made sure that it answers.
    #[schema(format = Date)]
    checked: Option<String>,
    /// The contact to ask when this one does not answer.
    fallback: Option<String>,
    /// Whether the text is held.
    text_state: Held,
    /// The function.
    function: String,
    /// A shared mailbox.
    mailbox: String,
    /// The telephone number of a switchboard.
    switchboard: String,
    /// The address of a form or page.
    url: String,
}

impl Comment {
    /// Comments, as many as have room, each with its replies.
    pub(super) fn all(comments: Vec<reading::Comment>) -> Vec<Self> {
        fitting(comments.into_iter().map(Self::from))
    }
}

impl Interest {
    /// Words of interest, as many as have room.
    pub(super) fn all(interests: Vec<reading::Interest>) -> Vec<Self> {
        fitting(interests.into_iter().map(Self::from))
    }
}

impl Measurement {
    /// Measurements, as many as have room.
    pub(super) fn all(measurements: Vec<reading::Measurement>) -> Vec<Self> {
        fitting(measurements.into_iter().map(Self::from))
    }
}

impl From<reading::Comment> for Comment {
    fn from(comment: reading::Comment) -> Self {
        Self {
            id: comment.id.to_string(),
            by: comment.signer.into(),
            signed: at(comment.time),
            kind: code(&comment.facts.kind),
            lang: code(&comment.facts.lang),
            adopted: comment.facts.adopted,
            text_state: comment.text_state.into(),
            text: comment.text,
            replies: comment.replies.into_iter().map(Self::from).collect(),
        }
    }
}

impl From<reading::Interest> for Interest {
    fn from(interest: reading::Interest) -> Self {
        Self {
            id: interest.id.to_string(),
            by: interest.signer.into(),
            signed: at(interest.time),
            level: code(&interest.facts.level),
            text_state: interest.text_state.into(),
            text: interest.text,
        }
    }
}

impl From<reading::Measurement> for Measurement {
    fn from(measurement: reading::Measurement) -> Self {
        let (facts, text) = (measurement.facts, measurement.text);
        Self {
            id: measurement.id.to_string(),
            by: measurement.signer.into(),
            signed: at(measurement.time),
            lang: code(&facts.lang),
            value: code(&facts.value),
            evaluated_by: code(&facts.evaluated_by),
            period: facts.period.map(Days::from),
            before: facts.before,
            after: facts.after,
            unit: facts.unit,
            text_state: measurement.text_state.into(),
            indicator: text.indicator,
            method: text.method,
            findings: text.findings,
            url: text.url,
        }
    }
}

impl From<reading::Contact> for Contact {
    fn from(contact: reading::Contact) -> Self {
        Self {
            id: contact.id.to_string(),
            owner: contact.owner.into(),
            checked: day(contact.facts.checked),
            fallback: contact.facts.fallback.map(|id| id.to_string()),
            text_state: contact.text_state.into(),
            function: contact.text.function,
            mailbox: contact.text.mailbox,
            switchboard: contact.text.switchboard,
            url: contact.text.url,
        }
    }
}
