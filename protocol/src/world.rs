//! A small federation for the tests of this crate: a registrar, whose key grows from 1, and
//! members, whose keys grow from the numbers given.

use crate::charter::{Charter, CharterChain, Reading, Terms};
use crate::entry::{Draft, Entry};
use crate::fork::ForkProof;
use crate::header::SignedHeader;
use crate::id::{EntryId, FederationId, LogKey, Seq};
use crate::key::SecretKey;
use crate::kind::Kind;
use crate::ledger::{Change, Ledger, Pending, Received, Refusal};
use crate::time::Timestamp;

pub(crate) const REGISTRAR: u8 = 1;
pub(crate) const ORGS: [&str; 6] = ["954597482", "935478715", "961381541", "961381452", "971032146", "958935420"];

pub(crate) fn key(n: u8) -> SecretKey {
    SecretKey::from_seed(&[n; 32])
}

pub(crate) fn log(n: u8) -> LogKey {
    key(n).log_key()
}

pub(crate) fn at(seconds: u64) -> Timestamp {
    Timestamp::from_millis(seconds * 1000)
}

pub(crate) fn terms() -> Terms {
    Terms {
        salt: "00".repeat(16),
        epoch: 1,
        previous: None,
        name: "Prøve".into(),
        reading: Reading::Open,
        registrar: log(REGISTRAR),
        former_registrar: None,
        data_protection: None,
        recovery: vec![],
        threshold: 0,
        bootstrap: vec![],
    }
}

pub(crate) fn chain() -> CharterChain {
    let charter = Charter::sign(&terms(), &[&key(REGISTRAR)]).expect("a charter");
    CharterChain::found(charter).expect("a chain")
}

/// A document of the fields, with a salt.
pub(crate) fn document(fields: &str) -> Vec<u8> {
    let comma = if fields.is_empty() { "" } else { "," };
    format!(r#"{{"salt":"00000000000000000000000000000000"{comma}{fields}}}"#).into_bytes()
}

pub(crate) fn draft(federation: FederationId, head: Option<(Seq, EntryId)>, kind: Kind, fields: &str) -> Draft {
    let seq = head.map_or(Seq::FIRST, |(seq, _)| seq.next());
    let previous = head.map(|(_, id)| id);
    Draft { kind, federation, seq, previous, time: at(1_000_000), facts: document(fields), text: Vec::new() }
}

/// The headers of a log of `n`, and of each place a second header with the same predecessor.
pub(crate) fn headers_of(n: u8, federation: FederationId, length: u64) -> (Vec<SignedHeader>, Vec<SignedHeader>) {
    let (mut first, mut second) = (Vec::<SignedHeader>::new(), Vec::new());
    for _ in 0..length {
        let head = first.last().map(|h| (h.header().seq, h.id()));
        let sign = |fields: &str| *Entry::sign(draft(federation, head, Kind::Plan, fields), &key(n)).expect("an entry").head();
        second.push(sign(r#""way":2"#));
        first.push(sign(r#""way":1"#));
    }
    (first, second)
}

pub(crate) fn proof(a: &SignedHeader, b: &SignedHeader) -> ForkProof {
    ForkProof::new(*a, *b).expect("a proof")
}

/// A replica, and the keys to write in it.
pub(crate) struct World {
    pub(crate) ledger: Ledger,
}

impl World {
    /// The replica after the registrar has admitted these members.
    pub(crate) fn found(members: &[u8]) -> Self {
        let mut world = Self { ledger: Ledger::new(chain()) };
        for (n, org) in members.iter().zip(ORGS) {
            world.admit(*n, org);
        }
        world
    }

    pub(crate) fn admit(&mut self, n: u8, org: &str) {
        let facts = format!(r#""org":"{org}","name":"Prøve {n}","key":"{}""#, log(n));
        self.write(REGISTRAR, Kind::Admission, &facts);
    }

    /// The next entry of a log, signed and not taken in.
    pub(crate) fn next(&self, n: u8, kind: Kind, fields: &str) -> Entry {
        let head = self.ledger.logs().get(&log(n)).and_then(|l| Some((l.held(), l.head()?)));
        Entry::sign(draft(self.ledger.federation(), head, kind, fields), &key(n)).expect("an entry")
    }

    pub(crate) fn take(&mut self, entry: &Entry) -> Result<Change, Refusal> {
        let admitted = self.ledger.admit(Received::of(entry.clone()), &mut Pending::default())?;
        let change = self.ledger.apply(admitted);
        self.ledger.refresh();
        Ok(change)
    }

    pub(crate) fn write(&mut self, n: u8, kind: Kind, fields: &str) -> Entry {
        let entry = self.next(n, kind, fields);
        self.take(&entry).expect("an entry that joins");
        entry
    }

    /// Writes entries that say nothing.
    pub(crate) fn grow(&mut self, n: u8, count: u64) -> Vec<Entry> {
        (0..count).map(|_| self.write(n, Kind::Plan, "")).collect()
    }

    pub(crate) fn fork(&mut self, proof: &ForkProof) -> Result<bool, Refusal> {
        let changed = self.ledger.record_fork(proof.clone(), self.ledger.federation());
        self.ledger.refresh();
        changed
    }
}
