//! How many answers there are of each value of each facet. The packed numbers are counted in pieces of a few bits and
//! taken apart only once at the end: a count costs a few additions a case, however many facets there are.

use std::collections::BTreeMap;

use super::packed::{self, Packed, is_mask, width};
use super::rows::Row;
use super::traits::Facet;
use super::values::value_name;

/// The pieces: shift and width in bits. A field lies in one of them, unless its bits stand each for itself.
const PIECES: [(u32, u32); 8] = [(0, 8), (8, 6), (14, 10), (24, 9), (33, 9), (42, 6), (48, 6), (54, 6)];

/// Numbers of answers.
pub(super) struct Tally {
    pub(super) total: usize,
    /// For each piece, how often each pattern of its bits was met.
    pieces: [Vec<u32>; PIECES.len()],
    /// By the number of the theme.
    themes: Vec<u32>,
    /// Answers that only the filter of one facet keeps out, by its value.
    beside: BTreeMap<(Facet, u64), u32>,
}

impl Tally {
    pub(super) fn new() -> Self {
        let pieces = PIECES.map(|(_, bits)| vec![0; 1 << bits]);
        Self { total: 0, pieces, themes: vec![0; width(Facet::Theme)], beside: BTreeMap::new() }
    }

    /// Counts an answer where it belongs.
    pub(super) fn count_all(&mut self, row: &Row) {
        self.total += 1;
        for ((shift, bits), counts) in PIECES.into_iter().zip(&mut self.pieces) {
            let pattern = (row.packed.0 >> shift) & ((1 << bits) - 1);
            if let Some(count) = counts.get_mut(pattern as usize) {
                *count += 1;
            }
        }
        for theme in ones(row.themes) {
            if let Some(count) = self.themes.get_mut(theme as usize) {
                *count += 1;
            }
        }
    }

    /// Counts what only the filter of a facet keeps out: so many more there would be.
    pub(super) fn count_beside(&mut self, facet: Facet, row: &Row) {
        for value in values(facet, row.packed, row.themes) {
            *self.beside.entry((facet, value)).or_default() += 1;
        }
    }

    /// The counts by the names of the values, the most frequent first.
    pub(super) fn named(self, need: bool) -> BTreeMap<Facet, Vec<(String, usize)>> {
        let mut named = BTreeMap::new();
        for ((facet, value), count) in self.by_value() {
            if let Some(name) = value_name(facet, need, value) {
                named.entry(facet).or_insert_with(Vec::new).push((name, count as usize));
            }
        }
        for values in named.values_mut() {
            values.sort_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
        }
        named
    }

    fn by_value(self) -> BTreeMap<(Facet, u64), u32> {
        let mut found = self.beside;
        for ((shift, bits), counts) in PIECES.into_iter().zip(&self.pieces) {
            let inside = |facet: &Facet| packed::overlaps(*facet, shift, bits);
            let facets: Vec<Facet> = Facet::ALL.into_iter().filter(inside).collect();
            for facet in facets {
                let mut by_value = vec![0; width(facet)];
                for (pattern, count) in (0_u64..).zip(counts).filter(|(_, count)| **count > 0) {
                    for value in values(facet, Packed(pattern << shift), 0) {
                        by_value.get_mut(value as usize).into_iter().for_each(|sum| *sum += count);
                    }
                }
                for (value, count) in (0..).zip(by_value).filter(|(_, count)| *count > 0) {
                    *found.entry((facet, value)).or_default() += count;
                }
            }
        }
        for (theme, count) in (0..).zip(&self.themes).filter(|(_, count)| **count > 0) {
            *found.entry((Facet::Theme, theme)).or_default() += count;
        }
        found
    }
}

/// The values that a document has of a facet; owners are not counted.
fn values(facet: Facet, packed: Packed, themes: u128) -> impl Iterator<Item = u64> {
    let value = packed.value(facet);
    let bits = if is_mask(facet) { u128::from(value) } else { 0 };
    let mask = if facet == Facet::Theme { themes } else { bits };
    let one = Packed::is_number(facet).then_some(value);
    ones(mask).chain(one)
}

/// The places of the bits that are set.
fn ones(mut mask: u128) -> impl Iterator<Item = u64> {
    std::iter::from_fn(move || {
        let place = (mask != 0).then(|| u64::from(mask.trailing_zeros()))?;
        mask &= mask - 1;
        Some(place)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_not_cut_by_a_piece() {
        for facet in Facet::ALL.into_iter().filter(|facet| !matches!(facet, Facet::Theme | Facet::Owner)) {
            let pieces = PIECES.into_iter().filter(|(shift, bits)| packed::overlaps(facet, *shift, *bits)).count();
            assert!(pieces == 1 || is_mask(facet) && pieces > 1, "{facet:?} lies in {pieces}");
        }
    }

    #[test]
    fn what_is_counted_in_pieces_is_what_is_counted_one_by_one() {
        let rows: Vec<Row> = (0..500_u64)
            .map(|n| Row {
                packed: Packed(n.wrapping_mul(0x9e37_79b9_7f4a_7c15) & ((1 << 60) - 1)),
                themes: 1 << (n % 90) | 1 << (n % 7),
                ..Row::default()
            })
            .collect();
        let (mut together, mut alone) = (Tally::new(), BTreeMap::new());
        for row in &rows {
            together.count_all(row);
            for facet in Facet::ALL {
                for value in values(facet, row.packed, row.themes) {
                    *alone.entry((facet, value)).or_insert(0) += 1;
                }
            }
        }
        assert_eq!(together.total, rows.len());
        assert_eq!(together.by_value(), alone);
    }
}
