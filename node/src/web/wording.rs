//! Codes, parties and amounts in the reader's words: what pages have in common.

use idenett_protocol::body::{Amount, Effort};
use idenett_protocol::codes::{CaseStatus, Code, CodeList};
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use idenett_protocol::organisation::OrgNumber;

use super::text;
use crate::language::Tongue;
use crate::reading::{Contact, Party, Signer, TextState};

/// A name, perhaps with a way to it.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) href: Option<String>,
}

/// A line of facts: what it is, and the values.
#[derive(Clone, Debug)]
pub(super) struct Fact {
    pub(super) label: String,
    pub(super) values: Vec<Named>,
}

impl Named {
    pub(super) fn plain(name: impl Into<String>) -> Self {
        Self { name: name.into(), href: None }
    }

    pub(super) fn link(name: impl Into<String>, href: impl Into<String>) -> Self {
        Self { name: name.into(), href: Some(href.into()) }
    }

    /// A member with the way to its page.
    pub(super) fn party(party: &Party) -> Self {
        Self::link(text::plain(&party.name), municipality(party.org))
    }

    /// Who signed something.
    pub(super) fn signer(t: Tongue, signer: &Signer) -> Self {
        match signer {
            Signer::Member(party) => Self::party(party),
            Signer::Registrar => Self::plain(t.say("signer-registrar")),
            Signer::DataProtection => Self::plain(t.say("signer-data-protection")),
            Signer::Unknown(log) => Self::plain(log.short()),
        }
    }
}

impl Fact {
    /// A fact with one value; none where there is nothing to say.
    pub(super) fn one(t: Tongue, key: &str, value: Option<Named>) -> Option<Self> {
        Some(Self { label: t.say(key).into_owned(), values: vec![value?] })
    }

    /// A fact by the labels of codes; none where nothing is stated.
    pub(super) fn codes<T: CodeList>(t: Tongue, key: &str, codes: &[Code<T>]) -> Option<Self> {
        let values: Vec<Named> = codes.iter().filter_map(|c| label(t, c)).map(Named::plain).collect();
        (!values.is_empty()).then(|| Self { label: t.say(key).into_owned(), values })
    }

    /// A fact by the label of a code; none where nothing is stated.
    pub(super) fn code<T: CodeList>(t: Tongue, key: &str, code: &Code<T>) -> Option<Self> {
        Self::codes(t, key, std::slice::from_ref(code))
    }
}

/// The label of a code; nothing where nothing is stated. An unknown code is a text like any other.
pub(super) fn label<T: CodeList>(t: Tongue, code: &Code<T>) -> Option<String> {
    (!code.is_not_stated()).then(|| text::plain(&t.label(code)))
}

/// The colour in which a status is shown.
pub(super) fn status_color(status: &Code<CaseStatus>) -> &'static str {
    match status.known() {
        Some(CaseStatus::Utilised) => "success",
        Some(CaseStatus::InUse) => "accent",
        Some(CaseStatus::EndedWithLessons | CaseStatus::Discontinued) => "warning",
        Some(
            CaseStatus::Idea
            | CaseStatus::NeedClarified
            | CaseStatus::Developing
            | CaseStatus::Testing
            | CaseStatus::Pilot
            | CaseStatus::NotStated,
        )
        | None => "neutral",
    }
}

/// What a case is by how far it has come: it is called an innovation only once its value is documented.
pub(super) fn stage(t: Tongue, status: &Code<CaseStatus>) -> String {
    let said = match status.known() {
        Some(CaseStatus::Idea | CaseStatus::NeedClarified) => t.say("stage-idea"),
        Some(CaseStatus::Developing | CaseStatus::Testing | CaseStatus::Pilot) => t.say("stage-trial"),
        Some(CaseStatus::InUse) => t.say("stage-in-use"),
        Some(CaseStatus::Utilised) => t.say("stage-innovation"),
        Some(CaseStatus::EndedWithLessons | CaseStatus::Discontinued) => t.say("stage-ended"),
        Some(CaseStatus::NotStated) | None => t.say("stage-case"),
    };
    said.into_owned()
}

/// What is said in place of a title that is not here.
pub(super) fn title(t: Tongue, title: &str, state: TextState) -> String {
    if title.is_empty() { missing(t, state).into_owned() } else { text::plain(title) }
}

fn missing(t: Tongue, state: TextState) -> std::borrow::Cow<'static, str> {
    match state {
        TextState::Here => t.say("untitled"),
        TextState::Redacted(_) => t.say("redacted"),
        TextState::Wanted => t.say("wanted"),
        TextState::Unreadable => t.say("unreadable"),
    }
}

/// What is said in place of a text that is not here.
pub(super) fn absent(t: Tongue, state: TextState) -> Option<String> {
    (state != TextState::Here).then(|| missing(t, state).into_owned())
}

/// What it takes, line by line.
pub(super) fn effort(t: Tongue, effort: &Effort) -> Vec<Fact> {
    let money = |amount: &Option<Amount>| {
        let figures = t.amount(amount.as_ref()?)?;
        Some(Named::plain(t.with("kroner", "amount", &figures)))
    };
    let count = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
    let lines = [
        Fact::one(t, "effort-weeks", effort.weeks.map(|n| Named::plain(t.count("weeks", count(n))))),
        Fact::one(
            t,
            "effort-people",
            effort.person_years_tenths.map(|n| Named::plain(t.with("person-years", "amount", &t.tenths(n)))),
        ),
        Fact::one(t, "effort-once", money(&effort.one_time_nok)),
        Fact::one(t, "effort-yearly", money(&effort.yearly_nok)),
        Fact::one(t, "effort-price-year", effort.price_year.map(|y| Named::plain(y.to_string()))),
    ];
    lines.into_iter().flatten().collect()
}

/// How a contact is reached, line by line.
pub(super) fn contact(t: Tongue, contact: &Contact) -> Vec<Fact> {
    let text = &contact.text;
    let said = |s: &String| (!s.is_empty()).then(|| Named::plain(text::plain(s)));
    let mailbox = said(&text.mailbox).map(|named| {
        let fine = text::is_mailbox(&text.mailbox);
        Named { href: fine.then(|| format!("mailto:{}", text.mailbox)), ..named }
    });
    let page = text::address(&text.url).map(|url| Named::link(text::plain(&url), url));
    let lines = [
        Fact::one(t, "contact-mailbox", mailbox),
        Fact::one(t, "contact-switchboard", said(&text.switchboard)),
        Fact::one(t, "contact-page", page),
        Fact::one(t, "contact-checked", contact.facts.checked.map(|day| Named::plain(t.date(day)))),
    ];
    lines.into_iter().flatten().collect()
}

/// How many others use something.
pub(super) fn used_by(t: Tongue, others: usize) -> String {
    if others == 0 { t.say("used-by-none") } else { t.count("used-by-count", others) }.into_owned()
}

/// The page of a member.
pub(super) fn municipality(org: OrgNumber) -> String {
    format!("/municipality/{org}")
}

/// The page of a case.
pub(super) fn case(id: &EntryId) -> String {
    format!("/case/{id}")
}

/// The page of a need.
pub(super) fn need(id: &EntryId) -> String {
    format!("/need/{id}")
}

/// The page of a plan, programme, collection or award.
pub(super) fn gathering(kind: Kind, id: &EntryId) -> String {
    format!("/{}/{id}", kind.name())
}

/// What things that gather cases are called, many of a kind.
pub(super) fn gatherings(t: Tongue, kind: Kind) -> String {
    t.say(&format!("gatherings-{}", kind.name())).into_owned()
}

/// The page of an entry.
pub(super) fn record(id: &EntryId) -> String {
    format!("/record/{id}")
}
