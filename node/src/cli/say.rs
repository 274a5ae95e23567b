//! What is said about things: `comment`, `interest`, `assess`, `translate`,
//! `measure`, `confirm`, `contact`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use idenett::desk::{Publish, Request};
use serde_json::{Value, json};

use super::Done;
use super::ask::tell;
use super::input::{self, Personal, with_flags};
use super::out::{Out, field, short};
use super::session::{Session, well};
use super::thing::{Filter, ReviseArgs, WithdrawArgs, publish_kind, rows, title};

#[derive(Subcommand)]
pub(crate) enum Comment {
    /// Say something about a case, need or reuse.
    Add(CommentAdd),
    /// Take a comment back.
    Withdraw(WithdrawArgs),
}

#[derive(Args)]
pub(crate) struct CommentAdd {
    /// The file, JSON or TOML; `-` for standard input.
    file: Option<PathBuf>,
    /// What it is about.
    #[arg(long, value_name = "ID")]
    on: Option<String>,
    /// question, answer, experience, improvement or thanks.
    #[arg(long, value_name = "CODE")]
    kind: Option<String>,
    /// The words.
    #[arg(long)]
    text: Option<String>,
    /// The comment that it answers.
    #[arg(long, value_name = "ID")]
    reply_to: Option<String>,
    #[command(flatten)]
    personal: Personal,
}

impl Comment {
    pub(crate) fn perform(self, session: &mut Session, out: Out) -> Done {
        match self {
            Self::Add(add) => {
                let flags =
                    vec![("subject", add.on), ("kind", add.kind), ("text", add.text), ("reply_to", add.reply_to)];
                let input = with_flags(add.file.as_deref(), flags)?;
                publish_kind("comment", &input, add.personal, session, out)
            }
            Self::Withdraw(withdraw) => withdraw.perform(Some("comment"), session, out),
        }
    }
}

#[derive(Args)]
pub(crate) struct Interest {
    /// The case or need.
    id: String,
    /// relevant or talk.
    #[arg(long, value_name = "CODE", default_value = "relevant")]
    level: String,
    /// Why.
    #[arg(long)]
    text: Option<String>,
    #[command(flatten)]
    personal: Personal,
}

impl Interest {
    pub(crate) fn perform(self, session: &mut Session, out: Out) -> Done {
        let flags = vec![("subject", Some(self.id)), ("level", Some(self.level)), ("text", self.text)];
        publish_kind("interest", &with_flags(None, flags)?, self.personal, session, out)
    }
}

#[derive(Args)]
pub(crate) struct Assess {
    /// The case, need or other thing.
    id: String,
    /// recommended, doubtful or duplicate.
    #[arg(long, value_name = "CODE")]
    judgement: String,
    /// The programme in whose name you judge; your organisation leads it.
    #[arg(long, value_name = "ID")]
    programme: String,
    /// What it is a duplicate of.
    #[arg(long, value_name = "ID")]
    duplicate_of: Option<String>,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    reason: String,
    #[command(flatten)]
    personal: Personal,
}

impl Assess {
    pub(crate) fn perform(self, session: &mut Session, out: Out) -> Done {
        let flags = vec![
            ("subject", Some(self.id)),
            ("judgement", Some(self.judgement)),
            ("programme", Some(self.programme)),
            ("duplicate_of", self.duplicate_of),
            ("reason", Some(self.reason)),
        ];
        publish_kind("assessment", &with_flags(None, flags)?, self.personal, session, out)
    }
}

#[derive(Args)]
pub(crate) struct Translate {
    /// The file with the texts under their names, JSON or TOML; `-` for standard input.
    file: PathBuf,
    /// The thing, or one version of it.
    #[arg(long, value_name = "ID")]
    of: String,
    /// Into which language: nb, nn, se or en.
    #[arg(long)]
    lang: String,
    /// human or machine.
    #[arg(long, value_name = "CODE")]
    made_by: String,
    #[command(flatten)]
    personal: Personal,
}

impl Translate {
    pub(crate) fn perform(self, session: &mut Session, out: Out) -> Done {
        let text = input::read(&self.file)?;
        let input = json!({ "version": self.of, "lang": self.lang, "made_by": self.made_by, "text": text });
        publish_kind("translation", &input, self.personal, session, out)
    }
}

#[derive(Args)]
pub(crate) struct Measure {
    /// The file, JSON or TOML; `-` for standard input.
    file: PathBuf,
    /// What was measured, if the file does not say.
    #[arg(long, value_name = "ID")]
    on: Option<String>,
    #[command(flatten)]
    personal: Personal,
}

impl Measure {
    pub(crate) fn perform(self, session: &mut Session, out: Out) -> Done {
        let input = with_flags(Some(&self.file), vec![("subject", self.on)])?;
        publish_kind("measurement", &input, self.personal, session, out)
    }
}

#[derive(Args)]
pub(crate) struct Confirm {
    /// The case, need or reuse.
    id: String,
    /// Until when, as 2028-11-21; 24 months from today if not given.
    #[arg(long, value_name = "DAY")]
    until: Option<String>,
}

impl Confirm {
    pub(crate) fn perform(self, session: &mut Session, out: Out) -> Done {
        confirm(&self.id, None, self.until, session, out)
    }
}

/// Confirms a thing, of a kind if only one will do.
pub(crate) fn confirm(id: &str, kind: Option<&str>, until: Option<String>, session: &mut Session, out: Out) -> Done {
    let subject = match kind {
        None => id.to_owned(),
        Some(kind) => {
            let thing = session.ask(Request::Show { id: id.to_owned(), kind: Some(kind.to_owned()) })?;
            field(&thing, "id")
        }
    };
    let mut input = json!({ "subject": subject });
    if let Some(until) = until {
        input["valid_until"] = until.into();
    }
    let publish = Publish { kind: "confirmation".to_owned(), input, no_personal_data: false };
    tell(out, &session.ask(Request::Publish(publish))?);
    well()
}

#[derive(Subcommand)]
pub(crate) enum Contact {
    /// Publish a contact, from a file, from flags, or both.
    Publish(ContactPublish),
    /// List contacts, newest first.
    List(Filter),
    /// Publish a new version: what the file names changes, the rest stays.
    Revise(ReviseArgs),
    /// Take a contact back.
    Withdraw(WithdrawArgs),
}

#[derive(Args)]
pub(crate) struct ContactPublish {
    /// The file, JSON or TOML; `-` for standard input.
    file: Option<PathBuf>,
    /// The function, as "Innovation adviser"; never a person.
    #[arg(long)]
    function: Option<String>,
    /// A shared mailbox.
    #[arg(long)]
    mailbox: Option<String>,
    /// The telephone number of a switchboard.
    #[arg(long)]
    switchboard: Option<String>,
    /// The address of a form or page.
    #[arg(long)]
    url: Option<String>,
    #[command(flatten)]
    personal: Personal,
}

impl Contact {
    pub(crate) fn perform(self, session: &mut Session, out: Out) -> Done {
        match self {
            Self::Publish(publish) => {
                let flags = vec![
                    ("function", publish.function),
                    ("mailbox", publish.mailbox),
                    ("switchboard", publish.switchboard),
                    ("url", publish.url),
                ];
                let input = with_flags(publish.file.as_deref(), flags)?;
                publish_kind("contact", &input, publish.personal, session, out)
            }
            Self::List(filter) => filter.perform("contact", list, session, out),
            Self::Revise(revise) => revise.perform("contact", session, out),
            Self::Withdraw(withdraw) => withdraw.perform(Some("contact"), session, out),
        }
    }
}

fn list(contacts: &Value) -> String {
    rows("contact", &["id", "function", "owner", "mailbox", "checked"], contacts, |c| {
        vec![short(&c["id"]), title(c), field(c, "owner_name"), field(c, "mailbox"), field(c, "checked")]
    })
}
