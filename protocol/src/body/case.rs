//! The body of a case.

use serde::{Deserialize, Serialize};

use crate::codes::{
    Barrier, Beneficiary, CaseStatus, Change, Code, Factor, Funding, InnovationType, Lang, Licence, NovelFor, Origin,
    Participant, Party, Phase, Privacy, Scale, Sector, Software, Theme, Value, WickedProblem,
};
use crate::id::EntryId;
use crate::organisation::OrgNumber;
use crate::time::Day;

use super::{Revision, Unreadable};

/// The facts of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CaseFacts {
    /// Which version it is.
    #[serde(flatten, skip_deserializing)]
    pub revision: Revision,
    /// The language of the text.
    pub lang: Code<Lang>,
    /// How far it has come.
    pub status: Code<CaseStatus>,
    /// What is new.
    pub types: Vec<Code<InnovationType>>,
    /// The part of the municipality.
    pub sector: Code<Sector>,
    /// What it is about.
    pub themes: Vec<Code<Theme>>,
    /// Where it comes from.
    pub origin: Code<Origin>,
    /// The cases from which it comes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub builds_on: Vec<EntryId>,
    /// Who can be asked: the subject of a contact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<EntryId>,
    /// Under what licence the text may be used.
    pub licence: Code<Licence>,
    /// Until when it holds without confirmation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Day>,
    /// The organisation about which it is retold, until that one takes it over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about_org: Option<OrgNumber>,
    /// Further owners; each counts after its own confirmation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub co_owners: Vec<OrgNumber>,
    /// The publisher's own id for it in the system it was imported from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// Who gains by it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub beneficiaries: Vec<Code<Beneficiary>>,
    /// What came of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<ValueClaim>,
    /// What it takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effort: Option<Effort>,
    /// For whom it is new.
    #[serde(skip_serializing_if = "Code::is_not_stated")]
    pub novel_for: Code<NovelFor>,
    /// How much it differs from what was.
    #[serde(skip_serializing_if = "Code::is_not_stated")]
    pub change: Code<Change>,
    /// How large it is.
    #[serde(skip_serializing_if = "Code::is_not_stated")]
    pub scale: Code<Scale>,
    /// The phase of work.
    #[serde(skip_serializing_if = "Code::is_not_stated")]
    pub phase: Code<Phase>,
    /// Methods used, as short ids.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<String>,
    /// Who started it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub initiated_by: Vec<Code<Participant>>,
    /// Who took part.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub participants: Vec<Code<Participant>>,
    /// What promoted it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub promoting: Vec<FactorScore>,
    /// What hindered it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hindering: Vec<FactorScore>,
    /// What stood in the way.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub barriers: Vec<Code<Barrier>>,
    /// Who paid.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub funding: Vec<Code<Funding>>,
    /// Which parties of working life and democracy worked together.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub party_cooperation: Vec<Code<Party>>,
    /// Whether personal data are involved.
    #[serde(skip_serializing_if = "Code::is_not_stated")]
    pub privacy: Code<Privacy>,
    /// Of each software in the text, in the same order, whether it is open.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub software: Vec<Code<Software>>,
    /// When it was worked on and taken in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// The case in the archive; its number and address are in the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_reference: Option<CaseReference>,
    /// Goals of plans that it serves.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub plan_goals: Vec<PlanGoal>,
    /// Programmes it belongs to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub programmes: Vec<EntryId>,
    /// Problems without a final solution that it works at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wicked_problem: Vec<Code<WickedProblem>>,
    /// The municipal function in KOSTRA.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kostra: Option<Kostra>,
}

impl CaseFacts {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Unreadable> {
        let (revision, read) = Revision::read_beside(bytes)?;
        Ok(Self { revision, ..read })
    }
}

/// One kind of value; what people say about it is at the same place in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueClaim {
    /// Which.
    pub kind: Code<Value>,
    /// Whether it was observed; otherwise it is expected.
    #[serde(default)]
    pub observed: bool,
}

/// How much one factor promoted or hindered, from -2 to 2.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactorScore {
    /// Which.
    pub factor: Code<Factor>,
    /// How much.
    pub score: i8,
}

/// What it takes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Effort {
    /// Weeks from start to use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weeks: Option<u32>,
    /// Person-years, in tenths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_years_tenths: Option<u32>,
    /// Cost paid once, in NOK.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub one_time_nok: Option<Amount>,
    /// Cost paid every year, in NOK.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub yearly_nok: Option<Amount>,
    /// The year of whose money the amounts are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_year: Option<u16>,
}

/// An amount as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Amount {
    /// At least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub low: Option<i64>,
    /// Most likely.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<i64>,
    /// At most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub high: Option<i64>,
}

/// Days of a course of events, as far as they are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Period {
    /// The first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<Day>,
    /// The day it was taken in use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_use: Option<Day>,
    /// The last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<Day>,
}

/// When a case in the archive was decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CaseReference {
    /// The day of the decision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Day>,
}

/// A goal of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanGoal {
    /// The plan.
    pub plan: EntryId,
    /// The goal in it, as a short id; all of it if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goal: Option<String>,
}

/// A function of KOSTRA, the state's account of municipal activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kostra {
    /// The three digits of the function.
    pub function: String,
    /// The year of whose list it is: functions change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
}

/// What people wrote about a case. What is empty was not written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CaseText {
    /// Its name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// What, for whom, what changed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub summary: String,
    /// The need.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub problem: String,
    /// What was done.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub solution: String,
    /// What gives the effect and must not change.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub core: String,
    /// What may vary.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub adaptable: String,
    /// What must be in place.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub prerequisites: String,
    /// The steps.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub how_to: String,
    /// What went wrong or would be done differently.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub lessons: String,
    /// Who gains by it, in words.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub beneficiaries: String,
    /// Of each value in the facts, in the same order, what people say; perhaps empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// What it comes from, where that is no case of this network.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub builds_on: Vec<String>,
    /// The story.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub story: String,
    /// What it made people wish for next.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub next_needs: String,
    /// Where the assessment of personal data can be read.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub privacy_url: String,
    /// Laws and regulations that matter.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub regulations: Vec<String>,
    /// Software used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub software: Vec<SoftwareText>,
    /// Data used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub data_sources: Vec<String>,
    /// The case in the archive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_reference: Option<CaseReferenceText>,
    /// Where more can be read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
}

/// One software.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SoftwareText {
    /// Its name.
    pub name: String,
    /// Its address.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// The address of its description by the publiccode.yml standard.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub publiccode_url: String,
    /// Who supplies it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub vendor: String,
}

/// A case in the archive, in the archive's words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CaseReferenceText {
    /// The number of the case.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub number: String,
    /// What was decided, or the number of the decision.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub decision: String,
    /// Where it can be read.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
}

/// An address with what people call it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Link {
    /// What it is called.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The address. Never followed by a node.
    pub url: String,
}
