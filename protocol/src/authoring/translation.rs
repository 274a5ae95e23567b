//! The form of a translation: the fields of the text that is translated, and no others.

use serde_json::{Map, Value};

use crate::body::TranslationFacts;
use crate::id::EntryId;

use super::form::{Form, Want};
use super::{FieldFault, MAX_PROSE_CHARS, MAX_SUMMARY_CHARS, MAX_TITLE_CHARS};

/// Gives the text as one value: its fields are those of the original.
pub(super) fn read(form: &mut Form<'_>) -> (TranslationFacts, Value) {
    let facts = TranslationFacts {
        version: form.entry("version", Want::Always).unwrap_or(EntryId::from_bytes([0; 32])),
        lang: form.code("lang", Want::Required),
        made_by: form.code("made_by", Want::Required),
    };
    let given = form.value("text", Want::Always);
    let Some(original) = &form.context.original else {
        form.refuse("version", FieldFault::NotAllowed, "There is no text of this version here to translate.");
        return (facts, Value::Null);
    };
    if facts.lang.known().is_some() && facts.lang == original.lang {
        form.refuse("lang", FieldFault::NotAllowed, "The version is written in this language.");
    }
    let text = given.map_or(Value::Null, |value| parallel(form, "text", value, &original.text));
    (facts, text)
}

/// A value of the translation, of the shape that the original has at this place.
fn parallel(form: &Form<'_>, path: &str, value: &Value, original: &Value) -> Value {
    match (value, original) {
        (Value::String(_), Value::String(_)) => Value::String(form.clean(path, value, limit(path))),
        (Value::Array(items), Value::Array(originals)) if items.len() == originals.len() => {
            let pairs = items.iter().zip(originals).enumerate();
            pairs.map(|(at, (item, original))| parallel(form, &format!("{path}[{at}]"), item, original)).collect()
        }
        (Value::Array(_), Value::Array(originals)) => {
            let problem = format!("The original has {} elements here; write as many.", originals.len());
            form.refuse(path, FieldFault::NotAllowed, problem);
            Value::Null
        }
        (Value::Object(members), Value::Object(originals)) => {
            let mut made = Map::new();
            for (name, member) in members {
                let path = format!("{path}.{name}");
                match originals.get(name) {
                    Some(original) => {
                        made.insert(name.clone(), parallel(form, &path, member, original));
                    }
                    None => form.refuse(&path, FieldFault::UnknownField, "The original has no such text."),
                }
            }
            Value::Object(made)
        }
        _ => {
            form.refuse(path, FieldFault::WrongType, "Write this as it is in the original: a text, a list or fields.");
            Value::Null
        }
    }
}

/// Characters of a text, as many as the original may have.
fn limit(path: &str) -> usize {
    match path {
        "text.title" | "text.prize" => MAX_TITLE_CHARS,
        "text.summary" => MAX_SUMMARY_CHARS,
        _ => MAX_PROSE_CHARS,
    }
}
