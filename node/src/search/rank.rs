//! Which of the answers are shown first, and how many there are of each kind, in one pass over them.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use idenett_protocol::id::EntryId;
use tantivy::{DocAddress, DocId};

use super::packed::is_mask;
use super::rows::{Row, Rows, View};
use super::score::Weighed;
use super::slate::{Score, Slate};
use super::stretch::Stretch;
use super::tally::Tally;
use super::traits::Facet;
use super::values::value_named;
use super::{Asked, SearchFault, Sort};
use crate::likeness::{Likeness, likeness};
use crate::municipalities::{self, Municipality};

/// How much a case gains by what is known of it beside its words, as shares of its score.
mod gain {
    /// For each level of evidence.
    pub(super) const EVIDENCE: f32 = 0.03;
    /// For being signed or revised today; nothing after four years.
    pub(super) const FRESH: f32 = 0.06;
    /// For an owner that is just like the reader's municipality.
    pub(super) const LIKE: f32 = 0.15;
    /// For each other that uses it, up to five.
    pub(super) const REUSED: f32 = 0.015;
}

const FRESH_DAYS: f32 = 4.0 * 365.25;
const MOST_REUSED: u64 = 5;
/// Answers that are kept in order at most: the deepest page that can be reached.
pub const MAX_DEPTH: usize = 2_000;

/// The answers in the order in which they are shown, and how many there are of each kind.
pub(super) struct Ranked {
    pub(super) total: usize,
    pub(super) hits: Vec<(EntryId, f32)>,
    pub(super) facets: BTreeMap<Facet, Vec<(String, usize)>>,
}

/// What the answers must be, and by what they are put in order.
pub(super) struct Ranking<'a> {
    asked: &'a Asked,
    weighed: &'a Weighed,
    need: bool,
    filters: Vec<(Facet, Allowed)>,
    /// For each municipality by its place, what a case gains by it.
    likeness: Vec<f32>,
    /// Where only municipalities like one are wanted, whether each is, by its place.
    only: Option<Vec<bool>>,
    today: u64,
}

/// The values that a filter lets through.
enum Allowed {
    /// By number.
    Bits(u128),
    Owners(BTreeSet<u64>),
}

/// One answer among those that are kept. The greatest comes first.
#[derive(PartialEq)]
struct Kept {
    order: f64,
    score: f32,
    turn: u64,
    at: DocAddress,
}

impl Eq for Kept {}

impl Ord for Kept {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order.total_cmp(&other.order).then_with(|| (other.turn, other.at).cmp(&(self.turn, self.at)))
    }
}

impl PartialOrd for Kept {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'a> Ranking<'a> {
    pub(super) fn new(asked: &'a Asked, weighed: &'a Weighed, today: u64) -> Self {
        let need = asked.kind == idenett_protocol::kind::Kind::Need;
        let filters = asked.filters.iter().map(|(facet, names)| (*facet, allowed(*facet, need, names))).collect();
        let reader = asked.like.or(asked.viewer);
        let with = |other: &Municipality| reader.and_then(|reader| likeness(reader, other.org));
        // The first place is that of owners who are no municipality.
        let all: Vec<Option<Likeness>> = std::iter::once(None).chain(municipalities::all().iter().map(with)).collect();
        let share = |alike: &Option<Likeness>| alike.as_ref().map_or(0.0, |alike| f32::from(alike.score) / 100.0);
        let is_alike = |alike: &Option<Likeness>| alike.as_ref().is_some_and(Likeness::is_alike);
        Self {
            asked,
            weighed,
            need,
            filters,
            likeness: all.iter().map(|alike| gain::LIKE * share(alike)).collect(),
            only: asked.like.map(|_| all.iter().map(is_alike).collect()),
            today,
        }
    }

    /// Looks at every answer once.
    pub(super) fn rank(&self, view: &View) -> Result<Ranked, SearchFault> {
        let depth = (self.asked.offset + self.asked.limit).min(MAX_DEPTH);
        let mut tally = Tally::new();
        let mut kept: BinaryHeap<Reverse<Kept>> = BinaryHeap::with_capacity(depth + 1);
        let mut slate = Slate::default();
        for stretch in Stretch::all(view) {
            let rows = stretch.rows;
            for (doc, score) in self.weighed.answers(&stretch, &mut slate)? {
                let Some(row) = rows.all.get(doc as usize) else { continue };
                if !self.admit(doc, row, rows, &mut tally) {
                    continue;
                }
                let score = self.gained(score, row);
                let order = self.order(score, doc, row, rows);
                let is_full = kept.len() >= depth;
                if is_full && kept.peek().is_none_or(|Reverse(last)| order < last.order) {
                    continue;
                }
                let turn = rows.turns.get(doc as usize).copied().unwrap_or_default();
                kept.push(Reverse(Kept { order, score, turn, at: DocAddress::new(stretch.ord, doc) }));
                if is_full {
                    kept.pop();
                }
            }
        }
        let mut best: Vec<Kept> = kept.into_iter().map(|Reverse(kept)| kept).collect();
        best.sort_by(|a, b| b.cmp(a));
        let shown = best.into_iter().skip(self.asked.offset).take(self.asked.limit);
        let hits = shown.filter_map(|kept| Some((view.id(kept.at)?, kept.score))).collect();
        Ok(Ranked { total: tally.total, hits, facets: tally.named(self.need) })
    }

    /// Counts a document where it belongs, and says whether every filter lets it through. One that
    /// a single filter keeps out is counted for that filter's facet: so many more there would be.
    fn admit(&self, doc: DocId, row: &Row, rows: &Rows, tally: &mut Tally) -> bool {
        if row.packed.is_need() != self.need {
            return false;
        }
        let place = row.merit.place() as usize;
        if self.only.as_ref().is_some_and(|alike| alike.get(place) != Some(&true)) {
            return false;
        }
        let mut against = self.filters.iter().filter(|(facet, allowed)| !lets_through(*facet, allowed, doc, row, rows));
        match (against.next(), against.next()) {
            (None, _) => {
                tally.count_all(row);
                return true;
            }
            (Some((facet, _)), None) => tally.count_beside(*facet, row),
            (Some(_), Some(_)) => {}
        }
        false
    }

    fn gained(&self, score: Score, row: &Row) -> f32 {
        let age = self.today.saturating_sub(row.merit.day()) as f32;
        let like = self.likeness.get(row.merit.place() as usize).copied().unwrap_or_default();
        let gain = gain::EVIDENCE * row.packed.evidence() as f32
            + gain::FRESH * (1.0 - age / FRESH_DAYS).max(0.0)
            + like
            + gain::REUSED * row.merit.reusers().min(MOST_REUSED) as f32;
        // Where no words were asked for, what is known beside them is all there is to go by.
        let words = if self.weighed.is_open() { 1.0 } else { score.sum * self.weighed.coverage(score) };
        words * (1.0 + gain)
    }

    fn order(&self, score: f32, doc: DocId, row: &Row, rows: &Rows) -> f64 {
        let near = f64::from(score) / 1e6;
        match self.asked.sort {
            Sort::Relevance => f64::from(score),
            Sort::Newest => row.merit.day() as f64 + near,
            Sort::MostReused => row.merit.reusers() as f64 + near,
            // The first letters fill the number; a float keeps the order of all but the last ones.
            Sort::Title => -(rows.titles.get(doc as usize).copied().unwrap_or_default() as f64),
        }
    }
}

fn allowed(facet: Facet, need: bool, names: &BTreeSet<String>) -> Allowed {
    let values = names.iter().filter_map(|name| value_named(facet, need, name));
    if facet == Facet::Owner {
        return Allowed::Owners(values.collect());
    }
    Allowed::Bits(values.fold(0, |bits, value| bits | 1 << value))
}

fn lets_through(facet: Facet, allowed: &Allowed, doc: DocId, row: &Row, rows: &Rows) -> bool {
    match (allowed, facet) {
        (Allowed::Bits(bits), Facet::Theme) => bits & row.themes != 0,
        (Allowed::Bits(bits), facet) if is_mask(facet) => bits & u128::from(row.packed.value(facet)) != 0,
        (Allowed::Bits(bits), facet) => bits >> row.packed.value(facet) & 1 == 1,
        (Allowed::Owners(owners), _) => rows.owners.get(doc as usize).is_some_and(|owner| owners.contains(owner)),
    }
}
