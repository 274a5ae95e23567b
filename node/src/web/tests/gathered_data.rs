//! Plans, programmes, collections and awards as the read API tells them.

use axum::http::StatusCode;
use idenett_protocol::kind::Kind;
use serde_json::{Value, json};

use super::api::{check, read};
use super::gatherings::filled;
use super::hostile::{EVIL, LONG};
use super::{Node, ask, get};
use crate::desk::{Request as Wish, Withdraw};
use crate::web::api::document;

const LISTS: [(&str, &str); 4] =
    [("plans", "Plan"), ("programmes", "Programme"), ("collections", "Collection"), ("awards", "Award")];

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_gathers_cases_is_listed_and_told_as_described() {
    let (node, paths) = filled();
    let app = node.app();
    let described = serde_json::to_value(document()).expect("a description");
    for (list, schema) in LISTS {
        let kind = list.trim_end_matches('s');
        let mut wanted: Vec<&str> = paths.values().filter_map(|path| path.strip_prefix(&format!("/{kind}/"))).collect();
        let (mut seen, mut next) = (Vec::new(), Some(format!("/api/v1/{list}?limit=1")));
        while let Some(target) = next {
            let part = read(&app, &target).await;
            assert_eq!(part["total"], wanted.len(), "{target}");
            for item in part["items"].as_array().expect("items") {
                let id = item["id"].as_str().expect("an id").to_owned();
                let one = read(&app, &format!("/api/v1/{list}/{id}")).await;
                check(&described, &json!({ "$ref": format!("#/components/schemas/{schema}") }), &one, list);
                let page = format!("/{kind}/{id}");
                let title = one["text"].get("title").or(one["text"].get("prize"));
                assert_eq!((&one["page"], title), (&json!(page), Some(&item["title"])));
                assert_eq!((&item["kind"], &one["standing"]["state"]), (&json!(kind), &json!("live")));
                // From both ends: each case that stands here says so itself.
                for gathered in one["cases"].as_array().expect("cases") {
                    let case =
                        read(&app, &format!("/api/v1/cases/{}", gathered["case"]["id"].as_str().expect("an id"))).await;
                    let appears = case["appears_in"].as_array().expect("where it appears");
                    assert!(appears.iter().any(|place| place["gathering"]["id"] == id), "{page} in {appears:?}");
                }
                seen.push(id);
            }
            next = part["next"].as_str().map(str::to_owned);
            assert!(seen.len() <= wanted.len(), "{list}");
        }
        seen.sort();
        wanted.sort_unstable();
        assert_eq!(seen, wanted, "{list}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_an_order_and_a_prize_are_told_in_full() {
    let (node, paths) = filled();
    let app = node.app();
    let id = |name: &str| paths[name].rsplit('/').next().expect("an id").to_owned();
    let plan = read(&app, &format!("/api/v1/plans/{}", id("gran-plan-innovasjonsplakaten"))).await;
    let goals = plan["facts"]["goals"].as_array().expect("goals");
    assert_eq!((goals.len(), plan["text"]["goals"].as_array().map(Vec::len)), (10, Some(10)));
    assert_eq!(
        (&plan["facts"]["kind"], &plan["contact"]["mailbox"]),
        (&json!("manifesto"), &json!("post@gran.example"))
    );
    let film = id("gran-egenprodusert-film");
    let serving: Vec<&Value> =
        plan["cases"].as_array().expect("cases").iter().filter(|c| c["case"]["id"] == film).collect();
    assert_eq!((serving.len(), &serving[0]["named"]), (1, &json!(false)));
    let served = serving[0]["goals"][0].as_str().expect("a goal");
    let case = read(&app, &format!("/api/v1/cases/{film}")).await;
    assert_eq!(
        case["appears_in"][0]["goals"][0],
        json!({ "id": served, "title": "Vi viser fram det vi får til, og følger det opp." })
    );

    let collection = read(&app, &format!("/api/v1/collections/{}", id("ks-samling-gode-historier"))).await;
    let order: Vec<&str> =
        collection["cases"].as_array().expect("cases").iter().filter_map(|c| c["case"]["id"].as_str()).collect();
    let wanted = ["baerum-smartmat", "baerum-personalkantinen", "gran-bolgen-lean", "ks-lean-alt-paa-en-gang"].map(id);
    assert_eq!(order[..4], wanted);
    assert!(collection["cases"][0]["comment"].as_str().is_some_and(|said| !said.is_empty()));

    let award = read(&app, &format!("/api/v1/awards/{}", id("baerum-pris-egen"))).await;
    let listed = read(&app, "/api/v1/awards").await;
    let item =
        listed["items"].as_array().expect("items").iter().find(|item| item["id"] == award["id"]).expect("it is listed");
    for field in ["year", "level", "placement"] {
        assert_eq!(item["won"][field], award["facts"][field], "{field}");
    }
    assert_eq!((&award["facts"]["placement"], &item["sort"]), (&json!("winner"), &Value::Null));
    let gran = read(&app, "/api/v1/municipalities/961381541").await;
    assert_eq!(gran["gatherings"].as_array().map(Vec::len), Some(7));
    let all = read(&app, "/api/v1/records?kind=plan").await;
    assert_eq!((&all["items"][0]["id"], &all["next"]), (&plan["id"], &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_back_is_told_and_in_no_list() {
    let (node, paths) = filled();
    let id = paths["baerum-pris-egen"].rsplit('/').next().expect("an id").to_owned();
    let reason = "outdated".to_owned();
    node.wish(Wish::Withdraw(Withdraw { id: id.clone(), kind: None, reason, replacement: None, text: None }));
    let app = node.app();
    let award = read(&app, &format!("/api/v1/awards/{id}")).await;
    assert_eq!(
        (&award["standing"]["state"], &award["standing"]["withdrawal"]["reason"]),
        (&json!("withdrawn"), &json!("outdated"))
    );
    let listed = read(&app, "/api/v1/awards").await;
    assert!(!listed.to_string().contains(&id) && listed["total"] == 1, "{listed:#}");
    // Each answers at the address of its kind alone.
    for list in ["plans", "programmes", "collections", "cases", "needs"] {
        let (answer, _) = ask(&app, get(&format!("/api/v1/{list}/{id}"))).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{list}");
    }
    for (target, parameter) in
        [("plans?show=award", "show"), ("awards?limit=101", "limit"), ("plans/abc?limit=1", "limit")]
    {
        let (answer, body) = ask(&app, get(&format!("/api/v1/{target}"))).await;
        let body: Value = serde_json::from_str(&body).expect("JSON");
        assert_eq!((answer.status(), &body["parameter"]), (StatusCode::BAD_REQUEST, &json!(parameter)), "{target}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_gatherings_pass_unchanged_and_have_a_limit() {
    let node = Node::new();
    let long = "x".repeat(LONG);
    let facts =
        json!({ "number": 1, "lang": "\"><b>", "kind": "<i>", "goals": [EVIL], "themes": ["</dl>"], "level": "<b>" });
    let text = json!({
        "title": EVIL, "prize": EVIL, "summary": long, "reason": long, "description": EVIL, "goals": [EVIL], "url": "javascript:x",
    });
    let described = serde_json::to_value(document()).expect("a description");
    let kinds = [Kind::Plan, Kind::Programme, Kind::Collection, Kind::Award];
    let ids = kinds.map(|kind| [(); 15].map(|()| node.force(kind, &facts, &text))[14]);
    let app = node.app();
    for ((list, schema), id) in LISTS.into_iter().zip(ids) {
        let one = read(&app, &format!("/api/v1/{list}/{id}")).await;
        check(&described, &json!({ "$ref": format!("#/components/schemas/{schema}") }), &one, list);
        let part = read(&app, &format!("/api/v1/{list}?limit=100")).await;
        check(&described, &json!({ "$ref": "#/components/schemas/Gatherings" }), &part, list);
        let items = part["items"].as_array().expect("items");
        assert_eq!((&items[0]["title"], &items[0]["summary"]), (&json!(EVIL), &json!(long)), "{list}");
        // Eleven of these are more than a part takes.
        assert_eq!((items.len(), &part["total"]), (11, &json!(15)), "{list}");
        let rest = read(&app, part["next"].as_str().expect("a next part")).await;
        assert_eq!((rest["items"].as_array().map(Vec::len), &rest["next"]), (Some(4), &Value::Null), "{list}");
    }
}
