//! What stands in the query: strictly what is documented, so that nobody relies on what is silently left out.

use crate::search::MAX_DEPTH;
use crate::web::asked::{Asked, address};
use crate::web::failure::Failure;

/// Items of a list where nobody says how many, and at most.
const USUAL: usize = 20;
const MOST: usize = 100;
/// Items that can be left out at the beginning: beyond them nothing is kept in order.
const FARTHEST: usize = MAX_DEPTH - 1;

/// Refuses every parameter that is not among these.
pub(super) fn only(asked: &Asked, known: &[&str]) -> Result<(), Failure> {
    match asked.query.iter().find(|(name, _)| !known.contains(&name.as_str())) {
        Some((name, _)) => Err(wrong(name, "there is no such parameter here")),
        None => Ok(()),
    }
}

/// Says that a parameter is wrong.
pub(super) fn wrong(name: &str, detail: impl Into<String>) -> Failure {
    Failure::Parameter { name: name.to_owned(), detail: detail.into() }
}

/// A part of a list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) limit: usize,
    pub(super) offset: usize,
}

impl Part {
    pub(super) fn of(asked: &Asked) -> Result<Self, Failure> {
        let limit = number(asked, "limit", 1, MOST)?.unwrap_or(USUAL);
        Ok(Self { limit, offset: number(asked, "offset", 0, FARTHEST)?.unwrap_or(0) })
    }

    /// The address of the part behind this one, if there is one that may be asked for.
    pub(super) fn next(self, asked: &Asked, total: usize) -> Option<String> {
        let next = self.offset + self.limit;
        let others = asked.query.iter().filter(|(n, _)| n != "offset").map(|(n, v)| (n.as_str(), v.as_str()));
        let offset = next.to_string();
        (next < total && next <= FARTHEST).then(|| address(&asked.path, others.chain([("offset", offset.as_str())])))
    }
}

fn number(asked: &Asked, name: &str, least: usize, most: usize) -> Result<Option<usize>, Failure> {
    let Some(value) = asked.value(name) else { return Ok(None) };
    let number = value.parse().ok().filter(|n| (least..=most).contains(n));
    number.map(Some).ok_or_else(|| wrong(name, format!("write a number from {least} to {most}")))
}
