//! The configuration file as it is written: which keys it has, on which lines. Does not know
//! what the values mean.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

use idenett_protocol::authoring::suggest::nearest;
use toml::de::{DeTable, DeValue};

use super::{Errors, KEYS, Key, Raw, Source};
use crate::home::{FORMAT, Home};
use crate::problem::Problem;

/// Bytes of a configuration file.
const MAX_FILE_BYTES: u64 = 64 * 1024;

/// The text of the file of a data directory.
pub(super) fn read_file(home: &Home) -> Result<String, Problem> {
    let path = home.config();
    let size = match std::fs::metadata(&path) {
        Ok(meta) => meta.len(),
        Err(e) if e.kind() == ErrorKind::NotFound => return Err(no_node(home)),
        Err(e) => return Err(Problem::file(&path, "reading", &e)),
    };
    if size > MAX_FILE_BYTES {
        return Err(Problem::yours(
            format!("{} is no configuration file: it has {size} bytes", path.display()),
            "restore it",
        ));
    }
    std::fs::read_to_string(&path).map_err(|e| Problem::file(&path, "reading", &e))
}

fn no_node(home: &Home) -> Problem {
    let directory = home.directory().display();
    let what = if home.directory().exists() {
        format!("{directory} holds no Idenett node: it has no config.toml")
    } else {
        format!("there is no directory {directory}")
    };
    Problem::yours(what, "name the data directory with --data, or make a node there with `idenett init`")
}

/// The values of the file by key.
pub(super) fn from_file(
    path: &Path,
    text: &str,
    errors: &mut Errors<'_>,
) -> Result<BTreeMap<&'static str, Raw>, Problem> {
    let line_of = |at: usize| text.get(..at).map_or(1, |before| before.matches('\n').count() + 1);
    let table = DeTable::parse(text).map_err(|e| {
        let line = e.span().map_or(1, |span| line_of(span.start));
        let words = e.message().lines().next().unwrap_or_default();
        let what = format!("{} line {line} is no TOML: {words}", path.display());
        Problem::yours(what, "correct the line; texts stand in quotes, lists in [ ]")
    })?;
    check_format(path, table.get_ref())?;
    let mut raw = BTreeMap::new();
    for (name, value) in table.get_ref() {
        let source = Source::File(path.to_owned(), line_of(name.span().start));
        let Some(key) = KEYS.iter().find(|k| k.name == name.get_ref().as_ref()) else {
            if name.get_ref() != "format" {
                errors.add(&source, name.get_ref(), format!("There is no such key.{}", meant(name.get_ref())));
            }
            continue;
        };
        match values(key, value.get_ref()) {
            Some(values) => {
                raw.insert(key.name, Raw { values, source });
            }
            None if key.list => errors.add(&source, key.name, "Write a list of texts here, as [\"...\"].".to_owned()),
            None => errors.add(&source, key.name, "Write a text in quotes here.".to_owned()),
        }
    }
    Ok(raw)
}

fn check_format(path: &Path, table: &DeTable<'_>) -> Result<(), Problem> {
    let format = table.iter().find(|(k, _)| k.get_ref() == "format").map(|(_, v)| v.get_ref());
    let number = format.and_then(DeValue::as_integer).and_then(|n| n.as_str().parse::<u32>().ok());
    match number {
        Some(n) if n > FORMAT => Err(Problem::node(
            format!("{} is of format {n}; this version of idenett knows format {FORMAT}", path.display()),
            "use the newer version of idenett that wrote the directory; nothing was changed",
        )),
        Some(n) if n > 0 => Ok(()),
        _ => Err(Problem::yours(
            format!("{} does not say its format", path.display()),
            format!("restore the line `format = {FORMAT}`, if this is the configuration of an Idenett node"),
        )),
    }
}

fn values(key: &Key, value: &DeValue<'_>) -> Option<Vec<String>> {
    if key.list {
        let items = value.as_array()?;
        return items.iter().map(|item| item.get_ref().as_str().map(str::to_owned)).collect();
    }
    value.as_str().map(|text| vec![text.to_owned()])
}

/// The value of a variable; a list is divided at its commas.
pub(super) fn pieces(key: &Key, value: &str) -> Vec<String> {
    if !key.list {
        return vec![value.to_owned()];
    }
    value.split(',').map(str::trim).filter(|v| !v.is_empty()).map(str::to_owned).collect()
}

fn meant(name: &str) -> String {
    match nearest(name, KEYS.iter().map(|k| k.name), 1).first() {
        Some(near) => format!(" Did you mean `{near}`?"),
        None => {
            let all: Vec<&str> = KEYS.iter().map(|k| k.name).collect();
            format!(" Known keys: {}.", all.join(", "))
        }
    }
}
