//! The same work for many things on all cores. What comes out depends neither on how many there are nor on which is
//! done first.

use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ScopedJoinHandle};

/// What the work gives for each thing, in the order of the things. The next thing goes to the first core that is free.
pub(super) fn on_all_cores<T: Sync, R: Send>(things: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, usize::from).min(things.len());
    if cores <= 1 {
        return things.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let open = || {
        let at = next.fetch_add(1, Ordering::Relaxed);
        things.get(at).map(|thing| (at, work(thing)))
    };
    let done: BTreeMap<usize, R> = thread::scope(|scope| {
        let one = || scope.spawn(|| std::iter::from_fn(open).collect::<Vec<_>>());
        let all: Vec<_> = (0..cores).map(|_| one()).collect();
        let join = |one: ScopedJoinHandle<'_, _>| one.join().unwrap_or_else(|panic| resume_unwind(panic));
        all.into_iter().flat_map(join).collect()
    });
    done.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_come_in_their_order() {
        let many: Vec<usize> = (0..1000).collect();
        assert_eq!(on_all_cores(&many, |n| n * 2), many.iter().map(|n| n * 2).collect::<Vec<_>>());
        assert_eq!(on_all_cores(&[7], |n| n + 1), [8]);
        assert_eq!(on_all_cores(&[], |n: &u8| *n), [0_u8; 0]);
    }
}
