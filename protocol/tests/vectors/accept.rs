//! What must be accepted.

use idenett_protocol::charter::{Charter, Reading, Terms};
use idenett_protocol::entry::{Draft, Entry};
use idenett_protocol::fork::ForkProof;
use idenett_protocol::frame::{FrameType, write_frame};
use idenett_protocol::hint::Hint;
use idenett_protocol::id::{EntryId, Seq};
use idenett_protocol::kind::Kind;
use idenett_protocol::message::{Farewell, Hello, Message, Row, SESSION_VERSION, Width, log_tag};
use idenett_protocol::time::Timestamp;
use idenett_protocol::vectors::{bucket_tags, pull};

use crate::Item;
use crate::federation::{Federation, START, document, first_terms, key, log, seed};
use crate::offer::As;

fn item(name: &'static str, kind: As, words: &'static str, bytes: Vec<u8>) -> Item {
    Item { name, words, kind, bytes, reason: "" }
}

pub(crate) fn items(federation: &Federation) -> Vec<Item> {
    let mut items = vec![
        item("key", As::Key, "the key that grows from 32 bytes of 02", log(seed::OVRE_EIKER).as_bytes().to_vec()),
        item(
            "charter-first",
            As::Charter,
            "the charter that founds the federation, signed by its registrar",
            federation.charters[0].bytes().to_vec(),
        ),
        item(
            "charter-second",
            As::Charter,
            "a new registrar, signed by two of three recovery keys",
            federation.charters[1].bytes().to_vec(),
        ),
        item(
            "charter-rival",
            As::CharterChain,
            "a rival of the second charter, signed by the first registrar: valid, and kept beside it",
            rival(federation),
        ),
    ];
    items.extend(documents());
    items.extend(entries(federation));
    items.extend(joining(federation));
    items.extend(frames(federation));
    items.extend(messages(federation));
    items
}

fn rival(federation: &Federation) -> Vec<u8> {
    let terms = Terms {
        epoch: 2,
        previous: Some(federation.charters[0].hash()),
        name: "Prøveforbundet 2".into(),
        reading: Reading::Members,
        ..first_terms()
    };
    Charter::sign(&terms, &[&key(seed::FIRST_REGISTRAR)]).expect("a charter").bytes().to_vec()
}

fn documents() -> Vec<Item> {
    let json = |name, words, fields| item(name, As::Json, words, document(1, fields));
    let facts = |name, kind, words, fields| item(name, As::Facts(kind), words, document(1, fields));
    vec![
        json("json-salt-only", "a document with nothing but its salt", ""),
        json(
            "json-values",
            "every type of value, whitespace, and letters of four languages",
            "\n \"a\" : [1, -2, null, true, {\"b\":\"Guovdageaidnu, Porsáŋgu, Ålesund, Øvre\"}]\t",
        ),
        json("json-escapes", "escapes, a surrogate pair among them", r#""a":"\u00e5\ud83d\ude00\n\/""#),
        json("json-integers", "the largest and the smallest integer", r#""a":9007199254740991,"b":-9007199254740991"#),
        json("json-deep", "eight levels of nesting", r#""a":[[[[[[[]]]]]]]"#),
        facts(
            "facts-later-code",
            Kind::Case,
            "a code of a later version and a field that is not known",
            r#""status":"teleported","later":[1]"#,
        ),
        facts("facts-envelope", Kind::Plan, "a kind that is carried untouched", r#""goals":["g-1"]"#),
        item(
            "facts-unknown-kind",
            As::Facts(Kind::Unknown(200)),
            "facts of a kind that is not known are not looked at",
            b"\xff no JSON".to_vec(),
        ),
        facts("facts-climate", Kind::Climate, "of a kind that is carried untouched any fields do", r#""goals":7"#),
    ]
    .into_iter()
    .chain(gatherings())
    .collect()
}

/// What cases are gathered in.
fn gatherings() -> Vec<Item> {
    let id = "ab".repeat(32);
    let facts = |name, kind, words, fields: &str| item(name, As::Facts(kind), words, document(1, fields));
    vec![
        facts(
            "facts-plan",
            Kind::Plan,
            "a plan, second version, with goals",
            &format!(
                r#""subject":"{id}","replaces":["{id}"],"number":2,"lang":"nn","kind":"strategy","adopted":"2019-02-13","period":{{"start":"2019-01-01","end":"2022-12-31"}},"goals":["g-1","g-2"],"themes":["leadership"],"wicked_problem":["loneliness"],"contact":"{id}""#
            ),
        ),
        facts(
            "facts-programme",
            Kind::Programme,
            "a programme with lead, members and cases",
            &format!(
                r#""number":1,"lang":"nb","kind":"arena","lead":"961381541","members":["961381452"],"period":{{"start":"2015-09-19"}},"funding":["own_budget"],"cases":["{id}"],"themes":[],"contact":null"#
            ),
        ),
        facts(
            "facts-collection",
            Kind::Collection,
            "a collection of one case",
            &format!(r#""number":1,"cases":["{id}"]"#),
        ),
        facts(
            "facts-assessment",
            Kind::Assessment,
            "an assessment by the lead of a programme",
            &format!(
                r#""subject":"{id}","judgement":"duplicate","programme":"{id}","duplicate_of":"{}""#,
                "cd".repeat(32)
            ),
        ),
        facts(
            "facts-translation",
            Kind::Translation,
            "a translation of one version",
            &format!(r#""version":"{id}","lang":"nn","made_by":"machine""#),
        ),
        facts(
            "facts-award",
            Kind::Award,
            "an award for a case, by an organisation",
            &format!(
                r#""number":1,"lang":"nb","year":2016,"level":"national","placement":"winner","case":"{id}","recipient":"935478715","giver":"961381541""#
            ),
        ),
    ]
}

fn entries(federation: &Federation) -> Vec<Item> {
    let mut items: Vec<Item> = federation
        .entries
        .iter()
        .map(|(name, entry)| item(name, As::Entry, "an entry of the federation", entry.bytes().to_vec()))
        .collect();
    let case = federation.entry("case");
    let bare = case.clone().without_text().bytes().to_vec();
    let pen = &federation.pen;
    let sign = |draft: Draft, seed| Entry::sign(draft, &key(seed)).expect("an entry").bytes().to_vec();
    let about = |fields: &str| format!(r#""subject":"{}",{fields}"#, case.id());
    let draft = |kind, facts: &str| pen.draft(seed::OVRE_EIKER, kind, facts, "");
    let measurement = about(r#""value":"quality","evaluated_by":"own","before":10,"after":12,"unit":"percent""#);
    let release = format!(
        r#""period":{{"start":"2026-01-01"}},"date":"2026-11-21","definitions":1,"frontier":"{0}","result":"{0}""#,
        case.id()
    );
    let foreign = Draft { kind: Kind::Unknown(200), facts: b"\xff no JSON".to_vec(), ..draft(Kind::Plan, "") };
    items.extend([
        item("header", As::Header, "a signed header alone", case.head().bytes().to_vec()),
        item("bare", As::Bare, "an entry whose text is missing", bare),
        item(
            "bare-without-text",
            As::Bare,
            "an entry that never had a text is whole without one",
            federation.entry("interest").bytes().to_vec(),
        ),
        item(
            "confirmation",
            As::Entry,
            "a confirmation",
            sign(draft(Kind::Confirmation, &about(r#""valid_until":"2030-01-01""#)), seed::OVRE_EIKER),
        ),
        item("measurement", As::Entry, "a measurement", sign(draft(Kind::Measurement, &measurement), seed::OVRE_EIKER)),
        item(
            "withdrawal",
            As::Entry,
            "a withdrawal",
            sign(
                draft(Kind::Withdrawal, &format!(r#""target":"{}","reason":"outdated""#, case.id())),
                seed::OVRE_EIKER,
            ),
        ),
        item(
            "release",
            As::Entry,
            "a release",
            sign(pen.draft(seed::REGISTRAR, Kind::Release, &release, ""), seed::REGISTRAR),
        ),
        item(
            "unknown-kind",
            As::Entry,
            "an entry of a kind that is not known, with facts that are no JSON",
            sign(foreign, seed::OVRE_EIKER),
        ),
    ]);
    items
}

fn joining(federation: &Federation) -> Vec<Item> {
    let pen = &federation.pen;
    let next = pen.draft(seed::OVRE_EIKER, Kind::Plan, "", "");
    let ahead = Draft { time: Timestamp::from_millis(START + 366 * 86_400_000), ..next.clone() };
    let unreadable = Draft { facts: b"{}".to_vec(), ..next.clone() };
    let admit = |name, words, draft| {
        item(name, As::Admission, words, Entry::sign(draft, &key(seed::OVRE_EIKER)).expect("an entry").bytes().to_vec())
    };
    let last = federation.ledger.logs().get(&log(seed::OVRE_EIKER)).and_then(|l| l.head()).expect("a head");
    let revoke = format!(r#""key":"{}","seq":3,"id":"{last}","reason":"left""#, log(seed::OVRE_EIKER));
    let revoke = pen.draft(seed::REGISTRAR, Kind::Revocation, &revoke, "");
    let fork = federation.forks[1].to_bytes();
    vec![
        admit("admission-next", "the next entry of a log", next),
        admit("admission-year-ahead", "an entry dated a year ahead is stored; it does not count before its day", ahead),
        admit("admission-unreadable", "facts without salt: stored and forwarded, without effect", unreadable),
        item(
            "registry-revokes",
            As::Registry,
            "a revocation; the fields are those of the frontier after it",
            Entry::sign(revoke, &key(seed::REGISTRAR)).expect("an entry").bytes().to_vec(),
        ),
        item("fork", As::Fork, "two headers of one place and predecessor", fork.clone()),
        item(
            "fork-known",
            As::ForkRecord,
            "a proof whose ids are not smaller than those kept says nothing new",
            federation.forks[0].to_bytes(),
        ),
        item(
            "fork-news",
            As::ForkRecord,
            "a proof that parts from the log as it is held",
            proof_at(federation, Seq::new(3), None),
        ),
        item(
            "fork-elsewhere",
            As::ForkRecord,
            "a proof that parts from an entry which is not held at its place says nothing",
            proof_at(federation, Seq::new(3), Some(EntryId::from_bytes([0xcc; 32]))),
        ),
        item(
            "fork-waiting",
            As::ForkRecord,
            "a proof from beyond what is held says nothing yet",
            proof_at(federation, Seq::new(9), Some(EntryId::from_bytes([0xcc; 32]))),
        ),
        item("hint", As::Hint, "a hint with two addresses", hint().bytes().to_vec()),
    ]
}

/// Two headers of Øvre Eiker's log at a place, after the entry given or the one that is held.
fn proof_at(federation: &Federation, seq: Seq, previous: Option<EntryId>) -> Vec<u8> {
    let held = federation.ledger.logs().get(&log(seed::OVRE_EIKER)).and_then(|l| l.at(seq.previous()));
    let draft =
        Draft { seq, previous: previous.or(held), ..federation.pen.draft(seed::OVRE_EIKER, Kind::Plan, "", "") };
    let sign = |n: u8| {
        *Entry::sign(Draft { facts: vec![n], ..draft.clone() }, &key(seed::OVRE_EIKER)).expect("an entry").head()
    };
    ForkProof::new(sign(1), sign(2)).expect("a proof").to_bytes()
}

fn hint() -> Hint {
    let addresses = ["/dns4/node.example.org/tcp/4400".to_owned(), "/ip4/192.0.2.7/tcp/443".to_owned()];
    Hint::sign(&key(seed::OVRE_EIKER), 7, Timestamp::from_millis(START), &addresses).expect("a hint")
}

fn frames(federation: &Federation) -> Vec<Item> {
    let frame = |name, words, kind, payload: &[u8]| {
        let mut out = Vec::new();
        write_frame(&mut out, kind, payload);
        item(name, As::Frame, words, out)
    };
    let case = federation.entry("case");
    vec![
        frame("frame-entry", "a frame with an entry", FrameType::Entry, case.bytes()),
        frame("frame-local", "a frame of the node's own state: whole, and never sent", FrameType::Local, b"own"),
        frame("frame-empty", "a frame without payload", FrameType::Done, b""),
    ]
}

fn messages(federation: &Federation) -> Vec<Item> {
    let (ledger, case) = (&federation.ledger, federation.entry("case"));
    let text = case.text().expect("a text").to_vec();
    let hello = Hello {
        version: SESSION_VERSION,
        federation: ledger.federation(),
        epoch: ledger.frontier().epoch(),
        charter: ledger.frontier().charter(),
        time: Timestamp::from_millis(START),
    };
    let whole = pull(ledger.frontier(), u64::MAX, Width::Whole);
    let mut short = pull(ledger.frontier(), u64::MAX, Width::Short);
    short.rows.push(Row { log: [0xff; 8], seq: Seq::new(300), head: vec![1, 2, 3, 4], fork: None });
    let want = vec![(log_tag(&case.log()), Seq::new(1)), ([0xfe; 8], Seq::new(u64::MAX >> 1))];
    let head = *case.head();
    let messages = [
        ("message-hello", "the first word", Message::Hello(hello)),
        (
            "message-state",
            "a digest that wants an answer",
            Message::State { digest: ledger.frontier().digest(), registry: ledger.registry_age(), ask: true },
        ),
        (
            "message-buckets",
            "the beginnings of all bucket digests",
            Message::Buckets { registry: ledger.registry_age(), tags: Box::new(bucket_tags(ledger.frontier())) },
        ),
        ("message-pull-short", "all heads, ids cut to four bytes, one number of two bytes", Message::Pull(short)),
        ("message-pull-whole", "all heads with whole ids", Message::Pull(whole)),
        ("message-want", "two logs, one from the largest place that can be written", Message::Want(want)),
        ("message-done", "the end of an answer", Message::Done),
        ("message-announce", "one new header", Message::Announce(vec![head])),
        ("message-fetch", "one entry wanted", Message::Fetch(vec![case.id()])),
        (
            "message-headers-wanted",
            "headers of three places",
            Message::HeadersWanted { log: case.log(), from: Seq::new(1), to: Seq::new(3) },
        ),
        ("message-headers", "two headers", Message::Headers(vec![*federation.entry("contact").head(), head])),
        ("message-text-wanted", "one text wanted", Message::TextWanted(vec![case.id()])),
        ("message-your-head", "how far the receiver's log is held", Message::YourHead(Some((case.seq(), case.id())))),
        ("message-your-head-none", "nothing of the receiver's log is held", Message::YourHead(None)),
        ("message-hint", "a hint", Message::Hint(hint())),
        ("message-bye", "the last word: not a member", Message::Bye(Farewell::NotAMember)),
        ("message-absent", "an entry is not here", Message::Absent(case.id())),
        ("message-charter", "a charter", Message::Charter(Box::new(federation.charters[1].clone()))),
        ("message-fork", "a proof", Message::Fork(Box::new(federation.forks[1].clone()))),
        ("message-entry", "an entry", Message::Entry(case.bytes().to_vec(), true)),
        (
            "message-bare",
            "an entry without its text",
            Message::Entry(case.clone().without_text().bytes().to_vec(), false),
        ),
        ("message-text", "a text", Message::Text(case.id(), text)),
    ];
    messages.into_iter().map(|(name, words, m)| item(name, As::Message, words, m.to_frame())).collect()
}
