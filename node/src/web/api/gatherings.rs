//! What gathers cases: what plans, programmes, collections and awards have in common in their lists, and each with
//! its cases.

use axum::response::Response;
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use serde::Serialize;
use utoipa::ToSchema;

use super::filled::Filled;
use super::items::CaseItem;
use super::json;
use super::parts::{Held, Organisation, at, code, fitting};
use super::query::{Parameter, Part, Query};
use super::said::{Comment, Contact, Interest};
use super::search::with_next;
use super::standing::Standing;
use crate::clock;
use crate::reading::{Gathered, Gathering, GatheringSort, Goal, Place, Said, gathering, gathering_view};
use crate::web::asked::Asked;
use crate::web::failure::Failure;
use crate::web::name::Name;
use crate::web::site::Site;
use crate::web::wording;

pub(super) fn parameters() -> Vec<Parameter> {
    Part::parameters().into()
}

/// A part of the plans, programmes, collections or awards.
#[derive(Serialize, ToSchema)]
pub(super) struct Gatherings {
    /// How many there are in all.
    total: usize,
    /// Those of this part, the newest first.
    items: Vec<GatheringItem>,
    /// The address of the next part, if there is one.
    next: Option<String>,
}

/// A plan, programme, collection or award in a few words.
#[derive(Serialize, ToSchema)]
pub(super) struct GatheringItem {
    /// The thing: the id of its first version.
    id: String,
    /// Its kind: `plan`, `programme`, `collection` or `award`.
    kind: String,
    /// What it is of its kind, as a code; null of collections and awards.
    sort: Option<String>,
    /// What was won; null of all but awards.
    won: Option<Won>,
    /// Its name; empty where the text is not here.
    title: String,
    /// What it says of itself; of an award why it was given.
    summary: String,
    /// Whether its text is held.
    text_state: Held,
    /// The language of the text, as a code.
    lang: String,
    /// Who owns it.
    owner: Organisation,
    /// When the version that is shown was signed.
    #[schema(format = DateTime)]
    signed: String,
}

/// What was won.
#[derive(Serialize, ToSchema)]
struct Won {
    /// The year for which it was given.
    year: Option<u16>,
    /// How far around the prize was open, as a code.
    level: String,
    /// The placement, as a code.
    placement: String,
}

/// A case with why it is there.
#[derive(Serialize, ToSchema)]
pub(super) struct GatheredCase {
    /// The case.
    case: CaseItem,
    /// Whether who gathers names it. Else it is the case that names the other, and it has no place in the order.
    named: bool,
    /// Why it is there, in the words of who gathered; perhaps empty.
    comment: String,
    /// The goals of the plan that it says to serve, by their short ids.
    goals: Vec<String>,
}

/// Where a case appears.
#[derive(Serialize, ToSchema)]
pub(super) struct Appearance {
    /// The plan, programme, collection or award.
    gathering: GatheringItem,
    /// Of a plan the goals that the case says to serve.
    goals: Vec<ServedGoal>,
}

/// A goal of a plan that a case serves.
#[derive(Serialize, ToSchema)]
struct ServedGoal {
    /// Its short id.
    id: String,
    /// What it says; null where the text is not here or the plan has no such goal.
    title: Option<String>,
}

/// What is known of anything that gathers cases, beside what it says.
pub(super) struct Around {
    pub(super) id: String,
    pub(super) page: String,
    pub(super) standing: Standing,
    pub(super) cases: Vec<GatheredCase>,
    pub(super) more: bool,
    pub(super) comments: Vec<Comment>,
    pub(super) interests: Vec<Interest>,
    pub(super) contact: Option<Contact>,
}

/// The things of a kind, the newest first.
pub(super) fn list(site: &Site, asked: &Asked, kind: Kind) -> Result<Response, Failure> {
    let query = Query::read(asked, &parameters())?;
    let part = Part::of(&query);
    let all: Vec<EntryId> = site.catalogue(|catalogue| Ok(catalogue.newest(kind).map(|row| row.id).collect()))?;
    let item = |id| Ok(gathering(site.library(), id)?.map(GatheringItem::from));
    let Filled { items, told } = Filled::with(all.iter().skip(part.offset).take(part.limit), item)?;
    let next = part.next(&query, told, all.len());
    let gatherings = Gatherings { total: all.len(), items, next };
    Ok(with_next(json(&gatherings)?, gatherings.next.as_deref()))
}

/// The thing of a name: what it says, and what stands around that.
pub(super) fn view(site: &Site, asked: &Asked, name: &Name) -> Result<(Said, Around), Failure> {
    Query::read(asked, &[])?;
    let mut view = gathering_view(site.library(), &name.parse()?, clock::now().day())?.ok_or(Failure::NotFound)?;
    let (comments, interests) = (std::mem::take(&mut view.shown.comments), std::mem::take(&mut view.shown.interests));
    let around = Around {
        id: view.told.id.to_string(),
        page: wording::gathering(view.told.kind, &view.told.id),
        contact: view.shown.contact.take().map(Contact::from),
        standing: view.shown.into(),
        cases: fitting(view.cases.into_iter().map(GatheredCase::from)),
        more: view.cut,
        comments: Comment::all(comments),
        interests: Interest::all(interests),
    };
    Ok((view.said, around))
}

impl From<Gathering> for GatheringItem {
    fn from(told: Gathering) -> Self {
        let (sort, won) = match &told.sort {
            GatheringSort::Plan(kind) => (Some(code(kind)), None),
            GatheringSort::Programme(kind) => (Some(code(kind)), None),
            GatheringSort::Collection => (None, None),
            GatheringSort::Award { year, level, placement } => {
                (None, Some(Won { year: *year, level: code(level), placement: code(placement) }))
            }
        };
        Self {
            id: told.id.to_string(),
            kind: told.kind.name().to_owned(),
            sort,
            won,
            title: told.title,
            summary: told.summary,
            text_state: told.text_state.into(),
            lang: code(&told.lang),
            owner: told.owner.into(),
            signed: at(told.time),
        }
    }
}

impl From<Place> for Appearance {
    fn from(place: Place) -> Self {
        let goal = |goal: Goal| ServedGoal { id: goal.id, title: goal.title };
        Self { gathering: place.gathering.into(), goals: place.goals.into_iter().map(goal).collect() }
    }
}

impl From<Gathered> for GatheredCase {
    fn from(gathered: Gathered) -> Self {
        let Gathered { card, named, comment, goals } = gathered;
        Self { case: card.into(), named, comment, goals }
    }
}
