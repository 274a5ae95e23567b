//! The data directory of a node: what is where. Reads and writes nothing itself.

use std::path::{Path, PathBuf};

/// The format of a data directory that this version writes; a newer one is refused.
pub const FORMAT: u32 = 1;

/// The name of the socket in it.
const SOCKET: &str = "control.sock";
/// Bytes of a path at which the system makes a socket; the last of its 108 ends the path.
const MAX_SOCKET_PATH: usize = 107;

/// A data directory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    directory: PathBuf,
}

impl Home {
    /// The data directory at this path, whether it exists or not.
    pub fn new(directory: impl Into<PathBuf>) -> Self {
        Self { directory: directory.into() }
    }

    /// The directory itself.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// The configuration file.
    pub fn config(&self) -> PathBuf {
        self.directory.join("config.toml")
    }

    /// The node's secret key.
    pub fn node_key(&self) -> PathBuf {
        self.directory.join("node.key")
    }

    /// Where a new federation's registrar key is put unless another place is named.
    pub fn registrar_key(&self) -> PathBuf {
        self.directory.join("registrar.key")
    }

    /// The journal of the federation's records.
    pub fn journal(&self) -> PathBuf {
        self.directory.join("journal")
    }

    /// The journal of the node's own state.
    pub fn local(&self) -> PathBuf {
        self.directory.join("local")
    }

    /// What is derived and may be deleted at any time.
    pub fn index(&self) -> PathBuf {
        self.directory.join("index")
    }

    /// The search index: derived, and may be deleted while the node rests.
    pub fn search(&self) -> PathBuf {
        self.directory.join("search")
    }

    /// The socket through which a running node is reached.
    pub fn socket(&self) -> PathBuf {
        self.directory.join(SOCKET)
    }

    /// Whether the system makes a socket at the path of this directory's.
    pub fn is_short_enough(&self) -> bool {
        self.socket().as_os_str().len() <= MAX_SOCKET_PATH
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_as_long_as_a_socket_allows_and_no_longer() {
        let longest = MAX_SOCKET_PATH - "/".len() - SOCKET.len();
        for (length, fits) in [(longest, true), (longest + 1, false)] {
            assert_eq!(Home::new("d".repeat(length)).is_short_enough(), fits, "{length}");
        }
    }
}
