//! `idenett charter`: what the federation is, and the next word about it.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use idenett::desk::{CharterUpdate, Problem, Request};
use idenett::keyfile;
use idenett_protocol::id::LogKey;
use serde_json::{Value, json};

use super::ask::sure;
use super::out::{Out, counted, field, plain, table};
use super::session::{Session, well};
use super::{Common, Done, absolute};

#[derive(Subcommand)]
pub(crate) enum CharterCommand {
    /// Show the charter in force.
    Show,
    /// Write the charters to a file, with which others make their nodes.
    Export {
        /// The file.
        file: PathBuf,
        /// Replace a file that is there.
        #[arg(long)]
        force: bool,
    },
    /// Sign the next charter.
    Update(Box<Update>),
    /// Make a key for a charter (registrar, recovery, data protection) in a file of its own.
    Key {
        /// The file.
        file: PathBuf,
    },
}

/// What the next charter says otherwise; the rest stays.
#[derive(Args)]
pub(crate) struct Update {
    /// The file of the registrar's key; DIR/registrar.key if no recovery key signs.
    #[arg(long, value_name = "FILE")]
    registrar_key: Option<PathBuf>,
    /// File of a recovery key that signs.
    #[arg(long, value_name = "FILE")]
    recovery_key: Vec<PathBuf>,
    /// The name of the federation.
    #[arg(long)]
    name: Option<String>,
    /// Who may read.
    #[arg(long, value_name = "open|members")]
    reading: Option<String>,
    /// Address at which newcomers find the federation.
    #[arg(long, value_name = "ADDRESS")]
    add_bootstrap: Vec<String>,
    /// Address that no longer holds.
    #[arg(long, value_name = "ADDRESS")]
    remove_bootstrap: Vec<String>,
    /// Public key of the next registrar.
    #[arg(long, value_name = "KEY")]
    new_registrar: Option<String>,
    /// Public key that may redact in every log.
    #[arg(long, value_name = "KEY")]
    data_protection: Option<String>,
    /// Public recovery key; all of them are given anew.
    #[arg(long, value_name = "KEY")]
    recovery: Option<Vec<String>>,
    /// How many recovery keys it takes: over half.
    #[arg(long)]
    threshold: Option<u8>,
    /// Do not ask, even if no address is left for newcomers.
    #[arg(long)]
    yes: bool,
}

impl CharterCommand {
    pub(crate) fn perform(self, common: &Common, out: Out) -> Done {
        match self {
            Self::Key { file } => make_key(&file, out),
            Self::Show => Session::open(common)?.finish(|s| {
                let answer = s.ask(Request::Charter)?;
                out.answer(&answer, show);
                well()
            }),
            Self::Export { file, force } => Session::open(common)?.finish(|s| {
                let answer = s.ask(Request::CharterExport { file: absolute(&file), force })?;
                out.answer(&answer, |a| {
                    format!("Wrote {} to {}", counted(&a["charters"], "charter", "charters"), field(a, "file"))
                });
                well()
            }),
            Self::Update(update) => {
                let update = update.read(common)?;
                Session::open(common)?.finish(|s| {
                    let answer = sure(s, update.sure, "Leave newcomers no address?", |sure| {
                        Request::CharterUpdate(Box::new(CharterUpdate { sure, ..update.clone() }))
                    })?;
                    out.answer(&answer, |a| {
                        format!("Published charter {} of epoch {}", field(a, "hash"), field(a, "epoch"))
                    });
                    well()
                })
            }
        }
    }
}

impl Update {
    fn read(self, common: &Common) -> Result<CharterUpdate, Problem> {
        let key = |text: &String| {
            text.parse::<LogKey>().map_err(|e| {
                Problem::yours(
                    format!("`{text}` is no public key: {e}"),
                    "write it as `idenett charter key` printed it",
                )
            })
        };
        let mut keys: Vec<PathBuf> = self.registrar_key.iter().chain(&self.recovery_key).map(|f| absolute(f)).collect();
        if keys.is_empty() {
            keys.push(common.home()?.registrar_key());
        }
        Ok(CharterUpdate {
            keys,
            name: self.name,
            reading: self.reading,
            add_bootstrap: self.add_bootstrap,
            remove_bootstrap: self.remove_bootstrap,
            registrar: self.new_registrar.as_ref().map(key).transpose()?,
            data_protection: self.data_protection.as_ref().map(key).transpose()?,
            recovery: self.recovery.map(|all| all.iter().map(key).collect::<Result<_, _>>()).transpose()?,
            threshold: self.threshold,
            sure: self.yes,
        })
    }
}

fn make_key(file: &std::path::Path, out: Out) -> Done {
    let key = keyfile::make(file, "A key for the charter of an Idenett federation. Move it offline.")?;
    let answer = json!({ "file": absolute(file).display().to_string(), "public": key.log_key() });
    out.answer(&answer, |a| format!("Made a key in {}\n  public  {}", field(a, "file"), field(a, "public")));
    well()
}

fn show(answer: &Value) -> String {
    let terms = &answer["terms"];
    let mut rows = vec![vec!["federation".to_owned(), field(answer, "federation")]];
    for name in ["name", "epoch", "reading", "registrar", "data_protection", "recovery", "threshold", "bootstrap"] {
        let value = plain(&terms[name]);
        if !value.is_empty() {
            rows.push(vec![name.to_owned(), value]);
        }
    }
    let mut text: Vec<String> = rows.iter().map(|row| format!("{:<16}{}", row[0], row[1])).collect();
    if answer["rivals"] == true {
        text.push("ALARM: two valid charters of one epoch were seen; a key is misused.".to_owned());
    }
    let history: Vec<Vec<String>> = answer["history"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|c| vec![field(c, "epoch"), field(c, "name"), field(c, "hash")])
        .collect();
    if history.len() > 1 {
        text.push(String::new());
        text.push(table(&["epoch", "name", "hash"], &history));
    }
    text.join("\n")
}
