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
            return Err(Problem::yours(
                "no key is named that signs the charter",
                "name the registrar's with --registrar-key, or recovery keys",
            ));
        }
        let keys: Vec<SecretKey> = update.keys.iter().map(|file| keyfile::read(file)).collect::<Result<_, _>>()?;
        let before = self.library.ledger(|l| l.charters().current().cloned());
        let before = before.ok_or_else(|| Problem::node("this node has no charter", "run `idenett verify`"))?;
        let terms = self.next_terms(&before, update)?;
        check_change(before.terms(), &terms, update.sure)?;
        let charter = Charter::sign(&terms, &keys.iter().collect::<Vec<_>>()).map_err(|e| {
            Problem::yours(format!("the charter cannot be signed: {e}"), "correct what is named and try again")
        })?;
        self.library.offer_charter(charter.clone())?.map_err(|e| {
            Problem::yours(
                format!("the charter is not taken: {e}"),
                "sign with the registrar's key, or with enough recovery keys",
            )
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
        check_named(&old.bootstrap, &update.remove_bootstrap)?;
        terms.bootstrap.retain(|address| !update.remove_bootstrap.contains(address));
        for address in &update.add_bootstrap {
            crate::net::parse(address).map_err(|e| {
                Problem::yours(format!("`{address}` is no address: {e}"), "write it as /dns4/ks.example.org/tcp/4430")
            })?;
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

/// Addresses that are taken away must be there.
fn check_named(there: &[String], removed: &[String]) -> Result<(), Problem> {
    let Some(unknown) = removed.iter().find(|address| !there.contains(address)) else { return Ok(()) };
    let advice = if there.is_empty() {
        "it names none at all".to_owned()
    } else {
        format!("write it as it stands there: {}", there.join(", "))
    };
    Err(Problem::yours(format!("the charter names no address {unknown}; nothing was signed"), advice))
}

/// A charter is for ever in the chain, so one that says nothing new is not signed, and one that
/// leaves newcomers no address only if it is meant so.
fn check_change(old: &Terms, new: &Terms, sure: bool) -> Result<(), Problem> {
    let of_its_own = |terms: &Terms| Terms {
        salt: String::new(),
        epoch: 0,
        previous: None,
        former_registrar: None,
        ..terms.clone()
    };
    if of_its_own(old) == of_its_own(new) {
        return Err(Problem::yours(
            "the next charter would say the same as the one in force; nothing was signed",
            "say what changes, as `idenett charter update --help` lists it",
        ));
    }
    if new.bootstrap.is_empty() && !old.bootstrap.is_empty() && !sure {
        return Err(Problem::question(
            format!("newcomers would find the federation nowhere: {} would be gone", old.bootstrap.join(" and ")),
            "name another with --add-bootstrap, or, if none is meant, give the command again with --yes",
        ));
    }
    Ok(())
}

/// Who may read, by its name.
pub(super) fn reading_of(name: &str) -> Result<Reading, Problem> {
    match name {
        "open" => Ok(Reading::Open),
        "members" => Ok(Reading::Members),
        other => Err(Problem::yours(format!("`{other}` is no reading policy"), "write `open` or `members`")),
    }
}
