//! Checkpoints of what is derived from the journal, in sled; the only file that names it.
//! Holds nothing that cannot be made anew: on any doubt it is deleted.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use idenett_protocol::charter::{Charter, CharterChain};
use idenett_protocol::id::EntryId;
use idenett_protocol::ledger::{Checkpoint, Ledger};
use idenett_protocol::log::Logs;
use idenett_protocol::things::Things;
use serde::{Deserialize, Serialize};

use crate::journal::position::Position;
use crate::library::Shelf;

/// The form of what is kept; another one is deleted and made anew.
const FORM: u32 = 3;
/// Values stay below the size at which sled keeps them in files of their own.
const CHUNK_BYTES: usize = 7 * 1024;
/// What sled may keep in memory; a checkpoint is read once and written rarely.
const CACHE_BYTES: u64 = 8 * 1024 * 1024;
const HEAD: &[u8] = b"head";

/// The place of the checkpoints.
#[derive(Clone, Debug)]
pub struct Index {
    directory: PathBuf,
}

/// What a checkpoint is worth: written last, read first.
#[derive(Serialize, Deserialize)]
struct Head {
    form: u32,
    generation: u64,
    chunks: u32,
    bytes: u64,
    checksum: u32,
    at: Position,
}

/// Charters, the registrar's acts as JSON, and the rest. The acts are written like the records that they
/// come from, which leave out what is not stated; postcard has no names by which to miss a field.
type Kept = (Vec<Vec<u8>>, Vec<u8>, Logs, Things, BTreeSet<EntryId>, Shelf);

impl Index {
    /// Checkpoints in this directory. Nothing is opened yet.
    pub fn new(directory: &Path) -> Self {
        Self { directory: directory.to_owned() }
    }

    /// The newest checkpoint and the end of the journal that it covers; `None` if there is none
    /// that can be relied on. `end` is the end of the journal.
    pub(crate) fn load(&self, end: Position) -> Option<(Ledger, Shelf, Position)> {
        if !self.directory.exists() {
            return None;
        }
        // sled panics on damaged files.
        let loaded = catch_unwind(AssertUnwindSafe(|| self.try_load(end)));
        match loaded.unwrap_or_else(|_| Err("the index panicked".to_owned())) {
            Ok(loaded) => Some(loaded),
            Err(reason) => {
                tracing::debug!(reason, "a checkpoint is thrown away and made anew");
                self.delete();
                None
            }
        }
    }

    /// Keeps a checkpoint.
    ///
    /// # Errors
    /// Why it could not be kept; the journal is none the worse for it.
    pub(crate) fn store(&self, ledger: &Ledger, shelf: &Shelf, at: Position) -> Result<(), String> {
        match catch_unwind(AssertUnwindSafe(|| self.try_store(ledger, shelf, at))) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(e)) => Err(e),
            Err(_) => {
                self.delete();
                Err("the index panicked and was deleted".into())
            }
        }
    }

    /// Deletes all checkpoints.
    pub fn delete(&self) {
        if let Err(error) = std::fs::remove_dir_all(&self.directory)
            && error.kind() != std::io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "the index could not be deleted");
        }
    }

    fn db(&self) -> sled::Result<sled::Db> {
        sled::Config::new().path(&self.directory).cache_capacity(CACHE_BYTES).flush_every_ms(None).open()
    }

    fn try_load(&self, end: Position) -> Result<(Ledger, Shelf, Position), String> {
        let db = self.db().map_err(text)?;
        let head = db.get(HEAD).map_err(text)?.ok_or("the index has no head")?;
        let head: Head = postcard::from_bytes(&head).map_err(text)?;
        if head.form != FORM {
            return Err(format!("it has the form {}, and this version knows {FORM}", head.form));
        }
        // A journal that ends before its checkpoint is another journal, or an older copy.
        if head.at > end {
            return Err("the journal ends before it".to_owned());
        }
        let mut bytes = Vec::with_capacity(usize::try_from(head.bytes).unwrap_or(0).min(1 << 30));
        for item in db.scan_prefix(head.generation.to_be_bytes()) {
            bytes.extend_from_slice(&item.map_err(text)?.1);
        }
        drop(db);
        if bytes.len() as u64 != head.bytes || checksum(&bytes) != head.checksum {
            return Err("its bytes are not those that were kept".to_owned());
        }
        let (charters, acts, logs, things, missing, shelf): Kept = postcard::from_bytes(&bytes).map_err(text)?;
        drop(bytes);
        let kept: Checkpoint = (serde_json::from_slice(&acts).map_err(text)?, logs, things, missing);
        let chain = restore_chain(charters).ok_or("the charters do not hold")?;
        Ok((Ledger::restore(chain, kept), shelf, head.at))
    }

    fn try_store(&self, ledger: &Ledger, shelf: &Shelf, at: Position) -> Result<(), String> {
        let charters: Vec<&[u8]> = ledger.charters().all().into_iter().map(Charter::bytes).collect();
        let (acts, logs, things, missing) = ledger.checkpoint();
        let acts = serde_json::to_vec(acts).map_err(text)?;
        let bytes = postcard::to_allocvec(&(charters, acts, logs, things, missing, shelf)).map_err(text)?;
        let db = self.db().map_err(text)?;
        let before: Option<Head> = db.get(HEAD).map_err(text)?.and_then(|h| postcard::from_bytes(&h).ok());
        let generation = before.as_ref().map_or(0, |h| h.generation) + 1;
        let mut chunks = 0_u32;
        for chunk in bytes.chunks(CHUNK_BYTES) {
            db.insert(key(generation, chunks), chunk).map_err(text)?;
            chunks += 1;
        }
        db.flush().map_err(text)?;
        let head = Head { form: FORM, generation, chunks, bytes: bytes.len() as u64, checksum: checksum(&bytes), at };
        db.insert(HEAD, postcard::to_allocvec(&head).map_err(text)?).map_err(text)?;
        db.flush().map_err(text)?;
        for number in 0..before.as_ref().map_or(0, |h| h.chunks) {
            db.remove(key(generation - 1, number)).map_err(text)?;
        }
        db.flush().map_err(text)?;
        Ok(())
    }
}

fn restore_chain(charters: Vec<Vec<u8>>) -> Option<CharterChain> {
    let mut charters = charters.iter().map(|bytes| Charter::parse(bytes));
    let mut chain = CharterChain::found(charters.next()?.ok()?).ok()?;
    for charter in charters {
        // Each was on the chain before, so a refusal only means a rival that lost its place.
        let _ = chain.offer(charter.ok()?);
    }
    Some(chain)
}

fn key(generation: u64, chunk: u32) -> Vec<u8> {
    [generation.to_be_bytes().as_slice(), &chunk.to_be_bytes()].concat()
}

fn checksum(bytes: &[u8]) -> u32 {
    crc32c::crc32c(bytes)
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}
