//! What a program reads that starts a node: one line once it listens, and nothing else.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};

use idenett::control::Client;
use idenett::desk::{Federation, Founding, Request, found};
use idenett::home::Home;
use idenett_tests::program::program;
use serde_json::Value;

/// A node in a federation of its own, and the program that runs it.
fn node(directory: &std::path::Path) -> (Home, Command) {
    let home = Home::new(directory.join("node"));
    let settings = BTreeMap::from([("org", vec!["961381541".to_owned()]), ("name", vec!["Gran".to_owned()])]);
    let (name, reading, registrar_key) = ("Prøve".into(), "open".into(), home.registrar_key());
    let federation = Federation::New { name, reading, bootstrap: Vec::new(), registrar_key };
    found(&home, &Founding { settings, federation }).expect("a new node");
    let mut run = Command::new(program());
    run.args(["run", "--json", "--web", "127.0.0.1:0", "--data"]).arg(home.directory());
    run.env(idenett::node::STOP_WITH_INPUT, "1").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    (home, run)
}

#[test]
fn one_line_says_that_the_node_listens_and_where() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let (home, mut run) = node(directory.path());
    let listen = ["/ip4/127.0.0.1/tcp/0", "/ip6/::1/tcp/0"];
    let mut child = run.args(listen.iter().flat_map(|a| ["--listen", a])).spawn().expect("the program starts");
    let mut out = BufReader::new(child.stdout.take().expect("its output"));
    let mut line = String::new();
    out.read_line(&mut line).expect("a line");
    let said: Value = serde_json::from_str(&line).expect("JSON");
    let mut client = Client::connect(&home.socket()).expect("the node runs");
    let status = client.perform(&Request::Status, &mut |_| {}).expect("the node answers");
    for field in ["org", "key", "listening", "web"] {
        assert_eq!(said[field], status[field], "{field}");
    }
    assert_eq!((said["org"].as_str(), said.as_object().map(serde_json::Map::len)), (Some("961381541"), Some(4)));
    let listening: Vec<&str> =
        said["listening"].as_array().expect("addresses").iter().filter_map(Value::as_str).collect();
    for address in listen.map(|a| a.trim_end_matches('0')) {
        assert!(listening.iter().any(|l| l.starts_with(address)), "{address} in {listening:?}");
    }
    assert!(said["web"].as_str().is_some_and(|web| web.starts_with("http://127.0.0.1:")), "{said}");
    drop((client, child.stdin.take()));
    assert!(child.wait().expect("a child").success(), "it stops in good order");
    let mut rest = String::new();
    out.read_to_string(&mut rest).expect("its output");
    assert_eq!(rest, "");
}

#[test]
fn a_node_that_cannot_listen_says_so_and_has_not_begun() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let (_, mut run) = node(directory.path());
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("/ip4/127.0.0.1/tcp/{}", taken.local_addr().expect("an address").port());
    let ended = run.args(["--listen", &address]).output().expect("the program starts");
    let said = String::from_utf8(ended.stderr).expect("text");
    let problem: Value = serde_json::from_str(&said[said.find("{\n").expect("a document")..]).expect("JSON");
    assert!(problem["problem"]["what"].as_str().is_some_and(|what| what.contains(&address)), "{said}");
    assert!(ended.stdout.is_empty() && !ended.status.success());
}

#[test]
fn who_closes_the_output_does_not_stop_the_node() {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let (home, mut run) = node(directory.path());
    let mut child = run.args(["--listen", "/ip4/127.0.0.1/tcp/0"]).spawn().expect("the program starts");
    drop(child.stdout.take());
    let listens = || {
        let status = Client::connect(&home.socket())?.perform(&Request::Status, &mut |_| {}).ok()?;
        status["listening"].as_array().filter(|all| !all.is_empty()).map(drop)
    };
    idenett_tests::program::until("the node listens", listens);
    // Longer than the node waits before it says that it listens.
    std::thread::sleep(std::time::Duration::from_millis(1500));
    assert!(child.try_wait().expect("a child").is_none(), "it still runs");
    drop(child.stdin.take());
    assert!(child.wait().expect("a child").success());
}
