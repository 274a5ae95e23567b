//! The figures that the registrar has published: what each covers, what it corrects, and how anyone counts it again.
//! Nothing is counted here.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use idenett_protocol::barometer::{DEFINITIONS, Window};
use idenett_protocol::id::EntryId;

use crate::barometer::{Published, places, published};
use crate::export::labels::Labels;
use crate::language::Tongue;
use crate::web::asked::{Asked, address};
use crate::web::failure::Failure;
use crate::web::limits::ROWS;
use crate::web::shell::{Place, Shell};
use crate::web::site::Site;
use crate::web::turning::Turning;
use crate::web::wording::{Named, record};

#[derive(Template)]
#[template(path = "releases.html")]
struct Page {
    t: Tongue,
    shell: Shell,
    /// Figures of different definitions are never set side by side.
    versions: Vec<Version>,
    turning: Turning,
}

/// The releases of one version of the definitions, the newest first.
struct Version {
    definitions: u32,
    /// Whether this node counts by the same.
    ours: bool,
    rows: Vec<Row>,
}

struct Row {
    day: Named,
    period: String,
    signed: String,
    result: String,
    record: Named,
    replaces: Option<Named>,
    replaced_by: Option<Named>,
}

pub(super) async fn releases(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.page(asked, page).await
}

fn page(site: &Site, asked: &Asked) -> Result<Page, Failure> {
    let all = published(site.library())?;
    let turning = Turning::new(asked, all.len());
    let mut shown: Vec<&Published> = all.iter().rev().collect();
    shown.sort_by_key(|one| std::cmp::Reverse(one.release.definitions));
    let shown: Vec<&Published> = shown.into_iter().skip(turning.before()).take(ROWS).collect();
    let version = |some: &[&Published]| {
        let definitions = some.first().map(|one| one.release.definitions).unwrap_or_default();
        let rows = some.iter().map(|one| row(asked.t, &all, one)).collect();
        Version { definitions, ours: definitions == DEFINITIONS, rows }
    };
    Ok(Page {
        t: asked.t,
        shell: Shell::new(site, asked, Place::Barometer),
        versions: shown.chunk_by(|a, b| a.release.definitions == b.release.definitions).map(version).collect(),
        turning,
    })
}

fn row(t: Tongue, all: &[Published], one: &Published) -> Row {
    let release = &one.release;
    Row {
        day: day(t, one),
        period: period(t, one),
        signed: t.moment(one.signed),
        result: release.result.short(),
        record: entry(&one.id),
        replaces: release.replaces.as_ref().map(entry),
        replaced_by: all.iter().find(|later| later.release.replaces == Some(one.id)).map(|later| entry(&later.id)),
    }
}

/// The day of reckoning, with the way to what this node counts for it.
fn day(t: Tongue, one: &Published) -> Named {
    let told = t.date(one.release.date);
    let Some(span) = one.span().filter(|_| one.release.definitions == DEFINITIONS) else { return Named::plain(told) };
    let (period, as_of) = (span.to_string(), one.release.date.to_string());
    Named::link(told, address("/barometer", [("period", period.as_str()), ("as_of", as_of.as_str())]))
}

/// The period as it is chosen, else the days that the release names.
fn period(t: Tongue, one: &Published) -> String {
    if let Some(span) = one.span() {
        return Labels { tongue: t, places: places(), programmes: &std::collections::BTreeMap::new() }.period(span);
    }
    let window = one.release.period.start.zip(one.release.period.end).map(|(from, to)| Window { from, to });
    window.map(|w| format!("{} – {}", t.date(w.from), t.date(w.to))).unwrap_or_default()
}

/// An entry with the way to its page.
pub(super) fn entry(id: &EntryId) -> Named {
    Named::link(id.short(), record(id))
}
