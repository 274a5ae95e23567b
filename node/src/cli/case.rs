//! `idenett case`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use idenett::desk::{List, Problem, Publish, Redact, Request, Revise, Withdraw};
use serde_json::{Value, json};

use super::ask::{publish, tell};
use super::input::{self, Personal};
use super::out::{Out, field, plain, short, table};
use super::session::{Session, well};
use super::{Done, import, show};

#[derive(Subcommand)]
pub(crate) enum Case {
    /// Publish a case from a file.
    Publish {
        /// The file, JSON or TOML; `-` for standard input.
        file: PathBuf,
        #[command(flatten)]
        personal: Personal,
        #[command(flatten)]
        contact: NewContact,
    },
    /// Take many cases over from another system, one JSON object a line. May be repeated.
    Import(import::Import),
    /// List cases, newest first.
    List(Filter),
    /// Show a case with all that is known about it.
    Show {
        /// Its id or the beginning of it.
        id: String,
    },
    /// Publish a new version: what the file names changes, the rest stays.
    Revise(ReviseArgs),
    /// Take a case back; its history stays.
    Withdraw(WithdrawArgs),
    /// Have every node drop the text of a case, for ever; codes and dates stay.
    Redact {
        /// The case.
        id: String,
        /// personal_data, confidential, copyright, unlawful, error or on_request.
        #[arg(long, value_name = "CODE")]
        reason: String,
        /// Only the version of this id, not all versions.
        #[arg(long)]
        only: bool,
    },
}

/// Which rows of a list.
#[derive(Args)]
pub(crate) struct Filter {
    /// Only those of this member, by number or name.
    #[arg(long)]
    owner: Option<String>,
    /// Only those with this status.
    #[arg(long, value_name = "CODE")]
    status: Option<String>,
    /// Only this node's own.
    #[arg(long, conflicts_with = "owner")]
    mine: bool,
    /// Those that were withdrawn too.
    #[arg(long)]
    all: bool,
    /// At most so many.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

impl Filter {
    pub(crate) fn request(self, kind: &str, about: Option<String>) -> Request {
        let Self { owner, status, mine, all, limit } = self;
        Request::List(List { kind: kind.to_owned(), owner, status, mine, all, about, limit })
    }
}

/// A contact that is published before the record, where there is none yet.
#[derive(Args)]
pub(crate) struct NewContact {
    /// Publish this function as contact first.
    #[arg(long, value_name = "FUNCTION", requires = "contact_mailbox")]
    contact_function: Option<String>,
    /// Shared mailbox of the new contact.
    #[arg(long, value_name = "MAILBOX", requires = "contact_function")]
    contact_mailbox: Option<String>,
}

impl NewContact {
    /// Publishes the contact, if one is named, and puts it into the input.
    pub(crate) fn put_into(&self, input: &mut Value, session: &mut Session, confirmed: bool) -> Result<(), Problem> {
        let (Some(function), Some(mailbox)) = (&self.contact_function, &self.contact_mailbox) else { return Ok(()) };
        let fields = json!({ "function": function, "mailbox": mailbox });
        let answer = publish(session, confirmed, |no_personal_data| {
            Request::Publish(Publish { kind: "contact".to_owned(), input: fields.clone(), no_personal_data })
        })?;
        let id = answer["id"].as_str().ok_or_else(|| {
            Problem::node(
                "the contact waits in the outbox, so nothing can name it yet",
                "publish this record again when `idenett status` says that the outbox is empty",
            )
        })?;
        input["contact"] = id.into();
        Ok(())
    }
}

#[derive(Args)]
pub(crate) struct ReviseArgs {
    /// The thing.
    id: String,
    /// The file with what changes, JSON or TOML; `-` for standard input.
    file: PathBuf,
    #[command(flatten)]
    personal: Personal,
}

impl ReviseArgs {
    pub(crate) fn perform(self, kind: &str, session: &mut Session, out: Out) -> Done {
        let input = input::read(&self.file)?;
        let answer = publish(session, self.personal.no_personal_data, |no_personal_data| {
            Request::Revise(Revise { id: self.id.clone(), kind: kind.to_owned(), input: input.clone(), no_personal_data })
        })?;
        tell(out, &answer);
        well()
    }
}

#[derive(Args)]
pub(crate) struct WithdrawArgs {
    /// The thing or record.
    id: String,
    /// error, outdated, duplicate, privacy, on_request or replaced.
    #[arg(long, value_name = "CODE")]
    reason: String,
    /// What stands in its place.
    #[arg(long, value_name = "ID")]
    replacement: Option<String>,
    /// Why, in words.
    #[arg(long)]
    text: Option<String>,
}

impl WithdrawArgs {
    pub(crate) fn perform(self, kind: Option<&str>, session: &mut Session, out: Out) -> Done {
        let Self { id, reason, replacement, text } = self;
        let request = Withdraw { id, kind: kind.map(str::to_owned), reason, replacement, text };
        tell(out, &session.ask(Request::Withdraw(request))?);
        well()
    }
}

impl Case {
    pub(crate) fn perform(self, session: &mut Session, out: Out) -> Done {
        match self {
            Self::Publish { file, personal, contact } => {
                let mut input = input::read(&file)?;
                contact.put_into(&mut input, session, personal.no_personal_data)?;
                publish_kind("case", &input, personal, session, out)
            }
            Self::Import(import) => import.perform(session, out),
            Self::List(filter) => {
                let answer = session.ask(filter.request("case", None))?;
                out.answer(&answer, list);
                well()
            }
            Self::Show { id } => {
                let answer = session.ask(Request::Show { id, kind: Some("case".to_owned()) })?;
                out.answer(&answer, show::thing);
                well()
            }
            Self::Revise(revise) => revise.perform("case", session, out),
            Self::Withdraw(withdraw) => withdraw.perform(Some("case"), session, out),
            Self::Redact { id, reason, only } => {
                tell(out, &session.ask(Request::Redact(Redact { id, reason, only }))?);
                well()
            }
        }
    }
}

/// Publishes a record of a kind and says what became of it.
pub(crate) fn publish_kind(kind: &str, input: &Value, personal: Personal, session: &mut Session, out: Out) -> Done {
    let answer = publish(session, personal.no_personal_data, |no_personal_data| {
        Request::Publish(Publish { kind: kind.to_owned(), input: input.clone(), no_personal_data })
    })?;
    tell(out, &answer);
    well()
}

fn list(cases: &Value) -> String {
    let rows: Vec<Vec<String>> = cases
        .as_array()
        .into_iter()
        .flatten()
        .map(|case| {
            let status = if case["withdrawn"] == true { "withdrawn".to_owned() } else { field(case, "status") };
            vec![
                short(&case["id"]),
                title(case),
                field(case, "owner_name"),
                status,
                field(case, "version"),
                field(case, "reuses"),
                field(case, "date"),
            ]
        })
        .collect();
    if rows.is_empty() {
        return "No case fits.".to_owned();
    }
    table(&["id", "title", "owner", "status", "version", "reuses", "date"], &rows)
}

/// The title of a row, or why there is none.
pub(crate) fn title(row: &Value) -> String {
    match row["text"].as_str() {
        Some("redacted") => "(text redacted)".to_owned(),
        Some("wanted") => "(text not here yet)".to_owned(),
        _ => plain(&row["title"]),
    }
}
