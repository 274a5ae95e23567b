//! A thing as far as lists need to know it.

use std::cmp::Reverse;

use idenett_protocol::body::Facts;
use idenett_protocol::codes::{CaseStatus, Code, CodeList, NeedStatus, ReuseStatus, Sector, Theme, WickedProblem};
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::time::{Span, Timestamp};

use super::record::open;
use crate::library::{Library, LibraryFault};

/// How far ahead of our clock a record may be dated and still be new: clocks differ.
const AHEAD: Span = Span::from_secs(24 * 60 * 60);

/// Where a thing stands among all: by kind, the newest first.
pub(super) type Place = (u8, Reverse<Timestamp>, EntryId);

/// A thing as far as lists need to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The thing.
    pub id: EntryId,
    /// Case, need, reuse, or one that gathers cases.
    pub kind: Kind,
    /// The version that is shown.
    pub version: EntryId,
    /// Who owns it, or declares it.
    pub owner: OrgNumber,
    /// When the version that is shown was signed.
    pub time: Timestamp,
    /// Its place among the newest: what claims to be from the future stands last.
    rank: Timestamp,
    /// The status of a case.
    pub status: Option<CaseStatus>,
    /// The status of a need.
    pub need: Option<NeedStatus>,
    /// The part of the municipality.
    pub sector: Option<Sector>,
    /// What it is about.
    pub themes: Vec<Theme>,
    /// Problems without a final solution that it works at.
    pub wicked: Vec<WickedProblem>,
    /// Of a reuse the case and how far it has come.
    pub reuse: Option<(EntryId, Option<ReuseStatus>)>,
}

impl Row {
    /// The case that it declares to have in use, if it is a reuse that does.
    pub(super) fn in_use(&self) -> Option<EntryId> {
        self.reuse
            .filter(|(_, status)| matches!(status, Some(ReuseStatus::InUse | ReuseStatus::Utilised)))
            .map(|(case, _)| case)
    }

    /// Where it stands among all.
    pub(super) fn place(&self) -> Place {
        (self.kind.number(), Reverse(self.rank), self.id)
    }
}

/// A thing as lists know it; `None` if it is of no kind that is listed, does not count, or was withdrawn.
pub(super) fn row(library: &Library, id: &EntryId, now: Timestamp) -> Result<Option<Row>, LibraryFault> {
    let found = library.ledger(|l| l.thing(id)).filter(|thing| thing.withdrawn.is_none());
    let Some(thing) = found else { return Ok(None) };
    let Some(record) = open(library, &thing.current)? else { return Ok(None) };
    let time = record.header().time;
    let rank = if time > now.after(AHEAD) { Timestamp::default() } else { time };
    let blank = Row {
        id: thing.subject,
        kind: thing.kind,
        version: thing.current,
        owner: thing.owner,
        time,
        rank,
        status: None,
        need: None,
        sector: None,
        themes: Vec::new(),
        wicked: Vec::new(),
        reuse: None,
    };
    Ok(match record.facts {
        Ok(Facts::Case(facts)) => Some(Row {
            status: facts.status.known(),
            sector: facts.sector.known(),
            themes: known(&facts.themes),
            wicked: known(&facts.wicked_problem),
            ..blank
        }),
        Ok(Facts::Need(facts)) => Some(Row {
            need: facts.status.known(),
            sector: facts.sector.known(),
            themes: known(&facts.themes),
            wicked: known(&facts.wicked_problem),
            ..blank
        }),
        Ok(Facts::Reuse(facts)) => {
            Some(Row { sector: facts.sector.known(), reuse: Some((facts.case, facts.status.known())), ..blank })
        }
        Ok(Facts::Plan(facts)) => {
            Some(Row { themes: known(&facts.themes), wicked: known(&facts.wicked_problem), ..blank })
        }
        Ok(Facts::Programme(facts)) => Some(Row { themes: known(&facts.themes), ..blank }),
        Ok(Facts::Collection(facts)) => Some(Row { themes: known(&facts.themes), ..blank }),
        Ok(Facts::Award(_)) => Some(blank),
        _ => None,
    })
}

fn known<T: CodeList>(codes: &[Code<T>]) -> Vec<T> {
    codes.iter().filter_map(Code::known).collect()
}
