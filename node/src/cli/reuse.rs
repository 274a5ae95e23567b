//! `idenett reuse`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use idenett::desk::{Request, Revise};
use serde_json::{Value, json};

use super::Done;
use super::ask::{publish, tell};
use super::input::{Personal, with_flags};
use super::out::{Out, field, plain, short};
use super::say::confirm;
use super::session::{Session, well};
use super::thing::{Filter, ReviseArgs, WithdrawArgs, publish_kind, rows};

#[derive(Subcommand)]
pub(crate) enum Reuse {
    /// Declare that your organisation uses a case, from a file, from flags, or both.
    Declare(Box<Declare>),
    /// Say that a reuse still holds.
    Renew {
        /// The reuse.
        id: String,
        /// Until when, as 2028-11-21; 24 months from today if not given.
        #[arg(long, value_name = "DAY")]
        until: Option<String>,
    },
    /// Say that it is no longer used.
    Stop {
        /// The reuse.
        id: String,
        /// Why, as a code: did_not_work, too_expensive, lacked_people_or_time, ...
        #[arg(long, value_name = "CODE")]
        because: Option<String>,
        /// How it went, in words.
        #[arg(long, value_name = "TEXT")]
        experience: Option<String>,
    },
    /// Publish a new version: what the file names changes, the rest stays.
    Revise(ReviseArgs),
    /// Take a declaration back.
    Withdraw(WithdrawArgs),
    /// List declarations with their standing, newest first.
    List {
        #[command(flatten)]
        filter: Filter,
        /// Only those about this case.
        #[arg(long, value_name = "ID")]
        case: Option<String>,
    },
}

#[derive(Args)]
pub(crate) struct Declare {
    /// The file, JSON or TOML; `-` for standard input.
    file: Option<PathBuf>,
    /// The case.
    #[arg(long, value_name = "ID")]
    case: Option<String>,
    /// adapted, copy, inspired or unknown.
    #[arg(long, value_name = "CODE")]
    degree: Option<String>,
    /// considering, planned, piloting, in_use or utilised.
    #[arg(long, value_name = "CODE")]
    status: Option<String>,
    /// Since when, as 2026-11-21.
    #[arg(long, value_name = "DAY")]
    since: Option<String>,
    /// The sector that uses it.
    #[arg(long, value_name = "CODE")]
    sector: Option<String>,
    /// The unit that uses it, as a short id.
    #[arg(long)]
    unit: Option<String>,
    /// Where you heard of it: this_network, colleague, visit, ...
    #[arg(long, value_name = "CODE")]
    channel: Option<String>,
    /// What you changed.
    #[arg(long, value_name = "TEXT")]
    adaptation: Option<String>,
    #[command(flatten)]
    personal: Personal,
}

impl Reuse {
    pub(crate) fn perform(self, session: &mut Session, out: Out) -> Done {
        match self {
            Self::Declare(declare) => {
                let flags = vec![
                    ("case", declare.case),
                    ("degree", declare.degree),
                    ("status", declare.status),
                    ("since", declare.since),
                    ("sector", declare.sector),
                    ("unit", declare.unit),
                    ("channel", declare.channel),
                    ("adaptation", declare.adaptation),
                ];
                let input = with_flags(declare.file.as_deref(), flags)?;
                publish_kind("reuse", &input, declare.personal, session, out)
            }
            Self::Renew { id, until } => confirm(&id, Some("reuse"), until, session, out),
            Self::Stop { id, because, experience } => {
                let mut input = json!({ "status": "stopped" });
                for (name, value) in [("stopped_because", because), ("experience", experience)] {
                    if let Some(value) = value {
                        input[name] = value.into();
                    }
                }
                let answer = publish(session, false, |no_personal_data| {
                    Request::Revise(Revise {
                        id: id.clone(),
                        kind: "reuse".to_owned(),
                        input: input.clone(),
                        no_personal_data,
                    })
                })?;
                tell(out, &answer);
                well()
            }
            Self::Revise(revise) => revise.perform("reuse", session, out),
            Self::Withdraw(withdraw) => withdraw.perform(Some("reuse"), session, out),
            Self::List { filter, case } => {
                let answer = session.ask(filter.request("reuse", case))?;
                out.answer(&answer, |reuses| list(reuses, true));
                well()
            }
        }
    }
}

/// Declarations with their standing.
pub(crate) fn list(reuses: &Value, with_case: bool) -> String {
    let all = ["id", "reuser", "case", "unit", "degree", "status", "since", "standing"];
    let headings: Vec<&str> = all.into_iter().filter(|h| with_case || *h != "case").collect();
    rows("reuse", &headings, reuses, |reuse| {
        let mut row = vec![short(&reuse["id"]), field(reuse, "name")];
        if with_case {
            row.push(plain(&reuse["case_title"]));
        }
        row.extend(["unit", "degree", "status", "since", "standing"].map(|name| field(reuse, name)));
        row
    })
}
