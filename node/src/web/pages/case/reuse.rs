//! Who uses a case: in a table, on the map, and as a family.

use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::reuses::ReuseStanding;

use crate::language::Tongue;
use crate::likeness::likeness;
use crate::reading::{CaseView, Declaration, party};
use crate::web::map::Map;
use crate::web::nested::{Tree, use_of};
use crate::web::site::Site;
use crate::web::text::{self, Prose};
use crate::web::wording::{self, Named};

/// Names of those like the reader that are told.
const MAX_ALIKE: usize = 3;

/// Who uses a case.
pub(super) struct Reuse {
    pub(super) counted: String,
    pub(super) any: bool,
    pub(super) rows: Vec<ReuseRow>,
    pub(super) map: Map,
    pub(super) tree: Vec<Tree>,
    pub(super) has_family: bool,
    pub(super) cut: bool,
    /// That it worked for municipalities like the reader's, if it did.
    pub(super) alike: Option<String>,
}

/// One declared reuse.
pub(super) struct ReuseRow {
    pub(super) who: Named,
    pub(super) status: String,
    pub(super) counts: bool,
    pub(super) degree: String,
    pub(super) since: String,
    pub(super) outcome: String,
    pub(super) may_ask: bool,
    pub(super) says: Option<Prose>,
}

pub(super) fn of(site: &Site, t: Tongue, view: &CaseView) -> Reuse {
    let reusers = view.reusers();
    let told: Vec<&Declaration> = view.reuses.iter().filter(|d| d.reuse.standing != ReuseStanding::Withdrawn).collect();
    Reuse {
        counted: wording::used_by(t, reusers.len()),
        any: !told.is_empty(),
        rows: told.iter().map(|d| row(site, t, d)).collect(),
        map: map(t, view, &told),
        tree: view.family.roots.iter().map(|root| Tree::of(t, root)).collect(),
        has_family: !view.family.is_alone(),
        cut: view.family.cut,
        alike: alike(site, t, view),
    }
}

fn row(site: &Site, t: Tongue, d: &Declaration) -> ReuseRow {
    let said = [d.text.adaptation.as_str(), d.text.experience.as_str()].join("\n\n");
    ReuseRow {
        who: Named::party(&site.library().ledger(|l| party(l, d.reuse.org))),
        status: use_of(t, &d.facts.status, d.reuse.standing),
        counts: d.reuse.counts,
        degree: wording::label(t, &d.facts.degree).unwrap_or_default(),
        since: d.facts.since.map(|day| t.date(day)).unwrap_or_default(),
        outcome: outcome(t, d.facts.outcome),
        may_ask: d.facts.may_ask_us == Some(true),
        says: (!said.trim().is_empty()).then(|| text::prose(&said)),
    }
}

/// How it went against expectation.
fn outcome(t: Tongue, outcome: Option<i8>) -> String {
    let said = match outcome {
        None => return String::new(),
        Some(i8::MIN..=-2) => t.say("outcome-much-worse"),
        Some(-1) => t.say("outcome-worse"),
        Some(0) => t.say("outcome-as-expected"),
        Some(1) => t.say("outcome-better"),
        Some(2..) => t.say("outcome-much-better"),
    };
    said.into_owned()
}

fn map(t: Tongue, view: &CaseView, told: &[&Declaration]) -> Map {
    let says = |org: OrgNumber, _: usize| {
        let use_of = |d: &&Declaration| format!("{}: {}", d.reuse.name, use_of(t, &d.facts.status, d.reuse.standing));
        told.iter().find(|d| d.reuse.org == org).map(use_of).unwrap_or_default()
    };
    Map::of(t, view.diffusion(), t.with("map-from", "name", &view.shown.owner.name).into_owned(), says)
}

/// Whether a municipality like the reader's uses it and it went well.
fn alike(site: &Site, t: Tongue, view: &CaseView) -> Option<String> {
    let own = site.desk().org();
    let like = |org: OrgNumber| likeness(own, org).is_some_and(|l| l.is_alike());
    let mut names: Vec<&str> =
        view.reuses.iter().filter(|d| d.worked() && like(d.reuse.org)).map(|d| d.reuse.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let count = names.len();
    names.truncate(MAX_ALIKE);
    let named = text::plain(&names.join(", "));
    (count > 0).then(|| format!("{} ({named})", t.count("alike-count", count)))
}
