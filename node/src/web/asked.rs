//! What a reader asks for, beside the path: language, query, and the name under which the pages are reached.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE, HOST};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};

use super::limits::MAX_QUERY_PAIRS;
use super::site::Site;
use crate::language::Tongue;

/// The name of the choice of language, in the query and as a cookie.
pub(super) const LANGUAGE: &str = "lang";

/// A request for a page.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// The language of the answer.
    pub(super) t: Tongue,
    /// Whether the language was chosen in this very request.
    pub(super) chosen: bool,
    /// The path.
    pub(super) path: String,
    /// Whether the query names a language, one that there is or not.
    pub(super) names_language: bool,
    /// The query, but for the language.
    pub(super) query: Vec<(String, String)>,
    /// The first name in the query that was left out because there are too many.
    pub(super) left_out: Option<String>,
    /// The beginning of absolute addresses of this server.
    pub(super) origin: String,
}

impl Asked {
    pub(super) fn of(parts: &Parts, default: Tongue) -> Self {
        let header = |name: HeaderName| text(&parts.headers, name);
        let mut pairs = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()).into_owned();
        let (lang, query): (Vec<_>, Vec<_>) =
            pairs.by_ref().take(MAX_QUERY_PAIRS).partition(|(name, _)| name == LANGUAGE);
        let chosen = lang.last().and_then(|(_, id)| Tongue::named(id));
        let kept = || cookie(header(COOKIE), LANGUAGE).and_then(Tongue::named);
        let t = chosen.or_else(kept).or_else(|| Tongue::preferred(header(ACCEPT_LANGUAGE))).unwrap_or(default);
        let scheme = if header(HeaderName::from_static("x-forwarded-proto")) == "https" { "https" } else { "http" };
        Self {
            t,
            chosen: chosen.is_some(),
            path: parts.uri.path().to_owned(),
            names_language: !lang.is_empty(),
            query,
            left_out: pairs.next().map(|(name, _)| name),
            origin: format!("{scheme}://{}", header(HOST)),
        }
    }

    /// The last value of a name in the query, unless it is empty.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.query.iter().rev().find(|(n, _)| n == name).map(|(_, v)| v.trim()).filter(|v| !v.is_empty())
    }

    /// The number of a page, from 1.
    pub(super) fn page(&self) -> usize {
        self.value("page").and_then(|p| p.parse().ok()).filter(|p| *p >= 1).unwrap_or(1)
    }

    /// The address of this page with one name of the query set otherwise, or without it.
    pub(super) fn address(&self, name: &str, value: Option<&str>) -> String {
        let others = self.query.iter().filter(|(n, _)| n != name).map(|(n, v)| (n.as_str(), v.as_str()));
        address(&self.path, others.chain(value.map(|v| (name, v))))
    }
}

impl FromRequestParts<Arc<Site>> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Infallible> {
        Ok(Self::of(parts, site.tongue()))
    }
}

/// A path with a query.
pub(super) fn address<'a>(path: &str, query: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(query).finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

fn text(headers: &HeaderMap, name: HeaderName) -> &str {
    headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default()
}

fn cookie<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    header.split(';').filter_map(|pair| pair.trim().split_once('=')).find(|(n, _)| *n == name).map(|(_, v)| v)
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn asked(target: &str, headers: &[(&str, &str)]) -> Asked {
        let mut request = Request::builder().uri(target);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Asked::of(&request.body(()).expect("a request").into_parts().0, Tongue::Nn)
    }

    #[test]
    fn the_language_is_the_one_that_the_reader_chose_last() {
        let rows: [(&str, &[_], Tongue); 5] = [
            ("/", &[], Tongue::Nn),
            ("/", &[("accept-language", "en")], Tongue::En),
            ("/", &[("accept-language", "en"), ("cookie", "a=b; lang=nb")], Tongue::Nb),
            ("/?lang=en", &[("cookie", "lang=nb")], Tongue::En),
            ("/?lang=xx", &[("cookie", "lang=<script>")], Tongue::Nn),
        ];
        for (target, headers, tongue) in rows {
            assert_eq!(asked(target, headers).t, tongue, "{target} {headers:?}");
        }
    }

    #[test]
    fn addresses_keep_what_was_asked_and_escape_it() {
        let asked = asked("/cases?q=a%26b+%3C&page=2&lang=nb&page=3", &[("host", "localhost:4480")]);
        assert_eq!((asked.value("q"), asked.page()), (Some("a&b <"), 3));
        assert_eq!(asked.address("page", Some("4")), "/cases?q=a%26b+%3C&page=4");
        assert_eq!(asked.address("q", None), "/cases?page=2&page=3");
        assert_eq!(asked.origin, "http://localhost:4480");
    }
}
