//! Between the two documents of a record and the one input from which it was made: a revision
//! begins with what the version before said.

use idenett_protocol::kind::Kind;
use serde_json::{Map, Value, json};

use super::Desk;
use super::finding::{MIN_DIGITS, Opened};
use crate::library::Writing;

/// Fields that say which version a record is, not what it is about.
const OF_VERSIONS: [&str; 4] = ["salt", "subject", "replaces", "number"];
/// Fields that hold one id.
const IDS: [&str; 13] = [
    "case",
    "contact",
    "duplicate_of",
    "fallback",
    "met_by",
    "own_case",
    "plan",
    "replacement",
    "reply_to",
    "subject",
    "target",
    "version",
    "programme",
];
/// Fields that hold several ids.
const ID_LISTS: [&str; 2] = ["builds_on", "programmes"];
/// In a field that may hold words too, only as much of an id is taken for one.
const MIN_DIGITS_AMONG_WORDS: usize = 8;

/// The input that would make this record again.
pub(super) fn input_of(record: &Opened) -> Map<String, Value> {
    let has_versions = record.kind().has_versions();
    let mut input = Map::new();
    for (name, value) in members(&record.facts) {
        let hidden = name == "salt" || (has_versions && OF_VERSIONS.contains(&name.as_str()));
        if !hidden && *value != Value::String("not_stated".to_owned()) {
            input.insert(name.clone(), value.clone());
        }
    }
    for (name, value) in members(&record.text).filter(|(name, _)| *name != "salt") {
        match (record.kind(), name.as_str()) {
            (Kind::Case, "beneficiaries") => {
                input.insert("beneficiaries_text".to_owned(), value.clone());
            }
            (Kind::Case, "values") => join_texts(&mut input, "values", value),
            (Kind::Plan, "goals") => pair_up(&mut input, ["goals", "id", "title"], value),
            (Kind::Collection, "comments") => pair_up(&mut input, ["cases", "case", "comment"], value),
            (Kind::Case, "software") => {
                let open = input.get("software").cloned().unwrap_or_default();
                input.insert("software".to_owned(), software(value, &open));
            }
            (Kind::Case, "case_reference") => {
                let mut all = value.as_object().cloned().unwrap_or_default();
                all.extend(input.get("case_reference").and_then(Value::as_object).cloned().unwrap_or_default());
                input.insert("case_reference".to_owned(), Value::Object(all));
            }
            (Kind::Case, "builds_on") => {
                let mut all = input.get("builds_on").and_then(Value::as_array).cloned().unwrap_or_default();
                all.extend(value.as_array().cloned().unwrap_or_default());
                input.insert("builds_on".to_owned(), Value::Array(all));
            }
            _ => {
                input.insert(name.clone(), value.clone());
            }
        }
    }
    if record.text.get("software").is_none() {
        // Whether a software is open says nothing without its name.
        input.remove("software");
    }
    input
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// Puts what people wrote about each value beside its code.
fn join_texts(input: &mut Map<String, Value>, name: &str, texts: &Value) {
    let Some(Value::Array(items)) = input.get_mut(name) else { return };
    for (item, text) in items.iter_mut().zip(texts.as_array().into_iter().flatten()) {
        if let (Some(item), Some(words)) = (item.as_object_mut(), text.as_str().filter(|t| !t.is_empty())) {
            item.insert("text".to_owned(), words.into());
        }
    }
}

/// Puts what people wrote about each of a list of ids beside it.
fn pair_up(input: &mut Map<String, Value>, [list, id, words]: [&str; 3], texts: &Value) {
    let Some(Value::Array(items)) = input.get_mut(list) else { return };
    for (item, text) in items.iter_mut().zip(texts.as_array().into_iter().flatten()) {
        *item = match text.as_str() {
            Some("") | None => json!({ id: item }),
            Some(text) => json!({ id: item, words: text }),
        };
    }
}

fn software(texts: &Value, open: &Value) -> Value {
    let texts = texts.as_array().into_iter().flatten();
    let all = texts.enumerate().map(|(at, text)| {
        let mut one = text.as_object().cloned().unwrap_or_default();
        match open.get(at).and_then(Value::as_str) {
            Some("open") => one.insert("open".to_owned(), true.into()),
            Some("closed") => one.insert("open".to_owned(), false.into()),
            _ => None,
        };
        Value::Object(one)
    });
    Value::Array(all.collect())
}

/// What a record says, without its salts, the number of its version, and what is said by the day.
fn content(document: &Value, left_out: &[&str]) -> Map<String, Value> {
    members(document)
        .filter(|(name, _)| !left_out.contains(&name.as_str()))
        .map(|(n, v)| (n.clone(), v.clone()))
        .collect()
}

/// Whether a record that is about to be written says what one that stands says already. `validity`
/// tells whether until when it holds makes a difference.
pub(super) fn says_the_same(writing: &Writing, record: &Opened, validity: bool) -> bool {
    let read = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap_or_default();
    let mut left_out = OF_VERSIONS.to_vec();
    if !validity {
        left_out.push("valid_until");
    }
    content(&read(&writing.facts), &left_out) == content(&record.facts, &left_out)
        && content(&read(&writing.text), &left_out) == content(&record.text, &left_out)
}

/// The fields in which a record that might be written says something that one that stands does not.
pub(super) fn says_more(writing: &Writing, record: &Opened) -> Vec<String> {
    let read = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap_or_default();
    let mut left_out = OF_VERSIONS.to_vec();
    // Defaults that follow the day and the member.
    left_out.extend(["valid_until", "contact"]);
    let mut names: Vec<String> = Vec::new();
    for (new, old) in [(read(&writing.facts), &record.facts), (read(&writing.text), &record.text)] {
        let stated = content(&new, &left_out).into_iter().filter(|(_, value)| *value != "not_stated");
        names.extend(stated.filter(|(name, value)| old.get(name) != Some(value)).map(|(name, _)| name));
    }
    names
}

/// Puts changes over fields; `null` removes one.
pub(super) fn change(fields: &mut Map<String, Value>, changes: &Map<String, Value>) {
    for (name, value) in changes {
        if value.is_null() {
            fields.remove(name);
        } else {
            fields.insert(name.clone(), value.clone());
        }
    }
}

impl Desk {
    /// Writes out the ids of an input of which only the beginning is given. What fits nothing is
    /// left for the form to refuse.
    pub(super) fn write_ids_out(&self, input: &mut Map<String, Value>) {
        for name in IDS {
            if let Some(value) = input.get_mut(name) {
                self.write_out(value, MIN_DIGITS);
            }
        }
        for name in ID_LISTS {
            match input.get_mut(name) {
                Some(Value::Array(items)) => items.iter_mut().for_each(|i| self.write_out(i, MIN_DIGITS_AMONG_WORDS)),
                Some(one) => self.write_out(one, MIN_DIGITS_AMONG_WORDS),
                None => {}
            }
        }
    }

    fn write_out(&self, value: &mut Value, least: usize) {
        let Some(text) = value.as_str() else { return };
        let short = (least..64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_hexdigit());
        if short && let Ok(id) = self.entry_id(text, None) {
            *value = id.to_string().into();
        }
    }
}
