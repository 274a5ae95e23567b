//! A small material and its figures, for the tests beside this file: three cases of Gran, each used in Oslo.

use std::collections::BTreeMap;

use idenett_protocol::barometer::{
    CaseRecord, CaseVersion, CommentRecord, Focus, Material, Membership, NeedRecord, NeedVersion, Place, Places,
    ProgrammeRecord, Reckoning, Reform, Renumbering, ReuseRecord, ReuseVersion, Signed, SizeBand, Span, Statistics,
    Traits,
};
use idenett_protocol::body::{Amount, CaseFacts, FactorScore, Saved, ValueClaim};
use idenett_protocol::codes::{
    CaseStatus, Channel, CommentKind, Factor, InnovationType, Lang, NeedStatus, Origin, Participant, ReuseStatus,
    SavedUnit, SavingMethod, Sector, Theme, Value,
};
use idenett_protocol::id::EntryId;
use idenett_protocol::organisation::{MunicipalityNumber, OrgNumber};
use idenett_protocol::time::Day;

const CASES: u8 = 3;

pub(super) fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

fn id(n: u8) -> EntryId {
    EntryId::from_bytes([n; 32])
}

fn number(text: &str) -> MunicipalityNumber {
    text.parse().expect("a municipality number")
}

fn gran() -> OrgNumber {
    "961381541".parse().expect("an organisation number")
}

fn oslo() -> OrgNumber {
    "958935420".parse().expect("an organisation number")
}

pub(super) fn programmes() -> BTreeMap<EntryId, String> {
    [(id(90), "Læringsnettverk".to_owned())].into()
}

/// Gran with its county and its number of before 2020, and Oslo, which is both.
pub(super) fn places() -> Places {
    let traits = |kostra_group, size| Traits { kostra_group, centrality: kostra_group, size, written: Some(Lang::Nb) };
    let place = |org, n, name: &str, traits| Place { org, number: number(n), name: name.to_owned(), traits };
    let places = vec![
        place(Some(oslo()), "0301", "Oslo", Some(traits(1, SizeBand::Over50))),
        place(None, "3400", "Innlandet", None),
        place(Some(gran()), "3446", "Gran", Some(traits(3, SizeBand::From10To20))),
    ];
    let change = Renumbering { day: day("2020-01-01"), from: number("0534"), to: number("3446") };
    Places::new(day("2024-01-01"), places, [change])
}

pub(super) fn material() -> Material {
    let membership =
        Membership { keys: vec![(day("2020-01-01"), None)], number: Some((day("2020-01-01"), number("0301"))) };
    let reform = Reform {
        day: day("2020-01-01"),
        from: vec![(None, Some(number("0534")))],
        to: vec![(Some(gran()), Some(number("3446")))],
        all_to_one: true,
    };
    let programme =
        ProgrammeRecord { published: day("2025-01-01"), withdrawn: None, is_arena: true, cases: [id(1)].into() };
    Material {
        members: [(gran(), Membership { number: None, ..membership.clone() }), (oslo(), membership)].into(),
        reforms: vec![reform],
        cases: (1..=CASES).map(|n| (id(n), case(n))).collect(),
        reuses: (1..=CASES).map(|n| (id(n), [(id(n + 40), reuse(n + 40))].into())).collect(),
        needs: [(id(80), need(80))].into(),
        programmes: [(id(90), programme)].into(),
    }
}

fn case(n: u8) -> CaseRecord {
    let facts = CaseFacts {
        lang: Lang::Nb.into(),
        status: CaseStatus::Utilised.into(),
        types: vec![InnovationType::Product.into(), InnovationType::Service.into()],
        sector: Sector::Culture.into(),
        themes: vec![Theme::Arbeid.into()],
        origin: Origin::Adapted.into(),
        builds_on: vec![id(7)],
        values: vec![ValueClaim { kind: Value::Quality.into(), observed: true }],
        initiated_by: vec![Participant::Employees.into()],
        participants: vec![Participant::Citizens.into(), Participant::Research.into()],
        promoting: vec![FactorScore { factor: Factor::Competence.into(), score: 2 }],
        hindering: vec![FactorScore { factor: Factor::Economy.into(), score: -1 }],
        valid_until: Some(day("2027-01-01")),
        ..CaseFacts::default()
    };
    let signed = Signed { id: id(n), number: 1, day: day("2025-03-01"), by: gran(), withdrawn: None };
    let question = CommentRecord {
        day: day("2025-04-01"),
        by: oslo(),
        kind: CommentKind::Question,
        answered: Some(day("2025-04-03")),
        adopted: None,
    };
    CaseRecord {
        publisher: gran(),
        about: None,
        co_owners: [(gran(), day("2025-03-05"))].into(),
        published: day("2025-03-01"),
        withdrawn: None,
        versions: vec![CaseVersion::of(signed, &facts)],
        confirmed: vec![(day("2026-01-01"), day("2027-06-01"))],
        measured: vec![(day("2026-02-01"), gran())],
        comments: vec![question],
        translated: None,
    }
}

fn reuse(n: u8) -> ReuseRecord {
    let amount = Amount { low: Some(100), expected: Some(200), high: None };
    let saved = Saved {
        amount,
        unit: SavedUnit::NokYear.into(),
        price_year: Some(2025),
        method: SavingMethod::Estimate.into(),
    };
    let version = ReuseVersion {
        id: id(n),
        number: 1,
        day: day("2025-06-01"),
        withdrawn: None,
        degree: Some(Origin::Copy),
        status: Some(ReuseStatus::InUse),
        in_use: None,
        unit: Some("=1+1".to_owned()),
        lang: Some(Lang::Nn),
        valid_until: None,
        channel: Some(Channel::ThisNetwork),
        saved: Some(saved),
        outcome: Some(-1),
    };
    ReuseRecord {
        org: oslo(),
        declared: day("2025-06-01"),
        withdrawn: None,
        versions: vec![version],
        confirmed: vec![(day("2026-03-01"), day("2028-01-01"))],
    }
}

fn need(n: u8) -> NeedRecord {
    let version = NeedVersion {
        id: id(n),
        number: 1,
        day: day("2026-01-15"),
        withdrawn: None,
        status: Some(NeedStatus::Open),
        sector: Some(Sector::Social),
        themes: vec![Theme::Arbeid],
        valid_until: Some(day("2027-01-15")),
        met_by: None,
    };
    NeedRecord { owner: gran(), opened: day("2026-01-15"), withdrawn: None, versions: vec![version] }
}

/// Every figure of a release of the material.
pub(super) fn statistics() -> Statistics {
    let (material, places) = (material(), places());
    Reckoning::at(&material, &places, day("2026-11-25"), Focus::default()).statistics(Span::Months24)
}
