//! `idenett member`: requests, admissions, ends, settlements, reforms.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use idenett::desk::{Problem, RegistrarAct, Request};
use serde_json::Value;

use super::ask::{sure, tell};
use super::out::{Out, field, plain, short, table};
use super::session::{Session, well};
use super::{Common, Done, absolute, input};

#[derive(Subcommand)]
pub(crate) enum Member {
    /// Print this node's request to be admitted; it holds no secret.
    Request,
    /// Admit a node by its request (registrar).
    Admit {
        /// The file with the request; `-` for standard input.
        file: PathBuf,
        #[command(flatten)]
        key: Key,
    },
    /// End a node's log for ever (registrar).
    Revoke {
        /// The key, the beginning of it, or the number or name of the organisation.
        who: String,
        /// The last place that counts; the last one here if not given.
        #[arg(long, value_name = "SEQ")]
        at: Option<u64>,
        /// left, key_replaced, key_lost, key_compromised, reform or misuse.
        #[arg(long, value_name = "CODE")]
        reason: String,
        /// Do not ask, even if it is the organisation of this node.
        #[arg(long)]
        yes: bool,
        #[command(flatten)]
        key: Key,
    },
    /// Say which branch of a forked log holds (registrar). `idenett member list` and `idenett status`
    /// name log, place and the entries to choose from.
    Settle {
        /// The key of the log, or the beginning of it.
        log: String,
        /// The place of the fork: the number after which the log parts.
        seq: u64,
        /// The entry that holds there, or the beginning of its id.
        id: String,
        #[command(flatten)]
        key: Key,
    },
    /// Record a municipal reform (registrar).
    Succeed {
        /// The file with the reform; `-` for standard input.
        file: PathBuf,
        #[command(flatten)]
        key: Key,
    },
    /// The members and their keys.
    List,
}

/// The registrar's key.
#[derive(Args)]
pub(crate) struct Key {
    /// The file of the registrar's key; DIR/registrar.key if not given.
    #[arg(long, value_name = "FILE")]
    registrar_key: Option<PathBuf>,
}

impl Key {
    pub(crate) fn file(&self, common: &Common) -> Result<PathBuf, Problem> {
        match &self.registrar_key {
            Some(file) => Ok(absolute(file)),
            None => Ok(common.home()?.registrar_key()),
        }
    }
}

impl Member {
    pub(crate) fn perform(self, session: &mut Session, common: &Common, out: Out) -> Done {
        let (key, act) = match self {
            Self::Request => {
                let answer = session.ask(Request::MemberRequest)?;
                out.answer(&answer, |a| serde_json::to_string_pretty(a).unwrap_or_default());
                return well();
            }
            Self::List => {
                let answer = session.ask(Request::MemberList)?;
                out.answer(&answer, list);
                return well();
            }
            Self::Admit { file, key } => (key, RegistrarAct::Admit { request: input::request(&file)? }),
            Self::Revoke { who, at, reason, yes, key } => (key, RegistrarAct::Revoke { who, at, reason, sure: yes }),
            Self::Settle { log, seq, id, key } => (key, RegistrarAct::Settle { log, seq, id }),
            Self::Succeed { file, key } => (key, RegistrarAct::Succeed { input: input::read(&file)? }),
        };
        let key = key.file(common)?;
        let answer = sure(session, false, "End it all the same?", |sure| Request::Registrar {
            key: key.clone(),
            act: meant(&act, sure),
            offline: common.offline,
        })?;
        tell(out, &answer);
        well()
    }
}

/// The act, with the word of a person that it is meant so.
fn meant(act: &RegistrarAct, said: bool) -> RegistrarAct {
    let mut act = act.clone();
    if let RegistrarAct::Revoke { sure, .. } = &mut act {
        *sure |= said;
    }
    act
}

fn list(members: &Value) -> String {
    let (mut rows, mut forks) = (Vec::new(), Vec::new());
    for member in members.as_array().into_iter().flatten() {
        for key in member["keys"].as_array().into_iter().flatten() {
            rows.push(vec![
                field(member, "org"),
                field(member, "name"),
                field(member, "number"),
                short(&key["key"]),
                field(member, "since").chars().take(10).collect(),
                field(key, "entries"),
                field(key, "state"),
            ]);
            forks.extend(fork(key));
        }
    }
    if rows.is_empty() {
        return "No member is known here yet.".to_owned();
    }
    let table = table(&["org", "name", "number", "key", "since", "entries", "log"], &rows);
    if forks.is_empty() { table } else { format!("{table}\n\n{}", forks.join("\n")) }
}

/// What the registrar needs to settle a forked log.
fn fork(key: &Value) -> Option<String> {
    let fork = key["fork"].as_object()?;
    let (log, place) = (short(&key["key"]), plain(&fork["place"]));
    let branches = fork["branches"].as_array().into_iter().flatten().map(|branch| {
        let held = if branch["here"] == true { "held here" } else { "only its header is here" };
        format!("\n  {}  {}, signed {}, {held}", field(branch, "id"), field(branch, "kind"), field(branch, "time"))
    });
    let rows: String = branches.collect();
    Some(format!(
        "The log {log} was continued twice at {place}. Settle it with `idenett member settle {log} {place} ID`, ID being one of:{rows}"
    ))
}
