//! `idenett barometer`: figures in the terminal, and the sets of them that are published.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use idenett::barometer::handbook;
use idenett::desk::{BarometerFor, Problem, RegistrarAct, Request};
use idenett::language::Tongue;
use serde_json::Value;

use super::ask::tell;
use super::member::Key;
use super::out::{Out, field, short, table};
use super::session::{Session, well};
use super::{Common, Done, absolute};

/// Places of a bar.
const BAR: u64 = 20;

/// Figures about innovation and its spread, counted from the records.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Barometer {
    #[command(subcommand)]
    command: Option<Release>,
    #[command(flatten)]
    figures: Figures,
}

#[derive(Args)]
struct Figures {
    /// Indicators, as B1 B9; all of them if none is named.
    indicators: Vec<String>,
    /// The day of reckoning, as 2026-06-30; today if not given.
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// A year, or 24m for the 24 months up to the day of reckoning.
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,
    /// Break down by sector, theme, kostra_group, size, centrality, county, municipality or programme.
    #[arg(long, value_name = "DIMENSION")]
    by: Option<String>,
    /// Municipalities as they are today, or as they were then.
    #[arg(long, value_name = "today|then")]
    structure: Option<String>,
    /// text, csv, json-stat, xlsx, or parquet: all facts behind the figures as flat tables.
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: String,
    /// Where a format other than text is written: a file, or for parquet a directory.
    #[arg(long, value_name = "PATH")]
    to: Option<PathBuf>,
    /// Replace what is there.
    #[arg(long)]
    force: bool,
}

#[derive(Subcommand)]
enum Release {
    /// Count a published set of figures again, and say whether it is the same.
    Verify {
        /// The release: its id or the beginning of it.
        release: String,
    },
    /// The published sets of figures.
    Releases,
    /// What every indicator means and how it is counted, as Markdown.
    Handbook {
        /// nb, nn or en.
        #[arg(default_value = "en")]
        language: String,
    },
    /// Publish all figures of a day (registrar).
    Publish {
        /// The day of reckoning; yesterday if not given.
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
        /// A year, or 24m.
        #[arg(long, value_name = "PERIOD")]
        period: Option<String>,
        /// The release that this one corrects.
        #[arg(long, value_name = "RELEASE")]
        replaces: Option<String>,
        #[command(flatten)]
        key: Key,
    },
}

impl Barometer {
    pub(crate) fn perform(self, common: &Common, out: Out) -> Done {
        // What needs no node asks for none.
        if let Some(Release::Handbook { language }) = &self.command {
            let tongue = Tongue::named(language)
                .ok_or_else(|| Problem::yours(format!("there is no language `{language}`"), "write nb, nn or en"))?;
            let text = handbook(tongue);
            out.answer(&text.clone().into(), |_| text.trim_end().to_owned());
            return well();
        }
        Session::open(common)?.finish(|session| self.ask(session, common, out))
    }

    fn ask(self, session: &mut Session, common: &Common, out: Out) -> Done {
        match self.command {
            None => {
                let Figures { indicators, as_of, period, by, structure, format, to, force } = self.figures;
                let wanted = BarometerFor { indicators, as_of, period, by, structure };
                if format != "text" {
                    let to = to.ok_or_else(|| {
                        Problem::yours(format!("{format} is written to a file"), "name it with --to PATH")
                    })?;
                    let request = Request::BarometerExport { wanted, format, to: absolute(&to), force };
                    out.answer(&session.ask(request)?, |answer| format!("Wrote {}", field(answer, "file")));
                    return well();
                }
                let answer = session.ask(Request::Barometer(wanted))?;
                out.answer(&answer, text);
            }
            Some(Release::Verify { release }) => {
                let answer = session.ask(Request::ReleaseVerify { id: release })?;
                out.answer(&answer, |answer| field(answer, "what"));
                if answer["verdict"] != "identical" {
                    return Ok(std::process::ExitCode::FAILURE);
                }
            }
            Some(Release::Releases) => {
                let answer = session.ask(Request::ReleaseList)?;
                out.answer(&answer, releases);
            }
            Some(Release::Handbook { .. }) => {}
            Some(Release::Publish { as_of, period, replaces, key }) => {
                let act = RegistrarAct::Release { as_of, period, replaces };
                let (key, offline) = (key.file(common)?, common.offline);
                tell(out, &session.ask(Request::Registrar { key, act, offline })?);
            }
        }
        well()
    }
}

fn releases(answer: &Value) -> String {
    let rows: Vec<Vec<String>> = answer
        .as_array()
        .into_iter()
        .flatten()
        .map(|r| {
            vec![
                short(&r["id"]),
                field(r, "date"),
                field(r, "from"),
                field(r, "to"),
                field(r, "definitions"),
                short(&r["replaces"]),
            ]
        })
        .collect();
    if rows.is_empty() {
        return "Nothing is published yet.".to_owned();
    }
    table(&["release", "as of", "from", "to", "definitions", "replaces"], &rows)
}

/// The figures with bars. Signs are those of Statistics Norway.
fn text(answer: &Value) -> String {
    let mut lines = vec![format!(
        "As of {}, period {}, structure of {}. Definitions {}.",
        field(answer, "date"),
        field(answer, "period"),
        if answer["structure"] == "then" { "the time" } else { "today" },
        field(answer, "definitions")
    )];
    for figure in answer["figures"].as_array().into_iter().flatten() {
        lines.push(format!("\n{}  {}", field(figure, "indicator"), field(figure, "name")));
        let of = field(figure, "of");
        let of = if of.is_empty() { of } else { format!(", of {of}") };
        lines.push(format!("    {}{of}", field(figure, "counts")));
        lines.extend(rows(figure));
    }
    lines.push("\n. cannot occur   .. not known   : too few to show a share   - nothing".to_owned());
    lines.push(
        "These are counts of records, not a survey: compare directions with the barometers, not decimals.".to_owned(),
    );
    lines.join("\n")
}

fn rows(figure: &Value) -> Vec<String> {
    let cells: Vec<&Value> = figure["cells"].as_array().into_iter().flatten().collect();
    if cells.is_empty() {
        return vec!["    ..".to_owned()];
    }
    let name = |cell: &Value| {
        let (series, part) = (field(&cell["name"], "series"), field(&cell["name"], "part"));
        match (cell["series"].as_str(), cell["part"].as_str()) {
            (_, Some("all")) => series,
            (Some("share"), _) => part,
            _ => format!("{part}: {}", series.to_lowercase()),
        }
    };
    let width = cells.iter().map(|cell| name(cell).chars().count()).max().unwrap_or(0);
    cells.iter().map(|cell| format!("    {:<width$}  {}", name(cell), value(cell))).collect()
}

fn value(cell: &Value) -> String {
    let (printed, number) = (field(cell, "printed"), |v: &Value, name: &str| v[name].as_u64().unwrap_or(0));
    let value = &cell["value"];
    if let Some(share) = value.get("share") {
        let (n, of) = (number(share, "n"), number(share, "of"));
        let unit = if printed.starts_with(|c: char| c.is_ascii_digit()) { " %" } else { "" };
        return format!("{} {printed:>6}{unit:<2}  {n} of {of}", bar(n, of));
    }
    if let Some(mean) = value.get("mean") {
        return format!("{printed:>6}  over {}", number(mean, "of"));
    }
    if let Some(days) = value.get("days") {
        return format!("{printed:>6} days  of {}", number(days, "of"));
    }
    if let Some(saved) = value.get("saved") {
        let (low, high) = (field(saved, "low"), field(saved, "high"));
        return format!("{printed:>6}  ({low} to {high}), stated by {} of {}", number(saved, "n"), number(saved, "of"));
    }
    format!("{printed:>6}")
}

fn bar(n: u64, of: u64) -> String {
    let filled = (n * BAR).checked_div(of).unwrap_or(0).min(BAR);
    let filled = usize::try_from(filled).unwrap_or(0);
    let empty = usize::try_from(BAR).unwrap_or(0).saturating_sub(filled);
    format!("{}{}", "█".repeat(filled), "░".repeat(empty))
}
