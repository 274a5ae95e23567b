//! By what results can be narrowed: each facet with its values, how many there would be, and what is chosen.

use idenett_protocol::codes::{
    CaseStatus, Code, CodeList, InnovationType, Lang, Licence, Origin, Sector, Theme, WickedProblem,
};

use super::LIKE;
use crate::language::Tongue;
use crate::reading::{Evidence, party};
use crate::search::{Asked as Question, Facet, Found};
use crate::web::asked::{Asked, address};
use crate::web::cards;
use crate::web::filters::name_in;
use crate::web::site::Site;
use crate::web::text;
use crate::web::wording::Named;

/// Values of a facet that are shown beside those that are chosen.
const MAX_VALUES: usize = 12;

/// A facet.
pub(super) struct FacetRow {
    pub(super) name: &'static str,
    pub(super) label: String,
    /// Whether its values are shown at once.
    pub(super) open: bool,
    pub(super) values: Vec<ValueRow>,
}

/// A value of a facet.
pub(super) struct ValueRow {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) count: String,
    pub(super) chosen: bool,
}

/// The facets in which there is something to choose.
pub(super) fn rows(site: &Site, t: Tongue, question: &Question, found: &Found) -> Vec<FacetRow> {
    Facet::ALL.into_iter().filter_map(|facet| row(site, t, facet, (question, found))).collect()
}

fn row(site: &Site, t: Tongue, facet: Facet, (question, found): (&Question, &Found)) -> Option<FacetRow> {
    let nothing = std::collections::BTreeSet::new();
    let chosen = question.filters.get(&facet).unwrap_or(&nothing);
    let counted = found.facets.get(&facet).map(Vec::as_slice).unwrap_or_default();
    let unseen = chosen.iter().filter(|value| !counted.iter().any(|(v, _)| v == *value)).map(|v| (v.clone(), 0));
    let mut values: Vec<ValueRow> = Vec::new();
    for (value, count) in counted.iter().cloned().chain(unseen) {
        let is_chosen = chosen.contains(&value);
        if (count > 0 && values.len() < MAX_VALUES) || is_chosen {
            let count = t.number(i64::try_from(count).unwrap_or(i64::MAX));
            values.push(ValueRow { label: label(site, t, facet, &value), value, count, chosen: is_chosen });
        }
    }
    // Levels are read as a scale.
    if matches!(facet, Facet::Evidence | Facet::Centrality | Facet::KostraGroup) {
        values.sort_by_key(|v| v.value.parse::<u32>().unwrap_or(u32::MAX));
    }
    let open = matches!(facet, Facet::Sector | Facet::Status) || !chosen.is_empty();
    // One value that all of them have narrows nothing.
    let narrows = values.len() > 1 || counted.iter().any(|(_, count)| *count < found.total) || !chosen.is_empty();
    (narrows && !values.is_empty()).then(|| FacetRow { name: name_in(facet), label: name(t, facet), open, values })
}

/// What is chosen, each with the way to the results without it.
pub(super) fn chosen(site: &Site, asked: &Asked, question: &Question) -> Vec<Named> {
    let mut chips = Vec::new();
    for (facet, values) in &question.filters {
        for value in values {
            let is_this = |name: &str, v: &str| name == name_in(*facet) && v == value;
            let others = asked.query.iter().filter(|(n, v)| !is_this(n, v) && n != "page");
            let way = address(&asked.path, others.map(|(n, v)| (n.as_str(), v.as_str())));
            let said = format!("{}: {}", name(asked.t, *facet), label(site, asked.t, *facet, value));
            chips.push(Named::link(said, way));
        }
    }
    if question.like.is_some() {
        chips.push(Named::link(asked.t.say("like-us"), asked.address(LIKE, None)));
    }
    chips
}

/// The name of a facet.
fn name(t: Tongue, facet: Facet) -> String {
    let said = match facet {
        Facet::Sector => t.say("field-sector"),
        Facet::Theme => t.say("field-themes"),
        Facet::Status => t.say("field-status"),
        Facet::Type => t.say("field-types"),
        Facet::Evidence => t.say("facet-evidence"),
        Facet::Origin => t.say("field-origin"),
        Facet::Owner => t.say("facet-owner"),
        Facet::County => t.say("column-county"),
        Facet::KostraGroup => t.say("facts-kostra-group"),
        Facet::Size => t.say("facet-size"),
        Facet::Centrality => t.say("facts-centrality"),
        Facet::Language => t.say("field-lang"),
        Facet::Year => t.say("facet-year"),
        Facet::Licence => t.say("field-licence"),
        Facet::Ready => t.say("ready"),
        Facet::Askable => t.say("facet-askable"),
        Facet::Wicked => t.say("field-wicked-problem"),
    };
    said.into_owned()
}

/// What people read of a value.
fn label(site: &Site, t: Tongue, facet: Facet, value: &str) -> String {
    let said = match facet {
        Facet::Sector => coded::<Sector>(t, value),
        Facet::Theme => coded::<Theme>(t, value),
        Facet::Status => coded::<CaseStatus>(t, value),
        Facet::Type => coded::<InnovationType>(t, value),
        Facet::Origin => coded::<Origin>(t, value),
        Facet::Language => coded::<Lang>(t, value),
        Facet::Licence => coded::<Licence>(t, value),
        Facet::Wicked => coded::<WickedProblem>(t, value),
        Facet::Evidence => value.parse().ok().filter(|n| *n <= Evidence::HIGHEST).map(|n| cards::evidence(t, n)),
        Facet::Owner => value.parse().ok().map(|org| site.library().ledger(|l| party(l, org)).name),
        Facet::Size => Some(band(t, value)),
        Facet::Ready | Facet::Askable => Some(t.say("facet-yes").into_owned()),
        Facet::County | Facet::KostraGroup | Facet::Centrality | Facet::Year => None,
    };
    text::plain(&said.unwrap_or_else(|| value.to_owned()))
}

fn coded<T: CodeList>(t: Tongue, value: &str) -> Option<String> {
    T::named(value).map(|code| t.label(&Code::Known(code)))
}

/// A band of population in numbers of people.
fn band(t: Tongue, id: &str) -> String {
    let people = |thousands: &str| thousands.parse::<i64>().map(|n| t.number(n * 1000)).unwrap_or_default();
    match (id.strip_prefix("under-"), id.strip_prefix("over-"), id.split_once('-')) {
        (Some(most), _, _) => t.with("facet-under", "number", &people(most)).into_owned(),
        (_, Some(least), _) => t.with("facet-over", "number", &people(least)).into_owned(),
        (_, _, Some((least, most))) => format!("{}–{}", people(least), people(most)),
        _ => id.to_owned(),
    }
}
