//! "Did you mean": the nearest of some words. Knows nothing of what the words stand for.

/// Up to `count` of the words, nearest first, that could be meant by `word`.
pub fn nearest<'a>(word: &str, words: impl Iterator<Item = &'a str>, count: usize) -> Vec<&'a str> {
    let lower = word.to_lowercase();
    // A third of the word may be wrong, else the guess helps nobody.
    let bound = lower.chars().count().div_ceil(3).max(1);
    let mut near: Vec<(usize, &str)> = words
        .map(|candidate| (distance(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= bound)
        .collect();
    near.sort_unstable();
    near.into_iter().take(count).map(|(_, word)| word).collect()
}

/// How many letters must be added, dropped or changed to make one word of the other.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut left = i.saturating_add(1);
        let mut next = vec![left];
        for ((to, above), diagonal) in b.iter().zip(row.iter().skip(1)).zip(&row) {
            let change = diagonal.saturating_add(usize::from(from != *to));
            left = change.min(above.saturating_add(1)).min(left.saturating_add(1));
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_found_and_a_far_one_is_not() {
        let words = ["title", "summary", "themes", "types", "status"];
        let rows = [("tilte", Some("title")), ("Theme", Some("themes")), ("sumary", Some("summary")), ("xyz", None), ("", None)];
        for (word, near) in rows {
            assert_eq!(nearest(word, words.into_iter(), 1).first().copied(), near, "{word}");
        }
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
    }
}
