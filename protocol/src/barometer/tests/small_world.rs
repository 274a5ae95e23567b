//! A material that is told in a few lines: organisations, cases and reuses by number.

use super::super::*;
use crate::codes::{CaseStatus, CommentKind, NeedStatus, Origin, ReuseStatus};
use crate::id::EntryId;
use crate::organisation::OrgNumber;
use crate::time::Day;

/// The day of reckoning of all tests.
pub(super) const TODAY: &str = "2026-11-25";

pub(super) fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

pub(super) fn id(n: u16) -> EntryId {
    let mut bytes = [0; 32];
    bytes[..2].copy_from_slice(&n.to_be_bytes());
    EntryId::from_bytes(bytes)
}

/// The nth organisation.
pub(super) fn org(n: usize) -> OrgNumber {
    let all = (90_000_000..90_001_000_u32).flat_map(|head| (0..10).map(move |check| format!("{head}{check}")));
    all.filter_map(|text| text.parse().ok()).nth(n).expect("an organisation number")
}

pub(super) fn case_version(n: u16, by: OrgNumber, on: &str, status: CaseStatus) -> CaseVersion {
    CaseVersion {
        id: id(n),
        number: 1,
        day: day(on),
        by,
        withdrawn: None,
        imported: false,
        lang: None,
        status: Some(status),
        types: Vec::new(),
        sector: None,
        themes: Vec::new(),
        origin: None,
        builds_on: Vec::new(),
        values: Vec::new(),
        initiated_by: Vec::new(),
        participants: Vec::new(),
        promoting: Vec::new(),
        hindering: Vec::new(),
        in_use: None,
        valid_until: None,
        programmes: Vec::new(),
    }
}

pub(super) fn reuse_version(n: u16, on: &str, status: ReuseStatus, degree: Origin) -> ReuseVersion {
    ReuseVersion {
        id: id(n),
        number: 1,
        day: day(on),
        withdrawn: None,
        degree: Some(degree),
        status: Some(status),
        in_use: None,
        unit: None,
        lang: None,
        valid_until: None,
        channel: None,
        saved: None,
        outcome: None,
    }
}

/// A material and the places of its organisations.
pub(super) struct SmallWorld {
    pub(super) material: Material,
    pub(super) places: Places,
}

impl SmallWorld {
    /// So many members, admitted in 2020, without municipalities.
    pub(super) fn of(members: usize) -> Self {
        let mut material = Material::default();
        for n in 0..members {
            let membership = Membership { keys: vec![(day("2020-01-01"), None)], number: None };
            material.members.insert(org(n), membership);
        }
        Self { material, places: Places::new(day("2024-01-01"), Vec::new(), []) }
    }

    /// A case of an organisation, of one version, with something changed in it.
    pub(super) fn case(&mut self, n: u16, by: usize, on: &str, status: CaseStatus) -> &mut CaseRecord {
        let record = CaseRecord {
            publisher: org(by),
            about: None,
            co_owners: [].into(),
            published: day(on),
            withdrawn: None,
            versions: vec![case_version(n, org(by), on, status)],
            confirmed: Vec::new(),
            measured: Vec::new(),
            comments: Vec::new(),
            translated: None,
        };
        self.material.cases.entry(id(n)).or_insert(record)
    }

    /// A case that was told before.
    pub(super) fn existing(&mut self, n: u16) -> &mut CaseRecord {
        self.material.cases.get_mut(&id(n)).expect("a case")
    }

    /// The newest version of a case.
    pub(super) fn now(&mut self, n: u16) -> &mut CaseVersion {
        self.existing(n).versions.last_mut().expect("a version")
    }

    /// A declaration of reuse.
    pub(super) fn reuse(
        &mut self,
        n: u16,
        (case, by): (u16, usize),
        on: &str,
        status: ReuseStatus,
    ) -> &mut ReuseRecord {
        let record = ReuseRecord {
            org: org(by),
            declared: day(on),
            withdrawn: None,
            versions: vec![reuse_version(n, on, status, Origin::Adapted)],
            confirmed: Vec::new(),
        };
        self.material.reuses.entry(id(case)).or_default().entry(id(n)).or_insert(record)
    }

    /// A need.
    pub(super) fn need(&mut self, n: u16, by: usize, on: &str, status: NeedStatus) -> &mut NeedRecord {
        let version = NeedVersion {
            id: id(n),
            number: 1,
            day: day(on),
            withdrawn: None,
            status: Some(status),
            sector: None,
            themes: Vec::new(),
            valid_until: None,
            met_by: None,
        };
        let record = NeedRecord { owner: org(by), opened: day(on), withdrawn: None, versions: vec![version] };
        self.material.needs.entry(id(n)).or_insert(record)
    }

    pub(super) fn figure(&self, indicator: Indicator, cut: (Dimension, Basis)) -> Figure {
        self.figure_at(indicator, TODAY, cut)
    }

    pub(super) fn figure_at(&self, indicator: Indicator, on: &str, cut: (Dimension, Basis)) -> Figure {
        let reckoning = Reckoning::at(&self.material, &self.places, day(on), Focus::default());
        reckoning.figure(indicator, Span::Months24, cut)
    }

    /// An undivided figure of one series.
    pub(super) fn all(&self, indicator: Indicator, series: &str) -> Value {
        let figure = self.figure(indicator, (Dimension::All, Basis::Today));
        figure.cell(series, ALL).unwrap_or_else(|| panic!("{indicator} has a series {series}: {:?}", figure.series()))
    }
}

/// Something said about a case.
pub(super) fn comment(by: usize, on: &str, kind: CommentKind) -> CommentRecord {
    CommentRecord { day: day(on), by: org(by), kind, answered: None, adopted: None }
}
