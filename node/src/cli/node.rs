//! How the node stands: `status`, `peers`, `verify`, `reindex`, `record show`.

use std::process::ExitCode;

use clap::Subcommand;
use idenett::desk::Request;
use serde_json::Value;

use super::Done;
use super::out::{Out, field, plain, short, table};
use super::session::{Session, well};
use super::thing::WithdrawArgs;

#[derive(Subcommand)]
pub(crate) enum Record {
    /// Show any entry: header, facts, text, and where it stands.
    Show {
        /// Its id or the beginning of it.
        id: String,
    },
    /// Take any record of your own back.
    Withdraw(WithdrawArgs),
}

impl Record {
    pub(crate) fn perform(self, session: &mut Session, out: Out) -> Done {
        match self {
            Self::Show { id } => {
                let answer = session.ask(Request::Record { id })?;
                out.answer(&answer, |a| serde_json::to_string_pretty(a).unwrap_or_default());
                well()
            }
            Self::Withdraw(withdraw) => withdraw.perform(None, session, out),
        }
    }
}

pub(crate) fn status(session: &mut Session, out: Out) -> Done {
    let answer = session.ask(Request::Status)?;
    out.answer(&answer, status_text);
    well()
}

fn status_text(status: &Value) -> String {
    let running = if status["running"] == true {
        format!("runs, {} peers, listens on {}", field(status, "peers"), or_nothing(&status["listening"]))
    } else {
        "does not run".to_owned()
    };
    let signing = match status["signing_waits_for"].as_str() {
        Some(reason) if status["signing"] == "ended" => format!("no more: {reason}"),
        Some(reason) => format!("waits: {reason}"),
        None => "ready".to_owned(),
    };
    let rows = [
        ("federation", format!("{} {}", field(status, "federation_name"), short(&status["federation"]))),
        ("charter", format!("epoch {}", field(status, "charter_epoch"))),
        ("member", format!("{} ({})", field(status, "name"), field(status, "org"))),
        ("key", field(status, "key")),
        ("node", running),
        ("signing", signing),
        ("frontier", field(status, "frontier")),
        (
            "entries",
            format!(
                "{} in {} logs, {} of its own",
                field(status, "entries"),
                field(status, "logs"),
                field(status, "own_entries")
            ),
        ),
        ("members", field(status, "members")),
        (
            "cases",
            format!(
                "{}, needs {}, reuses that count {}",
                field(status, "cases"),
                field(status, "needs"),
                field(status, "reuses_counted")
            ),
        ),
        (
            "plans",
            format!(
                "{}, programmes {}, collections {}, awards {}",
                field(status, "plans"),
                field(status, "programmes"),
                field(status, "collections"),
                field(status, "awards")
            ),
        ),
        ("outbox", field(status, "outbox")),
        ("texts wanted", field(status, "wanted_texts")),
    ];
    let mut lines: Vec<String> = rows.iter().map(|(name, value)| format!("{name:<14}{value}")).collect();
    for (name, count) in status["counters"].as_object().into_iter().flatten() {
        lines.push(format!("{:<14}{name} {count}", "refused"));
    }
    for (label, list) in [("damage", &status["damage"]), ("ALARM", &status["alarms"])] {
        lines.extend(list.as_array().into_iter().flatten().map(|item| format!("{label:<14}{}", plain(item))));
    }
    lines.join("\n")
}

fn or_nothing(value: &Value) -> String {
    let text = plain(value);
    if text.is_empty() { "nothing".to_owned() } else { text }
}

pub(crate) fn peers(session: &mut Session, out: Out) -> Done {
    let answer = session.ask(Request::Peers)?;
    out.answer(&answer, |peers| {
        let peers = peers.as_array().into_iter().flatten();
        let rows: Vec<Vec<String>> = peers
            .map(|p| {
                let way = if p["dialed"] == true { "dialed" } else { "came" };
                vec![short(&p["key"]), or_nothing(&p["name"]), way.to_owned(), field(p, "address"), field(p, "since")]
            })
            .collect();
        if rows.is_empty() {
            "No peer is connected.".to_owned()
        } else {
            table(&["key", "member", "way", "address", "since"], &rows)
        }
    });
    well()
}

pub(crate) fn verify(session: &mut Session, out: Out) -> Done {
    let answer = session.ask(Request::Verify)?;
    out.answer(&answer, |found| {
        let mut lines: Vec<String> =
            found["faults"].as_array().into_iter().flatten().map(|f| format!("WRONG: {}", plain(f))).collect();
        lines.push(format!(
            "{} entries in {} logs, {} signatures checked, {} texts redacted, {} wanted\nfrontier {}",
            field(found, "entries"),
            field(found, "logs"),
            field(found, "signatures"),
            field(found, "redacted"),
            field(found, "wanted"),
            field(found, "frontier"),
        ));
        lines.push(if found["ok"] == true {
            "Everything holds.".to_owned()
        } else {
            "Something is wrong; see above.".to_owned()
        });
        lines.join("\n")
    });
    Ok(if answer["ok"] == true { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

pub(crate) fn reindex(session: &mut Session, out: Out) -> Done {
    let answer = session.ask(Request::Reindex)?;
    out.answer(&answer, |a| {
        format!("Made the index anew: {} entries, frontier {}", field(a, "entries"), field(a, "frontier"))
    });
    well()
}
