//! What cannot be shown, and why: a status, and a page that helps on. What failed inside is logged once and not shown.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use idenett_protocol::id::EntryId;

use super::answer::page;
use super::api;
use super::asked::Asked;
use super::shell::{Place, Shell};
use super::site::Site;
use super::wording;
use crate::language::Tongue;
use crate::library::LibraryFault;
use crate::problem::Problem;

/// Why there is no page.
#[derive(Debug)]
pub(super) enum Failure {
    /// There is nothing at this address.
    NotFound,
    /// This case was taken back, and with it what was made of it.
    Withdrawn(EntryId),
    /// The address says something that cannot be understood.
    Bad,
    /// A parameter of the query is wrong.
    Parameter { name: String, detail: String },
    /// Pages are only read.
    Method,
    /// The request is too large.
    TooLarge,
    /// The pages are not reached under this name.
    Host,
    /// It took too long: too much is asked at once.
    Busy,
    /// This node failed.
    Fault(String),
}

impl From<LibraryFault> for Failure {
    fn from(fault: LibraryFault) -> Self {
        Self::Fault(fault.to_string())
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Fault(problem.to_string())
    }
}

/// The page of a failure.
#[derive(Template)]
#[template(path = "failure.html")]
struct Page {
    t: Tongue,
    shell: Shell,
    code: u16,
    title: String,
    text: String,
    /// The case about which it is.
    case: Option<String>,
}

impl Failure {
    /// The page that says so.
    pub(super) fn answer(&self, site: &Site, asked: &Asked) -> Response {
        if let Failure::Fault(fault) = self {
            tracing::error!(fault, path = asked.path, "a page could not be made");
        }
        let (status, name) = self.kind();
        if api::is_asked(&asked.path) {
            return api::problem(self, status);
        }
        let t = asked.t;
        let page_of = Page {
            t,
            shell: Shell::new(site, asked, Place::None),
            code: status.as_u16(),
            title: t.say(&format!("fault-{name}")).into_owned(),
            text: t.say(&format!("fault-{name}-text")).into_owned(),
            case: if let Failure::Withdrawn(id) = self { Some(wording::case(id)) } else { None },
        };
        page(status, page_of.render().unwrap_or_default(), asked)
    }

    const fn kind(&self) -> (StatusCode, &'static str) {
        match self {
            Failure::NotFound => (StatusCode::NOT_FOUND, "not-found"),
            Failure::Withdrawn(_) => (StatusCode::GONE, "withdrawn"),
            Failure::Bad | Failure::Parameter { .. } => (StatusCode::BAD_REQUEST, "bad"),
            Failure::Method => (StatusCode::METHOD_NOT_ALLOWED, "method"),
            Failure::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "too-large"),
            Failure::Host => (StatusCode::MISDIRECTED_REQUEST, "host"),
            Failure::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
            Failure::Fault(_) => (StatusCode::INTERNAL_SERVER_ERROR, "node"),
        }
    }
}
