//! Peers that do not keep to the rules. A liar runs the same code as everyone; what it says is
//! twisted on its way out.

use idenett_protocol::entry::{Draft, Entry};
use idenett_protocol::frame::FrameType;
use idenett_protocol::id::{FederationId, Seq};
use idenett_protocol::key::SecretKey;
use idenett_protocol::kind::Kind;
use idenett_protocol::time::Timestamp;

use crate::random::Random;
use crate::sim::line::Parcel;
use crate::sim::tally::Tally;

/// How often a node does what, in so many of a hundred frames that lend themselves to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Vices {
    /// Sends bytes that mean nothing, or entries cut short or with a size beyond all limits.
    pub garbage: u64,
    /// Leaves texts out.
    pub withholds_text: u64,
    /// Announces entries and does not give them.
    pub withholds_entries: u64,
    /// Says that its frontier is another than it is.
    pub denies_state: u64,
    /// Slips entries in that are old, of a stranger, or of another federation.
    pub strange: u64,
}

impl Vices {
    /// Whether there is any.
    pub fn any(&self) -> bool {
        *self != Self::default()
    }

    /// Some of them, by chance; half of the liars stay below what gets one cut off.
    pub fn drawn(random: &mut Random) -> Self {
        let mut percent = |most| if random.chance(50) { random.below(most) } else { 0 };
        Self {
            withholds_text: 1 + percent(60),
            withholds_entries: percent(30),
            denies_state: percent(30),
            strange: percent(10),
            garbage: percent(10),
        }
    }
}

/// What a liar has at hand.
pub struct Tongue<'a> {
    /// What it does.
    pub vices: Vices,
    /// Its own key.
    pub own: &'a SecretKey,
    /// A key that nobody admitted.
    pub stranger: &'a SecretKey,
    /// The federation.
    pub federation: FederationId,
    /// Chance.
    pub random: &'a mut Random,
    /// What happened so far.
    pub tally: &'a mut Tally,
}

impl Tongue<'_> {
    /// What is said instead of some frames.
    pub fn twist(&mut self, frames: Vec<Parcel>) -> Vec<Parcel> {
        let mut said = Vec::with_capacity(frames.len());
        for frame in frames {
            let replay = (frame.0 == FrameType::Entry).then(|| frame.clone());
            if let Some(frame) = self.twist_one(frame) {
                said.push(frame);
            }
            if self.random.chance(self.vices.strange) {
                said.push(replay.filter(|_| self.random.chance(50)).unwrap_or_else(|| self.strange_entry()));
            }
        }
        said
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "all other frames pass as they are")]
    fn twist_one(&mut self, (kind, mut payload): Parcel) -> Option<Parcel> {
        match kind {
            FrameType::Entry if self.random.chance(self.vices.withholds_entries) => return None,
            FrameType::Entry if self.random.chance(self.vices.withholds_text) => {
                let bare = Entry::recall(payload.clone(), true).ok()?.without_text();
                if bare.text().is_none() {
                    self.tally.note("text withheld");
                    return Some((FrameType::Bare, bare.bytes().to_vec()));
                }
            }
            FrameType::Entry | FrameType::Announce | FrameType::Pull if self.random.chance(self.vices.garbage) => {
                self.spoil(&mut payload);
            }
            FrameType::State if self.random.chance(self.vices.denies_state) => {
                self.tally.note("state denied");
                payload[..32].copy_from_slice(&self.random.bytes32());
            }
            FrameType::Text if self.random.chance(self.vices.withholds_text) => {
                payload.truncate(32);
                return Some((FrameType::Absent, payload));
            }
            _ => {}
        }
        Some((kind, payload))
    }

    fn spoil(&mut self, payload: &mut Vec<u8>) {
        match self.random.below(3) {
            0 => {
                self.tally.note("truncated frame");
                payload.truncate(self.random.index(payload.len()));
            }
            1 if payload.len() > 156 => {
                self.tally.note("oversized entry");
                payload[152..156].copy_from_slice(&u32::MAX.to_be_bytes());
            }
            _ => {
                self.tally.note("garbage");
                self.random.fill(payload);
            }
        }
    }

    /// An entry that has no place here: another federation's, or a stranger's.
    fn strange_entry(&mut self) -> Parcel {
        let foreign = self.random.chance(30);
        let federation = if foreign { FederationId::from_bytes(self.random.bytes32()) } else { self.federation };
        let draft = Draft {
            kind: Kind::Case,
            federation,
            seq: Seq::FIRST,
            previous: None,
            time: Timestamp::from_millis(self.random.below(1 << 41)),
            facts: b"{}".to_vec(),
            text: Vec::new(),
        };
        let key = if foreign { self.own } else { self.stranger };
        (FrameType::Entry, Entry::sign(draft, key).expect("a small entry").bytes().to_vec())
    }
}
