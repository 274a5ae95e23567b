//! Names made of bytes: entry ids, federation ids, places in a log.

use std::fmt;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::written::from_string;

/// What is wrong with an id or key in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not 64 lower-case hexadecimal digits")]
pub struct NotHex;

/// Makes a 32-byte name: written in hexadecimal for people and JSON, as it is elsewhere.
macro_rules! name32 {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 32]);

        impl $name {
            /// The name that these bytes are.
            pub const fn from_bytes(bytes: [u8; 32]) -> Self {
                Self(bytes)
            }

            /// The bytes of the name.
            pub const fn as_bytes(&self) -> &[u8; 32] {
                &self.0
            }

            /// The first eight digits, for people.
            pub fn short(&self) -> String {
                HEXLOWER.encode(self.0.first_chunk::<4>().map_or(&[], |c| c.as_slice()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&HEXLOWER.encode(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.short())
            }
        }

        impl std::str::FromStr for $name {
            type Err = NotHex;

            fn from_str(s: &str) -> Result<Self, NotHex> {
                let mut bytes = [0; 32];
                if s.len() != 64 {
                    return Err(NotHex);
                }
                HEXLOWER.decode_mut(s.as_bytes(), &mut bytes).map_err(|_| NotHex)?;
                Ok(Self(bytes))
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                if s.is_human_readable() { s.collect_str(self) } else { self.0.serialize(s) }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                if d.is_human_readable() { from_string(d) } else { <[u8; 32]>::deserialize(d).map(Self) }
            }
        }
    };
}

name32! {
    /// The id of an entry: the hash of its header.
    EntryId
}
name32! {
    /// The id of a federation: the hash of its first charter.
    FederationId
}
name32! {
    /// The hash of a charter of any epoch.
    CharterHash
}
name32! {
    /// A public Ed25519 key as it stands in a header: names a log and the node that writes it.
    LogKey
}
name32! {
    /// The hash of the facts or the text of an entry.
    BodyHash
}
name32! {
    /// The hash of a whole frontier: equal digests, equal replicas.
    Digest
}

/// A place in a log. The first entry has 1; 0 stands for "before the first".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seq(u64);

impl Seq {
    /// Before the first entry.
    pub const ZERO: Seq = Seq(0);
    /// The first entry of a log.
    pub const FIRST: Seq = Seq(1);

    /// This place.
    pub const fn new(n: u64) -> Self {
        Self(n)
    }

    /// The place as a number.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The place after this one.
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// The place before this one; of the first and of nothing, nothing.
    pub const fn previous(self) -> Self {
        Self(self.0.saturating_sub(1))
    }

    /// How many places this one lies beyond `other`; 0 if it does not.
    pub const fn beyond(self, other: Seq) -> u64 {
        self.0.saturating_sub(other.0)
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// SHA-256 over a domain tag and some bytes. Every hash of ours begins with its own tag,
/// so that no value of one kind can be passed off as another.
pub(crate) fn tagged_hash(tag: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(tag);
    for part in parts {
        hash.update(part);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_written_in_hexadecimal_and_nothing_else() {
        let id = EntryId::from_bytes([0xab; 32]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.to_string().to_uppercase().parse::<EntryId>(), Err(NotHex));
        assert_eq!("ab".parse::<EntryId>(), Err(NotHex));
        assert_eq!(id.short(), "abababab");
    }
}
