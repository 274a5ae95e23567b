//! Cases, needs and what gathers cases, as cards and rows of lists.

use idenett_protocol::codes::PlanKind;
use idenett_protocol::kind::Kind;

use super::asked::address;
use super::text;
use super::wording::{self, Named};
use crate::language::Tongue;
use crate::reading::{Card, Gathering, GatheringSort};

/// A case or need as it stands in a list.
#[derive(Clone, Debug)]
pub(super) struct CardRow {
    pub(super) href: String,
    pub(super) title: String,
    pub(super) summary: String,
    /// The language of title and summary, for readers that speak.
    pub(super) lang: String,
    pub(super) owner: Named,
    pub(super) about: Option<String>,
    pub(super) status: String,
    pub(super) color: &'static str,
    pub(super) sector: Option<String>,
    pub(super) date: String,
    /// Who uses it, if anyone does.
    pub(super) reused: Option<String>,
    pub(super) evidence: Option<String>,
    pub(super) ready: bool,
    /// Of a need the way to the cases that may answer it.
    pub(super) answers: Option<String>,
}

impl CardRow {
    pub(super) fn of(t: Tongue, card: &Card) -> Self {
        let need = card.kind == Kind::Need;
        let status = match (&card.status, &card.need_status) {
            (Some(status), _) => wording::label(t, status),
            (None, Some(status)) => wording::label(t, status),
            (None, None) => None,
        };
        let reusers = card.reusers.len();
        Self {
            href: if need { wording::need(&card.id) } else { wording::case(&card.id) },
            title: wording::title(t, &card.title, card.text_state),
            summary: text::plain(&card.summary),
            lang: if card.title.is_empty() { t.id().to_owned() } else { lang(card.lang.id()) },
            owner: Named::party(&card.owner),
            about: card.about.as_ref().map(|p| t.with("retold-short", "name", &text::plain(&p.name)).into_owned()),
            status: status.unwrap_or_default(),
            color: card.status.as_ref().map_or("neutral", wording::status_color),
            sector: wording::label(t, &card.sector),
            date: t.day_of(card.time),
            reused: (reusers > 0).then(|| t.count("used-by-count", reusers).into_owned()),
            evidence: (card.evidence.level > 0).then(|| evidence(t, card.evidence.level)),
            ready: card.ready,
            answers: need.then(|| answers(&card.title)).flatten(),
        }
    }

    pub(super) fn all(t: Tongue, cards: &[Card]) -> Vec<Self> {
        cards.iter().map(|card| Self::of(t, card)).collect()
    }
}

/// A plan, programme, collection or award as it stands in a list.
#[derive(Clone, Debug)]
pub(super) struct GatheringRow {
    pub(super) href: String,
    pub(super) title: String,
    pub(super) summary: String,
    /// The language of title and summary, for readers that speak.
    pub(super) lang: String,
    pub(super) sort: String,
    pub(super) owner: Named,
    pub(super) date: String,
}

impl GatheringRow {
    pub(super) fn of(t: Tongue, told: &Gathering) -> Self {
        Self {
            href: wording::gathering(told.kind, &told.id),
            title: wording::title(t, &told.title, told.text_state),
            summary: text::plain(&told.summary),
            lang: if told.title.is_empty() { t.id().to_owned() } else { lang(told.lang.id()) },
            sort: sort(t, told),
            owner: Named::party(&told.owner),
            date: t.day_of(told.time),
        }
    }
}

/// What it is, as exactly as that is said.
fn sort(t: Tongue, told: &Gathering) -> String {
    let said = match &told.sort {
        GatheringSort::Plan(kind) => wording::label(t, kind).filter(|_| kind.known() != Some(PlanKind::Other)),
        GatheringSort::Programme(kind) => wording::label(t, kind),
        GatheringSort::Collection => None,
        GatheringSort::Award { year, placement, .. } => {
            let year = year.map(|year| year.to_string());
            let parts: Vec<String> = wording::label(t, placement).into_iter().chain(year).collect();
            (!parts.is_empty()).then(|| parts.join(" "))
        }
    };
    said.unwrap_or_else(|| t.say(&format!("kind-{}", told.kind.name())).into_owned())
}

/// A search for what a need says; nothing where its words are not here.
pub(super) fn answers(title: &str) -> Option<String> {
    let words = text::plain(title);
    (!words.trim().is_empty()).then(|| address("/cases", [("q", words.as_str())]))
}

/// A level of evidence in a few words.
pub(super) fn evidence(t: Tongue, level: u8) -> String {
    t.say(&format!("evidence-{level}")).into_owned()
}

/// A language of a record as an attribute may say it.
pub(super) fn lang(id: &str) -> String {
    if ["nb", "nn", "se", "en"].contains(&id) { id.to_owned() } else { "no".to_owned() }
}
