//! The description of every indicator, made from its definition: the one source of the guides in docs and of what the
//! terminal prints.

use std::fmt::Write as _;

use idenett_protocol::barometer::{DEFINITIONS, Definition, Extent, Indicator, Printed, Value, Words};

use crate::language::Tongue;

/// The handbook of the barometer as Markdown.
pub fn handbook(tongue: Tongue) -> String {
    let say = |words: &Words| words.say(tongue.lang());
    let mut text = format!("# {}\n\n{}\n\n", say(&TITLE), say(&MADE));
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{} {DEFINITIONS}.\n", say(&VERSION));
    for rule in &RULES {
        let _ = writeln!(text, "- {}", say(rule));
    }
    for indicator in Indicator::EVERY {
        text.push_str(&section(tongue, indicator));
    }
    text
}

fn section(tongue: Tongue, indicator: Indicator) -> String {
    let say = |words: &Words| words.say(tongue.lang());
    let Definition { name, numerator, denominator, extent, published } = indicator.definition();
    let mut text = format!("\n## {indicator}: {}\n\n", say(name));
    let _ = writeln!(text, "- {}: {}", say(&COUNTED), say(numerator));
    if !say(denominator).is_empty() {
        let _ = writeln!(text, "- {}: {}", say(&OUT_OF), say(denominator));
    }
    let _ = writeln!(text, "- {}: {}", say(&DAYS), say(extent_words(*extent)));
    let _ = writeln!(text, "- {}: {}", say(&EXAMPLE), example(tongue, indicator));
    for other in *published {
        let (value, why) = (say(&other.value), say(&other.difference));
        let _ = writeln!(text, "- {}: {value} ({}). {} {why}.", say(&OTHERS), other.source, say(&NOT_SAME));
    }
    text
}

/// An example with made-up numbers, printed as the pages print it.
fn example(tongue: Tongue, indicator: Indicator) -> String {
    let value = match indicator {
        Indicator::B4 => Value::Mean { sum: 90, of: 40 },
        Indicator::B9 => Value::Days { halves: Some(412), of: 40 },
        Indicator::B13 => Value::Mean { sum: 54, of: 40 },
        Indicator::B17 | Indicator::S2 => Value::Level { n: 12 },
        Indicator::B20 => Value::Saved { low: 300_000, expected: 450_000, high: 600_000, n: 12, of: 40 },
        Indicator::B1
        | Indicator::B2
        | Indicator::B3
        | Indicator::B5
        | Indicator::B6
        | Indicator::B7
        | Indicator::B8
        | Indicator::B10
        | Indicator::B11
        | Indicator::B12
        | Indicator::B14
        | Indicator::B15
        | Indicator::B16
        | Indicator::B18
        | Indicator::B19
        | Indicator::B21
        | Indicator::B22
        | Indicator::B23
        | Indicator::B24
        | Indicator::S1 => Value::Share { n: 12, of: 40 },
    };
    let words = match value {
        Value::Share { .. } => &SHARE,
        Value::Mean { .. } => &MEAN,
        Value::Days { .. } => &MEDIAN,
        Value::Saved { .. } => &SAVED,
        Value::Level { .. } | Value::Net { .. } | Value::NotKnown => &LEVEL,
    };
    let printed = if let Printed::Number(number) = value.printed() { tongue.decimal(number) } else { String::new() };
    words.say(tongue.lang()).replace("{}", &printed)
}

const fn extent_words(extent: Extent) -> &'static Words {
    match extent {
        Extent::Period => &PERIOD,
        Extent::AtDate => &AT_DATE,
        Extent::Cohort => &COHORT,
        Extent::ByYear => &BY_YEAR,
    }
}

const fn words(nb: &'static str, nn: &'static str, en: &'static str) -> Words {
    Words { nb, nn, en }
}

const TITLE: Words = words("Gjenbruksbarometeret", "Gjenbruksbarometeret", "The reuse barometer");
const MADE: Words = words(
    "Denne siden er laget av definisjonene i programmet med `idenett barometer handbook`. Hver node teller de samme tallene av de samme postene, til siste byte.",
    "Denne sida er laga av definisjonane i programmet med `idenett barometer handbook`. Kvar node tel dei same tala av dei same postane, til siste byte.",
    "This page is made from the definitions in the program by `idenett barometer handbook`. Every node counts the same figures from the same records, to the last byte.",
);
const VERSION: Words = words("Versjon av definisjonene:", "Versjon av definisjonane:", "Version of the definitions:");
const COUNTED: Words = words("Det som telles", "Det som blir talt", "Counted");
const OUT_OF: Words = words("Av hva", "Av kva", "Out of");
const DAYS: Words = words("Dager", "Dagar", "Days");
const EXAMPLE: Words = words("Eksempel", "Døme", "Example");
const OTHERS: Words = words("Publisert av andre", "Publisert av andre", "Published by others");
const NOT_SAME: Words = words("Ikke samme mål, for den", "Ikkje same mål, for den", "Not the same measure, for it");
const PERIOD: Words = words(
    "perioden: et kalenderår, eller de 24 månedene til og med telledagen",
    "perioden: eit kalenderår, eller dei 24 månadene til og med teljedagen",
    "the period: a calendar year, or the 24 months up to the day of reckoning",
);
const AT_DATE: Words =
    words("slik det står på telledagen", "slik det står på teljedagen", "as things stand on the day of reckoning");
const COHORT: Words = words(
    "perioden tolv måneder tidligere, og hva det ble av det",
    "perioden tolv månader tidlegare, og kva det vart av det",
    "the period twelve months earlier, and what came of it",
);
const BY_YEAR: Words = words("hvert år for publisering", "kvart år for publisering", "each year of publication");
const SHARE: Words = words("12 av 40 skrives {} %", "12 av 40 blir skrive {} %", "12 of 40 is written {} %");
const MEAN: Words =
    words("summen delt på 40 skrives {}", "summen delt på 40 blir skriven {}", "the sum over 40 is written {}");
const MEDIAN: Words = words(
    "når halvparten av 40 har nådd det etter 206 dager, skrives {} dager",
    "når halvparten av 40 har nådd det etter 206 dagar, blir det skrive {} dagar",
    "when half of 40 have got there after 206 days, {} days is written",
);
const SAVED: Words = words(
    "ventet {}, fra 300 000 til 600 000, oppgitt av 12 av 40",
    "venta {}, frå 300 000 til 600 000, oppgitt av 12 av 40",
    "expected {}, from 300,000 to 600,000, stated by 12 of 40",
);
const LEVEL: Words = words("12 skrives {}", "12 blir skrive {}", "12 is written {}");

const RULES: [Words; 9] = [
    words(
        "Det som er datert etter telledagen, er ikke med. Telledagen er en dag i UTC.",
        "Det som er datert etter teljedagen, er ikkje med. Teljedagen er ein dag i UTC.",
        "What is dated after the day of reckoning is not there. The day is one of UTC.",
    ),
    words(
        "Bare den nyeste versjonen teller, og bare det som ikke er trukket tilbake.",
        "Berre den nyaste versjonen tel, og berre det som ikkje er trekt tilbake.",
        "Only the newest version counts, and only what was not withdrawn.",
    ),
    words(
        "I bruk: status «i bruk» eller «nyttiggjort». Dagen er den som er oppgitt, ellers dagen da den første versjonen som sier det, ble signert. En import som ikke oppgir dagen, er ikke med i noen periode.",
        "I bruk: status «i bruk» eller «nyttiggjord». Dagen er den som er oppgitt, elles dagen då den første versjonen som seier det, vart signert. Ein import som ikkje oppgir dagen, er ikkje med i nokon periode.",
        "In use: status in use or utilised. The day is the one stated, else the day on which the first version that says so was signed. An import that states no day is in no period.",
    ),
    words(
        "Gjenbruk teller når det er i bruk hos en annen organisasjon enn eierne og etterfølgerne deres, én gang per løsning og organisasjon, uansett hvor mange enheter. «Bare inspirert» vises ved siden av.",
        "Gjenbruk tel når det er i bruk hos ein annan organisasjon enn eigarane og etterfølgjarane deira, éin gong per løysing og organisasjon, uansett kor mange einingar. «Berre inspirert» blir vist ved sida av.",
        "A reuse counts when it is in use in another organisation than the owners and those that followed them, once for each case and organisation, however many units. What was only inspired is shown beside.",
    ),
    words(
        "En melding som ikke er bekreftet i tide, teller ikke.",
        "Ei melding som ikkje er stadfesta i tide, tel ikkje.",
        "A declaration that was not confirmed in time does not count.",
    ),
    words(
        "Aktivt medlem: tatt opp, ikke avsluttet, og ikke gått inn i en annen kommune.",
        "Aktiv medlem: teken opp, ikkje avslutta, og ikkje gått inn i ein annan kommune.",
        "Active member: admitted, not ended, and not gone into another municipality.",
    ),
    words(
        "Antallet skrives alltid. En andel vises ikke når nevneren er under fem; da står `:`.",
        "Talet blir alltid skrive. Ein del blir ikkje vist når nemnaren er under fem; då står `:`.",
        "The count is always printed. A share is not shown when its denominator is below five; `:` stands there.",
    ),
    words(
        "I kommunene slik de er i dag, teller det forgjengerne gjorde, hos den som overtok. Er en kommune delt, hører det til ingen før en etterfølger signerer en ny versjon.",
        "I kommunane slik dei er i dag, tel det forgjengarane gjorde, hos den som tok over. Er ein kommune delt, høyrer det til ingen før ein etterfølgjar signerer ein ny versjon.",
        "In the municipalities of today, what predecessors did counts with the one that took over. After a split it belongs to nobody until a successor signs a new version.",
    ),
    words(
        "Telling av poster er ingen spørreundersøkelse: sammenlign retning, ikke desimaler.",
        "Teljing av postar er inga spørjeundersøking: samanlikn retning, ikkje desimalar.",
        "Counting records is no survey: compare directions, not decimals.",
    ),
];

#[cfg(test)]
mod tests {
    use idenett_protocol::barometer::SMALLEST_DENOMINATOR;

    use super::*;

    #[test]
    fn the_guides_say_what_the_definitions_say() {
        let docs = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
        for (tongue, file) in
            [(Tongue::Nb, "barometer-nb.md"), (Tongue::Nn, "barometer-nn.md"), (Tongue::En, "barometer.md")]
        {
            let written = std::fs::read_to_string(docs.join(file)).unwrap_or_default();
            let id = tongue.id();
            assert_eq!(written, handbook(tongue), "write it anew: idenett barometer handbook {id} > docs/{file}");
        }
        assert_eq!(SMALLEST_DENOMINATOR, 5, "the handbook says five in words");
    }
}
