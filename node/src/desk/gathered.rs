//! Cases and what they are gathered in: the plans whose goals they serve, programmes, collections
//! and awards, seen from both ends as it stands now.

use std::collections::BTreeSet;

use idenett_protocol::body::{CaseFacts, Facts};
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use idenett_protocol::things::{Thing, mentioned};
use serde_json::{Map, Value, json};

use super::finding::{MIN_DIGITS, Opened, facts_of, open};
use super::publish::on_field;
use super::{Desk, Problem};

/// Kinds that name the cases that they gather; of a plan it is the case that names it.
const GATHER: [Kind; 3] = [Kind::Programme, Kind::Collection, Kind::Award];
/// Lists in which a kind names things: of the kind, the list, the field in it, what is named.
const NAMING: [(Kind, &str, &str, Kind); 3] = [
    (Kind::Programme, "cases", "case", Kind::Case),
    (Kind::Collection, "cases", "case", Kind::Case),
    (Kind::Case, "plan_goals", "plan", Kind::Plan),
];

impl Desk {
    /// Where a case appears: plans that it serves, programmes, collections, awards, in this order.
    pub(super) fn appears_in(&self, case: &Thing) -> Result<Value, Problem> {
        let own = match facts_of(&self.library, &case.current)? {
            Some((_, Facts::Case(own))) => *own,
            _ => CaseFacts::default(),
        };
        let plans = own.plan_goals.iter().map(|goal| (Kind::Plan, goal.plan));
        let programmes = own.programmes.iter().map(|id| (Kind::Programme, *id));
        let mut places: BTreeSet<(Kind, EntryId)> = plans.chain(programmes).collect();
        for kind in GATHER {
            places.extend(self.naming(&case.subject, kind)?.into_iter().map(|id| (kind, id)));
        }
        let mut rows = Vec::new();
        for (kind, id) in places {
            if let Some((thing, record)) = self.shown_thing(&id, kind)? {
                let mut row = self.place_row(&thing, &record);
                if kind == Kind::Plan {
                    row["goals"] = goals_of(&own, &id, &record);
                }
                rows.push(row);
            }
        }
        Ok(Value::Array(rows))
    }

    /// The cases that belong to a plan, programme, collection or award, in its order; those that
    /// only name it themselves come last.
    pub(super) fn cases_in(&self, thing: &Thing, record: &Opened) -> Result<Value, Problem> {
        let Some((_, facts)) = facts_of(&self.library, &thing.current)? else { return Ok(json!([])) };
        let named = mentioned(&facts);
        let mut rows = Vec::new();
        for (at, id) in named.iter().enumerate() {
            let mut row = self.case_row(id)?;
            if let Some(comment) =
                record.text.get("comments").and_then(|c| c.get(at)?.as_str()).filter(|c| !c.is_empty())
            {
                row["comment"] = comment.into();
            }
            rows.push(row);
        }
        for id in self.naming(&thing.subject, Kind::Case)? {
            let Some((case, _)) = self.shown_thing(&id, Kind::Case)?.filter(|_| !named.contains(&id)) else { continue };
            let Some((_, Facts::Case(own))) = facts_of(&self.library, &case.current)? else { continue };
            let goals: Vec<&String> =
                own.plan_goals.iter().filter(|g| g.plan == thing.subject).filter_map(|g| g.goal.as_ref()).collect();
            let mut row = self.case_row(&id)?;
            if !goals.is_empty() {
                row["goals"] = json!(goals);
            }
            rows.push(row);
        }
        Ok(Value::Array(rows))
    }

    /// The things of a kind of which the version that is shown mentions an entry. An older one may
    /// have mentioned it and a newer one no more.
    fn naming(&self, entry: &EntryId, kind: Kind) -> Result<BTreeSet<EntryId>, Problem> {
        let versions: Vec<EntryId> =
            self.library.ledger(|l| l.things().counted_mentions(entry, kind, l.logs(), l.registry()).collect());
        let subjects: BTreeSet<EntryId> = versions.iter().filter_map(|id| self.subject_of(id)).collect();
        let mut found = BTreeSet::new();
        for subject in subjects {
            let Some(current) = self.library.ledger(|l| l.thing(&subject).map(|t| t.current)) else { continue };
            if facts_of(&self.library, &current)?.is_some_and(|(_, facts)| mentioned(&facts).contains(entry)) {
                found.insert(subject);
            }
        }
        Ok(found)
    }

    /// A thing that was not withdrawn, with the version that is shown.
    fn shown_thing(&self, id: &EntryId, kind: Kind) -> Result<Option<(Thing, Opened)>, Problem> {
        let thing = self.library.ledger(|l| l.thing(id)).filter(|t| t.kind == kind && t.withdrawn.is_none());
        let Some(thing) = thing else { return Ok(None) };
        Ok(open(&self.library, &thing.current)?.map(|record| (thing, record)))
    }

    fn place_row(&self, thing: &Thing, record: &Opened) -> Value {
        let mut row = json!({
            "kind": thing.kind.name(), "id": thing.subject, "title": record.title(),
            "owner": thing.owner, "owner_name": self.name_of(thing.owner), "text": record.text_state()["state"],
        });
        for name in ["year", "level", "placement"] {
            if let Some(value) = record.facts.get(name).filter(|_| thing.kind == Kind::Award) {
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

/// The goals of a plan that a case says to serve, with what they say.
fn goals_of(case: &CaseFacts, plan: &EntryId, record: &Opened) -> Value {
    let ids: Vec<&str> =
        record.facts.get("goals").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let served = case.plan_goals.iter().filter(|goal| goal.plan == *plan).filter_map(|goal| goal.goal.as_deref());
    let rows = served.map(|goal| {
        let at = ids.iter().position(|id| *id == goal);
        let title = at.and_then(|at| record.text.get("goals")?.get(at)?.as_str());
        json!({ "id": goal, "title": title })
    });
    rows.collect()
}
