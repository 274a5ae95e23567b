//! The reuse barometer as pages: what the network looks like in figures, and each figure by itself.

mod asked_for;
mod rows;
mod files;
mod trend;
mod behind;
mod figure;
mod overview;
mod mirror;
mod releases;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;

use crate::web::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/barometer", get(overview::overview))
        .route("/barometer/mirror", get(mirror::mirror))
        .route("/barometer/releases", get(releases::releases))
        .route("/barometer/{indicator}", get(figure::figure))
        .route("/barometer/{indicator}/records", get(behind::behind))
}
