//! The description of the API, made once: addresses and answers from the code, parameters from what the query is
//! checked by, and the answers that every address has.

use std::sync::LazyLock;

use utoipa::OpenApi;
use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::header::Header;
use utoipa::openapi::link::LinkBuilder;
use utoipa::openapi::path::{Operation, Parameter as Described, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::Type;
use utoipa::openapi::{
    ContentBuilder, ObjectBuilder, OpenApi as Document, Ref, RefOr, Required, Response, ResponseBuilder,
};

use super::query::{ENTRY, Parameter};
use super::{
    awards, case, cases, collections, gatherings, maps, municipalities, municipality, need, needs, network, plans,
    problem, programmes, records, statistics, themes, things,
};

/// How a problem is written.
const PROBLEM: &str = "application/problem+json";

/// What gives the parameters of an address.
type Parameters = fn() -> Vec<Parameter>;

/// Addresses with parameters in the query.
const QUERIES: &[(&str, Parameters)] = &[
    ("/api/v1/cases", cases::parameters),
    ("/api/v1/needs", needs::parameters),
    ("/api/v1/plans", gatherings::parameters),
    ("/api/v1/programmes", gatherings::parameters),
    ("/api/v1/collections", gatherings::parameters),
    ("/api/v1/awards", gatherings::parameters),
    ("/api/v1/municipalities", municipalities::parameters),
    ("/api/v1/barometer", statistics::parameters),
    ("/api/v1/barometer/{indicator}", statistics::parameters),
    ("/api/v1/records", things::parameters),
];

/// Lists whose items have an address of their own: the list, where its items name themselves, and who answers there.
const WAYS: &[(&str, &str, &str, &str)] = &[
    ("/api/v1/cases", "id", "$response.body#/items/0/id", "showCase"),
    ("/api/v1/needs", "id", "$response.body#/items/0/id", "showNeed"),
    ("/api/v1/plans", "id", "$response.body#/items/0/id", "showPlan"),
    ("/api/v1/programmes", "id", "$response.body#/items/0/id", "showProgramme"),
    ("/api/v1/collections", "id", "$response.body#/items/0/id", "showCollection"),
    ("/api/v1/awards", "id", "$response.body#/items/0/id", "showAward"),
    ("/api/v1/municipalities", "org", "$response.body#/items/0/org", "showMunicipality"),
    ("/api/v1/records", "id", "$response.body#/items/0/version", "showRecord"),
];

static DOCUMENT: LazyLock<Document> = LazyLock::new(make);

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Idenett read API",
        description = "What the municipalities of a federation share, read from one node. Values are the codes of the \
                       protocol, texts are as their authors wrote them."
    ),
    paths(
        super::index,
        super::openapi,
        cases::list,
        case::show,
        needs::list,
        need::show,
        plans::list,
        plans::show,
        programmes::list,
        programmes::show,
        collections::list,
        collections::show,
        awards::list,
        awards::show,
        municipalities::list,
        municipality::show,
        maps::of_members,
        maps::of_case,
        maps::of_municipality,
        network::show,
        themes::show,
        statistics::all,
        statistics::one,
        statistics::releases,
        things::list,
        records::show
    ),
    components(schemas(problem::ProblemDocument))
)]
struct Written;

/// The description of the API.
pub(in crate::web) fn document() -> &'static Document {
    &DOCUMENT
}

fn make() -> Document {
    let mut document = Written::openapi();
    for (path, item) in &mut document.paths.paths {
        let Some(operation) = item.get.as_mut() else { continue };
        complete(path, operation);
    }
    document
}

/// Adds what the code of an address does not repeat.
fn complete(path: &str, operation: &mut Operation) {
    let parameters = operation.parameters.get_or_insert_default();
    parameters.extend(named_in(path));
    if let Some((_, query)) = QUERIES.iter().find(|(of, _)| *of == path) {
        parameters.extend(query().iter().map(Parameter::described));
    }
    parameters.push(known_already());
    let answers = &mut operation.responses.responses;
    if let Some(RefOr::T(fine)) = answers.get_mut("200") {
        fine.headers.insert("ETag".to_owned(), mark());
        if let Some((_, parameter, place, way)) = WAYS.iter().find(|(of, ..)| *of == path) {
            // Told as an extension because utoipa writes the field of this name as `operation_id`.
            let target = Extensions::from_iter([("operationId", *way)]);
            let link = LinkBuilder::new().parameter(*parameter, *place).extensions(Some(target));
            fine.links.insert(format!("{way}OfFirst"), RefOr::T(link.build()));
        }
    }
    answers.insert("304".to_owned(), RefOr::T(Response::new("The answer is known already: nothing has changed.")));
    answers.insert("400".to_owned(), refusal("A parameter is wrong, or there is none of this name."));
    if path.contains('{') {
        answers.insert("404".to_owned(), refusal("There is nothing of this name here."));
    }
    answers.insert("413".to_owned(), refusal("The address is too long."));
    answers.insert("421".to_owned(), refusal("The node does not answer to the name by which it was reached."));
    answers.insert("500".to_owned(), refusal("The node failed; its log says why."));
    answers.insert("503".to_owned(), refusal("Too much is asked at once."));
}

/// The parameters in a path.
fn named_in(path: &str) -> Option<Described> {
    let (name, _) = path.split_once('{')?.1.split_once('}')?;
    let (says, pattern) = match name {
        "org" => ("The organisation number.", "^[1-9][0-9]{8}$"),
        "indicator" => ("The indicator.", "^(B([1-9]|1[0-9]|2[0-4])|S[12])$"),
        _ => ("The id.", ENTRY),
    };
    let schema = ObjectBuilder::new().schema_type(Type::String).pattern(Some(pattern));
    let parameter = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Path).required(Required::True);
    Some(parameter.description(Some(says)).schema(Some(schema)).build())
}

fn known_already() -> Described {
    ParameterBuilder::new()
        .name("If-None-Match")
        .parameter_in(ParameterIn::Header)
        .description(Some("The ETag of the answer that is known already."))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String)))
        .build()
}

fn mark() -> Header {
    let mut header = Header::new(ObjectBuilder::new().schema_type(Type::String).build());
    header.description = Some("Made from the contents: another answer has another.".to_owned());
    header
}

fn refusal(says: &str) -> RefOr<Response> {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("ProblemDocument"))).build();
    RefOr::T(ResponseBuilder::new().description(says).content(PROBLEM, content).build())
}
