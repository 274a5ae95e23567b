//! `idenett need`.

use std::path::PathBuf;

use clap::Subcommand;
use idenett::desk::Request;
use serde_json::Value;

use super::case::{Filter, NewContact, ReviseArgs, WithdrawArgs, publish_kind, title};
use super::input::{self, Personal};
use super::out::{Out, field, short, table};
use super::session::{Session, well};
use super::{Done, show};

#[derive(Subcommand)]
pub(crate) enum Need {
    /// Publish a need from a file.
    Publish {
        /// The file, JSON or TOML; `-` for standard input.
        file: PathBuf,
        #[command(flatten)]
        personal: Personal,
        #[command(flatten)]
        contact: NewContact,
    },
    /// List needs, newest first.
    List(Filter),
    /// Show a need with all that is known about it.
    Show {
        /// Its id or the beginning of it.
        id: String,
    },
    /// Publish a new version: what the file names changes, the rest stays.
    Revise(ReviseArgs),
    /// Take a need back; its history stays.
    Withdraw(WithdrawArgs),
}

impl Need {
    pub(crate) fn perform(self, session: &mut Session, out: Out) -> Done {
        match self {
            Self::Publish { file, personal, contact } => {
                let mut input = input::read(&file)?;
                contact.put_into(&mut input, session, personal.no_personal_data)?;
                publish_kind("need", &input, personal, session, out)
            }
            Self::List(filter) => {
                let answer = session.ask(filter.request("need", None))?;
                out.answer(&answer, list);
                well()
            }
            Self::Show { id } => {
                let answer = session.ask(Request::Show { id, kind: Some("need".to_owned()) })?;
                out.answer(&answer, show::thing);
                well()
            }
            Self::Revise(revise) => revise.perform("need", session, out),
            Self::Withdraw(withdraw) => withdraw.perform(Some("need"), session, out),
        }
    }
}

fn list(needs: &Value) -> String {
    let needs = needs.as_array().into_iter().flatten();
    let rows: Vec<Vec<String>> = needs
        .map(|need| {
            let status = if need["withdrawn"] == true { "withdrawn".to_owned() } else { field(need, "status") };
            vec![short(&need["id"]), title(need), field(need, "owner_name"), status, field(need, "date")]
        })
        .collect();
    if rows.is_empty() {
        return "No need fits.".to_owned();
    }
    table(&["id", "title", "owner", "status", "date"], &rows)
}
