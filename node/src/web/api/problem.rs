//! What went wrong, as RFC 9457 has it.

use axum::http::StatusCode;
use axum::response::Response;
use serde::Serialize;
use utoipa::ToSchema;

use crate::web::answer::data;
use crate::web::failure::Failure;

/// Why there is no answer (RFC 9457).
#[derive(Serialize, ToSchema)]
pub(super) struct ProblemDocument {
    /// Always `about:blank`: the status says what kind of problem it is.
    #[serde(rename = "type")]
    kind: String,
    /// The status in words.
    title: String,
    /// The status.
    status: u16,
    /// What to do about it.
    detail: String,
    /// The parameter that is wrong, if one is.
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<String>,
}

/// Whether an address belongs to the API, so that a program asks. `/api` itself is a page.
pub(in crate::web) fn is_asked(path: &str) -> bool {
    path.starts_with("/api/")
}

/// A failure as a program reads it.
pub(in crate::web) fn answer(failure: &Failure, status: StatusCode) -> Response {
    let (parameter, detail) = match failure {
        Failure::Parameter { name, detail } => (Some(name.clone()), detail.as_str()),
        Failure::NotFound => (None, "there is nothing at this address; /api/v1 says where to go on"),
        Failure::Withdrawn(_) => (None, "this was taken back by who shared it; its record says why"),
        Failure::Bad => (None, "the address cannot be understood"),
        Failure::Method => (None, "the API is only read: use GET or HEAD"),
        Failure::TooLarge => (None, "the request is too large"),
        Failure::Host => (None, "this node does not answer to this name; its operator can add it to `web_hosts`"),
        Failure::Busy => (None, "too much is asked at once; try again later"),
        Failure::Fault(_) => (None, "the node failed; its log says why"),
    };
    let document = ProblemDocument {
        kind: "about:blank".to_owned(),
        title: status.canonical_reason().unwrap_or_default().to_owned(),
        status: status.as_u16(),
        detail: detail.to_owned(),
        parameter,
    };
    data(status, "application/problem+json", serde_json::to_string(&document).unwrap_or_default())
}
