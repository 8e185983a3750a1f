//! Points with a size of their own, the smaller ones on top.

use super::PlaceMark;
use crate::charts::geometry::Point;
use crate::charts::layout::{Extent, Frame, Layer, Placed};
use crate::charts::model::{Info, Symbol};
use crate::charts::scene::{Geometry, Paint, Shape};
use crate::charts::symbol::symbol_outline;

#[derive(Debug, Clone, PartialEq)]
pub struct Bubbles {
    pub series: usize,
    pub items: Vec<Bubble>,
    /// 0 to 1; below 1 where bubbles cover each other.
    pub opacity: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Bubble {
    pub x: f64,
    pub y: f64,
    /// Width of the circle; other symbols have its area.
    pub size_px: f64,
    pub info: Info,
}

impl PlaceMark for Bubbles {
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
        let symbol = frame.symbol(self.series);
        let factor = area_factor(symbol);
        let mut from_large: Vec<&Bubble> = self.items.iter().collect();
        from_large.sort_by(|a, b| b.size_px.total_cmp(&a.size_px));
        for item in from_large {
            let Some(at) = frame.point(item.x, item.y) else { continue };
            let size_px = item.size_px * factor;
            out.push(Layer::Mark, Shape::Symbol { at, size_px, symbol, paint, is_filled: true });
            out.hit(Geometry::Point(at), at, Some(self.series), lane, &item.info);
        }
    }
}

/// How much wider than a circle a symbol of the same area is.
fn area_factor(symbol: Symbol) -> f64 {
    let Some(outline) = symbol_outline(symbol, Point::new(0.0, 0.0), 1.0) else { return 1.0 };
    let next = outline.iter().cycle().skip(1);
    let twice: f64 = outline.iter().zip(next).map(|(a, b)| a.x * b.y - b.x * a.y).sum();
    let area = twice.abs() / 2.0;
    if area > 0.0 { (std::f64::consts::FRAC_PI_4 / area).sqrt() } else { 1.0 }
}
