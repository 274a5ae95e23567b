//! Who takes part in a simulated federation: keys, organisation numbers, addresses.

use idenett_protocol::key::SecretKey;
use idenett_protocol::organisation::OrgNumber;

/// Who a key belongs to; with a number it names one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A node.
    Node,
    /// A registrar.
    Registrar,
    /// The data-protection officer.
    DataProtection,
    /// Someone whom nobody admitted.
    Stranger,
}

/// The key of someone in the world of a seed.
pub fn key(seed: u64, owner: Owner, n: usize) -> SecretKey {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_be_bytes());
    bytes[8] = owner as u8;
    bytes[9..17].copy_from_slice(&(n as u64).to_be_bytes());
    // Spread, so that logs fall into different buckets; ed25519 hashes the seed once more.
    SecretKey::from_seed(&bytes)
}

/// The n-th organisation number of all that can be.
pub fn org(n: usize) -> OrgNumber {
    let stem = 91_000_000 + n;
    // A stem that would need the check digit ten has none; its neighbour then stands in.
    (0..1000)
        .flat_map(|step| (0..10).map(move |digit| format!("{}{digit}", stem + step * 1_000)))
        .find_map(|text| text.parse().ok())
        .expect("some number has a right check digit")
}

/// Where a node listens.
pub fn address(n: usize) -> String {
    format!("/dns4/node{n}.example/tcp/4001")
}

/// Which node listens at an address.
pub fn listener(address: &str) -> Option<usize> {
    address.strip_prefix("/dns4/node")?.strip_suffix(".example/tcp/4001")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn numbers_and_addresses_are_each_ones_own() {
        let orgs: BTreeSet<OrgNumber> = (0..400).map(org).collect();
        assert_eq!(orgs.len(), 400);
        assert!((0..400).all(|n| listener(&address(n)) == Some(n)));
        assert_ne!(key(1, Owner::Node, 2).log_key(), key(1, Owner::Registrar, 2).log_key());
    }
}
