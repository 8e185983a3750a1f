//! Rows of numbers below the x axis, under the places that they belong to: those at risk of a survival curve.
//! They stay when their series is hidden, as the axes do.

use super::PlaceMark;
use crate::charts::geometry::{Point, Rect};
use crate::charts::layout::{Extent, Frame, Label, Placed, SMALL_PX};
use crate::charts::measure::{Weight, ellipsize};
use crate::charts::scene::{Anchor, LINE_HEIGHT, text_box};
use crate::charts::theme::Role;

const LINE_PX: f64 = SMALL_PX * LINE_HEIGHT + 1.0;
const TOP_PX: f64 = 6.0;
/// Between neighbouring numbers.
const GAP_PX: f64 = 8.0;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct FootRows {
    pub heading: String,
    pub rows: Vec<FootRow>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct FootRow {
    /// Its name is written above the numbers in its colour.
    pub series: usize,
    /// Place on the x axis, and the number there.
    pub items: Vec<(f64, String)>,
}

impl PlaceMark for FootRows {
    fn series(&self) -> Option<usize> {
        None
    }

    fn extend(&self, x: &mut Extent, _y: &mut Extent) {
        self.rows.iter().flat_map(|row| &row.items).for_each(|(at, _)| x.include(*at));
    }

    fn footroom_px(&self) -> f64 {
        TOP_PX + LINE_PX * (1.0 + 2.0 * self.rows.len() as f64)
    }

    fn place(&self, frame: &Frame<'_>, _lane: usize, out: &mut Placed) {
        let mut y = frame.height_px - self.footroom_px() + TOP_PX + LINE_PX / 2.0;
        let mut write = |at: Point, text: String, weight, anchor, role| {
            out.try_label(frame, Label { at, text, size_px: SMALL_PX, weight, anchor, role });
        };
        let shortened = |text: &str, weight| {
            ellipsize(frame.measure, text, SMALL_PX, weight, frame.width_px - frame.plot.left)
        };
        let left = frame.plot.left;
        let heading = shortened(&self.heading, Weight::Regular);
        write(Point::new(left, y), heading, Weight::Regular, Anchor::Start, Role::Muted);
        for row in &self.rows {
            y += LINE_PX;
            let name = frame.series(row.series).map_or("", |series| series.name.as_str());
            let name = shortened(name, Weight::Bold);
            write(Point::new(left, y), name, Weight::Bold, Anchor::Start, frame.text_role(row.series));
            y += LINE_PX;
            let mut taken: Option<Rect> = None;
            for (place, text) in &row.items {
                let inside = |x: &f64| (left - 0.5..=frame.plot.right + 0.5).contains(x);
                let Some(x) = frame.x.px(*place).filter(inside) else { continue };
                let width_px = frame.text_width_px(text, SMALL_PX, Weight::Regular);
                let x = x.clamp(width_px / 2.0, (frame.width_px - width_px / 2.0).max(width_px / 2.0));
                let area = text_box(Point::new(x, y), width_px, SMALL_PX, Anchor::Middle);
                if taken.is_some_and(|last| last.right + GAP_PX > area.left) {
                    continue;
                }
                taken = Some(area);
                write(Point::new(x, y), text.clone(), Weight::Regular, Anchor::Middle, Role::Ink);
            }
        }
    }
}
