//! The nodes of the demo: KS as registrar and hub, the municipalities as members.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::path::Path;

use idenett_protocol::time::Timestamp;
use serde_json::{Value, json};

use super::say;
use super::town::Town;
use crate::clock;
use crate::config::{Config, Flags};
use crate::desk::{Desk, Federation, Founding, Problem, RegistrarAct, Request};
use crate::home::Home;
use crate::municipalities::{self, Municipality};

/// The organisation number of KS.
pub(super) const KS_ORG: &str = "971032146";
/// What the federation is called.
const NAME: &str = "Idenett demo";
/// The municipalities that publish, by their numbers of 2024.
const PUBLISHERS: [(&str, &str); 4] =
    [("ovre-eiker", "3314"), ("baerum", "3201"), ("gran", "3446"), ("lunner", "3234")];

/// Pages on a port that the system chooses: there are many nodes on this machine.
const ANY_PORT: &str = "127.0.0.1:0";

/// All nodes; the first is KS.
pub(super) struct Stage {
    pub(super) towns: Vec<Town>,
}

impl Stage {
    /// Makes and starts KS and the members, and has KS admit them.
    pub(super) fn build(place: &Path, members: usize) -> Result<Self, Problem> {
        say("KS founds the federation and starts its node.");
        let address = format!("/ip4/127.0.0.1/tcp/{}", free_port()?);
        let mut ks = found_ks(place, &address, NAME, clock::now())?;
        ks.start()?;
        let charter = ks.home.directory().join("charter.idn");
        ks.ask(&Request::CharterExport { file: charter.clone(), force: false })?;
        let mut stage = Self { towns: vec![ks] };
        for municipality in chosen(members)? {
            let mut town = found_member(place, &municipality, &charter)?;
            town.start()?;
            stage.admit(&town)?;
            stage.towns.push(town);
        }
        say(&format!("KS admitted {} municipalities; each runs a node of its own.", stage.towns.len() - 1));
        for town in &mut stage.towns {
            town.until("may sign", |t| Ok((t.ask(&Request::Status)?["signing"] == "ready").then_some(())))?;
        }
        Ok(stage)
    }

    /// Makes KS and the members without starting them. Nobody but KS is admitted yet.
    pub(super) fn at_rest(
        place: &Path,
        municipalities: &[Municipality],
        (name, founded): (&str, Timestamp),
    ) -> Result<Self, Problem> {
        let address = format!("/ip4/127.0.0.1/tcp/{}", free_port()?);
        let ks = found_ks(place, &address, name, founded)?;
        let charter = ks.home.directory().join("charter.idn");
        let desk = Desk::open(&ks.home, &Config::load(&ks.home, &Flags::new())?)?;
        desk.perform(Request::CharterExport { file: charter.clone(), force: false }, &mut |_| {})?;
        desk.close()?;
        let mut towns = vec![ks];
        for municipality in municipalities {
            towns.push(found_member(place, municipality, &charter)?);
        }
        Ok(Self { towns })
    }

    /// KS.
    pub(super) fn ks(&self) -> Result<&Town, Problem> {
        self.town("ks")
    }

    /// A node by its short name.
    pub(super) fn town(&self, slug: &str) -> Result<&Town, Problem> {
        self.towns.iter().find(|t| t.slug == slug).ok_or_else(|| missing(slug))
    }

    /// A node by its short name, to start or stop.
    pub(super) fn town_mut(&mut self, slug: &str) -> Result<&mut Town, Problem> {
        self.towns.iter_mut().find(|t| t.slug == slug).ok_or_else(|| missing(slug))
    }

    /// Has KS sign something as registrar.
    pub(super) fn registrar(&self, act: RegistrarAct) -> Result<Value, Problem> {
        let ks = self.ks()?;
        ks.ask(&Request::Registrar { key: ks.home.registrar_key(), act, offline: false })
    }

    /// Stops all nodes in good order, KS last.
    pub(super) fn stop(&mut self) -> Result<(), Problem> {
        self.towns.iter_mut().rev().try_for_each(Town::stop)
    }

    fn admit(&self, town: &Town) -> Result<(), Problem> {
        let request = town.ask(&Request::MemberRequest)?;
        self.registrar(RegistrarAct::Admit { request }).map(drop)
    }
}

fn found_member(place: &Path, municipality: &Municipality, charter: &Path) -> Result<Town, Problem> {
    let slug = slug_of(municipality);
    let settings = BTreeMap::from([
        ("org", vec![municipality.org.to_string()]),
        ("name", vec![municipality.name.to_owned()]),
        ("municipality_number", vec![municipality.number.to_string()]),
        ("web", vec![ANY_PORT.to_owned()]),
    ]);
    let founding = Founding { settings, federation: Federation::Charter(charter.to_owned()) };
    let home = Home::new(place.join(&slug));
    Town::found(&slug, municipality.name, &municipality.org.to_string(), home, &founding)
}

fn found_ks(place: &Path, address: &str, name: &str, now: Timestamp) -> Result<Town, Problem> {
    let home = Home::new(place.join("ks"));
    let settings = BTreeMap::from([
        ("org", vec![KS_ORG.to_owned()]),
        ("name", vec!["KS".to_owned()]),
        ("listen", vec![address.to_owned()]),
        ("announce", vec![address.to_owned()]),
        ("web", vec![ANY_PORT.to_owned()]),
    ]);
    let federation = Federation::New {
        name: name.to_owned(),
        reading: "open".to_owned(),
        bootstrap: vec![address.to_owned()],
        registrar_key: home.registrar_key(),
    };
    Town::found_at(("ks", "KS", KS_ORG), home, &Founding { settings, federation }, now)
}

/// The four that publish, then others evenly over the table.
pub(super) fn chosen(members: usize) -> Result<Vec<Municipality>, Problem> {
    let all = municipalities::all();
    let mut chosen = Vec::with_capacity(members);
    for (slug, number) in PUBLISHERS {
        chosen.push(all.iter().find(|m| m.number.to_string() == number).cloned().ok_or_else(|| missing(slug))?);
    }
    let others: Vec<&Municipality> =
        all.iter().filter(|m| PUBLISHERS.iter().all(|(_, n)| *n != m.number.to_string())).collect();
    let more = members.saturating_sub(chosen.len());
    let step = others.len().checked_div(more).unwrap_or(1).max(1);
    chosen.extend(others.into_iter().step_by(step).take(more).cloned());
    Ok(chosen)
}

/// The short name of a publisher, or the municipality number: two are called Herøy.
fn slug_of(municipality: &Municipality) -> String {
    let known = PUBLISHERS.iter().find(|(_, number)| *number == municipality.number.to_string());
    known.map_or_else(|| format!("kommune-{}", municipality.number), |(slug, _)| (*slug).to_owned())
}

/// A port that was free a moment ago.
fn free_port() -> Result<u16, Problem> {
    let bound = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    bound.map(|address| address.port()).map_err(|e| Problem::network(&e))
}

fn missing(what: &str) -> Problem {
    Problem::node(format!("the demo has no node `{what}`"), "this is a fault of the program; please report it")
}

/// The contact of a town: a function, never a person.
pub(super) fn contact(town: &Town) -> Value {
    json!({ "function": "Innovasjonsrådgiver", "mailbox": format!("postmottak@{}.example", town.slug) })
}
