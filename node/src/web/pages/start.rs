//! Where readers begin: a search, what is new, what spread lately, what others look for.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use idenett_protocol::codes::{Code, CodeList, NeedStatus};
use idenett_protocol::kind::Kind;
use idenett_protocol::time::Day;

use crate::clock;
use crate::language::Tongue;
use crate::reading::{Card, Catalogue, Row, Subjects, TextState, card, declarations_of, party};
use crate::web::asked::{Asked, address};
use crate::web::cards::CardRow;
use crate::web::failure::Failure;
use crate::web::shell::{Place, Shell};
use crate::web::site::Site;
use crate::web::wording::Named;

/// Cards in each part of the page.
const CARDS: usize = 6;
/// Lines of what spread lately.
const SPREAD: usize = 5;
/// Things that are looked at for each part of the page.
const LOOKED_AT: usize = 25;

pub(super) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/", get(start))
}

#[derive(Template)]
#[template(path = "start.html")]
struct Page {
    t: Tongue,
    shell: Shell,
    cases: String,
    members: String,
    problems: Vec<Named>,
    newest: Vec<CardRow>,
    spread: Vec<Spread>,
    needs: Vec<CardRow>,
}

/// A reuse that was told lately.
struct Spread {
    who: Named,
    what: Named,
    owner: Named,
    when: String,
}

async fn start(State(site): State<Arc<Site>>, asked: Asked) -> Response {
    site.page(asked, |site, asked| site.catalogue(|catalogue| page(site, asked, catalogue))).await
}

fn page(site: &Site, asked: &Asked, catalogue: &Catalogue) -> Result<Page, Failure> {
    let t = asked.t;
    let day = clock::now().day();
    let open = |row: &&Row| matches!(row.need, Some(NeedStatus::Open | NeedStatus::InDialogue));
    let newest = told(site, catalogue.newest(Kind::Case), day)?;
    let needs = told(site, catalogue.newest(Kind::Need).filter(open), day)?;
    let subjects = catalogue.subjects();
    let members = site.library().ledger(|l| l.registry().members().len());
    Ok(Page {
        t,
        shell: Shell::new(site, asked, Place::Start),
        cases: t.count("cases-count", subjects.cases).into_owned(),
        members: t.count("members-count", members).into_owned(),
        problems: problems(t, &subjects),
        newest: CardRow::all(t, &newest),
        spread: spread(site, t, catalogue)?,
        needs: CardRow::all(t, &needs),
    })
}

/// The first of these that have something to tell.
fn told<'a>(site: &Site, rows: impl Iterator<Item = &'a Row>, day: Day) -> Result<Vec<Card>, Failure> {
    let mut told = Vec::new();
    for row in rows.take(LOOKED_AT) {
        told.extend(card(site.library(), &row.id, day)?.filter(is_news));
        if told.len() == CARDS {
            break;
        }
    }
    Ok(told)
}

/// What was redacted stays in the lists, and is no news.
fn is_news(card: &Card) -> bool {
    !card.withdrawn && !matches!(card.text_state, TextState::Redacted(_))
}

/// The problems without a final solution at which there is work.
fn problems(t: Tongue, subjects: &Subjects) -> Vec<Named> {
    let used = subjects.wicked.iter().filter(|(_, cases)| *cases > 0);
    used.map(|(p, _)| Named::link(t.label(&Code::Known(*p)), address("/cases", [("wicked_problem", p.id())]))).collect()
}

/// The uses that were told last, each case once.
fn spread(site: &Site, t: Tongue, catalogue: &Catalogue) -> Result<Vec<Spread>, Failure> {
    let day = clock::now().day();
    let mut lines: Vec<Spread> = Vec::new();
    for row in catalogue.newest(Kind::Reuse).take(LOOKED_AT) {
        let Some((case, _)) = row.reuse else { continue };
        let counts =
            declarations_of(site.library(), &case, day)?.iter().any(|d| d.reuse.id == row.id && d.reuse.counts);
        let Some(card) = card(site.library(), &case, day)?.filter(|c| counts && is_news(c)) else { continue };
        lines.push(Spread {
            who: Named::party(&site.library().ledger(|l| party(l, row.owner))),
            what: title(t, &card),
            owner: Named::party(&card.owner),
            when: t.day_of(row.time),
        });
        if lines.len() == SPREAD {
            break;
        }
    }
    Ok(lines)
}

fn title(t: Tongue, card: &Card) -> Named {
    let row = CardRow::of(t, card);
    Named::link(row.title, row.href)
}
