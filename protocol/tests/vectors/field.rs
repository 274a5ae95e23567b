//! The values of a vector file. Ordered by key, so that the same vectors give the same bytes.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use serde::Serialize;

/// One value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(crate) enum Field {
    Null,
    Flag(bool),
    Number(u64),
    Text(String),
    List(Vec<Field>),
    Map(Fields),
}

/// Values by name.
pub(crate) type Fields = BTreeMap<&'static str, Field>;

/// A value for people and machines: bytes in hexadecimal, names as they are written.
pub(crate) fn text(value: impl std::fmt::Display) -> Field {
    Field::Text(value.to_string())
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> Field {
    Field::Text(HEXLOWER.encode(bytes))
}

/// A value that may be absent.
pub(crate) fn maybe<T: std::fmt::Display>(value: Option<T>) -> Field {
    value.map_or(Field::Null, text)
}

/// A list of values.
pub(crate) fn list<T>(values: impl IntoIterator<Item = T>, one: impl Fn(T) -> Field) -> Field {
    Field::List(values.into_iter().map(one).collect())
}

/// The name of an error: its variants from the outermost to the innermost, in kebab case,
/// without what they carry. `Header(Version(2))` is `header-version`.
pub(crate) fn reason(fault: &impl std::fmt::Debug) -> String {
    let written = format!("{fault:?}");
    let mut rest = written.as_str();
    let mut names = Vec::new();
    loop {
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        names.push(kebab(name));
        match after.strip_prefix('(') {
            Some(inner) if inner.starts_with(|c: char| c.is_ascii_uppercase()) => rest = inner,
            _ => return names.join("-"),
        }
    }
}

/// `HeadersWanted` as `headers-wanted`.
pub(crate) fn kebab(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}
