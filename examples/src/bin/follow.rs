//! Follows a federation through a running node and prints each case as it arrives.
//!
//! `cargo run --release -p idenett-examples --bin follow -- DIR`

use std::collections::BTreeSet;
use std::io::{Error, Write as _};
use std::time::Duration;

use idenett::control::Client;
use idenett::desk::{List, Request};
use idenett::home::Home;

const PAUSE: Duration = Duration::from_secs(1);

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let directory = std::env::args().nth(1).ok_or_else(|| Error::other("usage: follow DIR"))?;
    let home = Home::new(directory);
    let mut seen = BTreeSet::new();
    let mut frontier = None;
    loop {
        let mut node = Client::connect(&home.socket()).ok_or_else(|| Error::other("no node runs there"))?;
        // Cheap to ask: the list is fetched only when something came.
        let now = node.perform(&Request::Frontier, &mut |_| {}).map_err(|p| Error::other(p.to_string()))?;
        if frontier.as_ref() != Some(&now["frontier"]) {
            let list = Request::List(List { kind: "case".into(), ..List::default() });
            let rows = node.perform(&list, &mut |_| {}).map_err(|p| Error::other(p.to_string()))?;
            let mut out = std::io::stdout().lock();
            for row in rows.as_array().into_iter().flatten() {
                let text = |field: &str| row[field].as_str().unwrap_or_default().to_owned();
                if seen.insert((text("id"), row["version"].as_u64())) {
                    writeln!(out, "{}  {:24} {}", text("date"), text("owner_name"), text("title"))?;
                }
            }
            frontier = Some(now["frontier"].clone());
        }
        std::thread::sleep(PAUSE);
    }
}
