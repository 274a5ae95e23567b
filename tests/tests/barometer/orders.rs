//! The same entries, arriving in any order and looked at in between, give the same bytes.

use std::collections::BTreeMap;
use std::sync::Arc;

use idenett::barometer::Barometer;
use idenett::journal::writer::Journal;
use idenett::library::Library;
use idenett_protocol::barometer::{Span, Statistics};
use idenett_protocol::entry::Entry;
use idenett_protocol::id::{EntryId, LogKey};
use idenett_protocol::kind::Kind;
use idenett_protocol::ledger::Received;
use idenett_protocol::time::{Day, Timestamp};
use idenett_tests::corpus::{Corpus, LogPen, SALT, org};
use idenett_tests::random::Random;
use idenett_tests::simdisk::SimDisk;
use serde_json::{Value, json};

const SEGMENT_LIMIT: u64 = 64 * 1024 * 1024;
const ORDERS: u64 = 1_000;
const DAY: &str = "2026-11-25";
/// One look in so many places on the way.
const LOOKS: u64 = 40;

/// A federation of some members, all of whose logs say something about each other.
struct Told {
    corpus: Corpus,
    /// The registrar's log first.
    logs: Vec<Vec<Entry>>,
}

struct Pens<'a> {
    pens: Vec<LogPen<'a>>,
    logs: Vec<Vec<Entry>>,
}

impl Pens<'_> {
    /// Writes in the log of a number, which is 0 for the registrar.
    fn write(&mut self, log: usize, day: &str, kind: Kind, mut facts: Value) -> EntryId {
        facts["salt"] = SALT.into();
        let day: Day = day.parse().expect("a day");
        let time = Timestamp::from_millis(day.start().as_millis() + 3_600_000);
        let entry = self.pens[log].write_at(time, kind, facts.to_string().into_bytes(), Vec::new());
        let id = entry.id();
        self.logs[log].push(entry);
        id
    }

    fn case(&mut self, log: usize, day: &str, status: &str) -> EntryId {
        let facts = json!({
            "number": 1, "lang": "nb", "status": status, "types": ["service"], "sector": "culture", "origin": "first",
            "initiated_by": ["employees"], "valid_until": "2027-06-01",
        });
        self.write(log, day, Kind::Case, facts)
    }

    fn reuse(&mut self, log: usize, day: &str, case: EntryId, status: &str) -> EntryId {
        let facts = json!({
            "number": 1, "case": case, "degree": "adapted", "status": status, "since": day,
            "valid_until": "2027-01-01", "outcome": 1, "channel": "this_network",
        });
        self.write(log, day, Kind::Reuse, facts)
    }
}

impl Told {
    fn new() -> Self {
        let corpus = Corpus::new(6, &[]);
        let logs = tell(&corpus);
        Self { corpus, logs }
    }
}

fn tell(corpus: &Corpus) -> Vec<Vec<Entry>> {
    let federation = corpus.federation();
    let keys = std::iter::once(&corpus.registrar).chain(&corpus.members);
    let pens = keys.map(|key| LogPen::new(key, federation)).collect();
    let mut all = Pens { pens, logs: vec![Vec::new(); corpus.members.len() + 1] };
    for (n, member) in corpus.members.iter().enumerate() {
        let admission = json!({ "org": org(n), "name": format!("Kommune {n}"), "key": member.log_key() });
        all.write(0, "2024-01-01", Kind::Admission, admission);
    }
    let mut cases = Vec::new();
    for log in 1..=6 {
        for (day, status) in [("2024-05-01", "in_use"), ("2025-02-01", "pilot"), ("2025-09-01", "utilised")] {
            cases.push((log, all.case(log, day, status)));
        }
    }
    for (n, (owner, case)) in cases.iter().enumerate() {
        let reuser = (owner + n) % 6 + 1;
        let reuse = all.reuse(reuser, "2025-10-01", *case, if n % 4 == 0 { "planned" } else { "in_use" });
        match n % 6 {
            0 => drop(all.write(reuser, "2026-01-01", Kind::Withdrawal, json!({ "target": reuse, "reason": "error" }))),
            1 => {
                let stop = json!({
                    "subject": reuse, "replaces": [reuse], "number": 2, "case": case, "degree": "adapted",
                    "status": "stopped",
                });
                all.write(reuser, "2026-02-01", Kind::Reuse, stop);
            }
            2 => {
                let question =
                    all.write(reuser, "2026-03-01", Kind::Comment, json!({ "subject": case, "kind": "question" }));
                let answer = json!({ "subject": case, "kind": "answer", "reply_to": question });
                all.write(*owner, "2026-03-05", Kind::Comment, answer);
            }
            3 => {
                let second = json!({
                    "subject": case, "replaces": [case], "number": 2, "lang": "nn", "status": "ended_with_lessons",
                    "sector": "culture", "origin": "first",
                });
                all.write(*owner, "2026-04-01", Kind::Case, second);
            }
            4 => drop(all.write(
                *owner,
                "2026-05-01",
                Kind::Measurement,
                json!({ "subject": case, "evaluated_by": "own" }),
            )),
            _ => drop(all.write(
                reuser,
                "2026-06-01",
                Kind::Confirmation,
                json!({ "subject": reuse, "valid_until": "2027-09-01" }),
            )),
        }
    }
    finish(corpus, &mut all, &cases);
    all.logs
}

/// What the registrar does at last: a log is ended in its middle, and one municipality goes into another.
fn finish(corpus: &Corpus, all: &mut Pens<'_>, cases: &[(usize, EntryId)]) {
    let middle = &all.logs[6][4];
    let end =
        json!({ "key": corpus.members[5].log_key(), "seq": middle.header().seq, "id": middle.id(), "reason": "left" });
    all.write(0, "2026-07-01", Kind::Revocation, end);
    let reform = json!({
        "date": "2026-08-01", "type": "merger", "from": [{ "org": org(0) }, { "org": org(1) }],
        "to": [{ "org": org(1) }], "inherits": "all",
    });
    all.write(0, "2026-07-15", Kind::Succession, reform);
    let programme = json!({ "number": 1, "kind": "arena", "cases": [cases[0].1, cases[4].1] });
    all.write(2, "2026-08-15", Kind::Programme, programme);
    let need = json!({ "number": 1, "status": "open", "sector": "social" });
    let need = all.write(3, "2026-01-01", Kind::Need, need);
    let met = json!({
        "subject": need, "replaces": [need], "number": 2, "status": "met", "sector": "social", "met_by": cases[1].1,
    });
    all.write(3, "2026-02-01", Kind::Need, met);
    all.write(4, "2026-09-01", Kind::Translation, json!({ "version": cases[2].1, "lang": "en", "made_by": "human" }));
    take_back(all, cases);
}

/// What was said, measured and translated, and then taken back, counts as little as if it had never come; and what was
/// confirmed stays. Each is written by a log of its own, so that the withdrawal often comes late and alone.
fn take_back(all: &mut Pens<'_>, cases: &[(usize, EntryId)]) {
    let withdraw = |all: &mut Pens<'_>, log: usize, target: EntryId| {
        all.write(log, "2026-10-01", Kind::Withdrawal, json!({ "target": target, "reason": "error" }));
    };
    let (owner, case) = cases[7];
    let question = all.write(2, "2026-09-02", Kind::Comment, json!({ "subject": case, "kind": "question" }));
    let answer = json!({ "subject": case, "kind": "answer", "reply_to": question });
    let answer = all.write(owner, "2026-09-04", Kind::Comment, answer);
    withdraw(all, owner, answer);
    let (owner, case) = cases[10];
    let measured = json!({ "subject": case, "evaluated_by": "own" });
    let measured = all.write(owner, "2026-09-03", Kind::Measurement, measured);
    withdraw(all, owner, measured);
    let translated = json!({ "version": cases[13].1, "lang": "en", "made_by": "human" });
    let translated = all.write(3, "2026-09-05", Kind::Translation, translated);
    withdraw(all, 3, translated);
    let (owner, case) = cases[1];
    let confirmed =
        all.write(owner, "2026-09-06", Kind::Confirmation, json!({ "subject": case, "valid_until": "2027-12-01" }));
    withdraw(all, owner, confirmed);
}

/// Takes the logs in, now one and now another, as far as each may go on.
fn arrive(told: &Told, random: &mut Random) -> (Statistics, bool) {
    let disk = SimDisk::new();
    let (journal, _) = Journal::open(Arc::new(disk), SEGMENT_LIMIT).expect("an empty journal");
    let library = Library::create(journal, told.corpus.chain(), None).expect("a library");
    let mut barometer = Barometer::default();
    let keys: BTreeMap<LogKey, usize> =
        told.corpus.members.iter().enumerate().map(|(n, k)| (k.log_key(), n + 1)).collect();
    assert_eq!(keys.len() + 1, told.logs.len());
    let mut come = vec![0; told.logs.len()];
    let mut refused = vec![false; told.logs.len()];
    let mut looked = false;
    loop {
        // A member can write once it is admitted: that is the first entry of its place in the registrar's log.
        let open: Vec<usize> = (0..told.logs.len())
            .filter(|log| come[*log] < told.logs[*log].len() && !refused[*log] && (*log == 0 || come[0] >= *log))
            .collect();
        if open.is_empty() {
            break;
        }
        let log = open[random.index(open.len())];
        let many = (random.index(4) + 1).min(told.logs[log].len() - come[log]);
        let batch = told.logs[log][come[log]..come[log] + many].iter();
        let outcomes = library.take(batch.map(|e| Ok(Received::of(e.clone()))).collect()).expect("the disk works");
        // What stands behind the end of a log is refused, if the end is known.
        refused[log] = outcomes.iter().any(|(_, outcome)| outcome.is_err());
        assert!(!refused[log] || log == 6, "only the ended log is refused anything");
        come[log] += many;
        if random.below(LOOKS) == 0 {
            looked = true;
            barometer.follow(&library).expect("the disk works");
        }
    }
    barometer.follow(&library).expect("the disk works");
    (barometer.count(DAY.parse().expect("a day"), Span::Months24), looked)
}

#[test]
fn a_thousand_orders_give_the_same_bytes() {
    let told = Told::new();
    let (first, _) = arrive(&told, &mut Random::new(0));
    let bytes = first.bytes().expect("statistics");
    let cells: usize = first.figures.iter().map(|f| f.cells.len()).sum();
    assert!(cells > 300, "something was counted: {cells}");
    let mut looks = 0;
    for seed in 1..ORDERS {
        let (statistics, looked) = arrive(&told, &mut Random::new(seed));
        looks += u64::from(looked);
        assert!(statistics.bytes().expect("statistics") == bytes, "order {seed} differs");
    }
    assert!(looks > ORDERS / 4, "many were looked at on the way: {looks}");
}
