//! Bundles: a replica in one file, in the journal's own frames, for transfer by hand and backup.
//! Charters first, then the registrars' logs, then the others by key, then proofs of forks.

#![expect(clippy::wildcard_enum_match_arm, reason = "whatever else a frame holds does not belong here")]

use std::io::{Read, Write};

use idenett_protocol::charter::{Charter, CharterRefusal};
use idenett_protocol::entry::Entry;
use idenett_protocol::fork::ForkProof;
use idenett_protocol::frame::{FrameFault, FrameType, frame_length, read_frame, write_frame};
use idenett_protocol::id::{LogKey, Seq};
use idenett_protocol::ledger::Refusal;
use idenett_protocol::vectors::Range;
use serde::Serialize;

use super::{Library, LibraryFault, Offered, Rejection};

/// The first bytes of a bundle.
const BUNDLE_MAGIC: &[u8; 8] = b"IDNBNDL1";
/// Entries that are taken in at once.
const BATCH: u64 = 256;
/// Bytes that are read at once.
const BATCH_BYTES: usize = 1024 * 1024;

/// Why a bundle cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum BundleFault {
    /// The file is no bundle.
    #[error("the file is no bundle of Idenett, or one of a newer version")]
    NotABundle,
    /// A frame in it does not hold.
    #[error("the bundle is damaged after {read} frames: {fault}; what stood before was taken")]
    Frame {
        /// Frames that were read before.
        read: u64,
        /// What is wrong.
        fault: FrameFault,
    },
    /// It belongs to another federation.
    #[error("the bundle belongs to another federation")]
    ForeignFederation,
    /// The file cannot be read or written.
    #[error("the bundle's file cannot be read or written: {0}")]
    Io(#[from] std::io::Error),
    /// Entries of this node are damaged, so that the bundle would lack them.
    #[error("{0} entries are damaged on this node's disk, and a bundle without them would be of no use")]
    Incomplete(usize),
    /// This node failed.
    #[error(transparent)]
    Library(#[from] LibraryFault),
}

/// What came of a bundle.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Entries that were new.
    pub taken: u64,
    /// Entries that were here already.
    pub known: u64,
    /// What was refused, by name of the reason: entries under its own name, charters and proofs
    /// of forks with `charter-` and `fork-` in front.
    pub refused: std::collections::BTreeMap<String, u64>,
    /// Charters that were new.
    pub charters: u64,
    /// Proofs of forks that were new.
    pub forks: u64,
}

impl Library {
    /// Writes everything that counts here to a bundle. `progress` gets the entries written.
    ///
    /// # Errors
    /// If the file or the disk of this node fails.
    pub fn export(&self, out: &mut impl Write, mut progress: impl FnMut(u64)) -> Result<u64, BundleFault> {
        self.export_charters(out)?;
        let (order, forks) = self.ledger(|ledger| {
            let registrars: Vec<LogKey> = ledger.charters().registrars().into_iter().map(|(key, _)| key).collect();
            let mut logs: Vec<LogKey> = ledger.logs().iter().map(|(key, _)| *key).collect();
            logs.sort_by_key(|key| (!registrars.contains(key), *key));
            let order: Vec<(LogKey, Seq)> = logs.iter().map(|key| (*key, ledger.counted(key))).collect();
            let forks: Vec<ForkProof> = ledger.logs().iter().filter_map(|(_, log)| log.fork().cloned()).collect();
            (order, forks)
        });
        let mut written = 0;
        for (log, last) in order {
            let mut open = (last >= Seq::FIRST).then_some(Range { log, from: Seq::FIRST, to: last });
            while let Some(range) = open {
                let (frames, rest) = self.frames(range, BATCH_BYTES)?;
                out.write_all(&frames)?;
                written += rest.map_or(last.next(), |r| r.from).beyond(range.from);
                progress(written);
                open = rest;
            }
        }
        let damaged = self.ledger(|ledger| ledger.damaged().count());
        if damaged > 0 {
            return Err(BundleFault::Incomplete(damaged));
        }
        for proof in forks {
            write(out, FrameType::Fork, &proof.to_bytes())?;
        }
        out.flush()?;
        Ok(written)
    }

    /// Writes a bundle that holds the charters only: what a new node needs. Gives how many.
    ///
    /// # Errors
    /// If the file fails.
    pub fn export_charters(&self, out: &mut impl Write) -> Result<usize, BundleFault> {
        let charters = self.charters();
        out.write_all(BUNDLE_MAGIC)?;
        for charter in &charters {
            write(out, FrameType::Charter, charter.bytes())?;
        }
        Ok(charters.len())
    }

    /// Takes a bundle in, by the same door as everything else. May be repeated without harm.
    ///
    /// # Errors
    /// If the file is no bundle or damaged, belongs to another federation, or the disk fails.
    pub fn import(&self, input: &mut impl Read, mut progress: impl FnMut(u64)) -> Result<Imported, BundleFault> {
        let mut frames = Frames::begin(input)?;
        let mut imported = Imported::default();
        let mut batch = Vec::new();
        while let Some((kind, payload)) = frames.next()? {
            match kind {
                FrameType::Entry | FrameType::Bare => {
                    batch.push(Offered { bytes: payload, with_text: kind == FrameType::Entry });
                    if batch.len() as u64 >= BATCH {
                        self.take_batch(&mut batch, &mut imported)?;
                        progress(frames.read);
                    }
                }
                FrameType::Charter => self.take_charter(&payload, &mut imported)?,
                FrameType::Fork => {
                    self.take_batch(&mut batch, &mut imported)?;
                    self.take_fork(&payload, &mut imported)?;
                }
                // Nothing else stands in a bundle of this version.
                _ => return Err(BundleFault::NotABundle),
            }
        }
        self.take_batch(&mut batch, &mut imported)?;
        Ok(imported)
    }

    /// Records a proof by its own word of the federation.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn record_proof(&self, proof: &ForkProof) -> Result<bool, LibraryFault> {
        Ok(self.record_fork(proof, proof.first())?.unwrap_or(false))
    }

    fn take_fork(&self, payload: &[u8], imported: &mut Imported) -> Result<(), BundleFault> {
        let Ok(proof) = ForkProof::parse(payload) else {
            imported.refuse("fork-malformed".to_owned());
            return Ok(());
        };
        match self.record_fork(&proof, proof.first())? {
            Ok(news) => imported.forks += u64::from(news),
            Err(refusal) => imported.refuse(format!("fork-{}", refusal.name())),
        }
        Ok(())
    }

    fn take_charter(&self, payload: &[u8], imported: &mut Imported) -> Result<(), BundleFault> {
        let Ok(charter) = Charter::parse(payload) else {
            imported.refuse("charter-malformed".to_owned());
            return Ok(());
        };
        let foreign = charter.terms().epoch == 1
            && charter.hash().as_bytes() != self.ledger(|l| *l.federation().as_bytes()).as_slice();
        if foreign {
            return Err(BundleFault::ForeignFederation);
        }
        match self.offer_charter(charter)? {
            Ok(_) => imported.charters += 1,
            Err(CharterRefusal::Known) => {}
            Err(refusal) => imported.refuse(format!("charter-{}", refusal.name())),
        }
        Ok(())
    }

    fn take_batch(&self, batch: &mut Vec<Offered>, imported: &mut Imported) -> Result<(), BundleFault> {
        for (_, result) in self.ingest(std::mem::take(batch))? {
            match result {
                Ok(()) => imported.taken += 1,
                Err(Rejection::Refused(Refusal::Replayed)) => imported.known += 1,
                Err(rejection) => imported.refuse(rejection.name().to_owned()),
            }
        }
        Ok(())
    }
}

impl Imported {
    fn refuse(&mut self, name: String) {
        *self.refused.entry(name).or_default() += 1;
    }
}

/// The first charter of a bundle: what a new node needs to belong to its federation.
///
/// # Errors
/// If the file is no bundle or has no charter.
pub fn founding_charter(input: &mut impl Read) -> Result<Charter, BundleFault> {
    let mut frames = Frames::begin(input)?;
    match frames.next()? {
        Some((FrameType::Charter, payload)) => Charter::parse(&payload).map_err(|_| BundleFault::NotABundle),
        _ => Err(BundleFault::NotABundle),
    }
}

/// A piece of a bundle, checked.
#[derive(Clone, Debug)]
pub enum Item {
    /// A charter.
    Charter(Box<Charter>),
    /// An entry, with or without its text.
    Entry(Box<Entry>),
    /// The proof of a fork.
    Fork(Box<ForkProof>),
}

/// Shows every piece of a bundle, in order; for programs that read bundles without a node.
///
/// # Errors
/// If the file is no bundle or damaged.
pub fn read_bundle(input: &mut impl Read, mut visit: impl FnMut(Item)) -> Result<(), BundleFault> {
    let mut frames = Frames::begin(input)?;
    while let Some((kind, payload)) = frames.next()? {
        let item = match kind {
            FrameType::Entry => Entry::parse(payload).ok().map(|e| Item::Entry(Box::new(e))),
            FrameType::Bare => Entry::parse_bare(payload).ok().map(|e| Item::Entry(Box::new(e))),
            FrameType::Charter => Charter::parse(&payload).ok().map(|c| Item::Charter(Box::new(c))),
            FrameType::Fork => ForkProof::parse(&payload).ok().map(|p| Item::Fork(Box::new(p))),
            _ => None,
        };
        visit(item.ok_or(BundleFault::NotABundle)?);
    }
    Ok(())
}

fn write(out: &mut impl Write, kind: FrameType, payload: &[u8]) -> std::io::Result<()> {
    let mut frame = Vec::new();
    write_frame(&mut frame, kind, payload);
    out.write_all(&frame)
}

/// The frames of a bundle.
struct Frames<'a, R> {
    input: &'a mut R,
    read: u64,
}

impl<'a, R: Read> Frames<'a, R> {
    fn begin(input: &'a mut R) -> Result<Self, BundleFault> {
        let mut magic = [0; 8];
        input.read_exact(&mut magic).map_err(|_| BundleFault::NotABundle)?;
        if &magic != BUNDLE_MAGIC {
            return Err(BundleFault::NotABundle);
        }
        Ok(Self { input, read: 0 })
    }

    fn next(&mut self) -> Result<Option<(FrameType, Vec<u8>)>, BundleFault> {
        let mut first = [0; 4];
        let read = self.read;
        let broken = |fault| BundleFault::Frame { read, fault };
        if !fill(self.input, &mut first)? {
            return Ok(None);
        }
        let total = frame_length(first).map_err(broken)?;
        let mut bytes = first.to_vec();
        bytes.resize(total, 0);
        let rest = bytes.get_mut(4..).unwrap_or_default();
        let short = || broken(FrameFault::Short { missing: 1 });
        self.input
            .read_exact(rest)
            .map_err(|e| if e.kind() == std::io::ErrorKind::UnexpectedEof { short() } else { BundleFault::Io(e) })?;
        let (frame, _) = read_frame(&bytes).map_err(broken)?;
        self.read += 1;
        Ok(Some((frame.kind, frame.payload.to_vec())))
    }
}

/// Fills the buffer; says no if the input ends before its first byte.
fn fill(input: &mut impl Read, out: &mut [u8]) -> Result<bool, BundleFault> {
    let mut filled = 0;
    while let Some(rest) = out.get_mut(filled..).filter(|r| !r.is_empty()) {
        match input.read(rest)? {
            0 if filled == 0 => return Ok(false),
            0 => return Err(BundleFault::Frame { read: 0, fault: FrameFault::Short { missing: rest.len() } }),
            n => filled += n,
        }
    }
    Ok(true)
}
