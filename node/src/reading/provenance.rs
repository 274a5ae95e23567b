//! Who signed what, when, and whether it still holds: checked anew each time that it is asked for.

use idenett_protocol::entry::Entry;
use idenett_protocol::frame::{FrameType, read_frame};
use idenett_protocol::header::Header;
use idenett_protocol::id::{EntryId, LogKey, Seq};
use idenett_protocol::things::{Thing, VersionState};
use idenett_protocol::time::Timestamp;
use idenett_protocol::vectors::Range;
use serde::Serialize;

use super::change::{Changed, changes};
use super::record::{Signer, TextState, open, signer};
use crate::library::{Library, LibraryFault};

/// Versions of one thing that are compared with the ones before them.
const MAX_COMPARED: usize = 20;

/// Where an entry comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Provenance {
    /// Who signed it.
    pub signer: Signer,
    /// When, by the signer's clock.
    pub time: Timestamp,
    /// The entry.
    pub entry: EntryId,
    /// The log and key.
    pub log: LogKey,
    /// The place in the log.
    pub seq: Seq,
    /// The registrar's admission of the key.
    pub admission: Option<EntryId>,
    /// Whether signature and hashes hold, checked here and now.
    pub verified: bool,
}

/// One version of a thing.
#[derive(Clone, Debug, Serialize)]
pub struct VersionView {
    /// The entry.
    pub id: EntryId,
    /// Its number.
    pub number: u32,
    /// How it stands.
    pub state: VersionState,
    /// Who signed it.
    pub signer: Signer,
    /// When.
    pub time: Timestamp,
    /// Whether its text is here.
    pub text_state: TextState,
    /// What it changed in the newest version that it replaces.
    pub changed: Vec<Changed>,
}

/// Where an entry comes from.
///
/// # Errors
/// If the disk fails.
pub fn provenance(library: &Library, header: &Header, id: &EntryId) -> Result<Provenance, LibraryFault> {
    let verified = verified(library, header, id)?;
    Ok(library.ledger(|l| Provenance {
        signer: signer(l, &header.log),
        time: header.time,
        entry: *id,
        log: header.log,
        seq: header.seq,
        admission: l.registry().standing(&header.log).and_then(|s| s.admitted_by),
        verified,
    }))
}

/// Whether signature and hashes of an entry hold, as it stands on this disk.
///
/// # Errors
/// If the disk fails.
pub fn verified(library: &Library, header: &Header, id: &EntryId) -> Result<bool, LibraryFault> {
    let one = Range { log: header.log, from: header.seq, to: header.seq };
    let (frame, _) = library.frames(one, 0)?;
    let entry = match read_frame(&frame) {
        Ok((frame, _)) if frame.kind == FrameType::Entry => Entry::parse(frame.payload),
        Ok((frame, _)) => Entry::parse_bare(frame.payload),
        Err(_) => return Ok(false),
    };
    Ok(entry.is_ok_and(|entry| entry.id() == *id))
}

/// The versions of a thing, the newest first.
///
/// # Errors
/// If the disk fails.
pub(super) fn versions(library: &Library, thing: &Thing) -> Result<Vec<VersionView>, LibraryFault> {
    let mut found = Vec::new();
    for (at, (version, state)) in thing.versions.iter().rev().enumerate() {
        let Some(record) = open(library, &version.id)? else { continue };
        let replaced = version.replaces.iter().max_by_key(|id| {
            thing.versions.iter().find(|(v, _)| v.id == **id).map_or((0, **id), |(v, _)| (v.number, v.id))
        });
        let changed = match replaced {
            Some(before) if at < MAX_COMPARED => changes(library, before, &version.id)?,
            _ => Vec::new(),
        };
        found.push(VersionView {
            id: version.id,
            number: version.number,
            state: *state,
            signer: library.ledger(|l| signer(l, &record.header().log)),
            time: record.header().time,
            text_state: record.state,
            changed,
        });
    }
    Ok(found)
}
