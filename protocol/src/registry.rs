//! Who may write, and until where: the fold of the charter and the registrar's log.
//! A pure function of both; knows nothing of what the members wrote.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::body::{Admission, Reference, Release, Revocation, Settlement, Succession};
use crate::charter::{CharterChain, LogEnd};
use crate::id::{EntryId, LogKey, Seq};
use crate::key::PublicKey;
use crate::organisation::{MunicipalityNumber, OrgNumber};
use crate::time::Timestamp;

/// What a registry entry says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Act {
    /// A node key of an organisation; one that is fit to sign.
    Admission(Admission),
    /// An admission whose key is not fit to sign.
    UnfitAdmission,
    /// The end of a log.
    Revocation(Revocation),
    /// The branch of a fork that holds.
    Settlement(Settlement),
    /// A municipal reform.
    Succession(Box<Succession>),
    /// A table; its rows stay in the journal.
    Reference {
        /// The name of the table.
        table: String,
        /// From when it holds.
        date: crate::time::Day,
    },
    /// A published set of statistics; its contents stay in the journal.
    Release,
}

impl Act {
    /// What the registry keeps of an admission. The key is checked here, once, and not each time
    /// that the acts are folded.
    pub fn of_admission(facts: &Admission) -> Self {
        match PublicKey::check(&facts.key) {
            Ok(_) => Act::Admission(facts.clone()),
            Err(_) => Act::UnfitAdmission,
        }
    }

    /// What the registry keeps of a reference table.
    pub fn of_reference(facts: &Reference) -> Self {
        Act::Reference { table: facts.table.clone(), date: facts.date }
    }

    /// What the registry keeps of a release.
    pub fn of_release(_: &Release) -> Self {
        Act::Release
    }
}

/// An act with its place among the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    /// The registrar's entry.
    pub entry: EntryId,
    /// Its place in the registrar's log.
    pub seq: Seq,
    /// When the registrar signed it.
    pub time: Timestamp,
    /// What it says.
    pub act: Act,
}

/// In what right a log writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// A node of a member.
    Member(OrgNumber),
    /// The registrar, now or formerly.
    Registrar,
    /// The data-protection key of the charter.
    DataProtection,
}

/// A log as the charter and the registry see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// In what right it writes.
    pub role: Role,
    /// The last place that counts, once the log was ended.
    pub end: Option<LogEnd>,
    /// The entries that hold at places where the log was continued twice.
    pub settled: BTreeMap<Seq, EntryId>,
    /// The admission; `None` for keys that the charter names.
    pub admitted_by: Option<EntryId>,
}

/// An organisation that was admitted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its name as the registrar last wrote it.
    pub name: String,
    /// Its municipality number as the registrar last wrote it.
    pub number: Option<MunicipalityNumber>,
    /// When it was first admitted.
    pub since: Timestamp,
    /// Its node keys, ended ones included.
    pub keys: BTreeSet<LogKey>,
}

/// Who may write, and until where.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Registry {
    logs: BTreeMap<LogKey, Standing>,
    members: BTreeMap<OrgNumber, Member>,
    successions: Vec<(EntryId, Succession)>,
    references: BTreeMap<(String, crate::time::Day), EntryId>,
    releases: Vec<EntryId>,
    without_effect: BTreeMap<EntryId, NoEffect>,
}

/// Why a registry entry changes nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum NoEffect {
    /// The key is not fit to sign.
    #[error("the admitted key is not fit to sign")]
    UnfitKey,
    /// The key is one of the charter's, or belongs to another organisation.
    #[error("the key belongs to someone else")]
    KeyTaken,
    /// The log is not admitted, or is the registrar's: only the charter ends or settles that.
    #[error("the log is not one that the registrar may end or settle")]
    NotAMembersLog,
    /// The log ends at a lower place already.
    #[error("the log ends at a lower place already")]
    EndedLower,
    /// A place and an entry do not go together.
    #[error("place and entry do not go together")]
    Place,
}

impl Registry {
    /// Folds the charter and the registrar's counted entries, in the order of its log.
    pub fn fold<'a>(charters: &CharterChain, acts: impl IntoIterator<Item = &'a Recorded>) -> Self {
        let mut registry = Self::default();
        for (key, end) in charters.registrars() {
            registry.logs.insert(key, Standing::new(Role::Registrar, end, None));
        }
        // Every data-protection key there was: what it redacted stays redacted.
        for key in charters.charters().filter_map(|c| c.terms().data_protection) {
            registry.logs.entry(key).or_insert_with(|| Standing::new(Role::DataProtection, None, None));
        }
        for recorded in acts {
            registry.add(recorded);
        }
        registry
    }

    /// Takes in the act that comes after all that were folded.
    pub(crate) fn add(&mut self, recorded: &Recorded) {
        if let Err(reason) = self.take(recorded) {
            self.without_effect.insert(recorded.entry, reason);
        }
    }

    fn take(&mut self, recorded: &Recorded) -> Result<(), NoEffect> {
        match &recorded.act {
            Act::Admission(admission) => self.admit(recorded, admission),
            Act::UnfitAdmission => Err(NoEffect::UnfitKey),
            Act::Revocation(r) => self.end(LogEnd { key: r.key, seq: r.seq, id: r.id }),
            Act::Settlement(s) => {
                if s.seq == Seq::ZERO {
                    return Err(NoEffect::Place);
                }
                self.members_log(&s.log)?.settled.insert(s.seq, s.id);
                Ok(())
            }
            Act::Succession(s) => {
                self.successions.push((recorded.entry, s.as_ref().clone()));
                Ok(())
            }
            Act::Reference { table, date } => {
                self.references.insert((table.clone(), *date), recorded.entry);
                Ok(())
            }
            Act::Release => {
                self.releases.push(recorded.entry);
                Ok(())
            }
        }
    }

    fn admit(&mut self, recorded: &Recorded, admission: &Admission) -> Result<(), NoEffect> {
        let role = Role::Member(admission.org);
        if self.logs.get(&admission.key).is_some_and(|known| known.role != role) {
            return Err(NoEffect::KeyTaken);
        }
        self.logs.entry(admission.key).or_insert_with(|| Standing::new(role, None, Some(recorded.entry)));
        let member = self.members.entry(admission.org).or_insert_with(|| Member {
            name: String::new(),
            number: None,
            since: recorded.time,
            keys: BTreeSet::new(),
        });
        member.keys.insert(admission.key);
        member.name.clone_from(&admission.name);
        if admission.number.is_some() {
            member.number = admission.number;
        }
        Ok(())
    }

    fn end(&mut self, end: LogEnd) -> Result<(), NoEffect> {
        if (end.seq == Seq::ZERO) != end.id.is_none() {
            return Err(NoEffect::Place);
        }
        let standing = self.members_log(&end.key)?;
        if standing.end.is_some_and(|before| before.seq <= end.seq) {
            return Err(NoEffect::EndedLower);
        }
        standing.end = Some(end);
        // The end names its entry, and so the branch up to it.
        if let Some(id) = end.id {
            standing.settled.insert(end.seq, id);
        }
        Ok(())
    }

    /// Looks at a log only up to a place, if it does not end lower.
    pub(crate) fn cap(&mut self, end: LogEnd) {
        if let Some(standing) = self.logs.get_mut(&end.key)
            && standing.end.is_none_or(|before| before.seq > end.seq)
        {
            standing.end = Some(end);
        }
    }

    fn members_log(&mut self, key: &LogKey) -> Result<&mut Standing, NoEffect> {
        match self.logs.get_mut(key) {
            Some(standing) if matches!(standing.role, Role::Member(_)) => Ok(standing),
            _ => Err(NoEffect::NotAMembersLog),
        }
    }

    /// The standing of a log, if it may write at all.
    pub fn standing(&self, log: &LogKey) -> Option<&Standing> {
        self.logs.get(log)
    }

    /// The organisation that writes a log, if it is a member's.
    pub fn org_of(&self, log: &LogKey) -> Option<OrgNumber> {
        match self.logs.get(log)?.role {
            Role::Member(org) => Some(org),
            Role::Registrar | Role::DataProtection => None,
        }
    }

    /// All logs that may write or might.
    pub fn logs(&self) -> &BTreeMap<LogKey, Standing> {
        &self.logs
    }

    /// All organisations that were admitted.
    pub fn members(&self) -> &BTreeMap<OrgNumber, Member> {
        &self.members
    }

    /// The municipal reforms, in the order in which they were recorded.
    pub fn successions(&self) -> &[(EntryId, Succession)] {
        &self.successions
    }

    /// The reference tables by name and date.
    pub fn references(&self) -> &BTreeMap<(String, crate::time::Day), EntryId> {
        &self.references
    }

    /// The releases, in the order of the registrar's log.
    pub fn releases(&self) -> &[EntryId] {
        &self.releases
    }

    /// Registry entries that change nothing, with the reason.
    pub fn without_effect(&self) -> &BTreeMap<EntryId, NoEffect> {
        &self.without_effect
    }

    /// The organisations that followed one, however many reforms later, itself not included.
    pub fn successors(&self, org: OrgNumber) -> BTreeSet<OrgNumber> {
        let mut found = BTreeSet::new();
        let mut open = vec![org];
        while let Some(at) = open.pop() {
            for (_, reform) in &self.successions {
                if !reform.from.iter().any(|part| part.org == Some(at)) {
                    continue;
                }
                for next in reform.to.iter().filter_map(|part| part.org) {
                    if next != org && found.insert(next) {
                        open.push(next);
                    }
                }
            }
        }
        found
    }
}

impl Standing {
    fn new(role: Role, end: Option<LogEnd>, admitted_by: Option<EntryId>) -> Self {
        let settled = end.and_then(|e| e.id.map(|id| (e.seq, id))).into_iter().collect();
        Self { role, end, settled, admitted_by }
    }
}
