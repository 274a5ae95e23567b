//! What is known of each document beside its words, held in memory: some fifty bytes a case, read for every answer,
//! where decoding them from the files would be the dearest part of it.

use std::collections::HashMap;
use std::sync::Arc;

use idenett_protocol::id::EntryId;
use tantivy::columnar::{BytesColumn, Column};
use tantivy::index::SegmentId;
use tantivy::{DocAddress, DocId, Searcher, SegmentReader};

use super::SearchFault;
use super::packed::{Merit, Packed};
use super::store::column;

/// What is known of a document.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Row {
    pub(super) packed: Packed,
    pub(super) merit: Merit,
    /// A bit for each theme, by its number.
    pub(super) themes: u128,
}

/// What is known of the documents of a segment.
pub(super) struct Rows {
    /// What is looked at for every answer.
    pub(super) all: Vec<Row>,
    /// By the same numbers, the first bytes of the ids: in this order those stand that are equal, on every node.
    pub(super) turns: Vec<u64>,
    /// What is looked at only if it was asked for: the owners, and the first letters of the names.
    pub(super) owners: Vec<u64>,
    pub(super) titles: Vec<u64>,
}

/// The index as it was at its last commit.
pub(super) struct View {
    pub(super) searcher: Searcher,
    segments: Vec<Arc<Rows>>,
}

impl View {
    /// The index as it is, with what an earlier view knew of its segments.
    pub(super) fn new(searcher: Searcher, earlier: Option<&Self>) -> Result<Self, SearchFault> {
        let known: HashMap<SegmentId, &Arc<Rows>> = earlier.map(Self::by_segment).unwrap_or_default();
        let mut segments = Vec::with_capacity(searcher.segment_readers().len());
        for segment in searcher.segment_readers() {
            segments.push(match known.get(&segment.segment_id()) {
                Some(rows) => Arc::clone(rows),
                None => Arc::new(Rows::read(segment)?),
            });
        }
        Ok(Self { searcher, segments })
    }

    /// The thing of a document.
    pub(super) fn id(&self, at: DocAddress) -> Option<EntryId> {
        id_in(&ids(self.searcher.segment_reader(at.segment_ord)).ok()??, at.doc_id)
    }

    /// The things of all documents.
    pub(super) fn ids(&self) -> Result<Vec<EntryId>, SearchFault> {
        let mut all = Vec::new();
        for segment in self.searcher.segment_readers() {
            let ids = ids(segment)?;
            all.extend(segment.doc_ids_alive().filter_map(|doc| id_in(ids.as_ref()?, doc)));
        }
        Ok(all)
    }

    /// The segments with the rows of their documents.
    pub(super) fn segments(&self) -> impl Iterator<Item = (&SegmentReader, &Rows)> {
        self.searcher.segment_readers().iter().zip(self.segments.iter().map(AsRef::as_ref))
    }

    fn by_segment(&self) -> HashMap<SegmentId, &Arc<Rows>> {
        self.searcher.segment_readers().iter().map(SegmentReader::segment_id).zip(&self.segments).collect()
    }
}

impl Rows {
    fn read(segment: &SegmentReader) -> Result<Self, SearchFault> {
        let columns = segment.fast_fields();
        let numbers = |name: &str| columns.column_first_or_default::<u64>(name);
        let (packed, merit) = (numbers(column::PACKED)?, numbers(column::MERIT)?);
        let (owner, title, turn) = (numbers(column::OWNER)?, numbers(column::TITLE)?, numbers(column::TURN)?);
        let themes = columns.column_opt::<u64>(column::THEME)?;
        let row = |doc| Row {
            packed: Packed(packed.get_val(doc)),
            merit: Merit(merit.get_val(doc)),
            themes: themes.as_ref().map_or(0, |themes| mask(themes, doc)),
        };
        let documents = 0..segment.max_doc();
        Ok(Self {
            all: documents.clone().map(row).collect(),
            turns: documents.clone().map(|doc| turn.get_val(doc)).collect(),
            owners: documents.clone().map(|doc| owner.get_val(doc)).collect(),
            titles: documents.map(|doc| title.get_val(doc)).collect(),
        })
    }
}

fn ids(segment: &SegmentReader) -> Result<Option<BytesColumn>, SearchFault> {
    Ok(segment.fast_fields().bytes(column::ID)?)
}

fn id_in(ids: &BytesColumn, doc: DocId) -> Option<EntryId> {
    let mut bytes = Vec::new();
    ids.ord_to_bytes(ids.term_ords(doc).next()?, &mut bytes).ok()?;
    Some(EntryId::from_bytes(bytes.try_into().ok()?))
}

fn mask(themes: &Column<u64>, doc: DocId) -> u128 {
    themes.values_for_doc(doc).filter(|theme| *theme < 128).fold(0, |mask, theme| mask | 1 << theme)
}
