//! A figure as rows: each cell with all its numbers and with names beside its ids.

use idenett_protocol::barometer::{Basis, Cell, Decimal, Dimension, Figure, Indicator, Measure, Printed, Value};

use super::labels::Labels;

/// One cell of a figure.
pub(super) struct Row<'f> {
    pub(super) indicator: Indicator,
    pub(super) dimension: Dimension,
    pub(super) basis: Basis,
    pub(super) part: &'f str,
    pub(super) part_label: String,
    pub(super) series: &'f str,
    pub(super) series_label: String,
    pub(super) numbers: Numbers,
}

/// The numbers of one cell.
pub(super) struct Numbers {
    /// What they measure; nothing where a structure does not know.
    pub(super) measure: Option<Measure>,
    pub(super) printed: Printed,
    /// A count, or of a mean the sum.
    pub(super) numerator: Option<i64>,
    pub(super) denominator: Option<u64>,
    pub(super) low: Option<i64>,
    pub(super) high: Option<i64>,
}

/// The cells of a figure in their order.
pub(super) fn rows<'f>(figure: &'f Figure, labels: &Labels<'_>) -> impl Iterator<Item = Row<'f>> {
    figure.cells.iter().map(|Cell { series, part, value }| Row {
        indicator: figure.indicator,
        dimension: figure.dimension,
        basis: figure.basis,
        part,
        part_label: labels.part(figure.dimension, part),
        series,
        series_label: labels.series(figure.indicator, figure.dimension, series),
        numbers: Numbers::of(figure.indicator, *value),
    })
}

impl Numbers {
    pub(super) fn of(indicator: Indicator, value: Value) -> Self {
        let count = |n: u64| i64::try_from(n).ok();
        let (numerator, low, high) = match value {
            Value::Share { n, .. } | Value::Level { n } => (count(n), None, None),
            Value::Mean { sum, .. } => (Some(sum), None, None),
            Value::Days { .. } | Value::NotKnown => (None, None, None),
            Value::Saved { low, high, n, .. } => (count(n), Some(low), Some(high)),
            Value::Net { n } => (Some(n), None, None),
        };
        let (measure, printed, denominator) = (measure(indicator, value), value.printed(), value.denominator());
        Self { measure, printed, numerator, denominator, low, high }
    }
}

/// What a value of an indicator measures.
fn measure(indicator: Indicator, value: Value) -> Option<Measure> {
    match value {
        Value::Share { .. } => Some(Measure::Share),
        Value::Level { .. } => Some(Measure::Level),
        Value::Mean { .. } => Some(Measure::Mean),
        // Only the time to reuse follows those to whom nothing has happened yet.
        Value::Days { .. } if indicator == Indicator::B9 => Some(Measure::Survival),
        Value::Days { .. } => Some(Measure::Median),
        Value::Saved { .. } => Some(Measure::Saved),
        Value::Net { .. } => Some(Measure::Net),
        Value::NotKnown => None,
    }
}

/// A number with a point before its decimals, as programs read it.
pub(super) fn with_point(number: Decimal) -> String {
    let Decimal { units, decimals } = number;
    if decimals == 0 {
        return units.to_string();
    }
    let one = 10_u64.pow(u32::from(decimals.min(3)));
    let sign = if units < 0 { "-" } else { "" };
    let (whole, rest) = (units.unsigned_abs() / one, units.unsigned_abs() % one);
    format!("{sign}{whole}.{rest:0width$}", width = usize::from(decimals))
}

/// A number as the nearest that a spreadsheet or JSON can hold.
pub(super) fn nearest(number: Decimal) -> f64 {
    // Parsing rounds once; a division of two rounded numbers might do so twice.
    with_point(number).parse().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_keep_their_zeros_and_sign() {
        for (units, decimals, text) in [
            (0, 0, "0"),
            (333, 1, "33.3"),
            (5, 1, "0.5"),
            (-13, 2, "-0.13"),
            (-200, 2, "-2.00"),
            (i64::MIN, 0, "-9223372036854775808"),
        ] {
            assert_eq!(with_point(Decimal { units, decimals }), text);
        }
        assert_eq!(nearest(Decimal { units: 333, decimals: 1 }).to_bits(), 33.3_f64.to_bits());
    }
}
