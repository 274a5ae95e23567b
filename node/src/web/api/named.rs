//! The last part of an address, which names something.

use std::sync::Arc;

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use axum::response::Response;

use crate::web::asked::Asked;
use crate::web::failure::Failure;
use crate::web::site::Site;

/// A name in an address. One that cannot be read names nothing.
pub(super) struct Named(String);

impl Named {
    /// What is named; nothing is found under a name of another form.
    pub(super) fn parse<T: std::str::FromStr>(&self) -> Result<T, Failure> {
        self.0.parse().map_err(|_| Failure::NotFound)
    }
}

impl FromRequestParts<Arc<Site>> for Named {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, site: &Arc<Site>) -> Result<Self, Response> {
        match Path::<String>::from_request_parts(parts, site).await {
            Ok(Path(name)) => Ok(Self(name)),
            Err(_) => Err(Failure::NotFound.answer(site, &Asked::of(parts, site.tongue()))),
        }
    }
}
