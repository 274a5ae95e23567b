//! Things: cases, needs, reuses, contacts and what cases are gathered in, each known by the id of
//! its first version; who may revise it, which version is shown, what others said about it. Stored state is a function of
//! the set of entries: every record is kept as it came, and judged when it is read.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::body::{Facts, Revision, Unreadable};
use crate::id::EntryId;
use crate::kind::Kind;
use crate::log::Logs;
use crate::organisation::OrgNumber;
use crate::registry::{Registry, Role};

/// One version of a thing, as its signer wrote it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// The entry.
    pub id: EntryId,
    /// Its kind; one that differs from the first version's has no effect.
    pub kind: Kind,
    /// The number it claims.
    pub number: u32,
    /// The versions it says it replaces.
    pub replaces: Vec<EntryId>,
    /// Whose it is, if another published it: of a retold case that organisation, of a programme
    /// its lead.
    pub about: Option<OrgNumber>,
    /// With whom the signer says to own it.
    pub co_owners: Vec<OrgNumber>,
}

/// What an entry says about another: a reuse of a case, a comment, a withdrawal, a place in a
/// collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mention {
    /// The kind of the entry that mentions.
    pub kind: Kind,
    /// The entry that mentions.
    pub entry: EntryId,
}

/// All things of this node.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Things {
    versions: BTreeMap<EntryId, Vec<Version>>,
    mentions: BTreeMap<EntryId, BTreeSet<Mention>>,
    redacted: BTreeSet<EntryId>,
    unreadable: BTreeMap<EntryId, String>,
}

/// How a version stands among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum VersionState {
    /// The one that is shown.
    Current,
    /// A later one replaces it.
    Replaced,
    /// Written at the same time as the one that is shown; replaced by none.
    Concurrent,
    /// Its signer may revise, but what it replaces is not here yet, its number does not follow,
    /// or it is of another kind.
    Waiting,
    /// Its signer may not revise: neither publisher nor confirmed co-owner, nor one that followed.
    NoRight,
    /// Withdrawn by itself.
    Withdrawn,
    /// In a part of its log that does not count.
    NotCounted,
}

/// A thing as it stands for this node now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thing {
    /// The id of its first version.
    pub subject: EntryId,
    /// What it is.
    pub kind: Kind,
    /// Who owns it.
    pub owner: OrgNumber,
    /// Who signed it first.
    pub publisher: OrgNumber,
    /// The version that is shown, with its number.
    pub current: EntryId,
    /// The number of the version that is shown.
    pub number: u32,
    /// All versions, by number and id.
    pub versions: Vec<(Version, VersionState)>,
    /// The withdrawal, if the whole thing was withdrawn.
    pub withdrawn: Option<EntryId>,
}

impl Things {
    /// Keeps what an entry says. Free of order.
    pub(crate) fn record(&mut self, id: EntryId, kind: Kind, facts: &Result<Facts, Unreadable>) {
        let facts = match facts {
            Ok(facts) => facts,
            Err(reason) => {
                self.unreadable.insert(id, reason.to_string());
                return;
            }
        };
        if let Some(revision) = facts.revision() {
            let all = self.versions.entry(revision.subject().unwrap_or(id)).or_default();
            if all.iter().all(|v| v.id != id) {
                all.push(version(id, kind, revision, facts));
            }
        }
        if let Facts::Redaction(redaction) = facts {
            self.redacted.insert(redaction.target);
        }
        for subject in mentioned(facts) {
            self.mentions.entry(subject).or_default().insert(Mention { kind, entry: id });
        }
    }

    /// The ids under which things are known, first versions that are not here included.
    pub fn subjects(&self, kind: Kind) -> impl Iterator<Item = EntryId> {
        self.versions.iter().filter(move |(_, all)| all.iter().any(|v| v.kind == kind)).map(|(id, _)| *id)
    }

    /// The things of a kind that count and were not withdrawn. Most have one version and nobody
    /// took them back: those are told without resolving them.
    pub fn live<'a>(
        &'a self,
        kind: Kind,
        logs: &'a Logs,
        registry: &'a Registry,
    ) -> impl Iterator<Item = EntryId> + 'a {
        let is_live = move |id: &EntryId, all: &[Version]| match all {
            [only] if only.id == *id && !self.mentions(id).any(|m| m.kind == Kind::Withdrawal) => {
                only.kind == kind && logs.counts(id, registry)
            }
            _ => self.resolve(id, logs, registry).is_some_and(|t| t.kind == kind && t.withdrawn.is_none()),
        };
        self.versions.iter().filter(move |(id, all)| is_live(id, all)).map(|(id, _)| *id)
    }

    /// What was said about an entry or thing, counted or not, by kind and id.
    pub fn mentions(&self, subject: &EntryId) -> impl Iterator<Item = Mention> {
        self.mentions.get(subject).into_iter().flatten().copied()
    }

    /// Entries whose facts this version could not read, with the reason.
    pub fn unreadable(&self) -> &BTreeMap<EntryId, String> {
        &self.unreadable
    }

    /// Which of a kind say something about an entry, counted ones only.
    pub fn counted_mentions<'a>(
        &'a self,
        subject: &EntryId,
        kind: Kind,
        logs: &'a Logs,
        registry: &'a Registry,
    ) -> impl Iterator<Item = EntryId> + 'a {
        let found = self.mentions.get(subject).into_iter().flatten();
        found.filter(move |m| m.kind == kind && logs.counts(&m.entry, registry)).map(|m| m.entry)
    }

    /// The thing of an id as it stands now; `None` while its first version is not here, does
    /// not count, or is no thing.
    pub fn resolve(&self, subject: &EntryId, logs: &Logs, registry: &Registry) -> Option<Thing> {
        let all = self.versions.get(subject)?;
        let first = all.iter().find(|v| v.id == *subject && logs.counts(&v.id, registry))?;
        let judge = Judge { things: self, logs, registry, kind: first.kind };
        let publisher = judge.org(&first.id)?;
        let rightful = judge.rightful(all, first, publisher);
        let valid = judge.valid(all, first, &rightful);
        // Its own organisation takes a retold case over with a version of its own.
        let taken_over = |org: &OrgNumber| valid.iter().any(|v| judge.org(&v.id) == Some(*org));
        let owner = first.about.filter(taken_over).unwrap_or(publisher);
        let shown = valid.iter().filter(|v| !judge.withdrawn_alone(v, subject, owner)).max_by_key(|v| (v.number, v.id));
        let current = shown.copied().unwrap_or(first);
        let findings = Findings { rightful, valid, current: current.id, subject: *subject, owner };
        let mut versions: Vec<_> = all.iter().map(|v| (v.clone(), judge.state(v, &findings))).collect();
        versions.sort_by_key(|(v, _)| (v.number, v.id));
        Some(Thing {
            subject: *subject,
            kind: first.kind,
            owner,
            publisher,
            current: current.id,
            number: current.number,
            versions,
            withdrawn: judge.withdrawal(subject, owner),
        })
    }

    /// Whether an organisation may judge in the name of a programme: it owns or leads it, or
    /// followed one that does.
    pub fn may_assess(&self, org: OrgNumber, programme: &EntryId, logs: &Logs, registry: &Registry) -> bool {
        let Some(thing) = self.resolve(programme, logs, registry).filter(|t| t.kind == Kind::Programme) else {
            return false;
        };
        let shown = thing.versions.iter().find(|(v, _)| v.id == thing.current);
        let lead = shown.and_then(|(v, _)| v.about);
        thing.withdrawn.is_none()
            && [Some(thing.owner), lead]
                .into_iter()
                .flatten()
                .any(|may| may == org || registry.successors(may).contains(&org))
    }

    /// The redaction that holds for the text of an entry that a log in this role wrote: by the
    /// same organisation or one that followed it, or by the data-protection key.
    pub fn redaction(&self, target: &EntryId, issuer: Role, logs: &Logs, registry: &Registry) -> Option<EntryId> {
        self.counted_mentions(target, Kind::Redaction, logs, registry).find(|redaction| {
            let signer = logs.place(redaction).and_then(|p| logs.key(p.log));
            let role = signer.and_then(|k| registry.standing(&k)).map(|s| s.role);
            match (role, issuer) {
                (Some(Role::DataProtection), _) => true,
                (Some(Role::Member(by)), Role::Member(of)) => by == of || registry.successors(of).contains(&by),
                (Some(Role::Registrar), Role::Registrar) => true,
                _ => false,
            }
        })
    }

    /// Entries that a redaction names, rightly or not.
    pub fn redaction_targets(&self) -> impl Iterator<Item = EntryId> + '_ {
        self.redacted.iter().copied()
    }
}

fn version(id: EntryId, kind: Kind, revision: &Revision, facts: &Facts) -> Version {
    let (about, co_owners) = if let Facts::Case(case) = facts {
        (case.about_org, case.co_owners.clone())
    } else if let Facts::Programme(programme) = facts {
        (programme.lead, Vec::new())
    } else {
        (None, Vec::new())
    };
    Version { id, kind, number: revision.number(), replaces: revision.replaces().to_vec(), about, co_owners }
}

/// The entries about which a record says something. A later version may no longer do so: who asks
/// what a thing mentions now looks at the version that is shown.
pub fn mentioned(facts: &Facts) -> Vec<EntryId> {
    match facts {
        Facts::Reuse(reuse) => vec![reuse.case],
        Facts::Confirmation(c) => vec![c.subject],
        Facts::Measurement(m) => vec![m.subject],
        Facts::Comment(c) => [Some(c.subject), c.reply_to].into_iter().flatten().collect(),
        Facts::Interest(i) => vec![i.subject],
        Facts::Assessment(a) => vec![a.subject],
        Facts::Translation(t) => vec![t.version],
        Facts::Withdrawal(w) => vec![w.target],
        Facts::Redaction(r) => vec![r.target],
        Facts::Case(case) => {
            let plans = case.plan_goals.iter().map(|goal| goal.plan);
            case.builds_on.iter().copied().chain(plans).chain(case.programmes.iter().copied()).collect()
        }
        Facts::Programme(programme) => programme.cases.clone(),
        Facts::Collection(collection) => collection.cases.clone(),
        Facts::Award(award) => award.case.into_iter().collect(),
        Facts::Need(_)
        | Facts::Contact(_)
        | Facts::Plan(_)
        | Facts::Admission(_)
        | Facts::Revocation(_)
        | Facts::Settlement(_)
        | Facts::Reference(_)
        | Facts::Succession(_)
        | Facts::Release(_)
        | Facts::Envelope => Vec::new(),
    }
}

/// Looks at the versions of one thing with the eyes of the registry.
struct Judge<'a> {
    things: &'a Things,
    logs: &'a Logs,
    registry: &'a Registry,
    kind: Kind,
}

impl Judge<'_> {
    fn org(&self, id: &EntryId) -> Option<OrgNumber> {
        let place = self.logs.place(id)?;
        self.registry.org_of(&self.logs.key(place.log)?)
    }

    /// The versions that build, one on another, on the first and whose signers had the right.
    fn valid<'v>(&self, all: &'v [Version], first: &'v Version, rightful: &BTreeSet<OrgNumber>) -> Vec<&'v Version> {
        let mut rest: Vec<&Version> = all
            .iter()
            .filter(|v| v.id != first.id && v.kind == self.kind && self.logs.counts(&v.id, self.registry))
            .filter(|v| self.org(&v.id).is_some_and(|org| rightful.contains(&org)))
            .collect();
        rest.sort_by_key(|v| (v.number, v.id));
        let mut numbers = BTreeMap::from([(first.id, first.number)]);
        let mut valid = vec![first];
        for v in rest {
            let before: Option<Vec<u32>> = v.replaces.iter().map(|id| numbers.get(id).copied()).collect();
            let highest = before.and_then(|numbers| numbers.into_iter().max());
            if highest.is_some_and(|h| h.checked_add(1) == Some(v.number)) {
                numbers.insert(v.id, v.number);
                valid.push(v);
            }
        }
        valid
    }

    /// Who may revise: the publisher, for whom it was retold, co-owners that confirmed, and
    /// all that followed one of these.
    fn rightful(&self, all: &[Version], first: &Version, publisher: OrgNumber) -> BTreeSet<OrgNumber> {
        let mut orgs: BTreeSet<OrgNumber> = [Some(publisher), first.about].into_iter().flatten().collect();
        for org in orgs.clone() {
            orgs.extend(self.registry.successors(org));
        }
        // Only one who may revise names co-owners; only what they confirm themselves counts.
        let named: BTreeSet<OrgNumber> = all
            .iter()
            .filter(|v| self.logs.counts(&v.id, self.registry) && self.org(&v.id).is_some_and(|o| orgs.contains(&o)))
            .flat_map(|v| v.co_owners.iter().copied())
            .collect();
        let confirmed = self.things.counted_mentions(&first.id, Kind::Confirmation, self.logs, self.registry);
        for org in confirmed.filter_map(|id| self.org(&id)).filter(|org| named.contains(org)) {
            orgs.insert(org);
            orgs.extend(self.registry.successors(org));
        }
        orgs
    }

    fn withdrawal(&self, target: &EntryId, owner: OrgNumber) -> Option<EntryId> {
        let signer = self.org(target);
        let mut found = self.things.counted_mentions(target, Kind::Withdrawal, self.logs, self.registry);
        found.find(|id| {
            let by = self.org(id);
            let of = [Some(owner), signer];
            by.is_some() && (of.contains(&by) || of.into_iter().flatten().any(|o| self.followed(o, by)))
        })
    }

    fn followed(&self, org: OrgNumber, by: Option<OrgNumber>) -> bool {
        by.is_some_and(|by| self.registry.successors(org).contains(&by))
    }

    /// Whether one version, not the whole thing, was withdrawn.
    fn withdrawn_alone(&self, v: &Version, subject: &EntryId, owner: OrgNumber) -> bool {
        v.id != *subject && self.withdrawal(&v.id, owner).is_some()
    }

    fn state(&self, v: &Version, found: &Findings<'_>) -> VersionState {
        if !self.logs.counts(&v.id, self.registry) {
            return VersionState::NotCounted;
        }
        if v.id == found.current {
            return VersionState::Current;
        }
        if !found.valid.iter().any(|other| other.id == v.id) {
            let rightful = self.org(&v.id).is_some_and(|org| found.rightful.contains(&org));
            return if rightful { VersionState::Waiting } else { VersionState::NoRight };
        }
        let replaced = found.valid.iter().any(|other| other.replaces.contains(&v.id));
        match (self.withdrawn_alone(v, &found.subject, found.owner), replaced) {
            (true, _) => VersionState::Withdrawn,
            (false, true) => VersionState::Replaced,
            (false, false) => VersionState::Concurrent,
        }
    }
}

/// What was found of one thing, by which each of its versions is judged.
struct Findings<'v> {
    rightful: BTreeSet<OrgNumber>,
    valid: Vec<&'v Version>,
    current: EntryId,
    subject: EntryId,
    owner: OrgNumber,
}

#[cfg(test)]
mod tests;
