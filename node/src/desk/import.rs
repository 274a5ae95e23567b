//! Taking cases over from another system: repeatable without doubles, line by line.

use std::collections::{BTreeMap, BTreeSet};

use idenett_protocol::body::Facts;
use idenett_protocol::header::facts_hash;
use idenett_protocol::id::{LogKey, Seq};
use idenett_protocol::kind::Kind;
use serde_json::{Value, json};

use super::pen::{Pen, Written};
use super::publish::importing;
use super::{Desk, Import, Problem};
use crate::library::{Library, LibraryFault, Writing};
use crate::problem::FieldProblem;

/// Rows of one request.
const MAX_ROWS: usize = 1000;
/// What stands before the hash of a case that brought no id of its own.
const BY_CONTENT: &str = "content:";

/// Which cases of other systems are here already, by their ids there.
#[derive(Default)]
pub(super) struct Taken {
    ids: BTreeSet<String>,
    /// How far each of the member's logs was looked through.
    seen: BTreeMap<LogKey, Seq>,
    /// Whether the outbox was looked through.
    outbox: bool,
}

impl Desk {
    pub(super) fn import(&self, import: &Import) -> Result<Value, Problem> {
        if import.rows.len() > MAX_ROWS {
            return Err(Problem::yours(format!("at most {MAX_ROWS} cases are taken at once"), "send them in several requests"));
        }
        let context = importing(self.context());
        let mut pen = self.pen();
        self.look_through(&mut pen)?;
        let mut writings: Vec<Writing> = Vec::new();
        let mut new_ids: BTreeSet<String> = BTreeSet::new();
        let mut errors: Vec<FieldProblem> = Vec::new();
        let mut known = 0_u64;
        for row in &import.rows {
            let (id, input) = identified(&row.input);
            if pen.taken.ids.contains(&id) || new_ids.contains(&id) {
                known += 1;
                continue;
            }
            match self.composed(Kind::Case, &input, &context, import.no_personal_data) {
                Ok(writing) => {
                    new_ids.insert(id);
                    writings.push(writing);
                }
                Err(problem) => errors.extend(at_line(row.line, problem)?),
            }
        }
        let count = writings.len();
        let mut answer = json!({ "taken": count, "waiting": 0, "known": known, "errors": errors });
        if count > 0 {
            if let Written::Waiting(reason) = self.write(&mut pen, writings)? {
                answer["taken"] = 0.into();
                answer["waiting"] = count.into();
                answer["reason"] = reason.into();
            }
            pen.taken.ids.append(&mut new_ids);
        }
        Ok(answer)
    }

    /// Brings the list of what is here already up to date.
    fn look_through(&self, pen: &mut Pen) -> Result<(), Problem> {
        let org = self.org();
        let logs = self.library.ledger(|l| {
            let keys = l.registry().members().get(&org).map(|m| m.keys.clone()).unwrap_or_default();
            let held = |key: &LogKey| l.logs().get(key).map_or(Seq::ZERO, |log| log.held());
            keys.into_iter().map(|key| (key, held(&key))).collect::<Vec<_>>()
        });
        let shrunk = |(key, held): &(LogKey, Seq)| pen.taken.seen.get(key).is_some_and(|seen| seen > held);
        if logs.iter().any(shrunk) {
            // A branch lost its place: begin again.
            pen.taken = Taken::default();
        }
        for (key, held) in logs {
            let from = pen.taken.seen.get(&key).copied().unwrap_or(Seq::ZERO).next();
            look_through_log(&self.library, key, (from, held), &mut pen.taken)?;
        }
        if !pen.taken.outbox {
            let tickets: Vec<u64> = pen.local.waiting().filter(|(_, w)| w.kind == Kind::Case).map(|(t, _)| t).collect();
            for ticket in tickets {
                if let Some(writing) = pen.local.writing(ticket)? {
                    pen.taken.note(&writing.facts);
                }
            }
            pen.taken.outbox = true;
        }
        Ok(())
    }
}

fn look_through_log(library: &Library, key: LogKey, (from, to): (Seq, Seq), taken: &mut Taken) -> Result<(), LibraryFault> {
    let mut at = from;
    while at <= to {
        if let Some(id) = library.ledger(|l| l.logs().get(&key).and_then(|log| log.at(at)))
            && let Some(stored) = library.entry(&id)?
            && stored.header().kind == Kind::Case
        {
            taken.note(&stored.facts);
        }
        at = at.next();
    }
    taken.seen.insert(key, to);
    Ok(())
}

impl Taken {
    fn note(&mut self, facts: &[u8]) {
        if let Ok(Facts::Case(case)) = Facts::read(Kind::Case, facts)
            && let Some(id) = case.external_id
        {
            self.ids.insert(id);
        }
    }
}

/// The id of a case in its system, or the hash of all it says, and the input with that id.
fn identified(input: &Value) -> (String, Value) {
    let given = input.get("external_id").and_then(Value::as_str).map(str::trim).filter(|id| !id.is_empty());
    if let Some(id) = given {
        return (id.to_owned(), input.clone());
    }
    // Members of an object are kept in the order of their names, so this is one way to write it.
    let id = format!("{BY_CONTENT}{}", facts_hash(input.to_string().as_bytes()));
    let mut input = input.clone();
    if let Some(fields) = input.as_object_mut() {
        fields.insert("external_id".to_owned(), id.clone().into());
    }
    (id, input)
}

/// What is wrong with a line; a fault of this node ends the import instead.
fn at_line(line: u64, problem: Problem) -> Result<Vec<FieldProblem>, Problem> {
    if problem.exit_code() != 2 {
        return Err(problem);
    }
    if problem.fields.is_empty() {
        return Ok(vec![FieldProblem { line: Some(line), field: String::new(), fault: "malformed".to_owned(), problem: problem.what }]);
    }
    Ok(problem.fields.into_iter().map(|field| FieldProblem { line: Some(line), ..field }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_without_an_id_is_known_by_what_it_says() {
        let (a, input) = identified(&json!({ "title": "A", "summary": "x" }));
        let (b, _) = identified(&json!({ "summary": "x", "title": "A" }));
        let (c, _) = identified(&json!({ "summary": "y", "title": "A" }));
        assert_eq!(a, b);
        assert_ne!(a, c);
        assert_eq!(input["external_id"], a);
        assert_eq!(identified(&json!({ "title": "A", "external_id": " 7 " })).0, "7");
    }
}
