//! The demo with a history: years of generated records are signed before any node runs, then every
//! node fetches all of them, its own included, from KS, and what KS publishes of them is counted again elsewhere.

mod report;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use idenett_protocol::kind::Kind;
use idenett_protocol::time::Timestamp;
use serde_json::{Value, json};

use super::ask::{everywhere_equal, publish, text};
use super::history::{Keys, Plan, Signed, sign};
use super::stage::{KS_ORG, Stage, chosen};
use super::{Options, Years, say};
use crate::clock::Watch;
use crate::desk::{List, Problem, RegistrarAct, Request};
use crate::home::Home;
use crate::index::Index;
use crate::journal::disk::RealDisk;
use crate::journal::segment::SEGMENT_BYTES;
use crate::journal::writer::Journal;
use crate::keyfile;
use crate::library::Library;

pub(super) use report::Lively;
use report::Times;

/// What the federation is called: nobody is to take its figures for real ones.
const NAME: &str = "Idenett demo, alt er generert";

/// Plays the history. The nodes run when this returns.
pub(in crate::demo) fn play(
    place: &Path,
    options: &Options,
    years: Years,
    now: Timestamp,
) -> Result<(Stage, Lively), Problem> {
    let (whole, watch) = (Watch::start(), Watch::start());
    let municipalities = chosen(options.members)?;
    let ks = KS_ORG.parse().map_err(|e| Problem::network(&e))?;
    let plan = Plan::new(ks, &municipalities, years.count, (now.day(), years.seed));
    say(&format!("A history from {} to {} is made for {} members.", plan.first, plan.last, options.members));
    let mut stage = Stage::at_rest(place, &municipalities, (NAME, plan.first.start()))?;
    let mut ms = Times { founding: millis(watch.elapsed()), ..Times::default() };
    let watch = Watch::start();
    let signed = sign_all(&plan, &stage)?;
    ms.signing = millis(watch.elapsed());
    say(&format!("{} records are signed. The nodes start and fetch them from KS.", signed.records));
    let watch = Watch::start();
    fetch_all(&mut stage)?;
    ms.fetching = millis(watch.elapsed());
    say("KS publishes the figures of each year; a member counts them again from its own records.");
    let watch = Watch::start();
    let releases = release_all(&mut stage, &plan, now)?;
    ms.releases = millis(watch.elapsed());
    let signed_after = sign_once_more(&mut stage)?;
    let frontier = everywhere_equal(&mut stage)?;
    ms.all = millis(whole.elapsed());
    let lively = told(&stage, (&plan, signed), (years.seed, releases), (signed_after, frontier), ms)?;
    Ok((stage, lively))
}

fn told(
    stage: &Stage,
    (plan, signed): (&Plan, Signed),
    (seed, releases): (u64, Vec<Value>),
    (signed_after, frontier): (String, String),
    ms: Times,
) -> Result<Lively, Problem> {
    let status = stage.ks()?.ask(&Request::Status)?;
    let things = |kind: Kind| plan.acts.iter().filter(|act| act.kind == kind && !act.revises).count();
    Ok(Lively {
        federation: NAME,
        generated: true,
        seed,
        from: plan.first.to_string(),
        to: plan.last.to_string(),
        members: plan.members.len().saturating_sub(1),
        nodes: stage.towns.len(),
        records: signed.records,
        kinds: signed.kinds.into_iter().map(|(kind, count)| (kind.name(), count)).collect(),
        cases: things(Kind::Case),
        reuses: things(Kind::Reuse),
        needs: things(Kind::Need),
        cases_shown: status["cases"].clone(),
        reuses_counted: status["reuses_counted"].clone(),
        reform: signed.reform.then_some("2024-01-01: Haram leaves Ålesund"),
        releases,
        signed_after,
        frontier,
        ms,
    })
}

/// Signs the plan with the keys of the directories into that of KS.
fn sign_all(plan: &Plan, stage: &Stage) -> Result<Signed, Problem> {
    let ks = &stage.ks()?.home;
    let nodes: Result<_, _> = stage.towns.iter().map(|town| keyfile::read(&town.home.node_key())).collect();
    let keys = Keys { registrar: keyfile::read(&ks.registrar_key())?, nodes: nodes? };
    let library = open(ks)?;
    let signed = sign(plan, &keys, &library)?;
    library.close()?;
    Ok(signed)
}

fn open(home: &Home) -> Result<Library, Problem> {
    let at_journal = |fault| Problem::opening(&home.journal(), fault);
    let disk = Arc::new(RealDisk::open(&home.journal()).map_err(at_journal)?);
    let (journal, recovery) = Journal::open(disk, SEGMENT_BYTES).map_err(at_journal)?;
    Ok(Library::open(journal, &recovery, Some(Index::new(&home.index())))?.0)
}

/// Starts one node after the other, each when the one before it holds everything: together they would only wait for
/// each other on one machine.
fn fetch_all(stage: &mut Stage) -> Result<(), Problem> {
    let mut whole: Option<String> = None;
    for town in &mut stage.towns {
        town.start()?;
        let goal = match &whole {
            Some(goal) => goal.clone(),
            None => whole.insert(text(&town.ask(&Request::Status)?, "frontier")?).clone(),
        };
        town.until("holds everything", |t| Ok((t.ask(&Request::Status)?["frontier"] == goal.as_str()).then_some(())))?;
    }
    for town in &mut stage.towns {
        town.until("may sign", |t| Ok((t.ask(&Request::Status)?["signing"] == "ready").then_some(())))?;
    }
    Ok(())
}

/// KS publishes every year that is over and the last 24 months; the last member counts each again.
fn release_all(stage: &mut Stage, plan: &Plan, now: Timestamp) -> Result<Vec<Value>, Problem> {
    let years = plan.first.ymd().0..now.day().ymd().0;
    let mut published = Vec::new();
    for period in years.map(|year| year.to_string()).chain(["24m".to_owned()]) {
        let act = RegistrarAct::Release { as_of: None, period: Some(period.clone()), replaces: None };
        published.push((period, text(&stage.registrar(act)?, "id")?));
    }
    everywhere_equal(stage)?;
    let other = stage.towns.last().ok_or_else(|| Problem::node("the demo has no node", "please report this"))?;
    let mut releases = Vec::new();
    for (period, id) in published {
        let answer = other.ask(&Request::ReleaseVerify { id: id.clone() })?;
        if answer["verdict"] != "identical" {
            let what = format!("{} counts other figures than KS for {period}: {answer}", other.name);
            return Err(Problem::node(what, "please report this"));
        }
        releases
            .push(json!({ "period": period, "id": id, "verdict": answer["verdict"], "counted_again_by": other.name }));
    }
    Ok(releases)
}

/// The last member goes on with its log where the history ended. Gives the record's id.
fn sign_once_more(stage: &mut Stage) -> Result<String, Problem> {
    let other = stage.towns.last().ok_or_else(|| Problem::node("the demo has no node", "please report this"))?;
    let rows = other.ask(&Request::List(List { kind: "case".into(), ..List::default() }))?;
    let case = rows.as_array().and_then(|rows| rows.first()).map_or(Value::Null, |row| row["id"].clone());
    let slug = other.slug.clone();
    let answer = publish(stage, &slug, "interest", json!({ "subject": case, "level": "relevant" }))?;
    everywhere_equal(stage)?;
    text(&answer, "id")
}

fn millis(span: Duration) -> u64 {
    u64::try_from(span.as_millis()).unwrap_or(u64::MAX)
}
