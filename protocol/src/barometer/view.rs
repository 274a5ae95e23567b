//! The material as it stood at a day: what is dated later is not there, of each thing the newest version counts, and
//! every rule of "in use" and "independent" is applied once, here. Knows no indicator.

use std::collections::{BTreeMap, BTreeSet};

use crate::codes::{CaseStatus, Lang, NeedStatus, Origin};
use crate::id::EntryId;
use crate::organisation::{MunicipalityNumber, OrgNumber};
use crate::reuses::{Declared, ReuseStanding, standings};
use crate::time::Day;

use super::material::{CaseRecord, CaseVersion, Material, NeedRecord, NeedVersion, ReuseRecord, ReuseVersion};
use super::places::Structure;

/// Cases through which a chain of reuse is followed.
const MAX_GENERATIONS: u8 = 16;

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
}

/// A case at a day.
#[derive(Debug)]
pub struct CaseAt<'m> {
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

impl CaseAt<'_> {
    /// Whether it is in use and was confirmed in time.
    pub fn is_active(&self, day: Day) -> bool {
        self.in_use && self.is_confirmed(day)
    }

    /// Whether it was confirmed in time, in use or not.
    pub fn is_confirmed(&self, day: Day) -> bool {
        self.valid_until.is_none_or(|until| until >= day)
    }
}

/// What one organisation declares about one case of another.
#[derive(Debug)]
pub struct UseAt<'m> {
    /// The place of the case in the view.
    pub case: usize,
    /// The reuser.
    pub org: OrgNumber,
    /// Under whose name it counts today.
    pub home: OrgNumber,
    /// The declarations that count, each by its newest version.
    pub counted: Vec<&'m ReuseVersion>,
    /// Whether one was only inspired.
    pub inspired: bool,
    /// The day it was first in use, whether it still is or not; nothing if never, or only inspired.
    pub reached: Option<Day>,
    /// All declarations.
    pub records: Vec<&'m ReuseRecord>,
}

impl UseAt<'_> {
    /// Whether it counts as independent reuse.
    pub fn counts(&self) -> bool {
        !self.counted.is_empty()
    }

    /// Whether it counted at another day, by what was said until then.
    pub fn counted_at(&self, day: Day) -> bool {
        !counted(&self.records, day).0.is_empty()
    }
}

/// A need at a day.
#[derive(Debug)]
pub struct NeedAt<'m> {
    /// The thing.
    pub id: EntryId,
    /// All of it.
    pub record: &'m NeedRecord,
    /// Under whose name it counts today.
    pub home: OrgNumber,
    /// The version that is shown.
    pub now: &'m NeedVersion,
    /// The day on which it was first said to be met by a case or a reuse.
    pub met: Option<Day>,
}

impl NeedAt<'_> {
    /// Whether it is open and not expired.
    pub fn is_open(&self, day: Day) -> bool {
        matches!(self.now.status, Some(NeedStatus::Open | NeedStatus::InDialogue))
            && self.now.valid_until.is_none_or(|until| until >= day)
    }
}

impl<'m> View<'m> {
    /// The material at a day, as far as a focus sees it.
    pub fn at(material: &'m Material, structure: &Structure<'_>, day: Day, focus: Focus) -> Self {
        let places = structure.places();
        let gone = |org: &OrgNumber| structure.ended_by(*org).is_some_and(|r| r.day <= day);
        let active = material.members.iter().filter(|(org, m)| m.is_active(day) && !gone(org));
        let members: BTreeSet<OrgNumber> = active.map(|(org, _)| *org).collect();
        let numbers: BTreeMap<OrgNumber, MunicipalityNumber> =
            material.organisations().into_iter().filter_map(|org| Some((org, structure.number_today(org)?))).collect();
        let here: BTreeSet<_> = members.iter().filter_map(|org| numbers.get(org)).collect();
        let written = |n: &MunicipalityNumber| places.get(*n).and_then(|p| p.traits?.written);
        let mut owners = Owners { structure, day, followers: BTreeMap::new() };
        let programmes = Programmes::at(material, day);
        let mut view = Self {
            day,
            focus,
            cases: Vec::new(),
            uses: Vec::new(),
            needs: Vec::new(),
            places: places.all().map(|p| (p.number, here.contains(&p.number))).collect(),
            written: numbers.iter().filter_map(|(org, n)| Some((*org, written(n)?))).collect(),
            members,
        };
        for (id, record) in &material.cases {
            let Some(mut case) = case_at(*id, record, day, &mut owners) else { continue };
            programmes.add_to(&mut case);
            let owners = owners.of(record, case.owner);
            let declared = material.reuses.get(id).into_iter().flat_map(BTreeMap::values);
            let by_org = by_organisation(declared, day, |org| !owners.contains(&org) && view.focus.sees(org));
            let at = view.cases.len();
            let found: Vec<UseAt<'m>> =
                by_org.into_iter().map(|(org, r)| use_at((org, structure.heir(org, day)), r, at, day)).collect();
            weigh(&mut case, &found, &owners, day);
            view.uses.extend(found);
            view.cases.push(case);
        }
        view.needs = material.needs.iter().filter_map(|(id, need)| need_at(*id, need, structure, day)).collect();
        add_generations(&mut view.cases);
        view
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

    /// Every organisation that is named.
    pub(super) fn organisations(&self) -> BTreeSet<OrgNumber> {
        let mut all = self.members.clone();
        all.extend(self.cases.iter().flat_map(|case| [case.owner, case.home]));
        all.extend(self.uses.iter().flat_map(|one| [one.org, one.home]));
        all.extend(self.needs.iter().flat_map(|need| [need.record.owner, need.home]));
        all
    }
}

/// Who owns a case at a day, those included that followed an owner by then.
struct Owners<'a> {
    structure: &'a Structure<'a>,
    day: Day,
    followers: BTreeMap<OrgNumber, BTreeSet<OrgNumber>>,
}

impl Owners<'_> {
    fn followers(&mut self, org: OrgNumber) -> &BTreeSet<OrgNumber> {
        let (structure, day) = (self.structure, self.day);
        self.followers.entry(org).or_insert_with(|| structure.successors(org, day))
    }

    fn of(&mut self, record: &CaseRecord, owner: OrgNumber) -> BTreeSet<OrgNumber> {
        let confirmed = record.co_owners.iter().filter(|(_, since)| **since <= self.day).map(|(org, _)| *org);
        let named: BTreeSet<OrgNumber> = [owner].into_iter().chain(record.about).chain(confirmed).collect();
        let mut all = named.clone();
        for org in named {
            all.extend(self.followers(org));
        }
        all
    }
}

/// The programmes of a day.
struct Programmes {
    live: BTreeSet<EntryId>,
    arenas: BTreeSet<EntryId>,
    /// Of each case the programmes that show it.
    shown_in: BTreeMap<EntryId, Vec<EntryId>>,
}

impl Programmes {
    fn at(material: &Material, day: Day) -> Self {
        let mut found = Self { live: BTreeSet::new(), arenas: BTreeSet::new(), shown_in: BTreeMap::new() };
        for (id, programme) in &material.programmes {
            if programme.published > day || programme.withdrawn.is_some_and(|gone| gone <= day) {
                continue;
            }
            found.live.insert(*id);
            if programme.is_arena {
                found.arenas.insert(*id);
            }
            programme.cases.iter().for_each(|case| found.shown_in.entry(*case).or_default().push(*id));
        }
        found
    }

    fn add_to(&self, case: &mut CaseAt<'_>) {
        let named = case.now.programmes.iter().copied().filter(|id| self.live.contains(id));
        let all: BTreeSet<EntryId> = named.chain(self.shown_in.get(&case.id).into_iter().flatten().copied()).collect();
        case.in_arena = all.iter().any(|id| self.arenas.contains(id));
        case.programmes = all.into_iter().collect();
    }
}

fn case_at<'m>(id: EntryId, record: &'m CaseRecord, day: Day, owners: &mut Owners<'_>) -> Option<CaseAt<'m>> {
    if record.published > day || record.withdrawn.is_some_and(|gone| gone <= day) {
        return None;
    }
    let said: Vec<&CaseVersion> =
        record.versions.iter().filter(|v| v.day <= day && !is_gone(v.withdrawn, day)).collect();
    let now = *said.last()?;
    let owner = record.about.filter(|org| said.iter().any(|v| v.by == *org)).unwrap_or(record.publisher);
    let claimed = if owners.followers(owner).contains(&now.by) { now.by } else { owner };
    let home = owners.structure.heir(claimed, day);
    let reached = reached(&said, record.versions.first().map(|v| v.id));
    let first = |is: fn(&CaseVersion) -> bool| said.iter().find(|v| is(v)).map(|v| v.day);
    Some(CaseAt {
        id,
        record,
        now,
        owner,
        home,
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

/// When a case was taken in use: what the newest version says that is in use and states a day, else the day of the
/// first version that says so. An import that says so from the beginning does not know.
fn reached(said: &[&CaseVersion], first: Option<EntryId>) -> Option<Day> {
    let stated = said.iter().rev().filter(|v| v.is_in_use()).find_map(|v| v.in_use);
    let signed = || said.iter().find(|v| v.is_in_use()).filter(|v| !(v.imported && Some(v.id) == first)).map(|v| v.day);
    stated.or_else(signed)
}

/// The declarations of a day by organisation.
fn by_organisation<'m>(
    declared: impl Iterator<Item = &'m ReuseRecord>,
    day: Day,
    counts: impl Fn(OrgNumber) -> bool,
) -> BTreeMap<OrgNumber, Vec<&'m ReuseRecord>> {
    let mut by_org: BTreeMap<OrgNumber, Vec<&ReuseRecord>> = BTreeMap::new();
    for record in declared.filter(|r| r.declared <= day && !is_gone(r.withdrawn, day) && counts(r.org)) {
        by_org.entry(record.org).or_default().push(record);
    }
    by_org
}

/// What one organisation, under the name of its heir, declares about the case at a place of the view.
fn use_at<'m>((org, home): (OrgNumber, OrgNumber), records: Vec<&'m ReuseRecord>, case: usize, day: Day) -> UseAt<'m> {
    let (counted, inspired) = counted(&records, day);
    let reached = records.iter().filter_map(|r| reuse_reached(r, day)).min();
    UseAt { case, org, home, counted, inspired, reached, records }
}

/// The declarations of one organisation about one case that count at a day, and whether one is only inspired.
fn counted<'m>(records: &[&'m ReuseRecord], day: Day) -> (Vec<&'m ReuseVersion>, bool) {
    let standing: Vec<(&ReuseVersion, Declared)> =
        records.iter().filter_map(|r| Some((version_at(r, day)?, declared(r, day)?))).collect();
    let all: Vec<Declared> = standing.iter().map(|(_, d)| d.clone()).collect();
    let found = standings(&all, &BTreeSet::new(), day);
    let is = |d: &Declared, what| found.get(&d.subject) == Some(&what);
    let inspired = standing.iter().any(|(_, d)| is(d, ReuseStanding::Inspired));
    let begun = |v: &ReuseVersion| v.in_use.is_none_or(|since| since <= day);
    let counted = standing.iter().filter(|(v, d)| is(d, ReuseStanding::InUse) && begun(v)).map(|(v, _)| *v).collect();
    (counted, inspired)
}

/// A declaration as its newest version of a day stands.
fn declared(record: &ReuseRecord, day: Day) -> Option<Declared> {
    let now = version_at(record, day)?;
    Some(Declared {
        subject: record.versions.first()?.id,
        org: record.org,
        unit: now.unit.clone(),
        degree: now.degree,
        status: now.status,
        declared: record.declared,
        said: now.day,
        valid_until: now.valid_until.max(confirmed(&record.confirmed, day)),
        withdrawn: is_gone(record.withdrawn, day),
    })
}

fn version_at(record: &ReuseRecord, day: Day) -> Option<&ReuseVersion> {
    (record.declared <= day).then_some(())?;
    record.versions.iter().rev().find(|v| v.day <= day && !is_gone(v.withdrawn, day))
}

/// When a declared reuse was first in use by a day, whether it still is or not.
fn reuse_reached(record: &ReuseRecord, day: Day) -> Option<Day> {
    let said = || record.versions.iter().filter(|v| v.day <= day && !is_gone(v.withdrawn, day));
    let in_use = || said().filter(|v| v.is_in_use() && v.degree != Some(Origin::Inspired));
    let stated = in_use().filter_map(|v| v.in_use).next_back();
    stated.or_else(|| in_use().next().map(|v| v.day)).filter(|since| *since <= day)
}

/// What the uses of a case say about it.
fn weigh(case: &mut CaseAt<'_>, uses: &[UseAt<'_>], owners: &BTreeSet<OrgNumber>, day: Day) {
    let may_measure = |org: &OrgNumber| owners.contains(org) || uses.iter().any(|one| one.org == *org);
    let measured = case.record.measured.iter().any(|(signed, by)| *signed <= day && may_measure(by));
    let went_well = uses.iter().flat_map(|one| &one.counted).any(|v| v.outcome.is_some_and(|o| o >= 0));
    case.evaluated = measured || went_well;
    case.reusers = uses.iter().filter(|one| one.counts()).count();
    case.inspired = uses.iter().filter(|one| one.inspired && !one.counts()).count();
    case.first_reuse = uses.iter().filter_map(|one| one.reached).min();
}

fn need_at<'m>(id: EntryId, record: &'m NeedRecord, structure: &Structure<'_>, day: Day) -> Option<NeedAt<'m>> {
    if record.opened > day || is_gone(record.withdrawn, day) {
        return None;
    }
    let said: Vec<&NeedVersion> =
        record.versions.iter().filter(|v| v.day <= day && !is_gone(v.withdrawn, day)).collect();
    let now = *said.last()?;
    let is_met = |v: &NeedVersion| v.status == Some(NeedStatus::Met) && v.met_by.is_some();
    let met = said.iter().find(|v| is_met(v)).filter(|_| is_met(now)).map(|v| v.day);
    Some(NeedAt { id, record, home: structure.heir(record.owner, day), now, met })
}

/// Counts the cases from which each came. Rounds over all links until nothing changes, so that neither order nor a
/// circle of cases that name each other matters.
fn add_generations(cases: &mut [CaseAt<'_>]) {
    let places: BTreeMap<EntryId, usize> = cases.iter().enumerate().map(|(at, case)| (case.id, at)).collect();
    let links: Vec<(usize, usize)> = cases
        .iter()
        .enumerate()
        .flat_map(|(at, case)| case.now.builds_on.iter().filter_map(|id| places.get(id)).map(move |from| (at, *from)))
        .collect();
    for _ in 0..MAX_GENERATIONS {
        let mut changed = false;
        for (at, from) in &links {
            let behind = cases.get(*from).map_or(0, |c| c.generation).saturating_add(1).min(MAX_GENERATIONS);
            if let Some(case) = cases.get_mut(*at).filter(|c| c.generation < behind) {
                case.generation = behind;
                changed = true;
            }
        }
        if !changed {
            return;
        }
    }
}

/// The last day of validity that confirmations signed by a day give.
fn confirmed(confirmations: &[(Day, Day)], day: Day) -> Option<Day> {
    confirmations.iter().filter(|(signed, _)| *signed <= day).map(|(_, until)| *until).max()
}

fn is_gone(withdrawn: Option<Day>, day: Day) -> bool {
    withdrawn.is_some_and(|gone| gone <= day)
}
