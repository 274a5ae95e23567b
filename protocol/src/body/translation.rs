//! The body of a translation: the text of one version in another language.
//!
//! Its text is a text of the kind of the version: the same fields, each as it would be there.
//! Whoever shows it reads it by that kind.

use serde::{Deserialize, Serialize};

use crate::codes::{Code, Lang, TranslatedBy};
use crate::id::EntryId;

/// The facts of a translation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranslationFacts {
    /// The entry whose text is translated.
    pub version: EntryId,
    /// Into which language.
    #[serde(default)]
    pub lang: Code<Lang>,
    /// Who or what translated.
    #[serde(default)]
    pub made_by: Code<TranslatedBy>,
}
