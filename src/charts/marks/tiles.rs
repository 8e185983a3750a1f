//! Rectangles over two continuous axes, with a figure where it fits: the parts of a mosaic.

use super::PlaceMark;
use crate::charts::geometry::{Point, Rect};
use crate::charts::layout::{Extent, Frame, Label, Layer, Placed, SMALL_PX};
use crate::charts::measure::{Weight, ellipsize};
use crate::charts::model::Info;
use crate::charts::scene::{Anchor, Geometry, LINE_HEIGHT, Paint, Shape};
use crate::charts::theme::Role;

/// Paper between tiles.
const GAP_PX: f64 = 1.0;
/// Faint enough for ink to be read on every colour.
const FILL_OPACITY: f64 = 0.4;
const HEAD_PX: f64 = 20.0;
/// A shortened name narrower than this says nothing.
const LEAST_NAME_PX: f64 = 36.0;

#[derive(Debug, Clone, PartialEq)]
pub struct Tiles {
    pub series: usize,
    pub items: Vec<Tile>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tile {
    /// From and to.
    pub x: (f64, f64),
    pub y: (f64, f64),
    pub text: String,
    pub info: Info,
}

/// Names above the columns of tiles.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TileHeads {
    pub items: Vec<TileHead>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct TileHead {
    pub x: (f64, f64),
    /// Longest first; the first that fits is written, or the beginning of the last.
    pub texts: Vec<String>,
}

impl PlaceMark for Tiles {
    fn series(&self) -> Option<usize> {
        Some(self.series)
    }

    fn extend(&self, x: &mut Extent, y: &mut Extent) {
        for item in &self.items {
            [item.x.0, item.x.1].into_iter().for_each(|value| x.include(value));
            [item.y.0, item.y.1].into_iter().for_each(|value| y.include(value));
        }
    }

    fn place(&self, frame: &Frame<'_>, lane: usize, out: &mut Placed) {
        let role = frame.role(self.series);
        for item in &self.items {
            let (Some(left), Some(right)) = (frame.x_in_plot(item.x.0), frame.x_in_plot(item.x.1)) else {
                continue;
            };
            let (Some(bottom), Some(top)) = (frame.y_in_plot(item.y.0), frame.y_in_plot(item.y.1)) else {
                continue;
            };
            // Outside the part that is shown, or of no rows.
            if right - left < 0.01 || bottom - top < 0.01 {
                continue;
            }
            let gap = |length: f64| if length > 4.0 * GAP_PX { GAP_PX / 2.0 } else { 0.0 };
            let (dx, dy) = (gap(right - left), gap(bottom - top));
            let rect = Rect::new(left + dx, top + dy, right - dx, bottom - dy);
            out.push(Layer::Area, Shape::Rect { rect, paint: Paint { role, opacity: FILL_OPACITY } });
            let width_px = frame.text_width_px(&item.text, SMALL_PX, Weight::Regular);
            if width_px + 6.0 <= rect.width() && SMALL_PX * LINE_HEIGHT <= rect.height() {
                let (text, weight, anchor) = (item.text.clone(), Weight::Regular, Anchor::Middle);
                let at = rect.center();
                out.try_label(frame, Label { at, text, size_px: SMALL_PX, weight, anchor, role: Role::Ink });
            }
            out.hit(Geometry::Region(rect), rect.center(), Some(self.series), lane, &item.info);
        }
    }
}

impl PlaceMark for TileHeads {
    fn series(&self) -> Option<usize> {
        None
    }

    fn extend(&self, _x: &mut Extent, _y: &mut Extent) {}

    fn headroom_px(&self) -> f64 {
        HEAD_PX
    }

    fn place(&self, frame: &Frame<'_>, _lane: usize, out: &mut Placed) {
        for item in &self.items {
            let (Some(left), Some(right)) = (frame.x_in_plot(item.x.0), frame.x_in_plot(item.x.1)) else {
                continue;
            };
            let room_px = right - left - 6.0;
            let fits = |text: &&String| frame.text_width_px(text, SMALL_PX, Weight::Regular) <= room_px;
            let text = match (item.texts.iter().find(fits), item.texts.last()) {
                (Some(text), _) => text.clone(),
                (None, Some(last)) if room_px >= LEAST_NAME_PX => {
                    ellipsize(frame.measure, last, SMALL_PX, Weight::Regular, room_px)
                }
                _ => continue,
            };
            let at = Point::new((left + right) / 2.0, frame.plot.top - HEAD_PX / 2.0);
            let (weight, anchor, role) = (Weight::Regular, Anchor::Middle, Role::Ink);
            out.try_label(frame, Label { at, text, size_px: SMALL_PX, weight, anchor, role });
        }
    }
}
