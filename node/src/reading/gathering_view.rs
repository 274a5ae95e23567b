//! A plan, programme, collection or award with everything that is known about it and the cases that it gathers.

use idenett_protocol::id::EntryId;
use idenett_protocol::time::Day;
use serde::Serialize;

use super::card::{Card, card};
use super::case::{Shown, shown};
use super::gathered::{Member, members_of};
use super::gathering::{Gathering, Said, said, told};
use super::record::open;
use super::words::alphabetical;
use crate::library::{Library, LibraryFault};

/// Cases that are shown; the page says if there are more.
const MAX_SHOWN: usize = 60;

/// A thing that gathers cases, with everything that is known about it.
#[derive(Clone, Debug, Serialize)]
pub struct GatheringView {
    /// What it is in a few words; all of it is said below.
    #[serde(skip)]
    pub told: Gathering,
    /// What stands around any thing.
    #[serde(flatten)]
    pub shown: Shown,
    /// Its facts and what was written.
    #[serde(flatten)]
    pub said: Said,
    /// The cases that belong to it, in its order; then those that name it themselves, by their titles. What was withdrawn or is not here is left out.
    pub cases: Vec<Gathered>,
    /// Whether there are more.
    pub cut: bool,
}

/// A case with why it is there.
#[derive(Clone, Debug, Serialize)]
pub struct Gathered {
    /// The case.
    pub card: Card,
    /// Whether who gathers names it. Else it is the case that names the other.
    pub named: bool,
    /// Why it is there, in the words of who gathered; perhaps empty.
    pub comment: String,
    /// The goals of the plan that it says to serve, by their short ids.
    pub goals: Vec<String>,
}

/// A thing that gathers cases at a day; `None` if there is none of this id.
///
/// # Errors
/// If the disk fails.
pub fn gathering_view(library: &Library, id: &EntryId, day: Day) -> Result<Option<GatheringView>, LibraryFault> {
    let Some(thing) = library.ledger(|l| l.thing(id)) else { return Ok(None) };
    let Some(record) = open(library, &thing.current)? else { return Ok(None) };
    let Some(said) = said(&record) else { return Ok(None) };
    let told = told(library, &thing, &record, &said);
    let contact = match &said {
        Said::Plan { facts, .. } => facts.contact,
        Said::Programme { facts, .. } => facts.contact,
        Said::Collection { .. } | Said::Award { .. } => None,
    };
    let members = members_of(library, &thing)?;
    let cut = members.len() > MAX_SHOWN;
    let mut cases = Vec::new();
    for Member { id, named, comment, goals } in members.into_iter().take(MAX_SHOWN) {
        if let Some(card) = card(library, &id, day)?.filter(|card| !card.withdrawn) {
            cases.push(Gathered { card, named, comment, goals });
        }
    }
    // What has no place in its order stands in that of the alphabet.
    cases.sort_by_key(|g| (!g.named, if g.named { String::new() } else { alphabetical(&g.card.title) }));
    let shown = shown(library, &thing, &record, (contact, None), day)?;
    Ok(Some(GatheringView { told, shown, said, cases, cut }))
}
