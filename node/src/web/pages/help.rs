//! What Idenett is, and how one takes part.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use crate::language::Tongue;
use crate::reading::Evidence;
use crate::web::asked::Asked;
use crate::web::cards;
use crate::web::shell::{Place, Shell};
use crate::web::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/help", get(help))
}

#[derive(Template)]
#[template(path = "help.html")]
struct Page {
    t: Tongue,
    shell: Shell,
    levels: Vec<String>,
}

async fn help(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.page(asked, |site, asked| {
        let levels = (0..=Evidence::HIGHEST).map(|level| cards::evidence(asked.t, level)).collect();
        Ok(Page { t: asked.t, shell: Shell::new(site, asked, Place::Help), levels })
    })
    .await
}
