//! Members: all of them on a map and in a table, and each with what it shared and what it uses.

use std::collections::BTreeMap;
use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use idenett_protocol::organisation::OrgNumber;

use crate::clock;
use crate::language::Tongue;
use crate::municipalities::{self, LanguageForm};
use crate::reading::{Catalogue, MunicipalityView, Party, members, municipality_view};
use crate::web::answer::data;
use crate::web::asked::Asked;
use crate::web::cards::{CardRow, GatheringRow};
use crate::web::failure::Failure;
use crate::web::map::Map;
use crate::web::name::Name;
use crate::web::nested::use_of;
use crate::web::shell::{Place, Shell};
use crate::web::site::Site;
use crate::web::text;
use crate::web::wording::{self, Fact, Named};

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/municipalities", get(list))
        .route("/municipality/{org}", get(show))
        .route("/municipality/{org}/json", get(json))
}

#[derive(Template)]
#[template(path = "municipalities.html")]
struct List {
    t: Tongue,
    shell: Shell,
    members: String,
    map: Map,
    rows: Vec<MemberRow>,
}

/// A member in the table.
struct MemberRow {
    who: Named,
    county: &'static str,
    shared: String,
    uses: String,
    used_by: String,
}

async fn list(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.page(asked, |site, asked| site.catalogue(|catalogue| Ok(list_page(site, asked, catalogue)))).await
}

fn list_page(site: &Site, asked: &Asked, catalogue: &Catalogue) -> List {
    let t = asked.t;
    let members = members(site.library());
    let tally = |p: &Party| catalogue.tally(p.org);
    let number = |n: usize| t.number(i64::try_from(n).unwrap_or(i64::MAX));
    let mut map = Map::new(t.say("map-members"), t.say("map-members-about"));
    let says = |p: &Party| format!("{}: {}", text::plain(&p.name), t.count("cases-count", tally(p).shared));
    map.mark(&members.iter().map(|p| (p.org, (tally(p).shared, says(p)))).collect());
    List {
        t,
        shell: Shell::new(site, asked, Place::Municipalities),
        members: t.count("members-count", members.len()).into_owned(),
        map,
        rows: members
            .iter()
            .map(|p| MemberRow {
                who: Named::party(p),
                county: municipalities::by_org(p.org).map(|m| m.county).unwrap_or_default(),
                shared: number(tally(p).shared),
                uses: number(tally(p).uses),
                used_by: number(tally(p).used_by),
            })
            .collect(),
    }
}

#[derive(Template)]
#[template(path = "municipality.html")]
struct Page {
    t: Tongue,
    shell: Shell,
    org: OrgNumber,
    href: String,
    name: String,
    parallel: String,
    shared: Vec<CardRow>,
    shared_count: String,
    uses: Vec<(CardRow, String)>,
    used_by: Vec<(Named, Named, String)>,
    needs: Vec<CardRow>,
    gatherings: Vec<GatheringRow>,
    map: Map,
    facts: Vec<Fact>,
}

async fn show(State(site): State<Arc<Site>>, asked: Asked, name: Name) -> Response {
    site.page(asked, move |site, asked| Ok(page(site, asked, &view(site, &name)?))).await
}

async fn json(State(site): State<Arc<Site>>, asked: Asked, name: Name) -> Response {
    site.answer(asked, move |site, _| {
        let json = serde_json::to_string_pretty(&view(site, &name)?).map_err(|e| Failure::Fault(e.to_string()))?;
        Ok(data(StatusCode::OK, "application/json", json))
    })
    .await
}

fn view(site: &Site, name: &Name) -> Result<MunicipalityView, Failure> {
    let org: OrgNumber = name.parse()?;
    let day = clock::now().day();
    let found = site.catalogue(|catalogue| Ok(municipality_view(site.library(), catalogue, org, day)?))?;
    found.ok_or(Failure::NotFound)
}

fn page(site: &Site, asked: &Asked, view: &MunicipalityView) -> Page {
    let t = asked.t;
    let known = municipalities::by_org(view.party.org);
    let what = |r: &crate::reading::ReuseOfOurs| {
        let title = if r.title.is_empty() { t.say("untitled").into_owned() } else { text::plain(&r.title) };
        Named::link(title, wording::case(&r.case))
    };
    let used_by = view.used_by.iter().map(|r| (Named::party(&r.party), what(r), use_of(t, &r.status, r.standing)));
    Page {
        t,
        shell: Shell::new(site, asked, Place::Municipalities),
        org: view.party.org,
        href: wording::municipality(view.party.org),
        name: text::plain(&view.party.name),
        parallel: known.map(|m| m.parallel.join(" – ")).unwrap_or_default(),
        shared: CardRow::all(t, &view.shared),
        shared_count: t.count("cases-count", view.shared_count).into_owned(),
        uses: view.uses.iter().map(|u| (CardRow::of(t, &u.case), use_of(t, &u.status, u.standing))).collect(),
        used_by: used_by.collect(),
        needs: CardRow::all(t, &view.needs),
        gatherings: view.gatherings.iter().map(|told| GatheringRow::of(t, told)).collect(),
        map: map(t, view),
        facts: facts(t, view),
    }
}

/// Who uses what a member shared, each once.
fn map(t: Tongue, view: &MunicipalityView) -> Map {
    let names: BTreeMap<OrgNumber, &str> = view.used_by.iter().map(|r| (r.party.org, r.party.name.as_str())).collect();
    let says = |org: OrgNumber, n: usize| {
        let name = names.get(&org).copied().unwrap_or_default();
        format!("{}: {}", text::plain(name), t.count("cases-count", n))
    };
    Map::of(t, view.diffusion(), text::plain(&view.party.name), says)
}

fn facts(t: Tongue, view: &MunicipalityView) -> Vec<Fact> {
    let known = municipalities::by_org(view.party.org);
    let form = known.map(|m| match m.language {
        LanguageForm::Nb => "Bokmål".to_owned(),
        LanguageForm::Nn => "Nynorsk".to_owned(),
        LanguageForm::Neutral => t.say("language-neutral").into_owned(),
    });
    let number = |n: u32| t.number(i64::from(n));
    let lines = [
        Fact::one(t, "facts-org", Some(Named::plain(view.party.org.to_string()))),
        Fact::one(t, "facts-number", known.map(|m| Named::plain(m.number.to_string()))),
        Fact::one(t, "column-county", known.map(|m| Named::plain(m.county))),
        Fact::one(t, "facts-population", known.map(|m| Named::plain(number(m.population)))),
        Fact::one(t, "facts-centrality", known.map(|m| Named::plain(m.centrality.to_string()))),
        Fact::one(t, "facts-kostra-group", known.map(|m| Named::plain(m.kostra_group.to_string()))),
        Fact::one(t, "facts-language", form.map(Named::plain)),
        Fact::one(t, "facts-member-since", view.since.map(|time| Named::plain(t.day_of(time)))),
    ];
    lines.into_iter().flatten().collect()
}
