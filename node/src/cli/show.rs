//! A thing as people read it.

use serde_json::Value;

use super::out::{field, plain, short};
use super::reuse;
use super::thing::title;

/// Fields that are texts, in the order in which they are read.
const TEXTS: [&str; 16] = [
    "summary",
    "description",
    "reason",
    "problem",
    "solution",
    "situation",
    "affected",
    "constraints",
    "tried_before",
    "core",
    "adaptable",
    "prerequisites",
    "how_to",
    "lessons",
    "story",
    "next_needs",
];
/// Fields that are shown elsewhere.
const ELSEWHERE: [&str; 5] = ["title", "contact", "prize", "goals", "cases"];

/// The full form of a thing.
pub(crate) fn thing(shown: &Value) -> String {
    let mut lines = vec![heading(shown)];
    if shown["withdrawn"].is_object() {
        let w = &shown["withdrawn"];
        lines.push(format!(
            "WITHDRAWN {} by {}: {} {}",
            field(w, "time"),
            field(w, "name"),
            field(w, "reason"),
            field(w, "text")
        ));
    }
    if shown["text"]["state"] == "redacted" {
        lines.push(format!("The text was redacted by {}; codes and dates stay.", plain(&shown["text"]["redaction"])));
    }
    lines.push(String::new());
    let fields = shown["fields"].as_object();
    for (name, value) in fields.into_iter().flatten() {
        if !TEXTS.contains(&name.as_str()) && !ELSEWHERE.contains(&name.as_str()) {
            lines.push(format!("{name:<18}{}", simple(value)));
        }
    }
    for name in TEXTS {
        if let Some(text) = fields.and_then(|f| f.get(name)) {
            lines.push(format!("\n{name}\n{}", indented(&plain(text))));
        }
    }
    goals(shown, &mut lines);
    cases(shown, &mut lines);
    places(shown, &mut lines);
    contact(shown, &mut lines);
    versions(shown, &mut lines);
    translations(shown, &mut lines);
    said(shown, &mut lines);
    provenance(shown, &mut lines);
    lines.join("\n")
}

fn heading(shown: &Value) -> String {
    let title = match shown["text"]["state"].as_str() {
        Some("here") => plain(&shown["title"]),
        state => title(&serde_json::json!({ "text": state })),
    };
    format!(
        "{title}\n{} {} of {} ({}), version {}",
        field(shown, "kind"),
        field(shown, "id"),
        field(shown, "owner_name"),
        field(shown, "owner"),
        field(shown, "version")
    )
}

/// A value in one line: members of an object as `name value`, what is within them in brackets.
fn simple(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let one = |(name, value): (&String, &Value)| match value {
                Value::Object(_) => format!("{name} ({})", simple(value)),
                Value::Array(_) | Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                    format!("{name} {}", simple(value))
                }
            };
            fields.iter().map(one).collect::<Vec<_>>().join(", ")
        }
        Value::Array(items) => items.iter().map(simple).collect::<Vec<_>>().join("; "),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => plain(value),
    }
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}

fn goals(shown: &Value, lines: &mut Vec<String>) {
    let goals = shown["fields"]["goals"].as_array();
    for (at, goal) in goals.into_iter().flatten().enumerate() {
        if at == 0 {
            lines.push("\ngoals".to_owned());
        }
        // Without the text only the short ids are left.
        lines.push(match goal["id"].as_str() {
            Some(id) => format!("  {id}: {}", field(goal, "title")),
            None => format!("  {}", plain(goal)),
        });
    }
}

/// The cases of a plan, programme, collection or award.
fn cases(shown: &Value, lines: &mut Vec<String>) {
    for (at, case) in shown["cases"].as_array().into_iter().flatten().enumerate() {
        if at == 0 {
            lines.push("\ncases".to_owned());
        }
        let owner = Some(field(case, "owner_name")).filter(|o| !o.is_empty()).map(|o| format!(" ({o})"));
        let withdrawn = if case["withdrawn"] == true { ", WITHDRAWN" } else { "" };
        lines.push(format!("  {} {}{}{withdrawn}", short(&case["id"]), title(case), owner.unwrap_or_default()));
        let said: Vec<String> = ["goals", "comment"].iter().map(|f| field(case, f)).filter(|w| !w.is_empty()).collect();
        lines.extend(said.iter().map(|words| indented(&indented(words))));
    }
}

/// Where a case appears.
fn places(shown: &Value, lines: &mut Vec<String>) {
    for (at, place) in shown["appears_in"].as_array().into_iter().flatten().enumerate() {
        if at == 0 {
            lines.push("\nappears in".to_owned());
        }
        let facts = ["placement", "year"].iter().map(|f| field(place, f));
        let goals = place["goals"].as_array().into_iter().flatten().map(|goal| field(goal, "id"));
        let more: Vec<String> = facts.chain(goals).filter(|w| !w.is_empty()).collect();
        let more = if more.is_empty() { String::new() } else { format!(": {}", more.join(", ")) };
        let (kind, id) = (field(place, "kind"), short(&place["id"]));
        lines.push(format!("  {kind} {id} {} ({}){more}", title(place), field(place, "owner_name")));
    }
}

fn contact(shown: &Value, lines: &mut Vec<String>) {
    let contact = &shown["contact"];
    if !contact.is_object() {
        return;
    }
    let ways: Vec<String> = ["function", "mailbox", "switchboard", "url"]
        .iter()
        .map(|name| field(contact, name))
        .filter(|w| !w.is_empty())
        .collect();
    let words = if ways.is_empty() { "not here".to_owned() } else { ways.join(", ") };
    lines.push(format!("\ncontact\n  {words} (checked {})", field(contact, "checked")));
}

fn versions(shown: &Value, lines: &mut Vec<String>) {
    lines.push("\nversions".to_owned());
    for v in shown["versions"].as_array().into_iter().flatten() {
        let text = if v["text"]["state"] == "redacted" { ", text redacted" } else { "" };
        lines.push(format!(
            "  {} {} {} {} {}{text}",
            field(v, "number"),
            short(&v["id"]),
            field(v, "state"),
            field(v, "time"),
            field(v, "name")
        ));
    }
}

fn said(shown: &Value, lines: &mut Vec<String>) {
    let rows = |name: &str| shown[name].as_array().cloned().unwrap_or_default();
    if !rows("reuses").is_empty() {
        lines.push(format!("\nreuses\n{}", indented(&reuse::list(&shown["reuses"], false))));
    }
    for name in ["assessments", "measurements", "comments", "interests", "confirmations"] {
        let all = rows(name);
        if all.is_empty() {
            continue;
        }
        lines.push(format!("\n{name}"));
        for one in &all {
            let what: Vec<String> = [
                "judgement",
                "programme_title",
                "reason",
                "kind",
                "level",
                "indicator",
                "findings",
                "text",
                "valid_until",
            ]
            .iter()
            .map(|f| field(one, f))
            .filter(|w| !w.is_empty())
            .collect();
            lines.push(format!(
                "  {} {} {}: {}",
                short(&one["id"]),
                field(one, "time"),
                field(one, "name"),
                what.join(" - ")
            ));
        }
    }
}

fn translations(shown: &Value, lines: &mut Vec<String>) {
    for (at, one) in shown["translations"].as_array().into_iter().flatten().enumerate() {
        if at == 0 {
            lines.push("\ntranslations".to_owned());
        }
        let older = if one["of_current"] == true { "" } else { ", of an older version" };
        let words =
            [field(&one["text"], "title"), field(&one["text"], "prize"), field(&one["text"], "function")].concat();
        let (id, lang, made_by) = (short(&one["id"]), field(one, "lang"), field(one, "made_by"));
        lines.push(format!("  {id} {lang} {words} ({}, {made_by}{older})", field(one, "name")));
    }
}

fn provenance(shown: &Value, lines: &mut Vec<String>) {
    let p = &shown["provenance"];
    let holds = if p["verified"] == true {
        "the signature was checked just now and holds"
    } else {
        "THE SIGNATURE DOES NOT HOLD"
    };
    lines.push(format!(
        "\nprovenance\n  signed by {} at {}, log {} place {}\n  {holds}",
        field(p, "signed_by"),
        field(p, "time"),
        short(&p["log"]),
        field(p, "seq"),
    ));
}
