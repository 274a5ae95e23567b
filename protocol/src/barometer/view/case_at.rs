//! A case at a day.

use crate::codes::CaseStatus;
use crate::id::EntryId;
use crate::organisation::OrgNumber;
use crate::time::Day;

use super::super::material::{CaseRecord, CaseVersion};
use super::organisations::{OrgAt, Organisations};
use super::use_at::UseAt;
use super::{confirmed, is_gone};

/// A case at a day.
#[derive(Debug)]
pub struct CaseAt<'m> {
    /// Its place in the view.
    pub(in super::super) at: usize,
    /// The thing.
    pub id: EntryId,
    /// All of it.
    pub record: &'m CaseRecord,
    /// The version that is shown.
    pub now: &'m CaseVersion,
    /// Who owns it.
    pub owner: OrgNumber,
    /// Under whose name it counts today: the owner's heir, or the successor that signed the version that is shown.
    pub home: OrgNumber,
    /// The places of the owner and of the one under whose name it counts among the organisations.
    pub(in super::super) orgs: OrgAt,
    /// Whether its newest version says that it is in use.
    pub in_use: bool,
    /// The day it was taken in use, whether it still is or not; nothing where an import did not know.
    pub reached: Option<Day>,
    /// Until when it holds, confirmations included.
    pub valid_until: Option<Day>,
    /// The day of the first version that says it is utilised.
    pub utilised: Option<Day>,
    /// The day of the first version that says it ended, with or without lessons shared.
    pub ended: Option<Day>,
    /// Whether anything but the owner's word stands behind it: a measurement, or a use elsewhere that went well.
    pub evaluated: bool,
    /// Organisations whose reuse of it counts.
    pub reusers: usize,
    /// Organisations that were only inspired by it.
    pub inspired: usize,
    /// The first day on which an independent reuse was in use, whether it still is or not.
    pub first_reuse: Option<Day>,
    /// Cases behind it in the chain from which it came.
    pub generation: u8,
    /// Programmes it belongs to.
    pub programmes: Vec<EntryId>,
    /// Whether an arena shows it.
    pub in_arena: bool,
}

impl<'m> CaseAt<'m> {
    /// What a record is at a day, before anything is known of its uses; nothing before its first version and after
    /// its withdrawal.
    pub(super) fn of(
        (at, id): (usize, EntryId),
        record: &'m CaseRecord,
        day: Day,
        all: &Organisations,
    ) -> Option<Self> {
        if record.published > day || is_gone(record.withdrawn, day) {
            return None;
        }
        let said = || record.versions.iter().filter(|v| v.day <= day && !is_gone(v.withdrawn, day));
        let now = said().next_back()?;
        let owner = record.about.filter(|org| said().any(|v| v.by == *org)).unwrap_or(record.publisher);
        let owned = all.place(owner);
        let claimed = if all.followers(owned).contains(&now.by) { all.place(now.by) } else { owned };
        let home = all.heir(claimed);
        let reached = reached(said(), record.versions.first().map(|v| v.id));
        let first = |is: fn(&CaseVersion) -> bool| said().find(|v| is(v)).map(|v| v.day);
        Some(Self {
            at,
            id,
            record,
            now,
            owner,
            home: all.org(home).unwrap_or(owner),
            orgs: OrgAt { then: owned, today: home },
            in_use: now.is_in_use() && reached.is_none_or(|since| since <= day),
            reached: reached.filter(|since| *since <= day),
            valid_until: now.valid_until.max(confirmed(&record.confirmed, day)),
            utilised: first(|v| v.status == Some(CaseStatus::Utilised)),
            ended: first(|v| matches!(v.status, Some(CaseStatus::EndedWithLessons | CaseStatus::Discontinued))),
            evaluated: false,
            reusers: 0,
            inspired: 0,
            first_reuse: None,
            generation: 0,
            programmes: Vec::new(),
            in_arena: false,
        })
    }

    /// Takes in what the uses of the case say about it.
    pub(super) fn weigh(&mut self, uses: &[UseAt<'_>], owners: &[OrgNumber], day: Day) {
        let may_measure = |org: &OrgNumber| owners.contains(org) || uses.iter().any(|one| one.org == *org);
        let measured = self.record.measured.iter().any(|(signed, by)| *signed <= day && may_measure(by));
        let went_well = || uses.iter().flat_map(|one| &one.counted).any(|v| v.outcome.is_some_and(|o| o >= 0));
        self.evaluated = measured || went_well();
        self.reusers = uses.iter().filter(|one| one.counts()).count();
        self.inspired = uses.iter().filter(|one| one.inspired && !one.counts()).count();
        self.first_reuse = uses.iter().filter_map(|one| one.reached).min();
    }

    /// Whether it is in use and was confirmed in time.
    pub fn is_active(&self, day: Day) -> bool {
        self.in_use && self.is_confirmed(day)
    }

    /// Whether it was confirmed in time, in use or not.
    pub fn is_confirmed(&self, day: Day) -> bool {
        self.valid_until.is_none_or(|until| until >= day)
    }

    /// Days from its publication to its first reuse, or to the day of a view if that did not come, and whether it did.
    pub(in super::super) fn waited(&self, day: Day) -> (u32, bool) {
        let days = self.first_reuse.unwrap_or(day).since(self.record.published);
        (u32::try_from(days).unwrap_or(0), self.first_reuse.is_some())
    }
}

/// When a case was taken in use: what the newest version says that is in use and states a day, else the day of the
/// first version that says so. An import that says so from the beginning does not know.
fn reached<'v>(said: impl DoubleEndedIterator<Item = &'v CaseVersion> + Clone, first: Option<EntryId>) -> Option<Day> {
    let stated = said.clone().rev().filter(|v| v.is_in_use()).find_map(|v| v.in_use);
    let signed = || said.clone().find(|v| v.is_in_use()).filter(|v| !(v.imported && Some(v.id) == first));
    stated.or_else(|| signed().map(|v| v.day))
}
