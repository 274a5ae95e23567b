//! A need at a day.

use crate::codes::NeedStatus;
use crate::id::EntryId;
use crate::organisation::OrgNumber;
use crate::time::Day;

use super::super::material::{NeedRecord, NeedVersion};
use super::is_gone;
use super::organisations::{OrgAt, Organisations};

/// A need at a day.
#[derive(Debug)]
pub struct NeedAt<'m> {
    /// Its place in the view.
    pub(in super::super) at: usize,
    /// The thing.
    pub id: EntryId,
    /// All of it.
    pub record: &'m NeedRecord,
    /// Under whose name it counts today.
    pub home: OrgNumber,
    /// The places of the owner and of the one under whose name it counts among the organisations.
    pub(in super::super) orgs: OrgAt,
    /// The version that is shown.
    pub now: &'m NeedVersion,
    /// The day on which it was first said to be met by a case or a reuse.
    pub met: Option<Day>,
}

impl<'m> NeedAt<'m> {
    /// What a record is at a day; nothing before its first version and after its withdrawal.
    pub(super) fn of(
        (at, id): (usize, EntryId),
        record: &'m NeedRecord,
        day: Day,
        all: &Organisations,
    ) -> Option<Self> {
        if record.opened > day || is_gone(record.withdrawn, day) {
            return None;
        }
        let said = || record.versions.iter().filter(|v| v.day <= day && !is_gone(v.withdrawn, day));
        let now = said().next_back()?;
        let is_met = |v: &NeedVersion| v.status == Some(NeedStatus::Met) && v.met_by.is_some();
        let met = said().find(|v| is_met(v)).filter(|_| is_met(now)).map(|v| v.day);
        let orgs = all.both(record.owner);
        Some(Self { at, id, record, home: all.org(orgs.today).unwrap_or(record.owner), orgs, now, met })
    }

    /// Whether it is open and not expired.
    pub fn is_open(&self, day: Day) -> bool {
        matches!(self.now.status, Some(NeedStatus::Open | NeedStatus::InDialogue))
            && self.now.valid_until.is_none_or(|until| until >= day)
    }
}
