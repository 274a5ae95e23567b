//! Any number of cases for measuring, made of the sentences of those that were written by hand, each made anew from
//! its number whenever it is needed.

use idenett::search::{Article, Traits, Zone};
use idenett_protocol::codes::{CaseStatus, CodeList, InnovationType, Lang, Licence, Origin, Sector, Theme};
use idenett_protocol::id::EntryId;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::time::Day;

use crate::gold::Gold;
use crate::random::Random;

/// Words of a case, about.
pub const WORDS: usize = 300;

/// Written cases of which one of these is made.
const SOURCES: usize = 3;

/// The written cases, by written language, and who owns cases.
pub struct Cases {
    written: [Vec<Written>; 2],
    owners: Vec<OrgNumber>,
    queries: Vec<String>,
}

/// A written case: its name and its sentences.
struct Written {
    title: String,
    sentences: Vec<String>,
}

impl Default for Cases {
    fn default() -> Self {
        Self::new()
    }
}

impl Cases {
    /// Reads the written cases.
    pub fn new() -> Self {
        let gold = Gold::read();
        let mut written = [Vec::new(), Vec::new()];
        for (number, case) in gold.cases.iter().enumerate() {
            let article = case.article(number);
            let told = article.texts.iter().filter(|(zone, _)| matches!(zone, Zone::Summary | Zone::Body));
            let sentences = told.flat_map(|(_, text)| text.split_inclusive(". ")).map(|s| s.trim().to_owned());
            let sentences = sentences.filter(|s| !s.is_empty()).collect();
            written[usize::from(case.lang == "nn")].push(Written { title: article.title().to_owned(), sentences });
        }
        let owners = idenett::municipalities::all().iter().map(|m| m.org).collect();
        let asked = gold.queries.into_iter().flatten().map(|q| q.text);
        let queries = asked.collect();
        Self { written, owners, queries }
    }

    /// The mix of queries.
    pub fn queries(&self) -> Vec<String> {
        self.queries.clone()
    }

    /// The case of a number.
    pub fn article(&self, number: usize) -> Article {
        let mut random = Random::new(number as u64 + 1);
        let language = usize::from(random.index(100) < 45);
        let written = &self.written[language];
        let sources: Vec<&Written> = (0..SOURCES).map(|_| &written[random.index(written.len())]).collect();
        let title = sources[0].title.clone();
        let summary = sources[0].sentences[0].clone();
        let (mut body, mut words) = (String::new(), 0);
        while words < WORDS {
            let sentences = &sources[random.index(SOURCES)].sentences;
            let sentence = &sentences[random.index(sentences.len())];
            words += sentence.split(' ').count();
            body.push_str(sentence);
            body.push(' ');
        }
        let texts = vec![(Zone::Title, title), (Zone::Summary, summary), (Zone::Body, body)];
        Article { id: id_of(number), texts, traits: self.traits(language, &mut random) }
    }

    /// The case of an id.
    pub fn article_of(&self, id: &EntryId) -> Article {
        let number = id.as_bytes().first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes));
        self.article(usize::try_from(number).expect("a number of ours"))
    }

    fn traits(&self, language: usize, random: &mut Random) -> Traits {
        Traits {
            sector: one::<Sector>(random).into(),
            themes: vec![one::<Theme>(random).into(), one::<Theme>(random).into()],
            status: one::<CaseStatus>(random).into(),
            types: vec![one::<InnovationType>(random).into()],
            evidence: u8::try_from(random.index(6)).unwrap_or_default(),
            origin: one::<Origin>(random).into(),
            owner: Some(self.owners[random.index(self.owners.len())]),
            lang: [Lang::Nb, Lang::Nn][language].into(),
            year: Some(2016 + i32::try_from(random.index(11)).unwrap_or_default()),
            licence: one::<Licence>(random).into(),
            ready: random.index(4) == 0,
            askable: random.index(2) == 0,
            day: Day::from_ymd(2020 + i32::try_from(random.index(6)).unwrap_or_default(), 5, 17),
            reusers: random.index(8),
            ..Traits::default()
        }
    }
}

fn id_of(number: usize) -> EntryId {
    let mut bytes = [7; 32];
    bytes[..8].copy_from_slice(&(number as u64).to_be_bytes());
    EntryId::from_bytes(bytes)
}

fn one<T: CodeList>(random: &mut Random) -> T {
    T::ALL[random.index(T::ALL.len())]
}
