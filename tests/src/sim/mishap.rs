//! What befalls nodes and lines: crashes, stalls, partitions, clocks that jump, old copies.

use idenett_protocol::time::Span;

use crate::sim::line::LineId;
use crate::sim::world::World;
use crate::simdisk::Trouble;

const YEAR_MS: i64 = 365 * 24 * 3600 * 1000;

impl World {
    /// Something befalls someone.
    pub fn mishap(&mut self) {
        let node = self.random.index(self.nodes.len());
        match self.random.below(20) {
            0..3 => self.crash_if_running(node),
            3..6 => self.trap(node),
            6..10 => self.break_some_line(),
            10..13 => self.stall_some_line(),
            13..15 => self.partition(),
            15..17 => self.jump_clock(node),
            17 => self.take_snapshot(node),
            _ => {
                let copied = (0..self.nodes.len()).filter(|n| self.nodes[*n].snapshot.is_some());
                let _ = copied.collect::<Vec<_>>().into_iter().any(|n| self.restore(n));
            }
        }
    }

    fn crash_if_running(&mut self, node: usize) {
        if self.nodes[node].running.is_some() {
            self.crash(node);
        }
    }

    /// The power goes in the middle of a write to come.
    fn trap(&mut self, node: usize) {
        if self.nodes[node].running.is_some() {
            let disk = &self.nodes[node].disk;
            disk.plan(disk.steps() + self.random.below(12), Trouble::PowerCut);
            self.nodes[node].trapped = true;
        }
    }

    fn break_some_line(&mut self) {
        if let Some(line) = self.some_line() {
            self.break_line(line);
            self.tally.note("line broken");
        }
    }

    fn stall_some_line(&mut self) {
        let span = Span::from_millis(self.random.below(45_000));
        if let Some(line) = self.some_line() {
            self.stall_line(line, span);
            self.tally.note("line stalled");
        }
    }

    fn some_line(&mut self) -> Option<LineId> {
        let lines = self.standing_lines();
        lines.get(self.random.index(lines.len())).copied()
    }

    /// Some nodes are on their own for a while; lines across break or stand still.
    fn partition(&mut self) {
        for node in 0..self.nodes.len() {
            self.nodes[node].side = self.random.below(2);
        }
        let span = Span::from_millis(self.random.below(60_000));
        for id in self.standing_lines() {
            let [a, b] = self.lines[&id].ends;
            if self.nodes[a].side == self.nodes[b].side {
                continue;
            }
            if self.random.chance(50) { self.break_line(id) } else { self.stall_line(id, span) }
        }
        self.tally.note("partition");
    }

    /// All can reach all again.
    pub fn heal(&mut self) {
        for node in &mut self.nodes {
            node.side = 0;
        }
        for line in self.lines.values_mut() {
            line.stalled = line.stalled.min(self.now);
        }
    }

    fn jump_clock(&mut self, node: usize) {
        let ahead = self.nodes[node].clock_ahead;
        let jump = if self.random.chance(50) { YEAR_MS } else { -YEAR_MS };
        self.nodes[node].clock_ahead = if ahead == 0 { jump } else { 0 };
        self.tally.note("clock jumped a year");
    }

    fn take_snapshot(&mut self, node: usize) {
        if self.nodes[node].running.is_some() && !self.nodes[node].trapped {
            self.nodes[node].snapshot = Some(self.nodes[node].disk.copy());
        }
    }

    /// Puts an old copy in the place of a disk. What only the lost disk held would be lost for
    /// good, so this waits until all others hold what the node signed.
    pub fn restore(&mut self, node: usize) -> bool {
        let log = self.nodes[node].log;
        let held =
            |n: usize| self.nodes[n].library().map(|l| l.ledger(|l| l.logs().get(&log).map(|l| (l.held(), l.head()))));
        let own = held(node);
        let others = (0..self.nodes.len()).filter(|n| self.nodes[*n].starts > 0);
        let spread = own.is_some() && others.into_iter().all(|n| held(n) == own);
        let registrar = node == 0 && (1..self.nodes.len()).any(|n| self.behind_registrar(n));
        if !spread || registrar || self.nodes[node].snapshot.is_none() {
            return false;
        }
        self.stop(node);
        self.nodes[node].trapped = false;
        if let Some(copy) = self.nodes[node].snapshot.take() {
            self.nodes[node].disk = copy;
            self.start(node);
            self.tally.note("restore from an old copy");
        }
        true
    }

    fn behind_registrar(&self, node: usize) -> bool {
        let held = |n: usize| {
            let log = self.registrars.last()?.log_key();
            Some(self.nodes[n].library()?.ledger(|l| l.logs().get(&log).map(|l| l.held())))
        };
        self.nodes[node].starts > 0 && held(node) != held(0)
    }
}
