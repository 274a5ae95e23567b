//! What the index is told of a case or need: its words, by how much they say, and its traits.

use idenett_protocol::id::EntryId;

use super::traits::Traits;

/// How much the words of a field say about what a case is. A word of a title counts as often as
/// this; the frequencies of all fields are added up before they are weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Zone {
    /// Its name.
    Title,
    /// What it says of itself in a few words.
    Summary,
    /// Everything else that people wrote.
    Body,
    /// Names of places, themes and sectors: found by them, but never because of them alone first.
    Label,
}

impl Zone {
    /// How often a word counts.
    pub(super) const fn weight(self) -> usize {
        match self {
            Zone::Title => 4,
            Zone::Summary => 2,
            Zone::Body | Zone::Label => 1,
        }
    }
}

/// A case or need as the index takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// The thing.
    pub id: EntryId,
    /// What was written, field by field.
    pub texts: Vec<(Zone, String)>,
    /// What it can be sorted out by.
    pub traits: Traits,
}

impl Article {
    /// Its name.
    pub fn title(&self) -> &str {
        self.texts.iter().find(|(zone, _)| *zone == Zone::Title).map_or("", |(_, text)| text)
    }
}
