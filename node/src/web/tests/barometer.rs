//! The barometer in pages, files and the API.

use axum::http::StatusCode;
use idenett_protocol::barometer::Indicator;
use serde_json::Value;

use super::gatherings::filled;
use super::{ask, check, get, header, page};

#[tokio::test(flavor = "multi_thread")]
async fn every_indicator_has_a_page_in_every_language_and_by_every_dimension() {
    let (node, _) = filled();
    let app = node.app();
    for lang in ["nb", "nn", "en"] {
        for target in ["/barometer", "/barometer?period=2026", "/barometer/mirror", "/barometer/mirror?org=961381541"] {
            let mark = if target.contains('?') { '&' } else { '?' };
            let target = format!("{target}{mark}lang={lang}");
            let (answer, html) = ask(&app, get(&target)).await;
            assert_eq!(answer.status(), StatusCode::OK, "{target}: {html}");
            check(&target, &answer, &html);
        }
        for indicator in Indicator::EVERY {
            let target = format!("/barometer/{indicator}?lang={lang}");
            let (answer, html) = ask(&app, get(&target)).await;
            check(&target, &answer, &html);
            assert!(html.contains(indicator.definition().name.say(if lang == "nn" {
                idenett_protocol::codes::Lang::Nn
            } else if lang == "en" {
                idenett_protocol::codes::Lang::En
            } else {
                idenett_protocol::codes::Lang::Nb
            })));
        }
    }
    for by in ["sector", "theme", "kostra_group", "size", "centrality", "county", "municipality", "programme"] {
        for structure in ["today", "then"] {
            let html = page(&app, &format!("/barometer/B7?by={by}&structure={structure}&members=same&lang=nb")).await;
            let known = structure == "today" || !["kostra_group", "size", "centrality"].contains(&by);
            assert_eq!(html.contains("Denne inndelingen sier ingenting"), !known, "{by} {structure}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_wrongly_is_told_so() {
    let (node, _) = filled();
    let app = node.app();
    for (target, status) in [
        ("/barometer/B99", StatusCode::NOT_FOUND),
        ("/barometer/b1", StatusCode::NOT_FOUND),
        ("/barometer/B1.exe", StatusCode::NOT_FOUND),
        ("/barometer/B1.csv.csv", StatusCode::NOT_FOUND),
        ("/barometer?period=1y", StatusCode::BAD_REQUEST),
        ("/barometer?as_of=2026-02-30", StatusCode::BAD_REQUEST),
        ("/barometer?as_of=9999-01-01", StatusCode::BAD_REQUEST),
        ("/barometer/B1?by=colour", StatusCode::BAD_REQUEST),
        ("/barometer/B1?structure=now", StatusCode::BAD_REQUEST),
        ("/barometer/mirror?org=1", StatusCode::NOT_FOUND),
        ("/api/v1/barometer?period=1y", StatusCode::BAD_REQUEST),
        ("/api/v1/barometer/b1", StatusCode::NOT_FOUND),
    ] {
        let (answer, html) = ask(&app, get(target)).await;
        assert_eq!(answer.status(), status, "{target}: {html}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_is_the_same_on_the_page_in_files_and_in_the_api() {
    let (node, _) = filled();
    let app = node.app();
    let json = |text: String| serde_json::from_str::<Value>(&text).expect("JSON");
    let api = json(page(&app, "/api/v1/barometer/S1").await);
    let cells = api["figures"][0]["cells"].as_array().expect("cells");
    let in_use = cells.iter().find(|c| c["series"] == "in_use").expect("a series");
    let (n, of) = (in_use["numerator"].as_i64().expect("a number"), in_use["denominator"].as_i64().expect("a number"));
    assert!(n > 0 && of > n, "{in_use}");
    assert!(page(&app, "/barometer/S1?lang=nb").await.contains(&format!("{n} av {of}")));
    let (answer, csv) = ask(&app, get("/barometer/S1.csv?lang=nb")).await;
    assert!(header(&answer, "content-disposition").starts_with("attachment; filename=\"idenett-S1-"));
    let printed = in_use["printed"].as_str().expect("a text");
    assert!(csv.contains(&format!(",in_use,I bruk,share,{printed},{n},{of},,")), "{csv}");
    let stat = json(page(&app, "/barometer/S1.json?lang=nb").await);
    assert_eq!((&stat["class"], &stat["version"]), (&"dataset".into(), &"2.0".into()));
    let all = json(page(&app, "/api/v1/barometer?by=sector").await);
    assert_eq!(all["figures"].as_array().map(Vec::len), Some(Indicator::EVERY.len()));
    assert_eq!(json(page(&app, "/api/v1/releases").await)["items"], serde_json::json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_figure_opens_the_records_behind_it() {
    let (node, _) = filled();
    let app = node.app();
    let json = |text: String| serde_json::from_str::<Value>(&text).expect("JSON");
    for indicator in ["S1", "B1", "B3", "B7", "B21", "S2", "B24"] {
        for by in ["all", "county"] {
            let api = json(page(&app, &format!("/api/v1/barometer/{indicator}?by={by}")).await);
            let table = page(&app, &format!("/barometer/{indicator}?by={by}&lang=nb")).await;
            for cell in api["figures"][0]["cells"].as_array().expect("cells").iter().take(12) {
                let (series, part) = (cell["series"].as_str().expect("a text"), cell["part"].as_str().expect("a text"));
                let way = format!("/barometer/{indicator}/records?by={by}&series={series}&part={part}");
                let escaped = way.replace('&', "&#38;");
                assert!(by == "all" || table.contains(&escaped) || table.contains("page=2"), "{escaped}\n{table}");
                let target = format!("{way}&lang=nb");
                let (answer, html) = ask(&app, get(&target)).await;
                assert_eq!(answer.status(), StatusCode::OK, "{target}: {html}");
                check(&target, &answer, &html);
                let number = |name: &str| cell[name].as_i64();
                if let (Some(n), Some(of)) = (number("numerator"), number("denominator")) {
                    let counted = html.contains(&format!("Telt med: {n}."));
                    assert!(counted || (n == 0 && of == 0), "{target}: {n} of {of}\n{html}");
                    let rest = html.contains(&format!("telt blant: {}.", of - n));
                    assert_eq!(rest, of > n, "{target}: {n} of {of}\n{html}");
                }
            }
        }
    }
    let html = page(&app, "/barometer/S1/records?series=in_use&part=all&lang=nb").await;
    assert!(html.contains("href=\"/case/"), "cases are named with the way to them");
    for nothing in ["/barometer/S1/records?series=no&part=such&lang=nb", "/barometer/B1/records?by=sector&lang=nb"] {
        assert!(page(&app, nothing).await.contains("Ingenting er telt her."), "{nothing}");
    }
    assert_eq!(ask(&app, get("/barometer/B99/records")).await.0.status(), StatusCode::NOT_FOUND);
}
