//! Which cases, needs, reuses and things that gather cases there are, in the order in which they were told: followed entry by entry, so that a
//! list costs no reading of the disk. Holds nothing that cannot be made anew from the library.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::time::Timestamp;

use super::followed::Followed;
use super::row::{Place, Row, row};
use super::subjects::{Counts, Subjects};
use super::tallies::{Tallies, Tally};
use crate::library::{Library, LibraryFault};

/// The kinds that lists tell of.
const LISTED: [Kind; 7] =
    [Kind::Case, Kind::Need, Kind::Reuse, Kind::Plan, Kind::Programme, Kind::Collection, Kind::Award];

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
    order: BTreeSet<Place>,
    /// What each organisation has, in the same order.
    owned: BTreeMap<OrgNumber, BTreeSet<Place>>,
    /// What cases are about.
    counts: Counts,
    /// How much each organisation shares and uses.
    tallies: Tallies,
    /// The declared reuses of each case.
    reuses: BTreeMap<EntryId, BTreeSet<EntryId>>,
    followed: Followed,
}

impl Catalogue {
    /// Takes in what the library has come to hold since the last time.
    ///
    /// # Errors
    /// If the disk fails; then all of it is taken in the next time.
    pub fn follow(&mut self, library: &Library, now: Timestamp) -> Result<(), LibraryFault> {
        let Some(ahead) = self.followed.ahead(library) else { return Ok(()) };
        // At first these are all, and need not be gathered entry by entry.
        let touched: Vec<EntryId> = if ahead.anew {
            *self = Self::default();
            library.ledger(|l| LISTED.iter().flat_map(|kind| l.things().subjects(*kind)).collect())
        } else {
            ahead.news(library, &self.followed)?.things.into_iter().map(|(_, id)| id).collect()
        };
        for thing in touched {
            self.take(library, &thing, now)?;
        }
        self.followed = ahead.done();
        Ok(())
    }

    /// Whether nothing came since the last time.
    pub fn is_current(&self, library: &Library) -> bool {
        self.followed.is_current(library)
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
        self.among(of_kind(&self.order, kind))
    }

    /// The things of a kind that an organisation has, the newest first.
    pub fn newest_of(&self, org: OrgNumber, kind: Kind) -> impl Iterator<Item = &Row> {
        self.among(self.owned.get(&org).into_iter().flat_map(move |places| of_kind(places, kind)))
    }

    /// How many cases there are, and what they are about.
    pub fn subjects(&self) -> Subjects {
        self.counts.subjects()
    }

    /// How much an organisation shares and uses, as it stands in the declarations, whether they count or not.
    pub fn tally(&self, org: OrgNumber) -> Tally {
        self.tallies.of(org)
    }

    fn among<'a>(&'a self, places: impl Iterator<Item = &'a Place>) -> impl Iterator<Item = &'a Row> {
        places.filter_map(|(_, _, id)| self.rows.get(id))
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
        self.tallies.users(case).len()
    }

    /// Looks at a thing anew.
    fn take(&mut self, library: &Library, id: &EntryId, now: Timestamp) -> Result<(), LibraryFault> {
        if let Some(row) = self.rows.remove(id) {
            self.order.remove(&row.place());
            self.owned.entry(row.owner).or_default().remove(&row.place());
            self.counts.remove(&row);
            match told(&self.rows, &row) {
                Some(Told::Shared) => self.tallies.withdraw(id, row.owner),
                Some(Told::Uses { case, owner }) => self.tallies.take_back(case, row.owner, owner),
                None => {}
            }
            if let Some((case, _)) = row.reuse {
                self.reuses.entry(case).or_default().remove(id);
            }
        }
        if let Some(row) = row(library, id, now)? {
            self.order.insert(row.place());
            self.owned.entry(row.owner).or_default().insert(row.place());
            self.counts.add(&row);
            match told(&self.rows, &row) {
                Some(Told::Shared) => self.tallies.share(id, row.owner),
                Some(Told::Uses { case, owner }) => self.tallies.declare(case, row.owner, owner),
                None => {}
            }
            if let Some((case, _)) = row.reuse {
                self.reuses.entry(case).or_default().insert(*id);
            }
            self.rows.insert(*id, row);
        }
        Ok(())
    }
}

/// What a thing says of who shares and who uses.
enum Told {
    /// A case was shared.
    Shared,
    /// A case is in use; its owner, if it is here.
    Uses { case: EntryId, owner: Option<OrgNumber> },
}

fn told(rows: &BTreeMap<EntryId, Row>, row: &Row) -> Option<Told> {
    if row.kind == Kind::Case {
        return Some(Told::Shared);
    }
    let case = row.in_use()?;
    let owner = rows.get(&case).filter(|of| of.kind == Kind::Case).map(|of| of.owner);
    Some(Told::Uses { case, owner })
}

fn of_kind(places: &BTreeSet<Place>, kind: Kind) -> impl Iterator<Item = &Place> {
    let from = (kind.number(), Reverse(Timestamp::from_millis(u64::MAX)), EntryId::from_bytes([0; 32]));
    places.range(from..).take_while(move |(number, _, _)| *number == kind.number())
}
