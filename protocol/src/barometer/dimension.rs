//! By what figures are broken down, and in which structure of municipalities.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::codes::NotInList;

/// By what a figure is broken down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each variant is the dimension of its name")]
pub enum Dimension {
    /// Nothing: one figure for all.
    All,
    Sector,
    Theme,
    KostraGroup,
    Size,
    Centrality,
    County,
    Municipality,
    Programme,
}

impl Dimension {
    /// Every dimension.
    pub const EVERY: [Self; 9] = [
        Self::All,
        Self::Sector,
        Self::Theme,
        Self::KostraGroup,
        Self::Size,
        Self::Centrality,
        Self::County,
        Self::Municipality,
        Self::Programme,
    ];

    /// The dimension as programs name it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Sector => "sector",
            Self::Theme => "theme",
            Self::KostraGroup => "kostra_group",
            Self::Size => "size",
            Self::Centrality => "centrality",
            Self::County => "county",
            Self::Municipality => "municipality",
            Self::Programme => "programme",
        }
    }

    /// Whether it asks where a subject is, not what it is about.
    pub const fn is_of_place(self) -> bool {
        matches!(self, Self::KostraGroup | Self::Size | Self::Centrality | Self::County | Self::Municipality)
    }

    /// Whether a subject can fall in several parts, so that these do not add up.
    pub const fn overlaps(self) -> bool {
        matches!(self, Self::Theme | Self::Programme)
    }

    /// Whether the tables know it for the structure of the time.
    pub const fn is_known_then(self) -> bool {
        !matches!(self, Self::KostraGroup | Self::Size | Self::Centrality)
    }
}

impl fmt::Display for Dimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl FromStr for Dimension {
    type Err = NotInList;

    fn from_str(id: &str) -> Result<Self, NotInList> {
        let found = Self::EVERY.into_iter().find(|d| d.id() == id);
        found.ok_or_else(|| NotInList { list: "dimension", id: id.chars().take(40).collect() })
    }
}

/// Which municipalities a table shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Those of today, with what their predecessors did.
    #[default]
    Today,
    /// Those that were there when it happened.
    Then,
}

impl Basis {
    /// The structure as programs name it.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Then => "then",
        }
    }
}

impl FromStr for Basis {
    type Err = NotInList;

    fn from_str(id: &str) -> Result<Self, NotInList> {
        let found = [Self::Today, Self::Then].into_iter().find(|b| b.id() == id);
        found.ok_or_else(|| NotInList { list: "structure", id: id.chars().take(40).collect() })
    }
}
