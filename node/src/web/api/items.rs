//! Cases and needs in a few words, as they stand in lists.

use serde::Serialize;
use utoipa::ToSchema;

use super::parts::{Held, Organisation, at, code, codes};
use crate::reading::Card;

/// A case in a few words.
#[derive(Serialize, ToSchema)]
pub(super) struct CaseItem {
    /// The case: the id of its first version.
    id: String,
    /// Its name; empty where the text is not here.
    title: String,
    /// What it says of itself.
    summary: String,
    /// Whether its text is held.
    text_state: Held,
    /// The language of the text, as a code.
    lang: String,
    /// Who owns it.
    owner: Organisation,
    /// About whom it is retold, if that is another.
    about: Option<Organisation>,
    /// Its status, as a code.
    status: Option<String>,
    /// The part of the municipality, as a code.
    sector: String,
    /// What it is about, as codes.
    themes: Vec<String>,
    /// When the version that is shown was signed.
    #[schema(format = DateTime)]
    signed: String,
    /// Organisation numbers of others that use it.
    reusers: Vec<String>,
    /// How well it is founded, from 0 (asserted) to 5 (worked for three or more in two or more KOSTRA groups).
    evidence_level: u8,
    /// Whether it has everything that it takes to reuse it.
    ready: bool,
}

/// A need in a few words.
#[derive(Serialize, ToSchema)]
pub(super) struct NeedItem {
    /// The need: the id of its first version.
    id: String,
    /// Its name; empty where the text is not here.
    title: String,
    /// How things are.
    situation: String,
    /// Whether its text is held.
    text_state: Held,
    /// The language of the text, as a code.
    lang: String,
    /// Who owns it.
    owner: Organisation,
    /// Where it stands, as a code.
    status: Option<String>,
    /// The part of the municipality, as a code.
    sector: String,
    /// What it is about, as codes.
    themes: Vec<String>,
    /// When the version that is shown was signed.
    #[schema(format = DateTime)]
    signed: String,
}

impl From<Card> for CaseItem {
    fn from(card: Card) -> Self {
        Self {
            id: card.id.to_string(),
            title: card.title,
            summary: card.summary,
            text_state: card.text_state.into(),
            lang: code(&card.lang),
            owner: card.owner.into(),
            about: card.about.map(Organisation::from),
            status: card.status.as_ref().map(code),
            sector: code(&card.sector),
            themes: codes(&card.themes),
            signed: at(card.time),
            reusers: card.reusers.iter().map(ToString::to_string).collect(),
            evidence_level: card.evidence.level,
            ready: card.ready,
        }
    }
}

impl From<Card> for NeedItem {
    fn from(card: Card) -> Self {
        Self {
            id: card.id.to_string(),
            title: card.title,
            situation: card.summary,
            text_state: card.text_state.into(),
            lang: code(&card.lang),
            owner: card.owner.into(),
            status: card.need_status.as_ref().map(code),
            sector: code(&card.sector),
            themes: codes(&card.themes),
            signed: at(card.time),
        }
    }
}
