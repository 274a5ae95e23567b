//! `idenett member`: requests, admissions, ends, settlements, reforms.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use idenett::desk::{Problem, RegistrarAct, Request};
use serde_json::Value;

use super::ask::tell;
use super::out::{Out, field, short, table};
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
    /// End a node's log (registrar).
    Revoke {
        /// The key, the beginning of it, or the organisation number.
        who: String,
        /// The last place that counts; the last one here if not given.
        #[arg(long, value_name = "SEQ")]
        at: Option<u64>,
        /// left, key_replaced, key_lost, key_compromised, reform or misuse.
        #[arg(long, value_name = "CODE")]
        reason: Option<String>,
        #[command(flatten)]
        key: Key,
    },
    /// Say which branch of a forked log holds (registrar).
    Settle {
        /// The log.
        log: String,
        /// The place of the fork.
        seq: u64,
        /// The entry that holds there.
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
    fn file(&self, common: &Common) -> Result<PathBuf, Problem> {
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
            Self::Admit { file, key } => (key, RegistrarAct::Admit { request: input::read(&file)? }),
            Self::Revoke { who, at, reason, key } => (key, RegistrarAct::Revoke { who, at, reason }),
            Self::Settle { log, seq, id, key } => (key, RegistrarAct::Settle { log, seq, id }),
            Self::Succeed { file, key } => (key, RegistrarAct::Succeed { input: input::read(&file)? }),
        };
        let request = Request::Registrar { key: key.file(common)?, act, offline: common.offline };
        tell(out, &session.ask(request)?);
        well()
    }
}

fn list(members: &Value) -> String {
    let mut rows = Vec::new();
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
        }
    }
    if rows.is_empty() {
        return "No member is known here yet.".to_owned();
    }
    table(&["org", "name", "number", "key", "since", "entries", "log"], &rows)
}
