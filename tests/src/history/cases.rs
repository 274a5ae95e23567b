//! Cases with their versions, what was said about them, and the programmes that show them.

use std::collections::BTreeMap;

use idenett_protocol::barometer::{CaseRecord, CaseVersion, CommentRecord, Material, ProgrammeRecord, Reform, Signed};
use idenett_protocol::body::{CaseFacts, FactorScore, Period, ValueClaim};
use idenett_protocol::codes::{
    CaseStatus, Code, CodeList, CommentKind, Factor, InnovationType, Lang, Origin, Participant, Sector, Theme, Value,
};
use idenett_protocol::id::EntryId;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::time::Day;

use super::{any_day, code, codes, confirmations, id, later, maybe, one, revisions};
use crate::random::Random;

pub(super) fn programmes(count: usize, random: &mut Random) -> BTreeMap<EntryId, ProgrammeRecord> {
    let mut all = BTreeMap::new();
    for _ in 0..count {
        let published = any_day(random);
        let withdrawn = maybe(20, random, |r| later(published, 1_500, r));
        let programme = ProgrammeRecord { published, withdrawn, is_arena: random.chance(50), cases: [].into() };
        all.insert(id(random), programme);
    }
    all
}

/// Lets programmes show some cases.
pub(super) fn show(material: &mut Material, random: &mut Random) {
    let cases: Vec<EntryId> = material.cases.keys().copied().collect();
    for programme in material.programmes.values_mut() {
        programme.cases = (0..random.index(20)).map(|_| one(&cases, random)).collect();
    }
}

pub(super) fn make(count: usize, material: &Material, random: &mut Random) -> BTreeMap<EntryId, CaseRecord> {
    let orgs: Vec<OrgNumber> = material.members.keys().copied().collect();
    let programmes: Vec<EntryId> = material.programmes.keys().copied().collect();
    let mut all: BTreeMap<EntryId, CaseRecord> = BTreeMap::new();
    let mut before: Vec<EntryId> = Vec::with_capacity(count);
    for _ in 0..count {
        let record = case(
            &orgs,
            &material.reforms,
            &mut |facts, random| {
                facts.builds_on =
                    (0..random.index(3)).filter_map(|_| before.get(random.index(before.len() + 1)).copied()).collect();
                facts.programmes = (0..random.index(2)).map(|_| one(&programmes, random)).collect();
            },
            random,
        );
        before.push(record.0);
        all.insert(record.0, record.1);
    }
    all
}

type Links<'a> = dyn FnMut(&mut CaseFacts, &mut Random) + 'a;

fn case(orgs: &[OrgNumber], reforms: &[Reform], links: &mut Links<'_>, random: &mut Random) -> (EntryId, CaseRecord) {
    let (publisher, published, subject) = (one(orgs, random), any_day(random), id(random));
    let about = maybe(15, random, |r| one(orgs, r)).filter(|org| *org != publisher);
    let signers: Vec<OrgNumber> = [publisher].into_iter().chain(about).chain(followers(publisher, reforms)).collect();
    let mut versions = Vec::new();
    for (at, (number, day)) in revisions(published, 4, random).into_iter().enumerate() {
        // The first is signed by its publisher, and its id is the name of the case.
        let (id, by) = if at == 0 { (subject, publisher) } else { (id(random), one(&signers, random)) };
        let withdrawn = maybe(6, random, |r| later(day, 600, r));
        let mut facts = facts(day, at == 0, random);
        links(&mut facts, random);
        versions.push(CaseVersion::of(Signed { id, number, day, by, withdrawn }, &facts));
    }
    versions.sort_by_key(|v| (v.number, v.id));
    let record = CaseRecord {
        publisher,
        about,
        co_owners: (0..random.index(3)).map(|_| (one(orgs, random), later(published, 900, random))).collect(),
        published,
        withdrawn: maybe(8, random, |r| later(published, 1_500, r)),
        versions,
        confirmed: confirmations(published, random),
        measured: (0..random.index(3)).map(|_| (later(published, 900, random), one(orgs, random))).collect(),
        comments: (0..random.index(5)).map(|_| comment(published, orgs, random)).collect(),
        translated: maybe(15, random, |r| later(published, 900, r)),
    };
    (subject, record)
}

/// Who followed an organisation by any reform.
fn followers(org: OrgNumber, reforms: &[Reform]) -> Vec<OrgNumber> {
    let followed = reforms.iter().filter(|r| r.from.iter().any(|f| f.0 == Some(org)));
    followed.flat_map(|r| r.to.iter().filter_map(|t| t.0)).collect()
}

fn facts(day: Day, is_first: bool, random: &mut Random) -> CaseFacts {
    let statuses = [CaseStatus::InUse, CaseStatus::Utilised, CaseStatus::EndedWithLessons, CaseStatus::Discontinued];
    let status = if random.chance(80) { Some(one(&statuses, random)) } else { code(random) };
    let in_use = maybe(40, random, |r| later(day.add_days(-700), 900, r));
    let mut values: Vec<ValueClaim> = Vec::new();
    for kind in codes::<Value>(4, random) {
        values.push(ValueClaim { kind: kind.into(), observed: random.chance(60) });
    }
    CaseFacts {
        external_id: maybe(if is_first { 20 } else { 3 }, random, |_| "old:1".to_owned()),
        lang: stated(code::<Lang>(random)),
        status: stated(status),
        types: listed(codes::<InnovationType>(3, random)),
        sector: stated(code::<Sector>(random)),
        themes: listed(codes::<Theme>(3, random)),
        origin: stated(code::<Origin>(random)),
        values,
        initiated_by: listed(codes::<Participant>(3, random)),
        participants: listed(codes::<Participant>(4, random)),
        promoting: factors(random),
        hindering: factors(random),
        period: in_use.map(|day| Period { in_use: Some(day), ..Period::default() }),
        valid_until: maybe(85, random, |r| later(day, 1_100, r)),
        ..CaseFacts::default()
    }
}

fn factors(random: &mut Random) -> Vec<FactorScore> {
    let factors = codes::<Factor>(3, random);
    factors.into_iter().map(|f| FactorScore { factor: f.into(), score: one(&[-2, -1, 0, 1, 2], random) }).collect()
}

fn comment(from: Day, orgs: &[OrgNumber], random: &mut Random) -> CommentRecord {
    let day = later(from, 1_200, random);
    CommentRecord {
        day,
        by: one(orgs, random),
        kind: one(CommentKind::ALL, random),
        answered: maybe(60, random, |r| later(day, 28, r)),
        adopted: maybe(30, random, |r| later(day, 200, r)),
    }
}

fn stated<T: CodeList>(code: Option<T>) -> Code<T> {
    code.unwrap_or(T::NOT_STATED).into()
}

fn listed<T: CodeList>(codes: Vec<T>) -> Vec<Code<T>> {
    codes.into_iter().map(Code::from).collect()
}
