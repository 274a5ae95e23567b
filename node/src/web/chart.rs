//! Charts as pictures made here: lines over years, and a curve that rises in steps. Readable in grey, because lines
//! differ by dashes and marks; the page says the same in a table beside each.

use std::fmt::{self, Write as _};

use askama::filters::HtmlSafe;

use super::text::Escaped;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 56.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 40.0;
/// Lines that can be told apart.
pub(super) const MAX_LINES: usize = 4;
/// Steps of the scale at the side.
const STEPS: u32 = 4;

/// A chart of points that belong to lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Chart {
    /// What tells it apart on its page.
    pub(super) name: &'static str,
    /// What it shows, in a few words.
    pub(super) title: String,
    /// What can be seen on it.
    pub(super) about: String,
    /// What stands below the points, from the left.
    pub(super) below: Vec<String>,
    /// What is written at the steps of the scale, from the bottom; as many as it has, evenly.
    pub(super) beside: Vec<String>,
    /// The lines.
    pub(super) lines: Vec<Line>,
    /// Whether a line stays level until its next point.
    pub(super) steps: bool,
}

/// A line of a chart.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// What it is called.
    pub(super) label: String,
    /// Its points: where from left to right and from the bottom to the top, both from 0 to 1, and what it says. A gap
    /// where nothing is known.
    pub(super) points: Vec<Option<(f64, f64, String)>>,
}

impl Chart {
    /// Whether there is nothing to see.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.iter().flat_map(|line| &line.points).flatten().nth(1).is_none()
    }

    /// A scale from nothing to a round number not below `most`: its top, and what is written at its steps.
    pub(super) fn scale(most: f64, say: impl Fn(f64) -> String) -> (f64, Vec<String>) {
        let rough = (most / f64::from(STEPS)).max(1e-9);
        let power = 10_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|n| n * power).find(|s| *s >= rough).unwrap_or(rough);
        let top = step * f64::from(STEPS);
        (top, (0..=STEPS).map(|n| say(step * f64::from(n))).collect())
    }
}

impl HtmlSafe for Chart {}

impl fmt::Display for Chart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name;
        write!(
            f,
            "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-labelledby=\"{name}-title {name}-about\">"
        )?;
        write!(f, "<title id=\"{name}-title\">{}</title>", Escaped(&self.title))?;
        write!(f, "<desc id=\"{name}-about\">{}</desc>", Escaped(&self.about))?;
        self.frame(f)?;
        for (at, line) in self.lines.iter().take(MAX_LINES).enumerate() {
            self.line(f, at, line)?;
        }
        f.write_str("</svg>")
    }
}

impl Chart {
    fn frame(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = f64::from(u32::try_from(self.beside.len().saturating_sub(1)).unwrap_or(1).max(1));
        for (at, says) in (0_u32..).zip(&self.beside) {
            let y = up(f64::from(at) / last);
            write!(f, "<path class=\"grid\" d=\"M{LEFT} {y:.1}H{:.1}\"/>", WIDTH - RIGHT)?;
            write!(
                f,
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
                LEFT - 8.0,
                y + 5.0,
                Escaped(says)
            )?;
        }
        let last = f64::from(u32::try_from(self.below.len().saturating_sub(1)).unwrap_or(1).max(1));
        for (at, says) in (0_u32..).zip(&self.below) {
            let x = along(f64::from(at) / last);
            write!(f, "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{}</text>", HEIGHT - 12.0, Escaped(says))?;
        }
        Ok(())
    }

    fn line(&self, f: &mut fmt::Formatter<'_>, at: usize, line: &Line) -> fmt::Result {
        let mut path = String::new();
        let mut joined = false;
        for point in &line.points {
            let Some((x, y, _)) = point else {
                joined = false;
                continue;
            };
            let (x, y) = (along(*x), up(*y));
            match (joined, self.steps) {
                (false, _) => write!(path, "M{x:.1} {y:.1}")?,
                (true, true) => write!(path, "H{x:.1}V{y:.1}")?,
                (true, false) => write!(path, "L{x:.1} {y:.1}")?,
            }
            joined = true;
        }
        write!(f, "<path class=\"line line--{at}\" d=\"{path}\"/>")?;
        if self.steps {
            return Ok(());
        }
        for (x, y, says) in line.points.iter().flatten() {
            let (x, y) = (along(*x), up(*y));
            write!(
                f,
                "<circle class=\"point point--{at}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4.5\"><title>{}</title></circle>",
                Escaped(says)
            )?;
        }
        Ok(())
    }
}

fn along(share: f64) -> f64 {
    LEFT + share * (WIDTH - LEFT - RIGHT)
}

fn up(share: f64) -> f64 {
    HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_end_at_round_numbers() {
        for (most, top) in [(0.0, 0.0), (3.0, 4.0), (41.2, 80.0), (100.0, 100.0), (101.0, 200.0), (7.3, 8.0)] {
            let (found, steps) = Chart::scale(most, |n| format!("{n:.0}"));
            assert!((found - top).abs() < 1e-6, "{most}: {found}");
            assert_eq!(steps.len(), 5);
        }
    }

    #[test]
    fn a_gap_breaks_the_line_and_texts_are_escaped() {
        let point = |x| Some((x, 0.5, "<b>".to_owned()));
        let line = Line { label: "a".to_owned(), points: vec![point(0.0), None, point(0.5), point(1.0)] };
        let chart = Chart { name: "t", title: "<i>".to_owned(), lines: vec![line], ..Chart::default() };
        let svg = chart.to_string();
        assert!(svg.contains("&lt;i&gt;") && !svg.contains("<b>"), "{svg}");
        assert_eq!(svg.matches('M').count(), 2, "{svg}");
        assert!(!chart.is_empty() && Chart::default().is_empty());
    }
}
