//! Searching, and the vocabulary that it may use.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, PoisonError};

use idenett_protocol::kind::Kind;
use serde_json::{Value, json};

use super::{Desk, Problem, Progress, SearchFor};
use crate::clock;
use crate::indexing::{Indexing, IndexingFault};
use crate::reading::party;
use crate::search::{Asked, Facet, Found, Hit, MAX_LIMIT, Piece, Sort, VocabularyFault};

/// Hits that are shown where nobody says how many.
const DEFAULT_LIMIT: usize = 20;

impl Desk {
    /// Answers a question from the index as it is.
    ///
    /// # Errors
    /// If the index fails.
    pub fn search(&self, asked: &Asked) -> Result<Found, Problem> {
        self.indexing()?.ask(asked, clock::now()).map_err(Problem::from)
    }

    /// Brings the index level with the library; soon done while another thread is at it.
    ///
    /// # Errors
    /// If the index fails.
    pub fn follow_index(&self) -> Result<(), Problem> {
        self.indexing()?.follow(clock::now(), &mut |_, _| {}).map_err(Problem::from)
    }

    /// Ends whatever the index is busy with.
    pub fn stop_index(&self) {
        if let Some(indexing) = &*self.indexing.lock().unwrap_or_else(PoisonError::into_inner) {
            indexing.stop();
        }
    }

    pub(super) fn search_for(&self, wanted: &SearchFor) -> Result<Value, Problem> {
        let indexing = self.indexing()?;
        indexing.follow(clock::now(), &mut |_, _| {})?;
        let found = indexing.ask(&self.understood(wanted)?, clock::now())?;
        Ok(found.hits.iter().map(|hit| self.hit(hit)).collect())
    }

    pub(super) fn import_vocabulary(&self, file: &Path) -> Result<Value, Problem> {
        let terms = self.indexing()?.import_vocabulary(file).map_err(|fault| match fault {
            IndexingFault::Vocabulary(VocabularyFault::Disk(error)) => Problem::file(file, "reading", &error),
            IndexingFault::Vocabulary(fault) => Problem::yours(
                format!("{} cannot be used: {fault}", file.display()),
                "name a file with the vocabulary as JSON; nothing was changed",
            ),
            other @ (IndexingFault::Search(_) | IndexingFault::Library(_)) => Problem::from(other),
        })?;
        Ok(json!({ "words": terms }))
    }

    pub(super) fn reindex_search(&self, progress: &mut dyn FnMut(Progress)) -> Result<(), Problem> {
        let mut report = |done, total| {
            progress(Progress { doing: "making the search index anew".into(), done, total: Some(total) });
        };
        Ok(self.indexing()?.rebuild(clock::now(), &mut report)?)
    }

    /// The index, opened when it is first needed: what does not search does not wait for it.
    fn indexing(&self) -> Result<Arc<Indexing>, Problem> {
        let mut indexing = self.indexing.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = &*indexing {
            return Ok(Arc::clone(open));
        }
        let opened = Arc::new(Indexing::open(&self.search_directory, Arc::clone(&self.library))?);
        *indexing = Some(Arc::clone(&opened));
        Ok(opened)
    }

    fn understood(&self, wanted: &SearchFor) -> Result<Asked, Problem> {
        let kind = Kind::named(&wanted.kind).filter(|kind| crate::search::is_searched(*kind)).ok_or_else(|| {
            Problem::yours(format!("`{}` cannot be searched for", wanted.kind), "search for case or need")
        })?;
        let sort = match &wanted.sort {
            None => Sort::Relevance,
            Some(name) => Sort::named(name).ok_or_else(|| {
                let all = Sort::ALL.map(Sort::id).join(", ");
                Problem::yours(format!("there is no order `{name}`"), format!("write one of: {all}"))
            })?,
        };
        let mut filters: BTreeMap<Facet, BTreeSet<String>> = BTreeMap::new();
        for filter in &wanted.filters {
            let (name, value) = filter
                .split_once('=')
                .ok_or_else(|| Problem::yours(format!("`{filter}` is no filter"), "write it as sector=technical"))?;
            let facet = Facet::named(name).ok_or_else(|| {
                let all = Facet::ALL.map(Facet::id).join(", ");
                Problem::yours(format!("nothing can be filtered by `{name}`"), format!("write one of: {all}"))
            })?;
            filters.entry(facet).or_default().insert(value.to_owned());
        }
        Ok(Asked {
            text: wanted.text.clone(),
            kind,
            filters,
            like: wanted.like_us.then(|| self.org()),
            viewer: Some(self.org()),
            sort,
            offset: 0,
            limit: wanted.limit.unwrap_or(DEFAULT_LIMIT).min(MAX_LIMIT),
        })
    }

    fn hit(&self, hit: &Hit) -> Value {
        let owner = self.library.ledger(|l| l.thing(&hit.id).map(|thing| party(l, thing.owner)));
        json!({
            "id": hit.id,
            "title": plain(&hit.title),
            "owner": owner.as_ref().map(|party| &party.name),
            "owner_org": owner.as_ref().map(|party| party.org),
            "score": (f64::from(hit.score) * 1000.0).round() / 1000.0,
            "extract": plain(&hit.extract),
        })
    }
}

fn plain(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

impl From<IndexingFault> for Problem {
    fn from(fault: IndexingFault) -> Self {
        match fault {
            IndexingFault::Library(fault) => Problem::from(fault),
            other @ (IndexingFault::Search(_) | IndexingFault::Vocabulary(_)) => Problem::node(
                format!("the search does not work: {other}"),
                "nothing but the search is affected; make its index anew with `idenett reindex`",
            ),
        }
    }
}
