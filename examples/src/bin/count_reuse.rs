//! Computes a figure of one's own over all records of a bundle: in how many written languages each
//! sector's cases are told, and how many municipalities say that they reuse one.
//!
//! `cargo run --release -p idenett-examples --bin count_reuse -- FILE`

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufReader, Error, Write as _};

use idenett::library::{Item, read_bundle};
use idenett_protocol::body::Facts;
use idenett_protocol::charter::CharterChain;
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use idenett_protocol::ledger::{Ledger, Pending, Received};

/// What is counted for one sector.
#[derive(Default)]
struct Sector {
    cases: usize,
    languages: BTreeSet<String>,
    reusers: BTreeSet<String>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or_else(|| Error::other("usage: count_reuse FILE"))?;
    let (ledger, facts) = replica(&path)?;
    let mut sectors: BTreeMap<String, Sector> = BTreeMap::new();
    for subject in ledger.things().subjects(Kind::Case) {
        // Only what is shown counts: not old versions, not what was withdrawn.
        let Some(thing) = ledger.thing(&subject).filter(|t| t.withdrawn.is_none()) else { continue };
        let Some(Facts::Case(case)) = facts.get(&thing.current) else { continue };
        let sector = sectors.entry(case.sector.id().to_owned()).or_default();
        sector.cases += 1;
        sector.languages.insert(case.lang.id().to_owned());
        let reuses = ledger.things().mentions(&subject).filter(|m| m.kind == Kind::Reuse);
        sector.reusers.extend(reuses.filter_map(|m| signer(&ledger, &m.entry)));
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "{:24} {:>6} {:>9} {:>8}", "sector", "cases", "languages", "reusers")?;
    for (name, sector) in sectors {
        writeln!(out, "{name:24} {:>6} {:>9} {:>8}", sector.cases, sector.languages.len(), sector.reusers.len())?;
    }
    Ok(())
}

/// The replica that a bundle holds, and the facts of its entries.
fn replica(path: &str) -> Result<(Ledger, BTreeMap<EntryId, Facts>), Box<dyn std::error::Error>> {
    let mut ledger: Option<Ledger> = None;
    let mut facts = BTreeMap::new();
    read_bundle(&mut BufReader::new(File::open(path)?), |item| match (item, &mut ledger) {
        (Item::Charter(first), None) => ledger = CharterChain::found(*first).ok().map(Ledger::new),
        (Item::Charter(next), Some(ledger)) => {
            let _ = ledger.offer_charter(*next);
        }
        (Item::Entry(entry), Some(ledger)) => {
            let received = Received::of(*entry);
            if let Ok(read) = received.facts() {
                facts.insert(received.entry().id(), read.clone());
            }
            if let Ok(admitted) = ledger.admit(received, &mut Pending::default()) {
                ledger.apply(admitted);
            }
        }
        (Item::Fork(proof), Some(ledger)) => {
            let federation = ledger.federation();
            // A proof that says nothing new is no fault of the bundle.
            let _ = ledger.record_fork(*proof, federation);
        }
        (Item::Entry(_) | Item::Fork(_), None) => {}
    })?;
    let mut ledger = ledger.ok_or_else(|| Error::other("the bundle has no charter"))?;
    ledger.refresh();
    Ok((ledger, facts))
}

fn signer(ledger: &Ledger, entry: &EntryId) -> Option<String> {
    let log = ledger.logs().key(ledger.logs().place(entry)?.log)?;
    ledger.registry().org_of(&log).map(|org| org.to_string())
}
