//! What the disk has damaged, and whether what stood there is here again.

use std::collections::BTreeMap;
use std::fmt;

use idenett_protocol::id::EntryId;
use idenett_protocol::ledger::Ledger;
use serde::{Deserialize, Serialize};

use super::shelf::Shelf;
use crate::journal::damage::Damage;
use crate::journal::position::Position;
use crate::journal::reader::MAX_DAMAGES;

/// A damaged stretch of the journal. Its bytes stay as they are; what stood there is stored anew
/// further on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wound {
    /// Where it begins.
    pub position: Position,
    /// What was found, in words.
    pub found: String,
    /// Whether something that stood there is not here again, or may not be.
    pub open: bool,
}

impl fmt::Display for Wound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = if self.open { "not yet here again" } else { "nothing is missing" };
        write!(f, "{}; {state}", self.found)
    }
}

/// What is kept of a wound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    length: u64,
    found: String,
    /// Nobody can say what stood there. Holds until a peer was found to hold the same as this node.
    unknown: bool,
    /// A text that stood there by itself.
    text: Option<EntryId>,
}

/// All wounds of a journal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Wounds(BTreeMap<Position, Kept>);

impl Wounds {
    /// Notes damage. `unknown` if it was met while the replica was built, so that nobody can say
    /// what stood there.
    pub(super) fn note(&mut self, damage: &Damage, unknown: bool) {
        let full = self.0.len() >= MAX_DAMAGES;
        let (length, found) = (damage.length, damage.to_string());
        match self.0.get_mut(&damage.position) {
            // A replay knows how long it is, a single read does not.
            Some(known) if known.length < length => (known.length, known.found) = (length, found),
            Some(_) => {}
            None if full => {}
            None => {
                self.0.insert(damage.position, Kept { length, found, unknown, text: None });
            }
        }
    }

    /// Notes whose text stood in a damaged place.
    pub(super) fn note_text(&mut self, at: Position, id: EntryId) {
        if let Some(known) = self.0.get_mut(&at) {
            known.text = Some(id);
        }
    }

    /// Whether this damage was known when the replica was kept.
    pub(super) fn knows(&self, damage: &Damage) -> bool {
        self.0.contains_key(&damage.position)
    }

    /// Whether what stood in some place is not known, and not found to be of no matter.
    pub(super) fn is_unknown(&self) -> bool {
        self.0.values().any(|kept| kept.unknown)
    }

    /// Notes that a peer holds the same as this node: then nothing is missing here.
    pub(super) fn agreed(&mut self) {
        self.0.values_mut().for_each(|kept| kept.unknown = false);
    }

    /// All of them as they stand now.
    pub(super) fn all(&self, ledger: &Ledger, shelf: &Shelf) -> Vec<Wound> {
        let damaged: Vec<Position> = ledger.damaged().filter_map(|(log, seq, _)| shelf.at(&log, seq)).collect();
        let lacks = |id: &EntryId| ledger.lacks_text(id) && ledger.redaction(id).is_none();
        let all = self.0.iter().map(|(position, kept)| {
            let end = Position { offset: position.offset.saturating_add(length_in_segment(kept)), ..*position };
            let entry = damaged.iter().any(|at| at == position || (at > position && *at < end));
            let open = kept.unknown || entry || kept.text.as_ref().is_some_and(lacks);
            Wound { position: *position, found: kept.found.clone(), open }
        });
        all.collect()
    }
}

fn length_in_segment(kept: &Kept) -> u32 {
    u32::try_from(kept.length).unwrap_or(u32::MAX)
}
