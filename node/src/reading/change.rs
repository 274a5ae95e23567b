//! What one version says otherwise than another, field by field.

use std::collections::BTreeMap;

use idenett_protocol::id::EntryId;
use serde::Serialize;
use serde_json::Value;

use crate::library::{Library, LibraryFault, StoredText};

/// Fields that belong to the version and not to what it says.
const OF_THE_VERSION: [&str; 4] = ["salt", "subject", "replaces", "number"];

/// A field that was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// The field, by its name on the wire; in facts and text it may be the same.
    pub field: String,
    /// Whether it is something that people wrote.
    pub text: bool,
    /// What it said; nothing if it is new.
    pub before: Option<String>,
    /// What it says; nothing if it was taken away.
    pub after: Option<String>,
}

/// What the second entry says otherwise than the first. Nothing where one of the documents is not here.
///
/// # Errors
/// If the disk fails.
pub fn changes(library: &Library, before: &EntryId, after: &EntryId) -> Result<Vec<Changed>, LibraryFault> {
    let (Some(before), Some(after)) = (library.entry(before)?, library.entry(after)?) else { return Ok(Vec::new()) };
    let mut found = differing(&fields(&before.facts), &fields(&after.facts), false);
    if let (StoredText::Here(before), StoredText::Here(after)) = (&before.text, &after.text) {
        found.extend(differing(&fields(before), &fields(after), true));
    }
    Ok(found)
}

fn fields(document: &[u8]) -> BTreeMap<String, Value> {
    let mut all: BTreeMap<String, Value> = serde_json::from_slice(document).unwrap_or_default();
    all.retain(|name, _| !OF_THE_VERSION.contains(&name.as_str()));
    all
}

fn differing(before: &BTreeMap<String, Value>, after: &BTreeMap<String, Value>, text: bool) -> Vec<Changed> {
    let mut names: Vec<&String> = before.keys().chain(after.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let changed = |name: &&String| before.get(*name) != after.get(*name);
    let said = |value: Option<&Value>| value.map(plain);
    let names = names.into_iter().filter(changed);
    names.map(|n| Changed { field: n.clone(), text, before: said(before.get(n)), after: said(after.get(n)) }).collect()
}

/// A value in words.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Bool(b) => b.to_string(),
        Value::Number(n) => n.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(fields) => {
            fields.iter().map(|(name, v)| format!("{name}: {}", plain(v))).collect::<Vec<_>>().join(" · ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_told() {
        let before = fields(br#"{"salt":"1","number":1,"status":"pilot","types":["service"],"gone":"x"}"#);
        let after = fields(br#"{"salt":"2","number":2,"status":"in_use","types":["service"],"effort":{"weeks":3}}"#);
        let told: Vec<_> =
            differing(&before, &after, false).into_iter().map(|c| (c.field, c.before, c.after)).collect();
        let some = |s: &str| Some(s.to_owned());
        let expected = [
            ("effort".to_owned(), None, some("weeks: 3")),
            ("gone".to_owned(), some("x"), None),
            ("status".to_owned(), some("pilot"), some("in_use")),
        ];
        assert_eq!(told, expected);
        assert!(fields(b"not JSON").is_empty());
    }
}
