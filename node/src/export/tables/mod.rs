//! All records as flat tables in Parquet, for Power BI, R, Spark and whoever counts again: the very facts from which
//! figures are made, keyed by the ids of things and versions, with days as days and codes by their ids.
//!
//! Lists are tables of their own, not list columns: Power BI reads no nested columns, and a join is the same in every
//! program. Compressed by gzip, which all of them read and which this program has anyway; half of each table is ids in
//! hexadecimal. What is not stated is empty.

mod column;
mod cases;
mod reuses;
mod needs;
mod around;
mod organisations;

use std::io::{self, Write};

use idenett_protocol::barometer::{Material, Places};

/// Where a table is written.
pub type Sink = Box<dyn Write + Send>;

/// Writes every table, each into what `open` gives for its name. Equal material gives equal bytes.
///
/// # Errors
/// If a table cannot be opened or written.
pub fn write(material: &Material, places: &Places, open: &mut dyn FnMut(&str) -> io::Result<Sink>) -> io::Result<()> {
    cases::write(material, open)?;
    reuses::write(material, open)?;
    needs::write(material, open)?;
    around::write(material, open)?;
    organisations::write(material, places, open)
}

#[cfg(test)]
mod tests;
