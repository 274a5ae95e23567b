//! Log lines: on standard error, as text or JSON. No text of records and no personal data is
//! ever logged.

use std::io::IsTerminal as _;

use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::config::LogFormat;

/// Begins to write log lines of this level and above. Libraries are heard from warnings on,
/// unless everything is asked for.
pub fn start(level: tracing::Level, format: LogFormat) {
    let others = if level == tracing::Level::TRACE { LevelFilter::DEBUG } else { LevelFilter::WARN };
    let filter = Targets::new().with_default(others).with_target("idenett", level);
    let registry = tracing_subscriber::registry().with(filter);
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(false);
    // A second start in one process changes nothing.
    let _ = match format {
        LogFormat::Text => registry.with(lines.with_ansi(std::io::stderr().is_terminal())).try_init(),
        LogFormat::Json => registry.with(lines.json()).try_init(),
    };
}
