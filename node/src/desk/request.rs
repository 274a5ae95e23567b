//! What can be asked of the desk: the same words on a stopped directory and over the socket.

use std::path::PathBuf;

use idenett_protocol::id::LogKey;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Request {
    /// Publish a record of a kind.
    Publish(Publish),
    /// Publish a new version of a thing: what is named changes, the rest stays.
    Revise(Revise),
    /// Take cases over from another system.
    Import(Import),
    /// Take back a thing or a record.
    Withdraw(Withdraw),
    /// Have every node drop a text.
    Redact(Redact),
    /// The things of a kind.
    List(List),
    /// One thing with all that is known about it.
    Show {
        /// Its id or the beginning of it.
        id: String,
        /// The kind that is expected, if only one will do.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<String>,
    },
    /// One entry as it is stored.
    Record {
        /// Its id or the beginning of it.
        id: String,
    },
    /// How the node stands.
    Status,
    /// How far its replica has come, and nothing else: cheap enough to ask often.
    Frontier,
    /// With whom it is connected.
    Peers,
    /// Check every signature, hash and chain.
    Verify,
    /// Make the indexes anew.
    Reindex,
    /// Find cases or needs.
    Search(SearchFor),
    /// Figures of the reuse barometer.
    Barometer(BarometerFor),
    /// Write figures, or all facts behind them, for other programs.
    BarometerExport {
        /// Which figures; facts are always all.
        wanted: BarometerFor,
        /// csv, json-stat, xlsx or parquet.
        format: String,
        /// Where: a file, or for parquet a directory of tables.
        to: PathBuf,
        /// Whether files that are there are replaced.
        #[serde(default)]
        force: bool,
    },
    /// The published sets of figures.
    ReleaseList,
    /// Count a published set of figures again.
    ReleaseVerify {
        /// Its id or the beginning of it.
        id: String,
    },
    /// Use a vocabulary in the search.
    VocabularyImport {
        /// Which.
        file: PathBuf,
    },
    /// The node's request to be admitted.
    MemberRequest,
    /// The members and their keys.
    MemberList,
    /// Something that only the registrar signs.
    Registrar {
        /// The file of the registrar's key, on the machine of the node.
        key: PathBuf,
        /// What is signed.
        act: RegistrarAct,
        /// Whether a person says that the registrar signs nowhere else.
        #[serde(default)]
        offline: bool,
    },
    /// The charters.
    Charter,
    /// Write a file with the charters only.
    CharterExport {
        /// Where.
        file: PathBuf,
        /// Whether a file that is there is replaced.
        #[serde(default)]
        force: bool,
    },
    /// Sign the next charter.
    CharterUpdate(Box<CharterUpdate>),
    /// Write everything that counts to a bundle.
    BundleExport {
        /// Where.
        file: PathBuf,
        /// Whether a file that is there is replaced.
        #[serde(default)]
        force: bool,
    },
    /// Take a bundle in.
    BundleImport {
        /// Which.
        file: PathBuf,
    },
}

/// A record to publish.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Publish {
    /// The kind by its name.
    pub kind: String,
    /// The fields in people's names.
    pub input: Value,
    /// Whether a person looked at what seems personal data and found none.
    #[serde(default)]
    pub no_personal_data: bool,
}

/// A new version of a thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Revise {
    /// The thing.
    pub id: String,
    /// Of which kind it must be.
    pub kind: String,
    /// The fields that change; `null` removes one.
    pub input: Value,
    /// Whether a person looked at what seems personal data and found none.
    #[serde(default)]
    pub no_personal_data: bool,
}

/// Cases from another system.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Import {
    /// The cases.
    pub rows: Vec<ImportRow>,
    /// Whether a person looked at what seems personal data and found none.
    #[serde(default)]
    pub no_personal_data: bool,
}

/// A case from another system.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ImportRow {
    /// The line on which it stands.
    pub line: u64,
    /// Its fields.
    pub input: Value,
}

/// What is taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdraw {
    /// The thing or record.
    pub id: String,
    /// Of which kind it must be, if only one will do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Why, as a code.
    pub reason: String,
    /// What stands in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replacement: Option<String>,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Whose text goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redact {
    /// The thing or record.
    pub id: String,
    /// Why, as a code.
    pub reason: String,
    /// Only the entry of this id, not every version of the thing.
    #[serde(default)]
    pub only: bool,
    /// Whether a person knows that it is for ever.
    #[serde(default)]
    pub sure: bool,
}

/// Which things are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// The kind by its name.
    pub kind: String,
    /// Only those of this organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// Only those with this status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Only this node's own.
    #[serde(default)]
    pub mine: bool,
    /// Those that were withdrawn too.
    #[serde(default)]
    pub all: bool,
    /// Only those about this case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// At most so many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<usize>,
}

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchFor {
    /// The words.
    pub text: String,
    /// The kind by its name.
    pub kind: String,
    /// Filters as `facet=value`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<String>,
    /// Only of municipalities like the node's.
    #[serde(default)]
    pub like_us: bool,
    /// The order by its name; by relevance if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sort: Option<String>,
    /// At most so many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<usize>,
}

/// Which figures are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BarometerFor {
    /// The indicators by their ids; all of them if none is named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<String>,
    /// The day of reckoning; today, or the last day of a past year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// A year or `24m`, which is the default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// The dimension by its name; undivided if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// `today` or `then`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub structure: Option<String>,
}

/// What only the registrar signs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum RegistrarAct {
    /// An organisation may write with a key.
    Admit {
        /// The signed request of the node.
        request: Value,
    },
    /// A log ends.
    Revoke {
        /// The key or the organisation.
        who: String,
        /// The last place that counts; the last one here if not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<u64>,
        /// Why, as a code.
        reason: String,
        /// Whether a person says that it may be the organisation of this node.
        #[serde(default)]
        sure: bool,
    },
    /// A branch of a fork holds.
    Settle {
        /// The log.
        log: String,
        /// The place of the fork.
        seq: u64,
        /// The entry that holds there.
        id: String,
    },
    /// A municipal reform.
    Succeed {
        /// Its fields.
        input: Value,
    },
    /// A published set of figures.
    Release {
        /// The day of reckoning; yesterday if not given.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        as_of: Option<String>,
        /// A year or `24m`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        period: Option<String>,
        /// The release that this one corrects.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        replaces: Option<String>,
    },
}

/// What the next charter says otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct CharterUpdate {
    /// Files of the keys that sign: the registrar's, or enough recovery keys.
    pub keys: Vec<PathBuf>,
    /// The name of the federation.
    pub name: Option<String>,
    /// `open` or `members`.
    pub reading: Option<String>,
    /// Addresses to add.
    pub add_bootstrap: Vec<String>,
    /// Addresses to take away.
    pub remove_bootstrap: Vec<String>,
    /// The key of the next registrar.
    pub registrar: Option<LogKey>,
    /// The key that may redact in every log.
    pub data_protection: Option<LogKey>,
    /// The recovery keys, all of them.
    pub recovery: Option<Vec<LogKey>>,
    /// How many recovery keys it takes.
    pub threshold: Option<u8>,
    /// Whether a person knows that no address may be left.
    pub sure: bool,
}

/// How far a long piece of work has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// What is being done.
    pub doing: String,
    /// How much is done.
    pub done: u64,
    /// How much there is, if it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u64>,
}
