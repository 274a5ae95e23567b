//! The index on the disk; the only file that makes and writes it. It stores terms and columns and no text, so that
//! a redaction reaches everywhere, and holds nothing that cannot be made anew.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use idenett_protocol::id::EntryId;
use tantivy::indexer::IndexWriterOptions;
use tantivy::schema::{
    BytesOptions, FAST, Field, INDEXED, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::TokenizerManager;
use tantivy::{Index, IndexReader, IndexSettings, IndexWriter, ReloadPolicy, TantivyDocument, Term};

use super::SearchFault;
use super::analysis;
use super::article::{Article, Zone};
use super::packed::{Merit, Packed, owner_number, theme_number};
use super::rows::View;
use super::tokens::{KEYS, Keys, WRITTEN, Written};

/// The form of the index; another one is deleted and made anew. Counts with the analysis: a word
/// that gets another key makes the index worthless.
const FORM: &str = "2";
/// What the writer may keep in memory before it writes a segment, all threads together.
const WRITER_BYTES: usize = 30_000_000;
/// Articles after which what was put is written out: the writer's own queue holds ten thousand,
/// however large.
const MAX_PENDING: usize = 2_000;
/// Letters of a title by which titles are put in order.
const TITLE_BYTES: usize = 8;

/// The fields of the index.
#[derive(Clone, Copy)]
pub(super) struct Fields {
    /// The id of the thing.
    pub(super) id: Field,
    /// Keys of words and of parts, with their places: for phrases.
    pub(super) keys: Field,
    /// Words as they are written: for slips of the pen.
    pub(super) written: Field,
    packed: Field,
    merit: Field,
    owner: Field,
    theme: Field,
    title: Field,
    turn: Field,
}

/// Names of the columns.
pub(super) mod column {
    pub(in super::super) const ID: &str = "id";
    pub(in super::super) const PACKED: &str = "packed";
    pub(in super::super) const MERIT: &str = "merit";
    pub(in super::super) const OWNER: &str = "owner";
    pub(in super::super) const THEME: &str = "theme";
    pub(in super::super) const TITLE: &str = "title";
    pub(in super::super) const TURN: &str = "turn";
}

/// The index.
pub(super) struct Store {
    directory: PathBuf,
    pub(super) fields: Fields,
    open: Mutex<Open>,
    /// Beside what is written, so that answers do not wait for it.
    view: RwLock<Arc<View>>,
}

struct Open {
    index: Index,
    reader: IndexReader,
    /// Made when something is first written: its threads and memory are for nodes that write.
    writer: Option<IndexWriter>,
    /// What the index reflects, in the words of who writes it.
    reflects: Option<String>,
    /// Articles put since the last commit.
    pending: usize,
}

impl Store {
    /// Opens the index of a directory; one that is missing, damaged or of another form is made anew.
    ///
    /// # Errors
    /// If the directory cannot be written.
    pub(super) fn open(directory: &Path) -> Result<Self, SearchFault> {
        let (schema, fields) = schema();
        // Damaged files make tantivy panic here and there.
        let found = catch_unwind(AssertUnwindSafe(|| try_open(directory, &schema))).ok().and_then(Result::ok);
        let open = match found {
            Some(open) => open,
            None => create(directory, &schema)?,
        };
        let view = RwLock::new(Arc::new(View::new(open.reader.searcher(), None)?));
        Ok(Self { directory: directory.to_owned(), fields, open: Mutex::new(open), view })
    }

    /// What the index reflects, as it was said at its last commit.
    pub(super) fn reflects(&self) -> Option<String> {
        self.lock().reflects.clone()
    }

    /// A view that does not change while it is looked at.
    pub(super) fn view(&self) -> Arc<View> {
        Arc::clone(&self.view.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Deletes everything.
    ///
    /// # Errors
    /// If the directory cannot be written.
    pub(super) fn clear(&self) -> Result<(), SearchFault> {
        let mut open = self.lock();
        open.writer = None;
        *open = create(&self.directory, &schema().0)?;
        self.look_again(&open)
    }

    /// Puts an article in the place of what the index had of the same thing. Found after
    /// [`Store::commit`].
    ///
    /// # Errors
    /// If the disk fails.
    pub(super) fn put(&self, article: &Article) -> Result<(), SearchFault> {
        let document = self.document(article);
        let mut open = self.lock();
        let writer = open.writer()?;
        writer.delete_term(self.id_term(&article.id));
        writer.add_document(document)?;
        open.pending += 1;
        if open.pending < MAX_PENDING {
            return Ok(());
        }
        // Not all that belongs together is here yet, so the index reflects what it did before.
        let reflects = open.reflects.clone().unwrap_or_default();
        open.commit(&reflects)?;
        self.look_again(&open)
    }

    /// Takes a thing out. Gone after [`Store::commit`].
    ///
    /// # Errors
    /// If the disk fails.
    pub(super) fn remove(&self, id: &EntryId) -> Result<(), SearchFault> {
        self.lock().writer()?.delete_term(self.id_term(id));
        Ok(())
    }

    /// Makes what was put and removed visible, and says what the index reflects now.
    ///
    /// # Errors
    /// If the disk fails.
    pub(super) fn commit(&self, reflects: String) -> Result<(), SearchFault> {
        let mut open = self.lock();
        open.commit(&reflects)?;
        open.reflects = Some(reflects);
        self.look_again(&open)
    }

    /// Rewrites the segments that still hold the terms of what was taken out, so that a text that
    /// was redacted is gone from the files too.
    ///
    /// # Errors
    /// If the disk fails.
    pub(super) fn purge(&self) -> Result<(), SearchFault> {
        let mut open = self.lock();
        let metas = open.index.searchable_segment_metas()?;
        let stained: Vec<_> = metas.iter().filter(|m| m.has_deletes()).map(|m| m.id()).collect();
        let writer = open.writer()?;
        for segment in stained {
            // A segment that another merge has taken meanwhile is gone already.
            if let Err(error) = writer.merge(&[segment]).wait() {
                tracing::debug!(%error, "a segment of the search index was not rewritten");
            }
        }
        writer.garbage_collect_files().wait()?;
        self.look_again(&open)
    }

    /// Makes one segment of all, so that each word is looked up once; what was taken out leaves the files.
    ///
    /// # Errors
    /// If the disk fails.
    pub(super) fn settle(&self) -> Result<(), SearchFault> {
        // A segment that is being merged cannot be taken for another merge.
        self.rest();
        let mut open = self.lock();
        let metas = open.index.searchable_segment_metas()?;
        if metas.len() > 1 || metas.iter().any(|m| m.has_deletes()) {
            let all: Vec<_> = metas.iter().map(|m| m.id()).collect();
            let writer = open.writer()?;
            writer.merge(&all).wait()?;
            writer.garbage_collect_files().wait()?;
        }
        self.look_again(&open)
    }

    /// Ends the writer, so that no thread holds the directory.
    pub(super) fn rest(&self) {
        let writer = self.lock().writer.take();
        if let Some(writer) = writer
            && let Err(error) = writer.wait_merging_threads()
        {
            tracing::debug!(%error, "the search index was not merged to the end");
        }
    }

    pub(super) fn id_term(&self, id: &EntryId) -> Term {
        Term::from_field_bytes(self.fields.id, id.as_bytes())
    }

    fn document(&self, article: &Article) -> TantivyDocument {
        let fields = &self.fields;
        let traits = &article.traits;
        let mut document = TantivyDocument::new();
        document.add_bytes(fields.id, article.id.as_bytes());
        for (zone, text) in &article.texts {
            for _ in 0..zone.weight() {
                document.add_text(fields.keys, text);
            }
            if *zone != Zone::Label {
                document.add_text(fields.written, text);
            }
        }
        document.add_u64(fields.packed, Packed::of(traits).0);
        document.add_u64(fields.merit, Merit::of(traits).0);
        document.add_u64(fields.owner, traits.owner.map_or(0, owner_number));
        for theme in traits.themes.iter().filter_map(theme_number) {
            document.add_u64(fields.theme, theme);
        }
        document.add_u64(fields.title, title_rank(article.title()));
        document
            .add_u64(fields.turn, article.id.as_bytes().first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes)));
        document
    }

    /// Looks at the index as it is now.
    fn look_again(&self, open: &Open) -> Result<(), SearchFault> {
        open.reader.reload()?;
        let view = Arc::new(View::new(open.reader.searcher(), Some(&self.view()))?);
        *self.view.write().unwrap_or_else(PoisonError::into_inner) = view;
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    fn writer(&mut self) -> Result<&mut IndexWriter, SearchFault> {
        if self.writer.is_none() {
            let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(2);
            // One merge at a time: several at once only share the disk, and each needs memory of its own.
            let options = IndexWriterOptions::builder()
                .num_worker_threads(threads)
                .memory_budget_per_thread(WRITER_BYTES / threads)
                .num_merge_threads(1);
            self.writer = Some(self.index.writer_with_options(options.build())?);
        }
        self.writer.as_mut().ok_or(SearchFault::Broken)
    }

    fn commit(&mut self, reflects: &str) -> Result<(), SearchFault> {
        let mut prepared = self.writer()?.prepare_commit()?;
        prepared.set_payload(reflects);
        prepared.commit()?;
        self.pending = 0;
        Ok(())
    }
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let indexed = |analysis: &str, record| {
        let indexing = TextFieldIndexing::default().set_tokenizer(analysis).set_index_option(record);
        TextOptions::default().set_indexing_options(indexing)
    };
    let number = || NumericOptions::default().set_fast();
    let fields = Fields {
        id: schema.add_bytes_field(column::ID, BytesOptions::default() | INDEXED | FAST),
        keys: schema.add_text_field(KEYS, indexed(KEYS, IndexRecordOption::WithFreqsAndPositions)),
        written: schema.add_text_field(WRITTEN, indexed(WRITTEN, IndexRecordOption::Basic)),
        packed: schema.add_u64_field(column::PACKED, number()),
        merit: schema.add_u64_field(column::MERIT, number()),
        owner: schema.add_u64_field(column::OWNER, number()),
        theme: schema.add_u64_field(column::THEME, number()),
        title: schema.add_u64_field(column::TITLE, number()),
        turn: schema.add_u64_field(column::TURN, number()),
    };
    (schema.build(), fields)
}

fn try_open(directory: &Path, schema: &Schema) -> Result<Open, SearchFault> {
    let index = Index::open_in_dir(directory)?;
    let form = std::fs::read_to_string(form_file(directory)).unwrap_or_default();
    if index.schema() != *schema || form != form_words() || !index.validate_checksum()?.is_empty() {
        return Err(SearchFault::Broken);
    }
    opened(index)
}

fn create(directory: &Path, schema: &Schema) -> Result<Open, SearchFault> {
    let disk = |source| SearchFault::Disk { path: directory.to_owned(), source };
    match std::fs::remove_dir_all(directory) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(disk(error)),
        Ok(()) | Err(_) => {}
    }
    std::fs::create_dir_all(directory).map_err(disk)?;
    std::fs::write(form_file(directory), form_words()).map_err(disk)?;
    let index = Index::builder().schema(schema.clone()).settings(IndexSettings::default()).create_in_dir(directory)?;
    opened(index)
}

fn opened(mut index: Index) -> Result<Open, SearchFault> {
    let analyses = TokenizerManager::default();
    analyses.register(KEYS, Keys::default());
    analyses.register(WRITTEN, Written::default());
    index.set_tokenizers(analyses);
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    let reflects = index.load_metas()?.payload.filter(|words| !words.is_empty());
    Ok(Open { index, reader, writer: None, reflects, pending: 0 })
}

fn form_file(directory: &Path) -> PathBuf {
    directory.join("form")
}

fn form_words() -> String {
    format!("{FORM} {}\n", analysis::FORM)
}

/// The first letters of a title as a number of the same order.
fn title_rank(title: &str) -> u64 {
    let folded = analysis::fold(title);
    let mut bytes = [0; TITLE_BYTES];
    for (to, from) in bytes.iter_mut().zip(folded.bytes()) {
        *to = from;
    }
    u64::from_be_bytes(bytes)
}
