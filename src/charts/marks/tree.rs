//! A tree of joins over rows, lying: leaves at the left on their rows, each join an upright segment at its height.

use super::PlaceMark;
use crate::charts::geometry::{Point, clip_line};
use crate::charts::layout::{Extent, Frame, Layer, Placed};
use crate::charts::model::{Dash, Info};
use crate::charts::scene::{Geometry, Shape};
use crate::charts::theme::Role;

const ROW_PX: f64 = 24.0;
const WIDTH_PX: f64 = 1.5;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tree {
    pub joins: Vec<Join>,
}

/// Two branches that meet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Join {
    pub height: f64,
    /// Where each branch comes from: its row, halfway between rows for a join, and its height.
    pub branches: [(f64, f64); 2],
    pub info: Info,
}

impl PlaceMark for Tree {
    fn series(&self) -> Option<usize> {
        None
    }

    fn extend(&self, x: &mut Extent, y: &mut Extent) {
        for join in &self.joins {
            x.include(join.height);
            for (row, height) in join.branches {
                x.include(height);
                y.include(row);
            }
        }
    }

    fn row_height_px(&self) -> Option<f64> {
        Some(ROW_PX)
    }

    fn place(&self, frame: &Frame<'_>, lane: usize, out: &mut Placed) {
        for join in &self.joins {
            let [(row_a, height_a), (row_b, height_b)] = join.branches;
            let (Some(a), Some(b)) = (row_px(frame, row_a), row_px(frame, row_b)) else { continue };
            let (Some(at), Some(from_a), Some(from_b)) =
                (frame.x_in_plot(join.height), frame.x_in_plot(height_a), frame.x_in_plot(height_b))
            else {
                continue;
            };
            let path = [Point::new(from_a, a), Point::new(at, a), Point::new(at, b), Point::new(from_b, b)];
            for points in clip_line(&path, frame.plot.left, frame.plot.right) {
                let (dash, paint) = (Dash::Solid, Role::Series(0).into());
                out.push(Layer::Mark, Shape::Line { points, width_px: WIDTH_PX, dash, paint });
            }
            let (top, bottom) = (Point::new(at, a.min(b)), Point::new(at, a.max(b)));
            let anchor = Point::new(at, (a + b) / 2.0);
            out.hit(Geometry::Segment(top, bottom), anchor, None, lane, &join.info);
        }
    }
}

/// The middle of a row, or a place between two rows.
fn row_px(frame: &Frame<'_>, row: f64) -> Option<f64> {
    let (from, to) = (frame.y.px(row.floor())?, frame.y.px(row.ceil())?);
    Some(from + (to - from) * row.fract())
}
