//! The kinds of records, by the number that stands in the header.

use serde::{Deserialize, Serialize};

/// What an entry is about. A number that this version does not know is kept as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u8", from = "u8")]
pub enum Kind {
    /// An innovation.
    Case,
    /// A challenge that looks for a solution.
    Need,
    /// The reuser's own word that it uses a case.
    Reuse,
    /// What was said is still valid.
    Confirmation,
    /// One indicator, measured.
    Measurement,
    /// A question, answer, experience, improvement or thanks.
    Comment,
    /// Relevant for us; never counted as reuse.
    Interest,
    /// A function that can be asked.
    Contact,
    /// A strategy, action plan or manifesto.
    Plan,
    /// A programme, network or arena.
    Programme,
    /// An ordered list with comments.
    Collection,
    /// A prize.
    Award,
    /// A judgement of another's record by the registrar or a programme.
    Assessment,
    /// An innovation climate or culture result, totals only.
    Climate,
    /// Parallel text for one version.
    Translation,
    /// The issuer takes a record back; history stays.
    Withdrawal,
    /// Every node drops the text of one entry.
    Redaction,
    /// The registrar admits an organisation's node key.
    Admission,
    /// The registrar ends a log at a place.
    Revocation,
    /// The registrar names the branch of a fork that holds.
    Settlement,
    /// A dated table that figures depend on.
    Reference,
    /// A municipal reform.
    Succession,
    /// A published set of statistics.
    Release,
    /// A kind of a later version: stored, forwarded, without effect here.
    Unknown(u8),
}

/// Every kind this version knows, with its number and its name in code and on the wire.
const TABLE: [(u8, Kind, &str); 23] = [
    (1, Kind::Case, "case"),
    (2, Kind::Need, "need"),
    (3, Kind::Reuse, "reuse"),
    (4, Kind::Confirmation, "confirmation"),
    (5, Kind::Measurement, "measurement"),
    (6, Kind::Comment, "comment"),
    (7, Kind::Interest, "interest"),
    (8, Kind::Contact, "contact"),
    (9, Kind::Plan, "plan"),
    (10, Kind::Programme, "programme"),
    (11, Kind::Collection, "collection"),
    (12, Kind::Award, "award"),
    (13, Kind::Assessment, "assessment"),
    (14, Kind::Climate, "climate"),
    (15, Kind::Translation, "translation"),
    (16, Kind::Withdrawal, "withdrawal"),
    (17, Kind::Redaction, "redaction"),
    (32, Kind::Admission, "admission"),
    (33, Kind::Revocation, "revocation"),
    (34, Kind::Settlement, "settlement"),
    (35, Kind::Reference, "reference"),
    (36, Kind::Succession, "succession"),
    (37, Kind::Release, "release"),
];

impl Kind {
    /// The kinds whose records are versions of a thing.
    pub const THINGS: [Kind; 8] = [
        Kind::Case,
        Kind::Need,
        Kind::Reuse,
        Kind::Contact,
        Kind::Plan,
        Kind::Programme,
        Kind::Collection,
        Kind::Award,
    ];

    /// The number in the header.
    pub fn number(self) -> u8 {
        if let Kind::Unknown(n) = self {
            return n;
        }
        TABLE.iter().find(|row| row.1 == self).map_or(0, |row| row.0)
    }

    /// The name in code and on the wire; `unknown` for what a later version brought.
    pub fn name(self) -> &'static str {
        TABLE.iter().find(|row| row.1 == self).map_or("unknown", |row| row.2)
    }

    /// The kind of a name.
    pub fn named(name: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.2 == name).map(|row| row.1)
    }

    /// Whether records of this kind are versions of a thing.
    pub fn has_versions(self) -> bool {
        Kind::THINGS.contains(&self)
    }

    /// Whether only the registrar's word counts for this kind.
    pub fn is_registry(self) -> bool {
        (32..64).contains(&self.number())
    }
}

impl From<u8> for Kind {
    fn from(n: u8) -> Self {
        TABLE.iter().find(|row| row.0 == n).map_or(Kind::Unknown(n), |row| row.1)
    }
}

impl From<Kind> for u8 {
    fn from(kind: Kind) -> u8 {
        kind.number()
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Kind::Unknown(n) = self {
            return write!(f, "unknown-{n}");
        }
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_comes_back() {
        for n in 0..=255 {
            assert_eq!(Kind::from(n).number(), n);
        }
        for (n, kind, name) in TABLE {
            assert_eq!((kind.number(), Kind::named(name)), (n, Some(kind)));
        }
    }
}
