//! Columns of one table, and how they are laid out in Parquet.

use std::io;
use std::sync::Arc;

use idenett_protocol::time::Day;
use parquet::basic::{Compression, GzipLevel, LogicalType, Repetition, Type as Physical};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use super::Sink;

/// Rows that are laid out together, so that what is held beside the rows is bounded.
const GROUP: usize = 65_536;

/// A column: its name, and what it says of a row. Any may be empty, so that a later version can leave one empty without
/// another type.
pub(super) struct Column<R> {
    name: &'static str,
    cells: Cells<R>,
}

enum Cells<R> {
    Text(fn(&R) -> Option<String>),
    Day(fn(&R) -> Option<Day>),
    Number(fn(&R) -> Option<i64>),
    Flag(fn(&R) -> Option<bool>),
}

pub(super) const fn text<R>(name: &'static str, cells: fn(&R) -> Option<String>) -> Column<R> {
    Column { name, cells: Cells::Text(cells) }
}

pub(super) const fn day<R>(name: &'static str, cells: fn(&R) -> Option<Day>) -> Column<R> {
    Column { name, cells: Cells::Day(cells) }
}

pub(super) const fn number<R>(name: &'static str, cells: fn(&R) -> Option<i64>) -> Column<R> {
    Column { name, cells: Cells::Number(cells) }
}

pub(super) const fn flag<R>(name: &'static str, cells: fn(&R) -> Option<bool>) -> Column<R> {
    Column { name, cells: Cells::Flag(cells) }
}

/// Writes a table of these columns.
pub(super) fn write_table<R>(into: Sink, columns: &[Column<R>], rows: &[R]) -> io::Result<()> {
    write(into, columns, rows).map_err(io::Error::other)
}

fn write<R>(into: Sink, columns: &[Column<R>], rows: &[R]) -> Result<(), ParquetError> {
    let fields = columns.iter().map(field).collect::<Result<_, _>>()?;
    let schema = Arc::new(Type::group_type_builder("table").with_fields(fields).build()?);
    let properties = WriterProperties::builder()
        .set_created_by("idenett".to_owned())
        .set_compression(Compression::GZIP(GzipLevel::default()))
        .build();
    let mut file = SerializedFileWriter::new(into, schema, Arc::new(properties))?;
    for rows in rows.chunks(GROUP) {
        let mut group = file.next_row_group()?;
        for column in columns {
            let Some(mut out) = group.next_column()? else { break };
            fill(&mut out, &column.cells, rows)?;
            out.close()?;
        }
        group.close()?;
    }
    file.close()?;
    Ok(())
}

fn field<R>(column: &Column<R>) -> Result<TypePtr, ParquetError> {
    let (physical, logical) = match column.cells {
        Cells::Text(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Cells::Day(_) => (Physical::INT32, Some(LogicalType::Date)),
        Cells::Number(_) => (Physical::INT64, None),
        Cells::Flag(_) => (Physical::BOOLEAN, None),
    };
    let field = Type::primitive_type_builder(column.name, physical).with_logical_type(logical);
    Ok(Arc::new(field.with_repetition(Repetition::OPTIONAL).build()?))
}

fn fill<R>(out: &mut SerializedColumnWriter<'_>, cells: &Cells<R>, rows: &[R]) -> Result<(), ParquetError> {
    match cells {
        Cells::Text(text) => {
            put::<ByteArrayType>(out, rows.iter().map(|r| Some(ByteArray::from(text(r)?.into_bytes()))))
        }
        Cells::Day(day) => put::<Int32Type>(out, rows.iter().map(|r| Some(day(r)?.number()))),
        Cells::Number(number) => put::<Int64Type>(out, rows.iter().map(number)),
        Cells::Flag(flag) => put::<BoolType>(out, rows.iter().map(flag)),
    }
}

/// Values that are there, and for each row whether one is.
fn put<T: DataType>(
    out: &mut SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = Option<T::T>>,
) -> Result<(), ParquetError> {
    let (mut values, mut there) = (Vec::new(), Vec::new());
    for cell in cells {
        there.push(i16::from(cell.is_some()));
        values.extend(cell);
    }
    out.typed::<T>().write_batch(&values, Some(&there), None)?;
    Ok(())
}
