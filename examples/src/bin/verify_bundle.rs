//! Reads a bundle without a node, checks every signature in it, and prints what it holds.
//!
//! `cargo run --release -p idenett-examples --bin verify_bundle -- FILE`

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Error, Write as _};

use idenett::library::{Item, read_bundle};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or_else(|| Error::other("usage: verify_bundle FILE"))?;
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut logs: BTreeMap<String, u64> = BTreeMap::new();
    // An item that exists was checked: there is no verify() to call.
    read_bundle(&mut BufReader::new(File::open(path)?), |item| match item {
        Item::Charter(_) => *kinds.entry("charter".into()).or_default() += 1,
        Item::Fork(_) => *kinds.entry("proof of a fork".into()).or_default() += 1,
        Item::Entry(entry) => {
            *kinds.entry(entry.header().kind.to_string()).or_default() += 1;
            logs.insert(entry.log().short(), entry.seq().get());
        }
    })?;
    let mut out = std::io::stdout().lock();
    for (kind, count) in kinds {
        writeln!(out, "{count:6}  {kind}")?;
    }
    writeln!(out, "{:6}  logs; every hash and signature holds", logs.len())?;
    Ok(())
}
