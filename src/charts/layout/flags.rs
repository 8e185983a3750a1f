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

/// Finds rows for flags over a plot from `plot_px.0` to `plot_px.1`.
pub fn arrange(
    flags: &[Flag],
    x: &Scale,
    plot_px: (f64, f64),
    measure: &dyn TextMeasure,
    width_px: f64,
) -> Vec<PlacedFlag> {
    // In units of rows: texts, and the lines below them.
    let mut taken: Vec<Rect> = Vec::new();
    let mut placed = Vec::new();
    for flag in flags {
        let Some(x_px) = x.px(flag.x).filter(|px| (plot_px.0 - 0.5..=plot_px.1 + 0.5).contains(px)) else {
            continue;
        };
        let candidate = (0..MOST_ROWS).flat_map(|row| flag.texts.iter().map(move |text| (row, text)));
        let found = candidate.filter(|(_, text)| !text.is_empty()).find_map(|(row, text)| {
            let width = measure.width_px(text, SMALL_PX, Weight::Regular);
            // Over its line if possible, else beside it.
            [0.0, 1.0, -1.0].into_iter().find_map(|side| {
                let middle = x_px + side * (width / 2.0 + 5.0);
                let middle =
                    if side == 0.0 { middle.clamp(width / 2.0, width_px - width / 2.0) } else { middle };
                let from = row as f64;
                let area =
                    Rect::new(middle - width / 2.0 - 4.0, from, middle + width / 2.0 + 4.0, from + 1.0);
                let is_inside = area.left >= -4.01 && area.right <= width_px + 4.01;
                let line = Rect::new(x_px - 1.0, 0.0, x_px + 1.0, from);
                let is_free = !taken.iter().any(|other| other.overlaps(area) || other.overlaps(line));
                (is_inside && is_free).then_some((row, text, middle, area, line))
            })
        });
        let Some((row, text, text_px, area, line)) = found else { continue };
        taken.push(area);
        taken.push(line);
        placed.push(PlacedFlag { x_px, text_px, text: text.clone(), role: flag.role, row });
    }
    placed
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
