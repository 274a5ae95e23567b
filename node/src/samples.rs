//! The sample records of `examples/`, carried in the binary so that the demo runs anywhere.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::{Value, json};

/// One sample as its file has it.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Its short name: that of the file.
    pub name: &'static str,
    /// Who publishes it in the demo.
    pub publisher: String,
    /// The sample on which it builds.
    pub builds_on: Option<String>,
    /// The sample plan and the goal in it that it serves.
    pub serves: Option<Serves>,
    /// What is published.
    pub record: Value,
}

/// A goal of a sample plan.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Serves {
    /// The plan.
    pub plan: String,
    /// The short id of the goal.
    pub goal: String,
}

impl Sample {
    /// The record with ids where its file or the plan of the demo names other samples. What `id`
    /// does not know is left out, or stays the name that it is.
    pub fn record_with(&self, id: impl Fn(&str) -> Option<String>) -> Value {
        let mut record = self.record.clone();
        if let Some(source) = self.builds_on.as_deref().and_then(&id) {
            record["builds_on"] = source.into();
        }
        if let Some((plan, serves)) = self.serves.as_ref().and_then(|s| Some((id(&s.plan)?, s))) {
            record["plan_goals"] = json!([{ "plan": plan, "goal": serves.goal }]);
        }
        let name_case = |value: &mut Value| {
            if let Some(known) = value.as_str().and_then(&id) {
                *value = known.into();
            }
        };
        record.get_mut("case").into_iter().for_each(name_case);
        for item in record.get_mut("cases").and_then(Value::as_array_mut).into_iter().flatten() {
            match item.get_mut("case") {
                Some(case) => name_case(case),
                None => name_case(item),
            }
        }
        record
    }
}

/// Why the samples cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SampleFault {
    /// A file is no TOML.
    #[error("the sample {0} cannot be read: {1}")]
    Toml(&'static str, String),
    /// The plan is no TOML.
    #[error("the plan of the demo cannot be read: {0}")]
    Plan(String),
    /// The plan does not say who publishes a sample.
    #[error("the plan of the demo does not say who publishes {0}")]
    Publisher(&'static str),
    /// Samples build on each other in a circle, or on one that is not there.
    #[error("the sample {0} builds on something that cannot come before it")]
    Order(&'static str),
}

macro_rules! files {
    ($folder:literal: $($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../examples/", $folder, "/", $name, ".toml")))),*]
    };
}

const CASES: &[(&str, &str)] = files!("cases":
    "baerum-digital-skolehverdag"
    "baerum-forskning-politisk-ledelse"
    "baerum-innovasjon-i-lederavtaler"
    "baerum-innovasjonspris"
    "baerum-innovasjonsstrategi"
    "baerum-lederprogram-innovasjon"
    "baerum-personalkantinen"
    "baerum-smartmat"
    "baerum-tanketanken-blogg"
    "baerum-veikart-innbyggerdialog"
    "gran-bolgen-lean"
    "gran-egenprodusert-film"
    "gran-innovasjonsplakaten"
    "gran-innovasjonspolitiker"
    "gran-ja-tenke-det"
    "gran-klimamaling-ekvall"
    "gran-piloten-hadeland"
    "gran-vi-i-gran-sfi"
    "gran-vi-i-gran"
    "ks-gode-historier"
    "ks-idepostkasse"
    "ks-innovasjonsbarometeret"
    "ks-kultursjekkliste"
    "ks-lean-alt-paa-en-gang"
    "ks-vurderingssloyfe"
    "lunner-innovasjonsstrategi"
    "lunner-ledersamling"
    "lunner-piloten-hadeland"
    "ovre-eiker-blt-metoden"
    "ovre-eiker-digitaliseringsstrategi"
    "ovre-eiker-innovasjonsstrategi"
    "ovre-eiker-kontaktskjema"
    "ovre-eiker-medvirkning-samskaping"
    "ovre-eiker-partssamarbeid"
    "ovre-eiker-slik-skaper-vi"
);

const NEEDS: &[(&str, &str)] = files!("needs":
    "baerum-maale-verdi"
    "baerum-naa-dem-som-ikke-moter"
    "gran-okonomistyring-gevinst"
    "gran-tid-til-ideer"
    "ks-gjenbruk-framfor-nytt"
    "lunner-flere-eldre"
    "ovre-eiker-klima-i-hverdagen"
    "ovre-eiker-ungt-utenforskap"
);

const PLANS: &[(&str, &str)] = files!("plans":
    "gran-plan-innovasjonsplakaten"
    "ovre-eiker-plan-digitalisering"
    "ovre-eiker-plan-innovasjon"
    "ovre-eiker-plan-medvirkning"
);

const PROGRAMMES: &[(&str, &str)] = files!("programmes":
    "baerum-arena-ekstern"
    "baerum-arena-intern"
    "gran-program-piloten-hadeland"
);

const COLLECTIONS: &[(&str, &str)] = files!("collections":
    "ks-samling-gode-historier"
);

const AWARDS: &[(&str, &str)] = files!("awards":
    "baerum-pris-egen"
    "baerum-pris-kommunesektoren"
);

/// Who publishes which sample, and on which other sample it builds.
const PLAN: &str = include_str!("../../examples/demo.toml");

/// A line of the plan.
#[derive(Clone, Debug, Deserialize)]
struct Planned {
    publisher: String,
    builds_on: Option<String>,
    serves: Option<Serves>,
}

/// The municipalities of 2024 with what the demo needs of them.
const MUNICIPALITIES: &str = include_str!("../../examples/municipalities.tsv");

/// A municipality of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Municipality {
    /// Its organisation number.
    pub org: String,
    /// Its municipality number of 2024.
    pub number: String,
    /// Its name.
    pub name: String,
    /// Its county.
    pub county: String,
}

/// The sample cases, each after the one on which it builds.
///
/// # Errors
/// If a file cannot be used.
pub fn cases() -> Result<Vec<Sample>, SampleFault> {
    let mut open = read_all(CASES)?;
    let mut ordered: Vec<Sample> = Vec::with_capacity(open.len());
    let mut done: BTreeSet<String> = BTreeSet::new();
    while !open.is_empty() {
        let ready = |s: &Sample| s.builds_on.as_ref().is_none_or(|name| done.contains(name));
        let (now, later): (Vec<_>, Vec<_>) = open.into_iter().partition(ready);
        if now.is_empty() {
            return Err(SampleFault::Order(later.first().map_or("?", |s| s.name)));
        }
        done.extend(now.iter().map(|s| s.name.to_owned()));
        ordered.extend(now);
        open = later;
    }
    Ok(ordered)
}

/// The sample needs.
///
/// # Errors
/// If a file cannot be used.
pub fn needs() -> Result<Vec<Sample>, SampleFault> {
    read_all(NEEDS)
}

/// The sample plans; they name no other sample.
///
/// # Errors
/// If a file cannot be used.
pub fn plans() -> Result<Vec<Sample>, SampleFault> {
    read_all(PLANS)
}

/// The samples that gather cases, each with the name of its kind: programmes, collections, awards.
/// Their files name sample cases where a record has ids.
///
/// # Errors
/// If a file cannot be used.
pub fn gatherings() -> Result<Vec<(&'static str, Sample)>, SampleFault> {
    let mut all = Vec::new();
    for (kind, files) in [("programme", PROGRAMMES), ("collection", COLLECTIONS), ("award", AWARDS)] {
        all.extend(read_all(files)?.into_iter().map(|sample| (kind, sample)));
    }
    Ok(all)
}

/// The municipalities that have an organisation number, by name of the table's order.
pub fn municipalities() -> Vec<Municipality> {
    let rows = MUNICIPALITIES.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let cell = |n: usize| cells.get(n).map(|c| (*c).to_owned());
        let row = Municipality { org: cell(0)?, number: cell(1)?, name: cell(2)?, county: cell(5)? };
        (!row.org.is_empty()).then_some(row)
    })
    .collect()
}

fn read_all(files: &[(&'static str, &str)]) -> Result<Vec<Sample>, SampleFault> {
    let plan: BTreeMap<String, Planned> = toml::from_str(PLAN).map_err(|e| SampleFault::Plan(e.to_string()))?;
    let read = |(name, text): &(&'static str, &str)| {
        let Planned { publisher, builds_on, serves } = plan.get(*name).cloned().ok_or(SampleFault::Publisher(name))?;
        let record = toml::from_str(text).map_err(|e| SampleFault::Toml(name, e.to_string()))?;
        Ok(Sample { name, publisher, builds_on, serves, record })
    };
    files.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_enough_samples_and_each_comes_after_its_source() {
        let cases = cases().expect("the samples are sound");
        assert!(cases.len() >= 24);
        let lang = |l: &str| cases.iter().filter(|c| c.record["lang"] == l).count();
        assert!(lang("nn") >= 6 && lang("nb") >= 12);
        let failures = cases.iter().filter(|c| c.record["status"] == "ended_with_lessons").count();
        assert!(failures >= 3);
        for (n, case) in cases.iter().enumerate() {
            let before = |name: &String| cases[..n].iter().any(|c| c.name == name);
            assert!(case.builds_on.as_ref().is_none_or(before), "{}", case.name);
        }
        assert!(needs().expect("the needs are sound").len() >= 6);
        let plans = plans().expect("the plans are sound");
        for serves in cases.iter().filter_map(|c| c.serves.as_ref()) {
            let plan = plans.iter().find(|p| p.name == serves.plan).expect(&serves.plan);
            let goals = plan.record["goals"].as_array().expect("goals");
            assert!(goals.iter().any(|goal| goal["id"] == serves.goal.as_str()), "{serves:?}");
        }
        assert_eq!(plans.iter().find(|p| p.record["kind"] == "manifesto").map(|p| goals(&p.record)), Some(10));
        assert!(municipalities().iter().any(|m| m.name == "Lunner" && m.number == "3234"));
    }

    fn goals(plan: &Value) -> usize {
        plan["goals"].as_array().map_or(0, Vec::len)
    }

    #[test]
    fn what_gathers_cases_names_sample_cases() {
        let cases = cases().expect("the samples are sound");
        let id = |name: &str| cases.iter().any(|c| c.name == name).then(|| "ab".repeat(32));
        let gatherings = gatherings().expect("the samples are sound");
        let mut named = 0;
        for (kind, sample) in &gatherings {
            let record = sample.record_with(id);
            let one = record["case"].as_str();
            let all = record["cases"].as_array().into_iter().flatten();
            for case in all.filter_map(|c| c["case"].as_str().or(c.as_str())).chain(one) {
                assert_eq!(case, id("baerum-smartmat").expect("a sample"), "{kind} {}", sample.name);
                named += 1;
            }
        }
        assert!(named >= 15 && gatherings.iter().any(|(kind, _)| *kind == "award"), "{named}");
    }
}
