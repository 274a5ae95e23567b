//! One municipality: what it shared, what it uses, who uses what it shared, and those that are like it.

use std::cmp::Reverse;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use idenett_protocol::organisation::OrgNumber;
use serde::Serialize;
use utoipa::ToSchema;

use super::gatherings::GatheringItem;
use super::items::{CaseItem, NeedItem};
use super::json;
use super::parts::{Organisation, Stand, at, code, fitting};
use super::query::Query;
use crate::clock;
use crate::likeness::{Reason, likeness};
use crate::municipalities::{LanguageForm, Municipality, by_org};
use crate::reading::{MunicipalityView, ReuseOfOthers, ReuseOfOurs, members, municipality_view};
use crate::web::asked::Asked;
use crate::web::failure::Failure;
use crate::web::name::Name;
use crate::web::site::Site;
use crate::web::wording;

/// Members that are told as being alike.
const MAX_ALIKE: usize = 20;
/// Uses in each direction that are told.
const MAX_USES: usize = 500;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/api/v1/municipalities/{org}", get(show))
}

/// A municipality or another member, and its part in the network.
#[derive(Serialize, ToSchema)]
struct MunicipalityDetail {
    /// Its organisation number.
    org: String,
    /// Its name.
    name: String,
    /// The address of its page.
    page: String,
    /// When it was admitted; null if it is no member.
    #[schema(format = DateTime)]
    member_since: Option<String>,
    /// What is known of it as a municipality; null where it is none.
    about: Option<Traits>,
    /// What it shared, the newest first; at most 60, and no more than fit.
    shared: Vec<CaseItem>,
    /// How many cases that is.
    shared_total: usize,
    /// What it needs, the newest first; at most 60, and no more than fit.
    needs: Vec<NeedItem>,
    /// What it gathers cases in: plans, programmes, collections, awards, the newest of each first; at most 60, and no more
    /// than fit.
    gatherings: Vec<GatheringItem>,
    /// What it uses of others; at most 500, and no more than fit.
    uses: Vec<UseOfOthers>,
    /// Who uses what it shared; at most 500, and no more than fit.
    used_by: Vec<UseByOthers>,
    /// Members that are like it, the most alike first; at most 20.
    alike: Vec<Alike>,
}

/// A municipality by the table of 2024.
#[derive(Serialize, ToSchema)]
struct Traits {
    /// Its number.
    number: String,
    /// Its official names in other languages.
    parallel_names: Vec<String>,
    /// Its county.
    county: String,
    /// People who lived there at the beginning of 2024.
    population: u32,
    /// Centrality, from 1 (most central) to 6.
    centrality: u8,
    /// Its KOSTRA group.
    kostra_group: u8,
    /// The written Norwegian that it asks the state to use: `nb`, `nn`, or `neutral`.
    written_language: String,
}

/// What a member uses of another.
#[derive(Serialize, ToSchema)]
struct UseOfOthers {
    /// The case.
    case: CaseItem,
    /// How far it has come, as a code.
    status: String,
    /// How it stands.
    standing: Stand,
}

/// Who uses what a member shared.
#[derive(Serialize, ToSchema)]
struct UseByOthers {
    /// Who.
    by: Organisation,
    /// The case.
    case: String,
    /// The name of the case; empty where the text is not here.
    title: String,
    /// How far it has come, as a code.
    status: String,
    /// How it stands.
    standing: Stand,
}

/// A member that is like another.
#[derive(Serialize, ToSchema)]
struct Alike {
    /// Who.
    organisation: Organisation,
    /// How alike, from 0 to 100.
    score: u8,
    /// What they have in common, the weightiest first.
    reasons: Vec<InCommon>,
}

/// Something that two municipalities have in common.
#[derive(Serialize, ToSchema)]
struct InCommon {
    /// What.
    reason: By,
    /// The value in which they agree, as filters of searches write it.
    value: String,
}

/// By what two municipalities are alike.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum By {
    KostraGroup,
    Size,
    Centrality,
    County,
    WrittenLanguage,
}

/// One municipality with everything that its page shows. Those that are no members are there too.
#[utoipa::path(get, path = "/api/v1/municipalities/{org}", operation_id = "showMunicipality", responses((status = 200, description = "The municipality.", body = MunicipalityDetail)))]
pub(super) async fn show(State(site): State<Arc<Site>>, asked: Asked, name: Name) -> Response {
    site.answer(asked, move |site, asked| {
        Query::read(asked, &[])?;
        let org: OrgNumber = name.parse()?;
        let day = clock::now().day();
        let found = site.catalogue(|catalogue| Ok(municipality_view(site.library(), catalogue, org, day)?))?;
        json(&detail(found.ok_or(Failure::NotFound)?, alike(site, org)))
    })
    .await
}

fn detail(view: MunicipalityView, alike: Vec<Alike>) -> MunicipalityDetail {
    MunicipalityDetail {
        org: view.party.org.to_string(),
        page: wording::municipality(view.party.org),
        about: by_org(view.party.org).map(Traits::from),
        name: view.party.name,
        member_since: view.since.map(at),
        shared: fitting(view.shared.into_iter().map(CaseItem::from)),
        shared_total: view.shared_count,
        needs: fitting(view.needs.into_iter().map(NeedItem::from)),
        gatherings: fitting(view.gatherings.into_iter().map(GatheringItem::from)),
        uses: fitting(view.uses.into_iter().take(MAX_USES).map(UseOfOthers::from)),
        used_by: fitting(view.used_by.into_iter().take(MAX_USES).map(UseByOthers::from)),
        alike,
    }
}

/// Members that are like an organisation, the most alike first.
fn alike(site: &Site, org: OrgNumber) -> Vec<Alike> {
    let like = |party: crate::reading::Party| {
        let likeness = likeness(org, party.org).filter(crate::likeness::Likeness::is_alike)?;
        let reasons = likeness.reasons.iter().map(InCommon::from).collect();
        Some(Alike { organisation: party.into(), score: likeness.score, reasons })
    };
    let mut all: Vec<Alike> = members(site.library()).into_iter().filter_map(like).collect();
    all.sort_by_key(|alike| Reverse(alike.score));
    all.truncate(MAX_ALIKE);
    all
}

const fn form(language: LanguageForm) -> &'static str {
    match language {
        LanguageForm::Nb => "nb",
        LanguageForm::Nn => "nn",
        LanguageForm::Neutral => "neutral",
    }
}

impl From<&Municipality> for Traits {
    fn from(m: &Municipality) -> Self {
        Self {
            number: m.number.to_string(),
            parallel_names: m.parallel.iter().map(|name| (*name).to_owned()).collect(),
            county: m.county.to_owned(),
            population: m.population,
            centrality: m.centrality,
            kostra_group: m.kostra_group,
            written_language: form(m.language).to_owned(),
        }
    }
}

impl From<&Reason> for InCommon {
    fn from(reason: &Reason) -> Self {
        let (reason, value) = match reason {
            Reason::KostraGroup(group) => (By::KostraGroup, group.to_string()),
            Reason::Size(band) => (By::Size, band.id().to_owned()),
            Reason::Centrality(centrality) => (By::Centrality, centrality.to_string()),
            Reason::County(county) => (By::County, (*county).to_owned()),
            Reason::WrittenLanguage(language) => (By::WrittenLanguage, form(*language).to_owned()),
        };
        Self { reason, value }
    }
}

impl From<ReuseOfOthers> for UseOfOthers {
    fn from(reuse: ReuseOfOthers) -> Self {
        Self { case: reuse.case.into(), status: code(&reuse.status), standing: reuse.standing.into() }
    }
}

impl From<ReuseOfOurs> for UseByOthers {
    fn from(reuse: ReuseOfOurs) -> Self {
        Self {
            by: reuse.party.into(),
            case: reuse.case.to_string(),
            title: reuse.title,
            status: code(&reuse.status),
            standing: reuse.standing.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use idenett_protocol::kind::Kind;

    use super::*;
    use crate::municipalities::all;
    use crate::search::Facet;
    use crate::web::filters::is_value;

    #[test]
    fn what_is_in_common_can_be_filtered_by() {
        let gran: OrgNumber = "961381541".parse().expect("a number");
        let mut told = 0;
        for likeness in all().iter().filter_map(|other| likeness(gran, other.org)) {
            for one in likeness.reasons.iter().map(InCommon::from) {
                let facet = match one.reason {
                    By::KostraGroup => Facet::KostraGroup,
                    By::Size => Facet::Size,
                    By::Centrality => Facet::Centrality,
                    By::County => Facet::County,
                    By::WrittenLanguage => Facet::Language,
                };
                assert!(is_value(facet, Kind::Case, &one.value), "{facet:?} {}", one.value);
                told += 1;
            }
        }
        assert!(told > 100, "{told}");
    }
}
