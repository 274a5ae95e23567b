//! How the node stands: `status`, `peers`, `verify`, `reindex`, `record show`.

use std::process::ExitCode;

use clap::Subcommand;
use idenett::desk::Request;
use serde_json::Value;

use super::Done;
use super::ask::UNHEARD;
use super::out::{Out, counted, field, plain, short, table};
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
        let peers = counted(&status["peers"], "peer", "peers");
        format!("runs, {peers}, listens on {}", or_nothing(&status["listening"]))
    } else {
        "does not run".to_owned()
    };
    let signing = match status["signing_waits_for"].as_str() {
        Some(reason) if status["signing"] == "ended" => format!("no more: {reason}"),
        Some(reason) => format!("waits: {reason}"),
        None => "ready".to_owned(),
    };
    let number = |name: &str| field(status, name);
    let entries = format!(
        "{} in {}, {} of its own",
        number("entries"),
        counted(&status["logs"], "log", "logs"),
        number("own_entries")
    );
    let cases =
        format!("{}, needs {}, reuses that count {}", number("cases"), number("needs"), number("reuses_counted"));
    let plans = format!(
        "{}, programmes {}, collections {}, awards {}",
        number("plans"),
        number("programmes"),
        number("collections"),
        number("awards")
    );
    let mut rows = vec![
        ("federation", format!("{} {}", number("federation_name"), short(&status["federation"]))),
        ("charter", format!("epoch {}", number("charter_epoch"))),
        ("member", format!("{} ({})", number("name"), number("org"))),
        ("key", number("key")),
        ("node", running),
        ("signing", signing),
        ("frontier", number("frontier")),
        ("entries", entries),
        ("members", number("members")),
        ("cases", cases),
        ("plans", plans),
        ("outbox", number("outbox")),
        ("texts wanted", number("wanted_texts")),
    ];
    // A node that rests has no pages, and a row about them would say nothing.
    let pages = status["web_problem"].as_str().map(|reason| format!("none: {reason}"));
    if let Some(pages) = pages.or_else(|| status["web"].as_str().map(str::to_owned)) {
        rows.insert(5, ("pages", pages));
    }
    let mut lines: Vec<String> = rows.iter().map(|(name, value)| row(name, value)).collect();
    lines.extend(remarkable(status));
    lines.join("\n")
}

fn row(name: &str, value: &str) -> String {
    format!("{name:<14}{value}")
}

/// What is told only where it is not as it should be.
fn remarkable(status: &Value) -> Vec<String> {
    let mut lines = Vec::new();
    if status["unheard"] == true {
        lines.push(row("no peer", UNHEARD));
    }
    lines.extend(list(&status["unreached"]).map(|dial| row("no session", &in_vain(dial))));
    let behind = status["clock_ahead_ms"].as_i64().unwrap_or_default() / 1000;
    if behind != 0 {
        let way = if behind > 0 { "behind" } else { "ahead of" };
        lines.push(row("clock", &format!("{} s {way} those of its peers", behind.unsigned_abs())));
    }
    for (name, label, what) in [
        ("waiting_entries", "incomplete", "stored here and wait for what stands before them"),
        ("unreadable", "unreadable", "kept and passed on, but this version cannot read them"),
    ] {
        if status[name].as_u64().unwrap_or_default() > 0 {
            lines.push(row(label, &format!("{} {what}", field(status, name))));
        }
    }
    for (name, count) in status["counters"].as_object().into_iter().flatten() {
        lines.push(row("refused", &format!("{name} {count}")));
    }
    for (label, name) in [("damage", "damage"), ("ALARM", "alarms")] {
        lines.extend(list(&status[name]).map(|item| row(label, &plain(item))));
    }
    lines
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// An address without a session, and why.
fn in_vain(dial: &Value) -> String {
    let tries = counted(&dial["tries"], "try", "tries");
    format!("{}: {} ({tries}, the last {})", field(dial, "address"), field(dial, "reason"), field(dial, "last"))
}

fn or_nothing(value: &Value) -> String {
    let text = plain(value);
    if text.is_empty() { "nothing".to_owned() } else { text }
}

pub(crate) fn peers(session: &mut Session, out: Out) -> Done {
    let answer = session.ask(Request::Peers)?;
    out.answer(&answer, |peers| {
        let (connected, others): (Vec<&Value>, Vec<&Value>) = list(peers).partition(|p| p["connected"] == true);
        let rows: Vec<Vec<String>> = connected
            .into_iter()
            .map(|p| {
                let way = if p["dialed"] == true { "dialed" } else { "came" };
                vec![short(&p["key"]), or_nothing(&p["name"]), way.to_owned(), field(p, "address"), field(p, "since")]
            })
            .collect();
        let first = if rows.is_empty() {
            "No peer is connected.".to_owned()
        } else {
            table(&["key", "member", "way", "address", "since"], &rows)
        };
        let in_vain = others.into_iter().map(|dial| format!("No session with {}", in_vain(dial)));
        [first].into_iter().chain(in_vain).collect::<Vec<_>>().join("\n")
    });
    well()
}

pub(crate) fn verify(session: &mut Session, out: Out) -> Done {
    let answer = session.ask(Request::Verify)?;
    out.answer(&answer, |found| {
        let mut lines: Vec<String> =
            found["faults"].as_array().into_iter().flatten().map(|f| format!("WRONG: {}", plain(f))).collect();
        let mended = found["mended"].as_array().into_iter().flatten();
        lines.extend(mended.map(|m| format!("damaged: {}", plain(m))));
        lines.push(format!(
            "{} in {}, {} checked, {} redacted, {} wanted\nfrontier {}",
            counted(&found["entries"], "entry", "entries"),
            counted(&found["logs"], "log", "logs"),
            counted(&found["signatures"], "signature", "signatures"),
            counted(&found["redacted"], "text", "texts"),
            field(found, "wanted"),
            field(found, "frontier"),
        ));
        lines.push(if found["ok"] == true {
            "Everything holds.".to_owned()
        } else {
            "Something is wrong; see above. What is damaged is fetched again from the others while the node runs."
                .to_owned()
        });
        lines.join("\n")
    });
    Ok(if answer["ok"] == true { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

pub(crate) fn reindex(session: &mut Session, out: Out) -> Done {
    let answer = session.ask(Request::Reindex)?;
    out.answer(&answer, |a| {
        let faults = a["faults"].as_array().into_iter().flatten();
        let mut lines: Vec<String> = faults.map(|f| format!("WRONG: {}", plain(f))).collect();
        lines.push(format!(
            "Made the indexes anew from the journal: {}, {} of them damaged, frontier {}",
            counted(&a["entries"], "entry", "entries"),
            field(a, "damaged"),
            field(a, "frontier")
        ));
        if a["ok"] != true {
            lines.push("What is damaged is fetched again from the others while the node runs.".to_owned());
        }
        lines.join("\n")
    });
    Ok(if answer["ok"] == true { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
