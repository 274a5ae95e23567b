//! What a command prints: one JSON document for programs, or text for people.

use std::io::{IsTerminal, Write};

use idenett::desk::{Problem, Progress};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::{Value, json};

/// Characters of a column that has no other limit.
const MAX_COLUMN: usize = 64;

/// Where and how a command prints.
#[derive(Clone, Copy)]
pub(crate) struct Out {
    /// One JSON document instead of text.
    pub(crate) json: bool,
}

impl Out {
    /// Prints the one answer of a command.
    pub(crate) fn answer(self, value: &Value, text: impl FnOnce(&Value) -> String) {
        if self.json {
            line(&serde_json::to_string_pretty(value).unwrap_or_default());
        } else {
            let text = text(value);
            if !text.is_empty() {
                line(&text);
            }
        }
    }

    /// Prints, for programs, that something has begun which goes on: in one line, because there is no end to wait for.
    pub(crate) fn begun(self, value: &Value) {
        if self.json {
            let mut out = std::io::stdout().lock();
            // It goes on, whether anybody reads or not.
            let _ = writeln!(out, "{value}").and_then(|()| out.flush());
        }
    }

    /// Prints what went wrong.
    pub(crate) fn problem(self, problem: &Problem) {
        let mut err = std::io::stderr().lock();
        // Who closed standard error does not want to know.
        let _ = if self.json {
            let text = serde_json::to_string_pretty(&json!({ "problem": problem })).unwrap_or_default();
            writeln!(err, "{text}")
        } else if std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none() {
            writeln!(err, "\u{1b}[31merror:\u{1b}[0m {problem}")
        } else {
            writeln!(err, "error: {problem}")
        };
    }
}

/// Prints a line; a reader that has gone is no fault.
pub(crate) fn line(text: &str) {
    let mut out = std::io::stdout().lock();
    if writeln!(out, "{text}").and_then(|()| out.flush()).is_err() {
        std::process::exit(0);
    }
}

/// A word to the person, not part of the answer.
pub(crate) fn note(text: &str) {
    // Who closed standard error does not want to know.
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// A row of cells below each heading, aligned.
pub(crate) fn table(headings: &[&str], rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        let heading = headings.get(column).map_or(0, |h| h.chars().count());
        cells.max().unwrap_or(0).min(MAX_COLUMN).max(heading)
    };
    let widths: Vec<usize> = (0..headings.len()).map(width).collect();
    let format = |cells: &mut dyn Iterator<Item = &str>| {
        let padded = cells.zip(&widths).map(|(cell, width)| {
            let cut = shorten(cell, *width);
            let space = width.saturating_sub(cut.chars().count());
            format!("{cut}{}", " ".repeat(space))
        });
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let mut lines = vec![format(&mut headings.iter().copied())];
    lines.extend(rows.iter().map(|row| format(&mut row.iter().map(String::as_str))));
    lines.join("\n")
}

fn shorten(text: &str, width: usize) -> String {
    let text = text.replace('\n', " ");
    if text.chars().count() <= width {
        return text;
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// A field of an answer as text; empty where there is none.
pub(crate) fn field(value: &Value, name: &str) -> String {
    plain(&value[name])
}

/// A value as text.
pub(crate) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Number(_) | Value::Object(_) => value.to_string(),
    }
}

/// A number with the word for what is counted, as `1 peer` and `2 peers`.
pub(crate) fn counted(value: &Value, one: &str, many: &str) -> String {
    let word = if value.as_u64() == Some(1) { one } else { many };
    format!("{} {word}", plain(value))
}

/// The first digits of an id.
pub(crate) fn short(value: &Value) -> String {
    plain(value).chars().take(8).collect()
}

/// A bar for long work; nothing where standard error is no terminal.
pub(crate) struct Bar(ProgressBar);

impl Bar {
    /// A bar that shows itself with the first word of progress.
    pub(crate) fn new() -> Self {
        let terminal = std::io::stderr().is_terminal();
        let target = if terminal { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        Self(ProgressBar::with_draw_target(None, target))
    }

    /// Shows how far the work has come.
    pub(crate) fn show(&self, progress: &Progress) {
        let template = if progress.total.is_some() {
            "{msg} [{bar:30}] {human_pos}/{human_len} {per_sec}"
        } else {
            "{msg} {human_pos} {per_sec}"
        };
        if self.0.message() != progress.doing {
            if let Ok(style) = ProgressStyle::with_template(template) {
                self.0.set_style(style.progress_chars("=> "));
            }
            self.0.set_message(progress.doing.clone());
        }
        if let Some(total) = progress.total {
            self.0.set_length(total);
        }
        self.0.set_position(progress.done);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_below_each_other() {
        let rows = [vec!["ab".to_owned(), "Ø".to_owned()], vec!["c".to_owned(), "x".repeat(80)]];
        let text = table(&["id", "title"], &rows);
        let cut = format!("c   {}…", "x".repeat(MAX_COLUMN - 1));
        assert_eq!(text.lines().collect::<Vec<_>>(), ["id  title", "ab  Ø", cut.as_str()]);
    }
}
