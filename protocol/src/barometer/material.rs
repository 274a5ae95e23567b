//! What figures are made of: of every thing the days, codes and references that its records state, with
//! nothing that depends on a day of reckoning. A function of the set of counted entries; the order in which
//! they came leaves no trace. Knows no texts, so that a redaction changes no figure.

use std::collections::{BTreeMap, BTreeSet};

use crate::body::{CaseFacts, NeedFacts, ReuseFacts, Saved};
use crate::codes::{
    CaseStatus, Channel, Code, CodeList, CommentKind, Factor, InnovationType, Lang, NeedStatus, Origin, Participant,
    ReuseStatus, Sector, Theme, Value,
};
use crate::id::EntryId;
use crate::organisation::{MunicipalityNumber, OrgNumber};
use crate::time::Day;

/// All that figures are made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Material {
    /// Who was admitted.
    pub members: BTreeMap<OrgNumber, Membership>,
    /// Municipal reforms, by day and then in the order of the registrar's log.
    pub reforms: Vec<Reform>,
    /// The cases.
    pub cases: BTreeMap<EntryId, CaseRecord>,
    /// The declarations of reuse, by case.
    pub reuses: BTreeMap<EntryId, BTreeMap<EntryId, ReuseRecord>>,
    /// The needs.
    pub needs: BTreeMap<EntryId, NeedRecord>,
    /// Programmes, networks and arenas.
    pub programmes: BTreeMap<EntryId, ProgrammeRecord>,
}

impl Material {
    /// Every organisation that is a member, owns a case or a need, or declares a reuse.
    pub fn organisations(&self) -> BTreeSet<OrgNumber> {
        let owners = self.cases.values().flat_map(|c| {
            let signers = c.versions.iter().map(|v| v.by);
            [c.publisher].into_iter().chain(c.about).chain(c.co_owners.keys().copied()).chain(signers)
        });
        let reusers = self.reuses.values().flat_map(|all| all.values().map(|r| r.org));
        let needing = self.needs.values().map(|n| n.owner);
        self.members.keys().copied().chain(owners).chain(reusers).chain(needing).collect()
    }
}

/// A member by its node keys: it is active while one of them may write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Membership {
    /// Of each key the day of its admission and the day on which it was ended.
    pub keys: Vec<(Day, Option<Day>)>,
    /// The municipality number at admission, with the day.
    pub number: Option<(Day, MunicipalityNumber)>,
}

impl Membership {
    /// Whether it may write at a day.
    pub fn is_active(&self, day: Day) -> bool {
        self.keys.iter().any(|(from, until)| *from <= day && until.is_none_or(|until| until > day))
    }
}

/// A municipal reform.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reform {
    /// The day from which it holds.
    pub day: Day,
    /// Who was before: the organisation, where it was a member, and the municipality number.
    pub from: Vec<(Option<OrgNumber>, Option<MunicipalityNumber>)>,
    /// Who is after.
    pub to: Vec<(Option<OrgNumber>, Option<MunicipalityNumber>)>,
    /// Whether one successor takes over all; otherwise what nobody claims belongs to none.
    pub all_to_one: bool,
}

/// A case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRecord {
    /// Who signed its first version.
    pub publisher: OrgNumber,
    /// The organisation about which it was retold; the owner from its own first version on.
    pub about: Option<OrgNumber>,
    /// Co-owners, each with the day of its confirmation.
    pub co_owners: BTreeMap<OrgNumber, Day>,
    /// The day on which its first version was signed.
    pub published: Day,
    /// The day from which it is withdrawn.
    pub withdrawn: Option<Day>,
    /// Its lawful versions, by number and id; at least one.
    pub versions: Vec<CaseVersion>,
    /// Confirmations by owners: the day signed, and until when it is valid.
    pub confirmed: Vec<(Day, Day)>,
    /// Measurements of it or of its reuses: the day signed, and by whom.
    pub measured: Vec<(Day, OrgNumber)>,
    /// What was said about it or its reuses.
    pub comments: Vec<CommentRecord>,
    /// The day of the first translation of any of its versions.
    pub translated: Option<Day>,
}

/// One version of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseVersion {
    /// The entry.
    pub id: EntryId,
    /// Its number.
    pub number: u32,
    /// The day on which it was signed.
    pub day: Day,
    /// Who signed it.
    pub by: OrgNumber,
    /// The day from which this version alone is withdrawn.
    pub withdrawn: Option<Day>,
    /// Whether it came from another system, so that its day of signing says nothing of when the case began.
    pub imported: bool,
    /// The language of the text.
    pub lang: Option<Lang>,
    /// How far it has come.
    pub status: Option<CaseStatus>,
    /// What is new.
    pub types: Vec<InnovationType>,
    /// The part of the municipality.
    pub sector: Option<Sector>,
    /// What it is about.
    pub themes: Vec<Theme>,
    /// Where it comes from.
    pub origin: Option<Origin>,
    /// The cases from which it comes.
    pub builds_on: Vec<EntryId>,
    /// What came of it, and whether that was observed.
    pub values: Vec<(Value, bool)>,
    /// Who started it.
    pub initiated_by: Vec<Participant>,
    /// Who took part.
    pub participants: Vec<Participant>,
    /// What promoted it, from -2 to 2.
    pub promoting: Vec<(Factor, i8)>,
    /// What hindered it, from -2 to 2.
    pub hindering: Vec<(Factor, i8)>,
    /// The day it was taken in use, as stated.
    pub in_use: Option<Day>,
    /// Until when it holds without confirmation.
    pub valid_until: Option<Day>,
    /// Programmes it says to belong to.
    pub programmes: Vec<EntryId>,
}

/// Who signed a version, when and in which place of the thing's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The entry.
    pub id: EntryId,
    /// Its number among the versions.
    pub number: u32,
    /// The day on which it was signed.
    pub day: Day,
    /// Who signed it.
    pub by: OrgNumber,
    /// The day from which this version alone is withdrawn.
    pub withdrawn: Option<Day>,
}

impl CaseVersion {
    /// What a version of a case states.
    pub fn of(signed: Signed, facts: &CaseFacts) -> Self {
        let factors = |list: &[crate::body::FactorScore]| {
            list.iter().filter_map(|f| f.factor.known().map(|factor| (factor, f.score.clamp(-2, 2)))).collect()
        };
        Self {
            id: signed.id,
            number: signed.number,
            day: signed.day,
            by: signed.by,
            withdrawn: signed.withdrawn,
            imported: facts.external_id.is_some(),
            lang: facts.lang.known(),
            status: facts.status.known(),
            types: known(&facts.types),
            sector: facts.sector.known(),
            themes: known(&facts.themes),
            origin: facts.origin.known(),
            builds_on: facts.builds_on.clone(),
            values: facts.values.iter().filter_map(|v| v.kind.known().map(|kind| (kind, v.observed))).collect(),
            initiated_by: known(&facts.initiated_by),
            participants: known(&facts.participants),
            promoting: factors(&facts.promoting),
            hindering: factors(&facts.hindering),
            in_use: facts.period.and_then(|p| p.in_use),
            valid_until: facts.valid_until,
            programmes: facts.programmes.clone(),
        }
    }

    /// Whether it says that the case is in use.
    pub fn is_in_use(&self) -> bool {
        matches!(self.status, Some(CaseStatus::InUse | CaseStatus::Utilised))
    }
}

/// A declaration of reuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReuseRecord {
    /// Who declares.
    pub org: OrgNumber,
    /// The day on which its first version was signed.
    pub declared: Day,
    /// The day from which it is withdrawn.
    pub withdrawn: Option<Day>,
    /// Its lawful versions, by number and id; at least one.
    pub versions: Vec<ReuseVersion>,
    /// Confirmations by the reuser: the day signed, and until when it is valid.
    pub confirmed: Vec<(Day, Day)>,
}

/// One version of a declaration of reuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReuseVersion {
    /// The entry.
    pub id: EntryId,
    /// Its number.
    pub number: u32,
    /// The day on which it was signed.
    pub day: Day,
    /// The day from which this version alone is withdrawn.
    pub withdrawn: Option<Day>,
    /// How closely it follows the case.
    pub degree: Option<Origin>,
    /// How far it has come.
    pub status: Option<ReuseStatus>,
    /// The day it was taken in use, or since when it stands as it does, as stated.
    pub in_use: Option<Day>,
    /// The unit.
    pub unit: Option<String>,
    /// The language of the text.
    pub lang: Option<Lang>,
    /// Until when it holds without confirmation.
    pub valid_until: Option<Day>,
    /// Where the reuser heard of the case.
    pub channel: Option<Channel>,
    /// What it saved.
    pub saved: Option<Saved>,
    /// How it went, from -2 to 2.
    pub outcome: Option<i8>,
}

impl ReuseVersion {
    /// What a version of a declaration states.
    pub fn of(signed: Signed, facts: &ReuseFacts) -> Self {
        Self {
            id: signed.id,
            number: signed.number,
            day: signed.day,
            withdrawn: signed.withdrawn,
            degree: facts.degree.known(),
            status: facts.status.known(),
            in_use: facts.period.and_then(|p| p.in_use).or(facts.since),
            unit: facts.unit.clone(),
            lang: facts.lang.known(),
            valid_until: facts.valid_until,
            channel: facts.channel.known(),
            saved: facts.saved.clone(),
            outcome: facts.outcome,
        }
    }

    /// Whether it says that the case is in use.
    pub fn is_in_use(&self) -> bool {
        matches!(self.status, Some(ReuseStatus::InUse | ReuseStatus::Utilised))
    }
}

/// What somebody said about a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommentRecord {
    /// The day on which it was signed.
    pub day: Day,
    /// Who said it.
    pub by: OrgNumber,
    /// What it is.
    pub kind: CommentKind,
    /// Of a question, the day of the first answer by somebody else.
    pub answered: Option<Day>,
    /// Of an improvement, the day on which an owner adopted it.
    pub adopted: Option<Day>,
}

/// A need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedRecord {
    /// Who has it.
    pub owner: OrgNumber,
    /// The day on which its first version was signed.
    pub opened: Day,
    /// The day from which it is withdrawn.
    pub withdrawn: Option<Day>,
    /// Its lawful versions, by number and id; at least one.
    pub versions: Vec<NeedVersion>,
}

/// One version of a need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedVersion {
    /// The entry.
    pub id: EntryId,
    /// Its number.
    pub number: u32,
    /// The day on which it was signed.
    pub day: Day,
    /// The day from which this version alone is withdrawn.
    pub withdrawn: Option<Day>,
    /// How it stands.
    pub status: Option<NeedStatus>,
    /// The part of the municipality.
    pub sector: Option<Sector>,
    /// What it is about.
    pub themes: Vec<Theme>,
    /// Until when it holds.
    pub valid_until: Option<Day>,
    /// The case or reuse that met it.
    pub met_by: Option<EntryId>,
}

impl NeedVersion {
    /// What a version of a need states.
    pub fn of(signed: Signed, facts: &NeedFacts) -> Self {
        Self {
            id: signed.id,
            number: signed.number,
            day: signed.day,
            withdrawn: signed.withdrawn,
            status: facts.status.known(),
            sector: facts.sector.known(),
            themes: known(&facts.themes),
            valid_until: facts.valid_until,
            met_by: facts.met_by,
        }
    }
}

/// A programme, network or arena.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProgrammeRecord {
    /// The day on which its first version was signed.
    pub published: Day,
    /// The day from which it is withdrawn.
    pub withdrawn: Option<Day>,
    /// Whether it is an arena for sharing.
    pub is_arena: bool,
    /// Cases that it shows, by the version that is shown.
    pub cases: BTreeSet<EntryId>,
}

fn known<T: CodeList>(codes: &[Code<T>]) -> Vec<T> {
    let mut known: Vec<T> = Vec::with_capacity(codes.len());
    for code in codes.iter().filter_map(Code::known) {
        if !known.contains(&code) {
            known.push(code);
        }
    }
    known
}
