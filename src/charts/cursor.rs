//! The playhead: the thin upright line that marks where the reader is, drawn over the chart.

use super::geometry::{Point, Rect};
use super::model::Dash;
use super::scene::{Geometry, Paint, Scene, Shape};
use super::theme::Role;

const RING_PX: f64 = 15.0;

/// The shapes of the cursor on a hit; none where there is no such hit.
pub fn cursor(scene: &Scene, hit_idx: usize) -> Vec<Shape> {
    let Some(hit) = scene.hits.get(hit_idx) else { return Vec::new() };
    let accent: Paint = Role::Accent.into();
    let Point { x, y } = hit.anchor;
    let line = |points, width_px| Shape::Line { points, width_px, dash: Dash::Solid, paint: accent };
    // The line stops where an upright mark begins, and goes on below it.
    let (from, to) = match hit.geometry {
        Geometry::Segment(from, to) if from.x == to.x && to.y - from.y < scene.plot.height() => {
            (from.y, to.y)
        }
        _ => (y, y),
    };
    let above = line(vec![Point::new(x, scene.plot.top), Point::new(x, from)], 1.0);
    let below = line(vec![Point::new(x, to), Point::new(x, scene.plot.bottom)], 1.0);
    // The head: a small triangle on top, as on an editing desk.
    let top = scene.plot.top;
    let head = vec![Point::new(x - 4.0, top - 6.0), Point::new(x + 4.0, top - 6.0), Point::new(x, top)];
    let head = Shape::Area { points: head, paint: accent };
    let mark = match hit.geometry {
        Geometry::Region(rect) if rect.contains(Point::new(x, y)) && !is_row(scene, rect) => {
            frame(rect, line)
        }
        _ => ring(hit.anchor, accent),
    };
    vec![above, below, head, mark]
}

/// What a range on the x axis covers: a tint between two thin lines. Nothing where the range is not on view.
pub fn brush(scene: &Scene, (from, to): (f64, f64)) -> Vec<Shape> {
    let (Some(from), Some(to)) = (scene.x.px(from), scene.x.px(to)) else { return Vec::new() };
    let plot = scene.plot;
    let (left, right) = (from.min(to).max(plot.left), from.max(to).min(plot.right));
    if left >= right {
        return Vec::new();
    }
    let accent: Paint = Role::Accent.into();
    let tint = Shape::Rect {
        rect: Rect::new(left, plot.top, right, plot.bottom),
        paint: Paint { opacity: 0.12, ..accent },
    };
    let edge = |x| Shape::Line {
        points: vec![Point::new(x, plot.top), Point::new(x, plot.bottom)],
        width_px: 1.0,
        dash: Dash::Solid,
        paint: accent,
    };
    vec![tint, edge(left), edge(right)]
}

/// A region as wide as the chart is a row: its mark is the anchor.
fn is_row(scene: &Scene, rect: Rect) -> bool {
    rect.width() >= scene.width_px - 1.0
}

fn ring(at: Point, paint: Paint) -> Shape {
    // An outline drawn as a path, so that the mark under it stays visible.
    let n = 24;
    let points = (0..=n)
        .map(|i| f64::from(i) / f64::from(n) * std::f64::consts::TAU)
        .map(|angle| Point::new(at.x + angle.cos() * RING_PX / 2.0, at.y + angle.sin() * RING_PX / 2.0))
        .collect();
    Shape::Line { points, width_px: 1.5, dash: Dash::Solid, paint }
}

fn frame(rect: Rect, line: impl Fn(Vec<Point>, f64) -> Shape) -> Shape {
    let Rect { left, top, right, bottom } = rect;
    line(
        vec![
            Point::new(left, top),
            Point::new(right, top),
            Point::new(right, bottom),
            Point::new(left, bottom),
            Point::new(left, top),
        ],
        1.5,
    )
}
