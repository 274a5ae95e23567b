//! The simulated disk forgets and fails as it says.

use std::io;

use idenett::journal::disk::Disk;
use idenett_tests::random::Random;
use idenett_tests::simdisk::{SimDisk, Trouble};

#[test]
fn what_is_synced_stays_and_the_rest_is_left_to_chance() {
    let (mut lost, mut stayed) = (0, 0);
    for seed in 0..200 {
        let disk = SimDisk::new();
        let file = disk.create("a").expect("a file");
        file.write_at(0, &[1; 100]).expect("room");
        file.sync().expect("a sync");
        disk.sync_names().expect("a sync");
        file.write_at(100, &[2; 20_000]).expect("room");
        disk.power_cut(&mut Random::new(seed));
        let content = disk.content("a").expect("the file");
        assert!(content.starts_with(&[1; 100]), "seed {seed}");
        lost += u32::from(content.len() == 100);
        stayed += u32::from(content.len() == 20_100 && content.ends_with(&[2; 20_000]));
    }
    assert!(lost > 20 && stayed > 20, "{lost} lost, {stayed} stayed");
}

#[test]
fn a_failed_sync_loses_what_is_still_shown() {
    let disk = SimDisk::new();
    let file = disk.create("a").expect("a file");
    disk.sync_names().expect("a sync");
    file.write_at(0, &[3; 10]).expect("room");
    disk.plan(disk.steps(), Trouble::FailedSync);
    assert!(file.sync().is_err());
    disk.kill();
    file.sync().expect("a sync that has nothing to do");
    assert_eq!(disk.content("a"), Some(vec![3; 10]));
    disk.power_cut(&mut Random::new(1));
    assert!(disk.content("a").expect("the file").iter().all(|b| *b == 0));
}

#[test]
fn a_full_disk_takes_a_part_and_says_so() {
    let disk = SimDisk::new();
    disk.set_capacity(Some(15));
    let file = disk.create("a").expect("a file");
    file.write_at(0, &[4; 10]).expect("room");
    let fault = file.write_at(10, &[5; 10]).expect_err("no room");
    assert_eq!(fault.kind(), io::ErrorKind::StorageFull);
    assert_eq!((disk.used(), file.length().expect("a length")), (15, 15));
    file.write_at(0, &[6; 15]).expect("nothing grows");
}
