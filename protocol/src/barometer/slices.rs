//! The parts of one or several tables beside each other. In which of them a subject falls is found out once, for all
//! indicators and all tables: each indicator then looks at every subject once.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::organisation::{MunicipalityNumber, OrgNumber};

use super::cut::{Cut, place};
use super::dimension::{Basis, Dimension};
use super::parallel::on_all_cores;
use super::places::{Places, Structure};
use super::subject::Subject;
use super::view::View;

/// The parts of some tables, and in which of them each subject of a view falls.
pub(super) struct Slices {
    tables: Vec<Table>,
    /// The parts of all tables.
    ids: Vec<String>,
    cases: Fallen,
    uses: Fallen,
    needs: Fallen,
    members: BTreeMap<OrgNumber, Vec<u32>>,
    numbers: BTreeMap<MunicipalityNumber, Vec<u32>>,
    /// The one cell of which it is asked what was counted in it: its series and part.
    pub(super) traced: Option<(String, u32)>,
}

/// One of the tables.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// By what.
    pub(super) dimension: Dimension,
    /// In which structure.
    pub(super) basis: Basis,
    /// Its parts among all.
    pub(super) parts: Range<u32>,
}

impl Table {
    /// Its parts as places.
    pub(super) fn places(&self) -> Range<usize> {
        place(self.parts.start)..place(self.parts.end)
    }
}

/// Of each subject, by its place in the view, the parts in which it falls, in the order of the tables.
#[derive(Default)]
struct Fallen {
    /// Where the parts of each end.
    ends: Vec<usize>,
    parts: Vec<u32>,
}

/// Subjects that are looked at together, on one core.
const PIECE: usize = 8192;

impl Fallen {
    fn of_all<'s, 'm: 's, T: Sync>(
        all: &'s [T],
        cuts: &[Cut<'_, '_>],
        subject: impl Fn(&'s T) -> Option<Subject<'s, 'm>> + Sync,
    ) -> Self {
        let pieces: Vec<&'s [T]> = all.chunks(PIECE).collect();
        let found = on_all_cores(&pieces, |some| {
            let mut fallen = Self::default();
            for one in some.iter().map(&subject) {
                one.iter().for_each(|subject| cuts.iter().for_each(|cut| cut.tell(*subject, &mut fallen.parts)));
                fallen.ends.push(fallen.parts.len());
            }
            fallen
        });
        let mut whole = Self::default();
        for piece in found {
            let before = whole.parts.len();
            whole.ends.extend(piece.ends.into_iter().map(|end| end.saturating_add(before)));
            whole.parts.extend(piece.parts);
        }
        whole
    }

    fn of(&self, at: usize) -> &[u32] {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|end| self.parts.get(start..*end)).unwrap_or_default()
    }
}

impl Slices {
    /// The parts of some dimensions for all that is in a view.
    pub(super) fn of(
        view: &View<'_>,
        (structure, places): (&Structure<'_>, &Places),
        wanted: &[(Dimension, Basis)],
    ) -> Self {
        let mut cuts: Vec<Cut<'_, '_>> = Vec::with_capacity(wanted.len());
        let mut tables: Vec<Table> = Vec::with_capacity(wanted.len());
        for cut in wanted {
            let first = tables.last().map_or(0, |table| table.parts.end);
            let found = Cut::of(view, (structure, places), *cut, first);
            tables.push(Table { dimension: cut.0, basis: cut.1, parts: first..found.end() });
            cuts.push(found);
        }
        let all = view.every_case();
        let cases = Fallen::of_all(all, &cuts, |case| Some(Subject::Case(case)));
        let uses = Fallen::of_all(view.every_use(), &cuts, |one| Some(Subject::Use(one, all.get(one.case)?)));
        let needs = Fallen::of_all(view.every_need(), &cuts, |need| Some(Subject::Need(need)));
        let parts = |subject: Subject<'_, '_>| {
            let mut parts = Vec::new();
            cuts.iter().for_each(|cut| cut.tell(subject, &mut parts));
            parts
        };
        let members = view.members().map(|org| (org, parts(Subject::Member(org)))).collect();
        let numbers = places.numbers().into_iter().map(|n| (n, parts(Subject::Place(n)))).collect();
        let ids = cuts.into_iter().flat_map(Cut::into_ids).collect();
        Self { tables, ids, cases, uses, needs, members, numbers, traced: None }
    }

    /// Asks what was counted in one cell of the first table, by its series and part; `None` if there is no such part.
    pub(super) fn tracing(self, series: &str, part: &str) -> Option<Self> {
        let parts = self.tables.first()?.parts.clone();
        let part = parts.zip(&self.ids).find(|(_, id)| *id == part)?.0;
        Some(Self { traced: Some((series.to_owned(), part)), ..self })
    }

    /// The tables.
    pub(super) fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// The parts of all tables.
    pub(super) fn ids(&self) -> &[String] {
        &self.ids
    }

    /// The parts in which a subject falls.
    pub(super) fn parts(&self, subject: Subject<'_, '_>) -> &[u32] {
        match subject {
            Subject::Case(case) => self.cases.of(case.at),
            Subject::Use(one, _) => self.uses.of(one.at),
            Subject::Need(need) => self.needs.of(need.at),
            Subject::Member(org) => self.members.get(&org).map_or(&[], Vec::as_slice),
            Subject::Place(number) => self.numbers.get(&number).map_or(&[], Vec::as_slice),
        }
    }

    /// The part of a table in which a subject falls, if it falls in one alone.
    pub(super) fn part_in(&self, table: &Table, subject: Subject<'_, '_>) -> Option<u32> {
        self.parts(subject).iter().copied().find(|part| table.parts.contains(part))
    }
}
