//! The charters: showing them, handing them on, signing the next one.

use std::path::Path;

use idenett_protocol::charter::{Charter, LogEnd, Reading, Terms};
use idenett_protocol::id::{LogKey, Seq};
use idenett_protocol::key::SecretKey;
use serde_json::{Value, json};

use super::transfer::write_file;
use super::{CharterUpdate, Desk, Problem, shown};
use crate::keyfile::{self, chance};

impl Desk {
    pub(super) fn charter(&self) -> Value {
        self.library.ledger(|l| {
            let chain = l.charters();
            let current = chain.current();
            let history: Vec<Value> = chain.charters().map(|c| {
                json!({ "epoch": c.terms().epoch, "hash": c.hash(), "name": c.terms().name, "registrar": c.terms().registrar })
            }).collect();
            json!({
                "federation": l.federation(), "hash": current.map(Charter::hash),
                "terms": current.map(Charter::terms), "rivals": chain.has_rivals(), "history": history,
            })
        })
    }

    pub(super) fn charter_export(&self, file: &Path, force: bool) -> Result<Value, Problem> {
        let mut charters = 0;
        write_file(file, force, |out| {
            charters = self.library.export_charters(out)?;
            Ok(())
        })?;
        Ok(json!({ "file": shown(file), "charters": charters, "federation": self.library.ledger(|l| l.federation()) }))
    }

    pub(super) fn charter_update(&self, update: &CharterUpdate) -> Result<Value, Problem> {
        if update.keys.is_empty() {
            return Err(Problem::yours("no key is named that signs the charter", "name the registrar's with --registrar-key, or recovery keys"));
        }
        let keys: Vec<SecretKey> = update.keys.iter().map(|file| keyfile::read(file)).collect::<Result<_, _>>()?;
        let before = self.library.ledger(|l| l.charters().current().cloned());
        let before = before.ok_or_else(|| Problem::node("this node has no charter", "run `idenett verify`"))?;
        let terms = self.next_terms(&before, update)?;
        let charter = Charter::sign(&terms, &keys.iter().collect::<Vec<_>>())
            .map_err(|e| Problem::yours(format!("the charter cannot be signed: {e}"), "correct what is named and try again"))?;
        self.library.offer_charter(charter.clone())?.map_err(|e| {
            Problem::yours(format!("the charter is not taken: {e}"), "sign with the registrar's key, or with enough recovery keys")
        })?;
        self.tell_charter(&charter);
        Ok(json!({ "state": "published", "epoch": terms.epoch, "hash": charter.hash(), "terms": terms }))
    }

    fn next_terms(&self, before: &Charter, update: &CharterUpdate) -> Result<Terms, Problem> {
        let old = before.terms().clone();
        let mut terms = Terms {
            salt: data_encoding::HEXLOWER.encode(&chance::<16>()?),
            epoch: old.epoch.saturating_add(1),
            previous: Some(before.hash()),
            former_registrar: None,
            ..old.clone()
        };
        if let Some(name) = &update.name {
            terms.name.clone_from(name);
        }
        if let Some(reading) = &update.reading {
            terms.reading = reading_of(reading)?;
        }
        terms.bootstrap.retain(|address| !update.remove_bootstrap.contains(address));
        for address in &update.add_bootstrap {
            crate::net::parse(address).map_err(|e| Problem::yours(format!("`{address}` is no address: {e}"), "write it as /dns4/ks.example.org/tcp/4430"))?;
            if !terms.bootstrap.contains(address) {
                terms.bootstrap.push(address.clone());
            }
        }
        if let Some(registrar) = update.registrar.filter(|key| *key != old.registrar) {
            terms.registrar = registrar;
            terms.former_registrar = Some(self.end_of(&old.registrar));
        }
        terms.data_protection = update.data_protection.or(terms.data_protection);
        if let Some(recovery) = &update.recovery {
            terms.recovery.clone_from(recovery);
            let over_half = u8::try_from(recovery.len() / 2 + 1).unwrap_or(u8::MAX);
            terms.threshold = if recovery.is_empty() { 0 } else { over_half };
        }
        terms.threshold = update.threshold.unwrap_or(terms.threshold);
        Ok(terms)
    }

    /// Where the log of a registrar ends as it stands here.
    fn end_of(&self, key: &LogKey) -> LogEnd {
        self.library.ledger(|l| {
            let seq = l.counted(key);
            let id = l.logs().get(key).and_then(|log| log.at(seq));
            LogEnd { key: *key, seq: if id.is_some() { seq } else { Seq::ZERO }, id }
        })
    }
}

/// Who may read, by its name.
pub(super) fn reading_of(name: &str) -> Result<Reading, Problem> {
    match name {
        "open" => Ok(Reading::Open),
        "members" => Ok(Reading::Members),
        other => Err(Problem::yours(format!("`{other}` is no reading policy"), "write `open` or `members`")),
    }
}
