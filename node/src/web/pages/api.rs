//! The read API for people who write programs: its description as a page, made from the very document that programs
//! read. What it says of addresses and schemas is English, as in the document; what stands around it is not.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use idenett_protocol::barometer::Indicator;
use idenett_protocol::kind::Kind;
use utoipa::openapi::path::{Operation, Parameter, ParameterIn};
use utoipa::openapi::schema::{ArrayItems, Object, SchemaFormat, SchemaType, Type};
use utoipa::openapi::{RefOr, Response as Described, Schema};

use crate::language::Tongue;
use crate::reading::{Catalogue, GATHERINGS};
use crate::web::api::document;
use crate::web::asked::Asked;
use crate::web::shell::{Place, Shell};
use crate::web::site::Site;
use crate::web::wording::Named;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/api", get(api))
}

#[derive(Template)]
#[template(path = "api.html")]
struct Page {
    t: Tongue,
    shell: Shell,
    addresses: Vec<Address>,
    /// What every address takes, and how every address may answer: told once.
    parameters: Vec<Row>,
    answers: Vec<Row>,
    schemas: Vec<Part>,
}

/// One address of the API.
struct Address {
    id: String,
    path: String,
    says: String,
    /// An address with something that is there.
    example: Option<String>,
    parameters: Vec<Row>,
    answers: Vec<Row>,
}

/// A schema by name.
struct Part {
    name: String,
    says: String,
    /// What it is, where it has no fields.
    kind: Vec<Named>,
    fields: Vec<Row>,
}

/// A parameter, an answer or a field.
#[derive(Clone)]
struct Row {
    name: String,
    kind: Vec<Named>,
    says: String,
}

async fn api(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.page(asked, |site, asked| site.catalogue(|catalogue| Ok(page(site, asked, catalogue)))).await
}

fn page(site: &Site, asked: &Asked, catalogue: &Catalogue) -> Page {
    let paths = document().paths.paths.iter();
    let address = |(path, item): (&String, &utoipa::openapi::PathItem)| {
        item.get.as_ref().map(|operation| address(path, operation, example(site, catalogue, path)))
    };
    let mut addresses: Vec<Address> = paths.filter_map(address).collect();
    let parameters = in_common(addresses.iter_mut().map(|a| &mut a.parameters).collect());
    let answers = in_common(addresses.iter_mut().map(|a| &mut a.answers).collect());
    let schemas = document().components.iter().flat_map(|components| &components.schemas);
    Page {
        t: asked.t,
        shell: Shell::new(site, asked, Place::None),
        addresses,
        parameters,
        answers,
        schemas: schemas.map(|(name, schema)| part(name, schema)).collect(),
    }
}

/// Takes out of all lists the rows that stand in each of them.
fn in_common(mut lists: Vec<&mut Vec<Row>>) -> Vec<Row> {
    let in_all = |row: &&Row| lists.iter().all(|list| list.iter().any(|other| other.is_like(row)));
    let common: Vec<Row> =
        lists.first().map(|first| first.iter().filter(in_all).cloned().collect()).unwrap_or_default();
    for list in &mut lists {
        list.retain(|row| !common.iter().any(|other| other.is_like(row)));
    }
    common
}

impl Row {
    fn is_like(&self, other: &Row) -> bool {
        self.name == other.name && self.says == other.says
    }
}

/// The address with what is newest here in the place of names; nothing where there is nothing yet.
fn example(site: &Site, catalogue: &Catalogue, path: &str) -> Option<String> {
    let Some((before, named)) = path.split_once('{') else { return Some(path.to_owned()) };
    let (name, after) = named.split_once('}')?;
    let of = |kind: &Kind| before == format!("/api/v1/{}s/", kind.name());
    let kind = GATHERINGS.into_iter().chain([Kind::Need]).find(of).unwrap_or(Kind::Case);
    let newest = || catalogue.newest(kind).next().map(|row| row.id.to_string());
    let named = match name {
        "org" => Some(site.desk().org().to_string()),
        "indicator" => Some(Indicator::B5.to_string()),
        _ => newest(),
    };
    Some(format!("{before}{}{after}", named?))
}

fn address(path: &str, operation: &Operation, example: Option<String>) -> Address {
    let said = [&operation.summary, &operation.description].map(|s| s.as_deref().unwrap_or_default());
    let answers = operation.responses.responses.iter();
    Address {
        id: operation.operation_id.clone().unwrap_or_default(),
        path: path.to_owned(),
        says: unmarked(said.join(" ").trim()),
        example,
        parameters: operation.parameters.iter().flatten().map(parameter).collect(),
        answers: answers.filter_map(|(status, answer)| answered(status, answer)).collect(),
    }
}

fn parameter(parameter: &Parameter) -> Row {
    let place = match parameter.parameter_in {
        ParameterIn::Path => "in the path",
        ParameterIn::Query => "",
        ParameterIn::Header => "a header",
        ParameterIn::Cookie => "a cookie",
    };
    let said = [parameter.description.as_deref().unwrap_or_default(), place];
    Row {
        name: parameter.name.clone(),
        kind: parameter.schema.as_ref().map(kind).unwrap_or_default(),
        says: unmarked(&said.into_iter().filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" – ")),
    }
}

fn answered(status: &str, answer: &RefOr<Described>) -> Option<Row> {
    let RefOr::T(answer) = answer else { return None };
    let schema = answer.content.values().find_map(|content| content.schema.as_ref());
    let kind = schema.map(kind).unwrap_or_default();
    Some(Row { name: status.to_owned(), kind, says: unmarked(&answer.description) })
}

fn part(name: &str, schema: &RefOr<Schema>) -> Part {
    let nothing = || Part { name: name.to_owned(), says: String::new(), kind: kind(schema), fields: Vec::new() };
    let RefOr::T(Schema::Object(object)) = schema else { return nothing() };
    let says = unmarked(object.description.as_deref().unwrap_or_default());
    let fields: Vec<Row> = object.properties.iter().map(|(name, schema)| field(name, schema)).collect();
    let kind = if fields.is_empty() { kind(schema) } else { Vec::new() };
    Part { says, kind, fields, ..nothing() }
}

fn field(name: &str, schema: &RefOr<Schema>) -> Row {
    Row { name: name.to_owned(), kind: kind(schema), says: unmarked(said(schema).unwrap_or_default()) }
}

/// What the code says, without the marks of code in it.
fn unmarked(text: &str) -> String {
    text.replace('`', "")
}

/// What is said of a schema where it is used.
fn said(schema: &RefOr<Schema>) -> Option<&str> {
    match schema {
        RefOr::Ref(named) => Some(named.description.as_str()),
        RefOr::T(Schema::Array(array)) => array.description.as_deref(),
        RefOr::T(Schema::Object(object)) => object.description.as_deref(),
        RefOr::T(Schema::OneOf(one)) => one.description.as_deref().or_else(|| one.items.iter().find_map(said)),
        RefOr::T(_) => None,
    }
}

/// What a schema is, in pieces of which some lead to others.
fn kind(schema: &RefOr<Schema>) -> Vec<Named> {
    match schema {
        RefOr::Ref(named) => {
            let name = named.ref_location.rsplit('/').next().unwrap_or_default();
            vec![Named::link(name, format!("#schema-{name}"))]
        }
        RefOr::T(Schema::Array(array)) => {
            let ArrayItems::RefOrSchema(items) = &array.items else { return vec![Named::plain("list")] };
            std::iter::once(Named::plain("list of")).chain(kind(items)).collect()
        }
        RefOr::T(Schema::OneOf(one)) => {
            let or = |at: usize| (at > 0).then(|| Named::plain("or"));
            one.items.iter().rev().enumerate().flat_map(|(at, item)| or(at).into_iter().chain(kind(item))).collect()
        }
        RefOr::T(Schema::Object(object)) => vec![Named::plain(plain(object))],
        RefOr::T(_) => Vec::new(),
    }
}

fn plain(object: &Object) -> String {
    let mut said = match &object.schema_type {
        SchemaType::Type(one) => called(one).to_owned(),
        SchemaType::Array(all) => all.iter().map(called).collect::<Vec<_>>().join(" or "),
        SchemaType::AnyValue => "anything".to_owned(),
    };
    if let Some(all) = &object.enum_values {
        let all: Vec<&str> = all.iter().filter_map(serde_json::Value::as_str).collect();
        said = format!("one of: {}", all.join(", "));
    }
    if let (Some(least), Some(most)) = (number(object.minimum.as_ref()), number(object.maximum.as_ref())) {
        said = format!("{said} from {least} to {most}");
    }
    if let Some(most) = object.max_length {
        said = format!("{said} of at most {most} characters");
    }
    if let Some(form) = object.format.as_ref().and_then(form) {
        said = format!("{said} ({form})");
    }
    said
}

const fn called(one: &Type) -> &'static str {
    match one {
        Type::Object => "object",
        Type::String => "string",
        Type::Integer => "integer",
        Type::Number => "number",
        Type::Boolean => "boolean",
        Type::Array => "list",
        Type::Null => "null",
    }
}

fn number(number: Option<&utoipa::Number>) -> Option<usize> {
    let Some(utoipa::Number::UInt(number)) = number else { return None };
    Some(*number)
}

/// The formats that say more than how wide a number is.
fn form(format: &SchemaFormat) -> Option<&str> {
    use utoipa::openapi::KnownFormat;
    match format {
        SchemaFormat::KnownFormat(KnownFormat::Date) => Some("date"),
        SchemaFormat::KnownFormat(KnownFormat::DateTime) => Some("date-time"),
        SchemaFormat::Custom(name) => Some(name),
        SchemaFormat::KnownFormat(_) => None,
    }
}
