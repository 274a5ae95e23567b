//! What the commands of every kind of thing have in common: publish, list, show, revise, withdraw.

use std::path::PathBuf;

use clap::Args;
use idenett::desk::{List, Problem, Publish, Request, Revise, Withdraw};
use serde_json::{Value, json};

use super::ask::{publish, tell};
use super::input::{self, Personal};
use super::out::{Out, field, plain, table};
use super::session::{Session, well};
use super::{Done, show};

/// A record to publish from a file.
#[derive(Args)]
pub(crate) struct PublishArgs {
    /// The file, JSON or TOML; `-` for standard input.
    file: PathBuf,
    #[command(flatten)]
    personal: Personal,
}

impl PublishArgs {
    pub(crate) fn perform(self, kind: &str, session: &mut Session, out: Out) -> Done {
        publish_kind(kind, &input::read(&self.file)?, self.personal, session, out)
    }
}

/// A record to publish from a file, and the contact that it names.
#[derive(Args)]
pub(crate) struct PublishWithContact {
    #[command(flatten)]
    publish: PublishArgs,
    #[command(flatten)]
    contact: NewContact,
}

impl PublishWithContact {
    pub(crate) fn perform(self, kind: &str, session: &mut Session, out: Out) -> Done {
        let PublishArgs { file, personal } = self.publish;
        let mut input = input::read(&file)?;
        self.contact.put_into(&mut input, session, personal.no_personal_data)?;
        publish_kind(kind, &input, personal, session, out)
    }
}

/// A contact that is published before the record, where there is none yet.
#[derive(Args)]
struct NewContact {
    /// Publish this function as contact first.
    #[arg(long, value_name = "FUNCTION", requires = "contact_mailbox")]
    contact_function: Option<String>,
    /// Shared mailbox of the new contact.
    #[arg(long, value_name = "MAILBOX", requires = "contact_function")]
    contact_mailbox: Option<String>,
}

impl NewContact {
    /// Publishes the contact, if one is named, and puts it into the input.
    fn put_into(&self, input: &mut Value, session: &mut Session, confirmed: bool) -> Result<(), Problem> {
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

    /// Lists things of a kind as a table.
    pub(crate) fn perform(
        self,
        kind: &str,
        table: impl FnOnce(&Value) -> String,
        session: &mut Session,
        out: Out,
    ) -> Done {
        let answer = session.ask(self.request(kind, None))?;
        out.answer(&answer, table);
        well()
    }
}

/// The thing that is shown.
#[derive(Args)]
pub(crate) struct ShowArgs {
    /// Its id or the beginning of it.
    id: String,
}

impl ShowArgs {
    pub(crate) fn perform(self, kind: &str, session: &mut Session, out: Out) -> Done {
        let answer = session.ask(Request::Show { id: self.id, kind: Some(kind.to_owned()) })?;
        out.answer(&answer, show::thing);
        well()
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
            Request::Revise(Revise {
                id: self.id.clone(),
                kind: kind.to_owned(),
                input: input.clone(),
                no_personal_data,
            })
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

/// Publishes a record of a kind and says what became of it.
pub(crate) fn publish_kind(kind: &str, input: &Value, personal: Personal, session: &mut Session, out: Out) -> Done {
    let answer = publish(session, personal.no_personal_data, |no_personal_data| {
        Request::Publish(Publish { kind: kind.to_owned(), input: input.clone(), no_personal_data })
    })?;
    tell(out, &answer);
    well()
}

/// The rows of a list as a table.
pub(crate) fn rows(kind: &str, headings: &[&str], all: &Value, cells: impl Fn(&Value) -> Vec<String>) -> String {
    let rows: Vec<Vec<String>> = all.as_array().into_iter().flatten().map(cells).collect();
    if rows.is_empty() { format!("No {kind} fits.") } else { table(headings, &rows) }
}

/// How far a thing in a row has come, if it was not withdrawn.
pub(crate) fn status(row: &Value) -> String {
    if row["withdrawn"] == true { "withdrawn".to_owned() } else { field(row, "status") }
}

/// The title of a row, or why there is none.
pub(crate) fn title(row: &Value) -> String {
    match row["text"].as_str() {
        Some("redacted") => "(text redacted)".to_owned(),
        Some("wanted") => "(text not here yet)".to_owned(),
        _ => plain(&row["title"]),
    }
}
