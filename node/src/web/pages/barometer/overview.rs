//! The barometer at a glance: the headlines, then every indicator with what others have published.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use idenett_protocol::barometer::{ALL, Basis, Dimension, Figure, Indicator, Statistics, Value};
use idenett_protocol::organisation::OrgNumber;

use super::asked_for::{AskedFor, Choice};
use super::releases::entry;
use super::rows::{from, value};
use crate::barometer::{Spread, places};
use crate::clock;
use crate::export::labels::Labels;
use crate::language::Tongue;
use crate::reading::{card, party};
use crate::web::asked::Asked;
use crate::web::failure::Failure;
use crate::web::map::Map;
use crate::web::shell::{Place, Shell};
use crate::web::site::Site;
use crate::web::wording::{Named, case, title};

/// What is told first, each with the series that says most.
const HEADLINES: [(Indicator, &str); 6] = [
    (Indicator::B1, "share"),
    (Indicator::B5, "share"),
    (Indicator::B3, "share"),
    (Indicator::B4, "per_case"),
    (Indicator::B9, "all"),
    (Indicator::B21, "share"),
];

/// Ways from one to another in the table; the map draws more.
const ARC_ROWS: usize = 20;

#[derive(Template)]
#[template(path = "barometer.html")]
struct Page {
    t: Tongue,
    shell: Shell,
    date: String,
    period: String,
    definitions: String,
    frontier: String,
    periods: Vec<Choice>,
    mirror: String,
    /// What the registrar has published of the same day and period.
    released: Option<Named>,
    headlines: Vec<Headline>,
    indicators: Vec<Line>,
    cases: Vec<(Named, String)>,
    reusers: Vec<(Named, String)>,
    map: Map,
    arcs: Vec<(Named, Named, String)>,
}

/// A figure that stands by itself.
struct Headline {
    name: String,
    href: String,
    value: String,
    from: String,
    /// What others have published, with why it is not the same.
    beside: Vec<(String, String, String)>,
}

/// An indicator in the list.
struct Line {
    id: &'static str,
    name: &'static str,
    href: String,
    value: String,
    from: String,
    /// What the figure is of, where the indicator has several.
    series: String,
}

pub(super) async fn overview(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.page(asked, page).await
}

fn page(site: &Site, asked: &Asked) -> Result<Page, Failure> {
    let t = asked.t;
    let wanted = AskedFor::read(asked)?;
    let statistics = site.desk().statistics(wanted.day, wanted.span)?;
    let trend = site.desk().trend(wanted.day, false)?;
    let programmes = BTreeMap::new();
    let labels = Labels { tongue: t, places: places(), programmes: &programmes };
    let (frontier, released) = site.desk().barometer(|b| (b.frontier(), b.released(wanted.day, wanted.span)))?;
    let headlines = HEADLINES.iter().filter_map(|(i, series)| headline(asked, &wanted, &statistics, (*i, series)));
    Ok(Page {
        t,
        shell: Shell::new(site, asked, Place::Barometer),
        date: t.date(wanted.day),
        period: labels.period(wanted.span),
        definitions: statistics.definitions.to_string(),
        frontier: frontier.map(|digest| digest.short()).unwrap_or_default(),
        periods: wanted.periods(|span| labels.period(span)),
        mirror: wanted.address(asked, "/barometer/mirror"),
        released: released.as_ref().map(entry),
        headlines: headlines.collect(),
        cases: most_reused(site, t, &trend.spread)?,
        reusers: most_active(site, t, &trend.spread),
        map: flow(site, t, &trend.spread),
        arcs: arcs(site, t, &trend.spread),
        indicators: Indicator::EVERY.iter().map(|i| line(asked, &wanted, &statistics, (*i, &labels))).collect(),
    })
}

fn undivided(statistics: &Statistics, indicator: Indicator) -> Option<&Figure> {
    statistics.figure(indicator, (Dimension::All, Basis::Today))
}

fn headline(
    asked: &Asked,
    wanted: &AskedFor,
    statistics: &Statistics,
    (indicator, series): (Indicator, &str),
) -> Option<Headline> {
    let t = asked.t;
    let found = undivided(statistics, indicator)?.cell(series, ALL)?;
    let definition = indicator.definition();
    let lang = t.lang();
    let published = definition.published.iter();
    Some(Headline {
        name: definition.name.say(lang).to_owned(),
        href: address(asked, wanted, indicator),
        value: value(t, &found),
        from: from(t, &found),
        beside: published
            .map(|p| (p.value.say(lang).to_owned(), p.source.to_owned(), p.difference.say(lang).to_owned()))
            .collect(),
    })
}

fn line(
    asked: &Asked,
    wanted: &AskedFor,
    statistics: &Statistics,
    (indicator, labels): (Indicator, &Labels<'_>),
) -> Line {
    let t = asked.t;
    let figure = undivided(statistics, indicator);
    let cells = || figure.into_iter().flat_map(|f| &f.cells);
    // Of several series the one with most in it is told here; the page of the indicator has them all.
    let level = |v: &Value| match *v {
        Value::Share { n, .. } | Value::Level { n } | Value::Saved { n, .. } => n,
        Value::Mean { of, .. } | Value::Days { of, .. } => of,
        Value::Net { .. } | Value::NotKnown => 0,
    };
    let told = if matches!(
        indicator,
        Indicator::B2
            | Indicator::B8
            | Indicator::B13
            | Indicator::B14
            | Indicator::B18
            | Indicator::B20
            | Indicator::B24
            | Indicator::S1
    ) {
        cells().rev().max_by_key(|cell| level(&cell.value))
    } else {
        cells().next()
    };
    let several = cells().count() > 1;
    Line {
        id: indicator.id(),
        name: indicator.definition().name.say(t.lang()),
        href: address(asked, wanted, indicator),
        value: told.map_or_else(|| "..".to_owned(), |cell| value(t, &cell.value)),
        from: told.map(|cell| from(t, &cell.value)).unwrap_or_default(),
        series: told
            .filter(|_| several)
            .map(|c| labels.series(indicator, Dimension::All, &c.series))
            .unwrap_or_default(),
    }
}

fn address(asked: &Asked, wanted: &AskedFor, indicator: Indicator) -> String {
    wanted.address(asked, &format!("/barometer/{indicator}"))
}

fn number(t: Tongue, n: usize) -> String {
    t.number(i64::try_from(n).unwrap_or(i64::MAX))
}

fn most_reused(site: &Site, t: Tongue, spread: &Spread) -> Result<Vec<(Named, String)>, Failure> {
    let mut rows = Vec::new();
    for (id, n) in &spread.cases {
        if let Some(card) = card(site.library(), id, clock::now().day())? {
            rows.push((Named::link(title(t, &card.title, card.text_state), case(id)), number(t, *n)));
        }
    }
    Ok(rows)
}

fn most_active(site: &Site, t: Tongue, spread: &Spread) -> Vec<(Named, String)> {
    spread.reusers.iter().map(|(org, n)| (named(site, *org), number(t, *n))).collect()
}

fn named(site: &Site, org: OrgNumber) -> Named {
    Named::party(&site.library().ledger(|l| party(l, org)))
}

/// From whom to whom most went.
fn arcs(site: &Site, t: Tongue, spread: &Spread) -> Vec<(Named, Named, String)> {
    let rows = spread.arcs.iter().take(ARC_ROWS);
    rows.map(|((from, to), n)| (named(site, *from), named(site, *to), number(t, *n))).collect()
}

/// The municipalities between which cases went, each sized by how much came from it, with arcs.
fn flow(site: &Site, t: Tongue, spread: &Spread) -> Map {
    let mut map = Map::new(t.say("barometer-map"), t.say("barometer-map-about"));
    let mut sizes: BTreeMap<OrgNumber, (usize, String)> = BTreeMap::new();
    for ((from, to), n) in &spread.arcs {
        sizes.entry(*to).or_default();
        sizes.entry(*from).or_default().0 += n;
    }
    for (org, (n, says)) in &mut sizes {
        let name = site.library().ledger(|l| party(l, *org)).name;
        *says = format!("{}: {}", crate::web::text::plain(&name), number(t, *n));
    }
    map.mark(&sizes);
    spread.arcs.iter().for_each(|((from, to), _)| map.arc(*from, *to));
    map
}
