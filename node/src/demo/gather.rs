//! What gathers cases in the demo: plans before them, programmes, collections and awards after.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::ask::{everywhere_equal, expect, known, publish, text};
use super::report::Report;
use super::say;
use super::stage::Stage;
use crate::desk::{List, Problem, Request};
use crate::samples::Sample;

/// The collection whose cases are looked for everywhere.
const COLLECTION: &str = "ks-samling-gode-historier";
/// A case that stands in several of them.
const GATHERED: &str = "baerum-personalkantinen";

/// Publishes what gathers cases, and sees that every node shows it from both ends.
pub(super) fn gather(
    stage: &mut Stage,
    plans: usize,
    gatherings: &[(&'static str, Sample)],
    ids: &mut BTreeMap<String, String>,
    report: &mut Report,
) -> Result<(), Problem> {
    say("Programmes, a collection and awards are published; every node shows them with their cases.");
    for (kind, sample) in gatherings {
        put(stage, sample, kind, ids)?;
    }
    everywhere_equal(stage)?;
    let of = |kind: &str| gatherings.iter().filter(|(k, _)| *k == kind).count();
    let counts =
        [("plan", plans), ("programme", of("programme")), ("collection", of("collection")), ("award", of("award"))];
    let (collection, case) = (known(ids, COLLECTION)?, known(ids, GATHERED)?);
    let named = gatherings.iter().find(|(_, s)| s.name == COLLECTION).map_or(0, |(_, s)| cases(&s.record));
    let appears = gatherings.iter().filter(|(_, s)| names(&s.record, GATHERED)).count();
    let mut nodes = 0;
    for town in &stage.towns {
        let mut complete = true;
        for (kind, count) in counts {
            let rows = town.ask(&Request::List(List { kind: kind.to_owned(), ..List::default() }))?;
            complete &= rows.as_array().map(Vec::len) == Some(count);
        }
        let show = |id: &String| town.ask(&Request::Show { id: id.clone(), kind: None });
        let (shown, place) = (show(&collection)?, show(&case)?);
        let titled = |case: &&Value| case["title"].is_string() && case["comment"].is_string();
        complete &= shown["cases"].as_array().map(|all| all.iter().filter(titled).count()) == Some(named);
        complete &= place["appears_in"].as_array().map(Vec::len) == Some(appears);
        nodes += usize::from(complete);
    }
    report.gathered = json!({
        "plans": plans, "programmes": of("programme"), "collections": of("collection"), "awards": of("award"),
        "cases_of_the_collection": named, "nodes": nodes,
    });
    expect(stage, "everything that gathers cases", nodes)
}

/// Publishes a sample with the ids of those that it names.
pub(super) fn put(
    stage: &Stage,
    sample: &Sample,
    kind: &str,
    ids: &mut BTreeMap<String, String>,
) -> Result<(), Problem> {
    let record = sample.record_with(|name| ids.get(name).cloned());
    let answer = publish(stage, &sample.publisher, kind, record)?;
    ids.insert(sample.name.to_owned(), text(&answer, "subject")?);
    Ok(())
}

fn cases(record: &Value) -> usize {
    record["cases"].as_array().map_or(0, Vec::len)
}

/// Whether a sample names another.
fn names(record: &Value, case: &str) -> bool {
    let listed = record["cases"].as_array().into_iter().flatten().any(|c| c == case || c["case"] == case);
    listed || record["case"] == case
}
