//! The figures of this node: the material followed entry by entry, and finished tables kept until something new comes.
//! What is counted, and how, is decided in the protocol.

mod handbook;
mod kept;
mod material;
mod places;
mod release;
mod spread;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use idenett_protocol::barometer::{
    Basis, Dimension, Figure, Focus, Indicator, Material, Reckoning, Span, Statistics, Step,
};
use idenett_protocol::id::{Digest, EntryId};
use idenett_protocol::kind::Kind;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::time::Day;

use crate::library::{Library, LibraryFault};
use crate::reading::{Followed, Reach, news};

pub use handbook::handbook;
pub(crate) use places::number_on;
pub use places::places;
pub use release::{Published, Unpublished, Verdict, published, release, verify};
pub use spread::Spread;

use kept::Kept;
use material::Source;

/// Years that a trend shows.
const YEARS: i32 = 6;

/// The barometer of one node.
#[derive(Debug, Default)]
pub struct Barometer {
    material: Material,
    /// The case of each declaration of reuse, so that it is found when it changes.
    case_of: BTreeMap<EntryId, EntryId>,
    followed: Followed,
    /// Of each day and period the release that stands.
    releases: BTreeMap<(Day, Span), EntryId>,
    kept: Answers,
}

/// What was counted before and still holds.
#[derive(Debug, Default)]
struct Answers {
    statistics: Kept<(Day, Span), Statistics>,
    trends: Kept<(Day, bool), Trend>,
    mirrors: Kept<(Day, Span, OrgNumber), Mirrors>,
}

/// Undivided figures of one member, of those like it, and of everyone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mirrors {
    /// Of the member; its cases may be reused by anyone.
    pub own: Vec<Figure>,
    /// Of those like it.
    pub alike: Vec<Figure>,
    /// Of everyone.
    pub everyone: Vec<Figure>,
}

/// Undivided figures of some years, the oldest first, and the curve of the time to reuse on the last day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trend {
    /// Of each year its last day of reckoning and its figures, by indicator.
    pub years: Vec<(Day, Vec<Figure>)>,
    /// The curve behind B9.
    pub curve: Vec<Step>,
    /// What spread most, on the last day.
    pub spread: Spread,
}

impl Barometer {
    /// The barometer of a material that stands by itself and follows no library.
    pub fn of(material: Material) -> Self {
        Self { material, ..Self::default() }
    }

    /// Takes in what the library has come to hold since the last time.
    ///
    /// # Errors
    /// If the disk fails; then all of it is taken in the next time.
    pub fn follow(&mut self, library: &Library) -> Result<(), LibraryFault> {
        let Some(ahead) = self.followed.ahead(library) else { return Ok(()) };
        self.kept = Answers::default();
        if ahead.anew {
            *self = Self { releases: release::standing(&published(library)?), ..Self::default() };
            self.material.members = library.ledger(material::members);
            self.material.reforms = library.ledger(material::reforms);
        }
        let news = ahead.news(library, &self.followed)?;
        for (kind, id) in news.things.union(&news.said) {
            self.take(&Source::now(library), *kind, id)?;
        }
        self.followed = ahead.done();
        Ok(())
    }

    /// The material as it was when the logs had come so far and no further.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn of_the_past(library: &Library, heads: &Reach) -> Result<Self, LibraryFault> {
        let source = Source::then(library, library.ledger(|l| l.until(heads)));
        let mut past = Self::default();
        past.material.members = source.ledger(material::members);
        past.material.reforms = source.ledger(material::reforms);
        let news = news(library, &Reach::new(), heads)?;
        for (kind, id) in news.things.union(&news.said) {
            past.take(&source, *kind, id)?;
        }
        Ok(past)
    }

    /// Whether nothing came since the last time.
    pub fn is_current(&self, library: &Library) -> bool {
        self.followed.is_current(library)
    }

    /// The frontier that was followed.
    pub const fn frontier(&self) -> Option<Digest> {
        self.followed.frontier()
    }

    /// The release of a day and period, if the registrar has published one that nothing replaced.
    pub fn released(&self, day: Day, span: Span) -> Option<EntryId> {
        self.releases.get(&(day, span)).copied()
    }

    /// What figures are made of.
    pub const fn material(&self) -> &Material {
        &self.material
    }

    /// The material at a day, as far as a focus sees it.
    pub fn reckoning(&self, day: Day, focus: Focus) -> Reckoning<'_> {
        Reckoning::at(&self.material, places(), day, focus)
    }

    /// Every figure of a day and span, counted once as long as nothing new comes.
    pub fn statistics(&self, day: Day, span: Span) -> Arc<Statistics> {
        self.kept.statistics.get((day, span), || self.count(day, span))
    }

    /// Every figure of a day and span.
    pub fn count(&self, day: Day, span: Span) -> Statistics {
        self.reckoning(day, Focus::default()).statistics(span)
    }

    /// The years up to a day; of all members, or of those that were there in the first year and the last: else growth
    /// of the network would look like innovation.
    pub fn trend(&self, day: Day, panel: bool) -> Arc<Trend> {
        self.kept.trends.get((day, panel), || self.count_trend(day, panel))
    }

    fn count_trend(&self, day: Day, panel: bool) -> Trend {
        let (last, ..) = day.ymd();
        let ends = (last.saturating_sub(YEARS - 1)..=last).filter_map(|year| Day::from_ymd(year, 12, 31));
        let days: Vec<Day> = ends.map(|end| end.min(day)).collect();
        let members = panel.then(|| self.present(&days));
        let of_year = |end: &Day| {
            let focus = Focus { subjects: members.clone(), reusers: members.clone() };
            let figures = self.reckoning(*end, focus).figures(
                &Indicator::EVERY,
                Span::Year(end.ymd().0),
                (Dimension::All, Basis::Today),
            );
            (*end, figures)
        };
        let focus = Focus { subjects: members.clone(), reusers: members.clone() };
        let last = self.reckoning(day, focus);
        Trend {
            years: days.iter().map(of_year).collect(),
            curve: last.time_to_reuse(),
            spread: Spread::of(last.view()),
        }
    }

    /// A member beside those like it and everyone.
    pub fn mirrors(&self, day: Day, span: Span, org: OrgNumber, alike: &BTreeSet<OrgNumber>) -> Arc<Mirrors> {
        let of = |subjects: Option<BTreeSet<OrgNumber>>| {
            let reckoning = self.reckoning(day, Focus { subjects, reusers: None });
            reckoning.figures(&Indicator::EVERY, span, (Dimension::All, Basis::Today))
        };
        let count = || Mirrors { own: of(Some([org].into())), alike: of(Some(alike.clone())), everyone: of(None) };
        self.kept.mirrors.get((day, span, org), count)
    }

    /// The members of the first of some days on which there are any that still are on the last.
    fn present(&self, days: &[Day]) -> BTreeSet<OrgNumber> {
        let at = |day: Day| -> BTreeSet<OrgNumber> {
            let active = self.material.members.iter().filter(|(_, m)| m.is_active(day));
            active.map(|(org, _)| *org).collect()
        };
        let first = days.iter().map(|day| at(*day)).find(|orgs| !orgs.is_empty()).unwrap_or_default();
        let last = days.last().map(|day| at(*day)).unwrap_or_default();
        first.intersection(&last).copied().collect()
    }

    /// Looks at a thing anew.
    fn take(&mut self, source: &Source<'_>, kind: Kind, id: &EntryId) -> Result<(), LibraryFault> {
        match kind {
            Kind::Case => put(&mut self.material.cases, id, material::case(source, id)?),
            Kind::Need => put(&mut self.material.needs, id, material::need(source, id)?),
            Kind::Programme => put(&mut self.material.programmes, id, material::programme(source, id)?),
            Kind::Reuse => {
                if let Some(declared) = self.case_of.remove(id).and_then(|case| self.material.reuses.get_mut(&case)) {
                    declared.remove(id);
                }
                if let Some((case, record)) = material::reuse(source, id)? {
                    self.case_of.insert(*id, case);
                    self.material.reuses.entry(case).or_default().insert(*id, record);
                }
            }
            Kind::Confirmation
            | Kind::Measurement
            | Kind::Comment
            | Kind::Interest
            | Kind::Contact
            | Kind::Plan
            | Kind::Collection
            | Kind::Award
            | Kind::Assessment
            | Kind::Climate
            | Kind::Translation
            | Kind::Withdrawal
            | Kind::Redaction
            | Kind::Admission
            | Kind::Revocation
            | Kind::Settlement
            | Kind::Reference
            | Kind::Succession
            | Kind::Release
            | Kind::Unknown(_) => {}
        }
        Ok(())
    }
}

fn put<T>(all: &mut BTreeMap<EntryId, T>, id: &EntryId, found: Option<T>) {
    match found {
        Some(record) => drop(all.insert(*id, record)),
        None => drop(all.remove(id)),
    }
}
