//! What is said about a thing afterwards: confirmation, measurement, comment, interest, assessment.
//! These have no versions; what was wrong is withdrawn and said anew.

use serde::{Deserialize, Serialize};

use crate::codes::{Code, CommentKind, Evaluator, InterestLevel, Judgement, Lang, Value};
use crate::id::EntryId;
use crate::time::Day;

use super::Period;

/// It is still valid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// The thing.
    pub subject: EntryId,
    /// Until when.
    pub valid_until: Day,
}

/// The facts of one indicator, measured. The indicator and the method are described in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeasurementFacts {
    /// The case or reuse.
    pub subject: EntryId,
    /// The language of the text.
    #[serde(default, skip_serializing_if = "Code::is_not_stated")]
    pub lang: Code<Lang>,
    /// The kind of value that the indicator is about.
    #[serde(default, skip_serializing_if = "Code::is_not_stated")]
    pub value: Code<Value>,
    /// Who measured.
    #[serde(default)]
    pub evaluated_by: Code<Evaluator>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// What it was before, in whole units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<i64>,
    /// What it was after, in whole units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<i64>,
    /// The unit as a short id, as `percent` or `days`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// What people wrote about a measurement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MeasurementText {
    /// What was measured.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub indicator: String,
    /// How.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub method: String,
    /// What it showed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub findings: String,
    /// Where more can be read.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
}

/// The facts of a comment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentFacts {
    /// The thing that it is about.
    pub subject: EntryId,
    /// What it is.
    #[serde(default)]
    pub kind: Code<CommentKind>,
    /// The language of the text.
    #[serde(default, skip_serializing_if = "Code::is_not_stated")]
    pub lang: Code<Lang>,
    /// The comment that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<EntryId>,
    /// Said by the owner in reply to an improvement: whether it is adopted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adopted: Option<bool>,
}

/// What people wrote in a comment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CommentText {
    /// The comment.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// The facts of an interest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InterestFacts {
    /// The case or need.
    pub subject: EntryId,
    /// How strong it is.
    #[serde(default)]
    pub level: Code<InterestLevel>,
    /// Who can be asked: the subject of a contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<EntryId>,
}

/// What people wrote about their interest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InterestText {
    /// Why.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// The facts of an assessment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AssessmentFacts {
    /// The thing that is judged.
    pub subject: EntryId,
    /// The judgement.
    #[serde(default)]
    pub judgement: Code<Judgement>,
    /// The language of the text.
    #[serde(default, skip_serializing_if = "Code::is_not_stated")]
    pub lang: Code<Lang>,
    /// The programme whose lead judges; nothing where the registrar does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub programme: Option<EntryId>,
    /// The thing of which it is a duplicate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duplicate_of: Option<EntryId>,
}

/// What people wrote about an assessment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AssessmentText {
    /// Why.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
}
