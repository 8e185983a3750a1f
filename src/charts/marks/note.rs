//! A remark at a place of the plot.

use super::PlaceMark;
use crate::charts::geometry::Point;
use crate::charts::layout::{Extent, Frame, Label, Placed, SMALL_PX};
use crate::charts::measure::Weight;
use crate::charts::scene::Anchor;
use crate::charts::theme::Role;

#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    pub x: f64,
    pub y: f64,
    pub text: String,
}

impl PlaceMark for Note {
    fn series(&self) -> Option<usize> {
        None
    }

    fn extend(&self, _x: &mut Extent, _y: &mut Extent) {}

    /// Beside its place, on the first side where it fits; left out where it fits on none.
    fn place(&self, frame: &Frame<'_>, _lane: usize, out: &mut Placed) {
        let Some(at) = frame.point(self.x, self.y) else { return };
        let sides = [
            (8.0, 0.0, Anchor::Start),
            (-8.0, 0.0, Anchor::End),
            (0.0, -14.0, Anchor::Middle),
            (0.0, 14.0, Anchor::Middle),
        ];
        for (dx, dy, anchor) in sides {
            let label = Label {
                at: Point::new(at.x + dx, at.y + dy),
                text: self.text.clone(),
                size_px: SMALL_PX,
                weight: Weight::Regular,
                anchor,
                role: Role::Muted,
            };
            if out.try_label(frame, label) {
                return;
            }
        }
    }
}
