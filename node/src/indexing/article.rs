//! A case or need of the library as the search takes it.

use idenett_protocol::body::{CaseFacts, CaseText, Facts, NeedFacts, NeedText, Text};
use idenett_protocol::codes::{Code, CodeList, Lang};
use idenett_protocol::id::EntryId;
use idenett_protocol::time::Day;

use crate::library::{Library, LibraryFault};
use crate::municipalities;
use crate::reading::{Card, Record, TextState, card, open};
use crate::search::{Article, Traits, Zone};

/// Languages in which labels are found.
const LANGUAGES: [Lang; 3] = [Lang::Nb, Lang::Nn, Lang::En];

/// What looking for a thing gave.
pub(super) enum Looked {
    /// It is there.
    Article(Article),
    /// It is there, and its text has not arrived.
    Waiting(Article),
    /// There is no such case or need, or it was withdrawn.
    Nothing,
}

/// A thing with all that the index is told of it, as of a day.
pub(super) fn article(library: &Library, id: &EntryId, day: Day) -> Result<Looked, LibraryFault> {
    let Some(card) = card(library, id, day)?.filter(|card| !card.withdrawn) else { return Ok(Looked::Nothing) };
    let current = library.ledger(|l| l.thing(id).map(|thing| thing.current));
    let Some(record) = current.map(|id| open(library, &id)).transpose()?.flatten() else { return Ok(Looked::Nothing) };
    let mut texts = written(&record);
    texts.extend(labels(&card, &record));
    let article = Article { id: *id, texts, traits: traits(&card, &record) };
    Ok(if card.text_state == TextState::Wanted { Looked::Waiting(article) } else { Looked::Article(article) })
}

/// What people wrote in a thing, for what is shown of a hit.
pub(super) fn texts(library: &Library, id: &EntryId) -> Result<Option<Article>, LibraryFault> {
    let current = library.ledger(|l| l.thing(id).map(|thing| thing.current));
    let record = current.map(|id| open(library, &id)).transpose()?.flatten();
    Ok(record.map(|record| Article { id: *id, texts: written(&record), traits: Traits::default() }))
}

fn written(record: &Record) -> Vec<(Zone, String)> {
    let (title, summary, body): (&str, &str, Vec<&str>) = if let Text::Case(text) = &record.text {
        (&text.title, &text.summary, of_case(text))
    } else if let Text::Need(text) = &record.text {
        (&text.title, "", of_need(text))
    } else {
        return Vec::new();
    };
    let zones = std::iter::once((Zone::Title, title)).chain([(Zone::Summary, summary)]);
    let all = zones.chain(body.into_iter().map(|text| (Zone::Body, text)));
    all.filter(|(_, text)| !text.is_empty()).map(|(zone, text)| (zone, text.to_owned())).collect()
}

fn of_case(text: &CaseText) -> Vec<&str> {
    let fields = [
        &text.problem,
        &text.solution,
        &text.core,
        &text.adaptable,
        &text.prerequisites,
        &text.how_to,
        &text.lessons,
        &text.beneficiaries,
        &text.story,
        &text.next_needs,
    ];
    let lists = [&text.values, &text.builds_on, &text.regulations, &text.data_sources];
    let software = text.software.iter().flat_map(|s| [&s.name, &s.vendor]);
    let all = fields.into_iter().chain(lists.into_iter().flatten()).chain(software);
    all.map(String::as_str).collect()
}

fn of_need(text: &NeedText) -> Vec<&str> {
    [&text.situation, &text.affected, &text.constraints, &text.tried_before].map(String::as_str).to_vec()
}

/// Names by which a thing is found although nobody wrote them in it: its owner in every official
/// language, its themes, its part of the municipality.
fn labels(card: &Card, record: &Record) -> Vec<(Zone, String)> {
    let mut labels = vec![card.owner.name.clone()];
    let owners = [Some(card.owner.org), card.about.as_ref().map(|about| about.org)];
    for municipality in owners.into_iter().flatten().filter_map(municipalities::by_org) {
        labels.push(municipality.name.to_owned());
        labels.extend(municipality.parallel.iter().map(|name| (*name).to_owned()));
        labels.push(municipality.county.to_owned());
    }
    labels.extend(card.about.iter().map(|about| about.name.clone()));
    labels.extend(in_all_languages(&card.themes));
    labels.extend(in_all_languages(std::slice::from_ref(&card.sector)));
    match &record.facts {
        Ok(Facts::Case(facts)) => {
            labels.extend(in_all_languages(&facts.wicked_problem));
            labels.extend(facts.methods.iter().map(|method| method.replace('_', " ")));
        }
        Ok(Facts::Need(facts)) => labels.extend(in_all_languages(&facts.wicked_problem)),
        _ => {}
    }
    labels.sort();
    labels.dedup();
    labels.into_iter().map(|label| (Zone::Label, label)).collect()
}

fn in_all_languages<T: CodeList>(codes: &[Code<T>]) -> Vec<String> {
    let known = codes.iter().filter_map(Code::known);
    known.flat_map(|code| LANGUAGES.map(|lang| code.label(lang).to_owned())).collect()
}

fn traits(card: &Card, record: &Record) -> Traits {
    let common = Traits {
        sector: card.sector.clone(),
        themes: card.themes.clone(),
        evidence: card.evidence.level,
        owner: Some(card.owner.org),
        lang: card.lang.clone(),
        ready: card.ready,
        day: Some(card.time.day()),
        reusers: card.reusers.len(),
        ..Traits::default()
    };
    match &record.facts {
        Ok(Facts::Case(facts)) => of_case_facts(common, facts, card),
        Ok(Facts::Need(facts)) => of_need_facts(common, facts, card),
        _ => common,
    }
}

fn of_case_facts(common: Traits, facts: &CaseFacts, card: &Card) -> Traits {
    let in_use = facts.period.and_then(|period| period.in_use.or(period.start));
    Traits {
        status: facts.status.clone(),
        types: facts.types.clone(),
        origin: facts.origin.clone(),
        licence: facts.licence.clone(),
        wicked: facts.wicked_problem.clone(),
        askable: facts.contact.is_some(),
        year: Some(in_use.unwrap_or_else(|| card.time.day()).ymd().0),
        ..common
    }
}

fn of_need_facts(common: Traits, facts: &NeedFacts, card: &Card) -> Traits {
    Traits {
        need: true,
        need_status: facts.status.clone(),
        wicked: facts.wicked_problem.clone(),
        askable: facts.contact.is_some(),
        year: Some(card.time.day().ymd().0),
        ..common
    }
}
