//! A line to compare with that is neither upright nor level: equality, chance, a straight line through quartiles.

use super::PlaceMark;
use crate::charts::geometry::{Point, clip_line};
use crate::charts::layout::{Extent, Frame, Layer, Placed};
use crate::charts::model::Dash;
use crate::charts::scene::Shape;
use crate::charts::theme::Role;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Guide {
    /// Hidden with this series and in its colour; muted where it belongs to none.
    pub series: Option<usize>,
    /// In ascending x.
    pub points: Vec<(f64, f64)>,
}

impl PlaceMark for Guide {
    fn series(&self) -> Option<usize> {
        self.series
    }

    fn extend(&self, x: &mut Extent, y: &mut Extent) {
        for (at, value) in &self.points {
            x.include(*at);
            y.include(*value);
        }
    }

    fn place(&self, frame: &Frame<'_>, _lane: usize, out: &mut Placed) {
        let place = |(x, y): &(f64, f64)| Some(Point::new(frame.x.px(*x)?, frame.y_in_plot(*y)?));
        let path: Vec<Point> = self.points.iter().filter_map(place).collect();
        let role = self.series.map_or(Role::Muted, |series| frame.role(series));
        for points in clip_line(&path, frame.plot.left, frame.plot.right) {
            let (width_px, dash) = (1.0, Dash::Dashed);
            out.push(Layer::Rule, Shape::Line { points, width_px, dash, paint: role.into() });
        }
    }
}
