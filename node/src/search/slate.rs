//! What the documents of a stretch have scored so far. One slate serves one stretch after another, so that it stays
//! in the processor's nearest memory.

use std::ops::Range;

use tantivy::DocId;

/// What a case scored, and how much of the question it answers.
#[derive(Clone, Copy, Default)]
pub(super) struct Score {
    pub(super) sum: f32,
    /// The weight of the words that it answers, each by how well.
    pub(super) answered: f32,
    /// The phrases that it has, each a bit.
    pub(super) found: u8,
}

/// The best way in which a case has a word.
#[derive(Clone, Copy, Default)]
pub(super) struct Best {
    pub(super) value: f32,
    pub(super) weight: f32,
}

/// The scores of a stretch, and the best ways in which its documents have the word that is being looked for.
#[derive(Default)]
pub(super) struct Slate {
    first: DocId,
    scores: Vec<Score>,
    best: Vec<Best>,
    touched: Vec<DocId>,
}

impl Slate {
    /// Wipes it for other documents.
    pub(super) fn begin(&mut self, documents: Range<DocId>) {
        self.first = documents.start;
        self.scores.clear();
        self.scores.resize(documents.len(), Score::default());
        self.best.resize(documents.len(), Best::default());
    }

    /// A way in which a document has the word; the best one counts.
    pub(super) fn offer(&mut self, doc: DocId, offered: Best) {
        let Some(best) = self.best.get_mut(doc.wrapping_sub(self.first) as usize) else { return };
        if best.value == 0.0 {
            self.touched.push(doc);
        }
        if offered.value > best.value {
            *best = offered;
        }
    }

    /// Adds what was offered for a word, by how much the word says, and goes on to the next.
    pub(super) fn add_word(&mut self, rarity: f32) {
        for doc in self.touched.drain(..) {
            let at = doc.wrapping_sub(self.first) as usize;
            if let (Some(best), Some(score)) = (self.best.get_mut(at), self.scores.get_mut(at)) {
                score.sum += best.value * rarity;
                score.answered += best.weight * rarity;
                *best = Best::default();
            }
        }
    }

    /// Adds a phrase, of which a document may have several.
    pub(super) fn add_phrase(&mut self, doc: DocId, phrase: usize, value: f32) {
        if let Some(score) = self.scores.get_mut(doc.wrapping_sub(self.first) as usize) {
            score.sum += value;
            score.found |= 1 << phrase;
        }
    }

    /// The documents that answer so much, and have so many phrases, with what they scored.
    pub(super) fn answers(&self, enough: f32, phrases: u32) -> impl Iterator<Item = (DocId, Score)> {
        let all = (self.first..).zip(self.scores.iter().copied());
        all.filter(move |(_, score)| score.answered >= enough && score.found.count_ones() == phrases)
    }
}
