//! A federation with many entries, made quickly and for real: every entry is signed, has the facts
//! of a case and a text, and has the size that is asked for.

use idenett::library::{Library, Offered};
use idenett_protocol::charter::{Charter, CharterChain, Reading, Terms};
use idenett_protocol::entry::{Draft, Entry};
use idenett_protocol::id::{EntryId, FederationId, Seq};
use idenett_protocol::key::SecretKey;
use idenett_protocol::kind::Kind;
use idenett_protocol::limits::SIGNED_HEADER_BYTES;
use idenett_protocol::time::Timestamp;

/// When the entries of a corpus are dated.
pub const CORPUS_TIME: Timestamp = Timestamp::from_millis(1_790_000_000_000);
/// Not random: who knows the text knows the salt.
pub const SALT: &str = "000102030405060708090a0b0c0d0e0f";

/// A federation whose keys are known.
pub struct Corpus {
    /// The registrar's key.
    pub registrar: SecretKey,
    /// The members' node keys.
    pub members: Vec<SecretKey>,
    /// The founding charter.
    pub charter: Charter,
}

impl Corpus {
    /// A federation with this many members; `bootstrap` goes into the charter.
    pub fn new(members: usize, bootstrap: &[String]) -> Self {
        let registrar = key(0);
        let terms = Terms {
            salt: SALT.into(),
            epoch: 1,
            previous: None,
            name: "Corpus".into(),
            reading: Reading::Open,
            registrar: registrar.log_key(),
            former_registrar: None,
            data_protection: None,
            recovery: Vec::new(),
            threshold: 0,
            bootstrap: bootstrap.to_vec(),
        };
        let charter = Charter::sign(&terms, &[&registrar]).expect("the terms are sound");
        Self { registrar, members: (1..=members).map(key).collect(), charter }
    }

    /// The charter as a chain.
    pub fn chain(&self) -> CharterChain {
        CharterChain::found(self.charter.clone()).expect("a founding charter")
    }

    /// The federation's id.
    pub fn federation(&self) -> FederationId {
        self.chain().federation()
    }

    /// The admissions of all members, in the registrar's log.
    pub fn admissions(&self) -> Vec<Entry> {
        let mut log = LogPen::new(&self.registrar, self.federation());
        let facts = |(n, member): (usize, &SecretKey)| {
            format!(r#"{{"salt":"{SALT}","org":"{}","name":"Kommune {n}","key":"{}"}}"#, org(n), member.log_key())
        };
        self.members.iter().enumerate().map(|m| log.write(Kind::Admission, facts(m).into_bytes(), Vec::new())).collect()
    }

    /// As many cases as asked for, of `size` bytes each, evenly over the members' logs, made on
    /// all cores; log by log.
    pub fn cases(&self, count: usize, size: usize) -> Vec<Vec<Entry>> {
        let each = count.div_ceil(self.members.len());
        self.logs(count, |log, n| log.write_case(n % each, size))
    }

    /// As many entries as asked for, evenly over the members' logs, made on all cores by `write` from their numbers;
    /// log by log.
    pub fn logs(&self, count: usize, write: impl Fn(&mut LogPen<'_>, usize) -> Entry + Sync) -> Vec<Vec<Entry>> {
        let mut logs = vec![Vec::new(); self.members.len()];
        self.go_on(&mut logs, count, write);
        logs
    }

    /// Goes on with the members' logs: as many further entries as asked for, in the same way.
    pub fn go_on(&self, logs: &mut [Vec<Entry>], count: usize, write: impl Fn(&mut LogPen<'_>, usize) -> Entry + Sync) {
        let federation = self.federation();
        let each = count.div_ceil(self.members.len());
        let threads = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        let part = self.members.len().div_ceil(threads);
        let write = |(n, (member, log)): (usize, (&SecretKey, &mut Vec<Entry>))| {
            let mut pen = LogPen::behind(log.last(), member, federation);
            let left = count.saturating_sub(n * each).min(each);
            log.extend((0..left).map(|i| write(&mut pen, n * each + i)));
        };
        let mut numbered: Vec<_> = self.members.iter().zip(logs).enumerate().collect();
        std::thread::scope(|scope| {
            while !numbered.is_empty() {
                let chunk: Vec<_> = numbered.drain(..part.min(numbered.len())).collect();
                scope.spawn(|| chunk.into_iter().for_each(&write));
            }
        });
    }

    /// Takes admissions and cases into a library, in batches.
    pub fn fill(&self, library: &Library, logs: &[Vec<Entry>]) {
        take(library, &self.admissions());
        for log in logs {
            take(library, log);
        }
    }
}

/// What a library is offered of an entry.
pub fn offered(entry: &Entry) -> Offered {
    Offered { bytes: entry.bytes().to_vec(), with_text: true }
}

fn take(library: &Library, entries: &[Entry]) {
    for batch in entries.chunks(1024) {
        let offered: Vec<Offered> = batch.iter().map(offered).collect();
        let outcomes = library.ingest(offered).expect("the disk works");
        assert!(outcomes.iter().all(|(_, result)| result.is_ok()), "every entry of a corpus is fit");
    }
}

/// The key of a number.
pub fn key(n: usize) -> SecretKey {
    let mut seed = [7; 32];
    seed[..8].copy_from_slice(&(n as u64).to_be_bytes());
    SecretKey::from_seed(&seed)
}

/// The n-th organisation number whose check digit holds.
pub fn org(n: usize) -> String {
    let valid = (90_000_000_u32..).filter_map(|body| {
        let digits = (0..8).map(|i| body / 10_u32.pow(7 - i) % 10);
        let sum: u32 = digits.zip([3, 2, 7, 6, 5, 4, 3, 2]).map(|(d, w)| d * w).sum();
        let check = (11 - sum % 11) % 11;
        (check < 10).then(|| format!("{body}{check}"))
    });
    valid.skip(n).take(1).collect()
}

/// Writes one log.
pub struct LogPen<'a> {
    key: &'a SecretKey,
    federation: FederationId,
    seq: Seq,
    previous: Option<EntryId>,
}

impl<'a> LogPen<'a> {
    /// A pen for an empty log.
    pub fn new(key: &'a SecretKey, federation: FederationId) -> Self {
        Self { key, federation, seq: Seq::ZERO, previous: None }
    }

    /// A pen for a log that ends with this entry.
    fn behind(last: Option<&Entry>, key: &'a SecretKey, federation: FederationId) -> Self {
        let seq = last.map_or(Seq::ZERO, |entry| entry.header().seq);
        Self { key, federation, seq, previous: last.map(Entry::id) }
    }

    /// Signs the next entry.
    pub fn write(&mut self, kind: Kind, facts: Vec<u8>, text: Vec<u8>) -> Entry {
        self.write_at(CORPUS_TIME, kind, facts, text)
    }

    /// Signs the next entry at a time.
    pub fn write_at(&mut self, time: Timestamp, kind: Kind, facts: Vec<u8>, text: Vec<u8>) -> Entry {
        self.seq = self.seq.next();
        let (federation, seq, previous) = (self.federation, self.seq, self.previous);
        let draft = Draft { kind, federation, seq, previous, time, facts, text };
        let entry = Entry::sign(draft, self.key).expect("the draft fits");
        self.previous = Some(entry.id());
        entry
    }

    /// Signs the next case: facts of about 700 bytes, text for the rest of `size`.
    pub fn write_case(&mut self, n: usize, size: usize) -> Entry {
        let facts = format!(
            r#"{{"salt":"{SALT}","number":1,"lang":"nb","status":"in_use","types":["service","process"],"sector":"health_care","themes":["tema/helse-og-omsorg","digitalisation"],"origin":"adapted","licence":"CC-BY-4.0","valid_until":"2028-11-21","external_id":"corpus-{n}","beneficiaries":["elderly","next_of_kin"],"values":[{{"kind":"quality","observed":true}},{{"kind":"efficiency","observed":false}}],"initiated_by":["employees","managers"],"participants":["employees","citizens","other_municipalities"],"promoting":[{{"factor":"leadership","score":2}},{{"factor":"employee_involvement","score":1}}],"hindering":[{{"factor":"time","score":-1}}],"funding":["own_budget"],"period":{{"start":"2024-01-01","in_use":"2025-01-01"}}}}"#
        );
        let room = size.saturating_sub(SIGNED_HEADER_BYTES + facts.len());
        let frame = format!(r#"{{"salt":"{SALT}","title":"Sak {n}","summary":"","problem":"""#).len() - 1;
        let filler: String =
            "Hjemmetjenesten bruker mindre tid på kjøring og mer på folk. ".chars().cycle().take(room).collect();
        let mut filler = filler;
        while filler.len() + frame + 2 > room && filler.pop().is_some() {}
        let text = format!(r#"{{"salt":"{SALT}","title":"Sak {n}","summary":"","problem":"{filler}"}}"#);
        self.write(Kind::Case, facts.into_bytes(), text.into_bytes())
    }
}
