//! A figure as a JSON-stat 2.0 dataset, the format in which Statistics Norway and its Nordic sisters give out tables:
//! a table of parts by series, with a sign beside each cell that has no number.
//! The format: <https://json-stat.org/full/>.

use std::collections::BTreeMap;
use std::io::{self, Write};

use idenett_protocol::barometer::{Dimension, Figure, Indicator, Measure, Printed, Statistics, Value};
use serde::Serialize;

use super::labels::Labels;
use super::row::{Numbers, nearest};

#[derive(Serialize)]
struct Dataset<'f> {
    version: &'static str,
    class: &'static str,
    label: String,
    source: String,
    updated: String,
    note: Vec<String>,
    id: [&'static str; 2],
    size: [usize; 2],
    role: Role,
    dimension: Dimensions<'f>,
    value: Vec<Option<f64>>,
    /// The sign of each cell without a number, by its place in `value`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    status: BTreeMap<usize, &'static str>,
    extension: Extension,
}

#[derive(Serialize)]
struct Role {
    metric: [&'static str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    geo: Option<[&'static str; 1]>,
}

#[derive(Serialize)]
struct Dimensions<'f> {
    part: Axis<'f>,
    series: Axis<'f>,
}

#[derive(Serialize)]
struct Axis<'f> {
    label: String,
    category: Category<'f>,
}

#[derive(Serialize)]
struct Category<'f> {
    index: Vec<&'f str>,
    label: BTreeMap<&'f str, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    unit: BTreeMap<&'f str, Unit>,
}

#[derive(Serialize)]
struct Unit {
    label: String,
    decimals: u8,
}

/// What JSON-stat has no place for. Lists are as long as `value` and in its order.
#[derive(Serialize)]
struct Extension {
    indicator: &'static str,
    dimension: &'static str,
    structure: &'static str,
    definitions: u32,
    date: String,
    period: String,
    numerator: Vec<Option<i64>>,
    denominator: Vec<Option<u64>>,
    low: Vec<Option<i64>>,
    high: Vec<Option<i64>>,
}

/// Writes one figure of some statistics. A figure without cells, because its dimension says nothing about what is
/// counted, is a table of no parts.
///
/// # Errors
/// If it cannot be written.
pub fn write(statistics: &Statistics, figure: &Figure, labels: &Labels<'_>, mut into: impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut into, &dataset(statistics, figure, labels))?;
    into.flush()
}

fn dataset<'f>(statistics: &Statistics, figure: &'f Figure, labels: &Labels<'_>) -> Dataset<'f> {
    let Figure { indicator, dimension, basis, .. } = figure;
    let (tongue, definition) = (labels.tongue, indicator.definition());
    let (parts, series) = (parts(figure), figure.series());
    let cells = cells(figure, &parts, &series);
    let name = definition.name.say(tongue.lang());
    let mut note = vec![tongue.say("figures-survey").into_owned()];
    note.extend(dimension.overlaps().then(|| tongue.say("figures-overlap").into_owned()));
    Dataset {
        version: "2.0",
        class: "dataset",
        label: format!("{indicator} {name}. {}: {}", labels.dimension(*dimension), labels.basis(*basis)),
        source: tongue.say("figures-source").into_owned(),
        updated: statistics.date.to_string(),
        note,
        id: ["part", "series"],
        size: [parts.len(), series.len()],
        role: Role {
            metric: ["series"],
            geo: matches!(dimension, Dimension::County | Dimension::Municipality).then_some(["part"]),
        },
        value: cells.iter().map(|c| number(c.printed)).collect(),
        status: cells.iter().enumerate().filter_map(|(at, c)| Some((at, c.printed.sign()?))).collect(),
        extension: extension(statistics, figure, &cells),
        dimension: Dimensions {
            part: Axis {
                label: labels.dimension(*dimension),
                category: Category {
                    label: parts.iter().map(|id| (*id, labels.part(*dimension, id))).collect(),
                    unit: BTreeMap::new(),
                    index: parts,
                },
            },
            series: Axis {
                label: tongue.say("figures-series").into_owned(),
                category: Category {
                    label: series.iter().map(|id| (*id, labels.series(*indicator, *dimension, id))).collect(),
                    unit: units(figure, &series, labels),
                    index: series,
                },
            },
        },
    }
}

fn extension(statistics: &Statistics, figure: &Figure, cells: &[Numbers]) -> Extension {
    Extension {
        indicator: figure.indicator.id(),
        dimension: figure.dimension.id(),
        structure: figure.basis.id(),
        definitions: statistics.definitions,
        date: statistics.date.to_string(),
        period: String::from(statistics.period),
        numerator: cells.iter().map(|c| c.numerator).collect(),
        denominator: cells.iter().map(|c| c.denominator).collect(),
        low: cells.iter().map(|c| c.low).collect(),
        high: cells.iter().map(|c| c.high).collect(),
    }
}

/// The parts of all series in one order: each series has those in which it counted something, in the same order.
fn parts(figure: &Figure) -> Vec<&str> {
    let mut parts: Vec<&str> = Vec::new();
    for series in figure.series() {
        let mut after = 0;
        for (part, _) in figure.parts(series) {
            let place = parts.iter().position(|p| *p == part).unwrap_or_else(|| {
                parts.insert(after, part);
                after
            });
            after = place + 1;
        }
    }
    parts
}

/// Every part by every series; where nothing was counted, what the series says of nothing.
fn cells(figure: &Figure, parts: &[&str], series: &[&str]) -> Vec<Numbers> {
    let there: BTreeMap<(&str, &str), Value> =
        figure.cells.iter().map(|c| ((c.part.as_str(), c.series.as_str()), c.value)).collect();
    let nothing: Vec<Value> = series.iter().map(|s| nothing(figure, s)).collect();
    let mut cells = Vec::with_capacity(parts.len() * series.len());
    for part in parts {
        for (id, nothing) in series.iter().zip(&nothing) {
            let value = there.get(&(*part, *id)).unwrap_or(nothing);
            cells.push(Numbers::of(figure.indicator, *value));
        }
    }
    cells
}

/// What a series says where nothing was counted.
fn nothing(figure: &Figure, series: &str) -> Value {
    match figure.parts(series).next().map(|(_, value)| value) {
        Some(Value::Share { .. }) => Value::Share { n: 0, of: 0 },
        Some(Value::Level { .. }) => Value::Level { n: 0 },
        Some(Value::Mean { .. }) => Value::Mean { sum: 0, of: 0 },
        Some(Value::Days { .. }) => Value::Days { halves: None, of: 0 },
        Some(Value::Saved { .. }) => Value::Saved { low: 0, expected: 0, high: 0, n: 0, of: 0 },
        Some(Value::Net { .. }) => Value::Net { n: 0 },
        Some(Value::NotKnown) | None => Value::NotKnown,
    }
}

fn units<'f>(figure: &Figure, series: &[&'f str], labels: &Labels<'_>) -> BTreeMap<&'f str, Unit> {
    let measured = series.iter().filter_map(|id| Some((*id, measure(figure.indicator, figure, id)?)));
    measured.map(|(id, m)| (id, Unit { label: labels.measure(m), decimals: decimals(m) })).collect()
}

fn measure(indicator: Indicator, figure: &Figure, series: &str) -> Option<Measure> {
    figure.parts(series).find_map(|(_, value)| Numbers::of(indicator, value).measure)
}

/// The decimals with which a measure is printed.
const fn decimals(measure: Measure) -> u8 {
    match measure {
        Measure::Share | Measure::Median | Measure::Survival => 1,
        Measure::Mean => 2,
        Measure::Level | Measure::Saved | Measure::Net => 0,
    }
}

fn number(printed: Printed) -> Option<f64> {
    match printed {
        Printed::Number(number) => Some(nearest(number)),
        Printed::CannotOccur | Printed::NotKnown | Printed::NotShown | Printed::Nothing => None,
    }
}

#[cfg(test)]
mod tests {
    use idenett_protocol::barometer::{Basis, Cell};
    use serde_json::{Value as Json, json};

    use super::super::samples::{places, programmes, statistics};
    use super::*;
    use crate::language::Tongue;

    fn read(figure: &Figure) -> Json {
        let (places, programmes) = (places(), programmes());
        let labels = Labels { tongue: Tongue::Nn, places: &places, programmes: &programmes };
        let mut bytes = Vec::new();
        write(&statistics(), figure, &labels, &mut bytes).expect("memory takes everything");
        serde_json::from_slice(&bytes).expect("JSON")
    }

    fn figure(indicator: Indicator, dimension: Dimension, cells: &[(&str, &str, Value)]) -> Figure {
        let cells = cells.iter().map(|(series, part, value)| Cell {
            series: (*series).to_owned(),
            part: (*part).to_owned(),
            value: *value,
        });
        Figure { indicator, dimension, basis: Basis::Today, cells: cells.collect() }
    }

    #[test]
    fn parts_by_series_with_a_sign_for_each_cell_without_a_number() {
        let share = |n, of| Value::Share { n, of };
        let found = read(&figure(
            Indicator::B11,
            Dimension::Municipality,
            &[
                ("share", "0301", share(3, 9)),
                ("share", "3446", share(0, 2)),
                ("days", "0301", Value::Days { halves: Some(61), of: 3 }),
                ("days", "unassigned", Value::Days { halves: Some(4), of: 1 }),
            ],
        ));
        assert_eq!(found["size"], json!([3, 2]));
        assert_eq!(found["dimension"]["part"]["category"]["index"], json!(["0301", "unassigned", "3446"]));
        assert_eq!(found["dimension"]["part"]["category"]["label"]["3446"], "Gran");
        assert_eq!(
            found["dimension"]["series"]["category"]["unit"]["share"],
            json!({"label": "Del i prosent", "decimals": 1})
        );
        assert_eq!(found["value"], json!([33.3, 30.5, null, 2.0, null, null]));
        assert_eq!(found["status"], json!({"2": ".", "4": ":", "5": "."}));
        assert_eq!(found["role"], json!({"metric": ["series"], "geo": ["part"]}));
        assert_eq!(found["extension"]["denominator"], json!([9, 3, 0, 1, 2, 0]));
        assert_eq!(found["extension"]["numerator"], json!([3, null, 0, null, 0, null]));
        assert_eq!((&found["extension"]["period"], &found["updated"]), (&json!("24m"), &json!("2026-11-25")));
    }

    #[test]
    fn every_figure_of_a_release_is_a_table_of_its_own_size() {
        for figure in &statistics().figures {
            let found = read(figure);
            let cells = found["value"].as_array().expect("values").len();
            let size: Vec<usize> = serde_json::from_value(found["size"].clone()).expect("sizes");
            assert_eq!(cells, size[0] * size[1], "{} {}", figure.indicator, figure.dimension);
            let numbers = found["value"].as_array().into_iter().flatten().filter(|v| !v.is_null()).count();
            let signs = found["status"].as_object().map_or(0, serde_json::Map::len);
            assert_eq!(numbers + signs, cells);
            assert!(cells >= figure.cells.len());
        }
    }
}
