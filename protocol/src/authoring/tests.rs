use serde_json::{Value, json};

use super::*;
use crate::body::{Facts, Text};
use crate::codes::{CaseStatus, Code, Licence};

/// Fields with what is wrong with them.
type Faults = &'static [(&'static str, FieldFault)];

const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const GRAN: &str = "961381541";
const LUNNER: &str = "961381452";

fn context(mode: Mode) -> Context {
    let signer = GRAN.parse().expect("a number");
    let today = "2026-11-21".parse().expect("a day");
    Context { mode, contact: Some(EntryId::from_bytes([0xcc; 32])), ..Context::new(signer, today) }
}

fn composed(kind: Kind, input: &Value, context: &Context) -> Result<Composed, Vec<FieldError>> {
    compose(kind, input, context, [1; 16], [2; 16])
}

/// An input of the kind with all that is required.
#[expect(clippy::wildcard_enum_match_arm, reason = "the other kinds are not written here")]
fn input(kind: Kind) -> Value {
    match kind {
        Kind::Case => json!({
            "title": "Smartmat", "summary": "Mindre matsvinn.", "problem": "Mykje vart kasta.", "solution": "Vi veg maten.",
            "status": "in_use", "types": ["process"], "sector": "health_care", "themes": ["tema/omsorgstjenester"],
            "origin": "first",
        }),
        Kind::Need => json!({
            "title": "Færre turar", "situation": "Mykje køyring.", "affected": "Tilsette.", "status": "open",
            "sector": "technical", "themes": "tema/mobilitetstilbud",
        }),
        Kind::Reuse => json!({
            "case": A, "version": A, "degree": "adapted", "status": "in_use", "since": "2026-01-01", "sector": "culture",
        }),
        Kind::Contact => json!({ "function": "Innovasjonsrådgjevar", "mailbox": "postmottak@gran.kommune.no" }),
        Kind::Plan => json!({
            "title": "Innovasjonsplakaten", "summary": "Ti setningar.", "kind": "manifesto",
            "goals": [{ "id": "mot", "title": "Vi torer å prøve." }],
        }),
        Kind::Programme => json!({
            "title": "PILOTen", "summary": "To kommunar lærer i lag.", "kind": "programme", "members": [GRAN, LUNNER],
        }),
        Kind::Collection => json!({ "title": "Gode historier", "summary": "Til leiarmøtet.", "cases": [A] }),
        Kind::Award => json!({
            "prize": "Innovasjonsprisen", "year": 2016, "level": "municipality", "placement": "winner", "case": A,
            "giver": GRAN,
        }),
        Kind::Confirmation => json!({ "subject": A }),
        Kind::Measurement => json!({
            "subject": A, "indicator": "Svinn", "method": "Veging", "evaluated_by": "own",
            "period": { "start": "2025-01-01", "end": "2025-12-31" },
        }),
        Kind::Comment => json!({ "subject": A, "kind": "thanks", "text": "Takk!" }),
        Kind::Interest => json!({ "subject": A, "level": "talk" }),
        Kind::Assessment => json!({
            "subject": A, "judgement": "recommended", "programme": A, "reason": "Prøvd i to kommunar.",
        }),
        Kind::Withdrawal => json!({ "target": A, "reason": "outdated" }),
        Kind::Redaction => json!({ "target": A, "reason": "personal_data" }),
        other => panic!("no input for {other}"),
    }
}

/// The input with some fields replaced; null takes a field away.
fn changed(kind: Kind, changes: Value) -> Value {
    let mut input = input(kind);
    let fields = input.as_object_mut().expect("an object");
    fields.extend(changes.as_object().expect("an object").clone());
    input
}

fn faults(kind: Kind, changes: Value, context: &Context) -> Vec<(String, FieldFault)> {
    let errors = composed(kind, &changed(kind, changes), context).err().unwrap_or_default();
    for error in &errors {
        assert!(error.problem.ends_with(['.', '?']) && error.problem.len() > 10, "{error:?}");
    }
    errors.into_iter().map(|error| (error.field, error.fault)).collect()
}

#[test]
fn what_is_composed_can_be_read() {
    let kinds = [
        Kind::Case,
        Kind::Need,
        Kind::Reuse,
        Kind::Contact,
        Kind::Plan,
        Kind::Programme,
        Kind::Collection,
        Kind::Award,
        Kind::Confirmation,
        Kind::Measurement,
        Kind::Comment,
        Kind::Interest,
        Kind::Assessment,
        Kind::Withdrawal,
        Kind::Redaction,
    ];
    for kind in kinds {
        let made = composed(kind, &input(kind), &context(Mode::Publish)).unwrap_or_else(|e| panic!("{kind}: {e:?}"));
        assert!(Facts::read(kind, &made.facts).is_ok(), "{kind}");
        let text = Text::read(kind, &made.text).expect("a text");
        let silent =
            matches!(kind, Kind::Reuse | Kind::Confirmation | Kind::Interest | Kind::Withdrawal | Kind::Redaction);
        assert_eq!(text == Text::Nothing, silent, "{kind}");
        assert_eq!(made.warnings, vec![], "{kind}");
        assert!(made.facts.starts_with(b"{\"salt\":\"01010101010101010101010101010101\""));
    }
    for kind in [Kind::Admission, Kind::Climate, Kind::Unknown(99)] {
        let errors = composed(kind, &json!({}), &context(Mode::Publish)).err().unwrap_or_default();
        assert_eq!(errors.first().map(|e| e.fault), Some(FieldFault::NotAllowed), "{kind}");
    }
}

#[test]
fn a_case_is_written_in_one_way() {
    let changes = json!({
        "values": [{ "kind": "quality", "observed": true, "text": "Betre A\u{30a}rsrapport\r\n" }, "trust"],
        "effort": { "weeks": 12, "one_time_nok": 40000, "price_year": 2024 },
        "period": { "start": { "$__toml_private_datetime": "2015-08-01" } }, "builds_on": [A, "Lean frå Toyota"],
        "software": [{ "name": "Vekta", "open": true }], "links": ["https://example.org/"],
        "about_org": "961 381 452", "co_owners": [961381452], "wicked_problem": "loneliness",
    });
    let made = composed(Kind::Case, &changed(Kind::Case, changes), &context(Mode::Publish)).expect("a case");
    let contact = "c".repeat(64);
    let facts = format!(
        r#"{{"salt":"01010101010101010101010101010101","number":1,"lang":"nb","status":"in_use","types":["process"],"sector":"health_care","themes":["tema/omsorgstjenester"],"origin":"first","builds_on":["{A}"],"contact":"{contact}","licence":"CC-BY-4.0","valid_until":"2028-11-21","about_org":"{LUNNER}","co_owners":["{LUNNER}"],"values":[{{"kind":"quality","observed":true}},{{"kind":"trust","observed":false}}],"effort":{{"weeks":12,"one_time_nok":{{"expected":40000}},"price_year":2024}},"software":["open"],"period":{{"start":"2015-08-01"}},"wicked_problem":["loneliness"]}}"#
    );
    assert_eq!(String::from_utf8(made.facts).as_deref(), Ok(facts.as_str()));
    let text = r#"{"salt":"02020202020202020202020202020202","title":"Smartmat","summary":"Mindre matsvinn.","problem":"Mykje vart kasta.","solution":"Vi veg maten.","values":["Betre Årsrapport",""],"builds_on":["Lean frå Toyota"],"software":[{"name":"Vekta"}],"links":[{"url":"https://example.org/"}]}"#;
    assert_eq!(String::from_utf8(made.text).as_deref(), Ok(text));
}

#[test]
fn what_stands_at_one_place_is_parted_into_facts_and_text() {
    let b = "b".repeat(64);
    let cases = json!({ "cases": [{ "case": b, "comment": "Begynn her." }, A] });
    let made = composed(Kind::Collection, &changed(Kind::Collection, cases), &context(Mode::Publish)).expect("facts");
    let facts =
        format!(r#"{{"salt":"01010101010101010101010101010101","number":1,"lang":"nb","cases":["{b}","{A}"]}}"#);
    assert_eq!(String::from_utf8(made.facts).as_deref(), Ok(facts.as_str()));
    let text = r#"{"salt":"02020202020202020202020202020202","title":"Gode historier","summary":"Til leiarmøtet.","comments":["Begynn her.",""]}"#;
    assert_eq!(String::from_utf8(made.text).as_deref(), Ok(text));
    let made = composed(Kind::Plan, &input(Kind::Plan), &context(Mode::Publish)).expect("facts");
    assert!(String::from_utf8_lossy(&made.facts).contains(r#""goals":["mot"]"#));
    assert!(String::from_utf8_lossy(&made.text).contains(r#""goals":["Vi torer å prøve."]"#));
    let made = composed(Kind::Programme, &input(Kind::Programme), &context(Mode::Publish)).expect("facts");
    let Ok(Facts::Programme(programme)) = Facts::read(Kind::Programme, &made.facts) else { panic!("a programme") };
    assert_eq!(programme.lead, Some(GRAN.parse().expect("a number")), "who signs leads, if nobody else is named");
}

#[test]
fn a_case_is_refused_field_by_field() {
    use FieldFault as F;
    let long = |n: usize| "å".repeat(n);
    let rows: Vec<(Value, Faults)> = vec![
        (json!({ "title": long(120), "summary": long(300) }), &[]),
        (json!({ "title": long(121) }), &[("title", F::TooLong)]),
        (json!({ "summary": long(301) }), &[("summary", F::TooLong)]),
        (
            json!({ "title": null, "problem": "  ", "types": [], "origin": null }),
            &[("types", F::Missing), ("origin", F::Missing), ("problem", F::Missing), ("title", F::Missing)],
        ),
        (json!({ "sector": "not_stated" }), &[("sector", F::Missing)]),
        (json!({ "tilte": "x" }), &[("tilte", F::UnknownField)]),
        (json!({ "effort": { "week": 3 } }), &[("effort.week", F::UnknownField)]),
        (json!({ "status": "piloot" }), &[("status", F::UnknownCode)]),
        (json!({ "themes": ["tema/energi", "tema/energy"] }), &[("themes[1]", F::UnknownCode)]),
        (json!({ "status": 3 }), &[("status", F::WrongType)]),
        (json!({ "title": ["x"] }), &[("title", F::WrongType)]),
        (json!({ "problem": "a\u{7}b" }), &[("problem", F::Malformed)]),
        (json!({ "contact": "innovasjon" }), &[("contact", F::Malformed)]),
        (json!({ "about_org": "961381540" }), &[("about_org", F::Malformed)]),
        (json!({ "about_org": GRAN }), &[]),
        (json!({ "valid_until": "2029-11-21" }), &[]),
        (json!({ "valid_until": "2029-11-22" }), &[("valid_until", F::OutOfRange)]),
        (json!({ "valid_until": "2026-11-20" }), &[("valid_until", F::OutOfRange)]),
        (json!({ "valid_until": "2027-02-29" }), &[("valid_until", F::Malformed)]),
        (json!({ "status": "utilised" }), &[("status", F::NotAllowed)]),
        (json!({ "status": "utilised", "values": ["quality"] }), &[("status", F::NotAllowed)]),
        (
            json!({ "status": "utilised", "values": [{ "kind": "none", "observed": true }] }),
            &[("status", F::NotAllowed)],
        ),
        (json!({ "status": "utilised", "values": [{ "kind": "quality", "observed": true }] }), &[]),
        (json!({ "status": "ended_with_lessons", "lessons": "For stort på ein gong." }), &[]),
        (json!({ "origin": "copy" }), &[("builds_on", F::Missing)]),
        (json!({ "origin": "copy", "builds_on": "eit prosjekt i Danmark" }), &[]),
        (json!({ "values": [{ "observed": true }] }), &[("values[0].kind", F::Missing)]),
        (json!({ "promoting": [{ "factor": "time", "score": 3 }] }), &[("promoting[0].score", F::OutOfRange)]),
        (json!({ "hindering": [{ "factor": "time", "score": 1.5 }] }), &[("hindering[0].score", F::WrongType)]),
        (
            json!({ "effort": { "one_time_nok": { "low": 5, "expected": 4 } } }),
            &[("effort.one_time_nok.low", F::OutOfRange)],
        ),
        (json!({ "effort": { "price_year": 1989 } }), &[("effort.price_year", F::OutOfRange)]),
        (json!({ "period": { "start": "2026-02-01", "end": "2026-01-01" } }), &[("period.start", F::OutOfRange)]),
        (json!({ "period": { "in_use": "2027-01-01" } }), &[("period.in_use", F::OutOfRange)]),
        (json!({ "period": "2026" }), &[("period", F::WrongType)]),
        (json!({ "methods": ["blt", "Slik skaper vi!"] }), &[("methods[1]", F::Malformed)]),
        (json!({ "links": ["javascript:alert(1)"] }), &[("links[0].url", F::Malformed)]),
        (json!({ "kostra": { "function": "25" } }), &[("kostra.function", F::Malformed)]),
        (json!({ "regulations": vec!["lov"; 51] }), &[("regulations", F::TooLong)]),
        (json!({ "external_id": long(201) }), &[("external_id", F::TooLong)]),
        (json!({ "lang": "sv" }), &[("lang", F::UnknownCode)]),
        (json!({ "story": 1, "salt": "x" }), &[("story", F::WrongType), ("salt", F::UnknownField)]),
    ];
    for (changes, wanted) in rows {
        let wanted: Vec<_> = wanted.iter().map(|(field, fault)| ((*field).to_owned(), *fault)).collect();
        assert_eq!(faults(Kind::Case, changes.clone(), &context(Mode::Publish)), wanted, "{changes}");
    }
}

#[test]
fn other_records_are_refused_field_by_field() {
    use FieldFault as F;
    let rows: Vec<(Kind, Value, Faults)> = vec![
        (Kind::Need, json!({ "affected": null }), &[("affected", F::Missing)]),
        (Kind::Need, json!({ "status": "met" }), &[("met_by", F::Missing)]),
        (Kind::Need, json!({ "met_by": A }), &[("status", F::NotAllowed)]),
        (
            Kind::Need,
            json!({ "status": "met", "met_by": A, "wants_partners": "yes" }),
            &[("wants_partners", F::WrongType)],
        ),
        (Kind::Reuse, json!({ "degree": "first" }), &[("degree", F::NotAllowed)]),
        (Kind::Reuse, json!({ "case": null, "version": null }), &[("case", F::Missing), ("version", F::Missing)]),
        (Kind::Reuse, json!({ "sector": null }), &[("sector", F::Missing)]),
        (Kind::Reuse, json!({ "sector": null, "unit": "skule-nord" }), &[]),
        (Kind::Reuse, json!({ "unit": "Skule nord" }), &[("unit", F::Malformed)]),
        (Kind::Reuse, json!({ "since": "2027-01-01" }), &[("since", F::OutOfRange)]),
        (Kind::Reuse, json!({ "since": "2027-01-01", "status": "planned" }), &[]),
        (Kind::Reuse, json!({ "stopped_because": "too_expensive" }), &[("stopped_because", F::NotAllowed)]),
        (Kind::Reuse, json!({ "stopped_because": "too_expensive", "status": "stopped" }), &[]),
        (Kind::Reuse, json!({ "outcome": -3 }), &[("outcome", F::OutOfRange)]),
        (Kind::Reuse, json!({ "own_case": A }), &[("own_case", F::NotAllowed)]),
        (
            Kind::Reuse,
            json!({ "saved": { "low": 1 } }),
            &[("saved.unit", F::Missing), ("saved.expected", F::Missing), ("saved.method", F::Missing)],
        ),
        (
            Kind::Reuse,
            json!({ "saved": { "expected": 9, "unit": "nok_year", "method": "estimate" } }),
            &[("saved.price_year", F::Missing)],
        ),
        (Kind::Reuse, json!({ "saved": { "expected": 9, "unit": "hours_year", "method": "estimate" } }), &[]),
        (Kind::Contact, json!({ "mailbox": null }), &[("mailbox", F::Missing)]),
        (Kind::Contact, json!({ "mailbox": "gran.kommune.no" }), &[("mailbox", F::Malformed)]),
        (Kind::Contact, json!({ "checked": "2026-11-22" }), &[("checked", F::OutOfRange)]),
        (Kind::Confirmation, json!({ "valid_until": "2040-01-01" }), &[("valid_until", F::OutOfRange)]),
        (Kind::Measurement, json!({ "before": 3 }), &[("after", F::Missing)]),
        (Kind::Measurement, json!({ "period": null }), &[("period", F::Missing)]),
        (Kind::Comment, json!({ "kind": "answer" }), &[("reply_to", F::Missing)]),
        (Kind::Comment, json!({ "adopted": true }), &[("adopted", F::NotAllowed)]),
        (Kind::Interest, json!({ "subject": null }), &[("subject", F::Missing)]),
        (Kind::Assessment, json!({ "programme": null }), &[("programme", F::Missing)]),
        (Kind::Assessment, json!({ "reason": null }), &[("reason", F::Missing)]),
        (Kind::Assessment, json!({ "judgement": "duplicate" }), &[("duplicate_of", F::Missing)]),
        (Kind::Assessment, json!({ "duplicate_of": "b".repeat(64) }), &[("duplicate_of", F::NotAllowed)]),
        (Kind::Assessment, json!({ "judgement": "duplicate", "duplicate_of": A }), &[("duplicate_of", F::NotAllowed)]),
        (Kind::Withdrawal, json!({ "reason": "replaced" }), &[("replacement", F::Missing)]),
        (Kind::Redaction, json!({ "text": "Ola Nordmann" }), &[("text", F::UnknownField)]),
    ];
    for (kind, changes, wanted) in rows {
        refused(kind, &changes, wanted);
    }
}

#[test]
fn what_gathers_cases_is_refused_field_by_field() {
    use FieldFault as F;
    let rows: [(Kind, Value, Faults); 19] = [
        (Kind::Plan, json!({ "kind": null }), &[("kind", F::Missing)]),
        (Kind::Plan, json!({ "goals": ["mot"] }), &[("goals[0].title", F::Missing)]),
        (Kind::Plan, json!({ "goals": [{ "title": "Vi torer." }] }), &[("goals[0].id", F::Missing)]),
        (
            Kind::Plan,
            json!({ "goals": [{ "id": "mot", "title": "A" }, { "id": "mot", "title": "B" }] }),
            &[("goals[1]", F::NotAllowed)],
        ),
        (Kind::Plan, json!({ "adopted": "2026-11-22" }), &[("adopted", F::OutOfRange)]),
        (Kind::Plan, json!({ "period": { "in_use": "2026-01-01" } }), &[("period.in_use", F::UnknownField)]),
        (
            Kind::Programme,
            json!({ "period": { "start": "2026-01-02", "end": "2026-01-01" } }),
            &[("period.start", F::OutOfRange)],
        ),
        (Kind::Programme, json!({ "cases": [A, A] }), &[("cases[1]", F::NotAllowed)]),
        (Kind::Programme, json!({ "members": "Gran" }), &[("members", F::Malformed)]),
        (Kind::Collection, json!({ "cases": [] }), &[("cases", F::Missing)]),
        (Kind::Collection, json!({ "cases": ["a1"] }), &[("cases[0].case", F::Malformed)]),
        (Kind::Collection, json!({ "cases": [A, { "case": A }] }), &[("cases[1]", F::NotAllowed)]),
        (Kind::Award, json!({ "case": null }), &[("recipient", F::Missing)]),
        (Kind::Award, json!({ "case": null, "recipient": LUNNER }), &[]),
        (Kind::Award, json!({ "year": null }), &[("year", F::Missing)]),
        (Kind::Award, json!({ "year": 1789 }), &[("year", F::OutOfRange)]),
        (Kind::Award, json!({ "giver": null }), &[("given_by", F::Missing), ("url", F::Missing)]),
        (Kind::Award, json!({ "giver": LUNNER }), &[("url", F::Missing)]),
        (Kind::Award, json!({ "giver": null, "given_by": "Staten", "url": "https://example.org/" }), &[]),
    ];
    for (kind, changes, wanted) in rows {
        refused(kind, &changes, wanted);
    }
}

fn refused(kind: Kind, changes: &Value, wanted: Faults) {
    let wanted: Vec<_> = wanted.iter().map(|(field, fault)| ((*field).to_owned(), *fault)).collect();
    assert_eq!(faults(kind, changes.clone(), &context(Mode::Publish)), wanted, "{kind} {changes}");
}

#[test]
fn what_is_around_a_record_counts_too() {
    use FieldFault as F;
    let own = Context {
        owners: vec![LUNNER.parse().expect("a number"), GRAN.parse().expect("a number")],
        ..context(Mode::Publish)
    };
    assert_eq!(faults(Kind::Reuse, json!({}), &own), [("case".to_owned(), F::NotAllowed)]);
    assert_eq!(
        faults(Kind::Reuse, json!({}), &Context { mode: Mode::Import, ..own }),
        [("case".to_owned(), F::NotAllowed)]
    );
    let nobody = Context { contact: None, ..context(Mode::Publish) };
    assert_eq!(faults(Kind::Case, json!({}), &nobody), [("contact".to_owned(), F::Missing)]);
    assert_eq!(faults(Kind::Reuse, json!({ "may_ask_us": true }), &nobody), [("contact".to_owned(), F::Missing)]);
    let measured = Context { measured: true, ..context(Mode::Publish) };
    assert_eq!(faults(Kind::Case, json!({ "status": "utilised" }), &measured), []);
    let subject = EntryId::from_bytes([3; 32]);
    let later = Revision::later(subject, vec![subject], 2).expect("a revision");
    let context = Context { revision: later.clone(), ..context(Mode::Publish) };
    let made = composed(Kind::Case, &input(Kind::Case), &context).expect("a case");
    assert_eq!(Facts::read(Kind::Case, &made.facts).expect("facts").revision(), Some(&later));
}

#[test]
fn an_import_needs_a_title_only() {
    let made =
        composed(Kind::Case, &json!({ "title": "Gammal sak", "external_id": "2019/17" }), &context(Mode::Import));
    let Ok(Facts::Case(facts)) = Facts::read(Kind::Case, &made.expect("a case").facts) else { panic!("a case") };
    assert!(facts.status.is_not_stated() && facts.sector.is_not_stated() && facts.origin.is_not_stated());
    assert!(facts.lang.is_not_stated() && facts.licence.is_not_stated());
    assert_eq!((facts.types.len(), facts.themes.len()), (1, 1));
    assert!(facts.types.iter().all(Code::is_not_stated) && facts.themes.iter().all(Code::is_not_stated));
    assert_eq!(facts.contact, context(Mode::Import).contact);
    assert_eq!(facts.valid_until.map(|day| day.to_string()).as_deref(), Some("2028-11-21"));
    assert_eq!(facts.external_id.as_deref(), Some("2019/17"));
    let rows = [
        (json!({}), vec![("title", FieldFault::Missing)]),
        (json!({ "title": "x", "status": "utilised", "origin": "copy", "valid_until": "2020-01-01" }), vec![]),
        (json!({ "title": "x", "status": "utilized" }), vec![("status", FieldFault::UnknownCode)]),
        (json!({ "title": "x", "sumary": "y" }), vec![("sumary", FieldFault::UnknownField)]),
    ];
    for (input, wanted) in rows {
        let errors = composed(Kind::Case, &input, &context(Mode::Import)).err().unwrap_or_default();
        let found: Vec<_> = errors.iter().map(|error| (error.field.as_str(), error.fault)).collect();
        assert_eq!(found, wanted, "{input}");
    }
}

#[test]
fn problems_say_what_to_write_instead() {
    let rows = [
        (json!({ "tilte": "x" }), "There is no such field. Did you mean `title`?"),
        (
            json!({ "status": "piloot" }),
            "`piloot` is not in the list. Did you mean `pilot`? Allowed: idea, need_clarified, developing, testing, pilot, in_use, utilised, ended_with_lessons, discontinued.",
        ),
        (
            json!({ "themes": ["tema/energy"] }),
            "`tema/energy` is not in the list. Did you mean `tema/energi`? 99 codes are allowed",
        ),
        (
            json!({ "methods": "Slik skaper vi" }),
            "Write a short id of at most 40 small letters, digits and dashes, as `slik-skaper-vi`.",
        ),
        (
            json!({ "about_org": "961381540" }),
            "This is no organisation number: the check digit of the organisation number is wrong.",
        ),
    ];
    for (changes, problem) in rows {
        let errors =
            composed(Kind::Case, &changed(Kind::Case, changes), &context(Mode::Publish)).err().unwrap_or_default();
        let found: Vec<&str> = errors.iter().map(|error| error.problem.as_str()).collect();
        assert!(found.iter().any(|found| found.starts_with(problem)), "{found:?}");
    }
    let errors = composed(Kind::Case, &json!([]), &context(Mode::Publish)).err().unwrap_or_default();
    let shown: Vec<String> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(shown, ["The input must be an object with named fields."]);
}

#[test]
fn personal_data_are_pointed_out_and_not_refused() {
    let story = json!({ "story": "Kontakt Kari Nordmann.", "values": [{ "kind": "trust", "text": "Ring 91234567" }] });
    let made = composed(Kind::Case, &changed(Kind::Case, story), &context(Mode::Publish)).expect("a case");
    let found: Vec<_> = made.warnings.iter().map(|w| (w.field.as_str(), w.what)).collect();
    assert_eq!(found, [("story", Personal::Name), ("values[0]", Personal::Telephone)]);
    let board =
        changed(Kind::Contact, json!({ "switchboard": "61 33 84 00", "mailbox": "kari.nordmann@gran.kommune.no" }));
    let made = composed(Kind::Contact, &board, &context(Mode::Publish)).expect("a contact");
    let found: Vec<_> = made.warnings.iter().map(|w| (w.field.as_str(), w.what)).collect();
    assert_eq!(found, [("mailbox", Personal::Email)]);
}

#[test]
fn a_record_too_large_for_an_entry_is_refused_while_it_can_be_shortened() {
    let lines = vec!["lov ".repeat(120); 50];
    let prose = "ord ".repeat(4_999);
    let many = json!({
        "problem": prose, "solution": prose, "core": prose, "adaptable": prose, "prerequisites": prose, "how_to": prose,
        "lessons": prose, "story": prose, "next_needs": prose, "beneficiaries_text": prose, "regulations": lines,
        "data_sources": lines, "builds_on": lines,
    });
    assert_eq!(faults(Kind::Case, many, &context(Mode::Publish)), [(String::new(), FieldFault::TooLong)]);
}

#[test]
fn defaults_are_the_domains() {
    let made = composed(Kind::Need, &input(Kind::Need), &context(Mode::Publish)).expect("a need");
    let Ok(Facts::Need(need)) = Facts::read(Kind::Need, &made.facts) else { panic!("a need") };
    assert_eq!(need.valid_until.map(|day| day.to_string()).as_deref(), Some("2027-11-21"));
    let nn = Context { lang: Lang::Nn, ..context(Mode::Publish) };
    let made = composed(Kind::Case, &input(Kind::Case), &nn).expect("a case");
    let Ok(Facts::Case(case)) = Facts::read(Kind::Case, &made.facts) else { panic!("a case") };
    assert_eq!((case.lang, case.licence), (Lang::Nn.into(), Licence::CcBy.into()));
    assert_eq!(case.status.known(), Some(CaseStatus::InUse));
}

#[test]
fn a_translation_has_the_fields_of_its_original() {
    use FieldFault as F;
    let text = json!({ "title": "Smartmat", "summary": "Mindre svinn.", "values": ["Mindre", ""], "links": [{ "title": "Les" }] });
    let original = Original { lang: Lang::Nb.into(), text };
    let context = Context { original: Some(original), ..context(Mode::Publish) };
    let input = |lang: &str, text: Value| json!({ "version": A, "lang": lang, "made_by": "human", "text": text });
    let made = composed(Kind::Translation, &input("nn", json!({ "title": "Smart mat" })), &context).expect("facts");
    assert!(Facts::read(Kind::Translation, &made.facts).is_ok());
    let read = Text::read(Kind::Case, &made.text);
    assert!(matches!(&read, Ok(Text::Case(text)) if text.title == "Smart mat"), "{read:?}");
    let rows: [(&str, Value, Faults); 7] = [
        ("nb", json!({ "title": "Smart" }), &[("lang", F::NotAllowed)]),
        ("en", json!("Smart"), &[("text", F::WrongType)]),
        ("en", json!({ "story": "Once" }), &[("text.story", F::UnknownField)]),
        ("en", json!({ "title": "x".repeat(121) }), &[("text.title", F::TooLong)]),
        ("en", json!({ "values": ["Less"] }), &[("text.values", F::NotAllowed)]),
        ("en", json!({ "values": ["Less", { "a": 1 }] }), &[("text.values[1]", F::WrongType)]),
        ("en", json!({ "links": [{ "title": "Read" }] }), &[]),
    ];
    for (lang, text, wanted) in rows {
        let errors = composed(Kind::Translation, &input(lang, text.clone()), &context).err().unwrap_or_default();
        let found: Vec<_> = errors.iter().map(|e| (e.field.as_str(), e.fault)).collect();
        assert_eq!(found, wanted, "{text}");
    }
    let errors =
        composed(Kind::Translation, &input("nn", json!({ "title": "T" })), &Context { original: None, ..context });
    assert_eq!(errors.err().unwrap_or_default().first().map(|e| e.field.clone()).as_deref(), Some("version"));
}
