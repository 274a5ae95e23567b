//! What becomes of the addresses that this node dials: whom it reaches, and why not the others.
//! Says so in the log once, and to whoever asks how the node stands. Dials nobody itself.

use std::collections::BTreeMap;
use std::time::Duration;

use idenett_protocol::id::LogKey;
use idenett_protocol::message::Farewell;
use idenett_protocol::time::Timestamp;

use crate::clock::Watch;
use crate::desk::DialFacts;
use crate::net::{NOT_NEEDED, REPLACED};

/// Addresses of which is remembered why they led to nothing.
const MAX_ADDRESSES: usize = 64;
/// Reasons of one address that are told in the log; later ones only to who asks.
const MAX_TOLD: usize = 4;
/// A session that ends sooner has led to nothing.
const BRIEF: Duration = Duration::from_secs(20);
/// So many sessions of one key that replace each other are no accident.
const MANY: u32 = 3;

/// Whom this node reaches.
#[derive(Default)]
pub struct Reach {
    sessions: BTreeMap<LogKey, Session>,
    addresses: BTreeMap<String, Attempts>,
    /// How many brief sessions of a key replaced each other without a pause.
    replaced: BTreeMap<LogKey, u32>,
}

/// A session that stands.
struct Session {
    /// The address, if this node dialed.
    dialed: Option<String>,
    began: Watch,
    farewell: Option<Farewell>,
}

/// The attempts at an address since a session with it last stood.
struct Attempts {
    reason: String,
    tries: u64,
    since: Timestamp,
    last: Timestamp,
    told: Vec<String>,
}

impl Reach {
    /// A session stands.
    pub fn connected(&mut self, peer: LogKey, dialed: Option<String>) {
        self.sessions.insert(peer, Session { dialed, began: Watch::start(), farewell: None });
    }

    /// The peer says why it is about to end the session.
    pub fn heard(&mut self, peer: &LogKey, farewell: Farewell) {
        if let Some(session) = self.sessions.get_mut(peer) {
            session.farewell = Some(farewell);
        }
    }

    /// A session is over. Gives the reason in full.
    pub fn ended(&mut self, peer: &LogKey, reason: &str, now: Timestamp) -> String {
        let Some(session) = self.sessions.remove(peer) else { return reason.to_owned() };
        let reason = session.farewell.map_or_else(|| reason.to_owned(), |farewell| words(farewell).to_owned());
        let brief = session.began.elapsed() < BRIEF;
        self.count_replaced(peer, brief && reason == REPLACED);
        if let Some(address) = session.dialed {
            if !brief {
                self.addresses.remove(&address);
            }
            self.note(&address, &reason, now, brief);
        }
        reason
    }

    /// A dial led to no session.
    pub fn failed(&mut self, address: &str, reason: &str, now: Timestamp) {
        if NOT_NEEDED.contains(&reason) {
            self.addresses.remove(address);
        } else {
            self.note(address, reason, now, true);
        }
    }

    /// Why there is no session with the addresses that have none.
    pub fn unreached(&self) -> Vec<DialFacts> {
        let stands = |address: &str| self.sessions.values().any(|s| s.dialed.as_deref() == Some(address));
        let facts = self.addresses.iter().filter(|(address, _)| !stands(address)).map(|(address, a)| DialFacts {
            address: address.clone(),
            reason: a.reason.clone(),
            tries: a.tries,
            since: a.since,
            last: a.last,
        });
        facts.collect()
    }

    fn note(&mut self, address: &str, reason: &str, now: Timestamp, worth_telling: bool) {
        if self.addresses.len() >= MAX_ADDRESSES && !self.addresses.contains_key(address) {
            let oldest = self.addresses.iter().min_by_key(|(_, a)| a.last).map(|(address, _)| address.clone());
            oldest.map(|address| self.addresses.remove(&address));
        }
        let attempts = self.addresses.entry(address.to_owned()).or_insert_with(|| Attempts {
            reason: String::new(),
            tries: 0,
            since: now,
            last: now,
            told: Vec::new(),
        });
        attempts.tries += 1;
        attempts.last = now;
        reason.clone_into(&mut attempts.reason);
        let new = !attempts.told.iter().any(|told| told == reason) && attempts.told.len() < MAX_TOLD;
        if worth_telling && new {
            attempts.told.push(reason.to_owned());
            tracing::warn!(address, reason, "no session with this address; it is tried again and again");
        } else {
            tracing::debug!(address, reason, "no session with this address");
        }
    }

    fn count_replaced(&mut self, peer: &LogKey, replaced: bool) {
        if !replaced {
            self.replaced.remove(peer);
            return;
        }
        let count = self.replaced.entry(*peer).or_default();
        *count += 1;
        if *count == MANY {
            tracing::warn!(
                peer = %peer.short(),
                "sessions of one key replace each other again and again: two nodes run with this key, and its log will fork"
            );
        }
    }
}

/// What a peer means by its farewell.
const fn words(farewell: Farewell) -> &'static str {
    match farewell {
        Farewell::Stopping => "the peer stops",
        Farewell::ForeignFederation => "the peer belongs to another federation",
        Farewell::Version => "the peer speaks another version; use the same version of idenett",
        Farewell::Misbehaviour => "the peer says that this node broke the rules",
        Farewell::Full => "the peer has as many sessions as it takes",
        Farewell::NotAMember => "only members may read there, and this node is not admitted yet",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HUB: &str = "/dns4/ks.example.org/tcp/4430";

    fn at(second: u64) -> Timestamp {
        Timestamp::from_millis(second * 1000)
    }

    fn shown(reach: &Reach) -> Vec<(String, String, u64)> {
        reach.unreached().into_iter().map(|d| (d.address, d.reason, d.tries)).collect()
    }

    #[test]
    fn an_address_is_told_with_its_reason_until_a_session_stands() {
        let mut reach = Reach::default();
        let peer = LogKey::from_bytes([7; 32]);
        reach.failed(HUB, "connection refused", at(1));
        reach.failed(HUB, "connection refused", at(5));
        assert_eq!(shown(&reach), [(HUB.to_owned(), "connection refused".to_owned(), 2)]);
        reach.connected(peer, Some(HUB.to_owned()));
        assert_eq!(shown(&reach), []);
        reach.heard(&peer, Farewell::NotAMember);
        let reason = reach.ended(&peer, "the peer ended the session", at(6));
        assert_eq!(shown(&reach), [(HUB.to_owned(), reason.clone(), 3)]);
        assert!(reason.contains("not admitted"), "{reason}");
        reach.failed(HUB, NOT_NEEDED[0], at(7));
        assert_eq!(shown(&reach), []);
    }

    #[test]
    fn no_more_addresses_are_remembered_than_there_is_room_for() {
        let mut reach = Reach::default();
        for n in 0..100 {
            reach.failed(&format!("/ip4/10.0.0.{n}/tcp/1"), "timed out", at(n));
        }
        assert_eq!(reach.unreached().len(), MAX_ADDRESSES);
        assert_eq!(reach.unreached().iter().map(|d| d.last).min(), Some(at(100 - MAX_ADDRESSES as u64)));
    }

    #[test]
    fn sessions_that_replace_each_other_are_counted_until_one_lasts() {
        let mut reach = Reach::default();
        let peer = LogKey::from_bytes([7; 32]);
        for n in 1..=MANY {
            reach.connected(peer, None);
            reach.ended(&peer, REPLACED, at(u64::from(n)));
            assert_eq!(reach.replaced.get(&peer), Some(&n));
        }
        reach.connected(peer, None);
        reach.ended(&peer, "the peer ended the session", at(9));
        assert_eq!(reach.replaced.get(&peer), None);
    }
}
