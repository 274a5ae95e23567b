//! "Municipalities like ours": how alike two municipalities are, and by what. A solution that worked in a
//! municipality of the same size, economy and distance to others is more likely to work here.
//! Knows only the table of municipalities; an organisation that is none is like nobody.

use idenett_protocol::barometer::SizeBand;
use idenett_protocol::organisation::OrgNumber;

use crate::municipalities::{LanguageForm, Municipality, by_org};

/// How much each trait weighs; together 100.
const GROUP: u8 = 35;
const SIZE: u8 = 25;
const NEXT_SIZE: u8 = 10;
const CENTRALITY: u8 = 20;
const NEXT_CENTRALITY: u8 = 10;
const COUNTY: u8 = 12;
const LANGUAGE: u8 = 8;
/// From here on a municipality is called alike.
const ALIKE: u8 = 45;

/// One thing that two municipalities have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The same KOSTRA group: size and economy.
    KostraGroup(u8),
    /// As many people.
    Size(SizeBand),
    /// As far from towns.
    Centrality(u8),
    /// The same county.
    County(&'static str),
    /// The same written Norwegian.
    WrittenLanguage(LanguageForm),
}

/// How alike two municipalities are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likeness {
    /// From 0 to 100.
    pub score: u8,
    /// What they have in common, the weightiest first.
    pub reasons: Vec<Reason>,
}

impl Likeness {
    /// Whether the two are alike enough to be called so.
    pub const fn is_alike(&self) -> bool {
        self.score >= ALIKE
    }
}

/// How alike two organisations are; `None` unless both are municipalities, and two.
pub fn likeness(a: OrgNumber, b: OrgNumber) -> Option<Likeness> {
    (a != b).then_some(())?;
    Some(compare(by_org(a)?, by_org(b)?))
}

fn compare(a: &'static Municipality, b: &'static Municipality) -> Likeness {
    let mut found = Likeness { score: 0, reasons: Vec::new() };
    let mut add = |points: u8, reason: Option<Reason>| {
        found.score = found.score.saturating_add(points);
        found.reasons.extend(reason);
    };
    if a.kostra_group == b.kostra_group {
        add(GROUP, Some(Reason::KostraGroup(a.kostra_group)));
    }
    let (size, other) = (SizeBand::of(a.population), SizeBand::of(b.population));
    match (size as u8).abs_diff(other as u8) {
        0 => add(SIZE, Some(Reason::Size(size))),
        1 => add(NEXT_SIZE, None),
        _ => {}
    }
    match a.centrality.abs_diff(b.centrality) {
        0 => add(CENTRALITY, Some(Reason::Centrality(a.centrality))),
        1 => add(NEXT_CENTRALITY, None),
        _ => {}
    }
    if a.county == b.county {
        add(COUNTY, Some(Reason::County(a.county)));
    }
    // Two that ask for neither have nothing in common by that.
    if a.language == b.language && a.language != LanguageForm::Neutral {
        add(LANGUAGE, Some(Reason::WrittenLanguage(a.language)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> OrgNumber {
        crate::municipalities::all().iter().find(|m| m.name == name).expect(name).org
    }

    #[test]
    fn neighbours_of_one_size_are_more_alike_than_town_and_country() {
        let near = likeness(named("Gran"), named("Lunner")).expect("two municipalities");
        let far = likeness(named("Gran"), named("Oslo")).expect("two municipalities");
        assert!(near.score > far.score && !far.is_alike(), "{near:?} {far:?}");
        assert_eq!(near.score, likeness(named("Lunner"), named("Gran")).expect("two").score, "free of direction");
    }

    #[test]
    fn nobody_is_like_itself_and_a_county_like_nobody() {
        assert_eq!(likeness(named("Gran"), named("Gran")), None);
        assert_eq!(likeness(named("Gran"), "958935420".parse().expect("Oslo")).map(|l| l.score < 20), Some(true));
    }

    #[test]
    fn every_municipality_finds_some_that_are_like_it() {
        for m in crate::municipalities::all() {
            let alike = crate::municipalities::all()
                .iter()
                .filter(|other| likeness(m.org, other.org).is_some_and(|l| l.is_alike()))
                .count();
            assert!(alike > 0 || m.name == "Oslo", "{}", m.name);
        }
    }
}
