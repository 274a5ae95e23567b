//! Labels that differ between bokmål and nynorsk, each asked for where only the other form stands. The table is not
//! part of the project: lines of `nb`, `nn` and more, parted by tabs, below one line of names.

use std::collections::HashMap;
use std::path::Path;

use idenett::search::{Article, Asked, Search, Traits, Zone};
use idenett_protocol::id::EntryId;
use idenett_protocol::time::Day;
use idenett_tests::figures::Figure;
use idenett_tests::gold::{Ranker, baseline, plain_words, snowball};

/// Answers among which the right one must be.
const SHOWN: usize = 3;

/// Measures how many labels are found in either direction.
pub(crate) fn measure(table: &Path) -> Vec<Figure> {
    let text = std::fs::read_to_string(table).expect("a table that can be read");
    let rows: Vec<[&str; 2]> = text.lines().skip(1).map(labels).collect();
    let to_nynorsk: Vec<(&str, &str)> = rows.iter().map(|[nb, nn]| (*nb, *nn)).collect();
    let to_bokmaal: Vec<(&str, &str)> = rows.iter().map(|[nb, nn]| (*nn, *nb)).collect();
    let figures = vec![found("bokmål to nynorsk", &to_nynorsk), found("nynorsk to bokmål", &to_bokmaal)];
    figures.iter().for_each(Figure::print);
    figures
}

fn labels(line: &str) -> [&str; 2] {
    let mut cells = line.split('\t');
    [(); 2].map(|()| cells.next().expect("two labels on each line"))
}

/// The share of the odd rows, counted from 1, that are found; the others only stand in the way. The rows are what is
/// asked and what is written.
fn found(direction: &str, rows: &[(&str, &str)]) -> Figure {
    let written: Vec<(String, String)> = rows.iter().map(|(_, label)| ((*label).into(), (*label).into())).collect();
    let directory = tempfile::tempdir().expect("a temporary directory");
    let search = Search::open(&directory.path().join("search")).expect("an index");
    let rankers = [product(rows, search), baseline(written.clone(), plain_words), baseline(written, snowball)];
    let odd: Vec<&(&str, &str)> = rows.iter().step_by(2).collect();
    let is_found = |ranker: &Ranker<'_>, (asked, wanted): &(&str, &str)| {
        ranker(asked).iter().take(SHOWN).any(|label| label == wanted)
    };
    let share = |ranker| 100.0 * odd.iter().filter(|row| is_found(ranker, row)).count() as f64 / odd.len() as f64;
    let [ours, exact, stems] = rankers.each_ref().map(share);
    let note = format!("{} odd rows of {}; exact {exact:.1}, Snowball {stems:.1}", odd.len(), rows.len());
    Figure::at_least(&format!("labels in the first {SHOWN}, {direction}"), ours, 85.0, "%", note)
}

/// The search of the product over cases that have a label for a name and nothing else.
fn product<'a>(rows: &'a [(&str, &str)], search: Search) -> Ranker<'a> {
    let article = |number: usize, label: &str| Article {
        id: id_of(number),
        texts: vec![(Zone::Title, label.to_owned())],
        traits: Traits::default(),
    };
    for (number, (_, label)) in rows.iter().enumerate() {
        search.put(&article(number, label)).expect("the disk works");
    }
    search.commit(String::new()).expect("the disk works");
    let by_id: HashMap<EntryId, usize> = (0..rows.len()).map(|number| (id_of(number), number)).collect();
    Box::new(move |text| {
        let day = Day::from_ymd(2026, 11, 25).expect("a day");
        let texts = |id: &EntryId| by_id.get(id).map(|number| article(*number, rows[*number].1));
        let found = search.ask(&Asked { limit: SHOWN, ..Asked::words(text) }, day, &texts).expect("an answer");
        found.hits.iter().map(|hit| rows[by_id[&hit.id]].1.to_owned()).collect()
    })
}

fn id_of(number: usize) -> EntryId {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&(number as u64).to_be_bytes());
    EntryId::from_bytes(bytes)
}
