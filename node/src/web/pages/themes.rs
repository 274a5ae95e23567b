//! Browsing by problem, by sector and by theme.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use idenett_protocol::codes::{Code, CodeList, Theme};

use crate::language::Tongue;
use crate::reading::Catalogue;
use crate::web::asked::{Asked, address};
use crate::web::failure::Failure;
use crate::web::shell::{Place, Shell};
use crate::web::site::Site;
use crate::web::wording::Named;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/themes", get(themes))
}

#[derive(Template)]
#[template(path = "themes.html")]
struct Page {
    t: Tongue,
    shell: Shell,
    wicked: Vec<(Named, String)>,
    sectors: Vec<(Named, String)>,
    branches: Vec<Branch>,
}

/// A theme with those that belong to it.
struct Branch {
    top: Named,
    count: String,
    below: Vec<(Named, String)>,
}

async fn themes(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.page(asked, |site, asked| site.catalogue(|catalogue| page(site, asked, catalogue))).await
}

fn page(site: &Site, asked: &Asked, catalogue: &Catalogue) -> Result<Page, Failure> {
    let t = asked.t;
    let counted = catalogue.subjects();
    Ok(Page {
        t,
        shell: Shell::new(site, asked, Place::Themes),
        wicked: rows(t, "wicked_problem", &counted.wicked),
        sectors: rows(t, "sector", &counted.sectors),
        branches: branches(t, &counted.themes),
    })
}

/// The codes that have any cases, with how many.
fn rows<T: CodeList>(t: Tongue, name: &str, counted: &[(T, usize)]) -> Vec<(Named, String)> {
    let some = counted.iter().filter(|(_, count)| *count > 0);
    some.map(|(code, count)| row(t, name, *code, *count)).collect()
}

fn row<T: CodeList>(t: Tongue, name: &str, code: T, count: usize) -> (Named, String) {
    let number = t.number(i64::try_from(count).unwrap_or(i64::MAX));
    (Named::link(t.label(&Code::Known(code)), address("/cases", [(name, code.id())])), number)
}

fn branches(t: Tongue, counted: &[(Theme, usize)]) -> Vec<Branch> {
    let some = || counted.iter().filter(|(_, count)| *count > 0);
    let branch = |(top, count): &(Theme, usize)| {
        let below: Vec<(Theme, usize)> = some().filter(|(theme, _)| theme.broader() == Some(*top)).copied().collect();
        let (named, count) = row(t, "theme", *top, *count);
        Branch { top: named, count, below: rows(t, "theme", &below) }
    };
    some().filter(|(theme, _)| theme.broader().is_none()).map(branch).collect()
}
