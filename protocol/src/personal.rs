//! What looks like personal data in a text, before it is signed and cannot be called back.
//!
//! Four things are looked for: national identity numbers and D-numbers (with both control
//! digits, so nearly without false alarms), e-mail addresses that name a person, Norwegian
//! telephone numbers, and names of people behind words such as "kontakt" or "prosjektleder".
//! The last three guess, so a finding asks and never refuses. Knows no register of people.

use std::fmt;

use serde::Serialize;

/// What a passage looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Personal {
    /// A national identity number or D-number.
    IdentityNumber,
    /// An e-mail address that names a person.
    Email,
    /// A Norwegian telephone number.
    Telephone,
    /// The name of a person.
    Name,
}

impl fmt::Display for Personal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Personal::IdentityNumber => "a national identity number",
            Personal::Email => "an e-mail address of a person",
            Personal::Telephone => "a telephone number",
            Personal::Name => "the name of a person",
        })
    }
}

/// A passage to look at before signing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The field in which it stands.
    pub field: String,
    /// What it looks like.
    pub what: Personal,
    /// The passage; of an identity number only the birth date.
    pub excerpt: String,
}

/// Words that make an address that of a function.
const FUNCTION_WORDS: [&str; 38] = [
    "adm",
    "administrasjon",
    "arkiv",
    "bibliotek",
    "booking",
    "digital",
    "drift",
    "faktura",
    "firmapost",
    "helse",
    "hjelp",
    "info",
    "innkjop",
    "innovasjon",
    "innovation",
    "it",
    "kommune",
    "kontakt",
    "kontor",
    "kultur",
    "mail",
    "mottak",
    "no",
    "noreply",
    "omsorg",
    "oppvekst",
    "personvern",
    "personvernombud",
    "post",
    "postmottak",
    "presse",
    "prosjekt",
    "redaksjon",
    "service",
    "servicetorg",
    "skole",
    "support",
    "teknisk",
];

/// Words behind which the name of a person often stands.
const BEFORE_NAMES: [&str; 24] = [
    "adviser",
    "avdelingsleder",
    "avdelingsleiar",
    "contact",
    "e-post",
    "enhetsleder",
    "fagleder",
    "kommunedirektør",
    "kontakt",
    "kontaktperson",
    "leder",
    "leiar",
    "manager",
    "ordfører",
    "ordførar",
    "prosjektleder",
    "prosjektleiar",
    "ring",
    "rådgiver",
    "rådgjevar",
    "rådmann",
    "spør",
    "tlf",
    "v/",
];

/// Capitalised words that begin names of places and bodies, not of people.
const NO_NAMES: [&str; 24] = [
    "De",
    "Den",
    "Det",
    "Digital",
    "Din",
    "Indre",
    "Innovasjon",
    "KS",
    "Kommune",
    "Midtre",
    "NAV",
    "Nav",
    "Nedre",
    "Nord",
    "Nordre",
    "Norges",
    "Norsk",
    "Nye",
    "Statens",
    "Store",
    "Søndre",
    "Sør",
    "Ytre",
    "Øvre",
];

/// Everything in `text` that looks like personal data, in the order of the list above.
pub fn scan(field: &str, text: &str) -> Vec<Finding> {
    let groups = digit_groups(text);
    let numbers = identity_numbers(&groups).map(|at| (Personal::IdentityNumber, at));
    let phones = telephones(&groups).map(|at| (Personal::Telephone, at));
    let mails = personal_mails(text).map(|at| (Personal::Email, at));
    let names = names(text).map(|at| (Personal::Name, at));
    numbers
        .chain(mails)
        .chain(phones)
        .chain(names)
        .map(|(what, excerpt)| Finding { field: field.to_owned(), what, excerpt })
        .collect()
}

/// A run of digits, and whether one separator joins it to the run before.
struct Group<'a> {
    digits: &'a str,
    joined: bool,
}

/// All runs of digits that are not part of a word, an address or a longer id.
fn digit_groups(text: &str) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    let mut end_before = None;
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(start);
        let length = from.find(|c: char| !c.is_ascii_digit()).unwrap_or(from.len());
        let (digits, after) = from.split_at(length);
        let touches = |c: char| c.is_alphanumeric() || matches!(c, '/' | '_' | '=' | '#');
        let inside = before.ends_with(touches) || after.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        if !inside {
            let joined = end_before.is_some() && matches!(before, " " | "\u{a0}" | "-" | ".");
            groups.push(Group { digits, joined });
        }
        end_before = (!inside).then_some(());
        rest = after;
    }
    groups
}

/// Neighbouring groups whose digits are `wanted` in number, as the lengths and the digits.
fn joined(groups: &[Group<'_>], from: usize, wanted: usize) -> Option<(Vec<usize>, String)> {
    let (mut lengths, mut digits) = (Vec::new(), String::new());
    for group in groups.get(from..)? {
        if !lengths.is_empty() && !group.joined {
            return None;
        }
        lengths.push(group.digits.len());
        digits.push_str(group.digits);
        if digits.len() >= wanted {
            return (digits.len() == wanted).then_some((lengths, digits));
        }
    }
    None
}

fn identity_numbers(groups: &[Group<'_>]) -> impl Iterator<Item = String> {
    (0..groups.len()).filter_map(|from| {
        let (_, digits) = joined(groups, from, 11)?;
        is_identity_number(&digits).then(|| format!("{}*****", digits.get(..6).unwrap_or_default()))
    })
}

/// The control digits as the Norwegian Tax Administration describes them. In D-numbers 40 is
/// added to the day; in test numbers 40 or 80 to the month.
fn is_identity_number(digits: &str) -> bool {
    const FIRST: [u32; 10] = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1];
    const SECOND: [u32; 11] = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
    let number = |range: std::ops::Range<usize>| digits.get(range).and_then(|d| d.parse::<u32>().ok()).unwrap_or(0);
    let (day, month) = (number(0..2), number(2..4));
    let plausible = matches!(day, 1..=31 | 41..=71) && matches!(month, 1..=12 | 41..=52 | 81..=92);
    let holds = |weights: &[u32]| {
        let sum = digits.bytes().zip(weights).fold(0_u32, |sum, (digit, weight)| {
            sum.saturating_add(u32::from(digit.saturating_sub(b'0')).saturating_mul(*weight))
        });
        sum.rem_euclid(11) == 0
    };
    plausible && holds(&FIRST) && holds(&SECOND)
}

fn telephones(groups: &[Group<'_>]) -> impl Iterator<Item = String> {
    (0..groups.len()).filter_map(|from| {
        let (lengths, digits) = joined(groups, from, 8)?;
        let written_so = matches!(lengths.as_slice(), [8] | [3, 2, 3] | [2, 2, 2, 2]);
        // Written in one, an amount ends in zeros, and a day begins with its century.
        let whole = lengths.len() == 1;
        let other = whole && (digits.ends_with("000") || digits.starts_with("19") || digits.starts_with("20"));
        let first = digits.starts_with(|c: char| ('2'..='9').contains(&c));
        // The last digits of a longer number are no telephone number.
        let alone = groups.get(from).is_some_and(|g| !g.joined) || after_country_code(groups, from);
        (written_so && first && !other && alone).then_some(digits)
    })
}

fn after_country_code(groups: &[Group<'_>], from: usize) -> bool {
    from.checked_sub(1).and_then(|before| groups.get(before)).is_some_and(|g| matches!(g.digits, "47" | "0047"))
}

fn personal_mails(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | '"' | ':'))
        .filter(|word| is_personal_mail(word))
        .map(|word| word.trim_end_matches('.').to_owned())
}

fn is_personal_mail(word: &str) -> bool {
    let Some((local, domain)) = word.split_once('@') else { return false };
    let parts: Vec<String> = local.split(['.', '_', '-']).map(str::to_lowercase).collect();
    let letters = parts.iter().all(|part| !part.is_empty() && part.chars().all(char::is_alphabetic));
    let function = parts.iter().any(|part| FUNCTION_WORDS.contains(&part.as_str()));
    domain.contains('.') && parts.len() >= 2 && letters && !function
}

/// Two or three capitalised words behind a word that announces a person.
fn names(text: &str) -> impl Iterator<Item = String> {
    text.lines().flat_map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        (0..words.len()).filter_map(move |at| {
            let (before, after) = words.split_at_checked(at.saturating_add(1))?;
            let announces = before.last().is_some_and(|word| announces_a_name(word));
            announces.then(|| name_at(after)).flatten()
        })
    })
}

fn announces_a_name(word: &str) -> bool {
    let word = word.trim_end_matches([':', ',', '.', '-']).to_lowercase();
    BEFORE_NAMES.contains(&word.as_str())
}

fn name_at(words: &[&str]) -> Option<String> {
    let mut name: Vec<&str> = Vec::new();
    for word in words.iter().take(3) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        if !looks_like_a_name(bare) {
            break;
        }
        name.push(bare);
        if bare.len() != word.len() {
            break;
        }
    }
    (name.len() >= 2).then(|| name.join(" "))
}

fn looks_like_a_name(word: &str) -> bool {
    let mut letters = word.chars();
    let capital = letters.next().is_some_and(char::is_uppercase);
    let small = letters.next().is_some_and(char::is_lowercase);
    capital && small && word.chars().all(|c| c.is_alphabetic() || c == '-') && !NO_NAMES.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(Personal, String)> {
        scan("story", text).into_iter().map(|f| (f.what, f.excerpt)).collect()
    }

    /// An identity number for tests: a born-in-1900 date, then digits that make the controls hold.
    fn identity(day_and_month: &str) -> String {
        let fits = |n: u32| Some(format!("{day_and_month}00{n:05}")).filter(|d| is_identity_number(d));
        (0..100_000).find_map(fits).expect("a number")
    }

    #[test]
    fn identity_numbers_are_found_by_their_control_digits() {
        for day in ["0101", "4101", "0141", "0181"] {
            let number = identity(day);
            let (birth, rest) = number.split_at(6);
            let hidden = vec![(Personal::IdentityNumber, format!("{birth}*****"))];
            assert_eq!(found(&format!("Født {number}.")), hidden);
            assert_eq!(found(&format!("Født {birth} {rest}.")), hidden);
            let wrong = number.parse::<u64>().expect("digits") ^ 1;
            assert_eq!(found(&format!("Sak {wrong:011}")), vec![]);
            assert_eq!(found(&format!("https://example.org/{number}")), vec![]);
        }
        assert!(!is_identity_number(&"0".repeat(11)));
    }

    #[test]
    fn addresses_telephones_and_names_are_found() {
        use Personal as P;
        let rows = [
            ("Skriv til ola.nordmann@lunner.kommune.no.", P::Email, "ola.nordmann@lunner.kommune.no"),
            ("<o_nordmann@example.org>", P::Email, "o_nordmann@example.org"),
            ("Ring 61 32 40 00.", P::Telephone, "61324000"),
            ("Mobil +47 912 34 567", P::Telephone, "91234567"),
            ("tlf: 91234567", P::Telephone, "91234567"),
            ("Kontakt: Kari Nordmann, som svarer", P::Name, "Kari Nordmann"),
            ("Spør prosjektleiar Åse-Marie Øverland Bø.", P::Name, "Åse-Marie Øverland Bø"),
        ];
        for (text, what, excerpt) in rows {
            assert_eq!(found(text), vec![(what, excerpt.to_owned())], "{text}");
        }
    }

    #[test]
    fn functions_figures_and_places_are_left_alone() {
        let rows = [
            "Skriv til postmottak@baerum.kommune.no eller post.innovasjon@gran.kommune.no.",
            "Kontakt Øvre Eiker kommune, organisasjonsnummer 954597482 eller 954 597 482.",
            "Det kostet 25 000 000 kroner i perioden 2019-2020, og 45000000 siden.",
            "Fra 2015-08-01 til 20160101 deltok 1200 elever fordelt på 12 skoler.",
            "Sak 17/91234567 i arkivet; https://example.org/sak=91234567",
            "Kontakt Norsk Helsenett, eller leder for Digital Skolehverdag.",
            "Lederen Ola og resten av laget.",
        ];
        for text in rows {
            assert_eq!(found(text), vec![], "{text}");
        }
    }
}
