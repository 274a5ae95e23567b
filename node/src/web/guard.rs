//! What every request passes, whatever it asks for: how it may ask, how long it may take, and what every answer says
//! to the browser.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CONNECTION, CONTENT_LENGTH, ETAG, HOST, IF_NONE_MATCH, TRANSFER_ENCODING};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use data_encoding::HEXLOWER;
use futures::FutureExt as _;
use http_body_util::BodyExt as _;
use sha2::{Digest as _, Sha256};

use super::asked::Asked;
use super::compression::{self, accepts_gzip};
use super::failure::Failure;
use super::limits::{MAX_BODY_BYTES, MAX_TARGET_BYTES, REQUEST_TIME};
use super::site::Site;

/// What a browser may do with an answer: show it, with style, script, pictures and addresses of this server alone.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(&str, &str); 7] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
];

/// Passes a request on if it may ask, and makes its answer safe.
pub(super) async fn guard(State(site): State<Arc<Site>>, mut request: Request, next: Next) -> Response {
    let head = request.method() == Method::HEAD;
    let known = request.headers().get(IF_NONE_MATCH).cloned();
    let gzip = accepts_gzip(request.headers());
    let (parts, body) = request.into_parts();
    let asked = Asked::of(&parts, site.tongue());
    let refused =
        refusal(&site, &parts.method, parts.uri.path_and_query().map_or(0, |p| p.as_str().len()), &parts.headers);
    request = Request::from_parts(parts, body);
    // The body is left away at the very end, so that both methods have the same headers.
    *request.method_mut() = Method::GET;
    let mut answer = match &refused {
        Some(failure) => failure.answer(&site, &asked),
        None => in_time(&site, &asked, next.run(request)).await,
    };
    if refused.is_some() {
        // What else the other side sends is not read.
        answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
        answer.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    for (name, value) in HEADERS {
        answer.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    marked(answer, known.as_ref(), gzip, head).await
}

fn refusal(site: &Site, method: &Method, target: usize, headers: &HeaderMap) -> Option<Failure> {
    let announced = headers.get(CONTENT_LENGTH).map(|v| v.to_str().ok().and_then(|n| n.parse::<u64>().ok()));
    let too_large = match announced {
        None => headers.contains_key(TRANSFER_ENCODING),
        Some(bytes) => bytes.is_none_or(|n| n > MAX_BODY_BYTES),
    };
    let host = headers.get(HOST).and_then(|h| h.to_str().ok()).unwrap_or_default();
    if !site.hosts().allow(host) {
        return Some(Failure::Host);
    }
    if !matches!(*method, Method::GET | Method::HEAD) {
        return Some(Failure::Method);
    }
    (too_large || target > MAX_TARGET_BYTES).then_some(Failure::TooLarge)
}

/// The answer, or a page that says why there is none: it took too long, or the node has a fault.
async fn in_time(site: &Site, asked: &Asked, answer: impl Future<Output = Response>) -> Response {
    let answer = AssertUnwindSafe(answer).catch_unwind();
    match tokio::time::timeout(REQUEST_TIME, answer).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_)) => Failure::Fault("a page panicked".to_owned()).answer(site, asked),
        Err(_) => Failure::Busy.answer(site, asked),
    }
}

/// An answer with a mark of its contents; without them where the browser has them already, and else as small as it
/// reads them.
async fn marked(answer: Response, known: Option<&HeaderValue>, gzip: bool, head: bool) -> Response {
    let (mut parts, body) = answer.into_parts();
    // Answers are made in memory; they cannot fail.
    let bytes = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    if parts.status == StatusCode::OK {
        let mark = format!("\"{}\"", HEXLOWER.encode(&Sha256::digest(&bytes)).get(..32).unwrap_or_default());
        if let Ok(mark) = HeaderValue::from_str(&mark) {
            parts.headers.entry(ETAG).or_insert(mark);
        }
        if known.is_some_and(|known| has(known, parts.headers.get(ETAG))) {
            parts.status = StatusCode::NOT_MODIFIED;
            return Response::from_parts(parts, Body::empty());
        }
    }
    let bytes = compression::sent(&mut parts.headers, gzip, bytes);
    parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    Response::from_parts(parts, if head { Body::empty() } else { Body::from(bytes) })
}

fn has(known: &HeaderValue, mark: Option<&HeaderValue>) -> bool {
    let (Ok(known), Some(Ok(mark))) = (known.to_str(), mark.map(HeaderValue::to_str)) else { return false };
    known.split(',').any(|one| one.trim().trim_start_matches("W/") == mark)
}
