//! Cases, their versions, and what these list.

use std::io;

use idenett_protocol::barometer::{CaseRecord, CaseVersion, Material};
use idenett_protocol::codes::{CodeList, Factor, Value};
use idenett_protocol::id::EntryId;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::time::Day;

use super::Sink;
use super::column::{Column, day, flag, number, text, write_table};

type Case<'m> = (EntryId, &'m CaseRecord);
type Version<'m> = (EntryId, &'m CaseVersion);

pub(super) fn write(material: &Material, open: &mut dyn FnMut(&str) -> io::Result<Sink>) -> io::Result<()> {
    let cases: Vec<Case<'_>> = material.cases.iter().map(|(id, case)| (*id, case)).collect();
    let versions: Vec<Version<'_>> =
        cases.iter().flat_map(|(id, case)| case.versions.iter().map(move |v| (*id, v))).collect();
    write_table(open("cases")?, &of_cases(), &cases)?;
    write_table(open("case_co_owners")?, &of_co_owners(), &co_owners(&cases))?;
    write_table(open("case_versions")?, &of_versions(), &versions)?;
    write_table(open("case_codes")?, &of_codes(), &codes(&versions))?;
    write_table(open("case_values")?, &of_values(), &values(&versions))?;
    write_table(open("case_factors")?, &of_factors(), &factors(&versions))?;
    write_table(open("case_links")?, &of_links(), &links(&versions))
}

const fn of_cases<'m>() -> [Column<Case<'m>>; 6] {
    [
        text("case_id", |(id, _)| Some(id.to_string())),
        text("publisher", |(_, c)| Some(c.publisher.to_string())),
        text("about", |(_, c)| Some(c.about?.to_string())),
        day("published", |(_, c)| Some(c.published)),
        day("withdrawn", |(_, c)| c.withdrawn),
        day("translated", |(_, c)| c.translated),
    ]
}

const fn of_co_owners() -> [Column<(EntryId, OrgNumber, Day)>; 3] {
    [
        text("case_id", |(case, ..)| Some(case.to_string())),
        text("org", |(_, org, _)| Some(org.to_string())),
        day("confirmed", |(.., day)| Some(*day)),
    ]
}

const fn of_versions<'m>() -> [Column<Version<'m>>; 13] {
    [
        text("case_id", |(case, _)| Some(case.to_string())),
        text("version_id", |(_, v)| Some(v.id.to_string())),
        number("number", |(_, v)| Some(v.number.into())),
        day("signed", |(_, v)| Some(v.day)),
        text("signed_by", |(_, v)| Some(v.by.to_string())),
        day("withdrawn", |(_, v)| v.withdrawn),
        flag("imported", |(_, v)| Some(v.imported)),
        text("lang", |(_, v)| Some(v.lang?.id().to_owned())),
        text("status", |(_, v)| Some(v.status?.id().to_owned())),
        text("sector", |(_, v)| Some(v.sector?.id().to_owned())),
        text("origin", |(_, v)| Some(v.origin?.id().to_owned())),
        day("in_use", |(_, v)| v.in_use),
        day("valid_until", |(_, v)| v.valid_until),
    ]
}

/// A version, the name of a list, and a code of it.
type Listed = (EntryId, &'static str, &'static str);

const fn of_codes() -> [Column<Listed>; 3] {
    [
        text("version_id", |(version, ..)| Some(version.to_string())),
        text("list", |(_, list, _)| Some((*list).to_owned())),
        text("code", |(.., code)| Some((*code).to_owned())),
    ]
}

const fn of_values() -> [Column<(EntryId, Value, bool)>; 3] {
    [
        text("version_id", |(version, ..)| Some(version.to_string())),
        text("value", |(_, value, _)| Some(value.id().to_owned())),
        flag("observed", |(.., observed)| Some(*observed)),
    ]
}

const fn of_factors() -> [Column<(EntryId, &'static str, Factor, i8)>; 4] {
    [
        text("version_id", |(version, ..)| Some(version.to_string())),
        text("side", |(_, side, ..)| Some((*side).to_owned())),
        text("factor", |(_, _, factor, _)| Some(factor.id().to_owned())),
        number("score", |(.., score)| Some((*score).into())),
    ]
}

const fn of_links() -> [Column<(EntryId, &'static str, EntryId)>; 3] {
    [
        text("version_id", |(version, ..)| Some(version.to_string())),
        text("link", |(_, link, _)| Some((*link).to_owned())),
        text("target_id", |(.., target)| Some(target.to_string())),
    ]
}

fn co_owners(cases: &[Case<'_>]) -> Vec<(EntryId, OrgNumber, Day)> {
    cases.iter().flat_map(|(id, case)| case.co_owners.iter().map(|(org, day)| (*id, *org, *day))).collect()
}

fn codes(versions: &[Version<'_>]) -> Vec<Listed> {
    let mut rows = Vec::new();
    for (_, v) in versions {
        rows.extend(v.types.iter().map(|code| (v.id, "type", code.id())));
        rows.extend(v.themes.iter().map(|code| (v.id, "theme", code.id())));
        rows.extend(v.initiated_by.iter().map(|code| (v.id, "initiated_by", code.id())));
        rows.extend(v.participants.iter().map(|code| (v.id, "participant", code.id())));
    }
    rows
}

fn values(versions: &[Version<'_>]) -> Vec<(EntryId, Value, bool)> {
    versions.iter().flat_map(|(_, v)| v.values.iter().map(|(value, observed)| (v.id, *value, *observed))).collect()
}

fn factors(versions: &[Version<'_>]) -> Vec<(EntryId, &'static str, Factor, i8)> {
    let mut rows = Vec::new();
    for (_, v) in versions {
        rows.extend(v.promoting.iter().map(|(factor, score)| (v.id, "promoting", *factor, *score)));
        rows.extend(v.hindering.iter().map(|(factor, score)| (v.id, "hindering", *factor, *score)));
    }
    rows
}

fn links(versions: &[Version<'_>]) -> Vec<(EntryId, &'static str, EntryId)> {
    let mut rows = Vec::new();
    for (_, v) in versions {
        rows.extend(v.builds_on.iter().map(|target| (v.id, "builds_on", *target)));
        rows.extend(v.programmes.iter().map(|target| (v.id, "programme", *target)));
    }
    rows
}
