//! The read API: answers are held against its own description.

use std::collections::{BTreeMap, BTreeSet};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use idenett_protocol::kind::Kind;
use serde_json::{Value, json};

use super::hostile::{EVIL, LONG, spoil};
use super::{Node, ask, get, header, page};
use crate::desk::{Redact, Request as Wish, Withdraw};
use crate::samples;
use crate::web::api::document;

/// A node with a handful of cases, of which the first was asked about and measured, and then a need.
fn filled() -> (Node, Vec<String>) {
    let node = Node::new();
    node.publish("contact", json!({ "function": "<b>\"Rådgiver\"\u{202e}", "mailbox": "post@gran.example" }));
    let names = ["gran-bolgen-lean", "gran-vi-i-gran", "gran-ja-tenke-det", "baerum-smartmat"];
    let mut ids: Vec<String> = names.iter().map(|name| node.case(name)).collect();
    let asked = node.publish("comment", json!({ "subject": ids[0], "kind": "question", "text": "Hvor lang tid?" }));
    node.publish("comment", json!({ "subject": ids[0], "kind": "answer", "reply_to": asked, "text": "Et år." }));
    node.publish(
        "measurement",
        json!({
            "subject": ids[0], "value": "quality", "evaluated_by": "own", "before": 40, "after": 12, "unit": "days",
            "period": { "start": "2025-01-01", "end": "2025-12-31" }, "indicator": "Ventetid", "method": "Telt",
        }),
    );
    ids.push(node.publish("need", samples::needs().expect("needs").swap_remove(2).record));
    (node, ids)
}

/// One of each kind that gathers cases, by the lists in which they stand.
fn gathering(node: &Node, ids: &[String]) -> BTreeMap<&'static str, String> {
    let collection = json!({ "title": "Samling", "summary": "Les dem.", "lang": "nb", "cases": [{ "case": ids[0] }] });
    let programme =
        json!({ "title": "Arena", "summary": "Vi møtes.", "lang": "nb", "kind": "arena", "cases": [ids[1]] });
    let award = json!({
        "prize": "Prisen", "reason": "Den virker.", "lang": "nb", "year": 2025, "level": "region", "placement": "winner",
        "case": ids[2], "given_by": "Fylket", "url": "https://fylket.example/pris",
    });
    BTreeMap::from([
        ("plans", node.plan("gran-plan-innovasjonsplakaten")),
        ("programmes", node.publish("programme", programme)),
        ("collections", node.publish("collection", collection)),
        ("awards", node.publish("award", award)),
    ])
}

/// An address that is described, with something that is there.
fn example(path: &str, ids: &[String], gathered: &BTreeMap<&str, String>) -> String {
    let query = match path {
        "/api/v1/cases" | "/api/v1/needs" => "?facets=true&limit=2",
        _ => "",
    };
    let list = path.trim_start_matches("/api/v1/").split('/').next().unwrap_or_default();
    let id = gathered.get(list).or(if list == "needs" { ids.last() } else { ids.first() });
    path.replace("{id}", id.expect("an id")).replace("{org}", "961381541").replace("{indicator}", "B5") + query
}

pub(super) async fn read(app: &Router, target: &str) -> Value {
    serde_json::from_str(&page(app, target).await).expect("JSON")
}

/// Holds a value against a schema: nothing is missing, nothing is undocumented, everything has its type.
pub(super) fn check(all: &Value, schema: &Value, value: &Value, at: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.trim_start_matches("#/components/schemas/");
        return check(all, &all["components"]["schemas"][name], value, at);
    }
    if let Some(ways) = schema["oneOf"].as_array() {
        let way = ways.iter().find(|way| (way["type"] == "null") == value.is_null());
        return check(all, way.expect("a schema that fits"), value, at);
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let named = &schema["type"];
    let fits = named == kind || named.as_array().is_some_and(|kinds| kinds.iter().any(|k| k == kind));
    assert!(fits, "{at} is {kind}, but documented as {schema}");
    if let (Some(text), Some(all)) = (value.as_str(), schema["enum"].as_array()) {
        assert!(all.contains(value), "{at} is `{text}`, which is none of {all:?}");
    }
    if let (Some(text), Some(format)) = (value.as_str(), schema["format"].as_str()) {
        let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        let wanted = if format == "date" { "0000-00-00" } else { "0000-00-00T00:00:00Z" };
        assert_eq!(shape, wanted, "{at} is `{text}`");
    }
    for (place, item) in value.as_array().into_iter().flatten().enumerate() {
        check(all, &schema["items"], item, &format!("{at}[{place}]"));
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        assert!(value.get(name).is_some(), "{at} has no `{name}`");
    }
    for (name, item) in value.as_object().into_iter().flatten() {
        let (own, other) = (&schema["properties"][name], &schema["additionalProperties"]);
        if own.is_object() || other.is_object() {
            let told = own["description"].is_string() || own["oneOf"].is_array() || own["$ref"].is_string();
            assert!(told || other.is_object(), "{at}.{name} is not explained");
            check(all, if own.is_object() { own } else { other }, item, &format!("{at}.{name}"));
        } else {
            assert!(schema["properties"].is_null(), "{at}.{name} is not documented");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_as_it_is_described() {
    let (node, ids) = filled();
    let gathered = gathering(&node, &ids);
    let app = node.app();
    let all = serde_json::to_value(document()).expect("a description");
    assert_eq!(all["openapi"], "3.1.0");
    assert_eq!(read(&app, "/api/v1/openapi.json").await, all);
    let paths = all["paths"].as_object().expect("paths");
    assert_eq!(paths.len(), 26);
    for (path, item) in paths {
        let schema = &item["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        assert!(schema.is_object(), "{path}");
        check(&all, schema, &read(&app, &example(path, &ids, &gathered)).await, path);
    }
    let names: Vec<&str> = paths.values().filter_map(|item| item["get"]["operationId"].as_str()).collect();
    let each: BTreeSet<&&str> = names.iter().collect();
    assert_eq!((names.len(), each.len()), (paths.len(), paths.len()), "{names:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_told_with_all_that_its_page_shows() {
    let (node, ids) = filled();
    let (withdrawn, redacted) = (ids[1].clone(), ids[2].clone());
    let need = ids[4].clone();
    let text = Some("Erstattet.".to_owned());
    let reason = "outdated".to_owned();
    node.wish(Wish::Withdraw(Withdraw { id: withdrawn.clone(), kind: None, reason, replacement: None, text }));
    let reason = "personal_data".to_owned();
    node.wish(Wish::Redact(Redact { id: redacted.clone(), reason, only: false, sure: true }));
    let app = node.app();
    let case = read(&app, &format!("/api/v1/cases/{}", ids[0])).await;
    let told = [
        ("/standing/state", json!("live")),
        ("/standing/owner/name", json!("Gran")),
        ("/standing/signature/verified", json!(true)),
        ("/standing/signature/by/role", json!("member")),
        ("/standing/versions/0/state", json!("current")),
        ("/standing/versions_total", json!(1)),
        ("/text/title", json!("Bølgen: LEAN som arbeidsmåte i kommunale tjenester")),
        ("/comments/0/text", json!("Hvor lang tid?")),
        ("/comments/0/replies/0/text", json!("Et år.")),
        ("/measurements/0/after", json!(12)),
        ("/measurements/0/period/end", json!("2025-12-31")),
        ("/evidence/level", json!(2)),
        ("/contact/function", json!("<b>\"Rådgiver\"\u{202e}")),
        ("/family/roots/0/here", json!(true)),
        ("/page", json!(format!("/case/{}", ids[0]))),
    ];
    for (place, value) in told {
        assert_eq!(case.pointer(place), Some(&value), "{place} in {case:#}");
    }
    let gone = read(&app, &format!("/api/v1/cases/{withdrawn}")).await;
    assert_eq!(
        (&gone["standing"]["state"], &gone["standing"]["withdrawal"]["text"]),
        (&json!("withdrawn"), &json!("Erstattet."))
    );
    let empty = read(&app, &format!("/api/v1/cases/{redacted}")).await;
    assert_eq!((&empty["standing"]["text_state"], &empty["text"]["title"]), (&json!("redacted"), &json!("")));
    assert!(empty["standing"]["redaction"].is_string(), "{empty:#}");
    let all = serde_json::to_value(document()).expect("a description");
    for one in [&gone, &empty] {
        check(&all, &json!({ "$ref": "#/components/schemas/Case" }), one, "a case");
    }
    for nothing in [need, "0".repeat(64), "abc".to_owned()] {
        let (answer, _) = ask(&app, get(&format!("/api/v1/cases/{nothing}"))).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{nothing}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn needs_are_found_with_the_cases_that_may_answer_them() {
    let (node, ids) = filled();
    let facts = json!({ "number": 1, "lang": "nb", "status": "met", "sector": "administration", "themes": ["administration", "leadership"] });
    let met = node.force(Kind::Need, &facts, &json!({ "title": "Møtt" })).to_string();
    let app = node.app();
    let of = |answer: &Value| -> Vec<String> {
        answer["items"].as_array().expect("items").iter().map(|i| i["id"].as_str().expect("id").to_owned()).collect()
    };
    for (query, found) in [
        ("", vec![&met, &ids[4]]),
        ("?open=true", vec![&ids[4]]),
        ("?open=true&status=met", vec![]),
        ("?status=met", vec![&met]),
        ("?q=gevinst&sector=administration", vec![&ids[4]]),
        ("?sector=social", vec![]),
    ] {
        let answer = read(&app, &format!("/api/v1/needs{query}")).await;
        // Needs of one day have no order among themselves.
        let (told, found): (BTreeSet<_>, BTreeSet<_>) =
            (of(&answer).into_iter().collect(), found.into_iter().cloned().collect());
        assert_eq!(told, found, "{query}");
        assert_eq!(answer["total"], found.len(), "{query}");
    }
    let need = read(&app, &format!("/api/v1/needs/{}", ids[4])).await;
    assert_eq!((&need["facts"]["status"], &need["standing"]["owner"]["org"]), (&json!("open"), &json!("961381541")));
    assert_eq!(need["answered_by"][0]["id"], ids[1], "{need:#}");
    let case = read(&app, &format!("/api/v1/cases/{}", ids[1])).await;
    assert_eq!(case["may_answer"][0]["id"], ids[4], "{case:#}");
    for (target, status) in [(format!("/api/v1/needs/{}", ids[0]), 404), ("/api/v1/needs?ready=yes".to_owned(), 400)] {
        assert_eq!(ask(&app, get(&target)).await.0.status(), status, "{target}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn members_subjects_and_logs_are_told() {
    let (node, ids) = filled();
    let app = node.app();
    let all = read(&app, "/api/v1/municipalities").await;
    assert_eq!(
        (&all["total"], &all["items"][0]["shared"], &all["items"][0]["county"]),
        (&json!(1), &json!(4), &json!("Innlandet"))
    );
    let gran = read(&app, "/api/v1/municipalities/961381541").await;
    assert_eq!((&gran["name"], &gran["shared_total"]), (&json!("Gran"), &json!(4)));
    assert_eq!((&gran["needs"][0]["id"], gran["about"]["kostra_group"].is_u64()), (&json!(ids[4]), true));
    let map = read(&app, "/api/v1/map").await;
    let mark = json!({ "org": "961381541", "name": "Gran", "number": "3446", "cases": 4, "latitude": map["marks"][0]["latitude"], "longitude": map["marks"][0]["longitude"] });
    assert_eq!(map, json!({ "marks": [mark], "arcs": [] }));
    for (target, way) in [("/municipalities", "/api/v1/map"), ("/api/v1", "/api/v1/map")] {
        assert!(page(&app, target).await.contains(way), "{target} leads to {way}");
    }
    let other = read(&app, "/api/v1/municipalities/958935420").await;
    assert_eq!((&other["name"], &other["member_since"]), (&json!("Oslo"), &Value::Null), "no member, but there");
    let themes = read(&app, "/api/v1/themes").await;
    let count = |list: &str, code: &str| {
        themes[list].as_array().expect("a list").iter().find(|s| s["code"] == code).map(|s| s["cases"].clone())
    };
    assert_eq!(count("sectors", "administration"), Some(json!(2)), "{themes:#}");
    // A case of a narrower theme counts for the broader too, and once.
    for theme in ["tema/arbeidsliv", "tema/arbeid", "tema/omsorgstjenester", "tema/helse-og-omsorg"] {
        assert_eq!(count("themes", theme), Some(json!(1)), "{theme}");
    }
    let network = read(&app, "/api/v1/network").await;
    assert_eq!((&network["disputed_logs"], &network["peers"]), (&json!(0), &Value::Null));
    let own: Vec<&Value> = network["logs"].as_array().expect("logs").iter().filter(|log| log["own"] == true).collect();
    assert_eq!((own.len(), &own[0]["held"], &own[0]["state"]), (1, &own[0]["counted"], &json!("open")));
    let (answer, _) = ask(&app, get("/api/v1/municipalities/961381540")).await;
    assert_eq!(answer.status(), StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_can_take_everything_part_by_part() {
    let (node, ids) = filled();
    let reason = "outdated".to_owned();
    node.wish(Wish::Withdraw(Withdraw { id: ids[0].clone(), kind: None, reason, replacement: None, text: None }));
    let app = node.app();
    for (kind, mut wanted) in
        [("", ids[1..].to_vec()), ("&kind=case", ids[1..4].to_vec()), ("&kind=need", ids[4..].to_vec())]
    {
        wanted.sort();
        let (mut seen, mut next) = (Vec::new(), Some(format!("/api/v1/records?limit=1{kind}")));
        while let Some(target) = next {
            let part = read(&app, &target).await;
            for item in part["items"].as_array().expect("items") {
                seen.push(item["id"].as_str().expect("an id").to_owned());
                let version =
                    read(&app, &format!("/api/v1/records/{}", item["version"].as_str().expect("an id"))).await;
                assert_eq!((&version["kind"], &version["signed"]), (&item["kind"], &item["signed"]));
            }
            next = part["next"].as_str().map(str::to_owned);
            assert!(seen.len() <= wanted.len(), "{kind}");
        }
        assert_eq!(seen, wanted, "{kind}");
    }
    // Where one goes on from need not be there.
    let last = read(&app, &format!("/api/v1/records?after={}", "f".repeat(64))).await;
    assert_eq!((&last["items"], &last["next"]), (&json!([]), &Value::Null));
    for wrong in ["after=x", "kind=comment", "limit=1001", "offset=1"] {
        assert_eq!(ask(&app, get(&format!("/api/v1/records?{wrong}"))).await.0.status(), StatusCode::BAD_REQUEST);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_text_passes_unchanged_and_is_never_taken_for_a_page() {
    let node = Node::new();
    let (case, need) = spoil(&node);
    let long = "x".repeat(LONG);
    let evil = EVIL;
    let app = node.app();
    let described = serde_json::to_value(document()).expect("a description");
    let told = [
        (
            format!("/api/v1/cases/{case}"),
            "Case",
            vec![
                ("/text/title", evil),
                ("/text/summary", &long),
                ("/facts/external_id", evil),
                ("/facts/status", "<i>"),
                ("/text/links/0/url", "javascript:alert(1)"),
                ("/comments/0/text", evil),
                ("/comments/0/kind", "<b>"),
                ("/measurements/0/unit", evil),
            ],
        ),
        (
            format!("/api/v1/needs/{need}"),
            "Need",
            vec![("/text/title", evil), ("/text/situation", evil), ("/facts/lang", "\"><b>")],
        ),
        (
            "/api/v1/cases".to_owned(),
            "Cases",
            vec![("/items/0/title", evil), ("/items/0/summary", &long), ("/items/0/themes/0", "</dl>")],
        ),
        ("/api/v1/needs".to_owned(), "Needs", vec![("/items/0/title", evil)]),
        ("/api/v1/municipalities/961381541".to_owned(), "MunicipalityDetail", vec![("/shared/0/title", evil)]),
        (format!("/api/v1/records/{case}"), "Record", vec![("/text/title", evil), ("/facts/licence", "<b>")]),
    ];
    for (target, schema, values) in told {
        let (answer, body) = ask(&app, get(&target)).await;
        assert_eq!(
            (answer.status(), header(&answer, "content-type")),
            (StatusCode::OK, "application/json"),
            "{target}"
        );
        assert_eq!(header(&answer, "x-content-type-options"), "nosniff", "{target}");
        assert!(header(&answer, "content-security-policy").starts_with("default-src 'none'"), "{target}");
        let body: Value = serde_json::from_str(&body).expect("JSON");
        check(&described, &json!({ "$ref": format!("#/components/schemas/{schema}") }), &body, &target);
        for (place, text) in values {
            assert_eq!(body.pointer(place).and_then(Value::as_str), Some(text), "{target} {place}");
        }
    }
    // What a program asks comes back in a refusal, as text.
    let (answer, body) = ask(&app, get("/api/v1/cases?%3Cscript%3E%E2%80%AE=1")).await;
    let body: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!(
        (header(&answer, "content-type"), header(&answer, "x-content-type-options")),
        ("application/problem+json", "nosniff")
    );
    assert_eq!(body["parameter"], "<script>\u{202e}");
}

#[tokio::test(flavor = "multi_thread")]
async fn people_read_the_description_as_a_page() {
    let (node, ids) = filled();
    gathering(&node, &ids);
    let app = node.app();
    let (answer, html) = ask(&app, get("/api?lang=nn")).await;
    assert_eq!((answer.status(), header(&answer, "content-type")), (StatusCode::OK, "text/html; charset=utf-8"));
    assert!(html.contains("<html lang=\"nn\"") && html.contains("Maskinlesbare data"));
    let described = serde_json::to_value(document()).expect("a description");
    for (path, item) in described["paths"].as_object().expect("paths") {
        let own = &item["get"];
        let text = own["summary"].as_str().expect("a summary");
        assert!(html.contains(&format!("<code>GET {path}</code>")) && html.contains(text), "{path}");
        for parameter in own["parameters"].as_array().expect("parameters") {
            let name = parameter["name"].as_str().expect("a name");
            assert!(html.contains(&format!("<code>{name}</code>")), "{path} takes {name}");
        }
    }
    let schemas = described["components"]["schemas"].as_object().expect("schemas");
    for (name, schema) in schemas {
        assert!(html.contains(&format!("id=\"schema-{name}\"")), "{name}");
        for field in schema["properties"].as_object().into_iter().flatten().map(|(field, _)| field) {
            assert!(html.contains(&format!("<code>{field}</code>")), "{name} has {field}");
        }
    }
    // Every way leads somewhere: to a part of this page, or to an answer.
    let ways: Vec<&str> = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let examples: Vec<&&str> = ways.iter().filter(|way| way.starts_with("/api/v1")).collect();
    assert!(examples.len() > described["paths"].as_object().map_or(0, serde_json::Map::len), "{examples:?}");
    for example in examples {
        assert_eq!(ask(&app, get(example)).await.0.status(), StatusCode::OK, "{example}");
    }
    for part in ways.iter().filter_map(|way| way.strip_prefix('#')) {
        assert!(html.contains(&format!("id=\"{part}\"")), "there is no part {part}");
    }
    let style = html.split("href=\"/assets/").nth(2).and_then(|rest| rest.split('"').next()).expect("a style sheet");
    let sent = [sent(&app, "/api").await, sent(&app, &format!("/assets/{style}")).await];
    assert!(sent.iter().sum::<usize>() < 50_000, "{sent:?}");
    let empty = page(&Node::new().app(), "/api").await;
    assert!(!empty.contains("/api/v1/cases/\"") && empty.contains("/api/v1/cases\""), "no way to nothing");
}

/// Bytes that a browser is sent, which reads gzip.
async fn sent(app: &Router, target: &str) -> usize {
    let request = Request::head(target).header("host", "localhost:4480").header("accept-encoding", "gzip");
    let (answer, _) = ask(app, request.body(Body::empty()).expect("a request")).await;
    header(&answer, "content-length").parse().expect("a length")
}

#[tokio::test(flavor = "multi_thread")]
async fn turning_on_reaches_every_case_once() {
    let (node, mut ids) = filled();
    let app = node.app();
    let (mut seen, mut next) = (Vec::new(), Some("/api/v1/cases?limit=3&sort=title".to_owned()));
    while let Some(target) = next {
        let (answer, body) = ask(&app, get(&target)).await;
        let body: Value = serde_json::from_str(&body).expect("JSON");
        seen.extend(body["items"].as_array().expect("items").iter().map(|i| i["id"].as_str().expect("id").to_owned()));
        next = body["next"].as_str().map(str::to_owned);
        assert_eq!(header(&answer, "link"), next.as_ref().map(|n| format!("<{n}>; rel=\"next\"")).unwrap_or_default());
        assert_eq!(body["total"], 4);
    }
    seen.sort();
    ids.truncate(4);
    ids.sort();
    assert_eq!(seen, ids);
    let some = read(&app, "/api/v1/cases?sector=health_care").await;
    assert!(some["items"].as_array().is_some_and(|all| all.iter().all(|i| i["sector"] == "health_care")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_long_texts_ends_early_and_goes_on() {
    let node = Node::new();
    let long = "x".repeat(200_000);
    let facts = json!({ "number": 1, "lang": "nb", "status": "open", "sector": "social", "themes": ["leadership"] });
    for (kind, field) in [(Kind::Case, "summary"), (Kind::Need, "situation")] {
        let text = json!({ "title": "Lang", field: long });
        for _ in 0..12 {
            node.force(kind, &facts, &text);
        }
    }
    let app = node.app();
    for list in ["cases", "needs"] {
        let (mut seen, mut parts) = (BTreeSet::new(), 0);
        let mut next = Some(format!("/api/v1/{list}?limit=100"));
        while let Some(target) = next {
            let body = page(&app, &target).await;
            // It ends with the item that is one too many.
            assert!(body.len() < 1024 * 1024 + 210_000, "{target}: {}", body.len());
            let body: Value = serde_json::from_str(&body).expect("JSON");
            let items = body["items"].as_array().expect("items");
            seen.extend(items.iter().map(|item| item["id"].as_str().expect("an id").to_owned()));
            next = body["next"].as_str().map(str::to_owned);
            parts += 1;
            assert_eq!((items.len(), &body["total"]), (6, &json!(12)), "{target}");
        }
        assert_eq!((seen.len(), parts), (12, 2), "{list}");
    }
    let gran = page(&app, "/api/v1/municipalities/961381541").await;
    assert!(gran.len() < 10 * 1024 * 1024, "{}", gran.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_named() {
    let (node, _) = filled();
    let app = node.app();
    let all = serde_json::to_value(document()).expect("a description");
    let rows = [
        ("/api/v1/cases?limit=0", 400, "limit"),
        ("/api/v1/cases?limit=101", 400, "limit"),
        ("/api/v1/cases?offset=-1", 400, "offset"),
        ("/api/v1/cases?offset=2000", 400, "offset"),
        ("/api/v1/cases?sector=x", 400, "sector"),
        ("/api/v1/cases?sort=best", 400, "sort"),
        ("/api/v1/cases?facets=1", 400, "facets"),
        ("/api/v1/cases?colour=%3Cb%3E", 400, "colour"),
        ("/api/v1?x=1", 400, "x"),
        ("/api/v1/openapi.json?x=1", 400, "x"),
        ("/api/v1/records/abc?x=1", 400, "x"),
        ("/api/v1/cases?limit=1&limit=2", 400, "limit"),
        ("/api/v1/cases?limit=", 400, "limit"),
        ("/api/v1/cases?limit=+1", 400, "limit"),
        ("/api/v1/cases?lang=nb", 400, "lang"),
        ("/api/v1?lang=x", 400, "lang"),
        ("/api/v1/records/%ff", 404, ""),
        ("/api/v1/records/abc", 404, ""),
        ("/api/v2", 404, ""),
    ];
    for (target, status, parameter) in rows {
        let (answer, body) = ask(&app, get(target)).await;
        assert_eq!(header(&answer, "content-type"), "application/problem+json", "{target}");
        assert!(header(&answer, "content-security-policy").starts_with("default-src 'none'"), "{target}");
        let body: Value = serde_json::from_str(&body).expect("JSON");
        let path = target.split('?').next().unwrap_or_default().replace("/abc", "/{id}");
        if let Some(described) = all["paths"].get(&path) {
            let answers = &described["get"]["responses"];
            let schema = &answers[status.to_string()]["content"]["application/problem+json"]["schema"];
            check(&all, schema, &body, &path);
        }
        assert_eq!((answer.status().as_u16(), body["status"].as_u64()), (status, Some(u64::from(status))), "{target}");
        assert_eq!(body["parameter"].as_str().unwrap_or_default(), parameter, "{target}");
    }
    // What is too much is said, and not left out in silence.
    let many = format!("/api/v1/cases?{}", "theme=tema/helsetjenester&".repeat(21));
    let more = format!("/api/v1/cases?{}&last=1", "&".repeat(3) + &"q=&".repeat(128));
    for (target, parameter) in [(many, "theme"), (more, "last")] {
        let (answer, body) = ask(&app, get(&target)).await;
        let body: Value = serde_json::from_str(&body).expect("JSON");
        assert_eq!((answer.status().as_u16(), body["parameter"].as_str()), (400, Some(parameter)), "{body}");
    }
    let post = Request::post("/api/v1").header("host", "localhost:4480").body(Body::empty()).expect("a request");
    let (answer, body) = ask(&app, post).await;
    assert_eq!((answer.status(), header(&answer, "allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET, HEAD"), "{body}");
    let stranger = Request::get("/api/v1").header("host", "evil.example").body(Body::empty()).expect("a request");
    let (answer, body) = ask(&app, stranger).await;
    assert_eq!(answer.status(), StatusCode::MISDIRECTED_REQUEST);
    assert!(body.starts_with("{\"type\":\"about:blank\""), "{body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_known_already_is_not_sent_again() {
    let (node, _) = filled();
    let app = node.app();
    let (first, body) = ask(&app, get("/api/v1/cases")).await;
    let request = |method: &str, mark: &str| {
        let request = Request::builder().method(method).uri("/api/v1/cases").header("host", "localhost:4480");
        request.header("if-none-match", mark).body(Body::empty()).expect("a request")
    };
    let (again, nothing) = ask(&app, request("GET", header(&first, "etag"))).await;
    assert_eq!((again.status(), nothing.as_str()), (StatusCode::NOT_MODIFIED, ""));
    let (head, nothing) = ask(&app, request("HEAD", "\"other\"")).await;
    assert_eq!((head.status(), nothing.as_str()), (StatusCode::OK, ""));
    assert_eq!(header(&head, "content-length"), body.len().to_string());
}
