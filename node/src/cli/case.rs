//! `idenett case`.

use clap::Subcommand;
use idenett::desk::{Redact, Request};
use serde_json::Value;

use super::ask::{sure, tell};
use super::out::{Out, field, short};
use super::session::{Session, well};
use super::thing::{Filter, PublishWithContact, ReviseArgs, ShowArgs, WithdrawArgs, rows, status, title};
use super::{Done, import};

#[derive(Subcommand)]
pub(crate) enum Case {
    /// Publish a case from a file.
    Publish(PublishWithContact),
    /// Take many cases over from another system, one JSON object a line. May be repeated.
    Import(import::Import),
    /// List cases, newest first.
    List(Filter),
    /// Show a case with all that is known about it.
    Show(ShowArgs),
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
        /// Do not ask: it is known that this is for ever.
        #[arg(long)]
        yes: bool,
    },
}

impl Case {
    pub(crate) fn perform(self, session: &mut Session, out: Out) -> Done {
        match self {
            Self::Publish(publish) => publish.perform("case", session, out),
            Self::Import(import) => import.perform(session, out),
            Self::List(filter) => filter.perform("case", list, session, out),
            Self::Show(show) => show.perform("case", session, out),
            Self::Revise(revise) => revise.perform("case", session, out),
            Self::Withdraw(withdraw) => withdraw.perform(Some("case"), session, out),
            Self::Redact { id, reason, only, yes } => {
                let answer = sure(session, yes, "Drop it everywhere, for ever?", |sure| {
                    Request::Redact(Redact { id: id.clone(), reason: reason.clone(), only, sure })
                })?;
                tell(out, &answer);
                well()
            }
        }
    }
}

fn list(cases: &Value) -> String {
    rows("case", &["id", "title", "owner", "status", "version", "reuses", "date"], cases, |case| {
        vec![
            short(&case["id"]),
            title(case),
            field(case, "owner_name"),
            status(case),
            field(case, "version"),
            field(case, "reuses"),
            field(case, "date"),
        ]
    })
}
