//! A signed hint where a node that accepts connections can be reached. Never in a log: only the
//! newest is kept, for seven days.

use crate::id::LogKey;
use crate::key::{SecretKey, Signature, signature_holds};
use crate::limits::{MAX_ADDRESS_CHARS, SIGNATURE_BYTES};
use crate::time::{Span, Timestamp};

const TAG_HINT: &[u8] = b"idenett/hint/1\0";
/// Addresses in one hint.
pub const MAX_HINT_ADDRESSES: usize = 8;
/// How long a hint is passed on.
pub const HINT_LIFE: Span = Span::from_secs(7 * 24 * 3600);

/// Where a node can be reached, in its own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    key: LogKey,
    number: u64,
    time: Timestamp,
    addresses: Vec<String>,
    bytes: Vec<u8>,
}

/// Why bytes are no hint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HintFault {
    /// Too long, too short, or with too many addresses.
    #[error("the hint's bytes do not add up")]
    Length,
    /// An address is no text.
    #[error("an address in the hint is no text")]
    Address,
    /// The signature does not hold.
    #[error("the signature on the hint does not hold")]
    Signature,
}

impl Hint {
    /// Signs a hint; of several with one key the one with the greatest number holds.
    ///
    /// # Errors
    /// If there are too many or too long addresses.
    pub fn sign(key: &SecretKey, number: u64, time: Timestamp, addresses: &[String]) -> Result<Self, HintFault> {
        let mut bytes = key.log_key().as_bytes().to_vec();
        bytes.extend_from_slice(&number.to_be_bytes());
        bytes.extend_from_slice(&time.as_millis().to_be_bytes());
        bytes.push(u8::try_from(addresses.len()).map_err(|_| HintFault::Length)?);
        for address in addresses {
            let length = u16::try_from(address.len()).map_err(|_| HintFault::Length)?;
            bytes.extend_from_slice(&length.to_be_bytes());
            bytes.extend_from_slice(address.as_bytes());
        }
        let signature = key.sign(&[TAG_HINT, &bytes].concat());
        bytes.extend_from_slice(signature.as_bytes());
        Self::parse(&bytes)
    }

    /// Reads and checks a hint.
    ///
    /// # Errors
    /// The first thing found wrong.
    pub fn parse(bytes: &[u8]) -> Result<Self, HintFault> {
        let (plain, signature) = bytes.split_last_chunk::<SIGNATURE_BYTES>().ok_or(HintFault::Length)?;
        let (key, rest) = plain.split_first_chunk::<32>().ok_or(HintFault::Length)?;
        let (number, rest) = rest.split_first_chunk::<8>().ok_or(HintFault::Length)?;
        let (time, rest) = rest.split_first_chunk::<8>().ok_or(HintFault::Length)?;
        let (count, mut rest) = rest.split_first().ok_or(HintFault::Length)?;
        if usize::from(*count) > MAX_HINT_ADDRESSES {
            return Err(HintFault::Length);
        }
        let mut addresses = Vec::new();
        for _ in 0..*count {
            let (length, after) = rest.split_first_chunk::<2>().ok_or(HintFault::Length)?;
            let length = usize::from(u16::from_be_bytes(*length));
            let (address, after) = after.split_at_checked(length).ok_or(HintFault::Length)?;
            let address = std::str::from_utf8(address).map_err(|_| HintFault::Address)?;
            if address.chars().count() > MAX_ADDRESS_CHARS {
                return Err(HintFault::Length);
            }
            addresses.push(address.to_owned());
            rest = after;
        }
        if !rest.is_empty() {
            return Err(HintFault::Length);
        }
        let key = LogKey::from_bytes(*key);
        if !signature_holds(&key, &[TAG_HINT, plain].concat(), &Signature::from_bytes(*signature)) {
            return Err(HintFault::Signature);
        }
        Ok(Self {
            key,
            number: u64::from_be_bytes(*number),
            time: Timestamp::from_millis(u64::from_be_bytes(*time)),
            addresses,
            bytes: bytes.to_vec(),
        })
    }

    /// Whose addresses these are.
    pub const fn key(&self) -> LogKey {
        self.key
    }

    /// Its number; the greatest of a key holds.
    pub const fn number(&self) -> u64 {
        self.number
    }

    /// When it was signed, by the signer's clock.
    pub const fn time(&self) -> Timestamp {
        self.time
    }

    /// The addresses (multiaddr).
    pub fn addresses(&self) -> &[String] {
        &self.addresses
    }

    /// The bytes as they travel.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}
