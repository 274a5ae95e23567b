//! The desk of a node on a real directory: what is published, what waits, what comes back.

mod again;
mod checkpoint;
mod forked;
mod gathered;
mod damage;
mod lock;
mod outbox;
mod searching;
mod socket;
mod translating;

use std::path::Path;

use idenett::config::{Config, Flags};
use idenett::desk::{Desk, Federation, Founding, Problem, Publish, RegistrarAct, Request, found};
use idenett::home::Home;
use serde_json::{Value, json};

/// Makes a node; with a federation of its own if no charter is named.
fn make(home: &Home, org: &str, charter: Option<&Path>) {
    let settings: Flags = [("org", vec![org.to_owned()]), ("name", vec![format!("Medlem {org}")])].into();
    let federation = match charter {
        Some(file) => Federation::Charter(file.to_owned()),
        None => Federation::New {
            name: "Prøve".to_owned(),
            reading: "open".to_owned(),
            bootstrap: Vec::new(),
            registrar_key: home.registrar_key(),
        },
    };
    found(home, &Founding { settings, federation }).expect("a node");
}

/// Opens the desk of a node that does not run.
fn desk(home: &Home) -> Desk {
    let config = Config::load(home, &Flags::new()).expect("a configuration");
    let desk = Desk::open(home, &config).expect("a desk");
    desk.at_rest(false);
    desk
}

fn ask(desk: &Desk, request: Request) -> Result<Value, Problem> {
    desk.perform(request, &mut |_| {})
}

fn contact(function: &str) -> Request {
    let input = json!({ "function": function, "mailbox": "post@eksempel.kommune.no" });
    Request::Publish(Publish { kind: "contact".to_owned(), input, no_personal_data: false })
}

/// A federation of two: KS, and Gran with KS's charter, admitted, but without having heard of it.
fn two(place: &Path) -> (Home, Home) {
    let (ks, gran) = (Home::new(place.join("ks")), Home::new(place.join("gran")));
    make(&ks, "971032146", None);
    let at_ks = desk(&ks);
    let charter = place.join("charter");
    ask(&at_ks, Request::CharterExport { file: charter.clone(), force: false }).expect("a charter");
    make(&gran, "961381541", Some(&charter));
    let request = ask(&desk(&gran), Request::MemberRequest).expect("a request");
    let admit = Request::Registrar { key: ks.registrar_key(), act: RegistrarAct::Admit { request }, offline: false };
    ask(&at_ks, admit).expect("an admission");
    ask(&at_ks, Request::BundleExport { file: place.join("bundle"), force: false }).expect("a bundle");
    at_ks.close().expect("a clean stop");
    (ks, gran)
}
