//! Taking cases over from another system: repeatable without doubles, line by line.

use std::collections::BTreeMap;

use idenett_protocol::authoring::Context;
use idenett_protocol::body::Facts;
use idenett_protocol::header::{SignedHeader, facts_hash};
use idenett_protocol::id::{EntryId, LogKey, Seq};
use idenett_protocol::kind::Kind;
use serde_json::{Value, json};

use super::fields::says_more;
use super::finding::{TextState, open};
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
    /// Each with the case; without one while it waits in the outbox.
    ids: BTreeMap<String, Option<EntryId>>,
    /// How far each of the member's logs was looked through.
    seen: BTreeMap<LogKey, Seq>,
    /// Whether the outbox was looked through.
    outbox: bool,
}

impl Desk {
    pub(super) fn import(&self, import: &Import) -> Result<Value, Problem> {
        check_size(import)?;
        let context = importing(self.context());
        let mut pen = self.pen();
        self.look_through(&mut pen)?;
        let mut writings: Vec<Writing> = Vec::new();
        let mut new: BTreeMap<String, (u64, &Value)> = BTreeMap::new();
        let mut order: Vec<String> = Vec::new();
        let mut errors: Vec<FieldProblem> = Vec::new();
        let mut known = 0_u64;
        for row in &import.rows {
            let (id, input) = identified(&row.input);
            if let Some((line, first)) = new.get(&id) {
                if *first == &row.input {
                    known += 1;
                } else {
                    errors
                        .push(differs(row.line, format!("Line {line} has the same `external_id` and says otherwise.")));
                }
                continue;
            }
            if let Some(case) = pen.taken.ids.get(&id) {
                match case.filter(|_| !id.starts_with(BY_CONTENT)) {
                    Some(case) => match self.differing(&case, &input, &context) {
                        Ok(None) => known += 1,
                        Ok(Some(words)) => errors.push(differs(row.line, words)),
                        Err(problem) => errors.extend(at_line(row.line, problem)?),
                    },
                    None => known += 1,
                }
                continue;
            }
            match self.composed(Kind::Case, &input, &context, import.no_personal_data) {
                Ok(writing) => {
                    new.insert(id.clone(), (row.line, &row.input));
                    order.push(id);
                    writings.push(writing);
                }
                Err(problem) => errors.extend(at_line(row.line, problem)?),
            }
        }
        let count = writings.len();
        let mut answer = json!({ "taken": count, "waiting": 0, "known": known, "errors": errors });
        if count > 0 {
            let mut cases = Vec::new();
            match self.write(&mut pen, writings)? {
                Written::Signed(heads) => cases.extend(heads.iter().map(SignedHeader::id)),
                Written::Waiting(reason) => {
                    answer["taken"] = 0.into();
                    answer["waiting"] = count.into();
                    answer["reason"] = reason.into();
                }
            }
            let cases = cases.into_iter().map(Some).chain(std::iter::repeat(None));
            pen.taken.ids.extend(order.into_iter().zip(cases));
        }
        Ok(answer)
    }

    /// What a row says otherwise than every version of the case that was taken over before; a row
    /// may say less.
    fn differing(&self, case: &EntryId, input: &Value, context: &Context) -> Result<Option<String>, Problem> {
        let Some(thing) = self.library.ledger(|l| l.thing(case)).filter(|t| t.withdrawn.is_none()) else {
            return Ok(None);
        };
        let writing = self.composed(Kind::Case, input, context, true)?;
        let mut least: Option<Vec<String>> = None;
        for (version, _) in &thing.versions {
            let Some(record) = open(&self.library, &version.id)?.filter(|r| r.state == TextState::Here) else {
                return Ok(None);
            };
            let fields = says_more(&writing, &record);
            if least.as_ref().is_none_or(|l| fields.len() < l.len()) {
                least = Some(fields);
            }
        }
        Ok(least.filter(|fields| !fields.is_empty()).map(|fields| {
            format!(
                "The case of this `external_id` is here and says otherwise ({}). Change it with `idenett case revise {}`.",
                fields.join(", "),
                case.short()
            )
        }))
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
                    pen.taken.note(&writing.facts, None);
                }
            }
            pen.taken.outbox = true;
        }
        Ok(())
    }
}

fn check_size(import: &Import) -> Result<(), Problem> {
    if import.rows.len() <= MAX_ROWS {
        return Ok(());
    }
    Err(Problem::yours(format!("at most {MAX_ROWS} cases are taken at once"), "send them in several requests"))
}

fn look_through_log(
    library: &Library,
    key: LogKey,
    (from, to): (Seq, Seq),
    taken: &mut Taken,
) -> Result<(), LibraryFault> {
    let mut at = from;
    while at <= to {
        if let Some(id) = library.ledger(|l| l.logs().get(&key).and_then(|log| log.at(at)))
            && let Some(stored) = library.entry(&id)?
            && stored.header().kind == Kind::Case
        {
            taken.note(&stored.facts, Some(id));
        }
        at = at.next();
    }
    taken.seen.insert(key, to);
    Ok(())
}

impl Taken {
    fn note(&mut self, facts: &[u8], entry: Option<EntryId>) {
        if let Ok(Facts::Case(case)) = Facts::read(Kind::Case, facts)
            && let Some(id) = case.external_id
        {
            let subject = case.revision.subject().or(entry);
            self.ids.entry(id).and_modify(|known| *known = known.or(subject)).or_insert(subject);
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

/// A line that says otherwise than what it names.
fn differs(line: u64, problem: String) -> FieldProblem {
    FieldProblem { line: Some(line), field: String::new(), fault: "differs".to_owned(), problem }
}

/// What is wrong with a line; a fault of this node ends the import instead.
fn at_line(line: u64, problem: Problem) -> Result<Vec<FieldProblem>, Problem> {
    if problem.exit_code() != 2 {
        return Err(problem);
    }
    if problem.fields.is_empty() {
        return Ok(vec![FieldProblem {
            line: Some(line),
            field: String::new(),
            fault: "malformed".to_owned(),
            problem: problem.what,
        }]);
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
