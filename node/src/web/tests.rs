//! The pages, without a socket but for the last tests.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use http_body_util::BodyExt as _;
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tower::ServiceExt as _;

use super::app;
use crate::clock;
use crate::config::{Config, Flags};
use crate::desk::{Desk, Federation, Founding, Publish, Redact, Request as Wish, Withdraw, found};
use crate::home::Home;
use crate::library::Writing;
use crate::samples;

/// A node of Gran with the samples, alone in its federation.
struct Node {
    desk: Arc<Desk>,
    _place: tempfile::TempDir,
}

impl Node {
    fn new() -> Self {
        let place = tempfile::tempdir().expect("a directory");
        let home = Home::new(place.path().join("gran"));
        let settings: Flags = [("org", "961381541"), ("name", "Gran"), ("web", "127.0.0.1:0")]
            .map(|(name, value)| (name, vec![value.to_owned()]))
            .into();
        let federation = Federation::New {
            name: "Prøve".to_owned(),
            reading: "open".to_owned(),
            bootstrap: Vec::new(),
            registrar_key: home.registrar_key(),
        };
        found(&home, &Founding { settings, federation }).expect("a node");
        let config = Config::load(&home, &Flags::new()).expect("a configuration");
        let desk = Desk::open(&home, &config).expect("a desk");
        desk.at_rest(false);
        Self { desk: Arc::new(desk), _place: place }
    }

    fn wish(&self, wish: Wish) -> Value {
        self.desk.perform(wish, &mut |_| {}).expect("what was wished")
    }

    fn publish(&self, kind: &str, input: Value) -> String {
        let answer = self.wish(Wish::Publish(Publish { kind: kind.to_owned(), input, no_personal_data: true }));
        answer["subject"].as_str().or_else(|| answer["id"].as_str()).expect("an id").to_owned()
    }

    /// A sample case, published.
    fn case(&self, name: &str) -> String {
        let sample = samples::cases().expect("samples").into_iter().find(|s| s.name == name).expect("a sample");
        self.publish("case", sample.record)
    }

    /// Signs what the desk would refuse, as another node may.
    fn force(&self, kind: Kind, facts: &Value, text: &Value) -> EntryId {
        let with_salt = |body: &Value| {
            let mut body = body.clone();
            body["salt"] = "00112233445566778899aabbccddeeff".into();
            serde_json::to_vec(&body).expect("a document")
        };
        let writing = Writing { kind, facts: with_salt(facts), text: with_salt(text) };
        let heads = self.desk.library().sign(self.desk.key(), vec![writing], clock::now()).expect("an entry");
        heads[0].id()
    }

    fn app(&self) -> Router {
        app(&self.desk, "127.0.0.1:4480".parse().expect("an address")).expect("an application")
    }
}

async fn ask(app: &Router, request: Request<Body>) -> (Response<()>, String) {
    let answer = app.clone().oneshot(request).await.expect("an answer");
    let (parts, body) = answer.into_parts();
    let bytes = body.collect().await.expect("a body").to_bytes();
    (Response::from_parts(parts, ()), String::from_utf8(bytes.to_vec()).expect("text"))
}

fn get(target: &str) -> Request<Body> {
    Request::get(target).header("host", "localhost:4480").body(Body::empty()).expect("a request")
}

async fn page(app: &Router, target: &str) -> String {
    let (answer, html) = ask(app, get(target)).await;
    assert_eq!(answer.status(), StatusCode::OK, "{target}: {html}");
    html
}

fn header<'a>(answer: &'a Response<()>, name: &str) -> &'a str {
    answer.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
}

/// What must hold for every page, whatever stands on it.
fn check(target: &str, answer: &Response<()>, html: &str) {
    let policy = header(answer, "content-security-policy");
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{target}: {policy}");
    assert_eq!(header(answer, "x-content-type-options"), "nosniff");
    for wrong in [" style=", "<style", " onclick=", "javascript:", "<script>", "=\"http", "\u{202e}"] {
        assert!(!html.contains(wrong), "{target} has `{wrong}`");
    }
    assert_eq!(html.matches("<h1").count(), 1, "{target}");
    for part in ["<main id=\"main\"", "<title>", "class=\"ds-skip-link\"", "name=\"viewport\""] {
        assert!(html.contains(part), "{target} has no {part}");
    }
}

const TARGETS: [&str; 9] = [
    "/",
    "/cases",
    "/cases?sort=most_reused",
    "/needs",
    "/themes",
    "/municipalities",
    "/network",
    "/help",
    "/municipality/961381541",
];

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_there_in_every_language_and_says_what_browsers_must_know() {
    let node = Node::new();
    let app = node.app();
    for target in TARGETS {
        let (answer, html) = ask(&app, get(target)).await;
        assert_eq!(answer.status(), StatusCode::OK, "empty: {target}");
        check(target, &answer, &html);
    }
    node.publish("contact", json!({ "function": "Innovasjonsrådgiver", "mailbox": "post@gran.example" }));
    let case = node.case("gran-bolgen-lean");
    let need = node.publish("need", samples::needs().expect("needs").swap_remove(2).record);
    let own = ["", "/story", "/paper"].map(|view| format!("/case/{case}{view}"));
    let more = own.into_iter().chain([format!("/need/{need}"), format!("/record/{case}")]);
    for target in TARGETS.map(str::to_owned).into_iter().chain(more) {
        for (lang, word) in [("nb", "Hovedmeny"), ("nn", "Hovudmeny"), ("en", "Main menu")] {
            let sign = if target.contains('?') { '&' } else { '?' };
            let (answer, html) = ask(&app, get(&format!("{target}{sign}lang={lang}"))).await;
            assert_eq!(answer.status(), StatusCode::OK, "{target}: {html}");
            check(&target, &answer, &html);
            assert!(html.contains(&format!("<html lang=\"{lang}\"")) && html.contains(word), "{target} {lang}");
            assert!(header(&answer, "set-cookie").starts_with(&format!("lang={lang};")));
        }
    }
    for target in [format!("/case/{case}/json"), format!("/need/{need}/json"), "/network/json".into()] {
        let json: Value = serde_json::from_str(&page(&app, &target).await).expect("JSON");
        assert!(json.is_object());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_told_with_all_that_belongs_to_it() {
    let node = Node::new();
    node.publish("contact", json!({ "function": "Innovasjonsrådgiver", "mailbox": "post@gran.example" }));
    let case = node.case("gran-bolgen-lean");
    node.publish("comment", json!({ "subject": case, "kind": "question", "text": "Hvor lang tid tok det?" }));
    let measured = json!({
        "subject": case, "value": "quality", "evaluated_by": "own", "before": 40, "after": 1250, "unit": "days",
        "period": { "start": "2025-01-01", "end": "2025-12-31" },
        "indicator": "Ventetid", "method": "Telt i fagsystemet",
    });
    node.publish("measurement", measured);
    let html = page(&node.app(), &format!("/case/{case}?lang=nb")).await;
    for part in [
        "Hvor lang tid tok det?",
        "Ventetid",
        "40 → 1\u{a0}250 dager",
        "Målt før og etter",
        "Signaturen stemmer",
        "post@gran.example",
    ] {
        assert!(html.contains(part), "{part} is not told");
    }
    let paper = page(&node.app(), &format!("/case/{case}/paper?lang=nn")).await;
    assert!(paper.contains("Framlegg til vedtak") && paper.contains("Økonomiske konsekvensar"));
    assert!(html.len() < 60_000, "{}", html.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_longer_there_is_said_in_a_sentence() {
    let node = Node::new();
    node.publish("contact", json!({ "function": "Innovasjonsrådgiver", "mailbox": "post@gran.example" }));
    let (withdrawn, redacted) = (node.case("gran-bolgen-lean"), node.case("gran-vi-i-gran"));
    node.wish(Wish::Withdraw(Withdraw {
        id: withdrawn.clone(),
        kind: None,
        reason: "outdated".to_owned(),
        replacement: None,
        text: Some("Erstattet av nyere arbeid.".to_owned()),
    }));
    node.wish(Wish::Redact(Redact {
        id: redacted.clone(),
        reason: "personal_data".to_owned(),
        only: false,
        sure: true,
    }));
    let app = node.app();
    let html = page(&app, &format!("/case/{withdrawn}?lang=nb")).await;
    assert!(
        html.contains("Trukket tilbake") && html.contains("Erstattet av nyere arbeid.") && html.contains("utdatert")
    );
    let html = page(&app, &format!("/case/{redacted}?lang=nn")).await;
    assert!(html.contains("Alle nodar har sletta det som var skrive."), "{html}");
    let list = page(&app, "/cases?lang=nb").await;
    assert!(list.contains("Teksten er sladdet") && !list.contains(&withdrawn));
    let unreadable = node.force(Kind::Case, &json!({ "status": 7 }), &json!({}));
    let html = page(&app, &format!("/record/{unreadable}?lang=nb")).await;
    assert!(html.contains("Fakta kan ikke leses av denne versjonen"));
    for target in [
        format!("/case/{unreadable}"),
        "/case/abc".into(),
        format!("/need/{redacted}"),
        "/municipality/961381540".into(),
        "/x".into(),
    ] {
        let (answer, html) = ask(&app, get(&target)).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{target}");
        check(&target, &answer, &html);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_text_changes_nothing_but_itself() {
    let node = Node::new();
    let evil =
        "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>\u{202e}\u{2066}{{7*7}}</title></textarea>&lt;";
    let long = "x".repeat(100_000);
    let facts = json!({
        "number": 1, "lang": "\"><b>", "status": "<i>", "types": ["<b>x"], "sector": "social", "themes": ["</dl>"],
        "licence": "<b>", "values": [{ "kind": "<b>", "observed": true }], "methods": ["<b>m"], "external_id": evil,
    });
    let links = json!([{ "title": evil, "url": "javascript:alert(1)" }, { "title": "", "url": "https://x.example/\"onmouseover=alert(1)" }]);
    let mut text =
        json!({ "title": evil, "summary": long, "links": links, "values": [evil], "privacy_url": "data:text/html,x" });
    for field in
        ["problem", "solution", "core", "adaptable", "prerequisites", "how_to", "lessons", "story", "next_needs"]
    {
        text[field] = format!("{evil}\n\n- {evil}\n1. {evil}").into();
    }
    text["solution"] = format!("{evil}\n{long}").into();
    let case = node.force(Kind::Case, &facts, &text);
    let about = json!({ "subject": case, "kind": "<b>", "lang": "</ul>" });
    node.force(Kind::Comment, &about, &json!({ "text": evil }));
    node.force(
        Kind::Measurement,
        &json!({ "subject": case, "unit": evil, "after": 3 }),
        &json!({ "indicator": evil, "url": "javascript:x" }),
    );
    let need = node.force(Kind::Need, &facts, &json!({ "title": evil, "situation": evil }));
    let app = node.app();
    let views = ["", "/story", "/paper"].map(|view| format!("/case/{case}{view}"));
    let all =
        views.into_iter().chain([format!("/need/{need}"), format!("/record/{case}")]).chain(TARGETS.map(str::to_owned));
    for target in all {
        let (answer, html) = ask(&app, get(&target)).await;
        assert_eq!(answer.status(), StatusCode::OK, "{target}");
        check_hostile(&target, &html);
        assert!(html.len() < 300_000, "{target}: {}", html.len());
    }
    let (answer, html) = ask(&app, get("/cases?q=%3Cscript%3Ealert(1)%3C/script%3E&x=%22%3E%3Cb%3E")).await;
    assert_eq!(answer.status(), StatusCode::OK);
    check_hostile("a search", &html);
}

/// Markup of a record is text, whatever page it stands on.
fn check_hostile(target: &str, html: &str) {
    for wrong in [
        "<script>",
        "<img src=x",
        "<b>",
        "<i>",
        "\u{202e}",
        "\u{2066}",
        "href=\"javascript",
        "href=\"data",
        "\"onmouseover",
        "</textarea>",
        "</dl>\"",
        "49",
    ] {
        let harmless = wrong == "49" && !html.contains(">49<");
        assert!(harmless || !html.contains(wrong), "{target} has `{wrong}`");
    }
    assert_eq!(html.matches("<script").count(), html.matches("<script src=\"/assets/").count(), "{target}");
    assert_eq!(
        html.matches("</title>").count(),
        1 + usize::from(html.contains("<svg")) + html.matches("<circle").count(),
        "{target}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn only_reading_under_a_known_name_and_within_limits_is_answered() {
    let app = Node::new().app();
    let long = format!("/cases?q={}", "a".repeat(5000));
    let request = |method: &str, target: &str, host: &str, length: &str| {
        let request =
            Request::builder().method(method).uri(target).header("host", host).header("content-length", length);
        request.body(Body::empty()).expect("a request")
    };
    let rows = [
        (request("GET", "/", "localhost", "0"), StatusCode::OK),
        (request("HEAD", "/", "[::1]:4480", "0"), StatusCode::OK),
        (request("POST", "/", "localhost", "0"), StatusCode::METHOD_NOT_ALLOWED),
        (request("DELETE", "/cases", "localhost", "0"), StatusCode::METHOD_NOT_ALLOWED),
        (request("GET", "/", "evil.example", "0"), StatusCode::MISDIRECTED_REQUEST),
        (request("GET", "/", "localhost", "100000"), StatusCode::PAYLOAD_TOO_LARGE),
        (request("GET", &long, "localhost", "0"), StatusCode::PAYLOAD_TOO_LARGE),
        (request("GET", "/cases?sector=moon", "localhost", "0"), StatusCode::BAD_REQUEST),
        (request("GET", "/cases?%ff%00=%f0", "localhost", "0"), StatusCode::OK),
        (request("GET", "/cases?page=99999999999999999999", "localhost", "0"), StatusCode::OK),
    ];
    for (request, status) in rows {
        let said = format!("{} {}", request.method(), request.uri());
        let (answer, body) = ask(&app, request).await;
        assert_eq!(answer.status(), status, "{said}");
        assert_eq!(body.is_empty(), said.starts_with("HEAD"), "{said}");
        let closes = status != StatusCode::OK && status != StatusCode::BAD_REQUEST;
        assert_eq!(header(&answer, "connection") == "close", closes, "{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_browser_has_is_not_sent_again() {
    let app = Node::new().app();
    let (answer, html) = ask(&app, get("/help")).await;
    let mark = header(&answer, "etag").to_owned();
    let again = |mark: &str| {
        let mut request = get("/help");
        request.headers_mut().insert("if-none-match", mark.parse().expect("a mark"));
        request
    };
    let (answer, body) = ask(&app, again(&mark)).await;
    assert_eq!((answer.status(), body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    assert_eq!(ask(&app, again("\"other\"")).await.0.status(), StatusCode::OK);
    let mut first_load = html.len();
    for part in html.split("\"/assets/").skip(1) {
        let asset = part.split('"').next().expect("a name");
        let (answer, body) = ask(&app, get(&format!("/assets/{asset}"))).await;
        assert!(header(&answer, "cache-control").contains("immutable"), "{asset}");
        first_load += body.len();
    }
    assert!(first_load < 60_000, "the first load has {first_load} bytes");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_panics_takes_nothing_with_it() {
    let node = Node::new();
    let config = node.desk.config();
    let assets = super::assets::Assets::load(&config.web_stylesheets).expect("assets");
    let hosts = super::hosts::Hosts::new("127.0.0.1:1".parse().expect("an address"), &[]);
    let site = Arc::new(super::site::Site::new(Arc::clone(&node.desk), assets, hosts));
    let at_once: fn() -> std::future::Ready<Response> = || panic!("at once");
    let routes = super::pages::routes()
        .route("/at-once", axum::routing::get(at_once))
        .route("/later", axum::routing::get(later));
    let guard = axum::middleware::from_fn_with_state(Arc::clone(&site), super::guard::guard);
    let app = routes.layer(guard).with_state(site);
    for target in ["/at-once", "/later"] {
        let (answer, html) = ask(&app, get(target)).await;
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR, "{target}");
        check(target, &answer, &html);
        assert!(!html.contains("at once") && !html.contains("inside"), "{target} tells too much");
    }
    assert_eq!(ask(&app, get("/")).await.0.status(), StatusCode::OK);
}

async fn later(
    axum::extract::State(site): axum::extract::State<Arc<super::site::Site>>,
    asked: super::asked::Asked,
) -> Response {
    site.answer(asked, |_, _| panic!("inside")).await
}

/// Asks at a socket as a browser does that wants one page.
async fn fetch(address: std::net::SocketAddr) -> std::io::Result<String> {
    let mut stream = tokio::net::TcpStream::connect(address).await?;
    stream.write_all(b"GET /help HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    Ok(answer)
}

#[tokio::test(flavor = "multi_thread")]
async fn slow_and_half_open_connections_keep_nobody_out_and_are_closed() {
    let node = Node::new();
    let pages = super::serve(&node.desk).await.expect("pages").expect("an address");
    let address = pages.address();
    let mut slow = Vec::new();
    for n in 0..(super::limits::MAX_CONNECTIONS + 100) {
        let mut stream = tokio::net::TcpStream::connect(address).await.expect("a connection");
        if n % 2 == 0 {
            stream.write_all(b"GET / HTTP/1.1\r\nHost: local").await.expect("half a request");
        }
        slow.push(stream);
    }
    let watch = clock::Watch::start();
    for _ in 0..20 {
        let answer = tokio::time::timeout(Duration::from_secs(5), fetch(address)).await.expect("an answer in time");
        assert!(answer.expect("an answer").starts_with("HTTP/1.1 200"));
    }
    assert!(watch.elapsed() < Duration::from_secs(3), "{:?}", watch.elapsed());
    let most = super::limits::HEAD_TIME + Duration::from_secs(5);
    let all_closed = async {
        for mut stream in slow {
            let mut rest = Vec::new();
            // Closed in whatever way.
            let _ = stream.read_to_end(&mut rest).await;
        }
    };
    tokio::time::timeout(most, all_closed).await.expect("every slow connection is closed");
    pages.stop().await;
    assert!(tokio::net::TcpStream::connect(address).await.is_err(), "nobody listens any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_that_is_taken_is_one_clear_sentence() {
    let taken = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let settings = [("org", "961381541"), ("name", "Gran"), ("web", address.as_str())];
    let settings = settings.map(|(key, value)| (key, vec![value.to_owned()])).into();
    let config = Config::of_new(&settings).expect("a configuration");
    let place = tempfile::tempdir().expect("a directory");
    let home = Home::new(place.path().join("x"));
    let federation = Federation::New {
        name: "P".into(),
        reading: "open".into(),
        bootstrap: vec![],
        registrar_key: home.registrar_key(),
    };
    let settings = [("org", vec!["961381541".to_owned()]), ("name", vec!["Gran".to_owned()])].into();
    found(&home, &Founding { settings, federation }).expect("a node");
    let desk = Arc::new(Desk::open(&home, &config).expect("a desk"));
    let problem = super::serve(&desk).await.map(drop).expect_err("no port");
    assert!(problem.what.ends_with("cannot be used: another program uses it"), "{problem}");
}
