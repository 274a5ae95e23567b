//! Written cases with graded queries, and what a search makes of them. The cases and grades were written by hand,
//! those of set `a` by someone who had seen neither lexicon nor rules; only they count.

use std::collections::{BTreeMap, HashMap};

use idenett::search::{Article, Asked, Search, Traits, Zone};
use idenett_protocol::codes::{CaseStatus, CodeList, InnovationType, Lang, Sector, Theme};
use idenett_protocol::id::EntryId;
use idenett_protocol::time::Day;
use rust_stemmers::{Algorithm, Stemmer};
use serde::Deserialize;

/// Ranks that are looked at.
pub const DEPTH: usize = 10;

/// A written case.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldCase {
    /// Its name among the cases.
    pub key: String,
    /// The written language: `nb` or `nn`.
    pub lang: String,
    title: String,
    summary: String,
    problem: String,
    solution: String,
    #[serde(default)]
    lessons: String,
    status: String,
    types: Vec<String>,
    sector: String,
    themes: Vec<String>,
}

/// A query with its grades: 3 what was asked for, 2 useful, 1 touches it; all others 0.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldQuery {
    /// Its name among the queries.
    pub key: String,
    /// The written language.
    pub lang: String,
    /// What is typed.
    pub text: String,
    /// Whether what it looks for is written in the other language.
    pub cross: bool,
    /// By the names of cases.
    pub grades: BTreeMap<String, u8>,
}

/// Cases and queries.
pub struct Gold {
    /// All cases of both sets, the noise of each other.
    pub cases: Vec<GoldCase>,
    /// The queries of set `a`, which count, and of set `b`, by which the search was tuned.
    pub queries: [Vec<GoldQuery>; 2],
}

impl Gold {
    /// The sets as they are kept.
    pub fn read() -> Self {
        let mut cases = lines(include_str!("../gold/a/cases.jsonl"));
        cases.extend(lines::<GoldCase>(include_str!("../gold/b/cases.jsonl")));
        let queries = [lines(include_str!("../gold/a/queries.jsonl")), lines(include_str!("../gold/b/queries.jsonl"))];
        Self { cases, queries }
    }
}

fn lines<T: for<'de> Deserialize<'de>>(text: &str) -> Vec<T> {
    text.lines().filter(|l| !l.trim().is_empty()).map(|l| serde_json::from_str(l).expect("a line of the set")).collect()
}

impl GoldCase {
    /// The case as the index takes it; its number is its id.
    pub fn article(&self, number: usize) -> Article {
        let code = |id: &str| id.parse::<Sector>().expect("a sector");
        let themes: Vec<Theme> = self.themes.iter().map(|id| Theme::named(id).expect("a theme")).collect();
        let mut texts = vec![
            (Zone::Title, self.title.clone()),
            (Zone::Summary, self.summary.clone()),
            (Zone::Body, self.problem.clone()),
            (Zone::Body, self.solution.clone()),
            (Zone::Body, self.lessons.clone()),
        ];
        texts.extend(themes.iter().map(|theme| (Zone::Label, theme.label(Lang::Nb).to_owned())));
        let traits = Traits {
            sector: code(&self.sector).into(),
            themes: themes.into_iter().map(Into::into).collect(),
            status: CaseStatus::named(&self.status).expect("a status").into(),
            types: self.types.iter().map(|id| InnovationType::named(id).expect("a type").into()).collect(),
            lang: Lang::named(&self.lang).expect("a language").into(),
            ..Traits::default()
        };
        Article { id: id_of(number), texts, traits }
    }

    fn all_text(&self) -> String {
        [&self.title, &self.summary, &self.problem, &self.solution, &self.lessons].map(String::as_str).join("\n")
    }
}

fn id_of(number: usize) -> EntryId {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&(number as u64).to_be_bytes());
    EntryId::from_bytes(bytes)
}

/// What gives, for a query, the names of cases in the order of their rank.
pub type Ranker<'a> = Box<dyn Fn(&str) -> Vec<String> + 'a>;

/// The search of the product over these cases.
pub fn product(cases: &[GoldCase], search: Search) -> Ranker<'_> {
    for (number, case) in cases.iter().enumerate() {
        search.put(&case.article(number)).expect("the disk works");
    }

    search.commit(String::new()).expect("the disk works");
    let by_id: HashMap<EntryId, usize> = (0..cases.len()).map(|n| (id_of(n), n)).collect();
    Box::new(move |text| {
        let day = Day::from_ymd(2026, 11, 25).expect("a day");
        let article = |id: &EntryId| by_id.get(id).and_then(|n| cases.get(*n).map(|case| case.article(*n)));
        let found = search.ask(&Asked { limit: DEPTH, ..Asked::words(text) }, day, &article).expect("an answer");
        found.hits.iter().map(|hit| cases[by_id[&hit.id]].key.clone()).collect()
    })
}

/// Words in small letters as Snowball's Norwegian stemmer leaves them: what ordinary search does.
pub fn snowball(text: &str) -> Vec<String> {
    let stemmer = Stemmer::create(Algorithm::Norwegian);
    plain_words(text).iter().map(|word| stemmer.stem(word).into_owned()).collect()
}

/// Every four letters in a row.
pub fn four_grams(text: &str) -> Vec<String> {
    let mut grams = Vec::new();
    for word in plain_words(text) {
        let letters: Vec<char> = word.chars().collect();
        if letters.len() <= 4 {
            grams.push(word);
        } else {
            grams.extend(letters.windows(4).map(|four| four.iter().collect::<String>()));
        }
    }
    grams
}

/// Words as they are written, in small letters.
pub fn plain_words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect()
}

/// BM25 over the terms of whole texts.
pub fn baseline<'a>(documents: Vec<(String, String)>, terms: fn(&str) -> Vec<String>) -> Ranker<'a> {
    let mut index: HashMap<String, HashMap<usize, f64>> = HashMap::new();
    let mut lengths = Vec::new();
    for (n, (_, text)) in documents.iter().enumerate() {
        let found = terms(text);
        lengths.push(found.len() as f64);
        for term in found {
            *index.entry(term).or_default().entry(n).or_default() += 1.0;
        }
    }
    let mean = lengths.iter().sum::<f64>() / lengths.len().max(1) as f64;
    Box::new(move |query| {
        let mut scores: HashMap<usize, f64> = HashMap::new();
        for term in terms(query) {
            let Some(postings) = index.get(&term) else { continue };
            let (all, with) = (documents.len() as f64, postings.len() as f64);
            let rarity = (1.0 + (all - with + 0.5) / (with + 0.5)).ln();
            for (n, often) in postings {
                let norm = 1.2 * (0.25 + 0.75 * lengths[*n] / mean);
                *scores.entry(*n).or_default() += rarity * often * 2.2 / (often + norm);
            }
        }
        let mut ranked: Vec<(usize, f64)> = scores.into_iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranked.into_iter().take(DEPTH).map(|(n, _)| documents[n].0.clone()).collect()
    })
}

/// The cases as the baselines take them.
pub fn documents(cases: &[GoldCase]) -> Vec<(String, String)> {
    cases.iter().map(|case| (case.key.clone(), case.all_text())).collect()
}

/// How good the first ten are, from 0 to 1: each grade weighed by its rank, against the best order
/// there is (nDCG@10 with gain 2^grade - 1).
pub fn ndcg(query: &GoldQuery, ranked: &[String]) -> f64 {
    let gain = |grade: u8| f64::from((1_u32 << grade) - 1);
    let discounted = |grades: Vec<u8>| -> f64 {
        grades.iter().take(DEPTH).enumerate().map(|(rank, g)| gain(*g) / (rank as f64 + 2.0).log2()).sum()
    };
    let found = ranked.iter().map(|key| query.grades.get(key).copied().unwrap_or_default()).collect();
    let mut best: Vec<u8> = query.grades.values().copied().collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    discounted(found) / discounted(best)
}
