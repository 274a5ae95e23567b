use std::collections::BTreeMap;

use idenett::desk::{Publish, Request, Revise};
use idenett::home::Home;
use idenett::samples;
use serde_json::{Value, json};

use crate::{ask, contact, desk, make};

/// A revision that changes nothing would say what the version before said, of every field, and is
/// refused for that.
#[test]
fn every_sample_comes_back_from_its_documents() {
    let place = tempfile::tempdir().expect("a directory");
    let home = Home::new(place.path().join("ks"));
    make(&home, "971032146", None);
    let desk = desk(&home);
    ask(&desk, contact("Rådgiver")).expect("a contact");
    let cases = samples::cases().expect("samples").into_iter().map(|s| ("case", s));
    let needs = samples::needs().expect("samples").into_iter().map(|s| ("need", s));
    let plans = samples::plans().expect("samples").into_iter().map(|s| ("plan", s));
    let gatherings = samples::gatherings().expect("samples");
    let mut ids = BTreeMap::new();
    for (kind, sample) in plans.chain(cases).chain(needs).chain(gatherings) {
        let mut input = sample.record_with(|name| ids.get(name).cloned());
        if sample.builds_on.is_some() {
            input["builds_on"] = json!(["Eit arbeid som ikkje står her"]);
        }
        // Here one publishes everything, so every prize is its own.
        if input.get("giver").is_some() {
            input["giver"] = json!("971032146");
        }
        let publish = Publish { kind: kind.to_owned(), input, no_personal_data: true };
        let id = ask(&desk, Request::Publish(publish)).unwrap_or_else(|p| panic!("{}: {p}", sample.name))["id"].clone();
        let id = id.as_str().expect("an id").to_owned();
        ids.insert(sample.name, id.clone());
        let before = fields(&desk, &id);
        let revise = Revise { id: id.clone(), kind: kind.to_owned(), input: json!({}), no_personal_data: true };
        let refused = ask(&desk, Request::Revise(revise)).expect_err(sample.name);
        assert!(refused.what.contains("says the same"), "{}: {refused}", sample.name);
        assert_eq!(fields(&desk, &id), before, "{}", sample.name);
    }
}

fn fields(desk: &idenett::desk::Desk, id: &str) -> Value {
    ask(desk, Request::Show { id: id.to_owned(), kind: None }).expect("a thing")["fields"].clone()
}
