//! The languages in which people read Idenett: bokmål, nynorsk and English. Texts are in `locales/`, the labels of
//! codes in the protocol. Knows nothing of pages, and nothing of the languages in which members write.

mod oslo;
mod figures;
mod preference;

use std::borrow::{Borrow, Cow};
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use idenett_protocol::codes::{Code, CodeList, Lang};
use unic_langid::LanguageIdentifier;

/// A language in which pages are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tongue {
    /// Bokmål.
    #[default]
    Nb,
    /// Nynorsk.
    Nn,
    /// English.
    En,
}

macro_rules! texts {
    ($lang:literal) => {
        [
            include_str!(concat!("../../locales/", $lang, "/frame.ftl")),
            include_str!(concat!("../../locales/", $lang, "/lists.ftl")),
            include_str!(concat!("../../locales/", $lang, "/case.ftl")),
            include_str!(concat!("../../locales/", $lang, "/places.ftl")),
            include_str!(concat!("../../locales/", $lang, "/help.ftl")),
            include_str!(concat!("../../locales/", $lang, "/figures.ftl")),
            include_str!(concat!("../../locales/", $lang, "/barometer.ftl")),
        ]
    };
}

static NB: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle("nb", texts!("nb")));
static NN: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle("nn", texts!("nn")));
static EN: LazyLock<FluentBundle<FluentResource>> = LazyLock::new(|| bundle("en", texts!("en")));

impl Tongue {
    /// All of them, in the order in which people choose.
    pub const ALL: [Tongue; 3] = [Tongue::Nb, Tongue::Nn, Tongue::En];

    /// Its code in addresses, cookies and the `lang` attribute.
    pub const fn id(self) -> &'static str {
        match self {
            Tongue::Nb => "nb",
            Tongue::Nn => "nn",
            Tongue::En => "en",
        }
    }

    /// Its own name for itself.
    pub const fn name(self) -> &'static str {
        match self {
            Tongue::Nb => "Bokmål",
            Tongue::Nn => "Nynorsk",
            Tongue::En => "English",
        }
    }

    /// The language of a code.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.id() == id)
    }

    /// The language for a member that writes in this one.
    pub const fn of(lang: Lang) -> Self {
        match lang {
            Lang::Nn => Tongue::Nn,
            Lang::En => Tongue::En,
            Lang::Nb | Lang::Se | Lang::NotStated => Tongue::Nb,
        }
    }

    /// The first of a browser's languages that there is, by the header `Accept-Language`.
    pub fn preferred(header: &str) -> Option<Self> {
        preference::first(header)
    }

    /// The language in which labels of codes are read.
    pub const fn lang(self) -> Lang {
        match self {
            Tongue::Nb => Lang::Nb,
            Tongue::Nn => Lang::Nn,
            Tongue::En => Lang::En,
        }
    }

    /// A text without variables.
    pub fn say(self, key: &str) -> Cow<'static, str> {
        self.text(key, None)
    }

    /// A text about a number: `n` chooses the form, `count` is the number as it is written.
    pub fn count(self, key: &str, n: impl Borrow<usize>) -> Cow<'static, str> {
        let n = *n.borrow();
        let mut args = FluentArgs::new();
        args.set("n", FluentValue::from(n));
        args.set("count", self.number(i64::try_from(n).unwrap_or(i64::MAX)));
        self.text(key, Some(&args))
    }

    /// A text with one word put in.
    pub fn with(self, key: &str, name: &'static str, value: &str) -> Cow<'static, str> {
        self.fill(key, &[(name, value)])
    }

    /// A text with words put in.
    pub fn fill(self, key: &str, words: &[(&'static str, &str)]) -> Cow<'static, str> {
        let mut args = FluentArgs::new();
        for (name, value) in words {
            args.set(*name, FluentValue::from((*value).to_owned()));
        }
        self.text(key, Some(&args))
    }

    /// The label of a code with a capital letter, as it stands alone.
    pub fn label<T: CodeList>(self, code: &Code<T>) -> String {
        capital(code.label(self.lang()))
    }

    /// Whether there is a text of this name.
    pub fn has(self, key: &str) -> bool {
        self.bundle().has_message(key)
    }

    fn text(self, key: &str, args: Option<&FluentArgs<'_>>) -> Cow<'static, str> {
        let bundle = self.bundle();
        // That every text is there is a test of its own.
        let Some(pattern) = bundle.get_message(key).and_then(|m| m.value()) else { return Cow::Owned(key.to_owned()) };
        Cow::Owned(bundle.format_pattern(pattern, args, &mut Vec::new()).into_owned())
    }

    fn bundle(self) -> &'static FluentBundle<FluentResource> {
        match self {
            Tongue::Nb => &NB,
            Tongue::Nn => &NN,
            Tongue::En => &EN,
        }
    }
}

/// A text with its first letter made large.
pub fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
}

fn bundle(lang: &str, texts: [&str; 7]) -> FluentBundle<FluentResource> {
    let lang: LanguageIdentifier = lang.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![lang]);
    // Marks around what is put in would be read out by some screen readers; elements isolate instead.
    bundle.set_use_isolating(false);
    for text in texts {
        // What cannot be read is missing, and what is missing fails the tests.
        let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
        bundle.add_resource_overriding(resource);
    }
    bundle
}

#[cfg(test)]
mod tests;
