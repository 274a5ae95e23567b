//! Plans, programmes, collections and awards, seen from both ends.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use idenett_protocol::kind::Kind;
use serde_json::{Value, json};

use super::{Node, ask, check, get, page};
use crate::desk::{Request as Wish, Revise, Withdraw};
use crate::samples;

const PLAN: &str = "gran-plan-innovasjonsplakaten";

/// A node with everything that gathers cases, and the cases; the paths by the names of the samples.
pub(super) fn filled() -> (Node, BTreeMap<String, String>) {
    let node = Node::new();
    node.publish("contact", json!({ "function": "Innovasjonsrådgiver", "mailbox": "post@gran.example" }));
    let mut ids: BTreeMap<String, String> = BTreeMap::new();
    ids.insert(PLAN.to_owned(), node.plan(PLAN));
    for sample in samples::cases().expect("samples") {
        let id = node.publish("case", sample.record_with(|name| ids.get(name).cloned()));
        ids.insert(sample.name.to_owned(), id);
    }
    let mut paths = BTreeMap::from([(PLAN.to_owned(), format!("/plan/{}", ids[PLAN]))]);
    for (kind, sample) in samples::gatherings().expect("samples") {
        let mut record = sample.record_with(|name| ids.get(name).cloned());
        // Gran gave none of these prizes, so it names where their givers tell of them.
        if kind == "award" {
            record["url"] = "https://baerum.example/pris".into();
        }
        let id = node.publish(kind, record);
        paths.insert(sample.name.to_owned(), format!("/{kind}/{id}"));
    }
    paths.extend(ids.into_iter().filter(|(name, _)| name != PLAN).map(|(name, id)| (name, format!("/case/{id}"))));
    (node, paths)
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_gathers_cases_is_told_from_both_ends() {
    let (node, paths) = filled();
    let app = node.app();
    let list = page(&app, "/gatherings?lang=nb").await;
    let of = |kind: &str| paths.values().filter(|path| path.starts_with(kind)).collect::<Vec<_>>();
    let gathered = ["/plan/", "/programme/", "/collection/", "/award/"].map(of).concat();
    assert_eq!(gathered.len(), 7);
    for path in gathered {
        assert!(list.contains(&format!("href=\"{path}\"")), "{path} is not listed");
        for lang in ["nb", "nn", "en"] {
            let target = format!("{path}?lang={lang}");
            let (answer, html) = ask(&app, get(&target)).await;
            assert_eq!(answer.status(), StatusCode::OK, "{target}: {html}");
            check(&target, &answer, &html);
        }
        let json: Value = serde_json::from_str(&page(&app, &format!("{path}/json")).await).expect("JSON");
        let told = json["text"].get("title").or(json["text"].get("prize")).and_then(Value::as_str).expect("a title");
        assert!(list.contains(told), "{told}");
        for case in json["cases"].as_array().expect("cases") {
            let case = format!("/case/{}", case["card"]["id"].as_str().expect("an id"));
            assert!(page(&app, path).await.contains(&format!("href=\"{case}\"")), "{path} leads to {case}");
            assert!(page(&app, &case).await.contains(&format!("href=\"{path}\"")), "{case} leads to {path}");
        }
    }
    let awards = page(&app, "/gatherings?show=award&lang=nb").await;
    assert!(
        awards.contains(&paths["baerum-pris-egen"]) && !awards.contains("/plan/") && awards.contains("Vinner 2015")
    );
    assert_eq!(ask(&app, get("/gatherings?show=case")).await.0.status(), StatusCode::BAD_REQUEST);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_shows_below_each_goal_what_serves_it() {
    let (node, paths) = filled();
    let app = node.app();
    let (plan, serving) = (&paths[PLAN], &paths["gran-egenprodusert-film"]);
    let html = page(&app, &format!("{plan}?lang=nb")).await;
    let cases = html.split("id=\"cases\"").nth(1).expect("cases");
    let goals = html.split("class=\"goals\"").nth(1).and_then(|rest| rest.split("</section>").next()).expect("goals");
    let goal = goals.split("<li><p").find(|goal| goal.contains("Vi viser fram det vi får til")).expect("the goal");
    assert!(goal.contains(serving.as_str()) && goals.matches("<li><p").count() == 10, "{goals}");
    let order = ["gran-egenprodusert-film", "gran-innovasjonspolitiker"].map(|name| cases.find(&paths[name]));
    assert!(order[0].is_some() && order[0] < order[1], "what only names the plan stands by its title");
    assert!(html.contains("Plakat") && html.contains("Signaturen stemmer"));
    let case = page(&app, &format!("{serving}?lang=nb")).await;
    assert!(case.contains("Vi viser fram det vi får til") && case.contains(plan.as_str()));
    let id = plan.trim_start_matches("/plan/");
    assert!(page(&app, &format!("/record/{id}?lang=nb")).await.contains(&format!("href=\"{plan}\"")));
    assert!(page(&app, "/municipality/961381541?lang=nb").await.contains(plan.as_str()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collection_keeps_its_order_and_says_why() {
    let (node, paths) = filled();
    let app = node.app();
    let path = &paths["ks-samling-gode-historier"];
    let html = page(&app, &format!("{path}?lang=nn")).await;
    let order = ["baerum-smartmat", "baerum-personalkantinen", "gran-bolgen-lean", "ks-lean-alt-paa-en-gang"];
    let places: Vec<_> = order.iter().map(|name| html.find(&paths[*name]).expect(name)).collect();
    assert!(places.is_sorted() && html.contains("Til slutt: kven kunne vi invitere?"));
    let id = path.trim_start_matches("/collection/").to_owned();
    let withdraw = |id: &str| {
        let (id, reason) = (id.to_owned(), "outdated".to_owned());
        Wish::Withdraw(Withdraw { id, kind: None, reason, replacement: None, text: None })
    };
    let smartmat = paths["baerum-smartmat"].trim_start_matches("/case/");
    node.wish(withdraw(smartmat));
    assert!(!page(&app, path).await.contains(smartmat), "what was taken back is recommended to nobody");
    let shorter = json!({ "cases": [{ "case": paths["lunner-ledersamling"].trim_start_matches("/case/") }] });
    node.wish(Wish::Revise(Revise {
        id: id.clone(),
        kind: "collection".into(),
        input: shorter,
        no_personal_data: true,
    }));
    assert!(
        !page(&app, &paths["gran-bolgen-lean"]).await.contains(path.as_str()),
        "the newest version names it no more"
    );
    node.wish(withdraw(&id));
    let html = page(&app, &format!("{path}?lang=nn")).await;
    assert!(html.contains("Trekt tilbake") && !page(&app, "/gatherings").await.contains(path.as_str()));
    assert!(!page(&app, &paths["lunner-ledersamling"]).await.contains(path.as_str()));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_hostile_or_elsewhere_is_no_page_of_its_own() {
    let node = Node::new();
    let evil = "<script>alert(1)</script>\"'>\u{202e}</title>";
    let facts = json!({ "number": 1, "lang": "\"><b>", "kind": "<i>", "goals": [evil], "themes": ["</dl>"] });
    let text = json!({ "title": evil, "summary": evil, "description": evil, "goals": [evil], "url": "javascript:x" });
    let plan = node.force(Kind::Plan, &facts, &text);
    let case = json!({ "number": 1, "lang": "nb", "plan_goals": [{ "plan": plan, "goal": evil }] });
    let case = node.force(Kind::Case, &case, &json!({ "title": evil }));
    let facts = json!({ "number": 1, "cases": [case, "ab".repeat(32)] });
    let collection = node.force(Kind::Collection, &facts, &json!({ "title": evil, "comments": [evil] }));
    let app = node.app();
    let shown =
        [format!("/plan/{plan}"), format!("/collection/{collection}"), format!("/case/{case}"), "/gatherings".into()];
    for target in shown {
        let (answer, html) = ask(&app, get(&target)).await;
        assert_eq!(answer.status(), StatusCode::OK, "{target}: {html}");
        check(&target, &answer, &html);
        assert!(!html.contains("<b>") && !html.contains("<i>") && !html.contains("href=\"javascript"), "{target}");
    }
    for target in [format!("/plan/{collection}"), format!("/award/{case}"), "/programme/abc".into()] {
        assert_eq!(ask(&app, get(&target)).await.0.status(), StatusCode::NOT_FOUND, "{target}");
    }
}
