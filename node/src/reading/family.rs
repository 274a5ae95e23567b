//! Where a case comes from and what came of it: a tree of cases and of who uses each, bounded in depth and
//! size, each branch in the order of the alphabet.

use std::collections::BTreeSet;

use idenett_protocol::body::Facts;
use idenett_protocol::codes::{Code, ReuseStatus};
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use idenett_protocol::reuses::ReuseStanding;
use idenett_protocol::time::Day;
use serde::Serialize;

use super::record::{Party, facts_of, open, party};
use super::reuses::declarations_of;
use super::words::alphabetical;
use crate::library::{Library, LibraryFault};

/// Generations up and down that are followed.
const MAX_GENERATIONS: usize = 6;
/// Cases of a family that are shown.
const MAX_CASES: usize = 60;
/// Uses of one case that are shown in the tree.
const MAX_USES: usize = 40;

/// The family of a case.
#[derive(Clone, Debug, Serialize)]
pub struct Family {
    /// The oldest cases from which it comes, or itself.
    pub roots: Vec<Branch>,
    /// Generations, the first included.
    pub generations: usize,
    /// Whether something was left out.
    pub cut: bool,
}

/// A case with what came of it.
#[derive(Clone, Debug, Serialize)]
pub struct Branch {
    /// The case.
    pub id: EntryId,
    /// Its title; empty where the text is not here.
    pub title: String,
    /// Its owner.
    pub owner: Party,
    /// Whether it is the case whose family this is.
    pub here: bool,
    /// Who uses it without a case of its own.
    pub uses: Vec<Use>,
    /// The cases that came of it.
    pub children: Vec<Branch>,
}

/// Who uses a case.
#[derive(Clone, Debug, Serialize)]
pub struct Use {
    /// Who.
    #[serde(flatten)]
    pub party: Party,
    /// How far it has come.
    pub status: Code<ReuseStatus>,
    /// Whether it counts.
    pub standing: ReuseStanding,
}

impl Branch {
    /// By its title; the id, which every node has alike, decides between equal ones.
    fn order(&self) -> (String, EntryId) {
        (alphabetical(&self.title), self.id)
    }
}

impl Family {
    /// Whether there is more to see than the case itself.
    pub fn is_alone(&self) -> bool {
        self.roots.iter().all(|root| root.here && root.children.is_empty() && root.uses.is_empty())
    }
}

/// The family of a case at a day.
///
/// # Errors
/// If the disk fails.
pub fn family_of(library: &Library, case: &EntryId, day: Day) -> Result<Family, LibraryFault> {
    let mut reader = Reader { library, day, here: *case, seen: BTreeSet::new(), cut: false };
    let mut roots = Vec::new();
    for root in reader.oldest(case)? {
        roots.extend(reader.branch(&root, 0)?);
    }
    roots.sort_by_key(Branch::order);
    let generations = roots.iter().map(depth).max().unwrap_or(1);
    Ok(Family { roots, generations, cut: reader.cut })
}

fn depth(branch: &Branch) -> usize {
    let below = branch.children.iter().map(depth).max().unwrap_or(0);
    1 + below.max(usize::from(!branch.uses.is_empty()))
}

struct Reader<'a> {
    library: &'a Library,
    day: Day,
    here: EntryId,
    seen: BTreeSet<EntryId>,
    cut: bool,
}

impl Reader<'_> {
    /// The cases without a known source from which this one comes.
    fn oldest(&mut self, case: &EntryId) -> Result<Vec<EntryId>, LibraryFault> {
        let mut above = BTreeSet::from([*case]);
        let mut open = vec![(*case, 0)];
        let mut oldest = Vec::new();
        while let Some((id, generation)) = open.pop() {
            let parents: Vec<EntryId> = self.parents(&id)?.into_iter().filter(|p| !above.contains(p)).collect();
            if parents.is_empty() || generation == MAX_GENERATIONS {
                self.cut |= !parents.is_empty();
                oldest.push(id);
                continue;
            }
            for parent in parents {
                above.insert(parent);
                open.push((parent, generation + 1));
            }
        }
        oldest.sort_unstable();
        oldest.dedup();
        Ok(oldest)
    }

    fn parents(&self, case: &EntryId) -> Result<Vec<EntryId>, LibraryFault> {
        let Some(current) = self.library.ledger(|l| l.thing(case)).map(|t| t.current) else { return Ok(Vec::new()) };
        let Some((_, Facts::Case(facts))) = facts_of(self.library, &current)? else { return Ok(Vec::new()) };
        let known = |id: &EntryId| self.library.ledger(|l| l.thing(id).is_some_and(|t| t.kind == Kind::Case));
        Ok(facts.builds_on.into_iter().filter(known).collect())
    }

    fn branch(&mut self, case: &EntryId, generation: usize) -> Result<Option<Branch>, LibraryFault> {
        if !self.seen.insert(*case) {
            return Ok(None);
        }
        if self.seen.len() > MAX_CASES || generation > 2 * MAX_GENERATIONS {
            self.cut = true;
            return Ok(None);
        }
        let found = self.library.ledger(|l| l.thing(case).map(|t| (t.current, t.withdrawn, party(l, t.owner))));
        let Some((current, withdrawn, owner)) = found else { return Ok(None) };
        // One that was taken back is in the tree only where it joins others.
        if withdrawn.is_some() && *case != self.here && generation > 0 {
            return Ok(None);
        }
        let title = open(self.library, &current)?.and_then(|r| r.title().map(str::to_owned)).unwrap_or_default();
        let (uses, mut derived) = self.uses(case)?;
        derived.extend(self.derived(case)?);
        let mut children = Vec::new();
        for child in derived {
            children.extend(self.branch(&child, generation + 1)?);
        }
        children.sort_by_key(Branch::order);
        Ok(Some(Branch { id: *case, title, owner, here: *case == self.here, uses, children }))
    }

    /// Who uses a case without one of its own, and the cases of those that have one.
    fn uses(&mut self, case: &EntryId) -> Result<(Vec<Use>, Vec<EntryId>), LibraryFault> {
        let (mut uses, mut cases) = (Vec::new(), Vec::new());
        for d in declarations_of(self.library, case, self.day)? {
            let told = !matches!(
                d.reuse.standing,
                ReuseStanding::Withdrawn | ReuseStanding::Replaced | ReuseStanding::OwnCase | ReuseStanding::NotYet
            );
            match d.facts.own_case {
                Some(own) if own != *case => cases.push(own),
                _ if told => {
                    let party = self.library.ledger(|l| party(l, d.reuse.org));
                    uses.push(Use { party, status: d.facts.status, standing: d.reuse.standing });
                }
                _ => {}
            }
        }
        uses.sort_by_key(|u: &Use| (alphabetical(&u.party.name), u.party.org));
        self.cut |= uses.len() > MAX_USES;
        uses.truncate(MAX_USES);
        Ok((uses, cases))
    }

    /// The cases that say that they build on one.
    fn derived(&self, case: &EntryId) -> Result<Vec<EntryId>, LibraryFault> {
        let ids: Vec<EntryId> = self.library.ledger(|l| {
            l.things().counted_mentions(case, Kind::Case, l.logs(), l.registry()).take(MAX_CASES).collect()
        });
        let mut found = BTreeSet::new();
        for id in ids {
            let Some((_, facts)) = facts_of(self.library, &id)? else { continue };
            let subject = facts.revision().and_then(|r| r.subject()).unwrap_or(id);
            // A later version may have taken it back.
            if self.parents(&subject)?.contains(case) {
                found.insert(subject);
            }
        }
        Ok(found.into_iter().collect())
    }
}
