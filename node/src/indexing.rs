//! Keeps the search level with the library: follows every log entry by entry, from wherever it stood, and puts what
//! looks different into the index anew. Live entries, a start after years and a rebuild take the same way.

mod article;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use idenett_protocol::id::{Digest, EntryId};
use idenett_protocol::kind::Kind;
use idenett_protocol::time::{Day, Timestamp};
use serde::{Deserialize, Serialize};

use crate::library::{Library, LibraryFault};
use crate::reading::{Reach, news, reach};
use crate::search::{Asked, Found, Search, SearchFault, Vocabulary, VocabularyFault};

use article::{Looked, article, texts};

/// The file of a loaded vocabulary in the index's directory.
const VOCABULARY: &str = "vocabulary.json";
/// The form of what is kept beside the index; with another one everything is looked at again.
const FORM: u32 = 1;

/// Things put in at once from which on the index is brought together, which takes longer than putting in fewer.
const MANY: u64 = 2_000;

/// Why the search is not level with the library, or does not answer.
#[derive(Debug, thiserror::Error)]
pub enum IndexingFault {
    /// The index failed.
    #[error(transparent)]
    Search(#[from] SearchFault),
    /// The library failed.
    #[error(transparent)]
    Library(#[from] LibraryFault),
    /// A vocabulary cannot be used.
    #[error(transparent)]
    Vocabulary(#[from] VocabularyFault),
}

/// The search of a node, level with its library.
pub struct Indexing {
    library: Arc<Library>,
    search: Search,
    vocabulary: PathBuf,
    followed: Mutex<Followed>,
    /// The node stops: what is not done is done at the next start.
    stopping: AtomicBool,
}

/// How far the logs were followed; kept with the index.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
struct Followed {
    form: u32,
    /// The charter on which it all stood.
    epoch: u32,
    /// Of each log the last place that counted.
    logs: Reach,
    /// The day as of which reuses counted.
    day: Option<Day>,
    /// Things whose text had not arrived.
    waiting: BTreeSet<EntryId>,
    /// The frontier that was reached; not kept, so that a start always looks once.
    #[serde(skip)]
    frontier: Option<Digest>,
}

/// What must be put anew.
#[derive(Default)]
struct Due {
    things: BTreeSet<EntryId>,
    everything: bool,
    /// A text was dropped: its words must leave the files too.
    purge: bool,
}

impl Indexing {
    /// Opens the index of a directory beside its library.
    ///
    /// # Errors
    /// If the directory cannot be written.
    pub fn open(directory: &Path, library: Arc<Library>) -> Result<Self, IndexingFault> {
        let search = Search::open(&directory.join("terms"))?;
        let vocabulary = directory.join(VOCABULARY);
        if vocabulary.exists() {
            match Vocabulary::load(&vocabulary) {
                Ok(loaded) => search.set_vocabulary(loaded),
                Err(fault) => tracing::warn!(%fault, "the vocabulary of the search is left out"),
            }
        }
        let kept = search.reflects().and_then(|words| serde_json::from_str(&words).ok());
        let followed = kept.filter(|f: &Followed| f.form == FORM).unwrap_or_default();
        let indexing =
            Self { library, search, vocabulary, followed: Mutex::new(followed), stopping: AtomicBool::new(false) };
        if indexing.lock().form != FORM {
            indexing.search.clear()?;
        }
        Ok(indexing)
    }

    /// Uses the vocabulary of a file from now on, and keeps a copy. Gives how many words it names.
    ///
    /// # Errors
    /// If the file is no vocabulary, or the copy cannot be written.
    pub fn import_vocabulary(&self, file: &Path) -> Result<usize, IndexingFault> {
        let vocabulary = Vocabulary::load(file)?;
        let terms = vocabulary.terms();
        let part = self.vocabulary.with_extension("part");
        std::fs::copy(file, &part).and_then(|_| std::fs::rename(&part, &self.vocabulary)).map_err(SearchFault::Read)?;
        self.search.set_vocabulary(vocabulary);
        Ok(terms)
    }

    /// Brings the index level with the library. Does nothing while another thread is at it.
    /// `progress` hears how many of how many things are done.
    ///
    /// # Errors
    /// If index or library fail; what was done stays done.
    pub fn follow(&self, now: Timestamp, progress: &mut dyn FnMut(u64, u64)) -> Result<(), IndexingFault> {
        match self.followed.try_lock() {
            Ok(mut followed) => self.level(&mut followed, now.day(), progress),
            Err(TryLockError::Poisoned(poisoned)) => self.level(&mut poisoned.into_inner(), now.day(), progress),
            Err(TryLockError::WouldBlock) => Ok(()),
        }
    }

    /// Makes the index anew.
    ///
    /// # Errors
    /// If index or library fail.
    pub fn rebuild(&self, now: Timestamp, progress: &mut dyn FnMut(u64, u64)) -> Result<(), IndexingFault> {
        let mut followed = self.lock();
        *followed = Followed::default();
        self.search.clear()?;
        self.level(&mut followed, now.day(), progress)
    }

    /// Answers a question from what the index has.
    ///
    /// # Errors
    /// If the index fails.
    pub fn ask(&self, asked: &Asked, now: Timestamp) -> Result<Found, IndexingFault> {
        Ok(self.search.ask(asked, now.day(), &|id| texts(&self.library, id).ok().flatten())?)
    }

    /// Ends what is being done, and the threads that write.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Release);
        drop(self.lock());
        self.search.rest();
    }

    fn level(
        &self,
        followed: &mut Followed,
        day: Day,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), IndexingFault> {
        let (frontier, epoch) = self.library.ledger(|l| (l.frontier().digest(), l.frontier().epoch()));
        let reach = reach(&self.library);
        let arrived = self.library.ledger(|l| followed.waiting.iter().any(|id| !lacks_text(l, id)));
        if followed.frontier == Some(frontier) && followed.day == Some(day) && !arrived {
            return Ok(());
        }
        let mut due = self.due(followed, epoch, &reach)?;
        if followed.day != Some(day) {
            due.things.extend(self.dated());
        }
        due.things.extend(&followed.waiting);
        if due.everything {
            // What the index has stays there until it is put anew or taken out, so that it is found meanwhile.
            due.things.extend(self.search.ids()?);
            due.things.extend(self.library.ledger(|l| {
                let subjects = |kind| l.things().subjects(kind).collect::<Vec<EntryId>>();
                [subjects(Kind::Case), subjects(Kind::Need)].concat()
            }));
        }
        let count = due.things.len() as u64;
        let mut waiting = BTreeSet::new();
        for (done, id) in (1..).zip(&due.things) {
            if self.stopping.load(Ordering::Acquire) {
                return Ok(());
            }
            self.put(&mut waiting, id, day)?;
            progress(done, count);
        }
        *followed = Followed { form: FORM, epoch, logs: reach, day: Some(day), waiting, frontier: Some(frontier) };
        self.search.commit(serde_json::to_string(followed).unwrap_or_default())?;
        if count >= MANY {
            self.search.settle()?;
        } else if due.purge {
            self.search.purge()?;
        }
        Ok(())
    }

    /// What looks different since the logs were followed the last time.
    fn due(&self, followed: &Followed, epoch: u32, reach: &Reach) -> Result<Due, IndexingFault> {
        let shorter = followed.logs.iter().any(|(log, seq)| reach.get(log).is_none_or(|now| now < seq));
        let news = news(&self.library, &followed.logs, reach)?;
        let sought = news.things.into_iter().filter(|(kind, _)| matches!(kind, Kind::Case | Kind::Need));
        // What was never looked at is not looked at twice.
        let again = followed.form == FORM;
        let everything = news.everything || shorter || followed.epoch != epoch;
        Ok(Due {
            things: sought.map(|(_, id)| id).collect(),
            everything: again && everything,
            // Where anything may count no longer, its words must go, too.
            purge: again && (news.dropped || everything),
        })
    }

    /// Cases of which another day may say something else, because declarations end with their time.
    fn dated(&self) -> Vec<EntryId> {
        self.library.ledger(|l| {
            let reused = |id: &EntryId| l.things().mentions(id).any(|m| m.kind == Kind::Reuse);
            l.things().subjects(Kind::Case).filter(reused).collect()
        })
    }

    fn put(&self, waiting: &mut BTreeSet<EntryId>, id: &EntryId, day: Day) -> Result<(), IndexingFault> {
        match article(&self.library, id, day)? {
            Looked::Article(article) => self.search.put(&article)?,
            Looked::Waiting(article) => {
                waiting.insert(*id);
                self.search.put(&article)?;
            }
            Looked::Nothing => self.search.remove(id)?,
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Followed> {
        self.followed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn lacks_text(ledger: &idenett_protocol::ledger::Ledger, id: &EntryId) -> bool {
    ledger.thing(id).is_some_and(|thing| ledger.lacks_text(&thing.current))
}
