//! How one may ask, and what keeps others from asking.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use http_body_util::BodyExt as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tower::ServiceExt as _;

use super::{Node, ask, check, get, header};
use crate::clock;
use crate::config::{Config, Flags};
use crate::desk::{Desk, Federation, Founding, found};
use crate::home::Home;
use crate::web;
use crate::web::{asked, assets, guard, hosts, limits, pages, site};

#[tokio::test(flavor = "multi_thread")]
async fn only_reading_under_a_known_name_and_within_limits_is_answered() {
    let node = Node::new();
    let app = node.app();
    let long = format!("/cases?q={}", "a".repeat(9000));
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
async fn a_path_that_is_no_text_names_nothing() {
    let app = Node::new().app();
    let pages = ["/case/%ff", "/case/%ff/json", "/case/%ff/story", "/case/%ff/paper", "/need/%c3%28", "/need/%ff/json"];
    let more =
        ["/plan/%ff", "/award/%ff/json", "/municipality/%ff", "/municipality/%ff/json", "/record/%ff", "/assets/%ff"];
    for target in pages.into_iter().chain(more).chain(["/%ff"]) {
        let (answer, html) = ask(&app, get(target)).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{target}");
        assert_eq!(header(&answer, "content-type"), "text/html; charset=utf-8", "{target}");
        check(target, &answer, &html);
    }
    for target in ["/api/v1/cases/%ff", "/api/v1/municipalities/%ff", "/api/v1/%ff"] {
        let (answer, _) = ask(&app, get(target)).await;
        let said = (answer.status(), header(&answer, "content-type"));
        assert_eq!(said, (StatusCode::NOT_FOUND, "application/problem+json"), "{target}");
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
async fn texts_are_sent_as_small_as_the_browser_reads_them() {
    let app = Node::new().app();
    let (plain, html) = ask(&app, get("/api")).await;
    assert_eq!(header(&plain, "content-encoding"), "");
    assert!(plain.headers().get_all("vary").iter().any(|v| v == "accept-encoding"), "caches keep both apart");
    let gzip = || {
        let mut request = get("/api");
        request.headers_mut().insert("accept-encoding", "gzip, br".parse().expect("a header"));
        request
    };
    let (parts, body) = app.clone().oneshot(gzip()).await.expect("an answer").into_parts();
    let bytes = body.collect().await.expect("a body").to_bytes();
    let said = |name: &str| parts.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
    assert_eq!((said("content-encoding").as_str(), said("content-length")), ("gzip", bytes.len().to_string()));
    assert!(bytes.len() * 2 < html.len(), "{} of {}", bytes.len(), html.len());
    let mut read = String::new();
    std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&bytes[..]), &mut read).expect("gzip");
    assert_eq!(read, html);
    assert_eq!(said("etag"), format!("W/{}", header(&plain, "etag")));
    let mut again = gzip();
    again.headers_mut().insert("if-none-match", said("etag").parse().expect("a mark"));
    assert_eq!(ask(&app, again).await.0.status(), StatusCode::NOT_MODIFIED);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_that_panics_takes_nothing_with_it() {
    let node = Node::new();
    let config = node.desk.config();
    let assets = assets::Assets::load(&config.web_stylesheets).expect("assets");
    let hosts = hosts::Hosts::new("127.0.0.1:1".parse().expect("an address"), &[]);
    let site = Arc::new(site::Site::new(Arc::clone(&node.desk), assets, hosts));
    let at_once: fn() -> std::future::Ready<Response> = || panic!("at once");
    let routes =
        pages::routes().route("/at-once", axum::routing::get(at_once)).route("/later", axum::routing::get(later));
    let guard = axum::middleware::from_fn_with_state(Arc::clone(&site), guard::guard);
    let app = routes.layer(guard).with_state(site);
    for target in ["/at-once", "/later"] {
        let (answer, html) = ask(&app, get(target)).await;
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR, "{target}");
        check(target, &answer, &html);
        assert!(!html.contains("at once") && !html.contains("inside"), "{target} tells too much");
    }
    assert_eq!(ask(&app, get("/")).await.0.status(), StatusCode::OK);
}

async fn later(axum::extract::State(site): axum::extract::State<Arc<site::Site>>, asked: asked::Asked) -> Response {
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
    let pages = web::serve(&node.desk).await.expect("pages").expect("an address");
    let address = pages.address();
    let mut slow = Vec::new();
    for n in 0..(limits::MAX_CONNECTIONS + 100) {
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
    let most = limits::HEAD_TIME + Duration::from_secs(5);
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
    let place = tempfile::tempdir().expect("a directory");
    let home = Home::new(place.path().join("x"));
    let federation = Federation::New {
        name: "P".into(),
        reading: "open".into(),
        bootstrap: vec![],
        registrar_key: home.registrar_key(),
    };
    found(&home, &Founding { settings, federation }).expect("a node");
    let config = Config::load(&home, &Flags::new()).expect("a configuration");
    let desk = Arc::new(Desk::open(&home, &config).expect("a desk"));
    let problem = web::serve(&desk).await.map(drop).expect_err("no port");
    assert!(problem.what.ends_with("cannot be used: another program uses it"), "{problem}");
}
