//! Turning the pages of a long list.

use super::asked::Asked;
use super::limits::{MAX_PAGES, ROWS};

/// Where a reader stands in a list.
#[derive(Clone, Debug)]
pub(super) struct Turning {
    pub(super) page: usize,
    rows: usize,
    pub(super) pages: usize,
    pub(super) back: Option<String>,
    pub(super) on: Option<String>,
}

impl Turning {
    /// A list of as many rows a page as usual.
    pub(super) fn new(asked: &Asked, total: usize) -> Self {
        Self::by(asked, total, ROWS)
    }

    /// A list of so many rows a page.
    pub(super) fn by(asked: &Asked, total: usize, rows: usize) -> Self {
        let pages = total.div_ceil(rows).clamp(1, MAX_PAGES);
        let page = asked.page().min(pages);
        let to = |page: usize| asked.address("page", (page > 1).then(|| page.to_string()).as_deref());
        Self { page, rows, pages, back: (page > 1).then(|| to(page - 1)), on: (page < pages).then(|| to(page + 1)) }
    }

    /// How many rows stand on earlier pages.
    pub(super) const fn before(&self) -> usize {
        (self.page - 1) * self.rows
    }
}
