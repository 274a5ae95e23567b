//! Judgements of things: who may give one, and which of those given say anything.

use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use idenett_protocol::registry::Role;
use serde_json::{Map, Value, json};

use super::publish::on_field;
use super::{Desk, Problem};

impl Desk {
    /// A judgement is given in the name of a programme that this organisation leads.
    pub(super) fn prepare_assessment(&self, input: &mut Map<String, Value>) -> Result<(), Problem> {
        if let Some(other) = input.get("duplicate_of").and_then(Value::as_str) {
            let id = self.entry_id(other, None).map_err(|p| on_field("duplicate_of", p))?;
            let id = self.subject_of(&id).unwrap_or(id);
            input.insert("duplicate_of".to_owned(), id.to_string().into());
        }
        let Some(programme) = input.get("programme").and_then(Value::as_str) else { return Ok(()) };
        let thing = self.thing(programme, Some(Kind::Programme)).map_err(|p| on_field("programme", p))?;
        let org = self.org();
        if !self.library.ledger(|l| l.things().may_assess(org, &thing.subject, l.logs(), l.registry())) {
            let said = Problem::yours("your organisation does not lead this programme", "ask the one that leads it");
            return Err(on_field("programme", said));
        }
        input.insert("programme".to_owned(), thing.subject.to_string().into());
        Ok(())
    }

    /// Judgements by the registrar or in the name of a programme that the signer leads.
    pub(super) fn assessments_of(&self, subject: &EntryId) -> Result<Value, Problem> {
        let Value::Array(mut rows) = self.said_about(subject, Kind::Assessment)? else { return Ok(Value::Null) };
        let id = |row: &Value, name: &str| row[name].as_str().and_then(|id| id.parse::<EntryId>().ok());
        rows.retain(|row| {
            let Some(entry) = id(row, "id") else { return false };
            self.library.ledger(|l| {
                let signer = l.logs().place(&entry).and_then(|p| l.logs().key(p.log));
                match signer.and_then(|key| l.registry().standing(&key)).map(|s| s.role) {
                    Some(Role::Registrar) => true,
                    Some(Role::Member(org)) => id(row, "programme")
                        .is_some_and(|programme| l.things().may_assess(org, &programme, l.logs(), l.registry())),
                    Some(Role::DataProtection) | None => false,
                }
            })
        });
        for row in &mut rows {
            if let Some(programme) = id(row, "programme") {
                row["programme_title"] = json!(self.title_of(&programme)?);
            }
        }
        Ok(Value::Array(rows))
    }
}
