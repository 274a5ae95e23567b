//! Which cases may answer a need, and which needs a case may answer: by problems, themes and sector in common.

use std::cmp::Reverse;

use idenett_protocol::body::{CaseFacts, NeedFacts};
use idenett_protocol::codes::{CaseStatus, Code, NeedStatus, Sector, Theme, WickedProblem};
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;

use crate::reading::{Catalogue, Row};

/// Matches that are shown.
const MAX_MATCHES: usize = 4;
/// Things of a kind that are compared, the newest first.
const MAX_COMPARED: usize = 20_000;
/// What a problem, a theme and the sector in common count for, and what there must be at least.
const WEIGHTS: (usize, usize, usize) = (3, 3, 1);
const LEAST: usize = 4;

/// Open needs that a case may answer, the best first.
pub(super) fn needs_for(catalogue: &Catalogue, case: &CaseFacts) -> Vec<EntryId> {
    let about = About::new(&case.wicked_problem, &case.themes, &case.sector);
    let open = |row: &&Row| matches!(row.need, Some(NeedStatus::Open | NeedStatus::InDialogue));
    best(catalogue.newest(Kind::Need).take(MAX_COMPARED).filter(open), &about)
}

/// Cases that may answer a need, the best first.
pub(super) fn cases_for(catalogue: &Catalogue, need: &NeedFacts) -> Vec<EntryId> {
    let about = About::new(&need.wicked_problem, &need.themes, &need.sector);
    let told = |row: &&Row| !matches!(row.status, Some(CaseStatus::Idea | CaseStatus::NeedClarified));
    best(catalogue.newest(Kind::Case).take(MAX_COMPARED).filter(told), &about)
}

/// What a record is about.
struct About {
    wicked: Vec<WickedProblem>,
    themes: Vec<Theme>,
    sector: Option<Sector>,
}

impl About {
    fn new(wicked: &[Code<WickedProblem>], themes: &[Code<Theme>], sector: &Code<Sector>) -> Self {
        let (wicked, themes) = (wicked.iter().filter_map(Code::known), themes.iter().filter_map(Code::known));
        Self { wicked: wicked.collect(), themes: themes.collect(), sector: sector.known() }
    }

    fn in_common(&self, row: &Row) -> usize {
        let wicked = self.wicked.iter().filter(|w| row.wicked.contains(w)).count();
        let themes = self.themes.iter().filter(|t| row.themes.contains(t)).count();
        let sector = usize::from(self.sector.is_some() && self.sector == row.sector);
        wicked * WEIGHTS.0 + themes * WEIGHTS.1 + sector * WEIGHTS.2
    }
}

fn best<'a>(rows: impl Iterator<Item = &'a Row>, about: &About) -> Vec<EntryId> {
    let scored = rows.map(|row| (about.in_common(row), row)).filter(|(score, _)| *score >= LEAST);
    let mut scored: Vec<(usize, &Row)> = scored.collect();
    scored.sort_by_key(|(score, row)| (Reverse(*score), Reverse(row.time)));
    scored.into_iter().take(MAX_MATCHES).map(|(_, row)| row.id).collect()
}
