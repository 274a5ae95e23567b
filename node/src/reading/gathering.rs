//! A thing that gathers cases: a plan whose goals they serve, a programme or arena, a collection, an award. In a few
//! words, as it stands in a list; what is known of it besides is in `gathering_view`.

use idenett_protocol::body::{
    AwardFacts, AwardText, CollectionFacts, CollectionText, Facts, PlanFacts, PlanText, ProgrammeFacts, ProgrammeText,
    Text,
};
use idenett_protocol::codes::{AwardLevel, Code, Lang, Placement, PlanKind, ProgrammeKind};
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use idenett_protocol::things::Thing;
use idenett_protocol::time::Timestamp;
use serde::Serialize;

use super::record::{Party, Record, TextState, open, party};
use crate::library::{Library, LibraryFault};

/// The kinds of things that gather cases, in the order in which they are told.
pub const GATHERINGS: [Kind; 4] = [Kind::Plan, Kind::Programme, Kind::Collection, Kind::Award];

/// A plan, programme, collection or award in a few words.
#[derive(Clone, Debug, Serialize)]
pub struct Gathering {
    /// The thing.
    pub id: EntryId,
    /// The version that is shown.
    pub current: EntryId,
    /// One of [`GATHERINGS`].
    pub kind: Kind,
    /// What sort of its kind it is.
    pub sort: GatheringSort,
    /// Its name; empty where the text is not here.
    pub title: String,
    /// What it says of itself in a few words.
    pub summary: String,
    /// Whether the text is here.
    pub text_state: TextState,
    /// The language of the text.
    pub lang: Code<Lang>,
    /// Who owns it.
    pub owner: Party,
    /// When the version that is shown was signed.
    pub time: Timestamp,
    /// Whether it was withdrawn.
    pub withdrawn: bool,
}

/// What sort of its kind a thing that gathers cases is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GatheringSort {
    /// A plan of this kind.
    Plan(Code<PlanKind>),
    /// A programme, network or arena.
    Programme(Code<ProgrammeKind>),
    /// Collections are all of one sort.
    Collection,
    /// A prize.
    Award {
        /// The year for which it was given.
        year: Option<u16>,
        /// How far around it was open.
        level: Code<AwardLevel>,
        /// What was won.
        placement: Code<Placement>,
    },
}

/// The facts of a thing that gathers cases, and what was written.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "each variant is the kind of its name")]
pub enum Said {
    Plan { facts: Box<PlanFacts>, text: PlanText },
    Programme { facts: Box<ProgrammeFacts>, text: ProgrammeText },
    Collection { facts: Box<CollectionFacts>, text: CollectionText },
    Award { facts: Box<AwardFacts>, text: AwardText },
}

/// A thing that gathers cases in a few words; `None` if there is none of this id.
///
/// # Errors
/// If the disk fails.
pub fn gathering(library: &Library, id: &EntryId) -> Result<Option<Gathering>, LibraryFault> {
    let Some(thing) = library.ledger(|l| l.thing(id)) else { return Ok(None) };
    let Some(record) = open(library, &thing.current)? else { return Ok(None) };
    Ok(said(&record).map(|said| told(library, &thing, &record, &said)))
}

/// What a thing that gathers cases says, in a few words.
pub(super) fn told(library: &Library, thing: &Thing, record: &Record, said: &Said) -> Gathering {
    let (sort, lang, summary) = match said {
        Said::Plan { facts, text } => (GatheringSort::Plan(facts.kind.clone()), &facts.lang, &text.summary),
        Said::Programme { facts, text } => (GatheringSort::Programme(facts.kind.clone()), &facts.lang, &text.summary),
        Said::Collection { facts, text } => (GatheringSort::Collection, &facts.lang, &text.summary),
        Said::Award { facts, text } => {
            let (level, placement) = (facts.level.clone(), facts.placement.clone());
            (GatheringSort::Award { year: facts.year, level, placement }, &facts.lang, &text.reason)
        }
    };
    Gathering {
        id: thing.subject,
        current: thing.current,
        kind: thing.kind,
        sort,
        title: record.title().unwrap_or_default().to_owned(),
        summary: summary.clone(),
        text_state: record.state,
        lang: lang.clone(),
        owner: library.ledger(|l| party(l, thing.owner)),
        time: record.header().time,
        withdrawn: thing.withdrawn.is_some(),
    }
}

/// What a record of one of [`GATHERINGS`] says; `None` for any other, and where its facts cannot be read.
pub(super) fn said(record: &Record) -> Option<Said> {
    Some(match (record.facts.as_ref().ok()?, &record.text) {
        (Facts::Plan(facts), Text::Plan(text)) => Said::Plan { facts: facts.clone(), text: text.clone() },
        (Facts::Plan(facts), _) => Said::Plan { facts: facts.clone(), text: PlanText::default() },
        (Facts::Programme(facts), Text::Programme(text)) => {
            Said::Programme { facts: facts.clone(), text: text.clone() }
        }
        (Facts::Programme(facts), _) => Said::Programme { facts: facts.clone(), text: ProgrammeText::default() },
        (Facts::Collection(facts), Text::Collection(text)) => {
            Said::Collection { facts: Box::new(facts.clone()), text: text.clone() }
        }
        (Facts::Collection(facts), _) => {
            Said::Collection { facts: Box::new(facts.clone()), text: CollectionText::default() }
        }
        (Facts::Award(facts), Text::Award(text)) => Said::Award { facts: Box::new(facts.clone()), text: text.clone() },
        (Facts::Award(facts), _) => Said::Award { facts: Box::new(facts.clone()), text: AwardText::default() },
        _ => return None,
    })
}
