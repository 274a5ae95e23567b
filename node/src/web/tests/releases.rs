//! What the registrar has published, as a page.

use axum::http::StatusCode;
use idenett_protocol::barometer::DEFINITIONS;
use idenett_protocol::kind::Kind;
use serde_json::json;

use super::gatherings::filled;
use super::{Node, ask, check, get, home, page};
use crate::desk::RegistrarAct;
use crate::keyfile;

fn publish(node: &Node, as_of: &str, period: &str, replaces: Option<&str>) -> String {
    let (as_of, period) = (Some(as_of.to_owned()), Some(period.to_owned()));
    node.act(RegistrarAct::Release { as_of, period, replaces: replaces.map(str::to_owned) })
}

#[tokio::test(flavor = "multi_thread")]
async fn every_release_is_told_with_what_it_corrects_and_how_it_is_checked() {
    let (node, _) = filled();
    let app = node.app();
    let empty = page(&app, "/barometer/releases?lang=nb").await;
    assert!(empty.contains("Registerføreren har ikke publisert noen tall ennå.") && !empty.contains("<table"));
    let first = publish(&node, "2025-12-31", "2025", None);
    let other = publish(&node, "2026-06-30", "24m", None);
    let second = publish(&node, "2025-12-31", "2025", Some(&first));
    for (lang, corrects) in [("nb", "Retter</span>"), ("nn", "Rettar</span>"), ("en", "Corrects</span>")] {
        let target = format!("/barometer/releases?lang={lang}");
        let (answer, html) = ask(&app, get(&target)).await;
        assert_eq!(answer.status(), StatusCode::OK, "{target}: {html}");
        check(&target, &answer, &html);
        assert!(html.contains(corrects) && html.contains("<code>idenett barometer verify "), "{html}");
    }
    let html = page(&app, "/barometer/releases?lang=nb").await;
    let row = |id: &str| {
        let named = format!("Post\"><code><a href=\"/record/{id}\">");
        html.split("<tr>").find(|row| row.contains(&named)).expect("a row").to_owned()
    };
    assert!(row(&second).contains("Retter</span>") && row(&second).contains(&format!("/record/{first}")));
    assert!(row(&first).contains("Rettet av</span>") && row(&first).contains(&format!("/record/{second}")));
    assert!(!row(&other).contains("ds-tag") && row(&other).contains("24 månedene"));
    assert!(html.find(&row(&second)) < html.find(&row(&first)), "the newest stands first");
    let way = "/barometer?period=2025&amp;as_of=2025-12-31";
    let way = if html.contains(way) { way } else { "/barometer?period=2025&#38;as_of=2025-12-31" };
    assert!(row(&first).contains(way), "{}", row(&first));
    assert_eq!(ask(&app, get(&format!("/record/{second}"))).await.0.status(), StatusCode::OK);
    assert!(!row(&first).contains("Identi"), "nothing is verified when the page opens");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_overview_names_the_release_of_the_day_and_period_that_it_shows() {
    let (node, _) = filled();
    let app = node.app();
    let says = "har publisert tall for denne dagen og perioden";
    let shown = "/barometer?period=2025&lang=nb";
    assert!(!page(&app, shown).await.contains(says) && page(&app, shown).await.contains("\"/barometer/releases\""));
    let first = publish(&node, "2025-12-31", "2025", None);
    assert!(page(&app, shown).await.contains(&format!("/record/{first}")));
    let second = publish(&node, "2025-12-31", "2025", Some(&first));
    let html = page(&app, shown).await;
    assert!(html.contains(says) && html.contains(&format!("/record/{second}")) && !html.contains(&first));
    assert!(!page(&app, "/barometer?period=2024&lang=nb").await.contains(says));
    assert!(!page(&app, "/barometer?period=2025&as_of=2025-11-30&lang=nb").await.contains(says));
}

#[tokio::test(flavor = "multi_thread")]
async fn releases_of_different_definitions_stand_in_different_tables() {
    let (node, _) = filled();
    publish(&node, "2025-12-31", "2025", None);
    let later = DEFINITIONS + 1;
    let facts = json!({
        "period": { "start": "2025-01-01", "end": "2025-12-31" }, "date": "2025-12-31", "definitions": later,
        "frontier": "ab".repeat(32), "result": "cd".repeat(32),
    });
    let key = keyfile::read(&home(&node.place).registrar_key()).expect("a key");
    node.force_by(&key, Kind::Release, &facts, &json!({}));
    let html = page(&node.app(), "/barometer/releases?lang=nb").await;
    assert_eq!(html.matches("<table").count(), 2);
    let places = [later, DEFINITIONS].map(|n| html.find(&format!("id=\"version-{n}\"")).expect("a version"));
    assert!(places.is_sorted());
    let (before, after) = html.split_at(places[1]);
    assert!(before.contains("teller med andre definisjoner") && before.contains("cdcdcdcd"));
    assert!(!before.contains("/barometer?period") && after.contains("/barometer?period"));
    assert!(!page(&node.app(), "/barometer?period=2025&lang=nb").await.contains("/record/abab"));
}
