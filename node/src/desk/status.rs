//! How the node stands.

use std::collections::BTreeSet;

use idenett_protocol::id::{EntryId, Seq};
use idenett_protocol::kind::Kind;
use idenett_protocol::log::Mark;
use serde_json::{Value, json};

use super::{Desk, NetworkFacts, Problem, Progress, Signing};
use crate::clock;
use crate::reading::moment;
use crate::reading::reuses_of;

/// Frames between two words about progress.
const PROGRESS_STEP: u64 = 512;

impl Desk {
    pub(super) fn status(&self) -> Result<Value, Problem> {
        let own = self.log();
        let network = self.network_facts();
        let (signing, reason) = match self.may_sign() {
            Signing::Ready => ("ready", None),
            Signing::Waiting(reason) => ("waiting", Some(reason)),
            Signing::Ended => ("ended", Some("the registrar has ended this node's log".to_owned())),
        };
        let mut status = self.library.ledger(|l| {
            json!({
                "federation": l.federation(),
                "federation_name": l.charters().current().map(|c| c.terms().name.clone()),
                "charter_epoch": l.frontier().epoch(),
                "registry": l.registry_age(),
                "frontier": l.frontier().digest(),
                "entries": l.logs().entries(),
                "logs": l.logs().iter().filter(|(_, log)| log.held() > Seq::ZERO).count(),
                "members": l.registry().members().len(),
                "wanted_texts": l.wanted_texts().count(),
                "own_entries": l.counted(&own),
                "admitted": l.registry().standing(&own).is_some(),
                "unreadable": l.things().unreadable().len(),
                "damaged_entries": l.damaged().count(),
            })
        });
        let (cases, needs, reuses) = self.counts()?;
        let live = |kind| self.library.ledger(|l| l.things().live(kind, l.logs(), l.registry()).count());
        let damage: Vec<String> = self.library.damage().iter().map(ToString::to_string).collect();
        status["org"] = json!(self.org());
        status["name"] = json!(self.config.name);
        status["key"] = json!(own);
        status["running"] = json!(network.is_some());
        status["signing"] = json!(signing);
        status["signing_waits_for"] = json!(reason);
        status["outbox"] = json!(self.pen().local.count());
        status["counters"] = json!(self.library.counters());
        status["damage"] = json!(damage);
        status["waiting_entries"] = json!(self.library.waiting());
        status["alarms"] = json!(self.alarms());
        status["cases"] = json!(cases);
        status["needs"] = json!(needs);
        status["plans"] = json!(live(Kind::Plan));
        status["programmes"] = json!(live(Kind::Programme));
        status["collections"] = json!(live(Kind::Collection));
        status["awards"] = json!(live(Kind::Award));
        status["reuses_counted"] = json!(reuses);
        status["peers"] = json!(network.as_ref().map_or(0, |n| n.peers.len()));
        status["listening"] = json!(network.as_ref().map(|n| n.listening.clone()).unwrap_or_default());
        let web = self.web();
        status["web"] = json!(web.address);
        status["web_problem"] = json!(web.problem);
        status["unreached"] = network.as_ref().map(unreached).unwrap_or_default().into();
        status["unheard"] = json!(self.is_unheard());
        status["clock_ahead_ms"] = json!(network.and_then(|n| n.clock_ahead_ms));
        Ok(status)
    }

    pub(super) fn frontier(&self) -> Value {
        self.library.ledger(|l| json!({ "frontier": l.frontier().digest(), "entries": l.logs().entries() }))
    }

    pub(super) fn peers(&self) -> Value {
        let network = self.network_facts().unwrap_or_default();
        let rows = network.peers.iter().map(|peer| {
            let org = self.library.ledger(|l| l.registry().org_of(&peer.key));
            json!({
                "connected": true, "key": peer.key, "org": org, "name": org.map(|o| self.name_of(o)),
                "dialed": peer.dialed, "address": peer.address, "since": moment(peer.since),
            })
        });
        rows.chain(unreached(&network)).collect()
    }

    /// Whether the node runs, others are members, and none of them is connected: what is published
    /// reaches nobody until one is.
    pub(super) fn is_unheard(&self) -> bool {
        self.network_facts().is_some_and(|n| n.peers.is_empty()) && !self.is_alone()
    }

    pub(super) fn verify(&self, progress: &mut dyn FnMut(Progress)) -> Result<Value, Problem> {
        let verified = self.library.verify(|done| {
            if done % PROGRESS_STEP == 0 {
                progress(Progress { doing: "checking frames".to_owned(), done, total: None });
            }
        })?;
        let mut answer = serde_json::to_value(&verified).unwrap_or_default();
        answer["ok"] = json!(verified.faults.is_empty());
        Ok(answer)
    }

    pub(super) fn reindex(&self) -> Result<Value, Problem> {
        let made = self.library.reindex()?;
        let mut answer = serde_json::to_value(&made).unwrap_or_default();
        answer["ok"] = json!(made.faults.is_empty());
        Ok(answer)
    }

    /// What someone should look at.
    fn alarms(&self) -> Vec<String> {
        let mut alarms = self.library.ledger(|l| {
            let mut alarms = Vec::new();
            if l.charters().has_rivals() {
                alarms.push(
                    "two valid charters of one epoch were seen: a registrar or recovery key is misused".to_owned(),
                );
            }
            for (key, log) in l.logs().iter() {
                let mark = l.registry().standing(key).map(|s| log.mark(s));
                if let Some(Mark::Forked { place, ids }) = mark {
                    let log = key.short();
                    alarms.push(format!(
                        "the log {log} was continued twice at {place} and is not settled; the registrar says which \
                         entry holds: `idenett member settle {log} {place} ID`, with {} or {}",
                        ids[0], ids[1]
                    ));
                }
            }
            let own = self.log();
            if l.registry().standing(&own).is_some_and(|s| s.end.is_some()) {
                alarms.push(
                    "the registrar has ended this node's log: make a new node in another directory with `idenett init` \
                     and send what `idenett member request` prints there to the registrar"
                        .to_owned(),
                );
            }
            alarms
        });
        alarms.extend(self.damage_alarm());
        let waiting = self.pen().local.count();
        if self.may_sign() == Signing::Ended && waiting > 0 {
            alarms
                .push(format!("{waiting} records in the outbox will never be signed; publish them from the new node"));
        }
        alarms
    }

    /// What this node's own disk has damaged and is not here again.
    fn damage_alarm(&self) -> Option<String> {
        let open = self.library.damage().iter().filter(|wound| wound.open).count();
        if open == 0 {
            return None;
        }
        let (entries, waiting) = (self.library.ledger(|l| l.damaged().count()), self.library.waiting());
        let way = if self.network_facts().is_some() {
            "what is missing is fetched again from the others"
        } else {
            "start the node, so that what is missing is fetched again from the others"
        };
        Some(format!(
            "this disk has damaged the journal in {open} places ({entries} entries cannot be read, {waiting} wait for \
             others); {way}; replace the disk"
        ))
    }

    /// Cases, needs, and organisations' reuses that count today.
    fn counts(&self) -> Result<(usize, usize, usize), Problem> {
        let (cases, needs, reused) = self.library.ledger(|l| {
            let live = |kind| l.things().live(kind, l.logs(), l.registry());
            let mentioned = |id: &EntryId| l.things().mentions(id).any(|m| m.kind == Kind::Reuse);
            let (mut cases, mut reused) = (0, Vec::new());
            for case in live(Kind::Case) {
                cases += 1;
                if mentioned(&case) {
                    reused.push(case);
                }
            }
            (cases, live(Kind::Need).count(), reused)
        });
        let today = clock::now().day();
        let mut reuses = 0;
        for case in reused {
            let counted = reuses_of(&self.library, &case, today)?;
            let orgs: BTreeSet<_> = counted.iter().filter(|r| r.counts).map(|r| r.org).collect();
            reuses += orgs.len();
        }
        Ok((cases, needs, reuses))
    }
}

/// Addresses without a session, and why.
fn unreached(network: &NetworkFacts) -> Vec<Value> {
    let rows = network.unreached.iter().map(|dial| {
        json!({
            "connected": false, "address": dial.address, "reason": dial.reason, "tries": dial.tries,
            "since": moment(dial.since), "last": moment(dial.last),
        })
    });
    rows.collect()
}
