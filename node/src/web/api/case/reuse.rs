//! Who uses a case, and its family.

use idenett_protocol::body;
use serde::Serialize;
use utoipa::ToSchema;

use crate::reading::{self, Declaration};
use crate::web::api::parts::{Held, Money, Organisation, Stand, Work, code, day};

/// A declared reuse, by the word of who declares it.
#[derive(Serialize, ToSchema)]
pub(super) struct Reuse {
    /// The declaration: the id of its first version.
    id: String,
    /// The version that is shown.
    version: String,
    /// Who declares it.
    by: Organisation,
    /// The unit that uses it, as a short id of the organisation's own.
    unit: Option<String>,
    /// How it stands.
    standing: Stand,
    /// Whether it counts as reuse.
    counts: bool,
    /// Whether it is in use and went at least as well as was expected.
    worked: bool,
    /// Whether who declares it is a municipality like that of this node.
    like_us: bool,
    /// How far it has come, as a code.
    status: String,
    /// How closely it follows the case, as a code.
    degree: String,
    /// Since when.
    #[schema(format = Date)]
    since: Option<String>,
    /// Until when it holds, confirmations included.
    #[schema(format = Date)]
    valid_until: Option<String>,
    /// How it went against expectation: usually from -2 (much worse) to 2 (much better).
    outcome: Option<i8>,
    /// Whether others may ask.
    may_ask_us: Option<bool>,
    /// Where the reuser heard of the case, as a code.
    channel: String,
    /// Why it was stopped, as a code.
    stopped_because: String,
    /// What it took.
    effort: Option<Work>,
    /// What it saved.
    saved: Option<Saving>,
    /// The reuser's own case that came of it.
    own_case: Option<String>,
    /// Whether the text is held.
    text_state: Held,
    /// What was changed.
    adaptation: String,
    /// How it went.
    experience: String,
}

/// What was saved.
#[derive(Serialize, ToSchema)]
struct Saving {
    /// How much.
    amount: Money,
    /// Of what, as a code.
    unit: String,
    /// The year of whose money it is.
    price_year: Option<u16>,
    /// How it was found, as a code.
    method: String,
}

/// Where a case comes from and what came of it.
#[derive(Serialize, ToSchema)]
pub(super) struct Family {
    /// The oldest cases from which it comes, or itself.
    roots: Vec<Branch>,
    /// Generations, the first included.
    generations: usize,
    /// Whether something was left out because it is too large.
    cut: bool,
}

/// A case of a family with what came of it.
#[derive(Serialize, ToSchema)]
struct Branch {
    /// The case.
    id: String,
    /// Its name; empty where the text is not here.
    title: String,
    /// Who owns it.
    owner: Organisation,
    /// Whether it is the case whose family this is.
    here: bool,
    /// Who uses it without a case of its own.
    uses: Vec<Use>,
    /// The cases that came of it.
    #[schema(no_recursion)]
    children: Vec<Branch>,
}

/// Who uses a case.
#[derive(Serialize, ToSchema)]
struct Use {
    /// Who.
    by: Organisation,
    /// How far it has come, as a code.
    status: String,
    /// How it stands.
    standing: Stand,
}

impl Reuse {
    pub(super) fn of(declaration: Declaration, like_us: bool) -> Self {
        let worked = declaration.worked();
        let Declaration { reuse, facts, text, text_state } = declaration;
        Self {
            id: reuse.id.to_string(),
            version: reuse.version.to_string(),
            by: Organisation { org: reuse.org.to_string(), name: reuse.name },
            unit: reuse.unit,
            standing: reuse.standing.into(),
            counts: reuse.counts,
            worked,
            like_us,
            status: code(&facts.status),
            degree: code(&facts.degree),
            since: day(facts.since),
            valid_until: day(reuse.valid_until),
            outcome: facts.outcome,
            may_ask_us: facts.may_ask_us,
            channel: code(&facts.channel),
            stopped_because: code(&facts.stopped_because),
            effort: facts.effort.map(Work::from),
            saved: facts.saved.map(Saving::from),
            own_case: facts.own_case.map(|id| id.to_string()),
            text_state: text_state.into(),
            adaptation: text.adaptation,
            experience: text.experience,
        }
    }
}

impl From<body::Saved> for Saving {
    fn from(saved: body::Saved) -> Self {
        Self {
            amount: saved.amount.into(),
            unit: code(&saved.unit),
            price_year: saved.price_year,
            method: code(&saved.method),
        }
    }
}

impl From<reading::Family> for Family {
    fn from(family: reading::Family) -> Self {
        let roots = family.roots.into_iter().map(Branch::from).collect();
        Self { roots, generations: family.generations, cut: family.cut }
    }
}

impl From<reading::Branch> for Branch {
    fn from(branch: reading::Branch) -> Self {
        Self {
            id: branch.id.to_string(),
            title: branch.title,
            owner: branch.owner.into(),
            here: branch.here,
            uses: branch.uses.into_iter().map(Use::from).collect(),
            children: branch.children.into_iter().map(Self::from).collect(),
        }
    }
}

impl From<reading::Use> for Use {
    fn from(one: reading::Use) -> Self {
        Self { by: one.party.into(), status: code(&one.status), standing: one.standing.into() }
    }
}
