//! The figures of this node: the material followed entry by entry, and finished tables kept until something new comes.
//! What is counted, and how, is decided in the protocol.

mod handbook;
mod material;
mod places;
mod release;
mod spread;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use idenett_protocol::barometer::{
    Basis, Dimension, Figure, Focus, Indicator, Material, Reckoning, Span, Statistics, Step,
};
use idenett_protocol::id::{Digest, EntryId, Seq};
use idenett_protocol::kind::Kind;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::time::Day;

use crate::library::{Library, LibraryFault};
use crate::reading::{Reach, news, reach};

pub use handbook::handbook;
pub(crate) use places::number_on;
pub use places::places;
pub use release::{Published, Verdict, published, release, verify};
pub use spread::Spread;

use material::Source;

/// Years that a trend shows.
const YEARS: i32 = 6;
/// Finished sets of figures that are kept: those that pages of one evening ask for.
const MAX_KEPT: usize = 64;

/// The barometer of one node.
#[derive(Debug, Default)]
pub struct Barometer {
    material: Material,
    /// The case of each declaration of reuse, so that it is found when it changes.
    case_of: BTreeMap<EntryId, EntryId>,
    followed: Reach,
    ground: Option<(u32, Seq)>,
    frontier: Option<Digest>,
    /// Of each day and period the release that stands.
    releases: BTreeMap<(Day, Span), EntryId>,
    kept: BTreeMap<(Day, Span), Arc<Statistics>>,
    trends: BTreeMap<(Day, bool), Arc<Trend>>,
    mirrors: BTreeMap<(Day, Span, OrgNumber), Arc<Mirrors>>,
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
        let (frontier, ground) = library.ledger(|l| (l.frontier().digest(), (l.frontier().epoch(), l.registry_age())));
        if self.frontier == Some(frontier) {
            return Ok(());
        }
        let reach = reach(library);
        let shorter = reach.iter().any(|(key, seq)| self.followed.get(key).is_some_and(|before| before > seq));
        if self.ground != Some(ground) || shorter {
            let releases = release::standing(&published(library)?);
            *self = Self { ground: Some(ground), releases, ..Self::default() };
            self.material.members = library.ledger(material::members);
            self.material.reforms = library.ledger(material::reforms);
        }
        self.kept.clear();
        self.trends.clear();
        self.mirrors.clear();
        let news = news(library, &self.followed, &reach)?;
        for (kind, id) in news.things.union(&news.said) {
            self.take(&Source::now(library), *kind, id)?;
        }
        self.followed = reach;
        self.frontier = Some(frontier);
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
        self.frontier == Some(library.ledger(|l| l.frontier().digest()))
    }

    /// The frontier that was followed.
    pub const fn frontier(&self) -> Option<Digest> {
        self.frontier
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

    /// Figures that were counted before and still hold.
    pub fn kept(&self, day: Day, span: Span) -> Option<Arc<Statistics>> {
        self.kept.get(&(day, span)).cloned()
    }

    /// Every figure of a day and span.
    pub fn statistics(&self, day: Day, span: Span) -> Statistics {
        let reckoning = self.reckoning(day, Focus::default());
        let cuts = Reckoning::cuts();
        let each = |cut: &(Dimension, Basis)| reckoning.figures(&Indicator::EVERY, span, *cut);
        Statistics { figures: on_all_cores(&cuts, each), ..Reckoning::heading(day, span) }
    }

    /// Keeps figures for whoever asks next.
    pub fn keep(&mut self, day: Day, span: Span, statistics: Arc<Statistics>) {
        if self.kept.len() >= MAX_KEPT {
            self.kept.clear();
        }
        self.kept.insert((day, span), statistics);
    }

    /// A trend that was counted before and still holds.
    pub fn kept_trend(&self, day: Day, panel: bool) -> Option<Arc<Trend>> {
        self.trends.get(&(day, panel)).cloned()
    }

    /// Keeps a trend for whoever asks next.
    pub fn keep_trend(&mut self, day: Day, panel: bool, trend: Arc<Trend>) {
        if self.trends.len() >= MAX_KEPT {
            self.trends.clear();
        }
        self.trends.insert((day, panel), trend);
    }

    /// The years up to a day; of all members, or of those that were there in the first year and the last: else growth
    /// of the network would look like innovation.
    pub fn trend(&self, day: Day, panel: bool) -> Trend {
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

    /// Mirrors that were counted before and still hold.
    pub fn kept_mirrors(&self, day: Day, span: Span, org: OrgNumber) -> Option<Arc<Mirrors>> {
        self.mirrors.get(&(day, span, org)).cloned()
    }

    /// Keeps mirrors for whoever asks next.
    pub fn keep_mirrors(&mut self, (day, span, org): (Day, Span, OrgNumber), mirrors: Arc<Mirrors>) {
        if self.mirrors.len() >= MAX_KEPT {
            self.mirrors.clear();
        }
        self.mirrors.insert((day, span, org), mirrors);
    }

    /// A member beside others and everyone.
    pub fn mirror(&self, day: Day, span: Span, org: OrgNumber, alike: &BTreeSet<OrgNumber>) -> Mirrors {
        let of = |subjects: Option<BTreeSet<OrgNumber>>| {
            let reckoning = self.reckoning(day, Focus { subjects, reusers: None });
            reckoning.figures(&Indicator::EVERY, span, (Dimension::All, Basis::Today))
        };
        Mirrors { own: of(Some([org].into())), alike: of(Some(alike.clone())), everyone: of(None) }
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

/// Counts each table on one of the cores that there are; the tables come in the order in which they were asked for.
fn on_all_cores(cuts: &[(Dimension, Basis)], each: impl Fn(&(Dimension, Basis)) -> Vec<Figure> + Sync) -> Vec<Figure> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from).min(cuts.len()).max(1);
    let counted: Vec<Vec<(usize, Vec<Figure>)>> = std::thread::scope(|scope| {
        // In turns, because neighbours cost alike.
        let turns = |core: usize| cuts.iter().enumerate().skip(core).step_by(cores);
        let each = &each;
        let work: Vec<_> = (0..cores)
            .map(|core| scope.spawn(move || turns(core).map(|(at, cut)| (at, each(cut))).collect()))
            .collect();
        work.into_iter().map(|one| one.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
    });
    let by_place: BTreeMap<usize, Vec<Figure>> = counted.into_iter().flatten().collect();
    by_place.into_values().flatten().collect()
}
