//! How often each rare event happened. A suite in which one never did has not tested it.

use std::collections::BTreeMap;

/// What must have happened at least once in a suite of many seeds.
pub const RARE: [&str; 43] = [
    "absent answered",
    "admission came late",
    "after-end",
    "charter rival",
    "charter updated",
    "clock behind refused",
    "clock jumped a year",
    "crash",
    "crash inside a write",
    "dated a year ahead",
    "duplicate frame",
    "foreign-federation",
    "fork seen",
    "forked",
    "forked-logs",
    "garbage",
    "line broken",
    "line stalled",
    "malformed",
    "malformed-header",
    "malformed-message",
    "misbehaviour cut off",
    "node joined",
    "node started empty",
    "out-of-place",
    "oversized entry",
    "own head awaited",
    "partition",
    "power cut proved durable",
    "redaction before its target",
    "redaction of a text",
    "registrar changed",
    "replayed",
    "restore from an old copy",
    "revocation",
    "revocation of a forked log",
    "settlement",
    "state denied",
    "text fetched later",
    "text withheld",
    "torn tail cut",
    "truncated frame",
    "unknown-member",
];

/// Counts by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally(BTreeMap<&'static str, u64>);

impl Tally {
    /// Notes one event.
    pub fn note(&mut self, what: &'static str) {
        self.add(what, 1);
    }

    /// Notes several events.
    pub fn add(&mut self, what: &'static str, count: u64) {
        *self.0.entry(what).or_default() += count;
    }

    /// How often something happened.
    pub fn count(&self, what: &str) -> u64 {
        self.0.get(what).copied().unwrap_or_default()
    }

    /// Takes the counts of another run in.
    pub fn merge(&mut self, other: &Self) {
        for (what, count) in &other.0 {
            self.add(what, *count);
        }
    }

    /// Rare events that never happened.
    pub fn missing(&self) -> Vec<&'static str> {
        RARE.into_iter().filter(|what| self.count(what) == 0).collect()
    }

    /// All counts, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, u64)> + '_ {
        self.0.iter().map(|(what, count)| (*what, *count))
    }
}
