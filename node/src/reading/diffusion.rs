//! From whom to whom something has spread: what maps show of it.

use std::collections::BTreeMap;

use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::reuses::ReuseStanding;

use super::case::CaseView;
use super::municipality::MunicipalityView;

/// Who shared something, and who said what came of it with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diffusion {
    /// Who shared it.
    pub from: OrgNumber,
    /// Others that told of using it, with how many cases.
    pub to: BTreeMap<OrgNumber, usize>,
}

impl CaseView {
    /// To whom the case has spread, whether that counts as reuse or not; what was withdrawn is left out.
    pub fn diffusion(&self) -> Diffusion {
        let from = self.shown.owner.org;
        let told = self.reuses.iter().filter(|d| d.reuse.standing != ReuseStanding::Withdrawn);
        Diffusion { from, to: told.map(|d| d.reuse.org).filter(|org| *org != from).map(|org| (org, 1)).collect() }
    }
}

impl MunicipalityView {
    /// To whom what it shared has spread.
    pub fn diffusion(&self) -> Diffusion {
        let mut to: BTreeMap<OrgNumber, usize> = BTreeMap::new();
        for reuse in &self.used_by {
            *to.entry(reuse.party.org).or_default() += 1;
        }
        Diffusion { from: self.party.org, to }
    }
}
