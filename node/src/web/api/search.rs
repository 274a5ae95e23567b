//! What can be asked of a search, whether for cases or for needs, and a part of what it finds.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::HeaderValue;
use axum::http::header::LINK;
use axum::response::Response;
use idenett_protocol::kind::Kind;
use serde::Serialize;
use utoipa::ToSchema;

use super::filled::Filled;
use super::query::{Parameter, Part, Query, Takes};
use crate::clock;
use crate::reading::{Card, card};
use crate::search::{Asked as Question, Facet, Found, MAX_QUERY_CHARS, Sort};
use crate::web::failure::Failure;
use crate::web::filters::{name_in, named, of};
use crate::web::site::Site;

const ONE_OF_THESE: &str = "Only those with this value, or with one of these if it is given several times.";

/// For each filter its values, with how many each would leave.
pub(super) type Facets = BTreeMap<String, Vec<FacetValue>>;

/// A value of a filter.
#[derive(Serialize, ToSchema)]
pub(super) struct FacetValue {
    /// The value, as it is written in the query.
    value: String,
    /// How many it would leave.
    count: usize,
}

/// What a search for things of a kind takes.
pub(super) fn parameters(kind: Kind) -> Vec<Parameter> {
    let orders = Sort::ALL.into_iter().filter(|sort| kind == Kind::Case || *sort != Sort::MostReused);
    let one = |name, says, takes| Parameter { name, says, takes };
    let mut all = vec![
        one("q", "What is looked for.", Takes::Text(MAX_QUERY_CHARS)),
        one(
            "sort",
            "The order; usually `relevance` where something is looked for and `newest` where nothing is.",
            Takes::OneOf(orders.map(Sort::id).collect()),
        ),
        one("like", "`us`: only of municipalities like that of the node.", Takes::OneOf(vec!["us"])),
        one("facets", "`true`: with the counts of every filter.", Takes::Flag),
    ];
    all.extend(Part::parameters());
    all.extend(of(kind).map(|facet| one(name_in(facet), ONE_OF_THESE, Takes::Filter(facet, kind))));
    all
}

/// What a query asks for.
pub(super) fn question(site: &Site, query: &Query<'_>, kind: Kind) -> Question {
    let words = query.value("q").unwrap_or_default();
    let usual = if words.trim().is_empty() { Sort::Newest } else { Sort::Relevance };
    let mut filters: BTreeMap<Facet, BTreeSet<String>> = BTreeMap::new();
    for (name, value) in &query.asked.query {
        if let Some(facet) = named(name) {
            filters.entry(facet).or_default().insert(value.clone());
        }
    }
    let org = site.desk().org();
    let Part { limit, offset } = Part::of(query);
    Question {
        kind,
        filters,
        like: query.value("like").map(|_| org),
        viewer: Some(org),
        sort: query.value("sort").and_then(Sort::named).unwrap_or(usual),
        limit,
        offset,
        ..Question::words(words)
    }
}

/// What was found, as far as it has room in one answer.
pub(super) fn items<T: From<Card> + Serialize>(site: &Site, found: &Found) -> Result<Filled<T>, Failure> {
    let day = clock::now().day();
    // One that was withdrawn a moment ago may still be in the index.
    let item = |id| Ok(card(site.library(), id, day)?.filter(|card| !card.withdrawn).map(T::from));
    Filled::with(found.hits.iter().map(|hit| &hit.id), item)
}

/// The counts of every filter, if they are wanted.
pub(super) fn facets(query: &Query<'_>, kind: Kind, found: Found) -> Option<Facets> {
    let values = |all: Vec<(String, usize)>| all.into_iter().map(|(value, count)| FacetValue { value, count });
    let told = found.facets.into_iter().filter(|(facet, _)| of(kind).any(|f| f == *facet));
    query.flag("facets").then(|| told.map(|(facet, all)| (name_in(facet).to_owned(), values(all).collect())).collect())
}

/// An answer that also tells in its head where the next part is.
pub(super) fn with_next(mut answer: Response, next: Option<&str>) -> Response {
    if let Some(link) = next.and_then(|next| HeaderValue::from_str(&format!("<{next}>; rel=\"next\"")).ok()) {
        answer.headers_mut().insert(LINK, link);
    }
    answer
}
