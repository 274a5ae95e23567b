//! Searching, narrowing, comparing, following.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{Node, ask, check, get, header, page};

/// A node with a handful of cases in both written languages.
fn filled() -> (Node, Vec<String>) {
    let node = Node::new();
    node.publish("contact", json!({ "function": "Innovasjonsrådgiver", "mailbox": "post@gran.example" }));
    let names =
        ["gran-bolgen-lean", "gran-vi-i-gran", "gran-ja-tenke-det", "gran-innovasjonspolitiker", "baerum-smartmat"];
    let ids = names.iter().map(|name| node.case(name)).collect();
    (node, ids)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_finds_marks_and_says_why() {
    let (node, ids) = filled();
    let app = node.app();
    let html = page(&app, "/cases?q=eldre+mat&lang=nb").await;
    assert!(html.contains(&ids[4]) && html.contains("<mark>"), "{html}");
    assert!(html.contains("value=\"eldre mat\"") && html.contains("best treff"));
    // The other written language.
    let html = page(&app, "/cases?q=m%C3%A5ltid+i+omsorga&lang=nn").await;
    assert!(html.contains(&ids[4]) && html.contains("Funne fordi"), "{html}");
    let all = page(&app, "/cases?lang=nb").await;
    assert!(all.contains("5\u{a0}eksempler") && ids.iter().all(|id| all.contains(id.as_str())));
}

#[tokio::test(flavor = "multi_thread")]
async fn results_are_narrowed_by_plain_links_and_forms() {
    let (node, ids) = filled();
    let app = node.app();
    let html = page(&app, "/cases?sector=health_care&lang=nb").await;
    assert!(html.contains(&ids[4]) && !html.contains(&ids[0]));
    assert!(html.contains("Sektor: Helse og omsorg") && html.contains("name=\"sector\" value=\"health_care\""));
    assert!(html.contains("href=\"/cases\" aria-label=\"Fjern Sektor: Helse og omsorg\""), "{html}");
    let html = page(&app, "/cases?sector=health_care&sector=administration&ready=yes&sort=title&lang=nb").await;
    assert!(html.contains("Sektor: Administrasjon og ledelse") && html.contains("Klar til gjenbruk: Ja"));
    let nynorsk = page(&app, "/cases?written=nn&lang=nb").await;
    assert!(nynorsk.contains(&ids[3]) && !nynorsk.contains(&ids[4]) && nynorsk.contains("Språk: Nynorsk"));
    for wrong in ["sector=x", "written=xx", "evidence=9", "county=Atlantis", "sort=best", "owner=123", "size=huge"] {
        assert_eq!(ask(&app, get(&format!("/cases?{wrong}"))).await.0.status(), StatusCode::BAD_REQUEST, "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_that_nothing_answers_becomes_a_need() {
    let (node, _) = filled();
    let app = node.app();
    let target = "/cases?q=romferge%22%3E%3Cb%3E&lang=nb";
    let (answer, html) = ask(&app, get(target)).await;
    check(target, &answer, &html);
    assert!(html.contains("Ingen eksempler svarer på dette") && html.contains("idenett need publish need.toml"));
    assert!(html.contains("title = &#34;romferge\\&#34;&#62;&#60;b&#62;&#34;\n"), "{html}");
    assert!(!html.contains("<b>"));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_to_four_stand_side_by_side() {
    let (node, ids) = filled();
    let app = node.app();
    let query: Vec<String> = ids.iter().map(|id| format!("id={id}")).collect();
    let html = page(&app, &format!("/compare?{}&lang=nb", query.join("&"))).await;
    assert_eq!(html.matches("<th scope=\"col\">").count(), 4);
    assert!(html.contains("Tid og penger") && html.contains("Løsningen"));
    let few = page(&app, &format!("/compare?{0}&{0}&lang=nb", query[0])).await;
    assert!(few.contains("Velg to til fire eksempler"));
    assert_eq!(ask(&app, get("/compare?id=x")).await.0.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_can_be_followed() {
    let (node, ids) = filled();
    let app = node.app();
    let (answer, atom) = ask(&app, get("/cases/atom?q=eldre+mat&lang=nb")).await;
    assert_eq!(header(&answer, "content-type"), "application/atom+xml; charset=utf-8");
    assert!(
        atom.contains(&format!("<id>urn:idenett:{}</id>", ids[4]))
            && atom.contains("<title>Idenett: eldre mat</title>")
    );
    assert!(atom.contains(&format!("href=\"http://localhost:4480/case/{}\"", ids[4])), "{atom}");
    let feed: Value = serde_json::from_str(&page(&app, "/cases/feed.json").await).expect("a feed");
    assert_eq!(
        (feed["items"].as_array().map(Vec::len), feed["feed_url"].as_str()),
        (Some(5), Some("http://localhost:4480/cases/feed.json"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_back_or_redacted_is_not_found() {
    let (node, ids) = filled();
    let withdraw = crate::desk::Withdraw {
        id: ids[4].clone(),
        kind: None,
        reason: "outdated".to_owned(),
        replacement: None,
        text: None,
    };
    let redact =
        crate::desk::Redact { id: ids[0].clone(), reason: "personal_data".to_owned(), only: false, sure: true };
    let app = node.app();
    assert!(page(&app, "/cases?q=b%C3%B8lgen&lang=nb").await.contains(&ids[0]));
    node.wish(crate::desk::Request::Withdraw(withdraw));
    node.wish(crate::desk::Request::Redact(redact));
    // A search that is a moment behind shows nothing that is gone.
    assert!(!page(&app, "/cases?q=eldre+mat&lang=nb").await.contains(&ids[4]));
    node.desk.follow_index().expect("an index");
    assert!(!page(&app, "/cases?q=eldre+mat&lang=nb").await.contains(&ids[4]));
    assert!(!page(&app, "/cases?q=b%C3%B8lgen&lang=nb").await.contains(&ids[0]), "its words are gone");
    assert!(page(&app, "/cases?lang=nb").await.contains(&ids[0]), "its facts are not");
}
