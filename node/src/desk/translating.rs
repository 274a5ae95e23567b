//! Texts of versions in other languages.

use idenett_protocol::authoring::Original;
use idenett_protocol::codes::{Code, CodeList as _, Lang};
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use idenett_protocol::things::Thing;
use serde_json::{Map, Value, json};

use super::finding::{Opened, TextState, open};
use super::publish::on_field;
use super::{Desk, Problem};

impl Desk {
    /// Finds the text that is translated. Who names a thing means the version that is shown.
    pub(super) fn prepare_translation(
        &self,
        input: &mut Map<String, Value>,
        context: &mut idenett_protocol::authoring::Context,
    ) -> Result<(), Problem> {
        let Some(named) = input.get("version").and_then(Value::as_str) else { return Ok(()) };
        let id = self.entry_id(named, None).map_err(|p| on_field("version", p))?;
        let version = self.library.ledger(|l| l.thing(&id)).map_or(id, |thing| thing.current);
        input.insert("version".to_owned(), version.to_string().into());
        let record = open(&self.library, &version)?;
        context.original = record.filter(|r| r.state == TextState::Here && r.kind().has_versions()).map(original);
        Ok(())
    }

    /// Translations of all versions of a thing whose own text is still shown.
    pub(super) fn translations_of(&self, thing: &Thing) -> Result<Value, Problem> {
        let mut rows = Vec::new();
        for (version, _) in &thing.versions {
            let redacted = open(&self.library, &version.id)?.is_none_or(|r| matches!(r.state, TextState::Redacted(_)));
            if redacted {
                continue;
            }
            let Value::Array(said) = self.said_about(&version.id, Kind::Translation)? else { continue };
            for row in said {
                rows.push(self.translation(&row, version.id == thing.current)?);
            }
        }
        Ok(Value::Array(rows))
    }

    /// A translation with its text beside its facts, for their fields may have one name.
    fn translation(&self, row: &Value, current: bool) -> Result<Value, Problem> {
        let id: Option<EntryId> = row["id"].as_str().and_then(|id| id.parse().ok());
        let record = id.map(|id| open(&self.library, &id)).transpose()?.flatten();
        let fact = |name: &str| record.as_ref().and_then(|r| r.facts.get(name)).cloned();
        Ok(json!({
            "id": row["id"], "version": fact("version"), "of_current": current, "lang": fact("lang"),
            "made_by": fact("made_by"), "org": row["org"], "name": row["name"], "time": row["time"],
            "text_state": row["text_state"], "text": record.as_ref().map(|r| original_text(&r.text)),
        }))
    }
}

fn original(record: Opened) -> Original {
    let lang = record.facts.get("lang").and_then(Value::as_str).and_then(Lang::named);
    Original { lang: lang.map_or_else(Code::default, Code::Known), text: original_text(&record.text) }
}

/// The fields of a text without its salt.
fn original_text(text: &Value) -> Value {
    let mut fields = text.as_object().cloned().unwrap_or_default();
    fields.remove("salt");
    Value::Object(fields)
}
