//! What stands in the query: strictly what is documented, so that nobody relies on what is silently left out. A
//! parameter is told once, and both the check and the description are made from that.

use idenett_protocol::barometer::Span;
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use idenett_protocol::time::Day;
use utoipa::openapi::path::{Parameter as Described, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ArrayBuilder, KnownFormat, SchemaFormat};
use utoipa::openapi::{ObjectBuilder, RefOr, Schema, Type};

use crate::search::{Facet, MAX_DEPTH};
use crate::web::asked::{Asked, LANGUAGE, address};
use crate::web::failure::Failure;
use crate::web::filters::{self, Values};
use crate::web::limits::MAX_QUERY_PAIRS;

/// Items of a list where nobody says how many, and at most.
const USUAL: usize = 20;
const MOST: usize = 100;
/// Items that can be left out at the beginning: beyond them nothing is kept in order.
const FARTHEST: usize = MAX_DEPTH - 1;
/// Values of one filter at a time: so few that every query that is described is one that is taken.
const MAX_VALUES: usize = 6;
/// Parameters that are given once, at most.
const MAX_SINGLE: usize = 16;
/// Periods.
const PERIOD: &str = "^(24m|[1-9][0-9]{3})$";
/// The ids of entries.
pub(super) const ENTRY: &str = "^[0-9a-f]{64}$";

const _: () = assert!(Facet::ALL.len() * MAX_VALUES + MAX_SINGLE <= MAX_QUERY_PAIRS);

/// A parameter of the query.
pub(super) struct Parameter {
    pub(super) name: &'static str,
    pub(super) says: &'static str,
    pub(super) takes: Takes,
}

/// What a parameter takes.
pub(super) enum Takes {
    /// A text of at most this many characters.
    Text(usize),
    /// A whole number from the first to the second.
    Number(usize, usize),
    /// `true` or `false`.
    Flag,
    /// One of these.
    OneOf(Vec<&'static str>),
    /// The id of an entry.
    Entry,
    /// A day.
    Day,
    /// A year, or the 24 months up to a day.
    Period,
    /// Values of a filter of a kind: several, each as a parameter of its own.
    Filter(Facet, Kind),
}

/// A query that holds nothing but what is documented.
pub(super) struct Query<'a> {
    pub(super) asked: &'a Asked,
}

/// Says that a parameter is wrong.
fn wrong(name: &str, detail: impl Into<String>) -> Failure {
    Failure::Parameter { name: name.to_owned(), detail: detail.into() }
}

impl<'a> Query<'a> {
    /// The query, if it has only these parameters and their values are right.
    pub(super) fn read(asked: &'a Asked, known: &[Parameter]) -> Result<Self, Failure> {
        if asked.names_language {
            return Err(wrong(LANGUAGE, "answers have no language; `written` filters by the language of a text"));
        }
        if let Some(name) = &asked.left_out {
            return Err(wrong(name, format!("write at most {MAX_QUERY_PAIRS} parameters")));
        }
        for (at, (name, value)) in asked.query.iter().enumerate() {
            let parameter = known.iter().find(|p| p.name == name);
            let parameter = parameter.ok_or_else(|| wrong(name, "there is no such parameter here"))?;
            let before = asked.query.iter().take(at).filter(|(n, _)| n == name).count();
            if before >= parameter.takes.times() {
                return Err(wrong(name, format!("give it at most {} times", parameter.takes.times())));
            }
            parameter.takes.check(value).map_err(|detail| wrong(name, detail))?;
        }
        Ok(Self { asked })
    }

    /// The value of a parameter that is given once.
    pub(super) fn value(&self, name: &str) -> Option<&'a str> {
        self.asked.query.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// A number of the query.
    pub(super) fn number(&self, name: &str) -> Option<usize> {
        self.value(name).and_then(filters::number)
    }

    /// Whether a flag is up.
    pub(super) fn flag(&self, name: &str) -> bool {
        self.value(name) == Some("true")
    }

    /// The address of the next part of a list, by one parameter set otherwise.
    pub(super) fn next(&self, name: &str, value: &str) -> String {
        let others = self.asked.query.iter().filter(|(n, _)| n != name).map(|(n, v)| (n.as_str(), v.as_str()));
        address(&self.asked.path, others.chain([(name, value)]))
    }
}

impl Takes {
    /// How often it may be given.
    const fn times(&self) -> usize {
        match self {
            Takes::Filter(..) => MAX_VALUES,
            Takes::Text(_)
            | Takes::Number(..)
            | Takes::Flag
            | Takes::OneOf(_)
            | Takes::Entry
            | Takes::Day
            | Takes::Period => 1,
        }
    }

    fn check(&self, value: &str) -> Result<(), String> {
        let (fine, wanted) = match self {
            Takes::Text(most) => (value.chars().count() <= *most, format!("write at most {most} characters")),
            Takes::Number(least, most) => {
                let fine = filters::number(value).is_some_and(|n| (*least..=*most).contains(&n));
                (fine, format!("write a number from {least} to {most}"))
            }
            Takes::Flag => (matches!(value, "true" | "false"), "write true or false".to_owned()),
            Takes::OneOf(all) => (all.contains(&value), format!("write one of: {}", all.join(", "))),
            Takes::Entry => {
                (value.parse::<EntryId>().is_ok(), "write the id of an entry: 64 hexadecimal digits".into())
            }
            Takes::Day => (value.parse::<Day>().is_ok(), "write a day as 2026-11-21".to_owned()),
            Takes::Period => (value.parse::<Span>().is_ok(), "write a year, as 2026, or 24m".to_owned()),
            Takes::Filter(facet, kind) => (filters::is_value(*facet, *kind, value), "it has no such value".to_owned()),
        };
        fine.then_some(()).ok_or(wanted)
    }

    fn schema(&self) -> RefOr<Schema> {
        let text = || ObjectBuilder::new().schema_type(Type::String);
        let whole = |least: usize, most: usize| {
            ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(least)).maximum(Some(most))
        };
        let schema = match self {
            Takes::Text(most) => text().max_length(Some(*most)),
            Takes::Number(least, most) => whole(*least, *most),
            Takes::Flag => ObjectBuilder::new().schema_type(Type::Boolean),
            Takes::OneOf(all) => text().enum_values(Some(all.clone())),
            Takes::Entry => text().pattern(Some(ENTRY)),
            Takes::Day => text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Date))),
            Takes::Period => text().pattern(Some(PERIOD)),
            Takes::Filter(facet, kind) => {
                let one = match filters::values(*facet, *kind) {
                    Values::Listed(all) => text().enum_values(Some(all)),
                    Values::Numbers(most) => whole(0, most),
                    Values::Organisations => text().format(Some(SchemaFormat::Custom("organisation-number".into()))),
                };
                return ArrayBuilder::new().items(one).max_items(Some(MAX_VALUES)).into();
            }
        };
        schema.into()
    }
}

impl Parameter {
    /// The parameter as the description tells it.
    pub(super) fn described(&self) -> Described {
        ParameterBuilder::new()
            .name(self.name)
            .parameter_in(ParameterIn::Query)
            .description(Some(self.says))
            .schema(Some(self.takes.schema()))
            .build()
    }
}

/// A part of a list that is in an order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) limit: usize,
    pub(super) offset: usize,
}

impl Part {
    /// The parameters that choose one.
    pub(super) fn parameters() -> [Parameter; 2] {
        [
            Parameter { name: "limit", says: "How many; usually 20.", takes: Takes::Number(1, MOST) },
            Parameter {
                name: "offset",
                says: "How many are left out at the beginning.",
                takes: Takes::Number(0, FARTHEST),
            },
        ]
    }

    pub(super) fn of(query: &Query<'_>) -> Self {
        Self { limit: query.number("limit").unwrap_or(USUAL), offset: query.number("offset").unwrap_or(0) }
    }

    /// The address of the part behind this one, if there is one that may be asked for. `told` is how many of the list
    /// this one has gone through.
    pub(super) fn next(self, query: &Query<'_>, told: usize, total: usize) -> Option<String> {
        let next = self.offset + told;
        (told > 0 && next < total && next <= FARTHEST).then(|| query.next("offset", &next.to_string()))
    }
}
