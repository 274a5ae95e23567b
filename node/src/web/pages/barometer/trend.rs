//! An indicator over the years, and the curve of the time to reuse, as pictures and tables.

use idenett_protocol::barometer::{ALL, Decimal, Dimension, Figure, Indicator, Printed, Value};

use super::rows::value;
use crate::barometer::Trend;
use crate::export::labels::Labels;
use crate::language::Tongue;
use crate::web::chart::{Chart, Line, MAX_LINES};

/// The longest time that the curve shows, in days.
const CURVE_DAYS: u32 = 3 * 365;

/// The years of an indicator: as a picture the first series that fit into one, and all of them as a table.
pub(super) struct Years {
    pub(super) chart: Chart,
    /// The names of the series.
    pub(super) series: Vec<String>,
    /// Of each year a figure of each series.
    pub(super) rows: Vec<(String, Vec<String>)>,
}

impl Years {
    pub(super) fn of(t: Tongue, labels: &Labels<'_>, indicator: Indicator, trend: &Trend) -> Self {
        let of_year = |figures: &[Figure]| figures.iter().find(|f| f.indicator == indicator).cloned();
        let figures: Vec<(i32, Option<Figure>)> =
            trend.years.iter().map(|(day, figures)| (day.ymd().0, of_year(figures))).collect();
        // Of the time to reuse each year has series of its own; only the whole goes on.
        let last = figures.last().and_then(|(_, f)| f.as_ref());
        let mut series: Vec<String> =
            last.map(|f| f.series().into_iter().map(str::to_owned).collect()).unwrap_or_default();
        if indicator == Indicator::B9 {
            series.truncate(1);
        }
        let cell = |figure: &Option<Figure>, series: &str| figure.as_ref().and_then(|f| f.cell(series, ALL));
        let rows = figures
            .iter()
            .map(|(year, f)| {
                let say = |s: &String| cell(f, s).map_or_else(|| ".".to_owned(), |v| value(t, &v));
                (year.to_string(), series.iter().map(say).collect())
            })
            .collect();
        let drawn: Vec<&String> = series.iter().take(MAX_LINES).collect();
        let most =
            figures.iter().flat_map(|(_, f)| drawn.iter().filter_map(|s| height(&cell(f, s)?))).fold(0.0, f64::max);
        let (top, beside) = Chart::scale(most, |n| t.decimal(tenths(n)));
        let last = f64::from(u32::try_from(figures.len().saturating_sub(1)).unwrap_or(1).max(1));
        let line = |s: &&String| Line {
            label: labels.series(indicator, Dimension::All, s),
            points: (0_u32..)
                .zip(&figures)
                .map(|(at, (year, f))| {
                    let v = cell(f, s)?;
                    Some((f64::from(at) / last, height(&v)? / top, format!("{year}: {}", value(t, &v))))
                })
                .collect(),
        };
        let chart = Chart {
            name: "trend",
            title: t.say("barometer-trend").into_owned(),
            about: t.say("barometer-trend-about").into_owned(),
            below: figures.iter().map(|(year, _)| year.to_string()).collect(),
            beside,
            lines: drawn.iter().map(line).collect(),
            steps: false,
        };
        let names = series.iter().map(|s| labels.series(indicator, Dimension::All, s)).collect();
        Self { chart, series: names, rows }
    }
}

/// How high a figure stands: percent, days or a number. Nothing where it is not shown.
#[expect(clippy::cast_precision_loss, reason = "only for drawing")]
fn height(value: &Value) -> Option<f64> {
    match value.printed() {
        Printed::Number(number) => {
            Some(number.units as f64 / 10_f64.powi(i32::from(number.decimals))).filter(|n| *n >= 0.0)
        }
        Printed::Nothing => Some(0.0),
        Printed::CannotOccur | Printed::NotKnown | Printed::NotShown => None,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the steps of a scale are small")]
fn tenths(n: f64) -> Decimal {
    let units = (n * 10.0).round() as i64;
    if units % 10 == 0 {
        return Decimal { units: units / 10, decimals: 0 };
    }
    Decimal { units, decimals: 1 }
}

/// To what share cases were first reused by which month.
pub(super) fn curve(t: Tongue, trend: &Trend) -> Chart {
    let within = || trend.curve.iter().filter(|step| step.days <= CURVE_DAYS);
    let end = within().next_back().map_or(0, |step| step.happened);
    let at = |days: u32, happened: u16| {
        Some((f64::from(days) / f64::from(CURVE_DAYS), f64::from(happened) / 1000.0, String::new()))
    };
    let points = [at(0, 0)].into_iter().chain(within().map(|s| at(s.days, s.happened))).chain([at(CURVE_DAYS, end)]);
    let months = |n: i64| t.with("barometer-months", "n", &t.number(n)).into_owned();
    Chart {
        name: "curve",
        title: t.say("barometer-curve").into_owned(),
        about: t.say("barometer-curve-about").into_owned(),
        below: [0, 6, 12, 18, 24, 30, 36].into_iter().map(months).collect(),
        beside: [0, 25, 50, 75, 100]
            .into_iter()
            .map(|n| t.with("barometer-percent", "n", &t.number(n)).into_owned())
            .collect(),
        lines: vec![Line { label: String::new(), points: points.collect() }],
        steps: true,
    }
}
