//! The pages of a node with 100,000 cases at 100 requests a second: at rest, while another node fetches everything from
//! it, and besieged by a thousand connections that never ask to the end.

use std::net::SocketAddr;
use std::sync::OnceLock;
use std::time::Duration;

use idenett::clock::Watch;
use idenett::desk::Request;
use idenett::home::Home;
use idenett::search::Zone;
use idenett_protocol::entry::Entry;
use idenett_protocol::id::EntryId;
use idenett_protocol::kind::Kind;
use idenett_tests::corpus::{Corpus, LogPen, SALT, org};
use idenett_tests::figures::Figure;
use idenett_tests::library_of_cases::Cases;
use idenett_tests::program::{Running, until};
use idenett_tests::random::Random;
use idenett_tests::visitors::{Visit, answers, besieged, visit};
use serde_json::json;

use super::homes::{fill, free_address, new_home};

const CASES: usize = 100_000;
/// Declarations of reuse of these cases.
const REUSES: usize = 400_000;
const MEMBERS: usize = 373;
/// Requests a second.
const RATE: u32 = 100;
const SHORT: Duration = Duration::from_secs(5);
const LONG: Duration = Duration::from_secs(30);
/// Between two looks at whether the other node has everything.
const LOOK: Duration = Duration::from_millis(100);
const HELD: usize = 1_000;
/// Pages of the mix, which is gone through again and again.
const MIX: usize = 2_000;

/// Pages of the barometer whose figures are kept once they are counted.
const FIGURES: [&str; 6] = [
    "/barometer",
    "/barometer/B3?by=county",
    "/barometer/B17?by=kostra_group",
    "/barometer/B9",
    "/barometer/S1?by=municipality",
    "/barometer/mirror",
];

/// Measures the pages.
pub(crate) fn measure() -> Vec<Figure> {
    let directory = tempfile::tempdir().expect("a temporary directory");
    let address = free_address();
    let corpus = Corpus::new(MEMBERS, std::slice::from_ref(&address));
    let full = new_home(directory.path(), "full", &corpus, &[address]);
    let cases = Cases::new();
    let mut logs = corpus.logs(CASES, |log, n| write(log, &cases, n));
    let ids: Vec<EntryId> = logs.iter().flatten().map(Entry::id).collect();
    corpus.go_on(&mut logs, REUSES, |log, n| declare(log, &ids, n));
    let pages = mix(&cases, &ids);
    fill(&full, &corpus, &logs);
    drop(logs);
    let node = Running::start(&full);
    let status = node.ask(&Request::Status).expect("the node answers");
    let web = status["web"].as_str().and_then(|web| web.strip_prefix("http://")).expect("its pages are served");
    let web: SocketAddr = web.trim_end_matches('/').parse().expect("an address");
    let watch = Watch::start();
    until("the lists are made", || answers(web, "/municipalities").then_some(()));
    let listed = watch.elapsed().as_secs_f64();
    // Each kind of page once before it counts.
    visit(web, &pages, RATE, &|elapsed| elapsed > SHORT);
    let rest = visit(web, &pages, RATE, &|elapsed| elapsed > LONG);
    let barometer = barometer(web);
    let fetched = OnceLock::new();
    let empty = new_home(directory.path(), "empty", &corpus, &[]);
    let syncing = while_fetched(&node, &empty, &fetched, || visit(web, &pages, RATE, &|_| fetched.get().is_some()));
    let seconds = fetched.get().copied().unwrap_or(f64::NAN);
    let work = || visit(web, &pages, RATE, &|elapsed| elapsed > LONG);
    let (under, closed, last) = besieged(web, HELD, work);
    node.stop();
    let note = |visit: &Visit| format!("{} requests, {RATE} a second, {CASES} cases, {REUSES} reuses", visit.answers());
    let calm = rest.within(0.99);
    let spread = format!(
        "{}; lists made in {listed:.1} s; half {:.1} ms, 95 of 100 {:.1} ms",
        note(&rest),
        rest.within(0.5),
        rest.within(0.95)
    );
    let slower =
        format!("{}; {:.1} ms, at rest {calm:.1} ms; fetched in {seconds:.1} s", note(&syncing), syncing.within(0.99));
    let most = (2.0 * rest.within(0.95)).max(rest.within(0.95) + 20.0);
    let besieged =
        format!("{}; at rest {:.1} ms; {closed} were closed and came again", note(&under), rest.within(0.95));
    let figures = vec![
        Figure::at_most("pages, 99 of 100 answers", calm, 25.0, "ms", spread),
        barometer,
        Figure::at_most(
            "pages while another node fetches all, 99 of 100",
            syncing.within(0.99) / calm,
            3.0,
            "x",
            slower,
        ),
        Figure::at_most("pages among 1,000 slow connections, 95 of 100", under.within(0.95), most, "ms", besieged),
        Figure::at_most("until the last slow connection is closed", last, 10.0, "s", format!("of {HELD}")),
    ];
    figures.iter().for_each(Figure::print);
    figures
}

/// Pages of the barometer that were asked for before, and how long the first readers wait.
fn barometer(web: SocketAddr) -> Figure {
    let watch = Watch::start();
    until("the figures are counted", || FIGURES.iter().all(|page| answers(web, page)).then_some(()));
    let counted = watch.elapsed().as_secs_f64();
    let kept = visit(web, &FIGURES.map(str::to_owned), RATE, &|elapsed| elapsed > LONG);
    let note = format!("{} requests; followed and counted in {counted:.1} s for the first readers", kept.answers());
    Figure::at_most("pages of the barometer that were asked before", kept.within(0.99), 50.0, "ms", note)
}

/// What `reading` gives while a new node fetches everything from a full one. Sets how many seconds that took.
fn while_fetched(full: &Running, empty: &Home, fetched: &OnceLock<f64>, reading: impl FnOnce() -> Visit) -> Visit {
    let goal = full.ask(&Request::Status).expect("the node answers")["frontier"].clone();
    std::thread::scope(|scope| {
        let fetching = scope.spawn(|| {
            let watch = Watch::start();
            let node = Running::start(empty);
            let mut client = node.client();
            until("the new node has all", || {
                // To ask more often would be a load of its own.
                std::thread::sleep(LOOK);
                let has = client.perform(&Request::Frontier, &mut |_| {}).expect("the node answers");
                (has["frontier"] == goal).then_some(())
            });
            fetched.set(watch.elapsed().as_secs_f64()).expect("once");
            node.stop();
        });
        let visit = reading();
        fetching.join().expect("no panic");
        visit
    })
}

/// Signs the case of a number.
fn write(log: &mut LogPen<'_>, cases: &Cases, number: usize) -> Entry {
    let article = cases.article(number);
    let traits = &article.traits;
    let facts = json!({
        "salt": SALT, "number": 1, "lang": traits.lang, "status": traits.status, "types": traits.types,
        "sector": traits.sector, "themes": traits.themes, "origin": traits.origin, "licence": traits.licence,
        "valid_until": "2028-11-21", "external_id": format!("corpus-{number}"),
    });
    let text = |zone| article.texts.iter().find(|(z, _)| *z == zone).map(|(_, text)| text.as_str()).unwrap_or_default();
    let text = json!({
        "salt": SALT, "title": text(Zone::Title), "summary": text(Zone::Summary), "problem": text(Zone::Body),
    });
    let bytes = |value: &serde_json::Value| value.to_string().into_bytes();
    log.write(Kind::Case, bytes(&facts), bytes(&text))
}

/// Signs the declaration of a number: a case is in use, whoever shared it.
fn declare(log: &mut LogPen<'_>, cases: &[EntryId], number: usize) -> Entry {
    let mut random = Random::new(number as u64 + 7);
    let facts = json!({
        "salt": SALT, "number": 1, "case": cases[random.index(cases.len())], "degree": "adapted", "status": "in_use",
        "since": "2025-05-17", "valid_until": "2028-11-21", "outcome": 1, "sector": "health_care",
    });
    let text =
        json!({ "salt": SALT, "adaptation": "Vi kortet ned opplæringen.", "experience": "Det gikk som ventet." });
    let bytes = |value: &serde_json::Value| value.to_string().into_bytes();
    log.write(Kind::Reuse, bytes(&facts), bytes(&text))
}

/// What readers ask for: four of ten pages are answers to questions, three are cases.
fn mix(cases: &Cases, ids: &[EntryId]) -> Vec<String> {
    let mut random = Random::new(11);
    let queries: Vec<String> = cases.queries().iter().map(|query| encoded(query)).collect();
    (0..MIX)
        .map(|n| match n % 20 {
            0..8 => format!("/cases?q={}", queries[random.index(queries.len())]),
            8..14 => {
                format!("/case/{}", ids[random.index(ids.len())])
            }
            14 | 15 => "/".to_owned(),
            16 => ["/cases", "/cases?sort=newest&sector=health_care"][random.index(2)].to_owned(),
            17 => format!("/municipality/{}", org(random.index(MEMBERS))),
            18 => ["/municipalities", "/needs"][random.index(2)].to_owned(),
            _ => ["/network", "/themes"][random.index(2)].to_owned(),
        })
        .collect()
}

/// A text as a value of a query.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
