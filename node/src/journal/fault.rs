//! What can go wrong in a journal, and whose fault it is. Nothing here is ever the fault of
//! a peer.

use std::io;
use std::path::PathBuf;

use idenett_protocol::frame::FrameFault;
use idenett_protocol::limits::MAX_FRAME_PAYLOAD;

use crate::journal::position::Position;

/// Why a journal could not be opened. Nothing in the directory was changed by
/// [`OpenFault::Locked`] and [`OpenFault::Newer`].
#[derive(Debug, thiserror::Error)]
pub enum OpenFault {
    /// Two writers would ruin each other's work.
    #[error("another idenett process uses the directory {}; stop it first, or give another directory", .0.display())]
    Locked(PathBuf),
    /// A newer version of the program wrote here.
    #[error(
        "{file} was written by a newer version of idenett (format {found}, this one knows up to {known}); \
         nothing was changed; use the newer version"
    )]
    Newer {
        /// The first file in question.
        file: String,
        /// Its format.
        found: u32,
        /// The newest format that this version knows.
        known: u32,
    },
    /// There is no room to open the journal.
    #[error("the disk is full; make room and start again")]
    DiskFull,
    /// The disk failed.
    #[error("the disk failed while {doing}: {source}")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
}

/// Why something was not written. Nothing of the group in question is acknowledged.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The group was taken back whole; the journal stays usable.
    #[error("the disk is full; what was written last was not stored; make room and try again")]
    DiskFull,
    /// An earlier write could not be confirmed, so nothing more is written.
    #[error(
        "the disk failed earlier, so nothing more is written to this journal; \
         stop the node, check the disk, and start again"
    )]
    Poisoned,
    /// The payload is over the limit of a frame.
    #[error("a payload of {0} bytes; at most {MAX_FRAME_PAYLOAD}")]
    TooLarge(usize),
    /// The group is full: commit it, then append again.
    #[error("the group holds as much as one write may; commit it first")]
    GroupFull,
    /// There is no frame to overwrite at this position.
    #[error("there is no whole frame at {0}")]
    NoFrame(Position),
    /// A frame can only be replaced by one that is no longer.
    #[error("{new} bytes do not fit in the place of {old}")]
    DoesNotFit {
        /// Bytes of the payload that is there.
        old: usize,
        /// Bytes of the payload that should replace it.
        new: usize,
    },
    /// The disk failed; from now on the journal answers [`Fault::Poisoned`].
    #[error("the disk failed while {doing}: {source}; stop the node, check the disk, and start again")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
}

/// Why a frame could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadFault {
    /// Nothing was committed there.
    #[error("nothing is stored at {0}")]
    Absent(Position),
    /// The bytes are not as they were written.
    #[error("what is stored at {position} is damaged: {fault}; the disk or its file system changed it")]
    Damaged {
        /// The place.
        position: Position,
        /// What does not hold.
        fault: FrameFault,
    },
    /// The disk failed.
    #[error("the disk failed while reading: {0}")]
    Io(#[from] io::Error),
}

impl OpenFault {
    pub(super) fn from_io(doing: &'static str, source: io::Error) -> Self {
        if is_full(&source) { Self::DiskFull } else { Self::Io { doing, source } }
    }
}

/// Whether the disk only lacks room, which passes, or failed, which does not.
pub fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)
}
