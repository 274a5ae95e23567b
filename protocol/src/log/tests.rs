use super::*;
use crate::header::SignedHeader;
use crate::id::FederationId;
use crate::registry::Role;
use crate::world::{draft, headers_of, key, proof};

const FEDERATION: FederationId = FederationId::from_bytes([9; 32]);

fn open() -> Standing {
    Standing { role: Role::Registrar, end: None, settled: BTreeMap::new(), admitted_by: None }
}

/// Two headers at a place after an entry that is in no chain.
fn elsewhere(place: u64, n: u8) -> ForkProof {
    let head = Some((Seq::new(place - 1), EntryId::from_bytes([n; 32])));
    let sign = |fields: &str| -> SignedHeader {
        *crate::entry::Entry::sign(draft(FEDERATION, head, crate::kind::Kind::Plan, fields), &key(2)).expect("an entry").head()
    };
    proof(&sign(r#""a":1"#), &sign(r#""a":2"#))
}

fn place(log: &Log) -> Option<u64> {
    log.fork().map(|f| f.place().get())
}

/// Numbers below `n` that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("a number") % n
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for n in (1..list.len()).rev() {
            list.swap(n, self.roll(n + 1));
        }
    }
}

#[test]
fn proofs_merge_alike_in_every_order() {
    let (first, second) = headers_of(2, FEDERATION, 5);
    let third = {
        let head = Some((Seq::new(3), first[2].id()));
        *crate::entry::Entry::sign(draft(FEDERATION, head, crate::kind::Kind::Need, ""), &key(2)).expect("an entry").head()
    };
    // At place 4 three entries after one predecessor, and two after each of two others.
    let mut proofs = vec![
        proof(&first[3], &second[3]),
        proof(&first[3], &third),
        proof(&second[3], &third),
        elsewhere(4, 1),
        elsewhere(4, 255),
        proof(&first[4], &second[4]),
    ];
    let mut ends = Vec::new();
    for seed in 0..100 {
        Dice(seed).shuffle(&mut proofs);
        let end = proofs.iter().cloned().reduce(ForkProof::merge).expect("a proof");
        let halves = proofs.split_at(3);
        let left = halves.0.iter().cloned().reduce(ForkProof::merge).expect("a proof");
        let right = halves.1.iter().cloned().reduce(ForkProof::merge).expect("a proof");
        assert_eq!(left.merge(right), end, "seed {seed}");
        ends.push(end);
    }
    assert!(ends.iter().all(|end| *end == ends[0]));
    assert_eq!((ends[0].place(), ends[0].previous()), (Seq::new(4), Some(EntryId::from_bytes([1; 32]))));
}

#[test]
fn the_fork_in_force_is_a_function_of_the_set() {
    let (first, second) = headers_of(2, FEDERATION, 9);
    let fork = |place: usize| proof(&first[place - 1], &second[place - 1]);
    // Those from elsewhere never end the log; the lowest that parts from the chain does.
    let sets = [
        (vec![elsewhere(2, 1), elsewhere(4, 2), elsewhere(9, 3)], None),
        (vec![elsewhere(2, 1), fork(5), fork(7), elsewhere(5, 2)], Some(5)),
        (vec![fork(9), elsewhere(9, 1), elsewhere(9, 255)], Some(9)),
        (vec![fork(1), fork(8), elsewhere(3, 1)], Some(1)),
        (vec![elsewhere(12, 1), elsewhere(7, 1)], None),
    ];
    for (proofs, lowest) in sets {
        for seed in 0..200 {
            let mut dice = Dice(seed);
            let (mut log, mut proofs, mut chain) = (Log::default(), proofs.clone(), first.iter().take(8));
            dice.shuffle(&mut proofs);
            let mut open_chain = true;
            while open_chain || !proofs.is_empty() {
                if dice.roll(2) == 0 {
                    match chain.next() {
                        Some(header) => log.push(header.id()),
                        None => open_chain = false,
                    }
                } else if let Some(proof) = proofs.pop() {
                    log.record_fork(proof, &open());
                }
            }
            assert_eq!(place(&log), lowest, "seed {seed}");
            let counted = lowest.map_or(8, |p| p - 1);
            assert_eq!(log.counted(&open()), Seq::new(counted), "seed {seed}");
        }
    }
}

#[test]
fn a_proof_waits_until_what_it_parts_from_is_held() {
    let (first, second) = headers_of(2, FEDERATION, 4);
    let mut log = Log::default();
    assert!(!log.record_fork(proof(&first[2], &second[2]), &open()));
    assert!(!log.record_fork(elsewhere(3, 7), &open()));
    log.push(first[0].id());
    assert_eq!((place(&log), log.mark(&open())), (None, Mark::Open));
    log.push(first[1].id());
    assert_eq!((place(&log), log.forks.len()), (Some(3), 1));
    assert!(!log.record_fork(elsewhere(3, 7), &open()), "another entry than its predecessor is held");
    assert!(log.record_fork(proof(&first[1], &second[1]), &open()));
    assert_eq!(place(&log), Some(2));
}

#[test]
fn a_settled_fork_gives_way_to_the_next_one() {
    let (first, second) = headers_of(2, FEDERATION, 6);
    let mut log = Log::default();
    first.iter().for_each(|h| log.push(h.id()));
    for n in [5, 3] {
        assert!(log.record_fork(proof(&first[n], &second[n]), &open()));
    }
    let settled = |id| Standing { settled: BTreeMap::from([(Seq::new(4), id)]), ..open() };
    let mut kept = log.clone();
    assert_eq!(kept.follow(&settled(first[3].id())), vec![]);
    assert_eq!((place(&kept), kept.held()), (Some(6), Seq::new(6)));
    let left = log.follow(&settled(second[3].id()));
    assert_eq!(left, vec![first[3].id(), first[4].id(), first[5].id()]);
    assert_eq!((place(&log), log.held()), (None, Seq::new(3)));
    log.push(second[3].id());
    log.push(EntryId::from_bytes([5; 32]));
    assert_eq!((place(&log), log.forks.len()), (None, 0), "the other fork was on the branch that lost");
}

#[test]
fn only_so_many_proofs_wait() {
    let mut log = Log::default();
    for n in 0..100 {
        log.record_fork(elsewhere(200 - n, 1), &open());
    }
    assert_eq!(log.forks.len(), MAX_FORKS);
    let (first, second) = headers_of(2, FEDERATION, 1);
    assert!(log.record_fork(proof(&first[0], &second[0]), &open()));
    assert_eq!(place(&log), Some(1));
}
