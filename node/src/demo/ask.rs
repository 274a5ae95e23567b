//! What the demo asks of its nodes again and again.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::Value;

use super::stage::Stage;
use super::town::PATIENCE;
use crate::clock::Watch;
use crate::desk::{Problem, Publish, Request};

pub(super) fn publish(stage: &Stage, slug: &str, kind: &str, input: Value) -> Result<Value, Problem> {
    let request = Request::Publish(Publish { kind: kind.to_owned(), input, no_personal_data: true });
    let answer = stage.town(slug)?.ask(&request)?;
    if answer["state"] == "published" {
        return Ok(answer);
    }
    Err(Problem::node(format!("{slug} could not publish at once: {answer}"), "read run.log in its directory"))
}

/// Waits until all nodes that run have one frontier. Gives its digest.
pub(super) fn everywhere_equal(stage: &mut Stage) -> Result<String, Problem> {
    let towns = stage.towns.len();
    let watch = Watch::start();
    loop {
        let mut frontiers = Vec::with_capacity(towns);
        for town in stage.towns.iter().filter(|t| t.is_running()) {
            frontiers.push(text(&town.ask(&Request::Status)?, "frontier")?);
        }
        if let Some(first) = frontiers.first().filter(|first| frontiers.iter().all(|f| f == *first)) {
            return Ok(first.clone());
        }
        if watch.elapsed() > PATIENCE {
            return Err(Problem::node(
                "the nodes did not become equal",
                "read run.log in their directories (--keep DIR)",
            ));
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

pub(super) fn expect(stage: &Stage, what: &str, nodes: usize) -> Result<(), Problem> {
    if nodes == stage.towns.len() {
        return Ok(());
    }
    let all = stage.towns.len();
    Err(Problem::node(format!("{what} is on {nodes} of {all} nodes"), "read run.log in their directories (--keep DIR)"))
}

pub(super) fn text(value: &Value, field: &str) -> Result<String, Problem> {
    let found = value[field].as_str().map(str::to_owned);
    found.ok_or_else(|| Problem::node(format!("a node's answer has no `{field}`: {value}"), "please report this"))
}

pub(super) fn known(ids: &BTreeMap<String, String>, name: &str) -> Result<String, Problem> {
    ids.get(name).cloned().ok_or_else(|| nothing(name))
}

pub(super) fn nothing(what: &str) -> Problem {
    Problem::node(format!("the demo found nothing of `{what}`"), "please report this")
}
