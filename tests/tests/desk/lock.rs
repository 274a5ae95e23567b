use std::time::Duration;

use idenett::desk::Request;
use idenett::home::Home;
use idenett_tests::program::Running;

use super::{desk, make};

/// A command on a directory at rest holds it for a moment; a node that starts just then waits.
#[test]
fn a_node_that_starts_waits_for_a_command_to_end() {
    let place = tempfile::tempdir().expect("a directory");
    let home = Home::new(place.path().join("ks"));
    make(&home, "971032146", None);
    let command = desk(&home);
    let node = Running::start(&home);
    std::thread::sleep(Duration::from_millis(1_500));
    command.close().expect("a clean stop");
    assert_eq!(node.ask(&Request::Status).map(|s| s["running"].clone()), Ok(true.into()));
    node.stop();
}
