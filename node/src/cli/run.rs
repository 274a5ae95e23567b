//! `idenett run`, `config check` and `demo`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use idenett::config::{Config, Flags};
use idenett::demo::{self, Options, Years};
use serde_json::json;

use super::out::{Out, field, plain, table};
use super::session::well;
use super::{Common, Done};

/// What is stronger than the environment and the file.
#[derive(Args)]
pub(crate) struct Settings {
    /// Address on which connections are accepted.
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<Vec<String>>,
    /// Address that others are told.
    #[arg(long, value_name = "ADDRESS")]
    announce: Option<Vec<String>>,
    /// Address to dial beside those of the charter.
    #[arg(long, value_name = "ADDRESS")]
    connect: Option<Vec<String>>,
    /// Language of what the member writes: nb, nn, se or en.
    #[arg(long, value_name = "LANG")]
    language: Option<String>,
    /// Address of the reading pages, as 127.0.0.1:4480; off: no pages.
    #[arg(long, value_name = "ADDRESS|off")]
    web: Option<String>,
    /// error, warn, info, debug or trace.
    #[arg(long, value_name = "LEVEL")]
    log_level: Option<String>,
    /// text or json.
    #[arg(long, value_name = "FORMAT")]
    log_format: Option<String>,
}

impl Settings {
    fn flags(self) -> Flags {
        let one = |value: Option<String>| value.map(|v| vec![v]);
        let all = [
            ("listen", self.listen),
            ("announce", self.announce),
            ("connect", self.connect),
            ("language", one(self.language)),
            ("web", one(self.web)),
            ("log_level", one(self.log_level)),
            ("log_format", one(self.log_format)),
        ];
        all.into_iter().filter_map(|(name, values)| Some((name, values?))).collect()
    }
}

/// Runs the node.
#[derive(Args)]
pub(crate) struct Run {
    #[command(flatten)]
    settings: Settings,
}

impl Run {
    pub(crate) fn perform(self, common: &Common, out: Out) -> Done {
        let home = common.home()?;
        let config = Config::load(&home, &self.settings.flags())?;
        idenett::telemetry::start(config.log_level, config.log_format);
        idenett::node::run(&home, &config, |started| out.begun(&json!(started)))?;
        well()
    }
}

#[derive(Subcommand)]
pub(crate) enum ConfigCommand {
    /// Show what is in force and where each value comes from.
    Check {
        #[command(flatten)]
        settings: Settings,
    },
}

impl ConfigCommand {
    pub(crate) fn perform(self, common: &Common, out: Out) -> Done {
        let Self::Check { settings } = self;
        let home = common.home()?;
        let config = Config::load(&home, &settings.flags())?;
        out.answer(&json!(config.settings()), |settings| {
            let rows: Vec<Vec<String>> = settings
                .as_array()
                .into_iter()
                .flatten()
                .map(|s| vec![field(s, "key"), plain(&s["value"]), field(s, "source")])
                .collect();
            table(&["key", "value", "from"], &rows)
        });
        well()
    }
}

/// Starts a federation of real nodes on this machine and shows what it does.
#[derive(Args)]
pub(crate) struct Demo {
    /// How many municipalities there are beside KS; four publish, the others read.
    #[arg(long, default_value_t = 4)]
    members: usize,
    /// Give it a history instead: generated records of so many whole calendar years and the one that runs.
    #[arg(long, value_name = "YEARS")]
    years: Option<u32>,
    /// What the history is made from; the same number makes the same history.
    #[arg(long, value_name = "NUMBER", default_value_t = 1, requires = "years")]
    seed: u64,
    /// End after the summary instead of staying up.
    #[arg(long)]
    once: bool,
    /// Keep the nodes' directories here.
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
}

impl Demo {
    pub(crate) fn perform(self, common: &Common) -> Done {
        let Self { members, years, seed, once, keep } = self;
        let history = years.map(|count| Years { count, seed });
        demo::run(&Options { members, once, history, keep, json: common.json })?;
        well()
    }
}
