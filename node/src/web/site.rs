//! What all pages share: the desk of the node, the files, the names, and the places at work.

use std::sync::{Arc, PoisonError, RwLock};

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use idenett_protocol::id::LogKey;
use idenett_protocol::time::Timestamp;
use tokio::sync::Semaphore;

use super::answer;
use super::asked::Asked;
use super::assets::Assets;
use super::failure::Failure;
use super::hosts::Hosts;
use super::limits::MAX_AT_WORK;
use crate::clock;
use crate::desk::Desk;
use crate::language::Tongue;
use crate::library::Library;
use crate::reading::{Catalogue, NetworkView, network_view};

/// The pages of a node.
pub(super) struct Site {
    desk: Arc<Desk>,
    assets: Assets,
    hosts: Hosts,
    at_work: Arc<Semaphore>,
    catalogue: RwLock<Catalogue>,
}

impl Site {
    pub(super) fn new(desk: Arc<Desk>, assets: Assets, hosts: Hosts) -> Self {
        let at_work = Arc::new(Semaphore::new(MAX_AT_WORK));
        Self { desk, assets, hosts, at_work, catalogue: RwLock::default() }
    }

    /// The node's desk.
    pub(super) fn desk(&self) -> &Desk {
        &self.desk
    }

    /// The replica.
    pub(super) fn library(&self) -> &Library {
        self.desk.library()
    }

    /// Looks at the catalogue, which is brought up to date first.
    pub(super) fn catalogue<T>(&self, look: impl FnOnce(&Catalogue) -> Result<T, Failure>) -> Result<T, Failure> {
        let current = self.catalogue.read().unwrap_or_else(PoisonError::into_inner).is_current(self.library());
        if !current {
            let mut catalogue = self.catalogue.write().unwrap_or_else(PoisonError::into_inner);
            catalogue.follow(self.library(), clock::now())?;
        }
        look(&self.catalogue.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The network as this node sees it now.
    pub(super) fn network(&self) -> Result<NetworkView, Failure> {
        let facts = self.desk.network_facts();
        let connected = facts.map(|f| f.peers.iter().map(|p| (p.key, p.since)).collect::<Vec<(LogKey, Timestamp)>>());
        Ok(network_view(self.library(), &self.desk.key().log_key(), connected.as_deref())?)
    }

    /// Style sheets, script, sign.
    pub(super) const fn assets(&self) -> &Assets {
        &self.assets
    }

    /// The names that are answered to.
    pub(super) const fn hosts(&self) -> &Hosts {
        &self.hosts
    }

    /// The language of who says nothing about it.
    pub(super) fn tongue(&self) -> Tongue {
        Tongue::of(self.desk.config().language)
    }

    /// Makes a page on a thread that may wait for the disk.
    pub(super) async fn page<T: Template>(
        self: &Arc<Self>,
        asked: Asked,
        make: impl FnOnce(&Site, &Asked) -> Result<T, Failure> + Send + 'static,
    ) -> Response {
        self.answer(asked, |site, asked| {
            let html = make(site, asked)?.render().map_err(|e| Failure::Fault(e.to_string()))?;
            Ok(answer::page(StatusCode::OK, html, asked))
        })
        .await
    }

    /// Makes any answer on a thread that may wait for the disk.
    pub(super) async fn answer(
        self: &Arc<Self>,
        asked: Asked,
        make: impl FnOnce(&Site, &Asked) -> Result<Response, Failure> + Send + 'static,
    ) -> Response {
        // The place is given back when the work ends, also where nobody waits for the answer any more.
        let Ok(place) = Arc::clone(&self.at_work).acquire_owned().await else {
            return Failure::Busy.answer(self, &asked);
        };
        let (site, wanted) = (Arc::clone(self), asked.clone());
        let work = tokio::task::spawn_blocking(move || {
            let made = make(&site, &wanted);
            drop(place);
            made.unwrap_or_else(|failure| failure.answer(&site, &wanted))
        });
        match work.await {
            Ok(answer) => answer,
            Err(error) => Failure::Fault(error.to_string()).answer(self, &asked),
        }
    }
}
