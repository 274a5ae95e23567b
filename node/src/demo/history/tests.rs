use std::collections::{BTreeMap, BTreeSet};

use idenett_protocol::charter::{Charter, CharterChain, Reading, Terms};
use idenett_protocol::codes::Lang;
use idenett_protocol::key::SecretKey;
use idenett_protocol::kind::Kind;
use idenett_protocol::time::Day;
use serde_json::Value;

use super::diary::{Act, Name};
use super::phrases::MARK;
use super::{Keys, Plan, sign};
use crate::journal::disk::RealDisk;
use crate::journal::segment::SEGMENT_BYTES;
use crate::journal::writer::Journal;
use crate::library::Library;
use crate::municipalities::{Municipality, all};

const KS: &str = "971032146";

fn some(count: usize) -> Vec<Municipality> {
    all().iter().step_by(all().len() / count).take(count).cloned().collect()
}

fn plan(members: usize, years: u32, seed: u64) -> Plan {
    let today: Day = "2026-11-25".parse().expect("a day");
    Plan::new(KS.parse().expect("a number"), &some(members), years, (today, seed))
}

fn count(plan: &Plan, kind: Kind) -> usize {
    plan.acts.iter().filter(|act| act.kind == kind && !act.revises).count()
}

#[test]
fn the_same_seed_makes_the_same_history_and_another_makes_another() {
    assert_eq!(plan(12, 2, 5), plan(12, 2, 5));
    assert_ne!(plan(12, 2, 5).acts, plan(12, 2, 6).acts);
}

#[test]
fn sixty_members_and_three_years_are_lively() {
    let plan = plan(60, 3, 1);
    let (cases, reuses) = (count(&plan, Kind::Case), count(&plan, Kind::Reuse));
    assert!(cases >= 600 && reuses >= 1_500, "{cases} cases, {reuses} reuses");
    assert_eq!(plan.first.to_string(), "2023-01-02");
    for kind in [
        Kind::Contact,
        Kind::Need,
        Kind::Comment,
        Kind::Measurement,
        Kind::Interest,
        Kind::Confirmation,
        Kind::Withdrawal,
        Kind::Programme,
        Kind::Collection,
        Kind::Translation,
    ] {
        assert!(count(&plan, kind) > 0, "{kind}");
    }
    let said = |kind: Kind, field: &str| -> BTreeSet<&str> {
        plan.acts.iter().filter(|a| a.kind == kind).filter_map(|a| a.input[field].as_str()).collect()
    };
    assert!(said(Kind::Case, "status").len() >= 9);
    assert_eq!(said(Kind::Reuse, "status").len(), 6);
    assert_eq!(said(Kind::Case, "lang"), BTreeSet::from(["nb", "nn"]));
    assert!(said(Kind::Need, "status").contains("met"));
}

#[test]
fn an_act_names_only_what_was_signed_before_it_by_who_had_joined() {
    let plan = plan(20, 3, 9);
    let mut known: BTreeMap<Name, usize> = BTreeMap::new();
    let mut before = plan.first.start();
    for act in &plan.acts {
        assert!(before <= act.time && act.time.day() <= plan.last, "{act:?}");
        before = act.time;
        assert!(plan.members[act.by].joined <= act.time.day(), "{act:?}");
        names(&act.input, &mut |name| assert!(known.contains_key(&name), "{act:?}"));
        match act.revises {
            true => assert_eq!(known.get(&act.name), Some(&act.by), "{act:?}"),
            false => assert_eq!(known.insert(act.name, act.by), None, "{act:?}"),
        }
    }
}

fn names(value: &Value, tell: &mut impl FnMut(Name)) {
    match value {
        Value::String(text) => Name::read(text).into_iter().for_each(|(name, _)| tell(name)),
        Value::Array(items) => items.iter().for_each(|item| names(item, tell)),
        Value::Object(fields) => fields.values().for_each(|field| names(field, tell)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Fields that hold texts of people.
const TEXTS: [&str; 22] = [
    "title",
    "summary",
    "problem",
    "solution",
    "core",
    "adaptable",
    "prerequisites",
    "how_to",
    "lessons",
    "builds_on",
    "adaptation",
    "experience",
    "text",
    "indicator",
    "method",
    "situation",
    "affected",
    "function",
    "cases",
    "comment",
    "findings",
    "description",
];

/// The texts of an act, as people read them.
fn texts(act: &Act) -> Vec<String> {
    let mut texts = Vec::new();
    for (_, value) in act.input.as_object().expect("fields").iter().filter(|(f, _)| TEXTS.contains(&f.as_str())) {
        strings(value, &mut texts);
    }
    texts.retain(|text| Name::read(text).is_none() && text != "nn" && text != "nb");
    texts
}

#[test]
fn every_text_says_that_it_is_generated() {
    let plan = plan(20, 2, 3);
    let all: Vec<String> = plan.acts.iter().flat_map(texts).collect();
    assert!(all.len() > 1_000, "{}", all.len());
    all.iter().for_each(|text| assert!(text.ends_with(MARK), "{text}"));
}

#[test]
fn who_writes_nynorsk_writes_no_bokmal() {
    let plan = plan(60, 3, 4);
    let bokmal =
        ["ikke", "hva", "hvor", "hvordan", "fra", "en", "et", "noe", "noen", "mye", "ble", "uken", "jeg", "mer"];
    let own = plan.acts.iter().filter(|a| plan.members[a.by].lang == Lang::Nn && a.kind != Kind::Translation);
    let mut seen = 0;
    for text in own.flat_map(texts) {
        seen += 1;
        let word = text.split(|c: char| !c.is_alphabetic()).find(|w| bokmal.contains(&w.to_lowercase().as_str()));
        assert_eq!(word, None, "{text}");
    }
    assert!(seen > 500, "{seen}");
}

fn strings(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| strings(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| strings(field, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[test]
fn every_record_passes_the_signing_door_and_is_taken_in() {
    let plan = plan(60, 3, 1);
    let key = |n: usize| SecretKey::from_seed(&[u8::try_from(n + 1).expect("few"); 32]);
    let registrar = key(200);
    let terms = Terms {
        salt: "00".repeat(16),
        epoch: 1,
        previous: None,
        name: "Prøve".into(),
        reading: Reading::Open,
        registrar: registrar.log_key(),
        former_registrar: None,
        data_protection: None,
        recovery: Vec::new(),
        threshold: 0,
        bootstrap: Vec::new(),
    };
    let charter = Charter::sign(&terms, &[&registrar]).expect("sound terms");
    let keys = Keys { registrar, nodes: (0..plan.members.len()).map(key).collect() };
    let place = tempfile::tempdir().expect("a directory");
    let disk = std::sync::Arc::new(RealDisk::open(place.path()).expect("a disk"));
    let (journal, _) = Journal::open(disk, SEGMENT_BYTES).expect("a journal");
    let library = Library::create(journal, CharterChain::found(charter).expect("a chain"), None).expect("a library");
    admit_ks(&plan, &keys, &library);
    let signed = sign(&plan, &keys, &library).expect("a history that can be signed");
    assert!(signed.reform, "Haram left Ålesund in these years");
    let counted: u64 = library.ledger(|l| l.logs().iter().map(|(key, _)| l.counted(key).get()).sum());
    assert_eq!(counted, signed.records as u64 + 1, "with the admission of KS");
    assert!(library.ledger(|l| l.things().unreadable().is_empty() && l.registry().without_effect().is_empty()));
    let shown = library.ledger(|l| l.things().live(Kind::Case, l.logs(), l.registry()).count());
    assert!((550..count(&plan, Kind::Case)).contains(&shown), "{shown}: some were withdrawn");
}

fn admit_ks(plan: &Plan, keys: &Keys, library: &Library) {
    use idenett_protocol::body::{Admission, document};
    let (org, key) = (KS.parse().expect("a number"), keys.nodes[0].log_key());
    let admission = Admission { org, name: "KS".into(), number: None, key };
    let facts = document(&[0; 16], &admission).expect("facts");
    let writing = crate::library::Writing { kind: Kind::Admission, facts, text: Vec::new() };
    library.sign(&keys.registrar, vec![writing], plan.first.start()).expect("an admission");
}

#[test]
fn a_name_is_read_as_it_is_written() {
    let act: &Act = &plan(4, 1, 1).acts[0];
    let read = |value: Value| value.as_str().and_then(Name::read);
    assert_eq!(read(act.name.id()), Some((act.name, false)));
    assert_eq!(read(act.name.version()), Some((act.name, true)));
    assert_eq!(Name::read("Smartmat"), None);
}
