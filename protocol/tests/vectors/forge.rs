//! What no honest library makes: headers with fields out of order, signatures and keys that
//! only a careless reader takes.

use curve25519_dalek::constants::{ED25519_BASEPOINT_COMPRESSED, EIGHT_TORSION};
use curve25519_dalek::edwards::CompressedEdwardsY;
use curve25519_dalek::scalar::{Scalar, clamp_integer};
use ed25519_dalek::{Signer, SigningKey};
use sha2::{Digest, Sha512};

const TAG: &[u8] = b"idenett/entry-signature/1\0";
const HEADER: usize = 188;
/// The order of the group, little-endian.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

fn message(header: &[u8]) -> Vec<u8> {
    [TAG, header].concat()
}

/// Changes bytes of a signed header and signs it again, so that only the change is wrong.
pub(crate) fn changed(signed: &[u8], seed: u8, at: usize, bytes: &[u8]) -> Vec<u8> {
    let mut out = signed.to_vec();
    out[at..at + bytes.len()].copy_from_slice(bytes);
    let signature = SigningKey::from_bytes(&[seed; 32]).sign(&message(&out[..HEADER]));
    out[HEADER..HEADER + 64].copy_from_slice(&signature.to_bytes());
    out
}

/// The same signature with its scalar increased by the order of the group.
pub(crate) fn malleable(signed: &[u8]) -> Vec<u8> {
    let mut out = signed.to_vec();
    let mut carry = 0_u16;
    for (byte, more) in out[HEADER + 32..HEADER + 64].iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(more) + carry;
        *byte = u8::try_from(sum & 0xff).expect("a byte");
        carry = sum >> 8;
    }
    out
}

/// A signature by the key's holder whose nonce point has a small order: `[s]B = R + [k]A`
/// holds, and plain verification takes it.
pub(crate) fn small_order_nonce(signed: &[u8], seed: u8) -> Vec<u8> {
    let nonce = identity();
    let hashed = Sha512::digest([seed; 32]);
    let secret = Scalar::from_bytes_mod_order(clamp_integer(*hashed.first_chunk().expect("32 bytes")));
    let mut hash = Sha512::new();
    hash.update(nonce);
    hash.update(&signed[36..68]);
    hash.update(message(&signed[..HEADER]));
    let k = Scalar::from_bytes_mod_order_wide(&hash.finalize().into());
    with_signature(signed, &nonce, &(k * secret).to_bytes())
}

/// A header in the name of a key of small order, with a signature that anyone can make.
pub(crate) fn weak_key(signed: &[u8]) -> Vec<u8> {
    let mut out = signed.to_vec();
    out[36..68].copy_from_slice(&identity());
    with_signature(&out, ED25519_BASEPOINT_COMPRESSED.as_bytes(), &Scalar::ONE.to_bytes())
}

/// A nonce that is no point of the curve.
pub(crate) fn nonce_off_the_curve(signed: &[u8]) -> Vec<u8> {
    let mut out = signed.to_vec();
    out[HEADER..HEADER + 32].copy_from_slice(&off_the_curve());
    out
}

fn with_signature(signed: &[u8], nonce: &[u8; 32], scalar: &[u8; 32]) -> Vec<u8> {
    let mut out = signed.to_vec();
    out[HEADER..HEADER + 32].copy_from_slice(nonce);
    out[HEADER + 32..HEADER + 64].copy_from_slice(scalar);
    out
}

/// The neutral point.
pub(crate) fn identity() -> [u8; 32] {
    small(1)
}

fn small(y: u8) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes[0] = y;
    bytes
}

/// The number `p + more`, with the sign bit if wanted.
pub(crate) fn beyond_the_prime(more: u8, sign: bool) -> [u8; 32] {
    let mut bytes = [0xff; 32];
    bytes[0] = 0xed + more;
    bytes[31] = if sign { 0xff } else { 0x7f };
    bytes
}

/// The neutral point with a sign that it does not have.
pub(crate) fn negative_zero() -> [u8; 32] {
    let mut bytes = small(1);
    bytes[31] = 0x80;
    bytes
}

/// Thirty-two bytes that name no point.
pub(crate) fn off_the_curve() -> [u8; 32] {
    (2..=255).map(small).find(|b| CompressedEdwardsY(*b).decompress().is_none()).expect("half of all are none")
}

/// A second way to write a point whose order is not small, if there is one.
pub(crate) fn second_way() -> [u8; 32] {
    (2..19)
        .map(|n| beyond_the_prime(n, false))
        .find(|b| CompressedEdwardsY(*b).decompress().is_some_and(|p| !p.is_small_order()))
        .expect("there are some")
}

/// A point of order eight.
pub(crate) fn order_eight() -> [u8; 32] {
    EIGHT_TORSION[1].compress().to_bytes()
}

/// The key of a seed with a part of order eight added.
pub(crate) fn mixed(seed: u8) -> [u8; 32] {
    let good = SigningKey::from_bytes(&[seed; 32]).verifying_key().to_bytes();
    let point = CompressedEdwardsY(good).decompress().expect("a point") + EIGHT_TORSION[1];
    point.compress().to_bytes()
}
