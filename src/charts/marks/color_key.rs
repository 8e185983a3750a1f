//! What the colours of cells stand for: a bar from end to end above the plot, with both ends written.

use super::{CellScale, PlaceMark};
use crate::charts::geometry::{Point, Rect};
use crate::charts::layout::{Extent, Frame, Label, Layer, Placed, SMALL_PX};
use crate::charts::measure::{Weight, ellipsize};
use crate::charts::scene::{Anchor, Shape};
use crate::charts::theme::Role;

const HEIGHT_PX: f64 = 28.0;
const MIDDLE_PX: f64 = 9.0;
const BAR_HEIGHT_PX: f64 = 10.0;
/// Widest and narrowest bar.
const BAR_PX: (f64, f64) = (160.0, 60.0);
const GAP_PX: f64 = 8.0;
const N_STEPS: u32 = 32;
/// A name shorter than this says nothing.
const LEAST_NAME_PX: f64 = 40.0;

#[derive(Debug, Clone, PartialEq)]
pub struct ColorKey {
    pub scale: CellScale,
    /// The quantity.
    pub name: String,
    /// What is written at the low and the high end.
    pub ends: [String; 2],
}

impl PlaceMark for ColorKey {
    fn series(&self) -> Option<usize> {
        None
    }

    fn extend(&self, _x: &mut Extent, _y: &mut Extent) {}

    fn headroom_px(&self) -> f64 {
        HEIGHT_PX
    }

    fn place(&self, frame: &Frame<'_>, _lane: usize, out: &mut Placed) {
        let [low, high] = &self.ends;
        let width = |text: &str| frame.text_width_px(text, SMALL_PX, Weight::Regular);
        let ends_px = width(low) + width(high) + 2.0 * GAP_PX;
        let bar_px = (frame.plot.width() - ends_px).clamp(BAR_PX.1, BAR_PX.0);
        // From the left end of the plot, or as far left as it must.
        let room_px = frame.width_px - bar_px - ends_px;
        let name_px = width(&self.name).min((room_px - 2.0 * GAP_PX).max(0.0));
        let name_px = if name_px < LEAST_NAME_PX.min(width(&self.name)) { 0.0 } else { name_px };
        let whole_px = ends_px + bar_px + if name_px > 0.0 { name_px + 2.0 * GAP_PX } else { 0.0 };
        let mut left = frame.plot.left.min((frame.width_px - whole_px).max(0.0));
        let write = |out: &mut Placed, left: &mut f64, text: String, role| {
            let at = Point::new(*left, MIDDLE_PX);
            *left += width(&text) + GAP_PX;
            let (size_px, weight, anchor) = (SMALL_PX, Weight::Regular, Anchor::Start);
            out.try_label(frame, Label { at, text, size_px, weight, anchor, role });
        };
        if name_px > 0.0 {
            let name = ellipsize(frame.measure, &self.name, SMALL_PX, Weight::Regular, name_px);
            write(out, &mut left, name, Role::Ink);
            left += GAP_PX;
        }
        write(out, &mut left, low.clone(), Role::Muted);
        let step_px = bar_px / f64::from(N_STEPS);
        for step in 0..N_STEPS {
            let from = left + step_px * f64::from(step);
            let (top, bottom) = (MIDDLE_PX - BAR_HEIGHT_PX / 2.0, MIDDLE_PX + BAR_HEIGHT_PX / 2.0);
            let share = f64::from(step) / f64::from(N_STEPS - 1);
            // A little wider than a step, so that no seams shine through.
            let rect = Rect::new(from, top, (from + step_px + 0.5).min(left + bar_px), bottom);
            out.push(Layer::Mark, Shape::Rect { rect, paint: self.scale.fill_at(share).into() });
        }
        left += bar_px + GAP_PX;
        write(out, &mut left, high.clone(), Role::Muted);
    }
}
