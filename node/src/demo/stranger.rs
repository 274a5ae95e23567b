//! A stranger with a forged admission: knows the charter, has a key of its own, and tries to write.

use std::time::Duration;

use idenett_protocol::body::{Admission, document};
use idenett_protocol::entry::{Draft, Entry};
use idenett_protocol::frame::{FrameType, write_frame};
use idenett_protocol::id::{CharterHash, EntryId, FederationId, LogKey, Seq};
use idenett_protocol::key::SecretKey;
use idenett_protocol::kind::Kind;
use idenett_protocol::message::{Hello, Message, SESSION_VERSION};

use crate::clock;
use crate::desk::Problem;
use crate::keyfile::chance;
use crate::net::{Net, NetConfig, NetEvent};

/// How long the stranger tries to be heard.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the stranger tried.
pub(super) struct Attempt {
    /// The entries in a log that nobody admitted.
    pub(super) entries: Vec<EntryId>,
}

/// Connects to a node and sends it an admission in the stranger's own log, one in the
/// registrar's name under the stranger's signature, and a case.
pub(super) fn knock(address: &str, federation: FederationId, registrar: LogKey, org: &str) -> Result<Attempt, Problem> {
    let key = SecretKey::from_seed(&chance()?);
    let own = admission(&key, federation, org)?;
    let case = next(&own, &key, Kind::Case, document(&chance()?, &serde_json::json!({ "status": "in_use" })))?;
    let mut frames = Vec::new();
    write_frame(&mut frames, FrameType::Entry, own.bytes());
    write_frame(&mut frames, FrameType::Entry, case.bytes());
    let mut forged = own.bytes().to_vec();
    // The log key stands at 36: the registrar's name, the stranger's signature.
    if let Some(place) = forged.get_mut(36..68) {
        place.copy_from_slice(registrar.as_bytes());
    }
    write_frame(&mut frames, FrameType::Entry, &forged);
    let hello = Hello {
        version: SESSION_VERSION,
        federation,
        epoch: 1,
        charter: CharterHash::from_bytes(*federation.as_bytes()),
        time: clock::now(),
    };
    let mut bytes = Message::Hello(hello).to_frame();
    bytes.extend(frames);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.map_err(|e| Problem::network(&e))?;
    runtime.block_on(send(address, &key, bytes))?;
    Ok(Attempt { entries: vec![own.id(), case.id()] })
}

async fn send(address: &str, key: &SecretKey, bytes: Vec<u8>) -> Result<(), Problem> {
    let (net, mut events) = Net::start(NetConfig::default(), key).map_err(|e| Problem::network(&e))?;
    net.dial(address).map_err(|e| Problem::network(&e))?;
    let talk = async {
        while let Some(event) = events.recv().await {
            match event {
                NetEvent::Connected { peer, .. } => {
                    net.send(peer, bytes.clone());
                }
                // An answer: what was sent before it has been read.
                NetEvent::Frames { .. } => return Ok(()),
                NetEvent::DialFailed { reason, .. } => return Err(Problem::network(&reason)),
                NetEvent::Listening { .. }
                | NetEvent::Disconnected { .. }
                | NetEvent::Drained { .. }
                | NetEvent::Broken { .. } => {}
            }
        }
        Ok(())
    };
    let heard = tokio::time::timeout(PATIENCE, talk).await;
    let result = heard.unwrap_or_else(|_| Err(Problem::network(&"nobody answered the stranger")));
    net.stop().await;
    result
}

fn admission(key: &SecretKey, federation: FederationId, org: &str) -> Result<Entry, Problem> {
    let org = org.parse().map_err(|e| Problem::network(&e))?;
    let body = Admission { org, name: "Fremmed kommune".to_owned(), number: None, key: key.log_key() };
    let facts = document(&chance()?, &body).map_err(|e| Problem::network(&e))?;
    let draft = Draft {
        kind: Kind::Admission,
        federation,
        seq: Seq::FIRST,
        previous: None,
        time: clock::now(),
        facts,
        text: Vec::new(),
    };
    Entry::sign(draft, key).map_err(|e| Problem::network(&e))
}

fn next<E: std::fmt::Display>(
    before: &Entry,
    key: &SecretKey,
    kind: Kind,
    facts: Result<Vec<u8>, E>,
) -> Result<Entry, Problem> {
    let header = before.header();
    let draft = Draft {
        kind,
        federation: header.federation,
        seq: header.seq.next(),
        previous: Some(before.id()),
        time: header.time,
        facts: facts.map_err(|e| Problem::network(&e))?,
        text: Vec::new(),
    };
    Entry::sign(draft, key).map_err(|e| Problem::network(&e))
}
