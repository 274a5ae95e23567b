//! What happens in a history, act by act. Acts name each other by numbers, since ids are not known before they are signed.

use idenett_protocol::kind::Kind;
use idenett_protocol::time::{Day, Span, Timestamp};
use serde_json::Value;

/// The hour at which a day's first act is signed.
const MORNING: Span = Span::from_secs(7 * 3600);
/// Milliseconds over which the acts of a day are spread.
const WORKDAY_MS: u64 = 9 * 3_600_000;

/// What an act is known by: a thing by its first version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::demo) struct Name(usize);

impl Name {
    /// In an input: the id of the thing or entry.
    pub(super) fn id(self) -> Value {
        format!("#{}", self.0).into()
    }

    /// In an input: the id of the version that is the newest at that time.
    pub(super) fn version(self) -> Value {
        format!("#{} now", self.0).into()
    }

    /// The name in a text of an input, and whether its newest version is meant.
    pub(in crate::demo) fn read(text: &str) -> Option<(Self, bool)> {
        let named = text.strip_prefix('#')?;
        let (number, newest) = named.strip_suffix(" now").map_or((named, false), |number| (number, true));
        Some((Self(number.parse().ok()?), newest))
    }
}

/// One record that a member signs.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::demo) struct Act {
    /// When.
    pub(in crate::demo) time: Timestamp,
    /// Which of the members, by its place in the plan.
    pub(in crate::demo) by: usize,
    /// What kind of record.
    pub(in crate::demo) kind: Kind,
    /// The thing, or the entry of a kind without versions.
    pub(in crate::demo) name: Name,
    /// Whether it is a later version of the thing.
    pub(in crate::demo) revises: bool,
    /// The input of the signing door, with names where it wants ids.
    pub(in crate::demo) input: Value,
}

/// Acts as they are thought of, in any order of days. An act comes after those that it names,
/// both here and by its day.
#[derive(Debug)]
pub(super) struct Diary {
    last: Day,
    acts: Vec<(Day, Act)>,
    names: usize,
}

impl Diary {
    /// A diary in which nothing happens after a day.
    pub(super) const fn until(last: Day) -> Self {
        Self { last, acts: Vec::new(), names: 0 }
    }

    /// A new thing, or a record of a kind without versions; nothing if its day lies beyond the last.
    pub(super) fn write(&mut self, day: Day, by: usize, kind: Kind, input: Value) -> Option<Name> {
        let name = Name(self.names);
        self.put(day, Act { time: day.start(), by, kind, name, revises: false, input })?;
        self.names += 1;
        Some(name)
    }

    /// A later version of a thing; nothing if its day lies beyond the last.
    pub(super) fn revise(&mut self, (name, kind): (Name, Kind), day: Day, by: usize, input: Value) -> Option<()> {
        self.put(day, Act { time: day.start(), by, kind, name, revises: true, input })
    }

    fn put(&mut self, day: Day, act: Act) -> Option<()> {
        (day <= self.last).then(|| self.acts.push((day, act)))
    }

    /// All acts in the order of time, those of a day evenly over its working hours.
    pub(super) fn in_order(mut self) -> Vec<Act> {
        self.acts.sort_by_key(|(day, _)| *day);
        let mut ordered = Vec::with_capacity(self.acts.len());
        for acts in self.acts.chunk_by(|a, b| a.0 == b.0) {
            let step = WORKDAY_MS / (acts.len() as u64).max(1);
            let times = (0_u64..).map(|n| Span::from_millis(n.saturating_mul(step)));
            ordered.extend(acts.iter().zip(times).map(|((day, act), later)| {
                let time = day.start().after(MORNING).after(later);
                Act { time, ..act.clone() }
            }));
        }
        ordered
    }
}
