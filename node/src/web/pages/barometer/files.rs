//! A figure as a file.

use idenett_protocol::barometer::{Figure, Statistics};

use crate::export::labels::Labels;
use crate::export::{comma_separated, json_stat, workbook};
use crate::web::failure::Failure;

/// Writes a figure of some statistics in the format of an ending.
pub(super) fn write(
    ending: &str,
    statistics: &Statistics,
    figure: &Figure,
    labels: &Labels<'_>,
) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let written = match ending {
        "csv" => comma_separated::write([figure], labels, &mut bytes),
        "json" => json_stat::write(statistics, figure, labels, &mut bytes),
        "xlsx" => {
            let alone = Statistics { figures: vec![figure.clone()], ..statistics.clone() };
            workbook::write(&alone, labels, &mut bytes)
        }
        _ => return Err(Failure::NotFound),
    };
    written.map(|()| bytes).map_err(|e| Failure::Fault(e.to_string()))
}
