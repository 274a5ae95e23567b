//! The self-mirror: one municipality beside those like it, the whole network, and what others have published. Printed,
//! it is the report for leader agreements and the council.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use idenett_protocol::barometer::{ALL, Figure, Indicator, Value};
use idenett_protocol::codes::Lang;
use idenett_protocol::organisation::OrgNumber;

use super::asked_for::{AskedFor, Choice};
use super::rows::{from, value};
use crate::barometer::places;
use crate::export::labels::Labels;
use crate::language::Tongue;
use crate::likeness::likeness;
use crate::reading::{members, party};
use crate::web::asked::Asked;
use crate::web::failure::Failure;
use crate::web::shell::{Place, Shell};
use crate::web::site::Site;
use crate::web::wording::municipality;

/// What can be said of one municipality, each with the series that says most.
const ROWS: [(Indicator, &str); 16] = [
    (Indicator::S1, "in_use"),
    (Indicator::S1, "utilised"),
    (Indicator::B2, "first"),
    (Indicator::B2, "adapted_or_copy"),
    (Indicator::B3, "share"),
    (Indicator::B4, "per_case"),
    (Indicator::B6, "share"),
    (Indicator::B7, "share"),
    (Indicator::B10, "share"),
    (Indicator::B11, "share"),
    (Indicator::B12, "share"),
    (Indicator::B14, "citizens"),
    (Indicator::B15, "share"),
    (Indicator::B16, "share"),
    (Indicator::B19, "active"),
    (Indicator::B22, "share"),
];

#[derive(Template)]
#[template(path = "mirror.html")]
struct Page {
    t: Tongue,
    shell: Shell,
    name: String,
    href: String,
    back: String,
    date: String,
    period: String,
    periods: Vec<Choice>,
    members: Vec<Choice>,
    alike: Vec<String>,
    rows: Vec<Line>,
    definitions: u32,
    frontier: String,
}

/// One measure in all mirrors.
struct Line {
    name: String,
    href: String,
    own: (String, String),
    alike: (String, String),
    everyone: (String, String),
    published: String,
}

pub(super) async fn mirror(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.page(asked, page).await
}

fn page(site: &Site, asked: &Asked) -> Result<Page, Failure> {
    let t = asked.t;
    let wanted = AskedFor::read(asked)?;
    let known = members(site.library());
    let org: OrgNumber = match asked.value("org") {
        Some(text) => text.parse().map_err(|_| Failure::NotFound)?,
        None => site.desk().org(),
    };
    let name = site.library().ledger(|l| party(l, org)).name;
    let alike: BTreeMap<OrgNumber, String> = known
        .iter()
        .filter(|p| likeness(org, p.org).is_some_and(|l| l.is_alike()))
        .map(|p| (p.org, p.name.clone()))
        .collect();
    let mirrors = site.desk().mirrors(wanted.day, wanted.span, org, &alike.keys().copied().collect::<BTreeSet<_>>())?;
    let programmes = BTreeMap::new();
    let labels = Labels { tongue: t, places: places(), programmes: &programmes };
    let frontier = site.desk().barometer(|b| b.frontier())?.map(|digest| digest.short()).unwrap_or_default();
    let line = |(indicator, series): &(Indicator, &str)| {
        let shown = |figures: &[Figure]| told(t, figures, *indicator, series);
        let definition = indicator.definition();
        let published: Vec<String> =
            definition.published.iter().map(|p| format!("{}: {}", p.source, p.value.say(t.lang()))).collect();
        Line {
            name: named(t, &labels, *indicator, series),
            href: wanted.address(asked, &format!("/barometer/{indicator}")),
            own: shown(&mirrors.own),
            alike: shown(&mirrors.alike),
            everyone: shown(&mirrors.everyone),
            published: published.join("; "),
        }
    };
    Ok(Page {
        t,
        shell: Shell::new(site, asked, Place::Barometer),
        href: municipality(org),
        back: wanted.address(asked, "/barometer"),
        date: t.date(wanted.day),
        period: labels.period(wanted.span),
        periods: wanted.periods(|span| labels.period(span)),
        members: known
            .iter()
            .map(|p| Choice { value: p.org.to_string(), label: p.name.clone(), chosen: p.org == org })
            .collect(),
        alike: alike.into_values().collect(),
        rows: ROWS.iter().map(line).collect(),
        definitions: idenett_protocol::barometer::DEFINITIONS,
        frontier,
        name,
    })
}

fn named(t: Tongue, labels: &Labels<'_>, indicator: Indicator, series: &str) -> String {
    let lang: Lang = t.lang();
    let name = indicator.definition().name.say(lang);
    let series = match series {
        "share" => return name.to_owned(),
        other => labels.series(indicator, idenett_protocol::barometer::Dimension::All, other),
    };
    format!("{name}: {}", series.to_lowercase())
}

fn told(t: Tongue, figures: &[Figure], indicator: Indicator, series: &str) -> (String, String) {
    let found: Option<Value> = figures.iter().find(|f| f.indicator == indicator).and_then(|f| f.cell(series, ALL));
    found.map_or_else(|| (".".to_owned(), String::new()), |v| (value(t, &v), from(t, &v)))
}
