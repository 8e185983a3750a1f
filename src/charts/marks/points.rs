//! Points at x and y.

use super::PlaceMark;
use crate::charts::geometry::Rect;
use crate::charts::layout::{Extent, Frame, Layer, Placed};
use crate::charts::model::{Info, Mark};
use crate::charts::scene::{Geometry, Paint, Shape};

#[derive(Debug, Clone, PartialEq)]
pub struct Points {
    pub series: usize,
    pub items: Vec<PointItem>,
    /// Width of a symbol.
    pub size_px: f64,
    /// 0 to 1; below 1 where points cover each other.
    pub opacity: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct PointItem {
    pub x: f64,
    pub y: f64,
    pub info: Info,
}

impl PlaceMark for Points {
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
        let paint = Paint { role: frame.role(self.series), opacity: self.opacity };
        let (symbol, size_px) = (frame.symbol(self.series), self.size_px);
        // Where whole rows answer, a point must have an area of its own to be nearer.
        let rows_answer = frame.chart.marks.iter().any(|mark| matches!(mark, Mark::Boxes(_)));
        for item in &self.items {
            let Some(at) = frame.point(item.x, item.y) else { continue };
            out.push(Layer::Mark, Shape::Symbol { at, size_px, symbol, paint, is_filled: true });
            let area = Rect::new(at.x, at.y, at.x, at.y).grown(self.size_px);
            let geometry = if rows_answer { Geometry::Region(area) } else { Geometry::Point(at) };
            out.hit(geometry, at, Some(self.series), lane, &item.info);
        }
    }
}
