//! The reading pages: server-rendered, every function without script. Views never write: nothing here signs,
//! stores or changes anything.

mod limits;
mod text;
mod hosts;
mod seats;
mod patient;
mod server;
mod asked;
mod answer;
mod assets;
mod wording;
mod site;
mod shell;
mod failure;
mod name;
mod compression;
mod guard;
mod cards;
mod map;
mod chart;
mod nested;
mod turning;
mod filters;
mod matching;
mod api;
mod pages;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;

use crate::desk::{Desk, WebFacts};
use crate::problem::Problem;
use assets::Assets;
use hosts::Hosts;
pub use server::Pages;
use site::Site;

/// Serves the pages of a desk where its configuration says; `None` if it says nowhere, or if nobody said anything and
/// the usual address is taken. Tells the desk which.
///
/// # Errors
/// If the configured address cannot be used, or a style sheet cannot be read.
pub async fn serve(desk: &Arc<Desk>) -> Result<Option<Pages>, Problem> {
    let Some(wanted) = desk.config().web else { return Ok(None) };
    let listener = match TcpListener::bind(wanted).await {
        Ok(listener) => listener,
        Err(error) if desk.config().web_is_default() => {
            let problem = format!("{wanted} cannot be used ({}); set `web` to another address or `off`", said(&error));
            tracing::warn!(%problem, "the pages are not served");
            desk.set_web(WebFacts { address: None, problem: Some(problem) });
            return Ok(None);
        }
        Err(error) => return Err(unusable(wanted, &error)),
    };
    let address = listener.local_addr().map_err(|e| unusable(wanted, &e))?;
    let site = site(desk, address)?;
    let app = routes(&site);
    // Whoever asks first should not wait until all that this node holds is listed. A fault is told to who asks.
    tokio::task::spawn_blocking(move || drop(site.catalogue(|_| Ok(()))));
    desk.set_web(WebFacts { address: Some(format!("http://{address}")), problem: None });
    tracing::info!(%address, "the pages are served");
    Ok(Some(Pages::start(listener, address, app)))
}

/// The pages of a desk as they are reached at an address, without a socket.
///
/// # Errors
/// If a style sheet of the configuration cannot be read.
pub fn app(desk: &Arc<Desk>, address: SocketAddr) -> Result<Router, Problem> {
    Ok(routes(&site(desk, address)?))
}

fn site(desk: &Arc<Desk>, address: SocketAddr) -> Result<Arc<Site>, Problem> {
    let config = desk.config();
    let assets = Assets::load(&config.web_stylesheets)?;
    Ok(Arc::new(Site::new(Arc::clone(desk), assets, Hosts::new(address, &config.web_hosts))))
}

fn routes(site: &Arc<Site>) -> Router {
    let guard = axum::middleware::from_fn_with_state(Arc::clone(site), guard::guard);
    pages::routes().merge(api::routes()).layer(guard).with_state(Arc::clone(site))
}

fn unusable(address: SocketAddr, error: &std::io::Error) -> Problem {
    Problem::node(
        format!("the address {address} of the pages cannot be used: {}", said(error)),
        "choose another with `web` or --web, stop the program that uses it, or turn the pages off with `web = \"off\"`",
    )
}

fn said(error: &std::io::Error) -> String {
    use std::io::ErrorKind as E;
    let known = [
        (E::AddrInUse, "another program uses it"),
        (E::AddrNotAvailable, "this machine has no such address"),
        (E::PermissionDenied, "the system does not permit it"),
    ];
    let known = known.into_iter().find(|(kind, _)| *kind == error.kind());
    known.map_or_else(|| error.to_string(), |(_, text)| text.to_owned())
}

#[cfg(test)]
mod tests;
