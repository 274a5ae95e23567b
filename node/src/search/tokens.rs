//! From the words of a text to the terms of the index. A word stands there by its key, the parts of a
//! compound by theirs with a mark before them, so that a part weighs less than a word.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use super::analysis::{self, Reading};

/// Stands before the key of a part. No key begins with it.
const PART: char = '+';
/// Stands before the key of a part with which a compound ends: what it is, where other parts say of which kind.
const HEAD: char = '-';
/// Words that a thread remembers; most of a language is few words.
const REMEMBERED: usize = 10_000;

/// The name of the analysis of keys and parts.
pub(super) const KEYS: &str = "keys";
/// The name of the analysis of words as they are written.
pub(super) const WRITTEN: &str = "written";

thread_local! {
    static KNOWN: RefCell<HashMap<String, Rc<WordTerms>>> = RefCell::new(HashMap::new());
}

/// The terms of a word.
pub(super) struct WordTerms {
    /// That of the whole word.
    pub(super) key: String,
    /// Those of its parts and of the word it is derived from, mark and all.
    pub(super) parts: Vec<String>,
}

/// The terms of a word as it is written.
pub(super) fn terms_of(word: &str) -> Rc<WordTerms> {
    KNOWN.with_borrow_mut(|known| {
        if let Some(terms) = known.get(word) {
            return Rc::clone(terms);
        }
        let Reading { key, parts, root } = analysis::reading(&analysis::fold(word));
        let marked = |of: &String| if key.ends_with(of.as_str()) { head(of) } else { part(of) };
        let parts = parts.iter().map(marked).chain(root.as_deref().map(part)).collect();
        let terms = Rc::new(WordTerms { key, parts });
        if known.len() >= REMEMBERED {
            known.clear();
        }
        known.insert(word.to_owned(), Rc::clone(&terms));
        terms
    })
}

/// The term of a part before another.
pub(super) fn part(key: &str) -> String {
    format!("{PART}{key}")
}

/// The term of a part with which a compound ends.
pub(super) fn head(key: &str) -> String {
    format!("{HEAD}{key}")
}

/// Whether a term is that of a part.
pub(super) fn is_part(term: &str) -> bool {
    term.starts_with([PART, HEAD])
}

/// Gives keys and the parts of compounds.
#[derive(Clone, Default)]
pub(super) struct Keys(Terms);

/// Gives words as they are written, in small plain letters.
#[derive(Clone, Default)]
pub(super) struct Written(Terms);

/// The terms of a text on their way into the index.
#[derive(Clone, Default)]
pub(super) struct Terms {
    /// Terms and their positions, the next one last.
    rest: Vec<(String, usize)>,
    token: Token,
}

impl Tokenizer for Keys {
    type TokenStream<'a> = &'a mut Terms;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> &'a mut Terms {
        let terms = &mut self.0;
        terms.rest.clear();
        for (at, range) in analysis::ranges(text).enumerate() {
            let of_word = terms_of(text.get(range).unwrap_or_default());
            terms.rest.push((of_word.key.clone(), at));
            terms.rest.extend(of_word.parts.iter().map(|term| (term.clone(), at)));
        }
        terms.rest.reverse();
        terms
    }
}

impl Tokenizer for Written {
    type TokenStream<'a> = &'a mut Terms;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> &'a mut Terms {
        let terms = &mut self.0;
        terms.rest.clear();
        let words = analysis::ranges(text).map(|range| analysis::fold(text.get(range).unwrap_or_default()));
        terms.rest.extend(words.enumerate().map(|(at, word)| (word, at)));
        terms.rest.reverse();
        terms
    }
}

impl TokenStream for &mut Terms {
    fn advance(&mut self) -> bool {
        while let Some((text, position)) = self.rest.pop() {
            if !text.is_empty() {
                self.token = Token { text, position, ..Token::default() };
                return true;
            }
        }
        false
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
