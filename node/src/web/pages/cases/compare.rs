//! Two to four cases side by side.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use idenett_protocol::id::EntryId;

use crate::clock;
use crate::language::Tongue;
use crate::reading::{CaseView, case_view};
use crate::web::asked::Asked;
use crate::web::cards::{evidence, lang};
use crate::web::failure::Failure;
use crate::web::shell::{Place, Shell};
use crate::web::site::Site;
use crate::web::text::{self, Prose};
use crate::web::wording::{self, Named};

/// Cases that stand side by side at least and at most.
const FEWEST: usize = 2;
const MOST: usize = 4;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/compare", get(compare))
}

#[derive(Template)]
#[template(path = "compare.html")]
struct Page {
    t: Tongue,
    shell: Shell,
    /// Whether there is anything to compare.
    enough: bool,
    heads: Vec<(Named, Named, String)>,
    rows: Vec<(String, Vec<Cell>)>,
}

/// What one case says in one row.
struct Cell {
    lang: String,
    says: Prose,
}

async fn compare(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.page(asked, page).await
}

fn page(site: &Site, asked: &Asked) -> Result<Page, Failure> {
    let t = asked.t;
    let mut ids: Vec<EntryId> = Vec::new();
    for (_, text) in asked.query.iter().filter(|(name, _)| name == "id") {
        let id = text.parse().map_err(|_| Failure::Bad)?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids.truncate(MOST);
    let day = clock::now().day();
    let views: Vec<CaseView> =
        ids.iter().filter_map(|id| case_view(site.library(), id, day).transpose()).collect::<Result<_, _>>()?;
    let head = |v: &CaseView| {
        let title = wording::title(t, &v.text.title, v.shown.text_state);
        (Named::link(title, wording::case(&v.shown.id)), Named::party(&v.shown.owner), lang(v.facts.lang.id()))
    };
    Ok(Page {
        t,
        shell: Shell::new(site, asked, Place::Cases),
        enough: views.len() >= FEWEST,
        heads: views.iter().map(head).collect(),
        rows: rows(t, &views),
    })
}

fn rows(t: Tongue, views: &[CaseView]) -> Vec<(String, Vec<Cell>)> {
    let label = |key: &str| t.say(key).into_owned();
    let told = |key: &str, say: &dyn Fn(&CaseView) -> String| {
        let cell = |v: &CaseView| Cell { lang: t.id().to_owned(), says: text::prose(&say(v)) };
        (label(key), views.iter().map(cell).collect::<Vec<_>>(), views.iter().any(|v| !say(v).is_empty()))
    };
    let written = |key: &str, say: &dyn Fn(&CaseView) -> String| {
        let cell = |v: &CaseView| Cell { lang: lang(v.facts.lang.id()), says: text::prose(&say(v)) };
        (label(key), views.iter().map(cell).collect::<Vec<_>>(), views.iter().any(|v| !say(v).is_empty()))
    };
    let rows = [
        told("field-status", &|v| wording::label(t, &v.facts.status).unwrap_or_default()),
        told("facet-evidence", &|v| evidence(t, v.evidence.level)),
        told("reuse-heading", &|v| wording::used_by(t, v.reusers().len())),
        told("field-sector", &|v| wording::label(t, &v.facts.sector).unwrap_or_default()),
        written("case-problem", &|v| v.text.problem.clone()),
        written("case-solution", &|v| v.text.solution.clone()),
        told("case-effect", &|v| values(t, v)),
        written("case-core", &|v| v.text.core.clone()),
        written("case-adaptable", &|v| v.text.adaptable.clone()),
        written("case-prerequisites", &|v| v.text.prerequisites.clone()),
        told("case-effort", &|v| effort(t, v)),
        written("case-lessons", &|v| v.text.lessons.clone()),
        told("ready", &|v| if v.readiness.is_ready() { label("facet-yes") } else { String::new() }),
    ];
    rows.into_iter().filter(|(_, _, any)| *any).map(|(label, cells, _)| (label, cells)).collect()
}

fn values(t: Tongue, v: &CaseView) -> String {
    let one = |value: &idenett_protocol::body::ValueClaim| {
        let observed = if value.observed { t.say("value-observed") } else { t.say("value-expected") };
        format!("- {} ({})", t.label(&value.kind), observed.to_lowercase())
    };
    v.facts.values.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn effort(t: Tongue, v: &CaseView) -> String {
    let lines = v.facts.effort.as_ref().map(|e| wording::effort(t, e)).unwrap_or_default();
    let line = |fact: &wording::Fact| {
        let values: Vec<&str> = fact.values.iter().map(|n| n.name.as_str()).collect();
        format!("- {}: {}", fact.label, values.join(", "))
    };
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}
