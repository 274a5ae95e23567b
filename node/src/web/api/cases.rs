//! Cases that are searched for, or all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::LINK;
use axum::response::Response;
use axum::routing::get;
use idenett_protocol::kind::Kind;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::{ObjectBuilder, Type};

use super::json;
use super::query::{self, Part, wrong};
use crate::clock;
use crate::reading::{Card, Party, TextState, card, moment};
use crate::search::{Asked as Question, Facet, MAX_QUERY_CHARS, Sort};
use crate::web::asked::Asked;
use crate::web::failure::Failure;
use crate::web::pages::cases::facets::{is_value, name_in, named};
use crate::web::site::Site;

/// Parameters beside the filters.
const PARAMETERS: [&str; 6] = ["q", "sort", "like", "facets", "limit", "offset"];

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/api/v1/cases", get(list))
}

/// A part of the cases that were found.
#[derive(Serialize, ToSchema)]
struct Cases {
    /// How many there are in all.
    total: usize,
    /// Those of this part.
    items: Vec<CaseItem>,
    /// The address of the next part, if there is one.
    next: Option<String>,
    /// For each filter its values, with how many cases each would leave; only with `facets=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    facets: Option<BTreeMap<String, Vec<FacetValue>>>,
}

/// A value of a filter.
#[derive(Serialize, ToSchema)]
struct FacetValue {
    /// The value, as it is written in the query.
    value: String,
    /// How many cases it would leave.
    count: usize,
}

/// A case in a few words.
#[derive(Serialize, ToSchema)]
struct CaseItem {
    /// The case: the id of its first version.
    id: String,
    /// Its name; empty where the text is not here.
    title: String,
    /// What it says of itself.
    summary: String,
    /// Whether its text is held: `here`, `redacted`, `wanted` or `unreadable`.
    text_state: String,
    /// The language of the text, as a code.
    lang: String,
    /// Who owns it.
    owner: Organisation,
    /// About whom it is retold, if that is another.
    about: Option<Organisation>,
    /// Its status, as a code.
    status: Option<String>,
    /// The part of the municipality, as a code.
    sector: String,
    /// What it is about, as codes.
    themes: Vec<String>,
    /// When the version that is shown was signed.
    #[schema(format = DateTime)]
    signed: String,
    /// Organisation numbers of others that use it.
    reusers: Vec<String>,
    /// How well it is founded, from 0 (asserted) to 5 (worked for three or more in two or more KOSTRA groups).
    evidence_level: u8,
    /// Whether it has everything that it takes to reuse it.
    ready: bool,
}

/// An organisation.
#[derive(Serialize, ToSchema)]
struct Organisation {
    /// Its number.
    org: String,
    /// Its name; its number where no name is known here.
    name: String,
}

/// Cases, searched for and narrowed as on the page of results.
#[utoipa::path(
    get,
    path = "/api/v1/cases",
    params(
        ("q" = Option<String>, Query, description = "What is looked for; at most 400 characters."),
        ("sort" = Option<String>, Query, description = "`relevance`, `newest`, `most_reused` or `title`."),
        ("like" = Option<String>, Query, description = "`us`: only of municipalities like that of the node."),
        ("facets" = Option<bool>, Query, description = "`true`: with the counts of every filter."),
        ("limit" = Option<usize>, Query, description = "How many, from 1 to 100; usually 20."),
        ("offset" = Option<usize>, Query, description = "How many are left out at the beginning, at most 1999."),
    ),
    responses((status = 200, body = Cases), (status = 400, body = super::problem::ProblemDocument, content_type = "application/problem+json"))
)]
pub(super) async fn list(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.answer(asked, answer).await
}

/// The filters as parameters.
pub(super) fn filters() -> impl Iterator<Item = Parameter> {
    Facet::ALL.into_iter().map(|facet| {
        ParameterBuilder::new()
            .name(name_in(facet))
            .parameter_in(ParameterIn::Query)
            .description(Some("Only cases with this value, or with one of these if it is given several times."))
            .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
            .build()
    })
}

fn answer(site: &Site, asked: &Asked) -> Result<Response, Failure> {
    let known: Vec<&str> = PARAMETERS.into_iter().chain(Facet::ALL.map(name_in)).collect();
    query::only(asked, &known)?;
    let with_facets = match asked.value("facets") {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(wrong("facets", "write true or false")),
    };
    let part = Part::of(asked)?;
    let found = site.desk().search(&question(site, asked, part)?)?;
    let day = clock::now().day();
    let mut items = Vec::new();
    for hit in &found.hits {
        // One that was withdrawn a moment ago may still be in the index.
        items.extend(card(site.library(), &hit.id, day)?.filter(|c| !c.withdrawn).map(CaseItem::from));
    }
    let facets = with_facets.then(|| {
        let values = |all: Vec<(String, usize)>| all.into_iter().map(|(value, count)| FacetValue { value, count });
        found.facets.into_iter().map(|(facet, all)| (name_in(facet).to_owned(), values(all).collect())).collect()
    });
    let next = part.next(asked, found.total);
    let link = next.as_ref().and_then(|next| HeaderValue::from_str(&format!("<{next}>; rel=\"next\"")).ok());
    let mut answer = json(&Cases { total: found.total, items, next, facets })?;
    if let Some(link) = link {
        answer.headers_mut().insert(LINK, link);
    }
    Ok(answer)
}

fn question(site: &Site, asked: &Asked, part: Part) -> Result<Question, Failure> {
    let words = asked.value("q").unwrap_or_default();
    if words.chars().count() > MAX_QUERY_CHARS {
        return Err(wrong("q", format!("write at most {MAX_QUERY_CHARS} characters")));
    }
    let sort = match asked.value("sort") {
        None if words.is_empty() => Sort::Newest,
        None => Sort::Relevance,
        Some(id) => Sort::named(id)
            .ok_or_else(|| wrong("sort", format!("write one of: {}", Sort::ALL.map(Sort::id).join(", "))))?,
    };
    let mut filters: BTreeMap<Facet, BTreeSet<String>> = BTreeMap::new();
    for (name, value) in &asked.query {
        let Some(facet) = named(name) else { continue };
        if !is_value(facet, value) {
            return Err(wrong(name, "it has no such value"));
        }
        filters.entry(facet).or_default().insert(value.clone());
    }
    let org = site.desk().org();
    let like = match asked.value("like") {
        None => None,
        Some("us") => Some(org),
        Some(_) => return Err(wrong("like", "write us")),
    };
    let (limit, offset) = (part.limit, part.offset);
    Ok(Question { kind: Kind::Case, filters, like, viewer: Some(org), sort, limit, offset, ..Question::words(words) })
}

impl From<Card> for CaseItem {
    fn from(card: Card) -> Self {
        let text_state = match card.text_state {
            TextState::Here => "here",
            TextState::Redacted(_) => "redacted",
            TextState::Wanted => "wanted",
            TextState::Unreadable => "unreadable",
        };
        Self {
            id: card.id.to_string(),
            title: card.title,
            summary: card.summary,
            text_state: text_state.to_owned(),
            lang: card.lang.id().to_owned(),
            owner: card.owner.into(),
            about: card.about.map(Organisation::from),
            status: card.status.map(|s| s.id().to_owned()),
            sector: card.sector.id().to_owned(),
            themes: card.themes.iter().map(|t| t.id().to_owned()).collect(),
            signed: moment(card.time),
            reusers: card.reusers.iter().map(ToString::to_string).collect(),
            evidence_level: card.evidence.level,
            ready: card.ready,
        }
    }
}

impl From<Party> for Organisation {
    fn from(party: Party) -> Self {
        Self { org: party.org.to_string(), name: party.name }
    }
}
