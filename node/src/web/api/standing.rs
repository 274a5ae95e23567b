//! What stands around a case or need: whether it stands, whose it is, who signed what and when, and who can be asked.

use idenett_protocol::things::VersionState;
use serde::Serialize;
use utoipa::ToSchema;

use super::parts::{Held, Organisation, Signatory, at, code, day, redaction};
use crate::reading::{self, Provenance, Shown, VersionView};

/// Versions that are told, the newest first; how many there are is told beside them.
const MAX_VERSIONS: usize = 200;

/// What stands around a case or need.
#[derive(Serialize, ToSchema)]
pub(super) struct Standing {
    /// Whether it stands.
    state: State,
    /// Why and by whom it was taken back, if it was.
    withdrawal: Option<Withdrawal>,
    /// Who owns it.
    owner: Organisation,
    /// Who signed it first.
    publisher: Organisation,
    /// Whether the text of the version that is shown is held.
    text_state: Held,
    /// The entry by which that text was redacted.
    redaction: Option<String>,
    /// The last day of its validity, confirmations included.
    #[schema(format = Date)]
    valid_until: Option<String>,
    /// The entry of the version that is shown.
    version: String,
    /// The number of that version, from 1.
    number: u32,
    /// Whether another version was written at the same time.
    concurrent: bool,
    /// Who signed that version.
    signature: Signature,
    /// The versions, the newest first; at most 200.
    versions: Vec<Version>,
    /// How many versions there are.
    versions_total: usize,
}

/// Whether a thing stands: `expired` where nobody confirmed it in time, `withdrawn` where it was taken back. What was
/// withdrawn is still shown, with the reason.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum State {
    Live,
    Expired,
    Withdrawn,
}

/// Why and by whom a thing was taken back.
#[derive(Serialize, ToSchema)]
struct Withdrawal {
    /// Who.
    by: Signatory,
    /// When it was signed.
    #[schema(format = DateTime)]
    signed: String,
    /// Why, as a code.
    reason: String,
    /// Why, in words.
    text: String,
    /// What stands in its place.
    replacement: Option<String>,
}

/// Where an entry comes from.
#[derive(Serialize, ToSchema)]
struct Signature {
    /// Who signed it.
    by: Signatory,
    /// When, by the signer's clock.
    #[schema(format = DateTime)]
    signed: String,
    /// The entry, which `/api/v1/records/{id}` shows.
    entry: String,
    /// The key that signed it, which names the log.
    log: String,
    /// Its place in the log, from 1.
    seq: u64,
    /// The entry in which the registrar admitted the key.
    admission: Option<String>,
    /// Whether signature and hashes hold, checked by this node for this answer.
    verified: bool,
}

/// One version of a thing.
#[derive(Serialize, ToSchema)]
struct Version {
    /// The entry.
    id: String,
    /// Its number.
    number: u32,
    /// How it stands.
    state: Course,
    /// Who signed it.
    by: Signatory,
    /// When it was signed.
    #[schema(format = DateTime)]
    signed: String,
    /// Whether its text is held.
    text_state: Held,
    /// What it changed in the newest version that it replaces. Told of the newest versions only.
    changed: Vec<Change>,
}

/// How a version stands: the one that is shown, replaced by a later one, written at the same time as the one that is
/// shown, waiting for what it replaces, signed by one who may not revise, withdrawn by itself, or in a part of its log
/// that does not count.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Course {
    Current,
    Replaced,
    Concurrent,
    Waiting,
    NoRight,
    Withdrawn,
    NotCounted,
}

/// A field that was changed.
#[derive(Serialize, ToSchema)]
struct Change {
    /// The field, by its name on the wire.
    field: String,
    /// Whether it is something that people wrote; otherwise it is a fact.
    text: bool,
    /// What it said; null if it is new.
    before: Option<String>,
    /// What it says; null if it was taken away.
    after: Option<String>,
}

impl From<Shown> for Standing {
    fn from(shown: Shown) -> Self {
        let (state, withdrawal) = match shown.state {
            reading::State::Live => (State::Live, None),
            reading::State::Expired => (State::Expired, None),
            reading::State::Withdrawn(by) => (State::Withdrawn, Some(by.into())),
        };
        Self {
            state,
            withdrawal,
            owner: shown.owner.into(),
            publisher: shown.publisher.into(),
            text_state: shown.text_state.into(),
            redaction: redaction(shown.text_state),
            valid_until: day(shown.valid_until),
            version: shown.current.to_string(),
            number: shown.number,
            concurrent: shown.concurrent,
            signature: shown.provenance.into(),
            versions_total: shown.versions.len(),
            versions: shown.versions.into_iter().take(MAX_VERSIONS).map(Version::from).collect(),
        }
    }
}

impl From<reading::Withdrawn> for Withdrawal {
    fn from(by: reading::Withdrawn) -> Self {
        Self {
            by: by.signer.into(),
            signed: at(by.time),
            reason: code(&by.reason),
            text: by.text,
            replacement: by.replacement.map(|id| id.to_string()),
        }
    }
}

impl From<Provenance> for Signature {
    fn from(provenance: Provenance) -> Self {
        Self {
            by: provenance.signer.into(),
            signed: at(provenance.time),
            entry: provenance.entry.to_string(),
            log: provenance.log.to_string(),
            seq: provenance.seq.get(),
            admission: provenance.admission.map(|id| id.to_string()),
            verified: provenance.verified,
        }
    }
}

impl From<VersionView> for Version {
    fn from(version: VersionView) -> Self {
        let change = |c: reading::Changed| Change { field: c.field, text: c.text, before: c.before, after: c.after };
        Self {
            id: version.id.to_string(),
            number: version.number,
            state: match version.state {
                VersionState::Current => Course::Current,
                VersionState::Replaced => Course::Replaced,
                VersionState::Concurrent => Course::Concurrent,
                VersionState::Waiting => Course::Waiting,
                VersionState::NoRight => Course::NoRight,
                VersionState::Withdrawn => Course::Withdrawn,
                VersionState::NotCounted => Course::NotCounted,
            },
            by: version.signer.into(),
            signed: at(version.time),
            text_state: version.text_state.into(),
            changed: version.changed.into_iter().map(change).collect(),
        }
    }
}
