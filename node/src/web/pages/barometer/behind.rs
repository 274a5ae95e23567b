//! The records behind one figure: what was counted in it, and what it was counted among.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use idenett_protocol::barometer::{ALL, Behind, Cell, Focus, Indicator, Traced};
use idenett_protocol::id::EntryId;
use idenett_protocol::organisation::OrgNumber;

use super::asked_for::AskedFor;
use super::figure::{indicator, programmes};
use crate::barometer::places;
use crate::export::labels::Labels;
use crate::language::Tongue;
use crate::reading::{card, party};
use crate::web::asked::{Asked, address};
use crate::web::failure::Failure;
use crate::web::limits::ROWS;
use crate::web::name::Name;
use crate::web::shell::{Place, Shell};
use crate::web::site::Site;
use crate::web::text;
use crate::web::turning::Turning;
use crate::web::wording::{Named, case, municipality, need, title};

#[derive(Template)]
#[template(path = "behind.html")]
struct Page {
    t: Tongue,
    shell: Shell,
    name: &'static str,
    numerator: &'static str,
    denominator: &'static str,
    part: String,
    series: String,
    date: String,
    period: String,
    barometer: String,
    back: String,
    /// How many were counted, and how many stand only in what they were counted among.
    counted: String,
    rest: Option<String>,
    rows: Vec<Row>,
    turning: Turning,
}

struct Row {
    what: Named,
    who: Option<Named>,
    counted: bool,
    /// How often, where it was more than once.
    times: Option<String>,
}

/// Names of the query that say which figure is meant.
const FIGURE: [&str; 5] = ["period", "as_of", "by", "structure", "members"];

/// The address of the records behind a cell of the figure that a page shows.
pub(super) fn way(asked: &Asked, indicator: Indicator, cell: &Cell) -> String {
    let kept = asked.query.iter().filter(|(name, _)| FIGURE.contains(&name.as_str()));
    let kept = kept.map(|(name, value)| (name.as_str(), value.as_str()));
    address(
        &format!("/barometer/{indicator}/records"),
        kept.chain([("series", cell.series.as_str()), ("part", cell.part.as_str())]),
    )
}

pub(super) async fn behind(State(site): State<Arc<Site>>, asked: Asked, name: Name) -> Response {
    site.page(asked, move |site, asked| page(site, asked, indicator(name.as_str())?)).await
}

fn page(site: &Site, asked: &Asked, indicator: Indicator) -> Result<Page, Failure> {
    let t = asked.t;
    let wanted = AskedFor::read(asked)?;
    let (series, part) = (asked.value("series").unwrap_or("share"), asked.value("part").unwrap_or(ALL));
    let cut = (wanted.dimension, wanted.basis);
    let found = site
        .desk()
        .barometer(|b| b.reckoning(wanted.day, Focus::default()).behind(indicator, wanted.span, cut, (series, part)))?;
    let programmes = programmes(site, &wanted)?;
    let labels = Labels { tongue: t, places: places(), programmes: &programmes };
    let definition = indicator.definition();
    let lang = t.lang();
    let number = |n: usize| t.number(i64::try_from(n).unwrap_or(i64::MAX));
    let counted = found.iter().filter(|one| one.hit).count();
    let rest = found.len() - counted;
    let all = together(found);
    let turning = Turning::new(asked, all.len());
    let shown = all.into_iter().skip(turning.before()).take(ROWS);
    let rows = shown.map(|(one, times)| row(site, t, &one, times)).collect::<Result<Vec<Row>, Failure>>()?;
    let whole = part == ALL;
    Ok(Page {
        t,
        shell: Shell::new(site, asked, Place::Barometer),
        name: definition.name.say(lang),
        numerator: definition.numerator.say(lang),
        denominator: definition.denominator.say(lang),
        part: if whole { String::new() } else { text::plain(&labels.part(wanted.dimension, part)) },
        series: text::plain(&labels.series(indicator, wanted.dimension, series)),
        date: t.date(wanted.day),
        period: labels.period(wanted.span),
        barometer: wanted.address(asked, "/barometer"),
        back: back(asked, indicator),
        counted: number(counted),
        rest: (rest > 0).then(|| number(rest)),
        rows,
        turning,
    })
}

/// The page of the figure.
fn back(asked: &Asked, indicator: Indicator) -> String {
    let kept = asked.query.iter().filter(|(name, _)| FIGURE.contains(&name.as_str()));
    address(&format!("/barometer/{indicator}"), kept.map(|(name, value)| (name.as_str(), value.as_str())))
}

/// What was counted first, and each once with how often it was counted.
fn together(mut all: Vec<Behind>) -> Vec<(Behind, usize)> {
    all.sort_by_key(|one| (!one.hit, one.what));
    all.chunk_by(|a, b| a == b).filter_map(|same| Some((*same.first()?, same.len()))).collect()
}

fn row(site: &Site, t: Tongue, one: &Behind, times: usize) -> Result<Row, Failure> {
    let (what, who) = match one.what {
        Traced::Case { id } => thing(site, t, &id, case(&id))?,
        Traced::Need { id } => thing(site, t, &id, need(&id))?,
        Traced::Use { case: id, org } => (thing(site, t, &id, case(&id))?.0, Some(member(site, org))),
        Traced::Member { org } => (member(site, org), None),
        Traced::Place { number } => {
            let place = places().get(number);
            let name = place.map_or_else(|| number.to_string(), |place| place.name.clone());
            let org = place.and_then(|place| place.org);
            (org.map_or_else(|| Named::plain(&name), |org| Named::link(&name, municipality(org))), None)
        }
    };
    let often = i64::try_from(times).unwrap_or(i64::MAX);
    let times = (times > 1).then(|| t.with("behind-times", "n", &t.number(often)).into_owned());
    Ok(Row { what, who, counted: one.hit, times })
}

/// A case or need, and who has it.
fn thing(site: &Site, t: Tongue, id: &EntryId, href: String) -> Result<(Named, Option<Named>), Failure> {
    Ok(match card(site.library(), id, crate::clock::now().day())? {
        Some(card) => (Named::link(title(t, &card.title, card.text_state), href), Some(Named::party(&card.owner))),
        None => (Named::link(id.short(), href), None),
    })
}

fn member(site: &Site, org: OrgNumber) -> Named {
    Named::party(&site.library().ledger(|l| party(l, org)))
}
