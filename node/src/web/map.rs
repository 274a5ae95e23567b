//! A map without foreign geometry: every municipality is a dot at its place, those that are shown have a mark, and
//! arcs join who shared with who uses. The page says the same in a table beside it.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::sync::LazyLock;

use askama::filters::HtmlSafe;
use idenett_protocol::organisation::OrgNumber;

use super::text::Escaped;
use crate::language::Tongue;
use crate::municipalities::{self, Municipality};
use crate::reading::Diffusion;

const WIDTH: f64 = 420.0;
const HEIGHT: f64 = 520.0;
const MARGIN: f64 = 14.0;
/// Marks that have their names beside them; more would cover each other.
const MAX_NAMES: usize = 12;
/// How much wider the shown part is than the marks, and how near one may come, as shares of the whole.
const AROUND: f64 = 2.2;
const NEAREST: f64 = 0.3;
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

    /// To whom something has spread, as far as anybody told of it: `owner` says who shared it, `says` what the mark of
    /// each stands for.
    pub(super) fn of(
        t: Tongue,
        Diffusion { from, to }: Diffusion,
        owner: String,
        says: impl Fn(OrgNumber, usize) -> String,
    ) -> Self {
        let mut map = Self::new(t.say("map-reuse"), t.say("map-reuse-about"));
        if !to.is_empty() {
            to.keys().for_each(|org| map.arc(from, *org));
            map.from(from, owner);
            map.mark(&to.into_iter().map(|(org, n)| (org, (n, says(org, n)))).collect());
        }
        map
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
        let window = self.window();
        let Window { left, top, width, height } = window;
        write!(
            f,
            "<svg viewBox=\"{left:.0} {top:.0} {width:.0} {height:.0}\" role=\"img\" aria-labelledby=\"map-title map-about\">"
        )?;
        write!(f, "<title id=\"map-title\">{}</title>", Escaped(&self.title))?;
        write!(f, "<desc id=\"map-about\">{}</desc>", Escaped(&self.about))?;
        f.write_str(&LAND)?;
        for ((x, y), (to_x, to_y)) in &self.arcs {
            // The arc bends to the left of its way, by a fifth of its length.
            let (dx, dy) = (to_x - x, to_y - y);
            let (bend_x, bend_y) = ((x + to_x) / 2.0 + dy / 5.0, (y + to_y) / 2.0 - dx / 5.0);
            write!(f, "<path class=\"arc\" d=\"M{x:.1} {y:.1}Q{bend_x:.1} {bend_y:.1} {to_x:.1} {to_y:.1}\"/>")?;
        }
        let zoom = window.zoom();
        for Mark { at: (x, y), radius, from, says, .. } in &self.marks {
            let class = if *from { "mark mark--from" } else { "mark" };
            let says = Escaped(says);
            let radius = radius / zoom;
            write!(
                f,
                "<circle class=\"{class}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\"><title>{says}</title></circle>"
            )?;
        }
        if self.marks.len() <= MAX_NAMES {
            self.names(f, &window)?;
        }
        f.write_str("</svg>")
    }
}

/// The part of the picture that is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Window {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

impl Window {
    /// How much larger everything is than in the whole picture.
    fn zoom(&self) -> f64 {
        WIDTH / self.width
    }
}

impl Map {
    /// All marks with some land around them, in the proportions of the whole; the whole where they lie far apart.
    fn window(&self) -> Window {
        let (xs, ys) = (self.marks.iter().map(|m| m.at.0), self.marks.iter().map(|m| m.at.1));
        let least = |all: &mut dyn Iterator<Item = f64>| all.fold(f64::INFINITY, f64::min);
        let most = |all: &mut dyn Iterator<Item = f64>| all.fold(f64::NEG_INFINITY, f64::max);
        let (left, right) = (least(&mut xs.clone()), most(&mut xs.clone()));
        let (top, bottom) = (least(&mut ys.clone()), most(&mut ys.clone()));
        let share = ((right - left) / WIDTH).max((bottom - top) / HEIGHT) * AROUND;
        if !share.is_finite() || share >= 0.8 {
            return Window { left: 0.0, top: 0.0, width: WIDTH, height: HEIGHT };
        }
        let share = share.max(NEAREST);
        let (width, height) = (WIDTH * share, HEIGHT * share);
        Window {
            left: (f64::midpoint(left, right) - width / 2.0).clamp(0.0, WIDTH - width),
            top: (f64::midpoint(top, bottom) - height / 2.0).clamp(0.0, HEIGHT - height),
            width,
            height,
        }
    }

    /// The names of the marks, from the north; one that would cover another stands lower.
    fn names(&self, f: &mut fmt::Formatter<'_>, window: &Window) -> fmt::Result {
        let zoom = window.zoom();
        let mut marks: Vec<&Mark> = self.marks.iter().collect();
        marks.sort_by(|a, b| a.at.1.total_cmp(&b.at.1));
        let mut written: Vec<(f64, f64)> = Vec::new();
        for mark in marks {
            let (x, mut y) = (mark.at.0, mark.at.1 + 4.5 / zoom);
            for (other_x, other_y) in &written {
                if (other_x - x).abs() < 90.0 / zoom && (y - other_y).abs() < 14.0 / zoom {
                    y = other_y + 14.0 / zoom;
                }
            }
            written.push((x, y));
            let gap = mark.radius / zoom + 4.0 / zoom;
            // Names that would run out of the picture stand to the left.
            let (anchor, x) = if x - window.left > window.width * 0.72 { ("end", x - gap) } else { ("start", x + gap) };
            let (size, halo) = (13.0 / zoom, 3.0 / zoom);
            write!(
                f,
                "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size:.2}\" stroke-width=\"{halo:.2}\" text-anchor=\"{anchor}\" aria-hidden=\"true\">{}</text>",
                Escaped(mark.name)
            )?;
        }
        Ok(())
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
    fn marks_that_lie_together_are_shown_larger() {
        let shown = |names: &[&str]| {
            let of = |name: &&str| municipalities::all().iter().find(|m| m.name == *name).expect("a municipality").org;
            let mut map = Map::new("", "");
            map.mark(&names.iter().map(|n| (of(n), (1, String::new()))).collect());
            map.window()
        };
        assert_eq!(shown(&["Lindesnes", "Vardø"]).zoom(), 1.0);
        assert_eq!(Map::default().window().zoom(), 1.0);
        for names in [&["Gran", "Lunner", "Bærum"][..], &["Vardø"], &["Lindesnes", "Kristiansand"]] {
            let window = shown(names);
            assert!(
                window.zoom() > 2.0 && window.left >= 0.0 && window.left + window.width <= WIDTH + 0.1,
                "{window:?}"
            );
            assert!(window.top >= 0.0 && window.top + window.height <= HEIGHT + 0.1, "{window:?}");
        }
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
