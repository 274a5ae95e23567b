//! Reading what people give a command: a file or standard input, JSON or TOML.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use clap::Args;
use idenett::desk::Problem;
use serde_json::{Map, Value};

/// Bytes of one record as people write it.
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// The words that end a question about personal data before it is asked.
#[derive(Args, Clone, Copy)]
pub(crate) struct Personal {
    /// Someone has looked at what seems personal data, and it is none.
    #[arg(long)]
    pub(crate) no_personal_data: bool,
}

/// Reads one record; `-` is standard input.
pub(crate) fn read(path: &Path) -> Result<Value, Problem> {
    let shown = if path.as_os_str() == "-" { "standard input".to_owned() } else { path.display().to_string() };
    let text = text(path, &shown)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let extension = path.extension().and_then(|e| e.to_str()).map(str::to_lowercase);
    let is_json = match extension.as_deref() {
        Some("json") => true,
        Some("toml") => false,
        _ => text.trim_start().starts_with(['{', '[']),
    };
    if text.trim().is_empty() {
        return Err(Problem::yours(
            format!("{shown} is empty"),
            "name the file with what the command takes, as TOML or JSON",
        ));
    }
    if is_json { json(text, &shown) } else { toml(text, &shown) }
}

/// Reads the request of a node that wants to be admitted.
pub(crate) fn request(path: &Path) -> Result<Value, Problem> {
    read(path).map_err(|problem| Problem {
        advice: "name the file with what `idenett member request` printed on the member's own node".to_owned(),
        ..problem
    })
}

fn text(path: &Path, shown: &str) -> Result<String, Problem> {
    let io = |e: std::io::Error| Problem::file(path, "reading", &e);
    let mut bytes = Vec::new();
    if path.as_os_str() == "-" {
        std::io::stdin().take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
    } else {
        File::open(path).map_err(io)?.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(io)?;
    }
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Problem::yours(format!("{shown} is larger than {MAX_BYTES} bytes"), "name the file of one record"));
    }
    String::from_utf8(bytes)
        .map_err(|_| Problem::yours(format!("{shown} is no text in UTF-8"), "save it as UTF-8, as JSON or TOML"))
}

fn json(text: &str, shown: &str) -> Result<Value, Problem> {
    serde_json::from_str(text).map_err(|e| {
        let what = format!("{shown} is no JSON: line {}, column {}", e.line(), e.column());
        Problem::yours(what, "correct the file; a missing comma or quote is the usual reason")
    })
}

fn toml(text: &str, shown: &str) -> Result<Value, Problem> {
    let table: toml::Table = toml::from_str(text).map_err(|e: toml::de::Error| {
        let line = e.span().map_or(1, |span| text.get(..span.start).map_or(1, |t| t.matches('\n').count() + 1));
        let words = e.message().lines().next().unwrap_or_default();
        Problem::yours(
            format!("{shown} is no TOML: line {line}: {words}"),
            "correct the line; texts stand in quotes, lists in [ ]",
        )
    })?;
    serde_json::to_value(table)
        .map_err(|e| Problem::yours(format!("{shown} cannot be used: {e}"), "write plain texts, numbers and lists"))
}

/// The record of a file, if one is named, with what flags say put over it.
pub(crate) fn with_flags(file: Option<&Path>, flags: Vec<(&str, Option<String>)>) -> Result<Value, Problem> {
    let mut fields = match file {
        None => Map::new(),
        Some(path) => {
            let Value::Object(fields) = read(path)? else {
                return Err(Problem::yours("the input is no object with named fields", "write it as in the examples"));
            };
            fields
        }
    };
    for (name, value) in flags {
        if let Some(value) = value {
            fields.insert(name.to_owned(), value.into());
        }
    }
    Ok(Value::Object(fields))
}
