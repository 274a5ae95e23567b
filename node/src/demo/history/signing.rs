//! A plan becomes records: each passes the signing door as on its day, and is signed with the key
//! of the node whose record it is.

use std::collections::BTreeMap;

use idenett_protocol::authoring::{Context, Original, compose};
use idenett_protocol::body::Revision;
use idenett_protocol::entry::{Draft, Entry};
use idenett_protocol::id::{EntryId, FederationId, LogKey, Seq};
use idenett_protocol::key::SecretKey;
use idenett_protocol::kind::Kind;
use idenett_protocol::ledger::Received;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::time::Timestamp;
use serde_json::Value;

use super::diary::{Act, Name};
use super::registrar;
use super::{Member, Plan};
use crate::desk::Problem;
use crate::keyfile::chance;
use crate::library::{Library, Writing};

/// Entries that are taken in at once: one write and one fsync.
const GROUP: usize = 1_000;

/// Whose keys sign.
pub(in crate::demo) struct Keys {
    /// The registrar's.
    pub(in crate::demo) registrar: SecretKey,
    /// The nodes' own, in the order of the plan's members.
    pub(in crate::demo) nodes: Vec<SecretKey>,
}

/// Signs everything and takes it into a replica that rests. What the registrar does comes first, so that every other log
/// is known; each log is in the order of time.
///
/// The door of a library for what is signed now makes one fsync a call. Years of it go through the
/// other door, as they would come from another node.
pub(in crate::demo) fn sign(plan: &Plan, keys: &Keys, library: &Library) -> Result<Signed, Problem> {
    let mut signing = Signing::new(library);
    let acts = registrar::acts(plan, keys)?;
    let reform = acts.iter().any(|(_, w)| w.kind == Kind::Succession);
    for (time, writing) in acts {
        signing.put(&keys.registrar, time, writing)?;
    }
    signing.flush()?;
    let mut written = Written::default();
    for act in &plan.acts {
        let (Some(member), Some(key)) = (plan.members.get(act.by), keys.nodes.get(act.by)) else {
            return Err(fault("the plan names a member that is not there"));
        };
        let (writing, text) = written.composed(member, act)?;
        let id = signing.put(key, act.time, writing)?;
        written.note(act, member.org, id, text);
    }
    signing.flush()?;
    Ok(Signed { records: signing.records, kinds: signing.kinds, reform })
}

/// What was signed.
pub(in crate::demo) struct Signed {
    /// All records.
    pub(in crate::demo) records: usize,
    /// How many of each kind, versions included.
    pub(in crate::demo) kinds: BTreeMap<Kind, usize>,
    /// Whether a municipal reform fell into the time.
    pub(in crate::demo) reform: bool,
}

/// Logs as they grow, and what is signed and not yet taken in.
struct Signing<'a> {
    library: &'a Library,
    federation: FederationId,
    heads: BTreeMap<LogKey, (Seq, Option<EntryId>)>,
    group: Vec<Received>,
    records: usize,
    kinds: BTreeMap<Kind, usize>,
}

impl<'a> Signing<'a> {
    fn new(library: &'a Library) -> Self {
        let (federation, heads) = library.ledger(|l| {
            let heads = l.logs().iter().map(|(key, log)| (*key, (log.held(), log.head())));
            (l.federation(), heads.collect())
        });
        Self { library, federation, heads, group: Vec::new(), records: 0, kinds: BTreeMap::new() }
    }

    fn put(&mut self, key: &SecretKey, time: Timestamp, writing: Writing) -> Result<EntryId, Problem> {
        let Writing { kind, facts, text } = writing;
        let head = self.heads.entry(key.log_key()).or_insert((Seq::ZERO, None));
        let (seq, previous) = (head.0.next(), head.1);
        let draft = Draft { kind, federation: self.federation, seq, previous, time, facts, text };
        let entry = Entry::sign(draft, key).map_err(fault)?;
        let id = entry.id();
        *head = (seq, Some(id));
        self.group.push(Received::of(entry));
        self.records += 1;
        *self.kinds.entry(kind).or_default() += 1;
        if self.group.len() >= GROUP {
            self.flush()?;
        }
        Ok(id)
    }

    fn flush(&mut self) -> Result<(), Problem> {
        let group = std::mem::take(&mut self.group);
        for (_, outcome) in self.library.take(group.into_iter().map(Ok).collect())? {
            outcome.map_err(|rejection| fault(rejection.name()))?;
        }
        Ok(())
    }
}

/// What has been signed so far, by the names of the plan.
#[derive(Default)]
struct Written(BTreeMap<Name, Known>);

struct Known {
    owner: OrgNumber,
    subject: EntryId,
    current: EntryId,
    number: u32,
    lang: Value,
    text: Vec<u8>,
}

impl Written {
    /// The record of an act as the signing door makes it on its day, with its text.
    fn composed(&self, member: &Member, act: &Act) -> Result<(Writing, Vec<u8>), Problem> {
        let known = |name: Name| self.0.get(&name).ok_or_else(|| fault("an act names one that comes later"));
        let mut input = act.input.clone();
        self.name_ids(&mut input)?;
        let mut context = Context::new(member.org, act.time.day());
        context.lang = member.lang;
        context.contact = self.0.get(&member.contact).map(|k| k.subject);
        if act.revises {
            let of = known(act.name)?;
            let next = Revision::later(of.subject, vec![of.current], of.number.saturating_add(1));
            context.revision = next.map_err(fault)?;
        }
        let named = |field: &str| act.input[field].as_str().and_then(Name::read).map(|(name, _)| known(name));
        if let (Kind::Reuse, Some(case)) = (act.kind, named("case")) {
            context.owners = vec![case?.owner];
        }
        if let (Kind::Translation, Some(version)) = (act.kind, named("version")) {
            context.original = Some(version?.original()?);
        }
        let made = compose(act.kind, &input, &context, chance()?, chance()?).map_err(|errors| {
            let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
            fault(format!("{} of {} on {}: {}", act.kind, member.org, context.today, said.join(" ")))
        })?;
        if let Some(finding) = made.warnings.first() {
            return Err(fault(format!("{}: `{}` looks like personal data", act.kind, finding.excerpt)));
        }
        Ok((Writing { kind: act.kind, facts: made.facts, text: made.text.clone() }, made.text))
    }

    fn note(&mut self, act: &Act, owner: OrgNumber, id: EntryId, text: Vec<u8>) {
        let lang = act.input["lang"].clone();
        let before = self.0.get(&act.name).filter(|_| act.revises);
        let (subject, number) = before.map_or((id, 1), |k| (k.subject, k.number.saturating_add(1)));
        self.0.insert(act.name, Known { owner, subject, current: id, number, lang, text });
    }

    /// Writes ids where an input has names.
    fn name_ids(&self, value: &mut Value) -> Result<(), Problem> {
        match value {
            Value::String(text) => {
                if let Some((name, newest)) = Name::read(text) {
                    let known = self.0.get(&name).ok_or_else(|| fault("an act names one that comes later"))?;
                    *text = if newest { known.current } else { known.subject }.to_string();
                }
            }
            Value::Array(items) => items.iter_mut().try_for_each(|item| self.name_ids(item))?,
            Value::Object(fields) => fields.values_mut().try_for_each(|field| self.name_ids(field))?,
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
        Ok(())
    }
}

impl Known {
    fn original(&self) -> Result<Original, Problem> {
        let text: Value = serde_json::from_slice(&self.text).map_err(fault)?;
        let lang = serde_json::from_value(self.lang.clone()).map_err(fault)?;
        Ok(Original { lang, text })
    }
}

pub(super) fn fault(what: impl std::fmt::Display) -> Problem {
    Problem::node(format!("the history cannot be made: {what}"), "this is a fault of the program; please report it")
}
