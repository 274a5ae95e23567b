//! Every municipal reform from 2017 to 2024, as Statistics Norway lists them: tables by municipality and county add up
//! in the structure of today and in that of the time.

use std::collections::{BTreeMap, BTreeSet};

use idenett::barometer::places;
use idenett_protocol::barometer::{
    Basis, CaseRecord, CaseVersion, Dimension, Focus, Indicator, Material, Membership, Reckoning, Reform, Signed, Span,
    UNASSIGNED, county,
};
use idenett_protocol::body::CaseFacts;
use idenett_protocol::codes::{CaseStatus, InnovationType};
use idenett_protocol::id::EntryId;
use idenett_protocol::organisation::{MunicipalityNumber, OrgNumber};
use idenett_protocol::time::Day;
use idenett_tests::corpus::org;

const CHANGES: &str = include_str!("../../../examples/municipality_changes.tsv");
const FIRST_YEAR: i32 = 2016;
const LAST_YEAR: i32 = 2025;

type Number = MunicipalityNumber;

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// The changes by day.
fn changes() -> BTreeMap<Day, Vec<(Number, Number)>> {
    let mut all: BTreeMap<Day, Vec<(Number, Number)>> = BTreeMap::new();
    for line in CHANGES.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let number = |n: usize| cells[n].parse().expect("a number");
        all.entry(day(cells[0])).or_default().push((number(1), number(2)));
    }
    all
}

/// The numbers in force in each year, found by going back from those of 2024.
fn in_force() -> BTreeMap<i32, BTreeSet<Number>> {
    let mut at: BTreeSet<Number> = places().all().filter(|p| p.traits.is_some()).map(|p| p.number).collect();
    let mut years = BTreeMap::new();
    let changes = changes();
    for year in (FIRST_YEAR..=LAST_YEAR).rev() {
        years.insert(year, at.clone());
        if let Some(of_year) = changes.get(&Day::from_ymd(year, 1, 1).expect("a day")) {
            for (_, to) in of_year {
                at.remove(to);
            }
            at.extend(of_year.iter().map(|(from, _)| *from));
        }
    }
    years
}

/// A member for every municipality there ever was, each with a case taken in use in July of every year it was there.
struct Country {
    material: Material,
    /// Of each municipality in force the organisation.
    orgs: BTreeMap<Number, OrgNumber>,
    next: usize,
}

impl Country {
    fn new() -> Self {
        let mut country = Self { material: Material::default(), orgs: BTreeMap::new(), next: 0 };
        for number in &in_force()[&FIRST_YEAR] {
            country.found(*number, day("2016-01-01"));
        }
        let changes = changes();
        for year in FIRST_YEAR..=LAST_YEAR {
            let first = Day::from_ymd(year, 1, 1).expect("a day");
            for part in changes.get(&first).map(|all| parts(all)).unwrap_or_default() {
                country.reform(first, &part);
            }
            country.work(Day::from_ymd(year, 7, 1).expect("a day"));
        }
        country
    }

    /// A new member for a number.
    fn found(&mut self, number: Number, since: Day) -> OrgNumber {
        let org: OrgNumber = org(self.next).parse().expect("an organisation number");
        self.next += 1;
        self.material.members.insert(org, Membership { keys: vec![(since, None)], number: Some((since, number)) });
        self.orgs.insert(number, org);
        org
    }

    /// Carries out changes that belong together. Who only gets another number, or takes in a neighbour under its own,
    /// stays who it is.
    fn reform(&mut self, first: Day, part: &[(Number, Number)]) {
        let from: BTreeSet<Number> = part.iter().map(|(from, _)| *from).collect();
        let to: BTreeSet<Number> = part.iter().map(|(_, to)| *to).collect();
        let before: Vec<(Option<OrgNumber>, Option<Number>)> =
            from.iter().map(|n| (self.orgs.get(n).copied(), Some(*n))).collect();
        if let ([(Some(org), _)], Some(only)) = (before.as_slice(), to.first().filter(|_| to.len() == 1)) {
            self.orgs.retain(|number, _| !from.contains(number));
            self.orgs.insert(*only, *org);
            return;
        }
        let staying: BTreeMap<Number, OrgNumber> =
            to.iter().filter(|n| from.contains(n)).filter_map(|n| Some((*n, *self.orgs.get(n)?))).collect();
        self.orgs.retain(|number, _| !from.contains(number));
        let mut after = Vec::new();
        for number in &to {
            let org = match staying.get(number) {
                Some(org) => *org,
                None => self.found(*number, first),
            };
            self.orgs.insert(*number, org);
            after.push((Some(org), Some(*number)));
        }
        // What is divided is told for each that was divided by itself, so that what is whole is not unsettled by it.
        for (org, number) in before {
            let number = number.expect("a number");
            let heirs: Vec<Number> = part.iter().filter(|(from, _)| *from == number).map(|(_, to)| *to).collect();
            let to: Vec<_> = after.iter().filter(|(_, n)| n.is_some_and(|n| heirs.contains(&n))).copied().collect();
            let all_to_one = to.len() == 1;
            self.material.reforms.push(Reform { day: first, from: vec![(org, Some(number))], to, all_to_one });
        }
    }

    fn work(&mut self, on: Day) {
        for (number, org) in &self.orgs {
            let mut id = [0; 32];
            id[..4].copy_from_slice(number.to_string().as_bytes());
            id[4..8].copy_from_slice(&on.number().to_be_bytes());
            let id = EntryId::from_bytes(id);
            let facts = CaseFacts {
                status: CaseStatus::InUse.into(),
                types: vec![InnovationType::Service.into()],
                ..CaseFacts::default()
            };
            let signed = Signed { id, number: 1, day: on, by: *org, withdrawn: None };
            let record = CaseRecord {
                publisher: *org,
                about: None,
                co_owners: BTreeMap::new(),
                published: on,
                withdrawn: None,
                versions: vec![CaseVersion::of(signed, &facts)],
                confirmed: Vec::new(),
                measured: Vec::new(),
                comments: Vec::new(),
                translated: None,
            };
            self.material.cases.insert(id, record);
        }
    }

    /// How many cases of a year stand in each part.
    fn table(&self, year: i32, cut: (Dimension, Basis)) -> BTreeMap<String, u64> {
        let reckoning = Reckoning::at(&self.material, places(), day("2026-06-30"), Focus::default());
        let figure = reckoning.figure(Indicator::B15, Span::Year(year), cut);
        figure.parts("share").map(|(part, v)| (part.to_owned(), v.denominator().expect("a share"))).collect()
    }
}

/// Changes of a day that have a number in common.
fn parts(changes: &[(Number, Number)]) -> Vec<Vec<(Number, Number)>> {
    let mut parts: Vec<Vec<(Number, Number)>> = Vec::new();
    for change in changes {
        let meets = |part: &Vec<(Number, Number)>| part.iter().any(|(from, to)| *from == change.0 || *to == change.1);
        let (mut joined, rest): (Vec<_>, Vec<_>) = parts.into_iter().partition(meets);
        parts = rest;
        let mut part = joined.drain(..).flatten().collect::<Vec<_>>();
        part.push(*change);
        parts.push(part);
    }
    parts
}

/// Where a number of July of a year is today; nothing where it was divided on the way.
fn today(number: Number, year: i32) -> Option<Number> {
    let later = changes().into_iter().filter(|(day, _)| day.ymd().0 > year);
    later.flat_map(|(_, all)| [all]).try_fold(number, |at, all| {
        let to: Vec<Number> = all.iter().filter(|(from, _)| *from == at).map(|(_, to)| *to).collect();
        match to.as_slice() {
            [] => Some(at),
            [only] => Some(*only),
            several => several.contains(&at).then_some(at),
        }
    })
}

#[test]
fn the_table_leads_to_the_municipalities_of_each_year() {
    let counts: Vec<usize> = in_force().values().map(BTreeSet::len).collect();
    assert_eq!(counts, [428, 426, 422, 422, 356, 356, 356, 356, 357, 357]);
}

#[test]
fn every_table_adds_up_in_both_structures() {
    let country = Country::new();
    for (year, numbers) in in_force() {
        let total = numbers.len() as u64;
        let then = country.table(year, (Dimension::Municipality, Basis::Then));
        let expected: BTreeMap<String, u64> = numbers.iter().map(|n| (n.to_string(), 1)).collect();
        assert_eq!(then, expected, "{year}: each municipality of the time has its case");
        let mut now: BTreeMap<String, u64> = BTreeMap::new();
        for number in &numbers {
            let part = today(*number, year).map_or_else(|| UNASSIGNED.to_owned(), |n| n.to_string());
            *now.entry(part).or_default() += 1;
        }
        assert_eq!(country.table(year, (Dimension::Municipality, Basis::Today)), now, "{year} today");
        for basis in [Basis::Then, Basis::Today] {
            let counties = country.table(year, (Dimension::County, basis));
            assert_eq!(counties.values().sum::<u64>(), total, "{year} {basis:?}");
            let of: BTreeSet<String> = numbers.iter().map(|n| county(*n)).collect();
            assert!(basis == Basis::Today || counties.keys().cloned().collect::<BTreeSet<_>>() == of, "{year}");
        }
    }
}

#[test]
fn what_was_divided_belongs_to_nobody_and_the_rest_to_its_heirs() {
    let country = Country::new();
    let unassigned = |year| country.table(year, (Dimension::Municipality, Basis::Today)).get(UNASSIGNED).copied();
    // Stokke, Snillfjord, Tysfjord, and the five that became Ålesund of 2020, which was divided in 2024.
    assert_eq!(unassigned(2016), Some(1 + 1 + 1 + 5));
    assert_eq!(unassigned(2019), Some(1 + 1 + 5));
    // From 2020 on only Ålesund itself.
    assert_eq!([unassigned(2021), unassigned(2024)], [Some(1), None]);
}
