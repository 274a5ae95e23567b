//! The small federation into which the vectors are offered. Its keys grow from seeds of one
//! repeated byte, so that anyone can make it again.

use std::collections::BTreeMap;

use idenett_protocol::charter::{Charter, CharterChain, LogEnd, Reading, Terms};
use idenett_protocol::entry::{Draft, Entry};
use idenett_protocol::fork::ForkProof;
use idenett_protocol::id::{EntryId, FederationId, LogKey, Seq};
use idenett_protocol::key::SecretKey;
use idenett_protocol::kind::Kind;
use idenett_protocol::ledger::{Ledger, Pending, Received};
use idenett_protocol::time::Timestamp;

/// 2026-11-21 in milliseconds.
pub(crate) const START: u64 = 1_795_219_200_000;

/// Seeds of the keys.
pub(crate) mod seed {
    pub(crate) const FIRST_REGISTRAR: u8 = 1;
    pub(crate) const OVRE_EIKER: u8 = 2;
    pub(crate) const BAERUM: u8 = 3;
    pub(crate) const GRAN: u8 = 4;
    pub(crate) const DATA_PROTECTION: u8 = 5;
    pub(crate) const LUNNER: u8 = 6;
    pub(crate) const REGISTRAR: u8 = 7;
    pub(crate) const STRANGER: u8 = 9;
    pub(crate) const RECOVERY: [u8; 3] = [11, 12, 13];
}

pub(crate) fn key(seed: u8) -> SecretKey {
    SecretKey::from_seed(&[seed; 32])
}

pub(crate) fn log(seed: u8) -> LogKey {
    key(seed).log_key()
}

/// A document with a salt of its own.
pub(crate) fn document(salt: u64, fields: &str) -> Vec<u8> {
    let comma = if fields.is_empty() { "" } else { "," };
    format!(r#"{{"salt":"{salt:032x}"{comma}{fields}}}"#).into_bytes()
}

/// Writes entries, each at the end of its log.
#[derive(Clone)]
pub(crate) struct Pen {
    federation: FederationId,
    heads: BTreeMap<u8, (Seq, EntryId)>,
    written: u64,
}

impl Pen {
    pub(crate) fn new(federation: FederationId) -> Self {
        Self { federation, heads: BTreeMap::new(), written: 0 }
    }

    /// An entry at the end of a log; nothing of it is remembered.
    pub(crate) fn draft(&self, seed: u8, kind: Kind, facts: &str, text: &str) -> Draft {
        let head = self.heads.get(&seed);
        let salt = self.written * 2 + 1;
        Draft {
            kind,
            federation: self.federation,
            seq: head.map_or(Seq::FIRST, |h| h.0.next()),
            previous: head.map(|h| h.1),
            time: Timestamp::from_millis(START + self.written * 60_000),
            facts: document(salt, facts),
            text: if text.is_empty() { Vec::new() } else { document(salt + 1, text) },
        }
    }

    /// Writes an entry at the end of a log.
    pub(crate) fn write(&mut self, seed: u8, kind: Kind, facts: &str, text: &str) -> Entry {
        let entry = Entry::sign(self.draft(seed, kind, facts, text), &key(seed)).expect("an entry");
        self.written += 1;
        self.heads.insert(seed, (entry.seq(), entry.id()));
        entry
    }

    /// Writes an entry beside the end of a log: the log forks where the next one is written.
    pub(crate) fn aside(&mut self, seed: u8, kind: Kind, facts: &str, text: &str) -> Entry {
        let before = self.heads.get(&seed).copied();
        let entry = self.write(seed, kind, facts, text);
        match before {
            Some(head) => self.heads.insert(seed, head),
            None => self.heads.remove(&seed),
        };
        entry
    }
}

/// The federation.
pub(crate) struct Federation {
    pub(crate) charters: Vec<Charter>,
    /// In an order in which they may be admitted.
    pub(crate) entries: Vec<(&'static str, Entry)>,
    pub(crate) forks: Vec<ForkProof>,
    pub(crate) ledger: Ledger,
    pub(crate) pen: Pen,
    /// Entries that are not in the federation: of branches that lost or are not settled.
    pub(crate) outside: BTreeMap<&'static str, Entry>,
}

impl Federation {
    pub(crate) fn entry(&self, name: &str) -> &Entry {
        self.entries.iter().find(|(n, _)| *n == name).map(|(_, e)| e).expect(name)
    }

    pub(crate) fn found() -> Self {
        let first = Charter::sign(&first_terms(), &[&key(seed::FIRST_REGISTRAR)]).expect("a charter");
        let chain = CharterChain::found(first.clone()).expect("a chain");
        let mut pen = Pen::new(chain.federation());
        let mut entries = first_registrar(&mut pen);
        let second = second_charter(&first, &entries);
        entries.extend(members(&mut pen));
        let (outside, forks) = branches(&mut pen, &mut entries);
        registrar(&mut pen, &mut entries);
        let mut ledger = Ledger::new(chain);
        ledger.offer_charter(second.clone()).expect("the second charter");
        // The registrars first: they say who may write.
        entries.sort_by_key(|(name, _)| !name.starts_with("registry"));
        for (name, entry) in &entries {
            let received = Received::parse(entry.bytes()).expect(name);
            let admitted = ledger.admit(received, &mut Pending::default()).expect(name);
            ledger.apply(admitted);
        }
        for proof in &forks {
            ledger.record_fork(proof.clone(), ledger.federation()).expect("a fork");
        }
        ledger.refresh();
        Self { charters: vec![first, second], entries, forks, ledger, pen, outside }
    }
}

pub(crate) fn first_terms() -> Terms {
    Terms {
        salt: "5a".repeat(16),
        epoch: 1,
        previous: None,
        name: "Prøveforbundet".into(),
        reading: Reading::Open,
        registrar: log(seed::FIRST_REGISTRAR),
        former_registrar: None,
        data_protection: Some(log(seed::DATA_PROTECTION)),
        recovery: seed::RECOVERY.map(log).to_vec(),
        threshold: 2,
        bootstrap: vec!["/dns4/hub.example.org/tcp/4400".into()],
    }
}

/// Recovery keys put another registrar in the place of the first, whose log ends at 2.
fn second_charter(first: &Charter, entries: &[(&'static str, Entry)]) -> Charter {
    let last = &entries.last().expect("an entry").1;
    let end = LogEnd { key: last.log(), seq: last.seq(), id: Some(last.id()) };
    let terms = Terms {
        epoch: 2,
        previous: Some(first.hash()),
        registrar: log(seed::REGISTRAR),
        former_registrar: Some(end),
        reading: Reading::Members,
        ..first_terms()
    };
    Charter::sign(&terms, &[&key(seed::RECOVERY[2]), &key(seed::RECOVERY[0])]).expect("a charter")
}

fn admission(org: &str, name: &str, number: &str, seed: u8) -> String {
    format!(r#""org":"{org}","name":"{name}","number":"{number}","key":"{}""#, log(seed))
}

fn first_registrar(pen: &mut Pen) -> Vec<(&'static str, Entry)> {
    let mut admit = |org, name, number, seed| {
        pen.write(seed::FIRST_REGISTRAR, Kind::Admission, &admission(org, name, number, seed), "")
    };
    vec![
        ("registry-admits-ovre-eiker", admit("954597482", "Øvre Eiker", "3314", seed::OVRE_EIKER)),
        ("registry-admits-baerum", admit("935478715", "Bærum", "3201", seed::BAERUM)),
    ]
}

fn members(pen: &mut Pen) -> Vec<(&'static str, Entry)> {
    let contact = pen.write(
        seed::OVRE_EIKER,
        Kind::Contact,
        r#""number":1,"checked":"2026-11-20""#,
        r#""function":"Innovasjonsrådgiver","mailbox":"innovasjon@example.org""#,
    );
    let case = pen.write(seed::OVRE_EIKER, Kind::Case, &format!(
        r#""number":1,"lang":"nb","status":"pilot","types":["process"],"sector":"cross_sector","themes":["administration"],"origin":"first","contact":"{}","licence":"CC-BY-4.0","valid_until":"2028-11-21""#, contact.id()),
        r#""title":"Behov før løsning","summary":"Et oppdiktet eksempel.","problem":"Løsninger ble valgt før behovet var kjent.","solution":"Tre faser: behov, løsning, test.""#);
    let revised = pen.write(seed::OVRE_EIKER, Kind::Case, &format!(
        r#""subject":"{0}","replaces":["{0}"],"number":2,"lang":"nb","status":"in_use","types":["process"],"sector":"cross_sector","themes":["administration"],"origin":"first","licence":"CC-BY-4.0","period":{{"in_use":"2026-11-01"}}"#, case.id()),
        r#""title":"Behov før løsning","summary":"Et oppdiktet eksempel, nå i bruk.""#);
    let need = pen.write(seed::BAERUM, Kind::Need,
        r#""number":1,"lang":"nb","status":"open","sector":"health_care","themes":["tema/fritid"],"wants_partners":true"#,
        r#""title":"Måltider som frister","situation":"Mange spiser for lite.""#);
    let comment = pen.write(
        seed::GRAN,
        Kind::Comment,
        &format!(r#""subject":"{}","kind":"question","lang":"nn""#, case.id()),
        r#""text":"Kor mange tok del?""#,
    );
    let lunner = pen.write(seed::LUNNER, Kind::Interest, &format!(r#""subject":"{}","level":"talk""#, case.id()), "");
    let redaction = pen.write(
        seed::DATA_PROTECTION,
        Kind::Redaction,
        &format!(r#""target":"{}","reason":"personal_data""#, comment.id()),
        "",
    );
    vec![
        ("contact", contact),
        ("case", case),
        ("case-revised", revised),
        ("need", need),
        ("comment", comment),
        ("interest", lunner),
        ("redaction", redaction),
    ]
}

/// Bærum's log forks at 2 and is settled; Lunner's forks at 2, three ways, and is not.
fn branches(
    pen: &mut Pen,
    entries: &mut Vec<(&'static str, Entry)>,
) -> (BTreeMap<&'static str, Entry>, Vec<ForkProof>) {
    let case = entries.iter().find(|(n, _)| *n == "case").map(|(_, e)| e.id()).expect("a case");
    let lost = pen.aside(
        seed::BAERUM,
        Kind::Reuse,
        &format!(r#""number":1,"case":"{case}","degree":"copy","status":"planned""#),
        "",
    );
    let holds = pen.write(
        seed::BAERUM,
        Kind::Reuse,
        &format!(r#""number":1,"case":"{case}","lang":"nb","degree":"adapted","status":"in_use","since":"2026-11-10""#),
        r#""adaptation":"Fire faser i stedet for tre.""#,
    );
    entries.push(("reuse", holds));
    let mut ways = [1, 2, 3].map(|n| {
        pen.aside(seed::LUNNER, Kind::Interest, &format!(r#""subject":"{case}","level":"relevant","way":{n}"#), "")
    });
    ways.sort_by_key(Entry::id);
    let [a, b, c] = ways;
    let proof = |x: &Entry, y: &Entry| ForkProof::new(*x.head(), *y.head()).expect("a fork");
    // The last parts from an entry that is not the one held: it is kept by nobody.
    let [x, y] = [1, 2].map(|n| elsewhere(pen, n));
    let forks = vec![proof(&c, &b), proof(&c, &a), proof(&x, &y)];
    (BTreeMap::from([("lost", lost), ("way-a", a), ("way-b", b), ("way-c", c)]), forks)
}

/// An entry at place 2 of Øvre Eiker's log, after one that is not in it.
fn elsewhere(pen: &Pen, n: u8) -> Entry {
    let previous = Some(EntryId::from_bytes([0xcc; 32]));
    let draft = pen.draft(seed::OVRE_EIKER, Kind::Plan, &format!(r#""way":{n}"#), "");
    Entry::sign(Draft { seq: Seq::new(2), previous, ..draft }, &key(seed::OVRE_EIKER)).expect("an entry")
}

fn registrar(pen: &mut Pen, entries: &mut Vec<(&'static str, Entry)>) {
    let find = |entries: &Vec<(&str, Entry)>, name: &str| {
        entries.iter().find(|(n, _)| *n == name).map(|(_, e)| e.clone()).expect("an entry")
    };
    let (comment, reuse) = (find(entries, "comment"), find(entries, "reuse"));
    let mut act =
        |name, kind, facts: &str, text: &str| entries.push((name, pen.write(seed::REGISTRAR, kind, facts, text)));
    act("registry-admits-gran", Kind::Admission, &admission("961381541", "Gran", "3446", seed::GRAN), "");
    act("registry-admits-lunner", Kind::Admission, &admission("961381452", "Lunner", "3234", seed::LUNNER), "");
    act(
        "registry-revokes-gran",
        Kind::Revocation,
        &format!(r#""key":"{}","seq":1,"id":"{}","reason":"key_replaced""#, comment.log(), comment.id()),
        "",
    );
    act(
        "registry-settles-baerum",
        Kind::Settlement,
        &format!(r#""log":"{}","seq":2,"id":"{}""#, reuse.log(), reuse.id()),
        "",
    );
    act(
        "registry-succession",
        Kind::Succession,
        r#""date":"2024-01-01","type":"new_number","from":[{"org":"961381452","number":"3054","name":"Lunner"}],"to":[{"org":"961381452","number":"3234","name":"Lunner"}],"inherits":"all""#,
        r#""source":"Oppdiktet kilde""#,
    );
    act(
        "registry-reference",
        Kind::Reference,
        r#""table":"population","date":"2026-01-01","columns":["org","population"],"rows":[["961381452",9000],["961381541",14000]]"#,
        "",
    );
}
