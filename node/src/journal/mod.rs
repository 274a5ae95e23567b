//! The ground truth of a node: an append-only row of frames in segment files. Everything else
//! that a node keeps is derived from it and may be thrown away.
//!
//! # What is durable, and when
//!
//! Frames are appended to a group in memory; a commit writes the group and syncs the file, and
//! only then is anything acknowledged or shown to readers. That is one sync for each group.
//!
//! A mark says up to where a segment was once on the disk. It must never say too much, so it
//! is written after the sync of its group; and it need not be awaited, because it is not what
//! makes a group durable. It stands in the segment itself and thus reaches the disk with the
//! next group at the latest. After a power cut the newest mark is at most one group behind.
//!
//! So at the next start the bytes of the last segment are of two kinds:
//!
//! - *Above the mark* stand at most the last acknowledged group and the one that was being
//!   written. Whole frames in an unbroken row from the mark are kept: an acknowledged group is
//!   always such a row, since its sync came before the next byte. The first frame that does
//!   not hold begins the torn tail, which was never acknowledged, and is cut. What is kept is
//!   written and synced once more before it counts: after a failed sync a system may show
//!   bytes that the disk does not have.
//! - *Below the mark* everything was once on the disk. What does not hold there is damage. It
//!   is reported and passed over, and its bytes stay.
//!
//! Each segment carries marks of its own, because one that is full is synced with its last mark
//! before the next is made: there, everything is below the mark. In any doubt - no mark holds,
//! or the file is shorter than its mark says - nothing is cut, and writing goes on in a
//! new segment.
//!
//! A failed sync may not be repeated, because the second answer says nothing about the first
//! bytes. The journal then refuses all writing until it is opened anew. A full disk is no such
//! failure: the group is taken back and the journal stays usable.
//!
//! # What a journal does not do
//!
//! It does not know what frames mean, checks no signature, and never deletes a frame. A
//! redaction overwrites one in its place ([`writer::Journal::overwrite`]); copies that a file system makes
//! by itself, such as snapshots, are out of its reach.

pub mod position;
pub mod fault;
pub mod disk;
mod mark;
pub mod segment;
pub mod damage;
mod scan;
pub mod reader;
pub mod writer;
pub mod recovery;
