use std::process::Command;

use idenett::desk::{RegistrarAct, Request};
use idenett::home::Home;
use idenett_protocol::fork::ForkProof;
use idenett_protocol::id::Seq;
use serde_json::Value;

use crate::{ask, contact, desk, two};

/// A directory was copied and both were used: everyone learns what to do about it.
#[test]
fn a_fork_names_what_settles_it_and_lets_nothing_more_be_signed() {
    let place = tempfile::tempdir().expect("a directory");
    let (ks, gran) = two(place.path());
    let at_gran = desk(&gran);
    ask(&at_gran, Request::BundleImport { file: place.path().join("bundle") }).expect("the admission");
    at_gran.close().expect("a clean stop");
    let copy = Home::new(place.path().join("copy"));
    let status = Command::new("cp").arg("-r").args([gran.directory(), copy.directory()]).status().expect("cp");
    assert!(status.success());
    let heads: Vec<_> = [(&gran, "Rådgiver"), (&copy, "Servicetorg")]
        .into_iter()
        .map(|(home, function)| {
            let desk = desk(home);
            desk.at_rest(true);
            ask(&desk, contact(function)).expect("a contact");
            desk.library().header_at(&desk.key().log_key(), Seq::FIRST).expect("a journal").expect("an entry")
        })
        .collect();
    let proof = ForkProof::new(heads[0], heads[1]).expect("a fork");

    let at_gran = desk(&gran);
    at_gran.at_rest(true);
    assert_eq!(at_gran.library().record_proof(&proof).ok(), Some(true));
    let answer = ask(&at_gran, contact("Postmottak")).expect("an answer");
    assert_eq!(answer["state"], "waiting");
    assert!(answer["reason"].as_str().is_some_and(|r| r.contains("continued twice at 1")), "{answer}");

    let at_ks = desk(&ks);
    assert_eq!(at_ks.library().record_proof(&proof).ok(), Some(true));
    let members = ask(&at_ks, Request::MemberList).expect("a list");
    let keys = members.as_array().into_iter().flatten().flat_map(|m| m["keys"].as_array().into_iter().flatten());
    let fork = keys.map(|key| &key["fork"]).find(|fork| fork.is_object()).expect("a fork");
    let branches: Vec<&str> =
        fork["branches"].as_array().into_iter().flatten().filter_map(|b| b["id"].as_str()).collect();
    assert_eq!(branches, proof.ids().map(|id| id.to_string()), "{fork}");
    let alarms = ask(&at_ks, Request::Status).expect("a status")["alarms"].clone();
    assert!(branches.iter().all(|id| alarms.to_string().contains(id)), "{alarms}");
    let shown = ask(&at_ks, Request::Record { id: branches[0].to_owned() }).expect("a header");
    assert_eq!((&shown["header"]["kind"], &shown["facts"]), (&Value::from("contact"), &Value::Null));

    let act = RegistrarAct::Settle { log: proof.log().to_string(), seq: 1, id: branches[1].to_owned() };
    let settle = Request::Registrar { key: ks.registrar_key(), act, offline: true };
    ask(&at_ks, settle.clone()).expect("a settlement");
    let again = ask(&at_ks, settle).expect_err("a settlement");
    assert!(again.what.contains("settled like this already"), "{again}");
}
