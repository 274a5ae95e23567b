//! Which cases, needs, reuses and things that gather cases there are, in the order in which they were told: followed entry by entry, so that a
//! list costs no reading of the disk. Holds nothing that cannot be made anew from the library.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use idenett_protocol::body::Facts;
use idenett_protocol::codes::{CaseStatus, Code, CodeList, NeedStatus, ReuseStatus, Sector, Theme, WickedProblem};
use idenett_protocol::id::{Digest, EntryId, Seq};
use idenett_protocol::kind::Kind;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::time::{Span, Timestamp};

use super::news::{Reach, news, reach};
use super::record::open;
use crate::library::{Library, LibraryFault};

/// How far ahead of our clock a record may be dated and still be new: clocks differ.
const AHEAD: Span = Span::from_secs(24 * 60 * 60);

/// A thing as far as lists need to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The thing.
    pub id: EntryId,
    /// Case, need, reuse, or one that gathers cases.
    pub kind: Kind,
    /// The version that is shown.
    pub version: EntryId,
    /// Who owns it, or declares it.
    pub owner: OrgNumber,
    /// When the version that is shown was signed.
    pub time: Timestamp,
    /// Its place among the newest: what claims to be from the future stands last.
    rank: Timestamp,
    /// The status of a case.
    pub status: Option<CaseStatus>,
    /// The status of a need.
    pub need: Option<NeedStatus>,
    /// The part of the municipality.
    pub sector: Option<Sector>,
    /// What it is about.
    pub themes: Vec<Theme>,
    /// Problems without a final solution that it works at.
    pub wicked: Vec<WickedProblem>,
    /// Of a reuse the case and how far it has come.
    pub reuse: Option<(EntryId, Option<ReuseStatus>)>,
}

/// The order of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The newest first.
    #[default]
    Newest,
    /// What most organisations declared to use first.
    MostReused,
}

/// The things of this node.
#[derive(Debug, Default)]
pub struct Catalogue {
    rows: BTreeMap<EntryId, Row>,
    order: BTreeSet<(u8, Reverse<Timestamp>, EntryId)>,
    /// The declared reuses of each case.
    reuses: BTreeMap<EntryId, BTreeSet<EntryId>>,
    /// How far each log was followed, and what all stood on.
    followed: Reach,
    ground: Option<(u32, Seq)>,
    frontier: Option<Digest>,
}

impl Catalogue {
    /// Takes in what the library has come to hold since the last time.
    ///
    /// # Errors
    /// If the disk fails; then all of it is taken in the next time.
    pub fn follow(&mut self, library: &Library, now: Timestamp) -> Result<(), LibraryFault> {
        let (frontier, ground) = library.ledger(|l| (l.frontier().digest(), (l.frontier().epoch(), l.registry_age())));
        if self.frontier == Some(frontier) {
            return Ok(());
        }
        // Whose word counts may have changed, or a log lost its end: everything is looked at again.
        let reach = reach(library);
        let shorter = reach.iter().any(|(key, seq)| self.followed.get(key).is_some_and(|before| before > seq));
        if self.ground != Some(ground) || shorter {
            *self = Self { ground: Some(ground), ..Self::default() };
        }
        for (_, thing) in news(library, &self.followed, &reach)?.things {
            self.take(library, &thing, now)?;
        }
        self.followed = reach;
        self.frontier = Some(frontier);
        Ok(())
    }

    /// Whether nothing came since the last time.
    pub fn is_current(&self, library: &Library) -> bool {
        self.frontier == Some(library.ledger(|l| l.frontier().digest()))
    }

    /// The things of a kind that fit, in an order.
    pub fn list(&self, kind: Kind, order: Order, fits: impl Fn(&Row) -> bool) -> Vec<&Row> {
        let mut all: Vec<&Row> = self.newest(kind).filter(|row| fits(row)).collect();
        if order == Order::MostReused {
            all.sort_by_key(|row| Reverse(self.declared(&row.id)));
        }
        all
    }

    /// The things of a kind, the newest first.
    pub fn newest(&self, kind: Kind) -> impl Iterator<Item = &Row> {
        let of_kind = move |(number, _, _): &&(u8, Reverse<Timestamp>, EntryId)| *number == kind.number();
        let from = (kind.number(), Reverse(Timestamp::from_millis(u64::MAX)), EntryId::from_bytes([0; 32]));
        self.order.range(from..).take_while(of_kind).filter_map(|(_, _, id)| self.rows.get(id))
    }

    /// A thing.
    pub fn row(&self, id: &EntryId) -> Option<&Row> {
        self.rows.get(id)
    }

    /// The things behind an id, or all of them, in the order of their ids.
    pub fn after(&self, id: Option<EntryId>) -> impl Iterator<Item = &Row> {
        let from = id.map_or(Bound::Unbounded, Bound::Excluded);
        self.rows.range((from, Bound::Unbounded)).map(|(_, row)| row)
    }

    /// The declarations of reuse of a case.
    pub fn reuses_of(&self, case: &EntryId) -> impl Iterator<Item = &Row> {
        self.reuses.get(case).into_iter().flatten().filter_map(|id| self.rows.get(id))
    }

    /// Organisations that declare to have a case in use, whether it counts or not.
    pub fn declared(&self, case: &EntryId) -> usize {
        let in_use = |row: &&Row| matches!(row.reuse, Some((_, Some(ReuseStatus::InUse | ReuseStatus::Utilised))));
        self.reuses_of(case).filter(in_use).map(|row| row.owner).collect::<BTreeSet<_>>().len()
    }

    /// Looks at a thing anew.
    fn take(&mut self, library: &Library, id: &EntryId, now: Timestamp) -> Result<(), LibraryFault> {
        if let Some(row) = self.rows.remove(id) {
            self.order.remove(&row.place());
            if let Some((case, _)) = row.reuse {
                self.reuses.entry(case).or_default().remove(id);
            }
        }
        if let Some(row) = row(library, id, now)? {
            self.order.insert(row.place());
            if let Some((case, _)) = row.reuse {
                self.reuses.entry(case).or_default().insert(*id);
            }
            self.rows.insert(*id, row);
        }
        Ok(())
    }
}

impl Row {
    fn place(&self) -> (u8, Reverse<Timestamp>, EntryId) {
        (self.kind.number(), Reverse(self.rank), self.id)
    }
}

/// A thing as lists know it; `None` if it is of no kind that is listed, does not count, or was withdrawn.
fn row(library: &Library, id: &EntryId, now: Timestamp) -> Result<Option<Row>, LibraryFault> {
    let found = library.ledger(|l| l.thing(id)).filter(|thing| thing.withdrawn.is_none());
    let Some(thing) = found else { return Ok(None) };
    let Some(record) = open(library, &thing.current)? else { return Ok(None) };
    let time = record.header().time;
    let rank = if time > now.after(AHEAD) { Timestamp::default() } else { time };
    let blank = Row {
        id: thing.subject,
        kind: thing.kind,
        version: thing.current,
        owner: thing.owner,
        time,
        rank,
        status: None,
        need: None,
        sector: None,
        themes: Vec::new(),
        wicked: Vec::new(),
        reuse: None,
    };
    Ok(match record.facts {
        Ok(Facts::Case(facts)) => Some(Row {
            status: facts.status.known(),
            sector: facts.sector.known(),
            themes: known(&facts.themes),
            wicked: known(&facts.wicked_problem),
            ..blank
        }),
        Ok(Facts::Need(facts)) => Some(Row {
            need: facts.status.known(),
            sector: facts.sector.known(),
            themes: known(&facts.themes),
            wicked: known(&facts.wicked_problem),
            ..blank
        }),
        Ok(Facts::Reuse(facts)) => {
            Some(Row { sector: facts.sector.known(), reuse: Some((facts.case, facts.status.known())), ..blank })
        }
        Ok(Facts::Plan(facts)) => {
            Some(Row { themes: known(&facts.themes), wicked: known(&facts.wicked_problem), ..blank })
        }
        Ok(Facts::Programme(facts)) => Some(Row { themes: known(&facts.themes), ..blank }),
        Ok(Facts::Collection(facts)) => Some(Row { themes: known(&facts.themes), ..blank }),
        Ok(Facts::Award(_)) => Some(blank),
        _ => None,
    })
}

fn known<T: CodeList>(codes: &[Code<T>]) -> Vec<T> {
    codes.iter().filter_map(Code::known).collect()
}
