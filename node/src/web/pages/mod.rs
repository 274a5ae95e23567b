//! The pages, one file each.

mod start;
mod cases;
mod case;
mod paper;
mod needs;
mod gatherings;
mod themes;
mod municipalities;
mod barometer;
mod network;
mod record;
mod help;
mod api;
mod files;
mod catalog;

use std::sync::Arc;

use axum::Router;

use super::asked::Asked;
use super::failure::Failure;
use super::site::Site;

/// All addresses.
pub(super) fn routes() -> Router<Arc<Site>> {
    let all = [
        start::routes(),
        cases::routes(),
        case::routes(),
        paper::routes(),
        needs::routes(),
        gatherings::routes(),
        themes::routes(),
        municipalities::routes(),
        barometer::routes(),
        network::routes(),
        record::routes(),
        help::routes(),
        api::routes(),
        files::routes(),
        catalog::routes(),
    ];
    all.into_iter().fold(Router::new(), Router::merge).fallback(nothing)
}

async fn nothing(
    axum::extract::State(site): axum::extract::State<Arc<Site>>,
    asked: Asked,
) -> axum::response::Response {
    Failure::NotFound.answer(&site, &asked)
}
