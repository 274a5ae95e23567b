use idenett::desk::{Desk, Publish, Redact, Request, Revise};
use idenett::home::Home;
use serde_json::{Value, json};

use crate::{ask, contact, desk, make};

pub(crate) fn publish(desk: &Desk, kind: &str, input: Value) -> String {
    let publish = Publish { kind: kind.to_owned(), input, no_personal_data: true };
    let answer = ask(desk, Request::Publish(publish)).unwrap_or_else(|p| panic!("{kind}: {p}"));
    answer["id"].as_str().expect("an id").to_owned()
}

fn revise(desk: &Desk, kind: &str, id: &str, input: Value) -> Result<String, String> {
    let revise = Revise { id: id.to_owned(), kind: kind.to_owned(), input, no_personal_data: true };
    let answer = ask(desk, Request::Revise(revise)).map_err(|p| p.to_string())?;
    Ok(answer["id"].as_str().expect("an id").to_owned())
}

pub(crate) fn show(desk: &Desk, id: &str) -> Value {
    ask(desk, Request::Show { id: id.to_owned(), kind: None }).expect("a thing")
}

pub(crate) fn case(title: &str) -> Value {
    json!({
        "title": title, "summary": "Kort.", "problem": "Noe manglet.", "solution": "Vi prøvde.", "status": "in_use",
        "types": ["process"], "sector": "culture", "themes": ["leadership"], "origin": "first",
    })
}

/// Kinds and ids of where a case appears.
fn places(desk: &Desk, case: &str) -> Vec<(String, String)> {
    let shown = show(desk, case);
    let word = |row: &Value, name: &str| row[name].as_str().expect("text").to_owned();
    shown["appears_in"].as_array().expect("places").iter().map(|row| (word(row, "kind"), word(row, "id"))).collect()
}

pub(crate) fn alone(place: &std::path::Path) -> Desk {
    let home = Home::new(place.join("gran"));
    make(&home, "961381541", None);
    let desk = desk(&home);
    ask(&desk, contact("Rådgiver")).expect("a contact");
    desk
}

#[test]
fn only_the_versions_that_are_shown_now_gather_a_case() {
    let place = tempfile::tempdir().expect("a directory");
    let desk = alone(place.path());
    let (first, other) = (publish(&desk, "case", case("Lesestund")), publish(&desk, "case", case("Vaktlag")));
    let second = revise(&desk, "case", &first, json!({ "summary": "Kortere." })).expect("a version");
    let text = json!({ "title": "Gode historier", "summary": "Til leiarmøtet.", "cases": [second, other] });
    let collection = publish(&desk, "collection", text);
    let shown = show(&desk, &collection);
    assert_eq!(shown["fields"]["cases"], json!([first, other]), "a version stands for its case");
    assert_eq!(places(&desk, &first), [("collection".to_owned(), collection.clone())]);
    let again = json!({ "cases": [{ "case": other, "comment": "Bare denne." }] });
    revise(&desk, "collection", &collection, again).expect("a version");
    assert_eq!(places(&desk, &first), [], "the newest version does not name it");
    let shown = show(&desk, &collection);
    let row = &shown["cases"][0];
    assert_eq!((&row["id"], &row["comment"], &row["title"]), (&json!(other), &json!("Bare denne."), &json!("Vaktlag")));
    let programme = json!({ "title": "PILOTen", "summary": "Lærer i lag.", "kind": "network" });
    let programme = publish(&desk, "programme", programme);
    revise(&desk, "case", &first, json!({ "programmes": [programme] })).expect("a version");
    assert_eq!(places(&desk, &first), [("programme".to_owned(), programme.clone())]);
    assert_eq!(show(&desk, &programme)["cases"][0]["id"], json!(first), "a case may name a programme by itself");
}

#[test]
fn a_plan_without_its_text_keeps_its_goals_and_their_cases() {
    let place = tempfile::tempdir().expect("a directory");
    let desk = alone(place.path());
    let goals = json!([{ "id": "mot", "title": "Vi tør." }, { "id": "deling", "title": "Vi deler." }]);
    let plan = json!({ "title": "Plakaten", "summary": "To setninger.", "kind": "manifesto", "goals": goals });
    let plan = publish(&desk, "plan", plan);
    let mut serving = case("Lesestund");
    serving["plan_goals"] = json!([{ "plan": plan[..8], "goal": "deling" }]);
    let serving = publish(&desk, "case", serving);
    let goal = |desk: &Desk| show(desk, &serving)["appears_in"][0]["goals"][0].clone();
    assert_eq!(goal(&desk), json!({ "id": "deling", "title": "Vi deler." }));
    let redact = Redact { id: plan.clone(), reason: "copyright".to_owned(), only: false, sure: true };
    ask(&desk, Request::Redact(redact)).expect("a redaction");
    assert_eq!(goal(&desk), json!({ "id": "deling", "title": null }));
    let shown = show(&desk, &plan);
    assert_eq!(shown["fields"]["goals"], json!(["mot", "deling"]));
    assert_eq!(shown["cases"][0]["goals"], json!(["deling"]));
    let problem = revise(&desk, "plan", &plan, json!({ "title": "Ny", "summary": "Ny." })).expect_err("a problem");
    assert!(problem.contains("goals[0].title"), "what the goals say is gone and must be written anew: {problem}");
}
