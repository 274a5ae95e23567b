//! Figures as comma-separated values by RFC 4180, for programs that read tables.
//!
//! There is no byte order mark: it would become part of the first heading in R and in many scripts, and a Norwegian
//! Excel, which alone would want it, splits at semicolons all the same. For Excel there is the workbook.

use std::io::{self, Write};

use idenett_protocol::barometer::{Figure, Printed};

use super::labels::{Labels, measure_id};
use super::row::{Row, rows, with_point};

/// The headings, which are the same in every language.
pub const COLUMNS: [&str; 13] = [
    "indicator",
    "dimension",
    "structure",
    "part",
    "part_label",
    "series",
    "series_label",
    "measure",
    "value",
    "numerator",
    "denominator",
    "low",
    "high",
];

/// Writes figures, a row a cell. A value is a number with a point, or Statistics Norway's sign where there is none.
///
/// # Errors
/// If it cannot be written.
pub fn write<'f>(
    figures: impl IntoIterator<Item = &'f Figure>,
    labels: &Labels<'_>,
    into: impl Write,
) -> io::Result<()> {
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(into);
    out.write_record(COLUMNS)?;
    for figure in figures {
        for row in rows(figure, labels) {
            out.write_record(cells(&row))?;
        }
    }
    out.flush()
}

fn cells(row: &Row<'_>) -> [String; COLUMNS.len()] {
    let numbers = &row.numbers;
    [
        row.indicator.id().to_owned(),
        row.dimension.id().to_owned(),
        row.basis.id().to_owned(),
        harmless(row.part),
        harmless(&row.part_label),
        harmless(row.series),
        harmless(&row.series_label),
        numbers.measure.map(measure_id).unwrap_or_default().to_owned(),
        printed(numbers.printed),
        numbers.numerator.map(|n| n.to_string()).unwrap_or_default(),
        numbers.denominator.map(|n| n.to_string()).unwrap_or_default(),
        numbers.low.map(|n| n.to_string()).unwrap_or_default(),
        numbers.high.map(|n| n.to_string()).unwrap_or_default(),
    ]
}

/// A text that no spreadsheet takes for a formula: names of municipalities and programmes were written by others.
fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{text}") } else { text.to_owned() }
}

fn printed(value: Printed) -> String {
    match value {
        Printed::Number(number) => with_point(number),
        Printed::CannotOccur | Printed::NotKnown | Printed::NotShown | Printed::Nothing => {
            value.sign().unwrap_or_default().to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use idenett_protocol::barometer::{Basis, Cell, Dimension, Indicator, Value};

    use super::super::samples::{places, programmes};
    use super::*;
    use crate::language::Tongue;

    fn text(figure: &Figure) -> String {
        let (places, mut programmes) = (places(), programmes());
        programmes.values_mut().for_each(|title| *title = "=HYPERLINK(\"http://x\", \"se, her\")\nog der".to_owned());
        let labels = Labels { tongue: Tongue::Nb, places: &places, programmes: &programmes };
        let mut bytes = Vec::new();
        write([figure], &labels, &mut bytes).expect("memory takes everything");
        String::from_utf8(bytes).expect("UTF-8")
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
    fn every_value_has_its_numbers_or_its_sign() {
        let saved = Value::Saved { low: -5, expected: 1_000_000, high: 2_000_000, n: 2, of: 9 };
        let cells = [
            ("share", "health_care", Value::Share { n: 2, of: 6 }),
            ("share", "culture", Value::Share { n: 1, of: 3 }),
            ("share", "social", Value::Share { n: 0, of: 7 }),
            ("share", "technical", Value::Share { n: 0, of: 0 }),
            ("share", "administration", saved),
            ("share", "not_stated", Value::NotKnown),
            ("share", "unassigned", Value::Net { n: -3 }),
        ];
        assert_eq!(
            text(&figure(Indicator::B3, Dimension::Sector, &cells)),
            "indicator,dimension,structure,part,part_label,series,series_label,measure,value,numerator,denominator,low,high\r\n\
             B3,sector,today,health_care,Helse og omsorg,share,Andel,share,33.3,2,6,,\r\n\
             B3,sector,today,culture,Kultur,share,Andel,share,:,1,3,,\r\n\
             B3,sector,today,social,Sosiale tjenester,share,Andel,share,-,0,7,,\r\n\
             B3,sector,today,technical,Teknisk,share,Andel,share,.,0,0,,\r\n\
             B3,sector,today,administration,Administrasjon og ledelse,share,Andel,saved,1000000,2,9,-5,2000000\r\n\
             B3,sector,today,not_stated,Ikke oppgitt,share,Andel,,..,,,,\r\n\
             B3,sector,today,unassigned,Ikke plassert,share,Andel,net,-3,-3,,,\r\n"
        );
    }

    #[test]
    fn what_others_wrote_is_no_formula_and_stays_in_its_cell() {
        let id = programmes().into_keys().next().expect("a programme").to_string();
        let text = text(&figure(Indicator::B4, Dimension::Programme, &[("reuses", &id, Value::Level { n: 4 })]));
        let label = "\"'=HYPERLINK(\"\"http://x\"\", \"\"se, her\"\")\nog der\"";
        assert!(text.contains(&format!("{id},{label},reuses,")), "{text}");
        for (told, cell) in
            [("+47", "'+47"), ("-1", "'-1"), ("@a", "'@a"), ("\tx", "'\tx"), ("\rx", "'\rx"), ("Å=1", "Å=1"), ("", "")]
        {
            assert_eq!(harmless(told), cell);
        }
    }
}
