//! Outlines of the symbols that tell series apart without colour.

use super::geometry::Point;
use super::model::Symbol;

/// A symbol of a width as a polygon; `None` for the circle, which backends draw themselves.
pub fn symbol_outline(symbol: Symbol, at: Point, size_px: f64) -> Option<Vec<Point>> {
    let half = size_px / 2.0;
    let p = |dx: f64, dy: f64| Point::new(at.x + dx * half, at.y + dy * half);
    match symbol {
        Symbol::Circle => None,
        // Areas are close to the circle's.
        Symbol::Square => Some(vec![p(-0.88, -0.88), p(0.88, -0.88), p(0.88, 0.88), p(-0.88, 0.88)]),
        Symbol::Diamond => Some(vec![p(0.0, -1.2), p(1.2, 0.0), p(0.0, 1.2), p(-1.2, 0.0)]),
        Symbol::Triangle => Some(vec![p(0.0, -1.15), p(1.1, 0.85), p(-1.1, 0.85)]),
        Symbol::TriangleDown => Some(vec![p(0.0, 1.15), p(1.1, -0.85), p(-1.1, -0.85)]),
    }
}
