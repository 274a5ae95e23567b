//! A part of a list that ends early where what others wrote is long: an answer stays small, and who turns on still
//! comes to everything.

use serde::Serialize;

use super::parts::weight;
use crate::web::failure::Failure;

/// Bytes of items, as JSON, after which a part of a list takes no more.
const ENOUGH_BYTES: usize = 1024 * 1024;

/// A part of a list.
pub(super) struct Filled<T> {
    /// What stands in it.
    pub(super) items: Vec<T>,
    /// How many of the list it has gone through, those included of which nothing is told.
    pub(super) told: usize,
}

impl<T: Serialize> Filled<T> {
    /// Goes through a list until it ends or there is enough; the first is always told, however long it is.
    ///
    /// # Errors
    /// What `item` says.
    pub(super) fn with<S>(
        list: impl IntoIterator<Item = S>,
        mut item: impl FnMut(S) -> Result<Option<T>, Failure>,
    ) -> Result<Self, Failure> {
        let mut filled = Self { items: Vec::new(), told: 0 };
        let mut bytes = 0;
        for one in list {
            filled.told += 1;
            if let Some(item) = item(one)? {
                bytes += weight(&item);
                filled.items.push(item);
            }
            if bytes > ENOUGH_BYTES {
                break;
            }
        }
        Ok(filled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_ends_with_what_makes_it_long_and_passes_over_nothing() {
        let half = ENOUGH_BYTES / 2;
        let rows: [(&[usize], usize, usize); 6] = [
            (&[], 0, 0),
            (&[half, half, 3, 3], 3, 3),
            (&[half, 0, half, 0, 3, 3], 3, 5),
            (&[ENOUGH_BYTES * 2, 3], 1, 1),
            (&[0, 0, 0], 0, 3),
            (&[3, 3], 2, 2),
        ];
        for (sizes, items, told) in rows {
            // A text has its quotation marks too; of what has no bytes nothing is told.
            let text = |bytes: &usize| Ok((*bytes > 0).then(|| "x".repeat(bytes - 2)));
            let filled = Filled::with(sizes, text).expect("no fault");
            assert_eq!((filled.items.len(), filled.told), (items, told), "{sizes:?}");
        }
    }
}
