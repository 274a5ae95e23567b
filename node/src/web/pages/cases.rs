//! The list of cases.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use idenett_protocol::codes::{CaseStatus, Code, CodeList, Sector, Theme, WickedProblem};
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;

use crate::clock;
use crate::language::Tongue;
use crate::reading::{Catalogue, Order, Row, cards};
use crate::web::asked::Asked;
use crate::web::cards::CardRow;
use crate::web::failure::Failure;
use crate::web::limits::ROWS;
use crate::web::shell::{Place, Shell};
use crate::web::site::Site;
use crate::web::turning::Turning;
use crate::web::wording::Named;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/cases", get(list))
}

#[derive(Template)]
#[template(path = "cases.html")]
struct Page {
    t: Tongue,
    shell: Shell,
    found: String,
    chosen: Vec<Named>,
    sorts: Vec<(Named, bool)>,
    rows: Vec<CardRow>,
    turning: Turning,
}

async fn list(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.page(asked, |site, asked| site.catalogue(|catalogue| page(site, asked, catalogue))).await
}

/// By what the list is narrowed.
struct Filter {
    theme: Option<Theme>,
    wicked: Option<WickedProblem>,
    sector: Option<Sector>,
    status: Option<CaseStatus>,
}

impl Filter {
    fn of(asked: &Asked) -> Result<Self, Failure> {
        Ok(Self {
            theme: code(asked, "theme")?,
            wicked: code(asked, "wicked")?,
            sector: code(asked, "sector")?,
            status: code(asked, "status")?,
        })
    }

    fn fits(&self, row: &Row) -> bool {
        // A theme stands for what belongs to it too.
        let theme = self.theme.is_none_or(|t| row.themes.iter().any(|other| *other == t || other.broader() == Some(t)));
        theme
            && self.wicked.is_none_or(|w| row.wicked.contains(&w))
            && self.sector.is_none_or(|s| row.sector == Some(s))
            && self.status.is_none_or(|s| row.status == Some(s))
    }

    /// What was chosen, each with the way to the list without it.
    fn chosen(&self, asked: &Asked) -> Vec<Named> {
        let t = asked.t;
        let chip = |name: &str, label: Option<String>| label.map(|l| Named::link(l, asked.address(name, None)));
        [
            chip("theme", self.theme.map(|c| t.label(&Code::Known(c)))),
            chip("wicked", self.wicked.map(|c| t.label(&Code::Known(c)))),
            chip("sector", self.sector.map(|c| t.label(&Code::Known(c)))),
            chip("status", self.status.map(|c| t.label(&Code::Known(c)))),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

fn code<T: CodeList>(asked: &Asked, name: &str) -> Result<Option<T>, Failure> {
    asked.value(name).map(|id| T::named(id).ok_or(Failure::Bad)).transpose()
}

fn page(site: &Site, asked: &Asked, catalogue: &Catalogue) -> Result<Page, Failure> {
    let t = asked.t;
    let filter = Filter::of(asked)?;
    let most_reused = asked.value("sort") == Some("most_reused");
    let order = if most_reused { Order::MostReused } else { Order::Newest };
    let all = catalogue.list(Kind::Case, order, |row| filter.fits(row));
    let turning = Turning::new(asked, all.len());
    let shown: Vec<EntryId> = all.iter().skip(turning.before()).take(ROWS).map(|row| row.id).collect();
    Ok(Page {
        t,
        shell: Shell::new(site, asked, Place::Cases),
        found: t.count("cases-count", all.len()).into_owned(),
        chosen: filter.chosen(asked),
        sorts: vec![
            (Named::link(t.say("sort-newest"), asked.address("sort", None)), !most_reused),
            (Named::link(t.say("sort-most-reused"), asked.address("sort", Some("most_reused"))), most_reused),
        ],
        rows: CardRow::all(t, &cards(site.library(), &shown, clock::now().day())?),
        turning,
    })
}
