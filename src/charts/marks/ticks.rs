//! Short upright ticks at places of a line: where observations were censored.

use super::{PlaceMark, PointItem};
use crate::charts::geometry::Point;
use crate::charts::layout::{Extent, Frame, Layer, Placed};
use crate::charts::scene::Geometry;

const HALF_PX: f64 = 4.0;

#[derive(Debug, Clone, PartialEq)]
pub struct Ticks {
    pub series: usize,
    pub items: Vec<PointItem>,
}

impl PlaceMark for Ticks {
    fn series(&self) -> Option<usize> {
        Some(self.series)
    }

    fn extend(&self, x: &mut Extent, y: &mut Extent) {
        for item in &self.items {
            x.include(item.x);
            y.include(item.y);
        }
    }

    fn place(&self, frame: &Frame<'_>, lane: usize, out: &mut Placed) {
        let role = frame.role(self.series);
        for item in &self.items {
            let Some(at) = frame.point(item.x, item.y) else { continue };
            let (from, to) = (Point::new(at.x, at.y - HALF_PX), Point::new(at.x, at.y + HALF_PX));
            out.line(Layer::Mark, from, to, 1.5, role);
            out.hit(Geometry::Point(at), at, Some(self.series), lane, &item.info);
        }
    }
}
