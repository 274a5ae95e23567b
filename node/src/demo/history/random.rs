//! Chance that repeats: the same seed gives the same history. Never for keys or salts.

/// A splitmix64 generator.
#[derive(Clone, Debug)]
pub(super) struct Random(u64);

impl Random {
    pub(super) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A generator for a part of the history, so that the rest does not depend on how much it draws.
    pub(super) const fn fork(&mut self) -> Self {
        Self(self.next())
    }

    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`, and 0 if `n` is 0.
    pub(super) const fn below(&mut self, n: u64) -> u64 {
        ((self.next() as u128 * n as u128) >> 64) as u64
    }

    /// An index into something of this length.
    pub(super) const fn index(&mut self, length: usize) -> usize {
        self.below(length as u64) as usize
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i32, high: i32) -> i32 {
        let width = u64::from(high.abs_diff(low)).saturating_add(1);
        low.saturating_add(i32::try_from(self.below(width)).unwrap_or(0))
    }

    /// True in so many cases of a hundred.
    pub(super) const fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of a list that is not empty; of an empty one its default.
    pub(super) fn pick<T: Copy + Default>(&mut self, list: &[T]) -> T {
        list.get(self.index(list.len())).copied().unwrap_or_default()
    }

    /// One of a list, each as often as its weight says; nothing if all weigh nothing.
    pub(super) fn weighted<T: Copy>(&mut self, list: impl Iterator<Item = (T, u64)> + Clone) -> Option<T> {
        let mut left = self.below(list.clone().map(|(_, weight)| weight).sum());
        list.filter(|(_, weight)| *weight > 0).find_map(|(one, weight)| {
            if left < weight {
                return Some(one);
            }
            left -= weight;
            None
        })
    }

    /// Some of a list, each in so many cases of a hundred.
    pub(super) fn some<T: Copy>(&mut self, list: &[(T, u64)]) -> Vec<T> {
        list.iter().filter(|(_, percent)| self.chance(*percent)).map(|(one, _)| *one).collect()
    }

    /// Puts a list in any order.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.index(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_follow_their_weights_and_stay_in_range() {
        let mut random = Random::new(7);
        let drawn: Vec<_> =
            (0..10_000).filter_map(|_| random.weighted([("a", 1), ("b", 0), ("c", 3)].into_iter())).collect();
        let of = |name| drawn.iter().filter(|d| **d == name).count();
        assert_eq!((drawn.len(), of("b")), (10_000, 0));
        assert!((2_200..2_800).contains(&of("a")), "{}", of("a"));
        assert!((0..1_000).all(|_| (-2..=2).contains(&random.between(-2, 2))));
        assert_eq!(random.weighted([("a", 0)].into_iter()), None);
        assert_eq!(random.pick::<u8>(&[]), 0);
    }
}
