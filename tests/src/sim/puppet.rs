//! A peer that a test speaks for: it says whatever it is told to, and keeps what it hears.

use idenett::driver::Event;
use idenett_protocol::frame::FrameType;
use idenett_protocol::message::{Hello, Message, SESSION_VERSION};

use crate::sim::line::LineId;
use crate::sim::world::{Happening, World};

impl World {
    /// Makes a node that does not run a puppet, connects it to a listener, and has it greet.
    pub fn puppet(&mut self, puppet: usize, to: usize) -> LineId {
        self.nodes[puppet].heard = Some(Vec::new());
        let line = self.join(puppet, to, None);
        let charter = self.charters.current().expect("a charter in force");
        let hello = Hello {
            version: SESSION_VERSION,
            federation: self.charters.federation(),
            epoch: charter.terms().epoch,
            charter: charter.hash(),
            time: self.now,
        };
        self.say(line, to, &Message::Hello(hello));
        line
    }

    /// Has a puppet say something.
    pub fn say(&mut self, line: LineId, to: usize, message: &Message) {
        let (kind, payload) = message.write();
        self.say_frame(line, to, kind, payload);
    }

    /// Has a puppet send a frame that need not be a message.
    pub fn say_frame(&mut self, line: LineId, to: usize, kind: FrameType, payload: Vec<u8>) {
        let way = self.setup.delays.least;
        self.later(way, Happening::Arrive { line, node: to, frames: vec![(kind, payload)] });
    }

    /// What a puppet heard so far.
    pub fn heard(&self, puppet: usize) -> &[Message] {
        self.nodes[puppet].heard.as_deref().unwrap_or_default()
    }

    /// Whether a node still has a session with another.
    pub fn is_connected(&self, node: usize, with: usize) -> bool {
        self.nodes[node].sessions.contains_key(&self.nodes[with].log)
    }

    /// Tells a node of entries that were taken in by hand.
    pub fn published(&mut self, node: usize, heads: Vec<idenett_protocol::header::SignedHeader>) {
        self.handle(node, Event::Published(heads));
    }
}
