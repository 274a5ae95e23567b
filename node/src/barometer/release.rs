//! Published sets of figures: what the registrar signs, and what any node finds when it counts the same again.

use std::collections::{BTreeMap, BTreeSet};

use idenett_protocol::barometer::{DEFINITIONS, Indicator, Span, Statistics, Window};
use idenett_protocol::body::{Counted, Facts, Period, Release};
use idenett_protocol::id::{EntryId, LogKey, Seq};
use idenett_protocol::ledger::Ledger;
use idenett_protocol::time::{Day, Timestamp};
use serde::Serialize;

use super::Barometer;
use crate::library::{Library, LibraryFault};
use crate::reading::{Reach, facts_of};

/// Digits of the hash of one indicator that a release names.
const DIGITS: usize = 16;
/// Logs that a release names at most: what fits into the facts of an entry beside the rest.
const MAX_COUNTED: usize = 1_700;

/// A published set of figures as it was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The entry.
    pub id: EntryId,
    /// When it was signed.
    pub signed: Timestamp,
    /// What it says.
    pub release: Release,
}

impl Published {
    /// The period that it covers; nothing where the release does not say, or says what is no period.
    pub fn span(&self) -> Option<Span> {
        span(&self.release)
    }
}

/// The published sets of figures, in the order in which they were published.
///
/// # Errors
/// If the disk fails.
pub fn published(library: &Library) -> Result<Vec<Published>, LibraryFault> {
    let mut all = Vec::new();
    for id in library.ledger(|l| l.registry().releases().to_vec()) {
        if let Some((head, Facts::Release(release))) = facts_of(library, &id)? {
            all.push(Published { id, signed: head.header().time, release });
        }
    }
    Ok(all)
}

/// What a node finds when it counts a release again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// The same bytes.
    Identical,
    /// Other bytes.
    Differs {
        /// The indicators whose figures are others; none if the release does not say.
        indicators: Vec<Indicator>,
    },
    /// A log was ended or forked below the place up to which it was counted, after the release.
    NotRecomputable {
        /// The log, as the release names it.
        log: String,
        /// The last place that counts now.
        counts: Seq,
    },
    /// Entries that were counted are not here yet.
    NotComplete {
        /// A log, as the release names it.
        log: String,
        /// The last place that is here.
        here: Seq,
    },
    /// The release was counted by other definitions than this version has.
    OtherDefinitions {
        /// Their version.
        definitions: u32,
    },
    /// The release does not say what is needed to count it again.
    Unsaid,
}

/// Why figures cannot be published.
#[derive(Debug, thiserror::Error)]
pub enum Unpublished {
    /// The disk failed.
    #[error(transparent)]
    Library(#[from] LibraryFault),
    /// The figures cannot be written, which their types do not allow.
    #[error("the figures cannot be written: {0}")]
    Written(#[from] serde_json::Error),
    /// More logs than one release can name.
    #[error("{0} logs were counted, and a release can name {MAX_COUNTED} at most")]
    TooMany(usize),
}

/// What the registrar signs about figures: counted from the logs as far as they have come now, and not a place further,
/// while entries go on arriving. It is counted as whoever verifies it will count.
///
/// # Errors
/// If the disk fails, or more logs were counted than a release can name.
pub fn release(library: &Library, day: Day, span: Span, replaces: Option<EntryId>) -> Result<Release, Unpublished> {
    let (frontier, heads) = library.ledger(|l| (l.frontier().digest(), counted(l)));
    if heads.len() > MAX_COUNTED {
        return Err(Unpublished::TooMany(heads.len()));
    }
    let reach = heads.iter().map(|(log, counted)| (*log, counted.seq())).collect();
    let statistics = Barometer::of_the_past(library, &reach)?.count(day, span);
    let Window { from, to } = span.window(day);
    let mut indicators = Vec::new();
    for indicator in Indicator::EVERY {
        indicators.push(mark(&statistics, indicator)?);
    }
    Ok(Release {
        period: Period { start: Some(from), in_use: None, end: Some(to) },
        date: day,
        definitions: statistics.definitions,
        frontier,
        heads: heads.into_iter().map(|(_, counted)| counted).collect(),
        result: statistics.hash()?,
        indicators,
        replaces,
    })
}

/// How far each log counts.
fn counted(ledger: &Ledger) -> Vec<(LogKey, Counted)> {
    let heads = ledger.frontier().heads().iter();
    heads.filter_map(|(log, head)| Some((*log, Counted::new(log, head.seq, &head.id?)))).collect()
}

fn mark(statistics: &Statistics, indicator: Indicator) -> Result<String, serde_json::Error> {
    let hash = statistics.hash_of(indicator)?.to_string();
    Ok(format!("{indicator}:{}", hash.get(..DIGITS).unwrap_or(&hash)))
}

/// Of each day and period the newest release by the definitions of this version, those left out that another replaces.
pub(super) fn standing(all: &[Published]) -> BTreeMap<(Day, Span), EntryId> {
    let replaced: BTreeSet<EntryId> = all.iter().filter_map(|one| one.release.replaces).collect();
    let stands = |one: &&Published| one.release.definitions == DEFINITIONS && !replaced.contains(&one.id);
    all.iter().filter(stands).filter_map(|one| Some(((one.release.date, one.span()?), one.id))).collect()
}

/// Counts a release again from the entries that were counted then. `None` if there is no such release here.
///
/// # Errors
/// If the disk fails.
pub fn verify(library: &Library, id: &EntryId) -> Result<Option<Verdict>, LibraryFault> {
    let Some((_, Facts::Release(release))) = facts_of(library, id)? else { return Ok(None) };
    if release.definitions != DEFINITIONS {
        return Ok(Some(Verdict::OtherDefinitions { definitions: release.definitions }));
    }
    let Some(span) = span(&release) else { return Ok(Some(Verdict::Unsaid)) };
    if release.heads.is_empty() {
        return Ok(Some(Verdict::Unsaid));
    }
    let heads = match heads(library, &release.heads) {
        Ok(heads) => heads,
        Err(verdict) => return Ok(Some(verdict)),
    };
    let statistics = Barometer::of_the_past(library, &heads)?.count(release.date, span);
    Ok(Some(compare(&release, &statistics)))
}

fn span(release: &Release) -> Option<Span> {
    let (from, to) = release.period.start.zip(release.period.end)?;
    Span::of_window(Window { from, to }, release.date)
}

fn compare(release: &Release, statistics: &Statistics) -> Verdict {
    if statistics.hash().is_ok_and(|hash| hash == release.result) {
        return Verdict::Identical;
    }
    let differs = |i: &Indicator| {
        let stated = release.indicators.iter().find(|m| m.split(':').next() == Some(i.id()));
        stated.is_some_and(|stated| mark(statistics, *i).is_ok_and(|counted| counted != *stated))
    };
    Verdict::Differs { indicators: Indicator::EVERY.into_iter().filter(differs).collect() }
}

/// The logs with the places up to which they were counted, or why these cannot be counted now.
fn heads(library: &Library, counted: &[Counted]) -> Result<Reach, Verdict> {
    library.ledger(|l| {
        let mut heads: BTreeMap<LogKey, Seq> = BTreeMap::new();
        for one in counted {
            let shown = one.to_string().chars().take(DIGITS).collect::<String>();
            let Some(key) = l.logs().iter().map(|(key, _)| *key).find(|key| one.is_of(key)) else {
                return Err(Verdict::NotComplete { log: shown, here: Seq::ZERO });
            };
            let (seq, counts) = (one.seq(), l.counted(&key));
            let (held, fork) = l.logs().get(&key).map_or((Seq::ZERO, None), |log| (log.held(), log.fork()));
            let same = l.logs().get(&key).and_then(|log| log.at(seq)).is_none_or(|id| one.ends_with(&id));
            let ended = l.registry().standing(&key).and_then(|s| s.end).is_some_and(|end| end.seq < seq);
            if !same || ended || fork.is_some_and(|fork| fork.place() <= seq) {
                return Err(Verdict::NotRecomputable { log: shown, counts });
            }
            if held < seq {
                return Err(Verdict::NotComplete { log: shown, here: held });
            }
            heads.insert(key, seq);
        }
        Ok(heads)
    })
}
