//! What happens in the demo, step by step.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use super::ask::{everywhere_equal, expect, known, nothing, publish, text};
use super::gather::{gather, put};
use super::report::{CatchUp, Node, Report, Spread, Stranger};
use super::stage::{Stage, contact};
use super::{say, stranger};
use crate::clock::Watch;
use crate::desk::{List, Problem, Redact, RegistrarAct, Request, Revise, Withdraw};
use crate::samples::{Sample, cases, gatherings, needs, plans};

/// The node that is killed while others publish.
const VICTIM: &str = "lunner";
/// What is written in the comment that is redacted; looked for on every disk afterwards.
const REDACTED_SENTENCE: &str = "Denne setningen skal forsvinne fra alle noder.";

/// Plays everything and gives what the nodes say about it.
pub(super) fn play(stage: &mut Stage) -> Result<Report, Problem> {
    let mut report = Report::default();
    let mut ids = BTreeMap::new();
    let (mut samples, needs) = (cases().map_err(fault)?, needs().map_err(fault)?);
    let (plans, gatherings) = (plans().map_err(fault)?, gatherings().map_err(fault)?);
    say("Each publishes its contact, its plans, its cases and its needs.");
    for slug in ["ks", "baerum", "gran", "lunner", "ovre-eiker"] {
        let town = stage.town(slug)?;
        publish(stage, slug, "contact", contact(town))?;
    }
    for plan in &plans {
        put(stage, plan, "plan", &mut ids)?;
    }
    let later = samples.split_off(samples.len() / 2);
    for sample in samples.iter().chain(&needs) {
        put(stage, sample, if needs.iter().any(|n| n.name == sample.name) { "need" } else { "case" }, &mut ids)?;
    }
    report.spread.push(measure_spread(stage, "baerum", &ids, &samples)?);
    kill_and_catch_up(stage, &later, &mut ids, &mut report)?;
    gather(stage, plans.len(), &gatherings, &mut ids, &mut report)?;
    reuse(stage, &mut report)?;
    change(stage, &ids, &mut report)?;
    redact(stage, &ids, &mut report)?;
    succession(stage, &mut report)?;
    turn_away(stage, &mut report)?;
    say("All nodes are compared and every signature is checked once more.");
    finish(stage, &mut report)?;
    Ok(report)
}

/// Publishes a new version at one node and watches when each other node has it.
fn measure_spread(
    stage: &mut Stage,
    slug: &str,
    ids: &BTreeMap<String, String>,
    samples: &[Sample],
) -> Result<Spread, Problem> {
    say("One new record is followed to every node.");
    everywhere_equal(stage)?;
    let of_town = samples.iter().find(|s| s.publisher == slug).ok_or_else(|| nothing(slug))?;
    let id = known(ids, of_town.name)?;
    let comment = json!({ "subject": id, "kind": "experience", "text": "Vi har hatt nytte av å ta med kantina i planleggingen." });
    let watch = Watch::start();
    let answer = publish(stage, slug, "comment", comment)?;
    let acknowledged = watch.elapsed();
    let entry = text(&answer, "id")?;
    let mut arrived: BTreeMap<String, Duration> = BTreeMap::new();
    while arrived.len() < stage.towns.len() {
        for town in &stage.towns {
            if !arrived.contains_key(&town.slug) && town.ask(&Request::Record { id: entry.clone() }).is_ok() {
                arrived.insert(town.slug.clone(), watch.elapsed());
            }
        }
        if watch.elapsed() > super::town::PATIENCE {
            return Err(Problem::node("a record did not reach every node", "read run.log in the nodes' directories"));
        }
    }
    let last = arrived.values().max().copied().unwrap_or_default();
    Ok(Spread {
        from: slug.to_owned(),
        entry,
        acknowledged_ms: millis(acknowledged),
        everywhere_ms: millis(last),
        nodes: arrived.len(),
    })
}

fn kill_and_catch_up(
    stage: &mut Stage,
    later: &[Sample],
    ids: &mut BTreeMap<String, String>,
    report: &mut Report,
) -> Result<(), Problem> {
    say("Lunner's node is killed while the others go on publishing; then it comes back.");
    let mut waits = Vec::new();
    for (n, sample) in later.iter().enumerate() {
        if n == 1 {
            stage.town_mut(VICTIM)?.kill()?;
        }
        let source_waits = sample.builds_on.as_ref().is_some_and(|s| !ids.contains_key(s));
        if n > 0 && (sample.publisher == VICTIM || source_waits) {
            waits.push(sample);
        } else {
            put(stage, sample, "case", ids)?;
        }
    }
    // What the others published has reached all that run.
    everywhere_equal(stage)?;
    let goal = stage.ks()?.ask(&Request::Status)?;
    let watch = Watch::start();
    let victim = stage.town_mut(VICTIM)?;
    let started = victim.start()?;
    let before = victim.ask(&Request::Status)?;
    victim.until("has caught up", |t| Ok((t.ask(&Request::Status)?["frontier"] == goal["frontier"]).then_some(())))?;
    report.catch_up = Some(CatchUp {
        node: victim.name.clone(),
        missed: number(&goal, "entries").saturating_sub(number(&before, "entries")),
        start_ms: millis(started),
        caught_up_ms: millis(watch.elapsed()),
    });
    victim.until("may sign", |t| Ok((t.ask(&Request::Status)?["signing"] == "ready").then_some(())))?;
    waits.into_iter().try_for_each(|sample| put(stage, sample, "case", ids))
}

/// Two municipalities find what others published and declare that they use it.
fn reuse(stage: &mut Stage, report: &mut Report) -> Result<(), Problem> {
    say("Lunner and Øvre Eiker find cases of others and declare that they reuse them.");
    everywhere_equal(stage)?;
    let pairs = [("lunner", "Bærum", "copy"), ("ovre-eiker", "Gran", "adapted")];
    for (slug, owner, degree) in pairs {
        let list = List { kind: "case".into(), owner: Some(owner.into()), ..List::default() };
        let rows = stage.town(slug)?.ask(&Request::List(list))?;
        let in_use = |row: &&Value| row["status"] == "in_use" || row["status"] == "utilised";
        let case = rows.as_array().into_iter().flatten().find(in_use).ok_or_else(|| nothing(owner))?;
        let id = text(case, "id")?;
        let mut declared = json!({
            "case": id, "version": text(case, "current")?, "degree": degree, "status": "in_use",
            "since": "2026-02-01", "sector": case["sector"], "channel": "this_network", "may_ask_us": true,
        });
        if degree == "adapted" {
            declared["adaptation"] = "Tilpasset to mindre enheter med felles leder.".into();
        }
        publish(stage, slug, "reuse", declared)?;
        let ks = stage.town_mut("ks")?;
        let counted = ks.until("counts the reuse", |t| {
            let rows = t.ask(&Request::List(List { kind: "case".into(), ..List::default() }))?;
            let row = rows.as_array().into_iter().flatten().find(|r| r["id"] == id.as_str()).cloned();
            Ok(row.and_then(|r| r["reuses"].as_u64()).filter(|n| *n > 0))
        })?;
        report.reuse.push(json!({ "reuser": stage.town(slug)?.name, "owner": owner, "case": id, "title": case["title"], "degree": degree, "counted_at_ks": counted }));
    }
    Ok(())
}

/// Gran revises a case, Bærum withdraws one.
fn change(stage: &mut Stage, ids: &BTreeMap<String, String>, report: &mut Report) -> Result<(), Problem> {
    say("Gran revises a case, Bærum withdraws one.");
    let samples = cases().map_err(fault)?;
    let of =
        |slug: &str| samples.iter().rev().find(|s| s.publisher == slug).map(|s| s.name).ok_or_else(|| nothing(slug));
    let revised = known(ids, of("gran")?)?;
    let input = json!({ "lessons": "Begynn i det små, og la de som gjør jobben bestemme takten." });
    stage.town("gran")?.ask(&Request::Revise(Revise {
        id: revised.clone(),
        kind: "case".into(),
        input,
        no_personal_data: true,
    }))?;
    let withdrawn = known(ids, of("baerum")?)?;
    stage.town("baerum")?.ask(&Request::Withdraw(Withdraw {
        id: withdrawn.clone(),
        kind: Some("case".into()),
        reason: "outdated".into(),
        replacement: None,
        text: Some("Erstattet av nyere arbeid.".into()),
    }))?;
    everywhere_equal(stage)?;
    let all = Request::List(List { kind: "case".into(), all: true, ..List::default() });
    let (mut versions, mut gone) = (0, 0);
    for town in &stage.towns {
        let rows = town.ask(&all)?;
        let row = |id: &str| rows.as_array().into_iter().flatten().find(|r| r["id"] == id).cloned().unwrap_or_default();
        versions += usize::from(row(&revised)["version"] == 2);
        gone += usize::from(row(&withdrawn)["withdrawn"] == true);
    }
    report.revised = json!({ "case": revised, "nodes_with_version_2": versions });
    report.withdrawn = json!({ "case": withdrawn, "nodes_that_show_it_as_withdrawn": gone });
    expect(stage, "the revision", versions)?;
    expect(stage, "the withdrawal", gone)
}

/// A comment is written, arrives everywhere, and is redacted.
fn redact(stage: &mut Stage, ids: &BTreeMap<String, String>, report: &mut Report) -> Result<(), Problem> {
    say("Lunner redacts the text of a comment that it wrote.");
    let case = known(ids, "baerum-smartmat")?;
    let comment = json!({ "subject": case, "kind": "question", "text": REDACTED_SENTENCE });
    let answer = publish(stage, "lunner", "comment", comment)?;
    let id = text(&answer, "id")?;
    everywhere_equal(stage)?;
    let before = disks_with(stage, REDACTED_SENTENCE)?;
    stage.town("lunner")?.ask(&Request::Redact(Redact {
        id: id.clone(),
        reason: "personal_data".into(),
        only: true,
        sure: true,
    }))?;
    everywhere_equal(stage)?;
    let mut shown = 0;
    for town in &stage.towns {
        let record = town.ask(&Request::Record { id: id.clone() })?;
        shown += usize::from(record["text_state"]["state"] == "redacted");
    }
    // A node knows of the redaction a moment before it has dropped the bytes.
    let watch = Watch::start();
    let mut after = disks_with(stage, REDACTED_SENTENCE)?;
    while after > 0 && watch.elapsed() < super::town::PATIENCE {
        after = disks_with(stage, REDACTED_SENTENCE)?;
    }
    report.redacted = json!({ "entry": id, "nodes_that_show_it_as_redacted": shown, "disks_with_the_text_before": before, "disks_with_the_text_after": after });
    expect(stage, "the redaction", shown)?;
    expect(stage, "the text before its redaction", before)?;
    if after == 0 { Ok(()) } else { Err(Problem::node("a redacted text is still on a disk", "please report this")) }
}

fn succession(stage: &mut Stage, report: &mut Report) -> Result<(), Problem> {
    say("KS records a municipal reform: Haram leaves Ålesund in 2024.");
    let input = json!({
        "date": "2024-01-01", "type": "split", "inherits": "per_case", "source": "SSB KLASS 131",
        "from": [{ "number": "1507", "name": "Ålesund" }],
        "to": [{ "number": "1508", "name": "Ålesund" }, { "number": "1580", "name": "Haram" }],
    });
    let answer = stage.registrar(RegistrarAct::Succeed { input })?;
    let id = text(&answer, "id")?;
    everywhere_equal(stage)?;
    let has = |t: &super::town::Town| t.ask(&Request::Record { id: id.clone() }).is_ok();
    let nodes = stage.towns.iter().filter(|t| has(t)).count();
    report.succession = json!({ "entry": id, "nodes": nodes });
    expect(stage, "the succession", nodes)
}

fn turn_away(stage: &mut Stage, report: &mut Report) -> Result<(), Problem> {
    say("A stranger with a forged admission knocks at KS.");
    let ks = stage.ks()?;
    let (status, charter) = (ks.ask(&Request::Status)?, ks.ask(&Request::Charter)?);
    let parse = |e: &dyn std::fmt::Display| Problem::network(e);
    let federation = text(&status, "federation")?.parse().map_err(|e| parse(&e))?;
    let registrar = text(&charter["terms"], "registrar")?.parse().map_err(|e| parse(&e))?;
    let address = status["listening"][0].as_str().ok_or_else(|| nothing("ks"))?;
    let attempt = stranger::knock(address, federation, registrar, "958935420")?;
    let refused = |status: &Value, name: &str| status["counters"][name].as_u64().unwrap_or(0);
    let after = stage.town_mut("ks")?.until("has turned the stranger away", |t| {
        let now = t.ask(&Request::Status)?;
        let unknown = refused(&now, "unknown-member") >= refused(&status, "unknown-member") + 2;
        let forged = refused(&now, "malformed") > refused(&status, "malformed");
        Ok((unknown && forged).then_some(now))
    })?;
    let mut stored = 0;
    for town in &stage.towns {
        let kept = |id: &&idenett_protocol::id::EntryId| town.ask(&Request::Record { id: id.to_string() }).is_ok();
        stored += attempt.entries.iter().filter(kept).count();
    }
    report.stranger = Some(Stranger {
        refused_unknown_member: refused(&after, "unknown-member") - refused(&status, "unknown-member"),
        refused_malformed: refused(&after, "malformed") - refused(&status, "malformed"),
        members_before: number(&status, "members"),
        members_after: number(&after, "members"),
        entries_stored_anywhere: stored,
    });
    if stored == 0 && status["members"] == after["members"] {
        return Ok(());
    }
    Err(Problem::node("a stranger's entry was stored", "please report this"))
}

fn finish(stage: &mut Stage, report: &mut Report) -> Result<(), Problem> {
    report.frontier = everywhere_equal(stage)?;
    for town in &stage.towns {
        let (status, verified) = (town.ask(&Request::Status)?, town.ask(&Request::Verify)?);
        if verified["ok"] != true || status["wanted_texts"] != 0 || status["outbox"] != 0 {
            return Err(Problem::node(
                format!("{} lacks something: {status} {verified}", town.name),
                "read run.log in its directory",
            ));
        }
        report.nodes.push(Node {
            name: town.name.clone(),
            org: town.org.clone(),
            entries: number(&status, "entries"),
            own_entries: number(&status, "own_entries"),
            cases: number(&status, "cases"),
            needs: number(&status, "needs"),
            reuses: number(&status, "reuses_counted"),
            signatures_checked: number(&verified, "signatures"),
            frontier: text(&status, "frontier")?,
            web: text(&status, "web")?,
        });
    }
    let entries = report.nodes.first().map(|n| n.entries);
    if report.nodes.iter().all(|n| Some(n.entries) == entries && n.frontier == report.frontier) {
        return Ok(());
    }
    Err(Problem::node("the nodes do not hold the same", "please report this"))
}

/// On how many nodes' disks a sentence stands.
fn disks_with(stage: &Stage, sentence: &str) -> Result<usize, Problem> {
    let mut found = 0;
    for town in &stage.towns {
        let directory = town.home.journal();
        let files = directory.read_dir().map_err(|e| Problem::file(&directory, "reading", &e))?;
        let mut here = false;
        for file in files {
            let path = file.map_err(|e| Problem::file(&directory, "reading", &e))?.path();
            let bytes = std::fs::read(&path).map_err(|e| Problem::file(&path, "reading", &e))?;
            here |= bytes.windows(sentence.len()).any(|window| window == sentence.as_bytes());
        }
        found += usize::from(here);
    }
    Ok(found)
}

fn number(value: &Value, field: &str) -> u64 {
    value[field].as_u64().unwrap_or(0)
}

fn millis(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}

fn fault(e: impl std::fmt::Display) -> Problem {
    Problem::node(e.to_string(), "this is a fault of the program; please report it")
}
