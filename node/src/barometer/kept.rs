//! Finished answers that are kept until something new comes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Finished answers that are kept: those that pages of one evening ask for.
const MAX_KEPT: usize = 64;

/// Finished answers by what was asked.
#[derive(Debug)]
pub(super) struct Kept<K, V>(Mutex<BTreeMap<K, Cell<V>>>);

/// An answer, or a place where others wait while one counts it.
type Cell<V> = Arc<OnceLock<Arc<V>>>;

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Ord, V> Kept<K, V> {
    /// The answer to a question, counted if nobody asked before. Who asks the same meanwhile waits for it.
    pub(super) fn get(&self, asked: K, count: impl FnOnce() -> V) -> Arc<V> {
        let cell = self.cell(asked);
        Arc::clone(cell.get_or_init(|| Arc::new(count())))
    }

    fn cell(&self, asked: K) -> Cell<V> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MAX_KEPT && !all.contains_key(&asked) {
            all.clear();
        }
        Arc::clone(all.entry(asked).or_default())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn an_answer_is_counted_once_however_many_ask_at_once() {
        let (kept, counted) = (Kept::default(), AtomicUsize::new(0));
        let ask = || {
            kept.get(7, || {
                std::thread::yield_now();
                counted.fetch_add(1, Ordering::Relaxed)
            })
        };
        std::thread::scope(|scope| {
            (0..8).for_each(|_| drop(scope.spawn(|| assert_eq!(*ask(), 0))));
        });
        assert_eq!(counted.into_inner(), 1);
    }

    #[test]
    fn what_is_kept_has_an_end() {
        let kept = Kept::default();
        (0..=MAX_KEPT).for_each(|n| assert_eq!(*kept.get(n, || n), n));
        assert!(kept.0.into_inner().expect("no panic").len() <= MAX_KEPT);
    }
}
