//! `idenett need`.

use clap::Subcommand;
use serde_json::Value;

use super::Done;
use super::out::{Out, field, short};
use super::session::Session;
use super::thing::{Filter, PublishWithContact, ReviseArgs, ShowArgs, WithdrawArgs, rows, status, title};

#[derive(Subcommand)]
pub(crate) enum Need {
    /// Publish a need from a file.
    Publish(PublishWithContact),
    /// List needs, newest first.
    List(Filter),
    /// Show a need with all that is known about it.
    Show(ShowArgs),
    /// Publish a new version: what the file names changes, the rest stays.
    Revise(ReviseArgs),
    /// Take a need back; its history stays.
    Withdraw(WithdrawArgs),
}

impl Need {
    pub(crate) fn perform(self, session: &mut Session, out: Out) -> Done {
        match self {
            Self::Publish(publish) => publish.perform("need", session, out),
            Self::List(filter) => filter.perform("need", list, session, out),
            Self::Show(show) => show.perform("need", session, out),
            Self::Revise(revise) => revise.perform("need", session, out),
            Self::Withdraw(withdraw) => withdraw.perform(Some("need"), session, out),
        }
    }
}

fn list(needs: &Value) -> String {
    rows("need", &["id", "title", "owner", "status", "date"], needs, |need| {
        vec![short(&need["id"]), title(need), field(need, "owner_name"), status(need), field(need, "date")]
    })
}
