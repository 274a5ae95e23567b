//! What takes something back: withdrawal (history stays) and redaction (the text goes).

use serde::{Deserialize, Serialize};

use crate::codes::{Code, RedactionReason, WithdrawalReason};
use crate::id::EntryId;

/// The issuer takes a record back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// The thing, or the record that has no versions.
    pub target: EntryId,
    /// Why.
    #[serde(default)]
    pub reason: Code<WithdrawalReason>,
    /// What stands in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replacement: Option<EntryId>,
}

/// What people wrote about a withdrawal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WithdrawalText {
    /// The reason in words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// Every node drops the text of one entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redaction {
    /// The entry.
    pub target: EntryId,
    /// Why.
    #[serde(default)]
    pub reason: Code<RedactionReason>,
}
