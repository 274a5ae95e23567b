//! The material as it stood at a day: what is dated later is not there, of each thing the newest version counts, and
//! every rule of "in use" and "independent" is applied once, here. Knows no indicator.

mod case_at;
mod generations;
mod need_at;
mod organisations;
mod programmes;
mod use_at;

use std::collections::{BTreeMap, BTreeSet};

use crate::codes::Lang;
use crate::id::EntryId;
use crate::organisation::{MunicipalityNumber, OrgNumber};
use crate::time::Day;

use super::material::{CaseRecord, Material, ReuseRecord};
use super::parallel::on_all_cores;
use super::places::Structure;

pub use case_at::CaseAt;
pub use need_at::NeedAt;
pub use use_at::UseAt;

pub(super) use organisations::{OrgAt, Organisations};

use generations::add_generations;
use programmes::Programmes;
use use_at::is_there;

/// Whose doings are looked at. Both are open unless a question narrows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Focus {
    /// Members, owners of cases and needs, and reusers that are counted.
    pub subjects: Option<BTreeSet<OrgNumber>>,
    /// Organisations whose reuse of a case is seen at all.
    pub reusers: Option<BTreeSet<OrgNumber>>,
}

impl Focus {
    fn has(&self, org: OrgNumber) -> bool {
        self.subjects.as_ref().is_none_or(|orgs| orgs.contains(&org))
    }

    fn sees(&self, org: OrgNumber) -> bool {
        self.reusers.as_ref().is_none_or(|orgs| orgs.contains(&org))
    }
}

/// The material at a day.
#[derive(Debug)]
pub struct View<'m> {
    /// The day of reckoning.
    pub day: Day,
    focus: Focus,
    /// Active members: admitted, not ended, and not gone into another.
    members: BTreeSet<OrgNumber>,
    /// Cases that are not withdrawn, by id.
    cases: Vec<CaseAt<'m>>,
    /// What organisations declare about cases of others, by case and organisation.
    uses: Vec<UseAt<'m>>,
    /// Needs that are not withdrawn, by id.
    needs: Vec<NeedAt<'m>>,
    /// Every municipality and county, whether it is a member, and the written language of each member's.
    places: BTreeMap<MunicipalityNumber, bool>,
    written: BTreeMap<OrgNumber, Lang>,
    organisations: Organisations,
}

/// Cases that are looked at together, on one core.
const PIECE: usize = 4096;

/// A part of a view, looked at by itself.
struct Piece<'m> {
    cases: Vec<CaseAt<'m>>,
    uses: Vec<UseAt<'m>>,
}

impl<'m> View<'m> {
    /// The material at a day, as far as a focus sees it.
    pub fn at(material: &'m Material, structure: &Structure<'_>, day: Day, focus: Focus) -> Self {
        let places = structure.places();
        let gone = |org: &OrgNumber| structure.ended_by(*org).is_some_and(|r| r.day <= day);
        let active = material.members.iter().filter(|(org, m)| m.is_active(day) && !gone(org));
        let members: BTreeSet<OrgNumber> = active.map(|(org, _)| *org).collect();
        let organisations = Organisations::of(material, structure, day);
        let number = |org: &OrgNumber| Some((*org, structure.number_today(*org)?));
        let numbers: BTreeMap<OrgNumber, MunicipalityNumber> = organisations.all().iter().filter_map(number).collect();
        let here: BTreeSet<_> = members.iter().filter_map(|org| numbers.get(org)).collect();
        let written = |n: &MunicipalityNumber| places.get(*n).and_then(|p| p.traits?.written);
        let mut view = Self {
            day,
            focus,
            cases: Vec::with_capacity(material.cases.len()),
            uses: Vec::with_capacity(material.reuses.values().map(BTreeMap::len).sum()),
            needs: Vec::new(),
            places: places.all().map(|p| (p.number, here.contains(&p.number))).collect(),
            written: numbers.iter().filter_map(|(org, n)| Some((*org, written(n)?))).collect(),
            members,
            organisations,
        };
        let programmes = Programmes::at(material, day);
        let records: Vec<(&EntryId, &CaseRecord)> = material.cases.iter().collect();
        let pieces: Vec<&[(&EntryId, &CaseRecord)]> = records.chunks(PIECE).collect();
        for piece in on_all_cores(&pieces, |some| view.piece(material, &programmes, some)) {
            view.append(piece);
        }
        for (id, need) in &material.needs {
            view.needs.extend(NeedAt::of((view.needs.len(), *id), need, day, &view.organisations));
        }
        add_generations(&mut view.cases);
        view
    }

    /// Some cases with what is declared about them. Their places are those within the piece.
    fn piece(&self, material: &'m Material, programmes: &Programmes, some: &[(&EntryId, &'m CaseRecord)]) -> Piece<'m> {
        let (day, all) = (self.day, &self.organisations);
        let (mut cases, mut uses) = (Vec::with_capacity(some.len()), Vec::new());
        // Lent to every case.
        let mut owners: Vec<OrgNumber> = Vec::new();
        let mut declared: Vec<&ReuseRecord> = Vec::new();
        for (id, record) in some {
            let Some(mut case) = CaseAt::of((cases.len(), **id), record, day, all) else { continue };
            programmes.add_to(&mut case);
            all.owners(record, case.owner, day, &mut owners);
            declared.clear();
            declared.extend(material.reuses.get(id).into_iter().flat_map(BTreeMap::values));
            declared.retain(|r| is_there(r, day) && !owners.contains(&r.org) && self.focus.sees(r.org));
            declared.sort_by_key(|r| r.org);
            let first = uses.len();
            for records in declared.chunk_by(|a, b| a.org == b.org) {
                let Some(org) = records.first().map(|r| r.org) else { continue };
                let orgs = all.both(org);
                let who = (org, all.org(orgs.today).unwrap_or(org), orgs);
                uses.push(UseAt::of((uses.len(), case.at), who, records, day));
            }
            case.weigh(uses.get(first..).unwrap_or_default(), &owners, day);
            cases.push(case);
        }
        Piece { cases, uses }
    }

    fn append(&mut self, piece: Piece<'m>) {
        let (cases, uses) = (self.cases.len(), self.uses.len());
        self.cases.extend(piece.cases.into_iter().map(|case| CaseAt { at: case.at.saturating_add(cases), ..case }));
        self.uses.extend(piece.uses.into_iter().map(|one| UseAt {
            at: one.at.saturating_add(uses),
            case: one.case.saturating_add(cases),
            ..one
        }));
    }

    /// Active members in focus.
    pub fn members(&self) -> impl Iterator<Item = OrgNumber> + '_ {
        self.members.iter().copied().filter(|org| self.focus.has(*org))
    }

    /// Cases in focus, by id.
    pub fn cases(&self) -> impl Iterator<Item = &CaseAt<'m>> {
        self.cases.iter().filter(|case| self.focus.has(case.home))
    }

    /// Cases in focus that are in use and confirmed.
    pub fn active(&self) -> impl Iterator<Item = &CaseAt<'m>> {
        self.cases().filter(|case| case.is_active(self.day))
    }

    /// Uses by organisations in focus with the case, by case and organisation.
    pub fn uses(&self) -> impl Iterator<Item = (&UseAt<'m>, &CaseAt<'m>)> {
        let ours = self.uses.iter().filter(|one| self.focus.has(one.home));
        ours.filter_map(|one| Some((one, self.cases.get(one.case)?)))
    }

    /// Needs in focus, by id.
    pub fn needs(&self) -> impl Iterator<Item = &NeedAt<'m>> {
        self.needs.iter().filter(|need| self.focus.has(need.home))
    }

    /// Every municipality and county that is there today, and whether it is an active member.
    pub fn places(&self) -> impl Iterator<Item = (MunicipalityNumber, bool)> + '_ {
        self.places.iter().map(|(number, is_member)| (*number, *is_member))
    }

    /// The written Norwegian that the municipality of an organisation has chosen.
    pub fn written(&self, org: OrgNumber) -> Option<Lang> {
        self.written.get(&org).copied()
    }

    /// All cases, in focus or not.
    pub fn every_case(&self) -> &[CaseAt<'m>] {
        &self.cases
    }

    /// All uses, in focus or not.
    pub fn every_use(&self) -> &[UseAt<'m>] {
        &self.uses
    }

    /// Needs, in focus or not.
    pub(super) fn every_need(&self) -> &[NeedAt<'m>] {
        &self.needs
    }

    /// Every organisation that is named.
    pub(super) const fn organisations(&self) -> &Organisations {
        &self.organisations
    }
}

/// The last day of validity that confirmations signed by a day give.
fn confirmed(confirmations: &[(Day, Day)], day: Day) -> Option<Day> {
    confirmations.iter().filter(|(signed, _)| *signed <= day).map(|(_, until)| *until).max()
}

fn is_gone(withdrawn: Option<Day>, day: Day) -> bool {
    withdrawn.is_some_and(|gone| gone <= day)
}
