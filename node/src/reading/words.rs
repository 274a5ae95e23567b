//! How times and codes are written for people and programs, and by what names are put in order.

use idenett_protocol::codes::CodeList;
use idenett_protocol::time::Timestamp;

const MS_PER_SECOND: u64 = 1000;
const SECONDS_PER_DAY: u64 = 86_400;

/// A time in UTC as `2026-11-21T18:58:21Z`.
pub fn moment(time: Timestamp) -> String {
    let second = (time.as_millis() / MS_PER_SECOND) % SECONDS_PER_DAY;
    format!("{}T{:02}:{:02}:{:02}Z", time.day(), second / 3600, second / 60 % 60, second % 60)
}

/// A text by which others are put in the order of the Norwegian alphabet: small letters, æ, ø and å after z.
pub fn alphabetical(text: &str) -> String {
    let placed = |letter: char| match letter {
        'æ' | 'ä' => '{',
        'ø' | 'ö' => '|',
        'å' => '}',
        other => other,
    };
    text.chars().flat_map(char::to_lowercase).map(placed).collect()
}

/// The codes of a list that a person may write.
pub fn codes<T: CodeList>() -> String {
    let all: Vec<&str> = T::ALL.iter().filter(|code| **code != T::NOT_STATED).map(|code| code.id()).collect();
    all.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_letters_of_the_alphabet_come_last() {
        let mut names = ["Åsnes", "zoologi", "Øvre Eiker", "Ærlig", "asker", "Bærum"];
        names.sort_by_key(|name| alphabetical(name));
        assert_eq!(names, ["asker", "Bærum", "zoologi", "Ærlig", "Øvre Eiker", "Åsnes"]);
    }

    #[test]
    fn moments_are_written_in_utc() {
        let rows = [
            (0, "1970-01-01T00:00:00Z"),
            (86_399_999, "1970-01-01T23:59:59Z"),
            (1_795_287_501_123, "2026-11-21T18:58:21Z"),
        ];
        for (ms, text) in rows {
            assert_eq!(moment(Timestamp::from_millis(ms)), text);
        }
    }
}
