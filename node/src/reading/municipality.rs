//! What a member shared, what it uses of others, and who uses what it shared.

use std::collections::BTreeSet;

use idenett_protocol::codes::{Code, ReuseStatus};
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::reuses::ReuseStanding;
use idenett_protocol::time::{Day, Timestamp};
use serde::Serialize;

use super::card::{Card, card, cards};
use super::catalogue::Catalogue;
use super::gathering::{GATHERINGS, Gathering, gathering};
use super::record::{Party, party};
use super::reuses::{Declaration, declarations_of};
use super::words::alphabetical;
use crate::library::{Library, LibraryFault};

/// Things of one kind that are shown; the page says how many there are.
const MAX_SHOWN: usize = 60;

/// A member and its part in the network.
#[derive(Clone, Debug, Serialize)]
pub struct MunicipalityView {
    /// Who.
    pub party: Party,
    /// When it was admitted; nothing if it is no member.
    pub since: Option<Timestamp>,
    /// What it shared, the newest first.
    pub shared: Vec<Card>,
    /// How many cases that is.
    pub shared_count: usize,
    /// What it needs, the newest first.
    pub needs: Vec<Card>,
    /// What it gathers cases in: plans, programmes, collections, awards; the newest of each first.
    pub gatherings: Vec<Gathering>,
    /// What it uses of others.
    pub uses: Vec<ReuseOfOthers>,
    /// Who uses what it shared.
    pub used_by: Vec<ReuseOfOurs>,
}

/// What a member uses of another.
#[derive(Clone, Debug, Serialize)]
pub struct ReuseOfOthers {
    /// The case.
    pub case: Card,
    /// How far it has come.
    pub status: Code<ReuseStatus>,
    /// Whether it counts.
    pub standing: ReuseStanding,
}

/// Who uses what a member shared.
#[derive(Clone, Debug, Serialize)]
pub struct ReuseOfOurs {
    /// Who.
    pub party: Party,
    /// The case.
    pub case: EntryId,
    /// Its title.
    pub title: String,
    /// How far it has come.
    pub status: Code<ReuseStatus>,
    /// Whether it counts.
    pub standing: ReuseStanding,
}

/// The members by name.
pub fn members(library: &Library) -> Vec<Party> {
    let mut members: Vec<Party> = library.ledger(|l| l.registry().members().keys().map(|org| party(l, *org)).collect());
    members.sort_by_cached_key(|p| (alphabetical(&p.name), p.org));
    members
}

/// A member and its part in the network at a day; `None` if nothing is known of an organisation of this number.
///
/// # Errors
/// If the disk fails.
pub fn municipality_view(
    library: &Library,
    catalogue: &Catalogue,
    org: OrgNumber,
    day: Day,
) -> Result<Option<MunicipalityView>, LibraryFault> {
    let (party, since) = library.ledger(|l| (party(l, org), l.registry().members().get(&org).map(|m| m.since)));
    if since.is_none() && crate::municipalities::by_org(org).is_none() {
        return Ok(None);
    }
    let own = |kind| -> Vec<EntryId> { catalogue.newest_of(org, kind).map(|row| row.id).collect() };
    let (cases, needs) = (own(Kind::Case), own(Kind::Need));
    let gathered: Vec<EntryId> = GATHERINGS.into_iter().flat_map(own).collect();
    Ok(Some(MunicipalityView {
        party,
        since,
        shared: cards(library, cases.get(..MAX_SHOWN).unwrap_or(&cases), day)?,
        shared_count: cases.len(),
        needs: cards(library, needs.get(..MAX_SHOWN).unwrap_or(&needs), day)?,
        gatherings: gatherings(library, &gathered)?,
        uses: uses(library, catalogue, org, day)?,
        used_by: used_by(library, catalogue, &cases, day)?,
    }))
}

fn gatherings(library: &Library, ids: &[EntryId]) -> Result<Vec<Gathering>, LibraryFault> {
    ids.iter().take(MAX_SHOWN).filter_map(|id| gathering(library, id).transpose()).collect()
}

fn uses(
    library: &Library,
    catalogue: &Catalogue,
    org: OrgNumber,
    day: Day,
) -> Result<Vec<ReuseOfOthers>, LibraryFault> {
    let rows = catalogue.newest_of(org, Kind::Reuse);
    let cases: BTreeSet<EntryId> = rows.filter_map(|r| r.reuse.map(|(case, _)| case)).take(MAX_SHOWN).collect();
    let mut found = Vec::new();
    for id in cases {
        let Some(case) = card(library, &id, day)? else { continue };
        for d in declarations_of(library, &id, day)?.into_iter().filter(|d| d.reuse.org == org && is_told(d)) {
            found.push(ReuseOfOthers { case: case.clone(), status: d.facts.status, standing: d.reuse.standing });
        }
    }
    Ok(found)
}

fn used_by(
    library: &Library,
    catalogue: &Catalogue,
    cases: &[EntryId],
    day: Day,
) -> Result<Vec<ReuseOfOurs>, LibraryFault> {
    let reused = cases.iter().filter(|id| catalogue.reuses_of(id).next().is_some()).take(MAX_SHOWN);
    let mut found = Vec::new();
    for id in reused {
        let title = card(library, id, day)?.map(|c| c.title).unwrap_or_default();
        for d in declarations_of(library, id, day)?.into_iter().filter(is_told) {
            let party = library.ledger(|l| party(l, d.reuse.org));
            let title = title.clone();
            found.push(ReuseOfOurs { party, case: *id, title, status: d.facts.status, standing: d.reuse.standing });
        }
    }
    Ok(found)
}

/// Whether a declaration is worth a line: it was not taken back, replaced, or about one's own.
fn is_told(d: &Declaration) -> bool {
    use ReuseStanding as S;
    !matches!(d.reuse.standing, S::Withdrawn | S::Replaced | S::OwnCase | S::NotYet)
}
