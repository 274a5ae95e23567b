//! Wicked problems, sectors and themes, with how many cases each has.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use idenett_protocol::codes::CodeList;
use serde::Serialize;
use utoipa::ToSchema;

use super::json;
use super::query::Query;
use crate::web::asked::Asked;
use crate::web::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/api/v1/themes", get(show))
}

/// What cases are about. Every code is there, also those without a case.
#[derive(Serialize, ToSchema)]
struct Themes {
    /// Problems without a final solution.
    wicked_problems: Vec<Subject>,
    /// Parts of the municipality.
    sectors: Vec<Subject>,
    /// Themes. Those below one count for it too.
    themes: Vec<ThemeItem>,
}

/// A code with how many cases it has.
#[derive(Serialize, ToSchema)]
struct Subject {
    /// The code.
    code: String,
    /// How many cases.
    cases: usize,
}

/// A theme with how many cases it has.
#[derive(Serialize, ToSchema)]
struct ThemeItem {
    /// The code.
    code: String,
    /// The theme to which it belongs; null for the highest.
    broader: Option<String>,
    /// How many cases, those of the themes below included.
    cases: usize,
}

/// What cases are about, with how many there are.
#[utoipa::path(get, path = "/api/v1/themes", operation_id = "listThemes", responses((status = 200, description = "What cases are about.", body = Themes)))]
pub(super) async fn show(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.answer(asked, |site, asked| {
        Query::read(asked, &[])?;
        let counted = site.catalogue(|catalogue| Ok(catalogue.subjects()))?;
        json(&Themes {
            wicked_problems: counted.wicked.into_iter().map(Subject::of).collect(),
            sectors: counted.sectors.into_iter().map(Subject::of).collect(),
            themes: counted
                .themes
                .into_iter()
                .map(|(theme, cases)| ThemeItem {
                    code: theme.id().to_owned(),
                    broader: theme.broader().map(|broader| broader.id().to_owned()),
                    cases,
                })
                .collect(),
        })
    })
    .await
}

impl Subject {
    fn of<T: CodeList>((code, cases): (T, usize)) -> Self {
        Self { code: code.id().to_owned(), cases }
    }
}
