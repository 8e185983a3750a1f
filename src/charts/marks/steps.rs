//! A histogram drawn as one outline, so that several can lie over each other.

use super::PlaceMark;
use crate::charts::geometry::{Point, Rect, clip_line, clip_polygon};
use crate::charts::layout::{Extent, Frame, Layer, Placed};
use crate::charts::model::Info;
use crate::charts::scene::{Geometry, Paint, Shape};

const FILL_OPACITY: f64 = 0.2;

#[derive(Debug, Clone, PartialEq)]
pub struct Steps {
    pub series: usize,
    /// Ascending; one more than there are heights.
    pub edges: Vec<f64>,
    pub heights: Vec<f64>,
    /// A faint area instead of a heavy outline: the reference that others are drawn over.
    pub is_filled: bool,
    /// One a step.
    pub infos: Vec<Info>,
}

impl PlaceMark for Steps {
    fn series(&self) -> Option<usize> {
        Some(self.series)
    }

    fn extend(&self, x: &mut Extent, y: &mut Extent) {
        self.edges.iter().for_each(|edge| x.include(*edge));
        self.heights.iter().for_each(|height| y.include(*height));
        y.include(0.0);
    }

    fn place(&self, frame: &Frame<'_>, lane: usize, out: &mut Placed) {
        let plot = frame.plot;
        let Some(base) = frame.y_in_plot(0.0) else { return };
        let role = frame.role(self.series);
        let mut outline = Vec::with_capacity(self.heights.len() * 2 + 2);
        for (edges, height) in self.edges.windows(2).zip(&self.heights) {
            let &[from, to] = edges else { continue };
            let (Some(from), Some(to), Some(top)) = (frame.x.px(from), frame.x.px(to), frame.y.px(*height))
            else {
                continue;
            };
            outline.extend([Point::new(from, top), Point::new(to, top)]);
        }
        let (Some(first), Some(last)) = (outline.first().copied(), outline.last().copied()) else { return };
        outline.insert(0, Point::new(first.x, base));
        outline.push(Point::new(last.x, base));
        if self.is_filled {
            let points = clip_polygon(&outline, plot.left, plot.right);
            out.push(Layer::Area, Shape::Area { points, paint: Paint { role, opacity: FILL_OPACITY } });
        }
        let width_px = if self.is_filled { 1.0 } else { 2.0 };
        for points in clip_line(&outline, plot.left, plot.right) {
            let dash = Default::default();
            out.push(Layer::Mark, Shape::Line { points, width_px, dash, paint: role.into() });
        }
        self.place_hits(frame, base, lane, out);
    }
}

impl Steps {
    fn place_hits(&self, frame: &Frame<'_>, base: f64, lane: usize, out: &mut Placed) {
        let bins = self.edges.windows(2).zip(&self.heights).zip(&self.infos);
        for ((edges, height), info) in bins {
            let &[from, to] = edges else { continue };
            let Some(top) = frame.y_in_plot(*height) else { continue };
            let (Some(left), Some(right)) = (frame.x_in_plot(from), frame.x_in_plot(to)) else { continue };
            if right - left < 0.01 {
                continue;
            }
            let anchor = Point::new((left + right) / 2.0, top);
            let geometry = Geometry::Region(Rect::new(left, top.min(base), right, top.max(base)));
            out.hit(geometry, anchor, Some(self.series), lane, info);
        }
    }
}
