//! The figures of this node: the material followed entry by entry, and finished tables kept until something new comes.
//! What is counted, and how, is decided in the protocol.

mod material;
mod places;
mod release;

use std::collections::BTreeMap;
use std::sync::Arc;

use idenett_protocol::barometer::{Basis, Dimension, Figure, Focus, Indicator, Material, Reckoning, Span, Statistics};
use idenett_protocol::id::{Digest, EntryId, Seq};
use idenett_protocol::kind::Kind;
use idenett_protocol::time::Day;

use crate::library::{Library, LibraryFault};
use crate::reading::{Reach, news, reach};

pub(crate) use places::number_on;
pub use places::places;
pub use release::{Verdict, release, verify};

use material::Source;

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
    kept: BTreeMap<(Day, Span), Arc<Statistics>>,
}

impl Barometer {
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
            *self = Self { ground: Some(ground), ..Self::default() };
            self.material.members = library.ledger(material::members);
            self.material.reforms = library.ledger(material::reforms);
        }
        self.kept.clear();
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
