//! Cells of figures as people read them.

use idenett_protocol::barometer::{Cell, Figure, Printed, Value};

use crate::export::labels::Labels;
use crate::language::Tongue;
use crate::web::text;

/// One line of a table.
pub(super) struct Row {
    pub(super) part: String,
    pub(super) series: String,
    /// The figure with its unit, or the sign that stands for none.
    pub(super) value: String,
    /// What it was counted from.
    pub(super) from: String,
    /// How long its bar is, in hundredths; none where it has none.
    pub(super) bar: Option<u64>,
    /// The way to the records behind it.
    pub(super) behind: String,
}

/// The lines of a figure in the order of its cells.
pub(super) fn rows(t: Tongue, labels: &Labels<'_>, figure: &Figure, behind: impl Fn(&Cell) -> String) -> Vec<Row> {
    let most = figure.cells.iter().filter_map(|cell| size(&cell.value)).max().unwrap_or(0);
    let row = |cell: &Cell| Row {
        // Programmes are called what members wrote.
        part: text::plain(&labels.part(figure.dimension, &cell.part)),
        series: text::plain(&labels.series(figure.indicator, figure.dimension, &cell.series)),
        value: value(t, &cell.value),
        from: from(t, &cell.value),
        bar: length(&cell.value, most),
        behind: behind(cell),
    };
    figure.cells.iter().map(row).collect()
}

/// A figure with its unit, or the sign that stands for none.
pub(super) fn value(t: Tongue, value: &Value) -> String {
    let printed = value.printed();
    let Printed::Number(number) = printed else { return printed.sign().unwrap_or_default().to_owned() };
    let number = t.decimal(number);
    match value {
        Value::Share { .. } => t.with("barometer-percent", "n", &number).into_owned(),
        Value::Days { .. } => t.with("barometer-days", "n", &number).into_owned(),
        Value::Saved { .. } | Value::Level { .. } | Value::Mean { .. } | Value::Net { .. } | Value::NotKnown => number,
    }
}

/// What a figure was counted from: always said, also where the share is not.
pub(super) fn from(t: Tongue, value: &Value) -> String {
    let number = |n: u64| t.number(i64::try_from(n).unwrap_or(i64::MAX));
    match *value {
        Value::Share { n, of } => t.fill("barometer-of", &[("n", &number(n)), ("of", &number(of))]).into_owned(),
        Value::Mean { of, .. } | Value::Days { of, .. } => t.with("barometer-among", "of", &number(of)).into_owned(),
        Value::Saved { low, high, n, of, .. } => {
            let words =
                [("low", &*t.number(low)), ("high", &*t.number(high)), ("n", &*number(n)), ("of", &*number(of))];
            t.fill("barometer-saved", &words).into_owned()
        }
        Value::Level { .. } | Value::Net { .. } | Value::NotKnown => String::new(),
    }
}

/// What the bar of a figure that is no share is measured by.
fn size(value: &Value) -> Option<u64> {
    match *value {
        Value::Level { n } => Some(n),
        Value::Mean { sum, of } => u64::try_from(sum).ok()?.checked_mul(1000)?.checked_div(of),
        Value::Days { halves, .. } => halves,
        Value::Share { .. } | Value::Saved { .. } | Value::Net { .. } | Value::NotKnown => None,
    }
}

fn length(value: &Value, most: u64) -> Option<u64> {
    if let (Value::Share { n, of }, Printed::Number(_) | Printed::Nothing) = (value, value.printed()) {
        return n.checked_mul(100)?.checked_div(*of);
    }
    size(value)?.checked_mul(100)?.checked_div(most)
}
