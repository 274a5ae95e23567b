//! Members by their keys, municipal reforms, municipalities and how their numbers came about.

use std::io;

use idenett_protocol::barometer::{Material, Membership, Place, Places, Reform, Renumbering, county};
use idenett_protocol::codes::CodeList;
use idenett_protocol::organisation::{MunicipalityNumber, OrgNumber};
use idenett_protocol::time::Day;

use super::Sink;
use super::column::{Column, day, flag, number, text, write_table};

type Key<'m> = (OrgNumber, &'m Membership, (Day, Option<Day>));
/// One of those before or after a reform: the place of the reform and its own place on that side.
type Side<'m> = (i64, i64, &'m Reform, &'static str, (Option<OrgNumber>, Option<MunicipalityNumber>));

pub(super) fn write(
    material: &Material,
    places: &Places,
    open: &mut dyn FnMut(&str) -> io::Result<Sink>,
) -> io::Result<()> {
    let mut keys: Vec<Key<'_>> = Vec::new();
    for (org, member) in &material.members {
        keys.extend(member.keys.iter().map(|key| (*org, member, *key)));
    }
    let all: Vec<&Place> = places.all().collect();
    let changes: Vec<Renumbering> = places.changes().collect();
    write_table(open("members")?, &of_keys(), &keys)?;
    write_table(open("reforms")?, &of_sides(), &sides(&material.reforms))?;
    write_table(open("municipalities")?, &of_places(), &all)?;
    write_table(open("municipality_changes")?, &of_changes(), &changes)
}

/// A row for each key: a member is active while one of them may write.
const fn of_keys<'m>() -> [Column<Key<'m>>; 5] {
    [
        text("org", |(org, ..)| Some(org.to_string())),
        day("admitted", |(.., (admitted, _))| Some(*admitted)),
        day("ended", |(.., (_, ended))| *ended),
        text("number", |(_, m, _)| Some(m.number?.1.to_string())),
        day("number_since", |(_, m, _)| Some(m.number?.0)),
    ]
}

const fn of_sides<'m>() -> [Column<Side<'m>>; 7] {
    [
        number("reform", |(at, ..)| Some(*at)),
        day("day", |(_, _, reform, ..)| Some(reform.day)),
        flag("all_to_one", |(_, _, reform, ..)| Some(reform.all_to_one)),
        text("side", |(.., side, _)| Some((*side).to_owned())),
        number("place", |(_, place, ..)| Some(*place)),
        text("org", |(.., (org, _))| Some((*org)?.to_string())),
        text("number", |(.., (_, number))| Some((*number)?.to_string())),
    ]
}

const fn of_places<'m>() -> [Column<&'m Place>; 8] {
    [
        text("number", |p| Some(p.number.to_string())),
        text("org", |p| Some(p.org?.to_string())),
        text("name", |p| Some(p.name.clone())),
        text("county", |p| Some(county(p.number))),
        number("kostra_group", |p| Some(p.traits?.kostra_group.into())),
        number("centrality", |p| Some(p.traits?.centrality.into())),
        text("size", |p| Some(p.traits?.size.id().to_owned())),
        text("written", |p| Some(p.traits?.written?.id().to_owned())),
    ]
}

const fn of_changes() -> [Column<Renumbering>; 3] {
    [
        day("day", |c| Some(c.day)),
        text("before", |c| Some(c.from.to_string())),
        text("after", |c| Some(c.to.to_string())),
    ]
}

fn sides(reforms: &[Reform]) -> Vec<Side<'_>> {
    let mut rows = Vec::new();
    for (at, reform) in (0..).zip(reforms) {
        rows.extend((0..).zip(&reform.from).map(|(place, who)| (at, place, reform, "from", *who)));
        rows.extend((0..).zip(&reform.to).map(|(place, who)| (at, place, reform, "to", *who)));
    }
    rows
}
