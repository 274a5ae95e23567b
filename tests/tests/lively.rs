//! The demo with a history, short and with few members.

use std::process::Command;

use idenett_tests::program::program;
use serde_json::Value;

#[test]
fn every_node_fetches_its_own_history_and_counts_the_figures_of_ks_alike() {
    let demo = Command::new(program())
        .args(["demo", "--members", "5", "--years", "1", "--seed", "3", "--once", "--json"])
        .output()
        .expect("the program runs");
    assert!(demo.status.success(), "{}", String::from_utf8_lossy(&demo.stderr));
    let said: Value = serde_json::from_slice(&demo.stdout).expect("one JSON document");
    assert_eq!((&said["generated"], &said["members"], &said["nodes"]), (&true.into(), &5.into(), &6.into()));
    let periods: Vec<&Value> = said["releases"].as_array().expect("releases").iter().map(|r| &r["period"]).collect();
    assert!(periods.len() == 2 && periods[1] == "24m", "the year that is over, and the last months: {periods:?}");
    assert!(said["releases"].as_array().into_iter().flatten().all(|r| r["verdict"] == "identical"), "{said}");
    let number = |field: &str| said[field].as_u64().unwrap_or_default();
    assert!(number("cases") >= 10 && number("reuses") >= 20, "{said}");
    assert!(number("cases_shown") > 0 && number("reuses_counted") > 0, "{said}");
    assert_eq!(said["signed_after"].as_str().map(str::len), Some(64), "a member signed behind what it had fetched");
}

#[test]
fn a_history_has_bounds() {
    for years in ["0", "5"] {
        let demo =
            Command::new(program()).args(["demo", "--years", years, "--once"]).output().expect("the program runs");
        let said = String::from_utf8_lossy(&demo.stderr).into_owned();
        assert!(!demo.status.success() && said.contains("--years"), "{said}");
    }
}
