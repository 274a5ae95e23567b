//! What the search finds of cases and queries that were written by hand, in both written languages.

use idenett::search::Search;
use idenett_tests::figures::Figure;
use idenett_tests::gold::{Gold, GoldQuery, Ranker, baseline, documents, four_grams, ndcg, product, snowball};

fn mean(queries: &[GoldQuery], ranker: &Ranker<'_>, of: impl Fn(&GoldQuery) -> bool) -> f64 {
    let wanted: Vec<&GoldQuery> = queries.iter().filter(|q| of(q)).collect();
    assert!(!wanted.is_empty(), "the set has such queries");
    wanted.iter().map(|q| ndcg(q, &ranker(&q.text))).sum::<f64>() / wanted.len() as f64
}

#[test]
fn written_cases_are_found_across_the_written_languages() {
    let gold = Gold::read();
    let directory = tempfile::tempdir().expect("a temporary directory");
    let search = product(&gold.cases, Search::open(&directory.path().join("search")).expect("an index"));
    let stems = baseline(documents(&gold.cases), snowball);
    let grams = baseline(documents(&gold.cases), four_grams);
    let [counted, tuned] = &gold.queries;
    if std::env::var_os("IDENETT_GOLD_WORST").is_some() {
        show_worst(tuned, &search);
    }
    let mut figures = Vec::new();
    type Which = fn(&GoldQuery) -> bool;
    let rows: [(&str, f64, Which); 3] = [
        ("all", 0.90, |_| true),
        ("nb to nn", 0.85, |q| q.cross && q.lang == "nb"),
        ("nn to nb", 0.85, |q| q.cross && q.lang == "nn"),
    ];
    for (name, limit, of) in rows {
        let [ours, stems, grams] = [&search, &stems, &grams].map(|ranker| mean(counted, ranker, of));
        let note = format!(
            "Snowball {stems:.3}, four letters {grams:.3}; the set it was tuned by {:.3}",
            mean(tuned, &search, of)
        );
        assert!(ours > stems && ours > grams, "{name}: {ours:.3} is better than what ordinary search does ({note})");
        figures.push(Figure::at_least(&format!("nDCG@10 of written queries, {name}"), ours, limit, "", note));
    }
    figures.iter().for_each(Figure::print);
}

#[expect(clippy::print_stdout, reason = "for the person who tunes")]
/// For tuning: the queries of the set that does not count, the worst first.
fn show_worst(queries: &[GoldQuery], ranker: &Ranker<'_>) {
    let mut all: Vec<(f64, &GoldQuery)> = queries.iter().map(|q| (ndcg(q, &ranker(&q.text)), q)).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (value, query) in all.iter().take(18) {
        println!(
            "{value:.2} {} {:?} wants {:?}\n     got {:?}",
            query.key,
            query.text,
            query.grades,
            ranker(&query.text)
        );
    }
}
