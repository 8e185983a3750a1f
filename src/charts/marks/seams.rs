//! Lines along the edges of cells: where a month of a calendar ends and the next begins.

use super::PlaceMark;
use crate::charts::geometry::Point;
use crate::charts::layout::{Extent, Frame, Layer, Placed};
use crate::charts::model::Dash;
use crate::charts::scale::Scale;
use crate::charts::scene::Shape;
use crate::charts::theme::Role;

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Seams {
    pub paths: Vec<Vec<Corner>>,
}

/// The upper left corner of a cell, or its lower left one.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Corner {
    /// Index of the column; one beyond the last is the right edge of that.
    pub x: usize,
    /// Index of the row.
    pub y: usize,
    pub is_lower: bool,
}

impl PlaceMark for Seams {
    fn series(&self) -> Option<usize> {
        None
    }

    fn extend(&self, _x: &mut Extent, _y: &mut Extent) {}

    fn place(&self, frame: &Frame<'_>, _lane: usize, out: &mut Placed) {
        let (Scale::Band(columns), Some(rows)) = (&frame.x, &frame.rows) else { return };
        let corner = |corner: &Corner| {
            let x = match columns.band_px(corner.x as f64) {
                Some((left, _)) => left,
                None => columns.band_px(corner.x as f64 - 1.0)?.1,
            };
            let (top, bottom) = rows.bands.band_px(corner.y as f64)?;
            Some(Point::new(x, if corner.is_lower { bottom } else { top }))
        };
        for path in &self.paths {
            let points: Vec<Point> = path.iter().filter_map(corner).collect();
            if points.len() < 2 {
                continue;
            }
            let (dash, paint) = (Dash::Solid, Role::Rule.into());
            out.push(Layer::Rule, Shape::Line { points, width_px: 1.0, dash, paint });
        }
    }
}
