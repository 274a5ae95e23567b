//! Secret keys in files of their own: one line that names the format, comments, the public half,
//! the secret. Only the owner may read such a file, and none is ever written over.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use idenett_protocol::id::LogKey;
use idenett_protocol::key::SecretKey;

/// The first line of a key file without its version.
const TITLE: &str = "idenett secret key ";
const VERSION: u32 = 1;
/// A key file is short; anything longer is something else.
const MAX_BYTES: u64 = 8 * 1024;
const FILE_MODE: u32 = 0o600;
/// Permission bits of everyone but the owner.
const OTHERS: u32 = 0o077;

/// Why a key file cannot be written or read.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileFault {
    /// There is one already.
    #[error("there is a file {} already, and a key is never written over", .0.display())]
    Exists(PathBuf),
    /// There is none.
    #[error("there is no key file {}", .0.display())]
    Missing(PathBuf),
    /// Others than the owner may read it.
    #[error("the key file {} can be read by others; run `chmod 600` on it", .0.display())]
    Open(PathBuf),
    /// It was written by a newer version.
    #[error("the key file {} has the format {found}; this version knows {VERSION}", .path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: u32,
    },
    /// It is something else, or changed.
    #[error("{} is no key file of Idenett, or it was changed", .0.display())]
    NotAKeyFile(PathBuf),
    /// The system offers no chance.
    #[error("this machine gives no random numbers: {0}")]
    Chance(getrandom::Error),
    /// The file cannot be read or written.
    #[error("the key file {} cannot be used: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

/// Bytes of chance from the system.
///
/// # Errors
/// If the system has none.
pub fn chance<const N: usize>() -> Result<[u8; N], KeyFileFault> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(KeyFileFault::Chance)?;
    Ok(bytes)
}

/// Makes a key and keeps it in a new file. `purpose` says in the file what it is for.
///
/// # Errors
/// If the file exists or cannot be written.
pub fn make(path: &Path, purpose: &str) -> Result<SecretKey, KeyFileFault> {
    let io = |source| KeyFileFault::Io { path: path.to_owned(), source };
    let key = SecretKey::from_seed(&chance()?);
    let mut file = OpenOptions::new().write(true).create_new(true).mode(FILE_MODE).open(path).map_err(|source| {
        if source.kind() == std::io::ErrorKind::AlreadyExists {
            KeyFileFault::Exists(path.to_owned())
        } else {
            io(source)
        }
    })?;
    file.write_all(written(&key, purpose).as_bytes()).and_then(|()| file.sync_all()).map_err(|source| {
        // Half a key is none, and would only stand in the way of the next attempt.
        let _ = std::fs::remove_file(path);
        io(source)
    })?;
    // The name must be on the disk too, or a power cut takes the only copy.
    let parent = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(parent).and_then(|p| p.sync_all()).map_err(io)?;
    Ok(key)
}

/// Reads a key from its file.
///
/// # Errors
/// If there is no such file, others may read it, or it is no key file.
pub fn read(path: &Path) -> Result<SecretKey, KeyFileFault> {
    let io = |source: std::io::Error| {
        if source.kind() == std::io::ErrorKind::NotFound {
            return KeyFileFault::Missing(path.to_owned());
        }
        KeyFileFault::Io { path: path.to_owned(), source }
    };
    let file = File::open(path).map_err(io)?;
    let meta = file.metadata().map_err(io)?;
    if !meta.is_file() {
        return Err(KeyFileFault::NotAKeyFile(path.to_owned()));
    }
    if meta.mode() & OTHERS != 0 {
        return Err(KeyFileFault::Open(path.to_owned()));
    }
    let mut text = String::new();
    file.take(MAX_BYTES).read_to_string(&mut text).map_err(|_| KeyFileFault::NotAKeyFile(path.to_owned()))?;
    parse(&text).map_err(|fault| match fault {
        Some(found) => KeyFileFault::Newer { path: path.to_owned(), found },
        None => KeyFileFault::NotAKeyFile(path.to_owned()),
    })
}

fn written(key: &SecretKey, purpose: &str) -> String {
    format!(
        "{TITLE}{VERSION}\n# {purpose}\n# Keep this file secret, and keep a copy of it offline.\npublic: {}\nsecret: {}\n",
        key.log_key(),
        HEXLOWER.encode(key.seed())
    )
}

/// Reads the text of a key file; the version if it is a newer one.
fn parse(text: &str) -> Result<SecretKey, Option<u32>> {
    let mut lines = text.lines();
    let version: u32 =
        lines.next().and_then(|l| l.strip_prefix(TITLE)).and_then(|v| v.trim().parse().ok()).ok_or(None)?;
    if version != VERSION {
        return Err(Some(version));
    }
    let field = |name: &str| text.lines().find_map(|l| l.strip_prefix(name)?.strip_prefix(": ")).map(str::trim);
    let seed = field("secret").and_then(|hex| HEXLOWER.decode(hex.as_bytes()).ok());
    let seed: [u8; 32] = seed.and_then(|bytes| bytes.try_into().ok()).ok_or(None)?;
    let key = SecretKey::from_seed(&seed);
    let public: Option<LogKey> = field("public").and_then(|hex| hex.parse().ok());
    if public == Some(key.log_key()) { Ok(key) } else { Err(None) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_back_and_a_changed_file_does_not() {
        let key = SecretKey::from_seed(&[5; 32]);
        let text = written(&key, "the key of a test");
        assert_eq!(parse(&text).map(|k| *k.seed()), Ok(*key.seed()));
        assert_eq!(parse(&text.replace("key 1", "key 2")).map(|k| *k.seed()), Err(Some(2)));
        for wrong in ["", "hello", &text.replace("public: ", "public: 00"), &text.replace("secret: 05", "secret: 06")] {
            assert_eq!(parse(wrong).map(|k| *k.seed()), Err(None), "{wrong}");
        }
    }

    #[test]
    fn a_file_that_was_half_written_is_no_key_and_stays_as_it_is() {
        let place = tempfile::tempdir().expect("a directory");
        let whole = written(&SecretKey::from_seed(&[5; 32]), "the key of a test");
        // The last line break may be missing: everything that counts is there.
        let enough = whole.len() - 1;
        for end in 0..enough {
            let path = place.path().join(end.to_string());
            let mut file = OpenOptions::new().write(true).create_new(true).mode(FILE_MODE).open(&path).expect("a file");
            file.write_all(&whole.as_bytes()[..end]).expect("a file");
            let said = read(&path).expect_err("half a key").to_string();
            assert_eq!(said, format!("{} is no key file of Idenett, or it was changed", path.display()), "{end}");
            let said = make(&path, "another").expect_err("there is one").to_string();
            assert!(said.ends_with("a key is never written over"), "{said}");
            let kept = std::fs::read(&path).expect("the file");
            assert_eq!(kept, &whole.as_bytes()[..end], "what was there stays");
        }
        assert_eq!(parse(&whole[..enough]).map(|k| *k.seed()), Ok([5; 32]));
    }
}
