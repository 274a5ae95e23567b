//! Texts made smaller on their way, where the other side says that it can read them so (RFC 9110, 12.5.3).
//!
//! Safe because an answer holds no secret: the pages only read. One that shows a token beside what somebody else
//! chose must not pass here (the attack called BREACH).

use std::io::Write as _;

use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::http::HeaderValue;
use axum::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE, ETAG, VARY};
use flate2::Compression;
use flate2::write::GzEncoder;

/// What is smaller gains nothing.
const MIN_BYTES: usize = 1_400;

/// Whether an answer may be sent as gzip.
pub(super) fn accepts_gzip(asked: &HeaderMap) -> bool {
    let names = asked.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    names.flat_map(|names| names.split(',')).any(|one| {
        let mut parts = one.split(';').map(str::trim);
        let is_gzip = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        is_gzip && !parts.any(|weight| weight.trim_start_matches("q=").parse() == Ok(0.0))
    })
}

/// The body as it is sent; says in the headers what was done to it.
pub(super) fn sent(headers: &mut HeaderMap, gzip: bool, body: Bytes) -> Bytes {
    if body.len() < MIN_BYTES || !headers.get(CONTENT_TYPE).is_some_and(is_text) {
        return body;
    }
    headers.append(VARY, HeaderValue::from(ACCEPT_ENCODING));
    if !gzip {
        return body;
    }
    let mut smaller = GzEncoder::new(Vec::with_capacity(body.len() / 4), Compression::fast());
    // Memory does not fail; if it did, the text is sent as it is.
    let Ok(smaller) = smaller.write_all(&body).and_then(|()| smaller.finish()) else { return body };
    headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    // The same contents in other bytes: the mark says so by being a weak one.
    let weak = headers.get(ETAG).and_then(|mark| HeaderValue::from_str(&format!("W/{}", mark.to_str().ok()?)).ok());
    if let Some(weak) = weak {
        headers.insert(ETAG, weak);
    }
    Bytes::from(smaller)
}

fn is_text(kind: &HeaderValue) -> bool {
    let kind = kind.to_str().unwrap_or_default();
    kind.starts_with("text/") || ["json", "xml", "javascript"].iter().any(|text| kind.contains(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gzip_is_sent_to_those_who_read_it() {
        let rows = [
            ("gzip, deflate, br", true),
            ("br;q=1.0, GZIP;q=0.8", true),
            ("gzip;q=0", false),
            ("identity", false),
            ("", false),
        ];
        for (said, accepts) in rows {
            let asked = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(said))]);
            assert_eq!(accepts_gzip(&asked), accepts, "{said}");
        }
        assert!(!accepts_gzip(&HeaderMap::new()));
    }
}
