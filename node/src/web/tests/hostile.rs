//! Records full of markup, signs that turn text, and words without end.

use axum::http::StatusCode;
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use serde_json::json;

use super::{Node, TARGETS, ask, get};

/// Markup, signs that turn text, and what templates and entities look like.
pub(super) const EVIL: &str =
    "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>\u{202e}\u{2066}{{7*7}}</title></textarea>&lt;";
/// Characters of a word without end.
pub(super) const LONG: usize = 100_000;

/// Puts hostile records on a node: a case that was commented on and measured, and a need.
pub(super) fn spoil(node: &Node) -> (EntryId, EntryId) {
    let long = "x".repeat(LONG);
    let facts = json!({
        "number": 1, "lang": "\"><b>", "status": "<i>", "types": ["<b>x"], "sector": "social", "themes": ["</dl>"],
        "licence": "<b>", "values": [{ "kind": "<b>", "observed": true }], "methods": ["<b>m"], "external_id": EVIL,
    });
    let links = json!([{ "title": EVIL, "url": "javascript:alert(1)" }, { "title": "", "url": "https://x.example/\"onmouseover=alert(1)" }]);
    let mut text =
        json!({ "title": EVIL, "summary": long, "links": links, "values": [EVIL], "privacy_url": "data:text/html,x" });
    for field in
        ["problem", "solution", "core", "adaptable", "prerequisites", "how_to", "lessons", "story", "next_needs"]
    {
        text[field] = format!("{EVIL}\n\n- {EVIL}\n1. {EVIL}").into();
    }
    text["solution"] = format!("{EVIL}\n{long}").into();
    let case = node.force(Kind::Case, &facts, &text);
    let about = json!({ "subject": case, "kind": "<b>", "lang": "</ul>" });
    node.force(Kind::Comment, &about, &json!({ "text": EVIL }));
    node.force(
        Kind::Measurement,
        &json!({ "subject": case, "unit": EVIL, "after": 3 }),
        &json!({ "indicator": EVIL, "url": "javascript:x" }),
    );
    let need = node.force(Kind::Need, &facts, &json!({ "title": EVIL, "situation": EVIL }));
    (case, need)
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_text_changes_nothing_but_itself() {
    let node = Node::new();
    let (case, need) = spoil(&node);
    let app = node.app();
    let views = ["", "/story", "/paper"].map(|view| format!("/case/{case}{view}"));
    let all =
        views.into_iter().chain([format!("/need/{need}"), format!("/record/{case}")]).chain(TARGETS.map(str::to_owned));
    for target in all {
        let (answer, html) = ask(&app, get(&target)).await;
        assert_eq!(answer.status(), StatusCode::OK, "{target}");
        check_hostile(&target, &html);
        assert!(html.len() < 300_000, "{target}: {}", html.len());
    }
    let (answer, html) = ask(&app, get("/cases?q=%3Cscript%3Ealert(1)%3C/script%3E&x=%22%3E%3Cb%3E")).await;
    assert_eq!(answer.status(), StatusCode::OK);
    check_hostile("a search", &html);
}

/// Markup of a record is text, whatever page it stands on.
fn check_hostile(target: &str, html: &str) {
    for wrong in [
        "<script>",
        "<img src=x",
        "<b>",
        "<i>",
        "\u{202e}",
        "\u{2066}",
        "href=\"javascript",
        "href=\"data",
        "\"onmouseover",
        "</textarea>",
        "</dl>\"",
        "49",
    ] {
        let harmless = wrong == "49" && !html.contains(">49<");
        assert!(harmless || !html.contains(wrong), "{target} has `{wrong}`");
    }
    assert_eq!(html.matches("<script").count(), html.matches("<script src=\"/assets/").count(), "{target}");
    assert_eq!(
        html.matches("</title>").count(),
        1 + usize::from(html.contains("<svg")) + html.matches("<circle").count(),
        "{target}"
    );
}
