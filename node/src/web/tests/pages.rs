//! Every page, what a case tells, and what is said of what is no longer there.

use axum::http::StatusCode;
use idenett_protocol::kind::Kind;
use serde_json::{Value, json};

use super::{Node, TARGETS, ask, check, get, header, page};
use crate::desk::{Redact, Request as Wish, Withdraw};
use crate::samples;

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_there_in_every_language_and_says_what_browsers_must_know() {
    let node = Node::new();
    let app = node.app();
    for target in TARGETS {
        let (answer, html) = ask(&app, get(target)).await;
        assert_eq!(answer.status(), StatusCode::OK, "empty: {target}");
        check(target, &answer, &html);
    }
    let themes = page(&app, "/themes?lang=nb").await;
    assert!(
        themes.contains("Ingen har delt noe ennå") && !themes.contains("<h2"),
        "no heading without anything below it"
    );
    node.publish("contact", json!({ "function": "Innovasjonsrådgiver", "mailbox": "post@gran.example" }));
    let case = node.case("gran-bolgen-lean");
    let need = node.publish("need", samples::needs().expect("needs").swap_remove(2).record);
    let own = ["", "/story", "/paper"].map(|view| format!("/case/{case}{view}"));
    let more = own.into_iter().chain([format!("/need/{need}"), format!("/record/{case}")]);
    for target in TARGETS.map(str::to_owned).into_iter().chain(more) {
        for (lang, word) in [("nb", "Hovedmeny"), ("nn", "Hovudmeny"), ("en", "Main menu")] {
            let sign = if target.contains('?') { '&' } else { '?' };
            let (answer, html) = ask(&app, get(&format!("{target}{sign}lang={lang}"))).await;
            assert_eq!(answer.status(), StatusCode::OK, "{target}: {html}");
            check(&target, &answer, &html);
            assert!(html.contains(&format!("<html lang=\"{lang}\"")) && html.contains(word), "{target} {lang}");
            assert!(header(&answer, "set-cookie").starts_with(&format!("lang={lang};")));
        }
    }
    for target in [format!("/case/{case}/json"), format!("/need/{need}/json"), "/network/json".into()] {
        let json: Value = serde_json::from_str(&page(&app, &target).await).expect("JSON");
        assert!(json.is_object());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_told_with_all_that_belongs_to_it() {
    let node = Node::new();
    node.publish("contact", json!({ "function": "Innovasjonsrådgiver", "mailbox": "post@gran.example" }));
    let case = node.case("gran-bolgen-lean");
    node.publish("comment", json!({ "subject": case, "kind": "question", "text": "Hvor lang tid tok det?" }));
    let measured = json!({
        "subject": case, "value": "quality", "evaluated_by": "own", "before": 40, "after": 1250, "unit": "days",
        "period": { "start": "2025-01-01", "end": "2025-12-31" },
        "indicator": "Ventetid", "method": "Telt i fagsystemet",
    });
    node.publish("measurement", measured);
    let html = page(&node.app(), &format!("/case/{case}?lang=nb")).await;
    for part in [
        "Hvor lang tid tok det?",
        "Ventetid",
        "40 → 1\u{a0}250 dager",
        "Målt før og etter",
        "Signaturen stemmer",
        "post@gran.example",
    ] {
        assert!(html.contains(part), "{part} is not told");
    }
    assert!(html.contains("href=\"#ask\"") && html.contains("id=\"ask\">Spør oss"), "whom to ask is one step away");
    let paper = page(&node.app(), &format!("/case/{case}/paper?lang=nn")).await;
    assert!(paper.contains("Framlegg til vedtak") && paper.contains("Økonomiske konsekvensar"));
    assert!(html.len() < 60_000, "{}", html.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_of_a_case_stands_in_the_order_of_the_alphabet() {
    let node = Node::new();
    node.publish("contact", json!({ "function": "Innovasjonsrådgiver", "mailbox": "post@gran.example" }));
    let first = node.case("gran-bolgen-lean");
    let mut sample = samples::cases().expect("samples").swap_remove(0).record;
    sample["builds_on"] = json!([first]);
    for title in ["Åpne dører", "Zoologi for barn", "Ærlig talt", "Øvelse gjør mester", "Asfalt"] {
        sample["title"] = title.into();
        node.publish("case", sample.clone());
    }
    let html = page(&node.app(), &format!("/case/{first}?lang=nb")).await;
    let tree = html.split("class=\"tree\"").nth(1).expect("a tree");
    let titles = ["Asfalt", "Zoologi for barn", "Ærlig talt", "Øvelse gjør mester", "Åpne dører"];
    let places: Vec<_> = titles.iter().map(|title| tree.find(title).expect(title)).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_need_in_the_list_leads_to_what_may_answer_it() {
    let node = Node::new();
    node.publish("contact", json!({ "function": "Innovasjonsrådgiver", "mailbox": "post@gran.example" }));
    let case = node.case("baerum-smartmat");
    let mut need = samples::needs().expect("needs").swap_remove(0).record;
    need["title"] = "Mat & måltider".into();
    let need = node.publish("need", need);
    let app = node.app();
    let way = "/cases?q=Mat+%26+m%C3%A5ltider";
    assert!(page(&app, "/needs?lang=nb").await.contains(&format!("<a href=\"{way}\">Finn eksempler som kan hjelpe")));
    assert!(page(&app, way).await.contains(&case));
    assert!(page(&app, &format!("/need/{need}?lang=nn")).await.contains(&format!("<a href=\"{way}\">Søk vidare")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_longer_there_is_said_in_a_sentence() {
    let node = Node::new();
    node.publish("contact", json!({ "function": "Innovasjonsrådgiver", "mailbox": "post@gran.example" }));
    let (withdrawn, redacted) = (node.case("gran-bolgen-lean"), node.case("gran-vi-i-gran"));
    let told = node.case("gran-ja-tenke-det");
    node.wish(Wish::Withdraw(Withdraw {
        id: withdrawn.clone(),
        kind: None,
        reason: "outdated".to_owned(),
        replacement: None,
        text: Some("Erstattet av nyere arbeid.".to_owned()),
    }));
    node.wish(Wish::Redact(Redact {
        id: redacted.clone(),
        reason: "personal_data".to_owned(),
        only: false,
        sure: true,
    }));
    let app = node.app();
    let html = page(&app, &format!("/case/{withdrawn}?lang=nb")).await;
    assert!(
        html.contains("Trukket tilbake") && html.contains("Erstattet av nyere arbeid.") && html.contains("utdatert")
    );
    let (tag, stage) = (html.find("data-color=\"danger\">Trukket tilbake"), html.find("data-color=\"accent\""));
    assert!(tag.is_some() && (stage.is_none() || tag < stage), "the head says first that it was taken back");
    assert!(!html.contains("/paper\"") && !html.contains("Klar til gjenbruk"));
    let target = format!("/case/{withdrawn}/paper?lang=nb");
    let (answer, html) = ask(&app, get(&target)).await;
    assert_eq!(answer.status(), StatusCode::GONE);
    check(&target, &answer, &html);
    assert!(html.contains("trukket det tilbake") && html.contains(&format!("href=\"/case/{withdrawn}\"")), "{html}");
    let html = page(&app, &format!("/case/{redacted}?lang=nn")).await;
    assert!(html.contains("Alle nodar har sletta det som var skrive."), "{html}");
    let list = page(&app, "/cases?lang=nb").await;
    assert!(list.contains("Teksten er sladdet") && !list.contains(&withdrawn));
    let start = page(&app, "/?lang=nb").await;
    assert!(start.contains(&told) && !start.contains("Teksten er sladdet") && !start.contains(&withdrawn));
    let unreadable = node.force(Kind::Case, &json!({ "status": 7 }), &json!({}));
    let unasked = node.force(Kind::Case, &json!({ "number": 1, "lang": "nb" }), &json!({ "title": "Uten kontakt" }));
    let html = page(&app, &format!("/case/{unasked}?lang=nb")).await;
    assert!(html.contains("Ingen kontakt er oppgitt.") && !html.contains("href=\"#ask\""));
    let html = page(&app, &format!("/record/{unreadable}?lang=nb")).await;
    assert!(html.contains("Fakta kan ikke leses av denne versjonen"));
    for target in [
        format!("/case/{unreadable}"),
        "/case/abc".into(),
        format!("/need/{redacted}"),
        "/municipality/961381540".into(),
        "/x".into(),
    ] {
        let (answer, html) = ask(&app, get(&target)).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{target}");
        check(&target, &answer, &html);
    }
}
