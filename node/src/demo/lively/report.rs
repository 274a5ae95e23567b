//! The summary of a demo with a history.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;
use serde_json::Value;

use crate::desk::Problem;

/// What was made and what the nodes say of it.
#[derive(Debug, Serialize)]
pub(in crate::demo) struct Lively {
    pub(super) federation: &'static str,
    pub(super) generated: bool,
    pub(super) seed: u64,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) members: usize,
    pub(super) nodes: usize,
    /// Records that were signed before any node ran, versions included.
    pub(super) records: usize,
    /// Of each kind, versions included.
    pub(super) kinds: BTreeMap<&'static str, usize>,
    pub(super) cases: usize,
    pub(super) reuses: usize,
    pub(super) needs: usize,
    /// Cases, and reuses that are in use today, as a node counts them.
    pub(super) cases_shown: Value,
    pub(super) reuses_counted: Value,
    pub(super) reform: Option<&'static str>,
    pub(super) releases: Vec<Value>,
    /// A record that a member signed after it had fetched its own log.
    pub(super) signed_after: String,
    pub(super) frontier: String,
    pub(super) ms: Times,
}

/// How long each part took, in milliseconds.
#[derive(Debug, Default, Serialize)]
pub(super) struct Times {
    pub(super) founding: u64,
    pub(super) signing: u64,
    pub(super) fetching: u64,
    pub(super) releases: u64,
    pub(super) all: u64,
}

impl Lively {
    /// One JSON document.
    pub(in crate::demo) fn json(&self) -> Result<String, Problem> {
        serde_json::to_string_pretty(self).map_err(|e| Problem::node(e.to_string(), "please report this"))
    }

    /// For people.
    pub(in crate::demo) fn text(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        let Self { records, cases, reuses, needs, members, nodes, seed, from, to, .. } = self;
        writeln!(out, "\nEverything here is generated, from seed {seed}; no figure of it is real.")?;
        writeln!(
            out,
            "{records} records of KS and {members} municipalities from {from} to {to}, signed in {} ms:",
            self.ms.signing
        )?;
        writeln!(out, "{cases} cases, {reuses} declarations of reuse, {needs} needs.")?;
        writeln!(out, "Today {} cases stand, and {} reuses count as in use.", self.cases_shown, self.reuses_counted)?;
        match self.reform {
            Some(reform) => writeln!(out, "A municipal reform fell into it: {reform}.")?,
            None => writeln!(out, "No municipal reform fell into it, and none was made up.")?,
        }
        let periods: Vec<&str> = self.releases.iter().filter_map(|r| r["period"].as_str()).collect();
        let by = self.releases.first().and_then(|r| r["counted_again_by"].as_str()).unwrap_or_default();
        writeln!(
            out,
            "KS published {} sets of figures ({}); the node of {by} counted each again and found the same bytes, all in {} ms.",
            periods.len(),
            periods.join(", "),
            self.ms.releases
        )?;
        let head = self.frontier.get(..16).unwrap_or_default();
        writeln!(
            out,
            "All {nodes} nodes fetched everything, their own logs too, in {} ms; one signed again. They hold the same: {head}…",
            self.ms.fetching
        )?;
        writeln!(out, "The whole of it took {} ms.", self.ms.all)
    }
}
