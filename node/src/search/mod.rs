//! Search over cases and needs: bokmål and nynorsk are one language, compounds are understood, and what
//! is known of a case counts beside its words. Derived from the records and never a reason to lose or refuse one.

pub mod analysis;
mod article;
mod concept;
mod extract;
mod packed;
mod question;
mod rank;
mod rows;
mod stretch;
mod saturation;
mod listed;
mod slate;
mod score;
mod slips;
mod store;
mod tally;
mod tokens;
mod traits;
mod values;
mod vocabulary;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use idenett_protocol::organisation::OrgNumber;
use idenett_protocol::time::Day;

pub use article::{Article, Zone};
pub use question::MAX_QUERY_CHARS;
pub use rank::MAX_DEPTH;
pub use traits::{Facet, Traits, is_searched};
pub use vocabulary::{MAX_VOCABULARY_BYTES, Vocabulary, VocabularyFault};

use concept::{concepts, phrases};
use extract::Marker;
use question::Question;
use rank::{Ranked, Ranking};
use score::Weighed;
use store::Store;

/// Hits of one answer at most.
pub const MAX_LIMIT: usize = 100;
/// What is looked for where failures are asked for.
const FAILED: [&str; 2] = ["ended_with_lessons", "discontinued"];

/// What a person or program wants to find.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What was typed.
    pub text: String,
    /// Cases or needs.
    pub kind: Kind,
    /// For each facet, values of which one must be there.
    pub filters: BTreeMap<Facet, BTreeSet<String>>,
    /// Only of municipalities like this one.
    pub like: Option<OrgNumber>,
    /// Whose municipality the reader is of; those like it come a little earlier.
    pub viewer: Option<OrgNumber>,
    /// In which order.
    pub sort: Sort,
    /// Hits that are left out at the beginning.
    pub offset: usize,
    /// Hits that are shown; at most [`MAX_LIMIT`].
    pub limit: usize,
}

impl Asked {
    /// Asks for cases by words alone.
    pub fn words(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            kind: Kind::Case,
            filters: BTreeMap::new(),
            like: None,
            viewer: None,
            sort: Sort::Relevance,
            offset: 0,
            limit: 10,
        }
    }
}

/// In which order hits are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// What answers the question best.
    #[default]
    Relevance,
    /// What was signed last.
    Newest,
    /// What most others use.
    MostReused,
    /// By name.
    Title,
}

impl Sort {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Relevance, Self::Newest, Self::MostReused, Self::Title];

    /// The name in addresses.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Newest => "newest",
            Self::MostReused => "most_reused",
            Self::Title => "title",
        }
    }

    /// The order of a name.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.id() == id)
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// How many there are.
    pub total: usize,
    /// Those that are shown.
    pub hits: Vec<Hit>,
    /// How many there would be of each value of each facet, the most frequent first.
    pub facets: BTreeMap<Facet, Vec<(String, usize)>>,
    /// What was understood beside the words.
    pub notes: Vec<Note>,
}

/// One of those that were found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// The thing.
    pub id: EntryId,
    /// How well it answers; only to be compared with others of the same answer.
    pub score: f32,
    /// Its name, what was looked for marked.
    pub title: Vec<Piece>,
    /// A piece of its text, what was looked for marked.
    pub extract: Vec<Piece>,
    /// By what it was found.
    pub why: Vec<Why>,
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The piece.
    pub text: String,
    /// Whether it was looked for.
    pub marked: bool,
}

/// By what a case was found. Words are as they are written, in small letters.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "what was asked for and what was found in its place")]
pub enum Why {
    /// By its name.
    Title,
    /// By a word as it was typed.
    Word(String),
    /// By another form of it, or its form in the other written language.
    OtherForm { asked: String, found: String },
    /// By a part of a compound, or a compound by its parts.
    Part { asked: String, found: String },
    /// By an abbreviation or what it stands for.
    Abbreviation { asked: String, found: String },
    /// By another word for the same or nearly the same.
    Synonym { asked: String, found: String },
    /// By a word that differs by one slip of the pen.
    Spelling { asked: String, found: String },
    /// By a phrase in quotation marks.
    Phrase,
}

/// What was understood of a question beside its words.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "what was typed and what it was taken for")]
pub enum Note {
    /// A word that nobody wrote was taken for another.
    Spelling { typed: String, taken: String },
    /// Only municipalities like the reader's.
    LikeUs,
    /// Municipalities like the reader's were asked for, and nobody knows which that is.
    LikeWhom,
    /// Only what ended or was given up.
    Failures,
}

/// Why the search does not answer. Always this node's own fault; no record is the worse for it.
#[derive(Debug, thiserror::Error)]
pub enum SearchFault {
    /// The index cannot be read or written.
    #[error("the search index failed: {0}; `idenett reindex` makes it anew")]
    Index(#[from] tantivy::TantivyError),
    /// The index cannot be read.
    #[error("the search index cannot be read: {0}; `idenett reindex` makes it anew")]
    Read(#[from] std::io::Error),
    /// Its directory cannot be written.
    #[error("the directory {} of the search index cannot be written: {source}", path.display())]
    Disk {
        /// The directory.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The index is damaged or of another form.
    #[error("the search index is damaged; `idenett reindex` makes it anew")]
    Broken,
}

/// The search of one node.
pub struct Search {
    store: Store,
    vocabulary: RwLock<Vocabulary>,
}

impl Search {
    /// Opens the index of a directory; one that cannot be relied on is made anew and empty.
    ///
    /// # Errors
    /// If the directory cannot be written.
    pub fn open(directory: &Path) -> Result<Self, SearchFault> {
        Ok(Self { store: Store::open(directory)?, vocabulary: RwLock::default() })
    }

    /// Uses a vocabulary from now on.
    pub fn set_vocabulary(&self, vocabulary: Vocabulary) {
        *self.vocabulary.write().unwrap_or_else(PoisonError::into_inner) = vocabulary;
    }

    /// What the index reflects, as it was said at its last commit.
    pub fn reflects(&self) -> Option<String> {
        self.store.reflects()
    }

    /// The things that were in it at its last commit.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn ids(&self) -> Result<Vec<EntryId>, SearchFault> {
        self.store.view().ids()
    }

    /// Puts an article in, in the place of an earlier one of the same thing.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn put(&self, article: &Article) -> Result<(), SearchFault> {
        self.store.put(article)
    }

    /// Takes a thing out.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn remove(&self, id: &EntryId) -> Result<(), SearchFault> {
        self.store.remove(id)
    }

    /// Makes what was put in and taken out visible. `reflects` is kept for [`Search::reflects`].
    ///
    /// # Errors
    /// If the disk fails.
    pub fn commit(&self, reflects: String) -> Result<(), SearchFault> {
        self.store.commit(reflects)
    }

    /// Removes the words of what was taken out from the files too.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn purge(&self) -> Result<(), SearchFault> {
        self.store.purge()
    }

    /// Brings all together after much was put in and committed: questions are answered sooner from it. What was taken
    /// out leaves the files.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn settle(&self) -> Result<(), SearchFault> {
        self.store.settle()
    }

    /// Empties the index.
    ///
    /// # Errors
    /// If the directory cannot be written.
    pub fn clear(&self) -> Result<(), SearchFault> {
        self.store.clear()
    }

    /// Ends the threads that write; the next change begins new ones.
    pub fn rest(&self) {
        self.store.rest();
    }

    /// Answers a question as of a day. `article` gives the texts of a hit, for what is shown of it;
    /// a hit without one is left out.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn ask(
        &self,
        asked: &Asked,
        day: Day,
        article: &dyn Fn(&EntryId) -> Option<Article>,
    ) -> Result<Found, SearchFault> {
        let question = Question::read(&asked.text);
        let (asked, mut notes) = narrowed(asked, &question);
        let view = self.store.view();
        let fields = self.store.fields;
        let mut concepts = {
            let vocabulary = self.vocabulary.read().unwrap_or_else(PoisonError::into_inner);
            concepts(&question, |keys| vocabulary.others(keys))
        };
        let phrases = phrases(&question);
        let slips = slips::forgive(&view.searcher, fields, &mut concepts)?;
        let weighed = Weighed::new(&view.searcher, fields, concepts, &phrases)?;
        let today = u64::from(day.number().unsigned_abs());
        let Ranked { total, hits, facets } = Ranking::new(&asked, &weighed, today).rank(&view)?;
        let concepts = weighed.into_concepts();
        let mut marker = Marker::new(&concepts, &phrases);
        let shown = hits.into_iter().filter_map(|(id, score)| {
            let extract = marker.extract(&article(&id)?);
            Some(Hit { id, score, title: extract.title, extract: extract.text, why: extract.why })
        });
        let hits: Vec<Hit> = shown.collect();
        notes.extend(slips.into_iter().map(|(typed, taken)| Note::Spelling { typed, taken: as_written(taken, &hits) }));
        Ok(Found { total, hits, facets, notes })
    }
}

/// A word that the index has in plain letters, as it stands in what was found.
fn as_written(plain: String, hits: &[Hit]) -> String {
    let key = analysis::key(&plain);
    let found = hits.iter().flat_map(|hit| &hit.why).find_map(|why| {
        let Why::Spelling { found, .. } = why else { return None };
        (analysis::key(&analysis::fold(found)) == key).then(|| found.clone())
    });
    found.unwrap_or(plain)
}

/// What was asked, with the wishes that the words contained.
fn narrowed(asked: &Asked, question: &Question) -> (Asked, Vec<Note>) {
    let mut asked = Asked { limit: asked.limit.min(MAX_LIMIT), ..asked.clone() };
    let mut notes = Vec::new();
    if question.like_us {
        asked.like = asked.like.or(asked.viewer);
        notes.push(if asked.like.is_some() { Note::LikeUs } else { Note::LikeWhom });
    }
    if question.failures && asked.kind == Kind::Case {
        asked.filters.entry(Facet::Status).or_insert_with(|| FAILED.map(str::to_owned).into());
        notes.push(Note::Failures);
    }
    (asked, notes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(ids: &[u8], query: &str) -> Found {
        let directory = tempfile::tempdir().expect("a directory");
        let search = Search::open(directory.path()).expect("an index");
        let article = |id: &EntryId| {
            let texts = vec![(Zone::Title, "Lågare sykefravær på sykehjem".to_owned())];
            Some(Article { id: *id, texts, traits: Traits::default() })
        };
        for id in ids {
            search.put(&article(&EntryId::from_bytes([*id; 32])).expect("an article")).expect("the disk works");
            search.commit(String::new()).expect("the disk works");
        }
        search.ask(&Asked::words(query), Day::from_ymd(2026, 11, 25).expect("a day"), &article).expect("an answer")
    }

    #[test]
    fn what_answers_equally_well_stands_in_one_order_on_every_node() {
        let order = |ids: &[u8]| found(ids, "sykefravær").hits.iter().map(|hit| hit.id).collect::<Vec<_>>();
        assert_eq!(order(&[3, 1, 2]), [1, 2, 3].map(|id| EntryId::from_bytes([id; 32])));
        assert_eq!(order(&[2, 3, 1]), order(&[3, 1, 2]));
    }

    /// Enough for several stretches.
    #[test]
    fn many_are_counted_and_put_in_order_as_few_are() {
        let directory = tempfile::tempdir().expect("a directory");
        let search = Search::open(directory.path()).expect("an index");
        let id = |n: u8| EntryId::from_bytes([n; 32]);
        let article = |n: u8| Article {
            id: id(n),
            texts: vec![(Zone::Title, if n.is_multiple_of(3) { "Sykefravær" } else { "Gatelys" }.to_owned())],
            traits: Traits { evidence: n % 6, ..Traits::default() },
        };
        let texts = |found: &EntryId| Some(article(found.as_bytes()[0]));
        let check = |gone: &[u8]| {
            let asked = Asked { limit: 4, offset: 3, ..Asked::words("sykefravær") };
            let found = search.ask(&asked, Day::from_ymd(2026, 11, 25).expect("a day"), &texts).expect("an answer");
            let in_order = (0..40).filter(|n| n % 6 == 3).chain((0..40).filter(|n| n % 6 == 0));
            let left: Vec<u8> = in_order.filter(|n| !gone.contains(n)).collect();
            let shown: Vec<EntryId> = found.hits.iter().map(|hit| hit.id).collect();
            assert_eq!(shown, left[3..7].iter().map(|n| id(*n)).collect::<Vec<_>>());
            assert_eq!(found.total, left.len());
            assert_eq!(found.facets[&Facet::Evidence].iter().map(|(_, count)| count).sum::<usize>(), left.len());
            assert_eq!(search.ids().expect("ids").len(), 40 - gone.len());
        };
        (0..40).for_each(|n| search.put(&article(n)).expect("the disk works"));
        search.commit(String::new()).expect("the disk works");
        check(&[]);
        search.remove(&id(9)).expect("the disk works");
        search.commit(String::new()).expect("the disk works");
        check(&[9]);
        search.settle().expect("the disk works");
        check(&[9]);
    }

    #[test]
    fn words_are_told_as_they_are_written() {
        let slip = found(&[1], "sykefravør");
        let note = Note::Spelling { typed: "sykefravør".into(), taken: "sykefravær".into() };
        assert_eq!(slip.notes, [note]);
        let other = found(&[1], "Sjukefråvær");
        let form = Why::OtherForm { asked: "sjukefråvær".into(), found: "sykefravær".into() };
        assert!(other.hits.iter().all(|hit| hit.why.contains(&form)) && other.total == 1, "{other:?}");
    }
}
