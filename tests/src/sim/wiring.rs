//! Sessions and lines: who is connected with whom, what travels, what breaks.

use idenett::driver::Event;
use idenett_protocol::frame::FrameType;
use idenett_protocol::id::{EntryId, LogKey};
use idenett_protocol::limits::FRAME_HEAD_BYTES;
use idenett_protocol::message::{Farewell, Message};
use idenett_protocol::time::Span;

use crate::sim::liar::Tongue;
use crate::sim::line::{Line, LineId, Parcel, split};
use crate::sim::people;
use crate::sim::world::{Happening, World};

/// How long an end may go on believing in a broken line.
const DISBELIEF: Span = Span::from_secs(20);
/// Frames that may come twice without being a fault of an honest sender.
const REPEATABLE: [FrameType; 9] = [
    FrameType::Entry,
    FrameType::Bare,
    FrameType::Text,
    FrameType::Announce,
    FrameType::State,
    FrameType::Charter,
    FrameType::Fork,
    FrameType::Hint,
    FrameType::Absent,
];

impl World {
    /// A dial gets through, if there is someone and nothing in between.
    pub(super) fn connect(&mut self, node: usize, start: u32, address: &str) {
        let Some(to) = people::listener(address).filter(|to| *to < self.nodes.len()) else { return };
        let dialer = &self.nodes[node];
        if dialer.running.is_none() || dialer.starts != start || !self.nodes[to].listens {
            return;
        }
        if self.nodes[to].running.is_none() || to == node || self.nodes[to].side != dialer.side {
            return;
        }
        if !dialer.sessions.contains_key(&self.nodes[to].log) {
            self.join(node, to, Some(address.to_owned()));
        }
    }

    /// Connects two nodes.
    pub(super) fn join(&mut self, dialer: usize, listener: usize, address: Option<String>) -> LineId {
        let (a, b) = (self.nodes[dialer].log, self.nodes[listener].log);
        // The listener may still believe in a line that the dialer lost.
        if let Some(stale) = self.nodes[listener].sessions.get(&a).copied() {
            self.gone(stale, listener);
        }
        let id = self.new_line_id();
        self.lines.insert(id, Line::new(dialer, listener));
        self.nodes[dialer].sessions.insert(b, id);
        self.nodes[listener].sessions.insert(a, id);
        self.trace.number(((dialer as u64) << 32) | listener as u64);
        self.handle(dialer, Event::Connected { peer: b, dialed: address });
        self.handle(listener, Event::Connected { peer: a, dialed: None });
        id
    }

    /// Puts frames on the line to a peer.
    pub(super) fn send(&mut self, node: usize, peer: LogKey, bytes: &[u8], more: bool) {
        let Some(id) = self.nodes[node].sessions.get(&peer).copied() else { return };
        let mut frames = split(bytes);
        self.watch(node, &frames);
        if self.nodes[node].vices.any() {
            frames = self.lie(node, frames);
        }
        let Some(line) = self.lines.get_mut(&id).filter(|line| !line.cut) else { return };
        let (to, stalled) = (line.other(node), line.stalled);
        let mut arrivals = Vec::new();
        for (kind, payload) in frames {
            let twice = REPEATABLE.contains(&kind) && self.setup.proofs > 0 && self.weather.chance(1);
            let delays = &self.setup.delays;
            let (way, load) = (delays.way(&mut self.weather), delays.load(payload.len() + FRAME_HEAD_BYTES));
            let at = line.arrival(node, way, load, self.now);
            let frames = if twice { vec![(kind, payload.clone()), (kind, payload)] } else { vec![(kind, payload)] };
            self.tally.add("duplicate frame", u64::from(twice));
            arrivals.push((at, frames));
        }
        for (at, frames) in arrivals {
            self.at(at, Happening::Arrive { line: id, node: to, frames });
        }
        if more {
            // The line takes what it can carry; that it arrived is not awaited.
            let room = stalled.max(self.now).after(self.setup.delays.load(bytes.len()));
            self.at(room, Happening::Room { line: id, node });
        }
    }

    fn lie(&mut self, node: usize, frames: Vec<Parcel>) -> Vec<Parcel> {
        let mut tongue = Tongue {
            vices: self.nodes[node].vices,
            own: &self.nodes[node].key,
            stranger: &self.stranger,
            federation: self.charters.federation(),
            random: &mut self.weather,
            tally: &mut self.tally,
        };
        tongue.twist(frames)
    }

    pub(super) fn arrive(&mut self, id: LineId, node: usize, frames: Vec<Parcel>) {
        let Some(line) = self.lines.get(&id) else { return };
        if line.cut || !line.open[line.end_of(node)] {
            return;
        }
        let from = line.other(node);
        let peer = self.nodes[from].log;
        self.trace.number((node as u64) << 32 | from as u64);
        for (kind, payload) in &frames {
            self.trace.number(*kind as u64 ^ self.now.as_millis() << 8);
            self.trace.bytes(payload);
            self.nodes[node].received += (payload.len() + FRAME_HEAD_BYTES) as u64;
        }
        if let Some(heard) = &mut self.nodes[node].heard {
            heard.extend(frames.iter().filter_map(|(kind, payload)| Message::read(*kind, payload).ok()));
            return;
        }
        let texts = frames.iter().filter(|(kind, _)| *kind == FrameType::Text);
        let texts: Vec<EntryId> =
            texts.filter_map(|(_, payload)| payload.first_chunk()).map(|id| EntryId::from_bytes(*id)).collect();
        let wanted = |world: &Self| world.nodes[node].library().map_or(0, |l| l.ledger(|l| l.wanted_texts().count()));
        let before = if texts.is_empty() { 0 } else { wanted(self) };
        self.handle(node, Event::Frames { peer, frames });
        if !texts.is_empty() {
            self.tally.add("text fetched later", u64::from(wanted(self) < before));
            texts.into_iter().for_each(|id| self.note_held(node, id));
        }
    }

    pub(super) fn room(&mut self, id: LineId, node: usize) {
        let Some(line) = self.lines.get(&id) else { return };
        if line.cut || !line.open[line.end_of(node)] {
            return;
        }
        let peer = self.nodes[line.other(node)].log;
        self.handle(node, Event::Room { peer });
    }

    /// A node ends a session; what it sent before still arrives.
    pub(super) fn hang_up(&mut self, node: usize, peer: LogKey, why: Farewell) {
        let Some(id) = self.nodes[node].sessions.get(&peer).copied() else { return };
        let Some(line) = self.lines.get(&id) else { return };
        let (other, last) = (line.other(node), line.last_arrival(node));
        self.judge_farewell(node, other, why);
        self.gone(id, node);
        let at = last.max(self.now).after(Span::from_millis(1));
        self.at(at, Happening::Gone { line: id, node: other });
    }

    /// A node hears that its line is gone.
    pub(super) fn gone(&mut self, id: LineId, node: usize) {
        let Some(line) = self.lines.get_mut(&id) else { return };
        let end = line.end_of(node);
        if !std::mem::take(&mut line.open[end]) {
            return;
        }
        let peer_node = line.other(node);
        if line.open == [false; 2] {
            self.lines.remove(&id);
        }
        let peer = self.nodes[peer_node].log;
        self.nodes[node].sessions.remove(&peer);
        self.trace.number(id.0);
        self.handle(node, Event::Disconnected { peer });
    }

    /// A line breaks: what is on it is lost, and each end notices when it does.
    pub fn break_line(&mut self, id: LineId) {
        let Some(line) = self.lines.get_mut(&id) else { return };
        line.cut = true;
        for node in line.ends {
            let span = if self.weather.chance(50) { Span::default() } else { DISBELIEF };
            let span = Span::from_millis(self.weather.below(span.as_millis() + 1));
            self.later(span, Happening::Gone { line: id, node });
        }
    }

    /// The lines that stand.
    pub fn standing_lines(&self) -> Vec<LineId> {
        self.lines.iter().filter(|(_, line)| !line.cut).map(|(id, _)| *id).collect()
    }

    /// The nodes at the ends of a line; the first one dialed.
    ///
    /// # Panics
    /// If there is no such line.
    pub fn ends_of(&self, id: LineId) -> [usize; 2] {
        self.lines[&id].ends
    }

    /// Nothing comes through a line for a while.
    pub fn stall_line(&mut self, id: LineId, span: Span) {
        let until = self.now.after(span);
        if let Some(line) = self.lines.get_mut(&id) {
            line.stalled = until;
        }
    }

    /// The power of a node goes; it comes back after `rest`.
    pub fn crash(&mut self, node: usize) {
        self.stop(node);
        self.nodes[node].trapped = false;
        let disk = self.nodes[node].disk.clone();
        disk.power_cut(&mut self.random);
        self.tally.note("crash");
        let rest = Span::from_millis(200 + self.random.below(20_000));
        let start = self.nodes[node].starts;
        self.later(rest, Happening::Restart { node, start });
    }

    /// A node stops in the middle of whatever it does.
    pub fn stop(&mut self, node: usize) {
        self.collect_counters(node);
        self.nodes[node].running = None;
        for id in std::mem::take(&mut self.nodes[node].sessions).into_values() {
            let Some(line) = self.lines.get_mut(&id) else { continue };
            let end = line.end_of(node);
            line.open[end] = false;
            line.cut = true;
            let other = line.other(node);
            if line.open == [false; 2] {
                self.lines.remove(&id);
            }
            let span = Span::from_millis(self.weather.below(DISBELIEF.as_millis()));
            self.later(span, Happening::Gone { line: id, node: other });
        }
    }
}
