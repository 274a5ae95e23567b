//! Answers as they leave: pages, data, assets.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, SET_COOKIE, VARY};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;

use super::asked::{Asked, LANGUAGE};

/// How long a choice of language is kept, in seconds: a year.
const KEPT: u32 = 31_536_000;

/// A page in the reader's language.
pub(super) fn page(status: StatusCode, html: String, asked: &Asked) -> Response {
    let mut answer = data(status, "text/html; charset=utf-8", html);
    let headers = answer.headers_mut();
    headers.insert(VARY, HeaderValue::from_static("cookie, accept-language"));
    let cookie = format!("{LANGUAGE}={}; Path=/; Max-Age={KEPT}; SameSite=Lax; HttpOnly", asked.t.id());
    if asked.chosen
        && let Ok(cookie) = HeaderValue::from_str(&cookie)
    {
        headers.insert(SET_COOKIE, cookie);
    }
    answer
}

/// Something else than a page.
pub(super) fn data(status: StatusCode, kind: &'static str, body: impl Into<Body>) -> Response {
    let mut answer = Response::new(body.into());
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    answer
}
