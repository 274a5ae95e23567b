//! What it says that a word stands in a text: the more often the more, but less and less so, and less in a long text.

use tantivy::fieldnorm::FieldNormReader;

/// How soon more of the same word says no more.
const SATURATION: f32 = 1.3;
/// How much a long text is held against it.
const LENGTH_NORM: f32 = 0.5;
/// Where a word stands more often, that says no more.
const MOST: u32 = 8;

/// What it says, by how often the word stands there and by the stored length of the text.
pub(super) struct Saturation(Vec<[f32; 256]>);

impl Saturation {
    /// For texts that have so many words in the mean.
    pub(super) fn new(mean_length: f32) -> Self {
        let length = |id| FieldNormReader::id_to_fieldnorm(id) as f32 / mean_length;
        let norms = (0..=u8::MAX).map(|id| SATURATION * (1.0 - LENGTH_NORM + LENGTH_NORM * length(id)));
        let norms: Vec<f32> = norms.collect();
        let value = |often: f32, norm: &f32| often * (1.0 + SATURATION) / (often + norm);
        let row = |often: u32| {
            let mut row = [0.0; 256];
            row.iter_mut().zip(&norms).for_each(|(at, norm)| *at = value(often as f32, norm));
            row
        };
        Self((0..=MOST).map(row).collect())
    }

    pub(super) fn value(&self, often: u32, length: u8) -> f32 {
        let row = self.0.get(often.min(MOST) as usize);
        row.and_then(|row| row.get(usize::from(length))).copied().unwrap_or_default()
    }
}
