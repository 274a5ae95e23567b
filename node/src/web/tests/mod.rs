//! The pages, without a socket but for the tests of the server.

mod api;
mod gathered_data;
mod gatherings;
mod barometer;
mod releases;
mod hostile;
mod pages;
mod results;
mod server;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::response::Response;
use http_body_util::BodyExt as _;
use idenett_protocol::id::EntryId;
use idenett_protocol::key::SecretKey;
use idenett_protocol::kind::Kind;
use serde_json::Value;
use tower::ServiceExt as _;

use super::app;
use crate::clock;
use crate::config::{Config, Flags};
use crate::desk::{Desk, Federation, Founding, Publish, RegistrarAct, Request as Wish, found};
use crate::home::Home;
use crate::library::Writing;
use crate::samples;

/// A node of Gran with the samples, alone in its federation.
struct Node {
    desk: Arc<Desk>,
    place: tempfile::TempDir,
}

impl Node {
    fn new() -> Self {
        let place = tempfile::tempdir().expect("a directory");
        let home = home(&place);
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
        Self { desk: Arc::new(desk), place }
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

    /// A sample plan, published.
    fn plan(&self, name: &str) -> String {
        let sample = samples::plans().expect("samples").into_iter().find(|s| s.name == name).expect("a sample");
        self.publish("plan", sample.record)
    }

    /// What the registrar of the federation signs.
    fn act(&self, act: RegistrarAct) -> String {
        let answer = self.wish(Wish::Registrar { key: home(&self.place).registrar_key(), act, offline: true });
        answer["id"].as_str().expect("an id").to_owned()
    }

    /// Signs what the desk would refuse, as another node may.
    fn force(&self, kind: Kind, facts: &Value, text: &Value) -> EntryId {
        self.force_by(self.desk.key(), kind, facts, text)
    }

    fn force_by(&self, key: &SecretKey, kind: Kind, facts: &Value, text: &Value) -> EntryId {
        let with_salt = |body: &Value| {
            let mut body = body.clone();
            body["salt"] = "00112233445566778899aabbccddeeff".into();
            serde_json::to_vec(&body).expect("a document")
        };
        let writing = Writing { kind, facts: with_salt(facts), text: with_salt(text) };
        let heads = self.desk.library().sign(key, vec![writing], clock::now()).expect("an entry");
        heads[0].id()
    }

    /// The pages, with everything that was published so far to be found.
    fn app(&self) -> Router {
        self.desk.follow_index().expect("an index");
        app(&self.desk, "127.0.0.1:4480".parse().expect("an address")).expect("an application")
    }
}

fn home(place: &tempfile::TempDir) -> Home {
    Home::new(place.path().join("gran"))
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
    for wrong in [" style=", "<style", " onclick=", "javascript:", "<script>", "\u{202e}"] {
        assert!(!html.contains(wrong), "{target} has `{wrong}`");
    }
    // Nothing is fetched from elsewhere, and a link that leads there says nothing of where the reader comes from.
    let outward: Vec<&str> = html.split("<a href=\"http").skip(1).collect();
    assert_eq!(html.matches("=\"http").count(), outward.len(), "{target}");
    let told = |link: &&str| link.split('>').next().is_some_and(|link| link.contains("noopener noreferrer external"));
    assert!(outward.iter().all(told), "{target}");
    assert_eq!(html.matches("<h1").count(), 1, "{target}");
    for part in ["<main id=\"main\"", "<title>", "class=\"ds-skip-link\"", "name=\"viewport\""] {
        assert!(html.contains(part), "{target} has no {part}");
    }
}

const TARGETS: [&str; 18] = [
    "/",
    "/cases",
    "/cases?sort=most_reused",
    "/cases?q=eldre&like=us",
    "/compare",
    "/needs",
    "/gatherings",
    "/gatherings?show=collection",
    "/themes",
    "/municipalities",
    "/network",
    "/barometer",
    "/barometer/B9?by=county",
    "/barometer/mirror",
    "/barometer/releases",
    "/help",
    "/api",
    "/municipality/961381541",
];
