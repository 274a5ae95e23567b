//! Names and addresses: node keys as libp2p names them, and back. Does not know who is
//! connected.
//!
//! A libp2p peer id of an Ed25519 key is an identity multihash over the key in a four-byte
//! protobuf coat: both directions only add or take off a prefix. Keys of other kinds have no
//! place in this network, so they have no name here.

use std::io;
use std::net::{IpAddr, TcpListener};

use idenett_protocol::id::LogKey;
use idenett_protocol::key::PublicKey;
use libp2p::multiaddr::Protocol;
use libp2p::{Multiaddr, PeerId};

/// Multihash code and length, then protobuf: key type Ed25519, 32 bytes of data.
const COAT: [u8; 6] = [0x00, 0x24, 0x08, 0x01, 0x12, 0x20];

/// The libp2p name of a node key.
pub fn peer_id(key: &LogKey) -> Option<PeerId> {
    let bytes: Vec<u8> = COAT.iter().chain(key.as_bytes()).copied().collect();
    PeerId::from_bytes(&bytes).ok()
}

/// The node key that a libp2p peer has, if it is an Ed25519 key that may sign here. A weak
/// key could be spoken for by anyone.
pub fn log_key(peer: &PeerId) -> Option<LogKey> {
    let bytes = peer.to_bytes();
    let key: [u8; 32] = bytes.strip_prefix(&COAT)?.try_into().ok()?;
    let key = LogKey::from_bytes(key);
    PublicKey::check(&key).is_ok().then_some(key)
}

/// An address with the name of the one who is expected there.
pub fn address_of(address: Multiaddr, key: &LogKey) -> Multiaddr {
    let named = address.iter().any(|part| matches!(part, Protocol::P2p(_)));
    match peer_id(key) {
        Some(peer) if !named => address.with(Protocol::P2p(peer)),
        _ => address,
    }
}

/// Whether a port is free. libp2p listens in a way that lets two processes share one port,
/// each with half of the callers; such a mistake of the operator is to be seen at the start.
pub(super) fn check_free(address: &Multiaddr) -> io::Result<()> {
    let mut parts = address.iter();
    let ip = match parts.next() {
        Some(Protocol::Ip4(ip)) => IpAddr::from(ip),
        Some(Protocol::Ip6(ip)) => IpAddr::from(ip),
        // Whatever it is, it has no port to be tried here.
        _ => return Ok(()),
    };
    match parts.next() {
        Some(Protocol::Tcp(port)) if port != 0 => TcpListener::bind((ip, port)).map(drop),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use idenett_protocol::key::SecretKey;
    use libp2p::identity::Keypair;

    use super::*;

    #[test]
    fn a_key_has_the_name_that_libp2p_gives_it() {
        let secret = SecretKey::from_seed(&[3; 32]);
        let pair = Keypair::ed25519_from_bytes(*secret.seed()).expect("a seed");
        let peer = pair.public().to_peer_id();
        assert_eq!(peer_id(&secret.log_key()), Some(peer));
        assert_eq!(log_key(&peer), Some(secret.log_key()));
    }

    #[test]
    fn other_keys_have_no_name_here() {
        assert_eq!(log_key(&PeerId::random()), None, "a hashed key");
        let mut weak = [0; 32];
        weak[0] = 1;
        let weak = peer_id(&LogKey::from_bytes(weak)).expect("a name");
        assert_eq!(log_key(&weak), None);
    }

    #[test]
    fn an_address_is_named_once() {
        let key = SecretKey::from_seed(&[3; 32]).log_key();
        let plain: Multiaddr = "/ip4/127.0.0.1/tcp/1".parse().expect("an address");
        let named = address_of(plain.clone(), &key);
        assert_ne!(named, plain);
        assert_eq!(address_of(named.clone(), &key), named);
    }
}
