//! What a browser says of its reader's languages.

use super::Tongue;

/// Languages in a header that are looked at.
const MAX_LANGUAGES: usize = 16;

/// The language with the highest weight that there is; of equal ones the first.
pub(super) fn first(header: &str) -> Option<Tongue> {
    let mut best: Option<(Tongue, u32)> = None;
    for part in header.split(',').take(MAX_LANGUAGES) {
        let mut pieces = part.split(';').map(str::trim);
        let Some(tongue) = pieces.next().and_then(tongue) else { continue };
        let weight = pieces.find_map(|p| p.strip_prefix("q=")).map_or(1000, weight);
        if weight > 0 && best.is_none_or(|(_, heaviest)| weight > heaviest) {
            best = Some((tongue, weight));
        }
    }
    best.map(|(tongue, _)| tongue)
}

fn tongue(tag: &str) -> Option<Tongue> {
    let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    match primary.as_str() {
        // Browsers say `no` where the reader did not choose between the two.
        "nb" | "no" => Some(Tongue::Nb),
        "nn" => Some(Tongue::Nn),
        "en" => Some(Tongue::En),
        _ => None,
    }
}

/// A weight in thousandths; one that cannot be read is the least.
fn weight(text: &str) -> u32 {
    let mut digits = text.chars().filter(|c| *c != '.').take(4).map(|c| c.to_digit(10));
    let first = digits.next().flatten().unwrap_or(0);
    let rest = (0..3).fold(0, |sum, _| sum * 10 + digits.next().flatten().unwrap_or(0));
    (first * 1000 + rest).min(1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_language_that_there_is() {
        let rows = [
            ("", None),
            ("de, fr;q=0.5", None),
            ("nn", Some(Tongue::Nn)),
            ("no", Some(Tongue::Nb)),
            ("en-GB,en;q=0.9,nb;q=0.8", Some(Tongue::En)),
            ("de, nb;q=0.3, nn;q=0.75", Some(Tongue::Nn)),
            ("en;q=0, nb;q=0.1", Some(Tongue::Nb)),
            ("nn;q=;;;, en;q=0.2", Some(Tongue::En)),
            (",,,;;q=1,nn-NO", Some(Tongue::Nn)),
        ];
        for (header, tongue) in rows {
            assert_eq!(first(header), tongue, "{header}");
        }
    }
}
