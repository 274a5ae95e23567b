//! The sample cases and needs of `examples/`, carried in the binary so that the demo runs anywhere.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

/// One sample as its file has it.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Its short name: that of the file.
    pub name: &'static str,
    /// Who publishes it in the demo.
    pub publisher: String,
    /// The sample on which it builds.
    pub builds_on: Option<String>,
    /// What is published.
    pub record: serde_json::Value,
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

/// Who publishes which sample, and on which other sample it builds.
const PLAN: &str = include_str!("../../examples/demo.toml");

/// A line of the plan.
#[derive(Clone, Debug, Deserialize)]
struct Planned {
    publisher: String,
    builds_on: Option<String>,
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

fn read_all(files: &[(&'static str, &str)]) -> Result<Vec<Sample>, SampleFault> {
    let plan: BTreeMap<String, Planned> = toml::from_str(PLAN).map_err(|e| SampleFault::Plan(e.to_string()))?;
    let read = |(name, text): &(&'static str, &str)| {
        let Planned { publisher, builds_on } = plan.get(*name).cloned().ok_or(SampleFault::Publisher(name))?;
        let record = toml::from_str(text).map_err(|e| SampleFault::Toml(name, e.to_string()))?;
        Ok(Sample { name, publisher, builds_on, record })
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
    }
}
