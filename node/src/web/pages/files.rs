//! Style sheets, script and sign.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use crate::web::asked::Asked;
use crate::web::failure::Failure;
use crate::web::name::Name;
use crate::web::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/assets/{name}", get(asset))
}

async fn asset(State(site): State<Arc<Site>>, asked: Asked, name: Name) -> Response {
    site.assets().answer(name.as_str()).unwrap_or_else(|| Failure::NotFound.answer(&site, &asked))
}
