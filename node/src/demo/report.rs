//! The summary: what arrived where, and how fast. Every figure was read from a node.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::Value;

use crate::desk::Problem;

/// Everything that the nodes said.
#[derive(Debug, Default, Serialize)]
pub(super) struct Report {
    /// The frontier that all nodes have.
    pub(super) frontier: String,
    pub(super) nodes: Vec<Node>,
    pub(super) spread: Vec<Spread>,
    pub(super) catch_up: Option<CatchUp>,
    pub(super) gathered: Value,
    pub(super) reuse: Vec<Value>,
    pub(super) revised: Value,
    pub(super) withdrawn: Value,
    pub(super) redacted: Value,
    pub(super) succession: Value,
    pub(super) stranger: Option<Stranger>,
}

#[derive(Debug, Serialize)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) org: String,
    pub(super) entries: u64,
    pub(super) own_entries: u64,
    pub(super) cases: u64,
    pub(super) needs: u64,
    pub(super) reuses: u64,
    pub(super) signatures_checked: u64,
    pub(super) frontier: String,
}

#[derive(Debug, Serialize)]
pub(super) struct Spread {
    pub(super) from: String,
    pub(super) entry: String,
    /// Until the publishing node had it on its disk.
    pub(super) acknowledged_ms: u64,
    /// Until every node had it on its disk.
    pub(super) everywhere_ms: u64,
    pub(super) nodes: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct CatchUp {
    pub(super) node: String,
    pub(super) missed: u64,
    pub(super) start_ms: u64,
    pub(super) caught_up_ms: u64,
}

#[derive(Debug, Serialize)]
pub(super) struct Stranger {
    pub(super) refused_unknown_member: u64,
    pub(super) refused_malformed: u64,
    pub(super) members_before: u64,
    pub(super) members_after: u64,
    pub(super) entries_stored_anywhere: usize,
}

impl Report {
    /// One JSON document.
    pub(super) fn json(&self) -> Result<String, Problem> {
        serde_json::to_string_pretty(self).map_err(|e| Problem::node(e.to_string(), "please report this"))
    }

    /// For people.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        // Writing to a string cannot fail.
        let _ = self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        writeln!(
            out,
            "\n{:24} {:>7} {:>5} {:>6} {:>6} {:>7} {:>10}",
            "node", "entries", "own", "cases", "needs", "reuses", "signatures"
        )?;
        for n in &self.nodes {
            let Node { name, entries, own_entries, cases, needs, reuses, signatures_checked, .. } = n;
            writeln!(
                out,
                "{name:24} {entries:>7} {own_entries:>5} {cases:>6} {needs:>6} {reuses:>7} {signatures_checked:>10}"
            )?;
        }
        self.write_events(out)?;
        self.write_checks(out)
    }

    fn write_events(&self, out: &mut String) -> std::fmt::Result {
        writeln!(
            out,
            "\nAll {} nodes hold the same: frontier {}…",
            self.nodes.len(),
            self.frontier.get(..16).unwrap_or_default()
        )?;
        for s in &self.spread {
            writeln!(
                out,
                "A new record was durable after {} ms and on all {} nodes after {} ms.",
                s.acknowledged_ms, s.nodes, s.everywhere_ms
            )?;
        }
        if let Some(c) = &self.catch_up {
            writeln!(
                out,
                "{} was killed, missed {} entries, was up again after {} ms and complete after {} ms.",
                c.node, c.missed, c.start_ms, c.caught_up_ms
            )?;
        }
        let g = &self.gathered;
        writeln!(
            out,
            "Plans {}, programmes {}, collections {}, awards {}: {} nodes show them with their cases.",
            g["plans"], g["programmes"], g["collections"], g["awards"], g["nodes"]
        )?;
        for r in &self.reuse {
            writeln!(
                out,
                "{} reuses «{}» of {} ({}); KS counts {}.",
                plain(&r["reuser"]),
                plain(&r["title"]),
                plain(&r["owner"]),
                plain(&r["degree"]),
                r["counted_at_ks"]
            )?;
        }
        Ok(())
    }

    fn write_checks(&self, out: &mut String) -> std::fmt::Result {
        writeln!(
            out,
            "A revision is version 2 on {} nodes, a withdrawal is seen on {}.",
            self.revised["nodes_with_version_2"], self.withdrawn["nodes_that_show_it_as_withdrawn"]
        )?;
        writeln!(
            out,
            "A redacted text was on {} disks and is now on {}.",
            self.redacted["disks_with_the_text_before"], self.redacted["disks_with_the_text_after"]
        )?;
        writeln!(out, "A municipal reform is recorded on {} nodes.", self.succession["nodes"])?;
        if let Some(s) = &self.stranger {
            writeln!(
                out,
                "A stranger was refused {} times; {} of its entries were stored; members before and after: {}, {}.",
                s.refused_unknown_member + s.refused_malformed,
                s.entries_stored_anywhere,
                s.members_before,
                s.members_after
            )?;
        }
        Ok(())
    }
}

fn plain(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
