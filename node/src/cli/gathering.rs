//! `idenett plan`, `programme`, `collection` and `award`: what cases are gathered in.

use clap::Subcommand;
use serde_json::Value;

use super::Done;
use super::out::{Out, field, short};
use super::session::Session;
use super::thing::{Filter, PublishArgs, PublishWithContact, ReviseArgs, ShowArgs, WithdrawArgs, rows, title};

/// Commands of a kind that names whom to ask.
#[derive(Subcommand)]
pub(crate) enum WithContact {
    /// Publish one from a file.
    Publish(PublishWithContact),
    #[command(flatten)]
    Other(Other),
}

/// Commands of a kind that names nobody to ask.
#[derive(Subcommand)]
pub(crate) enum WithoutContact {
    /// Publish one from a file.
    Publish(PublishArgs),
    #[command(flatten)]
    Other(Other),
}

/// What is done with all of them alike.
#[derive(Subcommand)]
pub(crate) enum Other {
    /// List them, newest first.
    List(Filter),
    /// Show one with its cases and all that is known about it.
    Show(ShowArgs),
    /// Publish a new version: what the file names changes, the rest stays.
    Revise(ReviseArgs),
    /// Take one back; its history stays.
    Withdraw(WithdrawArgs),
}

/// A kind, with the fields that its list has beside title, owner and date.
pub(crate) struct Sort {
    kind: &'static str,
    columns: &'static [&'static str],
}

/// Plans.
pub(crate) const PLAN: Sort = Sort { kind: "plan", columns: &["type", "adopted"] };
/// Programmes.
pub(crate) const PROGRAMME: Sort = Sort { kind: "programme", columns: &["type", "cases"] };
/// Collections.
pub(crate) const COLLECTION: Sort = Sort { kind: "collection", columns: &["cases"] };
/// Awards.
pub(crate) const AWARD: Sort = Sort { kind: "award", columns: &["year", "level", "placement"] };

impl WithContact {
    pub(crate) fn perform(self, sort: &Sort, session: &mut Session, out: Out) -> Done {
        match self {
            Self::Publish(publish) => publish.perform(sort.kind, session, out),
            Self::Other(other) => other.perform(sort, session, out),
        }
    }
}

impl WithoutContact {
    pub(crate) fn perform(self, sort: &Sort, session: &mut Session, out: Out) -> Done {
        match self {
            Self::Publish(publish) => publish.perform(sort.kind, session, out),
            Self::Other(other) => other.perform(sort, session, out),
        }
    }
}

impl Other {
    fn perform(self, sort: &Sort, session: &mut Session, out: Out) -> Done {
        match self {
            Self::List(filter) => filter.perform(sort.kind, |all| sort.table(all), session, out),
            Self::Show(show) => show.perform(sort.kind, session, out),
            Self::Revise(revise) => revise.perform(sort.kind, session, out),
            Self::Withdraw(withdraw) => withdraw.perform(Some(sort.kind), session, out),
        }
    }
}

impl Sort {
    fn table(&self, all: &Value) -> String {
        let columns = || self.columns.iter().copied();
        let headings: Vec<&str> = ["id", "title", "owner"].into_iter().chain(columns()).chain(["date"]).collect();
        rows(self.kind, &headings, all, |row| {
            let withdrawn = row["withdrawn"] == true;
            let title = if withdrawn { format!("{} (withdrawn)", title(row)) } else { title(row) };
            let cells = columns().chain(["date"]).map(|name| field(row, name));
            [short(&row["id"]), title, field(row, "owner_name")].into_iter().chain(cells).collect()
        })
    }
}
