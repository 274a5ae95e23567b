//! `idenett search` and `reference import`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use idenett::desk::{Request, SearchFor};

use super::out::{Out, field, short, table};
use super::session::{Session, well};
use super::{Done, absolute};

/// Finds cases or needs.
#[derive(Args)]
pub(crate) struct Search {
    /// What to look for, in bokmål or nynorsk; "words in quotation marks" stand together.
    #[arg(required = true)]
    query: Vec<String>,
    /// At most so many.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Look among needs instead of cases.
    #[arg(long)]
    needs: bool,
    /// Only with this value, as `sector=technical` or `status=ended_with_lessons`; may be given several times.
    #[arg(long = "filter", value_name = "FACET=VALUE")]
    filters: Vec<String>,
    /// Only of municipalities like this one.
    #[arg(long)]
    like_us: bool,
    /// relevance, newest, most_reused or title.
    #[arg(long, value_name = "ORDER")]
    sort: Option<String>,
}

impl Search {
    pub(crate) fn perform(self, session: &mut Session, out: Out) -> Done {
        let answer = session.ask(Request::Search(SearchFor {
            text: self.query.join(" "),
            kind: if self.needs { "need" } else { "case" }.to_owned(),
            filters: self.filters,
            like_us: self.like_us,
            sort: self.sort,
            limit: self.limit,
        }))?;
        out.answer(&answer, |answer| {
            let hits = answer.as_array().into_iter().flatten();
            let rows: Vec<Vec<String>> =
                hits.map(|hit| vec![short(&hit["id"]), field(hit, "owner"), field(hit, "title")]).collect();
            if rows.is_empty() {
                return "Nothing answers that. Is it a need? Publish it with `idenett need publish`, so that others see it."
                    .to_owned();
            }
            table(&["id", "owner", "title"], &rows)
        });
        well()
    }
}

/// What is loaded from files that others keep.
#[derive(Subcommand)]
pub(crate) enum Reference {
    /// Load a vocabulary with other words for the same, as Digdir's Los, for the search.
    Import {
        /// The vocabulary as JSON: objects with `id`, `pref` and `alt`, each by language.
        file: PathBuf,
    },
}

impl Reference {
    pub(crate) fn perform(self, session: &mut Session, out: Out) -> Done {
        let Self::Import { file } = self;
        let answer = session.ask(Request::VocabularyImport { file: absolute(&file) })?;
        out.answer(&answer, |answer| format!("The search uses {} words of the vocabulary.", field(answer, "words")));
        well()
    }
}
