//! The reuse barometer: figures as they are asked for, and the sets of them that the registrar publishes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};

use idenett_protocol::barometer::{Basis, Cell, Dimension, Figure, Focus, Indicator, Span, Statistics};
use idenett_protocol::codes::Lang;
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::time::Day;
use serde_json::{Value, json};

use super::members::{Act, written};
use super::{BarometerFor, Desk, Problem};
use crate::barometer::{
    Barometer, Mirrors, Published, Trend, Unpublished, Verdict, places, published, release, verify,
};
use crate::clock;
use crate::export::labels::Labels;
use crate::language::Tongue;
use crate::reading::moment;

impl Desk {
    /// Looks at the barometer, which is brought up to date first.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn barometer<T>(&self, look: impl FnOnce(&Barometer) -> T) -> Result<T, Problem> {
        let current = self.barometer.read().unwrap_or_else(PoisonError::into_inner).is_current(&self.library);
        if !current {
            self.barometer.write().unwrap_or_else(PoisonError::into_inner).follow(&self.library)?;
        }
        Ok(look(&self.barometer.read().unwrap_or_else(PoisonError::into_inner)))
    }

    /// Every figure of a day and span: counted once, and kept until something new comes.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn statistics(&self, day: Day, span: Span) -> Result<Arc<Statistics>, Problem> {
        self.barometer(|b| b.statistics(day, span))
    }

    /// The years up to a day, of all members or of those that were there all the time.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn trend(&self, day: Day, panel: bool) -> Result<Arc<Trend>, Problem> {
        self.barometer(|b| b.trend(day, panel))
    }

    /// A member beside those like it and everyone.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn mirrors(
        &self,
        day: Day,
        span: Span,
        org: OrgNumber,
        alike: &BTreeSet<OrgNumber>,
    ) -> Result<Arc<Mirrors>, Problem> {
        self.barometer(|b| b.mirrors(day, span, org, alike))
    }

    pub(super) fn barometer_for(&self, wanted: &BarometerFor) -> Result<Value, Problem> {
        let Understood { day, span, cut, indicators } = understood(wanted)?;
        let (dimension, basis) = cut;
        let (frontier, figures) = self.barometer(|b| {
            let reckoning = b.reckoning(day, Focus::default());
            (b.frontier(), reckoning.figures(&indicators, span, cut))
        })?;
        let programmes = if dimension == Dimension::Programme { self.programme_titles()? } else { BTreeMap::new() };
        let labels = Labels { tongue: Tongue::En, places: places(), programmes: &programmes };
        let shown: Vec<Value> = figures.iter().map(|one| figure(one, &labels)).collect();
        Ok(json!({
            "definitions": idenett_protocol::barometer::DEFINITIONS,
            "date": day, "period": span, "dimension": dimension, "structure": basis, "frontier": frontier,
            "figures": shown,
        }))
    }

    pub(super) fn release(
        &self,
        as_of: Option<&str>,
        period: Option<&str>,
        replaces: Option<&str>,
    ) -> Result<Act, Problem> {
        // Of today not all has come yet.
        let (day, span) = when(as_of, period, clock::now().day().add_days(-1))?;
        let replaces = replaces.map(|id| self.find_release(id)).transpose()?;
        let facts = release(&self.library, day, span, replaces)?;
        let what = format!("the figures of {day} for {span} are published");
        Ok((Kind::Release, written(&facts)?, Vec::new(), what))
    }

    pub(super) fn release_list(&self) -> Result<Value, Problem> {
        Ok(published(&self.library)?.iter().map(row).collect::<Vec<_>>().into())
    }

    pub(super) fn release_verify(&self, id: &str) -> Result<Value, Problem> {
        let id = self.find_release(id)?;
        let verdict = verify(&self.library, &id)?.ok_or_else(|| no_release(&id.to_string()))?;
        let mut answer = json!(verdict);
        answer["id"] = json!(id);
        answer["what"] = sentence(&verdict).into();
        Ok(answer)
    }

    /// A release by its id or the beginning of it.
    fn find_release(&self, id: &str) -> Result<EntryId, Problem> {
        let wanted = id.trim().to_lowercase();
        let all = self.library.ledger(|l| l.registry().releases().to_vec());
        let fitting: Vec<&EntryId> =
            all.iter().filter(|known| !wanted.is_empty() && known.to_string().starts_with(&wanted)).collect();
        match fitting.as_slice() {
            [only] => Ok(**only),
            [] => Err(no_release(id)),
            _ => Err(Problem::yours(format!("several releases begin with `{id}`"), "write more of the id")),
        }
    }
}

/// Which figures are wanted.
pub(super) struct Understood {
    pub(super) day: Day,
    pub(super) span: Span,
    pub(super) cut: (Dimension, Basis),
    pub(super) indicators: Vec<Indicator>,
}

/// What a person wrote, if it can be understood.
pub(super) fn understood(wanted: &BarometerFor) -> Result<Understood, Problem> {
    let (day, span) = when(wanted.as_of.as_deref(), wanted.period.as_deref(), clock::now().day())?;
    let dimension: Dimension = wanted.by.as_deref().map_or(Ok(Dimension::All), str::parse).map_err(|_| {
        let all = Dimension::EVERY.map(Dimension::id).join(", ");
        Problem::yours("there is no such dimension", format!("write one of: {all}"))
    })?;
    let basis: Basis = wanted
        .structure
        .as_deref()
        .map_or(Ok(Basis::Today), str::parse)
        .map_err(|_| Problem::yours("there is no such structure of municipalities", "write today or then"))?;
    Ok(Understood { day, span, cut: (dimension, basis), indicators: indicators(&wanted.indicators)? })
}

/// The day of reckoning and the span: of a year that is over, its last day. `last` is the last day that can be asked
/// for.
///
/// # Errors
/// What cannot be understood, or has not come yet.
pub fn when(as_of: Option<&str>, period: Option<&str>, last: Day) -> Result<(Day, Span), Problem> {
    let span: Span = period.unwrap_or("24m").parse().map_err(|e: idenett_protocol::barometer::NotASpan| {
        Problem::yours(e.to_string(), "write for example --period 2026")
    })?;
    let day = match as_of {
        Some(text) => text.parse().map_err(|e: idenett_protocol::time::NotADay| {
            Problem::yours(e.to_string(), "write the day of reckoning so")
        })?,
        None => last,
    };
    if day > last {
        return Err(Problem::yours(format!("{day} has not come yet"), format!("the last day of reckoning is {last}")));
    }
    if let Span::Year(year) = span {
        let first = Day::from_ymd(year, 1, 1).filter(|first| *first <= day);
        if first.is_none() {
            return Err(Problem::yours(
                format!("{year} has not begun on {day}"),
                "name an earlier year or a later day",
            ));
        }
        let end = Day::from_ymd(year, 12, 31).unwrap_or(day);
        return Ok((if as_of.is_some() { day } else { day.min(end) }, span));
    }
    Ok((day, span))
}

fn indicators(ids: &[String]) -> Result<Vec<Indicator>, Problem> {
    if ids.is_empty() {
        return Ok(Indicator::EVERY.to_vec());
    }
    let parse = |id: &String| {
        id.parse().map_err(|_| Problem::yours(format!("there is no indicator `{id}`"), "write B1 to B24, S1 or S2"))
    };
    ids.iter().map(parse).collect()
}

fn figure(figure: &Figure, labels: &Labels<'_>) -> Value {
    let definition = figure.indicator.definition();
    json!({
        "indicator": figure.indicator,
        "name": definition.name.say(Lang::En),
        "counts": definition.numerator.say(Lang::En),
        "of": definition.denominator.say(Lang::En),
        "cells": figure.cells.iter().map(|one| cell(figure, one, labels)).collect::<Vec<_>>(),
    })
}

fn cell(figure: &Figure, cell: &Cell, labels: &Labels<'_>) -> Value {
    let part = labels.part(figure.dimension, &cell.part);
    let series = labels.series(figure.indicator, figure.dimension, &cell.series);
    json!({
        "series": cell.series, "part": cell.part, "name": { "series": series, "part": part }, "value": cell.value, "printed": cell.value.printed().to_string(),
        "level": cell.value.level().to_string(),
    })
}

fn row(Published { id, signed, release }: &Published) -> Value {
    json!({
        "id": id, "time": moment(*signed), "date": release.date, "from": release.period.start, "to": release.period.end,
        "definitions": release.definitions, "result": release.result, "replaces": release.replaces,
    })
}

impl From<Unpublished> for Problem {
    fn from(why: Unpublished) -> Self {
        match why {
            Unpublished::Library(fault) => fault.into(),
            Unpublished::Written(_) => Self::node(why.to_string(), "tell those who make Idenett"),
            Unpublished::TooMany(_) => {
                Self::node(why.to_string(), "tell those who make Idenett: releases must be divided")
            }
        }
    }
}

fn no_release(id: &str) -> Problem {
    Problem::yours(format!("there is no release `{id}` here"), "`idenett barometer releases` lists those that are here")
}

/// What was found, in a sentence.
fn sentence(verdict: &Verdict) -> String {
    match verdict {
        Verdict::Identical => "identical: this node counts the same figures from its own records".to_owned(),
        Verdict::Differs { indicators } if indicators.is_empty() => {
            "differs: this node counts other figures".to_owned()
        }
        Verdict::Differs { indicators } => {
            let ids: Vec<&str> = indicators.iter().map(|i| i.id()).collect();
            format!("differs: this node counts other figures for {}", ids.join(", "))
        }
        Verdict::NotRecomputable { log, counts } => {
            format!("not recomputable: the log {log} was later ended or forked, and counts up to {counts} only")
        }
        Verdict::NotComplete { log, here } => {
            format!(
                "not complete here yet: of the log {log} entries up to {here} are here; try again when the node is level"
            )
        }
        Verdict::OtherDefinitions { definitions } => format!(
            "not recomputable here: counted by definitions {definitions}, and this version of Idenett has others"
        ),
        Verdict::Unsaid => "not recomputable: the release does not say from which entries it was counted".to_owned(),
    }
}
