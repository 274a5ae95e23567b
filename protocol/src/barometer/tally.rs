//! Counting into the cells of some tables at once. Knows neither indicators nor rules.

use crate::body::Saved;

use super::cut::place;
use super::figure::Cell;
use super::slices::{Slices, Table};
use super::subject::Subject;
use super::trace::Behind;
use super::value::{Measure, Value, median, survival_median};

/// Tables while they are counted: series by parts.
pub(super) struct Tally<'s> {
    slices: &'s Slices,
    tables: &'s [Table],
    /// The parts of these tables among all.
    first: u32,
    width: usize,
    series: Vec<(String, Measure)>,
    /// By series, then by part.
    cells: Vec<Count>,
    /// The series and part of the cell of which it is asked what was counted in it.
    traced: Option<(usize, u32)>,
    behind: Vec<Behind>,
}

/// What was counted in one cell.
#[derive(Clone, Debug, Default)]
struct Count {
    /// A number, a numerator, or a sum.
    n: i64,
    of: u64,
    /// What only some measures need, so that the cells of all others are small.
    more: Option<Box<More>>,
}

#[derive(Clone, Debug, Default)]
struct More {
    low: i64,
    expected: i64,
    high: i64,
    days: Vec<(u32, bool)>,
}

impl<'s> Tally<'s> {
    /// A tally of all tables of some slices.
    pub(super) fn new<I: Into<String>>(slices: &'s Slices, series: impl IntoIterator<Item = (I, Measure)>) -> Self {
        Self::within(slices, slices.tables(), series)
    }

    /// A tally of some tables that stand beside each other.
    pub(super) fn within<I: Into<String>>(
        slices: &'s Slices,
        tables: &'s [Table],
        series: impl IntoIterator<Item = (I, Measure)>,
    ) -> Self {
        let series: Vec<_> = series.into_iter().map(|(id, measure)| (id.into(), measure)).collect();
        let first = tables.first().map_or(0, |table| table.parts.start);
        let end = tables.last().map_or(first, |table| table.parts.end);
        let width = place(end.saturating_sub(first));
        let cells = vec![Count::default(); series.len().saturating_mul(width)];
        let traced =
            slices.traced.as_ref().and_then(|(id, part)| Some((series.iter().position(|s| s.0 == *id)?, *part)));
        Self { slices, tables, first, width, series, cells, traced, behind: Vec::new() }
    }

    /// One more of the denominator of a series, and of its numerator if it is a hit.
    pub(super) fn share(&mut self, series: usize, subject: Subject<'_, '_>, hit: bool) {
        self.add(series, subject, hit, |count| {
            count.of = count.of.saturating_add(1);
            count.n = count.n.saturating_add(i64::from(hit));
        });
    }

    /// So many more.
    pub(super) fn level(&mut self, series: usize, subject: Subject<'_, '_>, n: usize) {
        if n > 0 {
            let n = i64::try_from(n).unwrap_or(i64::MAX);
            self.add(series, subject, true, |count| count.n = count.n.saturating_add(n));
        }
    }

    /// One more with a number of its own.
    pub(super) fn mean(&mut self, series: usize, subject: Subject<'_, '_>, number: i64) {
        self.add(series, subject, true, |count| {
            count.of = count.of.saturating_add(1);
            count.n = count.n.saturating_add(number);
        });
    }

    /// One more that took so many days, or was watched for so many without it happening.
    pub(super) fn days(&mut self, series: usize, subject: Subject<'_, '_>, (days, happened): (u32, bool)) {
        self.add(series, subject, happened, |count| {
            count.of = count.of.saturating_add(1);
            count.more.get_or_insert_default().days.push((days, happened));
        });
    }

    /// One more that may have saved something.
    pub(super) fn saved(&mut self, series: usize, subject: Subject<'_, '_>, saved: Option<&Saved>) {
        let amount = saved.and_then(|s| Some((s.amount.expected?, s.amount.low, s.amount.high)));
        self.add(series, subject, amount.is_some(), |count| {
            count.of = count.of.saturating_add(1);
            let Some((expected, low, high)) = amount else { return };
            count.n = count.n.saturating_add(1);
            let more = count.more.get_or_insert_default();
            more.expected = more.expected.saturating_add(expected);
            more.low = more.low.saturating_add(low.unwrap_or(expected));
            more.high = more.high.saturating_add(high.unwrap_or(expected));
        });
    }

    /// One that went out of a part, or came into it, wherever the subject itself falls.
    pub(super) fn net(&mut self, series: usize, subject: Subject<'_, '_>, (part, out): (u32, bool)) {
        self.change(series, (subject, part), out, |count| {
            count.of = count.of.saturating_add(1);
            count.n = count.n.saturating_add(if out { 1 } else { -1 });
        });
    }

    fn add(&mut self, series: usize, subject: Subject<'_, '_>, hit: bool, change: impl Fn(&mut Count)) {
        let slices = self.slices;
        for part in slices.parts(subject) {
            self.change(series, (subject, *part), hit, &change);
        }
    }

    fn change(
        &mut self,
        series: usize,
        (subject, part): (Subject<'_, '_>, u32),
        hit: bool,
        change: impl Fn(&mut Count),
    ) {
        let Some(place) = part.checked_sub(self.first).map(place).filter(|place| *place < self.width) else {
            return;
        };
        if let Some(count) = self.cells.get_mut(series.saturating_mul(self.width).saturating_add(place)) {
            change(count);
        }
        if self.traced == Some((series, part)) {
            self.behind.push(Behind { what: subject.traced(), hit });
        }
    }

    /// What was counted in the cell of which it was asked, in the order in which it was counted.
    pub(super) fn behind(self) -> Vec<Behind> {
        self.behind
    }

    /// Of each table the cells in which something was counted; of an undivided table all of them.
    pub(super) fn cells(mut self) -> Vec<Vec<Cell>> {
        let mut tables = Vec::with_capacity(self.tables.len());
        for table in self.tables {
            let mut cells = Vec::new();
            for (at, (series, measure)) in self.series.iter().enumerate() {
                for here in table.places() {
                    let within = here.saturating_sub(place(self.first));
                    let count = self
                        .cells
                        .get_mut(at.saturating_mul(self.width).saturating_add(within))
                        .map(std::mem::take)
                        .unwrap_or_default();
                    let id = self.slices.ids().get(here).filter(|_| table.parts.len() == 1 || !count.is_empty());
                    cells.extend(id.map(|part| Cell {
                        series: series.clone(),
                        part: part.clone(),
                        value: count.value(*measure),
                    }));
                }
            }
            tables.push(cells);
        }
        tables
    }
}

impl Count {
    const fn is_empty(&self) -> bool {
        self.n == 0 && self.of == 0
    }

    fn value(self, measure: Measure) -> Value {
        let Self { n, of, more } = self;
        let more = more.map(|more| *more).unwrap_or_default();
        let whole = u64::try_from(n).unwrap_or(0);
        match measure {
            Measure::Share => Value::Share { n: whole, of },
            Measure::Level => Value::Level { n: whole },
            Measure::Mean => Value::Mean { sum: n, of },
            Measure::Median => {
                let mut days: Vec<u32> = more.days.iter().map(|d| d.0).collect();
                Value::Days { halves: median(&mut days), of }
            }
            Measure::Survival => {
                let mut days = more.days;
                Value::Days { halves: survival_median(&mut days), of }
            }
            Measure::Saved => Value::Saved { low: more.low, expected: more.expected, high: more.high, n: whole, of },
            Measure::Net => Value::Net { n },
        }
    }
}
