//! Where terms stand: each looked up once in the whole index, then read stretch by stretch.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, InvertedIndexReader, Searcher, Term};

use super::SearchFault;
use super::saturation::Saturation;
use super::store::Fields;
use super::stretch::Stretch;

/// Where a term stands in the index.
pub(super) struct Listed {
    /// In how many documents.
    pub(super) documents: u64,
    /// For each segment where to read on.
    segments: Vec<Option<TermInfo>>,
}

/// The terms of a question, each looked up once.
pub(super) struct Lists {
    fields: Fields,
    indexes: Vec<Arc<InvertedIndexReader>>,
    known: HashMap<String, Arc<Listed>>,
}

/// Lists of terms; one of each must be there.
pub(super) type Chain = Vec<Vec<(Arc<Listed>, f32)>>;

impl Lists {
    pub(super) fn new(searcher: &Searcher, fields: Fields) -> Result<Self, SearchFault> {
        let segments = searcher.segment_readers().iter();
        let indexes = segments.map(|segment| segment.inverted_index(fields.keys)).collect::<Result<_, _>>()?;
        Ok(Self { fields, indexes, known: HashMap::new() })
    }

    /// Words of all texts.
    pub(super) fn words(&self) -> u64 {
        self.indexes.iter().map(|index| index.total_num_tokens()).sum()
    }

    pub(super) fn find(&mut self, term: &str) -> Result<Arc<Listed>, SearchFault> {
        if let Some(known) = self.known.get(term) {
            return Ok(Arc::clone(known));
        }
        let key = Term::from_field_text(self.fields.keys, term);
        let mut segments = Vec::with_capacity(self.indexes.len());
        for index in &self.indexes {
            segments.push(index.get_term_info(&key)?);
        }
        let documents = segments.iter().flatten().map(|info| u64::from(info.doc_freq)).sum();
        let listed = Arc::new(Listed { documents, segments });
        self.known.insert(term.to_owned(), Arc::clone(&listed));
        Ok(listed)
    }
}

/// Reads terms of one stretch.
pub(super) struct Reader<'a> {
    index: Arc<InvertedIndexReader>,
    segment: usize,
    documents: Range<DocId>,
    saturation: &'a Saturation,
    lengths: Option<FieldNormReader>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(stretch: &Stretch<'_>, fields: Fields, saturation: &'a Saturation) -> Result<Self, SearchFault> {
        Ok(Self {
            index: stretch.segment.inverted_index(fields.keys)?,
            segment: stretch.ord as usize,
            documents: stretch.documents.clone(),
            saturation,
            lengths: stretch.segment.fieldnorms_readers().get_field(fields.keys)?,
        })
    }

    /// Where a term stands, and how much that says by how often it does and how long the text is.
    pub(super) fn each(&self, term: &Listed, mut found: impl FnMut(DocId, f32)) -> Result<(), SearchFault> {
        let Some(info) = self.info(term) else { return Ok(()) };
        let mut block = self.index.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
        let mut from = block.seek(self.documents.start);
        while !block.docs().is_empty() {
            for (doc, often) in block.docs().iter().zip(block.freqs()).skip(from) {
                if *doc >= self.documents.end {
                    return Ok(());
                }
                found(*doc, self.value(*doc, *often));
            }
            block.advance();
            from = 0;
        }
        Ok(())
    }

    /// Where all of a chain stand; the weakest counts. Begins with the rarest, for the others need only be looked at
    /// where it stands.
    pub(super) fn chain(&self, chain: &Chain) -> Result<Vec<(DocId, f32)>, SearchFault> {
        let mut links = Vec::with_capacity(chain.len());
        for terms in chain {
            links.push(Link::open(self, terms)?);
        }
        links.sort_by_key(Link::documents);
        let mut links = links.into_iter();
        let mut found = links.next().map(|mut rarest| rarest.all(self)).unwrap_or_default();
        for mut link in links {
            found.retain_mut(|(doc, value)| {
                let here = link.at(self, *doc);
                *value = here.map_or(0.0, |here| here.min(*value));
                here.is_some()
            });
        }
        Ok(found)
    }

    fn info<'t>(&self, term: &'t Listed) -> Option<&'t TermInfo> {
        term.segments.get(self.segment)?.as_ref()
    }

    fn value(&self, doc: DocId, often: u32) -> f32 {
        let length = self.lengths.as_ref().map_or(0, |lengths| lengths.fieldnorm_id(doc));
        self.saturation.value(often, length)
    }
}

/// Where any of some terms stands.
struct Link(Vec<(SegmentPostings, f32)>);

impl Link {
    fn open(reader: &Reader<'_>, terms: &[(Arc<Listed>, f32)]) -> Result<Self, SearchFault> {
        let mut open = Vec::with_capacity(terms.len());
        for (term, weight) in terms {
            let Some(info) = reader.info(term) else { continue };
            let mut postings = reader.index.read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
            if postings.doc() < reader.documents.start {
                postings.seek(reader.documents.start);
            }
            open.push((postings, *weight));
        }
        Ok(Self(open))
    }

    /// In how many documents, at most.
    fn documents(&self) -> u32 {
        self.0.iter().map(|(postings, _)| postings.doc_freq()).sum()
    }

    /// Where one stands, in order; the strongest counts.
    fn all(&mut self, reader: &Reader<'_>) -> Vec<(DocId, f32)> {
        let mut found = Vec::new();
        let end = reader.documents.end;
        while let Some(doc) = self.0.iter().map(|(postings, _)| postings.doc()).min().filter(|doc| *doc < end) {
            found.extend(self.at(reader, doc).map(|value| (doc, value)));
            for (postings, _) in self.0.iter_mut().filter(|(postings, _)| postings.doc() == doc) {
                postings.advance();
            }
        }
        found
    }

    /// How strong the strongest is in a document, which must not lie before the last one that was asked for.
    fn at(&mut self, reader: &Reader<'_>, doc: DocId) -> Option<f32> {
        let mut best = None;
        for (postings, weight) in &mut self.0 {
            if postings.doc() < doc {
                postings.seek(doc);
            }
            if postings.doc() == doc {
                let value = *weight * reader.value(doc, postings.term_freq());
                best = Some(best.map_or(value, |best: f32| best.max(value)));
            }
        }
        best
    }
}
