//! Any entry as it is stored.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use idenett_protocol::id::EntryId;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::json;
use super::parts::{Held, at};
use super::query::Query;
use crate::library::StoredText;
use crate::reading::verified;
use crate::web::asked::Asked;
use crate::web::failure::Failure;
use crate::web::name::Name;
use crate::web::site::Site;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/api/v1/records/{id}", get(show))
}

/// An entry of any kind, as it was signed.
#[derive(Serialize, ToSchema)]
struct Record {
    /// The entry.
    id: String,
    /// Its kind, as a code of the protocol.
    kind: String,
    /// The key that signed it, which names the log.
    log: String,
    /// Its place in the log, from 1.
    seq: u64,
    /// The entry before it in the log.
    previous: Option<String>,
    /// When it was signed, by the signer's clock.
    #[schema(format = DateTime)]
    signed: String,
    /// Whether signature and hashes hold, checked for this answer.
    verified: bool,
    /// Its facts; null if they are no JSON object.
    #[schema(value_type = Option<Object>)]
    facts: Option<Value>,
    /// Whether its text is held.
    text_state: Held,
    /// Its text; null where there is none here, or if it is no JSON object.
    #[schema(value_type = Option<Object>)]
    text: Option<Value>,
}

/// An entry of any kind with its documents as they were signed.
#[utoipa::path(get, path = "/api/v1/records/{id}", operation_id = "showRecord", responses((status = 200, description = "The entry.", body = Record)))]
pub(super) async fn show(State(site): State<Arc<Site>>, asked: Asked, name: Name) -> Response {
    site.answer(asked, move |site, asked| {
        Query::read(asked, &[])?;
        let id: EntryId = name.parse()?;
        let stored = site.library().entry(&id)?.ok_or(Failure::NotFound)?;
        let header = stored.header();
        let (text_state, text) = match &stored.text {
            StoredText::Here(bytes) => (Held::Here, object(bytes)),
            StoredText::Redacted(_) => (Held::Redacted, None),
            StoredText::Wanted => (Held::Wanted, None),
        };
        json(&Record {
            id: id.to_string(),
            kind: header.kind.to_string(),
            log: header.log.to_string(),
            seq: header.seq.get(),
            previous: header.previous.map(|p| p.to_string()),
            signed: at(header.time),
            verified: verified(site.library(), header, &id)?,
            facts: object(&stored.facts),
            text_state,
            text,
        })
    })
    .await
}

fn object(bytes: &[u8]) -> Option<Value> {
    serde_json::from_slice(bytes).ok().filter(Value::is_object)
}
