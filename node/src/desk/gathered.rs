//! Cases and what they are gathered in: the plans whose goals they serve, programmes, collections
//! and awards, seen from both ends as it stands now.

use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use idenett_protocol::things::Thing;
use serde_json::{Map, Value, json};

use super::finding::{MIN_DIGITS, Opened, open};
use super::publish::on_field;
use super::{Desk, Problem};
use crate::reading::{Gathering, Member, Place, members_of, places_of};

/// Lists in which a kind names things: of the kind, the list, the field in it, what is named.
const NAMING: [(Kind, &str, &str, Kind); 3] = [
    (Kind::Programme, "cases", "case", Kind::Case),
    (Kind::Collection, "cases", "case", Kind::Case),
    (Kind::Case, "plan_goals", "plan", Kind::Plan),
];

impl Desk {
    /// Where a case appears: plans that it serves, programmes, collections, awards, in this order.
    pub(super) fn appears_in(&self, case: &Thing) -> Result<Value, Problem> {
        let mut rows = Vec::new();
        for Place { gathering, goals } in places_of(&self.library, &case.subject)? {
            let Some(record) = open(&self.library, &gathering.current)? else { continue };
            let mut row = self.place_row(&gathering, &record);
            if gathering.kind == Kind::Plan {
                row["goals"] = json!(goals);
            }
            rows.push(row);
        }
        Ok(Value::Array(rows))
    }

    /// The cases that belong to a plan, programme, collection or award, in its order; those that
    /// only name it themselves come last.
    pub(super) fn cases_in(&self, thing: &Thing) -> Result<Value, Problem> {
        let mut rows = Vec::new();
        for Member { id, comment, goals, .. } in members_of(&self.library, thing)? {
            let mut row = self.case_row(&id)?;
            if !comment.is_empty() {
                row["comment"] = comment.into();
            }
            if !goals.is_empty() {
                row["goals"] = json!(goals);
            }
            rows.push(row);
        }
        Ok(Value::Array(rows))
    }

    fn place_row(&self, gathering: &Gathering, record: &Opened) -> Value {
        let mut row = json!({
            "kind": gathering.kind.name(), "id": gathering.id, "title": record.title(), "owner": gathering.owner.org,
            "owner_name": self.name_of(gathering.owner.org), "text": record.text_state()["state"],
        });
        for name in ["year", "level", "placement"] {
            if let Some(value) = record.facts.get(name).filter(|_| gathering.kind == Kind::Award) {
                row[name] = value.clone();
            }
        }
        row
    }

    fn case_row(&self, id: &EntryId) -> Result<Value, Problem> {
        let thing = self.library.ledger(|l| l.thing(id));
        let record = thing.as_ref().map(|t| open(&self.library, &t.current)).transpose()?.flatten();
        let (Some(thing), Some(record)) = (thing, record) else { return Ok(json!({ "id": id, "text": "wanted" })) };
        Ok(json!({
            "id": thing.subject, "title": record.title(), "owner": thing.owner, "owner_name": self.name_of(thing.owner),
            "status": record.facts.get("status"), "text": record.text_state()["state"],
            "withdrawn": thing.withdrawn.is_some(),
        }))
    }

    /// Has an input name things where it names versions of them or the beginnings of ids. What is
    /// not here yet stays as it is written.
    ///
    /// # Errors
    /// If what is named is of another kind, or several records begin alike.
    pub(super) fn name_things(&self, kind: Kind, input: &mut Map<String, Value>) -> Result<(), Problem> {
        if let Some(value) = input.get_mut("case").filter(|_| kind == Kind::Award) {
            return self.name_thing(value, Kind::Case, "case");
        }
        let Some((_, list, inner, wanted)) = NAMING.into_iter().find(|row| row.0 == kind) else { return Ok(()) };
        let one_or_many: &mut [Value] = match input.get_mut(list) {
            Some(Value::Array(items)) => items.as_mut_slice(),
            Some(one) => std::slice::from_mut(one),
            None => &mut [],
        };
        for (at, item) in one_or_many.iter_mut().enumerate() {
            let named = if item.is_object() { item.get_mut(inner) } else { Some(item) };
            if let Some(value) = named {
                self.name_thing(value, wanted, &format!("{list}[{at}]"))?;
            }
        }
        Ok(())
    }

    fn name_thing(&self, value: &mut Value, wanted: Kind, field: &str) -> Result<(), Problem> {
        let Some(text) = value.as_str().map(str::trim) else { return Ok(()) };
        // What is no id the form refuses, with its own words.
        if text.len() < MIN_DIGITS || text.len() > 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Ok(());
        }
        if text.parse().is_ok_and(|id: EntryId| self.head_of(&id).is_none()) {
            return Ok(());
        }
        let id = self.entry_id(text, Some(wanted)).map_err(|problem| on_field(field, problem))?;
        *value = self.subject_of(&id).unwrap_or(id).to_string().into();
        Ok(())
    }
}
