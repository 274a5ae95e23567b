//! Norwegian compounds: written together, bound by -s- or -e-, inflected at their end.
//!
//! The cheapest way to read a word as a row of known pieces is found by dynamic programming over
//! its letters. One unknown piece of some length may stand among them.

use super::piece::{self, Piece, cost};
use super::spelling;

/// Least letters of the unknown piece, and of the known one beside it. With an -s- between them it is
/// likelier that they are two words.
const MIN_UNKNOWN: usize = 4;
const MIN_KNOWN: usize = 6;
const MIN_KNOWN_LINKED: usize = 4;
/// Letters of the longest word that is read as a compound, and most letters of one piece: they bound
/// what a hostile word costs.
const MAX_WORD: usize = 48;
const MAX_PIECE: usize = 22;
/// Most words in a compound; a reading with more of them is no reading.
const MAX_ATOMS: usize = 6;
/// Most parts that a word can have: its atoms, and all rows of neighbours but the whole.
#[cfg(test)]
pub(super) const MAX_PARTS: usize = MAX_ATOMS * (MAX_ATOMS + 1) / 2 - 1;

/// How a place in the word was reached; each is a cheapest reading of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Way {
    /// A particle stands before this place and waits for its word.
    bound: bool,
    /// The one unknown piece is behind.
    spent: bool,
}

const WAYS: [Way; 4] = [
    Way { bound: false, spent: false },
    Way { bound: true, spent: false },
    Way { bound: false, spent: true },
    Way { bound: true, spent: true },
];

/// The last piece of the cheapest reading that ends at a place.
#[derive(Clone)]
struct Step {
    cost: u32,
    from: (usize, Way),
    key: String,
    /// Letters of the piece, and those that the next one must have beside an unknown one.
    letters: usize,
    wanted: usize,
}

/// Cheapest readings of the beginnings of a word.
struct Reading<'a> {
    word: &'a str,
    steps: Vec<Option<Step>>,
}

/// The keys of the words of which a compound consists; `None` if it cannot be read as one. A word
/// and the particles before it are one: `innkjøp` has no parts, but the same key in all its forms.
pub(super) fn split(word: &str) -> Option<Vec<String>> {
    if word.len() > MAX_WORD {
        return None;
    }
    let mut reading = Reading { word, steps: vec![None; (word.len() + 1) * WAYS.len()] };
    for at in 0..word.len() {
        reading.advance(at);
    }
    reading.best().filter(|atoms| atoms.len() <= MAX_ATOMS)
}

/// The parts of a compound: its words, and neighbouring words together, so that `sykehjem` finds
/// `sjukeheimsplassar`. Nothing if it is no compound.
pub(super) fn parts(atoms: &[String]) -> Vec<String> {
    let lengths = 1..atoms.len();
    lengths.flat_map(|length| atoms.windows(length).map(<[String]>::concat)).collect()
}

impl Reading<'_> {
    /// Tries all pieces that may stand at this place.
    fn advance(&mut self, at: usize) {
        if !WAYS.iter().any(|way| self.cost(at, *way).is_some()) {
            return;
        }
        self.pass_particles(at);
        for end in at + 2..=self.word.len().min(at + MAX_PIECE) {
            let Some(text) = self.word.get(at..end) else { continue };
            let is_last = end == self.word.len();
            let known = if is_last { piece::last(text) } else { piece::inner(text) };
            match known {
                Some(found) => self.pass_known(at, end, found),
                None => self.pass_unknown(at, end, text),
            }
        }
    }

    fn pass_particles(&mut self, at: usize) {
        for (length, particle) in piece::particles(self.word.get(at..).unwrap_or_default()) {
            let end = at + length;
            if end + 2 < self.word.len() {
                for way in WAYS {
                    self.relax((at, way), (end, Way { bound: true, ..way }), &particle, 0);
                }
            }
        }
    }

    fn pass_known(&mut self, at: usize, end: usize, mut found: Piece) {
        let to = |way: Way| Way { bound: false, ..way };
        for way in WAYS {
            self.relax((at, way), (end, to(way)), &found, 0);
        }
        // Of three like consonants one is not written: trafikk and kontroll are trafikkontroll.
        if end < self.word.len() && end > at + 3 && ends_double(self.word.as_bytes().get(at..end)) {
            found.cost += cost::SHARED_LETTER;
            for way in WAYS {
                self.relax((at, way), (end - 1, to(way)), &found, 0);
            }
        }
    }

    fn pass_unknown(&mut self, at: usize, end: usize, text: &str) {
        let [plain, _, spent, _] = WAYS;
        let cost = piece::unknown_cost(text);
        let pays = text.len() < self.word.len() && self.is_cheaper((at, plain), (end, spent), cost);
        if !pays || text.len() < MIN_UNKNOWN || !spelling::can_be_said(text) {
            return;
        }
        let beside = |linked: bool| if linked { MIN_KNOWN_LINKED } else { MIN_KNOWN };
        let ends_in_link = |step: &Step| {
            let piece = self.word.get(step.from.0..at).unwrap_or_default();
            piece.ends_with('s') && step.letters < piece.len()
        };
        let stands = self.step(at, plain).is_none_or(|step| step.letters >= beside(ends_in_link(step)));
        if stands {
            let unknown = Piece { key: piece::unknown(text), cost, letters: 0 };
            let wanted = if at == 0 { beside(text.ends_with('s')) } else { 0 };
            self.relax((at, plain), (end, spent), &unknown, wanted);
        }
    }

    /// Takes a piece from one place to another, if that is the cheapest way there.
    fn relax(&mut self, from: (usize, Way), to: (usize, Way), piece: &Piece, wanted: usize) {
        let is_enough = self.step(from.0, from.1).is_none_or(|step| piece.letters >= step.wanted);
        if is_enough
            && self.is_cheaper(from, to, piece.cost)
            && let Some(before) = self.cost(from.0, from.1)
            && let Some(slot) = self.steps.get_mut(place(to))
        {
            let key = piece.key.clone();
            *slot = Some(Step { cost: before + piece.cost, from, key, letters: piece.letters, wanted });
        }
    }

    fn is_cheaper(&self, from: (usize, Way), to: (usize, Way), cost: u32) -> bool {
        let Some(before) = self.cost(from.0, from.1) else { return false };
        self.cost(to.0, to.1).is_none_or(|known| before + cost < known)
    }

    fn step(&self, at: usize, way: Way) -> Option<&Step> {
        self.steps.get(place((at, way)))?.as_ref()
    }

    /// What it costs to come here; `None` where no reading leads.
    fn cost(&self, at: usize, way: Way) -> Option<u32> {
        if at == 0 {
            return (way == WAYS[0]).then_some(0);
        }
        self.step(at, way).map(|step| step.cost)
    }

    /// The keys of the cheapest reading of the whole word, particles with their words.
    fn best(&self) -> Option<Vec<String>> {
        let end = self.word.len();
        let free = WAYS.iter().filter(|way| !way.bound);
        let ends = free.filter_map(|way| self.cost(end, *way).map(|cost| (cost, *way)));
        let (_, way) = ends.min_by_key(|(cost, _)| *cost)?;
        let mut atoms: Vec<String> = Vec::new();
        let mut here = (end, way);
        while here.0 > 0 {
            let step = self.step(here.0, here.1)?;
            match atoms.last_mut().filter(|_| here.1.bound) {
                Some(after) => after.insert_str(0, &step.key),
                None => atoms.push(step.key.clone()),
            }
            here = step.from;
        }
        atoms.reverse();
        Some(atoms)
    }
}

fn place((at, way): (usize, Way)) -> usize {
    at * WAYS.len() + usize::from(way.bound) + 2 * usize::from(way.spent)
}

fn ends_double(text: Option<&[u8]>) -> bool {
    matches!(text, Some([.., before, last]) if before == last && !spelling::is_vowel(*last))
}
