//! A map without foreign geometry: every municipality is a dot at its place, those that are shown have a mark, and
//! arcs join who shared with who uses. The page says the same in a table beside it.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::sync::LazyLock;

use askama::filters::HtmlSafe;
use idenett_protocol::organisation::OrgNumber;

use crate::municipalities::{self, Municipality};

const WIDTH: f64 = 420.0;
const HEIGHT: f64 = 520.0;
const MARGIN: f64 = 14.0;
/// Marks that have their names beside them; more would cover each other.
const MAX_NAMES: usize = 12;
/// The meridian in the middle and the bounds of the mainland.
const MIDDLE: f64 = 16.0;
const SOUTH: f64 = 57.9;
const NORTH: f64 = 71.2;
/// The least and the greatest radius of a mark.
const RADII: (f64, f64) = (5.0, 15.0);

/// A map of some municipalities.
#[derive(Clone, Debug, Default)]
pub(super) struct Map {
    /// What it shows, in a few words.
    pub(super) title: String,
    /// What can be seen on it.
    pub(super) about: String,
    marks: Vec<Mark>,
    arcs: Vec<((f64, f64), (f64, f64))>,
}

#[derive(Clone, Debug)]
struct Mark {
    at: (f64, f64),
    radius: f64,
    from: bool,
    name: &'static str,
    says: String,
}

impl Map {
    pub(super) fn new(title: impl Into<String>, about: impl Into<String>) -> Self {
        Self { title: title.into(), about: about.into(), ..Self::default() }
    }

    /// Whether there is nothing to see.
    pub(super) fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    /// Marks municipalities, each sized by a number. What is no municipality has no place on the map.
    pub(super) fn mark(&mut self, sizes: &BTreeMap<OrgNumber, (usize, String)>) {
        let most = sizes.values().map(|(n, _)| *n).max().unwrap_or(1).max(1);
        for (org, (n, says)) in sizes {
            if let Some(m) = municipalities::by_org(*org) {
                self.marks.push(Mark {
                    at: place(m),
                    radius: radius(*n, most),
                    from: false,
                    name: m.name,
                    says: says.clone(),
                });
            }
        }
    }

    /// Marks who shared something.
    pub(super) fn from(&mut self, org: OrgNumber, says: String) {
        if let Some(m) = municipalities::by_org(org) {
            self.marks.push(Mark { at: place(m), radius: 7.0, from: true, name: m.name, says });
        }
    }

    /// Draws an arc from who shared something to who uses it.
    pub(super) fn arc(&mut self, from: OrgNumber, to: OrgNumber) {
        if let (Some(a), Some(b)) = (municipalities::by_org(from), municipalities::by_org(to)) {
            self.arcs.push((place(a), place(b)));
        }
    }
}

impl HtmlSafe for Map {}

impl fmt::Display for Map {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-labelledby=\"map-title map-about\">")?;
        write!(f, "<title id=\"map-title\">{}</title>", Escaped(&self.title))?;
        write!(f, "<desc id=\"map-about\">{}</desc>", Escaped(&self.about))?;
        f.write_str(&LAND)?;
        for ((x, y), (to_x, to_y)) in &self.arcs {
            // The arc bends to the left of its way, by a fifth of its length.
            let (dx, dy) = (to_x - x, to_y - y);
            let (bend_x, bend_y) = ((x + to_x) / 2.0 + dy / 5.0, (y + to_y) / 2.0 - dx / 5.0);
            write!(f, "<path class=\"arc\" d=\"M{x:.1} {y:.1}Q{bend_x:.1} {bend_y:.1} {to_x:.1} {to_y:.1}\"/>")?;
        }
        for Mark { at: (x, y), radius, from, says, .. } in &self.marks {
            let class = if *from { "mark mark--from" } else { "mark" };
            write!(
                f,
                "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\"><title>{}</title></circle>",
                Escaped(says)
            )?;
        }
        if self.marks.len() <= MAX_NAMES {
            for mark in &self.marks {
                self.name(f, mark)?;
            }
        }
        f.write_str("</svg>")
    }
}

impl Map {
    fn name(&self, f: &mut fmt::Formatter<'_>, mark: &Mark) -> fmt::Result {
        let (x, y) = mark.at;
        // Names that would run out of the picture stand to the left.
        let (anchor, x) =
            if x > WIDTH * 0.72 { ("end", x - mark.radius - 4.0) } else { ("start", x + mark.radius + 4.0) };
        // Of two that are near each other the upper one's name stands higher.
        let near =
            |m: &&Mark| m.at != mark.at && (m.at.0 - mark.at.0).abs() < 60.0 && (m.at.1 - mark.at.1).abs() < 15.0;
        let shift = match self.marks.iter().find(near) {
            Some(other) if other.at.1 < mark.at.1 => 12.0,
            Some(_) => -4.0,
            None => 4.5,
        };
        write!(
            f,
            "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\" aria-hidden=\"true\">{}</text>",
            y + shift,
            Escaped(mark.name)
        )
    }
}

/// Every municipality as a dot, in one path.
static LAND: LazyLock<String> = LazyLock::new(|| {
    let mut path = String::from("<path class=\"land\" d=\"");
    for municipality in municipalities::all() {
        let (x, y) = place(municipality);
        // Writing to a string cannot fail.
        let _ = write!(path, "M{x:.0} {y:.0}h0");
    }
    path.push_str("\"/>");
    path
});

/// Where a municipality stands in the picture: a sinusoidal projection, which keeps areas.
fn place(m: &Municipality) -> (f64, f64) {
    let scale = (HEIGHT - 2.0 * MARGIN) / (NORTH - SOUTH);
    let x = WIDTH * 0.53 + (m.lon - MIDDLE) * m.lat.to_radians().cos() * scale;
    (x, MARGIN + (NORTH - m.lat) * scale)
}

/// The radius of a mark; where all are alike, a small one.
fn radius(n: usize, most: usize) -> f64 {
    if most <= 1 {
        return RADII.0 + 2.0;
    }
    let share = f64::from(u32::try_from(n).unwrap_or(u32::MAX)) / f64::from(u32::try_from(most).unwrap_or(u32::MAX));
    RADII.0 + (RADII.1 - RADII.0) * share.clamp(0.0, 1.0).sqrt()
}

struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                _ => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_the_country_is_in_the_picture() {
        for m in municipalities::all() {
            let (x, y) = place(m);
            assert!((0.0..=WIDTH).contains(&x) && (0.0..=HEIGHT).contains(&y), "{}: {x} {y}", m.name);
        }
        assert!(LAND.len() < 6_000, "{}", LAND.len());
    }

    #[test]
    fn marks_have_their_size_and_names_are_escaped() {
        let org = |s: &str| s.parse::<OrgNumber>().expect("a number");
        let mut map = Map::new("<b>", "");
        map.mark(&BTreeMap::from([
            (org("961381541"), (4, "Gran: 4".to_owned())),
            (org("971032146"), (9, "KS".to_owned())),
        ]));
        map.from(org("935478715"), "Bærum".to_owned());
        map.arc(org("935478715"), org("961381541"));
        let svg = map.to_string();
        assert_eq!((svg.matches("<circle").count(), svg.matches("class=\"arc\"").count()), (2, 1));
        assert!(svg.contains("&lt;b&gt;") && svg.contains("Gran: 4") && !svg.contains("KS"));
    }
}
