//! The part of an address that names something.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::Response;

use super::asked::Asked;
use super::failure::Failure;
use super::site::Site;

/// A name in an address. One whose bytes are no text names nothing.
pub(super) struct Name(String);

impl Name {
    /// The name as it was written.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// What is named; nothing is found under a name of another form.
    pub(super) fn parse<T: std::str::FromStr>(&self) -> Result<T, Failure> {
        self.0.parse().map_err(|_| Failure::NotFound)
    }
}

impl FromRequestParts<Arc<Site>> for Name {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Response> {
        match Path::<String>::from_request_parts(parts, site).await {
            Ok(Path(name)) => Ok(Self(name)),
            Err(_) => Err(Failure::NotFound.answer(site, &Asked::of(parts, site.tongue()))),
        }
    }
}
