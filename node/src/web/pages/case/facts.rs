//! The facts of a case in two groups: what one looks at first, and the rest.

use idenett_protocol::body::{CaseFacts, FactorScore};
use idenett_protocol::codes::{Code, CodeList};
use idenett_protocol::kind::Kind;

use crate::language::Tongue;
use crate::reading::{CaseView, Place};
use crate::web::asked::address;
use crate::web::cards::GatheringRow;
use crate::web::text;
use crate::web::wording::{self, Fact, Named};

pub(super) fn main(t: Tongue, view: &CaseView) -> Vec<Fact> {
    let facts = &view.facts;
    let lines = [
        Fact::code(t, "field-status", &facts.status),
        Fact::codes(t, "field-types", &facts.types),
        linked(t, "field-sector", "sector", std::slice::from_ref(&facts.sector)),
        linked(t, "field-themes", "theme", &facts.themes),
        linked(t, "field-wicked-problem", "wicked_problem", &facts.wicked_problem),
        Fact::code(t, "field-origin", &facts.origin),
        in_use(t, facts),
        Fact::one(t, "field-valid-until", view.shown.valid_until.map(|day| Named::plain(t.date(day)))),
        Fact::code(t, "field-licence", &facts.licence),
        places(t, "field-plan-goals", Kind::Plan, view),
        places(t, "field-programmes", Kind::Programme, view),
        places(t, "gatherings-collection", Kind::Collection, view),
        places(t, "gatherings-award", Kind::Award, view),
    ];
    lines.into_iter().flatten().collect()
}

pub(super) fn more(t: Tongue, view: &CaseView) -> Vec<Fact> {
    let (facts, said) = (&view.facts, &view.text);
    let lines = [
        Fact::code(t, "field-change", &facts.change),
        Fact::code(t, "field-scale", &facts.scale),
        Fact::code(t, "field-phase", &facts.phase),
        Fact::codes(t, "field-initiated-by", &facts.initiated_by),
        Fact::codes(t, "field-participants", &facts.participants),
        Fact::codes(t, "field-party-cooperation", &facts.party_cooperation),
        Fact::codes(t, "field-barriers", &facts.barriers),
        Fact::codes(t, "field-funding", &facts.funding),
        lines(t, "field-methods", &facts.methods),
        Fact::code(t, "field-privacy", &facts.privacy).map(|fact| with_address(fact, &said.privacy_url)),
        lines(t, "field-regulations", &said.regulations),
        software(t, view),
        lines(t, "field-data-sources", &said.data_sources),
        lines(t, "field-builds-on", &said.builds_on),
        reference(t, view),
        Fact::one(t, "field-kostra", facts.kostra.as_ref().map(|k| Named::plain(text::plain(&k.function)))),
        links(t, view),
    ];
    lines.into_iter().flatten().collect()
}

/// What the case is gathered in, each with the way to its page; below a plan the goals that the case serves.
fn places(t: Tongue, key: &str, kind: Kind, view: &CaseView) -> Option<Fact> {
    let of_kind = view.appears_in.iter().filter(|place| place.gathering.kind == kind);
    let named = |place: &Place| {
        let row = GatheringRow::of(t, &place.gathering);
        let goals = place.goals.iter().filter_map(|goal| goal.title.as_ref());
        let goals: Vec<Named> = goals.map(|title| Named::plain(text::plain(title))).collect();
        std::iter::once(Named::link(row.title, row.href)).chain(goals)
    };
    let values: Vec<Named> = of_kind.flat_map(named).collect();
    (!values.is_empty()).then(|| Fact { label: t.say(key).into_owned(), values })
}

/// What promoted and what hindered, each with how much.
pub(super) fn forces(t: Tongue, facts: &CaseFacts) -> Vec<(String, Vec<(String, String)>)> {
    let row = |f: &FactorScore| (t.label(&f.factor), score(f.score));
    let group =
        |key: &str, factors: &[FactorScore]| (t.say(key).into_owned(), factors.iter().map(row).collect::<Vec<_>>());
    let groups = [group("field-promoting", &facts.promoting), group("field-hindering", &facts.hindering)];
    groups.into_iter().filter(|(_, rows)| !rows.is_empty()).collect()
}

fn score(score: i8) -> String {
    match score {
        0 => "0".to_owned(),
        n if n > 0 => format!("+{n}"),
        n => format!("−{}", n.unsigned_abs()),
    }
}

/// Codes that lead to the list of cases with the same.
fn linked<T: CodeList>(t: Tongue, key: &str, name: &str, codes: &[Code<T>]) -> Option<Fact> {
    let way = |code: &Code<T>| code.known().map(|_| address("/cases", [(name, code.id())]));
    let named = |code: &Code<T>| Some(Named { name: wording::label(t, code)?, href: way(code) });
    let values: Vec<Named> = codes.iter().filter_map(named).collect();
    (!values.is_empty()).then(|| Fact { label: t.say(key).into_owned(), values })
}

fn lines(t: Tongue, key: &str, texts: &[String]) -> Option<Fact> {
    let values: Vec<Named> = texts.iter().filter(|s| !s.is_empty()).map(|s| Named::plain(text::plain(s))).collect();
    (!values.is_empty()).then(|| Fact { label: t.say(key).into_owned(), values })
}

fn in_use(t: Tongue, facts: &CaseFacts) -> Option<Fact> {
    Fact::one(t, "field-in-use", facts.period?.in_use.map(|day| Named::plain(t.date(day))))
}

fn with_address(mut fact: Fact, url: &str) -> Fact {
    if let (Some(url), Some(first)) = (text::address(url), fact.values.first_mut()) {
        first.href = Some(url);
    }
    fact
}

fn software(t: Tongue, view: &CaseView) -> Option<Fact> {
    let open = |at: usize| view.facts.software.get(at).and_then(|code| wording::label(t, code));
    let rows = view.text.software.iter().enumerate();
    let named = rows.map(|(at, s)| {
        let parts = [Some(text::plain(&s.name)), open(at), Some(text::plain(&s.vendor))];
        let parts: Vec<String> = parts.into_iter().flatten().filter(|p| !p.is_empty()).collect();
        Named { name: parts.join(", "), href: text::address(&s.url).or_else(|| text::address(&s.publiccode_url)) }
    });
    let values: Vec<Named> = named.filter(|n| !n.name.is_empty()).collect();
    (!values.is_empty()).then(|| Fact { label: t.say("field-software").into_owned(), values })
}

fn reference(t: Tongue, view: &CaseView) -> Option<Fact> {
    let said = view.text.case_reference.as_ref()?;
    let date = view.facts.case_reference.and_then(|r| r.date).map(|day| t.date(day));
    let parts = [text::plain(&said.number), text::plain(&said.decision), date.unwrap_or_default()];
    let name = parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ");
    let href = text::address(&said.url);
    Fact::one(t, "field-case-reference", (!name.is_empty()).then_some(Named { name, href }))
}

fn links(t: Tongue, view: &CaseView) -> Option<Fact> {
    let named = |link: &idenett_protocol::body::Link| {
        let title = if link.title.is_empty() { &link.url } else { &link.title };
        Named { name: text::plain(title), href: text::address(&link.url) }
    };
    let values: Vec<Named> = view.text.links.iter().map(named).filter(|n| !n.name.is_empty()).collect();
    (!values.is_empty()).then(|| Fact { label: t.say("field-links").into_owned(), values })
}
