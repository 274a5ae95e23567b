//! Counting into the cells of one table. Knows neither indicators nor rules.

use crate::body::Saved;

use super::figure::Cell;
use super::slices::{Slices, Subject};
use super::value::{Measure, Value, median, survival_median};

/// A table while it is counted: series by parts.
pub(super) struct Tally<'s> {
    slices: &'s Slices,
    series: Vec<(String, Measure)>,
    /// By series, then by part.
    cells: Vec<Vec<Count>>,
}

/// What was counted in one cell.
#[derive(Clone, Debug, Default)]
struct Count {
    n: u64,
    of: u64,
    sum: i64,
    low: i64,
    high: i64,
    days: Vec<(u32, bool)>,
}

impl<'s> Tally<'s> {
    pub(super) fn new<I: Into<String>>(slices: &'s Slices, series: impl IntoIterator<Item = (I, Measure)>) -> Self {
        let series: Vec<_> = series.into_iter().map(|(id, measure)| (id.into(), measure)).collect();
        let cells = series.iter().map(|_| vec![Count::default(); slices.ids().len()]).collect();
        Self { slices, series, cells }
    }

    /// One more of the denominator of a series, and of its numerator if it is a hit.
    pub(super) fn share(&mut self, series: usize, subject: Subject<'_, '_>, hit: bool) {
        self.at(series, subject, |count| {
            count.of = count.of.saturating_add(1);
            count.n = count.n.saturating_add(u64::from(hit));
        });
    }

    /// So many more.
    pub(super) fn level(&mut self, series: usize, subject: Subject<'_, '_>, n: usize) {
        self.at(series, subject, |count| count.n = count.n.saturating_add(u64::try_from(n).unwrap_or(u64::MAX)));
    }

    /// One more with a number of its own.
    pub(super) fn mean(&mut self, series: usize, subject: Subject<'_, '_>, number: i64) {
        self.at(series, subject, |count| {
            count.of = count.of.saturating_add(1);
            count.sum = count.sum.saturating_add(number);
        });
    }

    /// One more that took so many days, or was watched for so many without it happening.
    pub(super) fn days(&mut self, series: usize, subject: Subject<'_, '_>, days: i32, happened: bool) {
        let days = u32::try_from(days).unwrap_or(0);
        self.at(series, subject, |count| count.days.push((days, happened)));
    }

    /// One more that may have saved something.
    pub(super) fn saved(&mut self, series: usize, subject: Subject<'_, '_>, saved: Option<&Saved>) {
        let amount = saved.and_then(|s| Some((s.amount.expected?, s.amount.low, s.amount.high)));
        self.at(series, subject, |count| {
            count.of = count.of.saturating_add(1);
            let Some((expected, low, high)) = amount else { return };
            count.n = count.n.saturating_add(1);
            count.sum = count.sum.saturating_add(expected);
            count.low = count.low.saturating_add(low.unwrap_or(expected));
            count.high = count.high.saturating_add(high.unwrap_or(expected));
        });
    }

    /// Changes one cell directly.
    pub(super) fn net(&mut self, series: usize, part: u16, by: i64) {
        if let Some(count) = self.cells.get_mut(series).and_then(|row| row.get_mut(usize::from(part))) {
            count.of = count.of.saturating_add(1);
            count.sum = count.sum.saturating_add(by);
        }
    }

    fn at(&mut self, series: usize, subject: Subject<'_, '_>, change: impl Fn(&mut Count)) {
        let Some(row) = self.cells.get_mut(series) else { return };
        self.slices.parts(subject, |part| {
            if let Some(count) = row.get_mut(usize::from(part)) {
                change(count);
            }
        });
    }

    /// The cells in which something was counted; of an undivided table all of them.
    pub(super) fn cells(self) -> Vec<Cell> {
        let undivided = self.slices.ids().len() == 1;
        let mut cells = Vec::new();
        for ((series, measure), row) in self.series.iter().zip(self.cells) {
            for (part, count) in self.slices.ids().iter().zip(row) {
                if undivided || !count.is_empty() {
                    cells.push(Cell { series: series.clone(), part: part.clone(), value: count.value(*measure) });
                }
            }
        }
        cells
    }
}

impl Count {
    fn is_empty(&self) -> bool {
        self.n == 0 && self.of == 0 && self.days.is_empty()
    }

    fn value(mut self, measure: Measure) -> Value {
        let watched = u64::try_from(self.days.len()).unwrap_or(u64::MAX);
        match measure {
            Measure::Share => Value::Share { n: self.n, of: self.of },
            Measure::Level => Value::Level { n: self.n },
            Measure::Mean => Value::Mean { sum: self.sum, of: self.of },
            Measure::Median => {
                let mut days: Vec<u32> = self.days.iter().map(|d| d.0).collect();
                Value::Days { halves: median(&mut days), of: watched }
            }
            Measure::Survival => Value::Days { halves: survival_median(&mut self.days), of: watched },
            Measure::Saved => {
                Value::Saved { low: self.low, expected: self.sum, high: self.high, n: self.n, of: self.of }
            }
            Measure::Net => Value::Net { n: self.sum },
        }
    }
}
