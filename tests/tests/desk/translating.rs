use idenett::desk::{Publish, Redact, Request, Revise};
use serde_json::{Value, json};

use crate::ask;
use crate::gathered::{alone, case, publish, show};

#[test]
fn a_translation_belongs_to_one_version_and_goes_with_its_text() {
    let place = tempfile::tempdir().expect("a directory");
    let desk = alone(place.path());
    let first = publish(&desk, "case", case("Lesestund"));
    let text = json!({ "title": "Reading hour", "summary": "Short." });
    let english = json!({ "version": first[..8], "lang": "en", "made_by": "machine", "text": text });
    publish(&desk, "translation", english.clone());
    let seen = |of_current: bool| {
        let shown = show(&desk, &first)["translations"].clone();
        let row = shown.get(0).cloned().unwrap_or_default();
        assert_eq!(shown.as_array().map(Vec::len), Some(1), "{shown}");
        assert_eq!((&row["lang"], &row["made_by"], &row["version"]), (&json!("en"), &json!("machine"), &json!(first)));
        assert_eq!((&row["text"], &row["of_current"]), (&text, &json!(of_current)));
    };
    seen(true);
    let input = json!({ "title": "Felles lesestund" });
    let revise = Revise { id: first.clone(), kind: "case".to_owned(), input, no_personal_data: true };
    let second = ask(&desk, Request::Revise(revise)).expect("a version")["id"].clone();
    seen(false);
    publish(&desk, "translation", english.clone());
    let versions = |shown: Value| -> Vec<Value> {
        shown["translations"].as_array().expect("rows").iter().map(|row| row["version"].clone()).collect()
    };
    assert_eq!(versions(show(&desk, &first)), [json!(first), second], "who names a case means what is shown of it");
    let redact = Redact { id: first.clone(), reason: "on_request".to_owned(), only: false, sure: true };
    ask(&desk, Request::Redact(redact)).expect("a redaction");
    assert_eq!(versions(show(&desk, &first)), [] as [Value; 0], "what must not be read, must not be read in English");
    let again = Publish { kind: "translation".to_owned(), input: english, no_personal_data: true };
    let problem = ask(&desk, Request::Publish(again)).expect_err("a problem");
    assert_eq!(problem.fields.first().map(|f| f.field.as_str()), Some("version"), "{problem}");
}
