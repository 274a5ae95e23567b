//! What stands around every page: name, search, ways to elsewhere, languages.

use super::asked::{Asked, LANGUAGE};
use super::site::Site;
use super::text;
use crate::language::Tongue;

/// Where in the whole a page stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In none of the parts that the menu names.
    None,
    Start,
    Cases,
    Needs,
    Gatherings,
    Themes,
    Municipalities,
    Barometer,
    Network,
    Help,
}

/// An entry of the menu.
pub(super) struct Way {
    pub(super) href: &'static str,
    pub(super) label: String,
    pub(super) here: bool,
}

/// A language that can be chosen.
pub(super) struct Choice {
    pub(super) t: Tongue,
    pub(super) href: String,
    pub(super) here: bool,
}

/// What stands around a page.
pub(super) struct Shell {
    pub(super) styles: Vec<String>,
    pub(super) script: String,
    pub(super) sign: String,
    pub(super) member: String,
    pub(super) federation: String,
    pub(super) ways: Vec<Way>,
    pub(super) choices: Vec<Choice>,
    /// Whether the search field stands in the head; some pages have a larger one.
    pub(super) search: bool,
    pub(super) searched: String,
}

impl Shell {
    pub(super) fn new(site: &Site, asked: &Asked, place: Place) -> Self {
        let t = asked.t;
        let ways = [
            (Place::Cases, "/cases", t.say("menu-cases")),
            (Place::Needs, "/needs", t.say("menu-needs")),
            (Place::Municipalities, "/municipalities", t.say("menu-municipalities")),
            (Place::Themes, "/themes", t.say("menu-themes")),
            (Place::Gatherings, "/gatherings", t.say("menu-gatherings")),
            (Place::Barometer, "/barometer", t.say("menu-barometer")),
            (Place::Network, "/network", t.say("menu-network")),
            (Place::Help, "/help", t.say("menu-help")),
        ];
        let choice = |t: Tongue| Choice { t, href: asked.address(LANGUAGE, Some(t.id())), here: t == asked.t };
        let federation = site.desk().library().ledger(|l| l.charters().current().map(|c| c.terms().name.clone()));
        Self {
            styles: site.assets().styles(),
            script: site.assets().script(),
            sign: site.assets().sign(),
            member: text::plain(&site.desk().config().name),
            federation: text::plain(&federation.unwrap_or_default()),
            ways: ways.map(|(at, href, label)| Way { href, label: label.into_owned(), here: at == place }).into(),
            choices: Tongue::ALL.map(choice).into(),
            search: !matches!(place, Place::Start | Place::Cases),
            searched: asked.value("q").map(text::plain).unwrap_or_default(),
        }
    }
}
