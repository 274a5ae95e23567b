//! The figures of the reuse barometer, and the sets of them that were published.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use idenett_protocol::barometer::{Basis, Cell, DEFINITIONS, Dimension, Figure, Focus, Indicator, Span, Value, Words};
use idenett_protocol::time::Day;
use serde::Serialize;
use utoipa::ToSchema;

use super::json;
use super::parts::at;
use super::query::{Parameter, Query, Takes};
use crate::barometer;
use crate::clock;
use crate::web::asked::Asked;
use crate::web::failure::Failure;
use crate::web::name::Name;
use crate::web::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/api/v1/barometer", get(all))
        .route("/api/v1/barometer/{indicator}", get(one))
        .route("/api/v1/releases", get(releases))
}

/// Figures of one day. Equal frontier, day and definitions give equal figures on every node.
#[derive(Serialize, ToSchema)]
struct Barometer {
    /// The version of the definitions.
    definitions: u32,
    /// The day of reckoning: what is dated later is not counted.
    #[schema(format = Date)]
    date: String,
    /// The period: a year, or `24m`.
    period: String,
    /// By what the figures are broken down.
    dimension: String,
    /// Municipalities as they are `today`, or as they were `then`.
    structure: String,
    /// The digest of the frontier from which they were counted.
    frontier: String,
    /// The figures.
    figures: Vec<Counted>,
}

/// One indicator.
#[derive(Serialize, ToSchema)]
struct Counted {
    /// Its id.
    indicator: String,
    /// Its name.
    name: InWords,
    /// What is counted.
    numerator: InWords,
    /// Out of what.
    denominator: InWords,
    /// The cells; none where the dimension says nothing about what is counted.
    cells: Vec<Number>,
}

/// A text in three languages.
#[derive(Serialize, ToSchema)]
struct InWords {
    /// Bokmål.
    nb: String,
    /// Nynorsk.
    nn: String,
    /// English.
    en: String,
}

/// One cell.
#[derive(Serialize, ToSchema)]
struct Number {
    /// What is counted.
    series: String,
    /// The part of the dimension.
    part: String,
    /// The figure with a point before its decimals, or the sign that stands where there is none: `.` cannot occur, `..`
    /// not known, `:` not shown, `-` nothing. Shares in percent.
    printed: String,
    /// The numerator, the count, or the sum of a mean.
    numerator: Option<i64>,
    /// The denominator, or how many a mean or median is of.
    denominator: Option<u64>,
    /// Of savings the low estimate.
    low: Option<i64>,
    /// Of savings the high estimate.
    high: Option<i64>,
}

/// The published sets of figures, in the order in which they were published.
#[derive(Serialize, ToSchema)]
struct Releases {
    /// The releases.
    items: Vec<Published>,
}

/// A published set of figures.
#[derive(Serialize, ToSchema)]
struct Published {
    /// The entry.
    id: String,
    /// When it was signed.
    #[schema(format = DateTime)]
    signed: String,
    /// The day of reckoning.
    #[schema(format = Date)]
    date: String,
    /// The first day of the period.
    #[schema(format = Date)]
    from: Option<String>,
    /// The last day of the period.
    #[schema(format = Date)]
    to: Option<String>,
    /// The version of the definitions.
    definitions: u32,
    /// The digest of the frontier from which it was counted.
    frontier: String,
    /// The hash of the figures.
    result: String,
    /// The release that this one corrects.
    replaces: Option<String>,
}

/// The parameters of figures.
pub(super) fn parameters() -> Vec<Parameter> {
    vec![
        Parameter {
            name: "as_of",
            says: "The day of reckoning; usually today, or the last day of a year that is over.",
            takes: Takes::Day,
        },
        Parameter { name: "period", says: "A year, or 24m, which is usual.", takes: Takes::Period },
        Parameter {
            name: "by",
            says: "By what the figures are broken down; usually not at all.",
            takes: Takes::OneOf(Dimension::EVERY.map(Dimension::id).into()),
        },
        Parameter {
            name: "structure",
            says: "Municipalities as they are today, or as they were then.",
            takes: Takes::OneOf([Basis::Today, Basis::Then].map(Basis::id).into()),
        },
    ]
}

/// All indicators of a day.
#[utoipa::path(get, path = "/api/v1/barometer", operation_id = "listFigures", responses((status = 200, description = "The figures.", body = Barometer)))]
pub(super) async fn all(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.answer(asked, |site, asked| figures(site, asked, &Indicator::EVERY)).await
}

/// One indicator of a day.
#[utoipa::path(get, path = "/api/v1/barometer/{indicator}", operation_id = "showFigure", responses((status = 200, description = "The figure.", body = Barometer)))]
pub(super) async fn one(State(site): State<Arc<Site>>, asked: Asked, name: Name) -> Response {
    site.answer(asked, move |site, asked| {
        // Only as it is documented, not in small letters too.
        let indicator = Indicator::EVERY.into_iter().find(|i| i.id() == name.as_str()).ok_or(Failure::NotFound)?;
        figures(site, asked, &[indicator])
    })
    .await
}

/// The sets of figures that the registrar has published.
#[utoipa::path(get, path = "/api/v1/releases", operation_id = "listReleases", responses((status = 200, description = "The releases.", body = Releases)))]
pub(super) async fn releases(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.answer(asked, |site, asked| {
        Query::read(asked, &[])?;
        json(&Releases { items: barometer::published(site.library())?.iter().map(Published::from).collect() })
    })
    .await
}

fn figures(site: &Site, asked: &Asked, indicators: &[Indicator]) -> Result<Response, Failure> {
    let query = Query::read(asked, &parameters())?;
    // All values were checked, so that none falls back here.
    let span: Span = query.value("period").and_then(|p| p.parse().ok()).unwrap_or(Span::Months24);
    let today = clock::now().day();
    let usual = match span {
        Span::Year(year) => Day::from_ymd(year, 12, 31).map_or(today, |end| end.min(today)),
        Span::Months24 => today,
    };
    let day = query.value("as_of").and_then(|d| d.parse().ok()).unwrap_or(usual);
    let dimension = query.value("by").and_then(|d| d.parse().ok()).unwrap_or(Dimension::All);
    let basis = query.value("structure").and_then(|s| s.parse().ok()).unwrap_or_default();
    let (frontier, figures) = site.desk().barometer(|b| {
        let figures = b.reckoning(day, Focus::default()).figures(indicators, span, (dimension, basis));
        (b.frontier().map(|f| f.to_string()).unwrap_or_default(), figures)
    })?;
    json(&Barometer {
        definitions: DEFINITIONS,
        date: day.to_string(),
        period: span.to_string(),
        dimension: dimension.id().to_owned(),
        structure: basis.id().to_owned(),
        frontier,
        figures: figures.iter().map(Counted::from).collect(),
    })
}

impl From<&Figure> for Counted {
    fn from(figure: &Figure) -> Self {
        let definition = figure.indicator.definition();
        Self {
            indicator: figure.indicator.id().to_owned(),
            name: definition.name.into(),
            numerator: definition.numerator.into(),
            denominator: definition.denominator.into(),
            cells: figure.cells.iter().map(Number::from).collect(),
        }
    }
}

impl From<Words> for InWords {
    fn from(words: Words) -> Self {
        Self { nb: words.nb.to_owned(), nn: words.nn.to_owned(), en: words.en.to_owned() }
    }
}

impl From<&Cell> for Number {
    fn from(cell: &Cell) -> Self {
        let count = |n: u64| i64::try_from(n).ok();
        let (numerator, low, high) = match cell.value {
            Value::Share { n, .. } | Value::Level { n } => (count(n), None, None),
            Value::Mean { sum, .. } => (Some(sum), None, None),
            Value::Saved { low, high, n, .. } => (count(n), Some(low), Some(high)),
            Value::Net { n } => (Some(n), None, None),
            Value::Days { .. } | Value::NotKnown => (None, None, None),
        };
        Self {
            series: cell.series.clone(),
            part: cell.part.clone(),
            printed: cell.value.printed().to_string(),
            numerator,
            denominator: cell.value.denominator(),
            low,
            high,
        }
    }
}

impl From<&barometer::Published> for Published {
    fn from(barometer::Published { id, signed, release }: &barometer::Published) -> Self {
        let day = |day: Option<Day>| day.map(|d| d.to_string());
        Self {
            id: id.to_string(),
            signed: at(*signed),
            date: release.date.to_string(),
            from: day(release.period.start),
            to: day(release.period.end),
            definitions: release.definitions,
            frontier: release.frontier.to_string(),
            result: release.result.to_string(),
            replaces: release.replaces.map(|id| id.to_string()),
        }
    }
}
