//! Figures as a workbook for Excel and LibreOffice: a sheet that tells what they are, and one for each indicator.
//! Every text is written as a text, so that nothing that members wrote can be taken for a formula.

use std::io::{self, Write};

use idenett_protocol::barometer::{Decimal, Figure, Indicator, Printed, Statistics};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::labels::Labels;
use super::row::{Row, nearest, rows};

const HEADINGS: [&str; 12] = [
    "figures-dimension",
    "figures-structure",
    "figures-part",
    "figures-part-label",
    "figures-series",
    "figures-series-label",
    "figures-measure",
    "figures-value",
    "figures-numerator",
    "figures-denominator",
    "figures-low",
    "figures-high",
];
/// Columns that hold names, and how wide they and the others are, in digits.
const NAMES: [u16; 5] = [0, 1, 3, 5, 6];
const NAME_WIDTH: f64 = 32.0;
const WIDTH: f64 = 14.0;

/// Writes all figures of some statistics; those of one indicator stand below each other on one sheet.
///
/// # Errors
/// If it cannot be written, a sheet has more rows than a workbook can hold (1,048,576), or the day is none that a
/// workbook knows (before 1900).
pub fn write(statistics: &Statistics, labels: &Labels<'_>, mut into: impl Write) -> io::Result<()> {
    into.write_all(&workbook(statistics, labels).map_err(io::Error::other)?)?;
    into.flush()
}

fn workbook(statistics: &Statistics, labels: &Labels<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let (year, month, day) = statistics.date.ymd();
    let part = |n: u32| u8::try_from(n).unwrap_or(1);
    // The library would ask the clock: the same figures are to give the same bytes.
    let made = ExcelDateTime::from_ymd(u16::try_from(year).unwrap_or(1900), part(month), part(day))?;
    let title = labels.tongue.say("figures-heading");
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&made));
    let counted: Vec<Indicator> = Indicator::EVERY
        .into_iter()
        .filter(|indicator| statistics.figures.iter().any(|f| f.indicator == *indicator))
        .collect();
    about(book.add_worksheet(), statistics, &counted, labels)?;
    for indicator in counted {
        let figures = statistics.figures.iter().filter(|f| f.indicator == indicator);
        sheet(book.add_worksheet(), indicator, figures, labels)?;
    }
    book.save_to_buffer()
}

/// What the figures are, what each means, and beside what it must not be set.
fn about(
    sheet: &mut Worksheet,
    statistics: &Statistics,
    counted: &[Indicator],
    labels: &Labels<'_>,
) -> Result<(), XlsxError> {
    let tongue = labels.tongue;
    let say = |key: &str| tongue.say(key).into_owned();
    sheet.set_name(say("figures-about"))?.set_column_width(0, WIDTH)?;
    for column in 1..7 {
        sheet.set_column_width(column, NAME_WIDTH)?;
    }
    let mut lines: Vec<Vec<String>> = vec![
        vec![say("figures-heading")],
        vec![say("figures-date"), statistics.date.to_string()],
        vec![say("figures-period"), labels.period(statistics.period)],
        vec![say("figures-definitions"), statistics.definitions.to_string()],
    ];
    let mut structures: Vec<_> = statistics.figures.iter().map(|f| f.basis).collect();
    structures.sort_unstable();
    structures.dedup();
    lines.extend(structures.into_iter().map(|basis| vec![say("figures-structure"), labels.basis(basis)]));
    lines.push(vec![say("figures-survey")]);
    if statistics.figures.iter().any(|f| f.dimension.overlaps()) {
        lines.push(vec![say("figures-overlap")]);
    }
    lines.extend([Vec::new(), vec![say("figures-signs")]]);
    for (sign, key) in [
        (Printed::CannotOccur, "cannot"),
        (Printed::NotKnown, "unknown"),
        (Printed::NotShown, "hidden"),
        (Printed::Nothing, "nothing"),
    ] {
        lines.push(vec![sign.sign().unwrap_or_default().to_owned(), say(&format!("figures-sign-{key}"))]);
    }
    lines.push(Vec::new());
    lines.push(
        [
            "figures-indicator",
            "figures-name",
            "figures-counted",
            "figures-out-of",
            "figures-published",
            "figures-publisher",
            "figures-difference",
        ]
        .map(say)
        .into(),
    );
    for indicator in counted {
        lines.extend(definition(*indicator, labels));
    }
    for (row, line) in (0..).zip(&lines) {
        for (column, text) in (0..).zip(line) {
            sheet.write_string(row, column, text)?;
        }
    }
    Ok(())
}

/// A definition, and a line for each figure that others have published.
fn definition(indicator: Indicator, labels: &Labels<'_>) -> Vec<Vec<String>> {
    let (lang, definition) = (labels.tongue.lang(), indicator.definition());
    let own =
        [indicator.id(), definition.name.say(lang), definition.numerator.say(lang), definition.denominator.say(lang)];
    let mut lines = vec![own.map(str::to_owned).to_vec()];
    for (at, published) in definition.published.iter().enumerate() {
        let beside = [published.value.say(lang), published.source, published.difference.say(lang)].map(str::to_owned);
        match lines.get_mut(at) {
            Some(line) => line.extend(beside),
            None => lines.push([const { String::new() }; 4].into_iter().chain(beside).collect()),
        }
    }
    lines
}

fn sheet<'f>(
    sheet: &mut Worksheet,
    indicator: Indicator,
    figures: impl Iterator<Item = &'f Figure>,
    labels: &Labels<'_>,
) -> Result<(), XlsxError> {
    sheet.set_name(indicator.id())?;
    let bold = Format::new().set_bold();
    for (column, key) in (0..).zip(HEADINGS) {
        sheet.set_column_width(column, if NAMES.contains(&column) { NAME_WIDTH } else { WIDTH })?;
        sheet.write_string_with_format(0, column, labels.tongue.say(key), &bold)?;
    }
    let mut last = 0;
    for (row, cell) in (1..).zip(figures.flat_map(|figure| rows(figure, labels))) {
        write_row(sheet, row, &cell, labels)?;
        last = row;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, last, u16::try_from(HEADINGS.len() - 1).unwrap_or(u16::MAX))?;
    Ok(())
}

fn write_row(sheet: &mut Worksheet, row: u32, cell: &Row<'_>, labels: &Labels<'_>) -> Result<(), XlsxError> {
    let numbers = &cell.numbers;
    let texts = [
        labels.dimension(cell.dimension),
        labels.basis(cell.basis),
        cell.part.to_owned(),
        cell.part_label.clone(),
        cell.series.to_owned(),
        cell.series_label.clone(),
        numbers.measure.map(|m| labels.measure(m)).unwrap_or_default(),
    ];
    for (column, text) in (0..).zip(texts) {
        sheet.write_string(row, column, text)?;
    }
    match numbers.printed {
        Printed::Number(number) => {
            let format = Format::new().set_num_format(digits(number));
            sheet.write_number_with_format(row, 7, nearest(number), &format)?;
        }
        Printed::CannotOccur | Printed::NotKnown | Printed::NotShown | Printed::Nothing => {
            sheet.write_string(row, 7, numbers.printed.sign().unwrap_or_default())?;
        }
    }
    let denominator = numbers.denominator.and_then(|n| i64::try_from(n).ok());
    for (column, n) in (8..).zip([numbers.numerator, denominator, numbers.low, numbers.high]) {
        if let Some(n) = n {
            sheet.write_number(row, column, nearest(Decimal { units: n, decimals: 0 }))?;
        }
    }
    Ok(())
}

/// The decimals of a number, as Excel is told.
const fn digits(number: Decimal) -> &'static str {
    match number.decimals {
        0 => "0",
        1 => "0.0",
        2 => "0.00",
        _ => "0.000",
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{places, programmes, statistics};
    use super::*;
    use crate::language::Tongue;

    /// What is in the cells is read back by another program in `tests/barometer`.
    #[test]
    fn the_same_figures_give_the_same_bytes_in_every_language() {
        let (places, programmes, statistics) = (places(), programmes(), statistics());
        for tongue in Tongue::ALL {
            let labels = Labels { tongue, places: &places, programmes: &programmes };
            let [first, again] = [(), ()].map(|()| workbook(&statistics, &labels).expect("a workbook"));
            assert!(first.starts_with(b"PK") && first == again);
        }
    }
}
