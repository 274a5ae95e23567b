//! Who may write: the request of a node, the registrar's acts, the list of members.

use std::path::Path;

use idenett_protocol::body::{Admission, Revocation, Settlement, Succession, SuccessionText, document};
use idenett_protocol::codes::{CodeList, RevocationReason};
use idenett_protocol::id::{LogKey, Seq};
use idenett_protocol::key::SecretKey;
use idenett_protocol::kind::Kind;
use idenett_protocol::log::{Log, Mark};
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::registry::{Role, Standing};
use idenett_protocol::request::{Asked, MemberRequest};
use serde::Deserialize;
use serde_json::{Value, json};

use super::finding::MIN_DIGITS;
use super::{Desk, Problem, RegistrarAct, Signing, shown};
use crate::clock;
use crate::keyfile::{self, chance};
use crate::library::Writing;
use crate::reading::codes;
use crate::reading::moment;

/// What the registrar answers to a node whose log was ended.
const ASK_FOR_A_NEW_NODE: &str = "ask the member to make a new node in another directory with `idenett init`, and to \
                                  send what `idenett member request` prints there";

impl Desk {
    pub(super) fn member_request(&self) -> Result<Value, Problem> {
        let asked = Asked {
            federation: self.library.ledger(|l| l.federation()),
            org: self.config.org,
            name: self.config.name.clone(),
            number: self.config.municipality_number,
            key: self.log(),
            addresses: self.config.announce.clone(),
        };
        let request = MemberRequest::sign(asked, &self.key)
            .map_err(|e| Problem::yours(e.to_string(), "shorten `name` or `announce` in the configuration"))?;
        Ok(request.to_json())
    }

    pub(super) fn member_list(&self) -> Value {
        self.library.ledger(|l| {
            let rows = l.registry().members().iter().map(|(org, member)| {
                let keys: Vec<Value> = member
                    .keys
                    .iter()
                    .map(|key| {
                        let standing = l.registry().standing(key);
                        let log = l.logs().get(key);
                        let mark = standing.zip(log).map(|(s, log)| log.mark(s));
                        let (state, mut fork) = state(standing, mark);
                        if let (Some(fork), Some(log)) = (&mut fork, log) {
                            fork["branches"] = branches(log);
                        }
                        json!({
                            "key": key, "entries": l.counted(key), "held": log.map_or(Seq::ZERO, |log| log.held()),
                            "state": state, "end": standing.and_then(|s| s.end).map(|e| e.seq), "fork": fork,
                        })
                    })
                    .collect();
                let entries: u64 = member.keys.iter().map(|key| l.counted(key).get()).sum();
                json!({
                    "org": org, "name": member.name, "number": member.number, "since": moment(member.since),
                    "entries": entries, "keys": keys,
                })
            });
            rows.collect()
        })
    }

    pub(super) fn registrar(&self, key_file: &Path, act: &RegistrarAct, offline: bool) -> Result<Value, Problem> {
        let key = self.registrar_key(key_file)?;
        if !offline {
            self.check_registrar_may_sign()?;
        }
        let (kind, facts, text, what) = match act {
            RegistrarAct::Admit { request } => self.admission(request)?,
            RegistrarAct::Revoke { who, at, reason, sure } => self.revocation((who, *at), reason, *sure)?,
            RegistrarAct::Settle { log, seq, id } => self.settlement(log, *seq, id)?,
            RegistrarAct::Succeed { input } => succession(input)?,
            RegistrarAct::Release { as_of, period, replaces } => {
                self.release(as_of.as_deref(), period.as_deref(), replaces.as_deref())?
            }
        };
        let _pen = self.pen();
        let heads = self.library.sign(&key, vec![Writing { kind, facts, text }], clock::now())?;
        self.tell_published(heads.clone());
        let id = heads.last().map(|h| h.id());
        let effect =
            id.and_then(|id| self.library.ledger(|l| l.registry().without_effect().get(&id).map(ToString::to_string)));
        if let Some(reason) = effect {
            return Err(Problem::yours(
                format!("the entry was signed and has no effect: {reason}"),
                "look at `idenett member list`",
            ));
        }
        let seq = heads.last().map(|h| h.header().seq);
        Ok(json!({ "state": "published", "kind": kind.name(), "id": id, "seq": seq, "what": what }))
    }

    fn registrar_key(&self, file: &Path) -> Result<SecretKey, Problem> {
        let key = keyfile::read(file)?;
        let registrar = self.library.ledger(|l| l.charters().current().map(|c| c.terms().registrar));
        if registrar == Some(key.log_key()) {
            return Ok(key);
        }
        let what = format!("the key in {} is not that of the federation's registrar", shown(file));
        Err(Problem::yours(
            what,
            "name the registrar's key with --registrar-key; `idenett charter show` says which it is",
        ))
    }

    /// A fork of the registrar's log can only be settled by the charter, so it never waits and
    /// never guesses. Whether this node's own log was ended does not matter: the registrar's goes on.
    fn check_registrar_may_sign(&self) -> Result<(), Problem> {
        let first = || self.library.ledger(|l| l.registry().members().is_empty());
        let newest = self.signing.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
        match newest {
            Signing::Ready | Signing::Ended => Ok(()),
            // The first node of a federation is admitted before anyone else can be.
            Signing::Waiting(_) if first() => Ok(()),
            Signing::Waiting(reason) => {
                let how = if self.network_facts().is_some() {
                    "wait until this node is connected with others (see `idenett status`)"
                } else {
                    "start the node and wait until it is connected"
                };
                Err(Problem::node(
                    format!("the registrar does not sign now: {reason}"),
                    format!(
                        "{how}, or, if this directory is the only place where the registrar signs, give the command \
                         with --offline"
                    ),
                ))
            }
        }
    }

    fn admission(&self, request: &Value) -> Result<Act, Problem> {
        let request = MemberRequest::read(request).map_err(|e| {
            Problem::others(e.to_string(), "ask the member for the file that `idenett member request` writes")
        })?;
        let asked = request.asked();
        if asked.federation != self.library.ledger(|l| l.federation()) {
            return Err(Problem::others(
                "the request is for another federation",
                "ask the member to make its node with this federation's charter",
            ));
        }
        let standing = self.library.ledger(|l| l.registry().standing(&asked.key).cloned());
        match standing.map(|s| (s.role, s.end.is_some())) {
            Some((Role::Member(org), false)) if org == asked.org => {
                return Err(Problem::yours(
                    format!("{} is admitted with this key already", asked.name),
                    "nothing is left to do",
                ));
            }
            Some((Role::Member(org), true)) if org == asked.org => {
                return Err(Problem::others(
                    format!("the log of this key of {} was ended, and an ended key never writes again", asked.name),
                    ASK_FOR_A_NEW_NODE,
                ));
            }
            Some(_) => {
                return Err(Problem::others("the key in the request belongs to someone else", "ask for a new key"));
            }
            None => {}
        }
        let admission = Admission { org: asked.org, name: asked.name.clone(), number: asked.number, key: asked.key };
        let what = format!("{} ({}) may write with {}", asked.name, asked.org, asked.key.short());
        Ok((Kind::Admission, written(&admission)?, Vec::new(), what))
    }

    fn revocation(&self, (who, at): (&str, Option<u64>), reason: &str, sure: bool) -> Result<Act, Problem> {
        let key = self.member_key(who)?;
        let (held, standing) = self.library.ledger(|l| (l.counted(&key), l.registry().standing(&key).cloned()));
        let seq = at.map_or(held, Seq::new);
        let id = self.library.ledger(|l| l.logs().get(&key).and_then(|log| log.at(seq)));
        if seq != Seq::ZERO && id.is_none() {
            let what = format!("place {seq} of the log {} is not here; it ends at {held}", key.short());
            return Err(Problem::yours(what, "name a place that is here with --at"));
        }
        if let Some(end) = standing.as_ref().and_then(|s| s.end).filter(|end| end.seq <= seq) {
            let what = format!("the log {} was ended at {} already", key.short(), end.seq);
            return Err(Problem::yours(what, "nothing is left to do; with --at it can be ended at a lower place"));
        }
        let reason =
            RevocationReason::named(reason).filter(|r| *r != RevocationReason::NotStated).ok_or_else(|| {
                Problem::yours(
                    format!("`{reason}` is no reason for ending a log"),
                    format!("one of: {}", codes::<RevocationReason>()),
                )
            })?;
        let own = standing.is_some_and(|s| s.role == Role::Member(self.org()));
        if own && !sure {
            let node = if key == self.log() { ", and this very node could never write again" } else { "" };
            return Err(Problem::question(
                format!("the log {} is one of {}, your own organisation{node}", key.short(), self.name_of(self.org())),
                "name another member, or, if it is meant so, give the command again with --yes",
            ));
        }
        let what = format!("the log {} ends at {seq}", key.short());
        let revocation = Revocation { key, seq, id, reason: reason.into() };
        Ok((Kind::Revocation, written(&revocation)?, Vec::new(), what))
    }

    fn settlement(&self, log: &str, seq: u64, id: &str) -> Result<Act, Problem> {
        let log = self.member_key(log)?;
        let seq = Seq::new(seq);
        let fork = self.library.ledger(|l| l.logs().get(&log).and_then(|log| log.fork()).map(|f| (f.place(), f.ids())));
        let ids: Vec<_> = fork.iter().filter(|(place, _)| *place == seq).flat_map(|(_, ids)| ids.to_vec()).collect();
        let fitting: Vec<_> = ids.iter().filter(|known| known.to_string().starts_with(&id.to_lowercase())).collect();
        let id = match (fitting.as_slice(), id.parse()) {
            ([only], _) => **only,
            (_, Ok(id)) => id,
            _ => {
                let shown: Vec<String> = ids.iter().map(ToString::to_string).collect();
                let advice = match fork {
                    Some((place, _)) if place == seq => format!("name one of: {}", shown.join(", ")),
                    Some((place, _)) => format!("the fork that is known is at place {place}"),
                    None => "no fork of this log is known here; write the id in full".to_owned(),
                };
                return Err(Problem::yours("the branch is not named by the id of an entry at that place", advice));
            }
        };
        let settled = self.library.ledger(|l| l.registry().standing(&log).and_then(|s| s.settled.get(&seq).copied()));
        if settled == Some(id) {
            let what = format!("the log {} is settled like this already", log.short());
            return Err(Problem::yours(what, "nothing is left to do; every node follows as soon as it hears of it"));
        }
        let what = format!("in the log {} the entry {} holds at {seq}", log.short(), id.short());
        Ok((Kind::Settlement, written(&Settlement { log, seq, id })?, Vec::new(), what))
    }

    /// The log of a key or the beginning of one, or the one open log of an organisation, by number
    /// or name.
    fn member_key(&self, who: &str) -> Result<LogKey, Problem> {
        let who = who.trim();
        let digits = who.to_lowercase();
        let hex = digits.len() >= MIN_DIGITS && digits.bytes().all(|b| b.is_ascii_hexdigit());
        let of_key: Vec<LogKey> = self.library.ledger(|l| {
            let logs = l.registry().logs().iter().filter(|(_, s)| matches!(s.role, Role::Member(_)));
            logs.filter(|(key, _)| hex && key.to_string().starts_with(&digits)).map(|(key, _)| *key).collect()
        });
        let keys = if of_key.is_empty() { self.open_logs(self.member(who)?) } else { of_key };
        match keys.as_slice() {
            [only] => Ok(*only),
            [] => Err(Problem::yours(format!("`{who}` has no open log"), "look at `idenett member list`")),
            several => {
                let shown: Vec<String> = several.iter().map(LogKey::short).collect();
                Err(Problem::yours(format!("several logs fit `{who}`"), format!("name one key: {}", shown.join(", "))))
            }
        }
    }

    fn open_logs(&self, org: OrgNumber) -> Vec<LogKey> {
        self.library.ledger(|l| {
            let logs = l.registry().logs().iter();
            logs.filter(|(_, s)| s.role == Role::Member(org) && s.end.is_none()).map(|(key, _)| *key).collect()
        })
    }
}

/// Kind, facts, text, and what it means in words.
pub(super) type Act = (Kind, Vec<u8>, Vec<u8>, String);

fn succession(input: &Value) -> Result<Act, Problem> {
    let advice = "a succession has date, type, from = [{ org, number, name }], to = [...], inherits and source";
    let bad = |what: String| Problem::yours(what, advice);
    let mut plain = input.clone();
    straighten_days(&mut plain);
    let reform = Succession::deserialize(&plain).map_err(|e| bad(format!("the reform cannot be read: {e}")))?;
    let said = reform.what.known().is_some() && reform.inherits.known().is_some();
    if reform.from.is_empty() || reform.to.is_empty() || !said {
        return Err(bad("the reform must say who was before, who is after, its type, and who inherits".to_owned()));
    }
    let known = ["date", "type", "from", "to", "inherits", "source"];
    if let Some(name) = plain.as_object().into_iter().flatten().map(|(k, _)| k).find(|k| !known.contains(&k.as_str())) {
        return Err(bad(format!("a reform has no field `{name}`")));
    }
    let source = plain.get("source").and_then(Value::as_str).unwrap_or_default().to_owned();
    let text = if source.is_empty() { Vec::new() } else { written(&SuccessionText { source })? };
    let what = format!("the reform of {} is recorded", reform.date);
    Ok((Kind::Succession, written(&reform)?, text, what))
}

/// TOML has days of its own, which reach us as an object with one member.
fn straighten_days(value: &mut Value) {
    if let Some(day) = value.get("$__toml_private_datetime").cloned() {
        *value = day;
        return;
    }
    match value {
        Value::Object(fields) => fields.values_mut().for_each(straighten_days),
        Value::Array(items) => items.iter_mut().for_each(straighten_days),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A document of the registrar's, with its salt.
pub(super) fn written<T: serde::Serialize>(body: &T) -> Result<Vec<u8>, Problem> {
    document(&chance()?, body)
        .map_err(|e| Problem::yours(format!("the record cannot be written: {e}"), "check names for unusual signs"))
}

/// The two entries at the place of a fork. The body of the one that is not held stays where it was
/// signed; its header tells kind and time.
fn branches(log: &Log) -> Value {
    let rows = log.fork().into_iter().flat_map(|fork| [*fork.first(), *fork.second()]).map(|head| {
        let header = head.header();
        let here = log.at(header.seq) == Some(head.id());
        json!({ "id": head.id(), "kind": header.kind.to_string(), "time": moment(header.time), "here": here })
    });
    rows.collect()
}

fn state(standing: Option<&Standing>, mark: Option<Mark>) -> (&'static str, Option<Value>) {
    match mark {
        Some(Mark::Forked { place, ids }) => ("forked", Some(json!({ "place": place, "ids": ids }))),
        Some(Mark::Ended) => ("ended", None),
        Some(Mark::Open) => ("open", None),
        None if standing.is_some_and(|s| s.end.is_some()) => ("ended", None),
        None => ("open", None),
    }
}
