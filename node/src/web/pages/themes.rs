//! Browsing by problem, by sector and by theme.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use idenett_protocol::codes::{Code, CodeList, Sector, Theme, WickedProblem};
use idenett_protocol::kind::Kind;

use crate::language::Tongue;
use crate::reading::{Catalogue, Row};
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
    let rows: Vec<&Row> = catalogue.newest(Kind::Case).collect();
    let problem = |p: WickedProblem| rows.iter().filter(|r| r.wicked.contains(&p)).count();
    let sector = |s: Sector| rows.iter().filter(|r| r.sector == Some(s)).count();
    Ok(Page {
        t,
        shell: Shell::new(site, asked, Place::Themes),
        wicked: counted(t, "wicked", problem),
        sectors: counted(t, "sector", sector),
        branches: branches(t, &rows),
    })
}

/// Every code with the number of cases; those without any lead nowhere.
fn counted<T: CodeList>(t: Tongue, name: &str, count: impl Fn(T) -> usize) -> Vec<(Named, String)> {
    let stated = T::ALL.iter().filter(|code| **code != T::NOT_STATED);
    stated.map(|code| row(t, name, *code, count(*code))).filter(|(named, _)| named.href.is_some()).collect()
}

fn row<T: CodeList>(t: Tongue, name: &str, code: T, count: usize) -> (Named, String) {
    let label = t.label(&Code::Known(code));
    let number = t.number(i64::try_from(count).unwrap_or(i64::MAX));
    let way = (count > 0).then(|| address("/cases", [(name, code.id())]));
    (Named { name: label, href: way }, number)
}

fn branches(t: Tongue, rows: &[&Row]) -> Vec<Branch> {
    let count = |theme: Theme| {
        rows.iter().filter(|r| r.themes.iter().any(|other| *other == theme || other.broader() == Some(theme))).count()
    };
    let stated = || Theme::ALL.iter().copied().filter(|theme| *theme != Theme::NOT_STATED);
    let branch = |top: Theme| {
        let below =
            stated().filter(|theme| theme.broader() == Some(top)).map(|theme| row(t, "theme", theme, count(theme)));
        let below = below.filter(|(named, _)| named.href.is_some()).collect();
        let (top, count) = row(t, "theme", top, count(top));
        Branch { top, count, below }
    };
    stated().filter(|theme| theme.broader().is_none()).map(branch).collect()
}
