//! Which of the answers are shown first, and how many there are of each kind, in one pass over the columns.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};
use std::sync::Arc;

use idenett_protocol::id::EntryId;
use tantivy::columnar::{BytesColumn, Column, ColumnValues};
use tantivy::{DocAddress, DocId, Searcher, SegmentReader};

use super::score::{Score, Weighed};
use super::store::column;
use super::traits::{Facet, Merit, Packed, is_mask, value_name, value_named, width};
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
    /// How alike each municipality is to the reader's, by its place.
    alike: Vec<Option<Likeness>>,
    /// Whether only municipalities that are alike are wanted.
    only_alike: bool,
    today: u64,
}

/// The values that a filter lets through.
enum Allowed {
    /// By number.
    Bits(u64),
    /// Of themes or owners.
    Numbers(BTreeSet<u64>),
}

/// One answer among those that are kept. The greatest comes first.
#[derive(PartialEq)]
struct Kept {
    order: f64,
    score: f32,
    at: DocAddress,
}

impl Eq for Kept {}

impl Ord for Kept {
    fn cmp(&self, other: &Self) -> Ordering {
        self.order.total_cmp(&other.order).then_with(|| other.at.cmp(&self.at))
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
        let alike = std::iter::once(None).chain(municipalities::all().iter().map(with)).collect();
        Self { asked, weighed, need, filters, alike, only_alike: asked.like.is_some(), today }
    }

    /// Looks at every answer once.
    pub(super) fn rank(&self, searcher: &Searcher) -> Result<Ranked, SearchFault> {
        let depth = (self.asked.offset + self.asked.limit).min(MAX_DEPTH);
        let mut tally = Tally::new();
        let mut kept: BinaryHeap<Reverse<Kept>> = BinaryHeap::with_capacity(depth + 1);
        for (ord, segment) in (0_u32..).zip(searcher.segment_readers()) {
            let scores = self.weighed.score(segment, searcher)?;
            let columns = Columns::open(segment)?;
            for (doc, score) in (0..).zip(&scores) {
                if segment.is_deleted(doc) || !self.weighed.is_answer(*score) {
                    continue;
                }
                let Some(row) = self.admit(&columns, doc, &mut tally) else { continue };
                let score = self.gained(*score, &row);
                let one = Kept { order: self.order(score, &row, &columns), score, at: DocAddress::new(ord, doc) };
                let is_full = kept.len() >= depth;
                if is_full && kept.peek().is_none_or(|Reverse(last)| one < *last) {
                    continue;
                }
                kept.push(Reverse(one));
                if is_full {
                    kept.pop();
                }
            }
        }
        let mut best: Vec<Kept> = kept.into_iter().map(|Reverse(kept)| kept).collect();
        best.sort_by(|a, b| b.cmp(a));
        let shown = best.into_iter().skip(self.asked.offset).take(self.asked.limit);
        let hits = shown.filter_map(|kept| Some((id_at(searcher, kept.at)?, kept.score))).collect();
        Ok(Ranked { total: tally.total, hits, facets: tally.named(self.need) })
    }

    /// Counts a document where it belongs. Gives its row if every filter lets it through. One that
    /// a single filter keeps out is counted for that filter's facet: so many more there would be.
    fn admit(&self, columns: &Columns, doc: DocId, tally: &mut Tally) -> Option<Row> {
        let packed = Packed(columns.packed.get_val(doc));
        if packed.is_need() != self.need {
            return None;
        }
        let row = Row { doc, packed, merit: Merit(columns.merit.get_val(doc)) };
        if self.only_alike && self.alike(&row).is_none_or(|likeness| !likeness.is_alike()) {
            return None;
        }
        let mut against = self.filters.iter().filter(|(facet, allowed)| !lets_through(*facet, allowed, &row, columns));
        match (against.next(), against.next()) {
            (None, _) => tally.count_all(&row, columns),
            (Some((facet, _)), None) => {
                tally.count(*facet, &row, columns);
                return None;
            }
            (Some(_), Some(_)) => return None,
        }
        Some(row)
    }

    fn alike(&self, row: &Row) -> Option<&Likeness> {
        self.alike.get(row.merit.place() as usize)?.as_ref()
    }

    fn gained(&self, score: Score, row: &Row) -> f32 {
        let age = self.today.saturating_sub(row.merit.day()) as f32;
        let alike = self.alike(row).map_or(0.0, |likeness| f32::from(likeness.score) / 100.0);
        let gain = gain::EVIDENCE * row.packed.evidence() as f32
            + gain::FRESH * (1.0 - age / FRESH_DAYS).max(0.0)
            + gain::LIKE * alike
            + gain::REUSED * row.merit.reusers().min(MOST_REUSED) as f32;
        // Where no words were asked for, what is known beside them is all there is to go by.
        let words = if self.weighed.is_open() { 1.0 } else { score.sum * self.weighed.coverage(score) };
        words * (1.0 + gain)
    }

    fn order(&self, score: f32, row: &Row, columns: &Columns) -> f64 {
        let near = f64::from(score) / 1e6;
        match self.asked.sort {
            Sort::Relevance => f64::from(score),
            Sort::Newest => row.merit.day() as f64 + near,
            Sort::MostReused => row.merit.reusers() as f64 + near,
            // The first letters fill the number; a float keeps the order of all but the last ones.
            Sort::Title => -(columns.title.get_val(row.doc) as f64),
        }
    }
}

/// What the columns say of a document.
struct Row {
    doc: DocId,
    packed: Packed,
    merit: Merit,
}

/// The columns of a segment.
struct Columns {
    packed: Arc<dyn ColumnValues<u64>>,
    merit: Arc<dyn ColumnValues<u64>>,
    owner: Arc<dyn ColumnValues<u64>>,
    title: Arc<dyn ColumnValues<u64>>,
    theme: Option<Column<u64>>,
}

impl Columns {
    fn open(segment: &SegmentReader) -> Result<Self, SearchFault> {
        let columns = segment.fast_fields();
        Ok(Self {
            packed: columns.column_first_or_default(column::PACKED)?,
            merit: columns.column_first_or_default(column::MERIT)?,
            owner: columns.column_first_or_default(column::OWNER)?,
            title: columns.column_first_or_default(column::TITLE)?,
            theme: columns.column_opt(column::THEME)?,
        })
    }

    fn themes(&self, doc: DocId) -> impl Iterator<Item = u64> + '_ {
        self.theme.iter().flat_map(move |themes| themes.values_for_doc(doc))
    }
}

fn allowed(facet: Facet, need: bool, names: &BTreeSet<String>) -> Allowed {
    let values = names.iter().filter_map(|name| value_named(facet, need, name));
    if matches!(facet, Facet::Theme | Facet::Owner) {
        return Allowed::Numbers(values.collect());
    }
    Allowed::Bits(values.fold(0, |bits, value| bits | 1 << value))
}

fn lets_through(facet: Facet, allowed: &Allowed, row: &Row, columns: &Columns) -> bool {
    match (allowed, facet) {
        (Allowed::Numbers(numbers), Facet::Theme) => columns.themes(row.doc).any(|theme| numbers.contains(&theme)),
        (Allowed::Numbers(numbers), _) => numbers.contains(&columns.owner.get_val(row.doc)),
        (Allowed::Bits(bits), facet) if is_mask(facet) => bits & row.packed.value(facet) != 0,
        (Allowed::Bits(bits), facet) => bits >> row.packed.value(facet) & 1 == 1,
    }
}

/// Numbers of answers by facet and value, all in one row.
struct Tally {
    total: usize,
    /// Each facet that is counted, with the place of its first value.
    facets: Vec<(Facet, usize)>,
    counts: Vec<u32>,
}

impl Tally {
    fn new() -> Self {
        let mut facets = Vec::new();
        let mut length = 0;
        for facet in Facet::ALL.into_iter().filter(|facet| width(*facet) > 0) {
            facets.push((facet, length));
            length += width(facet);
        }
        Self { total: 0, facets, counts: vec![0; length] }
    }

    fn count_all(&mut self, row: &Row, columns: &Columns) {
        self.total += 1;
        for (facet, from) in &self.facets {
            count(&mut self.counts, (*facet, *from), row, columns);
        }
    }

    fn count(&mut self, facet: Facet, row: &Row, columns: &Columns) {
        if let Some(place) = self.facets.iter().find(|(counted, _)| *counted == facet) {
            count(&mut self.counts, *place, row, columns);
        }
    }

    /// The counts by the names of the values, the most frequent first.
    fn named(self, need: bool) -> BTreeMap<Facet, Vec<(String, usize)>> {
        let mut named = BTreeMap::new();
        for (facet, from) in self.facets {
            let counts = self.counts.iter().skip(from).take(width(facet));
            let mut values: Vec<(String, usize)> = (0_u64..)
                .zip(counts)
                .filter(|(_, count)| **count > 0)
                .filter_map(|(value, count)| Some((value_name(facet, need, value)?, *count as usize)))
                .collect();
            values.sort_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
            if !values.is_empty() {
                named.insert(facet, values);
            }
        }
        named
    }
}

fn count(counts: &mut [u32], (facet, from): (Facet, usize), row: &Row, columns: &Columns) {
    let mut one_more = |value: u64| {
        if let Some(count) = counts.get_mut(from + value as usize) {
            *count += 1;
        }
    };
    if facet == Facet::Theme {
        columns.themes(row.doc).for_each(one_more);
        return;
    }
    let mut value = row.packed.value(facet);
    if !is_mask(facet) {
        return one_more(value);
    }
    while value != 0 {
        one_more(u64::from(value.trailing_zeros()));
        value &= value - 1;
    }
}

/// The thing of a document.
fn id_at(searcher: &Searcher, at: DocAddress) -> Option<EntryId> {
    let column: BytesColumn = searcher.segment_reader(at.segment_ord).fast_fields().bytes(column::ID).ok()??;
    let ord = column.term_ords(at.doc_id).next()?;
    let mut bytes = Vec::new();
    column.ord_to_bytes(ord, &mut bytes).ok()?;
    Some(EntryId::from_bytes(bytes.try_into().ok()?))
}
