//! `idenett case import`: line by line, with bounded memory, repeatable.

use std::fs::File;
use std::io::{BufRead, BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Args;
use idenett::desk::{Import as Batch, ImportRow, Problem, Progress, Request};
use idenett::problem::FieldProblem;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Done;
use super::input::Personal;
use super::out::{Bar, Out, note};
use super::session::{Session, well};

/// Cases sent at once.
const BATCH_ROWS: usize = 250;
/// Bytes sent at once, about.
const BATCH_BYTES: usize = 4 * 1024 * 1024;
/// Bytes of one line.
const MAX_LINE: u64 = 1024 * 1024;
/// Faults that are listed for programs; the rest is counted.
const MAX_LISTED: usize = 500;
/// Faults that are listed for people.
const MAX_SHOWN: usize = 20;
/// The code of a program that was interrupted.
const INTERRUPTED: u8 = 130;

/// Takes cases over.
#[derive(Args)]
pub(crate) struct Import {
    /// The file, one JSON object a line; `-` for standard input.
    file: PathBuf,
    #[command(flatten)]
    personal: Personal,
}

/// What came of it so far.
#[derive(Default)]
struct Tally {
    taken: u64,
    waiting: u64,
    known: u64,
    bad_lines: u64,
    last_bad: Option<u64>,
    listed: Vec<FieldProblem>,
    reason: Option<String>,
}

impl Import {
    pub(crate) fn perform(self, session: &mut Session, out: Out) -> Done {
        let io = |e: std::io::Error| Problem::file(&self.file, "reading", &e);
        let (reader, total): (Box<dyn Read>, Option<u64>) = if self.file.as_os_str() == "-" {
            (Box::new(std::io::stdin()), None)
        } else {
            let file = File::open(&self.file).map_err(io)?;
            let meta = file.metadata().map_err(io)?;
            if meta.is_dir() {
                return Err(io(std::io::ErrorKind::IsADirectory.into()));
            }
            (Box::new(file), Some(meta.len()))
        };
        let interrupted = watch_interrupt();
        let mut lines = Lines { reader: BufReader::new(reader), number: 0, bytes: 0, records: 0 };
        let mut tally = Tally::default();
        let bar = Bar::new();
        loop {
            let more = self.batch(&mut lines, session, &mut tally).map_err(|problem| tally.broken_off(problem))?;
            let doing = "importing, bytes read".to_owned();
            bar.show(&Progress { doing, done: lines.bytes, total });
            if !more {
                break;
            }
            if interrupted.load(Ordering::Relaxed) {
                drop(bar);
                note(&format!("interrupted: {}; importing the file again goes on from there", tally.stands()));
                return Ok(ExitCode::from(INTERRUPTED));
            }
        }
        drop(bar);
        if lines.records == 0 {
            let what = format!("{} holds no case", self.file.display());
            return Err(Problem::yours(what, "name a file with one JSON object a line"));
        }
        tally.tell(out)
    }

    /// Reads and sends one batch. Gives whether there may be more.
    fn batch(&self, lines: &mut Lines, session: &mut Session, tally: &mut Tally) -> Result<bool, Problem> {
        let mut rows = Vec::new();
        let mut bytes = 0;
        let mut more = true;
        while rows.len() < BATCH_ROWS && bytes < BATCH_BYTES {
            let before = lines.bytes;
            match lines.next().map_err(|e| unreadable(&self.file, &e))? {
                None => {
                    more = false;
                    break;
                }
                Some((_, Ok(None))) => {}
                Some((line, Ok(Some(input)))) => rows.push(ImportRow { line, input }),
                Some((line, Err(problem))) => {
                    tally.bad(FieldProblem {
                        line: Some(line),
                        field: String::new(),
                        fault: "malformed".to_owned(),
                        problem,
                    });
                }
            }
            bytes += usize::try_from(lines.bytes - before).unwrap_or(BATCH_BYTES);
        }
        if !rows.is_empty() {
            let request = Batch { rows, no_personal_data: self.personal.no_personal_data };
            tally.add(&session.ask_quietly(Request::Import(request))?);
        }
        Ok(more)
    }
}

/// Says from now on whether someone wants the command to end. Who insists ends it at once.
fn watch_interrupt() -> Arc<AtomicBool> {
    let told = Arc::new(AtomicBool::new(false));
    let tell = Arc::clone(&told);
    std::thread::spawn(move || {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
        while runtime.block_on(tokio::signal::ctrl_c()).is_ok() {
            if tell.swap(true, Ordering::Relaxed) {
                std::process::exit(i32::from(INTERRUPTED));
            }
        }
    });
    told
}

/// A file that cannot be read, or that does not hold lines.
fn unreadable(file: &Path, error: &std::io::Error) -> Problem {
    if error.kind() != ErrorKind::InvalidData {
        return Problem::file(file, "reading", error);
    }
    Problem::yours(
        format!("{} cannot be imported: {error}", file.display()),
        "write one JSON object a line; `jq -c '.[]'` makes lines of an array",
    )
}

/// The lines of the input, each of bounded length.
struct Lines {
    reader: BufReader<Box<dyn Read>>,
    number: u64,
    bytes: u64,
    /// Lines that are not empty.
    records: u64,
}

/// A line: its object, nothing if it is empty, or what is wrong with it.
type Line = (u64, Result<Option<Value>, String>);

impl Lines {
    fn next(&mut self) -> std::io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        (&mut self.reader).take(MAX_LINE).read_until(b'\n', &mut bytes)?;
        if bytes.is_empty() {
            return Ok(None);
        }
        self.number += 1;
        self.bytes += bytes.len() as u64;
        if bytes.contains(&0) {
            return Err(std::io::Error::new(ErrorKind::InvalidData, "it is no text"));
        }
        let begins = bytes.trim_ascii_start();
        if self.records == 0 && begins.first() == Some(&b'[') {
            return Err(std::io::Error::new(ErrorKind::InvalidData, "it is one JSON array"));
        }
        self.records += u64::from(!begins.is_empty());
        if bytes.len() as u64 == MAX_LINE && bytes.last() != Some(&b'\n') {
            self.skip_rest()?;
            return Ok(Some((self.number, Err(format!("The line is longer than {MAX_LINE} bytes.")))));
        }
        Ok(Some((self.number, object(&bytes))))
    }

    fn skip_rest(&mut self) -> std::io::Result<()> {
        loop {
            let (used, ended) = {
                let buffer = self.reader.fill_buf()?;
                match buffer.iter().position(|b| *b == b'\n') {
                    Some(at) => (at + 1, true),
                    None => (buffer.len(), buffer.is_empty()),
                }
            };
            self.reader.consume(used);
            self.bytes += used as u64;
            if ended {
                return Ok(());
            }
        }
    }
}

fn object(bytes: &[u8]) -> Result<Option<Value>, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "The line is no text in UTF-8.".to_owned())?;
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Ok(None);
    }
    match serde_json::from_str(text) {
        Ok(Value::Object(fields)) => Ok(Some(Value::Object(fields))),
        Ok(_) => Err("The line is no JSON object.".to_owned()),
        Err(e) => Err(format!("The line is no JSON, from column {} on.", e.column())),
    }
}

impl Tally {
    fn add(&mut self, answer: &Value) {
        let count = |name: &str| answer[name].as_u64().unwrap_or(0);
        self.taken += count("taken");
        self.waiting += count("waiting");
        self.known += count("known");
        if let Some(reason) = answer["reason"].as_str() {
            self.reason = Some(reason.to_owned());
        }
        for error in answer["errors"].as_array().into_iter().flatten() {
            if let Ok(problem) = FieldProblem::deserialize(error) {
                self.bad(problem);
            }
        }
    }

    fn bad(&mut self, problem: FieldProblem) {
        // The faults of one line come one after another.
        if self.last_bad != problem.line {
            self.last_bad = problem.line;
            self.bad_lines += 1;
        }
        if self.listed.len() < MAX_LISTED {
            self.listed.push(problem);
        }
    }

    /// What stands of an import that could not go on.
    fn broken_off(&self, problem: Problem) -> Problem {
        if self.taken + self.waiting + self.known == 0 {
            return problem;
        }
        let what = format!("{}; before that {}", problem.what, self.stands());
        let advice = format!("{}; importing the file again goes on where it ended", problem.advice);
        Problem { what, advice, ..problem }
    }

    fn stands(&self) -> String {
        let (taken, waiting) = (self.taken, self.waiting);
        format!("{} {} published and {waiting} put into the outbox", cases(taken), were(taken))
    }

    fn tell(mut self, out: Out) -> Done {
        self.listed.sort_by_key(|p| p.line);
        let answer = json!({
            "taken": self.taken, "waiting": self.waiting, "known": self.known, "bad_lines": self.bad_lines,
            "errors": self.listed, "reason": self.reason,
        });
        out.answer(&answer, |_| self.words());
        if self.bad_lines == 0 {
            return well();
        }
        Ok(ExitCode::from(2))
    }

    fn words(&self) -> String {
        let mut text = format!("{} published, {} {} here already", cases(self.taken), self.known, were(self.known));
        if let Some(reason) = &self.reason {
            let wait = if self.waiting == 1 { "waits" } else { "wait" };
            text.push_str(&format!(", {} {wait} in the outbox: {reason}", self.waiting));
        }
        for problem in self.listed.iter().take(MAX_SHOWN) {
            let line = problem.line.unwrap_or(0);
            let name = if problem.field.is_empty() { String::new() } else { format!("{}: ", problem.field) };
            text.push_str(&format!("\n  line {line}: {name}{}", problem.problem));
        }
        if self.listed.len() > MAX_SHOWN {
            text.push_str("\n  …");
        }
        if self.bad_lines > 0 {
            let lines = if self.bad_lines == 1 { "line was" } else { "lines were" };
            text.push_str(&format!(
                "\n{} {lines} not taken; correct and import the file again, nothing is doubled",
                self.bad_lines
            ));
        }
        text
    }
}

fn cases(n: u64) -> String {
    if n == 1 { "1 case".to_owned() } else { format!("{n} cases") }
}

const fn were(n: u64) -> &'static str {
    if n == 1 { "was" } else { "were" }
}
