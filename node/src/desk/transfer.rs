//! Bundles on this machine's disk: written beside the target and moved there whole.

use std::fs::{File, OpenOptions};
use std::io::{BufReader, BufWriter, Write};
use std::path::Path;

use idenett_protocol::header::SignedHeader;
use idenett_protocol::id::{CharterHash, LogKey, Seq};
use idenett_protocol::limits::MAX_HEADERS;
use serde_json::{Value, json};

use super::{Desk, Problem, Progress, shown};
use crate::library::BundleFault;

/// Bytes read or written at once.
const BUFFER: usize = 1024 * 1024;

impl Desk {
    pub(super) fn bundle_export(&self, file: &Path, force: bool, progress: &mut dyn FnMut(Progress)) -> Result<Value, Problem> {
        let total = self.library.ledger(|l| l.logs().iter().map(|(key, _)| l.counted(key).get()).sum());
        let mut entries = 0;
        write_file(file, force, |out| {
            let tell = |done| progress(Progress { doing: "writing entries".to_owned(), done, total: Some(total) });
            entries = self.library.export(out, tell)?;
            Ok(())
        })?;
        let bytes = std::fs::metadata(file).map_err(|e| Problem::file(file, "reading", &e))?.len();
        let frontier = self.library.ledger(|l| l.frontier().digest());
        Ok(json!({ "file": shown(file), "entries": entries, "bytes": bytes, "frontier": frontier }))
    }

    pub(super) fn bundle_import(&self, file: &Path, progress: &mut dyn FnMut(Progress)) -> Result<Value, Problem> {
        let opened = File::open(file).map_err(|e| Problem::file(file, "reading", &e))?;
        if opened.metadata().map_err(|e| Problem::file(file, "reading", &e))?.is_dir() {
            return Err(Problem::file(file, "reading", &std::io::ErrorKind::IsADirectory.into()));
        }
        let before = self.places();
        let charters = self.charter_hashes();
        let tell = |done| progress(Progress { doing: "taking frames in".to_owned(), done, total: None });
        let result = self.library.import(&mut BufReader::with_capacity(BUFFER, opened), tell);
        // What was taken before a fault is here, and others are told of it too.
        for charter in self.library.charters().iter().filter(|c| !charters.contains(&c.hash())) {
            self.tell_charter(charter);
        }
        self.tell_published(self.news_since(&before));
        let imported = result?;
        let mut answer = serde_json::to_value(&imported).unwrap_or_default();
        answer["frontier"] = json!(self.library.ledger(|l| l.frontier().digest()));
        answer["entries"] = json!(self.library.ledger(|l| l.logs().entries()));
        Ok(answer)
    }

    fn charter_hashes(&self) -> Vec<CharterHash> {
        self.library.charters().iter().map(idenett_protocol::charter::Charter::hash).collect()
    }

    fn places(&self) -> Vec<(LogKey, Seq)> {
        self.library.ledger(|l| l.logs().iter().map(|(key, log)| (*key, log.held())).collect())
    }

    /// Headers of what came since, as many as one announcement holds: peers find out about the
    /// rest when they compare.
    fn news_since(&self, before: &[(LogKey, Seq)]) -> Vec<SignedHeader> {
        let mut news = Vec::new();
        for (key, held) in self.places() {
            let from = before.iter().find(|(k, _)| *k == key).map_or(Seq::ZERO, |(_, seq)| *seq);
            let mut at = from.next();
            while at <= held && news.len() < MAX_HEADERS {
                match self.library.header_at(&key, at) {
                    Ok(Some(head)) => news.push(head),
                    Ok(None) | Err(_) => break,
                }
                at = at.next();
            }
        }
        news
    }
}

/// Writes a file whole or not at all.
pub(super) fn write_file(
    path: &Path,
    force: bool,
    write: impl FnOnce(&mut BufWriter<File>) -> Result<(), BundleFault>,
) -> Result<(), Problem> {
    if path.is_dir() {
        return Err(Problem::file(path, "writing", &std::io::ErrorKind::IsADirectory.into()));
    }
    if path.exists() && !force {
        let what = format!("there is a file {} already", path.display());
        return Err(Problem::yours(what, "name another file, or add --force to replace it"));
    }
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(format!(".{}.part", std::process::id()));
    let beside = path.with_file_name(name);
    let io = |e: std::io::Error| Problem::file(path, "writing", &e);
    let file = OpenOptions::new().write(true).create(true).truncate(true).open(&beside).map_err(io)?;
    let mut out = BufWriter::with_capacity(BUFFER, file);
    let done = write(&mut out).and_then(|()| Ok(out.flush()?)).and_then(|()| Ok(out.get_ref().sync_all()?));
    let moved = match done {
        Ok(()) => std::fs::rename(&beside, path).map_err(io),
        Err(BundleFault::Io(e)) => Err(io(e)),
        Err(fault) => Err(fault.into()),
    };
    if moved.is_err() {
        // Half a file helps nobody; if it cannot be removed either, its name says what it is.
        let _ = std::fs::remove_file(&beside);
    }
    moved
}
