//! The indicators by name, and their definitions from which documentation and pages are made.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::codes::{Lang, NotInList};

use super::definitions::{Definition, definition};

macro_rules! indicators {
    ($($name:ident)+) => {
        /// An indicator of the reuse barometer.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "what each means stands in its definition")]
        pub enum Indicator {
            $($name,)+
        }

        impl Indicator {
            /// Every indicator in the order in which they are shown.
            pub const EVERY: [Self; 26] = [$(Self::$name,)+];

            /// The id, as `B1`.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)+
                }
            }
        }
    };
}

indicators! { B1 B2 B3 B4 B5 B6 B7 B8 B9 B10 B11 B12 B13 B14 B15 B16 B17 B18 B19 B20 B21 B22 B23 B24 S1 S2 }

impl Indicator {
    /// What it means and how it is counted.
    pub const fn definition(self) -> &'static Definition {
        definition(self)
    }
}

impl fmt::Display for Indicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl FromStr for Indicator {
    type Err = NotInList;

    fn from_str(id: &str) -> Result<Self, NotInList> {
        let found = Self::EVERY.into_iter().find(|i| i.id().eq_ignore_ascii_case(id));
        found.ok_or_else(|| NotInList { list: "indicator", id: id.chars().take(40).collect() })
    }
}

impl Serialize for Indicator {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.id())
    }
}

/// A text in the three languages that people read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// Bokmål.
    pub nb: &'static str,
    /// Nynorsk.
    pub nn: &'static str,
    /// English.
    pub en: &'static str,
}

impl Words {
    /// The text in a language; bokmål stands in for North Sámi.
    pub const fn say(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Nn => self.nn,
            Lang::En => self.en,
            Lang::Nb | Lang::Se | Lang::NotStated => self.nb,
        }
    }
}
