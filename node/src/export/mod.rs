//! Figures and the facts behind them for other programs: CSV, JSON-stat, XLSX and Parquet. Takes what the protocol has
//! counted and writes bytes, the same for the same figures. Knows no clock, no library and no page.

pub mod labels;
mod row;
pub mod comma_separated;
pub mod json_stat;
pub mod workbook;
pub mod tables;

#[cfg(test)]
mod samples;
