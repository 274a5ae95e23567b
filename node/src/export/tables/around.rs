//! What is said about cases and reuses: confirmations, comments, measurements, and the programmes that show cases.

use std::io;

use idenett_protocol::barometer::{CommentRecord, Material, ProgrammeRecord};
use idenett_protocol::codes::CodeList;
use idenett_protocol::id::EntryId;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::time::Day;

use super::Sink;
use super::column::{Column, day, flag, text, write_table};

/// What is confirmed, when, and until when it holds.
type Confirmed = (&'static str, EntryId, Day, Day);

pub(super) fn write(material: &Material, open: &mut dyn FnMut(&str) -> io::Result<Sink>) -> io::Result<()> {
    let programmes: Vec<(EntryId, &ProgrammeRecord)> = material.programmes.iter().map(|(id, p)| (*id, p)).collect();
    let shown: Vec<(EntryId, EntryId)> =
        programmes.iter().flat_map(|(id, p)| p.cases.iter().map(|case| (*id, *case))).collect();
    let cases = || material.cases.iter();
    let comments: Vec<(EntryId, &CommentRecord)> =
        cases().flat_map(|(id, case)| case.comments.iter().map(|c| (*id, c))).collect();
    let measured: Vec<(EntryId, Day, OrgNumber)> =
        cases().flat_map(|(id, case)| case.measured.iter().map(|(day, by)| (*id, *day, *by))).collect();
    write_table(open("confirmations")?, &of_confirmations(), &confirmations(material))?;
    write_table(open("comments")?, &of_comments(), &comments)?;
    write_table(open("measurements")?, &of_measurements(), &measured)?;
    write_table(open("programmes")?, &of_programmes(), &programmes)?;
    write_table(open("programme_cases")?, &of_shown(), &shown)
}

const fn of_confirmations() -> [Column<Confirmed>; 4] {
    [
        text("kind", |(kind, ..)| Some((*kind).to_owned())),
        text("thing_id", |(_, thing, ..)| Some(thing.to_string())),
        day("signed", |(_, _, signed, _)| Some(*signed)),
        day("valid_until", |(.., until)| Some(*until)),
    ]
}

const fn of_comments<'m>() -> [Column<(EntryId, &'m CommentRecord)>; 6] {
    [
        text("case_id", |(case, _)| Some(case.to_string())),
        day("signed", |(_, c)| Some(c.day)),
        text("signed_by", |(_, c)| Some(c.by.to_string())),
        text("kind", |(_, c)| Some(c.kind.id().to_owned())),
        day("answered", |(_, c)| c.answered),
        day("adopted", |(_, c)| c.adopted),
    ]
}

const fn of_measurements() -> [Column<(EntryId, Day, OrgNumber)>; 3] {
    [
        text("case_id", |(case, ..)| Some(case.to_string())),
        day("signed", |(_, signed, _)| Some(*signed)),
        text("signed_by", |(.., by)| Some(by.to_string())),
    ]
}

const fn of_programmes<'m>() -> [Column<(EntryId, &'m ProgrammeRecord)>; 4] {
    [
        text("programme_id", |(id, _)| Some(id.to_string())),
        day("published", |(_, p)| Some(p.published)),
        day("withdrawn", |(_, p)| p.withdrawn),
        flag("is_arena", |(_, p)| Some(p.is_arena)),
    ]
}

const fn of_shown() -> [Column<(EntryId, EntryId)>; 2] {
    [
        text("programme_id", |(programme, _)| Some(programme.to_string())),
        text("case_id", |(_, case)| Some(case.to_string())),
    ]
}

fn confirmations(material: &Material) -> Vec<Confirmed> {
    let mut rows = Vec::new();
    for (id, case) in &material.cases {
        rows.extend(case.confirmed.iter().map(|(signed, until)| ("case", *id, *signed, *until)));
    }
    for (id, reuse) in material.reuses.values().flatten() {
        rows.extend(reuse.confirmed.iter().map(|(signed, until)| ("reuse", *id, *signed, *until)));
    }
    rows
}
