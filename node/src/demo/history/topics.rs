//! The table of topics: what generated cases and needs are about, in bokmål and nynorsk.

use std::sync::LazyLock;

use idenett_protocol::codes::Lang;

use super::phrases::Phrase;

const TABLE: &str = include_str!("topics.tsv");

/// One topic.
pub(super) struct Topic {
    pub(super) sector: &'static str,
    pub(super) themes: Vec<&'static str>,
    pub(super) types: Vec<&'static str>,
    pub(super) beneficiaries: Vec<&'static str>,
    pub(super) values: Vec<&'static str>,
    title: Phrase,
    problem: Phrase,
    solution: Phrase,
}

/// What a topic says in a language.
pub(super) struct Told {
    pub(super) title: &'static str,
    pub(super) problem: &'static str,
    pub(super) solution: &'static str,
}

impl Topic {
    pub(super) fn told(&self, lang: Lang) -> Told {
        Told { title: self.title.say(lang), problem: self.problem.say(lang), solution: self.solution.say(lang) }
    }
}

static TOPICS: LazyLock<Vec<Topic>> =
    LazyLock::new(|| TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(topic).collect());

/// All topics, in the order of the table.
pub(super) fn topics() -> &'static [Topic] {
    &TOPICS
}

fn topic(line: &'static str) -> Option<Topic> {
    let cells: Vec<&'static str> = line.split('\t').collect();
    let [sector, themes, types, beneficiaries, values, told @ ..] = cells.as_slice() else { return None };
    let [title_nb, title_nn, problem_nb, problem_nn, solution_nb, solution_nn] = told else { return None };
    let codes = |cell: &&'static str| cell.split(';').collect();
    Some(Topic {
        sector,
        themes: codes(themes),
        types: codes(types),
        beneficiaries: codes(beneficiaries),
        values: codes(values),
        title: Phrase(title_nb, title_nn),
        problem: Phrase(problem_nb, problem_nn),
        solution: Phrase(solution_nb, solution_nn),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_topic() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(topics().len(), lines);
        assert!(lines >= 30, "{lines}");
    }
}
