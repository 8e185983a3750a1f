//! Flags: the names of upright lines, in rows above the plot.
//!
//! Each line reaches up to its flag. A flag that would touch another one, or the line of another one,
//! moves to the next row; one that fits nowhere is left out (the cursor still names its line).

use super::frame::{Frame, Label, Placed, SMALL_PX};
use crate::charts::geometry::{Point, Rect};
use crate::charts::measure::{TextMeasure, Weight};
use crate::charts::scale::Scale;
use crate::charts::scene::Anchor;
use crate::charts::theme::Role;
use std::cmp::Ordering;

const ROW_PX: f64 = 17.0;
const MOST_ROWS: usize = 4;

/// A name wanted at an x value.
#[derive(Debug, Clone, PartialEq)]
pub struct Flag {
    pub x: f64,
    /// The name, longest first; the first that fits is taken.
    pub texts: Vec<String>,
    pub role: Role,
}

/// A flag with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedFlag {
    x_px: f64,
    /// Middle of the text.
    text_px: f64,
    text: String,
    role: Role,
    row: usize,
}

/// Finds rows for flags over a plot from `plot_px.0` to `plot_px.1`; names may reach over `room_px`.
pub fn arrange(
    flags: &[Flag],
    x: &Scale,
    plot_px: (f64, f64),
    measure: &dyn TextMeasure,
    room_px: (f64, f64),
) -> Vec<PlacedFlag> {
    let place = |flag: &Flag| x.px(flag.x).filter(|px| (plot_px.0 - 0.5..=plot_px.1 + 0.5).contains(px));
    let mut wanted: Vec<(f64, &Flag)> = flags.iter().filter_map(|flag| Some((place(flag)?, flag))).collect();
    wanted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let n_ranks = wanted.iter().map(|(_, flag)| flag.texts.len()).max().unwrap_or(0);
    let mut best = Vec::new();
    // Long names before short ones; leaning outwards before leaning all to one side.
    for rank in 0..n_ranks {
        for lean in [Lean::Outwards, Lean::Right, Lean::Left] {
            let placed = arrange_so(&wanted, rank, lean, measure, room_px);
            if placed.len() == wanted.len() {
                return placed;
            }
            if placed.len() > best.len() {
                best = placed;
            }
        }
    }
    best
}

/// To which side of their lines names stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lean {
    Outwards,
    Left,
    Right,
}

/// Places what fits, in an order that keeps lines from passing through names: a name leans away from the
/// lines that are still to come, which rise behind it.
fn arrange_so(
    wanted: &[(f64, &Flag)],
    rank: usize,
    lean: Lean,
    measure: &dyn TextMeasure,
    room_px: (f64, f64),
) -> Vec<PlacedFlag> {
    let n = wanted.len();
    let mut taken = Taken::default();
    let mut placed = Vec::new();
    for turn in 0..n {
        let (index, side) = match lean {
            Lean::Left => (turn, -1.0),
            Lean::Right => (n - 1 - turn, 1.0),
            Lean::Outwards => {
                let index = if turn % 2 == 0 { turn / 2 } else { n - 1 - turn / 2 };
                let side = match (index * 2 + 1).cmp(&n) {
                    Ordering::Less => -1.0,
                    Ordering::Equal => 0.0,
                    Ordering::Greater => 1.0,
                };
                (index, side)
            }
        };
        let Some((x_px, flag)) = wanted.get(index) else { continue };
        let Some(text) = flag.texts.get(rank).or(flag.texts.last()) else { continue };
        placed.extend(taken.find(*x_px, text, flag.role, side, measure, room_px));
    }
    placed
}

/// What is taken above the plot, in units of rows: names, and the lines that lead to them.
#[derive(Default)]
struct Taken {
    names: Vec<Rect>,
    lines: Vec<Rect>,
}

impl Taken {
    /// The lowest free row for a name at one side of its line (0: over it).
    fn find(
        &mut self,
        x_px: f64,
        text: &str,
        role: Role,
        side: f64,
        measure: &dyn TextMeasure,
        room_px: (f64, f64),
    ) -> Option<PlacedFlag> {
        let half = measure.width_px(text, SMALL_PX, Weight::Regular) / 2.0;
        let text_px = x_px + side * (half + 5.0);
        if text_px - half < room_px.0 || text_px + half > room_px.1 {
            return None;
        }
        (0..MOST_ROWS).find_map(|row| {
            let from = row as f64;
            let area = Rect::new(text_px - half - 4.0, from, text_px + half + 4.0, from + 1.0);
            let line = Rect::new(x_px - 0.5, 0.0, x_px + 0.5, from);
            let is_clear_of = |others: &[Rect], area: Rect| !others.iter().any(|other| other.overlaps(area));
            // Lines may lie close together; names touch neither names nor lines.
            let is_free = is_clear_of(&self.names, area)
                && is_clear_of(&self.lines, area)
                && is_clear_of(&self.names, line);
            if !is_free {
                return None;
            }
            self.names.push(area);
            self.lines.push(line);
            Some(PlacedFlag { x_px, text_px, text: text.to_owned(), role, row })
        })
    }
}

/// Height of all rows in use.
pub fn height_px(flags: &[PlacedFlag]) -> f64 {
    flags.iter().map(|flag| flag.row + 1).max().map_or(0.0, |n_rows| n_rows as f64 * ROW_PX + 4.0)
}

/// Writes the flags, and the part of each line that lies above the plot.
pub fn place(frame: &Frame<'_>, flags: &[PlacedFlag], out: &mut Placed) {
    let top = frame.plot.top;
    for flag in flags {
        let bottom_of_text = top - 4.0 - flag.row as f64 * ROW_PX;
        let label = Label {
            at: Point::new(flag.text_px, bottom_of_text - ROW_PX / 2.0 + 1.0),
            text: flag.text.clone(),
            size_px: SMALL_PX,
            weight: Weight::Regular,
            anchor: Anchor::Middle,
            role: flag.role,
        };
        if out.try_label(frame, label) && bottom_of_text < top {
            let line_role = match flag.role {
                Role::SeriesText(slot) => Role::Series(slot),
                role => role,
            };
            let (from, to) = (Point::new(flag.x_px, bottom_of_text), Point::new(flag.x_px, top));
            out.line(super::frame::Layer::Rule, from, to, 1.0, line_role);
        }
    }
}
