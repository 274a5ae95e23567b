//! Needs, their versions, and the themes of these.

use std::io;

use idenett_protocol::barometer::{Material, NeedRecord, NeedVersion};
use idenett_protocol::codes::{CodeList, Theme};
use idenett_protocol::id::EntryId;

use super::Sink;
use super::column::{Column, day, number, text, write_table};

type Need<'m> = (EntryId, &'m NeedRecord);
type Version<'m> = (EntryId, &'m NeedVersion);

pub(super) fn write(material: &Material, open: &mut dyn FnMut(&str) -> io::Result<Sink>) -> io::Result<()> {
    let needs: Vec<Need<'_>> = material.needs.iter().map(|(id, need)| (*id, need)).collect();
    let versions: Vec<Version<'_>> =
        needs.iter().flat_map(|(id, need)| need.versions.iter().map(move |v| (*id, v))).collect();
    let themes: Vec<(EntryId, Theme)> =
        versions.iter().flat_map(|(_, v)| v.themes.iter().map(|theme| (v.id, *theme))).collect();
    write_table(open("needs")?, &of_needs(), &needs)?;
    write_table(open("need_versions")?, &of_versions(), &versions)?;
    write_table(open("need_themes")?, &of_themes(), &themes)
}

const fn of_needs<'m>() -> [Column<Need<'m>>; 4] {
    [
        text("need_id", |(id, _)| Some(id.to_string())),
        text("owner", |(_, n)| Some(n.owner.to_string())),
        day("opened", |(_, n)| Some(n.opened)),
        day("withdrawn", |(_, n)| n.withdrawn),
    ]
}

const fn of_versions<'m>() -> [Column<Version<'m>>; 9] {
    [
        text("need_id", |(id, _)| Some(id.to_string())),
        text("version_id", |(_, v)| Some(v.id.to_string())),
        number("number", |(_, v)| Some(v.number.into())),
        day("signed", |(_, v)| Some(v.day)),
        day("withdrawn", |(_, v)| v.withdrawn),
        text("status", |(_, v)| Some(v.status?.id().to_owned())),
        text("sector", |(_, v)| Some(v.sector?.id().to_owned())),
        day("valid_until", |(_, v)| v.valid_until),
        text("met_by", |(_, v)| Some(v.met_by?.to_string())),
    ]
}

const fn of_themes() -> [Column<(EntryId, Theme)>; 2] {
    [
        text("version_id", |(version, _)| Some(version.to_string())),
        text("theme", |(_, theme)| Some(theme.id().to_owned())),
    ]
}
