//! Under which names the pages may be asked for. A page that is served on this machine alone must not be read by a
//! foreign page whose name was made to point here (DNS rebinding), so the name in the request is looked at.

use std::net::{IpAddr, SocketAddr};

/// The names that are answered to.
#[derive(Clone, Debug)]
pub(super) struct Hosts {
    /// Configured names, in lower case.
    named: Vec<String>,
    /// Whether any other name is refused.
    strict: bool,
}

impl Hosts {
    /// Names for an address: on a loopback address, or where names are configured, no others are answered to.
    pub(super) fn new(address: SocketAddr, named: &[String]) -> Self {
        Self { named: named.to_vec(), strict: address.ip().is_loopback() || !named.is_empty() }
    }

    /// Whether a request with this header `Host` is answered.
    pub(super) fn allow(&self, host: &str) -> bool {
        let name = name_of(host).to_ascii_lowercase();
        // An address in the header was typed or linked as such: no name was resolved.
        let literal = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().is_ok();
        let local = name == "localhost" || name.ends_with(".localhost");
        !self.strict || literal || local || self.named.contains(&name)
    }
}

/// The host without the port.
fn name_of(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !name.ends_with(':') => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_names_are_answered_to() {
        let hosts = |address: &str, named: &[&str]| {
            let named: Vec<String> = named.iter().map(|n| (*n).to_owned()).collect();
            Hosts::new(address.parse().expect("an address"), &named)
        };
        let loopback = hosts("127.0.0.1:4480", &[]);
        for (host, allowed) in [
            ("localhost:4480", true),
            ("127.0.0.1:4480", true),
            ("[::1]:4480", true),
            ("gran.localhost", true),
            ("LOCALHOST", true),
            ("evil.example:4480", false),
            ("localhost.evil.example", false),
            ("", false),
        ] {
            assert_eq!(loopback.allow(host), allowed, "{host}");
        }
        assert!(hosts("127.0.0.1:1", &["idenett.example"]).allow("Idenett.example:443"));
        assert!(hosts("0.0.0.0:1", &[]).allow("anything.example"));
        assert!(!hosts("0.0.0.0:1", &["idenett.example"]).allow("anything.example"));
    }
}
