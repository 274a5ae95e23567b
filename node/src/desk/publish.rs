//! The signing door as people use it: an input becomes a record, or every field that is wrong
//! is named.

use std::collections::BTreeSet;

use idenett_protocol::authoring::{Context, FieldError, FieldFault, Mode, compose};
use idenett_protocol::body::Revision;
use idenett_protocol::codes::{CodeList as _, ReuseStatus};
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use idenett_protocol::limits::MAX_REPLACES;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::personal::Finding;
use idenett_protocol::reuses::ReuseStanding;
use idenett_protocol::things::{Thing, VersionState};
use serde_json::{Map, Value, json};

use super::fields::{change, input_of, says_the_same};
use super::finding::{TextState, open};
use super::pen::Written;
use super::{Desk, Problem, Publish, Redact, Revise, Withdraw};
use crate::clock;
use crate::keyfile::chance;
use crate::library::Writing;
use crate::problem::FieldProblem;
use crate::reading::{moment, org_of, owners, reuses_of};

/// Kinds that are published by themselves; the others have commands of their own.
const PUBLISHED: [Kind; 14] = [
    Kind::Case,
    Kind::Need,
    Kind::Reuse,
    Kind::Contact,
    Kind::Plan,
    Kind::Programme,
    Kind::Collection,
    Kind::Award,
    Kind::Comment,
    Kind::Interest,
    Kind::Assessment,
    Kind::Translation,
    Kind::Measurement,
    Kind::Confirmation,
];

/// Kinds of which one that says the same as another of the same member is a mistake.
const ONCE: [Kind; 6] = [Kind::Case, Kind::Need, Kind::Plan, Kind::Programme, Kind::Collection, Kind::Award];
/// Things of a member with which a new one is compared.
const MAX_COMPARED: usize = 5_000;

impl Desk {
    pub(super) fn publish(&self, publish: &Publish) -> Result<Value, Problem> {
        let kind = Kind::named(&publish.kind).filter(|k| PUBLISHED.contains(k)).ok_or_else(|| {
            Problem::yours(
                format!("records of the kind `{}` are not published here", publish.kind),
                "see `idenett --help`",
            )
        })?;
        let mut input = object(&publish.input)?;
        self.write_ids_out(&mut input);
        self.name_things(kind, &mut input)?;
        let mut context = self.context();
        self.prepare(kind, &mut input, &mut context)?;
        let writing = self.composed(kind, &Value::Object(input), &context, publish.no_personal_data)?;
        self.check_new(kind, &writing)?;
        self.written(kind, vec![writing])
    }

    pub(super) fn revise(&self, revise: &Revise) -> Result<Value, Problem> {
        let kind = Kind::named(&revise.kind);
        let thing = self.thing(&revise.id, kind)?;
        self.check_right(&thing)?;
        let mut changes = object(&revise.input)?;
        self.write_ids_out(&mut changes);
        self.name_things(thing.kind, &mut changes)?;
        let current = open(&self.library, &thing.current)?.ok_or_else(|| missing(&thing.current))?;
        if current.state == TextState::Wanted {
            return Err(Problem::node(
                "the text of the version that is to be revised has not arrived here",
                "wait until it has; see `wanted_texts` in `idenett status`",
            ));
        }
        let mut fields = input_of(&current);
        // What has run out is extended by the revision, unless it says otherwise.
        let today = clock::now().day();
        let runs = |v: &Value| {
            v.as_str().and_then(|d| d.parse().ok()).is_some_and(|d: idenett_protocol::time::Day| d >= today)
        };
        if !fields.get("valid_until").is_some_and(runs) {
            fields.remove("valid_until");
        }
        change(&mut fields, &changes);
        let mut context = self.context();
        context.revision = next_version(&thing)?;
        context.measured = self.library.ledger(|l| {
            l.things().counted_mentions(&thing.subject, Kind::Measurement, l.logs(), l.registry()).next().is_some()
        });
        if let (Kind::Reuse, Some(case)) = (thing.kind, fields.get("case").and_then(Value::as_str)) {
            context.owners = self.owners_of(case);
        }
        let merges = context.revision.replaces().len() > 1;
        let writing = self.composed(thing.kind, &Value::Object(fields), &context, revise.no_personal_data)?;
        if !merges && says_the_same(&writing, &current, true) {
            let what = format!("version {} of this {} says the same; nothing was published", thing.number, thing.kind);
            return Err(Problem::yours(what, "name in the input what changes; `show` tells what stands"));
        }
        self.written(thing.kind, vec![writing])
    }

    /// The same twice is a mistake: one would be revised, and the other be found by others.
    fn check_new(&self, kind: Kind, writing: &Writing) -> Result<(), Problem> {
        if !ONCE.contains(&kind) {
            return Ok(());
        }
        let org = self.org();
        let own: Vec<Thing> = self.library.ledger(|l| {
            let things = l.things().subjects(kind).filter_map(|id| l.thing(&id));
            things.filter(|t| t.owner == org && t.withdrawn.is_none()).take(MAX_COMPARED).collect()
        });
        for thing in own {
            let record = open(&self.library, &thing.current)?;
            if record.is_some_and(|record| says_the_same(writing, &record, false)) {
                return Err(Problem::yours(
                    format!("this {kind} is published already, as {}; nothing was published", thing.subject.short()),
                    format!("to change it use `idenett {kind} revise {}`", thing.subject.short()),
                ));
            }
        }
        Ok(())
    }

    /// A confirmation by someone else would count for nothing.
    fn check_confirmation(&self, subject: &EntryId) -> Result<(), Problem> {
        let Some(thing) = self.library.ledger(|l| l.thing(subject)) else { return Ok(()) };
        if let Some(by) = thing.withdrawn {
            return Err(Problem::yours(
                format!("this {} was withdrawn, by {}", thing.kind, by.short()),
                "publish it anew if it holds again",
            ));
        }
        let org = self.org();
        let co_owner = thing.versions.iter().any(|(v, _)| v.co_owners.contains(&org));
        if !co_owner && !self.has_right(&thing) {
            return Err(Problem::yours(
                format!("this {} belongs to {}, and only its owners confirm it", thing.kind, self.name_of(thing.owner)),
                "say that you use it with `idenett reuse declare`, or what you know with `idenett comment add`",
            ));
        }
        let record = open(&self.library, &thing.current)?;
        let status = record.as_ref().and_then(|r| r.facts.get("status")).and_then(Value::as_str);
        if thing.kind == Kind::Reuse && status == Some(ReuseStatus::Stopped.id()) {
            return Err(Problem::yours(
                "this reuse was stopped, so there is nothing to confirm",
                "if the case is used again, say so with `idenett reuse revise` and a status",
            ));
        }
        Ok(())
    }

    pub(super) fn withdraw(&self, withdraw: &Withdraw) -> Result<Value, Problem> {
        let kind = withdraw.kind.as_deref().and_then(Kind::named);
        let target = self.entry_id(&withdraw.id, kind)?;
        let target = self.subject_of(&target).unwrap_or(target);
        if let Some(thing) = self.library.ledger(|l| l.thing(&target)) {
            self.check_right(&thing)?;
            if let Some(by) = thing.withdrawn {
                return Err(Problem::yours(
                    format!("it was withdrawn already, by {}", by.short()),
                    "nothing is left to do",
                ));
            }
        } else {
            self.check_signer(&target)?;
        }
        let mut input = json!({ "target": target, "reason": withdraw.reason });
        if let Some(text) = &withdraw.text {
            input["text"] = text.clone().into();
        }
        if let Some(replacement) = &withdraw.replacement {
            let id = self.entry_id(replacement, None)?;
            input["replacement"] = self.subject_of(&id).unwrap_or(id).to_string().into();
        }
        self.compose_and_write(Kind::Withdrawal, &input, &self.context(), false)
    }

    pub(super) fn redact(&self, redact: &Redact) -> Result<Value, Problem> {
        let named = self.entry_id(&redact.id, None)?;
        let subject = self.subject_of(&named).unwrap_or(named);
        let thing = self.library.ledger(|l| l.thing(&subject)).filter(|_| !redact.only);
        let targets: Vec<EntryId> = match &thing {
            Some(thing) => thing.versions.iter().map(|(v, _)| v.id).filter(|id| self.is_ours(id)).collect(),
            None => vec![named],
        };
        let open: Vec<EntryId> =
            targets.iter().filter(|id| self.library.ledger(|l| l.redaction(id)).is_none()).copied().collect();
        if targets.is_empty() || !targets.iter().all(|id| self.is_ours(id)) {
            self.check_signer(&named)?;
        }
        if open.is_empty() {
            return Err(Problem::yours("its text was dropped already", "nothing is left to do"));
        }
        let mut writings = Vec::new();
        for target in &open {
            let input = json!({ "target": target, "reason": redact.reason });
            writings.push(self.composed(Kind::Redaction, &input, &self.context(), true)?);
        }
        if !redact.sure {
            let title = self.title_of(&subject)?.map_or_else(|| subject.short(), |title| format!("«{title}»"));
            let versions = if open.len() == 1 { String::new() } else { format!(", in {} versions", open.len()) };
            return Err(Problem::question(
                format!("every node would drop the text of {title}{versions}, for ever; nothing was done yet"),
                "look at it with `idenett record show`, and if it is meant so, give the command again with --yes",
            ));
        }
        let mut answer = self.written(Kind::Redaction, writings)?;
        answer["targets"] = json!(open);
        let versions = if open.len() == 1 { "one record".to_owned() } else { format!("{} versions", open.len()) };
        answer["what"] =
            format!("the text of {versions} is dropped here, and everywhere as soon as this arrives").into();
        Ok(answer)
    }

    /// What the rules need to know: who signs, today, the member's contact.
    pub(super) fn context(&self) -> Context {
        let mut context = Context::new(self.org(), clock::now().day());
        context.lang = self.config.language;
        context.contact = self.own_contact();
        context
    }

    /// The newest contact of this member that was not withdrawn.
    pub(super) fn own_contact(&self) -> Option<EntryId> {
        let org = self.org();
        let subjects: Vec<EntryId> = self.library.ledger(|l| l.things().subjects(Kind::Contact).collect());
        let own = subjects
            .into_iter()
            .filter(|id| self.library.ledger(|l| l.thing(id)).is_some_and(|t| t.owner == org && t.withdrawn.is_none()));
        own.max_by_key(|id| self.head_of(id).map(|head| (head.header().time, *id)))
    }

    fn prepare(&self, kind: Kind, input: &mut Map<String, Value>, context: &mut Context) -> Result<(), Problem> {
        if kind == Kind::Reuse {
            return self.prepare_reuse(input, context);
        }
        if kind == Kind::Translation {
            return self.prepare_translation(input, context);
        }
        let about =
            matches!(kind, Kind::Comment | Kind::Interest | Kind::Measurement | Kind::Confirmation | Kind::Assessment);
        // What is said about any version is said about the thing.
        if let Some(subject) = input.get("subject").and_then(Value::as_str).filter(|_| about) {
            let id = self.entry_id(subject, None).map_err(|p| on_field("subject", p))?;
            let subject = self.subject_of(&id).unwrap_or(id);
            input.insert("subject".to_owned(), subject.to_string().into());
        }
        match (kind, input.get("subject").and_then(Value::as_str).and_then(|id| id.parse().ok())) {
            (Kind::Confirmation, Some(subject)) => self.check_confirmation(&subject),
            (Kind::Assessment, _) => self.prepare_assessment(input),
            _ => Ok(()),
        }
    }

    fn prepare_reuse(&self, input: &mut Map<String, Value>, context: &mut Context) -> Result<(), Problem> {
        let Some(case) = input.get("case").and_then(Value::as_str).map(str::to_owned) else { return Ok(()) };
        let thing = self.thing(&case, Some(Kind::Case)).map_err(|p| on_field("case", p))?;
        if thing.withdrawn.is_some() {
            let said = Problem::yours("this case was withdrawn by its owner", "name another case");
            return Err(on_field("case", said));
        }
        input.insert("case".to_owned(), thing.subject.to_string().into());
        input.entry("version").or_insert_with(|| thing.current.to_string().into());
        context.owners = self.library.ledger(|l| owners(l, &thing)).into_iter().collect();
        let unit = input.get("unit").and_then(Value::as_str);
        let declared = reuses_of(&self.library, &thing.subject, context.today)?;
        let current = declared.iter().find(|r| {
            use ReuseStanding as S;
            let open = match r.standing {
                S::InUse | S::Inspired | S::NotInUse | S::NotConfirmed | S::NotYet => true,
                S::Stopped | S::Replaced | S::OwnCase | S::Withdrawn => false,
            };
            open && r.org == context.signer && r.unit.as_deref() == unit
        });
        match current {
            Some(reuse) => Err(Problem::yours(
                format!("your organisation has declared this reuse already, as {}", reuse.id.short()),
                "revise it with `idenett reuse revise`, renew or stop it, or name the unit that uses it too",
            )),
            None => Ok(()),
        }
    }

    fn owners_of(&self, case: &str) -> Vec<OrgNumber> {
        let found: BTreeSet<OrgNumber> = match case.parse::<EntryId>() {
            Ok(id) => self.library.ledger(|l| l.thing(&id).map(|t| owners(l, &t))).unwrap_or_default(),
            Err(_) => BTreeSet::new(),
        };
        found.into_iter().collect()
    }

    /// Whether this organisation may change a thing.
    fn has_right(&self, thing: &Thing) -> bool {
        let org = self.org();
        self.library.ledger(|l| {
            let mut rightful: BTreeSet<OrgNumber> = [thing.owner, thing.publisher].into();
            rightful.extend(thing.versions.iter().filter_map(|(v, _)| v.about));
            rightful.extend(owners(l, thing));
            for org in rightful.clone() {
                rightful.extend(l.registry().successors(org));
            }
            rightful.contains(&org)
        })
    }

    fn check_right(&self, thing: &Thing) -> Result<(), Problem> {
        if self.has_right(thing) {
            return Ok(());
        }
        Err(Problem::yours(
            format!("this {} belongs to {}", thing.kind, self.name_of(thing.owner)),
            "only its owner changes or withdraws it; write to them with `idenett comment add --kind improvement`",
        ))
    }

    fn is_ours(&self, id: &EntryId) -> bool {
        let (by, successors) = self.library.ledger(|l| {
            let by = org_of(l, id);
            (by, by.map(|b| l.registry().successors(b)).unwrap_or_default())
        });
        by == Some(self.org()) || successors.contains(&self.org())
    }

    fn check_signer(&self, id: &EntryId) -> Result<(), Problem> {
        if self.is_ours(id) {
            return Ok(());
        }
        let by = self.head_of(id).map_or_else(String::new, |head| self.signer(&head.header().log));
        Err(Problem::yours(
            format!("{} was signed by {by}", id.short()),
            "only who signed it takes it back; the federation's data-protection contact can redact it for all",
        ))
    }

    fn compose_and_write(
        &self,
        kind: Kind,
        input: &Value,
        context: &Context,
        confirmed: bool,
    ) -> Result<Value, Problem> {
        let writing = self.composed(kind, input, context, confirmed)?;
        self.written(kind, vec![writing])
    }

    /// Composes a record; refuses what seems to hold personal data until a person has looked.
    pub(super) fn composed(
        &self,
        kind: Kind,
        input: &Value,
        context: &Context,
        confirmed: bool,
    ) -> Result<Writing, Problem> {
        let composed = compose(kind, input, context, chance()?, chance()?).map_err(refused)?;
        if !confirmed && !composed.warnings.is_empty() {
            return Err(personal(&composed.warnings));
        }
        Ok(Writing { kind, facts: composed.facts, text: composed.text })
    }

    /// Signs records or lets them wait, and says which.
    pub(super) fn written(&self, kind: Kind, writings: Vec<Writing>) -> Result<Value, Problem> {
        let mut pen = self.pen();
        match self.write(&mut pen, writings)? {
            Written::Signed(heads) => {
                let Some(head) = heads.last() else { return Ok(json!({ "state": "published" })) };
                let header = head.header();
                Ok(json!({
                    "state": "published", "kind": kind.name(), "id": head.id(), "log": header.log,
                    "seq": header.seq, "time": moment(header.time), "subject": self.subject_of(&head.id()), "unheard": self.is_unheard(),
                }))
            }
            Written::Waiting(reason) => Ok(json!({
                "state": "waiting", "kind": kind.name(), "reason": reason, "outbox": pen.local.count(),
            })),
        }
    }
}

/// The fields of an input.
pub(super) fn object(input: &Value) -> Result<Map<String, Value>, Problem> {
    input.as_object().cloned().ok_or_else(|| {
        Problem::yours("the input is no object with named fields", "write it as in the examples, as TOML or JSON")
    })
}

/// What is wrong with an input, and how to come by a contact where only that is missing.
fn refused(errors: Vec<FieldError>) -> Problem {
    let no_contact = errors.iter().any(|e| e.field == "contact" && e.fault == FieldFault::Missing);
    let problem = Problem::fields(errors);
    if !no_contact {
        return problem;
    }
    let advice = format!(
        "{}; your organisation has no contact yet: `idenett contact publish --function \"Innovation adviser\" \
         --mailbox ...` makes one, and so do --contact-function and --contact-mailbox in this command",
        problem.advice
    );
    Problem { advice, ..problem }
}

/// What looks like personal data, for a person to judge.
pub(super) fn personal(findings: &[Finding]) -> Problem {
    let fields = findings.iter().map(|f| FieldProblem {
        line: None,
        field: f.field.clone(),
        fault: "personal_data".to_owned(),
        problem: format!("`{}` looks like {}.", f.excerpt, f.what),
    });
    let what = "the record seems to hold personal data, which cannot be called back once others have it; nothing was published";
    let advice = "take it out, or, if it is none, give the command again with --no-personal-data";
    Problem { fields: fields.collect(), ..Problem::question(what, advice) }
}

/// What is wrong with what a field names.
pub(super) fn on_field(field: &str, problem: Problem) -> Problem {
    let said = FieldProblem {
        line: None,
        field: field.to_owned(),
        fault: "not_allowed".to_owned(),
        problem: format!("{}.", problem.what),
    };
    let what = "the input was not accepted; nothing was published";
    Problem { fields: vec![said], ..Problem::yours(what, problem.advice) }
}

fn missing(id: &EntryId) -> Problem {
    Problem::node(format!("{} is not here", id.short()), "run `idenett verify`")
}

/// The version that replaces all that are neither replaced nor withdrawn.
fn next_version(thing: &Thing) -> Result<Revision, Problem> {
    let heads = thing.versions.iter().filter(|(_, s)| matches!(s, VersionState::Current | VersionState::Concurrent));
    let mut heads: Vec<(u32, EntryId)> = heads.map(|(v, _)| (v.number, v.id)).collect();
    // The newest first: what one revision cannot replace stays concurrent until the next.
    heads.sort_unstable_by(|a, b| b.cmp(a));
    heads.truncate(MAX_REPLACES);
    let highest = heads.iter().map(|(number, _)| *number).max().unwrap_or(1);
    let replaces = heads.into_iter().map(|(_, id)| id).collect();
    Revision::later(thing.subject, replaces, highest.saturating_add(1)).map_err(|e| {
        Problem::node(format!("no new version can be made: {e}"), "report this with `idenett record show`")
    })
}

/// The context of something that is taken over.
pub(super) fn importing(context: Context) -> Context {
    Context { mode: Mode::Import, ..context }
}
