//! `idenett init`.

use std::path::PathBuf;

use clap::Args;
use idenett::config::Flags;
use idenett::desk::{Federation, Founding, found};

use super::out::{Out, field};
use super::session::well;
use super::{Common, Done, absolute};

/// Makes a node: its key, its configuration and an empty replica.
#[derive(Args)]
pub(crate) struct Init {
    /// Organisation number of the member.
    #[arg(long, value_name = "ORGNR")]
    org: String,
    /// Name of the member.
    #[arg(long)]
    name: String,
    /// Municipality number, if the member is a municipality.
    #[arg(long, value_name = "NUMBER")]
    number: Option<String>,
    /// Charter file of the federation, from `idenett charter export`.
    #[arg(long, value_name = "FILE", required_unless_present = "new_federation", conflicts_with = "new_federation")]
    charter: Option<PathBuf>,
    /// Found a federation of this name.
    #[arg(long, value_name = "NAME")]
    new_federation: Option<String>,
    /// Where the new federation's registrar key is put; move it offline afterwards.
    #[arg(long, value_name = "FILE", requires = "new_federation")]
    registrar_key: Option<PathBuf>,
    /// Who may read what the new federation serves.
    #[arg(long, value_name = "open|members", default_value = "open")]
    reading: String,
    /// Address at which newcomers find the new federation.
    #[arg(long, value_name = "ADDRESS", requires = "new_federation")]
    bootstrap: Vec<String>,
    /// Address on which this node accepts connections; none: it only dials.
    #[arg(long, value_name = "ADDRESS")]
    listen: Vec<String>,
    /// Address that others are told.
    #[arg(long, value_name = "ADDRESS")]
    announce: Vec<String>,
    /// Address to dial beside those of the charter.
    #[arg(long, value_name = "ADDRESS")]
    connect: Vec<String>,
    /// Language of what the member writes: nb, nn, se or en.
    #[arg(long, value_name = "LANG")]
    language: Option<String>,
}

impl Init {
    pub(crate) fn perform(self, common: &Common, out: Out) -> Done {
        let home = common.home()?;
        let settings: Flags = [
            ("org", vec![self.org]),
            ("name", vec![self.name]),
            ("municipality_number", self.number.into_iter().collect()),
            ("listen", self.listen),
            ("announce", self.announce),
            ("connect", self.connect),
            ("language", self.language.into_iter().collect()),
        ]
        .into();
        let federation = match (self.charter, self.new_federation) {
            (Some(file), _) => Federation::Charter(absolute(&file)),
            (None, name) => Federation::New {
                name: name.unwrap_or_default(),
                reading: self.reading,
                bootstrap: self.bootstrap,
                registrar_key: self.registrar_key.map_or_else(|| home.registrar_key(), |file| absolute(&file)),
            },
        };
        let answer = found(&home, &Founding { settings, federation })?;
        out.answer(&answer, |answer| {
            let mut text = format!(
                "Made the node of {} ({}) in {}\n  federation  {} {}\n  key         {}",
                field(answer, "name"),
                field(answer, "org"),
                field(answer, "data"),
                field(answer, "federation_name"),
                field(answer, "federation"),
                field(answer, "key"),
            );
            if answer["registrar_key"].is_string() {
                text.push_str(&format!(
                    "\n  registrar   {}\n\nThe registrar's key admits members and ends keys. Move the file offline, keep a copy,\n\
                     and bring it back only to sign. This node is admitted already.",
                    field(answer, "registrar_key")
                ));
            } else {
                text.push_str("\n\nNext: `idenett member request` writes what the registrar needs to admit this node.");
            }
            text
        });
        well()
    }
}
