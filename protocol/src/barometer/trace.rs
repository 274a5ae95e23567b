//! From a figure back to what was counted in it.

use serde::Serialize;

use crate::id::EntryId;
use crate::organisation::{MunicipalityNumber, OrgNumber};

use super::subject::Subject;

/// One that was counted in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Traced {
    /// A case.
    Case {
        /// The thing.
        id: EntryId,
    },
    /// The use of a case by an organisation, however many units of it declare one.
    Use {
        /// The case.
        case: EntryId,
        /// The reuser.
        org: OrgNumber,
    },
    /// A need.
    Need {
        /// The thing.
        id: EntryId,
    },
    /// A member.
    Member {
        /// Who.
        org: OrgNumber,
    },
    /// A municipality or county, member or not.
    Place {
        /// Its number.
        number: MunicipalityNumber,
    },
}

/// One that was counted in a cell, and for what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Behind {
    /// What was counted. It comes again if it was counted again: a case with three questions is there three times
    /// behind the share of questions that were answered.
    pub what: Traced,
    /// Whether it is in the numerator; of days whether it happened, of a difference whether it went out.
    pub hit: bool,
}

impl Subject<'_, '_> {
    pub(super) const fn traced(&self) -> Traced {
        match self {
            Subject::Member(org) => Traced::Member { org: *org },
            Subject::Case(case) => Traced::Case { id: case.id },
            Subject::Use(one, case) => Traced::Use { case: case.id, org: one.org },
            Subject::Need(need) => Traced::Need { id: need.id },
            Subject::Place(number) => Traced::Place { number: *number },
        }
    }
}
