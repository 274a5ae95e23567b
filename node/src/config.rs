//! The configuration of a node: file, then environment, then flags, the later word before the
//! earlier. Knows of each value where it comes from, and refuses what it does not understand.

mod file;
mod understand;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use idenett_protocol::codes::Lang;
use idenett_protocol::organisation::{MunicipalityNumber, OrgNumber};
use serde::Serialize;

use crate::home::{FORMAT, Home};
use crate::problem::{FieldProblem, Problem};
use file::{from_file, pieces, read_file};
use understand::understand;

/// Characters of an organisation's name.
pub const MAX_NAME_CHARS: usize = 200;
/// Addresses in one list.
pub const MAX_ADDRESSES: usize = 64;

/// One setting: its key in the file, its variable in the environment, and what it is for.
struct Key {
    name: &'static str,
    variable: &'static str,
    list: bool,
    about: &'static str,
}

const KEYS: [Key; 9] = [
    key("org", "IDENETT_ORG", false, "organisation number of the member whose node this is"),
    key("name", "IDENETT_NAME", false, "name of the member"),
    key(
        "municipality_number",
        "IDENETT_MUNICIPALITY_NUMBER",
        false,
        "municipality number, if the member is a municipality",
    ),
    key(
        "listen",
        "IDENETT_LISTEN",
        true,
        "addresses on which connections are accepted, as [\"/ip4/0.0.0.0/tcp/4430\"]; empty: the node only dials",
    ),
    key("announce", "IDENETT_ANNOUNCE", true, "addresses that others are told to reach this node"),
    key("connect", "IDENETT_CONNECT", true, "addresses to dial beside those of the charter"),
    key(
        "language",
        "IDENETT_LANGUAGE",
        false,
        "language in which the member writes where a record does not say: nb, nn, se or en",
    ),
    key("log_level", "IDENETT_LOG_LEVEL", false, "error, warn, info, debug or trace"),
    key("log_format", "IDENETT_LOG_FORMAT", false, "text or json"),
];

const fn key(name: &'static str, variable: &'static str, list: bool, about: &'static str) -> Key {
    Key { name, variable, list, about }
}

/// How log lines are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// The configuration in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The member.
    pub org: OrgNumber,
    /// Its name.
    pub name: String,
    /// Its municipality number, if it is a municipality.
    pub municipality_number: Option<MunicipalityNumber>,
    /// Where the node accepts connections; none if it only dials.
    pub listen: Vec<String>,
    /// What others are told.
    pub announce: Vec<String>,
    /// What is dialed beside the charter's addresses.
    pub connect: Vec<String>,
    /// In which language the member writes.
    pub language: Lang,
    /// The least level of log lines.
    pub log_level: tracing::Level,
    /// How log lines are written.
    pub log_format: LogFormat,
    sources: BTreeMap<&'static str, Source>,
}

/// Where a value comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// Nobody said anything.
    #[default]
    Default,
    /// The file, at a line.
    File(PathBuf, usize),
    /// A variable of the environment.
    Environment(&'static str),
    /// A flag of the command.
    Flag(&'static str),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Default => f.write_str("default"),
            Source::File(path, line) => write!(f, "{}:{line}", path.display()),
            Source::Environment(variable) => write!(f, "environment {variable}"),
            Source::Flag(name) => write!(f, "flag --{}", name.replace('_', "-")),
        }
    }
}

/// What flags say, by key; the strongest word.
pub type Flags = BTreeMap<&'static str, Vec<String>>;

/// A value as it was written, before it is understood.
struct Raw {
    values: Vec<String>,
    source: Source,
}

/// One line of what is in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Setting {
    /// The key.
    pub key: &'static str,
    /// The value as it would be written in the file.
    pub value: serde_json::Value,
    /// Where it comes from.
    pub source: String,
    /// What it is for.
    pub about: &'static str,
}

impl Config {
    /// Reads the configuration of a data directory.
    ///
    /// # Errors
    /// Everything that is wrong with it, with line and key; or a directory of a newer format.
    pub fn load(home: &Home, flags: &Flags) -> Result<Self, Problem> {
        let environment = KEYS.iter().filter_map(|k| Some((k.variable, std::env::var(k.variable).ok()?))).collect();
        Self::merge(&home.config(), &read_file(home)?, &environment, flags)
    }

    /// What the file of a new node will say, before there is one.
    ///
    /// # Errors
    /// Everything that is wrong with it, by key: there is no line yet.
    pub fn of_new(settings: &Flags) -> Result<Self, Problem> {
        let mut errors = Errors { path: Path::new(""), found: Vec::new() };
        let given = settings.iter().filter(|(_, values)| !values.is_empty());
        let raw = given.map(|(key, values)| (*key, Raw { values: values.clone(), source: Source::Default })).collect();
        match understand(&raw, &mut errors) {
            Some(config) if errors.found.is_empty() => Ok(config),
            _ => Err(Problem {
                fields: errors.found,
                ..Problem::yours("a node cannot be made like this", "correct what is named here; nothing was made")
            }),
        }
    }

    fn merge(path: &Path, text: &str, environment: &BTreeMap<&str, String>, flags: &Flags) -> Result<Self, Problem> {
        let mut errors = Errors { path, found: Vec::new() };
        let mut raw = from_file(path, text, &mut errors)?;
        for key in &KEYS {
            if let Some(value) = environment.get(key.variable) {
                raw.insert(key.name, Raw { values: pieces(key, value), source: Source::Environment(key.variable) });
            }
            if let Some(values) = flags.get(key.name) {
                raw.insert(key.name, Raw { values: values.clone(), source: Source::Flag(key.name) });
            }
        }
        let config = understand(&raw, &mut errors);
        match config {
            Some(config) if errors.found.is_empty() => Ok(config),
            _ => Err(errors.problem()),
        }
    }

    /// What is in force, and where each value comes from.
    pub fn settings(&self) -> Vec<Setting> {
        KEYS.iter()
            .map(|key| Setting {
                key: key.name,
                value: self.value(key.name),
                source: self.sources.get(key.name).cloned().unwrap_or_default().to_string(),
                about: key.about,
            })
            .collect()
    }

    fn value(&self, key: &str) -> serde_json::Value {
        match key {
            "org" => self.org.to_string().into(),
            "name" => self.name.clone().into(),
            "municipality_number" => self.municipality_number.map(|n| n.to_string()).into(),
            "listen" => self.listen.clone().into(),
            "announce" => self.announce.clone().into(),
            "connect" => self.connect.clone().into(),
            "language" => self.language.to_string().into(),
            "log_level" => self.log_level.to_string().to_lowercase().into(),
            _ => match self.log_format {
                LogFormat::Text => "text".into(),
                LogFormat::Json => "json".into(),
            },
        }
    }
}

/// The text of a new configuration file.
pub fn new_file(values: &Flags) -> String {
    let mut text = format!(
        "# The configuration of an Idenett node. Environment variables and flags are stronger.\n\
         # `idenett config check` shows what is in force.\n\nformat = {FORMAT}\n"
    );
    for key in &KEYS {
        let quoted = |v: &String| serde_json::Value::String(v.clone()).to_string();
        let given = values.get(key.name).filter(|v| !v.is_empty());
        text.push_str(&format!("\n# {}\n", key.about));
        match given {
            Some(values) if key.list => {
                let all: Vec<String> = values.iter().map(quoted).collect();
                text.push_str(&format!("{} = [{}]\n", key.name, all.join(", ")));
            }
            Some(values) => {
                text.push_str(&format!("{} = {}\n", key.name, values.first().map(quoted).unwrap_or_default()))
            }
            None => text.push_str(&format!("# {} = {}\n", key.name, if key.list { "[]" } else { "\"\"" })),
        }
    }
    text
}

/// Everything wrong, gathered.
struct Errors<'a> {
    path: &'a Path,
    found: Vec<FieldProblem>,
}

impl Errors<'_> {
    fn add(&mut self, source: &Source, key: &str, problem: String) {
        let line = match source {
            Source::File(_, line) => u64::try_from(*line).ok(),
            Source::Default | Source::Environment(_) | Source::Flag(_) => None,
        };
        let said = match source {
            Source::Environment(_) | Source::Flag(_) => format!("{problem} (from {source})"),
            Source::Default | Source::File(..) => problem,
        };
        self.found.push(FieldProblem { line, field: key.to_owned(), fault: "malformed".to_owned(), problem: said });
    }

    fn problem(mut self) -> Problem {
        self.found.sort_by_key(|f| (f.line.is_none(), f.line));
        let what = format!("the configuration {} cannot be used", self.path.display());
        Problem {
            fields: self.found,
            ..Problem::yours(what, "correct what is named here; `idenett config check` shows the rest")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "format = 1\norg = \"961381541\"\nname = \"Gran\"\n";

    fn merge(
        text: &str,
        environment: &[(&'static str, &str)],
        flags: &[(&'static str, &str)],
    ) -> Result<Config, Problem> {
        let environment = environment.iter().map(|(k, v)| (*k, (*v).to_owned())).collect();
        let flags = flags.iter().map(|(k, v)| (*k, vec![(*v).to_owned()])).collect();
        Config::merge(Path::new("config.toml"), text, &environment, &flags)
    }

    #[test]
    fn flags_are_stronger_than_the_environment_and_that_than_the_file() {
        let text = format!("{GOOD}language = \"nn\"\n");
        let rows: [(&[_], &[_], _, _); 3] = [
            (&[], &[], Lang::Nn, "config.toml:4"),
            (&[("IDENETT_LANGUAGE", "en")], &[], Lang::En, "environment IDENETT_LANGUAGE"),
            (&[("IDENETT_LANGUAGE", "en")], &[("language", "nb")], Lang::Nb, "flag --language"),
        ];
        for (environment, flags, language, source) in rows {
            let config = merge(&text, environment, flags).expect("a configuration");
            assert_eq!(config.language, language);
            assert_eq!(config.settings().iter().find(|s| s.key == "language").map(|s| s.source.as_str()), Some(source));
        }
    }

    #[test]
    fn everything_wrong_is_said_at_once_with_its_line() {
        let text = "format = 1\norg = \"961381540\"\nnavn = \"Gran\"\nlisten = [\"nowhere\"]\nlog_level = 3\n";
        let problem = merge(text, &[], &[]).expect_err("a problem");
        let found: Vec<_> = problem.fields.iter().map(|f| (f.line, f.field.as_str())).collect();
        let lines = [(Some(2), "org"), (Some(3), "navn"), (Some(4), "listen"), (Some(5), "log_level"), (None, "name")];
        assert_eq!(found, lines);
        assert_eq!(problem.exit_code(), 2);
        assert!(problem.fields[1].problem.contains("Did you mean `name`?"), "{problem}");
    }

    #[test]
    fn a_newer_format_and_a_foreign_file_are_refused() {
        for (text, code) in [("format = 2\nfuture = true\n", 1), ("title = \"x\"\n", 2), ("format = 1\norg = 9x\n", 2)]
        {
            assert_eq!(merge(text, &[], &[]).map_err(|p| p.exit_code()), Err(code), "{text}");
        }
    }

    #[test]
    fn a_new_file_is_read_as_it_was_meant() {
        let given: Flags = [
            ("org", vec!["961381541".to_owned()]),
            ("name", vec!["Gran \"kommune\"".to_owned()]),
            ("listen", vec!["/ip4/127.0.0.1/tcp/0".to_owned()]),
        ]
        .into();
        let config = merge(&new_file(&given), &[], &[]).expect("a configuration");
        assert_eq!((config.name.as_str(), config.listen.len()), ("Gran \"kommune\"", 1));
        let before = Config::of_new(&given).expect("a configuration");
        assert_eq!((before.name, before.listen), (config.name, config.listen));
    }

    #[test]
    fn what_is_wrong_with_a_new_node_is_said_without_a_file() {
        let given = [("org", vec!["961381540".to_owned()]), ("language", vec!["norsk".to_owned()])].into();
        let problem = Config::of_new(&given).expect_err("a problem");
        let mut found: Vec<_> = problem.fields.iter().map(|f| (f.line, f.field.as_str())).collect();
        found.sort_unstable();
        assert_eq!(found, [(None, "language"), (None, "name"), (None, "org")]);
        assert!(!problem.to_string().contains("config.toml"), "{problem}");
    }
}
