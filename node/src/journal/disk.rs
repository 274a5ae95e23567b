//! What a journal needs of a disk, and the disk of this machine.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::journal::fault::OpenFault;

const LOCK_NAME: &str = "lock";
const DIRECTORY_MODE: u32 = 0o700;
const FILE_MODE: u32 = 0o600;

/// One directory with the files of one journal. Names have no path in them.
pub trait Disk: Send + Sync {
    /// The names in the directory, in any order.
    ///
    /// # Errors
    /// What the disk says.
    fn list(&self) -> io::Result<Vec<String>>;

    /// Opens a file that exists, for reading and writing.
    ///
    /// # Errors
    /// `NotFound`, or what the disk says.
    fn open(&self, name: &str) -> io::Result<Arc<dyn DiskFile>>;

    /// Makes a file, or empties the one that is there.
    ///
    /// # Errors
    /// What the disk says.
    fn create(&self, name: &str) -> io::Result<Arc<dyn DiskFile>>;

    /// Removes a file. Only a segment that never held anything is ever removed.
    ///
    /// # Errors
    /// What the disk says.
    fn remove(&self, name: &str) -> io::Result<()>;

    /// Returns once the names in the directory are on the disk.
    ///
    /// # Errors
    /// What the disk says; the call may not be repeated in hope of a better answer.
    fn sync_names(&self) -> io::Result<()>;
}

/// One open file. Reads and writes name their place, so that many readers share one handle
/// with the writer.
pub trait DiskFile: Send + Sync {
    /// Reads into `out` and gives how much was read: less than asked only at the end of the file.
    ///
    /// # Errors
    /// What the disk says.
    fn read_at(&self, offset: u64, out: &mut [u8]) -> io::Result<usize>;

    /// Writes all of `bytes`.
    ///
    /// # Errors
    /// What the disk says; any part of `bytes` may have been written then.
    fn write_at(&self, offset: u64, bytes: &[u8]) -> io::Result<()>;

    /// The length of the file.
    ///
    /// # Errors
    /// What the disk says.
    fn length(&self) -> io::Result<u64>;

    /// Cuts the file.
    ///
    /// # Errors
    /// What the disk says.
    fn truncate(&self, length: u64) -> io::Result<()>;

    /// Returns once content and length are on the disk.
    ///
    /// # Errors
    /// What the disk says; the call may not be repeated in hope of a better answer.
    fn sync(&self) -> io::Result<()>;
}

/// A directory of this machine, locked against other processes for as long as this value lives.
#[derive(Debug)]
pub struct RealDisk {
    directory: PathBuf,
    _lock: File,
}

impl RealDisk {
    /// Makes the directory if need be and locks it.
    ///
    /// # Errors
    /// If another process, or another journal of this one, uses it; or the disk fails.
    pub fn open(directory: &Path) -> Result<Self, OpenFault> {
        let io = |doing| move |source| OpenFault::from_io(doing, source);
        if !directory.is_dir() {
            DirBuilder::new()
                .recursive(true)
                .mode(DIRECTORY_MODE)
                .create(directory)
                .map_err(io("making the journal directory"))?;
            if let Some(parent) = directory.canonicalize().ok().as_deref().and_then(Path::parent) {
                File::open(parent).and_then(|p| p.sync_all()).map_err(io("syncing the new directory"))?;
            }
        }
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(FILE_MODE)
            .open(directory.join(LOCK_NAME))
            .map_err(io("opening the lock file"))?;
        match lock.try_lock() {
            Ok(()) => Ok(Self { directory: directory.to_path_buf(), _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(OpenFault::Locked(directory.to_path_buf())),
            Err(TryLockError::Error(source)) => Err(OpenFault::from_io("locking the directory", source)),
        }
    }
}

impl Disk for RealDisk {
    fn list(&self) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for file in std::fs::read_dir(&self.directory)? {
            // A name that is no UTF-8 is not one of ours.
            if let Ok(name) = file?.file_name().into_string() {
                names.push(name);
            }
        }
        Ok(names)
    }

    fn open(&self, name: &str) -> io::Result<Arc<dyn DiskFile>> {
        let file = OpenOptions::new().read(true).write(true).open(self.directory.join(name))?;
        Ok(Arc::new(RealFile(file)))
    }

    fn create(&self, name: &str) -> io::Result<Arc<dyn DiskFile>> {
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(true)
            .mode(FILE_MODE)
            .open(self.directory.join(name))?;
        Ok(Arc::new(RealFile(file)))
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        std::fs::remove_file(self.directory.join(name))
    }

    fn sync_names(&self) -> io::Result<()> {
        File::open(&self.directory)?.sync_all()
    }
}

struct RealFile(File);

impl DiskFile for RealFile {
    fn read_at(&self, offset: u64, out: &mut [u8]) -> io::Result<usize> {
        let mut done = 0;
        while done < out.len() {
            match self.0.read_at(&mut out[done..], offset + done as u64) {
                Ok(0) => break,
                Ok(n) => done += n,
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(e),
            }
        }
        Ok(done)
    }

    fn write_at(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all_at(bytes, offset)
    }

    fn length(&self) -> io::Result<u64> {
        Ok(self.0.metadata()?.len())
    }

    fn truncate(&self, length: u64) -> io::Result<()> {
        self.0.set_len(length)
    }

    fn sync(&self) -> io::Result<()> {
        self.0.sync_data()
    }
}
