//! `idenett bundle`.

use std::path::PathBuf;

use clap::Subcommand;
use idenett::desk::Request;

use super::out::{Out, counted, field, plain};
use super::session::{Session, well};
use super::{Done, absolute};

#[derive(Subcommand)]
pub(crate) enum Bundle {
    /// Write everything that counts here to a file.
    Export {
        /// The file.
        file: PathBuf,
        /// Replace a file that is there.
        #[arg(long)]
        force: bool,
    },
    /// Take a bundle in; repeating it does no harm.
    Import {
        /// The file.
        file: PathBuf,
    },
}

impl Bundle {
    pub(crate) fn perform(self, session: &mut Session, out: Out) -> Done {
        match self {
            Self::Export { file, force } => {
                let answer = session.ask(Request::BundleExport { file: absolute(&file), force })?;
                out.answer(&answer, |a| {
                    format!(
                        "Wrote {} ({} bytes) to {}",
                        counted(&a["entries"], "entry", "entries"),
                        field(a, "bytes"),
                        field(a, "file")
                    )
                });
            }
            Self::Import { file } => {
                let answer = session.ask(Request::BundleImport { file: absolute(&file) })?;
                out.answer(&answer, |a| {
                    let taken = counted(&a["taken"], "entry", "entries");
                    let known = counted(&a["known"], "was", "were");
                    let mut text = format!("Took {taken} in, {known} here already");
                    for (reason, count) in a["refused"].as_object().into_iter().flatten() {
                        text.push_str(&format!("\n  refused as {reason}: {}", plain(count)));
                    }
                    text
                });
            }
        }
        well()
    }
}
