//! Names above the columns of each block of rows: the months of a calendar, on the line of its year.

use super::PlaceMark;
use crate::charts::geometry::{Point, Rect};
use crate::charts::layout::{Extent, Frame, Label, Placed, SMALL_PX};
use crate::charts::measure::Weight;
use crate::charts::scale::Scale;
use crate::charts::scene::{Anchor, text_box};
use crate::charts::theme::Role;

/// From the middle of the name to the first row below it.
const RISE_PX: f64 = 10.0;
const GAP_PX: f64 = 3.0;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct BlockNames {
    pub items: Vec<BlockName>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct BlockName {
    /// Index of the column at whose left end the name begins.
    pub x: f64,
    /// Index of the first row of the block.
    pub y: f64,
    pub text: String,
}

impl PlaceMark for BlockNames {
    fn series(&self) -> Option<usize> {
        None
    }

    fn extend(&self, _x: &mut Extent, _y: &mut Extent) {}

    /// A name that would touch the one before is left out.
    fn place(&self, frame: &Frame<'_>, _lane: usize, out: &mut Placed) {
        let (Scale::Band(columns), Some(rows)) = (&frame.x, &frame.rows) else { return };
        for item in &self.items {
            let (Some((left, _)), Some((top, _))) = (columns.band_px(item.x), rows.row_px(item.y)) else {
                continue;
            };
            let at = Point::new(left, top - RISE_PX);
            let width_px = frame.text_width_px(&item.text, SMALL_PX, Weight::Regular);
            let area = text_box(at, width_px, SMALL_PX, Anchor::Start);
            let around = Rect::new(area.left - GAP_PX, area.top, area.right, area.bottom);
            if out.is_occupied(around) {
                continue;
            }
            let (text, weight, anchor, role) =
                (item.text.clone(), Weight::Regular, Anchor::Start, Role::Muted);
            out.try_label(frame, Label { at, text, size_px: SMALL_PX, weight, anchor, role });
        }
    }
}
