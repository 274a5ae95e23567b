use super::*;
use crate::codes::{CaseStatus, Code, Origin, ReuseStatus, Sector};
use crate::id::EntryId;

const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const B: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

fn id(hex: &str) -> EntryId {
    hex.parse().expect("an id")
}

/// Facts with a salt; `@` stands for one id, `%` for another.
fn doc(fields: &str) -> Vec<u8> {
    let comma = if fields.is_empty() { "" } else { "," };
    let fields = fields.replace('@', A).replace('%', B);
    format!(r#"{{"salt":"00000000000000000000000000000000"{comma}{fields}}}"#).into_bytes()
}

/// Writes what was read, with the salt of [`doc`].
fn again(facts: &Facts) -> Vec<u8> {
    let salt = [0; 16];
    let written = match facts {
        Facts::Case(x) => document(&salt, x),
        Facts::Need(x) => document(&salt, x),
        Facts::Reuse(x) => document(&salt, x),
        Facts::Confirmation(x) => document(&salt, x),
        Facts::Measurement(x) => document(&salt, x),
        Facts::Comment(x) => document(&salt, x),
        Facts::Interest(x) => document(&salt, x),
        Facts::Contact(x) => document(&salt, x),
        Facts::Plan(x) => document(&salt, x),
        Facts::Programme(x) => document(&salt, x),
        Facts::Collection(x) => document(&salt, x),
        Facts::Award(x) => document(&salt, x),
        Facts::Assessment(x) => document(&salt, x),
        Facts::Translation(x) => document(&salt, x),
        Facts::Withdrawal(x) => document(&salt, x),
        Facts::Redaction(x) => document(&salt, x),
        Facts::Admission(x) => document(&salt, x),
        Facts::Revocation(x) => document(&salt, x),
        Facts::Settlement(x) => document(&salt, x),
        Facts::Reference(x) => document(&salt, x),
        Facts::Succession(x) => document(&salt, x),
        Facts::Release(x) => document(&salt, x),
        Facts::Envelope => document(&salt, &()),
    };
    written.expect("a document")
}

#[test]
fn every_kind_is_written_as_it_is_read() {
    let rows = [
        (
            Kind::Case,
            r#""number":1,"lang":"nn","status":"pilot","types":["service"],"sector":"technical","themes":["tema/energi","procurement"],"origin":"copy","builds_on":["@"],"licence":"CC0-1.0","valid_until":"2028-11-21","about_org":"961381541","values":[{"kind":"quality","observed":true}],"effort":{"weeks":12,"one_time_nok":{"low":-1,"high":9007199254740991}},"promoting":[{"factor":"time","score":-2}],"software":["open"],"period":{"in_use":"2016-01-01"},"case_reference":{"date":"2015-01-01"},"plan_goals":[{"plan":"@","goal":"g-2"}],"wicked_problem":["loneliness"],"kostra":{"function":"254","year":2023}"#,
        ),
        (
            Kind::Case,
            r#""subject":"@","replaces":["@","%"],"number":3,"lang":"not_stated","status":"a_later_status","types":[],"sector":"not_stated","themes":[],"origin":"not_stated","licence":"not_stated","external_id":"2019/17""#,
        ),
        (
            Kind::Need,
            r#""number":1,"lang":"nb","status":"open","sector":"social","themes":["tema/fritid"],"urgency":"high","wants_partners":true,"met_by":"@""#,
        ),
        (
            Kind::Reuse,
            r#""number":1,"case":"@","version":"%","degree":"adapted","status":"in_use","since":"2026-01-01","unit":"skule-nord","sector":"health_care","may_ask_us":false,"channel":"visit","saved":{"low":1,"expected":2,"high":3,"unit":"hours_year","price_year":2026,"method":"estimate"},"outcome":-2"#,
        ),
        (Kind::Confirmation, r#""subject":"@","valid_until":"2028-01-01""#),
        (
            Kind::Measurement,
            r#""subject":"@","value":"quality","evaluated_by":"external","period":{"start":"2025-01-01","end":"2025-12-31"},"before":-3,"after":4,"unit":"percent""#,
        ),
        (Kind::Comment, r#""subject":"@","kind":"improvement","lang":"nb","reply_to":"%","adopted":true"#),
        (Kind::Interest, r#""subject":"@","level":"talk","contact":"%""#),
        (Kind::Contact, r#""number":1,"checked":"2026-11-01","fallback":"@""#),
        (Kind::Withdrawal, r#""target":"@","reason":"replaced","replacement":"%""#),
        (Kind::Redaction, r#""target":"@","reason":"personal_data""#),
        (Kind::Admission, r#""org":"961381541","name":"Gran","number":"3446","key":"@""#),
        (Kind::Revocation, r#""key":"@","seq":7,"id":"%","reason":"reform""#),
        (Kind::Revocation, r#""key":"@","seq":0,"reason":"key_lost""#),
        (Kind::Settlement, r#""log":"@","seq":7,"id":"%""#),
        (
            Kind::Reference,
            r#""table":"population","date":"2024-01-01","columns":["org","population"],"rows":[["961381541",13593],["",0]]"#,
        ),
        (
            Kind::Succession,
            r#""date":"2024-01-01","type":"split","from":[{"number":"1507","name":"Ålesund"}],"to":[{"org":"961381541","number":"1508"},{"name":"Haram"}],"inherits":"per_case""#,
        ),
        (
            Kind::Release,
            r#""period":{"start":"2024-01-01","end":"2025-12-31"},"date":"2026-01-01","definitions":1,"frontier":"@","result":"%","replaces":"@""#,
        ),
    ];
    for (kind, fields) in rows {
        comes_back(kind, fields);
    }
}

#[test]
fn what_gathers_cases_is_written_as_it_is_read() {
    let rows = [
        (
            Kind::Plan,
            r#""subject":"@","replaces":["%"],"number":2,"lang":"nb","kind":"strategy","adopted":"2019-02-13","period":{"start":"2019-01-01","end":"2022-12-31"},"goals":["g-1","g-2"],"themes":["leadership"],"wicked_problem":["loneliness"],"contact":"@""#,
        ),
        (
            Kind::Programme,
            r#""number":1,"lang":"nn","kind":"arena","lead":"961381541","members":["961381452","961381541"],"period":{"start":"2015-09-19"},"funding":["own_budget"],"cases":["%","@"],"themes":["innovation_method"],"contact":"@""#,
        ),
        (Kind::Assessment, r#""subject":"@","judgement":"duplicate","lang":"nb","programme":"%","duplicate_of":"%""#),
        (Kind::Translation, r#""version":"@","lang":"nn","made_by":"human""#),
        (Kind::Collection, r#""number":1,"lang":"nb","cases":["%","@"],"themes":["leadership"]"#),
        (
            Kind::Award,
            r#""number":1,"lang":"nb","year":2016,"level":"national","placement":"winner","case":"@","recipient":"935478715","giver":"961381541""#,
        ),
    ];
    for (kind, fields) in rows {
        comes_back(kind, fields);
    }
}

fn comes_back(kind: Kind, fields: &str) {
    let bytes = doc(fields);
    let facts = Facts::read(kind, &bytes).unwrap_or_else(|e| panic!("{kind}: {e}: {fields}"));
    assert_eq!(String::from_utf8_lossy(&again(&facts)), String::from_utf8_lossy(&bytes), "{kind}");
}

#[test]
fn a_record_with_nothing_in_it_is_readable_unless_it_points_at_nothing() {
    let pointless = [
        Kind::Reuse,
        Kind::Confirmation,
        Kind::Measurement,
        Kind::Comment,
        Kind::Interest,
        Kind::Assessment,
        Kind::Translation,
        Kind::Withdrawal,
        Kind::Redaction,
        Kind::Admission,
        Kind::Revocation,
        Kind::Settlement,
        Kind::Reference,
        Kind::Succession,
        Kind::Release,
    ];
    for n in 0..=255 {
        let kind = Kind::from(n);
        assert_eq!(Facts::read(kind, &doc("")).is_err(), pointless.contains(&kind), "{kind}");
        assert_eq!(Text::read(kind, b""), Ok(Text::Nothing));
        assert!(Text::read(kind, &doc("")).is_ok(), "{kind}");
        let pointing = doc(r#""case":"@""#);
        let has_versions = Facts::read(kind, &pointing).is_ok_and(|facts| facts.revision().is_some());
        assert_eq!(has_versions, kind.has_versions(), "{kind}");
    }
    let Ok(Facts::Case(case)) = Facts::read(Kind::Case, &doc(r#""title":"stray","later":{"a":[1]}"#)) else {
        panic!("a case");
    };
    assert_eq!((case.status.known(), case.revision), (None, Revision::first()));
}

#[test]
fn a_kind_of_a_later_version_is_not_even_looked_at() {
    assert_eq!(Facts::read(Kind::Unknown(200), b"\xff not JSON"), Ok(Facts::Envelope));
    assert_eq!(Text::read(Kind::Unknown(200), b"\xff not JSON"), Ok(Text::Envelope));
    assert_eq!(Facts::read(Kind::Climate, &doc("\"goals\":7")), Ok(Facts::Envelope));
    assert!(Facts::read(Kind::Climate, b"{}").is_err());
}

#[test]
fn wrong_types_make_facts_unreadable() {
    let rows = [
        (Kind::Case, r#""status":3"#),
        (Kind::Case, r#""types":"service""#),
        (Kind::Case, r#""valid_until":"2028-02-30""#),
        (Kind::Case, r#""about_org":"961381540""#),
        (Kind::Case, r#""contact":"AAAA""#),
        (Kind::Case, r#""promoting":[{"factor":"time","score":200}]"#),
        (Kind::Case, r#""effort":{"weeks":-1}"#),
        (Kind::Reuse, r#""case":null"#),
        (Kind::Plan, r#""goals":[{"id":"g-1"}]"#),
        (Kind::Plan, r#""kind":7"#),
        (Kind::Programme, r#""members":["961381540"]"#),
        (Kind::Collection, r#""cases":[{"case":"@"}]"#),
        (Kind::Award, r#""year":65536"#),
        (Kind::Admission, r#""org":"961381541","name":"Gran","number":"446","key":"@""#),
        (Kind::Settlement, r#""log":"@","seq":-7,"id":"@""#),
        (Kind::Reference, r#""table":"t","date":"2024-01-01","columns":[],"rows":[[true]]"#),
    ];
    for (kind, fields) in rows {
        let fault = Facts::read(kind, &doc(fields));
        assert!(matches!(fault, Err(Unreadable::Json(JsonFault::WrongType(_)))), "{fields}: {fault:?}");
    }
    for fields in [r#""key":"@","seq":0,"id":"@""#, r#""key":"@","seq":1"#] {
        assert_eq!(Facts::read(Kind::Revocation, &doc(fields)), Err(Unreadable::End));
    }
}

#[test]
fn versions_go_together_or_the_facts_are_unreadable() {
    use RevisionFault as F;
    let nine: Vec<String> = (0..9).map(|n| format!("\"{n:064x}\"")).collect();
    let rows = [
        (r#""number":1"#.to_owned(), None),
        (r#""subject":"@","replaces":["@"],"number":2"#.to_owned(), None),
        (r#""subject":"@","replaces":["@","%"],"number":9"#.to_owned(), None),
        (r#""subject":"@","number":2"#.to_owned(), Some(F::HalfNamed)),
        (r#""replaces":["@"],"number":2"#.to_owned(), Some(F::HalfNamed)),
        (r#""subject":"@","replaces":["@","@"],"number":2"#.to_owned(), Some(F::Twice)),
        (format!(r#""subject":"@","replaces":[{}],"number":2"#, nine.join(",")), Some(F::TooMany(9))),
        (r#""subject":"@","replaces":["@"]"#.to_owned(), Some(F::Number(1))),
        (r#""subject":"@","replaces":["@"],"number":0"#.to_owned(), Some(F::Number(0))),
        (r#""number":2"#.to_owned(), Some(F::Number(2))),
        (r#""number":0"#.to_owned(), Some(F::Number(0))),
    ];
    for (fields, fault) in rows {
        let read = Facts::read(Kind::Case, &doc(&fields)).err();
        assert_eq!(read, fault.map(Unreadable::Revision), "{fields}");
    }
    let read = Facts::read(Kind::Contact, &doc(r#""subject":"@","replaces":["%"],"number":2"#)).expect("facts");
    let revision = read.revision().expect("a revision");
    assert_eq!((revision.subject(), revision.replaces(), revision.number()), (Some(id(A)), [id(B)].as_slice(), 2));
}

#[test]
fn texts_are_read_by_kind() {
    let read = Text::read(Kind::Case, &doc(r#""title":"Smartmat","values":["mindre svinn",""],"later":1"#));
    let Ok(Text::Case(text)) = read else { panic!("{read:?}") };
    assert_eq!((text.title.as_str(), text.values.len(), text.story.as_str()), ("Smartmat", 2, ""));
    assert!(Text::read(Kind::Case, &doc(r#""title":["Smartmat"]"#)).is_err());
    let read = Text::read(Kind::Comment, &doc(r#""text":"Takk!""#));
    assert_eq!(read, Ok(Text::Comment(CommentText { text: "Takk!".to_owned() })));
}

#[test]
fn what_could_not_be_read_is_not_written() {
    let text = CommentText { text: "A\u{30a}".to_owned() };
    assert_eq!(document(&[1; 16], &text), Err(JsonFault::NotNfc));
    let facts =
        CaseFacts { status: CaseStatus::Pilot.into(), origin: Code::Known(Origin::First), ..CaseFacts::default() };
    let written = document(&[0xab; 16], &facts).expect("a document");
    assert!(written.starts_with(br#"{"salt":"abababababababababababababababab","number":1,"lang":"#));
    assert_eq!(Facts::read(Kind::Case, &written), Ok(Facts::Case(Box::new(facts))));
    assert_ne!(Code::from(ReuseStatus::Stopped).id(), Code::from(Sector::Social).id());
}
