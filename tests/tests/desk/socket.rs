use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::Arc;

use idenett::control::{Client, serve};
use idenett::desk::Request;
use idenett::home::Home;
use serde_json::Value;

use crate::{ask, contact, desk, make};

#[test]
fn the_socket_says_what_the_desk_says() {
    let place = tempfile::tempdir().expect("a directory");
    let home = Home::new(place.path().join("ks"));
    make(&home, "971032146", None);
    let desk = Arc::new(desk(&home));
    // The socket of a node that was killed.
    drop(UnixListener::bind(home.socket()).expect("a socket"));
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let control = runtime.block_on(async { serve(&home.socket(), Arc::clone(&desk)) }).expect("it is served");
    let mode = std::fs::metadata(home.socket()).expect("a socket").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    let mut client = Client::connect(&home.socket()).expect("a connection");
    let through = |client: &mut Client, request: Request| client.perform(&request, &mut |_| {});
    assert_eq!(through(&mut client, contact("Rådgiver")).map(|a| a["state"].clone()), Ok("published".into()));
    for request in [Request::MemberList, Request::Verify, Request::Frontier, Request::Record { id: "0000".to_owned() }] {
        assert_eq!(through(&mut client, request.clone()), ask(&desk, request));
    }
    // A second node may not take the socket of one that lives.
    let second = runtime.block_on(async { serve(&home.socket(), Arc::clone(&desk)) });
    assert_eq!(second.err().map(|p| p.exit_code()), Some(2));
    // What is no request gets an answer, and the next is heard.
    let mut stream = UnixStream::connect(home.socket()).expect("a connection");
    let mut answers = BufReader::new(stream.try_clone().expect("a copy")).lines();
    for (line, key) in [("hello", "problem"), ("{\"do\":\"fly\"}", "problem"), ("{\"do\":\"peers\"}", "result")] {
        writeln!(stream, "{line}").expect("it is sent");
        let answer: Value = serde_json::from_str(&answers.next().expect("a line").expect("a line")).expect("JSON");
        assert!(answer.get(key).is_some(), "{line}: {answer}");
    }
    drop((client, stream, answers));
    runtime.block_on(control.stop());
    assert!(!home.socket().exists());
    runtime.shutdown_background();
    Arc::into_inner(desk).expect("nobody else holds it").close().expect("a clean stop");
}
