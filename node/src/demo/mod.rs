//! A federation of real nodes on one machine: child processes of this binary with keys, directories
//! and sockets of their own. Every figure it shows is read from a node.

mod ask;
mod gather;
mod history;
mod lively;
mod play;
mod report;
mod stage;
mod stranger;
mod town;

use std::io::Write as _;
use std::path::PathBuf;

use crate::clock;
use crate::desk::{Problem, Request};
use stage::Stage;

pub use history::MAX_YEARS;

/// The fewest members: the four municipalities that publish.
pub const MIN_MEMBERS: usize = 4;
/// As many nodes as one machine can be expected to carry.
pub const MAX_MEMBERS: usize = 120;

/// Nodes whose pages are told at the end; all of them show the same.
const PAGES_SHOWN: usize = 8;

/// How the demo is to run.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many municipalities take part.
    pub members: usize,
    /// Whether it ends after the summary.
    pub once: bool,
    /// The history that it is to have; none if it plays the sample records.
    pub history: Option<Years>,
    /// Where the nodes' directories are kept; a temporary place if not given.
    pub keep: Option<PathBuf>,
    /// Whether the summary is one JSON document.
    pub json: bool,
}

/// A history of generated records.
#[derive(Clone, Copy, Debug)]
pub struct Years {
    /// Whole calendar years before the one that runs, from 1 to [`MAX_YEARS`].
    pub count: u32,
    /// What it is made from: the same seed makes the same history.
    pub seed: u64,
}

/// Plays the demo, shows the summary and, unless told otherwise, stays up until Ctrl-C.
///
/// # Errors
/// If anything did not arrive, a check failed, or this machine failed.
pub fn run(options: &Options) -> Result<(), Problem> {
    if !(MIN_MEMBERS..=MAX_MEMBERS).contains(&options.members) {
        let what = format!("a demo has {MIN_MEMBERS} to {MAX_MEMBERS} members, not {}", options.members);
        return Err(Problem::yours(what, "choose another number for --members"));
    }
    if options.history.is_some_and(|years| !(1..=MAX_YEARS).contains(&years.count)) {
        let what = format!("a history has 1 to {MAX_YEARS} whole years");
        return Err(Problem::yours(what, "choose another number for --years"));
    }
    let (place, temporary) = place(options)?;
    let result = play_in(&place, options);
    if temporary && let Err(error) = std::fs::remove_dir_all(&place) {
        tracing::warn!(%error, "the demo's temporary directory could not be removed");
    }
    result
}

fn play_in(place: &std::path::Path, options: &Options) -> Result<(), Problem> {
    let (mut stage, summary) = match options.history {
        None => {
            let mut stage = Stage::build(place, options.members)?;
            let report = play::play(&mut stage)?;
            (stage, if options.json { report.json()? } else { report.text() })
        }
        Some(years) => {
            let (stage, report) = lively::play(place, options, years, clock::now())?;
            (stage, if options.json { report.json()? } else { report.text() })
        }
    };
    show(&summary);
    if !options.once {
        say("The nodes stay up for use. Their pages, to open in a browser:");
        for town in stage.towns.iter().take(PAGES_SHOWN) {
            say(&format!("  {:24} {}", town.name, ask::text(&town.ask(&Request::Status)?, "web")?));
        }
        say("Commands, for example from another terminal:");
        let data = stage.town("lunner")?.home.directory().display().to_string();
        say(&format!("  idenett case list --data {data}"));
        say("Ctrl-C ends them.");
        wait_for_stop()?;
    }
    stage.stop()
}

/// A directory of the demo's own, or the one that the nodes are kept in.
fn place(options: &Options) -> Result<(PathBuf, bool), Problem> {
    let (place, temporary) = match &options.keep {
        Some(place) => (place.clone(), false),
        None => (std::env::temp_dir().join(format!("idenett-demo-{}", std::process::id())), true),
    };
    let used = place.read_dir().is_ok_and(|mut entries| entries.next().is_some());
    if used {
        let what = format!("{} is not empty", place.display());
        return Err(Problem::yours(what, "name an empty or new directory with --keep"));
    }
    std::fs::create_dir_all(&place).map_err(|e| Problem::file(&place, "making", &e))?;
    Ok((place, temporary))
}

fn show(summary: &str) {
    // Whoever closed the pipe has read enough.
    let _ = writeln!(std::io::stdout().lock(), "{summary}");
}

/// Says what is going on, to people; standard output is for the summary.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

fn wait_for_stop() -> Result<(), Problem> {
    let fault = |e: &std::io::Error| Problem::node(format!("signals cannot be heard: {e}"), "use --once");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|e| fault(&e))?;
    runtime.block_on(tokio::signal::ctrl_c()).map_err(|e| fault(&e))
}
