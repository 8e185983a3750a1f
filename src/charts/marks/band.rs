//! A shaded interval of one axis: a campaign, a target, a season.

use super::{Direction, PlaceMark};
use crate::charts::geometry::Point;
use crate::charts::geometry::Rect;
use crate::charts::layout::{EndName, Extent, Flag, Frame, Layer, Placed};
use crate::charts::measure::Weight;
use crate::charts::model::{Chart, Info};
use crate::charts::scene::{Geometry, Paint, Shape};
use crate::charts::theme::Role;

const OPACITY: f64 = 0.12;

#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Horizontal: from one x value to another. Vertical: from one y value to another.
    pub direction: Direction,
    pub from: f64,
    pub to: f64,
    /// Names, longest first; the first that fits is written. May be empty.
    pub names: Vec<String>,
    /// With it, the cursor and the keyboard stop here.
    pub info: Option<Info>,
}

impl PlaceMark for Band {
    fn series(&self) -> Option<usize> {
        None
    }

    fn extend(&self, x: &mut Extent, y: &mut Extent) {
        let axis = match self.direction {
            Direction::Horizontal => x,
            Direction::Vertical => y,
        };
        axis.include(self.from);
        axis.include(self.to);
    }

    fn flag(&self, _chart: &Chart) -> Option<Flag> {
        let is_wanted = self.direction == Direction::Horizontal && !self.names.is_empty();
        is_wanted.then(|| Flag {
            x: (self.from + self.to) / 2.0,
            texts: self.names.clone(),
            role: Role::Muted,
        })
    }

    fn end_name(&self, _chart: &Chart) -> Option<EndName> {
        let is_wanted = self.direction == Direction::Vertical && !self.names.is_empty();
        let (texts, weight, role) = (self.names.clone(), Weight::Regular, Role::Muted);
        is_wanted.then_some(EndName { texts, weight, role })
    }

    fn place(&self, frame: &Frame<'_>, lane: usize, out: &mut Placed) {
        let plot = frame.plot;
        let rect = match self.direction {
            Direction::Horizontal => {
                let (Some(from), Some(to)) = (frame.x_in_plot(self.from), frame.x_in_plot(self.to)) else {
                    return;
                };
                Rect::new(from.min(to), plot.top, from.max(to), plot.bottom)
            }
            Direction::Vertical => {
                let (Some(from), Some(to)) = (frame.y_in_plot(self.from), frame.y_in_plot(self.to)) else {
                    return;
                };
                Rect::new(plot.left, from.min(to), plot.right, from.max(to))
            }
        };
        if rect.width() < 0.01 || rect.height() < 0.01 {
            return;
        }
        let paint = Paint { role: Role::Muted, opacity: OPACITY };
        out.push(Layer::Grid, Shape::Rect { rect, paint });
        if let Some(name) = self.end_name(frame.chart) {
            out.line_ends.push((name, Point::new(plot.right, rect.center().y)));
        }
        if let Some(info) = &self.info {
            out.hit(Geometry::Point(rect.center()), rect.center(), None, lane, info);
        }
    }
}
