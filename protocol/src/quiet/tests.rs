use super::*;
use crate::world::at;

fn digest(n: u8) -> Digest {
    Digest::from_bytes([n; 32])
}

fn asked(ours: u8, theirs: u8, mask: u64) -> Asked {
    Asked { ours: digest(ours), theirs: Word::State(Some(digest(theirs))), mask }
}

#[test]
fn what_was_asked_in_vain_is_quiet_until_either_side_changes_or_time_has_passed() {
    let mut quiet = Quiet::default();
    quiet.note(asked(1, 2, 0b0110), at(10));
    let rows = [(1, 2, 10, 0b0110), (1, 2, 69, 0b0110), (1, 2, 70, 0), (3, 2, 10, 0), (1, 3, 10, 0)];
    for (ours, theirs, now, mask) in rows {
        let word = Word::State(Some(digest(theirs)));
        assert_eq!(quiet.covers(digest(ours), &word, at(now)), mask, "{ours} {theirs} at {now}");
    }
    assert_eq!(quiet.covers(digest(1), &Word::Buckets(Box::new([[0; BUCKET_TAG_BYTES]; BUCKETS])), at(10)), 0);
}

#[test]
fn parts_of_one_question_add_up_and_another_takes_its_place() {
    let mut quiet = Quiet::default();
    let word = Word::State(Some(digest(2)));
    quiet.note(asked(1, 2, 0b01), at(10));
    quiet.note(asked(1, 2, 0b10), at(20));
    assert_eq!(quiet.covers(digest(1), &word, at(69)), 0b11);
    assert_eq!(quiet.covers(digest(1), &word, at(70)), 0, "the first part ends the whole");
    quiet.note(asked(1, 3, 0b100), at(80));
    assert_eq!(quiet.covers(digest(1), &word, at(80)), 0);
    quiet.note(
        Asked { theirs: Word::Buckets(Box::new([[0; BUCKET_TAG_BYTES]; BUCKETS])), ..asked(1, 0, 0b1000) },
        at(80),
    );
    assert_eq!(quiet.covers(digest(1), &Word::State(Some(digest(3))), at(80)), 0b100, "of the other kind");
}

#[test]
fn a_state_that_is_gone_is_forgotten_once() {
    let mut quiet = Quiet::default();
    assert!(!quiet.outlived(digest(1)));
    quiet.note(asked(1, 2, 1), at(10));
    assert!(!quiet.outlived(digest(1)));
    assert!(quiet.outlived(digest(9)));
    assert!(!quiet.outlived(digest(9)));
}
