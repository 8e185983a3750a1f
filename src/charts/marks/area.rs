//! The surface between two heights along x. Nothing in it can be pointed at: the line on it says its figures.

use super::PlaceMark;
use crate::charts::geometry::{Point, clip_polygon};
use crate::charts::layout::{Extent, Frame, Layer, Placed};
use crate::charts::scene::{Paint, Shape};

#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    pub series: usize,
    /// In ascending x.
    pub points: Vec<AreaPoint>,
    /// 0 to 1; low where surfaces lie over each other.
    pub opacity: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AreaPoint {
    pub x: f64,
    /// From one height to the other; `None` leaves a gap.
    pub y: Option<(f64, f64)>,
}

impl PlaceMark for Area {
    fn series(&self) -> Option<usize> {
        Some(self.series)
    }

    fn extend(&self, x: &mut Extent, y: &mut Extent) {
        for point in &self.points {
            x.include(point.x);
            if let Some((from, to)) = point.y {
                y.include(from);
                y.include(to);
            }
        }
    }

    fn place(&self, frame: &Frame<'_>, _lane: usize, out: &mut Placed) {
        let paint = Paint { role: frame.role(self.series), opacity: self.opacity };
        for run in self.points.split(|point| point.y.is_none()) {
            let edge = |end: fn((f64, f64)) -> f64| {
                run.iter().filter_map(move |point| {
                    let ends = point.y?;
                    let y = end(ends) - frame.closed.below(point.x, ends.0);
                    Some(Point::new(frame.x.px(point.x)?, frame.y_in_plot(y)?))
                })
            };
            let upper: Vec<Point> = edge(|ends| ends.1).collect();
            let lower: Vec<Point> = edge(|ends| ends.0).collect();
            if upper.len() < 2 || upper.len() != lower.len() {
                continue;
            }
            let around: Vec<Point> = upper.into_iter().chain(lower.into_iter().rev()).collect();
            let points = clip_polygon(&around, frame.plot.left, frame.plot.right);
            out.push(Layer::Area, Shape::Area { points, paint });
        }
    }
}
