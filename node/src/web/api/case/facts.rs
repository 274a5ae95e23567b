//! The facts of a case.

use idenett_protocol::body;
use serde::Serialize;
use utoipa::ToSchema;

use crate::web::api::parts::{Days, Work, code, codes, day, ids};

/// The facts of a case. Codes are `not_stated` where nothing is stated.
#[derive(Serialize, ToSchema)]
pub(super) struct CaseFacts {
    /// The language of the text.
    lang: String,
    /// How far it has come.
    status: String,
    /// What is new.
    types: Vec<String>,
    /// The part of the municipality.
    sector: String,
    /// What it is about.
    themes: Vec<String>,
    /// Problems without a final solution that it works at.
    wicked_problems: Vec<String>,
    /// Where it comes from.
    origin: String,
    /// The cases from which it comes.
    builds_on: Vec<String>,
    /// Under what licence the text may be used.
    licence: String,
    /// The publisher's own id for it in the system it was imported from.
    external_id: Option<String>,
    /// Who gains by it.
    beneficiaries: Vec<String>,
    /// What came of it; what people say about each is at the same place in `values` of the text.
    values: Vec<ValueClaim>,
    /// What it takes.
    effort: Option<Work>,
    /// For whom it is new.
    novel_for: String,
    /// How much it differs from what was.
    change: String,
    /// How large it is.
    scale: String,
    /// The phase of work.
    phase: String,
    /// Methods used, as short ids.
    methods: Vec<String>,
    /// Who started it.
    initiated_by: Vec<String>,
    /// Who took part.
    participants: Vec<String>,
    /// What promoted it.
    promoting: Vec<Force>,
    /// What hindered it.
    hindering: Vec<Force>,
    /// What stood in the way.
    barriers: Vec<String>,
    /// Who paid.
    funding: Vec<String>,
    /// Which parties of working life and democracy worked together.
    party_cooperation: Vec<String>,
    /// Whether personal data are involved.
    privacy: String,
    /// Of each software in the text, in the same order, whether it is open.
    software: Vec<String>,
    /// When it was worked on and taken in use.
    period: Option<Days>,
    /// The day on which the case in the archive was decided.
    #[schema(format = Date)]
    decided: Option<String>,
    /// Goals of plans that it serves.
    plan_goals: Vec<PlanGoal>,
    /// Programmes it belongs to.
    programmes: Vec<String>,
    /// The municipal function in KOSTRA: three digits.
    kostra_function: Option<String>,
    /// The year of whose list of functions that is.
    kostra_year: Option<u16>,
}

/// One kind of value.
#[derive(Serialize, ToSchema)]
struct ValueClaim {
    /// Which, as a code.
    kind: String,
    /// Whether it was observed; otherwise it is expected.
    observed: bool,
}

/// How much one factor promoted or hindered.
#[derive(Serialize, ToSchema)]
struct Force {
    /// Which, as a code.
    factor: String,
    /// How much, as its author wrote it: usually from -2 to 2.
    score: i8,
}

/// A goal of a plan.
#[derive(Serialize, ToSchema)]
struct PlanGoal {
    /// The plan.
    plan: String,
    /// The goal in it, as a short id; null for all of it.
    goal: Option<String>,
}

impl From<body::CaseFacts> for CaseFacts {
    fn from(facts: body::CaseFacts) -> Self {
        let goal = |g: body::PlanGoal| PlanGoal { plan: g.plan.to_string(), goal: g.goal };
        let (kostra_function, kostra_year) = facts.kostra.map_or((None, None), |k| (Some(k.function), k.year));
        Self {
            lang: code(&facts.lang),
            status: code(&facts.status),
            types: codes(&facts.types),
            sector: code(&facts.sector),
            themes: codes(&facts.themes),
            wicked_problems: codes(&facts.wicked_problem),
            origin: code(&facts.origin),
            builds_on: ids(&facts.builds_on),
            licence: code(&facts.licence),
            external_id: facts.external_id,
            beneficiaries: codes(&facts.beneficiaries),
            values: facts.values.iter().map(ValueClaim::from).collect(),
            effort: facts.effort.map(Work::from),
            novel_for: code(&facts.novel_for),
            change: code(&facts.change),
            scale: code(&facts.scale),
            phase: code(&facts.phase),
            methods: facts.methods,
            initiated_by: codes(&facts.initiated_by),
            participants: codes(&facts.participants),
            promoting: facts.promoting.iter().map(Force::from).collect(),
            hindering: facts.hindering.iter().map(Force::from).collect(),
            barriers: codes(&facts.barriers),
            funding: codes(&facts.funding),
            party_cooperation: codes(&facts.party_cooperation),
            privacy: code(&facts.privacy),
            software: codes(&facts.software),
            period: facts.period.map(Days::from),
            decided: day(facts.case_reference.and_then(|r| r.date)),
            plan_goals: facts.plan_goals.into_iter().map(goal).collect(),
            programmes: ids(&facts.programmes),
            kostra_function,
            kostra_year,
        }
    }
}

impl From<&body::ValueClaim> for ValueClaim {
    fn from(value: &body::ValueClaim) -> Self {
        Self { kind: code(&value.kind), observed: value.observed }
    }
}

impl From<&body::FactorScore> for Force {
    fn from(factor: &body::FactorScore) -> Self {
        Self { factor: code(&factor.factor), score: factor.score }
    }
}
