//! One indicator: what it means, its figures as bars and as a table, its years, what others have published.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, HeaderValue};
use axum::response::Response;
use idenett_protocol::barometer::{Basis, Dimension, Figure, Focus, Indicator, Reckoning};
use idenett_protocol::id::EntryId;

use super::asked_for::{AskedFor, Choice};
use super::behind::way;
use super::rows::{Row, rows};
use super::trend::{Years, curve};
use crate::barometer::places;
use crate::export::labels::Labels;
use crate::language::Tongue;
use crate::web::answer::data;
use crate::web::asked::{Asked, address};
use crate::web::chart::Chart;
use crate::web::failure::Failure;
use crate::web::name::Name;
use crate::web::shell::{Place, Shell};
use crate::web::site::Site;
use crate::web::turning::Turning;

/// Lines of a table on one page.
const ROWS: usize = 60;

#[derive(Template)]
#[template(path = "indicator.html")]
struct Page {
    t: Tongue,
    shell: Shell,
    id: &'static str,
    name: &'static str,
    numerator: &'static str,
    denominator: &'static str,
    date: String,
    period: String,
    back: String,
    periods: Vec<Choice>,
    dimensions: Vec<Choice>,
    bases: Vec<Choice>,
    by: String,
    divided: bool,
    overlaps: bool,
    rows: Vec<Row>,
    turning: Turning,
    years: Years,
    panel: bool,
    other_members: String,
    curve: Chart,
    published: Vec<(String, String, String)>,
    downloads: Vec<(String, &'static str)>,
}

/// The page of an indicator, or with an ending, as `B7.csv`, its figures as a file.
pub(super) async fn figure(State(site): State<Arc<Site>>, asked: Asked, name: Name) -> Response {
    match name.as_str().split_once('.') {
        None => site.page(asked, move |site, asked| page(site, asked, indicator(name.as_str())?)).await,
        Some((id, ending)) => {
            let (id, ending) = (id.to_owned(), ending.to_owned());
            site.answer(asked, move |site, asked| file(site, asked, indicator(&id)?, &ending)).await
        }
    }
}

pub(super) fn indicator(id: &str) -> Result<Indicator, Failure> {
    Indicator::EVERY.into_iter().find(|i| i.id() == id).ok_or(Failure::NotFound)
}

fn page(site: &Site, asked: &Asked, indicator: Indicator) -> Result<Page, Failure> {
    let t = asked.t;
    let wanted = AskedFor::read(asked)?;
    let programmes = programmes(site, &wanted)?;
    let labels = Labels { tongue: t, places: places(), programmes: &programmes };
    let figure = found(site, &wanted, indicator)?;
    let trend = site.desk().trend(wanted.day, wanted.panel)?;
    let definition = indicator.definition();
    let lang = t.lang();
    let all = rows(t, &labels, &figure, |cell| way(asked, indicator, cell));
    let turning = Turning::by(asked, all.len(), ROWS);
    let years = Years::of(t, &labels, indicator, &trend);
    let choice = |value: &str, label: String, chosen: bool| Choice { value: value.to_owned(), label, chosen };
    Ok(Page {
        t,
        shell: Shell::new(site, asked, Place::Barometer),
        id: indicator.id(),
        name: definition.name.say(lang),
        numerator: definition.numerator.say(lang),
        denominator: definition.denominator.say(lang),
        date: t.date(wanted.day),
        period: labels.period(wanted.span),
        back: wanted.address(asked, "/barometer"),
        periods: wanted.periods(|span| labels.period(span)),
        dimensions: Dimension::EVERY.map(|d| choice(d.id(), labels.dimension(d), d == wanted.dimension)).into(),
        bases: [Basis::Today, Basis::Then].map(|b| choice(b.id(), labels.basis(b), b == wanted.basis)).into(),
        by: labels.dimension(wanted.dimension),
        divided: wanted.dimension != Dimension::All,
        overlaps: wanted.dimension.overlaps(),
        rows: all.into_iter().skip(turning.before()).take(ROWS).collect(),
        turning,
        years,
        panel: wanted.panel,
        other_members: asked.address("members", if wanted.panel { None } else { Some("same") }),
        curve: if indicator == Indicator::B9 { curve(t, &trend) } else { Chart::default() },
        published: definition
            .published
            .iter()
            .map(|p| (p.value.say(lang).to_owned(), p.source.to_owned(), p.difference.say(lang).to_owned()))
            .collect(),
        downloads: FORMATS
            .iter()
            .map(|(ending, name, _)| (address(&format!("{}.{ending}", asked.path), pairs(asked)), *name))
            .collect(),
    })
}

/// What programmes are called, where that is asked.
pub(super) fn programmes(site: &Site, wanted: &AskedFor) -> Result<BTreeMap<EntryId, String>, Failure> {
    if wanted.dimension == Dimension::Programme { Ok(site.desk().programme_titles()?) } else { Ok(BTreeMap::new()) }
}

fn pairs(asked: &Asked) -> impl Iterator<Item = (&str, &str)> {
    asked.query.iter().filter(|(name, _)| name != "page").map(|(n, v)| (n.as_str(), v.as_str()))
}

/// The figure that is asked for: one that a release has is counted with all others and kept.
fn found(site: &Site, wanted: &AskedFor, indicator: Indicator) -> Result<Figure, Failure> {
    let cut = (wanted.dimension, wanted.basis);
    let statistics = site.desk().statistics(wanted.day, wanted.span)?;
    if let Some(figure) = statistics.figure(indicator, cut) {
        return Ok(figure.clone());
    }
    Ok(site.desk().barometer(|b| b.reckoning(wanted.day, Focus::default()).figure(indicator, wanted.span, cut))?)
}

/// What a figure can be downloaded as: the ending of the address, what people call it, and its type.
const FORMATS: [(&str, &str, &str); 3] = [
    ("csv", "CSV", "text/csv; charset=utf-8"),
    ("json", "JSON-stat", "application/json"),
    ("xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
];

fn file(site: &Site, asked: &Asked, indicator: Indicator, ending: &str) -> Result<Response, Failure> {
    let (_, _, kind) = FORMATS.into_iter().find(|(known, ..)| *known == ending).ok_or(Failure::NotFound)?;
    let wanted = AskedFor::read(asked)?;
    let figure = found(site, &wanted, indicator)?;
    let programmes = programmes(site, &wanted)?;
    let labels = Labels { tongue: asked.t, places: places(), programmes: &programmes };
    let heading = Reckoning::heading(wanted.day, wanted.span);
    let bytes = super::files::write(ending, &heading, &figure, &labels)?;
    let mut answer = data(StatusCode::OK, kind, bytes);
    let called = format!("attachment; filename=\"idenett-{indicator}-{}.{ending}\"", wanted.day);
    if let Ok(called) = HeaderValue::from_str(&called) {
        answer.headers_mut().insert(CONTENT_DISPOSITION, called);
    }
    Ok(answer)
}
