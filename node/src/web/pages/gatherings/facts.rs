//! The facts of a plan, a programme, a collection or an award.

use idenett_protocol::body::{AwardFacts, AwardText, Period, PlanFacts, ProgrammeFacts};
use idenett_protocol::organisation::OrgNumber;

use crate::language::Tongue;
use crate::reading::{GatheringView, Said, party};
use crate::web::site::Site;
use crate::web::text;
use crate::web::wording::{Fact, Named};

pub(super) fn of(site: &Site, t: Tongue, view: &GatheringView) -> Vec<Fact> {
    match &view.said {
        Said::Plan { facts, text } => plan(t, facts, &text.url),
        Said::Programme { facts, text } => programme(site, t, facts, &text.url),
        Said::Collection { facts, .. } => Fact::codes(t, "field-themes", &facts.themes).into_iter().collect(),
        Said::Award { facts, text } => award(site, t, facts, text),
    }
}

fn plan(t: Tongue, facts: &PlanFacts, url: &str) -> Vec<Fact> {
    let lines = [
        Fact::code(t, "field-kind", &facts.kind),
        Fact::one(t, "field-adopted", facts.adopted.map(|day| Named::plain(t.date(day)))),
        Fact::one(t, "field-period", facts.period.and_then(|p| period(t, p))),
        Fact::codes(t, "field-themes", &facts.themes),
        Fact::codes(t, "field-wicked-problem", &facts.wicked_problem),
        Fact::one(t, "field-url", way(url)),
    ];
    lines.into_iter().flatten().collect()
}

fn programme(site: &Site, t: Tongue, facts: &ProgrammeFacts, url: &str) -> Vec<Fact> {
    let members: Vec<Named> = facts.members.iter().map(|org| member(site, *org)).collect();
    let lines = [
        Fact::code(t, "field-kind", &facts.kind),
        Fact::one(t, "field-lead", facts.lead.map(|org| member(site, org))),
        (!members.is_empty()).then(|| Fact { label: t.say("field-members").into_owned(), values: members }),
        Fact::one(t, "field-period", facts.period.and_then(|p| period(t, p))),
        Fact::codes(t, "field-funding", &facts.funding),
        Fact::codes(t, "field-themes", &facts.themes),
        Fact::one(t, "field-url", way(url)),
    ];
    lines.into_iter().flatten().collect()
}

fn award(site: &Site, t: Tongue, facts: &AwardFacts, said: &AwardText) -> Vec<Fact> {
    let in_words = (!said.given_by.is_empty()).then(|| Named::plain(text::plain(&said.given_by)));
    let lines = [
        Fact::one(t, "field-year", facts.year.map(|year| Named::plain(year.to_string()))),
        Fact::code(t, "field-placement", &facts.placement),
        Fact::code(t, "field-level", &facts.level),
        Fact::one(t, "field-recipient", facts.recipient.map(|org| member(site, org))),
        Fact::one(t, "field-giver", facts.giver.map(|org| member(site, org)).or(in_words)),
        Fact::one(t, "field-url", way(&said.url)),
    ];
    lines.into_iter().flatten().collect()
}

fn member(site: &Site, org: OrgNumber) -> Named {
    Named::party(&site.library().ledger(|l| party(l, org)))
}

fn way(url: &str) -> Option<Named> {
    text::address(url).map(|url| Named::link(text::plain(&url), url))
}

/// From when until when, as far as that is said.
fn period(t: Tongue, period: Period) -> Option<Named> {
    let said = match (period.start, period.end) {
        (Some(start), Some(end)) => format!("{} – {}", t.date(start), t.date(end)),
        (Some(start), None) => format!("{} {}", t.say("since"), t.date(start)),
        (None, Some(end)) => format!("{} {}", t.say("until"), t.date(end)),
        (None, None) => return None,
    };
    Some(Named::plain(said))
}
