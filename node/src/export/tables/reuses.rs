//! Declarations of reuse and their versions.

use std::io;

use idenett_protocol::barometer::{Material, ReuseRecord, ReuseVersion};
use idenett_protocol::body::Saved;
use idenett_protocol::codes::CodeList;
use idenett_protocol::id::EntryId;

use super::Sink;
use super::column::{Column, day, number, text, write_table};

type Reuse<'m> = (EntryId, EntryId, &'m ReuseRecord);
type Version<'m> = (EntryId, &'m ReuseVersion);

pub(super) fn write(material: &Material, open: &mut dyn FnMut(&str) -> io::Result<Sink>) -> io::Result<()> {
    let mut reuses: Vec<Reuse<'_>> = Vec::new();
    for (case, declared) in &material.reuses {
        reuses.extend(declared.iter().map(|(id, reuse)| (*id, *case, reuse)));
    }
    let versions: Vec<Version<'_>> =
        reuses.iter().flat_map(|(id, _, reuse)| reuse.versions.iter().map(move |v| (*id, v))).collect();
    write_table(open("reuses")?, &of_reuses(), &reuses)?;
    write_table(open("reuse_versions")?, &of_versions(), &versions)
}

const fn of_reuses<'m>() -> [Column<Reuse<'m>>; 5] {
    [
        text("reuse_id", |(id, ..)| Some(id.to_string())),
        text("case_id", |(_, case, _)| Some(case.to_string())),
        text("org", |(.., r)| Some(r.org.to_string())),
        day("declared", |(.., r)| Some(r.declared)),
        day("withdrawn", |(.., r)| r.withdrawn),
    ]
}

const fn of_versions<'m>() -> [Column<Version<'m>>; 19] {
    [
        text("reuse_id", |(id, _)| Some(id.to_string())),
        text("version_id", |(_, v)| Some(v.id.to_string())),
        number("number", |(_, v)| Some(v.number.into())),
        day("signed", |(_, v)| Some(v.day)),
        day("withdrawn", |(_, v)| v.withdrawn),
        text("degree", |(_, v)| Some(v.degree?.id().to_owned())),
        text("status", |(_, v)| Some(v.status?.id().to_owned())),
        day("in_use", |(_, v)| v.in_use),
        text("unit", |(_, v)| v.unit.clone()),
        text("lang", |(_, v)| Some(v.lang?.id().to_owned())),
        day("valid_until", |(_, v)| v.valid_until),
        text("channel", |(_, v)| Some(v.channel?.id().to_owned())),
        number("saved_low", |(_, v)| saved(v)?.amount.low),
        number("saved_expected", |(_, v)| saved(v)?.amount.expected),
        number("saved_high", |(_, v)| saved(v)?.amount.high),
        text("saved_unit", |(_, v)| Some(saved(v)?.unit.known()?.id().to_owned())),
        text("saved_method", |(_, v)| Some(saved(v)?.method.known()?.id().to_owned())),
        number("saved_price_year", |(_, v)| Some(saved(v)?.price_year?.into())),
        number("outcome", |(_, v)| Some(v.outcome?.into())),
    ]
}

const fn saved(version: &ReuseVersion) -> Option<&Saved> {
    version.saved.as_ref()
}
