//! Ed25519 keys and signatures, checked strictly: what one node accepts, all accept.
//! Makes no keys from chance of its own; the seed is an argument.

use std::cell::Cell;

use ed25519_dalek::{Signature as DalekSignature, Signer as _, SigningKey, VerifyingKey};

use crate::id::LogKey;
use crate::limits::SIGNATURE_BYTES;

/// A signature as it stands beside a header or charter. Existing says nothing about validity.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signature([u8; SIGNATURE_BYTES]);

impl Signature {
    /// The signature that these bytes are.
    pub const fn from_bytes(bytes: [u8; SIGNATURE_BYTES]) -> Self {
        Self(bytes)
    }

    /// The bytes of the signature.
    pub const fn as_bytes(&self) -> &[u8; SIGNATURE_BYTES] {
        &self.0
    }
}

impl std::fmt::Debug for Signature {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Signature(..)")
    }
}

/// Why a public key may not sign in this network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// The bytes are no point of the curve.
    #[error("the key is no point of the curve")]
    NotAPoint,
    /// The bytes are a second way to write a point.
    #[error("the key is not written in its one canonical form")]
    NotCanonical,
    /// The key has a small order: anyone can make signatures that fit it.
    #[error("the key is weak")]
    Weak,
    /// The key has a part of small order: implementations disagree on its signatures.
    #[error("the key has a torsion component")]
    Torsion,
}

/// A public key that was found fit to sign: canonical, not weak, free of torsion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Checks the bytes of a key.
    ///
    /// # Errors
    /// What is wrong with the key.
    pub fn check(key: &LogKey) -> Result<Self, KeyFault> {
        let key = VerifyingKey::from_bytes(key.as_bytes()).map_err(|_| KeyFault::NotAPoint)?;
        let point = key.to_edwards();
        if point.compress().as_bytes() != key.as_bytes() {
            return Err(KeyFault::NotCanonical);
        }
        if key.is_weak() {
            return Err(KeyFault::Weak);
        }
        if !point.is_torsion_free() {
            return Err(KeyFault::Torsion);
        }
        Ok(Self(key))
    }

    /// The key as it stands in headers and charters.
    pub fn log_key(&self) -> LogKey {
        LogKey::from_bytes(*self.0.as_bytes())
    }
}

thread_local! {
    /// The key that was read last. Entries come log by log, and reading a key costs a tenth of a
    /// verification; a memory of one changes no answer.
    static LAST_KEY: Cell<Option<VerifyingKey>> = const { Cell::new(None) };
}

/// Whether `signature` is that of `key` over the message, by the strict rules (no weak key,
/// no small-order nonce, canonical scalar). Never in batches: a batch disagrees with single
/// checks on crafted signatures, and nodes must agree for decades.
pub(crate) fn signature_holds(key: &LogKey, message: &[u8], signature: &Signature) -> bool {
    let last = LAST_KEY.get().filter(|last| last.as_bytes() == key.as_bytes());
    let Some(key) = last.or_else(|| VerifyingKey::from_bytes(key.as_bytes()).ok()) else { return false };
    LAST_KEY.set(Some(key));
    key.verify_strict(message, &DalekSignature::from_bytes(signature.as_bytes())).is_ok()
}

/// A secret key. Forgotten with zeros when dropped; never printed.
#[derive(Clone)]
pub struct SecretKey(SigningKey);

impl SecretKey {
    /// The key that grows from 32 bytes of chance.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// The seed, for the key file.
    pub fn seed(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// The public half.
    pub fn log_key(&self) -> LogKey {
        LogKey::from_bytes(self.0.verifying_key().to_bytes())
    }

    /// Signs a message that already begins with its domain tag.
    pub(crate) fn sign(&self, message: &[u8]) -> Signature {
        Signature(self.0.sign(message).to_bytes())
    }
}

impl std::fmt::Debug for SecretKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SecretKey(of {})", self.log_key().short())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_and_mixed_keys_are_refused() {
        let mut identity = [0; 32];
        identity[0] = 1;
        assert_eq!(PublicKey::check(&LogKey::from_bytes(identity)), Err(KeyFault::Weak));
        // y = p + 1 is a second way to write y = 1.
        let mut second = [0xff; 32];
        second[0] = 0xee;
        second[31] = 0x7f;
        let fault = PublicKey::check(&LogKey::from_bytes(second));
        assert!(matches!(fault, Err(KeyFault::NotCanonical | KeyFault::NotAPoint)), "{fault:?}");
        let good = SecretKey::from_seed(&[7; 32]).log_key();
        assert_eq!(PublicKey::check(&good).map(|k| k.log_key()), Ok(good));
    }

    #[test]
    fn a_key_with_torsion_is_refused() {
        use ed25519_dalek::VerifyingKey;
        let good = SecretKey::from_seed(&[7; 32]).log_key();
        // A point of order eight, as listed in the literature on small-order points.
        let low = data_encoding::HEXLOWER
            .decode(b"c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")
            .expect("hexadecimal");
        let low: [u8; 32] = low.try_into().expect("32 bytes");
        let sum = VerifyingKey::from_bytes(good.as_bytes()).expect("a key").to_edwards()
            + VerifyingKey::from_bytes(&low).expect("a point").to_edwards();
        let mixed = LogKey::from_bytes(*sum.compress().as_bytes());
        assert_eq!(PublicKey::check(&mixed), Err(KeyFault::Torsion));
    }

    #[test]
    fn a_signature_belongs_to_one_key_and_one_message() {
        let key = SecretKey::from_seed(&[1; 32]);
        let signature = key.sign(b"tag message");
        assert!(signature_holds(&key.log_key(), b"tag message", &signature));
        assert!(!signature_holds(&key.log_key(), b"tag messagf", &signature));
        assert!(!signature_holds(&SecretKey::from_seed(&[2; 32]).log_key(), b"tag message", &signature));
    }
}
