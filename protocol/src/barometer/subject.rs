//! What figures count.

use crate::organisation::{MunicipalityNumber, OrgNumber};

use super::view::{CaseAt, NeedAt, UseAt};

/// What is counted.
#[derive(Clone, Copy, Debug)]
pub(super) enum Subject<'s, 'm> {
    /// A member.
    Member(OrgNumber),
    /// A case.
    Case(&'s CaseAt<'m>),
    /// A use of a case, by the reuser's place.
    Use(&'s UseAt<'m>, &'s CaseAt<'m>),
    /// A need.
    Need(&'s NeedAt<'m>),
    /// A municipality or county, member or not.
    Place(MunicipalityNumber),
}
