//! What the registrar signs in a history: who is admitted when, and the municipal reform that fell into it.

use idenett_protocol::body::{Admission, Party, Succession, SuccessionText};
use idenett_protocol::codes::{Code, Inherits, SuccessionType};
use idenett_protocol::kind::Kind;
use idenett_protocol::time::{Day, Timestamp};

use super::Plan;
use super::signing::{Keys, fault};
use crate::barometer::number_on;
use crate::desk::Problem;
use crate::keyfile::chance;
use crate::library::Writing;

/// What the registrar signs, in the order of time: admissions, and the reform that fell into it.
pub(super) fn acts(plan: &Plan, keys: &Keys) -> Result<Vec<(Timestamp, Writing)>, Problem> {
    let mut acts = Vec::new();
    for (member, key) in plan.members.iter().zip(&keys.nodes).skip(1) {
        let Some(municipality) = &member.municipality else { continue };
        let number = number_on(municipality.number, member.joined);
        let name = municipality.name.to_owned();
        let facts = document(&Admission { org: member.org, name, number, key: key.log_key() })?;
        acts.push((member.joined.start(), Writing { kind: Kind::Admission, facts, text: Vec::new() }));
    }
    if let Some(day) = Day::from_ymd(2024, 1, 1).filter(|day| plan.first < *day && *day <= plan.last) {
        acts.push((day.start(), split_of_alesund(day)?));
    }
    acts.sort_by_key(|(time, _)| *time);
    Ok(acts)
}

/// The one reform of 2024 that made two of one.
fn split_of_alesund(date: Day) -> Result<Writing, Problem> {
    let party = |number: &str, name: &str| Party { org: None, number: number.parse().ok(), name: name.to_owned() };
    let facts = document(&Succession {
        date,
        what: Code::Known(SuccessionType::Split),
        from: vec![party("1507", "Ålesund")],
        to: vec![party("1508", "Ålesund"), party("1580", "Haram")],
        inherits: Code::Known(Inherits::PerCase),
    })?;
    let text = document(&SuccessionText { source: "SSB KLASS 131".to_owned() })?;
    Ok(Writing { kind: Kind::Succession, facts, text })
}

fn document(body: &impl serde::Serialize) -> Result<Vec<u8>, Problem> {
    idenett_protocol::body::document(&chance()?, body).map_err(fault)
}
